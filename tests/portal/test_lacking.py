"""Editors are told what the law wants on every page and their portal does not have yet."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from mypart_wagtail.portal.lacking import lacking
from mypart_wagtail.portal.models import PortalSettings, PortalWords
from tests.people import person
from tests.portal.pages import easy_to_read, portal_home, sign_language
from tests.portal.statements import statement
from tests.sites import default_site

pytestmark = pytest.mark.django_db

HEADING = "Still missing in the portal"


def complete() -> None:
    portal = PortalSettings.objects.create(
        site=default_site(), interpreter_url="https://interpreter.example.org/"
    )
    for language in ("en", "pl"):
        PortalWords.objects.create(
            settings=portal, language=language, name="Portal", privacy="<p>We keep it.</p>"
        )
    sign_language()
    easy_to_read()
    statement("en")


def admin_home(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_new_portal_lacks_everything_and_says_where_to_add_it(client):
    portal_home()
    editor = person("editor", is_superuser=True)
    missing = lacking(default_site())
    assert len(missing) == 6
    page = admin_home(client, editor)
    assert HEADING in page
    for text, address in missing:
        assert text in page
        assert client.get(address, follow=True).status_code == 200


def test_a_complete_portal_lacks_nothing(client):
    complete()
    assert lacking(default_site()) == []
    assert HEADING not in admin_home(client, person("editor", is_superuser=True))


def test_a_draft_is_not_there_yet():
    complete()
    page = sign_language()
    for each in type(page).objects.all():
        each.unpublish()
    assert [text for text, _address in lacking(default_site())] == [
        "A page with a film in sign language about what the office does"
    ]


def test_who_may_not_add_it_is_not_bothered(client):
    portal_home()
    clerk = person("clerk")
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert HEADING not in admin_home(client, clerk)
