"""Description: what a data set says of itself in RDF, so that catalogues and tools find and read it.

DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) for the data set, its files and its catalogue, VoID
(https://www.w3.org/TR/void/) for what is in it, PROV-O (https://www.w3.org/TR/prov-o/) for how it was
made. What VoID calls partitions is laid out as SIB's query editor reads it. Nothing has a blank node,
and no date is but the data set's own, so that the same data have the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg import formats
from kg.iris import ONTOLOGY, VOCABULARIES, digest, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.partitions import Count, Part, Partitions

VOID = "http://rdfs.org/ns/void#"
PROJECT = ONTOLOGY.removesuffix("/ontology#")
"""The IRI of the project, as its ontology names it."""
CODE_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
MEDIA = "https://www.iana.org/assignments/media-types/"
"""DCAT names media types by the addresses of IANA's register."""
TARGETS = {
    "ror": ("https://ror.org/", "Research Organization Registry"),
    "wikidata": ("http://www.wikidata.org/entity/", "Wikidata"),
}
"""The registers that links lead to: how their IRIs begin, and what they are called."""
LINKS = ("rdfs:seeAlso", "owl:sameAs", "skos:exactMatch", "skos:closeMatch")
"""The properties by which links lead there."""
EXAMPLES = ("organisation", "initiative", "membership")
"""The kinds of thing that an example is given of."""

CATALOGUE = {"en": "Catalogue of:", "sv": "Katalog över:"}
"""What stands before a data set's title in that of its catalogue."""

_DEFAULT = ox.DefaultGraph()


class File(NamedTuple):
    """A file that the data can be had in.

    Attributes:
        path: from the site's folder.
        titles: what it is, by language.
        media: its media type.
        size: in bytes.
        sha256: of its bytes, in hexadecimal digits.
        dump: whether it holds the whole default graph as RDF.
    """

    path: str
    titles: Mapping[str, str]
    media: str
    size: int
    sha256: str
    dump: bool


@dataclass(frozen=True)
class Subject:
    """What is described.

    Attributes:
        store: the graph.
        base: its id base.
        dataset: the IRI of the data set.
        root: the address that its files lie at, ending in a slash.
        date: the date of its version, as an `xsd:date`; empty where unknown.
        tool: the version of the tool that built it.
        terms: the IRI of the version of the ontology.
        files: those that it can be had in.
        tables: the tables that it was built from: name, rows and digest of each.
    """

    store: ox.Store
    base: str
    dataset: str
    root: str
    date: str
    tool: str
    terms: str
    files: Sequence[File] = ()
    tables: Sequence[tuple[str, int, str]] = ()

    @property
    def home(self) -> str:
        """What the IRIs of its parts begin with, wherever its files lie."""
        return home(self.base)

    def part(self, name: str) -> ox.NamedNode:
        """Give the IRI of a part of the description."""
        return ox.NamedNode(f"{self.home}dataset/#{name}")


def home(base: str) -> str:
    """Give the namespace around an id base.

    >>> home("https://w3id.org/innovation-kg/id/"), home("https://example.org/archipelago/")
    ('https://w3id.org/innovation-kg/', 'https://example.org/archipelago/')
    """
    return base.removesuffix("id/") if base.endswith("/id/") else base


def describe(subject: Subject, counts: Partitions) -> list[ox.Triple]:
    """Give the triples of the description, the data set's own first, then those of its parts.

    Args:
        subject: what is described.
        counts: of its default graph.
    """
    parts = (_own, _files, _sources, _build, _links, _catalogue)
    found = [triple for part in parts for triple in sorted(part(subject), key=str)]
    found += list(_counts(subject, counts))
    return list(dict.fromkeys(found))


def fragment(iri: str) -> str:
    """Give a class or property as a part of a fragment: by its prefix, else by a digest.

    >>> fragment("http://www.w3.org/ns/org#member")
    'org-member'
    """
    for prefix, space in VOCABULARIES.items():
        name = iri.removeprefix(space)
        if name != iri and re.fullmatch(r"[\w-]+", name):
            return f"{prefix}-{name}"
    return f"other-{digest(iri)}"


