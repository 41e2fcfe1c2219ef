"""Statutory wording of the offer, to the letter.

Source: annex 1 to the regulation of the Chair of the Committee for Public Benefit of 24 October 2018,
Dz.U. 2018 poz. 2057. From III.4 on the wording is to be compared with the source before a city goes live.
"""

LEGAL_BASIS = (
    "Załącznik nr 1 do rozporządzenia Przewodniczącego Komitetu do spraw Pożytku Publicznego "
    "z dnia 24 października 2018 r. (Dz.U. 2018 poz. 2057)"
)

TITLE = (
    "OFERTA REALIZACJI ZADANIA PUBLICZNEGO* / OFERTA WSPÓLNA REALIZACJI ZADANIA PUBLICZNEGO*, "
    "O KTÓREJ MOWA W ART. 14 UST. 1* / 2* USTAWY Z DNIA 24 KWIETNIA 2003 R. O DZIAŁALNOŚCI POŻYTKU "
    "PUBLICZNEGO I O WOLONTARIACIE"
)
SHORT_TITLE = "Oferta realizacji zadania publicznego"

INSTRUCTION = (
    "Pouczenie co do sposobu wypełniania oferty: Ofertę należy wypełnić wyłącznie w białych pustych "
    "polach, zgodnie z instrukcjami umieszonymi przy poszczególnych polach lub w przypisach. W przypadku "
    "pól, które nie dotyczą danej oferty, należy wpisać „nie dotyczy” lub przekreślić pole. Zaznaczenie "
    "„*” oznacza, że należy skreślić niewłaściwą odpowiedź i pozostawić prawidłową."
)

NOT_APPLICABLE = "nie dotyczy"
STRUCK_OUT = "–"
"""A cell that does not apply: „przekreślić pole”."""

PARTS = {
    "I": "I. Podstawowe informacje o złożonej ofercie",
    "II": "II. Dane oferenta(-tów)",
    "III": "III. Opis zadania",
    "IV": "IV. Charakterystyka oferenta",
    "V": "V. Kalkulacja przewidywanych kosztów realizacji zadania publicznego",
    "VI": "VI. Inne informacje",
    "VII": "VII. Oświadczenia",
}

AUTHORITY = "Organ administracji publicznej, do którego jest adresowana oferta"
TASK_AREA = "Rodzaj zadania publicznego¹⁾"
ORGANISATION = (
    "Nazwa oferenta(-tów), forma prawna, numer w Krajowym Rejestrze Sądowym lub innej ewidencji, adres "
    "siedziby, strona www, adres do korespondencji, adres e-mail, numer telefonu"
)
CONTACT = (
    "Dane osoby upoważnionej do składania wyjaśnień dotyczących oferty (np. imię i nazwisko, numer "
    "telefonu, adres poczty elektronicznej)"
)
TASK_TITLE = "Tytuł zadania publicznego"
TASK_DATES = "Termin realizacji zadania publicznego"
START = "Data rozpoczęcia"
END = "Data zakończenia"
SYNOPSIS = (
    "Syntetyczny opis zadania (należy wskazać i opisać: miejsce realizacji zadania, grupę docelową, sposób "
    "rozwiązywania jej problemów/zaspokajania potrzeb, komplementarność z innymi działaniami podejmowanymi "
    "przez organizację lub inne podmioty)"
)
PLAN_OUTSIDE = "Plan i harmonogram działań: działania, których terminy nie mieszczą się w terminie zadania"
PLAN = (
    "Plan i harmonogram działań na rok {year} (należy wymienić i opisać w porządku logicznym wszystkie "
    "planowane w ofercie działania oraz określić ich uczestników i miejsce ich realizacji)"
)
PLAN_COLUMNS = (
    "Lp.",
    "Nazwa działania",
    "Opis",
    "Grupa docelowa",
    "Planowany termin realizacji",
    "Zakres działania realizowany przez podmiot niebędący stroną umowy²⁾",
)
RESULTS = (
    "Opis zakładanych rezultatów realizacji zadania publicznego (należy opisać: 1) co będzie bezpośrednim "
    "efektem (materialnym lub niematerialnym) realizacji oferty? 2) jaka zmiana społeczna zostanie "
    "osiągnięta poprzez realizację zadania? 3) czy przewidywane jest wykorzystanie rezultatów osiągniętych "
    "w trakcie realizacji oferty w dalszych działaniach organizacji? – trwałość rezultatów zadania)"
)
RESULTS_TABLE = "Dodatkowe informacje dotyczące rezultatów realizacji zadania publicznego³⁾"
RESULTS_COLUMNS = (
    "Nazwa rezultatu",
    "Planowany poziom osiągnięcia rezultatów (wartość docelowa)",
    "Sposób monitorowania rezultatów / źródło informacji o osiągnięciu wskaźnika",
)
EXPERIENCE = (
    "Informacja o wcześniejszej działalności oferenta, w szczególności w zakresie, którego dotyczy zadanie "
    "publiczne"
)
RESOURCES = "Zasoby kadrowe, rzeczowe i finansowe oferenta, które będą wykorzystane do realizacji zadania"
COSTS = "V.A Zestawienie kosztów realizacji zadania"
COSTS_INSTRUCTION = (
    "(w sekcji V-A należy skalkulować i zamieścić wszystkie koszty realizacji zadania niezależnie od źródła "
    "finansowania wskazanego w sekcji V-B)"
)
COST_COLUMNS = ("Lp.", "Rodzaj kosztu", "Rodzaj miary", "Koszt jednostkowy [PLN]", "Liczba jednostek")
VALUE = "Wartość [PLN]"
COST_TOTAL = "Razem"
COST_YEAR = "Rok {year}"
LEAST_YEARS = 3
"""Columns Rok 1, Rok 2, Rok 3 of the form; a longer task adds its own."""
COSTS_OF_ACTIONS = "Koszty realizacji działań"
SUM_OF_ACTIONS = "Suma kosztów realizacji zadania"
COSTS_OF_ADMINISTRATION = "Koszty administracyjne"
SUM_OF_ADMINISTRATION = "Suma kosztów administracyjnych"
SUM_OF_ALL = "Suma wszystkich kosztów realizacji zadania"
SOURCES = "V.B Źródła finansowania kosztów realizacji zadania"
SOURCE_COLUMNS = ("Lp.", "Nazwa źródła", "Wartość [PLN]", "Udział [%]")
GRANT = "Planowana dotacja w ramach niniejszej oferty"
OWN = "Wkład własny⁵⁾"
OWN_FINANCIAL = "Wkład własny finansowy"
OWN_OTHER = "Wkład własny niefinansowy (osobowy i rzeczowy)"
FEES = "Świadczenia pieniężne od odbiorców zadania"
SPLIT_COLUMNS = ("Lp.", "Oferent")
SPLIT = "V.C Podział kosztów realizacji zadania pomiędzy oferentów⁶⁾"
PAID = "Deklaracja o zamiarze lub braku zamiaru odpłatnego wykonania zadania publicznego"
PAID_YES = "Oferent deklaruje zamiar odpłatnego wykonania zadania publicznego"
PAID_NO = "Oferent nie zamierza odpłatnie wykonywać zadania publicznego"
JOINT = (
    "W przypadku oferty wspólnej – należy wskazać, jakie działania w ramach realizacji zadania publicznego "
    "będą wykonywane przez poszczególnych oferentów oraz sposób ich reprezentacji wobec organu "
    "administracji publicznej, wraz z przytoczeniem podstawy prawnej"
)
OTHER = (
    "Inne informacje, które mogą mieć znaczenie przy ocenie oferty, w tym odnoszące się do kalkulacji "
    "przewidywanych kosztów oraz oświadczeń zawartych w sekcji VII"
)

