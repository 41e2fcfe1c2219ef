"""Each field reads what people type and shows it the way it reads it."""

from decimal import Decimal

import pytest
from django.utils import translation

from mypart_wagtail.generator.fields import Choice, Date, Money, Number, Option, ParseError, Text, YesNo

TEXT = Text(key="t", name="Text", limit=10)
LONG = Text(key="l", name="Long", limit=10, multiline=True)
MONEY = Money(key="m", name="Money")
NUMBER = Number(key="n", name="Number")
EXACT = Number(key="e", name="Exact", decimals=3)
WHOLE = Number(key="w", name="Whole", decimals=0)
DATE = Date(key="d", name="Date")
CHOICE = Choice(key="c", name="Choice", options=(Option("a", "A"), Option("b", "B")))
YES_NO = YesNo(key="y", name="Yes or no")


@pytest.mark.parametrize(
    ("field", "text", "stored"),
    [
        (TEXT, "  dwa   słowa ", "dwa słowa"),
        (LONG, "a\r\nb", "a\nb"),
        (MONEY, "1 234,56", "1234.56"),
        (MONEY, "1234.56", "1234.56"),
        (MONEY, "1.234,56", "1234.56"),
        (MONEY, "7", "7.00"),
        (MONEY, "", ""),
        (NUMBER, "2,5", "2.5"),
        (NUMBER, "10", "10"),
        (NUMBER, "10,00", "10"),
        (NUMBER, "1 000", "1000"),
        (NUMBER, "12 500,5", "12500.5"),
        (NUMBER, "2 , 5", "2.5"),
        (NUMBER, "-0", "0"),
        (EXACT, "1,125", "1.125"),
        (EXACT, "0.125", "0.125"),
        (DATE, "1.03.2027", "2027-03-01"),
        (DATE, "01.3.2027 r.", "2027-03-01"),
        (DATE, "2027-03-01", "2027-03-01"),
        (DATE, "2027-3-1", "2027-03-01"),
        (DATE, "1/3/2027", "2027-03-01"),
        (DATE, "1 marca 2027 r.", "2027-03-01"),
        (DATE, "15 Października 2027 roku", "2027-10-15"),
        (DATE, "1 March 2027", "2027-03-01"),
        (DATE, "11. 03. 2027", "2027-03-11"),
        (DATE, " 11 . 03 . 2027  r. ", "2027-03-11"),
        (DATE, "2027 - 03 - 11", "2027-03-11"),
        (DATE, "", ""),
        (CHOICE, "b", "b"),
        (YES_NO, "yes", "yes"),
    ],
)
def test_reads_what_people_type_and_shows_it_the_same(field, text, stored):
    assert field.parse(text) == stored
    assert field.parse(field.format(stored)) == stored


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (TEXT, "x" * 11),
        (MONEY, "dużo"),
        (MONEY, "-5"),
        (MONEY, "12.500"),
        (NUMBER, "2,555"),
        (NUMBER, "-1"),
        (NUMBER, "1 2"),
        (NUMBER, "1 0000"),
        (NUMBER, "2 5,5"),
        (NUMBER, "1e5"),
        (NUMBER, "٣"),
        (NUMBER, "9" * 15),
        (WHOLE, "1,5"),
        (DATE, "31.02.2027"),
        (DATE, "31 kwietnia 2027"),
        (DATE, "1 marzec 27"),
        (DATE, "jutro"),
        (DATE, "1 1.03.2027"),
        (DATE, "11.0 3.2027"),
        (DATE, "1 1 marca 2027"),
        (DATE, "11.03.20 27"),
        (DATE, "2027 0311"),
        (DATE, "1.03.27"),
        (DATE, "1.03.0027"),
        (CHOICE, "c"),
        (YES_NO, "maybe"),
    ],
)
def test_says_why_a_text_is_no_value(field, text):
    with pytest.raises(ParseError) as error:
        field.parse(text)
    assert str(error.value.message)


def test_says_by_how_much_a_text_is_too_long():
    with pytest.raises(ParseError) as error:
        TEXT.parse("x" * 13)
    assert "3" in str(error.value.message)
    assert "10" in str(error.value.message)


def test_rules_compute_with_decimals_never_with_floats():
    assert MONEY.value("0.10") + MONEY.value("0.20") == Decimal("0.30")
    assert isinstance(NUMBER.value("2.5"), Decimal)


@pytest.mark.parametrize(
    ("text", "readings"),
    [("1.000", ("1000", "1")), ("1,000", ("1000", "1")), ("1.125", ("1125", "1,125"))],
)
def test_a_number_that_may_mean_two_is_asked_about_and_each_reading_is_clear(text, readings):
    with pytest.raises(ParseError) as error:
        EXACT.parse(text)
    assert error.value.readings == readings
    for reading in readings:
        assert EXACT.format(EXACT.parse(reading)) == reading


def test_a_number_of_pieces_is_not_called_an_amount_of_money_in_polish():
    with pytest.raises(ParseError) as error, translation.override("pl"):
        EXACT.parse("1.125")
    with translation.override("pl"):
        assert str(error.value.message) == "Czy chodzi o 1125, czy 1,125?"
