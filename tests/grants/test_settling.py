"""Offers that arrived in time may be on their way when the intake ends: all wait until they are in."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from mypart_wagtail.generator.models import Event, FormDocument
from mypart_wagtail.grants.announcing import announce
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.permissions import may_read_submitted
from mypart_wagtail.grants.providers import offers_of
from mypart_wagtail.grants.services.applications import (
    IntakeClosed,
    record_opening,
    start_application,
    start_correction,
    submit_application,
    withdraw_application,
)
from mypart_wagtail.grants.services.calls import cancel_call, end_intake_early
from mypart_wagtail.grants.verification import mismatches
from mypart_wagtail.models import OutgoingMail
from tests.grants.calls import at, call_page, clock_at, open_call, published
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SECOND = timedelta(seconds=1)
BOUND = timedelta(seconds=120)
LIST = "mypart_admin_applications:index"


@pytest.fixture
def club():
    return organisation()


@pytest.fixture
def signer(club):
    return member(club, "signer", is_signer=True)


@pytest.fixture
def clerk():
    return person("clerk", is_superuser=True)


@pytest.fixture
def call() -> Call:
    """Its intake ends at 15:30, in some forty days."""
    day = timezone.localdate() + timedelta(days=40)
    return open_call(intake_until=at(f"{day} 15:30"))


def draft(signer, call) -> Application:
    club = signer.mypart_memberships.get().organisation
    begun = start_application(signer, call=call, organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    return Application.objects.with_parts().get(pk=begun.pk)


def submit(signer, offer: Application, arrived: datetime) -> Application:
    fresh = Application.objects.with_parts().get(pk=offer.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    submit_application(signer, application=fresh, at=arrived, seen=seen)
    return Application.objects.with_parts().get(pk=offer.pk)


def of_call(call) -> Call:
    return Call.objects.with_parts().get(pk=call.pk)


def told(call) -> tuple[list[str], str]:
    """The numbers in the list of offers, and the head of the chain published with it."""
    call = of_call(call)
    return [offer["number"] for offer in call.closing_list()], call.closing_head()


def text(response) -> str:
    return response.content.decode()


def shown(client, call) -> str:
    return text(client.get(CallPage.objects.get(translation_key=call.translation_key).get_url()))


def correct(signer, offer: Application, title: str, arrived: datetime) -> Application:
    start_correction(signer, application=offer, at=arrived)
    FormDocument.objects.filter(pk=offer.document_id).update(data=sample_data() | {"title": title})
    return submit(signer, offer, arrived)


def by_the_announced_end(call, clerk) -> Call:
    return call


def by_an_earlier_end(call, clerk) -> Call:
    return end_intake_early(clerk, call=call, reason="Pula wyczerpana")


@pytest.mark.parametrize("ends", [by_the_announced_end, by_an_earlier_end])
def test_an_offer_that_arrived_in_time_and_waited_119_seconds_is_in_the_list_and_its_head_stays_for_ever(
    call, signer, clerk, ends
):
    early, withdrawn, late = (draft(signer, call) for _ in range(3))
    submit(signer, early, timezone.now() - SECOND)
    submit(signer, withdrawn, timezone.now() - SECOND)
    end = ends(call, clerk).deadline

    with clock_at(end + 30 * SECOND):
        withdraw_application(signer, application=withdrawn, at=end + 30 * SECOND)
    with clock_at(end + 119 * SECOND):
        late = submit(signer, late, end - SECOND)
    with clock_at(end + BOUND):
        numbers, head = told(call)
        assert numbers == [f"{call.code}/1", f"{call.code}/2", f"{call.code}/3"]
        assert head == Event.objects.get(stream=call.uuid, payload__number=late.number).hash
        assert list(mismatches()) == []

    with clock_at(end + timedelta(hours=1)):
        record_opening(clerk, application=late, snapshot=late.snapshot)
        withdraw_application(signer, application=late, at=end + timedelta(hours=1))
        assert told(call) == (numbers, head)
    with clock_at(end + timedelta(days=365)):
        cancel_call(clerk, call=call, reason="Brak środków")
        assert told(call) == (numbers, head)
        assert list(mismatches()) == []


def test_a_correction_that_arrived_in_time_and_waited_is_what_the_list_shows(call, signer):
    offer = submit(signer, draft(signer, call), timezone.now())
    end = call.deadline
    with clock_at(end + 100 * SECOND):
        corrected = correct(signer, offer, "Poprawiony tytuł", end - SECOND)
    assert corrected.snapshot.number == 2
    [listed] = of_call(call).closing_list()
    assert listed["checksum"] == corrected.snapshot.checksum


@pytest.mark.parametrize(("waited", "is_listed"), [(119, False), (120, True)])
def test_a_withdrawal_that_arrived_in_time_takes_the_offer_off_the_list_until_the_list_is_told(
    call, signer, waited, is_listed
):
    offer = submit(signer, draft(signer, call), timezone.now())
    end = call.deadline
    _numbers, head = told(call)
    with clock_at(end + waited * SECOND):
        withdraw_application(signer, application=offer, at=end - SECOND)
    listed = [(each["number"], each["is_withdrawn"]) for each in of_call(call).closing_list()]
    assert listed == ([(offer.number, True)] if is_listed else [])
    assert (of_call(call).closing_head() == head) is is_listed
    with clock_at(end + BOUND):
        assert list(mismatches()) == []


class Arrival:
    """Stands in for ``django.utils.timezone`` where arrival is stamped."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@pytest.mark.parametrize(("waited", "is_in"), [(119, True), (120, False)])
