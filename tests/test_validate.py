"""Validate: a fault of the graph is told at the row that made it; test_shapes.py has the shapes' own."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HARBOUR, STOCKHOLM, assembled
from rdflib import Graph

from kg import graph, ontology, validate
from kg.tables import Row

BASE = "https://example.org/"


@pytest.mark.parametrize("folder", [HARBOUR, STOCKHOLM], ids=lambda path: path.name)
def test_the_data_conforms(folder: Path) -> None:
    """The ecosystems that come with the project have no violation."""
    assert assembled(folder).problems == []


def problems(folder: Path, table: str, old: str, new: str) -> list[str]:
    """Give the problems after a change in a table, without their folder."""
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return [f"{Path(p.path).name}:{p.line}: {p.text}" for p in graph.assemble(folder).problems]


@pytest.mark.parametrize(
    ("table", "old", "new", "where"),
    [
        (
            "memberships",
            "boat-company,",
            "initiative:sea-lab,",
            "memberships.csv:4: membership:sea-lab-partner-sea-lab: ",
        ),
        ("statements", "old-quay", "harbour-town", "statements.csv:3: unit:sea-office: "),
        ("statements", "method:design-thinking", "kind:company", "statements.csv:6: initiative:tide: "),
        ("statements", "sea-strategy,", "tide-map,", "statements.csv:5: solution:tide-map: "),
        (
            "observations",
            ",44,",
            ",144,",
            "observations.csv:3: observation:all-towns-2018-explicit-strategy-share: ",
        ),
    ],
)
def test_a_fault_is_told_at_its_row(folder: Path, table: str, old: str, new: str, where: str) -> None:
    """A fault of a fact names the fact's row; that of a stated link the row that states it."""
    found = problems(folder, table, old, new)
    assert found
    assert [problem for problem in found if not problem.startswith(where)] == []


def test_a_moment_is_told_at_the_row_of_its_fact() -> None:
    """Intervals and instants come from the row of their membership, event or statement."""
    row = Row("memberships", "m.csv", 2, {})
    origins = {f"{BASE}membership/a-lead-b": row, f"{BASE}event/x": row, f"{BASE}statement/y": row}
    for node in (
        "membership/a-lead-b",
        "interval/a-lead-b",
        "instant/a-lead-b-beginning",
        "interval/event-x",
        "instant/event-x-inside",
        "interval/statement-y",
        "instant/statement-y-end",
    ):
        assert validate._origin(f"{BASE}{node}", origins) is row
    assert validate._origin(f"{BASE}interval/none", origins) is None


def test_a_node_without_a_row_is_named_itself() -> None:
    """A fault of a concept names the concept."""
    data = Graph().parse(
        data="""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://w3id.org/innovation-kg/concept/role/x> a skos:Concept .""",
        format="turtle",
    )
    found = validate.validate(data, ontology.load().shapes, {})
    assert "role:x" in {problem.path for problem in found}
    assert {problem.line for problem in found} == {0}


def test_names_of_nodes_are_short() -> None:
    """A node is named by the last two parts of its IRI."""
    assert validate.short(f"{BASE}goal/a") == "goal:a"
