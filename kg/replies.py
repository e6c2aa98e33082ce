"""Replies: what an endpoint sent, read whole and checked before anything is made of it.

The status, the media type, the end of the body and the kind of answer are looked at; whatever is not
the whole success that was asked for is an error that says what it is instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kg.errors import QueryError, RemoteError
from kg.exchange import BUSY, incomplete, plain, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.response import addinfourl

    import pyoxigraph as ox

    from kg.engines import Engine

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
ROWS = (JSON, XML, "application/json")
TRIPLES = ("application/n-triples", "text/turtle")
"""What is asked for and taken, the best first. RDF/XML is not: its entities grow without bound."""
PAGES = ("text/html", "application/xhtml+xml")
ASKED = "__ASK_RETVAL"
"""The column in which Virtuoso answers an ASK, as rows."""

_OK, _PARTIAL, _BAD_QUERY, _WHO, _FORBIDDEN, _NOTHING = 200, 206, 400, 401, 403, 404


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that has been read to its end.

    Attributes:
        count: its rows or triples; 0 of a boolean.
        give: makes of it what the embedded store gives. Until then nothing holds it that must be
            let go of by the thread that made it, as a traceback would not.
    """

    count: int
    give: Callable[[], ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean]


def check(reply: addinfourl, name: str, engine: Engine, place: str, variables: str) -> None:
    """Refuse all but a whole success (SPARQL 1.1 Protocol, section 2.1.6).

    Args:
        reply: the reply.
        name: the endpoint's address as messages name it.
        engine: what is known of the server.
        place: where the credentials stand that went along; empty where none did.
        variables: where credentials can stand.

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
    if status in (_WHO, _FORBIDDEN) and engine.path:
        said += f"; {engine.title} takes {' or '.join(engine.access)} credentials (--engine {engine.name})"
    if status == _WHO:
        raise RemoteError(
            f"{name} does not accept the credentials in {place} (status 401){said}"
            if place
            else f"{name} asks who you are (status 401): set {variables}{said}"
        )
    if status == _FORBIDDEN:
        raise RemoteError(f"{name} does not allow this (status 403){said}")
    usual = f"; {engine.title}'s usually ends in {engine.path}" if engine.path else ""
    if status == _NOTHING:
        raise RemoteError(f"{name}: there is nothing at that address (status 404){usual}")
    if status in BUSY:
        raise RemoteError(f"{name} is busy, after all tries (status {status}){said}")
    raise RemoteError(f"{name} answered with status {status}{said}")


def take(reply: addinfourl, name: str, kind: str) -> Taken:
    """Read an answer of a kind: all of it, so that a cut or garbled one shows.

    Raises:
        RemoteError: where it is no data, of another kind, cut or garbled.
    """
    accept = ROWS if kind in ("select", "ask") else TRIPLES
    found = _type(reply)
    if found in PAGES:
        raise RemoteError(f"{name} answered with a web page, not with data; is the address right?")
    if found not in accept:
        raise RemoteError(f"{name} answered with {found!a}, not with {accept[0]}")
    packed = str(reply.headers.get("Content-Encoding", "identity")).strip().lower()
    if packed != "identity":
        raise RemoteError(f"{name} packed its answer ({packed!a}), which it was asked not to do")
    try:
        if accept is TRIPLES:
            return _graph(reply.read(), found, name)
        return (_of_xml if found == XML else _of_json)(reply.read(), name, boolean=kind == "ask")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise unreadable(name, error) from None


def check_columns(taken: Taken, asked: frozenset[str], name: str) -> None:
    """Refuse rows with other columns than were asked for: an answer to another question.

    So do proxies that keep answers and tell questions apart by the address, which is the same for all.

    Args:
        taken: the answer.
        asked: the columns; none where the question leaves them open.
        name: the endpoint's address as messages name it.

    Raises:
        RemoteError: where the columns are others.
    """
    found = columns(taken)
    if asked and found is not None and frozenset(found) != asked:
        told = ", ".join(map(plain, found)) or "none"
        raise RemoteError(
            f"{name} answered another question than was asked: its columns are {told},"
            f" not {', '.join(sorted(asked))}"
        )


def _message(reply: addinfourl) -> str:
    """Give the first line of what a server says; of a web page, nothing."""
    if _type(reply) in PAGES:
        return ""
    lines = map(plain, reply.read().decode(errors="replace").splitlines())
    return next((f": {line}" for line in lines if line), "")


def _type(reply: addinfourl) -> str:
    return str(reply.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _of_json(body: bytes, name: str, *, boolean: bool) -> Taken:
    """Take SPARQL 1.1 results in JSON; Oxigraph's reader of booleans does not see what follows."""
    import json

    import pyoxigraph as ox

    if boolean or b"nodeID://" in body:
        body = json.dumps(json.loads(body, object_hook=_renamed)).encode()
    return _results(body, ox.QueryResultsFormat.JSON, name, boolean=boolean)


