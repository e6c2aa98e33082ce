"""Excerpt: what some sources say, as a store of its own.

It holds all that the sources' named graphs hold, what follows from that by the rules, and the
concepts and the ontology. Of things that a source mentions and another one names, it holds what they
are and what they are called, so that an answer can be read, but nothing else that the other says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import ontology
from kg.derive import derive
from kg.embedded import Embedded
from kg.errors import NotFound, nearest
from kg.iris import RESERVED, expand

if TYPE_CHECKING:
    from collections.abc import Iterable

IDENTITY = tuple(
    ox.NamedNode(expand(curie))
    for curie in ("rdf:type", "skos:prefLabel", "foaf:name", "dcterms:title", "dcterms:identifier")
)
"""What is kept of a thing whoever says it: what it is and what it is called."""


def excerpt(whole: Embedded, sources: Iterable[str]) -> Embedded:
    """Give a store of what some sources say.

    Args:
        whole: the data set's own store.
        sources: the keys of the sources.

    Raises:
        NotFound: where there is no such source, or no row cites it.
    """
    known = _sources(whole)
    store = ox.Store()
    for source in sources:
        key = source.removeprefix("source:").removeprefix(f"{whole.base}source/")
        if key not in known:
            there = f"there are {', '.join(sorted(known))}" if known else "it holds no graphs of sources"
            has = nearest(key, known) or f"; {there}"
            raise NotFound(f"no row cites a source '{source}'{has}")
        graph = ox.NamedNode(f"{whole.base}graph/{key}")
        store.extend(_plain(quad) for quad in whole.store.quads_for_pattern(None, None, None, graph))
    _add_identities(store, whole)
    _add_described(store, whole)
    derive(store, ontology.load().rules)
    return Embedded(store, whole.base)


def _sources(whole: Embedded) -> set[str]:
    prefix = f"{whole.base}graph/"
    names = (graph.value.removeprefix(prefix) for graph in whole.store.named_graphs())
    return {name for name in names if name not in RESERVED}


def _plain(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _add_identities(store: ox.Store, whole: Embedded) -> None:
    """Add what is kept of each thing that the sources mention."""
    mentioned = {node for quad in store for node in (quad.subject, quad.object) if _ours(node, whole.base)}
    for node in sorted(mentioned, key=str):
        for predicate in IDENTITY:
            found = whole.store.quads_for_pattern(node, predicate, None, ox.DefaultGraph())
            store.extend(_plain(quad) for quad in found)


def _add_described(store: ox.Store, whole: Embedded) -> None:
    """Add concepts, ontology and the data set's description: all whose subject is no thing."""
    for quad in whole.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if not _ours(quad.subject, whole.base) or str(quad.subject).startswith(f"<{whole.base}dataset/"):
            store.add(quad)


def _ours(node: object, base: str) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(base)
