"""Validate: hold the graph against the shapes, and say which row is wrong.

The shapes are SHACL Core (https://www.w3.org/TR/shacl/) and run in pySHACL; each result is brought
back to the table and line that its node came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

from kg.errors import Problem
from kg.iris import VOCABULARIES, expand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rdflib.term import Node

    from kg.tables import Row


def _sh(name: str) -> URIRef:
    return URIRef(expand(f"sh:{name}"))


def _rdf(name: str) -> URIRef:
    return URIRef(expand(f"rdf:{name}"))


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
    return sorted({_problem(report, result, graph, shape_graph, origins) for result in results})


def _problem(report: Graph, result: Node, graph: Graph, shapes: Graph, origins: Mapping[str, Row]) -> Problem:
    node = report.value(result, _sh("focusNode"))
    focus = str(node)
    message = str(report.value(result, _sh("resultMessage")))
    value = report.value(result, _sh("value"))
    path = report.value(result, _sh("resultPath"))
    if report.value(result, _sh("sourceConstraintComponent")) == _sh("ClosedConstraintComponent"):
        message = f"{message} (found: {_shown(path)} {_shown(value)})"
    elif isinstance(value, URIRef) or (value is not None and str(value) not in message):
        message = f"{message} (found: {_shown(value)})"
    shape = report.value(result, _sh("sourceShape"))
    link = report.value(path, _rdf("first")) or path or shapes.value(shape, _sh("targetSubjectsOf"))
    row = _stated(graph, (node, link, value), origins)
    return located(focus, message, origins, row=row, rule=str(shape) if isinstance(shape, URIRef) else "")


def located(
    focus: str,
    message: str,
    origins: Mapping[str, Row],
    *,
    row: Row | None = None,
    rule: str = "",
    severity: str = "violation",
) -> Problem:
    """Say what is wrong with a node, and in which table and line it came from.

    Args:
        focus: the node's IRI.
        message: what is wrong, and what would be right.
        origins: the row of each node.
        row: the row that is to be mended, where it is known to be another.
        rule: the IRI of the shape or constraint.
        severity: `violation` or `warning`.
    """
    row = row or _origin(focus, origins)
    name = short(focus)
    where, line, text = (row.path, row.line, f"{name}: {message}") if row else (name, 0, message)
    return Problem(where, line, text, severity, focus, rule)


def _stated(
    graph: Graph, triple: tuple[Node | None, Node | None, Node | None], origins: Mapping[str, Row]
) -> Row | None:
    """Find the row that states a wrong link of a thing, where the row of the thing does not."""
    subject, link, value = triple
    statements = [
        node
        for node in graph.subjects(_rdf("subject"), subject)
        if link is not None and (node, _rdf("predicate"), link) in graph
    ]
    exact = [node for node in statements if value is not None and (node, _rdf("object"), value) in graph]
    rows = sorted({origins[str(node)] for node in exact or statements if str(node) in origins}, key=_place)
    return rows[0] if rows and (exact or len(rows) == 1) else None


def _place(row: Row) -> tuple[str, int]:
    return row.path, row.line


def _origin(focus: str, origins: Mapping[str, Row]) -> Row | None:
    """Find the row that a node came from.

    An interval and its instants come from their fact's, a passage from its source's.
    """
    focus = focus.partition("#line=")[0]
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


def _shown(node: Node | None) -> str:
    return short(str(node)) if isinstance(node, URIRef) else f"'{node}'"


def short(iri: str) -> str:
    """Give an IRI as people write it: a term with its prefix, else the last two parts.

    >>> short("http://www.w3.org/ns/org#role"), short("https://example.org/id/place/old-quay")
    ('org:role', 'place:old-quay')
    """
    for prefix, namespace in VOCABULARIES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    head, _, key = iri.rpartition("/")
    return f"{head.rpartition('/')[2]}:{key}" if key else iri
