"""The directory of the demo's organisations, and what some of them tell of themselves."""

import json
from typing import Any

from django.db import transaction
from wagtail.models import Site

from mypart_wagtail.organisations.models import DirectoryPage, Organisation, OrganisationPage
from mypart_wagtail.organisations.services import confirm_profile, show_on_sites
from sandbox.demo.content import code_uuid, day, read
from sandbox.demo.drawings import stored_drawing
from sandbox.demo.made import is_first_time
from sandbox.demo.pages import DemoSite, make_page
from sandbox.demo.translating import translate

CHECKED_DAYS_AGO = 40


def make_directory(site: DemoSite, organisations: dict[str, Organisation], clerk: Any, editor: Any) -> None:
    """The directory in both languages with a profile of every organisation, unless they are there already."""
    words = read("directory")
    polish, english = words["page"]["pl"], words["page"]["en"]
    facts = polish | {"search_description": polish["lead"], "show_in_menus": True}
    page = make_page(DirectoryPage, "directory", site.home, editor, **facts)
    translate(page, polish, english, locale=site.english, actor=editor)
    for key, organisation in organisations.items():
        _show(key, organisation, site.site, clerk)
    for profile in words["profiles"]:
        if profile["key"] in organisations:
            _fill_in(organisations[profile["key"]], profile, site.site, editor)


@transaction.atomic
def _show(key: str, organisation: Organisation, site: Site, clerk: Any) -> None:
    """Once: staff may have taken it out of the directory since."""
    if is_first_time("listed", key):
        show_on_sites(clerk, organisation=organisation, shown_on=[site], among=[site])


@transaction.atomic
def _fill_in(organisation: Organisation, words: dict[str, Any], site: Site, actor: Any) -> None:
    """What the people of ``organisation`` wrote, unless somebody wrote something there."""
    page = OrganisationPage.objects.filter(organisation=organisation, lead="").first()
    if page is None or not is_first_time("profile", words["key"]):
        return
    for name in ("lead", "about", "how_to_help", "email", "phone"):
        setattr(page, name, words[name])
    page.logo = stored_drawing(words["logo"])
    page.people = json.dumps([_person(*each) for each in words["people"]])
    page.save_revision(user=actor).publish(user=actor)
    president = organisation.memberships.filter(is_administrator=True).first()
    if president is not None:
        confirm_profile(president.user, organisation=organisation, on=day(-CHECKED_DAYS_AGO))


def _person(name: str, function: str) -> dict[str, Any]:
    value = {"name": name, "function": function, "consent": True}
    return {"type": "person", "value": value, "id": str(code_uuid(f"person/{name}"))}
