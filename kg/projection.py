"""Projections: a part of the network, the network as of a date, and the one-mode network.

Who takes part in what is a two-mode network (Wasserman and Faust, Social Network Analysis, 1994,
chapter 8): actors on one side, initiatives on the other. Its one-mode network joins two actors that
take part in the same initiative; each of its edges keeps the initiatives behind it. All functions
give copies, whose nodes stand in the order of the network that they come from.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg import moments
from kg.errors import NotFound, QueryError, nearest
from kg.network import BOUNDS, thing_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

ACTORS = ("organisation", "unit")
"""The kinds of thing that are nodes of the one-mode network."""

Edge = tuple[str, str, str, dict[str, Any]]
Part = tuple[str, str, dict[str, Any]]
"""An actor's part in an initiative: the actor, the membership's key and its attributes."""


def one_mode(network: nx.MultiDiGraph) -> nx.Graph:
    """Join the actors that take part in the same initiative.

    Nodes are all organisations, and those units that take part in an initiative themselves. A unit
    is a node of its own and never folded into its organisation, since no line says that the whole
    organisation took part; likewise an initiative that is part of another lends it no members.

    Returns:
        An undirected graph. Nodes keep their attributes, `ties` being the number of their
        neighbours. An edge has `weight`, the number of initiatives that both take part in, and
        `ties`, one for each pair of memberships in one initiative, in the order of their keys:
        `initiative` and its `label`; by node `memberships`, `roles` and `role_labels`; the shared
        time as `start` and `end` (where both documents say them) and the four bounds; `overlap`,
        whether they took part at the same time (certainly, possibly or never); `certainty`,
        implied where either is; `citations` of both; and, as of a period, `holds`.
    """
    taken = parts(network)
    active = {actor for found in taken.values() for actor, *_ in found}
    graph = nx.Graph(**network.graph)
    for node, attributes in network.nodes(data=True):
        if attributes.get("kind") == ACTORS[0] or node in active:
            graph.add_node(node, **attributes)
    ties: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for initiative in sorted(taken):
        label = network.nodes[initiative].get("label", {}) if initiative in network else {}
        for one, other in combinations(sorted(taken[initiative], key=lambda part: part[:2]), 2):
            if one[0] != other[0]:
                ties[one[0], other[0]].append(_tie(initiative, label, one, other))
    for pair in sorted(ties):
        shared = len({tie["initiative"] for tie in ties[pair]})
        graph.add_edge(*pair, weight=shared, ties=ties[pair])
    return _counted(graph)


def part(network: nx.MultiDiGraph, pairs: Iterable[tuple[str, str]]) -> nx.MultiDiGraph:
    """Give the edges between some pairs of things, whichever way they lead, and their nodes.

    Args:
        network: the whole network.
        pairs: pairs of IRIs; one that is no edge adds nothing.
    """
    wanted = {tuple(sorted(map(thing_key, pair))) for pair in pairs}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one, other in sorted(wanted):
        for start, end in dict.fromkeys([(one, other), (other, one)]):
            for key, edge in (network.get_edge_data(start, end) or {}).items():
                found[start, end, key] = edge
    return _taken(network, ((*ends, edge) for ends, edge in found.items()))


def around(network: nx.Graph, node: str, hops: int = 1) -> nx.Graph:
    """Give what is within some steps of a node, whichever way the edges lead.

    Args:
        network: the two-mode or the one-mode network.
        node: the key of its middle, such as `organisation:kth`.
        hops: the greatest number of edges from there.

    Returns:
        The nodes reached and all edges between them, as a graph of the same class.

    Raises:
        NotFound: where the network has no such node.
    """
    if node not in network:
        raise NotFound(f"'{node}' is not in the network{nearest(node, network)}")
    reached = front = {node}
    for _ in range(hops):
        front = {each for old in front for each in nx.all_neighbors(network, old)} - reached
        reached = reached | front
    graph = network.__class__(**network.graph)
    graph.add_nodes_from((each, dict(network.nodes[each])) for each in network if each in reached)
    graph.add_edges_from(
        (*ends, dict(edge)) for *ends, edge in _edges(network) if ends[0] in reached and ends[1] in reached
    )
    return _counted(graph)


def as_of(network: nx.MultiDiGraph, period: str | moments.Moment) -> nx.MultiDiGraph:
    """Give the edges that certainly or possibly held in a period, and their nodes.

    The rule is that of the questions: an edge certainly held where it began by the period's last
    day and did not end before its first; it possibly held unless its bounds, or those of the
    initiative or body that it is a membership of, exclude it.

    Args:
        network: the whole network; its one-mode network as of a date is that of the result.
        period: a year, a month or a day.

    Returns:
        The network of these edges, each with `holds`: `certainly` or `possibly`.

    Raises:
        QueryError: where the period is none.
    """
    if isinstance(period, str):
        try:
            period = moments.parse(period)
        except ValueError as error:
            raise QueryError(str(error)) from None
    days = (period.first.isoformat(), period.last.isoformat())
    holding = []
    for start, end, key, edge in network.edges(keys=True, data=True):
        body = network.nodes.get(edge.get("organisation") or end, {}) if edge["type"] == "membership" else {}
        if _excluded(edge, days) or _excluded(body, days):
            continue
        holding.append((start, end, key, {**edge, "holds": holds(edge, *days)}))
    return _taken(network, holding)


def holds(bounds: Mapping[str, str], first: str, last: str) -> str:
    """Say whether what is not excluded held certainly or only possibly between two days.

    >>> holds({"latestStart": "2015-12-31", "earliestEnd": "2015-01-01"}, "2015-01-01", "2015-12-31")
    'certainly'
    """
    began, ended = bounds.get("latestStart"), bounds.get("earliestEnd")
    return "certainly" if began and ended and began <= last and ended >= first else "possibly"


def _excluded(bounds: Mapping[str, str], days: tuple[str, str]) -> bool:
    """Say whether bounds show that something began only after some days, or ended before them."""
    first, last = bounds.get("earliestStart"), bounds.get("latestEnd")
    return bool((first and first > days[1]) or (last and last < days[0]))


def parts(network: nx.MultiDiGraph) -> dict[str, list[Part]]:
    """Give the actors' memberships by initiative: the actor, the membership's key and its attributes."""
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for member, _, key, edge in network.edges(keys=True, data=True):
        initiative = edge.get("organisation", "")
        if initiative.startswith("initiative:") and network.nodes[member].get("kind") in ACTORS:
            found[initiative].append((member, key, edge))
    return found


def _tie(initiative: str, label: Any, one: Part, other: Part) -> dict[str, Any]:
    """Give what two memberships in one initiative have in common."""
    (a, a_key, a_edge), (b, b_key, b_edge) = one, other
    citations = {each["iri"]: each for edge in (a_edge, b_edge) for each in edge["citations"]}
    implied = "implied" in (a_edge["certainty"], b_edge["certainty"])
    tie = {
        "initiative": initiative,
        "label": label,
        "memberships": {a: a_key, b: b_key},
        "roles": {a: a_edge["role"], b: b_edge["role"]},
        "role_labels": {a: a_edge["label"], b: b_edge["label"]},
        **_shared(a_edge, b_edge),
        "certainty": "implied" if implied else "stated",
        "citations": list(citations.values()),
    }
    if "holds" in a_edge:
        both = a_edge["holds"] == b_edge["holds"] == "certainly"
        tie["holds"] = "certainly" if both else "possibly"
    return tie


def _shared(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Give the time that two facts share, as exactly as both are known.

    It begins when the later of them begins and ends when the earlier ends. That one began no sooner
    than some day holds of both; that both had begun by a day has to be known of each.
    """
    pairs = {bound: (one[bound], other[bound]) for bound in BOUNDS}
    shared = {
        "earliestStart": max(pairs["earliestStart"]),
        "latestStart": max(pairs["latestStart"]) if all(pairs["latestStart"]) else "",
        "earliestEnd": min(pairs["earliestEnd"]) if all(pairs["earliestEnd"]) else "",
        "latestEnd": min(filter(None, pairs["latestEnd"]), default=""),
    }
    said = {
        "start": _said(one["start"], other["start"], later=True),
        "end": _said(one["end"], other["end"], later=False),
    }
    if shared["earliestStart"] and shared["latestEnd"] and shared["earliestStart"] > shared["latestEnd"]:
        return {"start": "", "end": "", **dict.fromkeys(BOUNDS, ""), "overlap": "never"}
    certain = shared["latestStart"] and shared["earliestEnd"]
    overlap = "certainly" if certain and shared["latestStart"] <= shared["earliestEnd"] else "possibly"
    return {**said, **shared, "overlap": overlap}


