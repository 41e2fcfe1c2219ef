"""Several people of one organisation bring in an offer together; each has a window of their own."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.account import confirm_address, follow_in_head, sign_in_here, sign_up
from tests.journeys.demo import Prepared
from tests.journeys.hands import Fingers, field
from tests.journeys.mailbox import Mail, Mailbox
from tests.journeys.offer import fact, wait_until_saved

ORGANISATION = "Stowarzyszenie Dobrych Sąsiadów „Ganek”"
NEWCOMER = "zofia.pomocna@example.org"
SIGNER = "Bernard Podpisek"
ADVICE = "Porady przy ganku"
"""The editor's offer of the demo that lacks nothing."""
GARDEN = "Ogród przy familokach"
"""The editor's offer of the demo that is submitted and waits for a signer."""


def test_an_invited_colleague_meets_the_editor_in_a_field_and_a_signer_submits(
    prepared: Prepared,
    open_page: Callable[..., Page],
    sign_in: Callable[..., Page],
    mailbox: Mailbox,
):
    invite(sign_in("administrator of „Ganek”"))
    colleague = open_page(mailbox.wait_for(NEWCOMER, ORGANISATION).link())
    accept(Fingers(colleague), mailbox)
    editor = sign_in("editor of „Ganek”")
    for page in (colleague, editor):
        open_description(page, ADVICE)
    meet_in_a_field(editor, colleague)

    ask_to_submit(editor)
    signer = prepared.email_of("signer of „Ganek”")
    asked = mailbox.wait_for(signer, f"Oferta organizacji {ORGANISATION} czeka na złożenie")
    assert "Celina Wpisana prosi o przeczytanie i złożenie oferty" in asked.text
    signing = follow_mail(asked, open_page, signer, prepared.password)
    signing.press("Złóż ofertę")
    expect(signing.page.get_by_role("heading", level=1)).to_have_text("Oferta została złożona")
    assert fact(signing.page, "Umocowanie") == "Złożona przez osobę podpisującą"
    mailbox.wait_for(signer, "została złożona", says=fact(signing.page, "Suma kontrolna"))
    signing.follow("Ta sama treść jako strona")
    expect(signing.page.get_by_role("main")).to_contain_text("Porady, które uzgodniłyśmy")
    editor.reload()
    expect(editor.get_by_role("heading", level=1)).to_have_text("Oferta została złożona")


def test_an_editor_submits_anew_and_a_signer_confirms(
    prepared: Prepared,
    open_page: Callable[..., Page],
    sign_in: Callable[..., Page],
    mailbox: Mailbox,
):
    editor = sign_in("editor of „Ganek”")
    hands = Fingers(editor)
    go_to_offer(editor, GARDEN)
    assert fact(editor, "Umocowanie") == "Umocowanie do potwierdzenia"
    hands.press("Popraw ofertę")
    hands.follow("Tytuł, termin i opis")
    hands.write("Opis zadania", "Grządki, ławki i pergola, także z dojazdem dla wózków.")
    wait_until_saved(editor)
    hands.follow("Inicjatywy sąsiedzkie")  # The breadcrumb: back to the list of pages.
    hands.follow("Przejdź do złożenia")
    expect(editor.get_by_role("main")).to_contain_text("Umocowanie do potwierdzenia")
    hands.press("Złóż ofertę")
    checksum = fact(editor, "Suma kontrolna")
    assert fact(editor, "Umocowanie") == "Umocowanie do potwierdzenia"

    signer = prepared.email_of("signer of „Ganek”")
    asked = mailbox.wait_for(signer, f"Oferta czeka na Twoje potwierdzenie: {ORGANISATION}")
    confirming = follow_mail(asked, open_page, signer, prepared.password)
    assert fact(confirming.page, "Suma kontrolna") == checksum
    confirming.press("Potwierdź umocowanie")
    expect(confirming.page.get_by_role("main")).to_contain_text("Umocowanie zostało potwierdzone.")
    editor.reload()
    assert fact(editor, "Umocowanie") == "Umocowanie potwierdzone"


def invite(page: Page) -> None:
    hands = Fingers(page)
    page.goto("/pl/")
    follow_in_head(page, "Moje organizacje")
    hands.follow(ORGANISATION)
    hands.write("E-mail", NEWCOMER)
    hands.press("Wyślij zaproszenie")
    expect(page.get_by_role("main")).to_contain_text("Czekamy na odpowiedź")


def accept(hands: Fingers, mailbox: Mailbox) -> None:
    """Sign up by the invitation, and join."""
    hands.follow("Załóż konto")
    sign_up(hands, NEWCOMER, "siedem cichych kotów")
    expect(hands.page.get_by_role("main")).to_contain_text("Będziesz wypełniać jej oferty.")
    confirm_address(hands, NEWCOMER, mailbox)
    hands.press("Dołącz do organizacji")


def go_to_offer(page: Page, title: str) -> None:
    """By „Moje oferty” in the head of the page."""
    page.goto("/pl/")
    follow_in_head(page, "Moje oferty")
    Fingers(page).follow(title)


def open_description(page: Page, title: str) -> None:
    go_to_offer(page, title)
    Fingers(page).follow("Tytuł, termin i opis")


def meet_in_a_field(editor: Page, colleague: Page) -> None:
    """Both write into one field; the later one is told, sees both texts, and keeps hers."""
    field(editor, "Opis zadania").fill("Porady pisane przez Celinę.")
    wait_until_saved(editor)
    field(colleague, "Opis zadania").fill("Porady, które uzgodniłyśmy.")
    told = colleague.get_by_role("main")
    expect(told).to_contain_text("W międzyczasie ktoś inny zmienił tu treść.")
    expect(told).to_contain_text("Porady pisane przez Celinę.")
    expect(field(colleague, "Opis zadania")).to_have_value("Porady, które uzgodniłyśmy.")
    colleague.get_by_role("button", name="Zachowaj mój tekst").click()
    wait_until_saved(colleague)


def ask_to_submit(editor: Page) -> None:
    """Go to the submission, and send the signer a link."""
    hands = Fingers(editor)
    go_to_offer(editor, ADVICE)
    hands.follow("Przejdź do złożenia")
    hands.choose("Do kogo?", SIGNER)
    hands.press("Wyślij odnośnik")
    expect(editor.get_by_role("main")).to_contain_text("Odnośnik został wysłany.")


def follow_mail(mail: Mail, open_page: Callable[..., Page], email: str, password: str) -> Fingers:
    """Open the link of ``mail`` in a new window, and sign in on the way."""
    hands = Fingers(open_page(mail.link()))
    sign_in_here(hands, email, password)
    return hands
