"""Small real servers for tests: one takes mail, one tells the time."""

import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail by as little SMTP as is needed. ``received`` holds it; mail to ``refused`` is not taken, and
    that to ``put_off`` not yet. It says ``to_senders`` to whoever begins a mail, hangs up on mail to
    ``hang_up_on``, and takes ``seconds`` to take a mail. After as many mails as its ``quota`` it says
    ``over_quota`` instead.

    While ``answers`` is cleared it keeps everyone waiting who brings a mail, as a server does that is
    overburdened; ``kept_waiting`` counts them.
    """

    daemon_threads = True

    def __init__(self, refused: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _MailSession)
        self.received: list[str] = []
        self.refused = refused
        self.put_off = ""
        self.to_senders = "250 ok"
        self.quota: int | None = None
        self.over_quota = "554 5.7.1 hourly limit exceeded, try again later"
        self.hang_up_on = ""
        self.seconds = 0.0
        self.answers = Event()
        self.answers.set()
        self.kept_waiting = 0

    def is_over_quota(self) -> bool:
        return self.quota is not None and len(self.received) >= self.quota


class _MailSession(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        with suppress(ConnectionError):  # Whoever was kept waiting may be gone.
            self._talk()

    def _talk(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "MAIL" and not self.server.answers.is_set():
                self.server.kept_waiting += 1
                self.server.answers.wait()
            if self.server.hang_up_on and verb == "RCPT" and self.server.hang_up_on in line:
                return None
            if verb == "DATA":
                self._take()
            elif verb == "QUIT":
                return self._say("221 bye")
            elif verb == "MAIL":
                self._say(self.server.to_senders)
            elif verb == "RCPT" and self.server.is_over_quota():
                self._say(self.server.over_quota)
            elif self.server.refused and verb == "RCPT" and self.server.refused in line:
                self._say("550 no such mailbox")
            elif self.server.put_off and verb == "RCPT" and self.server.put_off in line:
                self._say("451 come later")
            else:
                self._say("250 ok")
        return None

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        time.sleep(self.server.seconds)
        self.server.received.append("".join(lines))
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def clock_server(fast_by: timedelta = timedelta()) -> ThreadingHTTPServer:
    """Answers with a ``Date`` that is ``fast_by`` ahead of the machine's clock."""

    class Clock(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:  # noqa: N802
            self.send_response(200)
            self.end_headers()

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(time.time() + fast_by.total_seconds())

        def log_message(self, *args: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Clock)


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[int]:
    """Serve in a thread; gives the port."""
    Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