def _said(one: str, other: str, *, later: bool) -> str:
    """Give the later or earlier of two moments; none where either is unknown or they leave it open.

    2015-05 is neither before nor after 2015, so that neither can be told to be the later.
    """
    if not one or not other or one == other:
        return one if one == other else ""
    first, second = sorted(map(moments.parse, (one, other)), key=lambda each: (each.first, each.last))
    if first.last >= second.first:
        return ""
    return second.text if later else first.text


def _edges(network: nx.Graph) -> Iterator[tuple[Any, ...]]:
    """Give the edges of any kind of graph, with their keys where it has some."""
    yield from network.edges(keys=True, data=True) if network.is_multigraph() else network.edges(data=True)


def _taken(network: nx.MultiDiGraph, edges: Iterable[Edge]) -> nx.MultiDiGraph:
    """Give a network of some edges and the nodes that they touch."""
    taken = [(start, end, key, dict(edge)) for start, end, key, edge in edges]
    ends: Collection[str] = {node for edge in taken for node in edge[:2]}
    graph = nx.MultiDiGraph(**network.graph)
    graph.add_nodes_from((node, dict(network.nodes[node])) for node in network if node in ends)
    graph.add_edges_from(sorted(taken, key=lambda edge: (edge[2], edge[:2])))
    return _counted(graph)


def _counted(graph: nx.Graph) -> nx.Graph:
    """Count each node's edges anew."""
    for node, ties in graph.degree():
        graph.nodes[node]["ties"] = ties
    return graph
