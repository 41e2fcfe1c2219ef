"""A page of an offer that saves what is typed: its title, what it says, and what is kept where."""

from django.test import Client
from django.urls import reverse
from lxml import html
from playwright.sync_api import Locator, Page, expect

from mypart_wagtail.generator.models import FormDocument

TYPED = "Written at 23:58"


def kept(document: FormDocument, field: str = "title", *place: str) -> str:
    """What its author reads in ``field`` who opens that page of the offer on another device now."""
    elsewhere = Client()
    elsewhere.force_login(document.created_by)
    name = "mypart_generator:group" if len(place) > 1 else "mypart_generator:section"
    address = reverse(name, args=[document.uuid, *(place or ["description"])])
    page = html.fromstring(elsewhere.get(address).content)
    [box] = page.xpath("//main//*[@name=$field]", field=field)
    return (box.text or "").removeprefix("\n") if box.tag == "textarea" else box.get("value", "")


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


def press_slowly(button: Locator) -> None:
    """Press as people do, whose finger rests on the button for a moment."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    mouse = button.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    button.page.wait_for_timeout(150)
    mouse.up()
