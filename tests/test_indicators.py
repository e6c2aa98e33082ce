"""The survey's questions, options and data cubes: ontology/indicators.ttl."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parent.parent
CONCEPT = "https://w3id.org/innovation-kg/concept/"
INNO = "https://w3id.org/innovation-kg/ontology#"
QB = "http://purl.org/linked-data/cube#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

SCHEMES = ("answer", "area", "bound", "indicator", "unit-of-measure", "wave")
CUBES = {
    "answer": {"certainty": True},
    "rank": {"certainty": True},
    "number": {"unit": True, "bound": False, "referenceYear": False, "certainty": True},
    "share": {"bound": False, "referenceYear": False, "certainty": True},
}
VOCABULARIES = {
    DCTERMS: "dcterms.nq",
    "http://xmlns.com/foaf/0.1/": "foaf.nq",
    QB: "qb.nq",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf.nq",
    RDFS: "rdfs.nq",
    SKOS: "skos.nq",
}


@cache
def store() -> ox.Store:
    """Return the file, loaded."""
    loaded = ox.Store()
    loaded.load(path=ROOT / "ontology" / "indicators.ttl", format=ox.RdfFormat.TURTLE)
    return loaded


def objects(subject: str, predicate: str) -> list[str]:
    """Return the values of a property as strings, sorted."""
    quads = store().quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted(text(quad.object) for quad in quads)


def subjects(predicate: str, value: str) -> list[str]:
    """Return what has the IRI as the value of a property, sorted."""
    quads = store().quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value))
    return sorted(text(quad.subject) for quad in quads)


def text(term: object) -> str:
    """Return an IRI's or a literal's text."""
    return str(getattr(term, "value", term))


def languages(subject: str, predicate: str) -> list[str | None]:
    """Return the languages of a property's values, sorted."""
    quads = store().quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return sorted((quad.object.language for quad in quads if isinstance(quad.object, ox.Literal)), key=str)


def concepts(scheme: str) -> list[str]:
    """Return the concepts of a scheme."""
    return subjects(SKOS + "inScheme", CONCEPT + scheme)


def terms() -> Iterator[str]:
    """Yield each IRI that the file uses."""
    for quad in store():
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode):
                yield term.value


def test_it_has_no_blank_node() -> None:
    """Every node has an IRI, the cubes' components too."""
    assert not [
        quad
        for quad in store()
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]


