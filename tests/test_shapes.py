"""What the shapes let pass, and for each constraint a node that breaks it: ontology/shapes.ttl.

All faulty nodes stand in one graph beside the valid ones and are validated in one run.
"""

import warnings
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.namespace import ORG, SH, SKOS
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
BASE = "https://w3id.org/innovation-kg/id/"
CONCEPT = "https://w3id.org/innovation-kg/concept/"
SHAPE = Namespace("https://w3id.org/innovation-kg/shape/")

# fmt: off
KINDS = [
    "dataset", "source", "organisation", "unit", "initiative", "person", "post", "place", "goal", "solution",
    "document", "event", "group", "membership", "statement", "observation", "interval", "instant",
]
CONCEPTS = {
    "kind": ["municipality"], "role": ["lead", "post-holder"], "certainty": ["stated", "implied"],
    "status": ["planned"], "method": ["design-thinking"], "goal-type": ["mission"],
    "event-type": ["decision"], "name-type": ["former"], "indicator": ["team-size"], "answer": ["yes"],
    "wave": ["2018"],
    "area": ["economy"], "unit-of-measure": ["staff"], "bound": ["about"],
}
# fmt: on

VOCABULARIES = """
@prefix concept: <https://w3id.org/innovation-kg/concept/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix inno: <https://w3id.org/innovation-kg/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DIGEST = "0123456789abcdef" * 4
LINE = f"<{BASE}source/a#line=0,1>"
STATED = "inno:certainty certainty:stated"
CUBE = 'rdfs:label "A"@en ; dcterms:isPartOf dataset:a'
CITED = f"dcterms:isReferencedBy {LINE} ; {STATED}"  # what each thing has
FACT = f"prov:wasDerivedFrom {LINE} ; {STATED}"  # what each fact has
NAMED = f'skos:prefLabel "A name"@en ; {CITED}'
SURVEYED = "inno:wave wave:2018 ; inno:item indicator:team-size"
OBSERVED = f"qb:dataSet dataset:a-number ; inno:respondent organisation:a ; {SURVEYED} ; {FACT}"
MEMBER = "org:member organisation:a ; org:organization initiative:a ; org:role role:lead"

VALID = f"""
organisation:a a org:FormalOrganization ; {NAMED} ; org:classification kind:municipality ;
    org:identifier "https://ror.org/026vcq606"^^inno:RorIdentifier , "Q854280"^^inno:WikidataIdentifier ;
    schema:location place:a ; schema:areaServed place:a .
organisation:b a org:FormalOrganization ; skos:prefLabel "Länsstyrelsen"@sv ;
    dcterms:isReferencedBy {LINE} ;
    inno:certainty certainty:implied ; rdfs:comment "The line names no county."@en .
unit:a a org:OrganizationalUnit ; {NAMED} ; org:unitOf organisation:a .
unit:b a org:OrganizationalUnit ; {NAMED} ; org:unitOf organisation:a ; org:subOrganizationOf unit:a .
initiative:a a inno:Programme , inno:Partnership ; {NAMED} ; time:hasTime interval:both ;
    inno:status status:planned ;
    inno:involves kind:municipality ; inno:uses method:design-thinking ; inno:hasGoal goal:a ;
    inno:hasOutput solution:a ;
    inno:buildsOn initiative:b .
initiative:b a inno:Initiative ; {NAMED} .
person:a a foaf:Person ; foaf:name "A Name" ; skos:prefLabel "A Name"@en , "A Name"@sv ; {CITED} .
post:a a org:Post ; {NAMED} ; org:postIn unit:a ; org:reportsTo post:b , person:a .
post:b a org:Post ; {NAMED} ; org:postIn organisation:a .
place:a a schema:Place ; {NAMED} ; schema:containedInPlace place:b .
place:b a schema:Place ; {NAMED} .
goal:a a inno:Goal ; {NAMED} ; dcterms:type goal-type:mission ; inno:targetYear "2030"^^xsd:gYear .
solution:a a inno:Solution ; {NAMED} ; inno:uses method:design-thinking ; inno:status status:planned .
document:a a inno:PolicyDocument ; {NAMED} ; inno:adoptedBy unit:a ;
    inno:governs organisation:a , goal:a , area:economy ;
    dcterms:creator organisation:a ; dcterms:subject area:economy , document:a .
event:a a inno:Event ; {NAMED} ; dcterms:type event-type:decision ; prov:wasAssociatedWith unit:a , post:a ;
    inno:concerns post:a ; time:hasTime interval:both .
group:a a foaf:Group ; {NAMED} .

membership:a a org:Membership ; {MEMBER} ; org:memberDuring interval:beginning ;
    inno:representedBy post:a , unit:a , person:a ; {FACT} .
membership:b a org:Membership ; org:member person:a ; org:organization unit:a ;
    org:role role:post-holder ; inno:inPost post:a ;
    prov:wasDerivedFrom {LINE} ; inno:certainty certainty:implied ;
    rdfs:comment "It follows from the title."@en .

interval:both a time:Interval ; time:hasBeginning instant:year ; time:hasEnd instant:month .
interval:year a time:Interval ; time:hasBeginning instant:year ; time:hasEnd instant:year .
interval:beginning a time:Interval ; time:hasBeginning instant:year ; time:inside instant:month .
interval:end a time:Interval ; time:hasEnd instant:day .
interval:inside a time:Interval ; time:inside instant:year , instant:day .
instant:year a time:Instant ; time:inXSDgYear "2015"^^xsd:gYear .
instant:month a time:Instant ; time:inXSDgYearMonth "2016-02"^^xsd:gYearMonth .
instant:day a time:Instant ; time:inXSDDate "2016-02-29"^^xsd:date .

statement:a a inno:Statement ; rdf:subject initiative:a ; rdf:predicate inno:uses ;
    rdf:object method:design-thinking ; {FACT} .
statement:b a inno:Statement ; rdf:subject organisation:a ; rdf:predicate skos:altLabel ;
    rdf:object "Other"@en ; dcterms:type name-type:former ;
    time:hasTime interval:end ; {FACT} .

observation:number a qb:Observation ; {OBSERVED} ; inno:number 6 ; inno:unit unit-of-measure:staff ;
    inno:bound bound:about ;
    inno:referenceYear "2017"^^xsd:gYear .
observation:decimal a qb:Observation ; {OBSERVED} ; inno:number 0.5 ; inno:unit unit-of-measure:staff .
observation:rank a qb:Observation ; {OBSERVED} ; inno:rank 1 .
observation:share a qb:Observation ; {OBSERVED} ; inno:share 100.0 .
observation:answer a qb:Observation ; inno:respondent group:a ; qb:dataSet dataset:a-number ;
    inno:wave wave:2018 ;
    inno:item indicator:team-size ; {FACT} ; inno:answer answer:yes .
