"""Puts the table of contents of My PART into an empty site, as pages to be edited at once.

Safe to run again: a page that is there, by its ``translation_key``, is left as its editors made it.
"""

from __future__ import annotations

import tomllib
import uuid
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page, Site

from mypart_wagtail.portal import models
from mypart_wagtail.portal.models import HomePage, PortalSettings, PortalWords
from mypart_wagtail.portal.start.bodies import facts_of, home_body

NAMESPACE = uuid.UUID("6d795061-7274-4465-8d6f-000000000002")
WELCOME = "Welcome to your new Wagtail site!"
LANGUAGES = ("pl", "en")
ONE_IS_ENOUGH = (
    "AccessibilityStatementPage",
    "ContactPage",
    "EasyToReadPage",
    "SearchPage",
    "SignLanguagePage",
)

Words = dict[str, Any]


class NotEmpty(Exception):
    """The site has pages of its own already."""


@cache
def read_words() -> Words:
    """``pages``, each after its parent, and ``help``, in each language of the starter."""
    source = resources.files("mypart_wagtail.portal.start").joinpath("pages.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@transaction.atomic
def start_portal(actor: Any = None) -> HomePage:
    """The home page of the default site, with everything under it in each language of the host.

    Where the site begins with a home page of the portal already, what it lacks is put under that one.
    Raises ``NotEmpty`` where the site begins with a page that neither Wagtail nor the starter has made.
    """
    first, *others = [_locale(language) for language in _languages()]
    home: Any = _make_tree(first, actor, is_first=True)
    for locale in others:
        _make_tree(locale, actor, is_first=False)
    _write_settings(home.get_site())
    return home


def _make_tree(locale: Locale, actor: Any, *, is_first: bool) -> Page:
    """All pages in one language. Returns the home page."""
    about_home, *abouts = read_words()["pages"]
    home: Any = _find_home(about_home, locale)
    is_new = home is None
    if is_new:
        home = _new_page(about_home, locale)
        _put_at_the_root(home, is_first=is_first)
    pages = {"home": home}
    for about in abouts:
        found = _find(about, locale, home)
        pages[about["key"]] = found or _add_page(about, locale, pages[about["parent"]], actor)
    if is_new:
        sections = [pages[about["key"]] for about in abouts if about.get("menu")]
        _furnish_home(home, about_home, sections, pages["contact"], locale, actor)
    return home


def _furnish_home(
    home: Any, about: Words, sections: list[Page], contact: Page, locale: Locale, actor: Any
) -> None:
    with translation.override(locale.language_code):
        home.body = home_body(_words(about, locale)["heading"], sections)
    home.button_page = Page.objects.get(pk=contact.pk)
    home.save_revision(user=actor).publish(user=actor)


def page_key(key: str) -> uuid.UUID:
    """The ``translation_key`` of a page of the starter."""
    return uuid.uuid5(NAMESPACE, f"page/{key}")


def _languages() -> list[str]:
    """Those of the starter that the host speaks, its own first; Polish where it speaks none of them."""
    is_multilingual = getattr(settings, "WAGTAIL_I18N_ENABLED", False)
    offered = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES] if is_multilingual else []
    known = [code for code in offered if code in LANGUAGES]
    own = settings.LANGUAGE_CODE.split("-")[0]
    return sorted(known, key=lambda code: code != own) or [own if own in LANGUAGES else LANGUAGES[0]]


def _locale(language: str) -> Locale:
    code = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return Locale.objects.get_or_create(language_code=code)[0]


def _find_home(about: Words, locale: Locale) -> HomePage | None:
    made = HomePage.objects.filter(translation_key=page_key(about["key"]), locale=locale).first()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    own = HomePage.objects.filter(pk=site.root_page_id).first() if site else None
    if made is not None or own is None:
        return made
    return HomePage.objects.filter(translation_key=own.translation_key, locale=locale).first()


def _find(about: Words, locale: Locale, home: Page) -> Page | None:
    """The page the starter made, or one of which a site needs no second."""
    pages = _kind(about).objects.filter(locale=locale)
    made = pages.filter(translation_key=page_key(about["key"])).first()
    return made or (pages.descendant_of(home).first() if about["kind"] in ONE_IS_ENOUGH else None)


def _add_page(about: Words, locale: Locale, parent: Page, actor: Any) -> Page:
    page = _new_page(about, locale)
    parent.add_child(instance=page)
    revision = page.save_revision(user=actor)
    if not about.get("draft"):
        revision.publish(user=actor)
    return page


def _new_page(about: Words, locale: Locale) -> Page:
    words = _words(about, locale)
    return _kind(about)(
        translation_key=page_key(about["key"]),
        locale=locale,
        live=False,
        title=words["title"],
        slug=words["slug"],
        seo_title=words.get("seo_title", ""),
        search_description=words.get("lead", ""),
        show_in_menus=about.get("menu", False),
        **facts_of(_kind(about), words, _words(read_words()["help"], locale)),
    )


def _kind(about: Words) -> type[Page]:
    return getattr(models, about["kind"])


def _words(about: Words, locale: Locale) -> Words:
    language = locale.language_code.split("-")[0]
    return about[language if language in about else "pl"]


def _put_at_the_root(home: Page, *, is_first: bool) -> None:
    """``home`` as a child of Wagtail's root; the first one becomes the first page of the default site."""
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=home.locale)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    welcome = site.root_page if site else None
    if is_first and welcome is not None and not _is_welcome(welcome):
        raise NotEmpty(welcome.title)
    root.add_child(instance=home)
    if not is_first:
        return
    site = site or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, site.site_name or home.seo_title
    site.save()
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()


def _is_welcome(page: Page) -> bool:
    """Whether it is the page that a new Wagtail site has, with nothing under it."""
    return page.depth == 2 and page.title == WELCOME and page.numchild == 0


def _write_settings(site: Site) -> None:
    portal = PortalSettings.of(site)
    if portal.pk is None:
        portal.save()
    names = read_words()["pages"][0]
    for language in _languages():
        name = names[language]["seo_title"]
        PortalWords.objects.get_or_create(settings=portal, language=language, defaults={"name": name})
