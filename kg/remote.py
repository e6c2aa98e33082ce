"""The remote store: a SPARQL endpoint, asked through SPARQLWrapper.

SPARQLWrapper forms the request (SPARQL 1.1 Protocol, section 2.1.2: a query by URL-encoded POST);
what it leaves to chance on the way is settled here. An answer is whole and of the kind that was
asked for, or an error says what happened: in time, within a number of bytes, from the origin that
was asked, with status 200, in the right format, not cut.

The imports that an endpoint needs stand in the functions: no other command pays for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from kg import __version__, guard
from kg.errors import QueryError, RemoteError
from kg.exchange import BUSY, Exchange, incomplete, plain, shown, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http.client import HTTPResponse
    from urllib.request import Request
    from urllib.response import addinfourl

    import pyoxigraph as ox
    from SPARQLWrapper import SPARQLWrapper

AGENT = f"innovation-kg/{__version__}"
ROWS = ("application/sparql-results+json", "application/json")
TRIPLES = ("application/n-triples", "text/turtle")
"""What is asked for and taken, the best first. RDF/XML is not: its entities grow without bound."""
PAGES = ("text/html", "application/xhtml+xml")

_OK, _PARTIAL, _BAD_QUERY, _WHO, _FORBIDDEN, _NOTHING = 200, 206, 400, 401, 403, 404


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
        exchange = Exchange(name, self.timeout, self.max_bytes, self.retries)
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
            raise incomplete(name, "stopped before it had all")
        return
    if status == _PARTIAL:
        raise incomplete(name, "gave a part only (status 206)")
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
    lines = map(plain, reply.read().decode(errors="replace").splitlines())
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
        raise unreadable(name, error) from None
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
        raise unreadable(name, error) from None
    _check_count(reply, name, len(store))
    return cast("ox.QueryTriples", store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))


def _check_count(reply: addinfourl, name: str, count: int) -> None:
    """Refuse an answer that is as long as the server lets any be: Virtuoso says no more of it."""
    cap = str(reply.headers.get("X-SPARQL-MaxRows", "")).strip()
    if cap.isdecimal() and count >= int(cap) > 0:
        raise incomplete(name, f"gives at most {int(cap):,} rows")
