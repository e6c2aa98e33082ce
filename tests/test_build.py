"""Build: what a row says is in the graphs that it belongs to, and leads back to the row."""

from __future__ import annotations

import pytest
from conftest import HARBOUR

from kg import build, cells, ontology
from kg.makers import DERIVED_FROM, REFERENCED_BY

BASE = "https://example.org/harbour/"


@pytest.fixture(scope="module")
def built() -> build.Built:
    """Build the harbour's graph."""
    known = ontology.load()
    return build.build(cells.load(HARBOUR, known), known)


def test_every_node_of_a_row_knows_it(built: build.Built) -> None:
    """Things, memberships, statements, observations and sources lead back to their rows."""
    origins = {iri.removeprefix(BASE): (row.table, row.line) for iri, row in built.origins.items()}
    assert origins["membership/boat-company-partner-sea-lab"] == ("memberships", 4)
    assert origins["statement/tide-has-goal-clean-water"] == ("goals", 2)
    assert origins["source/letter"] == ("sources", 3)
    kinds = ("membership", "statement", "observation", "organisation", "goal")
    subjects = {str(s).removeprefix(BASE) for s in built.default.subjects()}
    assert {s for s in subjects if s.partition("/")[0] in kinds} <= set(origins)


def test_a_source_supports_what_rows_cite_it_for(built: build.Built) -> None:
    """Each source has its part of the default graph, with citations of no other source."""
    assert set(built.by_source) == {"report", "letter"}
    whole = set(built.default)
    for key, graph in built.by_source.items():
        assert set(graph) < whole
        cited = {str(o) for _, p, o in graph if p in (DERIVED_FROM, REFERENCED_BY)}
        assert cited
        assert all(each.startswith(f"{BASE}source/{key}#line=") for each in cited)
