"""People and organisations for tests, each made in one line."""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model

from mypart_wagtail.organisations.models import Membership, Organisation

PASSWORD = "correct horse battery"


def person(name: str, *, is_confirmed: bool = True, **facts: Any) -> Any:
    """A user who signs in with ``name@example.org``, an address that is confirmed unless told otherwise."""
    user = get_user_model().objects.create_user(
        username=name, email=f"{name}@example.org", password=PASSWORD, **facts
    )
    if apps.is_installed("allauth.account"):  # A host may have accounts of another kind.
        addresses = apps.get_model("account", "EmailAddress").objects
        addresses.create(user=user, email=user.email, primary=True, verified=is_confirmed)
    return user


def organisation(name: str = "Klub Żeglarski Szkwał", **facts: Any) -> Organisation:
    """A complete card with one representative."""
    card = Organisation.objects.create(
        **{
            "name": name,
            "legal_form": "association",
            "register_kind": "krs",
            "register_number": "0000123456",
            "street": "ul. Morska 1",
            "postal_code": "41-400",
            "city": "Mysłowice",
            "email": "klub@example.org",
            **facts,
        }
    )
    card.representatives.create(name="Jan Kowalski", function="prezes")
    return card


def member(organisation: Organisation, name: str, **flags: bool) -> Any:
    """A person who belongs to ``organisation``; ``is_signer``, ``is_administrator`` give more."""
    user = person(name)
    Membership.objects.create(organisation=organisation, user=user, **flags)
    return user