indicator:team-size inno:notOfferedIn wave:2018 .
dataset:a-number a qb:DataSet ; {CUBE} ; qb:structure <{CONCEPT}structure/number> .
<{CONCEPT}structure/number> a qb:DataStructureDefinition ; qb:component <{CONCEPT}structure/number-wave> .
<{CONCEPT}structure/number-wave> a qb:ComponentSpecification ; qb:dimension inno:wave .

source:a a inno:SourceDocument ; dcterms:title "Innovation"@sv ; dcterms:publisher organisation:a ;
    dcterms:language "sv" ;
    dcterms:date "2015"^^xsd:gYear ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    schema:sha256 "{DIGEST}" ; dcterms:hasPart {LINE} .
{LINE} a inno:Passage ; rdfs:label "a, line 1" ; dcterms:isPartOf source:a ; dcterms:identifier "a:1" .
dataset:a a dcat:Dataset ; dcterms:title "A"@en ; dcterms:description "A"@en ; dcterms:language "en" ;
    dcterms:issued "2026-11-22"^^xsd:date ;
    dcat:version "0.1.0" ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
"""

UNSURE = f'skos:prefLabel "A"@en ; dcterms:isReferencedBy {LINE}'
WHOLE = f"a inno:SourceDocument ; dcterms:hasPart {LINE}"
SHORT_SOURCE = f'{WHOLE} ; dcterms:title "A"@sv'
SOURCE = f'{SHORT_SOURCE} ; dcterms:language "sv" ; schema:sha256 "{DIGEST}"'
ORGANISATION = f"a org:FormalOrganization ; {NAMED}"
INITIATIVE = f"a inno:Initiative ; {NAMED}"
EVENT = f"a inno:Event ; {NAMED}"
GOAL = f"a inno:Goal ; {NAMED}"
POST = f"a org:Post ; {NAMED}"
UNTITLED = 'a dcat:Dataset ; dcterms:language "en"'
DATASET = f'{UNTITLED} ; dcterms:title "A"@en'
STRUCTURED = f"qb:structure <{CONCEPT}structure/number>"
LICENCE = "dcterms:license <https://creativecommons.org/licenses/by/4.0/>"
COUNTED = f"a qb:Observation ; {OBSERVED}"
UNCUBED = f"a qb:Observation ; inno:respondent group:a ; {SURVEYED} ; inno:rank 1 ; {FACT}"
RANKED = f"a qb:Observation ; qb:dataSet dataset:a-number ; inno:rank 1 ; {FACT}"
BY_GROUP = f"{RANKED} ; inno:respondent group:a"
MEMBERSHIP = f"a org:Membership ; {FACT}"
HOLDER = f"{MEMBERSHIP} ; org:organization unit:a"
CLAIM = f"a inno:Statement ; {FACT}"
SAID = f"{CLAIM} ; rdf:subject unit:a ; rdf:predicate inno:uses ; rdf:object place:a"
DEFINED = "a skos:Concept ; skos:inScheme concept:kind ; skos:definition 'A'@en , 'A'@sv"
LABELLED = "a skos:Concept ; skos:inScheme concept:kind ; skos:prefLabel 'A'@en , 'A'@sv"
CONCEPT_NODE = "a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv"
ROLE = CONCEPT_NODE.replace("skos:Concept", "org:Role") + " ; skos:inScheme concept:role"
TITLED = "dcterms:title 'A'@sv , 'A'@en"
DESCRIBED = "dcterms:description 'A'@sv , 'A'@en"
TOP = "skos:hasTopConcept kind:municipality"
DEFINITIONS = "concept-definition-en concept-definition-sv"
VERSIONED = f'{DATASET} ; dcat:version "1" ; {LICENCE}'
ISSUED = 'dcterms:issued "2026-11-22"^^xsd:date'

# What is wrong with a node, and the shapes that find it: each row is about a node of its own.
# A wrong bound is found twice where the rules take the unknown side of the interval from it.
FAULTS: list[tuple[str, str]] = [
    # Things
    (f"a schema:Place ; {CITED}", "thing-name thing-label"),
    (f'a schema:Place ; {CITED} ; skos:prefLabel "One"@en , "Two"@en', "thing-name"),
    (f'a schema:Place ; {CITED} ; skos:prefLabel "No language"', "thing-name"),
    (f'a schema:Place ; {NAMED} ; rdfs:label "One" , "Two"', "thing-label"),
    (f'a schema:Place ; skos:prefLabel "A"@en ; {STATED}', "thing-mention"),
    (f'a schema:Place ; skos:prefLabel "A"@en ; {STATED} ; dcterms:isReferencedBy source:a', "thing-mention"),
    (f"a schema:Place ; {UNSURE}", "certainty"),
    (f'a schema:Place ; {NAMED} ; inno:certainty certainty:implied ; rdfs:comment "why"@en', "certainty"),
    (
        f"a schema:Place ; {UNSURE} ; inno:certainty bound:about",
        "certainty",
    ),
    (f'a schema:Place ; {NAMED} ; rdfs:comment "why"', "reason"),
    (f'a schema:Place ; {NAMED} ; rdfs:comment "why"@en , "how"@en', "reason"),
    (f'a schema:Place ; {NAMED} ; skos:altLabel "B"', "thing-other-name"),
    (f'a schema:Place ; {NAMED} ; skos:hiddenLabel "B"', "thing-other-name"),
    (f"a inno:Solution , inno:Testbed ; {NAMED}", "single-kind"),
    # Organisations, units, initiatives
    (f"{ORGANISATION} ; org:classification kind:municipality , kind:second", "organisation-kind"),
    (f'{ORGANISATION} ; org:classification "municipality"', "organisation-kind"),
    (f"{ORGANISATION} ; org:classification bound:about", "organisation-kind-scheme"),
    (f'{ORGANISATION} ; org:identifier "Q1"', "organisation-identifier"),
    (f'{ORGANISATION} ; org:identifier "Q0"^^inno:WikidataIdentifier', "organisation-identifier"),
    (f'{ORGANISATION} ; org:identifier "026vcq606"^^inno:RorIdentifier', "organisation-identifier"),
    (f"{ORGANISATION} ; org:subOrganizationOf place:a", "organisation-whole"),
    (f'{ORGANISATION} ; rdfs:seeAlso "example.org"', "organisation-page"),
    (f"{ORGANISATION} ; time:hasTime instant:year", "time-interval"),
    (f"a org:OrganizationalUnit ; {NAMED}", "unit-of"),
    (f"{INITIATIVE} ; org:unitOf organisation:a", "unit-of-bearer"),
    (f"a org:OrganizationalUnit ; {NAMED} ; org:unitOf organisation:a , organisation:b", "unit-of"),
    (f"a org:OrganizationalUnit ; {NAMED} ; org:unitOf unit:a", "unit-of"),
    (f"{INITIATIVE} ; inno:status bound:about", "initiative-status"),
    # Persons, posts, groups, places
    (f'a foaf:Person ; skos:prefLabel "A"@en ; {CITED}', "person-name person-post"),
    (f'a foaf:Person ; {NAMED} ; foaf:name "A" , "B"', "person-name person-post"),
    (f'a foaf:Person ; {NAMED} ; foaf:name "A"@sv', "person-name person-post"),
    (f'a foaf:Person ; {NAMED} ; foaf:name "A"', "person-post"),
    (POST, "post-in"),
    (f"{POST} ; org:postIn unit:a , unit:b", "post-in"),
    (f"{POST} ; org:postIn place:a", "post-in"),
    (f"{POST} ; org:postIn unit:a ; org:reportsTo place:a", "reports-to-whom"),
    (
        f'a foaf:Group ; {NAMED} ; org:identifier "Q2"^^inno:WikidataIdentifier',
        "group-no-identifier closed-group",
    ),
    (f"a schema:Place ; {NAMED} ; schema:containedInPlace organisation:a", "place-container"),
    # Events, goals, solutions, policy documents
    (EVENT, "event-type"),
    (f"{EVENT} ; dcterms:type event-type:decision , event-type:second", "event-type"),
    (f'{EVENT} ; dcterms:type "decision"', "event-type"),
    (f"{EVENT} ; dcterms:type goal-type:mission", "event-type-scheme"),
    (f"{EVENT} ; dcterms:type event-type:decision ; prov:wasAssociatedWith place:a", "event-actor"),
    (f"{EVENT} ; dcterms:type event-type:decision ; time:hasTime interval:both , interval:end", "event-time"),
    (f"{EVENT} ; dcterms:type event-type:decision ; time:hasTime instant:year", "event-time"),
    (GOAL, "goal-type"),
    (f"{GOAL} ; dcterms:type goal-type:mission , goal-type:second", "goal-type"),
    (f'{GOAL} ; dcterms:type "mission"', "goal-type"),
    (f"{GOAL} ; dcterms:type event-type:decision", "goal-type-scheme"),
    (
        f'{GOAL} ; dcterms:type goal-type:mission ; inno:targetYear "2030"^^xsd:gYear , "2045"^^xsd:gYear',
        "goal-year",
    ),
    (f"{GOAL} ; dcterms:type goal-type:mission ; inno:targetYear 2030", "goal-year"),
    (f"a inno:Solution ; {NAMED} ; inno:status bound:about", "solution-status"),
    (f"a inno:PolicyDocument ; {NAMED} ; dcterms:creator place:a", "policy-document-creator"),
    # Memberships
    (f"{MEMBERSHIP} ; org:organization initiative:a ; org:role role:lead", "membership-member"),
    (f"{MEMBERSHIP} ; {MEMBER} ; org:member unit:a", "membership-member"),
    (
        f"{MEMBERSHIP} ; org:member place:a ; org:organization initiative:a ; org:role role:lead",
        "membership-member",
    ),
    (f"{HOLDER} ; org:member unit:a ; org:role role:lead", "membership-member"),
    (f"{MEMBERSHIP} ; org:member unit:a ; org:role role:lead", "membership-organisation"),
    (f"{MEMBERSHIP} ; {MEMBER} ; org:organization initiative:b", "membership-organisation"),
    (
        f"{MEMBERSHIP} ; org:member unit:a ; org:organization person:a ; org:role role:lead",
        "membership-organisation",
    ),
    (f"{HOLDER} ; org:member unit:b", "membership-role"),
    (f"{MEMBERSHIP} ; {MEMBER} , role:second", "membership-role"),
    (f"{HOLDER} ; org:member unit:b ; org:role place:a", "membership-role"),
    (f"{HOLDER} ; org:member unit:b ; org:role bound:role", "membership-role-scheme"),
    (f"{MEMBERSHIP} ; {MEMBER} ; inno:representedBy organisation:a", "membership-representative"),
    (
        f"{HOLDER} ; org:member person:a ; org:role role:post-holder ; inno:inPost post:a , post:b",
        "membership-post",
    ),
    (f"{HOLDER} ; org:member person:a ; org:role role:post-holder ; inno:inPost unit:a", "membership-post"),
    (f"{MEMBERSHIP} ; {MEMBER} ; org:memberDuring interval:both , interval:end", "membership-time"),
    (f"{MEMBERSHIP} ; {MEMBER} ; org:memberDuring instant:year", "membership-time"),
    (f"{HOLDER} ; org:member person:a ; org:role role:lead ; inno:inPost post:a", "post-holder-role"),
    (f"{HOLDER} ; org:member unit:b ; org:role role:post-holder ; inno:inPost post:a", "post-holder-person"),
    (f"a org:Membership ; {MEMBER} ; {STATED}", "fact-citation"),
    (f"a org:Membership ; {MEMBER} ; {STATED} ; prov:wasDerivedFrom source:a", "fact-citation"),
    (f"a org:Membership ; {MEMBER} ; prov:wasDerivedFrom {LINE}", "certainty"),
    # Time
    ("a time:Interval", "dated-interval"),
    ("a time:Interval ; time:hasBeginning instant:year , instant:second", "interval-beginning"),
    ("a time:Interval ; time:hasBeginning interval:both", "interval-beginning"),
    ("a time:Interval ; time:hasEnd instant:year , instant:second", "interval-end"),
    ("a time:Interval ; time:hasEnd interval:both", "interval-end"),
    ("a time:Interval ; time:inside interval:both", "interval-inside"),
    (
        'a time:Interval ; time:hasEnd instant:year ; inno:earliestStart "2015-02-30x"^^xsd:date',
        "interval-earliest-start",
    ),
    (
        'a time:Interval ; time:hasBeginning instant:year ; inno:earliestStart "2014-01-01"^^xsd:date',
        "interval-earliest-start interval-earliest-end",
    ),
    (
        'a time:Interval ; time:inside instant:year ; inno:earliestStart "2017-01-01"^^xsd:date',
        "interval-earliest-start",
    ),
    (
        'a time:Interval ; time:hasBeginning instant:year ; inno:latestStart "2016-01-01"^^xsd:date',
        "interval-latest-start",
    ),
    ('a time:Interval ; time:hasBeginning instant:none ; inno:latestStart "2016"', "interval-latest-start"),
    ('a time:Interval ; time:hasEnd instant:none ; inno:earliestEnd "2016"', "interval-earliest-end"),
    (
        'a time:Interval ; time:hasEnd instant:year ; inno:earliestEnd "2014-01-01"^^xsd:date',
        "interval-earliest-end",
    ),
    (
        'a time:Interval ; time:hasBeginning instant:year ; inno:latestEnd "2014-12-31"^^xsd:date',
        "interval-earliest-end",
    ),
    (
        'a time:Interval ; time:hasEnd instant:year ; inno:latestEnd "2016-01-01"^^xsd:date',
        "interval-latest-end interval-latest-start",
    ),
    (
        'a time:Interval ; time:hasEnd instant:none ; inno:latestEnd "2016"',
        "interval-latest-end interval-latest-start",
    ),
    ("a time:Instant", "instant"),
    ('a time:Instant ; time:inXSDgYear "2015"^^xsd:gYear , "2016"^^xsd:gYear', "instant"),
    ('a time:Instant ; time:inXSDgYear "2015"^^xsd:gYear ; time:inXSDDate "2015-05-21"^^xsd:date', "instant"),
    ('a time:Instant ; time:inXSDgYear "2015"', "instant"),
    ('a time:Instant ; time:inXSDgYearMonth "2015-13"^^xsd:gYearMonth', "instant"),
    ('a time:Instant ; time:inXSDDate "2015-02-30"^^xsd:date', "instant"),
    # Links
    (f"{ORGANISATION} ; inno:involves kind:municipality", "involves"),
    (f"{INITIATIVE} ; inno:involves bound:about", "involves-kind"),
    (f"{INITIATIVE} ; inno:involves organisation:a", "involves-kind"),
    (f"a schema:Place ; {NAMED} ; inno:uses method:design-thinking", "uses closed-place"),
    (f"{INITIATIVE} ; inno:uses bound:about", "uses-method"),
    (f"{INITIATIVE} ; inno:uses solution:a", "uses-method"),
    (f"a schema:Place ; {NAMED} ; inno:hasGoal goal:a", "has-goal closed-place"),
    (f"{INITIATIVE} ; inno:hasGoal solution:a", "has-goal-goal"),
    (f"a schema:Place ; {NAMED} ; inno:hasOutput solution:a", "has-output closed-place"),
    (f"{INITIATIVE} ; inno:hasOutput goal:a", "has-output-solution"),
    (f"a schema:Place ; {NAMED} ; inno:buildsOn initiative:a", "builds-on closed-place"),
    (f"{INITIATIVE} ; inno:buildsOn method:design-thinking", "builds-on-what"),
    (f"{ORGANISATION} ; inno:status status:planned", "status"),
    (f"{GOAL} ; dcterms:type goal-type:mission ; inno:status place:a", "status-concept"),
    (f"{INITIATIVE} ; inno:adoptedBy unit:a", "adopted-by closed-organisation"),
    (f"a inno:PolicyDocument ; {NAMED} ; inno:adoptedBy post:a", "adopted-by-whom"),
    (f"{INITIATIVE} ; inno:governs organisation:a", "governs closed-organisation"),
    (f"a inno:PolicyDocument ; {NAMED} ; inno:governs place:a", "governs-what"),
    (f"{INITIATIVE} ; inno:concerns post:a", "concerns closed-organisation"),
    (f"{EVENT} ; dcterms:type event-type:decision ; inno:concerns post:none", "concerns-what"),
    (f"a schema:Place ; {NAMED} ; schema:location place:a", "location closed-place"),
    (f"a schema:Place ; {NAMED} ; org:reportsTo post:a", "reports-to closed-place"),
    (f"{ORGANISATION} ; org:reportsTo place:a", "reports-to-whom"),
    (f"a schema:Place ; {NAMED} ; dcterms:subject place:a", "subject-concept"),
    (f"{ORGANISATION} ; schema:location unit:a", "location-place"),
    (f"a schema:Place ; {NAMED} ; schema:areaServed place:a", "area-served closed-place"),
    (f"{ORGANISATION} ; schema:areaServed organisation:a", "area-served-place"),
    (f"{CLAIM} ; rdf:predicate inno:uses ; rdf:object place:a", "statement-subject"),
    (f"{CLAIM} ; rdf:subject unit:a , unit:b ; rdf:predicate inno:uses ; rdf:object 1", "statement-subject"),
    (f'{CLAIM} ; rdf:subject "unit" ; rdf:predicate inno:uses ; rdf:object 1', "statement-subject"),
    (f"{CLAIM} ; rdf:subject unit:a ; rdf:object place:a", "statement-predicate"),
    (
        f"{CLAIM} ; rdf:subject unit:a ; rdf:predicate rdf:type , inno:uses ; rdf:object 1",
        "statement-predicate",
    ),
    (f'{CLAIM} ; rdf:subject unit:a ; rdf:predicate "uses" ; rdf:object 1', "statement-predicate"),
    (f"{CLAIM} ; rdf:subject unit:a ; rdf:predicate inno:uses", "statement-object"),
    (f"{CLAIM} ; rdf:subject unit:a ; rdf:predicate inno:uses ; rdf:object 1 , 2", "statement-object"),
    (f"{CLAIM} ; rdf:subject unit:a ; rdf:predicate inno:uses ; rdf:object []", "statement-object"),
    (f"{SAID} ; time:hasTime interval:both , interval:end", "statement-time"),
    (f"{SAID} ; time:hasTime instant:year", "statement-time"),
    (f"{SAID} ; dcterms:type name-type:former , name-type:second", "statement-type"),
    (f'{SAID} ; dcterms:type "former"', "statement-type"),
    (f"{SAID} ; dcterms:type goal-type:mission", "statement-type-scheme"),
    # Survey answers
    (UNCUBED, "observation-cube"),
    (f"{COUNTED} ; inno:rank 1 ; qb:dataSet dataset:second", "observation-cube"),
    (f"{UNCUBED} ; qb:dataSet dataset:a", "observation-cube"),
    (f"{RANKED} ; {SURVEYED}", "observation-respondent"),
    (f"{COUNTED} ; inno:rank 1 ; inno:respondent group:a", "observation-respondent"),
    (f"{RANKED} ; {SURVEYED} ; inno:respondent place:a", "observation-respondent"),
    (f"{BY_GROUP} ; inno:item indicator:team-size", "observation-wave"),
    (f"{COUNTED} ; inno:rank 1 ; inno:wave wave:second", "observation-wave"),
    (f'{BY_GROUP} ; inno:item indicator:team-size ; inno:wave "2018"', "observation-wave"),
    (f"{BY_GROUP} ; inno:item indicator:team-size ; inno:wave bound:about", "observation-wave-scheme"),
    (f"{BY_GROUP} ; inno:wave wave:2018", "observation-item"),
    (f"{COUNTED} ; inno:rank 1 ; inno:item indicator:second", "observation-item"),
    (f'{BY_GROUP} ; inno:wave wave:2018 ; inno:item "size"', "observation-item"),
    (f"{BY_GROUP} ; inno:wave wave:2018 ; inno:item bound:about", "observation-item-scheme"),
    (f"{COUNTED} ; inno:answer answer:yes , bound:about", "observation-answer"),
    (f'{COUNTED} ; inno:answer "yes"', "observation-answer"),
    (f"{COUNTED} ; inno:rank 1 , 2", "observation-rank"),
    (f"{COUNTED} ; inno:rank 0", "observation-rank"),
    (f"{COUNTED} ; inno:rank 1.5", "observation-rank"),
    (f"{COUNTED} ; inno:number 6 , 9 ; inno:unit unit-of-measure:staff", "observation-number"),
    (f"{COUNTED} ; inno:number -6 ; inno:unit unit-of-measure:staff", "observation-number"),
    (f'{COUNTED} ; inno:number "six" ; inno:unit unit-of-measure:staff', "observation-number"),
    (f"{COUNTED} ; inno:share 50.0 , 51.0", "observation-share"),
    (f"{COUNTED} ; inno:share 50", "observation-share"),
    (f"{COUNTED} ; inno:share -0.1", "observation-share"),
    (f"{COUNTED} ; inno:share 100.1", "observation-share"),
    (f"{COUNTED} ; inno:number 6 ; inno:unit bound:about", "observation-unit"),
    (f"{COUNTED} ; inno:share 50.0 ; inno:bound wave:2018", "observation-bound"),
    (
        f'{COUNTED} ; inno:share 50.0 ; inno:referenceYear "2017"^^xsd:gYear , "2018"^^xsd:gYear',
        "observation-year",
    ),
    (f"{COUNTED} ; inno:share 50.0 ; inno:referenceYear 2017", "observation-year"),
    (f"{COUNTED} ; inno:number 6", "number-unit"),
    (f"{COUNTED} ; inno:number 6 ; inno:unit unit-of-measure:staff , unit-of-measure:second", "number-unit"),
    (f'{COUNTED} ; inno:number 6 ; inno:unit "staff"', "number-unit"),
    (f"a schema:Place ; {NAMED} ; inno:notOfferedIn wave:2018", "not-offered closed-place"),
    (f"{CONCEPT_NODE} ; skos:inScheme concept:indicator ; inno:notOfferedIn bound:about", "not-offered-wave"),
    (f"{CONCEPT_NODE} ; skos:inScheme concept:indicator ; inno:notOfferedIn place:a", "not-offered-wave"),
    (f"a qb:DataSet ; {CUBE}", "cube-structure"),
    (
        f"a qb:DataSet ; {CUBE} ; qb:structure <{CONCEPT}structure/number> , <{CONCEPT}structure/second>",
        "cube-structure",
    ),
    (f"a qb:DataSet ; {CUBE} ; qb:structure place:a", "cube-structure"),
    (f"a qb:DataSet ; {STRUCTURED} ; dcterms:isPartOf dataset:a", "cube-label"),
    (f'a qb:DataSet ; {STRUCTURED} ; {CUBE} ; rdfs:label "B"', "cube-label"),
    (f'a qb:DataSet ; {STRUCTURED} ; rdfs:label "A"', "cube-whole"),
    (f"a qb:DataSet ; {STRUCTURED} ; {CUBE} , dataset:other", "cube-whole"),
    (f'a qb:DataSet ; {STRUCTURED} ; rdfs:label "A" ; dcterms:isPartOf place:a', "cube-whole"),
    ("a qb:DataStructureDefinition", "structure-component"),
    ("a qb:DataStructureDefinition ; qb:component place:a", "structure-component"),
    ("a qb:ComponentSpecification", "component-property"),
    ("a qb:ComponentSpecification ; qb:dimension inno:wave ; qb:measure inno:rank", "component-property"),
    ('a qb:ComponentSpecification ; qb:dimension "wave"', "component-property"),
    # Sources
    (f'{WHOLE} ; dcterms:language "sv" ; schema:sha256 "{DIGEST}"', "source-title"),
    (
        f'a inno:SourceDocument ; dcterms:title "A"@sv ; dcterms:language "sv" ; schema:sha256 "{DIGEST}"',
        "source-whole",
    ),
    (f"{SOURCE} ; dcterms:hasPart <{BASE}source/a#line=1,2>", "source-whole"),
    (f"{SOURCE.replace(LINE, 'place:a')}", "source-whole"),
    (f'{SOURCE} ; dcterms:title "B"@sv', "source-title"),
    (f"{SOURCE} ; dcterms:title place:a", "source-title"),
    (f"{SOURCE} ; dcterms:publisher place:a", "source-publisher"),
    (f'{SHORT_SOURCE} ; schema:sha256 "{DIGEST}"', "source-language"),
    (f'{SOURCE} ; dcterms:language "en"', "source-language"),
    (f'{SHORT_SOURCE} ; dcterms:language "Swedish" ; schema:sha256 "{DIGEST}"', "source-language"),
    (f'{SOURCE} ; dcterms:date "2015"^^xsd:gYear , "2016"^^xsd:gYear', "source-date"),
    (f'{SOURCE} ; dcterms:date "May 2015"', "source-date"),
    (f"{SOURCE} ; {LICENCE} , place:a", "source-licence"),
    (f'{SOURCE} ; dcterms:license "CC BY"', "source-licence"),
    (f'{SHORT_SOURCE} ; dcterms:language "sv"', "source-digest"),
    (f'{SOURCE} ; schema:sha256 "{DIGEST[::-1]}"', "source-digest"),
    (f'{SHORT_SOURCE} ; dcterms:language "sv" ; schema:sha256 "{DIGEST.upper()}"', "source-digest"),
    ('a inno:Passage ; rdfs:label "A" ; dcterms:isPartOf source:a ; dcterms:identifier "a:1"', "passage"),
    (f'{VERSIONED} ; {ISSUED} ; dcterms:title "B"@en', "dataset-title"),
    (f'{UNTITLED} ; {ISSUED} ; dcat:version "1" ; {LICENCE}', "dataset-title"),
    (f'{VERSIONED} ; {ISSUED} ; dcterms:description "A"', "dataset-description"),
    (f'{VERSIONED} ; {ISSUED} ; dcterms:description "A"@en , "B"@en', "dataset-description"),
    (
        f'a dcat:Dataset ; dcterms:title "A"@en ; {ISSUED} ; dcat:version "1" ; {LICENCE}',
        "dataset-language",
    ),
    (f'{VERSIONED} ; {ISSUED} ; dcterms:language "Swedish"', "dataset-language"),
    (f"{VERSIONED} ; {ISSUED} ; dcterms:title place:a", "dataset-title"),
    (VERSIONED, "dataset-issued"),
    (f'{VERSIONED} ; {ISSUED} , "2026-11-23"^^xsd:date', "dataset-issued"),
    (f'{VERSIONED} ; dcterms:issued "2026"', "dataset-issued"),
    (f"{DATASET} ; {ISSUED} ; {LICENCE}", "dataset-version"),
    (f'{VERSIONED} ; {ISSUED} ; dcat:version "2"', "dataset-version"),
    (f"{DATASET} ; {ISSUED} ; {LICENCE} ; dcat:version place:a", "dataset-version"),
    (f'{DATASET} ; {ISSUED} ; dcat:version "1"', "dataset-licence"),
    (f"{VERSIONED} , place:a ; {ISSUED}", "dataset-licence"),
    (f'{DATASET} ; {ISSUED} ; dcat:version "1" ; dcterms:license "CC BY"', "dataset-licence"),
    # Concepts
    (f"{CONCEPT_NODE} ; skos:inScheme concept:kind ; skos:prefLabel 'B'@en", "concept-name"),
    (f"{CONCEPT_NODE} ; skos:inScheme concept:kind ; skos:prefLabel 'A'", "concept-name"),
    (f"{DEFINED} ; skos:prefLabel 'A'@sv", "concept-name-en"),
    (f"{DEFINED} ; skos:prefLabel 'A'@en", "concept-name-sv"),
    (f"{LABELLED} ; skos:definition 'A'@sv", "concept-definition-en"),
    (f"{LABELLED} ; skos:definition 'A'@en", "concept-definition-sv"),
    (CONCEPT_NODE, "concept-scheme"),
    (f"{CONCEPT_NODE} ; skos:inScheme concept:kind , concept:role", "concept-scheme"),
    (f"{CONCEPT_NODE} ; skos:inScheme place:a", "concept-scheme"),
    (
        f"{CONCEPT_NODE} ; skos:inScheme concept:kind ; skos:broader kind:second , kind:municipality",
        "concept-broader",
    ),
    (f"{CONCEPT_NODE} ; skos:inScheme concept:kind ; skos:broader place:a", "concept-broader"),
    (
        "a skos:Concept ; skos:inScheme concept:kind",
        "concept-name-en concept-name-sv concept-label " + DEFINITIONS,
    ),
    (f"{CONCEPT_NODE} ; skos:inScheme concept:kind ; rdfs:label 'A' , 'B'", "concept-label"),
    (ROLE, "role-property"),
    (f"{ROLE} ; org:roleProperty inno:leads , inno:funds", "role-property"),
    (f"{ROLE} ; org:roleProperty inno:uses", "role-property"),
    (f"a skos:ConceptScheme ; {DESCRIBED} ; {TOP} ; dcterms:title 'A'@sv", "scheme-title-en"),
    (f"a skos:ConceptScheme ; {DESCRIBED} ; {TOP} ; dcterms:title 'A'@en", "scheme-title-sv"),
    (f"a skos:ConceptScheme ; {TITLED} ; {TOP} ; dcterms:description 'A'@sv", "scheme-description-en"),
    (f"a skos:ConceptScheme ; {TITLED} ; {TOP} ; dcterms:description 'A'@en", "scheme-description-sv"),
    (f"a skos:ConceptScheme ; {TITLED} ; {DESCRIBED}", "scheme-top"),
    (f"a skos:ConceptScheme ; {TITLED} ; {DESCRIBED} ; skos:hasTopConcept place:a", "scheme-top"),
    (f"a skos:ConceptScheme ; {TITLED} , 'A' ; {DESCRIBED} ; {TOP}", "scheme-text"),
]
# A thing of each class, and what is none of its properties.
STRANGE = 'schema:telephone "1"'
FAULTS += [
    (f"{valid} ; {STRANGE}", f"closed-{name}")
    for name, valid in {
        "organisation": ORGANISATION,
        "post": f"{POST} ; org:postIn unit:a",
        "group": f"a foaf:Group ; {NAMED}",
        "place": f"a schema:Place ; {NAMED}",
        "event": f"{EVENT} ; dcterms:type event-type:decision",
        "goal": f"{GOAL} ; dcterms:type goal-type:mission",
        "solution": f"a inno:Solution ; {NAMED}",
        "policy-document": f"a inno:PolicyDocument ; {NAMED}",
        "membership": f"{MEMBERSHIP} ; {MEMBER}",
        "statement": SAID,
        "observation": f"{COUNTED} ; inno:rank 1",
        "interval": "a time:Interval ; time:inside instant:year",
        "instant": 'a time:Instant ; time:inXSDgYear "2015"^^xsd:gYear',
        "source": SOURCE,
        "dataset": f"{VERSIONED} ; {ISSUED}",
        "cube": f"a qb:DataSet ; {CUBE} ; {STRUCTURED}",
        "structure": f"a qb:DataStructureDefinition ; qb:component <{CONCEPT}structure/number-wave>",
        "component": "a qb:ComponentSpecification ; qb:dimension inno:wave",
        "concept": f"{CONCEPT_NODE} ; skos:inScheme concept:kind",
        "scheme": f"a skos:ConceptScheme ; {TITLED} ; {DESCRIBED} ; {TOP}",
    }.items()
]
FAULTS += [(f'a foaf:Person ; {NAMED} ; foaf:name "A" ; {STRANGE}', "person-post closed-person")]

# The constraints that the shapes use, by their parameter.
COMPONENTS: dict[Node, Node] = {
    SH[name]: SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]
    for name in (
        *("class", "datatype", "nodeKind", "minCount", "maxCount", "minInclusive", "maxInclusive", "pattern"),
        *(
            "uniqueLang",
            "lessThanOrEquals",
            "disjoint",
            "not",
            "or",
            "closed",
            "node",
            "xone",
            "in",
            "hasValue",
            "qualifiedMinCount",
        ),
    )
}

# Faults of passages, whose IRI is itself part of what is checked, by their position.
PASSAGE = "a inno:Passage ; rdfs:label 'A' ; dcterms:identifier 'a:1'"
PASSAGE_FAULTS = [
    ("1,2", "a inno:Passage ; dcterms:isPartOf source:a ; dcterms:identifier 'a:2'", "passage-label"),
    ("2,3", f"{PASSAGE} ; rdfs:label 'B' ; dcterms:isPartOf source:a", "passage-label"),
    ("3,4", PASSAGE, "passage-source"),
    ("4,5", f"{PASSAGE} ; dcterms:isPartOf source:a , source:b", "passage-source"),
    ("5,6", f"{PASSAGE} ; dcterms:isPartOf document:a", "passage-source"),
    ("6,7", "a inno:Passage ; rdfs:label 'A' ; dcterms:isPartOf source:a", "passage-identifier"),
    ("7,8", f"{PASSAGE} ; dcterms:identifier 'a:9' ; dcterms:isPartOf source:a", "passage-identifier"),
    (
        "8,9",
        "a inno:Passage ; rdfs:label 'A' ; dcterms:isPartOf source:a ; dcterms:identifier 'a:0'",
        "passage-identifier",
    ),
    ("9,10", f"{PASSAGE} ; dcterms:isPartOf source:a ; {STRANGE}", "closed-passage"),
]

# What stands in other vocabularies.
SUPERCLASSES: dict[Node, set[Node]] = {ORG.OrganizationalUnit: {ORG.Organization}, ORG.Role: {SKOS.Concept}}

# A fault of a literal: one identifier on two things.
TWINS = f"""
organisation:twin {ORGANISATION} ; org:identifier "Q3"^^inno:WikidataIdentifier .
initiative:twin {INITIATIVE} ; org:identifier "Q3"^^inno:WikidataIdentifier .
"""
TWIN = '"Q3"^^<https://w3id.org/innovation-kg/ontology#WikidataIdentifier>'

# Faults of schemes, which are known by their IRI.
SCHEME_FAULTS = {
    "concept:method": (
        "known-scheme",
        "concept:method a skos:ConceptScheme",
        "concept:method a skos:Collection",
    ),
    "concept:certainty": (
        "scheme-certainty-concepts",
        "certainty:implied a",
        "certainty:guessed skos:inScheme concept:certainty . certainty:implied a",
    ),
    "concept:wave": ("scheme-wave-years", 'skos:notation "2018"', 'skos:notation "18"'),
    "concept:role": ("scheme-role-roles", "role:lead a org:Role", "role:lead a skos:Concept"),
}

# What the second values above are.
SECOND = f"""
instant:second a time:Instant ; time:inXSDgYear "2015"^^xsd:gYear .
instant:none a time:Instant .
source:b {SOURCE} .
dataset:second a qb:DataSet ; {CUBE} ; qb:structure <{CONCEPT}structure/second> .
dataset:other {VERSIONED} ; {ISSUED} .
<{CONCEPT}structure/second> a qb:DataStructureDefinition ; qb:component <{CONCEPT}structure/number-wave> .
"""


def prefixes() -> str:
    """Return the prefixes of vocabularies, kinds and schemes."""
    kinds = "".join(f"@prefix {kind}: <{BASE}{kind}/> .\n" for kind in KINDS)
    schemes = "".join(f"@prefix {scheme}: <{CONCEPT}{scheme}/> .\n" for scheme in CONCEPTS)
    return VOCABULARIES + kinds + schemes + f"@prefix fault: <{BASE}fault/> .\n"


def concepts(keys: dict[str, list[str]]) -> str:
    """Return schemes and concepts as the shapes want them."""
    about = f"a skos:ConceptScheme ; {TITLED} ; {DESCRIBED}"
    text = "".join(
        f"concept:{scheme} {about} ; skos:hasTopConcept {scheme}:{names[0]} .\n"
        for scheme, names in CONCEPTS.items()
    )
    for scheme, names in keys.items():
        for key in names:
            kind = (
                "org:Role , skos:Concept ; org:roleProperty inno:leads"
                if "role" in (scheme, key)
                else "skos:Concept"
            )
            kind += ' ; skos:notation "2018"' if scheme == "wave" else ""
            text += (
                f'{scheme}:{key} a {kind} ; skos:prefLabel "{key}"@en , "{key}"@sv ;'
                f' skos:inScheme concept:{scheme} ; skos:definition "A"@en , "A"@sv .\n'
            )
    return text


def derived(turtle: str) -> Graph:
    """Return the triples, the ontology, and what the rules derive, as one graph."""
    store = ox.Store()
    store.load(prefixes() + turtle, format=ox.RdfFormat.TURTLE)
    store.load(path=ONTOLOGY / "innovation.ttl", format=ox.RdfFormat.TURTLE)
    for path in sorted((ONTOLOGY / "rules").glob("*.rq")):
        triples = store.query(path.read_text(encoding="utf-8"))
        assert isinstance(triples, ox.QueryTriples)
        store.extend([ox.Quad(*triple) for triple in triples])
    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return Graph().parse(data=data, format="nt")


@cache
def shapes() -> Graph:
    """Return the shapes."""
    return Graph().parse(ONTOLOGY / "shapes.ttl")


def report(graph: Graph) -> Graph:
    """Return what validation reports of a graph."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # rdflib's, where a day is compared with a non-day
        _, found, _ = pyshacl.validate(graph, shacl_graph=shapes(), inference="none", advanced=False)
    assert isinstance(found, Graph)
    return found


