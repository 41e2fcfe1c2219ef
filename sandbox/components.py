"""A page with every shared component in every state, to look at and to test."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.rendering import AccessibleFormMixin
from sandbox.wizard_components import HELP, SAVE_STATES, TABLE

TASKS = [
    {"id": "1", "title": "Podstawowe informacje o złożonej ofercie", "url": "#t1", "status": "Ukończono"},
    {"id": "2", "title": "Dane oferenta", "url": "#t2", "status": "W trakcie", "tone": "info"},
    {
        "id": "3",
        "title": "Opis zadania",
        "url": "#t3",
        "hint": "Cel, miejsce, odbiorcy, rezultaty",
        "status": "Do poprawy: 2",
        "tone": "error",
    },
    {"id": "4", "title": "Kalkulacja kosztów", "url": "#t4", "status": "Nie rozpoczęto", "tone": "warning"},
    {"id": "5", "title": "Oświadczenia", "status": "Najpierw ukończ pozostałe części"},
]

SUMMARY = [
    {"key": "Nazwa organizacji", "value": "Stowarzyszenie Przyjaciół Mysłowic", "url": "#name"},
    {"key": "Adres siedziby", "value": "ul. Powstańców 1\n41-400 Mysłowice", "url": "#address"},
    {"key": "Strona internetowa", "value": "", "url": "#site"},
    {"key": "Numer KRS", "value": "0000123456"},
]

COLUMNS = [
    {"label": "Koszt"},
    {"label": "Liczba jednostek", "number": True},
    {"label": "Wartość", "number": True},
    {"label": "Z dotacji", "number": True},
]
ROWS = [
    ["I.1.1 Wynajem hali sportowej", "40", "6 000,00 zł", "4 000,00 zł"],
    ["I.1.2 Wynagrodzenie trenera", "120", "9 600,00 zł", "9 600,00 zł"],
    ["II.1 Obsługa księgowa", "4", "1 200,00 zł", "0,00 zł"],
]
SUMS = [["Suma kosztów", "", "16 800,00 zł", "13 600,00 zł"]]

CARDS = [
    {
        "title": "Sport dzieci i młodzieży w 2027 roku",
        "text": "Zajęcia sportowe dla mieszkańców do 18. roku życia.",
        "status": "Trwa nabór",
        "tone": "success",
        "facts": [
            {"key": "Do rozdania", "value": "150 000,00 zł"},
            {"key": "Oferty", "value": "do 14 grudnia 2026"},
        ],
    },
    {
        "title": "Kultura, sztuka, ochrona dóbr kultury i dziedzictwa narodowego",
        "text": "Koncerty, wystawy, warsztaty i wydawnictwa.",
        "status": "Nabór kończy się dziś",
        "tone": "warning",
        "facts": [{"key": "Do rozdania", "value": "80 000,00 zł"}],
    },
    {"title": "Pomoc żywnościowa", "text": "Nabór był otwarty do 2 listopada.", "status": "Trwa ocena"},
]

CHOICES = [("own", "Lokal własny"), ("rented", "Lokal wynajęty"), ("none", "Organizacja nie ma lokalu")]


class SampleForm(AccessibleFormMixin, forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nazwa zadania publicznego", max_length=60, help_text="Do 60 znaków.")
    email = forms.EmailField(label="Adres e-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    description = forms.CharField(label="Syntetyczny opis zadania", widget=forms.Textarea, required=False)
    amount = forms.DecimalField(
        label="Kwota dotacji", widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text="W złotych."
    )
    starts = forms.DateField(
        label="Data rozpoczęcia", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = forms.ChoiceField(label="Lokal", choices=CHOICES)
    premises = forms.ChoiceField(label="Gdzie działa organizacja", choices=CHOICES, widget=forms.RadioSelect)
    audience = forms.MultipleChoiceField(
        label="Odbiorcy zadania",
        choices=[("children", "Dzieci"), ("seniors", "Osoby starsze"), ("all", "Wszyscy mieszkańcy")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Zaznacz wszystkich, dla których jest zadanie.",
    )
    attachment = forms.FileField(label="Statut", required=False, help_text="PDF, do 10 MB.")
    fixed = forms.CharField(label="Rodzaj zadania", initial="Kultura fizyczna", disabled=True)
    agreed = forms.BooleanField(label="Potwierdzam zgodność danych ze stanem faktycznym")


class FailedForm(SampleForm):
    """The same form after a careless post."""

    prefix = "failed"

    def clean(self) -> None:
        raise forms.ValidationError("Suma kosztów nie zgadza się z kwotą dotacji.")


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    now = arrived_at(request)
    failed = FailedForm({"failed-email": "anna.example.org", "failed-amount": "dużo"})
    context = {
        "tasks": TASKS,
        "summary": SUMMARY,
        "columns": COLUMNS,
        "rows": ROWS,
        "sums": SUMS,
        "cards": [card | {"url": f"#card-{number}"} for number, card in enumerate(CARDS)],
        "crumbs": [{"title": "Strona główna", "url": "/"}, {"title": "Konkursy", "url": "#calls"}],
        "sample": SampleForm(),
        "failed": failed,
        "page_obj": Paginator(range(200), 10).page(7),
        "deadlines": [now + timedelta(days=21), now + timedelta(minutes=20), now - timedelta(days=1)],
        "budgets": [
            (Decimal("90000"), Decimal("150000")),
            (Decimal("196500.50"), Decimal("150000")),
            (Decimal(0), Decimal("80000")),
        ],
        "tones": [
            ("info", "Oferta nie została jeszcze złożona."),
            ("success", "Oferta została złożona 23 listopada 2026, godz. 14:32."),
            ("warning", "Nabór kończy się dziś przed godz. 15:30."),
            ("error", "Nie udało się zapisać. Spróbujemy ponownie za chwilę."),
        ],
        "table": TABLE,
        "help": HELP,
        "save_states": SAVE_STATES,
    }
    return render(request, "sandbox/components.html", context)
