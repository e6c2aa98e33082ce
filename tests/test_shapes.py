"""What the shapes let pass and what they find: ontology/shapes.ttl, each constraint with a node that breaks it.

All faulty nodes stand in one graph beside the valid ones and are validated in one run.
"""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
BASE = "https://w3id.org/innovation-kg/id/"
CONCEPT = "https://w3id.org/innovation-kg/concept/"
SHAPE = Namespace("https://w3id.org/innovation-kg/shape/")

KINDS = (
    "dataset source organisation unit initiative person post place goal solution document event group membership statement "
    "observation interval instant"
).split()
CONCEPTS = {
    "kind": ["municipality"], "role": ["lead", "post-holder"], "certainty": ["stated", "implied"], "status": ["planned"],
    "method": ["design-thinking"], "goal-type": ["mission"], "event-type": ["decision"], "indicator": ["team-size"],
    "answer": ["yes"], "wave": ["2018"], "area": ["economy"], "unit-of-measure": ["staff"], "bound": ["about"],
}  # fmt: skip

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
CITED = f"dcterms:isReferencedBy {LINE} ; {STATED}"  # what each thing has
FACT = f"prov:wasDerivedFrom {LINE} ; {STATED}"  # what each fact has
NAMED = f'skos:prefLabel "A name"@en ; {CITED}'
OBSERVED = f"qb:dataSet dataset:a-number ; inno:respondent organisation:a ; inno:wave wave:2018 ; inno:item indicator:team-size ; {FACT}"
MEMBER = "org:member organisation:a ; org:organization initiative:a ; org:role role:lead"

VALID = f"""
organisation:a a org:FormalOrganization ; {NAMED} ; org:classification kind:municipality ;
    org:identifier "https://ror.org/026vcq606"^^inno:RorIdentifier , "Q854280"^^inno:WikidataIdentifier ;
    schema:location place:a ; schema:areaServed place:a .
organisation:b a org:FormalOrganization ; skos:prefLabel "Länsstyrelsen"@sv ; dcterms:isReferencedBy {LINE} ;
    inno:certainty certainty:implied ; rdfs:comment "The line names no county."@en .
unit:a a org:OrganizationalUnit ; {NAMED} ; org:unitOf organisation:a .
unit:b a org:OrganizationalUnit ; {NAMED} ; org:unitOf organisation:a ; org:subOrganizationOf unit:a .
initiative:a a inno:Programme , inno:Partnership ; {NAMED} ; time:hasTime interval:both ; inno:status status:planned ;
    inno:involves kind:municipality ; inno:uses method:design-thinking ; inno:hasGoal goal:a ; inno:hasOutput solution:a ;
    inno:buildsOn initiative:b .
initiative:b a inno:Initiative ; {NAMED} .
person:a a foaf:Person ; foaf:name "A Name" ; skos:prefLabel "A Name"@en , "A Name"@sv ; {CITED} .
post:a a org:Post ; {NAMED} ; org:postIn unit:a ; org:reportsTo post:b .
post:b a org:Post ; {NAMED} ; org:postIn organisation:a .
place:a a schema:Place ; {NAMED} ; schema:containedInPlace place:b .
place:b a schema:Place ; {NAMED} .
goal:a a inno:Goal ; {NAMED} ; dcterms:type goal-type:mission ; inno:targetYear "2030"^^xsd:gYear .
solution:a a inno:Solution ; {NAMED} ; inno:uses method:design-thinking ; inno:status status:planned .
document:a a inno:PolicyDocument ; {NAMED} ; inno:adoptedBy unit:a ; inno:governs organisation:a , goal:a , area:economy ;
    dcterms:creator organisation:a ; dcterms:subject area:economy .
event:a a inno:Event ; {NAMED} ; dcterms:type event-type:decision ; prov:wasAssociatedWith unit:a , post:a ;
    inno:concerns post:a ; time:hasTime interval:both .
group:a a foaf:Group ; {NAMED} .

membership:a a org:Membership ; {MEMBER} ; org:memberDuring interval:beginning ; inno:representedBy post:a , unit:a , person:a ; {FACT} .
membership:b a org:Membership ; org:member person:a ; org:organization unit:a ; org:role role:post-holder ; inno:inPost post:a ;
    prov:wasDerivedFrom {LINE} ; inno:certainty certainty:implied ; rdfs:comment "It follows from the title."@en .

interval:both a time:Interval ; time:hasBeginning instant:year ; time:hasEnd instant:month .
interval:year a time:Interval ; time:hasBeginning instant:year ; time:hasEnd instant:year .
interval:beginning a time:Interval ; time:hasBeginning instant:year ; time:inside instant:month .
interval:end a time:Interval ; time:hasEnd instant:day .
interval:inside a time:Interval ; time:inside instant:year , instant:day .
instant:year a time:Instant ; time:inXSDgYear "2015"^^xsd:gYear .
instant:month a time:Instant ; time:inXSDgYearMonth "2016-02"^^xsd:gYearMonth .
instant:day a time:Instant ; time:inXSDDate "2016-02-29"^^xsd:date .

statement:a a inno:Statement ; rdf:subject initiative:a ; rdf:predicate inno:uses ; rdf:object method:design-thinking ; {FACT} .
statement:b a inno:Statement ; rdf:subject organisation:a ; rdf:predicate skos:altLabel ; rdf:object "Other"@en ;
    time:hasTime interval:end ; {FACT} .

observation:number a qb:Observation ; {OBSERVED} ; inno:number 6 ; inno:unit unit-of-measure:staff ; inno:bound bound:about ;
    inno:referenceYear "2017"^^xsd:gYear .
observation:decimal a qb:Observation ; {OBSERVED} ; inno:number 0.5 ; inno:unit unit-of-measure:staff .
observation:rank a qb:Observation ; {OBSERVED} ; inno:rank 1 .
observation:share a qb:Observation ; {OBSERVED} ; inno:share 100.0 .
observation:answer a qb:Observation ; inno:respondent group:a ; qb:dataSet dataset:a-number ; inno:wave wave:2018 ;
    inno:item indicator:team-size ; {FACT} ; inno:answer answer:yes .
indicator:team-size inno:notOfferedIn wave:2018 .
dataset:a-number a qb:DataSet ; qb:structure <{CONCEPT}structure/number> .
<{CONCEPT}structure/number> a qb:DataStructureDefinition .

source:a a inno:SourceDocument ; dcterms:title "Innovation"@sv ; dcterms:publisher organisation:a ; dcterms:language "sv" ;
    dcterms:date "2015"^^xsd:gYear ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; schema:sha256 "{DIGEST}" .
{LINE} a inno:Passage ; rdfs:label "a, line 1" ; dcterms:isPartOf source:a .
dataset:a a dcat:Dataset ; dcterms:title "A"@en ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version "0.1.0" ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
"""

