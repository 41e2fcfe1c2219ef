"""What the organisations app gives to lower floors."""

from django.urls import reverse
from django.utils.translation import gettext as _


def account_link() -> dict[str, str]:
    """The way to one's organisations, for the header of every page."""
    return {"title": _("My organisations"), "url": reverse("mypart_organisations:mine")}
