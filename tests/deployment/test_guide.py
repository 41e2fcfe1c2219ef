"""The configuration of nginx in the guide, run to the letter: only addresses, files and ports are others."""

import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.core.management import call_command

from mypart_wagtail.conf import DEFAULTS
from mypart_wagtail.middleware import parse_stamp
from tests.core.servers import running
from tests.deployment.city import HOSTNAME
from tests.deployment.nginx import guide_configuration, guide_site, nginx
from tests.deployment.throwaway import free_port, missing

pytestmark = pytest.mark.servers

UNKNOWN_YET = (
    "Nie wiemy jeszcze, czy oferta dotarła. Nie wysyłaj drugi raz; za chwilę zobaczysz to w »Moje oferty«"
    " i w e-mailu."
)


class WebProcess(ThreadingHTTPServer):
    """Stands for one: keeps the heads and the sizes of what it gets, and answers when it is let."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Answer)
        self.heads: list[dict[str, str]] = []
        self.sizes: list[int] = []
        self.answers = threading.Event()
        self.answers.set()


class _Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heads.append(dict(self.headers))
        self.server.sizes.append(len(body))
        self.server.answers.wait(30)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"taken")

    do_GET = do_POST  # noqa: N815

    def log_message(self, *args: object) -> None:
        pass


@dataclass
class Guide:
    """nginx as the guide sets it up, and what it serves."""

    folder: Path
    http: int
    https: int
    process: WebProcess
    process_port: int

    def ask(self, method: str, path: str, **options) -> requests.Response:
        return requests.request(
            method,
            f"https://127.0.0.1:{self.https}{path}",
            verify=str(self.folder / "fullchain.pem"),
            allow_redirects=False,
            timeout=60,
            headers={"Host": HOSTNAME} | options.pop("headers", {}),
            **options,
        )


@pytest.fixture
def guide(tmp_path) -> Iterator[Guide]:
    if packages := missing():
        pytest.fail(f"These tests start servers of their own. Please install: {' '.join(packages)}")
    http, https, port = (free_port() for _ in range(3))
    impatient = {"proxy_read_timeout 90s;": "proxy_read_timeout 1s;"}
    site = guide_site(tmp_path, http=http, https=https, web_process=port, changes=impatient)
    call_command("mypart_no_answer_page", tmp_path / "no-answer.html", verbosity=0)
    process = WebProcess(port)
    with running(process), nginx(site, http, https):
        yield Guide(tmp_path, http, https, process, port)


def test_the_proxy_gives_up_before_its_stamp_is_no_longer_believed():
    """It may wait three times: for a connection, to hand the request on, and for the answer."""
    patience = dict(re.findall(r"proxy_(connect|send|read)_timeout (\d+)s;", guide_configuration()))
    assert len(patience) == 3
    assert sum(map(int, patience.values())) < DEFAULTS["ARRIVAL_BOUND"] == settings.MYPART["ARRIVAL_BOUND"]


def test_http_is_sent_on_to_https(guide):
    answer = requests.get(
        f"http://127.0.0.1:{guide.http}/oferty/?a=1",
        headers={"Host": HOSTNAME},
        allow_redirects=False,
        timeout=30,
    )
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{HOSTNAME}/oferty/?a=1")


def test_what_a_visitor_says_of_himself_is_replaced(guide):
    """Also what he says of the moment."""
    forged = {
        "X-Forwarded-For": "198.51.100.1",
        "X-Forwarded-Proto": "http",
        "X-Request-Start": "t=1700000000.000",
    }
    before = time.time()
    assert guide.ask("POST", "/", data="x", headers=forged).text == "taken"
    [head] = guide.process.heads
    assert (head["X-Forwarded-For"], head["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert head["Host"] == HOSTNAME
    assert before - 0.5 <= parse_stamp(head["X-Request-Start"]).timestamp() <= time.time()


def test_the_stamp_is_of_the_last_byte(guide):
    context = ssl.create_default_context(cafile=guide.folder / "fullchain.pem")
    with (
        socket.create_connection(("127.0.0.1", guide.https), timeout=30) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as connection,
    ):
        connection.sendall(f"POST / HTTP/1.1\r\nHost: {HOSTNAME}\r\nContent-Length: 2\r\n\r\nx".encode())
        time.sleep(1.5)
        last_byte = time.time()
        connection.sendall(b"x")
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
    [head] = guide.process.heads
    assert parse_stamp(head["X-Request-Start"]).timestamp() >= last_byte - 0.5


def test_ten_megabytes_come_through_and_no_more(guide):
    most = 10 * 1024 * 1024
    assert guide.ask("POST", "/", data=b"x" * most).status_code == 200
    assert guide.process.sizes == [most]
    assert guide.ask("POST", "/", data=b"x" * (most + 1)).status_code == 413


def test_what_people_uploaded_can_do_nothing_and_private_files_are_not_served(guide):
    for folder in ("media", "private"):
        (guide.folder / folder).mkdir()
        (guide.folder / folder / "page.html").write_text("<script>alert(1)</script>")
    uploaded = guide.ask("GET", "/media/page.html")
    assert uploaded.headers["Content-Security-Policy"] == "sandbox"
    assert uploaded.headers["X-Content-Type-Options"] == "nosniff"
    assert "alert" in uploaded.text
    assert guide.ask("GET", "/media/../private/page.html").text == "taken"
    assert guide.ask("GET", "/media/%2e%2e/private/page.html").text == "taken"
    assert guide.ask("GET", "/media../private/page.html").text == "taken"


def test_who_waits_in_vain_is_told_what_is_known_and_the_request_is_still_there(guide):
    guide.process.answers.clear()
    answer = guide.ask("POST", "/oferty/zloz/", data="x" * 100)
    answer.encoding = "utf-8"
    assert (answer.status_code, answer.headers["Cache-Control"]) == (504, "no-store")
    assert UNKNOWN_YET in answer.text
    assert "Do not send it again" in answer.text
    guide.process.answers.set()
    assert guide.process.sizes == [100]
    assert guide.ask("GET", "/").text == "taken"


def test_who_finds_nobody_is_told_the_same(guide):
    guide.process.shutdown()
    guide.process.server_close()
    answer = guide.ask("POST", "/oferty/zloz/", data="x")
    answer.encoding = "utf-8"
    assert answer.status_code == 502
    assert UNKNOWN_YET in answer.text


def test_the_page_has_no_address_of_its_own(guide):
    assert guide.ask("GET", "/no-answer.html").status_code == 404
