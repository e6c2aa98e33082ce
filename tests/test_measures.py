"""The module `measures`: degree, betweenness, component and community, as networkx has them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from conftest import HARBOUR, ROOT, loaded
from hypothesis import given
from hypothesis import strategies as st

from kg import measures
from kg.measures import measure
from kg.network import read
from kg.projection import one_mode

if TYPE_CHECKING:
    import random

ARCHIPELAGO = ROOT / "tests" / "archipelago"
EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40)


def simple(graph: nx.Graph) -> nx.Graph:
    """Give the undirected simple graph of any."""
    plain = nx.Graph(graph.to_undirected(as_view=True))
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    return plain


@given(EDGES)
def test_measures_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    """Degree, betweenness and components of any multigraph, loops and all."""
    graph = nx.MultiDiGraph(edges)
    graph.add_nodes_from(range(3))
    plain, measured = simple(graph), measure(graph)
    between = nx.betweenness_centrality(plain)
    for node in graph:
        assert measured[node]["degree"] == plain.degree(node)
        assert measured[node]["betweenness"] == pytest.approx(between[node], abs=1e-9)
    parts = {frozenset(part) for part in nx.connected_components(plain)}
    numbers = {each["component"] for each in measured.values()}
    found = {frozenset(n for n in graph if measured[n]["component"] == number) for number in numbers}
    assert found == parts
    assert numbers == set(range(1, len(parts) + 1))


@given(EDGES, st.randoms(use_true_random=False))
def test_the_order_of_nodes_does_not_matter(edges: list[tuple[int, int]], chance: random.Random) -> None:
    """The same network, told in another order, has the same measures."""
    shuffled = chance.sample(edges, len(edges))
    one, other = measure(nx.MultiDiGraph(edges)), measure(nx.MultiDiGraph(shuffled))
    assert one == other
    assert list(one) == list(other) == sorted(one)


def test_the_archipelago_is_measured_as_it_was_built() -> None:
    """Who cuts others off stands between; the sound centre is a component of its own."""
    measured = measure(one_mode(read(loaded(ARCHIPELAGO))))
    between = sorted(measured, key=lambda node: -measured[node]["betweenness"])
    # Undercurrent cuts off the foundation and the association, the university the shipyard.
    assert between[:3] == [
        "organisation:undercurrent",
        "organisation:brannskar-university",
        "organisation:ostholm-city",
    ]
    college, trust = (measured[f"organisation:{key}"] for key in ("tanglo-college", "nordan-trust"))
    # The idea cell and the institute are another two, whose first key comes before.
    assert college["component"] == trust["component"] == 3
    assert (college["degree"], college["betweenness"]) == (1, 0.0)
    assert measured["organisation:old-yard"]["degree"] == 0


def test_components_and_communities_are_numbered_by_size_then_name() -> None:
    """The largest is 1; of equals the one with the first key."""
    graph = nx.Graph([("z", "y"), ("a", "b"), ("m", "n"), ("n", "o")])
    numbers = {node: each["component"] for node, each in measure(graph).items()}
    assert numbers == {"m": 1, "n": 1, "o": 1, "a": 2, "b": 2, "y": 3, "z": 3}


def test_weights_hold_communities_together() -> None:
    """Organisations with more initiatives in common belong together."""
    square = nx.Graph()
    square.add_weighted_edges_from([("a", "b", 9), ("b", "c", 1), ("c", "d", 9), ("d", "a", 1)])
    found = {node: each["community"] for node, each in measure(square).items()}
    assert found == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_a_small_network_is_measured_exactly() -> None:
    """The result says so."""
    measured = measure(read(loaded(HARBOUR)))
    assert measured.exact
    assert measured.paths_from == len(measured)


def test_a_large_network_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a size, betweenness is an estimate that orders nodes nearly as the exact one does."""
    graph = nx.barabasi_albert_graph(400, 2, seed=1)
    exact = measure(graph)
    monkeypatch.setattr(measures, "EXACT", 399)
    monkeypatch.setattr(measures, "SAMPLE", 100)
    estimate = measure(graph)
    assert not estimate.exact
    assert estimate.paths_from == 100
    first, second = (
        set(sorted(found, key=lambda node: -found[node]["betweenness"])[:20]) for found in (exact, estimate)
    )
    assert len(first & second) >= 16
    assert measure(graph) == estimate


def test_nothing_has_no_measures() -> None:
    """An empty network, and nodes without edges."""
    assert measure(nx.MultiDiGraph()) == {}
    alone = measure(nx.Graph({"a": []}))
    assert alone["a"] == {"degree": 0, "betweenness": 0.0, "component": 1, "community": 1}


SCRIPT = """
import pyoxigraph as ox
from kg import gexf, graphml, measures, network, projection
store = ox.Store()
store.load(path="tests/network.ttl", format=ox.RdfFormat.TURTLE)
whole = network.read(store)
for graph in (whole, projection.one_mode(whole), projection.around(whole, "organisation:town", 2)):
    print(measures.measure(graph), gexf.write(graph), graphml.write(graph))
"""


def test_measures_and_files_do_not_depend_on_the_hash_seed() -> None:
    """Two processes with different hash seeds give the same measures and the same bytes."""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(outputs) == 1
    assert b"organisation:town" in outputs.pop()
