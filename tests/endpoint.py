"""A SPARQL endpoint for tests, on loopback: it answers as it is told to, also wrongly."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message
    from types import TracebackType

JSON = "application/sparql-results+json"


def rows(*values: str) -> bytes:
    """Write a result with one column, `x`, in SPARQL's JSON."""
    bindings = [{"x": {"type": "literal", "value": value}} for value in values]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()


@dataclass(frozen=True)
class Reply:
    """What the endpoint says to one request.

    Attributes:
        status: the status.
        body: the bytes of the answer.
        headers: headers besides the length; a content type for results unless they name one.
        length: the length that it claims; the true one unless given, none where negative.
        pause: seconds between two bytes of the body.
        slow_head: whether the pause is between the bytes of the status line already.
        silent: whether it says nothing at all, until the test is over.
    """

    status: int = 200
    body: bytes = rows("a", "b")
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    pause: float = 0.0
    slow_head: bool = False
    silent: bool = False


@dataclass(frozen=True)
class Asked:
    """A request that arrived."""

    method: str
    path: str
    headers: Message
    form: Mapping[str, list[str]]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, replies: tuple[Reply, ...]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = list(replies)
        self.asked: list[Asked] = []
        self.over = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: that a client hangs up is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        """Answer with the next reply; the last one stands for all that follow."""
        length = int(self.headers.get("Content-Length", 0))
        form = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        server = self.server
        server.asked.append(Asked(self.command, self.path, self.headers, form))
        reply = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
        if reply.silent:
            server.over.wait(10)
            return
        if reply.slow_head:
            self._drip(b"HTTP/1.0 200 OK\r\nX-Padding: " + b"x" * 1000, reply.pause)
            return
        self.send_response(reply.status)
        headers = {"Content-Type": JSON} | dict(reply.headers)
        if reply.length is None or reply.length >= 0:
            headers["Content-Length"] = str(len(reply.body) if reply.length is None else reply.length)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.pause:
            self._drip(reply.body, reply.pause)
        else:
            self.wfile.write(reply.body)

    def do_GET(self) -> None:
        """Answer likewise: a test sees from the method that something is wrong."""
        self.do_POST()

    def _drip(self, data: bytes, pause: float) -> None:
        for byte in data:
            self.wfile.write(bytes((byte,)))
            self.wfile.flush()
            if self.server.over.wait(pause):
                return

    def log_message(self, *_: object) -> None:
        """Log nothing."""


class Stub:
    """An endpoint that gives its replies in turn, and keeps what it was asked.

    Used as a context manager; it listens on 127.0.0.1 alone, at a port that was free.
    """

    def __init__(self, *replies: Reply) -> None:
        self._server = _Server(replies or (Reply(),))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.origin}/sparql"

    @property
    def asked(self) -> list[Asked]:
        """The requests that arrived, in their order."""
        return self._server.asked

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and let go of the clients that still wait."""
        self._server.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