def test_its_schemes_are_the_six_that_the_tables_name() -> None:
    """The file has these schemes, each with concepts, and no other."""
    assert subjects(TYPE, SKOS + "ConceptScheme") == [CONCEPT + scheme for scheme in SCHEMES]
    assert all(concepts(scheme) for scheme in SCHEMES)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_is_described_in_both_languages(scheme: str) -> None:
    """A scheme has title and description in English and Swedish, and lists its top concepts."""
    assert languages(CONCEPT + scheme, DCTERMS + "title") == ["en", "sv"]
    assert languages(CONCEPT + scheme, DCTERMS + "description") == ["en", "sv"]
    listed = objects(CONCEPT + scheme, SKOS + "hasTopConcept")
    assert listed == subjects(SKOS + "topConceptOf", CONCEPT + scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_concept_is_labelled_and_defined_in_both_languages(scheme: str) -> None:
    """A concept has one label and one definition a language, and lies under its scheme."""
    for concept in concepts(scheme):
        assert concept.startswith(f"{CONCEPT}{scheme}/")
        assert objects(concept, TYPE) == [SKOS + "Concept"], concept
        assert languages(concept, SKOS + "prefLabel") == ["en", "sv"], concept
        assert languages(concept, SKOS + "definition") == ["en", "sv"], concept
        assert objects(concept, RDFS + "isDefinedBy") == [CONCEPT], concept


def test_every_concept_is_in_a_scheme() -> None:
    """No concept stands outside the schemes."""
    assert subjects(TYPE, SKOS + "Concept") == sorted(
        concept for scheme in SCHEMES for concept in concepts(scheme)
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_concept_is_on_top_or_under_a_top_concept(scheme: str) -> None:
    """Each option is narrower than exactly one question; the other schemes are flat."""
    tops = objects(CONCEPT + scheme, SKOS + "hasTopConcept")
    for concept in concepts(scheme):
        broader = objects(concept, SKOS + "broader")
        assert len(broader) == (concept not in tops), concept
        assert set(broader) <= set(tops), concept
        assert scheme == "indicator" or not broader


def test_labels_are_unique_among_siblings() -> None:
    """Under one question no two options share a label, nor do two top concepts of a scheme."""
    labels: list[tuple[object, ...]] = []
    for quad in store().quads_for_pattern(None, ox.NamedNode(SKOS + "prefLabel"), None):
        assert isinstance(quad.object, ox.Literal)
        concept = text(quad.subject)
        place = objects(concept, SKOS + "broader") or objects(concept, SKOS + "topConceptOf")
        labels.append((*place, quad.object.language, quad.object.value.lower()))
    assert len(labels) == len(set(labels))


def test_an_item_of_data_availability_has_a_policy_area() -> None:
    """Each policy area is the subject of one item of data availability, and each item has one."""
    items = subjects(SKOS + "broader", CONCEPT + "indicator/data-availability")
    areas = [area for item in items for area in objects(item, DCTERMS + "subject")]
    assert len(areas) == len(items)
    assert sorted(areas) == concepts("area")


def test_a_wave_has_its_year_as_notation() -> None:
    """A wave's notation is its key."""
    assert [objects(wave, SKOS + "notation") for wave in concepts("wave")] == [["2018"], ["2020"]]


def test_a_dimension_has_a_range_and_a_coded_one_its_list() -> None:
    """Data Cube IC-4 and IC-5: each dimension has a range, and one of concepts a code list."""
    dimensions = subjects(TYPE, QB + "DimensionProperty")
    assert dimensions == [INNO + "item", INNO + "respondent", INNO + "wave"]
    for dimension in dimensions:
        (span,) = objects(dimension, RDFS + "range")
        assert len(objects(dimension, QB + "codeList")) == (span == SKOS + "Concept")


def test_a_code_list_belongs_to_a_coded_property() -> None:
    """Whatever has a code list is a dimension or typed as coded, and takes concepts."""
    for quad in store().quads_for_pattern(None, ox.NamedNode(QB + "codeList"), None):
        name = text(quad.subject)
        assert {QB + "CodedProperty", QB + "DimensionProperty"} & set(objects(name, TYPE)), name
        assert objects(name, RDFS + "range") == [SKOS + "Concept"]


@pytest.mark.parametrize("cube", CUBES)
def test_a_structure_has_three_dimensions_and_one_measure(cube: str) -> None:
    """A cube has the dimensions respondent, wave and item, its measure and its attributes."""
    parts = objects(f"{CONCEPT}structure/{cube}", QB + "component")
    found = {
        kind: sorted(name for part in parts for name in objects(part, QB + kind))
        for kind in ("dimension", "measure", "attribute")
    }
    assert found["dimension"] == [INNO + "item", INNO + "respondent", INNO + "wave"]
    assert found["measure"] == [INNO + cube]
    assert found["attribute"] == sorted(INNO + name for name in CUBES[cube])
    assert len(parts) == sum(map(len, found.values()))


@pytest.mark.parametrize("cube", CUBES)
def test_only_attributes_may_be_missing(cube: str) -> None:
    """Data Cube IC-6: each attribute says whether it is required, and nothing else does."""
    said = {}
    for part in objects(f"{CONCEPT}structure/{cube}", QB + "component"):
        assert objects(part, TYPE) == [QB + "ComponentSpecification"]
        required = objects(part, QB + "componentRequired")
        assert bool(required) == bool(objects(part, QB + "attribute"))
        said.update(
            {name.removeprefix(INNO): required == ["true"] for name in objects(part, QB + "attribute")}
        )
    assert said == CUBES[cube]


def test_the_structures_are_these_four_and_share_no_component() -> None:
    """There are four structures, named in both languages, and each component is in one of them."""
    structures = subjects(TYPE, QB + "DataStructureDefinition")
    assert structures == sorted(f"{CONCEPT}structure/{cube}" for cube in CUBES)
    parts = sorted(part for structure in structures for part in objects(structure, QB + "component"))
    assert parts == subjects(TYPE, QB + "ComponentSpecification")
    for term in structures + parts:
        assert languages(term, RDFS + "label") == ["en", "sv"], term


@pytest.mark.parametrize("kind", ["dimension", "measure", "attribute"])
def test_a_component_is_of_the_kind_that_its_property_has(kind: str) -> None:
    """What a structure takes as dimension, measure or attribute is typed so."""
    used = {text(quad.object) for quad in store().quads_for_pattern(None, ox.NamedNode(QB + kind), None)}
    assert sorted(used) == subjects(TYPE, f"{QB}{kind.capitalize()}Property")


def test_foreign_terms_exist_in_their_vocabularies() -> None:
    """Each term of another vocabulary is one that this vocabulary defines."""
    folder = Path(os.environ.get("KG_ONTOLOGIES") or ROOT.parent / "shared" / "ontologies")
    if not folder.is_dir():
        message = f"the vocabularies are not in {folder}: set KG_ONTOLOGIES to their folder"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    for namespace, name in VOCABULARIES.items():
        defined = {text(quad.subject) for quad in ox.parse(path=folder / name, format=ox.RdfFormat.N_QUADS)}
        assert {term for term in terms() if term.startswith(namespace)} <= defined


def test_its_terms_are_ours_or_of_known_vocabularies() -> None:
    """No term is of a vocabulary that the test above passes over, XML Schema's datatypes apart."""
    known = (CONCEPT, INNO, "http://www.w3.org/2001/XMLSchema#", *VOCABULARIES)
    assert [term for term in terms() if not term.startswith(known)] == []