def _term(curie: str) -> ox.NamedNode:
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(VOID + name if prefix == "void" else expand(curie))


def _say(node: ox.NamedNode, **values: object) -> Iterator[ox.Triple]:
    """State values of a node, by properties written as `dcat_byteSize`; what is empty is not stated."""
    for name, value in values.items():
        several = value if isinstance(value, list) else [value]
        for each in several:
            if each == "":
                continue
            term = each if isinstance(each, ox.NamedNode | ox.Literal) else ox.Literal(each)  # type: ignore[arg-type]
            yield ox.Triple(node, _term(name.replace("_", ":", 1)), term)


def _type(node: ox.NamedNode, *curies: str) -> Iterator[ox.Triple]:
    for curie in curies:
        yield ox.Triple(node, _term("rdf:type"), _term(curie))


def _texts(texts: Mapping[str, str]) -> list[ox.Literal]:
    return [ox.Literal(text, language=language) for language, text in texts.items() if text]


def _date(subject: Subject) -> ox.Literal | str:
    return ox.Literal(subject.date, datatype=_term("xsd:date")) if subject.date else ""


def _own(subject: Subject) -> Iterator[ox.Triple]:
    """Say what the data set is: all that the graph says of it, and where to look further."""
    node = ox.NamedNode(subject.dataset)
    yield from (quad.triple for quad in subject.store.quads_for_pattern(node, None, None, _DEFAULT))
    yield from _type(node, "dcat:Dataset", "void:Dataset", "prov:Entity")
    yield from _say(
        node,
        dcat_landingPage=ox.NamedNode(f"{subject.root}dataset/index.html"),
        foaf_homepage=ox.NamedNode(f"{subject.root}index.html"),
        rdfs_seeAlso=ox.NamedNode(f"{subject.root}sparql/index.html"),
        dcterms_conformsTo=ox.NamedNode(subject.terms),
        dcterms_modified=_date(subject),
        void_uriSpace=subject.base,
        void_exampleResource=[ox.NamedNode(each) for each in examples(subject)],
        prov_wasGeneratedBy=subject.part("build"),
    )


def examples(subject: Subject) -> list[str]:
    """Give one thing of each kind in `EXAMPLES`: the one of which most is said, the first by its IRI."""
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in EXAMPLES}
    for quad in subject.store.quads_for_pattern(None, None, None, _DEFAULT):
        iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        kind = iri.removeprefix(subject.base).partition("/")[0] if iri.startswith(subject.base) else ""
        if kind in counted:
            counted[kind][iri] += 1
    return [min(found, key=lambda iri: (-found[iri], iri)) for found in counted.values() if found]


def _files(subject: Subject) -> Iterator[ox.Triple]:
    """Say in which files it can be had."""
    node = ox.NamedNode(subject.dataset)
    licence = _values(subject, subject.dataset, "dcterms:license")
    for file in subject.files:
        part = subject.part(f"file-{file.path.rpartition('/')[2]}")
        address = ox.NamedNode(subject.root + file.path)
        yield ox.Triple(node, _term("dcat:distribution"), part)
        yield from _type(part, "dcat:Distribution")
        yield from _say(
            part,
            dcterms_title=_texts(file.titles),
            dcat_accessURL=ox.NamedNode(f"{subject.root}dataset/index.html"),
            dcat_downloadURL=address,
            dcat_mediaType=ox.NamedNode(MEDIA + file.media),
            dcat_byteSize=ox.Literal(str(file.size), datatype=_term("xsd:nonNegativeInteger")),
            schema_sha256=file.sha256,
            dcterms_license=licence,
            dcterms_issued=_date(subject),
        )
        if file.dump:
            yield ox.Triple(node, _term("void:dataDump"), address)


def _values(subject: Subject, iri: str, curie: str) -> list[ox.NamedNode | ox.Literal]:
    found = subject.store.quads_for_pattern(ox.NamedNode(iri), _term(curie), None, _DEFAULT)
    return sorted((q.object for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)), key=str)


