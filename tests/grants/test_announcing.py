"""Announcing a call: what the law wants, which page speaks, and that publishing never breaks."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Locale,
    PageLogEntry,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from mypart_wagtail.generator.models import Event
from mypart_wagtail.grants import announcing
from mypart_wagtail.grants.models import Call, CallPage, CallVersion
from mypart_wagtail.organisations.models import Authority
from tests.grants.calls import call_page, index, open_call, published
from tests.grants.editing import page_form_data
from tests.people import person
from tests.sites import default_site, new_site

pytestmark = pytest.mark.django_db

PAPER = {
    "filing": "electronic_and_printout",
    "filing_place": "pokój 12",
    "filing_until": timezone.now() + timedelta(days=60),
}


def midnight_in(days: int):
    """The beginning of the day that is ``days`` after today."""
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize(("days", "is_announced"), [(21, False), (22, True)])
def test_the_21_days_begin_after_the_day_a_page_goes_live_whatever_its_fields_say(days, is_announced):
    """Published today: 21 full days follow, and the end of the 21st is 00:00 of day 22."""
    page = call_page(live=False, short_notice_reason="", intake_until=midnight_in(days))
    page.save_revision().publish()
    assert Call.objects.filter(translation_key=page.translation_key).exists() is is_announced


def test_a_reason_allows_less_and_is_logged_with_who_gave_it(clerk):
    page = call_page(live=False, short_notice_reason="Powódź.", intake_until=midnight_in(10))
    call = published(page, user=clerk)
    assert call.current_version.short_notice_reason == "Powódź."
    event = Event.objects.get(stream=call.uuid, name="short_notice_allowed")
    assert event.actor == str(clerk.pk)
    assert "Powódź." not in str(event.payload)
    entry = PageLogEntry.objects.get(action="mypart_grants.short_notice")
    assert (entry.user, entry.data) == (clerk, {"reason": "Powódź."})


def test_a_reason_that_is_not_needed_is_no_override():
    call = published(call_page(live=False, short_notice_reason="Na zapas.", intake_until=midnight_in(30)))
    assert call.current_version.short_notice_reason == ""
    assert not Event.objects.filter(name="short_notice_allowed").exists()


# What the law wants, told in the editor


@pytest.fixture
def clerk():
    return person("clerk", is_superuser=True)


@pytest.fixture
def editor(client, clerk):
    client.force_login(clerk)
    return client


def edit(page, **changes):
    return reverse("wagtailadmin_pages:edit", args=[page.pk]), page_form_data(page, **changes)


@pytest.mark.database
@pytest.mark.parametrize(
    ("field", "empty", "article"),
    [
        ("areas", [], "pkt 1"),
        ("pool", "", "pkt 2"),
        ("grant_rules", "", "pkt 3"),
        ("conditions", "", "pkt 4"),
        ("task_from", "", "pkt 4"),
        ("intake_until", "", "pkt 5"),
        ("criteria", "", "pkt 6"),
        ("decision_date", "", "pkt 6"),
        ("previous_tasks", "", "pkt 7"),
    ],
)
def test_each_item_of_article_13_that_is_missing_has_its_own_message_on_the_record(field, empty, article):
    page = call_page()
    setattr(page, field, empty or (None if field != "areas" else []))
    found = {name: str(message) for name, message in announcing.gaps(page, at=timezone.now())}
    assert article in found[field]


@pytest.mark.database
def test_a_new_call_begins_as_a_draft_that_lacks_everything_but_its_title(editor):
    add = reverse("wagtailadmin_pages:add", args=["mypart_grants", "callpage", index().pk])
    assert editor.get(add).status_code == 200
    data = page_form_data(CallPage(title="Kultura", slug="kultura", locale=index().locale))
    assert editor.post(add, data).status_code == 302
    page = CallPage.objects.get()
    assert (page.title, page.live, page.pool) == ("Kultura", False, None)


def test_a_draft_may_lack_anything_but_publishing_and_moderation_want_the_law(editor):
    page = call_page(live=False, short_notice_reason="", intake_until=midnight_in(10))
    moderated()
    url, data = edit(page)
    assert editor.post(url, data).status_code == 302
    for action in ("action-publish", "action-submit"):
        response = editor.post(url, {**data, action: "1"})
        assert "21 full days" in response.content.decode(), action
    assert not Call.objects.exists()
    assert not CallPage.objects.get().live


def moderated() -> None:
    """Pages of calls go through moderation."""
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=index())


def test_scheduling_counts_the_21_days_from_the_day_the_page_goes_live(editor):
    page = call_page(live=False, short_notice_reason="", intake_until=midnight_in(25))
    goes_live = (timezone.localtime() + timedelta(days=5)).strftime("%Y-%m-%d %H:%M")
    url, data = edit(page, go_live_at=goes_live)
    response = editor.post(url, {**data, "action-publish": "1"})
    assert "21 full days" in response.content.decode()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "powierzenie", "own_contribution_min": Decimal("10")}, "own_contribution_min"),
        ({"kind": "powierzenie", "financial_contribution_min": Decimal("5")}, "financial_contribution_min"),
        ({"own_contribution_min": Decimal("100")}, "own_contribution_min"),
        ({"grant_max": Decimal("100000.01")}, "grant_max"),
        ({"grant_min": Decimal("50000.01")}, "grant_max"),
        ({"filing": "electronic_and_printout"}, "filing_place"),
        ({"submitters": "anyone"}, "confirmation_days"),
        ({"code": ""}, "code"),
        ({"own_contribution_min": Decimal("100.01")}, "own_contribution_min"),
        (
            {"financial_contribution_min": Decimal("100.01"), "financial_contribution_base": "grant"},
            "financial_contribution_min",
        ),
        ({"admin_costs_max": Decimal("100.01"), "admin_costs_base": "grant"}, "admin_costs_max"),
        ({"task_from": date(2020, 1, 1), "task_until": date(2020, 12, 31)}, "task_until"),
        ({**PAPER, "decision_date": timezone.localdate() + timedelta(days=59)}, "filing_until"),
        ({"filing_place": "pokój 12"}, "filing_place"),
        ({"filing_until": PAPER["filing_until"]}, "filing_until"),
        ({"submitters": "anyone", "confirmation_days": 366}, "confirmation_days"),
        ({"submitters": "anyone", "confirmation_days": 32_767}, "confirmation_days"),
        ({"offers_per_organisation": 1001}, "offers_per_organisation"),
        ({"offers_per_organisation": 32_767}, "offers_per_organisation"),
        ({"intake_until": timezone.now() - timedelta(days=1), "first_published_at": None}, "intake_until"),
    ],
)
def test_contradictions_are_refused_at_their_field(facts, field):
    page = call_page(live=False, **facts)
    assert field in dict(announcing.gaps(page, at=timezone.now()))
    page.save_revision().publish()
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"own_contribution_min": Decimal("120"), "own_contribution_base": "grant"},
        {**PAPER, "decision_date": timezone.localdate() + timedelta(days=60)},
        {"submitters": "anyone", "confirmation_days": 365, "offers_per_organisation": 1000},
    ],
)
def test_unusual_terms_that_contradict_nothing_are_announced(facts):
    assert announcing.gaps(call_page(live=False, **facts), at=timezone.now()) == []


def test_tasks_may_end_on_the_last_day_of_the_intake_and_not_before():
    midnight = midnight_in(40)
    last_day = timezone.localdate(midnight) - timedelta(days=1)
    page = call_page(live=False, intake_until=midnight, task_from=last_day, task_until=last_day)
    assert announcing.gaps(page, at=timezone.now()) == []
    page.task_from = page.task_until = last_day - timedelta(days=1)
    assert list(dict(announcing.gaps(page, at=timezone.now()))) == ["task_until"]


def test_paper_may_come_until_the_end_of_the_day_of_the_decision():
    midnight = midnight_in(60)
    day_before = timezone.localdate(midnight) - timedelta(days=1)
    page = call_page(**{**PAPER, "filing_until": midnight}, decision_date=day_before)
    assert announcing.gaps(page, at=timezone.now()) == []


def test_each_contradiction_about_paper_has_its_own_message():
    page = call_page(filing_place="pokój 12", filing_until=PAPER["filing_until"])
    found = dict(announcing.gaps(page, at=timezone.now()))
    assert str(found["filing_place"]) != str(found["filing_until"])


def test_a_code_belongs_to_one_call_and_an_authority_to_one_city():
    call = open_call()
    page = call_page(code=call.code)
    assert "code" in dict(announcing.gaps(page, at=timezone.now()))
    other_city = new_site("tychy.example.org")
    page.authority = Authority.objects.create(site=other_city, name="Prezydent Miasta Tychy")
    assert "authority" in dict(announcing.gaps(page, at=timezone.now()))


def test_an_intake_that_has_begun_is_not_shortened_on_the_page():
    call = open_call()
    page = CallPage.objects.get(translation_key=call.translation_key)
    page.intake_until = call.intake_until - timedelta(days=1)
    page.save_revision().publish()
    assert Call.objects.get().intake_until == call.intake_until
    page.intake_until = call.intake_until + timedelta(days=1)
    page.save_revision().publish()
    assert Call.objects.get().intake_until == page.intake_until


def test_an_intake_that_is_over_is_not_opened_again():
    call = open_call(
        intake_from=timezone.now() - timedelta(days=30), intake_until=timezone.now() - timedelta(minutes=1)
    )
    page = CallPage.objects.get()
    page.intake_until = timezone.now() + timedelta(days=30)
    page.save_revision().publish()
    assert not Call.objects.get(pk=call.pk).is_open(timezone.now())


@pytest.mark.database
@pytest.mark.parametrize("moved", [timedelta(days=-1), timedelta(days=1)])
def test_the_end_of_an_intake_that_is_over_stays_as_it_was(moved):
    """Else what was in would be found late, or the list of offers at the deadline another one."""
    call = open_call(
        intake_from=timezone.now() - timedelta(days=30), intake_until=timezone.now() - timedelta(days=2)
    )
    page = CallPage.objects.get()
    page.intake_until = call.intake_until + moved
    page.save_revision().publish()
    assert Call.objects.get().intake_until == call.intake_until
    assert "intake_until" in dict(announcing.why_not_announced(CallPage.objects.get()))


@pytest.mark.parametrize(
    ("fact", "message"), [("authority", "Say which authority"), ("kind", "Art. 11 ust. 1")]
)
def test_an_announced_page_that_loses_what_the_law_wants_shows_staff_the_gap_wherever_they_look(
    editor, fact, message
):
    """The form of the page would not let it go, but other ways of publishing do."""
    call = open_call()
    page = CallPage.objects.get()
    setattr(page, fact, None)
    page.save_revision(clean=False).publish()
    assert message in editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert call.title in editor.get(page.get_url()).content.decode()
    said = StringIO()
    call_command("mypart_sync_records", stdout=said, stderr=said)
    assert message in said.getvalue()
    assert "Repaired 0." in said.getvalue()


def test_only_staff_of_calls_may_allow_less_than_21_days(client):
    page = call_page(live=False)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    writer = person("writer")
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=index(), permission=permission)
    writer.groups.add(group)
    client.force_login(writer)
    assert "short_notice_reason" not in client.get(url).content.decode()
    group.permissions.add(Permission.objects.get(codename="change_call"))
    assert "short_notice_reason" in client.get(url).content.decode()


# Which page speaks


def test_a_page_that_is_only_scheduled_is_not_announced():
    page = call_page(live=False, go_live_at=timezone.now() + timedelta(days=3))
    page.save_revision(approved_go_live_at=page.go_live_at)
    page.get_latest_revision().publish()
    assert not CallPage.objects.get().live
    assert not Call.objects.exists()


def test_the_scheduler_publishes_everything_also_what_cannot_be_announced():
    due = timezone.now() - timedelta(minutes=1)
    pages = [call_page(live=False, go_live_at=due, **facts) for facts in ({"grant_rules": "<p></p>"}, {})]
    for page in pages:
        page.save_revision(approved_go_live_at=due)
    call_command("publish_scheduled")
    assert CallPage.objects.filter(live=True).count() == 2
    assert [call.code for call in Call.objects.all()] == [pages[1].code]


def test_an_alias_shows_the_call_of_its_page_and_makes_none_of_its_own(client):
    call = open_call()
    page = CallPage.objects.get()
    alias = page.create_alias(parent=index(), update_slug="alias")
    page.save_revision().publish()
    assert Call.objects.count() == 1
    shown = client.get(alias.get_url()).content.decode()
    assert str(call.uuid) in shown


def in_polish(page) -> CallPage:
    polish, _created = Locale.objects.get_or_create(language_code="pl")
    if not index().get_translation_or_none(polish):
        default_site().root_page.specific.copy_for_translation(polish)
        index().copy_for_translation(polish)
    return page.copy_for_translation(polish)


def test_a_translation_adds_its_wording_and_changes_no_fact():
    page = call_page()
    page.questions = [
        {
            "type": "long_text",
            "id": "q1",
            "value": {"label": "Why?", "help": "", "required": True, "limit": 9},
        }
    ]
    call = published(page)
    translation = in_polish(page)
    translation.pool = Decimal("1.00")
    translation.questions = [
        {
            "type": "long_text",
            "id": "q1",
            "value": {"label": "Po co?", "help": "", "required": True, "limit": 5},
        }
    ]
    translation.save_revision().publish()
    call = Call.objects.with_parts().get()
    assert call.terms.pool == Decimal("100000.00")
    question = call.terms.questions[0]
    assert (question.limit, question.label.in_language("pl")) == (9, "Po co?")
    assert question.label.in_language("en") == "Why?"
    for language in ("en", "pl"):
        with override(language):
            described = [change for version in call.changed_versions() for change in version.described]
        assert described == [], f"A translation is no change for those who read {language}"
    published(page)
    assert Call.objects.with_parts().get().terms.questions[0].label.in_language("pl") == "Po co?"


def test_on_a_translation_facts_are_read_and_not_edited(editor):
    page = call_page(pool=Decimal("123456.00"))
    published(page)
    translation = in_polish(page)
    url = reverse("wagtailadmin_pages:edit", args=[translation.pk])
    shown = editor.get(url).content.decode()
    assert "PLN 123,456.00".replace(" ", "\u00a0") in shown
    assert 'name="pool"' not in shown
    assert 'name="grant_rules"' in shown
    data = page_form_data(translation, pool="1.00", title="Konkurs")
    assert editor.post(url, {**data, "action-publish": "1"}).status_code == 302
    translation.refresh_from_db()
    assert (translation.live, translation.title) == (True, "Konkurs")
    assert translation.pool == Decimal("123456.00")
    assert Call.objects.get().pool == Decimal("123456.00")


def test_the_page_published_first_is_the_source_whatever_its_language():
    page = call_page(live=False)
    translation = in_polish(page)
    call = published(translation)
    assert call.source_locale == "pl"
    published(page)
    assert Call.objects.get().source_locale == "pl"


def test_a_copy_starts_as_a_draft_of_another_call():
    open_call()
    copy = CallPage.objects.get().copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert not copy.live
    assert not copy.short_notice_reason
    assert Call.objects.count() == 1


def test_copy_and_publish_goes_through_and_says_that_the_code_is_taken(editor):
    open_call()
    page = CallPage.objects.get()
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": index().pk,
        "publish_copies": "on",
    }
    assert editor.post(url, data).status_code == 302
    copy = CallPage.objects.get(slug="kopia")
    assert copy.live
    assert Call.objects.count() == 1
    assert "Another call has this code." in editor.get(copy.get_url()).content.decode()


# What staff and visitors are told


def test_visitors_learn_that_a_call_is_not_announced_and_editors_why(client, clerk):
    page = call_page(live=False, grant_rules="<p></p>")
    page.save_revision().publish()
    assert page.pk
    shown = client.get(page.get_url()).content.decode()
    assert "This call is not announced." in shown
    assert "pkt 3" not in shown
    client.force_login(clerk)
    assert "pkt 3" in client.get(page.get_url()).content.decode()
    edited = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "not announced as a call" in edited
    assert "pkt 3" in edited
    explorer = client.get(reverse("wagtailadmin_explore", args=[index().pk])).content.decode()
    assert "live, not announced" in explorer


def test_an_announced_call_has_no_such_words(client, clerk):
    open_call()
    page = CallPage.objects.get()
    client.force_login(clerk)
    for url in (
        page.get_url(),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[index().pk]),
    ):
        assert "not announced" not in client.get(url).content.decode()


def test_a_change_that_the_law_forbids_is_not_taken_over_and_the_editor_is_told(editor):
    call = open_call()
    page = CallPage.objects.get()
    page.pool = Decimal("1.00")
    page.save_revision().publish()
    assert Call.objects.get().pool == call.pool
    edited = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "A grant cannot be higher than the pool." in edited


# Repair


def sync() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("mypart_sync_records", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_repairs_what_a_failed_handler_left_and_then_changes_nothing(monkeypatch, clerk):
    page = call_page(live=False)
    with monkeypatch.context() as patch:
        patch.setattr("mypart_wagtail.grants.signals.announce", fail)
        page.save_revision(user=clerk).publish(user=clerk)
    assert CallPage.objects.get().live
    assert not Call.objects.exists()
    assert sync() == ("Repaired 1.\n", "")
    assert CallVersion.objects.get().published_by == clerk
    head = Event.objects.last().hash
    assert sync() == ("Repaired 0.\n", "")
    assert Event.objects.last().hash == head


@pytest.mark.database
def test_the_command_names_what_the_law_keeps_back_and_goes_on(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("mypart_wagtail.grants.signals.announce", fail)
        for facts in ({"criteria": "<p></p>"}, {}):
            call_page(live=False, **facts).save_revision().publish()
    out, err = sync()
    assert out == "Repaired 1.\n"
    assert "pkt 6" in err


def test_a_page_that_fails_keeps_no_other_from_its_turn(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("mypart_wagtail.grants.signals.announce", fail)
        broken, sound = (call_page(live=False) for _ in range(2))
        for page in (broken, sound):
            page.save_revision().publish()
    CallPage.objects.filter(pk=broken.pk).update(submitters="nobody")
    out, err = sync()
    assert out == "Repaired 1.\n"
    assert f"Page {broken.pk}" in err
    assert Call.objects.get().translation_key == sound.translation_key


def fail(*args, **kwargs):
    raise RuntimeError("the database is away")
