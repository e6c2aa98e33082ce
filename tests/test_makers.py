"""Makers: how each table's rows become triples, by example."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, assembled

from kg import ontology
from kg.iris import prefixes
from kg.makers import MAKERS
from kg.tables import description

BASE = "https://example.org/harbour/"
PREFIXES = "".join(
    f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes(BASE, ontology.load().schemes).items()
)
EXPECTED = {
    "a dataset": """dataset:harbour a dcat:Dataset ; dcterms:title "The harbour town"@en , "Hamnstaden"@sv ;
        dcterms:issued "2026-01-31"^^xsd:date ; dcat:version "1.0" ; dcterms:language "en" , "sv" ;
        dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> .""",
    "a source": """<https://example.org/harbour/source/report> a inno:SourceDocument ;
        dcterms:title "Report on the sea"@en ; dcterms:publisher organisation:harbour-town ;
        dcterms:language "en" ; dcterms:date "2018"^^xsd:gYear .""",
    "a passage": """<https://example.org/harbour/source/report#line=3,5> a inno:Passage ;
        rdfs:label "Report on the sea, lines 4–5"@en ;
        dcterms:isPartOf <https://example.org/harbour/source/report> .""",
    "an organisation": """organisation:harbour-town a org:FormalOrganization ;
        skos:prefLabel "Harbour Town"@en , "Hamnstaden"@sv ; org:classification kind:municipality ;
        inno:certainty certainty:implied ;
        rdfs:comment "That it is a municipality is inferred from its name."@en ;
        dcterms:isReferencedBy <https://example.org/harbour/source/report#line=0,1> ,
            <https://example.org/harbour/source/letter#line=0,1> .""",
    "a unit": "unit:sea-office a org:OrganizationalUnit ; org:unitOf organisation:harbour-town .",
    "an initiative": "initiative:sea-lab a inno:Testbed , inno:Project .",
    "a person": """person:ada-lind a foaf:Person ; foaf:name "Ada Lind" ;
        skos:prefLabel "Ada Lind"@en , "Ada Lind"@sv .""",
    "a post": "post:harbour-master a org:Post ; org:postIn organisation:harbour-town .",
    "a place": 'place:old-quay a schema:Place ; skos:prefLabel "Old Quay"@en .',
    "a goal": """goal:clean-water a inno:Goal ; dcterms:type goal-type:goal ;
        inno:targetYear "2030"^^xsd:gYear .
        initiative:tide inno:hasGoal goal:clean-water .
        statement:tide-has-goal-clean-water a inno:Statement ; rdf:subject initiative:tide ;
        rdf:predicate inno:hasGoal ; rdf:object goal:clean-water ; inno:certainty certainty:stated ;
        prov:wasDerivedFrom <https://example.org/harbour/source/report#line=4,5> .""",
    "a solution": """solution:tide-map a inno:Solution . initiative:tide inno:hasOutput solution:tide-map .
        statement:tide-has-output-tide-map rdf:object solution:tide-map .""",
    "a document": "document:sea-strategy a inno:PolicyDocument .",
    "an event": """event:extend-sea-lab a inno:Event ; dcterms:type event-type:decision ;
        prov:wasAssociatedWith organisation:harbour-town ; inno:concerns initiative:sea-lab ;
        time:hasTime interval:event-extend-sea-lab .
        interval:event-extend-sea-lab a time:Interval ; time:inside instant:event-extend-sea-lab-inside .
        instant:event-extend-sea-lab-inside a time:Instant ;
        time:inXSDgYearMonth "2019-05"^^xsd:gYearMonth .""",
    "a group": "group:all-towns a foaf:Group .",
    "a membership": """membership:boat-company-partner-sea-lab a org:Membership ;
        org:member organisation:boat-company ; org:organization initiative:sea-lab ; org:role role:partner ;
        org:memberDuring interval:boat-company-partner-sea-lab ; inno:certainty certainty:stated ;
        prov:wasDerivedFrom <https://example.org/harbour/source/report#line=2,3> .
        interval:boat-company-partner-sea-lab time:hasBeginning
        instant:boat-company-partner-sea-lab-beginning ;
        time:hasEnd instant:boat-company-partner-sea-lab-end .
        instant:boat-company-partner-sea-lab-beginning time:inXSDgYearMonth "2016-03"^^xsd:gYearMonth .
        instant:boat-company-partner-sea-lab-end time:inXSDgYear "2018"^^xsd:gYear .""",
    "through whom": "membership:harbour-town-board-member-tide inno:representedBy post:harbour-master .",
    "who holds a post": """membership:ada-lind-post-holder-harbour-town a org:Membership ;
        org:member person:ada-lind ; org:organization organisation:harbour-town ; org:role role:post-holder ;
        inno:inPost post:harbour-master .""",
    "a period": """initiative:sea-lab time:hasTime interval:statement-sea-lab-has-time .
        statement:sea-lab-has-time a inno:Statement ; rdf:predicate time:hasTime ;
        rdf:object interval:statement-sea-lab-has-time .
        instant:statement-sea-lab-has-time-end time:inXSDDate "2021-06-30"^^xsd:date .""",
    "another name": """initiative:sea-lab skos:altLabel "Havslabbet"@sv .
        statement:sea-lab-alt-label-havslabbet-sv dcterms:type name-type:alternative .""",
    "a former name": """organisation:boat-company skos:altLabel "Seglarna AB"@sv .
        statement:boat-company-alt-label-seglarna-ab-sv rdf:object "Seglarna AB"@sv ;
        dcterms:type name-type:former ;
        time:hasTime interval:statement-boat-company-alt-label-seglarna-ab-sv .""",
    "a misspelling": """organisation:boat-company skos:hiddenLabel "Båtbolagt AB"@sv .
        statement:boat-company-hidden-label-batbolagt-ab-sv dcterms:type name-type:misspelling .""",
    "an identifier": """organisation:harbour-university
        org:identifier "https://ror.org/012345678"^^inno:RorIdentifier ,
        "Q99999999999"^^inno:WikidataIdentifier ;
        rdfs:seeAlso <https://ror.org/012345678> , <http://www.wikidata.org/entity/Q99999999999> .""",
    "a statement": """document:sea-strategy inno:adoptedBy organisation:harbour-town .
        statement:sea-strategy-adopted-by-harbour-town a inno:Statement ; rdf:subject document:sea-strategy ;
        rdf:predicate inno:adoptedBy ; rdf:object organisation:harbour-town ;
        time:hasTime interval:statement-sea-strategy-adopted-by-harbour-town .""",
    "a statement of a concept": "initiative:tide inno:uses method:design-thinking .",
    "an answer": """observation:harbour-town-2018-explicit-strategy-answer a qb:Observation ;
        qb:dataSet dataset:harbour-answer ; inno:respondent organisation:harbour-town ; inno:wave wave:2018 ;
        inno:item indicator:explicit-strategy ; inno:answer answer:yes ;
        inno:certainty certainty:implied .""",
    "a share": """observation:all-towns-2018-explicit-strategy-share qb:dataSet dataset:harbour-share ;
        inno:respondent group:all-towns ; inno:share 44.0 .
        dataset:harbour-share a qb:DataSet ;
        qb:structure <https://w3id.org/innovation-kg/concept/structure/share> .""",
}


