"""The facts of a card as they are frozen into a submitted offer, and which version of it somebody saw."""

import hashlib
from typing import Any

import rfc8785
from django.utils import translation

from mypart_wagtail.organisations.models import Organisation

PUBLIC = ("uuid", "name", "branch", "legal_form", "legal_form_name", "register", "signatures_required")
"""What anyone may know of an organisation, listed in a directory or not."""


def public_part(card: dict[str, Any]) -> dict[str, Any]:
    """Of a ``card_snapshot`` what may be shown to people who do not belong to the organisation."""
    return {name: card[name] for name in PUBLIC}


def card_version(organisation: Organisation) -> str:
    """Changes whenever the card does; tells whether it is still as someone saw it."""
    with translation.override("en"):  # Whatever language the two looks at it are in.
        snapshot = card_snapshot(organisation) | {"bank_account": organisation.bank_account}
    return hashlib.sha256(rfc8785.dumps(snapshot)).hexdigest()[:16]


def card_snapshot(organisation: Organisation) -> dict[str, Any]:
    """The card as plain JSON::

        {"uuid", "name", "branch", "legal_form", "legal_form_name", "register": {"kind", "name", "number"},
         "nip", "regon", "seat": {"street", "postal_code", "city"}, "correspondence": {…},
         "website", "email", "phone", "opp", "areas": ["17"],
         "representatives": [{"name", "function"}], "signatures_required": 1}

    Names of the legal form and of the register are in the language of the moment. No official form asks for
    the bank account, so it is not here.
    """
    seat = {
        "street": organisation.street,
        "postal_code": organisation.postal_code,
        "city": organisation.city,
    }
    correspondence = {
        "street": organisation.mail_street,
        "postal_code": organisation.mail_postal_code,
        "city": organisation.mail_city,
    }
    return {
        "uuid": str(organisation.uuid),
        "name": organisation.name,
        "branch": organisation.branch,
        "legal_form": organisation.legal_form,
        "legal_form_name": organisation.get_legal_form_display(),
        "register": {
            "kind": organisation.register_kind,
            "name": organisation.get_register_kind_display(),
            "number": organisation.register_number,
        },
        "nip": organisation.nip,
        "regon": organisation.regon,
        "seat": seat,
        "correspondence": correspondence if organisation.mail_city else seat,
        "website": organisation.website,
        "email": organisation.email,
        "phone": organisation.phone,
        "opp": organisation.is_opp,
        "areas": list(organisation.areas),
        "representatives": [
            {"name": person.name, "function": person.function}
            for person in organisation.representatives.all()
        ],
        "signatures_required": organisation.signatures_required,
    }
