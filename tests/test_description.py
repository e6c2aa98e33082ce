"""The description of a data set: its counts are the graph's own, its terms exist, its bytes stay the same."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import foreign_terms
import pyoxigraph as ox
import pytest
from sites import archipelago

from kg import description, partitions
from kg.description import VOID, File, Subject
from kg.embedded import Embedded
from kg.iris import VOCABULARIES, digest, expand, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

DATE, VERSION = "2026-11-22", "https://w3id.org/innovation-kg/ontology/0.1.0"
FILE = File("data/h.ttl", {"en": "Turtle", "sv": "Turtle på svenska"}, "text/turtle", 7, "ab" * 32, dump=True)


def subject(store: Embedded, **changed: object) -> Subject:
    """Give what is described of a store."""
    found = store.store.quads_for_pattern(None, None, ox.NamedNode(expand("dcat:Dataset")), ox.DefaultGraph())
    name = next(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))
    given: dict[str, object] = {
        "root": "https://host.example/",
        "date": DATE,
        "tool": "9.9",
        "terms": VERSION,
    }
    given |= {"files": (FILE,), "tables": (("organisations", 3, "cd" * 32),)}
    return Subject(store.store, store.base, name, **(given | changed))  # type: ignore[arg-type]


def described(store: Embedded, **changed: object) -> list[ox.Triple]:
    """Describe a store."""
    return description.describe(subject(store, **changed), partitions.count(store))


def both(stockholm: Embedded) -> Iterable[Embedded]:
    """Give both data sets."""
    return (stockholm, archipelago())


def loaded(triples: Iterable[ox.Triple]) -> ox.Store:
    """Put triples into a store."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    return store


def asked(store: ox.Store, query: str) -> list[list[str]]:
    """Ask, with the prefixes of a description."""
    names = VOCABULARIES | {"void": VOID}
    return [[term.value for term in row] for row in store.query(query, prefixes=names)]  # type: ignore[union-attr]


def test_the_counts_are_those_of_the_graph(stockholm: Embedded) -> None:
    """What VoID says is what SPARQL counts: in all, by property, by class, by both."""
    for store in both(stockholm):
        made = loaded(described(store))
        (whole,) = asked(
            made,
            "SELECT ?t ?s ?o { ?d a dcat:Dataset ; void:triples ?t ; void:distinctSubjects ?s ;"
            " void:distinctObjects ?o }",
        )
        counts = "(COUNT(*) AS ?t) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os)"
        assert [whole] == asked(store.store, f"SELECT {counts} {{ ?s ?p ?o }}")
        told = "SELECT ?p ?t ?s ?o { ?d a dcat:Dataset ; void:propertyPartition [ void:property ?p ;"
        told += " void:triples ?t ; void:distinctSubjects ?s ; void:distinctObjects ?o ] }"
        counted = f"SELECT ?p {counts} {{ ?s ?p ?o }} GROUP BY ?p"
        assert sorted(asked(made, told)) == sorted(asked(store.store, counted))
        editor = (
            "SELECT ?c ?p ?v ?n { ?cp void:class ?c ; void:propertyPartition ?pp . ?pp void:property ?p ;"
        )
        editor += " void:classPartition [ void:class ?v ; void:triples ?n ] }"
        counted = (
            "SELECT ?c ?p ?v (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . ?o a ?v FILTER(ISIRI(?c) && ISIRI(?v)) }"
        )
        found = asked(store.store, f"{counted} GROUP BY ?c ?p ?v")
        assert sorted(asked(made, editor)) == sorted(found)
        entities = "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }"
        counted = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c FILTER(ISIRI(?c)) } GROUP BY ?c"
        assert sorted(asked(made, entities)) == sorted(asked(store.store, counted))


def test_the_entities_are_the_subjects_under_the_id_base(stockholm: Embedded) -> None:
    """VoID counts the things that have a name under the data set's own addresses."""
    for store in both(stockholm):
        ((told,),) = asked(loaded(described(store)), "SELECT ?n { ?d a dcat:Dataset ; void:entities ?n }")
        counted = (
            f'SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{store.base}")) }}'
        )
        assert [[told]] == asked(store.store, counted)


def test_each_link_to_a_register_is_counted(stockholm: Embedded) -> None:
    """A linkset has the links to one register by one property."""
    made = loaded(described(stockholm))
    told = asked(made, "SELECT ?space ?p ?n { ?l a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ;"
                       " void:objectsTarget [ void:uriSpace ?space ] }")  # fmt: skip
    assert told
    for space, link, number in told:
        count = f'SELECT (COUNT(*) AS ?n) {{ ?s <{link}> ?o FILTER(STRSTARTS(STR(?o), "{space}")) }}'
        assert asked(stockholm.store, count) == [[number]]