def parsed(turtle: str) -> set[ox.Triple]:
    """Give the triples of some Turtle."""
    return {quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)}


@pytest.mark.parametrize("what", EXPECTED)
def test_a_row_becomes_its_triples(what: str) -> None:
    """Each table by example, one or more rows of the invented ecosystem."""
    whole = assembled(HARBOUR)
    default = {quad.triple for quad in whole.quads if quad.graph_name == ox.DefaultGraph()}
    wanted = {normal(triple) for triple in parsed(EXPECTED[what])}
    assert wanted - {normal(triple) for triple in default} == set()


def normal(triple: ox.Triple) -> ox.Triple:
    """Write a decimal as one number is written another way."""
    value = triple.object
    if isinstance(value, ox.Literal) and value.datatype.value.endswith("#decimal"):
        value = ox.Literal(str(float(value.value)), datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, value)


def test_every_table_has_its_maker() -> None:
    """A table is made into triples, or is the data set, its sources, or how words are resolved."""
    tables = {table.name for table in description()}
    assert tables - set(MAKERS) == {"dataset", "sources", "mentions"}
    assert set(MAKERS) <= tables


def test_an_unknown_time_is_left_out() -> None:
    """A fact without a moment has no interval."""
    turtle = f"<{BASE}membership/harbour-town-lead-sea-lab>"
    quads = [q for q in assembled(HARBOUR).quads if str(q.subject) == turtle]
    assert quads
    assert not [q for q in quads if q.predicate.value.endswith("memberDuring")]
