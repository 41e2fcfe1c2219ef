"""One address may not use a public form without end, and no one else is shut out by it."""

import pytest
from django.test import RequestFactory

from mypart_wagtail.ratelimit import client_address, client_key, too_many_requests, within_rate

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def _two_an_hour(settings):
    settings.MYPART = {"PUBLIC_FORM_RATE": "2/hour"}


def request_from(address: str, forwarded: str = ""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def uses(address: str, count: int, scope: str = "form") -> list[bool]:
    return [within_rate(request_from(address), scope) for _ in range(count)]


def test_an_address_that_uses_a_form_too_often_has_to_wait():
    assert uses("192.0.2.1", 3) == [True, True, False]


def test_other_addresses_and_other_forms_are_counted_apart():
    uses("192.0.2.1", 3)
    assert uses("192.0.2.2", 1) == [True]
    assert uses("192.0.2.1", 1, scope="other form") == [True]


def test_a_form_may_have_a_rate_of_its_own():
    request = request_from("192.0.2.1")
    assert [within_rate(request, "form", rate="1/minute") for _ in range(2)] == [True, False]


def test_walking_through_the_addresses_of_one_ipv6_connection_helps_nobody():
    assert [within_rate(request_from(f"2001:db8::{n}"), "form") for n in range(3)] == [True, True, False]
    assert within_rate(request_from("2001:db8:0:1::1"), "form")


def test_ipv4_addresses_written_as_ipv6_stay_apart():
    assert client_key(request_from("::ffff:192.0.2.1")) != client_key(request_from("::ffff:192.0.2.2"))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_what_trusted_proxies_wrote_is_believed(settings, proxies, forwarded, address):
    settings.MYPART = {"TRUSTED_PROXIES": proxies}
    assert client_address(request_from("10.0.0.1", forwarded)) == address


def test_a_storage_that_is_away_shuts_nobody_out(settings):
    settings.MYPART = {"RATE_LIMIT_STORAGE": "redis://127.0.0.1:9/0", "PUBLIC_FORM_RATE": "1/hour"}
    assert uses("192.0.2.1", 2) == [True, True]


@pytest.mark.django_db
def test_whoever_has_to_wait_is_told_so_in_words():
    response = too_many_requests(request_from("192.0.2.1"))
    assert response.status_code == 429
    assert "try again in an hour" in response.content.decode()
