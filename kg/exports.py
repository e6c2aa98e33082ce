"""Exports: a data set's whole graph in an RDF syntax, the same bytes each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import formats, ontology
from kg.errors import QueryError, nearest
from kg.iris import prefixes
from kg.jsonld import jsonld

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.embedded import Embedded


def form_of(word: str) -> str:
    """Give the format that a word means.

    Raises:
        QueryError: where it is none that a graph is exported in.
    """
    form = formats.SUFFIXES.get(word.lower(), word.lower())
    if form in formats.EXPORTS:
        return form
    hint = nearest(form, [*formats.EXPORTS, *formats.SUFFIXES]) or f"; there are {', '.join(formats.EXPORTS)}"
    raise QueryError(f"there is no export format '{word}'{hint}")


def export(store: Embedded, form: str, *, asserted: bool = False) -> str:
    """Write a data set's graph.

    Args:
        store: the data set's own store.
        form: `ttl`, `nt` and `jsonld` hold the default graph, `trig` and `nq` the named ones too.
        asserted: leave out what was derived.
    """
    derived = ox.NamedNode(f"{store.base}graph/derived")
    quads = list(store.store)
    if asserted:
        left_out = {quad.triple for quad in store.store.quads_for_pattern(None, None, None, derived)}
        quads = [quad for quad in quads if quad.triple not in left_out]
    if form == "ttl":
        return turtle_of(quads, store.base)
    names = prefixes(store.base, ontology.load().schemes)
    if form == "jsonld":
        return jsonld(_default(quads), names)
    if form == "nt":
        return formats.dump(sorted(_default(quads), key=str), form, {})
    return formats.dump(sorted(quads, key=_order), form, {} if form == "nq" else names)


def turtle_of(quads: Iterable[ox.Quad], base: str) -> str:
    """Write the default graph of some quads as Turtle that people read."""
    return formats.turtle(_default(quads), base, prefixes(base, ontology.load().schemes))


def _default(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    return [quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]


def _order(quad: ox.Quad) -> tuple[str, str]:
    """Order by graph, the default one first, then by triple, so that TriG writes each graph once."""
    name = quad.graph_name
    return ("" if isinstance(name, ox.DefaultGraph) else str(name), str(quad.triple))
