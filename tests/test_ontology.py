"""The ontology's terms, what follows from them, and that the other files agree: ontology/innovation.ttl."""

import csv
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
IRI = URIRef("https://w3id.org/innovation-kg/ontology")

INNO = Namespace("https://w3id.org/innovation-kg/ontology#")
SCHEMA = Namespace("http://schema.org/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
ERROR = URIRef(
    "http://www.daml.org/2002/03/agents/agent-ont#error"
)  # where owlrl puts what it finds contradictory
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
SH = Namespace("http://www.w3.org/ns/shacl#")
THING = Namespace("https://example.org/thing/")
VANN = Namespace("http://purl.org/vocab/vann/")

# fmt: off
CLASSES = [
    "Centre", "Event", "Goal", "Initiative", "Network", "Partnership", "Passage", "PolicyDocument",
    "Programme", "Project", "Solution", "SourceDocument", "Statement", "Testbed",
]
PROPERTIES = [
    "adoptedBy", "answer", "bound", "buildsOn", "certainty", "concerns", "earliestEnd", "earliestStart",
    "founded", "funds", "governs", "hasGoal", "hasOutput", "hosts", "inPost", "initiated", "involves", "item",
    "latestEnd", "latestStart", "leads", "notOfferedIn", "number", "participatesIn", "rank", "referenceYear",
    "representedBy", "respondent", "share", "status", "targetYear", "unit", "uses", "wave",
]
DATATYPES = ["RorIdentifier", "WikidataIdentifier"]
DERIVED = {
    "participatesIn", "leads", "founded", "funds", "hosts", "initiated",
    "earliestStart", "latestStart", "earliestEnd", "latestEnd",
}
# fmt: on

# Where each foreign namespace is described: the two vann annotations by EURIO and VoID.
VOCABULARIES = {
    "http://www.w3.org/ns/org#": ["org.ttl"],
    "http://www.w3.org/ns/prov#": ["prov-o.ttl"],
    "http://www.w3.org/2004/02/skos/core#": ["skos.nq"],
    "http://www.w3.org/2006/time#": ["time.nq"],
    "http://purl.org/linked-data/cube#": ["qb.nq"],
    "http://xmlns.com/foaf/0.1/": ["foaf.nq"],
    "http://purl.org/dc/terms/": ["dcterms.nq"],
    "http://schema.org/": ["schema.nq"],
    "http://www.w3.org/ns/dcat#": ["dcat3.ttl"],
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": ["rdf.nq"],
    "http://www.w3.org/2000/01/rdf-schema#": ["rdfs.nq"],
    "http://www.w3.org/2002/07/owl#": ["owl.nq"],
    "http://www.w3.org/ns/shacl#": ["sh.nq"],
    "http://data.europa.eu/s66#": ["EURIO.ttl"],
    "http://data.europa.eu/m8g/": ["cpov.ttl"],
    "http://vivoweb.org/ontology/core#": ["vivo.owl"],
    "http://purl.org/vocab/vann/": ["EURIO.ttl", "void.nq"],
}
XSD_DATATYPES = {XSD.boolean, XSD.date, XSD.decimal, XSD.gYear, XSD.gYearMonth, XSD.integer, XSD.string}

# Values that name a document, not a term.
DOCUMENT_PREDICATES = {RDFS.isDefinedBy, DCTERMS.license, DCTERMS.source}

# What the closure is taken over besides the ontology itself.
CLOSURE = ["org.ttl", "prov-o.ttl", "skos.nq", "time.nq", "qb.nq"]

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".owl": ox.RdfFormat.RDF_XML,
}


@cache
def read(name: str) -> Graph:
    """Return one of the files in ontology/ as a graph."""
    return Graph().parse(ONTOLOGY / name)


@pytest.fixture(scope="module")
def vocabularies() -> Path:
    """Return the folder of foreign vocabularies; without it tests are skipped, but fail in CI."""
    folder = Path(os.environ.get("KG_ONTOLOGIES", ROOT.parent / "shared" / "ontologies"))
    if not folder.is_dir():
        message = f"no folder of vocabularies at {folder}: set KG_ONTOLOGIES"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


@cache
def described(path: Path) -> frozenset[str]:
    """Return the IRIs that a vocabulary file describes, or uses as properties."""
    quads = list(ox.parse(path=path, format=FORMATS[path.suffix]))
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return frozenset(subjects | {quad.predicate.value for quad in quads})


def own(kind: URIRef) -> list[str]:
    """Return the local names of the ontology's own terms of a kind, sorted."""
    terms = read("innovation.ttl").subjects(RDF.type, kind)
    return sorted(
        str(term).removeprefix(INNO) for term in terms if isinstance(term, URIRef) and term.startswith(INNO)
    )


