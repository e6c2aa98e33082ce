"""The remote store: a SPARQL endpoint, asked through SPARQLWrapper.

SPARQLWrapper forms the request (SPARQL 1.1 Protocol, section 2.1.2: a query by URL-encoded POST);
what it leaves to chance on the way is settled here. An answer is whole and of the kind that was
asked for, or an error says what happened: in time, within a number of bytes, from the origin that
was asked, with status 200, in the right format, not cut.

The imports that an endpoint needs stand in the functions: no other command pays for them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urljoin, urlsplit

from kg import __version__, guard
from kg.errors import KgError, QueryError, RemoteError, TimeoutExceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http.client import HTTPConnection, HTTPResponse
    from urllib.request import OpenerDirector, Request
    from urllib.response import addinfourl

    import pyoxigraph as ox
    from SPARQLWrapper import SPARQLWrapper

AGENT = f"innovation-kg/{__version__}"
ROWS = ("application/sparql-results+json", "application/json")
TRIPLES = ("application/n-triples", "text/turtle")
"""What is asked for and taken, the best first. RDF/XML is not: its entities grow without bound."""
BUSY = frozenset((429, 502, 503, 504))
"""After these a read may be asked again (RFC 9110, section 15.6; RFC 6585, section 4)."""
REDIRECTS = frozenset((301, 302, 307, 308))
FIRST_WAIT = 0.2
"""Seconds before asking again where the server names none; twice as many each time after."""
HOPS = 5
THREAD = "kg-endpoint"
"""The name of the thread that waits for an endpoint."""
PORTS = {"http": 80, "https": 443}
PAGES = ("text/html", "application/xhtml+xml")

_OK, _PARTIAL, _BAD_QUERY, _WHO, _FORBIDDEN, _NOTHING = 200, 206, 400, 401, 403, 404
_PIECE = 1 << 16
_MESSAGE = 4096
_LINE = 200

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A graph that is asked over HTTP.

    Attributes:
        url: the endpoint's address, http or https, without user name and password.
        default_graph: the IRI of the graph to ask; none for the endpoint's own default.
        timeout: seconds for an answer in all: looking up, connecting, reading, asking again.
        max_bytes: the longest answer that is taken.
        retries: how often a busy endpoint is asked again.
        environ: KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN, where needed.
    """

    url: str
    default_graph: str | None = None
    timeout: float = 30.0
    max_bytes: int = 1 << 28
    retries: int = 2
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)

    def query(self, text: str, /) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Ask a question in SPARQL.

        Returns:
            What the embedded store returns; all of it has been read and checked.

        Raises:
            QueryError: where the text is not a query, or the endpoint says that it is a bad one.
            TimeoutExceeded: where the answer is not there in time.
            RemoteError: where the endpoint cannot be reached, refuses, or does not answer whole.
        """
        kind = guard.check(text, services=True).kind
        name = shown(self.url)
        accept = ROWS if kind in ("select", "ask") else TRIPLES
        exchange = _Exchange(name, self.timeout, self.max_bytes, self.retries)
        client = _client(self.url, str(kind), accept, exchange.ask)
        client.setQuery(text)
        if self.default_graph:
            client.addParameter("default-graph-uri", self.default_graph)
        signed = _sign(client, self.environ)
        reply = cast("addinfourl", exchange.within(client.query).response)
        _check_status(reply, name, signed=signed)
        _check_type(reply, name, accept)
        if accept is ROWS:
            return _rows(reply, name, boolean=kind == "ask")
        return _triples(reply, name)


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


def _client(
    url: str, kind: str, accept: tuple[str, ...], ask: Callable[[Request], addinfourl]
) -> SPARQLWrapper:
    """Make the SPARQLWrapper of one question.

    Its own opener is not used: that follows redirects with the credentials in hand, and waits for
    ever. Its own guess of a query's kind is not either: a comment misleads it.
    """
    from SPARQLWrapper import POST, SPARQLWrapper

    class Client(SPARQLWrapper):
        def _parseQueryType(self, _query: str) -> str:  # noqa: N802 - the name is SPARQLWrapper's
            return kind.upper()

        def _getAcceptHeader(self) -> str:  # noqa: N802 - likewise
            return f"{accept[0]}, {accept[1]};q=0.9"

        def _query(self) -> tuple[HTTPResponse, str]:
            return cast("HTTPResponse", ask(self._createRequest())), self.returnFormat

    client = Client(url, agent=AGENT)
    client.setMethod(POST)
    # Else it adds three parameters that name a format, and some servers heed them wrongly.
    client.setOnlyConneg(onlyConneg=True)
    return client


def _sign(client: SPARQLWrapper, environ: Mapping[str, str]) -> bool:
    """Add the credentials that the environment holds, and tell whether there are any.

    Raises:
        RemoteError: where they are incomplete, or cannot stand in a header.
    """
    user, password, token = (environ.get(f"KG_ENDPOINT_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
    if token and (user or password):
        raise RemoteError("set KG_ENDPOINT_TOKEN, or KG_ENDPOINT_USER and its password, not both")
    if bool(user) != bool(password):
        raise RemoteError("of KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD only one is set")
    if ":" in user:
        raise RemoteError("KG_ENDPOINT_USER holds a colon; basic authentication has no room for it")
    if token:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise RemoteError("KG_ENDPOINT_TOKEN holds a character that no token has")
        client.addCustomHttpHeader("Authorization", f"Bearer {token}")
    elif user:
        client.setCredentials(user, password)
    return bool(token or user)


class _Exchange:
    """All requests for one answer, up to one deadline."""

    def __init__(self, name: str, timeout: float, max_bytes: int, retries: int) -> None:
        from threading import Event

        self.name = name
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
        thread.join(self.timeout)
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
            reply = self.send(request)
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

    def send(self, request: Request) -> addinfourl:
        """Send one request and read its answer; of one that is no success, only the beginning."""
        from http.client import HTTPException
        from io import BytesIO
        from urllib.response import addinfourl

        try:
            with self.opener.open(request, timeout=self.left()) as response:
                body = self.read(response)
                return addinfourl(BytesIO(body), response.headers, response.url, response.status)
        except (OSError, HTTPException) as error:
            raise _failure(error, self) from None

    def read(self, response: HTTPResponse) -> bytes:
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
    return _plain(f"{parts.scheme}://{parts.hostname}:{port}")


def _failure(error: Exception, exchange: _Exchange) -> KgError:
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
        case gaierror():
            text = f"{name}: no host of that name is known"
        case ConnectionRefusedError():
            text = f"{name}: nothing listens at that address (connection refused)"
        case SSLError():
            text = f"{name}: no secure connection: {error.reason or error}"
        case IncompleteRead():
            text = f"{name} broke off its answer: the connection ended"
        case ConnectionError():
            text = f"{name} closed the connection before it answered"
        case HTTPException():
            text = f"{name} does not answer in HTTP ({type(error).__name__})"
        case _:
            text = f"{name} cannot be reached: {error}"
    return RemoteError(_plain(text))


def _plain(text: str) -> str:
    r"""Make one line of what a server says, without what could upset a terminal.

    >>> _plain("bad \x1b[31mquery\n at 1:1")
    'bad [31mquery at 1:1'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LINE]


