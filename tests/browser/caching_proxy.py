"""A shared cache before a server, as a city may run one: it keeps what HTTP lets it keep, for all visitors.

It obeys ``Cache-Control: no-store`` and ``private``, ``Set-Cookie`` and ``Vary``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}

Answer = tuple[int, list[tuple[str, str]], bytes]


class CachingProxy(ThreadingHTTPServer):
    """Give pages of ``origin``, each fetched once for all whose requests agree on what it varies by."""

    daemon_threads = True

    def __init__(self, origin: str) -> None:
        super().__init__(("localhost", 0), _Handler)
        self.origin = urlsplit(origin).netloc
        self.varies: dict[str, list[str]] = {}
        self.kept: dict[tuple[str, ...], Answer] = {}
        self.hits: list[str] = []

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"

    def key(self, path: str, headers: HTTPMessage) -> tuple[str, ...]:
        return (path, *(headers.get(name, "") for name in self.varies.get(path, [])))


class _Handler(BaseHTTPRequestHandler):
    server: CachingProxy

    def do_GET(self) -> None:
        proxy = self.server
        kept = proxy.kept.get(proxy.key(self.path, self.headers))
        if kept:
            proxy.hits.append(self.path)
        self._answer(kept or self._fetch())

    def _fetch(self) -> Answer:
        connection = HTTPConnection(self.server.origin)
        connection.request("GET", self.path, headers={**self.headers, "Connection": "close"})
        response = connection.getresponse()
        headers = [(name, value) for name, value in response.getheaders() if name.lower() not in HOP_BY_HOP]
        answer = (response.status, headers, response.read())
        if response.status == 200 and _may_be_kept(response.headers):
            self.server.varies[self.path] = [
                n.strip() for n in response.headers.get("Vary", "").split(",") if n
            ]
            self.server.kept[self.server.key(self.path, self.headers)] = answer
        return answer

    def _answer(self, answer: Answer) -> None:
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def _may_be_kept(headers: HTTPMessage) -> bool:
    control = headers.get("Cache-Control", "")
    return not ("no-store" in control or "private" in control or "Set-Cookie" in headers)


@contextmanager
def shared_cache(origin: str) -> Iterator[CachingProxy]:
    """The cache, running before ``origin``."""
    proxy = CachingProxy(origin)
    Thread(target=proxy.serve_forever, daemon=True).start()
    yield proxy
    proxy.shutdown()
    proxy.server_close()