def sources(subject: Subject) -> list[str]:
    """Give the IRIs of the documents that the data come from, in order."""
    kind = _term("inno:SourceDocument")
    found = subject.store.quads_for_pattern(None, _term("rdf:type"), kind, _DEFAULT)
    return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))


def _sources(subject: Subject) -> Iterator[ox.Triple]:
    """Say which documents it comes from, under which licence, and how much each says."""
    node = ox.NamedNode(subject.dataset)
    told = ("dcterms:title", "dcterms:publisher", "dcterms:date", "dcterms:license", "dcterms:language")
    for iri in sources(subject):
        source, key = ox.NamedNode(iri), iri.rpartition("/")[2]
        yield ox.Triple(node, _term("dcterms:source"), source)
        yield from _type(source, "prov:Entity", "inno:SourceDocument")
        for curie in (*told, "schema:sha256"):
            for value in _values(subject, iri, curie):
                yield ox.Triple(source, _term(curie), value)
        graph = ox.NamedNode(f"{subject.base}graph/{key}")
        size = sum(1 for _ in subject.store.quads_for_pattern(None, None, None, graph))
        if size:
            yield ox.Triple(node, _term("void:subset"), graph)
            yield from _type(graph, "void:Dataset")
            yield from _say(graph, dcterms_source=source, void_triples=size)


def _build(subject: Subject) -> Iterator[ox.Triple]:
    """Say what it was made of, and with what."""
    build, tool = subject.part("build"), subject.part("tool")
    yield from _type(build, "prov:Activity")
    used = [ox.NamedNode(iri) for iri in [*sources(subject), subject.terms]]
    tables = [subject.part(f"table-{name}") for name, _, _ in subject.tables]
    yield from _say(
        build,
        rdfs_label=_texts({"en": "Build of the graph", "sv": "Bygget av grafen"}),
        prov_used=[*used, *tables],
        prov_generated=ox.NamedNode(subject.dataset),
        prov_wasAssociatedWith=tool,
    )
    for (name, rows, sha256), table in zip(subject.tables, tables, strict=True):
        yield from _type(table, "prov:Entity")
        yield from _say(
            table,
            rdfs_label=f"{name}.csv",
            schema_sha256=sha256,
            dcterms_description=_texts(
                {"en": f"A table of {rows} rows", "sv": f"En tabell med {rows} rader"}
            ),
        )
    yield from _type(tool, "prov:SoftwareAgent")
    yield from _say(
        tool,
        rdfs_label=f"innovation-kg {subject.tool}",
        schema_softwareVersion=subject.tool,
        dcterms_license=ox.NamedNode(CODE_LICENCE),
        dcterms_isVersionOf=ox.NamedNode(PROJECT),
    )


def _links(subject: Subject) -> Iterator[ox.Triple]:
    """Say how many links lead to other data sets: a linkset for each of these and each property."""
    for (name, curie), found in links(subject).items():
        part, target = (
            subject.part(f"links-{name}-{fragment(expand(curie))}"),
            subject.part(f"register-{name}"),
        )
        space, title = TARGETS[name]
        yield from _type(part, "void:Linkset")
        yield from _say(
            part,
            void_subjectsTarget=ox.NamedNode(subject.dataset),
            void_objectsTarget=target,
            void_linkPredicate=_term(curie),
            void_triples=found,
        )
        yield ox.Triple(ox.NamedNode(subject.dataset), _term("void:subset"), part)
        yield from _type(target, "void:Dataset")
        yield from _say(target, dcterms_title=title, void_uriSpace=space)


def links(subject: Subject) -> dict[tuple[str, str], int]:
    """Count the links to each register by each property."""
    found: dict[tuple[str, str], int] = {}
    for curie in LINKS:
        for quad in subject.store.quads_for_pattern(None, _term(curie), None, _DEFAULT):
            for name, (space, _) in TARGETS.items():
                ours = isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(subject.base)
                if ours and isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(space):
                    found[name, curie] = found.get((name, curie), 0) + 1
    return dict(sorted(found.items()))


