"""The remote store: a SPARQL endpoint, asked through SPARQLWrapper.

SPARQLWrapper forms the request (SPARQL 1.1 Protocol, section 2.1.2: a query by URL-encoded POST);
all that it leaves to chance on the way is settled here. An answer is whole and of the right kind,
or it is an error that says what happened: in time, within a number of bytes, from the origin that
was asked, with status 200, in the format that was asked for, not cut.

Nothing is imported that a command without an endpoint does not need.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from kg import __version__, guard
from kg.errors import QueryError, RemoteError, TimeoutExceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import Message
    from http.client import HTTPConnection, HTTPResponse
    from urllib.request import OpenerDirector, Request

    import pyoxigraph as ox
    from SPARQLWrapper import SPARQLWrapper

AGENT = f"innovation-kg/{__version__}"
ROWS = ("application/sparql-results+json", "application/json")
TRIPLES = ("application/n-triples", "text/turtle")
"""What is asked for and taken, the best first. RDF/XML is not: its entities may grow at will."""
BUSY = frozenset((429, 502, 503, 504))
"""Statuses after which a read may be asked again (RFC 9110, section 15; RFC 6585, section 4)."""
FOLLOWED = frozenset((301, 302, 307, 308))
OK = 200
PARTIAL = 206
FIRST_WAIT = 0.2
"""Seconds before the first further try where the server names none; doubled for each one more."""
HOPS = 5
_PIECE = 1 << 16
_MESSAGE = 4096
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Reply(NamedTuple):
    """One answer of a server, read to its end or to the bytes that are wanted of it."""

    status: int
    headers: Message
    body: bytes
    url: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A graph that is asked over HTTP.

    Attributes:
        url: the endpoint's address, http or https, without user name or password.
        default_graph: the IRI of the graph to ask, or none for the endpoint's own default.
        timeout: seconds for an answer in all, with looking up, connecting, tries and waits.
        max_bytes: the longest answer that is taken.
        retries: further tries where the server is busy.
        environment: KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN.
    """

    url: str
    default_graph: str | None = None
    timeout: float = 30.0
    max_bytes: int = 256 * 1024 * 1024
    retries: int = 2
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]:
        """Ask a question in SPARQL.

        Returns:
            As the embedded store: solutions of a SELECT, the boolean of an ASK, triples of a
            CONSTRUCT or DESCRIBE. All has been read and checked.

        Raises:
            QueryError: where the text is no query, is refused here, or by the endpoint as bad.
            TimeoutExceeded: where the answer is not there in time.
            RemoteError: where the endpoint cannot be reached, refuses, or does not answer whole.
        """
        kind = guard.check(text, services=True).kind
        shown = _checked(self.url)
        accept = ROWS if kind in ("select", "ask") else TRIPLES
        exchange = _Exchange(shown, self.max_bytes, self.retries, time.monotonic() + self.timeout)
        client = _client_class()(self.url, agent=AGENT)
        client.prepare(str(kind), accept, exchange.run)
        client.setQuery(text)
        if self.default_graph is not None:
            client.addParameter("default-graph-uri", self.default_graph)
        self._sign(client)
        reply = exchange.within(client.ask, self.timeout)
        _check_reply(reply, shown, accept)
        if accept is ROWS:
            return _rows(reply, shown)
        return _triples(reply, shown)
