"""The module `graphml`: a network that networkx reads back, whatever it is called."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, loaded
from hypothesis import given
from hypothesis import strategies as st
from test_attributes import ANYTHING, TEXTS

from kg import graphml
from kg.attributes import flat, plain, types
from kg.network import read
from kg.projection import one_mode

ARCHIPELAGO = ROOT / "tests" / "archipelago"
KNOWN = st.dictionaries(TEXTS, ANYTHING, max_size=3)
READ = {"boolean": bool, "long": int, "double": float, "string": str}


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    """Give any graph, with whatever names and attributes."""
    graph = draw(st.sampled_from([nx.Graph, nx.MultiGraph, nx.MultiDiGraph]))()
    nodes = draw(st.lists(TEXTS | st.integers(0, 3), max_size=4, unique_by=str))
    for node in nodes:
        graph.add_node(node)
        graph.nodes[node].update(draw(KNOWN))
    for start, end in draw(st.lists(st.tuples(*[st.sampled_from(nodes)] * 2), max_size=4)) if nodes else ():
        key = [draw(TEXTS)] if graph.is_multigraph() else []
        graph.add_edge(start, end, *key)
        graph.edges[start, end, *key].update(draw(KNOWN))
    graph.graph["description"] = draw(TEXTS)
    return graph


def back(made: bytes) -> nx.Graph:
    """Read GraphML with networkx."""
    return nx.read_graphml(io.BytesIO(made), force_multigraph=True, edge_key_type=str)


def expected(graph: nx.Graph) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the nodes and edges that a reader has to find, by their identifiers."""
    made = plain(graph)
    kinds = [types(values for _, values in made.nodes), types(values for *_, values in made.edges)]

    def typed(values: dict[str, Any], of: dict[str, str]) -> dict[str, str]:
        return {
            name: repr(READ[of[name]](value)) if of[name] != "string" else str(value)
            for name, value in values.items()
        }

    nodes = {name: typed(values, kinds[0]) for name, values in made.nodes}
    edges = {name: (start, end, typed(values, kinds[1])) for name, start, end, values in made.edges}
    return nodes, edges


def found(graph: nx.Graph) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the nodes and edges that a reader found."""

    def told(values: dict[str, Any]) -> dict[str, str]:
        return {name: value if isinstance(value, str) else repr(value) for name, value in values.items()}

    nodes = {name: told(values) for name, values in graph.nodes(data=True)}
    edges = {key: (start, end, told(values)) for start, end, key, values in graph.edges(keys=True, data=True)}
    return nodes, edges


@given(graphs())
def test_whatever_a_network_is_called_it_is_read_back(graph: nx.Graph) -> None:
    """Nodes, edges, directions and every attribute come back; no name makes the file malformed."""
    read_back = back(graphml.write(graph))
    nodes, edges = expected(graph)
    found_nodes, found_edges = found(read_back)
    assert found_nodes == nodes
    assert read_back.is_directed() == graph.is_directed()
    if graph.is_directed():
        assert found_edges == edges
    else:
        assert {key: (frozenset(edge[:2]), edge[2]) for key, edge in found_edges.items()} == {
            key: (frozenset(edge[:2]), edge[2]) for key, edge in edges.items()
        }


@pytest.mark.parametrize("data", [HARBOUR, ARCHIPELAGO, STOCKHOLM])
def test_an_ecosystem_is_read_back(data: Any) -> None:
    """Each node and edge of the network has its own name, label, role and lines in the file."""
    network = read(loaded(data))
    again = back(graphml.write(network))
    assert set(again) == set(network)
    assert set(again.edges(keys=True)) == set(network.edges(keys=True))
    for node, known in network.nodes(data=True):
        assert again.nodes[node] == flat(known)
        assert again.nodes[node]["name"] == known["name"]
    for *ends, known in network.edges(keys=True, data=True):
        assert again.edges[tuple(ends)] == flat(known)
    assert again.graph["date"] == network.graph["dataset"]["date"]


def test_the_one_mode_network_is_undirected_and_weighted() -> None:
    """The number of shared initiatives is the weight."""
    network = one_mode(read(loaded(ARCHIPELAGO)))
    again = back(graphml.write(network))
    assert not again.is_directed()
    assert sorted(weight for *_, weight in again.edges(data="weight")) == sorted(
        weight for *_, weight in network.edges(data="weight")
    )


def test_labels_are_in_the_language_asked_for() -> None:
    """A reader that knows no languages finds the right one under `label`."""
    again = back(graphml.write(read(loaded(ARCHIPELAGO), "sv"), "sv"))
    node = again.nodes["organisation:algae-works"]
    assert (node["name"], node["label"], node["label_en"]) == ("Algverken", "Algverken", "Algae Works")


def test_the_description_is_the_graphs_own() -> None:
    """Where an answer comes from stands in `desc`, whatever it holds."""
    root = ET.fromstring(graphml.write(nx.Graph(description="asked ]]> <b>\r\n&")))  # noqa: S314  our own
    assert root.findtext(f".//{{{graphml.NAMESPACE}}}desc") == "asked ]]> <b>\r\n&"


def test_an_empty_network_is_a_file_all_the_same() -> None:
    """Nothing known, nothing in it, and no error."""
    assert len(back(graphml.write(nx.MultiDiGraph()))) == 0
