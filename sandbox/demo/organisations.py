"""Twelve organisations that do not exist, with their people."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from mypart_wagtail.organisations import identifiers
from mypart_wagtail.organisations.models import Membership, Organisation
from mypart_wagtail.organisations.services import ask_to_join, create_organisation
from sandbox.demo.content import read
from sandbox.demo.made import is_first_time, note, noted
from sandbox.demo.people import PASSWORD, make_person

MAIN = "ganek"
"""The organisation to which the people of each role belong."""

CHECKED = {
    "nip": identifiers.clean_nip,
    "regon": identifiers.clean_regon,
    "bank_account": identifiers.clean_bank_account,
}
OWN_WORDS = {"key", "president", "others", "experience", "resources"}


def descriptions() -> dict[str, dict[str, Any]]:
    """What the demo knows of each organisation, by its key."""
    return {each["key"]: each for each in read("organisations")["organisations"]}


def make_organisations(people: dict[str, Any]) -> dict[str, Organisation]:
    """The cards by their keys, and the people of each role where they belong."""
    password = make_password(PASSWORD)
    made = {key: _make_card(about, password) for key, about in descriptions().items()}
    cards = {key: card for key, card in made.items() if card is not None}
    if MAIN in cards:
        _let_in(cards[MAIN], people)
    return cards


def president_email(key: str) -> str:
    return f"{key}@example.org"


@transaction.atomic
def _make_card(about: dict[str, Any], password: str) -> Organisation | None:
    """The card; None if it was deleted since the demo made it."""
    if not is_first_time("card", about["key"]):
        return Organisation.objects.filter(uuid=noted("card", about["key"])).first()
    found = Organisation.objects.filter(
        register_kind=about["register_kind"], register_number=about["register_number"]
    ).first()
    card = found or _new_card(about, password)
    note("card", about["key"], str(card.uuid))
    return card


def _new_card(about: dict[str, Any], password: str) -> Organisation:
    name, _function = about["president"]
    president = make_person(president_email(about["key"]), *name.split(" ", 1), password)
    representatives = [
        {"name": name, "function": function}
        for name, function in [about["president"], *about.get("others", [])]
    ]
    return create_organisation(
        president, facts=_facts(about), representatives=representatives, is_signer=True
    )


def _facts(about: dict[str, Any]) -> dict[str, Any]:
    facts = {
        "postal_code": "41-400",
        "city": "Mysłowice",
        "email": f"biuro@{about['key']}.example.org",
        "website": f"https://{about['key']}.example.org/",
        "phone": "32 555 01 00",
        **{name: value for name, value in about.items() if name not in OWN_WORDS},
    }
    return facts | {name: clean(facts[name]) for name, clean in CHECKED.items() if name in facts}


@transaction.atomic
def _let_in(card: Organisation, people: dict[str, Any]) -> None:
    """People of each role belong to the main organisation; one waits for an answer, one knows of none."""
    roles = {"administrator": {"is_administrator": True}, "signer": {"is_signer": True}, "editor": {}}
    if not is_first_time("people of", MAIN) or card.memberships.filter(user=people["administrator"]).exists():
        return
    for role, flags in roles.items():
        Membership.objects.create(organisation=card, user=people[role], **flags)
    ask_to_join(people["waiting"], organisation=card, message="Pomagam przy spacerach z kijkami.")
