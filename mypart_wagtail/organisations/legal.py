"""The legal texts of a site: what is shown to people, and the record that it was."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from mypart_wagtail.languages import current_language
from mypart_wagtail.organisations.models import LegalText, LegalTextShown
from mypart_wagtail.organisations.services import record_shown


def texts_for(request: HttpRequest) -> list[LegalText]:
    """The newest legal texts of every authority of the request's site, in the language active now."""
    return LegalText.objects.of_site(Site.find_for_request(request), current_language())


def record_texts_shown(request: HttpRequest, user: Any, place: LegalTextShown.Place) -> None:
    """Record the versions that the form shows which ``includes/legal_texts.html`` was part of.

    What counts is what the person saw, which need not be the newest any more; the newest where a form
    brings no token of ours, since our pages always show it.
    """
    site = Site.find_for_request(request)
    texts = LegalText.objects.all().shown_by(request.POST.getlist("legal_text"), site)
    record_shown(user, texts=texts or texts_for(request), place=place)
