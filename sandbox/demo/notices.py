"""A list of notices, one of them over, and notices of organisations under their profiles."""

from typing import Any

from mypart_wagtail.news.models import NoticeIndexPage, NoticePage
from mypart_wagtail.organisations.models import Organisation, OrganisationPage
from sandbox.demo.content import day, read
from sandbox.demo.news import make_in_both_languages
from sandbox.demo.pages import DemoSite, make_page


def make_notices(site: DemoSite, organisations: dict[str, Organisation], actor: Any) -> None:
    """The list and its notices in both languages, those of organisations in Polish as their profiles are."""
    words = read("notices")
    index = make_in_both_languages(NoticeIndexPage, "notice-index", site.home, words["index"], site, actor)
    for item in words["items"]:
        code = f"notice/{item['code']}"
        make_in_both_languages(NoticePage, code, index, item, site, actor, **_facts(item))
    for item in words["of_organisations"]:
        profile = OrganisationPage.objects.filter(organisation=organisations[item["key"]]).first()
        if profile is not None:
            polish = item["pl"]
            texts = {name: polish[name] for name in ("title", "slug", "lead")}
            make_page(NoticePage, f"notice/{item['code']}", profile, actor, **texts, **_facts(item))


def _facts(item: dict[str, Any]) -> dict[str, Any]:
    polish = item["pl"]
    return {
        "kind": item["kind"],
        "valid_until": day(item["day"]),
        "body": polish["text"],
        "place": polish["place"],
        "contact_name": polish["contact"],
        "contact_email": item["email"],
        "contact_phone": polish["phone"],
    }
