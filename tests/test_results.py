"""The module `results`: answers as rows of text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from answers import asked as answered

from kg.results import Table, linkable, of, readable, text, visible, whole

if TYPE_CHECKING:
    from kg.embedded import Embedded

BASE = "https://example.org/harbour/"


def asked(store: Embedded, query: str) -> Table:
    """Ask for rows as people read them."""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return readable(found, store.base)


def test_labels_stand_for_what_they_name(harbour: Embedded) -> None:
    """`?xLabel` beside `?x` is one column; without a label the thing is shown by kind and key."""
    found = asked(
        harbour,
        """SELECT ?x ?xLabel ?y ?kindLabel {
          VALUES (?x ?xLabel ?y ?kindLabel) {
            (initiative:tide "Tide" initiative:tide "alone")
            (initiative:sea-lab UNDEF role:lead UNDEF)
          } } ORDER BY ?xLabel""",
    )
    assert found.columns == ["x", "y", "kindLabel"]
    assert found.rows == [["initiative:sea-lab", "role:lead", ""], ["Tide", "initiative:tide", "alone"]]
    role = "https://w3id.org/innovation-kg/concept/role/lead"
    assert found.links[0] == [f"{BASE}initiative/sea-lab", role, ""]
    assert found.links[1] == [f"{BASE}initiative/tide", f"{BASE}initiative/tide", ""]


def test_an_empty_answer_has_its_columns(harbour: Embedded) -> None:
    """No rows are no rows, under the same heads."""
    assert asked(harbour, "SELECT ?x ?xLabel { ?x a inno:None }") == Table(["x"], [])


def test_terms_as_people_read_them() -> None:
    """Ours are short, others whole, literals their text."""
    assert text(ox.NamedNode(f"{BASE}initiative/tide"), BASE) == "initiative:tide"
    assert text(ox.NamedNode(f"{BASE}source/report#line=2,3"), BASE) == f"{BASE}source/report#line=2,3"
    assert text(ox.NamedNode("https://w3id.org/innovation-kg/concept/role/lead"), BASE) == "role:lead"
    assert text(ox.NamedNode("http://www.w3.org/ns/org#role"), BASE) == "http://www.w3.org/ns/org#role"
    assert text(ox.Literal(3), BASE) == "3"
    assert text(ox.BlankNode("a"), BASE) == "_:a"


def test_every_kind_of_answer_has_rows(harbour: Embedded) -> None:
    """A yes or no is one cell, a graph three columns; whole rows have each IRI as it is."""
    yes = answered(harbour, "ASK {}")
    assert of(yes) == Table(["answer"], [["true"]], [[""]])
    assert whole(yes) == (["answer"], [["true"]])
    graph = answered(harbour, "CONSTRUCT { initiative:tide inno:b 3 } {}")
    assert of(graph).rows == [["initiative:tide", "https://w3id.org/innovation-kg/ontology#b", "3"]]
    assert of(graph).links[0][0] == f"{BASE}initiative/tide"
    assert whole(graph)[1][0][0] == f"{BASE}initiative/tide"
    rows = answered(harbour, "SELECT ?x ?y { VALUES (?x ?y) { (initiative:tide UNDEF) } }")
    assert whole(rows) == (["x", "y"], [[f"{BASE}initiative/tide", ""]])


def test_no_more_rows_are_read_than_wanted(harbour: Embedded) -> None:
    """The first rows of a long answer are read without the others, of a graph too."""
    rows = answered(harbour, "SELECT ?x { VALUES ?x { 1 2 3 } }")
    assert of(rows, 2).rows == [["1"], ["2"]]
    assert of(rows, 9).rows == of(rows).rows == [["1"], ["2"], ["3"]]
    graph = answered(harbour, "CONSTRUCT { <a:a> <a:b> 1, 2 } {}")
    assert len(of(graph, 1).rows) == len(of(graph, 1).links) == 1


def test_columns_without_anything_can_be_left_out() -> None:
    """A column that no row fills goes, its links too; a table of nothing stays as it is."""
    table = Table(["a", "b"], [["", "x"], ["", ""]], [["", "i"], ["", ""]])
    assert table.filled() == Table(["b"], [["x"], [""]], [["i"], [""]])
    assert Table(["a"], [[""]], [[""]]).filled().columns == ["a"]
    assert Table(["a"], []).filled().columns == ["a"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\x00\x1f\x7f", "␀␟␡"),
        ("\x85\ufffe", "⟨U+0085⟩⟨U+FFFE⟩"),
        ("\t\u202eå\U0001f6a2", "\t\u202eå\U0001f6a2"),
    ],
)
def test_what_is_not_seen_is_shown(given: str, shown: str) -> None:
    """Controls have a picture, line ends are one, and all other text stays."""
    assert visible(given) == shown


def test_only_the_web_is_a_link() -> None:
    """An IRI that could run something, or read a file, is none."""
    assert not [iri for iri in ("javascript:x", "data:x", "file:///x", "urn:x", "") if linkable(iri)]