def test_every_term_exists_in_its_vocabulary(stockholm: Embedded) -> None:
    """No class or property is made up: DCAT, VoID, PROV, schema.org and the others have each of them."""
    folder = Path(os.environ.get("KG_ONTOLOGIES") or foreign_terms.folder())
    if not folder.is_dir():
        pytest.skip(f"no folder of vocabularies at {folder}: set KG_ONTOLOGIES")
    triples = described(stockholm)
    named = {triple.predicate.value for triple in triples}
    named |= {t.object.value for t in triples if t.predicate.value == expand("rdf:type")}  # type: ignore[union-attr]
    files = {name for names in foreign_terms.FILES.values() for name in names} | {"void.nq"}
    known = {
        quad.subject.value
        for name in files
        for quad in ox.parse(path=str(folder / name), format=foreign_terms.FORMATS[Path(name).suffix])
        if isinstance(quad.subject, ox.NamedNode)
    }
    own = {each for each in named if each.startswith(VOCABULARIES["inno"])}
    assert named - known - own == set()


def test_nothing_is_blank_and_the_bytes_stay_the_same(stockholm: Embedded) -> None:
    """A description is made of named things in a fixed order, with no date but the data set's."""
    for store in both(stockholm):
        one, other = described(store), described(Embedded(loaded_again(store), store.base))
        assert one == other
        assert not any(isinstance(term, ox.BlankNode) for triple in one for term in triple)
        text = description.turtle(one, store.base, prefixes(store.base))
        assert text == description.turtle(other, store.base, prefixes(store.base))
        assert set(ox.parse(text, format=ox.RdfFormat.TURTLE)) == {ox.Quad(*triple) for triple in one}


def loaded_again(store: Embedded) -> ox.Store:
    """Give a store with the same quads, put in the other way round."""
    made = ox.Store()
    for quad in sorted(store.store, key=str, reverse=True):
        made.add(quad)
    return made


def test_files_are_told_with_size_digest_and_both_addresses(stockholm: Embedded) -> None:
    """A distribution says where it lies, of what type and length it is, and what its SHA-256 is."""
    made = loaded(described(stockholm))
    told = asked(
        made,
        "SELECT ?url ?media ?size ?sha { ?d a dcat:Dataset ; dcat:distribution ?f ; void:dataDump ?url ."
        " ?f a dcat:Distribution ; dcat:downloadURL ?url ; dcat:accessURL ?page ; dcat:mediaType ?media ;"
        " dcat:byteSize ?size ; schema:sha256 ?sha }",
    )
    media = "https://www.iana.org/assignments/media-types/text/turtle"
    assert told == [["https://host.example/data/h.ttl", media, "7", "ab" * 32]]
    assert asked(made, "SELECT ?c { ?c a dcat:Catalog ; dcat:dataset ?d . ?d a dcat:Dataset }") == [
        ["https://w3id.org/innovation-kg/catalog"]
    ]


def test_the_build_names_what_it_used(stockholm: Embedded) -> None:
    """PROV: sources, tables, the ontology's version; the tool with its version and licence."""
    made = loaded(described(stockholm))
    used = {row[0] for row in asked(made, "SELECT ?u { ?b a prov:Activity ; prov:used ?u }")}
    sources = asked(stockholm.store, "SELECT ?s { ?s a inno:SourceDocument }")
    table = "https://w3id.org/innovation-kg/dataset/#table-organisations"
    assert used == {*(row[0] for row in sources), VERSION, table}
    tool = asked(made, "SELECT ?v ?l { [] prov:wasAssociatedWith [ a prov:SoftwareAgent ;"
                       " schema:softwareVersion ?v ; dcterms:license ?l ] }")  # fmt: skip
    assert tool == [["9.9", description.CODE_LICENCE]]


def test_a_graph_of_strangers_is_described_too() -> None:
    """A graph with blank classes, foreign terms and no data set of its own has a description as well."""
    base = "https://example.org/h/"
    turtle = f'<{base}a> a [ ], <urn:x:Class> ; <urn:x:p> "1" . <{base}d> a <{expand("dcat:Dataset")}> .'
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    triples = described(Embedded(store, base), date="", files=(), tables=())
    text = description.turtle(triples, base, prefixes(base))
    assert "<urn:x:Class>" in text
    assert f"{base}dataset/#other-{digest('urn:x:Class')}" in {t.subject.value for t in triples}  # type: ignore[union-attr]