def test_a_request_that_waited_until_the_list_was_told_is_refused_in_words_and_nothing_is_lost(
    client, call, signer, monkeypatch, waited, is_in
):
    offer = draft(signer, call)
    client.force_login(signer)
    address = reverse("mypart_grants:submit", args=[offer.uuid])
    seen = client.get(address).context["seen"]
    end = call.deadline
    client.force_login(signer)
    monkeypatch.setattr("mypart_wagtail.middleware.timezone", Arrival(end - SECOND))
    with clock_at(end + waited * SECOND):
        answer = client.post(address, {"seen": seen})
    kept = Application.objects.with_parts().get(pk=offer.pk)
    assert kept.document.data["title"] == sample_data()["title"]
    assert (kept.sequence is not None) is is_in
    if is_in:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    page = text(answer)
    assert "The offer is not submitted. Your request arrived in time" in page
    assert "Everything you wrote is kept." in page
    assert 'type="submit">Submit the offer' not in page
    assert not OutgoingMail.objects.exists()


def test_a_call_cancelled_takes_nothing_that_is_on_its_way(call, signer, clerk):
    offer = draft(signer, call)
    end = cancel_call(clerk, call=call, reason="Brak środków").closing
    with pytest.raises(IntakeClosed):
        submit(signer, offer, end - SECOND)


def test_until_the_list_is_told_the_page_says_when_it_appears_and_shows_nothing_new(client, call, signer):
    offer = submit(signer, draft(signer, call), timezone.now())
    end = call.deadline
    head = Event.objects.filter(stream=call.uuid).last().hash
    for moment in (end, end + 119 * SECOND):
        with clock_at(moment):
            page = shown(client, call)
        assert '<time datetime="' in page
        assert "The list of offers will appear <time" in page
        assert ">at 15:32</time>" in page
        assert not [new for new in (offer.number, offer.snapshot.checksum, head, "1,520.00") if new in page]
    with clock_at(end + BOUND):
        page = shown(client, call)
    assert "will appear" not in page
    assert not [new for new in (offer.number, offer.snapshot.checksum, head, "1,520.00") if new not in page]


def test_the_page_says_it_in_polish(call):
    with translation.override("pl"), clock_at(call.deadline):
        context = {"call": of_call(call), "now": call.deadline}
        page = render_to_string("mypart_grants/includes/closing_list.html", context)
    assert "Lista ofert pojawi się <time" in page
    assert ">o 15:32</time>." in page


def test_until_then_the_offers_stay_sealed_for_staff_who_are_told_when_they_open(client, call, signer, clerk):
    offer = submit(signer, draft(signer, call), timezone.now())
    end = call.deadline
    secrets = (offer.title, "1,520.00", "signer@example.org")
    reading = reverse("mypart_admin_applications:inspect", args=[offer.pk])
    of_its_call = reverse("mypart_admin_calls:inspect", args=[call.pk])
    with clock_at(end + 119 * SECOND):
        client.force_login(clerk)
        page = text(client.get(reverse(LIST)))
        assert "Offers can be opened <time" in page
        assert ">at 15:32</time>" in page
        assert not [secret for secret in secrets if secret in page]
        assert client.get(reading, follow=True).status_code == 404
        assert "signer@example.org" not in text(client.get(of_its_call))
        paper = reverse("mypart_admin_applications:pdf", args=[offer.pk])
        assert client.get(paper, follow=True).status_code == 404
        export = b"".join(client.get(reverse(LIST), {"export": "csv"}).streaming_content).decode()
        assert len(export.splitlines()) == 1
        assert not Event.objects.filter(name="opened").exists()
        assert offers_of(offer.organisation)[1] == "0, in calls: 0"
    with clock_at(end + BOUND):
        client.force_login(clerk)
        assert offer.number in text(client.get(reverse(LIST)))
        assert offer.title in text(client.get(reading))
        assert "signer@example.org" in text(client.get(of_its_call))
        assert offers_of(offer.organisation)[1] == "1, in calls: 1"


