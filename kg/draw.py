"""Draw: from what people write on the command line to a network, or what a page shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.ask import finder
from kg.errors import NotFound, QueryError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from kg.embedded import Embedded
    from kg.queries import Query


def network(
    store: Embedded,
    language: str,
    *,
    period: str | None = None,
    modes: str = "2",
    focus: str | None = None,
    hops: int = 1,
) -> nx.Graph:
    """Read the network of a store, or the part or projection of it that is asked for.

    Args:
        store: what is asked.
        language: the language of names.
        period: what may have held then; with none, whatever held at some time.
        modes: `1` for the one-mode network of organisations.
        focus: the name of a thing, only around which is told.
        hops: how many ties from there.

    Raises:
        NotFound: where nothing is so called, or it is not in the network.
        QueryError: where the period is none.
    """
    from kg import network, projection

    middle = network.thing_key(finder(store, store.base)(focus, "")) if focus else ""
    graph = network.read(store, language)
    if period:
        graph = projection.as_of(graph, period)
    if modes == "1":
        graph = projection.one_mode(graph)
    return projection.around(graph, middle, hops) if focus else graph


def drawing(
    store: Embedded,
    language: str,
    asked: Query | None = None,
    values: Mapping[str, str] | None = None,
    *,
    near: tuple[str | None, int] = (None, 2),
    period: str | None = None,
) -> dict[str, Any]:
    """Give what `kg.picture.render` draws: a network, or a question's part of it, and how it opens.

    Args:
        store: what is asked.
        language: the language of names.
        asked: a question about relations; with none, the whole network is drawn.
        values: its parameters' values.
        near: the name of a thing that the page opens around, and how many ties from there.
        period: the year, month or day that the page opens at.

    Returns:
        `network`, `state`, what `kg.picture.beside` reads, and for a question its `title` and `name`.

    Raises:
        NotFound: where nothing is so called, or it is not in the picture.
        QueryError: where the question is not about relations, or the period is none.
    """
    from kg import moments, network, picture, relations
    from kg.answer import keep
    from kg.queries import bind, said

    find = finder(store, store.base)
    drawn: dict[str, Any] = {}
    if asked is None:
        graph = network.read(store, language)
    else:
        text = bind(asked, values or {}, store.base, find)
        given = store.query(text)
        answer = keep(given, asked, values=values or {}, text=text, base=store.base, asked="", store=store)
        graph = relations.network(answer)
        drawn |= {"title": said(asked.summaries, language) or asked.name, "name": asked.name}
        period = period or relations.period(answer)
    state: dict[str, Any] = {}
    middle, hops = near
    if middle:
        key = network.thing_key(find(middle, ""))
        if key not in graph:
            raise NotFound(f"'{middle}' is not in the picture{nearest(key, graph)}")
        state["focus"] = {"key": key, "hops": hops}
    if period:
        try:
            state["time"] = {"mode": "as-of", "at": moments.parse(period).text}
        except ValueError as error:
            raise QueryError(f"--as-of: {error}") from None
    beside = picture.beside(store, store.base, graph, whole=asked is None)
    return {**drawn, **beside, "network": graph, "state": state}
