"""Numbers are read as people write them; wrong ones are told in words."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mypart_wagtail.organisations import identifiers
from tests.organisations.cards import CARD


@pytest.mark.parametrize(
    ("clean", "typed", "kept"),
    [
        (identifiers.clean_nip, "526-025-02-74", "5260250274"),
        (identifiers.clean_nip, "PL 526 025 02 74", "5260250274"),
        (identifiers.clean_regon, "123 456 785", "123456785"),
        (identifiers.clean_krs, "123456", "0000123456"),
        (identifiers.clean_krs, "KRS 0000 123 456", "0000123456"),
        (identifiers.clean_postal_code, "41 400", "41-400"),
        (identifiers.clean_bank_account, "61 1090 1014 0000 0712 1981 2874", "PL61109010140000071219812874"),
    ],
)
def test_numbers_are_read_as_people_write_them(clean, typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("clean", "typed"),
    [
        (identifiers.clean_nip, "5260250275"),
        (identifiers.clean_nip, "526"),
        (identifiers.clean_nip, "abc"),
        (identifiers.clean_regon, "123456789"),
        (identifiers.clean_krs, "12345678901"),
        (identifiers.clean_krs, ""),
        (identifiers.clean_postal_code, "4140"),
        (identifiers.clean_bank_account, "61 1090 1014 0000 0712 1981 2875"),
        (identifiers.clean_bank_account, "DE89370400440532013000"),
    ],
)
def test_wrong_numbers_are_told_in_words(clean, typed):
    with pytest.raises(ValidationError) as error:
        clean(typed)
    assert error.value.messages[0].endswith((".", "400."))


@pytest.mark.parametrize(
    ("name", "typed"),
    [("nip", "0000000000"), ("regon", "000000000"), ("register_number", "0"), ("phone", "abc")],
)
def test_numbers_that_are_nobodys_are_refused(client, stranger, name, typed):
    client.force_login(stranger)
    response = client.post(reverse("mypart_organisations:create"), CARD | {name: typed})
    assert name in response.context["form"].errors


def test_numbers_no_database_keeps_break_nothing(client, boss, club, stranger):
    client.force_login(stranger)
    huge = "9" * 5000
    card = CARD | {"legal_text": ["9" * 20, huge]}
    assert client.post(reverse("mypart_organisations:create"), card).status_code == 302
    more = CARD | {"add_person": "1", "people-TOTAL_FORMS": huge}
    assert client.post(reverse("mypart_organisations:create"), more).status_code == 200
    client.force_login(boss)
    address = reverse("mypart_organisations:change_member", args=[club.uuid])
    assert client.post(address, {"member": huge}).status_code == 404