def languages(term: Node, predicate: URIRef) -> list[str | None]:
    """Return the languages of a term's texts, sorted."""
    values = read("innovation.ttl").objects(term, predicate)
    return sorted((value.language for value in values if isinstance(value, Literal)), key=str)


def foreign(file: Graph) -> Iterator[URIRef]:
    """Yield each term of another vocabulary that a file uses."""
    for subject, predicate, value in file:
        terms = [subject, predicate] if predicate in DOCUMENT_PREDICATES else [subject, predicate, value]
        for term in terms:
            if isinstance(term, URIRef) and not term.startswith("https://w3id.org/innovation-kg"):
                yield term
        if isinstance(value, Literal) and value.datatype:
            yield value.datatype


def unknown(terms: Iterator[URIRef], vocabularies: Path) -> list[str]:
    """Return those of the terms that no vocabulary file describes, sorted."""
    return sorted({str(term) for term in terms if not is_described(term, vocabularies)})


def is_described(term: URIRef, vocabularies: Path) -> bool:
    """Tell whether the vocabulary of a term describes it."""
    if term in XSD_DATATYPES or term in (RDF.langString, INNO.RorIdentifier, INNO.WikidataIdentifier):
        return True
    files = [
        file for namespace, names in VOCABULARIES.items() if term.startswith(namespace) for file in names
    ]
    return any(str(term) in described(vocabularies / file) for file in files)


# --- Terms ----------------------------------------------------------------------------------------


def test_there_are_exactly_the_classes_agreed() -> None:
    """The ontology has its 14 classes and no other, within the cap of 20."""
    assert own(OWL.Class) == CLASSES
    assert len(CLASSES) <= 20


def test_there_are_exactly_the_properties_agreed() -> None:
    """The ontology has its 34 properties and no other, within the cap of 35."""
    properties = sorted(own(OWL.ObjectProperty) + own(OWL.DatatypeProperty))
    assert properties == PROPERTIES
    assert len(PROPERTIES) <= 35


def test_there_are_exactly_the_datatypes_agreed() -> None:
    """Identifiers are typed by two datatypes of our own."""
    assert own(RDFS.Datatype) == DATATYPES


@pytest.mark.parametrize("name", CLASSES + PROPERTIES + DATATYPES)
def test_a_term_is_documented_in_both_languages(name: str) -> None:
    """Each own term has one label and one definition in English and Swedish, its ontology and an example."""
    term, graph = INNO[name], read("innovation.ttl")
    assert languages(term, RDFS.label) == ["en", "sv"]
    assert languages(term, SKOS.definition) == ["en", "sv"]
    assert list(graph.objects(term, RDFS.isDefinedBy)) == [IRI]
    assert list(graph.objects(term, SKOS.example))


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_property_has_one_domain_and_one_range(name: str) -> None:
    """No property lacks a domain or range, and none has two, which would mean their intersection."""
    graph = read("innovation.ttl")
    assert len(list(graph.objects(INNO[name], RDFS.domain))) == 1
    assert len(list(graph.objects(INNO[name], RDFS.range))) == 1


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_derived_property_says_so(name: str) -> None:
    """A property has an editorial note that it is derived, in both languages, if and only if it is."""
    assert languages(INNO[name], SKOS.editorialNote) == (["en", "sv"] if name in DERIVED else [])


def test_labels_of_classes_differ() -> None:
    """No two classes, own or foreign, are called the same in a language, so that a legend is unambiguous."""
    graph = read("innovation.ttl")
    for language in ("en", "sv"):
        labels = [
            str(label)
            for term in graph.subjects(RDF.type, OWL.Class)
            for label in graph.objects(term, RDFS.label)
            if isinstance(label, Literal) and label.language == language
        ]
        assert len(labels) == len(set(labels))


def test_no_class_or_property_is_above_itself() -> None:
    """Superclasses and superproperties have no cycle."""
    graph = read("innovation.ttl")
    for above in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in set(graph.subjects(above, None)):
            assert term not in set(graph.transitive_objects(next(graph.objects(term, above)), above))


def test_kinds_of_initiative_are_not_disjoint() -> None:
    """One thing can be several kinds of initiative, as its sources differ."""
    graph = read("innovation.ttl")
    kinds = [*graph.subjects(RDFS.subClassOf, INNO.Initiative), INNO.Initiative]
    assert len(kinds) == 7
    assert not [pair for pair in combinations(kinds, 2) if (pair[0], OWL.disjointWith, pair[1]) in graph]