@pytest.fixture(scope="module")
def findings() -> Graph:
    """Return the report on the valid nodes and all faulty ones together."""
    second = {scheme: ["second"] for scheme in CONCEPTS} | {"bound": ["second", "role"]}
    faults = "".join(f"fault:n{number} {triples} .\n" for number, (triples, _) in enumerate(FAULTS))
    passages = "".join(f"<{passage(at)}> {triples} .\n" for at, triples, _ in PASSAGE_FAULTS)
    return report(derived(VALID + concepts(CONCEPTS) + concepts(second) + SECOND + faults + passages + TWINS))


@pytest.fixture(scope="module")
def schemes() -> Graph:
    """Return the report on the valid nodes with faulty schemes."""
    text = VALID + concepts(CONCEPTS)
    for _, right, wrong in SCHEME_FAULTS.values():
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    return report(derived(text))


def passage(position: str) -> str:
    """Return the IRI of a passage."""
    return f"{BASE}source/a#line={position}"


def found(findings: Graph, focus: str) -> dict[str, set[str]]:
    """Return the local names of the shapes that a node breaks, each with its messages."""
    messages: defaultdict[str, set[str]] = defaultdict(set)
    for result in findings.subjects(RDF.type, SH.ValidationResult):
        node = findings.value(result, SH.focusNode)
        assert node is not None
        if node.n3() == focus:
            shape = str(findings.value(result, SH.sourceShape)).removeprefix(SHAPE)
            messages[shape] |= {str(message) for message in findings.objects(result, SH.resultMessage)}
    return dict(messages)


