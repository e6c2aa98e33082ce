"""Makers: how a row of each table becomes triples.

A dictionary from table to function: a further class of thing is one table, one short function here
and one shape. Every node has an IRI, so that graphs can be compared and diffed line by line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from kg import moments, sources
from kg.cells import MEASURES
from kg.iris import CONCEPTS, expand, passage
from kg.keys import employers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

    from kg.references import Index
    from kg.sources import Passage
    from kg.tables import Folder, Row, Table

    Triple = tuple[URIRef, URIRef, Node]
    Maker = Callable[["Row", "Ecosystem"], Iterator[Triple]]

REGISTERS = {
    "ror": ("inno:RorIdentifier", "{}"),
    "wikidata": ("inno:WikidataIdentifier", "http://www.wikidata.org/entity/{}"),
}
"""Of each register of identifiers: the datatype of its identifiers, and the page of one."""


def term(curie: str) -> URIRef:
    """Give a vocabulary's term as rdflib writes it."""
    return URIRef(expand(curie))


TYPE, CERTAINTY, REASON = term("rdf:type"), term("inno:certainty"), term("rdfs:comment")
LABEL, NAME = term("rdfs:label"), term("skos:prefLabel")
DERIVED_FROM, REFERENCED_BY = term("prov:wasDerivedFrom"), term("dcterms:isReferencedBy")


@dataclass(frozen=True)
class Ecosystem:
    """A data folder whose cells are known to be right, as the makers of triples see it."""

    folder: Folder
    known: Index
    tables: dict[str, Table]
    keys: dict[Row, str]

    @property
    def base(self) -> str:
        """The id base."""
        return self.known.base

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each source, by its key."""
        return {row["key"]: row["title"] for row in self.folder.of("sources")}

    @property
    def name(self) -> str:
        """The data set's short name."""
        return self.folder.dataset["name"]

    def thing(self, kind: str, key: str) -> URIRef:
        """Give the IRI of a thing."""
        return URIRef(f"{self.base}{kind}/{key}")

    def node(self, row: Row) -> URIRef:
        """Give the IRI of what a row is about."""
        return self.thing(self.tables[row.table].kind, self.keys[row])

    def refer(self, row: Row, column: str) -> list[URIRef]:
        """Give the IRIs of what a cell refers to."""
        described = next(c for c in self.tables[row.table].columns if c.name == column)
        words = row.many(column) if described.many else [row[column]]
        return [URIRef(self.known.iri(word, described)) for word in words if word]

    def link(self, node: URIRef, row: Row, **links: str) -> Iterator[Triple]:
        """Link a node to what cells refer to: column by column, with the property of each."""
        for column, curie in links.items():
            for target in self.refer(row, column):
                yield node, term(curie), target

    def support(self, node: URIRef, row: Row, cited: URIRef = DERIVED_FROM) -> Iterator[Triple]:
        """Say how sure a fact is, why where it is implied, and which passages say it."""
        yield from self.link(node, row, certainty="inno:certainty")
        if row["reason"]:
            yield node, REASON, Literal(row["reason"], lang="en")
        for span in cited_passages(row):
            yield node, cited, self.passage(span)

    def passage(self, span: Passage) -> URIRef:
        """Give the IRI of a passage."""
        return URIRef(passage(f"{self.base}source/{span.source}", span.first, span.last))

    def during(self, row: Row, fact: str, node: URIRef, link: str) -> Iterator[Triple]:
        """Give a fact its interval and instants, where the row has a moment.

        Args:
            row: with the cells start, end and attested.
            fact: the key of the fact, which the interval's key is made of.
            node: what has the interval.
            link: the property from the node to the interval.
        """
        ends = {
            "start": ("hasBeginning", "beginning"),
            "end": ("hasEnd", "end"),
            "attested": ("inside", "inside"),
        }
        if not any(row[column] for column in ends):
            return
        interval = self.thing("interval", fact)
        yield node, term(link), interval
        yield interval, TYPE, term("time:Interval")
        for column, (relation, suffix) in ends.items():
            if not row[column]:
                continue
            moment = moments.parse(row[column])
            instant = self.thing("instant", f"{fact}-{suffix}")
            yield interval, term(f"time:{relation}"), instant
            yield instant, TYPE, term("time:Instant")
            yield (
                instant,
                term(f"time:{moment.time_property}"),
                Literal(row[column], datatype=term(f"xsd:{moment.datatype}")),
            )

    def state(self, row: Row, triple: Triple, key: str) -> Iterator[Triple]:
        """State a link so that it can be cited and dated: the triple, and a statement beside it."""
        subject, predicate, value = triple
        node = self.thing("statement", key)
        yield triple
        yield node, TYPE, term("inno:Statement")
        yield node, term("rdf:subject"), subject
        yield node, term("rdf:predicate"), predicate
        yield node, term("rdf:object"), value
        yield from self.support(node, row)
        yield from self.during(row, f"statement-{key}", node, "time:hasTime")


