"""Triples: what a page gives away as Turtle is in the graph that it was made from, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from page import TURTLE, town

from kg import network, triples

if TYPE_CHECKING:
    from kg.embedded import Embedded


def told(found: dict[str, Any]) -> set[str]:
    """Write all triples of an answer."""
    terms = found["terms"]
    rows = {
        f"{terms[subject]} {terms[said[at]]} {terms[said[at + 1]]}"
        for subject, said in found["about"].items()
        for at in range(0, len(said), 2)
    }
    return rows | {" ".join(terms[number] for number in link) for link in found["links"].values()}


def stored(store: Any) -> set[str]:
    """Write all triples of a store's default graph."""
    return {f"{s} {p} {o}" for s, p, o in store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")}


def example() -> ox.Store:
    """Load the invented town."""
    store = ox.Store()
    store.load(path=str(TURTLE), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("place", ["stockholm", "harbour"])
def test_they_are_the_graphs_own(place: str, request: pytest.FixtureRequest) -> None:
    """Every triple is in the store."""
    store: Embedded = request.getfixturevalue(place)
    found = told(triples.read(store, network.read(store)))
    assert len(found) > 100
    assert found <= stored(store)


def test_a_tie_has_its_interval_and_its_lines() -> None:
    """A membership leads to its interval, instants and passages, a link to its own triple."""
    store = example()
    graph = town()
    found = triples.read(store, graph)
    dated = next(
        key for *_, key, tie in graph.edges(keys=True, data=True) if tie["start"] and tie["citations"]
    )
    subjects = [found["terms"][number] for number in found["of"][dated]]
    for kind in ("/interval/", "/instant/", "#line="):
        assert any(kind in subject for subject in subjects), kind
    links = {key for *_, key, tie in graph.edges(keys=True, data=True) if tie["type"] == "statement"}
    assert set(found["links"]) == links


def test_a_part_has_only_its_own() -> None:
    """Of a network without ties nothing is told but its things."""
    graph = town()
    graph.remove_edges_from(list(graph.edges(keys=True)))
    found = triples.read(example(), graph)
    assert found["links"] == {}
    assert not any("/membership/" in term for term in found["terms"])


def test_what_is_no_iri_is_not_asked_for() -> None:
    """A thing whose IRI could not stand in a query is left out, and the query is sound."""
    graph = town()
    graph.nodes["organisation:town"]["iri"] = "https://example.org/> ?s ?p ?o } #"
    assert triples.read(example(), graph)["of"]["organisation:town"] == []
