"""The picture of a network: one HTML file that needs nothing else, not even a connection.

`kg.drawing` makes the nodes, edges and options for vis-network; the page around them, in viewer/, is
ours, since none of pyvis's own is offline or safe with foreign names. Names and data reach the page
as JSON in a script element that never runs, and from there as text alone. The policy in the page's
head admits its own scripts and style by their digests and no request to anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kg import measures, projection
from kg.drawing import LOOKS, OPTIONS, draw, group_of, shortened, years
from kg.layout import layout
from kg.network import text_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

__all__ = [
    "LOOKS",
    "OPTIONS",
    "as_json",
    "group_of",
    "inline",
    "policy",
    "render",
    "shortened",
    "titles_of",
    "years",
]

SCRIPTS = (
    "words.js",
    "texts.js",
    "elements.js",
    "graph.js",
    "time.js",
    "state.js",
    "shown.js",
    "measures.js",
    "pairs.js",
    "scenes.js",
    "room.js",
    "moving.js",
    "picture.js",
    "pointing.js",
    "labels.js",
    "lettering.js",
    "choice.js",
    "search.js",
    "legend.js",
    "panel.js",
    "chain.js",
    "timebar.js",
    "table.js",
    "timeline.js",
    "waves.js",
    "views.js",
    "portion.js",
    "turtle.js",
    "svg.js",
    "sheet.js",
    "take.js",
    "link.js",
    "print.js",
    "keys.js",
    "bar.js",
    "start.js",
)
"""The parts of the page's own script in viewer/, which share one scope."""
STYLES = ("view.css", "parts.css", "sheets.css", "print.css")
"""The page's style in viewer/: the page and its picture, the parts around it, the other views, paper."""

NOSCRIPT = {
    "en": "This picture needs JavaScript, which is switched off here.",
    "sv": "Bilden behöver JavaScript, som är avstängt här.",
}
"""What the page says, by language, where scripts do not run."""

UNTITLED = {"en": "Network", "sv": "Nätverk"}
"""What a page is called whose data have no title."""

_CONTROLS = range(0x7F, 0xA0)
"""The control characters that HTML does not allow, though JSON and JavaScript do."""
_UNSAFE = {code: f"\\u{code:04x}" for code in (*map(ord, "<>&\u2028\u2029"), *_CONTROLS)}
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_VIS = "lib/vis-9.1.2/vis-network.min.js"


def render(
    network: nx.MultiDiGraph,
    *,
    title: str = "",
    dataset: Mapping[str, Any] | None = None,
    language: str = "en",
    state: Mapping[str, Any] | None = None,
    conflicts: Mapping[str, Any] | None = None,
    surveys: Sequence[Mapping[str, Any]] = (),
    triples: Mapping[str, Any] | None = None,
) -> str:
    """Give the HTML page of a network as `kg.network.read` gives it.

    Args:
        network: nodes and edges with their attributes.
        title: the page's title; by default the data set's.
        dataset: a row of dataset.csv (title_en, title_sv, version, date); by default what the
            graph itself says.
        language: the language that the page opens in, en or sv.
        state: what else the page opens with, as viewer/state.js has it: `focus` with `key` and
            `hops`, `time` with `mode` and `at`.
        conflicts: what sources say differently of each thing, as `kg.conflicts.read` gives it.
        surveys: what was answered in two waves, as `kg.survey.read` gives it.
        triples: the RDF behind the network, as `kg.triples.read` gives it; without it, the page
            offers no Turtle.

    Returns:
        One self-contained page; the same for the same network.
    """
    known = {**network.graph.get("dataset", {}), **(dataset or {})}
    titles = {"": title} if title else titles_of(known)
    here = files("kg") / "viewer"
    style = "".join((here / name).read_text("utf-8") for name in STYLES)
    library = inline(_vis_network())
    parts_of_script = [(here / name).read_text("utf-8") for name in SCRIPTS]
    script = inline("(() => {\n'use strict';\n" + "\n".join(parts_of_script) + "})();\n")
    page = {
        "language": language,
        "title": titles,
        "dataset": {key: known.get(key, "") for key in ("version", "date")},
        "looks": LOOKS,
        "state": dict(state or {}),
        "conflicts": dict(conflicts or {}),
        "surveys": list(surveys),
        "triples": dict(triples or {}),
        "about": str(network.graph.get("description", "")),
        "organisations": _organisations(network),
        **_measured(network),
        **draw(network, language),
    }
    parts = {
        "language": html.escape(language),
        "title": html.escape(text_in(titles, language)),
        "noscript": html.escape(NOSCRIPT.get(language, NOSCRIPT["en"])),
        "policy": policy([library, script], style),
        "style": style,
        "data": as_json(page),
        "library": library,
        "script": script,
    }
    template = (here / "view.html").read_text("utf-8")
    # One pass: braces in names are never taken for slots.
    return _SLOT.sub(lambda slot: parts[slot[1]], template)


def titles_of(dataset: Mapping[str, Any]) -> dict[str, str]:
    """Give the titles of a data set by language; what has none is called a network."""
    cells = {key[6:]: text for key, text in dataset.items() if key.startswith("title_") and text}
    return cells or dict(dataset.get("title", {})) or UNTITLED


def _measured(network: nx.MultiDiGraph) -> dict[str, Any]:
    """Give each node's measures, and from how many nodes paths were counted where not from all."""
    found = measures.measure(network)
    wanted = ("degree", "betweenness", "community")
    told = {node: {name: each[name] for name in wanted} for node, each in found.items()}
    return {"measures": told, "pathsFrom": 0 if found.paths_from >= len(found) else found.paths_from}


def _organisations(network: nx.MultiDiGraph) -> dict[str, tuple[int, int]]:
    """Place organisations by what they share; those that share nothing stand beside the others."""
    return layout(_shared(network))


def _shared(network: nx.MultiDiGraph) -> nx.Graph:
    """Give the nodes and edges of the one-mode network, without what `kg.projection` knows of them."""
    import networkx as nx

    taken = [sorted({actor for actor, *_ in found}) for found in projection.parts(network).values()]
    active = {actor for actors in taken for actor in actors}
    graph = nx.Graph()
    for node, attributes in network.nodes(data=True):
        if attributes["kind"] == projection.ACTORS[0] or node in active:
            graph.add_node(node, name=attributes["name"])
    graph.add_edges_from(sorted(pair for actors in taken for pair in combinations(actors, 2)))
    return graph


def _vis_network() -> str:
    """Give vis-network as pyvis ships it, licence and all, but without its hint to a source map."""
    text = (files("pyvis") / _VIS).read_text("utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", text)


def inline(script: str) -> str:
    """Write a script so that it cannot end the element that it stands in, and is text that HTML allows."""
    script = re.sub("(?i)</(?=script)|<!--", lambda end: end[0].replace("<", "\\x3c"), script)
    # In a string, where alone these stand, both ways of writing are one.
    return re.sub(r"[\x7f-\x9f]", lambda sign: f"\\x{ord(sign[0]):02x}", script)


def as_json(value: object) -> str:
    """Write JSON so that no sign in it means anything to HTML or to an older JavaScript."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def policy(scripts: Sequence[str], style: str) -> str:
    """Give the Content-Security-Policy: these scripts, this style, pictures in the page, no more."""
    admitted = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; script-src {admitted}; style-src {_digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
