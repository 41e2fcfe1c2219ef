"""A photo that came with a form that was not right yet: it is named in the form, so that it comes back."""

from __future__ import annotations

from typing import Any

from django.core import signing
from wagtail.images import get_image_model

from mypart_wagtail.kept_forms import LONGEST_FORM
from mypart_wagtail.organisations.models import Organisation

_SALT = "mypart_wagtail.news.kept_photos"


def sign_photo(image: Any, person: Any, organisation: Organisation) -> str:
    """``image`` for a hidden box of the form that ``person`` fills in for ``organisation``."""
    return signing.dumps([image.pk, person.pk, organisation.pk], salt=_SALT)


def photo_of(token: str, person: Any, organisation: Organisation) -> Any:
    """The image that ``token`` names; None where it is gone, or kept for another person or organisation."""
    try:
        pk, *whose = signing.loads(token, salt=_SALT, max_age=LONGEST_FORM)
    except signing.BadSignature:
        return None
    if whose != [person.pk, organisation.pk]:
        return None
    return get_image_model().objects.filter(pk=pk).first()
