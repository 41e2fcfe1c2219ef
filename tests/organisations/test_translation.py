"""Directories and profiles come through wagtail-localize whole."""

import pytest

from tests.blocks.test_translation import MARK, translate
from tests.organisations.public import accepted, directory, profile_of
from tests.portal.pages import stream
from tests.portal.test_translation import compare

pytestmark = pytest.mark.django_db


def test_the_words_of_a_directory_are_translated():
    assert MARK in translate(directory()).lead


def test_all_words_of_a_profile_are_translated_and_nothing_else_changes():
    directory()
    profile = profile_of(accepted())
    profile.lead, profile.about, profile.how_to_help = "We sail.", "<p>About</p>", "<p>Come</p>"
    profile.email, profile.phone = "club@example.org", "32 555 00 00"
    profile.people = stream(("person", {"name": "Anna", "function": "president", "consent": True}))
    profile.links = stream(("link", {"text": "Mastodon", "url": "https://social.example.org/club"}))
    profile.save_revision().publish()
    polish = translate(profile_of(profile.organisation))
    for name in ("lead", "about", "how_to_help"):
        assert MARK in getattr(polish, name), name
    assert polish.email == "club@example.org"
    assert polish.organisation == profile.organisation
    assert polish.shows_address == profile.shows_address
    for name in ("people", "links"):
        compare(getattr(profile, name), getattr(polish, name))