def test_examples_name_things_of_the_stockholm_tables() -> None:
    """The things in the examples are in the tables, so that a reader can look them up."""
    kinds = ["organisation", "unit", "initiative", "post", "goal", "solution", "document", "event", "source"]
    used = [
        (kind, key)
        for example in read("innovation.ttl").objects(None, SKOS.example)
        for kind, key in re.findall(r"(?<![\w:/])([a-z]+):([a-z][a-z0-9-]*)", str(example))
        if kind in kinds
    ]
    assert used
    for kind, key in used:
        assert key in keys(ROOT / "data" / "stockholm" / f"{kind}s.csv"), f"{kind}:{key}"


@cache
def keys(path: Path) -> frozenset[str]:
    """Return the keys of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return frozenset(row["key"] for row in csv.DictReader(file))


# --- Metadata -------------------------------------------------------------------------------------


def test_the_ontology_says_what_it_is() -> None:
    """Title, version, dates, creator, publisher, licence, source, citation, status and logo are given."""
    given = set(read("innovation.ttl").predicates(IRI))
    required = [
        "title", "description", "license", "creator", "publisher", "created", "issued", "modified", "source",
        "bibliographicCitation",
    ]  # fmt: skip
    assert {DCTERMS[name] for name in required} <= given
    assert {OWL.versionInfo, OWL.versionIRI, SCHEMA.creativeWorkStatus, FOAF.logo} <= given
    assert languages(IRI, DCTERMS.title) == languages(IRI, DCTERMS.description) == ["en", "sv"]


def test_the_ontology_is_named_persistently() -> None:
    """The ontology's IRI is under w3id.org, its version has another, its namespace is that of its terms."""
    graph = read("innovation.ttl")
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [IRI]
    assert IRI.startswith("https://w3id.org/")
    version = graph.value(IRI, OWL.versionInfo)
    assert graph.value(IRI, OWL.versionIRI) == URIRef(f"{IRI}/{version}")
    assert graph.value(IRI, VANN.preferredNamespaceUri) == Literal(str(INNO))
    assert graph.value(IRI, VANN.preferredNamespacePrefix) == Literal("inno")


# --- Foreign terms --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["innovation.ttl", "shapes.ttl", "alignments.ttl"])
def test_foreign_terms_exist(name: str, vocabularies: Path) -> None:
    """Each term of another vocabulary that a file uses is described by that vocabulary."""
    assert unknown(foreign(read(name)), vocabularies) == []


@pytest.mark.parametrize("path", sorted((ONTOLOGY / "rules").glob("*.rq")), ids=lambda path: path.stem)
def test_foreign_terms_of_rules_exist(path: Path, vocabularies: Path) -> None:
    """Each term that a rule uses is described by its vocabulary, or is our own."""
    text = path.read_text(encoding="utf-8")
    prefixes = dict(re.findall(r"^PREFIX (\w+): +<(.+)>$", text, re.MULTILINE))
    terms = {
        prefixes[prefix] + local for prefix, local in re.findall(r"(?<![\w\"#:])([a-z]+):([A-Za-z]\w*)", text)
    }
    assert {term for term in terms if term.startswith(INNO)} <= {str(INNO[name]) for name in PROPERTIES}
    assert unknown((URIRef(term) for term in terms if not term.startswith(INNO)), vocabularies) == []


@pytest.mark.parametrize("name", ["shapes.ttl", "alignments.ttl"])
def test_own_terms_exist(name: str) -> None:
    """The other files use no own term that the ontology lacks."""
    used = {
        term for triple in read(name) for term in triple if isinstance(term, URIRef) and term.startswith(INNO)
    }
    assert used <= {INNO[local] for local in CLASSES + PROPERTIES + DATATYPES}


def test_foreign_terms_are_named_in_both_languages() -> None:
    """Each class, and each property that a table's relation names, has an English and a Swedish name."""
    graph = read("innovation.ttl")
    tables = json.loads((ROOT / "data" / "tables.json").read_text(encoding="utf-8"))["tables"]
    columns = {table["url"]: table["tableSchema"]["columns"] for table in tables}["statements.csv"]
    relations = next(column["datatype"]["format"] for column in columns if column["name"] == "relation")
    text = (ONTOLOGY / "innovation.ttl").read_text(encoding="utf-8")
    prefixes = dict(re.findall(r"^@prefix (\w+): +<(.+)> \.$", text, re.MULTILINE))
    properties = {
        URIRef(prefixes[prefix] + local)
        for prefix, local in (name.split(":") for name in relations.split("|"))
    }
    classes = {term for term in graph.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)}
    for term in classes | properties:
        assert languages(term, RDFS.label) == ["en", "sv"], term


