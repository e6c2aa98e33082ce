"""Lexicon: what the ontology says of each term, and how a data set uses it.

A term of the ontology's own stands with all that is said of it; one of another vocabulary with what it
is called here and how often it occurs.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg import ontology, terms
from kg.iris import expand
from kg.site import rulebook

if TYPE_CHECKING:
    from kg.partitions import Partitions
    from kg.site.rulebook import Rule
    from kg.site.site import Site
    from kg.terms import Terms

EXAMPLES = 3
"""Examples of a term's use."""
ALIGNMENTS = ("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:closeMatch", "skos:exactMatch", "rdfs:seeAlso")
"""The properties by which alignments.ttl relates terms."""
CHANGES = "changes.csv"
"""The file that says what changed in which version of the ontology."""

_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode(expand("rdf:type"))


class Change(NamedTuple):
    """What changed in a version, of one term or, where that is empty, of the whole."""

    version: str
    date: str
    term: str
    texts: dict[str, str]


@dataclass(frozen=True)
class Use:
    """How often a term occurs: as class of things or as property of triples; how much of it is derived."""

    count: int
    derived: int


@dataclass(frozen=True)
class Entry:
    """A term.

    Attributes:
        iri: its IRI.
        kind: class, object, data, annotation, property or datatype.
        labels: what it is called, by language.
        definitions: likewise.
        notes: editorial notes, likewise.
        examples: as the ontology gives them: text and language.
        domain: the classes of its subjects, one of which each is.
        range: the classes or the datatype of its values.
        above: superclasses or superproperties that are said of it.
        below: what is said to be below it, in the ontology.
        apart: the classes that share no member with it.
        inverse: the properties that say the same from the other end.
        aligned: what alignments.ttl says: property and term.
        use: in the data.
        things: examples of its use: the thing, and the value of a property.
        rules: what the shapes ask of its members.
    """

    iri: str
    kind: str
    labels: dict[str, str]
    definitions: dict[str, str]
    notes: dict[str, str]
    examples: list[tuple[str, str]]
    domain: list[str]
    range: list[str]
    above: list[str]
    below: list[str]
    apart: list[str]
    inverse: list[str]
    aligned: list[tuple[str, str]]
    use: Use
    things: list[tuple[str, str | ox.Literal]]
    rules: list[Rule]