def _catalogue(subject: Subject) -> Iterator[ox.Triple]:
    """Say which catalogue lists it."""
    node = catalogue(subject.base)
    titles = [
        each for each in _values(subject, subject.dataset, "dcterms:title") if isinstance(each, ox.Literal)
    ]
    yield from _type(node, "dcat:Catalog")
    yield from _say(
        node,
        # Who harvests catalogues wants a title of each (DCAT-AP).
        dcterms_title=_texts(
            {
                each.language: f"{CATALOGUE[each.language]} {each.value}"
                for each in titles
                if each.language in CATALOGUE
            }
        ),
        dcat_dataset=[ox.NamedNode(subject.dataset)],
        dcat_resource=ox.NamedNode(subject.terms),
        foaf_homepage=ox.NamedNode(f"{subject.root}catalog/index.html"),
        dcterms_issued=_date(subject),
    )


def catalogue(base: str) -> ox.NamedNode:
    """Give the IRI of the catalogue that a data set stands in."""
    return ox.NamedNode(f"{home(base)}catalog")


def vocabularies(counts: Partitions) -> list[str]:
    """Give the namespaces of the classes and properties that occur."""
    return sorted({re.sub(r"[^/#]*$", "", iri) for iri in [*counts.properties, *counts.classes]} - {""})


def entities(subject: Subject) -> int:
    """Count the subjects under the id base."""
    nodes = {quad.subject for quad in subject.store.quads_for_pattern(None, None, None, _DEFAULT)}
    return sum(isinstance(each, ox.NamedNode) and each.value.startswith(subject.base) for each in nodes)


def _counts(subject: Subject, counts: Partitions) -> Iterator[ox.Triple]:
    """Say how much there is, in all, by property, and by class."""
    node = ox.NamedNode(subject.dataset)
    yield from _numbers(node, counts.whole)
    yield from _say(
        node,
        void_entities=entities(subject),
        void_classes=len(counts.classes),
        void_properties=len(counts.properties),
        void_vocabulary=[ox.NamedNode(each) for each in vocabularies(counts)],
    )
    for iri, count in counts.properties.items():
        part = subject.part(fragment(iri))
        yield ox.Triple(node, _term("void:propertyPartition"), part)
        yield from _say(part, void_property=ox.NamedNode(iri))
        yield from _numbers(part, count)
    for iri, of_class in counts.classes.items():
        yield from _class(subject, iri, of_class)


def _class(subject: Subject, iri: str, counts: Part) -> Iterator[ox.Triple]:
    name = fragment(iri)
    part = subject.part(name)
    yield ox.Triple(ox.NamedNode(subject.dataset), _term("void:classPartition"), part)
    yield from _say(
        part, void_class=ox.NamedNode(iri), void_entities=counts.entities, void_triples=counts.triples
    )
    for link, count in counts.properties.items():
        inner = subject.part(f"{name}.{fragment(link)}")
        yield ox.Triple(part, _term("void:propertyPartition"), inner)
        yield from _say(inner, void_property=ox.NamedNode(link))
        yield from _numbers(inner, count)
        for value, triples in counts.values.get(link, {}).items():
            last = subject.part(f"{name}.{fragment(link)}.{fragment(value)}")
            yield ox.Triple(inner, _term("void:classPartition"), last)
            yield from _say(last, void_class=ox.NamedNode(value), void_triples=triples)


def _numbers(node: ox.NamedNode, count: Count) -> Iterator[ox.Triple]:
    return _say(
        node,
        void_triples=count.triples,
        void_distinctSubjects=count.subjects,
        void_distinctObjects=count.objects,
    )


def turtle(triples: Iterable[ox.Triple], base: str, prefixes: Mapping[str, str]) -> str:
    """Write a description as Turtle, its parts in their order."""
    return formats.dump(list(triples), "ttl", names(base, prefixes))


def names(base: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Give the prefixes of a description: those of the data, VoID's, and one for its parts."""
    return {**prefixes, "void": VOID, "part": f"{home(base)}dataset/#"}
