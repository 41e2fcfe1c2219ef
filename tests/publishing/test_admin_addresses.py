"""Every address of the admin, asked for by people of each role, as in ``docs/reference/admin.md``.

A new address without a row fails. Whatever one organisation has not published, no other sees: neither by any
address nor by any query does its title appear, and nothing of it is changed.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from tests.publishing.admin_world import SECRET, AdminWorld, addresses

TABLE = Path(__file__).parents[2] / "docs" / "reference" / "admin.md"
ROLES = ["colleague", "stranger", "moderator"]
ROW = re.compile(r"^\| `([^`]+)`" + r" \| (\w+)" * len(ROLES), re.MULTILINE)
# Signing people out, and errors made on purpose.
LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_error_test", "admin/test404/", "admin/^.*/$"}
OPENS, CLOSED, POSTED = "opens", "closed", "posted"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def documented() -> dict[str, dict[str, str]]:
    rows = ROW.findall(TABLE.read_text())
    return {name: dict(zip(ROLES, answers, strict=True)) for name, *answers in rows}


def asked() -> list[tuple[str, str]]:
    return [(name, pattern) for name, pattern in addresses() if name not in LEFT_OUT]


def client_of(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def answer(client: Client, address: str) -> str:
    with transaction.atomic():
        response = client.get(address)
        transaction.set_rollback(True)
    if response.status_code == 405:
        return POSTED
    goes_to = response.headers.get("Location", "")
    is_passed_on = goes_to.startswith(("/en/", "/pl/")) or goes_to == "/admin/"
    return CLOSED if is_passed_on or response.status_code in (403, 404) else OPENS


def text_of(response) -> str:
    """What was sent, and where it leads; not what a script translates."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace") + response.headers.get("Location", "")


def test_every_address_has_a_row():
    assert {name for name, _pattern in asked()} == set(documented())


@pytest.mark.database
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_says(role):
    world = AdminWorld()
    client = client_of(world.people[role])
    found = defaultdict(set)
    for name, pattern in asked():
        found[name].add(answer(client, world.address(name, pattern)))
    wrong = {
        name: sorted(answers)
        for name, answers in found.items()
        if answers != {documented().get(name, {}).get(role)}
    }
    assert wrong == {}


@pytest.mark.parametrize("role", ["stranger", "clerk"])
def test_no_address_shows_what_another_organisation_has_not_published(role):
    world = AdminWorld()
    client = client_of(world.people[role])
    shown = [
        world.address(name, pattern) + query
        for name, pattern in asked()
        if role == "stranger" or name not in STAFF_SEE
        for query in shows(client, world, world.address(name, pattern))
    ]
    assert shown == []


def shows(client: Client, world: AdminWorld, address: str) -> list[str]:
    """The query strings after which ``address`` shows what is secret; what is closed is asked once."""
    found = []
    for query in ["", *world.queries()]:
        with transaction.atomic():
            response = client.get(address + query)
            transaction.set_rollback(True)
        if SECRET in text_of(response):
            found.append(query)
        if response.status_code != 200:
            break
    return found


def test_nothing_of_another_organisation_can_be_changed():
    world = AdminWorld()
    client = client_of(world.people["stranger"])
    before = world.as_it_is()
    changed = []
    for name, pattern in asked():
        address = world.address(name, pattern)
        for body in world.bodies():
            with transaction.atomic():
                client.post(address, body)
                if world.as_it_is() != before:
                    changed.append(address)
                transaction.set_rollback(True)
    assert changed == []


# Staff of the city choose among all pages, and the API of the admin serves their choosers.
STAFF_SEE = {
    "wagtailadmin_api:documents:detail",
    "wagtailadmin_api:documents:listing",
    "wagtailadmin_api:images:detail",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_chosen_multiple",
}
