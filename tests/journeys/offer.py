"""An association with its papers, and how it fills in an offer, in Polish."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.hands import Hands

ORGANISATION = "Stowarzyszenie Pływackie „Iskra”"
PAPERS = {
    "Pełna nazwa": ORGANISATION,
    "Numer w rejestrze lub ewidencji": "0000417265",
    "NIP": "222-018-73-26",
    "REGON": "278451916",
    "Ulica i numer": "ul. Basenowa 4",
    "Kod pocztowy": "41-400",
    "Miejscowość": "Mysłowice",
    "E-mail": "biuro@iskra.example.org",
    "Imię i nazwisko": "Maria Grosik",
    "Funkcja": "skarbniczka",
}
"""The card as the association's papers say it; nobody real has these numbers."""

NEXT = "Zapisz i przejdź dalej"


@dataclass(frozen=True)
class Task:
    """A task of one action, with what an office wants to know. Costs: kind, unit, price, number of units."""

    title: str
    synopsis: str
    action: str
    costs: tuple[tuple[str, str, str, str], ...]
    total: str
    sources: dict[str, str]


SWIMMING = Task(
    title="Iskra na wodzie: pływanie dla dzieci",
    synopsis="Lekcje pływania dla dzieci z Mysłowic, na basenie miejskim.",
    action="Nauka pływania",
    costs=(
        ("Instruktor pływania", "godzina", "120,00", "60"),
        ("Wynajem toru", "godzina", "90,50", "30"),
    ),
    total="9 915,00",
    sources={
        "Dotacja": "8 315",
        "Wkład własny finansowy": "1200,00",
        "Wkład własny niefinansowy (osobowy i rzeczowy)": "400",
        "Świadczenia pieniężne od odbiorców zadania": "0",
    },
)
"""120 × 60 + 90,50 × 30 = 9915 = 8315 + 1200 + 400."""


def make_card(hands: Hands) -> None:
    """On the page „Karta organizacji”, as somebody who may sign."""
    hands.write("Pełna nazwa", PAPERS["Pełna nazwa"])
    hands.pick("Forma prawna", "stowarzyszenie (KRS)")
    hands.pick("Rejestr lub ewidencja", "Krajowy Rejestr Sądowy (KRS)")
    for label, text in PAPERS.items():
        hands.write(label, text)
    hands.tick("Mam prawo podpisywać oferty w imieniu tej organizacji")
    hands.press("Zapisz kartę")
    expect(hands.page.get_by_role("status").first).to_contain_text("Karta jest gotowa.")


def begin(hands: Hands) -> None:
    """On the page „Rozpocznij ofertę”, for the only organisation."""
    hands.press("Rozpocznij")
    expect(hands.page.get_by_role("main")).to_contain_text("Ta oferta nie została złożona.")


def fill_in(hands: Hands, task: Task, year: str) -> None:
    """From the list of pages to the end of the last one; each page is left by its button."""
    describe(hands, task, year)
    _plan(hands, task, year)
    _calculate(hands, task)
    hands.choose("Odpłatność zadania", "Oferent nie zamierza odpłatnie wykonywać zadania publicznego")
    hands.press(NEXT)
    hands.choose("Zobowiązania podatkowe", "nie zalega(-ją)")
    hands.choose("Składki na ubezpieczenia społeczne", "nie zalega(-ją)")
    hands.choose("Rejestr", "Krajowym Rejestrem Sądowym")
    hands.press(NEXT)
    expect(hands.page.get_by_role("main")).to_contain_text("Niczego nie brakuje.")


def describe(hands: Hands, task: Task, year: str) -> None:
    """The first two pages."""
    hands.follow("Organizacja i kontakt")
    expect(hands.page.get_by_role("main")).to_contain_text("0000417265")
    hands.write("Osoba upoważniona do składania wyjaśnień", "Maria Grosik, tel. 32 555 44 00")
    hands.press(NEXT)
    hands.write("Tytuł zadania", task.title)
    hands.write("Data rozpoczęcia", f"15.01.{year}")
    hands.write("Data zakończenia", f"15.12.{year}")
    hands.write("Opis zadania", task.synopsis)
    hands.press(NEXT)


def _plan(hands: Hands, task: Task, year: str) -> None:
    hands.add("Dodaj: działanie")
    hands.write("Nazwa działania", task.action)
    hands.write("Opis", "Dwa razy w tygodniu, w grupach po dziesięcioro.")
    hands.write("Grupa docelowa", "40 dzieci w wieku 7–10 lat")
    hands.write("Data rozpoczęcia", f"1.02.{year}")
    hands.write("Data zakończenia", f"30.11.{year}")
    hands.press(NEXT)
    hands.write("Opis zakładanych rezultatów", "Czterdzieścioro dzieci nauczy się pływać.")
    hands.add("Dodaj: rezultat")
    hands.write("Nazwa rezultatu", "Dzieci, które przepłyną 25 metrów")
    hands.write("Planowany poziom", "40")
    hands.write("Sposób monitorowania", "Sprawdzian na koniec kursu")
    hands.press(NEXT)
    hands.write("Wcześniejsza działalność", "Uczymy pływać od 2015 roku.")
    hands.write("Zasoby kadrowe, rzeczowe i finansowe", "Dwoje instruktorów, składki członków.")
    hands.press(NEXT)


def _calculate(hands: Hands, task: Task) -> None:
    hands.follow(task.action)
    for kind, unit, price, number in task.costs:
        hands.add("Dodaj: koszt")
        hands.write("Rodzaj kosztu", kind)
        hands.write("Rodzaj miary", unit)
        hands.write("Koszt jednostkowy", price)
        hands.write("Liczba jednostek", number)
    hands.press(NEXT)
    hands.press(NEXT)
    expect(hands.page.get_by_role("main")).to_contain_text(task.total)
    hands.press(NEXT)
    for source, amount in task.sources.items():
        hands.write(source, amount)
    hands.press(NEXT)


def wait_until_saved(page: Page) -> None:
    """Until the page says that what was typed is saved."""
    expect(page.get_by_role("paragraph").filter(has_text="Zapisano o ")).to_be_visible()


def fact(page: Page, name: str) -> str:
    """Return what stands beside ``name`` in a list of facts, such as a receipt."""
    term = page.get_by_role("main").get_by_role("term").filter(has_text=re.compile(rf"^\s*{name}\s*$"))
    return term.locator("xpath=following-sibling::*[1]").inner_text().replace("\u00a0", " ")
