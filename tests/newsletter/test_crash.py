"""Ten thousand readers, and the worker killed twice on the way: each gets the newsletter once.

Real processes over the database of the tests, whichever it is, and a real mail server.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.parser import HeaderParser
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from mypart_wagtail.newsletter.models import Delivery, Subscriber
from mypart_wagtail.newsletter.services.editions import begin_sending
from mypart_wagtail.newsletter.services.sending import BATCH
from tests.core.servers import MailServer, running
from tests.deployment.throwaway import wait_for
from tests.newsletter.editions import edition, some_news
from tests.newsletter.impatient import LEASE
from tests.sites import default_site

# Its two minutes are for both databases: who claims what differs there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.database]

READERS = 10_000
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    with running(server):
        yield server


def readers() -> None:
    now = timezone.now()
    Subscriber.objects.bulk_create(
        [
            Subscriber(
                site=default_site(),
                email=f"reader{number}@example.org",
                language="en",
                topics=["news"],
                token=uuid4(),
                confirmed_at=now,
            )
            for number in range(READERS)
        ],
        batch_size=1000,
    )


def address_of_database() -> str:
    """The database of the tests, as ``DATABASE_URL`` names it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    password = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
    return f"postgres://{facts['USER']}{password}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


@contextmanager
def process(server: MailServer, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own until the context ends, or until it is killed in it."""
    port = str(server.server_address[1])
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sandbox.settings.test",
        "PYTHONPATH": str(REPOSITORY),
        "DATABASE_URL": address_of_database(),
        "TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
    }
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.newsletter.impatient", port, *command], cwd=REPOSITORY, env=environment
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def held() -> int:
    """How many mails a worker has claimed and not sent yet."""
    return Delivery.objects.waiting().exclude(claim=None).count()


def kill_when(reached: Callable[[], object], worker: subprocess.Popen[bytes]) -> None:
    """With SIGKILL, which no program can answer to."""
    wait_for(reached, "mails to be sent")
    assert worker.poll() is None
    worker.kill()
    worker.wait()


def test_ten_thousand_readers_get_it_once_although_the_worker_is_killed_twice(server, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}
    some_news()
    readers()
    made = edition()
    begun = time.monotonic()
    begin_sending(made, at=timezone.now())
    took = time.monotonic() - begun
    assert Delivery.objects.count() == READERS

    started = time.monotonic()
    with process(server, "db_worker", "--interval=0.1", "--no-startup-delay", "--verbosity=0") as worker:
        kill_when(lambda: len(server.received) > 2_000, worker)
    first = len(server.received)
    with process(server, "mypart_send_newsletters") as worker:
        # In the middle of a batch, not between two.
        kill_when(lambda: len(server.received) > 6_000 and held() > BATCH // 4, worker)
    second = len(server.received)
    left = held()
    # Two at once, as when the clock strikes while a worker is at it.
    with process(server, "mypart_send_newsletters") as one, process(server, "mypart_send_newsletters") as two:
        assert (one.wait(), two.wait()) == (0, 0)
    time.sleep(LEASE.total_seconds())
    with process(server, "mypart_send_newsletters") as last:
        assert last.wait() == 0
    seconds = time.monotonic() - started

    headers = [HeaderParser().parsestr(text, headersonly=True) for text in server.received]
    same_mail = Counter((mail["To"], mail["Message-ID"]) for mail in headers)
    raw_duplicates = len(headers) - len(same_mail)
    print(  # noqa: T201 - measured
        f"\n{READERS} readers on {connection.vendor}: begun in {took:.1f} s, sent in {seconds:.1f} s; "
        f"killed at {first} and {second}, {left} held then; raw duplicates {raw_duplicates}"
    )
    made.refresh_from_db()
    assert made.progress() == {"sent": READERS, "failed": 0, "waiting": 0}
    assert made.finished_at
    # To each reader one mail, to each mail one reader.
    assert {to for to, _id in same_mail} == {f"reader{number}@example.org" for number in range(READERS)}
    assert len(same_mail) == READERS
    assert len({message_id for _to, message_id in same_mail}) == READERS
    assert 0 < left <= 2 * BATCH
    # Each kill may hit the moment between the server's answer and the commit, of one mail.
    assert raw_duplicates <= 2
