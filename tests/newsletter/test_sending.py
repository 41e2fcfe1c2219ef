"""An edition reaches each reader once, whatever happens on the way, and nobody who does not want it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page

from mypart_wagtail.newsletter.models import Delivery, Edition, Subscriber
from mypart_wagtail.newsletter.services import sending
from mypart_wagtail.newsletter.services.editions import NotSent, begin_sending, send_rest
from mypart_wagtail.newsletter.services.sending import MOST_ATTEMPTS, send_all_due, send_batch
from mypart_wagtail.newsletter.services.subscribing import unsubscribe
from mypart_wagtail.newsletter.tasks import send_newsletter
from tests.core.servers import MailServer, running
from tests.grants.calls import open_call
from tests.newsletter.editions import begun, edition, outbox, parsed, some_news, subscriber, text_of
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """A real mail server."""
    server = MailServer()
    with running(server) as port:
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield server


def reached(server: MailServer) -> list[str]:
    return [message["To"] for message in parsed(server.received)]


def later(delay: timedelta) -> None:
    """The clock goes on."""
    for delivery in Delivery.objects.waiting():
        delivery.due_at -= delay
        delivery.save()


def test_each_reader_gets_what_they_chose_and_who_chose_nothing_of_it_gets_no_mail(settings):
    some_news("Regatta")
    open_call(title="Sport")
    subscriber("news")
    subscriber("both", topics=["news", "calls"])
    subscriber("events", topics=["events"])
    subscriber("polish", language="pl")
    subscriber("unconfirmed", is_confirmed=False)
    made = begun()
    send_newsletter.func(str(made.uuid))
    got = {message["To"]: text_of(message, "plain") for message in outbox()}
    assert sorted(got) == ["both@example.org", "news@example.org"]
    assert "Regatta" in got["news@example.org"]
    assert "Sport" not in got["news@example.org"]
    assert "Sport" in got["both@example.org"]
    made.refresh_from_db()
    assert made.finished_at
    assert made.progress() == {"sent": 2, "failed": 0, "waiting": 0}


def test_an_edition_without_anything_new_is_not_sent():
    subscriber()
    with pytest.raises(NotSent):
        begin_sending(edition(), at=timezone.now())
    assert Edition.objects.get().is_draft


def test_an_edition_that_nobody_wants_is_not_sent():
    some_news()
    subscriber(topics=["calls"])
    with pytest.raises(NotSent):
        begin_sending(edition(), at=timezone.now())
    assert Edition.objects.get().is_draft
    assert not Delivery.objects.exists()


def test_sending_twice_sends_once():
    some_news()
    subscriber()
    made = begun()
    assert not begin_sending(made, at=timezone.now())
    for _time in range(2):
        send_newsletter.func(str(made.uuid))
        send_all_due()
    assert len(mail.outbox) == 1


def test_what_is_sent_is_what_was_there_when_sending_began():
    some_news("Regatta")
    subscriber()
    made = begun()
    Page.objects.filter(title="Regatta").update(title="Other")
    some_news("Later")
    send_batch(made)
    (message,) = outbox()
    assert "Regatta" in text_of(message, "plain")
    assert "Later" not in text_of(message, "plain")


def test_an_edition_ends_when_it_is_sent_so_that_the_next_one_tells_the_rest():
    some_news()
    subscriber()
    now = timezone.now() + timedelta(seconds=1)
    made = edition(until=now + timedelta(days=3))
    begin_sending(made, at=now)
    assert made.until == now


def test_a_batch_goes_through_one_connection(server, monkeypatch):
    some_news()
    for number in range(5):
        subscriber(f"a{number}")
    made = begun()
    connections = []
    real = sending.get_connection
    monkeypatch.setattr(sending, "get_connection", lambda **kw: connections.append(kw) or real(**kw))
    assert send_batch(made) == 5
    assert len(connections) == 1
    assert connections[0]["timeout"] <= sending.OPENING_SECONDS
    assert len(reached(server)) == 5


def test_a_mailbox_that_is_none_is_recorded_and_holds_up_no_other(server):
    server.refused = "gone@"
    some_news()
    for name in ("anna", "gone", "piotr"):
        subscriber(name)
    made = begun()
    send_all_due()
    assert sorted(reached(server)) == ["anna@example.org", "piotr@example.org"]
    made.refresh_from_db()
    assert made.progress() == {"sent": 2, "failed": 1, "waiting": 0}
    failed = Delivery.objects.exclude(failed_at=None).get()
    assert failed.last_error.startswith("550")
    later(timedelta(days=3))
    send_all_due()
    assert len(reached(server)) == 2


def test_a_mailbox_that_asks_to_come_later_gets_it_later_and_once(server):
    server.put_off = "anna@"
    some_news()
    subscriber()
    subscriber("piotr")
    made = begun()
    send_all_due()
    assert reached(server) == ["piotr@example.org"]
    server.put_off = ""
    send_all_due()
    assert reached(server) == ["piotr@example.org"], "not before its time"
    later(timedelta(minutes=6))
    send_all_due()
    assert reached(server) == ["piotr@example.org", "anna@example.org"]
    made.refresh_from_db()
    assert made.finished_at


def test_a_mailbox_that_asks_for_ever_to_come_later_is_given_up(server):
    server.put_off = "anna@"
    some_news()
    subscriber()
    made = begun()
    for _attempt in range(MOST_ATTEMPTS):
        send_all_due()
        later(timedelta(days=3))
    send_all_due()
    made.refresh_from_db()
    assert made.progress() == {"sent": 0, "failed": 1, "waiting": 0}


def test_while_the_server_is_away_nothing_is_lost_or_given_up(settings):
    some_news()
    subscriber()
    made = begun()
    settings.EMAIL_BACKEND = SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for _attempt in range(MOST_ATTEMPTS + 2):
        send_all_due()
        later(timedelta(minutes=6))
    assert made.progress() == {"sent": 0, "failed": 0, "waiting": 1}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_all_due()
    assert len(mail.outbox) == 1


def test_a_server_that_goes_away_in_the_middle_gets_the_rest_when_it_is_back(server, monkeypatch):
    some_news()
    for number in range(4):
        subscriber(f"a{number}")
    made = begun()
    server.hang_up_on = "a2@"
    close = sending._close

    def go_away(connection):
        close(connection)
        connection.port = 1

    monkeypatch.setattr(sending, "_close", go_away)
    send_all_due()
    assert reached(server) == ["a0@example.org", "a1@example.org"]
    assert list(Delivery.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 1, 1, 0]
    monkeypatch.undo()
    server.hang_up_on = ""
    later(timedelta(minutes=6))
    send_all_due()
    assert sorted(reached(server)) == [f"a{number}@example.org" for number in range(4)]
    made.refresh_from_db()
    assert made.finished_at


def test_a_mail_on_which_the_server_hangs_up_each_time_holds_up_no_other_and_the_edition_ends(server):
    server.hang_up_on = "anna@"
    some_news()
    for name in ("anna", "piotr", "zofia"):
        subscriber(name)
    made = begun()
    send_all_due()
    assert reached(server) == ["piotr@example.org", "zofia@example.org"]
    for _attempt in range(MOST_ATTEMPTS):
        later(timedelta(days=3))
        send_all_due()
    made.refresh_from_db()
    assert made.finished_at
    assert made.progress() == {"sent": 2, "failed": 1, "waiting": 0}
    assert "Connection unexpectedly closed" in made.last_error()


def put_off_once_more(made: Edition) -> None:
    """The time for which the edition was put off passes, and it is tried again."""
    later(timedelta(days=3))
    send_all_due()
    made.refresh_from_db()


def test_where_the_server_takes_nothing_from_the_sender_the_edition_is_put_off_and_staff_see_why(server):
    server.to_senders = "553 <city@example.org> is not yours, anna@example.org"
    some_news()
    subscriber()
    subscriber("piotr")
    made = begun()
    send_all_due()
    made.refresh_from_db()
    assert made.status == "put off"
    assert made.put_off_until > timezone.now()
    assert made.progress() == {"sent": 0, "failed": 0, "waiting": 2}
    assert made.last_error() == "553 <…> is not yours, …"
    assert made.deliveries.unreached().count() == 2, "the rest, which can be sent by hand"
    for _day in range(3):
        put_off_once_more(made)
    server.to_senders = "250 ok"
    put_off_once_more(made)
    assert made.progress() == {"sent": 2, "failed": 0, "waiting": 0}
    assert (made.status, made.put_offs) == ("sent", 0)


@pytest.mark.parametrize(
    "said",
    [
        "554 5.7.1 hourly limit exceeded, try again later",
        "450 try again tomorrow",
        "452 4.5.3 too many recipients",
        "550 message rate limit exceeded",
    ],
)
def test_a_quota_of_the_sender_gives_up_no_reader_and_the_rest_goes_when_there_is_room(server, said):
    server.quota, server.over_quota = 5, said
    some_news()
    for number in range(32):
        subscriber(f"a{number}")
    made = begun()
    for _day in range(4):
        send_all_due()
        later(timedelta(days=3))
    made.refresh_from_db()
    assert made.progress() == {"sent": 5, "failed": 0, "waiting": 27}
    assert made.status == "put off"
    assert said.partition(" ")[0] in made.last_error()
    assert max(Delivery.objects.values_list("attempts", flat=True)) == 1, "no reader is to blame"
    server.quota = None
    send_all_due()
    made.refresh_from_db()
    assert made.progress() == {"sent": 32, "failed": 0, "waiting": 0}
    assert len(set(reached(server))) == 32


def test_in_a_quarter_of_an_hour_and_then_ever_later_it_is_tried_again(server):
    server.quota = 0
    some_news()
    for number in range(10):
        subscriber(f"a{number}")
    made = begun()
    waits = []
    for _time in range(6):
        send_all_due()
        made.refresh_from_db()
        waits.append(round((made.put_off_until - timezone.now()).total_seconds() / 60))
        later(timedelta(days=3))
    assert waits == [15, 45, 135, 405, 720, 720]


def test_no_other_batch_goes_while_the_edition_is_put_off(server, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 4)
    server.quota = 0
    some_news()
    for number in range(20):
        subscriber(f"a{number}")
    begun()
    send_all_due()
    assert Delivery.objects.filter(attempts__gt=0).count() == 0
    assert Delivery.objects.due(timezone.now()).count() == 0


def test_a_server_that_takes_nothing_for_days_is_given_up_and_the_rest_can_be_sent_by_hand(server):
    server.to_senders = "451 come later"
    some_news()
    subscriber()
    made = begun()
    for _time in range(sending.MOST_PUT_OFFS + 2):
        send_all_due()
        later(timedelta(days=3))
    made.refresh_from_db()
    assert made.progress() == {"sent": 0, "failed": 1, "waiting": 0}
    assert made.finished_at
    server.to_senders = "250 ok"
    send_rest(person("boss", is_superuser=True), edition=made, at=timezone.now())
    send_all_due()
    assert reached(server) == ["anna@example.org"]
    made.refresh_from_db()
    assert made.progress() == {"sent": 1, "failed": 0, "waiting": 0}


def test_the_rest_leaves_out_whom_it_has_reached_who_left_and_mailboxes_that_there_are_not(server):
    server.refused = "gone@"
    some_news()
    for name in ("anna", "gone", "piotr"):
        subscriber(name)
    made = begun()
    send_all_due()
    with pytest.raises(NotSent):
        send_rest(person("boss", is_superuser=True), edition=made, at=timezone.now())
    assert len(reached(server)) == 2


def test_who_may_not_send_an_edition_sends_no_rest(server):
    some_news()
    subscriber()
    with pytest.raises(PermissionDenied):
        send_rest(person("stranger"), edition=begun(), at=timezone.now())


def test_a_server_that_thinks_long_after_the_last_dot_gets_the_mail_once(server, settings):
    """RFC 5321, 4.5.3.2.6: ten minutes, however short the wait for a connection."""
    settings.EMAIL_TIMEOUT = 1
    server.seconds = 1.5
    some_news()
    subscriber()
    made = begun()
    send_all_due()
    later(timedelta(days=3))
    send_all_due()
    assert reached(server) == ["anna@example.org"]
    assert made.progress() == {"sent": 1, "failed": 0, "waiting": 0}


def test_nobody_else_takes_up_a_mail_while_its_answers_are_waited_for():
    # Sender, recipient, DATA, the last dot, and leaving off after a refusal.
    assert sending.ANSWER_SECONDS >= 600
    assert sending.IN_HAND.total_seconds() > 5 * sending.ANSWER_SECONDS


def test_a_server_that_never_answers_is_given_up_and_the_edition_ends(server, monkeypatch):
    monkeypatch.setattr(sending, "ANSWER_SECONDS", 0.1)
    server.seconds = 0.3
    some_news()
    subscriber()
    made = begun()
    for _attempt in range(MOST_ATTEMPTS + 1):
        send_all_due()
        later(timedelta(days=3))
    send_all_due()
    made.refresh_from_db()
    assert made.finished_at
    assert made.progress() == {"sent": 0, "failed": 1, "waiting": 0}


def test_a_worker_begins_no_mail_when_its_lease_is_over():
    some_news()
    subscriber()
    made = begun()
    slow = sending.uuid4()
    (delivery,) = sending._claim(made, slow)
    later(sending.LEASE)
    assert not sending._begin(delivery, slow)
    assert send_all_due() == 1


def test_a_mail_that_cannot_be_made_holds_up_no_other(monkeypatch):
    some_news()
    subscriber()
    subscriber("piotr")
    made = begun()
    real = sending.Letters.to

    def to(self, delivery, subscriber, connection):
        if subscriber.email.startswith("anna"):
            raise ValueError
        return real(self, delivery, subscriber, connection)

    monkeypatch.setattr(sending.Letters, "to", to)
    for _attempt in range(MOST_ATTEMPTS):
        send_all_due()
        later(timedelta(days=3))
    send_all_due()
    assert [message["To"] for message in outbox()] == ["piotr@example.org"]
    made.refresh_from_db()
    assert made.progress() == {"sent": 1, "failed": 1, "waiting": 0}


def test_a_worker_that_dies_with_a_claim_leaves_it_to_others_when_its_lease_is_over():
    some_news()
    subscriber()
    made = begun()
    assert len(sending._claim(made, sending.uuid4())) == 1
    assert send_all_due() == 0
    made.refresh_from_db()
    assert made.finished_at is None
    later(sending.LEASE)
    assert send_all_due() == 1
    assert len(mail.outbox) == 1


def test_a_worker_whose_lease_was_over_sends_nothing_that_another_has_taken_up():
    some_news()
    subscriber()
    made = begun()
    slow = sending.uuid4()
    (delivery,) = sending._claim(made, slow)
    later(sending.LEASE)
    (again,) = sending._claim(made, sending.uuid4())
    assert again == delivery
    assert not sending._begin(delivery, slow)


def test_a_mail_killed_between_the_servers_answer_and_the_commit_comes_again_as_the_same(server, monkeypatch):
    """The one moment that no sender can rule out: a mailbox knows the mail by its Message-ID."""
    some_news()
    subscriber()
    begun()

    class Killed(BaseException):
        pass

    def kill(*args, **kwargs):
        raise Killed

    real = sending.Letters.to

    def to(self, delivery, subscriber, connection):
        made = real(self, delivery, subscriber, connection)
        send = made.send
        monkeypatch.setattr(made, "send", lambda: (send(), kill()))
        return made

    monkeypatch.setattr(sending.Letters, "to", to)
    with pytest.raises(Killed):
        send_all_due()
    monkeypatch.setattr(sending.Letters, "to", real)
    later(sending.IN_HAND)
    send_all_due()
    first, second = parsed(server.received)
    assert first["Message-ID"] == second["Message-ID"]


def test_who_unsubscribes_while_it_is_being_sent_gets_none(monkeypatch):
    some_news()
    subscriber("first")
    leaving = subscriber("second")
    made = begun()
    real = sending.Letters.to

    def to(self, delivery, subscriber, connection):
        unsubscribe(site=leaving.site, token=leaving.token)
        return real(self, delivery, subscriber, connection)

    monkeypatch.setattr(sending.Letters, "to", to)
    send_all_due()
    assert [message["To"] for message in outbox()] == ["first@example.org"]
    made.refresh_from_db()
    assert made.finished_at


def test_an_edition_ends_although_a_reader_was_removed_otherwise():
    some_news()
    subscriber()
    made = begun()
    Subscriber.objects.all().delete()
    send_all_due()
    made.refresh_from_db()
    assert made.finished_at
    assert not mail.outbox


def test_where_a_worker_can_wait_each_batch_is_a_task_of_its_own(
    settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(sending, "BATCH", 2)
    some_news()
    for number in range(5):
        subscriber(f"a{number}")
    from django_tasks_db.models import DBTaskResult

    made = begun()
    with django_capture_on_commit_callbacks(execute=True):
        send_newsletter.func(str(made.uuid))
    assert len(mail.outbox) == 2
    assert DBTaskResult.objects.filter(task_path__endswith="send_newsletter").exists()


def test_the_number_of_queries_to_begin_does_not_grow_with_the_readers(django_assert_max_num_queries):
    some_news()
    for number in range(300):
        subscriber(f"a{number}")
    made = edition()
    with django_assert_max_num_queries(40):
        begin_sending(made, at=timezone.now() + timedelta(minutes=1))
    assert made.deliveries.count() == 300
