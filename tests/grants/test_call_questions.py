"""A call's own questions while people answer them: reworded, removed, brought back, copied."""

import json
import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.rules import failures
from mypart_wagtail.grants.kind import ApplicationKind
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.services.applications import start_application
from tests.grants.calls import call_page, published
from tests.people import member, organisation

pytestmark = pytest.mark.django_db

MOTTO = "question_q1"
DISTRICT = "question_q2"


def motto(label: str = "Motto") -> dict:
    value = {"label": label, "help": "", "required": True, "limit": 80}
    return {"type": "short_text", "id": "q1", "value": value}


def district(*options: str) -> dict:
    """A choice between districts, each option with the id it always has."""
    items = [{"type": "item", "id": f"id-{name}", "value": name} for name in options]
    value = {"label": "Dzielnica", "help": "", "required": True, "options": items}
    return {"type": "choice", "id": "q2", "value": value}


def ask(*questions: dict) -> Call:
    """Publish the page with these questions and no others."""
    page = CallPage.objects.first() or call_page()
    page.questions = list(questions)
    return published(page)


@pytest.fixture
def signer():
    return member(organisation(), "signer", is_signer=True)


@pytest.fixture
def draft(signer) -> Application:
    """Both questions are answered."""
    call = ask(motto(), district("Brzezinka", "Wesoła"))
    club = signer.mypart_memberships.get().organisation
    application = start_application(signer, call=call, organisation=club, at=timezone.now())
    application.document.data |= {MOTTO: "Razem", DISTRICT: "id-Wesoła"}
    application.document.save()
    return application


def form():
    return ApplicationKind().form(Application.objects.with_parts().get().document)


def gaps(key: str) -> list[str]:
    """What the submission would say of one question."""
    return [str(failure.message) for failure in failures(form()) if failure.address == key]


def test_a_question_that_is_reworded_and_moved_keeps_its_answer(draft):
    ask(district("Wesoła", "Brzezinka"), motto("Motto zadania"))
    assert form()[MOTTO] == "Razem"
    assert form()[DISTRICT] == "id-Wesoła"
    assert gaps(MOTTO) == gaps(DISTRICT) == []


def test_a_question_that_is_removed_asks_nothing_and_its_answer_is_there_when_it_comes_back(draft):
    ask(district("Brzezinka", "Wesoła"))
    assert MOTTO not in form().answers()
    assert gaps(MOTTO) == []
    ask(motto(), district("Brzezinka", "Wesoła"))
    assert form()[MOTTO] == "Razem"


def test_a_question_that_is_added_is_a_gap_until_it_is_answered(draft):
    value = {"label": "Ilu was będzie?", "help": "", "required": True}
    ask(motto(), district("Brzezinka", "Wesoła"), {"type": "number", "id": "q3", "value": value})
    assert len(gaps("question_q3")) == 1
    assert "Ilu was będzie?" in gaps("question_q3")[0]


def test_an_option_that_is_removed_after_it_was_chosen_must_be_chosen_anew(client, signer, draft):
    ask(motto(), district("Brzezinka", "Kosztowy"))
    [message] = gaps(DISTRICT)
    assert "Dzielnica" in message
    client.force_login(signer)
    page = client.get(reverse("mypart_generator:section", args=[draft.document.uuid, "questions"]))
    shown = page.content.decode()
    assert 'value="id-Kosztowy"' in shown
    assert 'value="id-Wesoła"' not in shown
    assert "Choose one of the answers given." in shown
    ask(motto(), district("Brzezinka", "Wesoła"))
    assert gaps(DISTRICT) == []


def test_an_answer_that_is_too_long_for_a_new_limit_is_kept_and_must_be_shortened(draft):
    shorter = motto()
    shorter["value"]["limit"] = 3
    ask(shorter, district("Brzezinka", "Wesoła"))
    [message] = gaps(MOTTO)
    assert "the limit is 3" in message
    assert form()[MOTTO] == "Razem"


