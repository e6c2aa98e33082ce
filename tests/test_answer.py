"""The module `answer`: a whole answer, read, shown and written as often as one likes."""

from __future__ import annotations

import datetime as dt
import sys
import threading
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg import queries
from kg.answer import Answer, keep, read
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.embedded import Embedded

VALUES = """
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT * { VALUES (?name ?term) {
  ("iri" <http://x/a>) ("text" "Båt") ("tagged" "boat"@en) ("integer" 7) ("decimal" 1.50) ("double" 1e3)
  ("true" true) ("day" "2015-05-01"^^xsd:date) ("moment" "2015-05-01T10:00:00Z"^^xsd:dateTime)
  ("month" "2015-05"^^xsd:gYearMonth) ("unbound" UNDEF) ("wrong" "x"^^xsd:integer)
  ("far" "-0044-03-15"^^xsd:date)
  ("endless" "INF"^^xsd:double) } }
"""
WANTED = {
    "iri": "http://x/a",
    "text": "Båt",
    "tagged": "boat",
    "integer": 7,
    "decimal": Decimal("1.50"),
    "double": 1000.0,
    "true": True,
    "day": dt.date(2015, 5, 1),
    "moment": dt.datetime(2015, 5, 1, 10, tzinfo=dt.UTC),
    "month": "2015-05",
    "unbound": None,
    "wrong": "x",
    "far": "-0044-03-15",
    "endless": float("inf"),
}


def asked(store: Embedded, text: str) -> Answer:
    """Ask a text, and keep its answer."""
    query = queries.parse("mine", text, "mine.rq")
    return keep(store.query(text), query, text=text, base=store.base, store=store)


def test_rows_are_python_values(harbour: Embedded) -> None:
    """Each term is what Python has for it, else its text; what is unbound is None."""
    answer = asked(harbour, VALUES)
    assert answer.columns == ("name", "term")
    found = {row["name"]: row["term"] for row in answer}
    assert found == WANTED
    assert {name: type(value) for name, value in found.items()} == {n: type(v) for n, v in WANTED.items()}


def test_blank_nodes_and_triples_are_text() -> None:
    """A blank node reads as in Turtle; of a value that is none of its datatype the text stays."""
    answer = keep(ox.Store().query("SELECT ?b { BIND(BNODE() AS ?b) }"), queries.parse("", "", ""))
    assert str(answer[0]["b"]).startswith("_:")
    with pytest.raises(QueryError, match="this question is not about relations"):
        answer.to_networkx()
    assert read("2015-13-01", "http://www.w3.org/2001/XMLSchema#date") == "2015-13-01"


def test_it_can_be_read_again_and_elsewhere(harbour: Embedded) -> None:
    """An answer is no stream: it has a length, and another thread reads it as well."""
    answer = asked(harbour, "SELECT ?x { VALUES ?x { 1 2 3 } }")
    assert [list(answer) for _ in range(2)] == [[{"x": 1}, {"x": 2}, {"x": 3}]] * 2
    assert (len(answer), answer[1], bool(answer)) == (3, {"x": 2}, True)
    seen: list[object] = []
    thread = threading.Thread(target=lambda: seen.append([str(row["x"]) for row in answer.solutions()]))  # type: ignore[union-attr]
    thread.start()
    thread.join()
    assert len(str(seen)) > 10
    assert not asked(harbour, "SELECT ?x { ?x <http://x/none> 1 }")


def test_yes_and_no(harbour: Embedded) -> None:
    """The answer of an ASK is its truth, one row, and a word."""
    yes, no = asked(harbour, "ASK {}"), asked(harbour, "ASK { <x:a> <x:a> <x:a> }")
    assert (bool(yes), bool(no), str(no)) == (True, False, "false")
    assert (yes.kind, list(yes), yes.columns) == ("boolean", [{"answer": True}], ("answer",))
    with pytest.raises(QueryError, match="answers in rows"):
        _ = yes.triples


def test_a_graph(harbour: Embedded) -> None:
    """The answer of a CONSTRUCT has triples, each once and sorted, rows of three and Turtle."""
    text = "CONSTRUCT { <http://x/b> <http://x/p> 2 . <http://x/a> <http://x/p> <http://x/b> } { ?s ?p ?o }"
    answer = asked(harbour, text)
    assert [str(t.subject) for t in answer.triples] == ["<http://x/a>", "<http://x/b>"]
    assert list(answer)[1] == {"subject": "http://x/b", "predicate": "http://x/p", "object": 2}
    assert answer.pairs == [("http://x/a", "http://x/b")]
    assert "<http://x/a> <http://x/p> <http://x/b> ." in str(answer)
    with pytest.raises(QueryError, match="answers with a graph"):
        answer.solutions()


def test_how_it_shows(harbour: Embedded) -> None:
    """It prints as the terminal's table, represents itself in a line, and escapes what HTML would heed."""
    answer = asked(harbour, 'SELECT ?x { VALUES ?x { "<script>alert(1)</script>" } }')
    assert str(answer).splitlines()[-1] == "1 row"
    assert repr(answer) == "<Answer to mine: 1 row>"
    page = answer._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert repr(asked(harbour, "ASK {}")) == "<Answer to mine: true>"
    assert repr(asked(harbour, "CONSTRUCT {} {}")) == "<Answer to mine: 0 triples>"


def test_forms(harbour: Embedded) -> None:
    """It is written in any form that `kg.forms` has; one that there is not says so."""
    answer = asked(harbour, "SELECT ?x { VALUES ?x { 1 } }")
    assert answer.write("csv") == b"x\r\n1\r\n"
    assert b'"value":"1"' in answer.write("json").replace(b" ", b"")
    with pytest.raises(QueryError):
        answer.write("csw")


TIES = """#+ summary: Members
#+ params:
#+   initiative: {type: initiative, description: Which.}
#+ edges: [member initiative]
PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?member { VALUES ?initiative { <https://example.org/harbour/initiative/tide> }
  ?m org:organization ?initiative ; org:member ?member }
"""


def test_ties_become_a_network(harbour: Embedded) -> None:
    """The columns that the header names, or a parameter's thing, are the ends of ties of the network."""
    answer = asked(harbour, TIES)
    tide = "https://example.org/harbour/initiative/tide"
    assert answer.pairs == sorted({(str(row["member"]), tide) for row in answer})
    network = answer.to_networkx()
    assert network.number_of_edges() >= len(answer.pairs)
    assert "initiative:tide" in network
    with pytest.raises(QueryError, match="not about relations"):
        asked(harbour, "SELECT ?x {}").to_networkx()
    alone = Answer(answer.kind, answer.body, answer.query, text=answer.text)
    with pytest.raises(QueryError, match="without the store"):
        alone.to_networkx()


def test_pandas(harbour: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data frame has the columns in order and Python's values; without pandas there is an error."""
    frame = asked(harbour, VALUES).to_pandas()
    assert list(frame.columns) == ["name", "term"]
    assert dict(zip(frame["name"], frame["term"], strict=True)) == WANTED
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match="pandas is not installed"):
        asked(harbour, VALUES).to_pandas()


def test_where_it_comes_from(harbour: Embedded) -> None:
    """Its origin is read when it is wanted, from the store that answered."""
    assert asked(harbour, "SELECT ?x {}").origin.question == "mine"
