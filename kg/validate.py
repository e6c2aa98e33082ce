"""Validate: hold the graph against the shapes, and say which row is wrong.

The shapes are SHACL Core (https://www.w3.org/TR/shacl/) and run in pySHACL; each result is brought
back to the table and line that its node came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

from kg.errors import Problem
from kg.iris import expand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rdflib.term import Node

    from kg.tables import Row


def _sh(name: str) -> URIRef:
    return URIRef(expand(f"sh:{name}"))


def validate(graph: Graph, shapes: Path, origins: Mapping[str, Row]) -> list[Problem]:
    """Give what is wrong in a graph, each with the row that it came from.

    Args:
        graph: asserted and derived triples with the ontology and the concepts.
        shapes: the Turtle file of shapes.
        origins: the row of each node.
    """
    from pyshacl import validate as hold  # costs half a second

    shape_graph = Graph().parse(shapes, format="turtle")
    _, report, _ = hold(graph, shacl_graph=shape_graph, inplace=True)
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report: {report}")
    results = report.objects(None, _sh("result"))
    return sorted({_problem(report, result, origins) for result in results})


def _problem(report: Graph, result: Node, origins: Mapping[str, Row]) -> Problem:
    focus = str(report.value(result, _sh("focusNode")))
    message = str(report.value(result, _sh("resultMessage")))
    value = report.value(result, _sh("value"))
    if isinstance(value, URIRef) or (value is not None and str(value) not in message):
        message = f"{message} (found: {_short(value)})"
    row = _origin(focus, origins)
    name = _short(URIRef(focus))
    if row is None:
        return Problem(name, 0, message)
    return row.problem(f"{name}: {message}")


def _origin(focus: str, origins: Mapping[str, Row]) -> Row | None:
    """Find the row that a node came from; an interval and its instants come from their fact's."""
    if focus in origins:
        return origins[focus]
    base, _, key = focus.rpartition("/")
    kind = base.rpartition("/")[2]
    if kind == "instant":
        key = key.rpartition("-")[0]
    for owner in ("membership", "event", "statement"):
        found = origins.get(f"{base.rpartition('/')[0]}/{owner}/{key.removeprefix(f'{owner}-')}")
        if found:
            return found
    return None


def _short(node: Node) -> str:
    """Give an IRI by its last two parts, as a prefix and a key."""
    text = str(node)
    if not isinstance(node, URIRef):
        return f"'{text}'"
    head, _, key = text.rpartition("/")
    return f"{head.rpartition('/')[2]}:{key}" if key else text
