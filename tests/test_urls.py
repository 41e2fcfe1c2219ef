"""Who may enter where: every address as in ``docs/reference/urls.md``, asked for by every kind of person."""

from copy import deepcopy

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.addresses import Row, World, documented, names

EVERYONE = {
    *("anonymous", "stranger", "asker", "editor", "signer", "administrator", "publisher", "clerk", "staff")
}
MEMBERS = {"editor", "signer", "administrator"}
MAY_ENTER = {
    "anyone": EVERYONE,
    "signed in": EVERYONE - {"anonymous"},
    "member": MEMBERS,
    "applicant": MEMBERS,
    "signer": {"signer"},
    "administrator": {"administrator"},
    "publisher": {"publisher", "staff"},
    "staff": {"staff"},
    "doctor": set(),
}
# Members are strangers in the admin, and whoever may enter the admin is a stranger outside it.
ASKED_AS = {
    "public": sorted(EVERYONE - {"clerk"}),
    "admin": ["anonymous", "stranger", "clerk", "staff"],
}
LOGIN, HIDDEN, FORBIDDEN, SENT_HOME, ENTERED = "login", "404", "403", "sent home", "entered"
ADMIN_HOME = "/admin/"

ROWS = documented()


def test_every_address_is_in_the_table_once():
    written = [row.name for row in ROWS]
    assert names() - set(written) == set()
    assert set(written) - names() == set()
    assert len(written) == len(names())


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.parametrize("kind", ASKED_AS)
def test_only_those_enter_who_may(kind, db):
    world = World()
    clients = {who: signed_in(world.people[who]) for who in ASKED_AS[kind]}
    wrong = [
        f"{method} {row.name} as {who}: {result}"
        for row in ROWS
        if row.is_of_admin == (kind == "admin")
        for method in row.methods
        for who, client in clients.items()
        if (result := ask(client, method, row, world)) not in expected(row, who)
    ]
    assert wrong == []


@pytest.mark.slow
def test_what_may_be_read_may_be_asked_for_by_its_head_alone_and_nothing_changes(db):
    """Checkers of links ask so. A view that took HEAD for a post would act without a CSRF token."""
    world = World()
    client = signed_in(world.people["signer"])
    for row in ROWS:
        if "GET" in row.methods and not row.is_of_admin:
            address = world.address(row.name)
            with CaptureQueriesContext(connection) as queries:
                head = client.head(address)
            assert head.status_code == client.get(address).status_code, row.name
            assert not [query for query in queries if writes_beside_session(query["sql"])], row.name


def writes_beside_session(sql: str) -> bool:
    return sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql


def signed_in(person) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    return client


def expected(row: Row, who: str) -> set[str]:
    if who in MAY_ENTER[row.who]:
        return {ENTERED}
    if row.who == "doctor":
        return {HIDDEN}
    if who == "anonymous":
        return {LOGIN}
    if row.is_of_admin:
        return {SENT_HOME, HIDDEN} if who == "clerk" else {FORBIDDEN}
    return {HIDDEN, FORBIDDEN} if who in MEMBERS else {HIDDEN}


def ask(client: Client, method: str, row: Row, world: World) -> str:
    """What becomes of a request. Whatever it changes is rolled back, so that each finds the same world."""
    address = world.address(row.name)
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        body = world.body(row.name) if method == "POST" else {}
        response = getattr(client, method.lower())(address, **body)
        if is_passed_on(response):
            response = client.get(response["Location"])
        transaction.set_rollback(True)
    client.cookies = cookies
    return read(response)


def is_passed_on(response) -> bool:
    """Wagtail passes everyone it refuses to its sign-in; Django what it does not find to a language."""
    return response.headers.get("Location", "").startswith(
        ("/admin/login/", "/en/admin/", "/en/preferences/")
    )


def read(response) -> str:
    leads_to = response.headers.get("Location", "")
    if response.status_code == 401 or leads_to.startswith(reverse("account_login")):
        return LOGIN
    if leads_to == ADMIN_HOME:
        return SENT_HOME
    is_refused = response.status_code >= 500 or response.status_code in (403, 404)
    return str(response.status_code) if is_refused else ENTERED


def test_who_has_no_business_in_the_admin_is_told_and_not_sent_in_circles(client, db):
    client.force_login(World().people["stranger"])
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "your account may not enter here" in response.content.decode()
