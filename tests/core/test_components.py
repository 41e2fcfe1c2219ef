"""Shared components, template tags and the markup of forms."""

from datetime import UTC, datetime
from decimal import Decimal

import lxml.html
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from mypart_wagtail.rendering import AccessibleFormMixin


def render(source, **context):
    return Template("{% load mypart %}" + source).render(Context(context))


def parse(source, **context):
    return lxml.html.fromstring(f"<main>{render(source, **context)}</main>")


class ContactForm(AccessibleFormMixin, forms.Form):
    name = forms.CharField(label="Name", help_text="As in the register.")
    topic = forms.ChoiceField(label="Topic", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    phone = forms.CharField(label="Telephone", required=False)
    agreed = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Write to us by post.")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_money_is_written_as_the_language_writes_it():
    amount = Decimal("12345.67")
    assert render("{{ amount|pln }}", amount=amount) == "PLN\u00a012,345.67"
    with translation.override("pl"):
        assert render("{{ amount|pln }}", amount=amount) == "12\u00a0345,67\u00a0zł"
    assert render("{{ amount|pln }}", amount=None) == ""


def test_values_for_machines_are_never_localised():
    moment = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    with translation.override("pl"), timezone.override("Europe/Warsaw"):
        assert render("{{ value|machine }}", value=Decimal("12345.67")) == "12345.67"
        assert render("{{ value|machine }}", value=12345) == "12345"
        assert render("{{ value|machine }}", value=moment) == "2026-11-23T15:30:00+01:00"
        assert 'datetime="2026-11-23T15:30:00+01:00"' in render("{{ value|moment }}", value=moment)


def test_a_field_is_described_by_its_hint_and_its_error():
    form = ContactForm({})
    page = parse("{{ form }}", form=form)
    control = page.get_element_by_id("id_name")
    described = [
        page.get_element_by_id(id_).text_content() for id_ in control.get("aria-describedby").split()
    ]
    assert described[0] == "As in the register."
    assert "This field is required." in described[1]
    assert control.get("aria-invalid") == "true"
    assert page.cssselect("label[for=id_name]")[0].text_content().strip() == "Name"


def test_a_group_of_radio_buttons_is_a_fieldset_with_a_legend():
    page = parse("{{ form }}", form=ContactForm())
    fieldset = page.get_element_by_id("id_topic_0").iterancestors("fieldset").__next__()
    assert fieldset.findtext("legend").strip() == "Topic"


def test_only_fields_that_may_stay_empty_are_marked():
    page = parse("{{ form }}", form=ContactForm())
    marked = [element.getparent().text_content() for element in page.cssselect(".mypart-field__optional")]
    assert [" ".join(text.split()) for text in marked] == ["Telephone (optional)"]


def test_every_error_is_listed_with_its_field_and_leads_to_an_element_of_the_page():
    form = ContactForm({})
    page = parse("{% error_summary form %}{{ form }}", form=form)
    links = page.cssselect(".mypart-error-summary a")
    assert [link.text for link in links] == [
        "Write to us by post.",
        "Name: This field is required.",
        "Topic: This field is required.",
        "I agree: This field is required.",
    ]
    for link in links:
        page.get_element_by_id(link.get("href").removeprefix("#"))


def test_the_error_of_a_hidden_field_is_told_without_a_link():
    page = parse("{% error_summary form %}", form=ContactForm({}))
    assert "Token: This field is required." in [item.text for item in page.cssselect("li")]


def test_a_formset_s_errors_are_listed_too():
    formset_class = forms.formset_factory(ContactForm, min_num=1, extra=0, validate_min=True)
    formset = formset_class(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-phone": "1"}, prefix="form"
    )
    page = parse("{% error_summary formset %}", formset=formset)
    assert "#id_form-0-name" in [link.get("href") for link in page.cssselect("a")]


def test_without_errors_there_is_no_summary():
    assert render("{% error_summary form %}", form=ContactForm()).strip() == ""


def test_what_people_typed_is_escaped():
    form = ContactForm({"name": "<b>x", "topic": "<script>"})
    assert "<script>" not in render("{% error_summary form %}{{ form }}", form=form)


def test_forms_of_other_packages_get_the_same_markup():
    class Foreign(forms.Form):
        name = forms.CharField()

    assert 'class="mypart-field"' in render("{% accessible_form form %}", form=Foreign())
    assert 'class="mypart-field"' in render("{% accessible_field form.name %}", form=Foreign())


def test_money_asked_over_the_pool_is_drawn_and_said():
    page = parse("{% budget_bar asked pool %}", asked=Decimal(300), pool=Decimal(150))
    assert page.cssselect(".mypart-bar__over")[0].get("width") == "50.00"
    assert "200%" in page.text_content()


def test_an_empty_pool_is_no_division_by_zero():
    assert "PLN" in render("{% budget_bar asked pool %}", asked=Decimal(0), pool=Decimal(0))


def test_the_next_page_of_results_keeps_the_search():
    request = RequestFactory().get("/", {"q": "sport", "page": "2"})
    context = RequestContext(request, {"page_obj": Paginator(range(50), 10).page(2)})
    html = Template('{% include "mypart/components/pagination.html" %}').render(context)
    page = lxml.html.fromstring(html)
    assert page.cssselect("a[rel=next]")[0].get("href") == "?q=sport&page=3"
    assert "2" in page.cssselect("[aria-current=page]")[0].text_content()


def test_a_link_to_change_an_answer_names_the_answer():
    rows = [{"key": "Address", "value": "", "url": "/change/"}]
    page = parse('{% include "mypart/components/summary_list.html" %}', rows=rows)
    assert page.cssselect("a")[0].text_content() == "Change Address"
    assert "not given" in page.text_content()


def test_a_page_that_came_back_with_errors_says_so_in_its_title():
    source = '{% extends "mypart/base.html" %}{% block title %}Contact{% endblock %}'
    html = Template(source).render(Context({"form": ContactForm({})}))
    assert lxml.html.document_fromstring(html).findtext(".//title").startswith("Error: Contact")


@pytest.mark.django_db
def test_the_page_of_components_has_no_inline_script_or_style(client):
    page = lxml.html.fromstring(client.get("/en/components/").content)
    assert page.xpath("//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]") == []


@pytest.mark.django_db
def test_the_language_switch_leads_to_the_same_address_in_the_other_language(client):
    page = lxml.html.fromstring(client.get("/en/components/?a=1").content)
    assert page.cssselect("a[hreflang=pl]")[0].get("href") == "/pl/components/?a=1"
