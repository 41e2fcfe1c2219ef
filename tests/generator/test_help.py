"""Help stands beside the statutory wording, never in its place; a city's own goes before what is shipped."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from mypart_wagtail.generator.help import Help, help_keys, help_texts, shipped_help
from mypart_wagtail.generator.models import FieldHelp
from tests.generator.kind import SampleKind
from tests.generator.sample import TEMPLATE
from tests.generator.test_wizard import section
from tests.people import person
from tests.sites import new_site

SHIPPED = """
[title]
plain = "Shipped <help>."
easy = "Shipped. Easy."

["actions/name"]
plain = "Name of the action."

["costs/name"]
same_as = "actions/name"
"""


@pytest.fixture
def template(tmp_path):
    """The sample form with help of its own, in English alone."""
    (tmp_path / "en.toml").write_text(SHIPPED, encoding="utf-8")
    return replace(TEMPLATE, help_folder=tmp_path)


@pytest.fixture
def site(db):
    return new_site("city.example")


@pytest.fixture
def helped(monkeypatch, template, site):
    """The wizard with the shipped help and the help of a site."""
    monkeypatch.setattr(SampleKind, "template", lambda self, document: template)
    monkeypatch.setattr(SampleKind, "site_id", lambda self, document: site.pk)


def own(site, key: str = "title", **parts: str) -> FieldHelp:
    place = {"site": site, "template_id": TEMPLATE.id, "field_key": key, "language": "en"}
    return FieldHelp.objects.create(**(place | parts))


def test_what_is_shipped_is_shown(template, site):
    texts = help_texts(template, site_id=site.pk, language="en-gb")
    assert texts["title"] == Help("Shipped <help>.", "Shipped. Easy.")
    assert texts["costs/name"] == texts["actions/name"]


def test_a_city_overrides_part_by_part(template, site):
    own(site, plain="Ours.", film="https://example.org/film")
    texts = help_texts(template, site_id=site.pk, language="en")
    assert texts["title"] == Help("Ours.", "Shipped. Easy.", "https://example.org/film")


def test_a_city_writes_where_nothing_is_shipped(template, site):
    own(site, key="summary", easy="Ours. Easy.")
    own(site, key="summary", language="uk", plain="Наша")
    assert help_texts(template, site_id=site.pk, language="en")["summary"] == Help(easy="Ours. Easy.")
    assert help_texts(template, site_id=site.pk, language="uk") == {"summary": Help("Наша")}


def test_the_help_of_one_city_is_not_shown_in_another(template, site):
    own(site, plain="Ours.")
    assert help_texts(template, site_id=None, language="en")["title"].plain == "Shipped <help>."


def test_the_shipped_file_is_read_once(template):
    first = shipped_help(template.help_folder, "en")
    (template.help_folder / "en.toml").unlink()
    assert shipped_help(template.help_folder, "en") is first


def test_help_stands_at_its_field_in_all_three_ways(client, author, document, helped, site):
    own(site, film="https://example.org/film")
    client.force_login(author)
    page = client.get(section(document, "task")).content.decode()
    assert "<p>Shipped &lt;help&gt;.</p>" in page
    assert "<p>Shipped. Easy.</p>" in page
    assert 'href="https://example.org/film"' in page
    assert page.count("Easy to read") == 1


def test_help_with_the_columns_of_a_table_is_said_once_not_in_every_row(client, author, document, helped):
    client.force_login(author)
    page = client.get(section(document, "schedule")).content.decode()
    assert len(document.data["actions"]["order"]) == 2
    assert page.count("Name of the action.") == 1


def test_a_page_without_help_has_no_empty_help(client, author, document):
    client.force_login(author)
    assert "mypart-help" not in client.get(section(document, "task")).content.decode()


def test_help_takes_one_query_however_much_of_it_there_is(
    client, author, document, helped, site, django_assert_num_queries
):
    for key in help_keys(TEMPLATE):
        own(site, key=key, plain="Ours.")
    with django_assert_num_queries(1):
        help_texts(TEMPLATE, site_id=site.pk, language="en")


# The admin


ADD = "mypart_admin_help:add"


def sent(site, **changed: str) -> dict[str, str]:
    form = {"site": site.pk, "place": "test.sample:costs/unit_cost", "language": "en", "plain": "Ours."}
    return form | {"easy": "", "film": ""} | changed


@pytest.fixture
def clerk(client, db) -> Client:
    client.force_login(person("clerk", is_superuser=True))
    return client


def test_the_city_finds_its_help_in_the_menu(clerk, site):
    menu = clerk.get(reverse("wagtailadmin_home")).content.decode()
    assert f'"{reverse("mypart_admin_help:index")}"' in menu


def test_the_city_writes_help_in_the_admin(clerk, site):
    response = clerk.post(reverse(ADD), sent(site, film="example.org/film"))
    assert response.status_code == 302
    written = FieldHelp.objects.get()
    assert (written.template_id, written.field_key) == ("test.sample", "costs/unit_cost")
    assert written.film == "https://example.org/film"
    assert "Costs: Unit cost" in clerk.get(reverse("mypart_admin_help:index")).content.decode()


def test_the_city_changes_its_help(clerk, site):
    written = own(site, plain="Old.")
    edit = reverse("mypart_admin_help:edit", args=[written.pk])
    assert 'value="test.sample:title" selected' in clerk.get(edit).content.decode()
    clerk.post(edit, sent(site, place="test.sample:title", plain="New."))
    assert FieldHelp.objects.get().plain == "New."


def test_a_field_has_one_help_for_each_site_and_language(clerk, site):
    own(site, key="costs/unit_cost", plain="Old.")
    page = clerk.post(reverse(ADD), sent(site)).content.decode()
    assert "This site has help with this field in this language already." in page
    assert FieldHelp.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"place": "test.sample:nothing"}, {"language": "xx"}, {"film": "javascript:alert(1)"}]
)
def test_what_no_form_has_is_refused(clerk, site, wrong):
    assert clerk.post(reverse(ADD), sent(site, **wrong)).status_code == 200
    assert not FieldHelp.objects.exists()


def test_nobody_else_writes_help(client, author, site):
    client.force_login(author)
    assert client.post(reverse(ADD), sent(site)).status_code == 302
    assert not FieldHelp.objects.exists()
