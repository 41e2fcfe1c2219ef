"""A city's deployment: real web processes and workers over one PostgreSQL, one Redis and one mail server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from tests.core.servers import MailServer, running
from tests.deployment.throwaway import answers, free_port, postgres, redis, wait_for

REPOSITORY = Path(__file__).parents[2]
HOSTNAME = "oferty.example.org"
WEB_OPTIONS = ("--trusted-proxy=127.0.0.1", "--trusted-proxy-headers=x-forwarded-proto x-forwarded-for")
# Names the web process that is to answer; only the reverse proxy sees it.
PROCESS = "X-Process"
HIDDEN = re.compile(r'name="(?P<name>csrfmiddlewaretoken|seen)" value="(?P<value>[^"]*)"')


@dataclass
class City:
    """What runs, and how to reach it. ``ports`` are those of the web processes."""

    environment: dict[str, str]
    mail: MailServer
    addresses: dict[str, str] = field(default_factory=dict)
    ports: list[int] = field(default_factory=list)

    def manage(self, *arguments: str) -> str:
        """What a management command prints. If it fails, its words are the error."""
        return self.run("sandbox/manage.py", *arguments)

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=REPOSITORY,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @contextmanager
    def web_process(self, *options: str) -> Iterator[int]:
        """The port of one more web process, behind a proxy that speaks HTTPS to the world."""
        port = free_port()
        listen = f"--listen=127.0.0.1:{port}"
        with self.process("-m", "waitress", listen, *WEB_OPTIONS, *options, "sandbox.wsgi:application"):
            wait_for(lambda: answers(port), "a web process to start")
            yield port

    def worker(self) -> Any:
        """A worker in a process of its own, for as long as the context lasts."""
        return self.process("sandbox/manage.py", "db_worker", "--interval", "0.2", "--no-startup-delay")

    @contextmanager
    def process(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen([sys.executable, *command], cwd=REPOSITORY, env=self.environment)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()

    def mails_about(self, text: str) -> list[str]:
        """Who got mail that holds ``text``, in the order of arrival."""
        found = [mail for mail in self.mail.received if text in mail]
        return [re.search(r"^To: (.*)$", mail, re.MULTILINE)[1].strip() for mail in found]


@contextmanager
def deployed() -> Iterator[City]:
    """Everything as ``docs/how-to/run-on-a-server.md`` says, furnished and running, but no worker yet."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres())
        redis_port = stack.enter_context(redis())
        mail = MailServer()
        mail_port = stack.enter_context(running(mail))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mypart-city-"))
        city = City(_environment(database, redis_port, mail_port, folder), mail)
        city.addresses = json.loads(city.run("-m", "tests.deployment.furnish", HOSTNAME))
        city.ports = [stack.enter_context(city.web_process()) for _ in range(2)]
        yield city


def _environment(database: str, redis_port: int, mail_port: int, folder: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "DJANGO_SETTINGS_MODULE": "sandbox.settings.production",
        "SECRET_KEY": "a-key-of-the-tests-that-is-long-enough-and-has-many-different-letters-0123456789",
        "ALLOWED_HOSTS": HOSTNAME,
        "BASE_URL": f"https://{HOSTNAME}",
        "MYPART_VAR": folder,
        "DATABASE_URL": database,
        "CACHE_URL": f"rediscache://127.0.0.1:{redis_port}/1",
        "RATE_LIMIT_STORAGE": f"redis://127.0.0.1:{redis_port}/0",
        "TRUSTED_PROXIES": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
    }


class ReverseProxy(HTTPAdapter):
    """Takes what comes by HTTPS to a web process, and says so and from where, as the proxy of a city does."""

    def __init__(self, city: City, visitor: str) -> None:
        super().__init__()
        self.city = city
        self.visitor = visitor

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        passed_on = request.copy()
        port = self.city.ports[int(passed_on.headers.pop(PROCESS))]
        passed_on.url = request.url.replace(f"https://{HOSTNAME}", f"http://127.0.0.1:{port}")
        passed_on.headers.update(
            {"Host": HOSTNAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": self.visitor}
        )
        return super().send(passed_on, **options)


class Browser:
    """One person's browser, whose every request may go to another web process."""

    def __init__(self, city: City, address: str = "203.0.113.7") -> None:
        self.session = requests.Session()
        self.session.mount("https://", ReverseProxy(city, visitor=address))
        self.session.headers["Referer"] = f"https://{HOSTNAME}/"

    def get(self, path: str, process: int = 0) -> requests.Response:
        return self._request("GET", path, process)

    def post(self, path: str, data: dict[str, str], process: int = 0) -> requests.Response:
        return self._request("POST", path, process, data=data)

    def fill_in(self, path: str, data: dict[str, str], process: int = 0) -> requests.Response:
        """Open the page with a form, and post it with the hidden values it came with."""
        return self.post(path, self.hidden(path, process) | data, process)

    def hidden(self, path: str, process: int = 0) -> dict[str, str]:
        """Open the page with a form, and tell the hidden values it came with."""
        return {found["name"]: found["value"] for found in HIDDEN.finditer(self.get(path, process).text)}

    def send(self, path: str, body: dict[str, Any], process: int = 0) -> requests.Response:
        """What a script of a page sends."""
        token = {"X-CSRFToken": self.session.cookies["csrftoken"]}
        return self._request("POST", path, process, json=body, headers=token)

    def _request(
        self, method: str, path: str, process: int, headers: dict[str, str] | None = None, **body: Any
    ) -> requests.Response:
        return self.session.request(
            method,
            f"https://{HOSTNAME}{path}",
            headers={PROCESS: str(process)} | (headers or {}),
            allow_redirects=False,
            timeout=60,
            **body,
        )
