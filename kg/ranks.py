"""Ranks: the measures of a network as an answer, a row a node, in all forms that answers have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg import measures
from kg.answer import Answer
from kg.errors import QueryError, nearest
from kg.iris import ID_BASE, VOCABULARIES
from kg.parameters import Parameter
from kg.queries import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from kg.embedded import Embedded

COLUMNS = ("thing", "thingLabel", "kind", "helix", "degree", "betweenness", "component", "community")
ORDERS = ("degree", "betweenness", "component", "community", "name", "kind", "helix")
"""What rows can be sorted by: degree and betweenness from the greatest, all else from the least."""

_TYPES = {"degree": "integer", "betweenness": "decimal", "component": "integer", "community": "integer"}
_PARAMS = (
    Parameter("modes", "number", "2 for organisations and initiatives, 1 for organisations alone."),
    Parameter("focus", "thing", "The thing around which is measured."),
    Parameter("hops", "number", "The greatest number of ties from there."),
    Parameter("as-of", "period", "A year, month or day."),
    Parameter("language", "language", "The language of the names."),
)


def rank(
    graph: nx.Graph,
    order: str = "degree",
    asked: Mapping[str, Any] | None = None,
    store: Embedded | None = None,
) -> Answer:
    """Measure a network, and give its nodes as rows.

    Args:
        graph: the network, a part of it, or its one-mode network.
        order: one of `ORDERS`; rows that are equal in it are sorted by name, then by IRI.
        asked: modes, focus, hops, period and language, as far as they were asked for.
        store: where the network was read from, for what else is wanted of it.

    Returns:
        An answer of rows with `COLUMNS`; betweenness has six decimals. Its question says of how
        many nodes' paths betweenness is an estimate, where it is one.

    Raises:
        QueryError: where rows cannot be sorted so.
    """
    if order not in ORDERS:
        hint = nearest(order, ORDERS) or f"; there are {', '.join(ORDERS)}"
        raise QueryError(f"nothing is sorted by '{order}'{hint}")
    measured = measures.measure(graph)
    rows = [{**_named(graph.nodes[node]), **found} for node, found in measured.items()]
    rows.sort(key=lambda row: (_place(row, order), row["thingLabel"].casefold(), row["thing"]))
    bindings = [
        {name: _term(name, row[name]) for name in COLUMNS if row[name] not in ("", None)} for row in rows
    ]
    body = {"head": {"vars": list(COLUMNS)}, "results": {"bindings": bindings}}
    values = _values(asked or {})
    question = _question(measured, values)
    base = store.base if store else ID_BASE
    return Answer("rows", json.dumps(body).encode(), question, values, base=base, store=store)


def _question(measured: measures.Measures, values: Mapping[str, str]) -> Query:
    """Give what was asked, as a question of the library is."""
    return Query(
        name="measures",
        summary="Who has most ties, who stands between others, and who belongs together",
        description=_described(measured),
        tags=("structure",),
        params=tuple(param for param in _PARAMS if param.name in values),
        text="",
    )


def _values(asked: Mapping[str, Any]) -> dict[str, str]:
    """Give what was asked for as parameters; hops mean nothing without a focus."""
    known = {"as-of" if name == "period" else name: str(value) for name, value in asked.items() if value}
    if "focus" not in known:
        known.pop("hops", None)
    return known


def _named(node: Mapping[str, Any]) -> dict[str, str]:
    """Give what a row tells of a node besides its measures."""
    return {
        "thing": node["iri"],
        "thingLabel": node["name"],
        "kind": node["kind"],
        "helix": node.get("helix", ""),
    }


def _place(row: Mapping[str, Any], order: str) -> Any:
    if order in ("degree", "betweenness"):
        return -row[order]
    return row["thingLabel"].casefold() if order == "name" else row[order]


def _term(name: str, value: Any) -> dict[str, str]:
    """Give a value as SPARQL 1.1 Query Results JSON has it."""
    if name == "thing":
        return {"type": "uri", "value": value}
    if name not in _TYPES:
        return {"type": "literal", "value": value}
    text = f"{value:.6f}" if name == "betweenness" else str(value)
    return {"type": "literal", "value": text, "datatype": VOCABULARIES["xsd"] + _TYPES[name]}


def _described(measured: measures.Measures) -> str:
    """Say what the columns are, and whether betweenness is counted or estimated."""
    how = (
        "counted over all shortest paths"
        if measured.exact
        else f"estimated from the shortest paths of {measured.paths_from} of {len(measured)} nodes"
    )
    return (
        f"Degree is the number of neighbours, betweenness the share of shortest paths through a node, {how}; "
        "component and community are numbered by size."
    )