def _unreadable(name: str, error: Exception) -> RemoteError:
    return RemoteError(f"{name} broke off or garbled its answer: {_plain(str(error))}")


def _incomplete(name: str, why: str) -> RemoteError:
    return RemoteError(f"incomplete answer: {name} {why}; ask for less, or in parts")


def _check_status(reply: addinfourl, name: str, *, signed: bool) -> None:
    """Refuse all but a whole success (SPARQL 1.1 Protocol, section 2.1.6).

    Raises:
        QueryError: where the query is to blame.
        RemoteError: otherwise.
    """
    status = reply.status or 0
    if status == _OK:
        if "X-SQL-State" in reply.headers:
            # Virtuoso's word for an answer that it stopped half-way, with status 200.
            raise _incomplete(name, "stopped before it had all")
        return
    if status == _PARTIAL:
        raise _incomplete(name, "gave a part only (status 206)")
    said = _message(reply)
    if status == _BAD_QUERY:
        raise QueryError(f"{name} takes this for a bad query{said}")
    if status == _WHO:
        variables = "KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN"
        raise RemoteError(
            f"{name} does not accept the credentials in {variables} (status 401)"
            if signed
            else f"{name} asks who you are (status 401): set {variables}"
        )
    if status == _FORBIDDEN:
        raise RemoteError(f"{name} does not allow this (status 403){said}")
    if status == _NOTHING:
        raise RemoteError(f"{name}: there is nothing at that address (status 404)")
    if status in BUSY:
        raise RemoteError(f"{name} is busy, after all tries (status {status}){said}")
    raise RemoteError(f"{name} answered with status {status}{said}")


