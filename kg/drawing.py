"""The drawing of a network: marks and lines for vis-network, made through pyvis's Network.

Colour and shape say a thing's kind, size its ties; a line says its role, its certainty and its way.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.layout import layout
from kg.network import text_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

# Okabe and Ito's colours, which people with any colour vision tell apart; shapes say the kind again.
# Borders are darker, so that each mark has a contrast of 3:1 with the page (WCAG 2.2, 1.4.11).
LOOKS: dict[str, tuple[str, str, str, str, str]] = {
    "organisation government": ("dot", "#0072b2", "#004f7d", "#4aa3df", "#4aa3df"),
    "organisation academia": ("dot", "#e69f00", "#8f6200", "#f0b429", "#f0b429"),
    "organisation industry": ("dot", "#009e73", "#006b4e", "#2cc295", "#2cc295"),
    "organisation civil-society": ("dot", "#cc79a7", "#91466f", "#e493bf", "#e493bf"),
    "organisation": ("dot", "#a9afb6", "#5f666e", "#9aa2ab", "#9aa2ab"),
    "initiative": ("diamond", "#d55e00", "#8c3d00", "#f27f34", "#f27f34"),
    "unit": ("square", "#56b4e9", "#1b6f9f", "#8fd0f7", "#8fd0f7"),
    "post": ("triangleDown", "#6b7480", "#434a53", "#b3bbc5", "#b3bbc5"),
    "person": ("triangle", "#23282e", "#23282e", "#eef1f4", "#eef1f4"),
    "solution": ("star", "#f0e442", "#7d7500", "#f0e442", "#f0e442"),
    "document": ("hexagon", "#ffffff", "#5f5648", "#20252b", "#d8cfc0"),
}
"""For each entry of the legend its shape, then fill and border on light and on dark ground."""

STRONG = frozenset({"lead", "founder", "funder", "host", "initiator"})
"""The roles that are drawn with a heavier line: those that the ontology gives a property."""

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {"selectionWidth": 1.2, "hoverWidth": 0.8, "arrowStrikethrough": False},
}
LONGEST_NAME = 44
"""The most characters of a name in the picture; the panel has it whole."""


def group_of(attributes: Mapping[str, Any]) -> str:
    """Give the entry of the legend that a node belongs to: its kind, and an organisation's helix.

    >>> group_of({"kind": "organisation", "helix": "academia"})
    'organisation academia'
    """
    return f"{attributes['kind']} {attributes.get('helix', '')}".strip()


def years(fact: Mapping[str, str]) -> str:
    """Give the years of a fact as short as an edge needs, and a question mark where one is unknown.

    >>> years({"start": "2015-05", "end": "", "attested": ""})
    '2015–?'
    """
    start, end, attested = (fact.get(key, "")[:4] for key in ("start", "end", "attested"))
    if start or end:
        return start if start == end else f"{start or '?'}–{end or '?'}"
    return attested


def shortened(name: str, longest: int = LONGEST_NAME) -> str:
    """Give a name without line breaks and not longer than a picture can show.

    >>> shortened("a very long name", 8)
    'a very…'
    """
    line = " ".join(name.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def draw(network: nx.MultiDiGraph, language: str = "en") -> dict[str, Any]:
    """Give what pyvis makes of the network, and beside it what the panel shows.

    Returns:
        `nodes`, `edges` and `options` as vis-network takes them; `things` and `ties`, the network's
        attributes of each by its key.
    """
    from pyvis.network import Network

    drawing = Network(directed=True, cdn_resources="in_line")
    drawing.set_options(json.dumps(OPTIONS))
    positions = layout(network)
    for key, node in network.nodes(data=True):
        x, y = positions[key]
        drawing.add_node(key, **_node(node, language), x=x, y=y)
    pairs = Counter(frozenset((start, end)) for start, end in network.edges())
    drawn: Counter[frozenset[str]] = Counter()
    for start, end, key, edge in network.edges(keys=True, data=True):
        pair = frozenset((start, end))
        bend = _bend(drawn[pair], pairs[pair], forward=start <= end)
        drawing.add_edge(start, end, id=key, smooth=bend, **_edge(edge, language))
        drawn[pair] += 1
    return {
        "nodes": drawing.nodes,
        "edges": drawing.edges,
        "options": drawing.options,
        "things": dict(network.nodes(data=True)),
        "ties": {key: edge for *_, key, edge in network.edges(keys=True, data=True)},
    }


def _node(node: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Give pyvis's options of a node: colour and shape by kind and helix, size by ties."""
    group = group_of(node)
    known = group if group in LOOKS else node["kind"] if node["kind"] in LOOKS else "organisation"
    shape, fill, border, *_ = LOOKS[known]
    return {
        "label": shortened(text_in(node["label"], language)),
        "legend": group,
        "look": known,
        "shape": shape,
        "color": {"background": fill, "border": border},
        "size": round(7 + 2.6 * node["ties"] ** 0.5, 1),
    }


def _edge(edge: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Give pyvis's options of an edge: line by role and certainty, role and years as its label."""
    words = (shortened(text_in(edge["label"], language)), years(edge))
    dashes = [1, 4] if edge["certainty"] == "implied" else edge["type"] == "statement" and [5, 4]
    return {
        "label": " ".join(word for word in words if word),
        "width": 2.2 if edge["role"] in STRONG else 1.1,
        "dashes": dashes,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
    }


def _bend(number: int, total: int, *, forward: bool) -> dict[str, Any] | bool:
    """Bend the edges between the same two nodes away from one another; a single one is straight."""
    if total == 1:
        return False
    # The bends of opposite edges turn opposite ways, so that the sides are counted from one end.
    side = number - (total - 1) / 2
    if not side:
        return False
    clockwise = (side > 0) == forward
    kind = "curvedCW" if clockwise else "curvedCCW"
    return {"enabled": True, "type": kind, "roundness": round(min(abs(side) * 0.22, 0.8), 2)}
