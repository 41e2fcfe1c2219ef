"""Staff make an edition, look at it, try it, send it; each on their own sites, and addresses stay apart."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from mypart_wagtail.newsletter.models import Delivery, Edition, Subscriber
from mypart_wagtail.newsletter.services.editions import send_edition
from mypart_wagtail.newsletter.services.sending import send_all_due
from tests.core.servers import MailServer, running
from tests.grants.calls import at
from tests.newsletter.editions import begun, edition, some_news, subscriber
from tests.people import person
from tests.sites import default_site, new_site

pytestmark = pytest.mark.django_db

EDITING = ("add_edition", "change_edition", "delete_edition", "view_edition")


def clerk(*codenames: str, site=None):
    """Someone who edits the pages of ``site`` and has these permissions."""
    site = site or default_site()
    group = Group.objects.create(name=f"Clerks {Group.objects.count()}")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=site.root_page, permission=change)
    user = person(f"clerk{Group.objects.count()}")
    user.groups.add(group)
    return user


@pytest.fixture
def at_work(client):
    client.force_login(clerk(*EDITING))
    return client


def url(view: str, made: Edition | None = None) -> str:
    return reverse(f"mypart_admin_editions:{view}", args=[made.pk] if made else [])


def facts(**changes):
    now = timezone.localtime()
    return {
        "site": default_site().pk,
        "language": "en",
        "subject": "Spring",
        "intro": "Hello",
        "since": f"{now - timedelta(days=7):%Y-%m-%d %H:%M}",
        "until": f"{now:%Y-%m-%d %H:%M}",
        **changes,
    }


@pytest.mark.database
def test_an_edition_is_made_read_tried_and_sent(at_work, django_capture_on_commit_callbacks):
    some_news()
    subscriber()
    assert at_work.get(url("add")).status_code == 200
    assert at_work.post(url("add"), facts()).status_code == 302
    made = Edition.objects.get()
    Edition.objects.update(until=timezone.now() + timedelta(minutes=1))
    assert made.created_by
    page = at_work.get(url("inspect", made)).content.decode()
    assert "Regatta" in page
    assert "draft" in page
    assert "Regatta" in at_work.get(url("html", made)).content.decode()
    text = at_work.get(url("text", made))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert "Hello" in text.content.decode()
    at_work.post(url("trial", made))
    assert [message.to for message in mail.outbox] == [[made.created_by.email]]
    assert "at this moment 1" in at_work.get(url("send", made)).content.decode()
    assert Edition.objects.get().is_draft, "asked first"
    with django_capture_on_commit_callbacks(execute=True):
        response = at_work.post(url("send", made), follow=True)
    page = response.content.decode()
    assert "on its way" in page
    assert [message.to for message in mail.outbox[1:]] == [["anna@example.org"]]
    assert "sent" in at_work.get(url("index")).content.decode()
    assert "Edition sent" in at_work.get(url("history", made)).content.decode()


def test_pressing_send_twice_sends_once(at_work, django_capture_on_commit_callbacks):
    some_news()
    subscriber()
    made = edition()
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            at_work.post(url("send", made))
    assert len(mail.outbox) == 1


def test_an_empty_edition_is_refused_with_the_reason(at_work):
    subscriber()
    made = edition()
    assert "nothing new in this period" in at_work.get(url("inspect", made)).content.decode()
    response = at_work.post(url("send", made))
    assert response.status_code == 200
    assert "nothing new in this period" in response.content.decode()
    assert Edition.objects.get().is_draft


def test_an_edition_that_ends_before_it_begins_is_refused_at_its_field(at_work):
    response = at_work.post(url("add"), facts(until="2020-01-01 00:00"))
    assert list(response.context["form"].errors) == ["until"]
    assert 'value="Spring"' in response.content.decode()


def test_a_new_edition_begins_where_the_last_one_ended(at_work):
    some_news()
    subscriber()
    made = begun()
    shown = f"{timezone.localtime(made.until):%Y-%m-%d %H:%M}"
    page = at_work.get(url("add")).content.decode()
    assert f'value="{shown}"' in page
    later = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d %H:%M}"
    assert at_work.post(url("add"), facts(since=shown, until=later)).status_code == 302
    # To the very moment, although the box shows minutes.
    assert Edition.objects.get(subject="Spring").since == made.until


NOVEMBER = ("2026-11-16 08:00", "2026-11-23 08:00")


def sent_in_november() -> Edition:
    since, until = (at(moment) for moment in NOVEMBER)
    return edition(since=since, until=until, started_at=until, subject="Autumn")


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ("2026-11-16 08:00", "2026-11-23 08:00", "since"),
        ("2026-11-22 08:00", "2026-11-30 08:00", "since"),
        ("2026-11-17 08:00", "2026-11-18 08:00", "since"),
        ("2026-11-10 08:00", "2026-11-16 08:01", "until"),
        ("2026-11-10 08:00", "2026-11-30 08:00", "until"),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_draft_about_what_was_sent_already_is_refused_at_its_field(at_work, since, until, field, is_new):
    sent_in_november()
    draft = edition(since=at("2026-01-01 08:00"), until=at("2026-01-02 08:00"))
    page = url("add") if is_new else url("edit", draft)
    response = at_work.post(page, facts(since=since, until=until))
    assert list(response.context["form"].errors) == [field]
    said = " ".join(response.content.decode().split())
    assert (
        "“Autumn” has told this already, from 16 November 2026, 08:00 until 23 November 2026, 08:00" in said
    )
    assert 'value="Spring"' in said


@pytest.mark.parametrize(
    "changes",
    [
        {"since": NOVEMBER[1], "until": "2026-11-30 08:00"},
        {"since": "2026-11-10 08:00", "until": NOVEMBER[0]},
        {"since": NOVEMBER[0], "until": NOVEMBER[1], "language": "pl"},
    ],
)
def test_a_draft_about_what_was_not_sent_yet_in_its_language_is_kept(at_work, changes):
    sent_in_november()
    edition(since=at("2026-11-01 08:00"), until=at("2026-12-01 08:00"))  # Another draft tells nobody.
    assert at_work.post(url("add"), facts(**changes)).status_code == 302


def test_of_two_drafts_about_the_same_only_the_first_is_sent(at_work):
    some_news()
    subscriber()
    first, second = edition(subject="First"), edition(subject="Second")
    assert at_work.post(url("send", first)).status_code == 302
    response = at_work.post(url("send", second))
    assert "“First” has told this already" in response.content.decode()
    second.refresh_from_db()
    assert second.is_draft
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_what_is_being_sent_is_no_longer_changed(at_work, view):
    some_news()
    subscriber()
    made = begun()
    assert at_work.get(url(view, made), follow=True).status_code == 404
    assert at_work.post(url(view, made), facts(subject="Other"), follow=True).status_code == 404
    page = at_work.get(url("inspect", made)).content.decode()
    assert url(view, made) not in page
    assert url("send", made) not in page
    assert url(view, made) not in at_work.get(url("index")).content.decode()
    made.refresh_from_db()
    assert made.subject == "What is new"


def test_its_progress_is_told(at_work):
    some_news()
    for name in ("a", "b", "c"):
        subscriber(name)
    made = begun()
    first, second, _third = Delivery.objects.order_by("pk")
    first.sent_at = second.failed_at = timezone.now()
    first.save()
    second.save()
    progress = at_work.get(url("inspect", made)).context["progress"]
    assert progress == {"sent": 1, "failed": 1, "waiting": 1}


def test_how_many_were_refused_and_why_is_told_without_an_address(at_work, settings):
    server = MailServer(refused="gone")
    with running(server) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        some_news()
        for name in ("anna", "gone"):
            subscriber(name)
        made = begun()
        send_all_due()
    response = at_work.get(url("inspect", made))
    assert response.context["progress"] == {"sent": 1, "failed": 1, "waiting": 0}
    main = " ".join(response.content.decode().partition("<main")[2].split())
    assert "<dt>What the mail server said last</dt><dd>550 no such mailbox</dd>" in main
    assert "gone@" not in main


def test_numbers_are_told_without_an_address(at_work):
    subscriber()
    subscriber("piotr", topics=["news", "calls"])
    subscriber("late", is_confirmed=False)
    response = at_work.get(url("numbers"))
    (english,) = [each for each in response.context["counts"] if str(each["language"]) == "English"]
    assert (english["total"], english["unconfirmed"]) == (2, 1)
    assert dict(english["topics"]) == {"Calls for offers": 1, "News": 2}
    assert "@example.org" not in response.content.decode().partition("<main")[2].replace("clerk", "").replace(
        "1@example.org", ""
    )


@pytest.mark.parametrize(
    ("codenames", "status"), [(EDITING, 302), (("view_subscriber",), 200), (("view_edition",), 302)]
)
def test_addresses_are_only_for_those_who_may_see_them(client, codenames, status):
    subscriber()
    client.force_login(clerk(*codenames))
    response = client.get(reverse("mypart_admin_subscribers:index"))
    assert response.status_code == status
    assert ("anna@example.org" in response.content.decode()) == (status == 200)


def test_the_office_unsubscribes_who_asks_by_telephone(client):
    some_news()
    reader = subscriber()
    made = begun()
    client.force_login(clerk("view_subscriber", "delete_subscriber"))
    assert reader.email in client.get(reverse("mypart_admin_subscribers:index")).content.decode()
    client.post(reverse("mypart_admin_subscribers:delete", args=[reader.pk]))
    assert not Subscriber.objects.exists()
    assert not made.deliveries.exists()


@pytest.mark.parametrize("view", ["inspect", "edit", "delete", "html", "text", "trial", "send", "history"])
def test_the_edition_of_another_site_is_not_there(at_work, view):
    made = edition(site=new_site("other.example.org"))
    assert at_work.get(url(view, made), follow=True).status_code == 404
    at_work.post(url(view, made), follow=True)
    made.refresh_from_db()
    assert made.is_draft
    assert made.subject not in at_work.get(url("index")).content.decode()


def test_an_edition_is_not_made_for_another_site(at_work):
    other = new_site("other.example.org")
    response = at_work.post(url("add"), facts(site=other.pk))
    assert list(response.context["form"].errors) == ["site"]


def test_the_reader_of_another_site_is_not_there(client):
    reader = subscriber(site=new_site("other.example.org"))
    default_site()
    client.force_login(clerk("view_subscriber", "delete_subscriber"))
    assert reader.email not in client.get(reverse("mypart_admin_subscribers:index")).content.decode()
    delete = reverse("mypart_admin_subscribers:delete", args=[reader.pk])
    assert client.post(delete, follow=True).status_code == 404
    reader.refresh_from_db()


@pytest.mark.parametrize("view", ["trial", "send", "edit", "delete"])
def test_who_may_only_look_sends_and_changes_nothing(client, view):
    some_news()
    subscriber()
    made = edition()
    user = clerk("view_edition")
    client.force_login(user)
    assert client.get(url("inspect", made)).status_code == 200
    assert client.post(url(view, made))["Location"] == "/admin/"
    made.refresh_from_db()
    assert made.is_draft
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        send_edition(user, edition=made, at=timezone.now())


def test_the_menu_has_the_newsletter_for_those_who_work_on_it(at_work, client):
    assert "Newsletter" in at_work.get("/admin/").content.decode()
    client.force_login(clerk())
    assert url("index") not in client.get("/admin/").content.decode()


def test_staff_see_that_an_edition_is_put_off_and_send_it_to_the_rest(at_work):
    some_news()
    subscriber()
    made = begun()
    until = timezone.now() + timedelta(hours=2)
    Edition.objects.filter(pk=made.pk).update(put_off_until=until, put_offs=3)
    Delivery.objects.update(due_at=until, last_error="554 5.7.1 limit exceeded")
    page = at_work.get(url("inspect", made)).content.decode()
    assert "put off by the mail server" in page
    assert "Put off by the mail server until" in page
    assert "554 5.7.1 limit exceeded" in page
    rest = url("rest", made)
    assert rest in page
    assert "The edition goes to 1 reader whom it has not reached." in at_work.get(rest).content.decode()
    assert at_work.post(rest)["Location"] == url("inspect", made)
    send_all_due()
    made.refresh_from_db()
    assert made.progress() == {"sent": 1, "failed": 0, "waiting": 0}
    page = at_work.get(url("inspect", made)).content.decode()
    assert rest not in page
    assert "It has reached everyone whom it can reach." in at_work.post(rest).content.decode()