THING = "A thing needs at least one"
SHORT_SOURCE = 'a inno:SourceDocument ; dcterms:title "A"@sv'
SOURCE = f'{SHORT_SOURCE} ; dcterms:language "sv" ; schema:sha256 "{DIGEST}"'
ORGANISATION = f"a org:FormalOrganization ; {NAMED}"
INITIATIVE = f"a inno:Initiative ; {NAMED}"
EVENT = f"a inno:Event ; {NAMED}"
GOAL = f"a inno:Goal ; {NAMED}"
POST = f"a org:Post ; {NAMED}"
DATASET = 'a dcat:Dataset ; dcterms:title "A"@en'
LICENCE = "dcterms:license <https://creativecommons.org/licenses/by/4.0/>"
SURVEYED = "inno:wave wave:2018 ; inno:item indicator:team-size"
COUNTED = f"a qb:Observation ; {OBSERVED}"

# What is wrong, and the shapes that find it: each row is a node of its own, which the row's triples are about.
FAULTS: list[tuple[str, str]] = [
    # Things
    (f"a schema:Place ; {CITED}", "thing-name thing-label"),
    (f'a schema:Place ; {CITED} ; skos:prefLabel "One"@en , "Two"@en', "thing-name"),
    (f'a schema:Place ; {CITED} ; skos:prefLabel "No language"', "thing-name"),
    (f'a schema:Place ; {NAMED} ; rdfs:label "One" , "Two"', "thing-label"),
    (f'a schema:Place ; skos:prefLabel "A"@en ; {STATED}', "thing-mention"),
    (f'a schema:Place ; skos:prefLabel "A"@en ; {STATED} ; dcterms:isReferencedBy source:a', "thing-mention"),
    (f'a schema:Place ; skos:prefLabel "A"@en ; dcterms:isReferencedBy {LINE}', "certainty"),
    (f'a schema:Place ; {NAMED} ; inno:certainty certainty:implied ; rdfs:comment "why"@en', "certainty"),
    (f'a schema:Place ; skos:prefLabel "A"@en ; dcterms:isReferencedBy {LINE} ; inno:certainty bound:about', "certainty"),
    (f'a schema:Place ; skos:prefLabel "A"@en ; dcterms:isReferencedBy {LINE} ; inno:certainty certainty:implied', "reasoned"),
    (f"a inno:Solution , inno:Testbed ; {NAMED}", "single-kind"),
    # Organisations, units, initiatives
    (f"{ORGANISATION} ; org:classification kind:municipality , kind:second", "organisation-kind"),
    (f'{ORGANISATION} ; org:classification "municipality"', "organisation-kind"),
    (f"{ORGANISATION} ; org:classification bound:about", "organisation-kind-scheme"),
    (f'{ORGANISATION} ; org:identifier "Q1"', "organisation-identifier"),
    (f'{ORGANISATION} ; org:identifier "Q0"^^inno:WikidataIdentifier', "organisation-identifier"),
    (f'{ORGANISATION} ; org:identifier "026vcq606"^^inno:RorIdentifier', "organisation-identifier"),
    (f"{ORGANISATION} ; org:subOrganizationOf place:a", "organisation-whole"),
    (f"{ORGANISATION} ; time:hasTime instant:year", "time-interval"),
    (f"a org:OrganizationalUnit ; {NAMED}", "unit-of"),
    (f"a org:OrganizationalUnit ; {NAMED} ; org:unitOf organisation:a , organisation:b", "unit-of"),
    (f"a org:OrganizationalUnit ; {NAMED} ; org:unitOf unit:a", "unit-of"),
    (f"{INITIATIVE} ; inno:status bound:about", "initiative-status"),
    # Persons, posts, groups, places
    (f'a foaf:Person ; skos:prefLabel "A"@en ; {CITED}', "person-name"),
    (f'a foaf:Person ; {NAMED} ; foaf:name "A" , "B"', "person-name"),
    (f'a foaf:Person ; {NAMED} ; foaf:name "A"@sv', "person-name"),
    (POST, "post-in"),
    (f"{POST} ; org:postIn unit:a , unit:b", "post-in"),
    (f"{POST} ; org:postIn place:a", "post-in"),
    (f"{POST} ; org:postIn unit:a ; org:reportsTo place:a", "post-superior"),
    (f'a foaf:Group ; {NAMED} ; org:identifier "Q2"^^inno:WikidataIdentifier', "group-no-identifier"),
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
    (f'{GOAL} ; dcterms:type goal-type:mission ; inno:targetYear "2030"^^xsd:gYear , "2045"^^xsd:gYear', "goal-year"),
    (f"{GOAL} ; dcterms:type goal-type:mission ; inno:targetYear 2030", "goal-year"),
    (f"a inno:Solution ; {NAMED} ; inno:status bound:about", "solution-status"),
    (f"a inno:PolicyDocument ; {NAMED} ; dcterms:creator place:a", "policy-document-creator"),
    (f"a inno:PolicyDocument ; {NAMED} ; dcterms:subject place:a", "policy-document-subject"),
    # Memberships
    (f"a org:Membership ; org:organization initiative:a ; org:role role:lead ; {FACT}", "membership-member"),
    (f"a org:Membership ; {MEMBER} ; org:member unit:a ; {FACT}", "membership-member"),
    (f"a org:Membership ; org:member place:a ; org:organization initiative:a ; org:role role:lead ; {FACT}", "membership-member"),
    (f"a org:Membership ; org:member unit:a ; org:organization unit:a ; org:role role:lead ; {FACT}", "membership-member"),
    (f"a org:Membership ; org:member unit:a ; org:role role:lead ; {FACT}", "membership-organisation"),
    (f"a org:Membership ; {MEMBER} ; org:organization initiative:b ; {FACT}", "membership-organisation"),
    (f"a org:Membership ; org:member unit:a ; org:organization person:a ; org:role role:lead ; {FACT}", "membership-organisation"),
    (f"a org:Membership ; org:member unit:a ; org:organization initiative:a ; {FACT}", "membership-role"),
    (f"a org:Membership ; {MEMBER} , role:second ; {FACT}", "membership-role"),
    (f"a org:Membership ; org:member unit:a ; org:organization initiative:a ; org:role place:a ; {FACT}", "membership-role"),
    (f"a org:Membership ; org:member unit:a ; org:organization initiative:a ; org:role bound:role ; {FACT}", "membership-role-scheme"),
    (f"a org:Membership ; {MEMBER} ; inno:representedBy organisation:a ; {FACT}", "membership-representative"),
    (
        "a org:Membership ; org:member person:a ; org:organization unit:a ; org:role role:post-holder ;"
        f" inno:inPost post:a , post:b ; {FACT}",
        "membership-post",
    ),
    (
        f"a org:Membership ; org:member person:a ; org:organization unit:a ; org:role role:post-holder ; inno:inPost unit:a ; {FACT}",
        "membership-post",
    ),
    (f"a org:Membership ; {MEMBER} ; org:memberDuring interval:both , interval:end ; {FACT}", "membership-time"),
    (f"a org:Membership ; {MEMBER} ; org:memberDuring instant:year ; {FACT}", "membership-time"),
    (f"a org:Membership ; org:member person:a ; org:organization unit:a ; org:role role:lead ; inno:inPost post:a ; {FACT}", "post-holder-role"),
    (
        f"a org:Membership ; org:member unit:a ; org:organization unit:b ; org:role role:post-holder ; inno:inPost post:a ; {FACT}",
        "post-holder-person",
    ),
    (f"a org:Membership ; {MEMBER} ; {STATED}", "fact-citation"),
    (f"a org:Membership ; {MEMBER} ; {STATED} ; prov:wasDerivedFrom source:a", "fact-citation"),
    (f"a org:Membership ; {MEMBER} ; prov:wasDerivedFrom {LINE}", "certainty"),
    (f"a org:Membership ; {MEMBER} ; prov:wasDerivedFrom {LINE} ; inno:certainty certainty:implied", "reasoned"),
    # Time
    ("a time:Interval", "dated-interval"),
    ("a time:Interval ; time:hasBeginning instant:year , instant:second", "interval-beginning"),
    ("a time:Interval ; time:hasBeginning interval:both", "interval-beginning"),
    ("a time:Interval ; time:hasEnd instant:year , instant:second", "interval-end"),
    ("a time:Interval ; time:hasEnd interval:both", "interval-end"),
    ("a time:Interval ; time:inside interval:both", "interval-inside"),
    ("a time:Interval ; time:hasBeginning instant:month ; time:hasEnd instant:year", "interval-order"),
    ('a time:Interval ; time:hasEnd instant:year ; inno:earliestStart "2015-02-30x"^^xsd:date', "interval-earliest-start"),
    ('a time:Interval ; time:hasBeginning instant:year ; inno:earliestStart "2014-01-01"^^xsd:date', "interval-earliest-start"),
    ('a time:Interval ; time:inside instant:year ; inno:earliestStart "2017-01-01"^^xsd:date', "interval-earliest-start"),
    ('a time:Interval ; time:hasBeginning instant:year ; inno:latestStart "2016-01-01"^^xsd:date', "interval-latest-start"),
    ('a time:Interval ; time:hasBeginning instant:none ; inno:latestStart "2016"', "interval-latest-start"),
    ('a time:Interval ; time:hasEnd instant:none ; inno:earliestEnd "2016"', "interval-earliest-end"),
    ('a time:Interval ; time:hasEnd instant:year ; inno:earliestEnd "2014-01-01"^^xsd:date', "interval-earliest-end"),
    ('a time:Interval ; time:hasBeginning instant:year ; inno:latestEnd "2014-12-31"^^xsd:date', "interval-earliest-end interval-order"),
    ('a time:Interval ; time:hasEnd instant:year ; inno:latestEnd "2016-01-01"^^xsd:date', "interval-latest-end"),
    ('a time:Interval ; time:hasEnd instant:none ; inno:latestEnd "2016"', "interval-latest-end"),
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
    (f"a schema:Place ; {NAMED} ; inno:uses method:design-thinking", "uses"),
    (f"{INITIATIVE} ; inno:uses bound:about", "uses-method"),
    (f"{INITIATIVE} ; inno:uses solution:a", "uses-method"),
    (f"a schema:Place ; {NAMED} ; inno:hasGoal goal:a", "has-goal"),
    (f"{INITIATIVE} ; inno:hasGoal solution:a", "has-goal-goal"),
    (f"a schema:Place ; {NAMED} ; inno:hasOutput solution:a", "has-output"),
    (f"{INITIATIVE} ; inno:hasOutput goal:a", "has-output-solution"),
    (f"a schema:Place ; {NAMED} ; inno:buildsOn initiative:a", "builds-on"),
    (f"{INITIATIVE} ; inno:buildsOn method:design-thinking", "builds-on-what"),
    (f"{ORGANISATION} ; inno:status status:planned", "status"),
    (f"{GOAL} ; dcterms:type goal-type:mission ; inno:status place:a", "status-concept"),
    (f"{INITIATIVE} ; inno:adoptedBy unit:a", "adopted-by"),
    (f"a inno:PolicyDocument ; {NAMED} ; inno:adoptedBy post:a", "adopted-by-whom"),
    (f"{INITIATIVE} ; inno:governs organisation:a", "governs"),
    (f"a inno:PolicyDocument ; {NAMED} ; inno:governs place:a", "governs-what"),
    (f"{INITIATIVE} ; inno:concerns post:a", "concerns"),
    (f"{EVENT} ; dcterms:type event-type:decision ; inno:concerns post:none", "concerns-what"),
    (f"a schema:Place ; {NAMED} ; schema:location place:a", "location"),
    (f"{ORGANISATION} ; schema:location unit:a", "location-place"),
    (f"a schema:Place ; {NAMED} ; schema:areaServed place:a", "area-served"),
    (f"{ORGANISATION} ; schema:areaServed organisation:a", "area-served-place"),
    (f"a inno:Statement ; rdf:predicate inno:uses ; rdf:object place:a ; {FACT}", "statement-subject"),
    (f"a inno:Statement ; rdf:subject unit:a , unit:b ; rdf:predicate inno:uses ; rdf:object place:a ; {FACT}", "statement-subject"),
    (f'a inno:Statement ; rdf:subject "unit" ; rdf:predicate inno:uses ; rdf:object place:a ; {FACT}', "statement-subject"),
    (f"a inno:Statement ; rdf:subject unit:a ; rdf:object place:a ; {FACT}", "statement-predicate"),
    (f"a inno:Statement ; rdf:subject unit:a ; rdf:predicate rdf:type , inno:uses ; rdf:object place:a ; {FACT}", "statement-predicate"),
    (f'a inno:Statement ; rdf:subject unit:a ; rdf:predicate "uses" ; rdf:object place:a ; {FACT}', "statement-predicate"),
    (f"a inno:Statement ; rdf:subject unit:a ; rdf:predicate inno:uses ; {FACT}", "statement-object"),
    (f"a inno:Statement ; rdf:subject unit:a ; rdf:predicate inno:uses ; rdf:object place:a , place:b ; {FACT}", "statement-object"),
    (f"a inno:Statement ; rdf:subject unit:a ; rdf:predicate inno:uses ; rdf:object [] ; {FACT}", "statement-object"),
    (
        "a inno:Statement ; rdf:subject unit:a ; rdf:predicate inno:uses ; rdf:object place:a ;"
        f" time:hasTime interval:both , interval:end ; {FACT}",
        "statement-time",
    ),
    (f"a inno:Statement ; rdf:subject unit:a ; rdf:predicate inno:uses ; rdf:object place:a ; time:hasTime instant:year ; {FACT}", "statement-time"),
    # Survey answers
    (COUNTED, "observation-measure"),
    (f"{COUNTED} ; inno:rank 1 ; inno:share 50.0", "observation-measure"),
    (f"a qb:Observation ; inno:respondent organisation:a ; {SURVEYED} ; inno:rank 1 ; {FACT}", "observation-cube"),
    (f"{COUNTED} ; inno:rank 1 ; qb:dataSet dataset:second", "observation-cube"),
    (f"a qb:Observation ; qb:dataSet dataset:a ; inno:respondent organisation:a ; {SURVEYED} ; inno:rank 1 ; {FACT}", "observation-cube"),
    (f"a qb:Observation ; qb:dataSet dataset:a-number ; {SURVEYED} ; inno:rank 1 ; {FACT}", "observation-respondent"),
    (f"{COUNTED} ; inno:rank 1 ; inno:respondent group:a", "observation-respondent"),
    (f"a qb:Observation ; qb:dataSet dataset:a-number ; inno:respondent place:a ; {SURVEYED} ; inno:rank 1 ; {FACT}", "observation-respondent"),
    (
        f"a qb:Observation ; qb:dataSet dataset:a-number ; inno:respondent group:a ; inno:item indicator:team-size ; inno:rank 1 ; {FACT}",
        "observation-wave",
    ),
    (f"{COUNTED} ; inno:rank 1 ; inno:wave wave:second", "observation-wave"),
    (
        "a qb:Observation ; qb:dataSet dataset:a-number ; inno:respondent group:a ; inno:item indicator:team-size ; inno:rank 1 ;"
        f' inno:wave "2018" ; {FACT}',
        "observation-wave",
    ),
    (
        "a qb:Observation ; qb:dataSet dataset:a-number ; inno:respondent group:a ; inno:item indicator:team-size ; inno:rank 1 ;"
        f" inno:wave bound:about ; {FACT}",
        "observation-wave-scheme",
    ),
    (f"a qb:Observation ; qb:dataSet dataset:a-number ; inno:respondent group:a ; inno:wave wave:2018 ; inno:rank 1 ; {FACT}", "observation-item"),
    (f"{COUNTED} ; inno:rank 1 ; inno:item indicator:second", "observation-item"),
    (
        "a qb:Observation ; qb:dataSet dataset:a-number ; inno:respondent group:a ; inno:wave wave:2018 ; inno:rank 1 ;"
        f' inno:item "size" ; {FACT}',
        "observation-item",
    ),
    (
        "a qb:Observation ; qb:dataSet dataset:a-number ; inno:respondent group:a ; inno:wave wave:2018 ; inno:rank 1 ;"
        f" inno:item bound:about ; {FACT}",
        "observation-item-scheme",
    ),
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
    (f'{COUNTED} ; inno:share 50.0 ; inno:referenceYear "2017"^^xsd:gYear , "2018"^^xsd:gYear', "observation-year"),
    (f"{COUNTED} ; inno:share 50.0 ; inno:referenceYear 2017", "observation-year"),
    (f"{COUNTED} ; inno:number 6", "number-unit"),
    (f"{COUNTED} ; inno:number 6 ; inno:unit unit-of-measure:staff , unit-of-measure:second", "number-unit"),
    (f'{COUNTED} ; inno:number 6 ; inno:unit "staff"', "number-unit"),
    (f"a schema:Place ; {NAMED} ; inno:notOfferedIn wave:2018", "not-offered"),
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:indicator ;"
     " inno:notOfferedIn bound:about", "not-offered-wave"),
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:indicator ;"
     " inno:notOfferedIn place:a", "not-offered-wave"),
    ("a qb:DataSet", "cube-structure"),
    (f"a qb:DataSet ; qb:structure <{CONCEPT}structure/number> , <{CONCEPT}structure/second>", "cube-structure"),
    ("a qb:DataSet ; qb:structure place:a", "cube-structure"),
    # Sources
    (f'a inno:SourceDocument ; dcterms:language "sv" ; schema:sha256 "{DIGEST}"', "source-title"),
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
    ('a inno:Passage ; rdfs:label "A" ; dcterms:isPartOf source:a', "passage"),
    (f'{DATASET} ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version "1" ; {LICENCE} ; dcterms:title "B"@en', "dataset-title"),
    (f'a dcat:Dataset ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version "1" ; {LICENCE}', "dataset-title"),
    (f'{DATASET} ; dcterms:title place:a ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version "1" ; {LICENCE}', "dataset-title"),
    (f'{DATASET} ; dcat:version "1" ; {LICENCE}', "dataset-issued"),
    (f'{DATASET} ; dcterms:issued "2026-11-22"^^xsd:date , "2026-11-23"^^xsd:date ; dcat:version "1" ; {LICENCE}', "dataset-issued"),
    (f'{DATASET} ; dcterms:issued "2026" ; dcat:version "1" ; {LICENCE}', "dataset-issued"),
    (f'{DATASET} ; dcterms:issued "2026-11-22"^^xsd:date ; {LICENCE}', "dataset-version"),
    (f'{DATASET} ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version "1" , "2" ; {LICENCE}', "dataset-version"),
    (f'{DATASET} ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version place:a ; {LICENCE}', "dataset-version"),
    (f'{DATASET} ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version "1"', "dataset-licence"),
    (f'{DATASET} ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version "1" ; {LICENCE} , place:a', "dataset-licence"),
    (f'{DATASET} ; dcterms:issued "2026-11-22"^^xsd:date ; dcat:version "1" ; dcterms:license "CC BY"', "dataset-licence"),
    # Concepts
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'B'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:kind", "concept-name"),
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv , 'A' ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:kind", "concept-name"),
    ("a skos:Concept ; skos:prefLabel 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:kind", "concept-name-en"),
    ("a skos:Concept ; skos:prefLabel 'A'@en ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:kind", "concept-name-sv"),
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@sv ; skos:inScheme concept:kind", "concept-definition-en"),
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en ; skos:inScheme concept:kind", "concept-definition-sv"),
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv", "concept-scheme"),
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:kind , concept:role", "concept-scheme"),
    ("a skos:Concept ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme place:a", "concept-scheme"),
    ("a org:Role ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:role", "role-property"),
    ("a org:Role ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:role ;"
     " org:roleProperty inno:leads , inno:funds", "role-property"),
    ("a org:Role ; skos:prefLabel 'A'@en , 'A'@sv ; skos:definition 'A'@en , 'A'@sv ; skos:inScheme concept:role ;"
     " org:roleProperty 'leads'", "role-property"),
]  # fmt: skip