def expected(names: str) -> dict[str, set[str]]:
    """Return shapes by their local names, each with its own message."""
    return {
        name: {str(message) for message in shapes().objects(SHAPE[name], SH.message)}
        for name in names.split()
    }


# --- What passes and what is found ----------------------------------------------------------------


def test_a_valid_graph_passes() -> None:
    """A graph with a node of each class, as the tables make them, breaks no shape."""
    found_nothing = report(derived(VALID + concepts(CONCEPTS)))
    assert [str(message) for message in found_nothing.objects(None, SH.resultMessage)] == []


@pytest.mark.parametrize(("number", "names"), [(number, names) for number, (_, names) in enumerate(FAULTS)])
def test_a_fault_is_found(findings: Graph, number: int, names: str) -> None:
    """A node with one fault breaks the shape of that fault and no other, with the shape's message."""
    assert found(findings, f"<{BASE}fault/n{number}>") == expected(names)


@pytest.mark.parametrize(("position", "names"), [(position, names) for position, _, names in PASSAGE_FAULTS])
def test_a_fault_of_a_passage_is_found(findings: Graph, position: str, names: str) -> None:
    """A passage without one label or one source breaks the shape that asks for it, and no other."""
    assert found(findings, f"<{passage(position)}>") == expected(names)


def test_an_identifier_of_two_things_is_found(findings: Graph) -> None:
    """An identifier that two things bear is reported, once, as the identifier's own fault."""
    assert found(findings, TWIN) == expected("identifier-bearer")


