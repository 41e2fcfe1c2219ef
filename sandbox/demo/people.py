"""People of the demo, who all sign in with one password."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from sandbox.demo.content import read
from sandbox.demo.made import is_first_time

PASSWORD = "demo-myslowice"  # noqa: S105  # made to be known
SUPERUSER = "superuser"


def roles() -> list[dict[str, str]]:
    """Who there is, one person for each role, and what each can do."""
    return read("people")["people"]


def make_people() -> dict[str, Any]:
    """A person for each role, by role; None where the account was deleted."""
    password = make_password(PASSWORD)
    return {
        each["role"]: make_person(
            each["email"], each["first_name"], each["last_name"], password, each["role"] == SUPERUSER
        )
        for each in roles()
    }


@transaction.atomic
def make_person(
    email: str, first_name: str, last_name: str, password: str, is_superuser: bool = False
) -> Any:
    """Someone whose e-mail is confirmed. ``password`` is hashed already, since hashing is slow by design.

    None for someone whose account was deleted since the demo made it. The e-mail is the name of the account
    too, so that it signs in whichever of the two a site asks for.
    """
    if not is_first_time("person", email):
        return get_user_model().objects.filter(username=email).first()
    person, _is_new = get_user_model().objects.get_or_create(
        username=email,
        defaults={
            "email": email,
            "first_name": first_name,
            "last_name": last_name,
            "password": password,
            "is_superuser": is_superuser,
            "is_staff": is_superuser,
        },
    )
    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return person