class Lexicon:
    """The ontology's terms, and their use in one data set."""

    def __init__(self, site: Site, counts: Partitions) -> None:
        self.site = site
        self.counts = counts
        self.terms: Terms = terms.read(ontology.load().folder)

    @cached_property
    def own(self) -> list[Entry]:
        """The ontology's own terms: classes, then properties, then datatypes, each by name."""
        entries = [self.entry(term) for term in self.terms.own]
        order = {"class": 0, "datatype": 2}
        return sorted(entries, key=lambda each: (order.get(each.kind, 1), each.iri))

    @cached_property
    def foreign(self) -> list[Entry]:
        """The terms of other vocabularies that are declared or occur in the data, by IRI."""
        said = {*self.terms.main.instances(*terms.CLASS_KINDS, *terms.PROPERTY_KINDS)}
        found = {*self.counts.classes, *self.counts.properties, *said}
        return [
            self.entry(each)
            for each in sorted(found)
            if not self.terms.is_own(each) and not each.startswith("_:")
        ]

    @cached_property
    def rules(self) -> dict[str, list[Rule]]:
        """What the shapes ask, by class."""
        return rulebook.read(self.terms.facts["shapes.ttl"])

    @cached_property
    def derived(self) -> Counter[str]:
        """How many derived triples there are by property, and how many derived types by class."""
        graph = ox.NamedNode(f"{self.site.base}graph/derived")
        found: Counter[str] = Counter()
        for quad in self.site.store.store.quads_for_pattern(None, None, None, graph):
            found[quad.predicate.value] += 1
            if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
                found[quad.object.value] += 1
        return found

    @cached_property
    def changes(self) -> list[Change]:
        """What changed, the newest version first."""
        with (self.terms.folder / CHANGES).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [
            Change(row["version"], row["date"], row["term"], {"en": row["en"], "sv": row["sv"]})
            for row in rows
        ]

    def entry(self, iri: str) -> Entry:
        """Give all that is known of a term."""
        model = self.terms.model
        main = self.terms.main
        kind = self._kind(iri)
        aligned = self.terms.facts["alignments.ttl"]
        pairs = [(each, value) for each in ALIGNMENTS for value in aligned.iris(iri, each)]
        return Entry(
            iri=iri,
            kind=kind,
            labels=_first(main.texts(iri, "rdfs:label")) or self.site.labels.get(iri, {}),
            definitions=_first(main.texts(iri, "skos:definition")),
            notes=_first(main.texts(iri, "skos:editorialNote")),
            examples=[
                (t, language) for language, each in main.texts(iri, "skos:example").items() for t in each
            ],
            domain=self._sides(iri, "rdfs:domain"),
            range=self._sides(iri, "rdfs:range"),
            above=_named(main.iris(iri, "rdfs:subClassOf", "rdfs:subPropertyOf")),
            below=_named(
                [s for c in ("rdfs:subClassOf", "rdfs:subPropertyOf") for s in main.subjects(c, iri)]
            ),
            apart=_named([*main.iris(iri, "owl:disjointWith"), *main.subjects("owl:disjointWith", iri)]),
            inverse=_named([*model.iris(iri, "owl:inverseOf"), *model.subjects("owl:inverseOf", iri)]),
            aligned=[(by, other) for by, value in pairs for other in self._aligned(value)],
            use=self.use(iri, kind),
            things=self.things(iri, kind),
            rules=self.rules.get(iri, []),
        )

    def _kind(self, iri: str) -> str:
        kinds = self.terms.main.iris(iri, "rdf:type")
        named = {
            "class": terms.CLASS_KINDS,
            "object": ("owl:ObjectProperty",),
            "data": ("owl:DatatypeProperty",),
            "annotation": ("owl:AnnotationProperty",),
            "datatype": ("rdfs:Datatype",),
        }
        for name, curies in named.items():
            if {terms.iri(each) for each in curies} & set(kinds):
                return name
        return "class" if iri in self.counts.classes else "property"

    def _sides(self, iri: str, curie: str) -> list[str]:
        return _named(
            [part for side in self.terms.main.iris(iri, curie) for part in self.terms.main.parts(side)]
        )

    def _aligned(self, value: str) -> list[str]:
        """Give an aligned term; `^` before one that is meant from its other end."""
        if not value.startswith("_:"):
            return [value]
        return [f"^{each}" for each in self.terms.facts["alignments.ttl"].iris(value, "owl:inverseOf")]

    def use(self, iri: str, kind: str) -> Use:
        """Count a term's use in the default graph."""
        if kind == "class":
            part = self.counts.classes.get(iri)
            return Use(part.entities if part else 0, self.derived[iri])
        if kind == "datatype":
            return Use(self._typed(iri), 0)
        count = self.counts.properties.get(iri)
        return Use(count.triples if count else 0, self.derived[iri])

    def _typed(self, datatype: str) -> int:
        query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(DATATYPE(?o) = <{datatype}>) }}"
        (row,) = self.site.store.query(query)  # type: ignore[misc]
        return int(row["n"].value)

    def things(self, iri: str, kind: str) -> list[tuple[str, str | ox.Literal]]:
        """Give examples of a term's use: the first by IRI that are under the id base."""
        store, base = self.site.store.store, self.site.base
        if kind == "datatype":
            return []
        node = ox.NamedNode(iri)
        pattern = (None, _TYPE, node, _DEFAULT) if kind == "class" else (None, node, None, _DEFAULT)
        found = []
        for quad in store.quads_for_pattern(*pattern):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(base):
                value = quad.object
                shown = value.value if isinstance(value, ox.NamedNode) else value
                if isinstance(shown, str | ox.Literal):
                    found.append((quad.subject.value, "" if kind == "class" else shown))
        return sorted(found, key=lambda pair: (pair[0], str(pair[1])))[:EXAMPLES]


def _first(texts: dict[str, list[str]]) -> dict[str, str]:
    return {language: found[0] for language, found in texts.items() if found}


def _named(iris: list[str]) -> list[str]:
    return sorted({each for each in iris if not each.startswith("_:")})


def anchor(terms_: Terms, iri: str) -> str:
    """Give the fragment by which a term is found on the page: the term's own where it is ours."""
    from kg.description import fragment

    return iri.removeprefix(terms_.namespace) if terms_.is_own(iri) else fragment(iri)
