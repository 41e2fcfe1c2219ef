"""A page of an offer that saves what is typed: its title, what it says, and what is kept where."""

from playwright.sync_api import Page, expect

from mypart_wagtail.generator.models import FormDocument

TYPED = "Written at 23:58"


def kept(document: FormDocument, key: str = "title") -> object:
    return FormDocument.objects.get(pk=document.pk).data[key]


def title(page: Page) -> object:
    return page.locator("#field-title")


def state(page: Page) -> object:
    return page.locator("[data-mypart-save-state]")


def is_saved(page: Page) -> None:
    expect(state(page)).to_have_attribute("data-state", "saved", timeout=15_000)


def keys(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('mypart:'))")


def lose_answer(route) -> None:
    """Let a request reach the server, and its answer nobody."""
    route.fetch()
    route.abort()
