"""The module `results`: answers as rows of text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.results import Table, readable, text

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
