"""An exchange with an endpoint: one question sent and its answer read, in time and in bounds.

Redirects are followed within the origin that was asked and nowhere else, so that credentials stay
there; a busy server is asked again while time is left; every failure of the way is an error of its
own.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from kg.errors import KgError, RemoteError, TimeoutExceeded

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message
    from http.client import HTTPConnection, HTTPResponse
    from urllib.request import OpenerDirector, Request
    from urllib.response import addinfourl

BUSY = frozenset((429, 502, 503, 504))
"""After these a read may be asked again (RFC 9110, section 15.6; RFC 6585, section 4)."""
REDIRECTS = frozenset((301, 302, 307, 308))
FIRST_WAIT = 0.2
"""Seconds before asking again where the server names none; twice as many each time after."""
HOPS = 5
THREAD = "kg-endpoint"
"""The name of the thread that waits for an endpoint."""
PORTS = {"http": 80, "https": 443}

_OK, _WHO = 200, 401
_PIECE = 1 << 16
_MESSAGE = 4096
_LINE = 200

Result = TypeVar("Result")


def shown(url: str) -> str:
    """Give an endpoint's address as messages name it: its query string may hold a secret.

    Raises:
        RemoteError: where it is not the address of an endpoint.

    >>> shown("https://data.example:8443/sparql?key=1234")
    'https://data.example:8443/sparql?...'
    """
    try:
        parts = urlsplit(url)
        right = parts.scheme in PORTS and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if not right:
        raise RemoteError("the address of an endpoint begins with http:// or https:// and a host")
    if parts.username is not None:
        raise RemoteError(
            "the address holds a user name; set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD instead"
        )
    if not url.isascii() or not url.isprintable() or " " in url:
        raise RemoteError("the address holds a character that has to be percent-encoded")
    return f"{parts.scheme}://{parts.netloc}{parts.path}{'?...' if parts.query else ''}"


class Exchange:
    """All requests for one answer, up to one deadline.

    Args:
        name: the address as messages name it.
        timeout: seconds in all.
        max_bytes: the longest reply that is taken.
        retries: how often a busy server is asked again.
        answer: gives the `Authorization` that a challenge asks for, empty for none.
    """

    def __init__(
        self,
        name: str,
        timeout: float,
        max_bytes: int,
        retries: int,
        answer: Callable[[Request, Message], str] | None = None,
    ) -> None:
        from threading import Event

        self.name = name
        self.answer = answer
        self.timeout = timeout
        self.max_bytes = max_bytes
        self.retries = retries
        self.deadline = time.monotonic() + timeout
        self.over = Event()
        self.connection: HTTPConnection | None = None
        self.opener = self.make_opener()

    def within(self, job: Callable[[], Result]) -> Result:
        """Do a job in a thread of its own, and leave it there when time is up.

        Looking up a host cannot be broken off, and the time limit of a socket starts anew with
        each byte: only from outside can one deadline be kept.
        """
        from threading import Thread

        results: list[Result] = []
        errors: list[BaseException] = []

        def work() -> None:
            try:
                results.append(job())
            except BaseException as error:  # noqa: BLE001 - raised below, in the caller's thread
                errors.append(error)

        thread = Thread(target=work, name=THREAD, daemon=True)
        thread.start()
        thread.join(self.left())
        if results:
            return results[0]
        if errors:
            raise errors.pop()
        self.hang_up()
        raise self.late()

    def hang_up(self) -> None:
        """Make the thread that was left end soon."""
        from contextlib import suppress
        from socket import SHUT_RDWR

        self.over.set()
        socket = self.connection.sock if self.connection else None
        if socket:
            with suppress(OSError):
                socket.shutdown(SHUT_RDWR)

    def late(self) -> TimeoutExceeded:
        """Say that time is up."""
        return TimeoutExceeded(f"{self.name} gave no whole answer within {self.timeout:g} s")

    def left(self) -> float:
        """Give the seconds that are left.

        Raises:
            TimeoutExceeded: where there are none.
        """
        seconds = self.deadline - time.monotonic()
        if seconds <= 0 or self.over.is_set():
            raise self.late()
        return seconds

    def ask(self, request: Request) -> addinfourl:
        """Send a request, again where the server is busy, and on where it redirects."""
        wait = FIRST_WAIT
        for _ in range(self.retries):
            reply = self.follow(request)
            if reply.status not in BUSY:
                return reply
            seconds = _seconds(reply.headers.get("Retry-After"), wait)
            if seconds >= self.left():
                raise RemoteError(
                    f"{self.name} is busy (status {reply.status}), and to wait {seconds:.1f} s more"
                    f" would be too long"
                )
            self.over.wait(seconds)
            wait *= 2
        return self.follow(request)

    def follow(self, request: Request) -> addinfourl:
        """Send a request, and on within its origin: elsewhere, credentials would leak."""
        from urllib.request import Request

        for _ in range(HOPS):
            reply = self.challenged(request)
            if reply.status not in REDIRECTS:
                return reply
            place = reply.headers.get("Location", "")
            here, there = _origin(request.full_url), _origin(place, request.full_url)
            if here != there:
                raise RemoteError(
                    f"{here} sends on to another origin, {there}; if that is the endpoint, give its"
                    f" own address"
                )
            place = urljoin(request.full_url, place)
            request = Request(place, request.data, dict(request.headers))  # noqa: S310 - as before
        raise RemoteError(f"{self.name} redirects in a circle")

    def challenged(self, request: Request) -> addinfourl:
        """Send a request, and once more where the server wants to know who asks."""
        from urllib.request import Request

        reply = self.send(request)
        if reply.status == _WHO and self.answer and (value := self.answer(request, reply.headers)):
            headers = dict(request.headers) | {"Authorization": value}
            return self.send(Request(request.full_url, request.data, headers))  # noqa: S310 - as before
        return reply

    def send(self, request: Request) -> addinfourl:
        """Send one request and read its answer; of one that is no success, only the beginning."""
        from http.client import HTTPException
        from io import BytesIO
        from urllib.response import addinfourl

        try:
            with self.opener.open(request, timeout=self.left()) as response:
                body = self.read(response)
                return addinfourl(BytesIO(body), response.headers, response.url, response.status)
        except (OSError, HTTPException, UnicodeError) as error:
            raise _failure(error, self) from None

    def read(self, response: HTTPResponse) -> bytes:
        """Read a reply's body, within the bound of bytes; of an error's, its beginning."""
        most = self.max_bytes if response.status == _OK else _MESSAGE
        length = response.length
        body = bytearray()
        while piece := response.read1(_PIECE):
            self.left()
            body += piece
            if len(body) > most:
                break
        if response.status != _OK:
            return bytes(body[:most])
        if len(body) > most or (length or 0) > most:
            raise RemoteError(f"{self.name} answers with more than {most:,} bytes; ask for less")
        if length is not None and len(body) < length:
            raise RemoteError(f"{self.name} broke off its answer: {len(body):,} of {length:,} bytes came")
        return bytes(body)

    def make_opener(self) -> OpenerDirector:
        """Make an opener that leaves every status to us, and tells which connection it uses.

        It is this exchange's own: one that is installed would change the whole process.
        """
        from http.client import HTTPConnection, HTTPSConnection
        from ssl import create_default_context
        from urllib.request import AbstractHTTPHandler, OpenerDirector, ProxyHandler

        def kept(kind: type[HTTPConnection]) -> Callable[..., HTTPConnection]:
            def connect(host: str, **options: object) -> HTTPConnection:
                self.connection = kind(host, **options)  # type: ignore[arg-type]
                return self.connection

            return connect

        class Handler(AbstractHTTPHandler):
            http_request = https_request = AbstractHTTPHandler.do_request_

            def http_open(self, request: Request) -> HTTPResponse:
                return self.do_open(kept(HTTPConnection), request)

            def https_open(self, request: Request) -> HTTPResponse:
                context = create_default_context()
                return self.do_open(kept(HTTPSConnection), request, context=context)

        opener = OpenerDirector()
        opener.add_handler(ProxyHandler())
        opener.add_handler(Handler())
        return opener


def _seconds(retry_after: str | None, otherwise: float) -> float:
    """Read a Retry-After, in seconds or as a date (RFC 9110, section 10.2.3).

    >>> _seconds("2", 0.5), _seconds(None, 0.5), _seconds("soon", 0.5)
    (2.0, 0.5, 0.5)
    """
    from email.utils import parsedate_to_datetime

    if retry_after is None:
        return otherwise
    if retry_after.isascii() and retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return otherwise


def _origin(url: str, base: str = "") -> str:
    """Give the scheme, host and port of a URL (RFC 6454, section 4).

    >>> _origin("/other", "https://name:secret@Data.Example/sparql")
    'https://data.example:443'
    """
    try:
        parts = urlsplit(urljoin(base, url))
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return "an address that is none"
    return plain(f"{parts.scheme}://{parts.hostname}:{port}")


def _failure(error: Exception, exchange: Exchange) -> KgError:
    """Say what happened on the way, as far as people can do something about it."""
    from http.client import HTTPException, IncompleteRead
    from socket import gaierror
    from ssl import SSLError
    from urllib.error import URLError

    name = exchange.name
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
    match error:
        case KgError():
            return error
        case TimeoutError():
            return exchange.late()
        case gaierror() | UnicodeError():  # the latter of a name that cannot be looked up at all
            text = f"{name}: no host of that name is known"
        case ConnectionRefusedError():
            text = f"{name}: nothing listens at that address (connection refused)"
        case SSLError():
            text = f"{name}: no secure connection: {plain(str(error.reason or error))}"
        case IncompleteRead():
            text = f"{name} broke off its answer: the connection ended"
        case ConnectionError():
            text = f"{name} closed the connection before it answered"
        case HTTPException():
            text = f"{name} does not answer in HTTP ({type(error).__name__})"
        case _:
            text = f"{name} cannot be reached: {plain(str(error))}"
    return RemoteError(text)


def plain(text: str) -> str:
    r"""Make one line of what a server says, without what could upset a terminal.

    >>> plain("bad \x1b[31mquery\n at 1:1")
    'bad [31mquery at 1:1'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LINE]


def unreadable(name: str, error: Exception) -> RemoteError:
    """Say that an answer broke off or cannot be read."""
    return RemoteError(f"{name} broke off or garbled its answer: {plain(str(error))}")


def incomplete(name: str, why: str) -> RemoteError:
    """Say that an answer is not whole, and how that shows."""
    return RemoteError(f"incomplete answer: {name} {why}; ask for less, or in parts, with a FILTER for each")
