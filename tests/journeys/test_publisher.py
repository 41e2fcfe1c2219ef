"""An editor of an organisation writes news; a moderator sends it back, then approves; a resident reads it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.admin import decide, wait_for_editor, write_in
from tests.journeys.photo import photo

EDITOR, MODERATOR = "editor of „Ganek”", "moderator:"
ORGANISATION = "Stowarzyszenie Dobrych Sąsiadów „Ganek”"
TITLE = "Zbiórka koców dla schroniska"
MISSING = "Czekamy w świetlicy przy ul. Przykładowej 1."
REASON = "Dopisz, gdzie przynieść koce."


@pytest.mark.long
@pytest.mark.refused(422)
def test_news_from_a_telephone_come_back_once_and_are_read_by_a_resident(
    prepared, mailbox, sign_in, open_page
):
    author, moderator = prepared.email_of(EDITOR), prepared.email_of(MODERATOR)

    _write_news(sign_in(EDITOR, width="phone"))
    assert "Odpowiedź dostaniesz do" in mailbox.wait_for(author, f"Przyjęto: {TITLE}").text
    assert mailbox.wait_for(moderator, f"Do moderacji: {TITLE}")

    desk = sign_in(MODERATOR)
    desk.get_by_role("link", name=re.compile("czekają? na Ciebie")).click()
    _send_back(desk)
    back = mailbox.wait_for(author, f"Do poprawy: {TITLE}")
    assert REASON in back.text

    _mend(sign_in(EDITOR), back.link("Popraw i zgłoś ponownie:"))
    desk.reload()
    _approve(desk)

    published = mailbox.wait_for(author, f"Opublikowano: {TITLE}")
    _read(open_page("/pl/", width="phone"))
    _read_what_the_mail_names(open_page(published.link(), width="phone"))


def _write_news(page: Page) -> None:
    """From a telephone, and without what a photo needs at first."""
    page.get_by_role("link", name="Napisz aktualność").click()
    page.get_by_label("Tytuł").fill(TITLE)
    page.get_by_label("Tekst", exact=True).fill("W sobotę zbieramy koce.\n\nPrzynieście je między 10 a 14.")
    page.get_by_label("Plik ze zdjęciem").set_input_files(photo())
    _send(page)
    faults = page.get_by_role("alert")
    expect(faults).to_contain_text("Napisz, co widać na zdjęciu")
    expect(faults).to_contain_text("Zapytaj osoby ze zdjęcia")
    expect(page.get_by_role("img", name="Twoje zdjęcie")).to_be_visible()
    page.get_by_label("Co widać na zdjęciu").fill("Sterta koców na ławce nad jeziorem")
    page.get_by_label("Wszyscy, których można rozpoznać").check()
    _send(page)
    expect(page.get_by_text("Wysłano. Moderatorzy odpowiedzą w ciągu 3 dni")).to_be_visible()
    expect(_news(page)).to_contain_text("W moderacji")


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Wyślij do moderatorów").click()


def _news(page: Page):
    """The news on the home page of the admin."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=TITLE, exact=True))


def _send_back(desk: Page) -> None:
    """Without a reason at first, which the author could do nothing with."""
    desk.get_by_role("link", name=TITLE).click()
    expect(desk.frame_locator("iframe").get_by_role("heading", name=TITLE)).to_be_visible()
    desk.get_by_role("button", name="Odeślij do poprawy").click()
    expect(desk.get_by_text("Napisz autorowi, dlaczego.")).to_be_visible()
    desk.get_by_label("Do autora").fill(REASON)
    desk.get_by_role("button", name="Odeślij do poprawy").click()
    expect(desk.get_by_text("Odesłano. Autor dowie się, co poprawić.")).to_be_visible()
    expect(desk.get_by_role("link", name=TITLE)).to_be_hidden()


def _mend(page: Page, address: str) -> None:
    """At her desk, from the mail: the home page tells it too."""
    expect(_news(page)).to_contain_text("Odesłane do poprawy")
    page.goto(address)
    wait_for_editor(page)
    write_in(page.get_by_role("region", name="Treść").get_by_role("textbox").first, f" {MISSING}")
    decide(page, "Wyślij ponownie")
    expect(page.get_by_text("została przekazana do przeglądu")).to_be_visible()


def _approve(desk: Page) -> None:
    desk.get_by_role("link", name=TITLE).click()
    expect(desk.frame_locator("iframe").get_by_text(MISSING)).to_be_visible()
    desk.get_by_role("button", name="Zatwierdź i opublikuj").click()
    expect(desk.get_by_text("Zatwierdzono. Autor dostanie wiadomość.")).to_be_visible()


def _read(visitor: Page) -> None:
    """From the home page of the portal, where news are."""
    visitor.get_by_role("main").get_by_role("link", name=TITLE).click()
    _read_what_the_mail_names(visitor)


def _read_what_the_mail_names(visitor: Page) -> None:
    article = visitor.get_by_role("article")
    expect(article.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(article.get_by_role("link", name=ORGANISATION)).to_be_visible()
    expect(article).to_contain_text(MISSING)
    shown = article.get_by_role("img", name="Sterta koców na ławce nad jeziorem")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
