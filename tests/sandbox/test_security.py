"""Headers that keep people safe, on every page there is."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.documents import get_document_model

from tests.addresses import World, documented
from tests.grants.calls import index

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'none'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}


@pytest.fixture
def world(db):
    return World()


def policy(response) -> dict[str, str]:
    parts = response.headers.get("Content-Security-Policy", "").split("; ")
    return {name: sources for name, _space, sources in (part.partition(" ") for part in parts)}


def is_strict(response) -> bool:
    told = policy(response)
    return STRICT.items() <= told.items() and not any("unsafe" in sources for sources in told.values())


def public_addresses(world: World) -> list[str]:
    """Ours with an example each, and those of others that need no argument: accounts, components, pages."""
    ours = [world.address(row.name) for row in documented() if not row.is_of_admin]
    pages = [index().url, index().get_children()[0].url, "/", "/en/"]
    missing = ["/en/no-such-page/", "/no-such-file.txt"]
    return [*ours, *accounts(get_resolver()), reverse("components"), *pages, *missing]


def accounts(resolver: URLResolver) -> list[str]:
    """Every page of allauth that can be asked for without an argument."""
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += accounts(pattern) if not pattern.namespace else []
        elif is_account(pattern) and not pattern.pattern.converters:
            found.append(reverse(pattern.name))
    return found


def is_account(pattern: URLPattern) -> bool:
    return (pattern.name or "").startswith(("account_", "mfa_")) and not pattern.pattern.regex.groups


@pytest.mark.slow
@pytest.mark.parametrize("who", ["anonymous", "signer"])
def test_every_public_page_is_strict(world, who):
    client = Client(raise_request_exception=False)
    if world.people[who]:
        client.force_login(world.people[who])
    addresses = public_addresses(world)
    assert len(addresses) > 50
    lax = {}
    for address in addresses:
        response = client.get(address)
        missing = [name for name, value in HEADERS.items() if response.headers.get(name) != value]
        if missing or not is_strict(response):
            lax[address] = (response.status_code, missing, policy(response))
    assert lax == {}


def test_the_admin_allows_what_wagtail_needs_and_nothing_of_others(world):
    client = Client()
    client.force_login(world.people["staff"])
    told = policy(client.get("/admin/"))
    assert told["script-src"] == told["style-src"] == "'self' 'unsafe-inline'"
    assert told["frame-ancestors"] == "'self'"
    assert not any("unsafe-eval" in sources or "http" in sources for sources in told.values())


def test_an_editor_sees_the_preview_of_a_page_in_a_frame(world):
    client = Client()
    client.force_login(world.people["staff"])
    page = index().get_children()[0]
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert preview.status_code == 200
    assert policy(preview)["frame-ancestors"] == "'self'"


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js"])
def test_what_an_editor_uploads_runs_nothing_in_a_visitors_browser(db, client, name):
    dangerous = ContentFile(b"<script>alert(1)</script>", name=name)
    answer = client.get(get_document_model().objects.create(title=name, file=dangerous).url)
    assert answer.status_code == 200
    assert policy(answer) == {"default-src": "'none'"}
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
