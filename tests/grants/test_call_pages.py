"""Pages of calls while people work: what editors and visitors are told, and what never touches offers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.migrations.loader import MigrationLoader
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.models import Event
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, Call, CallIndexPage, CallPage
from mypart_wagtail.grants.services.applications import (
    start_application,
    start_correction,
    submit_application,
    withdraw_application,
)
from mypart_wagtail.grants.services.calls import cancel_call
from mypart_wagtail.models import OutgoingMail
from tests.grants.calls import at, call_page, index, once_settled, open_call, published
from tests.grants.offers import sample_data
from tests.grants.test_announcing import in_polish
from tests.people import member, organisation, person
from tests.sites import default_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def club():
    return organisation()


@pytest.fixture
def signer(club):
    return member(club, "signer", is_signer=True)


@pytest.fixture
def call():
    return open_call()


@pytest.fixture
def page(call):
    return CallPage.objects.get(translation_key=call.translation_key)


def draft(actor, call, club) -> Application:
    application = start_application(actor, call=call, organisation=club, at=timezone.now())
    application.document.data = sample_data()
    application.document.save()
    return Application.objects.with_parts().get(pk=application.pk)


def submit(actor, application, moment=None) -> Application:
    seen = digest(application, ApplicationKind().form(application.document))
    submit_application(actor, application=application, at=moment or timezone.now(), seen=seen)
    return Application.objects.with_parts().get(pk=application.pk)


# Unpublishing, moving and deleting hide only the page


@pytest.fixture
def editor(client):
    client.force_login(person("editor", is_superuser=True))
    return client


def unpublish(editor, page):
    return editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), follow=True)


def delete(editor, page):
    return editor.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def move(editor, page):
    elsewhere = default_site().root_page.add_child(instance=CallIndexPage(title="Archiwum", slug="archiwum"))
    return editor.get(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.pk]))


def unpublish_in_bulk(editor, page):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    return editor.post(f"{url}?id={page.pk}&next=/admin/", follow=True)


@pytest.mark.parametrize("act", [unpublish, delete, move, unpublish_in_bulk])
def test_an_editor_who_hides_a_page_is_told_how_many_drafts_and_offers_there_are(
    editor, signer, club, call, page, act
):
    draft(signer, call, club)
    draft(signer, call, club)
    submit(signer, draft(signer, call, club))
    told = act(editor, page).content.decode()
    assert "there are 2 drafts and 1 offer" in told


def test_hiding_the_whole_list_tells_it_too(editor, signer, club, call):
    draft(signer, call, club)
    assert "there are 1 draft and 0 offers" in delete(editor, index()).content.decode()


def test_nothing_is_said_once_the_intake_is_over(editor, call, page):
    Call.objects.update(intake_until=timezone.now() - timedelta(minutes=1))
    assert "Offers go on being taken" not in delete(editor, page).content.decode()


@pytest.mark.parametrize("hide", [CallPage.unpublish, CallPage.delete])
def test_drafts_and_submission_go_on_without_the_page(signer, club, call, page, hide):
    application = draft(signer, call, club)
    hide(page)
    assert submit(signer, application).number == f"{call.code}/1"
    assert draft(signer, call, club)


# What changed


def shown(client, page) -> str:
    return client.get(page.get_url()).content.decode()


def test_the_page_shows_what_changed_with_old_and_new_values_for_people(client, page):
    page.pool = Decimal("120000.00")
    page.intake_until = at("2027-01-20 00:00")
    page.kind = "powierzenie"
    page.grant_max = None
    page.save_revision().publish()
    text = shown(client, page).replace("\u00a0", " ")
    assert "pool: was “PLN 100,000.00”, is “PLN 120,000.00”" in text
    assert "is “by the end of 19 January 2027”" in text
    assert "powierzenie: the grant covers all costs" in text
    assert "greatest grant: removed, was “PLN 50,000.00”" in text


def test_in_polish_the_same_changes_are_written_the_polish_way(page):
    page.pool = Decimal("120000.00")
    page.save_revision().publish()
    version = Call.objects.get().current_version
    with translation.override("pl"):
        change = version.described[0]
    assert change.after == "120\u00a0000,00\u00a0zł"


def question(label: str, **facts):
    return {
        "type": "short_text",
        "id": "q1",
        "value": {"label": label, "limit": 80, "required": True, **facts},
    }


def test_questions_are_added_and_reworded_and_no_answer_is_lost(client, signer, club, call, page):
    page.questions = [question("Motto")]
    page.save_revision().publish()
    assert "question of this call: added “Motto (" in shown(client, page)
    application = draft(signer, Call.objects.get(), club)
    application.document.data["q_q1"] = "Razem"
    application.document.save()
    page.questions = [question("Motto zadania")]
    page.save_revision().publish()
    text = shown(client, page)
    assert "was “Motto (" in text
    assert "is “Motto zadania (" in text
    page.questions = []
    page.save_revision().publish()
    assert Application.objects.get().document.data["q_q1"] == "Razem"


def test_people_with_drafts_are_told_what_changed_and_strangers_are_not(signer, club, call, page):
    stranger = person("stranger")
    draft(signer, call, club)
    page.pool = Decimal("120000.00")
    page.save_revision().publish()
    mail = OutgoingMail.objects.get(to=signer.email)
    assert "pool: was “PLN\u00a0100,000.00”, is “PLN\u00a0120,000.00”" in mail.body
    assert not OutgoingMail.objects.filter(to=stranger.email).exists()


def test_publishing_without_a_change_of_terms_tells_nobody(signer, club, call, page):
    draft(signer, call, club)
    page.lead = "Pieniądze na sport."
    page.save_revision().publish()
    assert not OutgoingMail.objects.exists()
    assert Call.objects.get().current_version.number == 1


def test_new_words_of_the_announcement_are_a_new_version_and_people_with_drafts_are_told(
    client, signer, club, call, page
):
    draft(signer, call, club)
    page.criteria = "<p>Komisja ocenia w skali 0–50.</p>"
    page.save_revision().publish()
    assert Call.objects.get().current_version.number == 2
    (mail,) = OutgoingMail.objects.all()
    assert "mode and criteria of choice: was “Komisja ocenia w skali 0–100.”" in mail.body
    assert "is “Komisja ocenia w skali 0–50.”" in shown(client, page)


def test_the_same_amount_written_with_other_zeros_is_no_change(page):
    page.own_contribution_min = Decimal("15")
    page.save_revision().publish()
    page.own_contribution_min = Decimal("15.00")
    page.save_revision().publish()
    assert Call.objects.get().current_version.number == 2


# Deadlines


@pytest.mark.parametrize(
    ("typed", "stored", "said"),
    [
        ("2026-12-14 15:30", "2026-12-14 15:30", "14 December 2026, before 15:30"),
        ("2026-12-14 23:59", "2026-12-15 00:00", "by the end of 14 December 2026"),
        ("2026-12-14 24:00", "2026-12-15 00:00", "by the end of 14 December 2026"),
        ("2026-12-31 24:00", "2027-01-01 00:00", "by the end of 31 December 2026"),
        # The day clocks go forward has 23 hours, the day they go back has 25.
        ("2027-03-28 23:59", "2027-03-29 00:00", "by the end of 28 March 2027"),
        ("2026-10-25 24:00", "2026-10-26 00:00", "by the end of 25 October 2026"),
    ],
)
def test_a_deadline_is_stored_and_said_as_people_mean_it(client, typed, stored, said):
    deadline = CallPage._meta.get_field("intake_until").formfield().clean(typed)
    assert deadline == at(stored)
    page = call_page(intake_from=at("2026-10-01 08:00"), intake_until=deadline)
    published(page)
    assert said in shown(client, page)


@pytest.mark.parametrize("typed", ["2027-03-28 02:30", "2026-10-25 02:30"])
def test_an_hour_that_does_not_exist_or_comes_twice_is_asked_about(typed):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        CallPage._meta.get_field("intake_until").formfield().clean(typed)


@pytest.mark.parametrize(
    "deadline", ["2026-12-14 15:30", "2026-12-15 00:00", "2027-03-28 03:00", "2026-10-25 03:00"]
)
def test_a_minute_before_is_in_and_the_moment_itself_is_too_late(deadline):
    call = Call(intake_from=at("2026-10-01 08:00"), intake_until=at(deadline))
    for early in (timedelta(minutes=1), timedelta(microseconds=1)):
        assert call.is_open(call.intake_until - early)
    for late in (timedelta(0), timedelta(minutes=1)):
        assert not call.is_open(call.intake_until + late)
    assert not call.is_open(call.intake_from - timedelta(microseconds=1))
    assert call.is_open(call.intake_from)


@pytest.mark.parametrize(
    ("late", "is_in"), [(timedelta(minutes=-1), True), (timedelta(0), False), (timedelta(minutes=1), False)]
)
def test_the_arrival_of_the_request_decides_and_not_the_moment_it_is_worked_off(
    client, signer, club, call, monkeypatch, late, is_in
):
    application = draft(signer, call, club)
    client.force_login(signer)
    url = reverse("mypart_grants:submit", args=[application.uuid])
    seen = client.get(url).context["seen"]
    deadline = timezone.now().replace(microsecond=0) - timedelta(minutes=1)
    Call.objects.update(intake_until=deadline)
    monkeypatch.setattr("mypart_wagtail.middleware.timezone", Clock(deadline + late))
    response = client.post(url, {"seen": seen})
    assert (response.status_code == 302) is is_in
    assert Application.objects.exclude(sequence=None).exists() is is_in


class Clock:
    """Stands in for ``django.utils.timezone`` where arrival is stamped."""

    def __init__(self, moment) -> None:
        self.moment = moment

    def now(self):
        return self.moment


# At closing


def close(call) -> Call:
    Call.objects.update(intake_until=timezone.now())
    return Call.objects.with_parts().get(pk=call.pk)


def test_while_the_intake_is_open_nobody_sees_who_submitted(client, signer, club, call, page):
    application = submit(signer, draft(signer, call, club))
    assert application.number not in shown(client, page)
    assert Event.objects.filter(stream=call.uuid).last().hash not in shown(client, page)


def test_at_closing_the_page_lists_every_offer_and_the_head_of_the_chain(client, signer, club, call, page):
    offers = [submit(signer, draft(signer, call, club)) for _ in range(3)]
    not_submitted = draft(signer, call, club)
    call = close(call)
    with once_settled(call):
        text = shown(client, page)
    places = [text.index(offer.number) for offer in offers]
    assert places == sorted(places)
    for offer in offers:
        assert offer.snapshot.checksum in text
        assert timezone.localtime(offer.submitted_at).isoformat(timespec="seconds") in text
    assert not_submitted.pk
    assert text.count(f"{call.code}/") == 3
    assert Event.objects.get(stream=call.uuid, sequence=4).hash in text


def test_the_list_stands_on_the_alias_and_on_the_page_in_another_language_too(
    client, signer, club, call, page
):
    offer = submit(signer, draft(signer, call, club))
    polish = in_polish(page)
    polish.save_revision().publish()
    alias = page.create_alias(parent=index(), update_slug="alias")
    call = close(call)
    for other in (alias, polish):
        request = RequestFactory().get("/", HTTP_HOST="localhost")
        with once_settled(call):
            listed = CallPage.objects.get(pk=other.pk).get_context(request)["closing_list"]
        assert [each["number"] for each in listed] == [offer.number]


def test_an_offer_being_corrected_at_the_deadline_is_listed_as_it_was_submitted(
    client, signer, club, call, page
):
    offer = submit(signer, draft(signer, call, club))
    start_correction(signer, application=offer, at=timezone.now())
    offer.document.refresh_from_db()
    offer.document.data["title"] = "Inny tytuł"
    offer.document.save()
    [listed] = close(call).closing_list()
    assert (listed["number"], listed["is_withdrawn"]) == (offer.number, False)
    assert listed["checksum"] == offer.snapshot.checksum


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_takes_as_many_queries_for_many_offers_as_for_one(
    signer, club, call, count, django_assert_num_queries
):
    for _ in range(count):
        submit(signer, draft(signer, call, club))
    call = close(call)
    with django_assert_num_queries(2):
        assert len(call.closing_list()) == count


def test_the_head_of_the_chain_gives_away_whatever_is_slipped_in_later(call):
    call = close(call)
    head = call.closing_head()
    in_time = call.deadline - timedelta(seconds=1)
    with transaction.atomic():
        append_event(stream=call.uuid, name="offer_submitted", payload={"number": "late"}, at=in_time)
    assert call.closing_head() != head


def test_the_head_of_the_chain_stays_as_it_was_at_closing_whatever_happens_later(
    client, signer, club, call, page
):
    offer = submit(signer, draft(signer, call, club))
    call = close(call)
    head = call.closing_head()
    page = CallPage.objects.get(pk=page.pk)
    page.intake_until, page.contact = call.intake_until, "Inny telefon"
    page.save_revision().publish()
    withdraw_application(signer, application=offer, at=timezone.now())
    cancel_call(person("boss", is_superuser=True), call=call, reason="Brak środków")
    names = Event.objects.filter(stream=call.uuid).values_list("name", flat=True)
    assert list(names)[2:] == ["changed", "short_notice_allowed", "offer_withdrawn", "cancelled"]
    assert Call.objects.get().closing_head() == head
    with once_settled(call):
        assert head in shown(client, page)


def test_the_list_of_a_call_that_is_cancelled_is_that_of_the_moment_it_was_cancelled(
    client, signer, club, call, page
):
    offer = submit(signer, draft(signer, call, club))
    cancelled = cancel_call(person("boss", is_superuser=True), call=call, reason="Brak środków")
    head = cancelled.closing_head()
    withdraw_application(signer, application=offer, at=timezone.now())
    with once_settled(call):
        assert "withdrawn after the call was cancelled" in shown(client, page)
    [listed] = cancelled.closing_list()
    assert (listed["number"], listed["is_withdrawn"]) == (offer.number, True)
    assert cancelled.closing_head() == head


def test_an_offer_withdrawn_after_the_deadline_stays_in_the_list(client, signer, club, call, page):
    before = submit(signer, draft(signer, call, club))
    withdraw_application(signer, application=before, at=timezone.now())
    after = submit(signer, draft(signer, call, club))
    call = close(call)
    withdraw_application(signer, application=after, at=timezone.now())
    listed = call.closing_list()
    assert [(offer["number"], offer["is_withdrawn"]) for offer in listed] == [(after.number, True)]
    with once_settled(call):
        assert "withdrawn after the deadline" in shown(client, page)


# Migrations


def test_a_historical_page_that_is_saved_keeps_its_blocks(settings, page):
    """A StreamField without its blocks would erase them here."""
    page.body = [{"type": "heading", "id": "b1", "value": "Regulamin"}]
    page.questions = [question("Motto")]
    page.save()
    settings.MIGRATION_MODULES = {}
    historical = MigrationLoader(None).project_state().apps.get_model("mypart_grants", "CallPage")
    old = historical.objects.get(pk=page.pk)
    old.save()
    page = CallPage.objects.get(pk=page.pk)
    assert [block.value for block in page.body] == ["Regulamin"]
    assert page.questions[0].id == "q1"
    assert page.questions[0].value["label"] == "Motto"