# Faults whose node has a name of its own, and what the second values above are.
PASSAGE = f"<{BASE}source/a#line=1,2>"
NAMED_FAULTS: list[tuple[str, str, str]] = [
    (PASSAGE, f"{PASSAGE} a inno:Passage ; dcterms:isPartOf source:a .", "passage-label"),
    (f"<{BASE}source/a#line=2,3>", f'<{BASE}source/a#line=2,3> a inno:Passage ; dcterms:isPartOf source:a ; rdfs:label "A" , "B" .', "passage-label"),
    (f"<{BASE}source/a#line=3,4>", f'<{BASE}source/a#line=3,4> a inno:Passage ; rdfs:label "A" .', "passage-source"),
    (f"<{BASE}source/a#line=4,5>", f'<{BASE}source/a#line=4,5> a inno:Passage ; rdfs:label "A" ; dcterms:isPartOf source:a , source:b .', "passage-source"),
    (f"<{BASE}source/a#line=5,6>", f'<{BASE}source/a#line=5,6> a inno:Passage ; rdfs:label "A" ; dcterms:isPartOf document:a .', "passage-source"),
    (
        '"Q3"^^<https://w3id.org/innovation-kg/ontology#WikidataIdentifier>',
        f'organisation:twin {ORGANISATION} ; org:identifier "Q3"^^inno:WikidataIdentifier .'
        f' initiative:twin {INITIATIVE} ; org:identifier "Q3"^^inno:WikidataIdentifier .',
        "identifier-bearer",
    ),
]  # fmt: skip
SECOND = f"""
instant:second a time:Instant ; time:inXSDgYear "2015"^^xsd:gYear .
instant:none a time:Instant .
source:b {SOURCE} .
dataset:second a qb:DataSet ; qb:structure <{CONCEPT}structure/second> .
<{CONCEPT}structure/second> a qb:DataStructureDefinition .
"""


