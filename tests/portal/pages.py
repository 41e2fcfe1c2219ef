"""Pages of the portal for tests: one of each type, with something in every field."""

import json
import uuid
from typing import Any

from wagtail.models import Page

from mypart_wagtail.portal.models import (
    ContactPage,
    ContentPage,
    EasyToReadPage,
    HomePage,
    ProcedurePage,
    SearchPage,
    SectionPage,
    SignLanguagePage,
)
from tests.blocks.samples import stored_file
from tests.portal.statements import home
from tests.sites import default_site

NO_PICTURE = {"image": None, "alt_text": "", "decorative": False}


def stream(*blocks: tuple[str, Any]) -> str:
    """Blocks as a StreamField stores them."""
    return json.dumps([{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks])


def add(
    kind: type[Page], title: str, *, language: str = "en", parent: Page | None = None, **facts: Any
) -> Any:
    """A published page under ``parent``, or else under the home page in ``language``."""
    page = kind(title=title, **facts)
    (parent or home(language)).add_child(instance=page)
    page.save_revision().publish()
    return kind.objects.get(pk=page.pk)


def portal_home(title: str = "Good ideas", **facts: Any) -> HomePage:
    """A home page of the portal as the first page of the default site."""
    site = default_site()
    page = HomePage(title=title, slug=f"home-{uuid.uuid4().hex[:6]}", locale=site.root_page.locale, **facts)
    site.root_page.get_parent().add_child(instance=page)
    page.save_revision().publish()
    site.root_page = page
    site.save()
    return HomePage.objects.get(pk=page.pk)


def procedure(title: str = "Local initiative", **facts: Any) -> ProcedurePage:
    """A procedure with every section, unless ``facts`` say otherwise."""
    step = {"title": "Describe the idea", "text": "<p>Where?</p>", "time": "a week"}
    form = {"document": stored_file("form.pdf").pk, "title": "Application", "description": ""}
    help_box = {
        "heading": "Do you need help?",
        "text": "Ask us.",
        "email": "ngo@example.org",
        "phone": "",
        "hours": "",
        "other": "",
    }
    everything = {
        "lead": "Do something together.",
        "for_whom": "<p>Two residents.</p>",
        "steps": stream(("step", step)),
        "documents": stream(("document", form)),
        "time_limits": "<p>Two months.</p>",
        "legal_basis": "<p>Art. 19b.</p>",
        "contact": stream(("help_box", help_box)),
        "body": stream(("paragraph", "<p>More words.</p>")),
    }
    return add(ProcedurePage, title, **(everything | facts))


def sign_language() -> SignLanguagePage:
    film = {
        "title": "What we do",
        "film": stored_file("film.mp4").pk,
        "captions": None,
        "is_silent": True,
        "transcript": "<p>We help.</p>",
        "poster": NO_PICTURE,
    }
    return add(SignLanguagePage, "Film", lead="We sign.", films=stream(("sign_language", film)))


def easy_to_read() -> EasyToReadPage:
    sentences = {"text": "We help people.\nYou can come.", "image": NO_PICTURE}
    return add(EasyToReadPage, "Easy", body=stream(("sentences", sentences)))


def one_of_each(first: HomePage | None = None) -> list[Page]:
    """A live page of every type but the accessibility statement, which has a module of its own.

    ``first`` is the home page; by default it is a new one, with which the default site begins.
    """
    body = stream(("paragraph", "<p>Words of the body.</p>"))
    return [
        first or portal_home(lead="Welcome.", button="Search", body=body),
        add(SectionPage, "Section", lead="What is in it.", body=body),
        add(ContentPage, "Content", lead="About it.", body=body),
        procedure(),
        add(ContactPage, "Contact", lead="Write to us.", body=body),
        easy_to_read(),
        sign_language(),
        add(SearchPage, "Search", lead="Find it."),
    ]