def test_a_copy_of_the_page_repeats_the_ids_and_the_answers_stay_apart(draft, signer):
    copy = CallPage.objects.get().copy(update_attrs={"slug": "za-rok", "code": "MYS/2027"}, keep_live=False)
    copy.get_latest_revision().publish()
    other = Call.objects.with_parts().get(code="MYS/2027")
    assert [question.id for question in other.terms.questions] == ["q1", "q2"]
    club = signer.mypart_memberships.get().organisation
    second = start_application(signer, call=other, organisation=club, at=timezone.now())
    second.document.data[MOTTO] = "Inaczej"
    second.document.save()
    draft.document.refresh_from_db()
    assert draft.document.data[MOTTO] == "Razem"


def limited(limit: int) -> dict:
    question = motto()
    question["value"]["limit"] = limit
    return question


CHANGED_CALLS = {
    "limit lowered": (
        MOTTO,
        "Razem dla dzieci",
        lambda: (limited(6), district("Brzezinka", "Wesoła")),
        "Razem",
    ),
    "limit raised": (
        MOTTO,
        {"typed": "x" * 100},
        lambda: (limited(200), district("Brzezinka", "Wesoła")),
        "Razem dla dzieci",
    ),
    "option removed": (
        DISTRICT,
        "id-Wesoła",
        lambda: (motto(), district("Brzezinka", "Kosztowy")),
        "id-Kosztowy",
    ),
}


def answered_before_the_change(draft, name: str) -> tuple[str, str, str]:
    """The question of a call changed after it was answered: its key, the old answer, and the new one."""
    key, before, questions, after = CHANGED_CALLS[name]
    draft.document.data[key] = before
    draft.document.save()
    ask(*questions())
    return key, before["typed"] if isinstance(before, dict) else before, after


@pytest.mark.parametrize("name", CHANGED_CALLS)
def test_an_answer_to_a_question_that_changed_is_saved_as_it_is_typed(client, signer, draft, name):
    key, before, after = answered_before_the_change(draft, name)
    client.force_login(signer)
    change = {"id": str(uuid4()), "deed": "set", "path": key, "text": after, "based_on": before}
    url = reverse("mypart_generator:changes", args=[draft.document.uuid])
    body = {"changes": [change], "section": "questions"}
    answer = client.post(url, body, content_type="application/json").json()
    assert answer["outcomes"][0]["result"] == "applied"
    assert form()[key] == after
    assert gaps(key) == []


@pytest.mark.parametrize("name", CHANGED_CALLS)
def test_an_answer_to_a_question_that_changed_is_saved_without_javascript(client, signer, draft, name):
    key, _before, after = answered_before_the_change(draft, name)
    client.force_login(signer)
    url = reverse("mypart_generator:section", args=[draft.document.uuid, "questions"])
    based_on = client.get(url).context["screen"].based_on
    response = client.post(url, {key: after, "based_on": based_on, "deed": "save"})
    assert response.status_code == 302
    assert form()[key] == after
    assert gaps(key) == []


def test_an_answer_that_can_no_longer_be_chosen_is_told_in_words_never_by_its_id(client, signer, draft):
    ask(motto(), district("Brzezinka", "Kosztowy"))
    client.force_login(signer)
    url = reverse("mypart_generator:section", args=[draft.document.uuid, "questions"])
    based_on = json.dumps({DISTRICT: "id-Brzezinka"})
    response = client.post(url, {DISTRICT: "id-Kosztowy", "based_on": based_on, "deed": "save"})
    assert response.status_code == 409
    summary = client.get(reverse("mypart_generator:summary", args=[draft.document.uuid]))
    for page in (response, summary):
        shown = re.sub(r"<[^>]+>", " ", page.content.decode())
        assert "an answer that can no longer be chosen" in shown
        assert "id-Wesoła" not in shown
