"""A request has arrived when the outermost trusted proxy had the whole of it; without one, when we have."""

import io
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from mypart_wagtail import middleware
from mypart_wagtail.middleware import ArrivalMiddleware, arrived_at
from tests.deployment.throwaway import answers, free_port, wait_for

REPOSITORY = Path(__file__).parents[2]
BOUND = timedelta(seconds=120)
ONE_PROXY = {"TRUSTED_PROXIES": 1}


def stamp(moment: datetime) -> str:
    return f"t={moment.timestamp():.3f}"


def told(header: str = "", name: str = "X-Request-Start") -> datetime:
    """The arrival that a view is told of."""
    return seen_by(RequestFactory().get("/", headers={name: header} if header else {}))[0]


def seen_by(request: HttpRequest) -> list[datetime]:
    """The arrival that a view is told of when it begins, and when it has read the request."""
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(arrived_at(request))
        request.read()
        seen.append(arrived_at(request))
        return HttpResponse()

    ArrivalMiddleware(view)(request)
    return seen


def milliseconds_ago(milliseconds: int) -> datetime:
    """Such a moment, as exactly as a stamp can tell it."""
    moment = timezone.now() - timedelta(milliseconds=milliseconds)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@pytest.mark.parametrize("milliseconds", [0, 1, 1500, 119_000])
def test_the_moment_of_the_proxy_decides(settings, milliseconds):
    settings.MYPART = ONE_PROXY
    moment = milliseconds_ago(milliseconds)
    assert told(stamp(moment)) == moment


def test_the_bound_is_a_setting(settings):
    moment = milliseconds_ago(200_000)
    settings.MYPART = ONE_PROXY | {"ARRIVAL_BOUND": 300}
    assert told(stamp(moment)) == moment
    settings.MYPART = ONE_PROXY | {"ARRIVAL_BOUND": 100}
    assert told(stamp(moment)) > moment


def written_wrongly() -> dict[str, str]:
    """What is no stamp, though each holds a moment that would be believed if it were read kindly."""
    seconds = time.time() - 5
    good = f"t={seconds:.3f}"
    return {
        "no header": "",
        "without t": f"{seconds:.3f}",
        "another letter": f"s={seconds:.3f}",
        "twice, as WSGI joins headers": f"{good},{good}",
        "twice, as others join them": f"{good}, {good}",
        "a comma behind": f"{good},",
        "a decimal comma": good.replace(".", ","),
        "whole seconds": f"t={seconds:.0f}",
        "tenths": f"t={seconds:.1f}",
        "microseconds after the dot": f"t={seconds:.6f}",
        "milliseconds": f"t={seconds * 1000:.0f}",
        "microseconds": f"t={seconds * 1_000_000:.0f}",
        "a plus": good.replace("=", "=+"),
        "an exponent": f"t={seconds / 1e9:.12f}e9",
        "an underscore": good.replace(".", "_."),
        "a space within": good.replace("=", "= "),
        "a line behind": f"{good}\n",
        "digits of another script": good.translate({ord(str(n)): chr(0x0660 + n) for n in range(10)}),
        "no number": "t=nan",
        "infinity": "t=inf",
        "a date": f"t={datetime.fromtimestamp(seconds, UTC).isoformat()}",
    }


@pytest.mark.parametrize("case", written_wrongly())
def test_whatever_else_stands_in_the_header_is_no_stamp(settings, case):
    settings.MYPART = ONE_PROXY
    before = timezone.now()
    assert before <= told(written_wrongly()[case]) <= timezone.now()


@pytest.mark.parametrize("away", [timedelta(seconds=2), -BOUND - timedelta(seconds=1), -timedelta(days=3)])
def test_a_stamp_that_cannot_be_is_not_believed(settings, away):
    """None lies ahead of our own clock, and no proxy waits longer than the bound."""
    settings.MYPART = ONE_PROXY
    before = timezone.now()
    assert before <= told(stamp(before + away)) <= timezone.now()


def test_where_no_proxy_is_trusted_anybody_may_have_written_the_stamp():
    before = timezone.now()
    assert before <= told(stamp(before - timedelta(seconds=30))) <= timezone.now()


