"""The remote store: a SPARQL endpoint, asked through SPARQLWrapper.

SPARQLWrapper forms the request (SPARQL 1.1 Protocol, section 2.1.2: a query by URL-encoded POST);
what it leaves to chance on the way is settled here. An answer is whole and of the kind that was
asked for, or an error says what happened: in time, within a number of bytes, from the origin that
was asked, with status 200, in the right format, not cut.

The imports that an endpoint needs stand in the functions: no other command pays for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from kg import __version__, completeness, credentials, engines, guard, replies
from kg.errors import KgError, QueryError, RemoteError, TimeoutExceeded
from kg.exchange import Exchange, incomplete, shown
from kg.iris import ID_BASE, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http.client import HTTPResponse
    from urllib.request import Request
    from urllib.response import addinfourl

    import pyoxigraph as ox
    from SPARQLWrapper import SPARQLWrapper

AGENT = f"innovation-kg/{__version__}"
MOST_DATA_SETS = 100
"""Data sets that are looked at for an id base."""

_OWN = re.compile(r"(.*/)dataset/[^/]+")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A graph that is asked over HTTP.

    Attributes:
        url: the endpoint's address, http or https, without user name and password.
        default_graph: the IRI of the graph to ask; none for what the engine's profile names, and
            where it names none, or this is empty, for the endpoint's own default.
        named_graphs: the IRIs of the graphs that GRAPH ranges over; empty for the endpoint's own.
        engine: what kind of server it is.
        timeout: seconds for an answer in all: looking up, connecting, reading, asking again.
        max_bytes: the longest answer that is taken.
        retries: how often a busy endpoint is asked again.
        environ: KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN, or NETRC or HOME
            for a netrc file, where needed.
    """

    url: str
    default_graph: str | None = None
    named_graphs: tuple[str, ...] = ()
    engine: engines.Engine = engines.GENERIC
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
        kind = str(guard.check(text, services=True).kind)
        name = shown(self.url)
        known = credentials.read(self.environ, self.url)
        try:
            return self._answer(text, kind, name, known)
        except KgError as error:
            raise type(error)(known.masked(str(error), self.url)) from None

    def _answer(
        self, text: str, kind: str, name: str, known: credentials.Credentials
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """Ask, and give what is proved to be the whole answer to this question."""
        exchange = Exchange(name, self.timeout, self.max_bytes, self.retries, known.digest)
        reply, taken = self._ask(exchange, text, kind, known)
        engine = engines.recognised(str(reply.headers.get("Server", "")), self.engine)
        announced = str(reply.headers.get("X-SPARQL-MaxRows", "")).strip()
        limit = completeness.doubt(kind, taken.count, announced, engine)
        if limit:
            self._prove(exchange, known, text, kind, engine, taken.count, limit)
        return taken.give()

    def base(self) -> str:
        """Find the id base of the data set that the endpoint's graph describes.

        That is a dcat:Dataset at `<base>dataset/<name>`; of several the tool's own, else the first.
        Where there is none, it is the tool's own.

        Raises:
            KgError: as `query`.
        """
        text = (
            f"SELECT DISTINCT ?set WHERE {{ ?set a <{expand('dcat:Dataset')}> "
            f'FILTER(CONTAINS(STR(?set), "/dataset/")) }} ORDER BY ?set LIMIT {MOST_DATA_SETS}'
        )
        answer = cast("ox.QuerySolutions", self.query(text))
        found = [_OWN.fullmatch(getattr(row["set"], "value", "")) for row in answer]
        bases = [match[1] for match in found if match]
        return ID_BASE if ID_BASE in bases or not bases else bases[0]

    def _ask(
        self, exchange: Exchange, text: str, kind: str, known: credentials.Credentials
    ) -> tuple[addinfourl, replies.Taken]:
        """Send one query, and read what comes."""
        accept = replies.ROWS if kind in ("select", "ask") else replies.TRIPLES
        client = _client(self.url, kind, accept, exchange.ask)
        client.setQuery(text)
        for parameter, graph in self._graphs():
            client.addParameter(parameter, graph)
        if header := known.header(self.engine.access):
            client.addCustomHttpHeader("Authorization", header)
        reply = cast("addinfourl", exchange.within(client.query).response)
        engine = engines.recognised(str(reply.headers.get("Server", "")), self.engine)
        replies.check(reply, exchange.name, engine, known.place, credentials.VARIABLES)
        taken = replies.take(reply, exchange.name, kind)
        replies.check_columns(taken, completeness.columns(text), exchange.name)
        return reply, taken

    def _graphs(self) -> list[tuple[str, str]]:
        """Give the parameters that name the data set to ask (SPARQL 1.1 Protocol, section 2.1.4).

        Raises:
            QueryError: where one is no IRI: Virtuoso would read it as a part of the query.
            RemoteError: where the engine takes none of them beside a query string.
        """
        if self.engine.bare and "?" in self.url:
            raise RemoteError(f"{self.engine.title}'s address has no query string; name it without")
        default = self.engine.default_graph if self.default_graph is None else self.default_graph
        found = [("default-graph-uri", default)] if default else []
        found += [("named-graph-uri", graph) for graph in self.named_graphs]
        for parameter, graph in found:
            if not _IRI.fullmatch(graph):
                raise QueryError(f"{parameter.removesuffix('-uri')} '{graph}' is not an IRI")
        return found

    def _prove(
        self,
        exchange: Exchange,
        known: credentials.Credentials,
        text: str,
        kind: str,
        engine: engines.Engine,
        count: int,
        limit: int,
    ) -> None:
        """Have the server count what it was to give.

        Raises:
            RemoteError: where it gave less, or nobody can tell.
            TimeoutExceeded: where time is up.
        """
        counting = completeness.count(text, kind)
        solutions: int | None = None
        if counting:
            try:
                solutions = self._solutions(exchange, known, counting.text) if counting.text else 0
            except TimeoutExceeded:
                raise
            except KgError:
                solutions = None
            if solutions is not None and completeness.whole(kind, count, limit, solutions, counting, engine):
                return
        what = {"select": "rows", "construct": "triples", "describe": "things"}[kind]
        if kind != "construct" and (solutions or 0) > limit:
            raise incomplete(exchange.name, f"gives at most {limit:,} {what}, of {solutions:,}")
        raise incomplete(exchange.name, f"may have cut its answer at {limit:,} {what}")

    def _solutions(self, exchange: Exchange, known: credentials.Credentials, text: str) -> int | None:
        """Give the number in the one row of a query that counts; none where there is none."""
        _, taken = self._ask(exchange, text, "select", known)
        values = replies.column(taken, completeness.COUNTED)
        return int(values[0]) if values and len(values) == 1 and values[0].isdecimal() else None


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
            return ", ".join(
                f"{each};q=0.{9 - place}" if place else each for place, each in enumerate(accept)
            )

        def _query(self) -> tuple[HTTPResponse, str]:
            return cast("HTTPResponse", ask(self._createRequest())), self.returnFormat

    client = Client(url, agent=AGENT)
    client.setMethod(POST)
    # Else it adds three parameters that name a format, and some servers heed them wrongly.
    client.setOnlyConneg(onlyConneg=True)
    return client
