"""Completeness: an answer that may have been cut is counted on the server, or is an error."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from conftest import ROOT
from endpoint import Reply, Stub, rows

from kg import completeness, engines
from kg.errors import RemoteError, TimeoutExceeded
from kg.remote import Endpoint

VIRTUOSO, GENERIC = engines.find("virtuoso"), engines.GENERIC
SELECT = "SELECT ?x WHERE { ?s ?p ?x }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
NT = {"Content-Type": "application/n-triples"}


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a proxy that the machine may have set away from loopback."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def number(count: int) -> Reply:
    """Write the answer of a query that counts."""
    term = {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": str(count)}
    bindings = [{completeness.COUNTED: term}]
    return Reply(
        body=json.dumps(
            {"head": {"vars": [completeness.COUNTED]}, "results": {"bindings": bindings}}
        ).encode()
    )


def many(count: int) -> Reply:
    """Write rows."""
    return Reply(body=rows(*map(str, range(count))))


def triples(count: int) -> Reply:
    """Write triples."""
    lines = (
        f"<http://a.example/{each}> <http://a.example/p> <http://a.example/o> ." for each in range(count)
    )
    return Reply(body="\n".join(lines).encode(), headers=NT)


@pytest.mark.parametrize(
    ("kind", "count", "announced", "engine", "limit"),
    [
        ("select", 999, "", GENERIC, 0),
        ("select", 1000, "", GENERIC, 1000),
        ("select", 1001, "", GENERIC, 0),
        ("select", 0, "", GENERIC, 0),
        ("select", 137, "137", GENERIC, 137),
        ("select", 136, "137", GENERIC, 0),
        ("select", 5, "0", GENERIC, 0),
        ("select", 5, "many", GENERIC, 0),
        ("construct", 10_000, "", GENERIC, 10_000),
        ("construct", 10_001, "", GENERIC, 10_000),
        ("construct", 10_002, "", GENERIC, 0),
        ("describe", 2000, "", GENERIC, 2000),
        ("describe", 30_003, "", VIRTUOSO, 10_000),
        ("ask", 0, "0", VIRTUOSO, 0),
    ],
)
def test_what_is_in_doubt(kind: str, count: int, announced: str, engine: engines.Engine, limit: int) -> None:
    """In doubt is what has the length of a bound: one that is announced, or a round number."""
    assert completeness.doubt(kind, count, announced, engine) == limit


@pytest.mark.parametrize(
    ("text", "kind", "each"),
    [
        ("SELECT ?x WHERE { ?s ?p ?x } LIMIT 3", "select", 1),
        ("#+ SELECT\nPREFIX select: <http://a.example/>\nselect * { ?s select:p ?x } # }", "select", 1),
        (
            "SELECT (COUNT(?s) AS ?n) ?x { ?s ?p ?x } GROUP BY ?x HAVING(COUNT(?s) > 0) VALUES ?x { 1 }",
            "select",
            1,
        ),
        ("CONSTRUCT { ?s ?p ?x } WHERE { ?s ?p ?x }", "construct", 1),
        ("CONSTRUCT { ?s ?p ?x . ?x ?p ?s ; ?p 1. ?s ?p 2, 3 . } { ?s ?p ?x }", "construct", 5),
        ("CONSTRUCT WHERE { ?s ?p ?x ; <http://a.example/p> ?y . } LIMIT 3", "construct", 2),
        ("CONSTRUCT { ?s ?p '} .' } WHERE { ?s ?p ?x }", "construct", 1),
        ("DESCRIBE ?s { ?s ?p ?x }", "describe", 1),
        ("DESCRIBE ?s WHERE { ?s ?p ?x } LIMIT 2", "describe", 1),
    ],
)
def test_what_counts_is_a_query(text: str, kind: str, each: int) -> None:
    """What is counted is the text itself as a sub-select, whatever comments and names it has."""
    counting = completeness.count(text, kind)
    assert counting
    assert counting.each == each
    store = ox.Store()
    for place in range(4):
        subject = ox.NamedNode(f"http://a.example/s{place}")
        store.add(ox.Quad(subject, ox.NamedNode("http://a.example/p"), ox.Literal(place)))
    found = store.query(counting.text)
    assert isinstance(found, ox.QuerySolutions)
    (row,) = found
    if kind == "select":
        assert int(row[completeness.COUNTED].value) == len(list(store.query(text)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT ?x FROM <http://a.example/g> WHERE { ?s ?p ?x }", "select"),
        ("CONSTRUCT { ?s ?p [ ?p ?o ] } WHERE { ?s ?p ?o }", "construct"),
        ("CONSTRUCT { ?s ?p ( ?o ) } WHERE { ?s ?p ?o }", "construct"),
        ("CONSTRUCT { } WHERE { ?s ?p ?o }", "construct"),
    ],
)
def test_what_cannot_be_counted(text: str, kind: str) -> None:
    """A sub-select names no graphs, and brackets in a template make triples that nobody counts."""
    assert completeness.count(text, kind) is None


def test_described_things_without_a_pattern_are_not_counted() -> None:
    """What is described by its IRI alone is one thing, on a server that bounds the things."""
    counting = completeness.count("DESCRIBE <http://a.example/a>", "describe")
    assert counting
    assert counting.text == ""
    assert completeness.whole("describe", 30_000, 10_000, 0, counting, VIRTUOSO)


def test_proof() -> None:
    """Rows are whole where as many are counted; triples where all solutions made all of theirs."""
    one, two = completeness.Counting("", 1), completeness.Counting("", 2)
    assert completeness.whole("select", 1000, 1000, 1000, one, GENERIC)
    assert not completeness.whole("select", 1000, 1000, 1001, one, GENERIC)
    assert completeness.whole("construct", 1000, 1000, 500, two, GENERIC)
    assert not completeness.whole("construct", 1000, 1000, 999, two, GENERIC)
    assert completeness.whole("describe", 5000, 10_000, 9_999, one, VIRTUOSO)
    assert not completeness.whole("describe", 5000, 10_000, 10_000, one, VIRTUOSO)
    assert not completeness.whole("describe", 5000, 5000, 7, one, GENERIC)


def test_round_answer_is_counted_and_taken() -> None:
    """A thousand rows are asked about once more, of the same graph; where there are no more, they are all."""
    with Stub(many(1000), number(1000)) as stub:
        answer = Endpoint(stub.url, timeout=9, default_graph="http://a.example/g").query(SELECT)
        assert len(list(answer)) == 1000  # type: ignore[arg-type]
    assert [asked.form["default-graph-uri"] for asked in stub.asked] == [["http://a.example/g"]] * 2
    assert stub.asked[1].form["query"][0].startswith(f"SELECT (COUNT(*) AS ?{completeness.COUNTED})")


@pytest.mark.parametrize(
    ("replies", "text", "words"),
    [
        ((many(1000), number(1001)), SELECT, "gives at most 1,000 rows, of 1,001"),
        ((many(1000), many(1)), SELECT, "may have cut its answer at 1,000 rows"),
        ((many(1000), Reply(500, b"no")), SELECT, "may have cut its answer at 1,000 rows"),
        ((many(1000), Reply(400, b"no")), SELECT, "may have cut its answer at 1,000 rows"),
        ((many(1000), Reply(headers={"Content-Type": "text/html"})), SELECT, "may have cut"),
        ((triples(1001), number(5000)), CONSTRUCT, "may have cut its answer at 1,000 triples"),
        ((triples(2000),), "DESCRIBE <http://a.example/a>", "may have cut its answer at 2,000 things"),
    ],
)
def test_answer_that_is_not_proved_is_an_error(replies: tuple[Reply, ...], text: str, words: str) -> None:
    """Where more are counted, or nothing can be, there is no answer, and the error says how to ask."""
    with Stub(*replies) as stub, pytest.raises(RemoteError, match=r"^incomplete answer: ") as caught:
        Endpoint(stub.url, timeout=9).query(text)
    assert words in str(caught.value)
    assert "in parts" in str(caught.value)


def test_counting_is_within_the_same_time() -> None:
    """The deadline is one for the answer and its proof."""
    with Stub(many(1000), Reply(silent=True)) as stub, pytest.raises(TimeoutExceeded):
        Endpoint(stub.url, timeout=0.5).query(SELECT)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT ?a $b WHERE { ?a ?b ?c }", "a b"),
        (
            "# SELECT ?no\nPREFIX select: <http://a.example/?x> SELECT DISTINCT?a{ ?a select:p 'SELECT ?d' }",
            "a",
        ),
        ("SELECT (COUNT(*) AS ?n) (IF(?a, (?b * 2), ?c) AS ?d) ?e FROM <http://a.example/> { }", "n d e"),
        ("SELECT (1 as ?where) ?from { }", "where from"),
        ("SELECT REDUCED ?a { { SELECT ?b { } } }", "a"),
        ("SELECT * { { SELECT ?b { } } }", ""),
        ("SELECT * WHERE { }", ""),
        ("ASK { }", ""),
        ("ASK {", ""),
    ],
)
def test_the_columns_that_a_question_has(text: str, columns: str) -> None:
    """Columns are read from the tokens of the outermost SELECT; `*` leaves them open."""
    assert completeness.columns(text) == frozenset(columns.split())


def test_columns_are_those_that_oxigraph_gives() -> None:
    """For every question of the library the columns are the engine's own."""
    empty = ox.Store()
    for path in sorted((ROOT / "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        answer = empty.query(text)
        assert isinstance(answer, ox.QuerySolutions)
        assert completeness.columns(text) == {each.value for each in answer.variables}
