"""The picture of a large network: one HTML file, drawn by WebGL, that needs nothing else.

Beyond what vis-network's canvas draws smoothly, sigma draws the same network: with search, legend,
filters, panel and table, and no more. The data stand by column, and each text, citation and interval
once, so that 200,000 ties are some megabytes. The page is as closed as that of `kg.view`.
"""

from __future__ import annotations

import html
from collections import defaultdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg import vendored
from kg.layout import layout
from kg.network import text_in
from kg.view import LOOKS, NOSCRIPT, as_json, group_of, inline, policy, titles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

LARGE = 600
"""The most things that vis-network draws: each frame anew, 600 move at 25 frames a second, 1,000 at 5."""

SCRIPTS = (
    "words",
    "texts",
    "elements",
    "large_words",
    "large_data",
    "large_marks",
    "large_panel",
    "large_picture",
    "large",
)
"""The parts of the page's own script, which share one scope; the first three are `kg.view`'s too."""
STYLES = ("view.css", "parts.css", "sheets.css", "large.css")
"""The page's style: that of `kg.view`'s page, and what a large network needs besides."""


def is_large(network: nx.Graph) -> bool:
    """Say whether a network is drawn by WebGL."""
    return len(network) > LARGE


def render(
    network: nx.MultiDiGraph,
    *,
    title: str = "",
    dataset: Mapping[str, Any] | None = None,
    language: str = "en",
    state: Mapping[str, Any] | None = None,
    conflicts: Mapping[str, Any] | None = None,  # noqa: ARG001 (kg.view shows them; here there is no room)
) -> str:
    """Give the HTML page of a large network as `kg.network.read` gives it.

    Args:
        network: nodes and edges with their attributes.
        title: the page's title; by default the data set's.
        dataset: a row of dataset.csv; by default what the graph itself says.
        language: the language that the page opens in, en or sv.
        state: how `kg.view`'s page would open; here only the thing that is `chosen` or in `focus`.
        conflicts: what `kg.view` shows beside; not shown here.

    Returns:
        One self-contained page; the same for the same network.
    """
    known = {**network.graph.get("dataset", {}), **(dataset or {})}
    titles = {"": title} if title else titles_of(known)
    here = files("kg") / "viewer"
    style = "".join((here / name).read_text("utf-8") for name in STYLES)
    own = "\n".join((here / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    scripts = {name: inline(vendored.script(name)) for name in ("graphology", "sigma")}
    # It asks for WebGL as soon as it is read: where there is none, it is not to run.
    scripts["sigma"] = (
        f"if (document.createElement('canvas').getContext('webgl2')) {{\n{scripts['sigma']}\n}}\n"
    )
    scripts["script"] = inline(f"(() => {{\n'use strict';\n{own}}})();\n")
    page = {
        "language": language,
        "title": titles,
        "dataset": {key: known.get(key, "") for key in ("version", "date")},
        "looks": LOOKS,
        "chosen": _chosen(state or {}),
        **columns(network),
    }
    parts = {
        **scripts,
        "language": html.escape(language),
        "title": html.escape(text_in(titles, language)),
        "noscript": html.escape(NOSCRIPT.get(language, NOSCRIPT["en"])),
        "policy": policy(list(scripts.values()), style),
        "style": style,
        "data": as_json(page),
    }
    return _filled((here / "large.html").read_text("utf-8"), parts)


def _chosen(state: Mapping[str, Any]) -> str:
    """Give the key of the thing that the page opens at, empty where there is none."""
    return str(state.get("chosen") or (state.get("focus") or {}).get("key") or "")


def _filled(template: str, parts: Mapping[str, str]) -> str:
    """Fill the slots in one pass: braces in names are never taken for slots."""
    pieces = [piece.partition("}}") for piece in template.split("{{")]
    head, *rest = pieces
    return head[0] + "".join(parts[name] + after for name, _, after in rest)


def columns(network: nx.MultiDiGraph) -> dict[str, Any]:
    """Give the data of the page: things and ties by column, what they share in tables beside.

    Returns:
        `things` (key, label, group, x, y, sure, cites) and `ties` (from, to, role, when, sure, cites),
        each a list per attribute; `more` and `through` by number, where there is any; and the tables
        `groups`, `roles`, `moments`, `sureties`, `cites` and `sources` that numbers point into.
    """
    tables = _Tables()
    positions = layout(network)
    numbers = {key: number for number, key in enumerate(network)}
    things: defaultdict[str, list[Any]] = defaultdict(list)
    more = {}
    for key, node in network.nodes(data=True):
        row = {"key": key, "label": _label(node["label"]), "group": tables.group(node)}
        row |= {"x": positions[key][0], "y": positions[key][1], **tables.support(node)}
        for name, value in row.items():
            things[name].append(value)
        if rest := tables.rest(node):
            more[numbers[key]] = rest
    ties: defaultdict[str, list[Any]] = defaultdict(list)
    through = {}
    for number, (start, end, edge) in enumerate(network.edges(data=True)):
        row = {"from": numbers[start], "to": numbers[end], "role": tables.role(edge)}
        row |= {"when": tables.moment(edge), **tables.support(edge)}
        for name, value in row.items():
            ties[name].append(value)
        if edge["through"]:
            through[number] = [[each["key"], _label(each["label"])] for each in edge["through"]]
    empty: dict[str, list[Any]] = {name: [] for name in ("key", "label", "from", "to", "role", "group")}
    return {
        "things": {**empty, **things},
        "ties": {**empty, **ties},
        "more": more,
        "through": through,
        **tables.all(),
    }


def _label(label: Mapping[str, str]) -> str | dict[str, str]:
    """Give a label in English alone as its text, any other by language."""
    return label["en"] if set(label) == {"en"} else dict(label)


class _Tables:
    """What many things and ties share: each value once, known by its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, dict[Any, int]] = defaultdict(dict)
        self.values: dict[str, list[Any]] = defaultdict(list)

    def number(self, table: str, key: Any, value: Any) -> int:
        """Give the number of a value in a table, where it is put if it is new."""
        found = self.numbers[table].get(key)
        if found is None:
            found = self.numbers[table][key] = len(self.values[table])
            self.values[table].append(value)
        return found

    def group(self, node: Mapping[str, Any]) -> int:
        """Give the entry of the legend that a thing belongs to."""
        group = group_of(node)
        kind = node["kind"]
        look = group if group in LOOKS else kind if kind in LOOKS else "organisation"
        return self.number(
            "groups", group, {"kind": kind, "look": look, "label": _label(node.get("helix_label", {}))}
        )

    def role(self, edge: Mapping[str, Any]) -> int:
        """Give the role or relation of a tie."""
        value = {"type": edge["type"], "label": _label(edge["label"])}
        return self.number("roles", (edge["type"], edge["role"], text_in(edge["label"], "en")), value)

    def moment(self, fact: Mapping[str, Any]) -> int:
        """Give the interval of a fact."""
        value = tuple(fact.get(name, "") for name in ("start", "end", "attested"))
        return self.number("moments", value, value)

    def support(self, fact: Mapping[str, Any]) -> dict[str, int]:
        """Give how sure a fact is, and its lines."""
        surety = (fact["certainty"], fact["reason"])
        lines = tuple((self.source(cite), cite["first"], cite["last"]) for cite in fact["citations"])
        return {"sure": self.number("sureties", surety, surety), "cites": self.number("cites", lines, lines)}

    def source(self, cite: Mapping[str, Any]) -> int:
        """Give the document of a citation."""
        value = {"key": cite["source"], **{name: cite[name] for name in ("title", "language", "date")}}
        return self.number("sources", cite["source"], value)

    def fact(self, fact: Mapping[str, Any]) -> dict[str, Any]:
        """Give one statement about a thing, or one event."""
        value = {name: known for name, known in fact.get("value", {}).items() if known}
        kept = {name: fact[name] for name in ("start", "end", "attested") if fact.get(name)}
        if "relation" not in fact:  # an event is its own value
            return {"label": {}, "value": {"label": fact["label"]}, **kept, **self.support(fact)}
        return {"label": _label(fact["label"]), "value": value, **kept, **self.support(fact)}

    def rest(self, node: Mapping[str, Any]) -> dict[str, Any]:
        """Give what only some things have."""
        facts = [fact for fact in node["facts"] if fact["relation"] != "altLabel"]
        rest = {
            "aliases": node["aliases"],
            "types": node["types"] if node["kind"] == "initiative" else [],
            "classification": node["classification"],
            "facts": [self.fact(fact) for fact in facts],
            "events": [self.fact(event) for event in node["events"]],
        }
        return {name: value for name, value in rest.items() if value}

    def all(self) -> dict[str, list[Any]]:
        """Give all tables."""
        names = ("groups", "roles", "moments", "sureties", "cites", "sources")
        return {name: self.values[name] for name in names}
