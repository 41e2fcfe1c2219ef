"""A list of news and a few news in it, each with a drawn picture."""

import json
from typing import Any

from mypart_wagtail.news.models import NewsCategory, NewsCategoryName, NewsIndexPage, NewsPage
from mypart_wagtail.portal.models import SectionPage
from sandbox.demo.content import code_uuid, day, read
from sandbox.demo.drawings import stored_drawing
from sandbox.demo.pages import DemoSite, make_page
from sandbox.demo.translating import translate


def make_news(site: DemoSite, actor: Any) -> None:
    """The list and its news in both languages, unless they are there already."""
    words = read("news")
    _remove_news_without_an_app()
    categories = {
        each["slug"]: _category(position, each) for position, each in enumerate(words["categories"])
    }
    index = make_in_both_languages(NewsIndexPage, "news-index", site.home, words["index"], site, actor)
    for item in words["items"]:
        page = make_in_both_languages(
            NewsPage,
            f"news-page/{item['code']}",
            index,
            item,
            site,
            actor,
            date=day(item["day"]),
            picture=stored_drawing(item["drawing"]),
            picture_alt=item["pl"]["alt"],
            people_agree=True,
            category=categories[item["category"]],
            body=json.dumps([_block(item["code"], "paragraph", item["pl"]["text"])]),
        )
        for each in page.get_translations(inclusive=True).specific():
            if not each.tags.exists():
                each.tags.set(item[each.locale.language_code]["tags"])
                each.save_revision(user=actor).publish(user=actor)


def _remove_news_without_an_app() -> None:
    """A demo made before there was an app of news has them as pages of content."""
    for section in SectionPage.objects.filter(translation_key=code_uuid("page/news/news")):
        section.delete()


def _category(position: int, words: dict[str, Any]) -> NewsCategory:
    category, is_new = NewsCategory.objects.get_or_create(slug=words["slug"], defaults={"position": position})
    if is_new:
        for language in ("pl", "en"):
            NewsCategoryName.objects.create(category=category, language=language, name=words[language])
    return category


def make_in_both_languages(
    kind: Any, code: str, parent: Any, words: dict[str, Any], site: DemoSite, actor: Any, /, **facts: Any
) -> Any:
    """The page ``words`` tell of, in Polish and English, unless it is there already."""
    polish = words["pl"]
    page = make_page(
        kind,
        code,
        parent,
        actor,
        title=polish["title"],
        slug=polish["slug"],
        lead=polish["lead"],
        search_description=polish["lead"],
        **facts,
    )
    translate(page, polish, words["en"], locale=site.english, actor=actor)
    return page


def _block(code: str, kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(code_uuid(f"news/{code}/text"))}
