"""Communities: groups of nodes that are more densely tied inside than chance would have it.

The method is that of Louvain (Blondel, Guillaume, Lambiotte and Lefebvre, Fast unfolding of
communities in large networks, Journal of Statistical Mechanics, 2008): each node moves to the
neighbouring community that raises modularity (Newman and Girvan, Physical Review E 69, 2004) most,
until none does; then communities are the nodes of a smaller network, and so on. As in Traag, Waltman
and van Eck (From Louvain to Leiden, Scientific Reports 9, 2019) only nodes whose surroundings have
changed are looked at again. The outcome depends on the order in which nodes are looked at: several
orders are tried, drawn with a fixed seed, and the best outcome is taken, so that the same network
always has the same communities.
"""

from __future__ import annotations

import random
from collections import deque

Neighbours = list[dict[int, float]]
"""For each node, by number, the weight of its edge to each neighbour."""

SEED = 4711
TRIES, EFFORT = 10, 200_000
"""The most orders that are tried, and how many edges all of them together go through."""

LEAST_GAIN = 1e-9
"""Gains in modularity, in weights of edges, that are no more than this are taken for rounding."""


def communities(neighbours: Neighbours) -> list[int]:
    """Give the community of each node, as the number of one of its nodes.

    Args:
        neighbours: an undirected graph, each edge with both its ends; loops have no meaning.

    >>> communities([{1: 1}, {0: 1}, {3: 1}, {2: 1}])
    [1, 1, 3, 3]
    """
    nodes = [{other: near[other] for other in near if other != node} for node, near in enumerate(neighbours)]
    ends = sum(map(len, nodes))
    order = list(range(len(nodes)))
    chance = random.Random(SEED)  # noqa: S311  the same each time, and no secret
    best = _divided(nodes, order)
    most = modularity(nodes, best)
    for _ in range(min(TRIES, EFFORT // max(ends // 2, 1)) - 1):
        chance.shuffle(order)
        found = _divided(nodes, order)
        reached = modularity(nodes, found)
        if reached > most + LEAST_GAIN:
            best, most = found, reached
    return best


def modularity(neighbours: Neighbours, labels: list[int]) -> float:
    """Give the modularity of a division: the share of weight inside, less what chance would put there.

    >>> modularity([{1: 1}, {0: 1}, {3: 1}, {2: 1}], [0, 0, 1, 1])
    0.5
    """
    strengths = dict.fromkeys(labels, 0.0)
    inside = 0.0
    for node, near in enumerate(neighbours):
        strengths[labels[node]] += sum(near.values())
        inside += sum(weight for other, weight in near.items() if labels[other] == labels[node])
    whole = sum(strengths.values())
    return inside / whole - sum((each / whole) ** 2 for each in strengths.values()) if whole else 0.0


def _divided(nodes: Neighbours, order: list[int]) -> list[int]:
    """Divide a network, looking at its nodes in some order; the last node of each community is its name."""
    loops = [0.0] * len(nodes)
    found = list(range(len(nodes)))
    while True:
        moved = _moved(nodes, loops, order)
        names = {label: number for number, label in enumerate(dict.fromkeys(moved))}
        if len(names) == len(nodes):
            break
        found = [names[moved[each]] for each in found]
        nodes, loops = _merged(nodes, loops, [names[label] for label in moved])
        order = list(range(len(nodes)))
    last = {label: node for node, label in enumerate(found)}
    return [last[label] for label in found]


def _moved(nodes: Neighbours, loops: list[float], order: list[int]) -> list[int]:
    """Move nodes one by one to the community that gains most by them, until none gains."""
    strengths = [sum(near.values()) + loop for near, loop in zip(nodes, loops, strict=True)]
    whole = sum(strengths)
    labels, totals = list(range(len(nodes))), list(strengths)
    queue, waiting = deque(order), [True] * len(nodes)
    while queue:
        node = queue.popleft()
        waiting[node] = False
        own, share = labels[node], strengths[node] / whole if whole else 0.0
        totals[own] -= strengths[node]
        ties = {own: 0.0}
        for other, weight in nodes[node].items():
            label = labels[other]
            ties[label] = ties.get(label, 0.0) + weight
        best, most = own, ties[own] - totals[own] * share + LEAST_GAIN
        for label, weight in ties.items():
            gain = weight - totals[label] * share
            if gain > most:
                best, most = label, gain
        totals[best] += strengths[node]
        if best != own:
            labels[node] = best
            for other in nodes[node]:
                if labels[other] != best and not waiting[other]:
                    waiting[other] = True
                    queue.append(other)
    return labels


def _merged(nodes: Neighbours, loops: list[float], labels: list[int]) -> tuple[Neighbours, list[float]]:
    """Give the network whose nodes are the communities; what is inside one is its loop."""
    count = max(labels) + 1
    merged: Neighbours = [{} for _ in range(count)]
    inside = [0.0] * count
    for node, near in enumerate(nodes):
        own = labels[node]
        inside[own] += loops[node]
        for other, weight in near.items():
            label = labels[other]
            if label == own:
                inside[own] += weight
            else:
                merged[own][label] = merged[own].get(label, 0.0) + weight
    return merged, inside
