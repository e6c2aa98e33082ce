"""Relations: an answer's ties as a part of the whole network: drawn on a page, or handed to Gephi.

A question says in its header which pairs of its columns are ties (`edges`). What is drawn are the edges
that the store's network has between those pairs, with roles, dates and citations, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import QueryError

if TYPE_CHECKING:
    import networkx as nx

    from kg.answer import Answer
    from kg.origin import Origin

AS_OF = "as-of"
"""The parameter by which questions are asked as of a period."""


def html(answer: Answer, origin: Origin | None) -> bytes:
    """Write a page: the network of a question about relations, the table of any other.

    Where the rows name no tie that the network has, there is nothing to draw, and the page is the table.
    """
    from kg import page

    if answer.kind != "rows" or not answer.query.edges:
        return page.write(answer, origin)
    part = network(answer, origin)
    if not part.number_of_edges():
        return page.write(answer, origin)
    from kg import picture
    from kg.origin import language
    from kg.queries import said

    title = said(answer.query.summaries, language(answer)) or answer.query.name
    at = period(answer)
    shown: dict[str, Any] = {"state": {"time": {"mode": "as-of", "at": at}} if at else {}}
    if answer.store is not None:
        shown |= picture.beside(answer.store, answer.base, part, whole=False)
    return picture.render(part, title=title, language=language(answer), **shown).encode()


def period(answer: Answer) -> str:
    """Give the period that an answer is as of; empty where it was asked of all times."""
    known = {param.name for param in answer.query.params if param.type == "period"}
    given = answer.values.get(AS_OF, "") if AS_OF in known else ""
    return "" if given == "always" else given


def graphml(answer: Answer, origin: Origin | None) -> bytes:
    """Write the ties of an answer as GraphML."""
    from kg import graphml
    from kg.origin import language

    return graphml.write(network(answer, origin), language(answer))


def gexf(answer: Answer, origin: Origin | None) -> bytes:
    """Write the ties of an answer as GEXF."""
    from kg import gexf
    from kg.origin import language

    return gexf.write(network(answer, origin), language(answer))


def network(answer: Answer, origin: Origin | None = None) -> nx.MultiDiGraph:
    """Give the part of the network that an answer speaks of, and of the time that it was asked for.

    Its graph attribute `description` says where the answer comes from, where that is wanted.

    Raises:
        QueryError: where the question is not about relations, or its store is gone.
    """
    if answer.kind != "graph" and not answer.query.edges:
        name = "this question" if answer.query.name == "-" else f"question '{answer.query.name}'"
        raise QueryError(
            f"{name} is not about relations, so there is no network of its answer; "
            "ask for --format html-table, or name its ties in the header (edges: [a b])"
        )
    from kg import projection

    part = answer.to_networkx()
    at = period(answer)
    if at:
        part = projection.as_of(part, at)
    if origin is not None:
        from kg.origin import note

        part.graph["description"] = note(origin)
    return part