@pytest.mark.parametrize("opens_early", [False, True], ids=["sealed", "open to staff as they come"])
@pytest.mark.parametrize("has_offers", [False, True], ids=["the first offer", "one more"])
def test_an_offer_that_arrived_in_time_and_is_processed_late_changes_no_page_until_then(
    client, club, signer, clerk, opens_early, has_offers
):
    """Asked twice at the same moment, before and after it is processed: what all pages say is the same."""
    day = timezone.localdate() + timedelta(days=40)
    call = open_call(intake_until=at(f"{day} 15:30"), staff_open_before_deadline=opens_early)
    titled = open_call(title="Another one", intake_until=at(f"{day} 18:00"))
    submit(signer, draft(signer, titled), timezone.now())
    if has_offers:
        submit(signer, draft(signer, call), timezone.now())
    late = draft(signer, call)
    end = call.deadline
    before = all_said(client, clerk, call, end + SECOND)
    with clock_at(end + SECOND):
        submit(signer, late, end - SECOND)
    after = all_said(client, clerk, call, end + SECOND)
    assert {address: text for address, text in after.items() if text != before[address]} == {}
    settled = all_said(client, clerk, call, end + BOUND)
    assert late.number in "".join(settled.values())


def all_said(client, clerk, call, moment) -> dict[str, str]:
    """What the pages of the call, of its offers and of their lists say at ``moment``, to staff and to all."""
    admin = "/admin/mypart/{}/"
    calls, offers = admin.format("calls"), reverse(LIST)
    offers_there = list(Application.objects.values_list("pk", flat=True))
    addresses = [
        *(f"{calls}?ordering={order}" for order in ("offers", "-offers", "drafts", "-drafts")),
        f"{calls}?export=csv",
        reverse("mypart_admin_calls:inspect", args=[call.pk]),
        offers,
        f"{offers}?call={call.pk}",
        f"{offers}?export=csv",
        *(reverse("mypart_admin_applications:inspect", args=[pk]) for pk in offers_there),
        *(reverse("mypart_admin_applications:pdf", args=[pk]) for pk in offers_there),
        reverse("wagtailadmin_home"),
    ]
    public = [CallPage.objects.first().url, CallPage.objects.first().get_parent().url]
    public += [reverse("mypart_grants:feed"), reverse("mypart_grants:calendar")]
    found = {}
    with clock_at(moment):
        client.force_login(clerk)
        found |= {address: said(client.get(address, follow=True)) for address in addresses}
        client.logout()
        found |= {address: said(client.get(address, follow=True)) for address in public}
    return found


def said(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    return f"{response.status_code} " + re.sub(
        r'csrf\w*[^>]*>|nonce=\S+|"CSRF_TOKEN": "\w+"', "", content.decode(errors="replace")
    )


def test_before_the_deadline_staff_are_told_the_deadline(client, call, signer, clerk):
    offer = submit(signer, draft(signer, call), timezone.now())
    client.force_login(clerk)
    for address in (reverse(LIST), reverse("mypart_admin_applications:inspect", args=[offer.pk])):
        page = text(client.get(address))
        assert "before 15:30" in page
        assert "Offers can be opened" not in page


def test_nobody_cancels_a_call_in_order_to_read_its_offers(call, signer, clerk):
    offer = submit(signer, draft(signer, call), timezone.now())
    end = call.deadline
    cancelled = cancel_call(clerk, call=call, reason="Brak środków")
    offer.call = cancelled
    assert cancelled.settled_at == cancelled.cancelled_at + BOUND
    for moment, is_readable in ((cancelled.settled_at, False), (end, False), (end + BOUND, True)):
        assert may_read_submitted(clerk, offer, moment) is is_readable
        assert Application.objects.readable_at(moment).exists() is is_readable


def test_the_bound_is_a_setting(call, settings):
    settings.MYPART = settings.MYPART | {"ARRIVAL_BOUND": 300}
    assert call.settled_at == call.deadline + timedelta(minutes=5)


def test_a_page_published_in_time_and_announced_later_cannot_move_an_end_that_was_told():
    """What ``mypart_sync_records`` repairs may have been published long before."""
    end = timezone.now().replace(microsecond=0) - timedelta(minutes=5)
    page = call_page(intake_until=end)
    call = published(page)
    page = CallPage.objects.get()
    page.intake_until = end + timedelta(days=20)
    page.pool = Decimal("120000.00")
    page.save_revision()
    page.last_published_at = end - timedelta(minutes=1)
    page.save()
    assert announce(CallPage.objects.get()) is None
    assert of_call(call).deadline == end