@pytest.mark.parametrize("header", ["X-Queue-Start", "X-Forwarded-Start", "Date", "X-Request-Started"])
def test_the_moment_is_read_from_no_other_header(settings, header):
    settings.MYPART = ONE_PROXY
    before = timezone.now()
    moment = stamp(before - timedelta(seconds=30))
    assert before <= told(moment, name=header) <= timezone.now()


def test_a_view_that_is_asked_later_is_told_the_same_moment():
    at_first, later = seen_by(RequestFactory().post("/", {"title": "x"}))
    assert at_first == later


@pytest.fixture
def host(settings) -> Client:
    settings.ROOT_URLCONF = "tests.core.uploads"
    return Client()


LONG = "Zażółć gęślą jaźń. " * 20_000


@pytest.mark.parametrize("in_memory", [0, 1000, 10_000_000])
def test_forms_and_files_arrive_as_they_were_sent(host, settings, in_memory):
    """Whether a body is kept in memory or on disk."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    file = SimpleUploadedFile("statut.txt", LONG.encode())
    answer = host.post("/taken/", {"title": "Regaty", "statute": file}).json()
    assert answer["fields"] == {"title": "Regaty"}
    assert answer["files"] == {"statute": ["statut.txt", LONG]}
    assert host.post("/body/", LONG, content_type="text/plain").json() == {"body": LONG}
    assert host.post("/taken/", "a=1&b=2", "application/x-www-form-urlencoded").json()["fields"] == {
        "a": "1",
        "b": "2",
    }
    assert host.post("/taken/").json()["fields"] == {}
    assert host.get("/taken/").json()["fields"] == {}


def test_a_request_may_be_read_as_a_file_and_by_way_of_wsgi(host):
    answer = host.post("/lines/", "first\nsecond\nthird", content_type="text/plain").json()
    assert answer == {"first": "first\n", "rest": "second\nthird"}


def test_a_host_may_take_uploads_by_a_handler_of_its_own(host):
    file = SimpleUploadedFile("film.mp4", b"x" * 3_000_000)
    answer = host.post("/counted/", {"title": "Film", "film": file}).json()
    assert answer == {"fields": {"title": "Film"}, "counted": {"film": 3_000_000}}


def test_a_body_over_the_limit_of_the_host_is_still_told(host, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert host.post("/body/", "x" * 1001, content_type="text/plain").json() == {"too big": True}
    assert host.post("/body/", "x" * 1000, content_type="text/plain").json() == {"body": "x" * 1000}


def test_a_very_long_upload_is_not_written_twice_and_is_never_too_early(host, monkeypatch):
    monkeypatch.setattr(middleware, "LONGEST_SPOOLED_BYTES", 1000)
    before = timezone.now()
    file = SimpleUploadedFile("film.txt", b"x" * 2000)
    answer = host.post("/taken/", {"film": file}).json()
    assert answer["files"] == {"film": ["film.txt", "x" * 2000]}
    assert before <= datetime.fromisoformat(answer["arrived_at"])
    at_first, once_read = seen_by(RequestFactory().post("/", {"film": "x" * 2000}))
    assert at_first < once_read


@pytest.mark.parametrize("read", [lambda request: request.POST, lambda request: request.read(3)])
def test_what_a_middleware_of_the_host_has_read_before_is_not_taken_for_a_client_who_hung_up(read):
    request = RequestFactory().post("/", {"title": "Regaty"})
    read(request)
    before = timezone.now()
    assert ArrivalMiddleware(lambda request: HttpResponse())(request).status_code == 200
    assert before <= arrived_at(request) <= timezone.now()


@pytest.mark.django_db  # Closing an answer lets go of old connections.
def test_what_was_kept_on_disk_goes_with_the_answer(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    request = RequestFactory().post("/", {"title": "Regaty"})
    answer = ArrivalMiddleware(lambda request: HttpResponse())(request)
    kept = request.META["wsgi.input"]
    assert not kept.closed
    answer.close()
    assert kept.closed


class HungUp(io.RawIOBase):
    """What a server gives where a client is gone: some say so by an error, some by nothing more to read."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error
        self.rest = b"title=Reg"

    def read(self, size: int = -1) -> bytes:
        given, self.rest = self.rest, b""
        if not given and self.error:
            raise self.error
        return given