def _renamed(term: dict[str, object]) -> dict[str, object]:
    """Rename a blank node as Virtuoso writes it: `nodeID://b1` is no label."""
    if term.get("type") == "bnode":
        term["value"] = str(term.get("value")).removeprefix("nodeID://")
    return term


def _of_xml(body: bytes, name: str, *, boolean: bool) -> Taken:
    """Take SPARQL results in XML, well-formed to the end and without a document type."""
    from xml.parsers.expat import ExpatError, ParserCreate

    import pyoxigraph as ox

    def refuse(*_: object) -> None:
        raise ValueError("it declares a document type, which results have none of")

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)  # noqa: FBT003 - the parser takes it by place alone
    except ExpatError as error:
        raise ValueError(str(error)) from None
    body = body.replace(b"<bnode>nodeID://", b"<bnode>")
    return _results(body, ox.QueryResultsFormat.XML, name, boolean=boolean)


def _results(body: bytes, form: ox.QueryResultsFormat, name: str, *, boolean: bool) -> Taken:
    """Count the rows of results."""
    import pyoxigraph as ox

    if isinstance(ox.parse_query_results(body, form), ox.QueryBoolean):
        if not boolean:
            raise RemoteError(f"{name} answered another kind of question than was asked")
        return Taken(0, lambda: ox.parse_query_results(body, form))
    if boolean:
        return Taken(0, _boolean(body, form, name))
    return Taken(_count(body, form), lambda: ox.parse_query_results(body, form))


def _count(body: bytes, form: ox.QueryResultsFormat) -> int:
    """Count the rows, letting go of them in any case.

    A traceback would keep them, and the thread that made them has to be the one that drops them.
    """
    import pyoxigraph as ox

    rows = cast("ox.QuerySolutions", ox.parse_query_results(body, form))
    count = 0
    try:
        for _ in rows:
            count += 1
    finally:
        del rows
    return count


def _boolean(body: bytes, form: ox.QueryResultsFormat, name: str) -> Callable[[], ox.QueryBoolean]:
    """Read the rows in which Virtuoso answers an ASK: one for true, none for false."""
    import pyoxigraph as ox

    values = column(Taken(1, lambda: ox.parse_query_results(body, form)), ASKED)
    if values is None or values not in ([], ["0"], ["1"]):
        raise RemoteError(f"{name} answered another kind of question than was asked")
    text = f'{{"head":{{}},"boolean":{"true" if values == ["1"] else "false"}}}'
    return lambda: cast("ox.QueryBoolean", ox.parse_query_results(text, ox.QueryResultsFormat.JSON))


def columns(taken: Taken) -> list[str] | None:
    """Give the names of the columns of some rows; nothing of what has none."""
    import pyoxigraph as ox

    rows = taken.give()
    return [each.value for each in rows.variables] if isinstance(rows, ox.QuerySolutions) else None


def column(taken: Taken, name: str) -> list[str] | None:
    """Give the values of the one column of some rows; nothing where it is called otherwise."""
    import pyoxigraph as ox

    rows = taken.give()
    if not isinstance(rows, ox.QuerySolutions) or columns(taken) != [name]:
        return None
    return [getattr(row[name], "value", "") for row in rows]


def _graph(body: bytes, found: str, name: str) -> Taken:
    """Take a graph; it goes through a store, as only a store makes such a result."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(body, format=ox.RdfFormat.from_media_type(found), base_iri=name.removesuffix("?..."))
    every = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    return Taken(len(store), lambda: cast("ox.QueryTriples", store.query(every)))
