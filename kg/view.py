"""The picture of a network: one HTML file that needs nothing else, not even a connection.

pyvis's Network makes the nodes, edges and options for vis-network; the page around them is ours,
since none of pyvis's own is offline or safe with foreign names. Names and data reach the page as
JSON in a script element that never runs, and from there as text alone. The policy in the page's
head admits its own scripts and style by their digests and no request to anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections import Counter
from importlib.resources import files
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

SCRIPTS = ("view_words.js", "view_labels.js", "view_panel.js", "view.js")
"""The parts of the page's own script, which share one scope."""

_NOSCRIPT = {
    "en": "This picture needs JavaScript, which is switched off here.",
    "sv": "Bilden behöver JavaScript, som är avstängt här.",
}
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_VIS = "lib/vis-9.1.2/vis-network.min.js"


def render(
    network: nx.MultiDiGraph,
    *,
    title: str = "",
    dataset: Mapping[str, Any] | None = None,
    language: str = "en",
) -> str:
    """Give the HTML page of a network as `kg.network.read` gives it.

    Args:
        network: nodes and edges with their attributes.
        title: the page's title; by default the data set's.
        dataset: a row of dataset.csv (title_en, title_sv, version, date); by default what the
            graph itself says.
        language: the language that the page opens in, en or sv.

    Returns:
        One self-contained page; the same for the same network.
    """
    known = {**network.graph.get("dataset", {}), **(dataset or {})}
    titles = {"": title} if title else _titles(known)
    here = files("kg")
    style = (here / "view.css").read_text("utf-8")
    library = _inline(_vis_network())
    parts_of_script = [(here / name).read_text("utf-8") for name in SCRIPTS]
    script = _inline("(() => {\n'use strict';\n" + "\n".join(parts_of_script) + "})();\n")
    page = {
        "language": language,
        "title": titles,
        "dataset": {key: known.get(key, "") for key in ("version", "date")},
        "looks": LOOKS,
        **_drawn(network, language),
    }
    parts = {
        "language": html.escape(language),
        "title": html.escape(text_in(titles, language)),
        "noscript": html.escape(_NOSCRIPT.get(language, _NOSCRIPT["en"])),
        "policy": _policy([library, script], style),
        "style": style,
        "data": _json(page),
        "library": library,
        "script": script,
    }
    template = (here / "view.html").read_text("utf-8")
    # One pass: braces in names are never taken for slots.
    return _SLOT.sub(lambda slot: parts[slot[1]], template)


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


def _titles(dataset: Mapping[str, Any]) -> dict[str, str]:
    """Give the titles of a data set by language."""
    cells = {key[6:]: text for key, text in dataset.items() if key.startswith("title_") and text}
    return cells or dict(dataset.get("title", {}))


def _drawn(network: nx.MultiDiGraph, language: str) -> dict[str, Any]:
    """Give what pyvis makes of the network, and beside it what the panel shows."""
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


def _vis_network() -> str:
    """Give vis-network as pyvis ships it, licence and all, but without its hint to a source map."""
    text = (files("pyvis") / _VIS).read_text("utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", text)


def _inline(script: str) -> str:
    """Write a script so that it cannot end the element that it stands in."""
    return re.sub(r"</(?=script)|<!--", lambda end: end[0].replace("<", "\\x3c"), script, flags=re.IGNORECASE)


def _json(value: object) -> str:
    """Write JSON so that no sign in it means anything to HTML or to an older JavaScript."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _policy(scripts: list[str], style: str) -> str:
    """Give the Content-Security-Policy: these scripts, this style, pictures in the page, no more."""
    admitted = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; script-src {admitted}; style-src {_digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