@pytest.mark.parametrize("error", [None, OSError("client disconnected"), ConnectionResetError()])
def test_who_hangs_up_while_sending_is_answered_plainly_and_no_view_is_asked(error):
    request = RequestFactory().post("/", {"title": "Regaty"})
    request._stream._read = HungUp(error).read
    asked = []
    answer = ArrivalMiddleware(asked.append)(request)
    assert (answer.status_code, answer.content, asked) == (400, b"", [])


def test_a_full_disk_is_not_said_to_be_the_fault_of_the_client(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
    with pytest.raises(FileNotFoundError):
        ArrivalMiddleware(lambda request: HttpResponse())(RequestFactory().post("/", {"title": "Regaty"}))


# A real gunicorn hands a request over as soon as its head is there.
WORKERS = {"sync": [], "gthread": ["--threads", "4"]}
SERVED = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "sandbox.settings.test"
from django.conf import settings
settings.ROOT_URLCONF = "tests.core.uploads"
settings.MYPART = settings.MYPART | {"TRUSTED_PROXIES": 1}
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


@pytest.fixture(scope="module", params=WORKERS)
def gunicorn(request, tmp_path_factory) -> Iterator[tuple[int, Path]]:
    """Its port and its log."""
    folder = tmp_path_factory.mktemp(f"gunicorn-{request.param}")
    (folder / "served.py").write_text(SERVED)
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "gunicorn", "served:application", "--chdir", folder]
    command += ["--pythonpath", REPOSITORY, "--bind", f"127.0.0.1:{port}", "--worker-class", request.param]
    command += [*WORKERS[request.param], "--no-control-socket"]
    with log.open("wb") as written:
        server = subprocess.Popen(command, cwd=folder, stdout=written, stderr=written)
        try:
            wait_for(lambda: answers(port), "gunicorn to start")
            yield port, log
        finally:
            server.terminate()
            server.wait()


BODY = b"title=Regaty"
HEAD = (
    "POST /taken/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
    f"Content-Length: {len(BODY)}\r\n"
)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        yield connection


def sent(port: int, head: str, before_last: Callable[[], None]) -> dict:
    """The answer to a request whose last byte leaves after ``before_last``."""
    with connected(port) as connection:
        connection.sendall(f"{head}\r\n".encode() + BODY[:-1])
        before_last()
        connection.sendall(BODY[-1:])
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 200"), answer
    return json.loads(answer.partition(b"\r\n\r\n")[2])


@pytest.mark.servers
def test_under_gunicorn_the_last_byte_decides(gunicorn):
    port, _ = gunicorn
    moments = []

    def wait() -> None:
        time.sleep(1)
        moments.append(timezone.now())

    answer = sent(port, HEAD, wait)
    assert answer["fields"] == {"title": "Regaty"}
    assert moments[0] <= datetime.fromisoformat(answer["arrived_at"]) <= timezone.now()


@pytest.mark.servers
def test_under_gunicorn_a_stamp_is_believed_and_a_second_one_is_not(gunicorn):
    port, _ = gunicorn
    moment = milliseconds_ago(5000)
    header = f"X-Request-Start: {stamp(moment)}\r\n"
    answer = sent(port, HEAD + header, lambda: None)
    assert datetime.fromisoformat(answer["arrived_at"]) == moment
    before = timezone.now()
    answer = sent(port, HEAD + header + header, lambda: None)
    assert datetime.fromisoformat(answer["arrived_at"]) >= before


@pytest.mark.servers
def test_under_gunicorn_who_hangs_up_leaves_no_traceback(gunicorn):
    port, log = gunicorn
    with connected(port) as connection:
        connection.sendall(f"{HEAD}\r\n".encode() + BODY[:-1])
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400")
    with connected(port) as connection:
        connection.sendall(f"{HEAD}\r\n".encode() + BODY[:-1])
    assert sent(port, HEAD, lambda: None)["fields"] == {"title": "Regaty"}
    assert "Traceback" not in log.read_text()
