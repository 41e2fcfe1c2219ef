"""Editors make the categories of news in the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mypart_wagtail.news.models import NewsCategory
from tests.news.news import category, index, piece
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def names(*pairs: tuple[str, str]) -> dict[str, str]:
    forms = {"names-TOTAL_FORMS": str(len(pairs)), "names-INITIAL_FORMS": "0"}
    for number, (language, name) in enumerate(pairs):
        forms |= {
            f"names-{number}-language": language,
            f"names-{number}-name": name,
            f"names-{number}-id": "",
        }
    return forms


def add_category(client, *pairs: tuple[str, str], slug: str = "sport"):
    address = reverse("mypart_admin_news_categories:add")
    return client.post(address, {"slug": slug, "position": "0", **names(*pairs)})


def test_a_category_is_named_in_each_language(client):
    client.force_login(person("editor", is_superuser=True))
    assert add_category(client, ("en", "Sport"), ("pl", "Sport i rekreacja")).status_code == 302
    made = NewsCategory.objects.get()
    assert {each.language: each.name for each in made.names.all()} == {
        "en": "Sport",
        "pl": "Sport i rekreacja",
    }


def test_two_names_in_one_language_or_none_are_refused_at_their_place(client):
    client.force_login(person("editor", is_superuser=True))
    for pairs in ([("en", "Sport"), ("en", "Games")], []):
        assert add_category(client, *pairs).status_code == 200
    category()
    assert "already exists" in add_category(client, ("en", "City"), slug="city").content.decode()
    assert NewsCategory.objects.count() == 1


def test_removing_a_category_leaves_its_news(client):
    client.force_login(person("editor", is_superuser=True))
    sport = category()
    page = piece(index(), category=sport)
    client.post(reverse("mypart_admin_news_categories:delete", args=[sport.pk]))
    page.refresh_from_db()
    assert page.category is None


@pytest.mark.parametrize("name", ["index", "add", "edit", "delete", "history", "usage"])
def test_who_has_no_permission_is_kept_out(client, name):
    clerk = person("clerk")
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(clerk)
    args = [] if name in ("index", "add") else [category().pk]
    response = client.get(reverse(f"mypart_admin_news_categories:{name}", args=args))
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")


def test_the_list_and_the_form_of_news_name_many_categories_as_quickly_as_one(client):
    client.force_login(person("staff", is_superuser=True))
    page = piece(index())
    addresses = [
        reverse("mypart_admin_news_categories:index"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    ]

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    category("one")
    few = [queries(address) for address in addresses]
    for number in range(10):
        category(f"subject-{number}")
    assert [queries(address) for address in addresses] == few
