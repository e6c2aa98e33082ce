"""Measures: how many neighbours a node has, how often it lies between, and what it belongs to.

All are of the undirected simple graph: edges of the same two nodes count once, loops not at all.

- Degree: the number of neighbours (Freeman, Centrality in social networks: conceptual
  clarification, Social Networks 1, 1979).
- Betweenness: the share of shortest paths between two others that lead through a node, over all
  pairs (Freeman, A set of measures of centrality based on betweenness, Sociometry 40, 1977),
  computed as by Brandes (A faster algorithm for betweenness centrality, Journal of Mathematical
  Sociology 25, 2001). In a large network it is estimated from the paths that begin at some nodes
  (Brandes and Pich, Centrality estimation in large networks, International Journal of Bifurcation
  and Chaos 17, 2007).
- Component: what is connected, numbered from 1 by size.
- Community: by modularity, as `kg.communities` has it, weighted where edges have weights; numbered
  from 1 by size.

Equal sizes are numbered by the first key among their nodes. The same network has the same measures,
whatever order its nodes come in.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.communities import communities

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

    from kg.communities import Neighbours

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

EXACT = 4_000
"""The most nodes from each of which paths are counted."""
SAMPLE = 500
"""The number of nodes from which paths are counted in a larger network."""
SEED = 4711
"""The seed of all that is drawn: the same each time."""
_DIGITS = 10
"""Sums of floats in another order differ only beyond these decimals."""


class Measures(dict[str, dict[str, Any]]):
    """The measures of each node: `degree`, `betweenness`, `component`, `community`.

    Attributes:
        paths_from: from how many nodes shortest paths were counted; where that is fewer than the
            nodes, betweenness is an estimate.
    """

    paths_from: int = 0

    @property
    def exact(self) -> bool:
        """Whether betweenness is exact."""
        return self.paths_from == len(self)


def measure(graph: nx.Graph) -> Measures:
    """Measure each node of a one-mode or two-mode network.

    Args:
        graph: any graph of networkx whose nodes can be sorted.

    Returns:
        By node, in their sorted order: `degree` as a number of nodes, `betweenness` from 0 to 1,
        `component` and `community` as numbers from 1.

    >>> import networkx as nx
    >>> measured = measure(nx.MultiDiGraph([("a", "hub"), ("b", "hub"), ("hub", "b")]))
    >>> measured["hub"]
    {'degree': 2, 'betweenness': 1.0, 'component': 1, 'community': 1}
    """
    nodes = sorted(graph)
    neighbours = _neighbours(graph, nodes)
    sources = np.arange(len(nodes))
    if len(nodes) > EXACT:
        sources = np.sort(np.random.default_rng(SEED).choice(len(nodes), SAMPLE, replace=False))
    between = _betweenness(neighbours, sources)
    components = _numbered(_components(neighbours))
    groups = _numbered(communities(neighbours))
    measured = Measures(
        (
            node,
            {
                "degree": len(neighbours[number]),
                "betweenness": round(between[number], _DIGITS),
                "component": components[number],
                "community": groups[number],
            },
        )
        for number, node in enumerate(nodes)
    )
    measured.paths_from = len(sources)
    return measured


def _neighbours(graph: nx.Graph, nodes: list[str]) -> Neighbours:
    """Give the undirected simple graph of the nodes' numbers, neighbours in their order."""
    index = {node: number for number, node in enumerate(nodes)}
    found: Neighbours = [{} for _ in nodes]
    for start, end, weight in graph.edges(data="weight", default=1):
        a, b = index[start], index[end]
        if a != b:
            found[a][b] = found[b][a] = 1 if graph.is_multigraph() else weight
    return [dict(sorted(near.items())) for near in found]


def _components(neighbours: Neighbours) -> list[int]:
    """Give the first node of each node's component."""
    found = [-1] * len(neighbours)
    for node in range(len(neighbours)):
        front = [node] if found[node] < 0 else []
        while front:
            reached = front.pop()
            if found[reached] < 0:
                found[reached] = node
                front.extend(neighbours[reached])
    return found


def _betweenness(neighbours: Neighbours, sources: Ints) -> list[float]:
    """Sum the dependencies on each node of the paths from some sources, as a share of all pairs."""
    count = len(neighbours)
    first = np.cumsum([0, *map(len, neighbours)])
    ends = np.array([other for near in neighbours for other in near], dtype=np.int64)
    total = np.zeros(count)
    for source in sources.tolist():
        total += _dependencies(count, first, ends, source)
    # Each pair is met from both its ends; a sample stands for all nodes.
    pairs = (count - 1) * (count - 2) * (len(sources) / count if count else 1)
    share: list[float] = (total / pairs if pairs else total).tolist()
    return share


def _dependencies(count: int, first: Ints, ends: Ints, source: int) -> Floats:
    """Give how much the shortest paths from a node depend on each other node (Brandes 2001).

    Args:
        count: the number of nodes.
        first: where each node's edges begin in `ends`, and after the last node their number.
        ends: the other end of each edge, by node.
        source: where the paths start.
    """
    distance = np.full(count, -1)
    paths = np.zeros(count)
    distance[source], paths[source] = 0, 1
    front = np.array([source])
    levels: list[tuple[Ints, Ints]] = []
    while len(front):
        lengths = first[front + 1] - first[front]
        offsets = np.repeat(first[front] - np.cumsum(lengths) + lengths, lengths)
        near, far = np.repeat(front, lengths), ends[offsets + np.arange(lengths.sum())]
        onwards = (distance[far] < 0).nonzero()[0]
        near, far = near[onwards], far[onwards]
        front, place = np.unique(far, return_inverse=True)
        distance[front] = len(levels) + 1
        paths[front] = np.bincount(place, paths[near], len(front))
        levels.append((near, far))
    depend = np.zeros(count)
    for near, far in reversed(levels):
        shares = paths[near] / paths[far] * (1 + depend[far])
        depend += np.bincount(near, shares, count)
    depend[source] = 0
    return depend


def _numbered(labels: list[int]) -> list[int]:
    """Number groups from 1 by size, then by their first node, and give each node its group's."""
    sizes = Counter(labels)
    first: dict[int, int] = {}
    for node, label in enumerate(labels):
        first.setdefault(label, node)
    ordered = sorted(first, key=lambda label: (-sizes[label], first[label]))
    numbers = {label: number for number, label in enumerate(ordered, 1)}
    return [numbers[label] for label in labels]