def test_foreign_terms_get_no_new_meaning(vocabularies: Path) -> None:
    """Of a foreign term only type, names and vocabulary are said, and what its vocabulary says itself."""
    graph = read("innovation.ttl")
    original = Graph().parse(vocabularies / "org.ttl")
    for subject, predicate, value in graph:
        if isinstance(subject, BNode) or str(subject).startswith("https://w3id.org/innovation-kg"):
            continue
        if predicate not in (RDF.type, RDFS.label, RDFS.isDefinedBy):
            assert (subject, predicate, value) in original, f"{subject} {predicate} {value}"


def test_alignments_never_make_a_project_of_eurio() -> None:
    """Nothing of ours is a kind of EURIO's project, whose restrictions our initiatives do not meet."""
    project = URIRef("http://data.europa.eu/s66#Project")
    assert project not in set(read("alignments.ttl").objects(None, RDFS.subClassOf))


def test_alignments_say_why() -> None:
    """Above each group of alignments stands a comment with the reason."""
    blocks = (ONTOLOGY / "alignments.ttl").read_text(encoding="utf-8").split("\n\n")
    aligned = [
        block.strip() for block in blocks if block.strip().startswith(("inno:", "# ")) and "\ninno:" in block
    ]
    assert len(aligned) > 25
    assert all(block.startswith("# ") for block in aligned)


# --- What follows ---------------------------------------------------------------------------------


def contradictions(graph: Graph) -> list[str]:
    """Return what the OWL 2 RL closure of a graph finds contradictory. Closes the graph itself."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERROR))


def add_members(graph: Graph) -> None:
    """Add one invented member of each class that the ontology names, linked by each of its properties."""
    ontology = read("innovation.ttl")
    for term in [*ontology.subjects(RDF.type, OWL.Class), RDF.Statement]:
        if isinstance(term, URIRef):
            graph.add((member(term), RDF.type, term))
    for name in PROPERTIES:
        domain, value_class = (ontology.value(INNO[name], side) for side in (RDFS.domain, RDFS.range))
        for subject in parts(ontology, domain):
            for value in parts(ontology, value_class):
                graph.add((member(subject), INNO[name], member(value)))


def parts(graph: Graph, term: Node | None) -> list[URIRef]:
    """Return the classes that a union consists of, or the class itself."""
    union = graph.value(term, OWL.unionOf)
    members = Collection(graph, union) if union else [term]
    return [part for part in members if isinstance(part, URIRef)]


def member(term: URIRef) -> Node:
    """Return an invented member of a class or datatype."""
    values = {XSD.date: "2015-05-21", XSD.gYear: "2015", XSD.integer: "3", XSD.decimal: "50.0"}
    if term in values:
        return Literal(values[term], datatype=term)
    return THING[re.split("[/#]", term)[-1]]


@pytest.mark.slow
def test_nothing_in_the_ontology_contradicts_what_it_rests_on(vocabularies: Path) -> None:
    """With ORG, PROV-O, SKOS, OWL-Time and Data Cube, members and links of all kinds contradict nothing."""
    graph = Graph() + read("innovation.ttl")
    for name in CLOSURE:
        triples = ox.parse(
            path=vocabularies / name, format=FORMATS[Path(name).suffix], without_named_graphs=False
        )
        lines = ox.serialize((quad.triple for quad in triples), format=ox.RdfFormat.N_TRIPLES)
        graph.parse(data=lines, format="nt")
    add_members(graph)
    assert contradictions(graph) == []
    assert (THING.Initiative, RDF.type, FOAF.Agent) in graph  # or else nothing would have been inferred


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (INNO.Event, ORG.Organization),
        (INNO.Event, INNO.Testbed),
        (INNO.Goal, INNO.Solution),
        (INNO.Solution, ORG.Organization),
        (INNO.PolicyDocument, INNO.Programme),
        (INNO.SourceDocument, INNO.Passage),
        (INNO.Statement, ORG.Membership),
    ],
)
def test_a_planted_contradiction_is_found(first: URIRef, second: URIRef) -> None:
    """One thing in two disjoint classes is contradictory by the ontology alone."""
    graph = read("innovation.ttl")
    small = Graph()
    for term in (RDFS.subClassOf, OWL.disjointWith):
        small += graph.triples((None, term, None))
    small.add((THING.x, RDF.type, first))
    small.add((THING.x, RDF.type, second))
    found = contradictions(small)
    assert any(str(THING.x) in message for message in found)
