"""Picture: the page of a network, by the engine that its size asks for, and what is read beside it.

`kg.view` draws up to `kg.large.LARGE` things, with all that can be asked of them; `kg.large` more.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from kg import conflicts, large, names, queries, survey, triples, view
from kg.config import share

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store


def render(network: nx.MultiDiGraph, **shown: Any) -> str:
    """Give the page of a network; `shown` is as `kg.view.render` takes it."""
    draw = large.render if large.is_large(network) else view.render
    return draw(network, **shown)


def beside(store: Store, base: str, network: nx.MultiDiGraph, *, whole: bool) -> dict[str, Any]:
    """Read what a page shows beside the ties.

    Args:
        store: what the network was read from.
        base: the store's id base.
        network: what is drawn.
        whole: whether it is the whole network: survey waves are of that, not of an answer's ties.

    Returns:
        `conflicts` of the things drawn; of a network that is not large `triples`, its RDF, and where
        it is the whole `surveys`. All are arguments of `render`.
    """
    found = differing(store, base)
    shown: dict[str, Any] = {"conflicts": {key: each for key, each in found.items() if key in network}}
    if large.is_large(network):
        return shown
    shown["triples"] = triples.read(store, network)
    if whole:
        asked = {name: _question(name) for name in survey.QUESTIONS}
        shown["surveys"] = survey.read(store, asked, base, partial(names.find, store, base))
    return shown


def differing(store: Store, base: str) -> dict[str, list[dict[str, Any]]]:
    """Give what sources say differently of each thing, as `kg.conflicts.read` does."""
    return conflicts.read(store, _question(conflicts.QUESTION), base, partial(names.find, store, base))


def _question(name: str) -> queries.Query:
    return queries.read(share() / "queries" / f"{name}.rq")
