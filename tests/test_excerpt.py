"""An excerpt holds what some sources say, and what follows from that."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.embedded import Embedded
from kg.errors import NotFound
from kg.excerpt import excerpt
from kg.iris import expand
from kg.store import rows

MEMBERS = (
    "SELECT ?member WHERE { ?m org:member ?member ; org:organization initiative:sea-lab } ORDER BY ?member"
)


def members(store: Embedded) -> list[str]:
    """Give who takes part in the Sea Lab, by key."""
    return [row["member"].value.rpartition("/")[2] for row in rows(store, MEMBERS)]


def test_only_what_the_source_says(harbour: Embedded) -> None:
    """The letter knows the lead and the university; founder and company stand in the report alone."""
    assert members(excerpt(harbour, ["letter"])) == ["harbour-town", "harbour-university"]
    assert members(excerpt(harbour, ["report"])) == ["boat-company", "harbour-town", "harbour-town"]


def test_several_sources_together(harbour: Embedded) -> None:
    """Two sources say together what the whole says."""
    assert members(excerpt(harbour, ["letter", "report"])) == members(harbour)


def test_things_keep_their_names(harbour: Embedded) -> None:
    """A thing that the letter mentions and the report names can be read in the letter's answers."""
    text = "ASK { initiative:sea-lab skos:prefLabel 'Sea Lab'@en ; rdfs:label 'Sea Lab'@en ; a inno:Testbed }"
    assert bool(excerpt(harbour, ["letter"]).query(text))


def test_no_citation_of_another_source(harbour: Embedded) -> None:
    """Nothing in an excerpt cites a source that was not asked for."""
    cited = ox.NamedNode(expand("prov:wasDerivedFrom"))
    found = {
        str(quad.object) for quad in excerpt(harbour, ["letter"]).store.quads_for_pattern(None, cited, None)
    }
    assert found
    assert all("/source/letter#" in node for node in found)


def test_what_follows_is_there(harbour: Embedded) -> None:
    """Direct edges are derived from the excerpt's own memberships, and from no others."""
    store = excerpt(harbour, ["letter"])
    assert bool(store.query("ASK { organisation:harbour-town inno:leads initiative:sea-lab }"))
    assert not bool(store.query("ASK { organisation:harbour-town inno:founded initiative:sea-lab }"))


def test_unknown_source(harbour: Embedded) -> None:
    """An unknown source is an error that names the nearest."""
    with pytest.raises(NotFound, match="did you mean 'report'"):
        excerpt(harbour, ["raport"])
    with pytest.raises(NotFound, match="it holds no graphs of sources"):
        excerpt(Embedded(ox.Store(), harbour.base), ["report"])


def test_whole_is_left_as_it_was(harbour: Embedded) -> None:
    """Making an excerpt does not change the store that it is made of."""
    before = len(harbour.store)
    excerpt(harbour, ["letter"])
    assert len(harbour.store) == before