def test_a_fault_of_a_scheme_is_found(schemes: Graph) -> None:
    """A scheme that is not described, or holds what its column cannot use, is reported."""
    for scheme, (shape, _, _) in SCHEME_FAULTS.items():
        focus = f"<{CONCEPT}{scheme.partition(':')[2]}>"
        assert found(schemes, focus) == expected(shape), scheme


def test_faults_do_not_touch_the_valid(findings: Graph) -> None:
    """Beside all the faulty nodes the valid ones still pass."""
    faulty = {f"<{BASE}fault/n{number}>" for number in range(len(FAULTS))}
    faulty |= {f"<{passage(position)}>" for position, _, _ in PASSAGE_FAULTS} | {TWIN}
    nodes = {node.n3() for node in findings.objects(None, SH.focusNode)}
    # The schemes hold what is faulty, and a place that is a member has the edges that follow from it.
    touched = {f"<{CONCEPT}certainty>", f"<{CONCEPT}role>", f"<{BASE}place/a>"}
    assert nodes - faulty == {f"<{BASE}instant/none>"} | touched


def test_each_constraint_has_a_fault(findings: Graph, schemes: Graph) -> None:
    """For every constraint of every shape that reports by itself, some fault breaks it."""
    broken = {
        (graph.value(result, SH.sourceShape), graph.value(result, SH.sourceConstraintComponent))
        for graph in (findings, schemes)
        for result in graph.subjects(RDF.type, SH.ValidationResult)
    }
    missing = [(shape, component) for shape, component in constraints() if (shape, component) not in broken]
    assert missing == []