def prefixes() -> str:
    """Return the prefixes of vocabularies, kinds and schemes."""
    kinds = "".join(f"@prefix {kind}: <{BASE}{kind}/> .\n" for kind in KINDS)
    schemes = "".join(f"@prefix {scheme}: <{CONCEPT}{scheme}/> .\n" for scheme in CONCEPTS)
    return VOCABULARIES + kinds + schemes + f"@prefix fault: <{BASE}fault/> .\n"


def concepts(keys: dict[str, list[str]]) -> str:
    """Return schemes and concepts as the shapes want them."""
    text = "".join(f"concept:{scheme} a skos:ConceptScheme .\n" for scheme in CONCEPTS)
    for scheme, names in keys.items():
        for key in names:
            kind = "org:Role ; org:roleProperty inno:leads" if "role" in (scheme, key) else "skos:Concept"
            text += (
                f'{scheme}:{key} a {kind} ; skos:prefLabel "{key}"@en , "{key}"@sv ; skos:inScheme concept:{scheme} ;'
                f' skos:definition "A"@en , "A"@sv .\n'
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
    _, found, _ = pyshacl.validate(graph, shacl_graph=shapes(), inference="none", advanced=False, meta_shacl=False)
    assert isinstance(found, Graph)
    return found


@pytest.fixture(scope="module")
def findings() -> Graph:
    """Return the report on the valid nodes and all faulty ones together."""
    second = {scheme: ["second"] for scheme in CONCEPTS} | {"bound": ["second", "role"]}
    faults = "".join(f"fault:n{number} {triples} .\n" for number, (triples, _) in enumerate(FAULTS))
    named = "\n".join(triples for _, triples, _ in NAMED_FAULTS)
    return report(derived(VALID + concepts(CONCEPTS) + concepts(second) + SECOND + faults + named))


def found(findings: Graph, focus: str) -> dict[str, set[str]]:
    """Return the local names of the shapes that a node breaks, each with its messages."""
    messages = defaultdict(set)
    for result in findings.subjects(RDF.type, SH.ValidationResult):
        node = findings.value(result, SH.focusNode)
        assert node is not None
        if node.n3() == focus:
            shape = str(findings.value(result, SH.sourceShape)).removeprefix(SHAPE)
            messages[shape] |= {str(message) for message in findings.objects(result, SH.resultMessage)}
    return dict(messages)


def expected(names: str) -> dict[str, set[str]]:
    """Return shapes by their local names, each with its own message."""
    return {name: {str(message) for message in shapes().objects(SHAPE[name], SH.message)} for name in names.split()}


# --- What passes and what is found ---------------------------------------------------------------------------------------


def test_a_valid_graph_passes() -> None:
    """A graph with a node of each class, as the tables make them, breaks no shape."""
    found_nothing = report(derived(VALID + concepts(CONCEPTS)))
    assert [str(message) for message in found_nothing.objects(None, SH.resultMessage)] == []


@pytest.mark.parametrize(("number", "names"), [(number, names) for number, (_, names) in enumerate(FAULTS)])
def test_a_fault_is_found(findings: Graph, number: int, names: str) -> None:
    """A node with one fault breaks the shape of that fault and no other, with the shape's message."""
    assert found(findings, f"<{BASE}fault/n{number}>") == expected(names)


@pytest.mark.parametrize(("focus", "names"), [(focus, names) for focus, _, names in NAMED_FAULTS])
def test_a_fault_of_a_named_node_is_found(findings: Graph, focus: str, names: str) -> None:
    """The same for passages, whose IRI is part of the constraint, and for identifiers, which are literals."""
    assert found(findings, focus) == expected(names)


def test_faults_do_not_touch_the_valid(findings: Graph) -> None:
    """Beside all the faulty nodes the valid ones still pass."""
    faulty = {f"<{BASE}fault/n{number}>" for number in range(len(FAULTS))} | {focus for focus, _, _ in NAMED_FAULTS}
    nodes = {node.n3() for node in findings.objects(None, SH.focusNode)}
    assert nodes - faulty == {f"<{BASE}instant/none>"}


def test_each_constraint_has_a_fault(findings: Graph) -> None:
    """For every constraint of every shape that reports by itself, some fault breaks it."""
    broken = {
        (findings.value(result, SH.sourceShape), findings.value(result, SH.sourceConstraintComponent))
        for result in findings.subjects(RDF.type, SH.ValidationResult)
    }
    missing = [(shape, component) for shape, component in constraints() if (shape, component) not in broken]
    assert missing == []


def constraints() -> list[tuple[Node, URIRef]]:
    """Return each shape that reports by itself with each of its constraint components, sorted."""
    parameters = {
        SH["class"]: "Class", SH.datatype: "Datatype", SH.nodeKind: "NodeKind", SH.minCount: "MinCount", SH.maxCount: "MaxCount",
        SH.minInclusive: "MinInclusive", SH.maxInclusive: "MaxInclusive", SH.pattern: "Pattern", SH.uniqueLang: "UniqueLang",
        SH.lessThanOrEquals: "LessThanOrEquals", SH.disjoint: "Disjoint", SH["not"]: "Not", SH["or"]: "Or", SH.xone: "Xone",
        SH["in"]: "In", SH.hasValue: "HasValue", SH.qualifiedMinCount: "QualifiedMinCount",
    }  # fmt: skip
    graph = shapes()
    targeted = {*graph.subjects(SH.targetClass), *graph.subjects(SH.targetSubjectsOf), *graph.subjects(SH.targetObjectsOf)}
    reporting = targeted | {part for shape in targeted for part in graph.objects(shape, SH.property)}
    return sorted(
        (shape, SH[f"{parameters[predicate]}ConstraintComponent"])
        for shape in reporting
        for predicate in graph.predicates(shape)
        if predicate in parameters
    )


# --- The file itself -----------------------------------------------------------------------------------------------------


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
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


def test_each_class_has_a_shape() -> None:
    """Each class of the ontology, and each that the tables make, is the target of a shape, or below one that is."""
    ontology = Graph().parse(ONTOLOGY / "innovation.ttl")
    targets = set(shapes().objects(None, SH.targetClass))
    made = {statement[2] for statement in Graph().parse(data=prefixes() + VALID).triples((None, RDF.type, None))}
    own = {term for term in ontology.subjects(RDF.type) if str(term).startswith("https://w3id.org/innovation-kg/ontology#")}
    classes = {term for term in own if "#" in str(term) and str(term).split("#")[1][0].isupper()} | made
    ours = {term for term in classes if not str(term).endswith("Identifier")}
    untargeted = {term for term in ours if not targets & set(ontology.transitive_objects(term, RDFS.subClassOf))}
    assert {str(term) for term in untargeted} == {"http://purl.org/linked-data/cube#DataStructureDefinition"}