def _message(reply: addinfourl) -> str:
    """Give the first line of what a server says; of a web page, nothing."""
    if _type(reply) in PAGES:
        return ""
    lines = map(_plain, reply.read().decode(errors="replace").splitlines())
    return next((f": {line}" for line in lines if line), "")


def _type(reply: addinfourl) -> str:
    return str(reply.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _check_type(reply: addinfourl, name: str, accept: tuple[str, ...]) -> None:
    found = _type(reply)
    if found in PAGES:
        raise RemoteError(f"{name} answered with a web page, not with data; is the address right?")
    if found not in accept:
        raise RemoteError(f"{name} answered with {found!a}, not with {accept[0]}")


def _rows(reply: addinfourl, name: str, *, boolean: bool) -> ox.QuerySolutions | ox.QueryBoolean:
    """Read SPARQL results in JSON: all of them first, so that a cut or garbled answer shows."""
    import pyoxigraph as ox

    body = reply.read()
    try:
        if b"nodeID://" in body:
            body = _renamed(body)
        count = _count(body)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise _unreadable(name, error) from None
    if boolean != (count is None):
        raise RemoteError(f"{name} answered another kind of question than was asked")
    _check_count(reply, name, count or 0)
    return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)


def _count(body: bytes) -> int | None:
    """Count the rows of results; a boolean has none.

    No variable holds the solutions: a traceback would keep them, and they may be let go of by the
    thread alone that made them.

    Raises:
        SyntaxError: where they are no results in JSON.
        ValueError: where they are no JSON.
    """
    import json
    from collections import deque

    import pyoxigraph as ox

    form = ox.QueryResultsFormat.JSON
    if isinstance(ox.parse_query_results(body, form), ox.QueryBoolean):
        # The parser stops where it knows the answer, and does not see what follows.
        json.loads(body)
        return None
    last = deque(enumerate(iter(cast("ox.QuerySolutions", ox.parse_query_results(body, form))), 1), maxlen=1)
    return last[0][0] if last else 0


def _renamed(body: bytes) -> bytes:
    """Rename the blank nodes of results as Virtuoso writes them: `nodeID://b1` is no label."""
    import json

    def plain(term: dict[str, object]) -> dict[str, object]:
        if term.get("type") == "bnode":
            term["value"] = str(term.get("value")).removeprefix("nodeID://")
        return term

    return json.dumps(json.loads(body, object_hook=plain)).encode()


def _triples(reply: addinfourl, name: str) -> ox.QueryTriples:
    """Read a graph, all of it; it goes through a store, as only a store makes such a result."""
    import pyoxigraph as ox

    form = ox.RdfFormat.from_media_type(_type(reply))
    store = ox.Store()
    try:
        store.bulk_load(reply.read(), format=form, base_iri=name.removesuffix("?..."))
    except (SyntaxError, ValueError) as error:
        raise _unreadable(name, error) from None
    _check_count(reply, name, len(store))
    return cast("ox.QueryTriples", store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))


def _check_count(reply: addinfourl, name: str, count: int) -> None:
    """Refuse an answer that is as long as the server lets any be: Virtuoso says no more of it."""
    cap = str(reply.headers.get("X-SPARQL-MaxRows", "")).strip()
    if cap.isdecimal() and count >= int(cap) > 0:
        raise _incomplete(name, f"gives at most {int(cap):,} rows")