def cited_passages(row: Row) -> list[Passage]:
    """Give the passages that a row cites."""
    return [span for citation in row.many("sources") for span in sources.passages(citation)]


def names(node: URIRef, row: Row, prefix: str = "name_", curie: str = "skos:prefLabel") -> Iterator[Triple]:
    """Name a node in each language that the row has a name in."""
    for column, cell in row.cells.items():
        if column.startswith(prefix) and cell:
            yield node, term(curie), Literal(cell, lang=column.removeprefix(prefix))


def _thing(*classes: str, **links: str) -> Maker:
    """Make the function for a table of things: their class, names, links and support."""

    def make(row: Row, eco: Ecosystem) -> Iterator[Triple]:
        node = eco.node(row)
        for name in classes:
            yield node, TYPE, term(name)
        yield from names(node, row)
        yield from eco.link(node, row, **links)
        yield from eco.support(node, row, REFERENCED_BY)

    return make


def _initiative(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    yield from _thing()(row, eco)
    for word in row.many("type"):
        yield eco.node(row), TYPE, term(f"inno:{word.capitalize()}")


def _person(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    node = eco.node(row)
    yield from _thing("foaf:Person")(row, eco)
    yield node, term("foaf:name"), Literal(row["name"])
    for language in eco.folder.dataset.many("languages"):
        yield node, NAME, Literal(row["name"], lang=language)


def _goal(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    node = eco.node(row)
    yield from _thing("inno:Goal", type="dcterms:type")(row, eco)
    if row["target_year"]:
        yield node, term("inno:targetYear"), Literal(row["target_year"], datatype=term("xsd:gYear"))
    for owner in eco.refer(row, "of"):
        yield from eco.state(row, (owner, term("inno:hasGoal"), node), f"{_key(owner)}-has-goal-{row['key']}")


def _solution(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    node = eco.node(row)
    yield from _thing("inno:Solution")(row, eco)
    for maker in eco.refer(row, "output_of"):
        yield from eco.state(
            row, (maker, term("inno:hasOutput"), node), f"{_key(maker)}-has-output-{row['key']}"
        )


def _event(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    yield from _thing(
        "inno:Event", type="dcterms:type", by="prov:wasAssociatedWith", concerns="inno:concerns"
    )(row, eco)
    yield from eco.during(row, f"event-{row['key']}", eco.node(row), "time:hasTime")


def _membership(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    node = eco.node(row)
    yield node, TYPE, term("org:Membership")
    yield from eco.link(
        node,
        row,
        member="org:member",
        organisation="org:organization",
        role="org:role",
        through="inno:representedBy",
    )
    yield from eco.support(node, row)
    yield from eco.during(row, eco.keys[row], node, "org:memberDuring")


def _holder(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    node = eco.node(row)
    yield node, TYPE, term("org:Membership")
    yield from eco.link(node, row, person="org:member", post="inno:inPost")
    (post,) = eco.refer(row, "post")
    yield node, term("org:organization"), eco.thing("organisation", employers(eco.folder)[_key(post)])
    yield node, term("org:role"), URIRef(f"{CONCEPTS}role/post-holder")
    yield from eco.support(node, row)
    yield from eco.during(row, eco.keys[row], node, "org:memberDuring")


def _period(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    (thing,) = eco.refer(row, "thing")
    key = eco.keys[row]
    triple = (thing, term("time:hasTime"), eco.thing("interval", f"statement-{key}"))
    yield from eco.state(row, triple, key)


def _name(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    (thing,) = eco.refer(row, "thing")
    key = eco.keys[row]
    curie = "skos:hiddenLabel" if row["type"] == "misspelling" else "skos:altLabel"
    yield from eco.state(row, (thing, term(curie), Literal(row["name"], lang=row["language"])), key)
    # A former name stays a label, by which the thing is found; the statement says that it is one.
    yield eco.thing("statement", key), term("dcterms:type"), URIRef(f"{CONCEPTS}name-type/{row['type']}")


def _identifier(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    (thing,) = eco.refer(row, "thing")
    datatype, page = REGISTERS[row["scheme"]]
    value = Literal(row["value"], datatype=term(datatype))
    yield from eco.state(row, (thing, term("org:identifier"), value), eco.keys[row])
    yield thing, term("rdfs:seeAlso"), URIRef(page.format(row["value"]))


def _statement(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    (subject,), (value,) = eco.refer(row, "subject"), eco.refer(row, "object")
    yield from eco.state(row, (subject, term(row["relation"]), value), eco.keys[row])


def _observation(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    node, measure = eco.node(row), _measure(row)
    yield node, TYPE, term("qb:Observation")
    yield node, term("qb:dataSet"), eco.thing("dataset", f"{eco.name}-{measure}")
    yield from eco.link(
        node,
        row,
        respondent="inno:respondent",
        wave="inno:wave",
        item="inno:item",
        answer="inno:answer",
        unit="inno:unit",
        bound="inno:bound",
    )
    if measure != "answer":
        whole = measure == "rank" or (measure == "number" and row[measure].isdigit())
        yield (
            node,
            term(f"inno:{measure}"),
            Literal(row[measure], datatype=term("xsd:integer" if whole else "xsd:decimal")),
        )
    if row["reference_year"]:
        yield node, term("inno:referenceYear"), Literal(row["reference_year"], datatype=term("xsd:gYear"))
    yield from eco.support(node, row)


MAKERS: dict[str, Maker] = {
    "organisations": _thing("org:FormalOrganization", kind="org:classification"),
    "units": _thing("org:OrganizationalUnit", unit_of="org:unitOf"),
    "initiatives": _initiative,
    "people": _person,
    "posts": _thing("org:Post", post_in="org:postIn"),
    "places": _thing("schema:Place"),
    "goals": _goal,
    "solutions": _solution,
    "documents": _thing("inno:PolicyDocument"),
    "events": _event,
    "groups": _thing("foaf:Group"),
    "memberships": _membership,
    "holders": _holder,
    "periods": _period,
    "names": _name,
    "identifiers": _identifier,
    "statements": _statement,
    "observations": _observation,
}
"""How the rows of each table become triples."""


def of_dataset(eco: Ecosystem) -> Iterator[Triple]:
    """Give the triples of the data set itself, and of the cubes of its survey."""
    row = eco.folder.dataset
    node = eco.thing("dataset", eco.name)
    yield node, TYPE, term("dcat:Dataset")
    yield from names(node, row, "title_", "dcterms:title")
    yield from names(node, row, "description_", "dcterms:description")
    yield node, term("dcterms:license"), URIRef(row["licence"])
    yield node, term("dcterms:issued"), Literal(row["date"], datatype=term("xsd:date"))
    yield node, term("dcat:version"), Literal(row["version"])
    for language in row.many("languages"):
        yield node, term("dcterms:language"), Literal(language)
    for measure in sorted({_measure(row) for row in eco.folder.of("observations")}):
        cube = eco.thing("dataset", f"{eco.name}-{measure}")
        yield cube, TYPE, term("qb:DataSet")
        yield cube, term("qb:structure"), URIRef(f"{CONCEPTS}structure/{measure}")
        yield cube, term("dcterms:isPartOf"), node
        yield cube, LABEL, Literal(f"{row['title_en'] or eco.name}: survey, {measure}", lang="en")


def of_source(row: Row, eco: Ecosystem) -> Iterator[Triple]:
    """Give the triples of a document that the data come from."""
    node = eco.node(row)
    yield node, TYPE, term("inno:SourceDocument")
    yield node, term("dcterms:title"), Literal(row["title"], lang=row["language"])
    yield node, LABEL, Literal(row["title"], lang=row["language"])
    yield from eco.link(node, row, publisher="dcterms:publisher")
    yield node, term("dcterms:language"), Literal(row["language"])
    if row["date"]:
        datatype = term(f"xsd:{moments.parse(row['date']).datatype}")
        yield node, term("dcterms:date"), Literal(row["date"], datatype=datatype)
    if row["licence"]:
        yield node, term("dcterms:license"), URIRef(row["licence"])
    yield node, term("schema:sha256"), Literal(row["sha256"])
    # The whole text as one passage tells how many lines it has (RFC 5147).
    yield node, term("dcterms:hasPart"), eco.passage(sources.Passage(row["key"], 1, int(row["lines"])))


def of_passage(span: Passage, eco: Ecosystem) -> Iterator[Triple]:
    """Give the triples of a passage of a document."""
    node = eco.passage(span)
    title = eco.titles[span.source]
    word = "line" if span.first == span.last else "lines"
    yield node, TYPE, term("inno:Passage")
    yield node, LABEL, Literal(f"{title}, {word} {span.lines.replace('-', '–')}", lang="en")
    yield node, term("dcterms:identifier"), Literal(f"{span.source}:{span.lines}")
    yield node, term("dcterms:isPartOf"), eco.thing("source", span.source)


def _measure(row: Row) -> str:
    return next(measure for measure in MEASURES if row[measure])


def _key(iri: URIRef) -> str:
    return str(iri).rpartition("/")[2]
