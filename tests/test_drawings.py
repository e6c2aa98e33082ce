"""The module `drawings`: the network as CSV and as JSON, read back by csv and networkx."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from kg import exports, network
from kg.attributes import flat
from kg.drawing import draw
from kg.large import columns
from kg.layout import layout
from kg.spreadsheet import MARK

if TYPE_CHECKING:
    from kg.embedded import Embedded


def rows(data: bytes) -> list[dict[str, str]]:
    """Read CSV."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def gexf(graph: nx.MultiDiGraph) -> str:
    """Write a network as GEXF."""
    return exports.network(graph, "gexf").decode()


@pytest.fixture
def hostile() -> nx.MultiDiGraph:
    """Give a network with labels that trip up programs, and two edges between the same nodes."""
    graph = nx.MultiDiGraph()
    graph.add_node("a:1", label={"en": '=cmd|"x", \n'}, kind="organisation", ties=2)
    graph.add_node("a:2", label={"sv": "Ö; <b>"}, kind="initiative", aliases=["x", "y"])
    graph.add_edge("a:1", "a:2", "k1", label={"en": "lead"}, role="lead")
    graph.add_edge("a:1", "a:2", "k2", label={"en": "partner"}, role="partner")
    return graph


def test_nodes_and_edges_are_those_of_the_network(harbour: Embedded) -> None:
    """Each node and edge is a row, whose ends are the ids of nodes, with all that is known of it."""
    graph, part = network.read(harbour), exports.Part(harbour)
    nodes, edges = rows(exports.write(part, "nodes")), rows(exports.write(part, "edges"))
    assert [row["id"] for row in nodes] == list(graph)
    assert {(row["source"], row["target"], row["id"]) for row in edges} == set(graph.edges(keys=True))
    for row, (_, known) in zip(nodes, graph.nodes(data=True), strict=True):
        left = {name: str(value) for name, value in flat(known).items() if name != "label"}
        assert {name: row[name] for name in left} == left
        assert row["label"] == known["name"]
    for _, _, key, known in graph.edges(keys=True, data=True):
        (row,) = [each for each in edges if each["id"] == key]
        assert (row["role"], row["certainty"]) == (known["role"], known["certainty"])
        assert (row["start"], row["end"]) == (known["start"], known["end"])


def test_every_drawing_has_the_same_places(harbour: Embedded) -> None:
    """A network of several parts stands in both pages and in GEXF as `kg.layout` places it."""
    graph = network.read(harbour)
    graph.remove_nodes_from([node for node, known in graph.nodes(data=True) if known["kind"] == "initiative"])
    assert nx.number_weakly_connected_components(graph) > 2
    places = layout(graph)
    assert {node["id"]: (node["x"], node["y"]) for node in draw(graph)["nodes"]} == places
    things = columns(graph)["things"]
    assert dict(zip(things["key"], zip(things["x"], things["y"], strict=True), strict=True)) == places
    found = re.findall(r'<node id="([^"]+)".*?position x="(-?\d+)" y="(-?\d+)"', gexf(graph), re.DOTALL)
    assert {node: (int(x), -int(y)) for node, x, y in found} == places


def test_csv_is_as_the_w3c_has_it(hostile: nx.MultiDiGraph) -> None:
    """Lines end in CR LF, nothing is added, and every text is read back as it is."""
    made = exports.network(hostile, "nodes")
    assert made.startswith(b"id,label,kind,")
    assert made.endswith(b"\r\n")
    assert [row["label"] for row in rows(made)] == ['=cmd|"x", \n', "Ö; <b>"]


def test_csv_for_spreadsheets_runs_nothing(hostile: nx.MultiDiGraph) -> None:
    """The other CSV has a mark of its encoding, and an apostrophe before a formula."""
    made = exports.network(hostile, "nodes-excel").decode()
    assert made.startswith(f'{MARK}"id","label"')
    assert "\"'=cmd|" in made
    assert len(exports.network(hostile, "edges-excel").decode().splitlines()) == 3


def test_networkx_reads_the_json_for_cytoscape(harbour: Embedded, hostile: nx.MultiDiGraph) -> None:
    """Nodes, edges and attributes are the same, parallel edges with their keys too."""
    for graph in (network.read(harbour), hostile):
        found = nx.cytoscape_graph(json.loads(exports.network(graph, "cytoscape")))
        assert set(found) == set(graph)
        assert set(found.edges(keys=True)) == set(graph.edges(keys=True))
        for node, known in graph.nodes(data=True):
            assert flat(known).items() <= {**found.nodes[node], "name": flat(known).get("name")}.items()


def test_vis_network_is_given_its_own_names(harbour: Embedded, hostile: nx.MultiDiGraph) -> None:
    """Each edge leads from a node to a node; ids are there once; groups are the kinds."""
    for graph in (network.read(harbour), hostile):
        found = json.loads(exports.network(graph, "vis"))
        ids = [node["id"] for node in found["nodes"]]
        assert ids == list(graph)
        assert {(e["from"], e["to"], e["id"]) for e in found["edges"]} == set(graph.edges(keys=True))
        assert [node["group"] for node in found["nodes"]] == [
            known["kind"] for _, known in graph.nodes(data=True)
        ]
