"""Drawings: a network as GraphML, GEXF, CSV of nodes and of edges, and JSON for the web's own libraries.

CSV is RFC 4180's, as the W3C's CSV on the Web takes it: UTF-8, a header, one row a node or an edge, the
columns in the same order for all. vis-network reads `nodes` and `edges` as it stands; the JSON for
Cytoscape is that of Cytoscape.js, which the desktop program, py4cytoscape and networkx read too.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from kg.attributes import Plain, plain, types, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.attributes import Values
    from kg.exports import Part

NODE = ("id", "label", "kind")
EDGE = ("id", "source", "target", "label", "type", "role")
"""The columns that come first."""


def graphml(part: Part) -> bytes:
    """Write GraphML."""
    from kg import graphml as form

    return form.write(part.network, part.language)


def gexf(part: Part) -> bytes:
    """Write GEXF, in which nodes have the colours and places of the view."""
    from kg import gexf as form
    from kg.layout import layout
    from kg.view import LOOKS, group_of

    graph = part.network
    looks = {node: LOOKS.get(group_of(known)) for node, known in graph.nodes(data=True)}
    colours = {node: look[1] for node, look in looks.items() if look}
    return form.write(graph, part.language, positions=layout(graph), colours=colours)


def nodes(part: Part) -> bytes:
    """Write nodes as CSV."""
    return _csv(*node_rows(plain(part.network, part.language)))


def edges(part: Part) -> bytes:
    """Write edges as CSV."""
    return _csv(*edge_rows(plain(part.network, part.language)))


def nodes_safe(part: Part) -> bytes:
    """Write nodes as CSV that no spreadsheet takes for formulas."""
    return _safe(*node_rows(plain(part.network, part.language)))


def edges_safe(part: Part) -> bytes:
    """Write edges as CSV that no spreadsheet takes for formulas."""
    return _safe(*edge_rows(plain(part.network, part.language)))


def vis(part: Part) -> bytes:
    """Write JSON for vis-network: its own names first, then all that is known."""
    drawn = plain(part.network, part.language)
    found: dict[str, Any] = {
        "nodes": [
            {**known, "id": node, "label": _label(known, node), "group": known.get("kind", "")}
            for node, known in drawn.nodes
        ],
        "edges": [
            {**known, "id": edge, "from": one, "to": other, "arrows": "to" if drawn.directed else ""}
            for edge, one, other, known in drawn.edges
        ],
        "about": drawn.about,
    }
    return _json(found)


def cytoscape(part: Part) -> bytes:
    """Write JSON for Cytoscape."""
    graph = part.network
    drawn = plain(graph, part.language)
    found = {
        "data": {**drawn.about, "name": drawn.about.get("title", "")},
        "directed": drawn.directed,
        "multigraph": graph.is_multigraph(),
        "elements": {
            "nodes": [
                {"data": {**known, "id": node, "value": node, "name": _label(known, node)}}
                for node, known in drawn.nodes
            ],
            "edges": [
                {"data": {**known, "id": edge, "key": edge, "source": one, "target": other}}
                for edge, one, other, known in drawn.edges
            ],
        },
    }
    return _json(found)


def node_rows(drawn: Plain) -> tuple[list[str], list[list[str]]]:
    """Give the columns and rows of the nodes."""
    listed: list[Values] = [
        {**known, "id": node, "label": _label(known, node)} for node, known in drawn.nodes
    ]
    return _rows(listed, NODE)


def edge_rows(drawn: Plain) -> tuple[list[str], list[list[str]]]:
    """Give the columns and rows of the edges."""
    listed: list[Values] = [
        {**known, "id": edge, "source": one, "target": other} for edge, one, other, known in drawn.edges
    ]
    return _rows(listed, EDGE)


def _label(known: Values, node: str) -> str:
    return written(known.get("name") or known.get("label") or node)


def _rows(listed: list[Values], first: Iterable[str]) -> tuple[list[str], list[list[str]]]:
    columns = list(dict.fromkeys((*first, *types(listed))))
    return columns, [[written(row[column]) if column in row else "" for column in columns] for row in listed]


def _csv(columns: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([columns, *rows])
    return out.getvalue().encode()


def _safe(columns: list[str], rows: list[list[str]]) -> bytes:
    from kg.spreadsheet import written as safe

    return safe([columns, *rows])


def _json(found: dict[str, Any]) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n").encode()
