"""The last seconds before a deadline, behind the guide's nginx, with every worker thread asleep."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from tests.deployment.city import HOSTNAME, City
from tests.deployment.nginx import guide_site, nginx
from tests.deployment.throwaway import free_port, wait_for

STORM = 38
# Who posts in other ways than the storm, each with the next offer after it.
OTHERS = ("slow", "too late", "impatient")
# As in the first request of the storm: so long before the deadline.
BEFORE = 1.5
SEEN = re.compile(r'name="seen" value="([^"]*)"')
SUBMITTED = re.compile(r'<dt>Złożono</dt><dd><time datetime="([^"]*)"')
TOKEN = "a" * 32


@dataclass
class Person:
    """A signer with the page open that submits. ``connection`` is kept, as browsers keep theirs."""

    offer: dict
    connection: HTTPSConnection
    seen: str = ""
    status: int = 0
    page: str = ""
    location: str = ""
    answered_at: datetime | None = None
    arrived_at: datetime | None = None

    def open_page(self) -> None:
        self.connection.request("GET", self.offer["submit"], headers=self._headers())
        self.seen = SEEN.search(self.connection.getresponse().read().decode())[1]

    def submit(self, *, last_byte_at: datetime | None = None) -> None:
        """Post the page; its last byte leaves at a moment of its own if told so."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, "seen": self.seen}).encode()
        self.connection.putrequest("POST", self.offer["submit"], skip_host=True)
        for name, value in (self._headers() | {"Content-Length": str(len(body))}).items():
            self.connection.putheader(name, value)
        self.connection.endheaders(body[:-1])
        if last_byte_at:
            sleep_until(last_byte_at)
        self.connection.send(body[-1:])
        answer = self.connection.getresponse()
        self.page = answer.read().decode()
        self.status, self.location = answer.status, answer.headers.get("Location", "")
        self.answered_at = datetime.now(UTC)

    def read_receipt(self) -> bool:
        """Whether there is one; it says, to the second, when the offer arrived."""
        self.connection.request("GET", self.offer["receipt"], headers=self._headers())
        answer = self.connection.getresponse()
        page = answer.read().decode()
        if answer.status != 200:
            return False
        self.arrived_at = datetime.fromisoformat(SUBMITTED.search(page)[1])
        return True

    def _headers(self) -> dict[str, str]:
        return {
            "Host": HOSTNAME,
            "Referer": f"https://{HOSTNAME}/",
            "Cookie": f"sessionid={self.offer['session']}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }


@dataclass
class Evening:
    """What became of everybody."""

    deadline: datetime
    storm: list[Person]
    others: dict[str, Person]


def sleep_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))


def spend_evening(city: City, folder: Path) -> Evening:
    """Let everybody post, and every answer come."""
    page = folder / "no-answer.html"
    facts = json.loads(city.run("-m", "tests.races.furnish", str(STORM + len(OTHERS)), str(page)))
    with ExitStack() as stack:
        web_process = stack.enter_context(city.web_process("--threads=2"))
        patient, impatient = (stack.enter_context(proxy(folder, web_process, wait)) for wait in ("90s", "1s"))
        database = stack.enter_context(psycopg.connect(city.environment["DATABASE_URL"], autocommit=True))
        people = [Person(offer, connect(folder, patient)) for offer in facts["offers"]]
        sleepers = [Person(offer, connect(folder, patient)) for offer in facts["sleepers"]]
        people[-1].connection = connect(folder, impatient)
        for person in [*people, *sleepers]:
            person.open_page()
        everybody = stack.enter_context(ThreadPoolExecutor(len(people) + len(sleepers)))
        with asleep(city, facts["other_call"], sleepers, everybody, database):
            evening = Evening(close_in(database, facts["call"], 4), people[:STORM], named(people[STORM:]))
            posted = post_all(evening, everybody)
            sleep_until(evening.deadline + timedelta(seconds=1))
        for future in posted:
            future.result()
        wait_for(evening.others["impatient"].read_receipt, "the offer that nginx gave up on")
        for person in people[:-1]:
            person.read_receipt()
    return evening


def named(people: list[Person]) -> dict[str, Person]:
    return dict(zip(OTHERS, people, strict=True))


@contextmanager
def proxy(folder: Path, web_process: int, patience: str) -> Iterator[int]:
    """The port of the guide's nginx, which gives up after ``patience``."""
    http, https = free_port(), free_port()
    changes = {"proxy_read_timeout 90s;": f"proxy_read_timeout {patience};"}
    own = folder / patience
    own.mkdir()
    (own / "no-answer.html").write_bytes((folder / "no-answer.html").read_bytes())
    site = guide_site(own, http=http, https=https, web_process=web_process, changes=changes)
    with nginx(site, http, https):
        yield https


def connect(folder: Path, port: int) -> HTTPSConnection:
    """To a proxy whose certificate was made for this evening."""
    context = ssl.create_default_context()
    for certificate in folder.glob("*/fullchain.pem"):
        context.load_verify_locations(certificate)
    return HTTPSConnection("127.0.0.1", port, timeout=120, context=context)


def close_in(database: psycopg.Connection, call: int, seconds: float) -> datetime:
    """The deadline, set so that everybody has opened the page just before."""
    deadline = datetime.now(UTC) + timedelta(seconds=seconds)
    database.execute("UPDATE mypart_grants_call SET intake_until = %s WHERE id = %s", [deadline, call])
    return deadline


@contextmanager
def asleep(
    city: City, call: int, sleepers: list[Person], threads: ThreadPoolExecutor, database: psycopg.Connection
) -> Iterator[None]:
    """Both threads of the web process wait for a lock; when it ends, they work again."""
    with psycopg.connect(city.environment["DATABASE_URL"]) as holder:
        holder.execute("SELECT 1 FROM mypart_grants_call WHERE id = %s FOR UPDATE", [call])
        waiting = [threads.submit(person.submit) for person in sleepers]
        wait_for(lambda: locks(database) == len(sleepers), "the threads to fall asleep")
        yield
    for future in waiting:
        future.result()


def locks(database: psycopg.Connection) -> int:
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return database.execute(query).fetchone()[0]


def post_all(evening: Evening, threads: ThreadPoolExecutor) -> list:
    """The storm and the impatient 1.5 s before the deadline, the last byte of the others just after it."""
    sleep_until(evening.deadline - timedelta(seconds=BEFORE))
    posted = [threads.submit(person.submit) for person in evening.storm]
    posted.append(threads.submit(evening.others["impatient"].submit))
    just_after = evening.deadline + timedelta(seconds=0.2)
    posted.append(threads.submit(evening.others["slow"].submit, last_byte_at=just_after))
    sleep_until(just_after)
    posted.append(threads.submit(evening.others["too late"].submit))
    return posted
