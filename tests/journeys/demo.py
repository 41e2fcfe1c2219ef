"""The demo as ``make demo`` starts it: prepared once, copied for each journey, with a server of its own."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ADDRESS = "http://127.0.0.1:8000"
"""What people type and what links in mails begin with; each browser is led from there to its own server."""

FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
"""The library that moves the clock of a running program (Debian: faketime)."""

PATIENCE = 60


@dataclass(frozen=True)
class Prepared:
    """A folder with a filled demo, and the words that ``make demo`` has printed about its people."""

    folder: Path
    words: str

    @property
    def password(self) -> str:
        """The one password of all accounts."""
        return re.search(r"each with the password (\S+)", self.words)[1]

    def email_of(self, role: str) -> str:
        """Return the address of the one person who is described with ``role``."""
        found = re.findall(rf"^ +(\S+@\S+) .*{re.escape(role)}", self.words, re.MULTILINE)
        assert len(found) == 1, f"{role}: {found}\n{self.words}"
        return found[0]


def prepare(folder: Path) -> Prepared:
    """Fill the demo in ``folder``, or wait until another process that was quicker has done so."""
    folder.mkdir(exist_ok=True)
    told = folder / "people.txt"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(_make("demo-data", folder / "var"))
    return Prepared(folder / "var", told.read_text())


def _make(target: str, folder: Path) -> str:
    return _run(_command(target), _environment(folder))


def _run(command: list[str], environment: dict[str, str]) -> str:
    """Return what ``command`` prints; fail with all of it where it ends with an error."""
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _command(target: str, **variables: object) -> list[str]:
    given = {"VENV": sys.prefix, "BASE_URL": ADDRESS} | variables
    return ["make", "--no-print-directory", target, *(f"{name}={value}" for name, value in given.items())]


def _environment(folder: Path, **more: str) -> dict[str, str]:
    """Variables of a program of the demo: none of those by which tests of the package are told their own."""
    left_out = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "MAKEFLAGS", "MAKELEVEL")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"MYPART_VAR": str(folder)} | more


class Clock:
    """The clock of a running demo, which a journey may move on. Other programs keep theirs."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ahead = timedelta()
        self._write()

    def forward(self, **time: float) -> None:
        """Move on by so many ``days``, ``hours``, ``minutes``, ``seconds``."""
        self._ahead += timedelta(**time)
        self._write()

    def move_to(self, moment: datetime) -> None:
        """Move to ``moment``, with a time zone; time goes on from there."""
        self._ahead = moment - datetime.now(UTC)
        self._write()

    def _write(self) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(f"+{self._ahead.total_seconds():.0f}\n")
        new.replace(self._file)

    def variables(self) -> dict[str, str]:
        if not FAKETIME:
            return {}
        return {
            "LD_PRELOAD": str(FAKETIME[-1]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


class Demo:
    """A running demo: its people, its clock, and what the machine it runs on does by the clock."""

    def __init__(
        self, prepared: Prepared, folder: Path, port: int, mail_port: int, *, is_clock_moved: bool
    ) -> None:
        self.prepared = prepared
        self.port = port
        self._var = folder / "var"
        shutil.copytree(prepared.folder, self._var)
        self.clock = Clock(folder / "clock")
        self._log = folder / "server.log"
        self._variables = {"EMAIL_URL": f"smtp://127.0.0.1:{mail_port}"}
        if is_clock_moved:  # Not in every demo: with faketime a program's own sleep may fail.
            self._variables |= self.clock.variables()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve until the end of the block."""
        with self._log.open("w") as log:
            server = subprocess.Popen(
                _command("demo-server", PORT=self.port, RUNSERVER="--noreload"),
                cwd=REPOSITORY,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait(server)
            yield
        finally:
            with suppress(ProcessLookupError):  # It ended by itself, and its words tell why.
                os.killpg(server.pid, signal.SIGTERM)
            server.wait()
            self._wait_until_it_is_gone()

    def run_by_the_clock(self, command: str) -> str:
        """Run a command that the guide wants run every few minutes, as the machine's timer does."""
        return _run([sys.executable, "sandbox/manage.py", command], self._environment())

    def _environment(self) -> dict[str, str]:
        return _environment(self._var, BASE_URL=ADDRESS, **self._variables)

    def _wait(self, server: subprocess.Popen) -> None:
        until = time.monotonic() + PATIENCE
        while not _answers(self.port):
            assert server.poll() is None, self._log.read_text()
            assert time.monotonic() < until, self._log.read_text()
            time.sleep(0.1)

    def _wait_until_it_is_gone(self) -> None:
        """``make`` may end before the server that it started, whose port the next demo gets."""
        until = time.monotonic() + PATIENCE
        while _answers(self.port):
            assert time.monotonic() < until, "The server of the demo does not end."
            time.sleep(0.05)


@contextmanager
def reserved_port() -> Iterator[int]:
    """A port that is given to nobody who asks for any, and on which a server may listen all the same."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", 0))
        yield sock.getsockname()[1]


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _answers(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0
