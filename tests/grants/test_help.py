"""Whoever fills in the offer finds help with every field, also easy to read, in both languages."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from mypart_wagtail.generator.help import help_keys, shipped_help
from mypart_wagtail.generator.models import FieldHelp
from mypart_wagtail.grants.services.applications import start_application
from mypart_wagtail.grants.statutory.offer_2018_2057 import TEMPLATE, wording
from tests.grants.calls import open_call
from tests.people import member, organisation

LONGEST_EASY_SENTENCE = 90


@pytest.fixture(params=["pl", "en"])
def texts(request):
    return shipped_help(TEMPLATE.help_folder, request.param)


def test_every_field_of_the_offer_has_help(texts):
    assert set(texts) == set(help_keys(TEMPLATE))
    assert all(help.plain and help.easy for help in texts.values())


def test_easy_texts_have_one_short_sentence_or_two_a_line(texts):
    for key, help in texts.items():
        for line in help.easy.splitlines():
            assert len(line) <= LONGEST_EASY_SENTENCE, (key, line)
            assert len(re.findall(r"[.?!:](?:\s|$)", line)) <= 2, (key, line)


def test_help_is_no_copy_of_the_statutory_wording(texts):
    statutory = {value for value in vars(wording).values() if isinstance(value, str)}
    assert not statutory & {part for help in texts.values() for part in (help.plain, help.easy)}


@pytest.mark.django_db
def test_the_wizard_shows_shipped_help_and_the_citys_beside_the_statutory_wording(client):
    club = organisation()
    editor, call = member(club, "editor"), open_call()
    application = start_application(editor, call=call, organisation=club, at=timezone.now())
    own = {"site": call.site, "template_id": TEMPLATE.id, "field_key": "start", "language": "pl"}
    FieldHelp.objects.create(**own, plain="Zadzwoń: 32 222 00 00.")
    client.force_login(editor)
    with translation.override("pl"):
        url = reverse("mypart_generator:section", args=[application.document.uuid, "description"])
    page = client.get(url).content.decode()
    assert wording.TASK_TITLE in page
    assert "Jak nazywa się twoje zadanie?" in page
    assert wording.START in page
    assert "Zadzwoń: 32 222 00 00." in page
