"""Ending an intake early, cancelling a call and naming another source: acts with a reason, told to people."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page, Site

from mypart_wagtail.generator.events import broken_links
from mypart_wagtail.generator.models import Event
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.services.applications import IntakeClosed, start_application
from mypart_wagtail.grants.services.calls import ActRefused, cancel_call, end_intake_early, name_source
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.moments import format_moment
from tests.grants.calls import call_page, open_call, published
from tests.people import member, organisation, person
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def clerk():
    """Works on the pages and calls of the default site, and is no superuser."""
    user = person("clerk")
    group = Group.objects.create(name="Clerks")
    group.permissions.set(
        Permission.objects.filter(codename__in=("access_admin", "view_call", "change_call"))
    )
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=default_site().root_page, permission=change)
    user.groups.add(group)
    return user


@pytest.fixture
def call(clerk):
    return open_call()


@pytest.fixture
def worker(call):
    """Someone with a draft in the call."""
    club = organisation()
    user = member(club, "worker")
    start_application(user, call=call, organisation=club, at=timezone.now())
    return user


def other_city() -> Site:
    home = Page.objects.get(depth=1).add_child(title="Tychy", slug="tychy")
    return Site.objects.create(hostname="tychy.example.org", root_page=home)


def url(name: str, call: Call) -> str:
    return reverse(f"mypart_admin_calls:{name}", args=[call.pk])


@pytest.mark.parametrize(
    ("act", "event", "words"),
    [
        (end_intake_early, "intake_ended_early", "ended early"),
        (cancel_call, "cancelled", "cancelled"),
    ],
)
def test_an_act_ends_the_intake_is_in_the_chain_and_people_with_drafts_are_told(
    clerk, call, worker, act, event, words
):
    act(clerk, call=call, reason="Rada cofnęła środki.")
    call = Call.objects.get(pk=call.pk)
    assert not call.is_open(timezone.now())
    with pytest.raises(IntakeClosed):
        start_application(worker, call=call, organisation=organisation_of(worker), at=timezone.now())
    last = Event.objects.filter(stream=call.uuid).last()
    assert (last.name, last.actor) == (event, str(clerk.pk))
    assert "Rada" not in str(last.payload)
    assert not broken_links(Event.objects.filter(stream=call.uuid))
    mail = OutgoingMail.objects.get(to=worker.email)
    assert words in mail.subject
    assert "Rada cofnęła środki." in mail.body


def organisation_of(user):
    return user.mypart_memberships.get().organisation


@pytest.mark.parametrize("act", [end_intake_early, cancel_call])
def test_an_act_needs_a_reason_and_the_right_to_it(clerk, call, act):
    with pytest.raises(ActRefused):
        act(clerk, call=call, reason=" \x00\n")
    with pytest.raises(PermissionDenied):
        act(person("visitor"), call=call, reason="Bo tak.")
    assert Call.objects.get(pk=call.pk).is_open(timezone.now())
    assert Event.objects.filter(stream=call.uuid).count() == 1


def test_an_intake_is_ended_and_a_call_cancelled_only_once(clerk, call):
    end_intake_early(clerk, call=call, reason="Dość.")
    with pytest.raises(ActRefused):
        end_intake_early(clerk, call=call, reason="Jeszcze raz.")
    cancel_call(clerk, call=call, reason="Unieważniony.")
    with pytest.raises(ActRefused):
        cancel_call(clerk, call=call, reason="Jeszcze raz.")


def test_publishing_the_page_again_does_not_open_an_intake_that_was_ended(clerk, call):
    end_intake_early(clerk, call=call, reason="Dość.")
    page = CallPage.objects.get(translation_key=call.translation_key)
    page.intake_until = page.intake_until + timedelta(days=30)
    page.save_revision().publish()
    assert not Call.objects.get(pk=call.pk).is_open(timezone.now())


def test_staff_end_an_intake_from_the_list_of_calls(client, clerk, call, worker):
    client.force_login(clerk)
    listed = client.get(reverse("mypart_admin_calls:index")).content.decode()
    assert call.code in listed
    assert "open" in listed
    assert url("end_intake", call) in client.get(url("inspect", call)).content.decode()
    assert "This field is required." in client.post(url("end_intake", call)).content.decode()
    response = client.post(url("end_intake", call), {"reason": "Pula wyczerpana."})
    assert response["Location"] == url("inspect", call)
    shown = client.get(url("inspect", call)).content.decode()
    assert "Pula wyczerpana." in shown
    assert url("end_intake", call) not in shown
    public = client.get(CallPage.objects.get().get_url()).content.decode()
    assert "Pula wyczerpana." in public
    assert "Fill in an offer" not in public


def test_an_act_that_came_too_late_is_told_on_its_page(client, clerk, call):
    end_intake_early(clerk, call=call, reason="Dość.")
    client.force_login(clerk)
    response = client.post(url("end_intake", call), {"reason": "Jeszcze raz."})
    assert "Only an intake that is open can be ended early." in response.content.decode()


def test_staff_find_in_the_menu_what_they_may_open_and_nothing_else(client, clerk):
    calls, offers = reverse("mypart_admin_calls:index"), reverse("mypart_admin_applications:index")
    client.force_login(clerk)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'"{calls}"' in menu
    assert f'"{offers}"' not in menu
    clerk.groups.get().permissions.add(Permission.objects.get(codename="view_application"))
    assert f'"{offers}"' in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("name", ["inspect", "end_intake", "cancel", "source"])
def test_calls_of_another_city_are_not_there(client, clerk, call, name):
    Call.objects.update(site=other_city())
    client.force_login(clerk)
    # Without a page at this address the sandbox tries the one with a language before it says 404.
    assert client.get(url(name, call), follow=True).status_code == 404
    client.post(url(name, call), {"reason": "Bo tak."})
    assert Call.objects.get().is_open(timezone.now())
    assert call.code not in client.get(reverse("mypart_admin_calls:index")).content.decode()
    with pytest.raises(PermissionDenied):
        cancel_call(clerk, call=call, reason="Bo tak.")


def test_offers_of_another_city_are_not_there(client, clerk, call, worker):
    clerk.groups.get().permissions.add(Permission.objects.get(codename="view_application"))
    Application.objects.update(sequence=1, number="MYS/1")
    address = reverse("mypart_admin_applications:inspect", args=[Application.objects.get().pk])
    client.force_login(clerk)
    assert client.get(address).status_code == 200
    Call.objects.update(site=other_city())
    assert client.get(address, follow=True).status_code == 404
    listed = client.get(reverse("mypart_admin_applications:index")).content.decode()
    assert "MYS/1" not in listed
    assert call.code not in listed


def test_the_reading_view_shows_terms_questions_versions_and_history(client, clerk):
    page = call_page(short_notice_reason="Powódź.", intake_until=timezone.now() + timedelta(days=9))
    page.questions = QUESTIONS
    call = published(page)
    client.force_login(clerk)
    shown = client.get(url("inspect", call)).content.decode()
    for words in (
        "PLN\u00a0100,000.00",
        "Dzielnica (",
        "Brzezinka / Wesoła",
        "Powódź.",
        "Less than 21 days allowed, with a reason",
    ):
        assert words in shown


def test_the_history_names_deeds_in_words_and_people_by_name(client, clerk, call):
    clerk.first_name, clerk.last_name = "Feliks", "Urzędnik"
    clerk.save()
    cancel_call(clerk, call=call, reason="Rada cofnęła środki.")
    client.force_login(clerk)
    shown = client.get(url("inspect", call)).content.decode()
    assert "Call cancelled" in shown
    assert "Feliks Urzędnik" in shown
    history = shown.split('id="history-section"')[1]
    assert "intake_" not in history


def test_a_share_that_is_not_required_is_counted_from_nothing(client, clerk, call):
    client.force_login(clerk)
    assert "is counted from" not in client.get(url("inspect", call)).content.decode()


def test_from_a_call_staff_reach_its_page_and_those_who_read_offers_its_offers(client, clerk, call):
    client.force_login(clerk)
    offers = f"{reverse('mypart_admin_applications:index')}?call={call.pk}"
    shown = client.get(url("inspect", call)).content.decode()
    assert f'href="{CallPage.objects.get().get_url()}"' in shown
    assert offers not in shown
    clerk.groups.get().permissions.add(Permission.objects.get(codename="view_application"))
    assert offers in client.get(url("inspect", call)).content.decode()


def test_staff_filter_calls_as_people_name_their_states(client, clerk):
    day, now = timedelta(days=1), timezone.now()
    open_call(title="Open", intake_from=now - day)
    open_call(title="Upcoming", intake_from=now + day)
    open_call(title="Closed", intake_from=now - 9 * day, intake_until=now - day, areas=["1"])
    cancel_call(clerk, call=open_call(title="Cancelled"), reason="Brak środków.")
    client.force_login(clerk)
    found = {
        "?status=open": ["Open"],
        "?status=upcoming": ["Upcoming"],
        "?status=closed": ["Closed"],
        "?status=cancelled": ["Cancelled"],
        "?area=1": ["Closed"],
        "?q=Upcoming": ["Upcoming"],
    }
    assert {query: titles(client, query) for query in found} == found


def titles(client, query: str) -> list[str]:
    """Titles in the list of staff."""
    listed = client.get(reverse("mypart_admin_calls:index") + query).context["object_list"]
    return [call.title for call in listed]


def test_the_list_says_when_an_intake_will_begin_and_not_that_it_was_just_now(client, clerk):
    opens = (timezone.localtime() + timedelta(days=5)).replace(hour=8, minute=0, second=0, microsecond=0)
    open_call(intake_from=opens)
    client.force_login(clerk)
    assert format_moment(opens) in client.get(reverse("mypart_admin_calls:index")).content.decode()


@pytest.mark.parametrize("name", ["end_intake", "cancel", "source"])
def test_who_may_only_read_calls_is_offered_no_acts(client, clerk, call, name):
    clerk.groups.get().permissions.remove(Permission.objects.get(codename="change_call"))
    client.force_login(clerk)
    assert url(name, call) not in client.get(url("inspect", call)).content.decode()
    response = client.post(url(name, call), {"reason": "Bo tak."})
    assert response.status_code in (302, 403)
    assert Call.objects.get(pk=call.pk).is_open(timezone.now())


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_asks_the_database_as_often_for_many_calls_as_for_one(
    client, clerk, count, django_assert_max_num_queries
):
    for _ in range(count):
        open_call()
    client.force_login(clerk)
    address = reverse("mypart_admin_calls:index")
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)


QUESTIONS = [
    {
        "type": "short_text",
        "id": "q1",
        "value": {"label": "Motto", "help": "", "required": True, "limit": 80},
    },
    {
        "type": "choice",
        "id": "q2",
        "value": {
            "label": "Dzielnica",
            "help": "",
            "required": True,
            "options": [
                {"type": "item", "id": "o1", "value": "Brzezinka"},
                {"type": "item", "id": "o2", "value": "Wesoła"},
            ],
        },
    },
]


@pytest.fixture
def orphan(clerk):
    """A call with questions and a published translation, whose own page is deleted."""
    page = call_page()
    page.questions = QUESTIONS
    published(page)
    polish, _created = Locale.objects.get_or_create(language_code="pl")
    translation = page.copy_for_translation(polish, copy_parents=True)
    translation.save_revision().publish()
    page.delete()
    return Call.objects.with_parts().get(translation_key=translation.translation_key)


def test_another_page_becomes_the_source_and_the_call_stays_as_it_is(client, clerk, orphan):
    facts = orphan.current_version.facts
    translation = CallPage.objects.get()
    # The parent was copied outside of the site's tree: its language has a tree of its own.
    clerk.is_superuser = True
    clerk.save()
    Site.objects.create(hostname="pl.example.org", root_page=translation.get_parent())
    orphan.site = translation.get_site()
    orphan.save()
    client.force_login(clerk)
    page = client.get(url("source", orphan)).content.decode()
    assert translation.title in page
    response = client.post(url("source", orphan), {"page": translation.pk})
    assert response.status_code == 302
    call = Call.objects.with_parts().get(pk=orphan.pk)
    assert call.source_locale == "pl"
    translation = CallPage.objects.get()
    assert translation.code == facts["code"]
    assert not translation.tells_facts_of_another
    translation.get_latest_revision().publish()
    assert Call.objects.with_parts().get(pk=orphan.pk).current_version.facts == facts


def test_a_call_that_has_its_page_gets_no_other(clerk, call):
    other = call_page()
    with pytest.raises(ActRefused):
        name_source(clerk, call=call, page=other)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"cancelled_at": timezone.now()}, "This call has been cancelled"),
        ({"intake_from": timezone.now() + timedelta(days=2)}, "This call takes offers from"),
        ({"ended_early_at": timezone.now()}, "The deadline has passed."),
    ],
    ids=["cancelled", "upcoming", "over"],
)
def test_a_draft_says_offers_are_taken_only_while_they_are(client, call, worker, state, told):
    Call.objects.update(**state)
    document = Application.objects.get().document
    client.force_login(worker)
    page = client.get(reverse("mypart_generator:tasks", args=[document.uuid])).content.decode()
    assert told in page
    assert "Offers are taken until" not in page


def test_the_deadline_is_one_whoever_reckons_it(call, worker):
    """An end set by staff counts only while it comes before the announced one."""
    for early in (None, call.intake_until - timedelta(days=1), call.intake_until + timedelta(days=1)):
        Call.objects.update(ended_early_at=early)
        deadline = Call.objects.get().deadline
        assert Call.objects.with_end().get().ends_at == deadline
        assert Application.objects.with_end().get().ends_at == deadline
        for moment in (deadline - timedelta(microseconds=1), deadline):
            is_over = moment == deadline
            assert Call.objects.open_at(moment).exists() is not is_over
            settled = moment + timedelta(seconds=120)
            assert Application.objects.readable_at(settled).exists() is is_over