def constraints() -> list[tuple[Node, Node]]:
    """Return each shape that reports by itself with each of its constraint components, sorted."""
    graph = shapes()
    targeted = {
        *graph.subjects(SH.targetClass),
        *graph.subjects(SH.targetNode),
        *graph.subjects(SH.targetSubjectsOf),
        *graph.subjects(SH.targetObjectsOf),
    }
    reporting = targeted | {part for shape in targeted for part in graph.objects(shape, SH.property)}
    return sorted(
        (shape, COMPONENTS[predicate])
        for shape in reporting
        for predicate in graph.predicates(shape)
        if predicate in COMPONENTS
    )


# --- The file itself ------------------------------------------------------------------------------


def test_shapes_are_named_and_speak() -> None:
    """Each shape that can report has an IRI, and a message in English if it has a constraint."""
    for shape, _ in constraints():
        assert str(shape).startswith(SHAPE)
        messages = list(shapes().objects(shape, SH.message))
        assert len(messages) == 1, shape
        assert str(messages[0]).endswith("."), shape
    assert all(str(shape).startswith(SHAPE) for shape in shapes().subjects(RDF.type, SH.PropertyShape))


def test_shapes_are_core() -> None:
    """There is no SPARQL in the shapes, which would cost a second for every fifty nodes."""
    assert set(shapes().predicates()) & {SH.sparql, SH.select, SH.ask, SH.js, SH.rule, SH.target} == set()


