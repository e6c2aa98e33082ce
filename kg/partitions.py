"""Partitions: how many triples, subjects and objects a graph has, by class and by property.

They are what VoID calls partitions (https://www.w3.org/TR/void/, section 4.5), counted by SPARQL in the
default graph, so that a large graph takes no more memory than its schema.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.store import rows

if TYPE_CHECKING:
    from kg.store import Store


class Count(NamedTuple):
    """How many triples there are, and how many subjects and objects these have."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True)
class Part:
    """The subjects of one class, each of which may be of several.

    Attributes:
        entities: how many there are.
        properties: by property, the triples that have one of them as subject.
        values: by property, and by a class that their objects are of, the number of triples.
    """

    entities: int
    properties: dict[str, Count] = field(default_factory=dict)
    values: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def triples(self) -> int:
        """How many triples have one of them as subject."""
        return sum(count.triples for count in self.properties.values())


@dataclass(frozen=True)
class Partitions:
    """The counts of a default graph; IRIs in the order of their text."""

    whole: Count
    properties: dict[str, Count]
    classes: dict[str, Part]


_COUNTS = "(COUNT(*) AS ?t) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os)"
_WHOLE = f"SELECT {_COUNTS} {{ ?s ?p ?o }}"
_PROPERTIES = f"SELECT ?p {_COUNTS} {{ ?s ?p ?o }} GROUP BY ?p"
_CLASSES = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c"
_OF_CLASSES = f"SELECT ?c ?p {_COUNTS} {{ ?s a ?c ; ?p ?o }} GROUP BY ?c ?p"
_VALUES = "SELECT ?c ?p ?v (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . ?o a ?v } GROUP BY ?c ?p ?v"


def count(store: Store) -> Partitions:
    """Count a store's default graph.

    Classes without an IRI are left out: they have no name to count under.
    """
    (whole,) = _rows(store, _WHOLE)
    classes = {c: Part(int(n)) for c, n in sorted(_rows(store, _CLASSES))}
    for c, p, *numbers in sorted(_rows(store, _OF_CLASSES)):
        classes[c].properties[p] = Count(*map(int, numbers))
    for c, p, v, n in sorted(_rows(store, _VALUES)):
        classes[c].values[p][v] = int(n)
    properties = {p: Count(*map(int, numbers)) for p, *numbers in sorted(_rows(store, _PROPERTIES))}
    return Partitions(Count(*map(int, whole)), properties, classes)


def _rows(store: Store, query: str) -> list[list[str]]:
    """Give the rows of a query whose terms are all IRIs or numbers."""
    found = [list(row) for row in rows(store, query)]
    return [[str(t.value) for t in row] for row in found if not any(isinstance(t, ox.BlankNode) for t in row)]
