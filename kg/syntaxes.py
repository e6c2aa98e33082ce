"""Syntaxes: a data set's graph in the W3C's forms of RDF, each from sorted triples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import canonical as rdfc
from kg import context, formats, ontology
from kg import jsonld as json_ld
from kg.iris import prefixes

if TYPE_CHECKING:
    from kg.exports import Part


def ttl(part: Part) -> bytes:
    """Write Turtle: by kind of thing, with headings; plainly where there are blank nodes.

    Only triples whose subject has an IRI can be told by kind.
    """
    triples = part.triples
    if any(
        not isinstance(t.subject, ox.NamedNode) or isinstance(t.object, (ox.BlankNode, ox.Triple))
        for t in triples
    ):
        return formats.graph(triples, "ttl", _prefixes(part), part.seconds).encode()
    return formats.turtle(triples, part.store.base, _prefixes(part)).encode()


def trig(part: Part) -> bytes:
    """Write TriG: the default graph first, or under its name, then each named graph once."""
    return formats.dump(part.quads, "trig", _prefixes(part)).encode()


def nt(part: Part) -> bytes:
    """Write N-Triples."""
    return formats.dump(part.triples, "nt", {}).encode()


def nq(part: Part) -> bytes:
    """Write N-Quads."""
    return formats.dump(part.quads, "nq", {}).encode()


def rdf(part: Part) -> bytes:
    """Write RDF/XML."""
    return formats.graph(part.triples, "rdf", _prefixes(part), part.seconds).encode()


def jsonld(part: Part) -> bytes:
    """Write JSON-LD with the published keys: intervals and instants stand in what has them."""
    return json_ld.jsonld(
        part.triples, _prefixes(part), published=context.published(), context=part.context, framed=True
    ).encode()


def canonical(part: Part) -> bytes:
    """Write the canonical N-Quads of all graphs."""
    return rdfc.canonical(part.quads, part.seconds)


def _prefixes(part: Part) -> dict[str, str]:
    return prefixes(part.store.base, ontology.load().schemes)