DECLARE = "Oświadczam(y), że:"
DECLARATION_1 = (
    "proponowane zadanie publiczne będzie realizowane wyłącznie w zakresie działalności pożytku "
    "publicznego oferenta(-tów);"
)
DECLARATION_2 = (
    "pobieranie świadczeń pieniężnych będzie się odbywać wyłącznie w ramach prowadzonej odpłatnej "
    "działalności pożytku publicznego;"
)
OFFERENT = ("oferent", "oferenci")
SUBMITTING = "składający niniejszą ofertę"
NO_ARREARS = "nie zalega(-ją)"
ARREARS = "zalega(-ją)"
DECLARATION_3 = "z opłacaniem należności z tytułu zobowiązań podatkowych;"
DECLARATION_4 = "z opłacaniem należności z tytułu składek na ubezpieczenia społeczne;"
DECLARATION_5 = "dane zawarte w części II niniejszej oferty są zgodne z"
IN_KRS = "Krajowym Rejestrem Sądowym"
IN_OTHER_REGISTER = "właściwą ewidencją"
DECLARATION_6 = (
    "wszystkie informacje podane w ofercie oraz załącznikach są zgodne z aktualnym stanem prawnym i "
    "faktycznym;"
)
DECLARATION_7 = (
    "w zakresie związanym ze składaniem ofert, w tym z gromadzeniem, przetwarzaniem i przekazywaniem "
    "danych osobowych, a także wprowadzaniem ich do systemów informatycznych, osoby, których dotyczą te "
    "dane, złożyły stosowne oświadczenia zgodnie z przepisami o ochronie danych osobowych."
)
SIGNATURE = (
    "(podpis osoby upoważnionej lub podpisy osób upoważnionych do składania oświadczeń woli w imieniu "
    "oferentów)"
)

FOOTNOTES = (
    (
        "1)",
        "Rodzaj zadania zawiera się w zakresie zadań określonych w art. 4 ustawy z dnia 24 kwietnia 2003 r. "
        "o działalności pożytku publicznego i o wolontariacie.",
    ),
    ("2)", "Dotyczy podmiotu, o którym mowa w art. 16 ust. 4 ustawy."),
    (
        "3)",
        "Organ w ogłoszeniu o otwartym konkursie ofert może odstąpić od wymogu składania dodatkowych "
        "informacji dotyczących rezultatów, jeżeli rodzaj zadania uniemożliwia ich określenie.",
    ),
    ("4)", "Tabelę należy rozszerzyć w przypadku realizacji oferty w dłuższym okresie."),
    ("5)", "Suma pól 3.1. i 3.2."),
    ("6)", "Sekcję V.C należy uzupełnić w przypadku oferty wspólnej."),
    ("7)", "Tabelę należy rozszerzyć w przypadku realizacji oferty w dłuższym okresie."),
)
