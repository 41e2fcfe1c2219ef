"""Addresses of web pages are taken as people write them."""

import warnings

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from mypart_wagtail.web_addresses import WebAddressField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.klub.pl", "https://www.klub.pl"),
        ("klub.pl/onas", "https://klub.pl/onas"),
        ("http://klub.pl", "http://klub.pl"),
    ],
)
def test_an_address_without_its_scheme_is_completed(typed, kept):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        field = WebAddressField(blank=True).formfield()
    assert field.clean(typed) == kept


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "klub", "http://"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValidationError):
        WebAddressField().formfield().clean(typed)


def test_in_migrations_it_is_the_field_of_django():
    _name, path, _args, _kwargs = WebAddressField().deconstruct()
    assert path == models.URLField().deconstruct()[1]