def test_shapes_are_well_formed() -> None:
    """The shapes are themselves valid by the shapes of SHACL."""
    graph = derived(VALID + concepts(CONCEPTS))
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


def test_each_class_has_a_shape() -> None:
    """Each class of the ontology, and each that the tables make, is or is below the target of a shape."""
    ontology = Graph().parse(ONTOLOGY / "innovation.ttl")
    targets = set(shapes().objects(None, SH.targetClass))
    made = {
        statement[2] for statement in Graph().parse(data=prefixes() + VALID).triples((None, RDF.type, None))
    }
    own = {
        term
        for term in ontology.subjects(RDF.type)
        if str(term).startswith("https://w3id.org/innovation-kg/ontology#")
    }
    classes = {term for term in own if "#" in str(term) and str(term).split("#")[1][0].isupper()} | made
    ours = {term for term in classes if not str(term).endswith("Identifier")}
    untargeted = {
        str(term) for term in ours if not targets & set(ontology.transitive_objects(term, RDFS.subClassOf))
    }
    assert untargeted == set()


def test_each_class_is_closed() -> None:
    """Each class that a shape aims at is, or is below, a class that is closed; and so is each scheme."""
    ontology = Graph().parse(ONTOLOGY / "innovation.ttl")
    closed = {
        target for shape in shapes().subjects(SH.closed) for target in shapes().objects(shape, SH.targetClass)
    }
    below = {
        target: {target, *ontology.transitive_objects(target, RDFS.subClassOf), *SUPERCLASSES.get(target, ())}
        for target in shapes().objects(None, SH.targetClass)
    }
    assert [str(target) for target, classes in below.items() if not classes & closed] == []


def test_each_scheme_is_known() -> None:
    """Each concept scheme of the project, and no other, is one that has to be described."""
    made = {
        scheme
        for file in ("concepts.ttl", "indicators.ttl")
        for scheme in Graph().parse(ONTOLOGY / file).subjects(RDF.type, SKOS.ConceptScheme)
    }
    assert made == set(shapes().objects(SHAPE["known-scheme"], SH.targetNode))
