"""A PostgreSQL and a Redis of one's own, made from the installed programs and gone afterwards.

Nothing that already runs on the machine is touched, and no password is needed. Also a command::

    python -m tests.deployment.throwaway --missing      # name what is not installed; ends with 1 if there is
    python -m tests.deployment.throwaway pytest -n 2    # with DATABASE_URL of a PostgreSQL of its own
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# Debian keeps the programs of each version of PostgreSQL off the path.
DEBIAN = Path("/usr/lib/postgresql")
# People who are not root may not have the programs of the system on their path.
SYSTEM = "/usr/sbin"
PACKAGES = {
    "initdb": "postgresql",
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "nginx": "nginx",
}
PATIENCE = 120
# Nothing in it is worth keeping, so nothing waits for the disk.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find(program: str) -> str | None:
    """The path of ``program``, of its newest version."""
    versions = sorted(DEBIAN.glob(f"*/bin/{program}"), key=lambda path: float(path.parent.parent.name))
    found = shutil.which(program) or shutil.which(program, path=SYSTEM)
    return found or (str(versions[-1]) if versions else None)


def missing() -> list[str]:
    """Debian's packages of the programs that are not installed."""
    return sorted({package for program, package in PACKAGES.items() if find(program) is None})


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def wait_for(ready: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Until ``ready`` gives something true. Raises ``TimeoutError`` naming ``what`` was waited for."""
    until = time.monotonic() + patience
    while not ready():
        if time.monotonic() > until:
            raise TimeoutError(f"Waited {patience} s in vain: {what}")
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def redis() -> Iterator[int]:
    """The port of a Redis that keeps nothing on disk."""
    port = free_port()
    command = [find("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: answers(port), "Redis to start")
        yield port
    finally:
        server.terminate()
        server.wait()


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database, in the notation of ``DATABASE_URL``."""
    folder = Path(tempfile.mkdtemp(prefix="mypart-postgres-"))
    # PostgreSQL refuses to be run by root, as it would be in a container.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    port = free_port()
    options = ["-c", "listen_addresses=127.0.0.1", "-p", str(port), "-k", str(folder)]
    options += [word for setting in CARELESS for word in ("-c", setting)]
    try:
        _run([find("initdb"), "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"], user)
        server = subprocess.Popen(
            [find("postgres"), "-D", folder / "data", *options],
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(lambda: answers(port), "PostgreSQL to start")
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait()
    finally:
        shutil.rmtree(folder)


def _run(command: list[object], user: str | None) -> None:
    done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")


def main(arguments: list[str]) -> int:
    if arguments == ["--missing"]:
        print(*missing())  # noqa: T201
        return int(bool(missing()))
    with postgres() as address:
        return subprocess.run(arguments, env=os.environ | {"DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
