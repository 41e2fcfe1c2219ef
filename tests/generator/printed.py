"""A form as blocks, with one of every kind, for the tests of its PDF and its page."""

from mypart_wagtail.generator.presentation import (
    Alternative,
    Answer,
    Answers,
    Block,
    Column,
    Footnotes,
    Grid,
    Heading,
    Line,
    Paragraph,
    Signatures,
    Statement,
)

LONG_TEXT = (
    "Warsztaty odbędą się w świetlicy przy ul. Ćmielowskiej 5. Grupą docelową są mieszkańcy w wieku 60+.\n"
    "Zajęcia poprowadzą instruktorzy z doświadczeniem.\n\n"
    "Zadanie uzupełnia inne działania stowarzyszenia: klub książki i wspólne wyjścia do kina. "
)

COST_COLUMNS = (
    Column("Lp."),
    Column("Rodzaj kosztu", weight=4),
    Column("Rodzaj miary", weight=2),
    Column("Koszt jednostkowy [PLN]", "end", 2),
    Column("Liczba jednostek", "end", 2),
    Column("Razem [PLN]", "end", 2),
    Column("Rok 1 [PLN]", "end", 2),
    Column("Rok 2 [PLN]", "end", 2),
    Column("Rok 3 [PLN]", "end", 2),
)


def cost_lines(actions: int, costs: int) -> list[Line]:
    """``actions`` groups with ``costs`` rows each, and their sum."""
    lines = [Line(("I. Koszty realizacji działań",), "group")]
    for action in range(1, actions + 1):
        lines.append(Line((f"I.{action}. Działanie {action}: zajęcia żeglarskie dla młodzieży",), "group"))
        lines += [
            Line(
                (
                    f"I.{action}.{cost}.",
                    f"Wynajem łodzi i sprzętu nr {cost}, ze szkoleniem",
                    "godzina",
                    "1 250,00",
                    "4",
                    f"{5000 + action * 10 + cost},00",
                    "2 000,00",
                    "2 000,00",
                    "1 000,00",
                )
            )
            for cost in range(1, costs + 1)
        ]
    total = ("", "Suma kosztów realizacji zadania", "", "", "", "1 000 000,00", "1,00", "2,00", "3,00")
    return [*lines, Line(total, "sum")]


def printed_form(*, actions: int = 3, costs: int = 3, answer: str = "Obóz letni") -> list[Block]:
    """The blocks of a form with that many actions and costs; ``answer`` stands in every cell typed."""
    return [
        Heading("OFERTA REALIZACJI ZADANIA PUBLICZNEGO", level=1),
        Paragraph("Pouczenie: ofertę należy wypełnić wyłącznie w białych pustych polach.", small=True),
        Heading("I. Podstawowe informacje o złożonej ofercie"),
        Answers(
            (
                Answer("Organ administracji publicznej", "Prezydent Miasta Mysłowice", "1"),
                Answer("Rodzaj zadania publicznego", "", "2"),
                Answer("Tytuł zadania publicznego", answer, "3"),
                Answer("Syntetyczny opis zadania", f"{answer}\n\n{LONG_TEXT * 3}", "4", long=True),
            )
        ),
        Heading("III. Opis zadania"),
        Grid(
            "4. Plan i harmonogram działań na rok 2027",
            (
                Column("Lp."),
                Column("Nazwa działania", weight=3),
                Column("Opis", weight=6),
                Column("Planowany termin realizacji", weight=3),
            ),
            [
                Line((str(position), answer, LONG_TEXT, "1.03.2027 – 30.06.2027"))
                for position in range(1, actions + 1)
            ],
            landscape=True,
        ),
        Answer("Opis zakładanych rezultatów", LONG_TEXT, "5", long=True),
        Heading("V. Kalkulacja przewidywanych kosztów"),
        Heading("V.A Zestawienie kosztów realizacji zadania", level=3),
        Paragraph("(w sekcji V-A należy skalkulować i zamieścić wszystkie koszty realizacji zadania)"),
        Grid(
            "Zestawienie kosztów realizacji zadania", COST_COLUMNS, cost_lines(actions, costs), landscape=True
        ),
        Grid(
            "Źródła finansowania kosztów realizacji zadania",
            (
                Column("Lp."),
                Column("Nazwa źródła", weight=4),
                Column("Wartość [PLN]", "end", 2),
                Column("Udział [%]", "end"),
            ),
            (
                Line(("1.", "Suma wszystkich kosztów realizacji zadania", "12 345,67", "100,00"), "sum"),
                Line(("2.", "Planowana dotacja w ramach niniejszej oferty", "10 000,00", "81,00")),
                Line(("3.", "Wkład własny", "", "")),
            ),
        ),
        Grid("Podział kosztów pomiędzy oferentów", (Column("Lp."), Column("Oferent", weight=5)), ()),
        Heading("VII. Oświadczenia"),
        Paragraph("Oświadczam(y), że:"),
        Statement(
            ("proponowane zadanie będzie realizowane wyłącznie w zakresie działalności pożytku;",), "1)"
        ),
        Statement(
            (
                (Alternative("oferent", True, "*"), Alternative("oferenci", False, "*")),
                " składający niniejszą ofertę ",
                (Alternative("nie zalega(-ją)", True, "*"), Alternative("zalega(-ją)", False, "*")),
                " z opłacaniem należności z tytułu zobowiązań podatkowych;",
            ),
            "3)",
        ),
        Statement(
            (
                "dane są zgodne z ",
                (
                    Alternative("Krajowym Rejestrem Sądowym", False, "*"),
                    Alternative("właściwą ewidencją", False, "*"),
                ),
                ";",
            ),
            "5)",
        ),
        Signatures(
            (("Anna Żółć", "prezes zarządu"), ("Jan Kowalski", "skarbnik"), ("Ewa Źdźbło", "")),
            "(podpis osoby upoważnionej lub podpisy osób upoważnionych do składania oświadczeń woli)",
        ),
        Footnotes((("1)", "Rodzaj zadania zawiera się w zakresie zadań określonych w art. 4 ustawy."),)),
    ]
