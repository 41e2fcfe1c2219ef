"""What the newsletter gives to other apps."""

from django.urls import reverse


def sign_up_url() -> str:
    """Where one signs up, in the current language."""
    return reverse("mypart_newsletter:subscribe")
