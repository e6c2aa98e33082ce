"""The module `communities`: groups that are denser inside than chance would have it."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.communities import Neighbours, communities, modularity


def neighbours(graph: nx.Graph) -> Neighbours:
    """Give a graph of numbered nodes as the module reads it."""
    return [
        {other: graph[node][other].get("weight", 1) for other in sorted(graph[node])}
        for node in sorted(graph)
    ]


def groups(graph: nx.Graph) -> list[set[int]]:
    """Give the communities of a graph as sets."""
    found: dict[int, set[int]] = {}
    for node, label in enumerate(communities(neighbours(graph))):
        found.setdefault(label, set()).add(node)
    return sorted(found.values(), key=min)


def test_cliques_in_a_ring_are_communities() -> None:
    """Eight cliques that hang together by one edge each are eight communities."""
    graph = nx.ring_of_cliques(8, 5)
    assert groups(graph) == [set(range(first, first + 5)) for first in range(0, 40, 5)]


def test_weights_count() -> None:
    """In a square the heavy sides hold together, whatever the number of edges."""
    square = nx.Graph()
    square.add_weighted_edges_from([(0, 1, 9), (1, 2, 1), (2, 3, 9), (3, 0, 1)])
    assert groups(square) == [{0, 1}, {2, 3}]


def test_who_has_no_tie_is_alone() -> None:
    """A node without edges is a community of its own; without nodes there is none."""
    assert groups(nx.empty_graph(3)) == [{0}, {1}, {2}]
    assert communities([]) == []
    assert modularity([], []) == 0


def test_loops_have_no_meaning() -> None:
    """An edge from a node to itself changes nothing."""
    looped = [{0: 5.0, 1: 1.0}, {0: 1.0}, {3: 1.0}, {2: 1.0}]
    assert communities(looped) == communities([{1: 1}, {0: 1}, {3: 1}, {2: 1}])


@pytest.mark.parametrize("seed", range(4))
def test_they_are_as_good_as_those_of_networkx(seed: int) -> None:
    """The modularity is at least that of networkx's Louvain, but for a fiftieth."""
    for graph in (
        nx.planted_partition_graph(6, 20, 0.5, 0.03, seed=seed),
        nx.barabasi_albert_graph(200, 2, seed=seed),
        nx.convert_node_labels_to_integers(nx.bipartite.random_graph(60, 40, 0.05, seed=seed)),
    ):
        found = groups(graph)
        theirs = nx.community.louvain_communities(graph, seed=seed)
        assert nx.community.modularity(graph, found) >= nx.community.modularity(graph, theirs) * 0.98


@given(
    st.sets(
        st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda ends: ends[0] < ends[1]), min_size=1
    )
)
def test_no_division_is_worse_than_none(edges: set[tuple[int, int]]) -> None:
    """The modularity is what networkx counts, and is not below that of everyone alone or together."""
    graph = nx.empty_graph(10)
    graph.add_edges_from(sorted(edges))
    near, labels = neighbours(graph), communities(neighbours(graph))
    reached = modularity(near, labels)
    assert reached == pytest.approx(nx.community.modularity(graph, groups(graph)))
    assert reached >= modularity(near, list(range(10))) - 1e-9
    assert reached >= -1e-9
