"""Money is read as people write it, and never guessed."""

from decimal import Decimal

import pytest

from mypart_wagtail.money import AmbiguousAmount, InvalidAmount, format_amount, format_pln, parse_pln


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1\u00a0234,5", "1234.50"),
        ("1\u202f234", "1234.00"),
        ("12 zł", "12.00"),
        ("12,50 PLN", "12.50"),
        ("1.234.567", "1234567.00"),
        ("1.234.567,89", "1234567.89"),
        ("1234,567.8", None),
        ("0", "0.00"),
        ("007", "7.00"),
        ("999 999 999,99", "999999999.99"),
        ("1 000 000 000", None),
        ("-5", None),
        ("−5", None),
        ("12,", None),
        ("1234,567", None),
        ("12.34.56", None),
        ("12 50", None),
        ("1 234,567", None),
        ("1 50", None),
        ("5 000 6 000", None),
        ("1 234 , 5", "1234.50"),
        ("12 500 zł", "12500.00"),
        ("dużo", None),
        ("1e5", None),
        ("٣", None),
        ("", None),
    ],
)
def test_reads_amounts_as_people_write_them(text, amount):
    if amount is None:
        with pytest.raises(InvalidAmount):
            parse_pln(text)
    else:
        assert parse_pln(text) == Decimal(amount)
        assert parse_pln(format_amount(Decimal(amount))) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "greater", "lesser"),
    [("12.500", "12500", "12.50"), ("12,500", "12500", "12.50"), ("1.234", "1234", "1.23")],
)
def test_asks_when_three_digits_follow_a_single_separator(text, greater, lesser):
    with pytest.raises(AmbiguousAmount) as error:
        parse_pln(text)
    assert error.value.readings == (Decimal(greater), Decimal(lesser))


def test_prints_amounts_for_people():
    assert format_pln(Decimal("12345.67")) == "12\u00a0345,67\u00a0zł"
    assert format_pln(Decimal("12345.67"), "en") == "PLN\u00a012,345.67"
    assert format_amount(Decimal("0.005")) == "0,01"
