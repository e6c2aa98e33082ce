"""What holds across the graph: each constraint is silent on good data and finds what breaks it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, assembled
from rdflib import Graph

from kg import constraints, graph, ontology
from kg.build import build
from kg.errors import QueryError
from kg.iris import CONCEPTS, KINDS, VOCABULARIES, rebase

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import Problem
    from kg.tables import Row

BASE = "https://example.org/harbour/"
LOADED = {constraint.name: constraint for constraint in constraints.load()}
CUBES = [name for name in LOADED if name.startswith("ic-")]

PREFIXES = "".join(
    f"PREFIX {prefix}: <{iri}>\n"
    for prefix, iri in {
        **VOCABULARIES,
        **{kind: f"{BASE}{kind}/" for kind in KINDS},
        **{scheme: f"{CONCEPTS}{scheme}/" for scheme in ontology.load().schemes},
        "concept": CONCEPTS,
        "eg": "https://example.org/cube/",
    }.items()
)

FACT = f"prov:wasDerivedFrom <{BASE}source/report#line=0,1> ; inno:certainty certainty:stated"
THING = f"dcterms:isReferencedBy <{BASE}source/report#line=0,1> ; inno:certainty certainty:stated"
PARTNER = "membership:harbour-university-partner-sea-lab"


def member(who: str, role: str, what: str, more: str = "") -> str:
    """Return the update that adds a membership as the build would, cited in the report."""
    node = f"membership:{who.partition(':')[2]}-{role}-{what.partition(':')[2]}"
    fact = f"{node} a org:Membership ; {FACT} ; org:role role:{role}"
    text = f"{fact} ; org:member {who} ; org:organization {what} {more} ."
    return f"INSERT DATA {{ {text} GRAPH graph:report {{ {text} }} }}"


def moved(interval: str, edge: str, year: str) -> str:
    """Return the update that gives an interval another beginning or end."""
    instant = f"instant:{interval.partition(':')[2]}-{edge}"
    start = edge == "beginning"
    bounds = ("earliestStart", "latestStart") if start else ("earliestEnd", "latestEnd")
    days = f'inno:{bounds[0]} "{year}-01-01"^^xsd:date ; inno:{bounds[1]} "{year}-12-31"^^xsd:date'
    return f"""
        DELETE WHERE {{ {instant} ?p ?o }} ;
        INSERT DATA {{ {instant} a time:Instant ; time:inXSDgYear "{year}"^^xsd:gYear }} ;
        DELETE {{ {interval} ?p ?o . GRAPH graph:derived {{ {interval} ?p ?o }} }}
        WHERE {{ {interval} ?p ?o FILTER (?p IN (inno:{bounds[0]}, inno:{bounds[1]})) }} ;
        INSERT DATA {{ {interval} {days} . GRAPH graph:derived {{ {interval} {days} }} }}"""


# What is done to the invented ecosystem, the node that is then wrong, and what else is found there.
FAULTS: list[tuple[str, str, str, str]] = [
    # The survey
    (
        "observation-keeps-to-its-structure",
        "INSERT DATA { observation:harbour-town-2018-explicit-strategy-answer inno:bound bound:about }",
        "observation:harbour-town-2018-explicit-strategy-answer",
        "",
    ),
    (
        "survey-item-offered",
        "INSERT DATA { indicator:explicit-strategy inno:notOfferedIn wave:2020 }",
        "observation:harbour-town-2020-explicit-strategy-answer",
        "",
    ),
    (
        "survey-share-of-a-group",
        """DELETE DATA { observation:all-towns-2018-explicit-strategy-share inno:respondent
            group:all-towns } ;
        INSERT DATA { observation:all-towns-2018-explicit-strategy-share inno:respondent
            organisation:harbour-town }""",
        "observation:all-towns-2018-explicit-strategy-share",
        "iri-of-an-observation",
    ),
    (
        "survey-year-after-wave",
        """INSERT DATA {
            observation:all-towns-2018-explicit-strategy-share inno:referenceYear "2019"^^xsd:gYear }""",
        "observation:all-towns-2018-explicit-strategy-share",
        "",
    ),
    (
        "survey-rank-twice",
        "INSERT DATA {"
        + "".join(
            f"""observation:harbour-town-2018-{item}-rank a qb:Observation ; {FACT} ; inno:rank 1 ;
                inno:respondent organisation:harbour-town ; inno:wave wave:2018 ; inno:item indicator:{item} ;
                qb:dataSet dataset:harbour-rank .
            GRAPH graph:report {{ observation:harbour-town-2018-{item}-rank {FACT} }}"""
            for item in ("helps-costs-and-efficiency", "helps-service-delivery")
        )
        + f"dataset:harbour-rank a qb:DataSet ; qb:structure <{CONCEPTS}structure/rank> }}",
        "observation:harbour-town-2018-helps-service-delivery-rank",
        "",
    ),
    # Time
    (
        "interval-order",
        moved("interval:statement-sea-lab-has-time", "end", "2014"),
        "interval:statement-sea-lab-has-time",
        "interval-bounds membership-outside-existence membership-outside-existence",
    ),
    (
        "interval-order",
        """DELETE { ?i time:inXSDgYear ?y } INSERT { ?i time:inXSDgYearMonth "2018-04"^^xsd:gYearMonth }
        WHERE { VALUES ?i { instant:boat-company-partner-sea-lab-end } ?i time:inXSDgYear ?y } ;
        INSERT DATA { interval:boat-company-partner-sea-lab time:inside
            instant:boat-company-partner-sea-lab-inside .
            instant:boat-company-partner-sea-lab-inside a time:Instant ;
            time:inXSDDate "2018-05-01"^^xsd:date }""",
        "interval:boat-company-partner-sea-lab",
        "",
    ),
    (
        "interval-order",
        """INSERT DATA { interval:boat-company-partner-sea-lab time:inside
            instant:boat-company-partner-sea-lab-inside .
            instant:boat-company-partner-sea-lab-inside a time:Instant ;
            time:inXSDDate "2016-02-28"^^xsd:date }""",
        "interval:boat-company-partner-sea-lab",
        "",
    ),
    (
        "interval-bounds",
        """DELETE { interval:boat-company-partner-sea-lab inno:earliestStart ?day .
            GRAPH graph:derived { interval:boat-company-partner-sea-lab inno:earliestStart ?day } }
        INSERT { interval:boat-company-partner-sea-lab inno:earliestStart "2019-01-01"^^xsd:date .
            GRAPH graph:derived { interval:boat-company-partner-sea-lab inno:earliestStart
            "2019-01-01"^^xsd:date } }
        WHERE { interval:boat-company-partner-sea-lab inno:earliestStart ?day }""",
        "interval:boat-company-partner-sea-lab",
        "",
    ),
    (
        "membership-outside-existence",
        moved("interval:boat-company-partner-sea-lab", "end", "2022"),
        "membership:boat-company-partner-sea-lab",
        "",
    ),
    (
        "membership-outside-existence",
        moved("interval:boat-company-partner-sea-lab", "beginning", "2014"),
        "membership:boat-company-partner-sea-lab",
        "",
    ),
    (
        "post-held-by-two",
        "INSERT DATA {"
        + "".join(
            f"""{node} org:memberDuring interval:{key} . interval:{key} a time:Interval ;
                inno:latestStart "2018-01-01"^^xsd:date ; inno:earliestEnd "2018-12-31"^^xsd:date .
            GRAPH graph:derived {{
                interval:{key} inno:latestStart "2018-01-01"^^xsd:date ;
            inno:earliestEnd "2018-12-31"^^xsd:date }}"""
            for node, key in (
                ("membership:ada-lind-post-holder-harbour-town", "ada-lind-post-holder-harbour-town"),
                ("membership:bo-lind-post-holder-harbour-town", "bo-lind-post-holder-harbour-town"),
            )
        )
        + "} ;"
        + f"INSERT DATA {{ person:bo-lind a foaf:Person ; {THING} ."
        + f" GRAPH graph:report {{ person:bo-lind {THING} }} }} ;"
        + member(
            "person:bo-lind", "post-holder", "organisation:harbour-town", "; inno:inPost post:harbour-master"
        ),
        "membership:ada-lind-post-holder-harbour-town",
        "",
    ),
    # Who takes part
    (
        "role-of-the-member",
        member("initiative:tide", "board-member", "initiative:sea-lab"),
        "membership:tide-board-member-sea-lab",
        "",
    ),
    (
        "role-of-the-member",
        member("organisation:harbour-town", "part", "initiative:sea-lab"),
        "membership:harbour-town-part-sea-lab",
        "",
    ),
    (
        "role-of-the-member",
        member("person:ada-lind", "funder", "initiative:sea-lab"),
        "membership:ada-lind-funder-sea-lab",
        "",
    ),
    (
        "role-of-the-member",
        member("person:ada-lind", "needs-owner", "initiative:sea-lab"),
        "membership:ada-lind-needs-owner-sea-lab",
        "",
    ),
    (
        "role-of-the-member",
        member("person:ada-lind", "host", "initiative:sea-lab"),
        "membership:ada-lind-host-sea-lab",
        "",
    ),
    (
        "role-of-the-member",
        member(
            "unit:sea-office", "post-holder", "organisation:harbour-town", "; inno:inPost post:harbour-master"
        ),
        "membership:sea-office-post-holder-harbour-town",
        "",
    ),
    (
        "role-in-the-thing",
        member("organisation:boat-company", "partner", "organisation:harbour-town"),
        "membership:boat-company-partner-harbour-town",
        "",
    ),
    (
        "role-in-the-thing",
        member("organisation:boat-company", "needs-owner", "organisation:harbour-town"),
        "membership:boat-company-needs-owner-harbour-town",
        "",
    ),
    (
        "role-in-the-thing",
        member("initiative:tide", "part", "organisation:harbour-town"),
        "membership:tide-part-harbour-town",
        "",
    ),
    (
        "role-in-the-thing",
        member("organisation:boat-company", "board-member", "unit:sea-office"),
        "membership:boat-company-board-member-sea-office",
        "",
    ),
    (
        "role-in-the-thing",
        member("person:ada-lind", "post-holder", "unit:sea-office", "; inno:inPost post:harbour-master"),
        "membership:ada-lind-post-holder-sea-office",
        "post-of-its-organisation",
    ),
    (
        "role-in-the-kind-of-initiative",
        f"""INSERT DATA {{ initiative:ring a inno:Network , inno:Initiative ; {THING} .
            GRAPH graph:report {{ initiative:ring {THING} }} }} ;"""
        + member("organisation:boat-company", "needs-owner", "initiative:ring"),
        "membership:boat-company-needs-owner-ring",
        "",
    ),
    (
        "role-of-post-holder-has-post",
        member("person:ada-lind", "post-holder", "initiative:tide"),
        "membership:ada-lind-post-holder-tide",
        "",
    ),
    (
        "post-of-its-organisation",
        member(
            "person:ada-lind", "post-holder", "organisation:boat-company", "; inno:inPost post:harbour-master"
        ),
        "membership:ada-lind-post-holder-boat-company",
        "",
    ),
    (
        "part-of-each-other",
        member("initiative:tide", "part", "initiative:sea-lab")
        + ";"
        + member("initiative:sea-lab", "part", "initiative:tide"),
        "membership:tide-part-sea-lab",
        "part-of-each-other",
    ),
    (
        "whole-without-itself",
        "INSERT DATA { post:harbour-director org:reportsTo post:harbour-master }",
        "post:harbour-director",
        "whole-without-itself link-stated",
    ),
    (
        "whole-without-itself",
        "INSERT DATA { place:old-quay schema:containedInPlace place:old-quay }",
        "place:old-quay",
        "link-stated",
    ),
    (
        "whole-without-itself",
        "INSERT DATA { unit:sea-office org:subOrganizationOf unit:sea-office }",
        "unit:sea-office",
        "link-stated",
    ),
    (
        "whole-without-itself",
        "INSERT DATA { initiative:tide inno:buildsOn initiative:tide }",
        "initiative:tide",
        "link-stated",
    ),
    (
        "whole-of-another-organisation",
        f"""INSERT DATA {{ unit:crew a org:OrganizationalUnit ; {THING} ;
            org:unitOf organisation:boat-company ;
            org:subOrganizationOf unit:sea-office . GRAPH graph:report {{ unit:crew {THING} }} }}""",
        "unit:crew",
        "link-stated",
    ),
    # Facts
    ("fact-with-reason", "DELETE WHERE { group:all-towns rdfs:comment ?why }", "group:all-towns", ""),
    (
        "fact-in-its-source",
        f"DELETE WHERE {{ GRAPH graph:letter {{ {PARTNER} prov:wasDerivedFrom ?line }} }}",
        PARTNER,
        "",
    ),
    (
        "statement-holds",
        "DELETE DATA { initiative:tide inno:uses method:design-thinking }",
        "statement:tide-uses-design-thinking",
        "",
    ),
    (
        "link-stated",
        "INSERT DATA { initiative:tide inno:uses method:prototyping }",
        "initiative:tide",
        "nothing-dangles",
    ),
    (
        "period-stated",
        """DELETE DATA { statement:sea-lab-has-time rdf:object interval:statement-sea-lab-has-time } ;
        INSERT DATA { statement:sea-lab-has-time rdf:object interval:harbour-town-founder-sea-lab }""",
        "initiative:sea-lab",
        "statement-holds",
    ),
    (
        "passage-in-its-source",
        f"""INSERT DATA {{ <{BASE}source/letter#line=4,6> a inno:Passage ;
            dcterms:isPartOf <{BASE}source/letter> ;
            dcterms:identifier "letter:5-6" .
            person:ada-lind dcterms:isReferencedBy <{BASE}source/letter#line=4,6> .
            GRAPH graph:letter {{ person:ada-lind dcterms:isReferencedBy <{BASE}source/letter#line=4,6>
            }} }}""",
        f"<{BASE}source/letter#line=4,6>",
        "",
    ),
    (
        "passage-cited",
        f"""INSERT DATA {{ <{BASE}source/report#line=1,3> a inno:Passage ;
            dcterms:isPartOf <{BASE}source/report> ; dcterms:identifier "report:2-3" }}""",
        f"<{BASE}source/report#line=1,3>",
        "",
    ),
    (
        "derived-is-not-asserted",
        "INSERT DATA { organisation:boat-company inno:leads initiative:tide }",
        "organisation:boat-company",
        "",
    ),
    (
        "derived-is-not-asserted",
        "INSERT DATA { organisation:boat-company org:memberOf initiative:tide }",
        "organisation:boat-company",
        "",
    ),
    ("derived-is-not-asserted", 'INSERT DATA { place:old-quay rdfs:label "Quay"@en }', "place:old-quay", ""),
    (
        "derived-holds",
        "DELETE DATA { organisation:harbour-town inno:leads initiative:sea-lab }",
        "organisation:harbour-town",
        "",
    ),
    (
        "name-in-a-language-of-the-data-set",
        'INSERT DATA { place:old-quay skos:prefLabel "Vanha laituri"@fi }',
        "place:old-quay",
        "",
    ),
    # How IRIs are made
    (
        "nothing-dangles",
        "INSERT DATA { event:extend-sea-lab inno:concerns place:new-quay }",
        "event:extend-sea-lab",
        "",
    ),
    (
        "nothing-dangles",
        "INSERT DATA { event:extend-sea-lab dcterms:type event-type:feast }",
        "event:extend-sea-lab",
        "",
    ),
    ("nothing-dangles", "INSERT DATA { initiative:tide a inno:Feast }", "initiative:tide", ""),
    ("no-blank-node", "INSERT DATA { event:extend-sea-lab inno:concerns [] }", "event:extend-sea-lab", ""),
    (
        "iri-well-formed",
        f"INSERT DATA {{ <{BASE}place/New_Quay> a schema:Place }}",
        f"<{BASE}place/New_Quay>",
        "",
    ),
    ("iri-well-formed", f"INSERT DATA {{ <{BASE}boat/mary> a schema:Thing }}", f"<{BASE}boat/mary>", ""),
    (
        "iri-well-formed",
        f"INSERT DATA {{ <{BASE}source/report#line=3> a schema:Thing }}",
        f"<{BASE}source/report#line=3>",
        "",
    ),
    ("iri-of-its-class", "INSERT DATA { place:mary a schema:Boat }", "place:mary", ""),
    ("iri-of-its-kind", "INSERT DATA { goal:mary a inno:Goal , schema:Place }", "goal:mary", ""),
    (
        "iri-of-a-membership",
        f"""DELETE WHERE {{ {PARTNER} org:role ?role }} ;
        INSERT DATA {{ {PARTNER} org:role role:participant }}""",
        PARTNER,
        "",
    ),
    (
        "iri-of-a-statement",
        """DELETE WHERE { statement:tide-uses-design-thinking rdf:object ?method } ;
        INSERT DATA { statement:tide-uses-design-thinking rdf:object method:design-thinking-sessions .
            initiative:tide inno:uses method:design-thinking-sessions } ;
        DELETE DATA { initiative:tide inno:uses method:design-thinking } ;
        INSERT DATA { statement:tide-uses-design-thinking rdf:subject initiative:sea-lab } ;
        DELETE DATA { statement:tide-uses-design-thinking rdf:subject initiative:tide }""",
        "statement:tide-uses-design-thinking",
        "statement-holds link-stated nothing-dangles nothing-dangles",
    ),
    (
        "iri-of-an-observation",
        """DELETE DATA { observation:harbour-town-2018-explicit-strategy-answer inno:wave wave:2018 } ;
        INSERT DATA { observation:harbour-town-2018-explicit-strategy-answer inno:wave wave:2020 }""",
        "observation:harbour-town-2018-explicit-strategy-answer",
        "ic-12-no-duplicates",
    ),
    ("iri-of-an-interval", "INSERT DATA { interval:some-time a time:Interval }", "interval:some-time", ""),
    (
        "iri-of-an-interval",
        """INSERT DATA { interval:harbour-town-lead-sea-lab a time:Interval .
            event:extend-sea-lab time:hasTime interval:harbour-town-lead-sea-lab }""",
        "interval:harbour-town-lead-sea-lab",
        "",
    ),
    (
        "iri-of-an-instant",
        'INSERT DATA { instant:some-day a time:Instant ; time:inXSDgYear "2015"^^xsd:gYear }',
        "instant:some-day",
        "",
    ),
    (
        "iri-of-a-passage",
        f"""DELETE {{ ?line dcterms:identifier ?words }} INSERT {{ ?line dcterms:identifier "report:1-3" }}
        WHERE {{ ?line dcterms:identifier ?words FILTER (?line = <{BASE}source/report#line=0,1>) }}""",
        f"<{BASE}source/report#line=0,1>",
        "",
    ),
    # Concepts
    (
        "concept-in-its-hierarchy",
        "INSERT DATA { kind:guild a skos:Concept ; skos:inScheme concept:kind }",
        "kind:guild",
        "",
    ),
    (
        "concept-in-its-hierarchy",
        "INSERT DATA { kind:guild a skos:Concept ; skos:inScheme concept:kind ; skos:broader role:lead }",
        "kind:guild",
        "",
    ),
    (
        "concept-in-its-hierarchy",
        "INSERT DATA { kind:municipality skos:topConceptOf concept:kind }",
        "kind:municipality",
        "concept-top-both-ways",
    ),
    (
        "concept-in-its-hierarchy",
        "INSERT DATA { kind:guild a skos:Concept ; skos:inScheme concept:role ; skos:broader role:lead }",
        "kind:guild",
        "",
    ),
    (
        "concept-top-both-ways",
        "INSERT DATA { concept:kind skos:hasTopConcept kind:municipality }",
        "kind:municipality",
        "",
    ),
    (
        "concept-without-itself",
        """DELETE DATA { kind:government skos:topConceptOf concept:kind .
            concept:kind skos:hasTopConcept kind:government } ;
     INSERT DATA { kind:government skos:broader kind:government }""",
        "kind:government",
        "",
    ),
    (
        "concept-option-of-a-question",
        """INSERT DATA { indicator:deeper a skos:Concept ; skos:inScheme concept:indicator ;
            skos:broader indicator:helps-service-delivery }""",
        "indicator:deeper",
        "",
    ),
]

# A cube as the W3C's note on the Data Cube shows them, with slices: how long people live, by area, year
# and sex; and one whose observations name their measure.
CUBE = """
eg:structure a qb:DataStructureDefinition ; qb:component eg:c1 , eg:c2 , eg:c3 , eg:c4 , eg:c5 ;
            qb:sliceKey eg:key .
eg:c1 qb:dimension eg:area . eg:c2 qb:dimension eg:year . eg:c3 qb:dimension eg:sex .
eg:c4 qb:measure eg:years . eg:c5 qb:attribute eg:unit ; qb:componentRequired true .
eg:area a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList eg:areas .
eg:year a qb:DimensionProperty ; rdfs:range xsd:gYear .
eg:sex a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList eg:sexes .
eg:years a qb:MeasureProperty ; rdfs:range xsd:decimal .
eg:unit a qb:AttributeProperty ; rdfs:range skos:Concept .
eg:areas a qb:HierarchicalCodeList ; qb:hierarchyRoot eg:wales ; qb:parentChildProperty eg:holds .
eg:wales eg:holds eg:gwynedd . eg:gwynedd eg:holds eg:bangor .
eg:sexes a skos:ConceptScheme .
eg:f a skos:Concept ; skos:inScheme eg:sexes . eg:m a skos:Concept ; skos:inScheme eg:sexes .
eg:key a qb:SliceKey ; qb:componentProperty eg:area , eg:sex .
eg:cube a qb:DataSet ; qb:structure eg:structure ; qb:slice eg:slice .
eg:slice a qb:Slice ; qb:sliceStructure eg:key ; eg:area eg:bangor ; eg:sex eg:f ;
            qb:observation eg:o1 , eg:o2 .
eg:o1 a qb:Observation ; qb:dataSet eg:cube ; eg:area eg:bangor ; eg:year "2005"^^xsd:gYear ; eg:sex eg:f ;
    eg:years 80.7 ; eg:unit eg:year-of-life .
eg:o2 a qb:Observation ; qb:dataSet eg:cube ; eg:sex eg:f ; eg:year "2006"^^xsd:gYear ; eg:area eg:bangor ;
    eg:years 80.9 ; eg:unit eg:year-of-life .
eg:o3 a qb:Observation ; qb:dataSet eg:cube ; eg:area eg:wales ; eg:sex eg:m ; eg:year "2005"^^xsd:gYear ;
    eg:years 78.3 ; eg:unit eg:year-of-life .

eg:typed a qb:DataStructureDefinition ; qb:component eg:t1 , eg:t2 , eg:t3 , eg:t4 .
eg:t1 qb:dimension eg:year . eg:t2 qb:dimension qb:measureType .
eg:t3 qb:measure eg:births . eg:t4 qb:measure eg:deaths .
qb:measureType a qb:DimensionProperty ; rdfs:range rdf:Property .
eg:births a qb:MeasureProperty . eg:deaths a qb:MeasureProperty .
eg:counts a qb:DataSet ; qb:structure eg:typed .
eg:b5 a qb:Observation ; qb:dataSet eg:counts ; eg:year "2005"^^xsd:gYear ; qb:measureType eg:births ;
            eg:births 5 .
eg:d5 a qb:Observation ; qb:dataSet eg:counts ; eg:year "2005"^^xsd:gYear ; qb:measureType eg:deaths ;
            eg:deaths 4 .
eg:b6 a qb:Observation ; qb:dataSet eg:counts ; eg:year "2006"^^xsd:gYear ; qb:measureType eg:births ;
            eg:births 6 .
eg:d6 a qb:Observation ; qb:dataSet eg:counts ; eg:year "2006"^^xsd:gYear ; qb:measureType eg:deaths ;
            eg:deaths 3 .
"""

# What makes the cube a wrong one, and what is then found: constraint and node, several where one fault
# cannot be told from another.
WRONG_CUBES = {
    "ic-01": (
        "INSERT DATA { eg:o1 qb:dataSet eg:copy . eg:copy a qb:DataSet ; qb:structure eg:structure }",
        "ic-01 eg:o1",
    ),
    "ic-01 without": (
        "DELETE DATA { eg:o3 qb:dataSet eg:cube }",
        "ic-01 eg:o3",
    ),
    "ic-02": ("INSERT DATA { eg:copy a qb:DataSet }", "ic-02 eg:copy"),
    "ic-02 two": (
        """INSERT DATA { eg:counts qb:structure eg:second .
            eg:second a qb:DataStructureDefinition ; qb:component eg:t3 }""",
        "ic-02 eg:counts , ic-14 eg:d5 , ic-14 eg:d6",
    ),
    "ic-03": ("INSERT DATA { eg:empty a qb:DataStructureDefinition ; qb:component eg:c1 }", "ic-03 eg:empty"),
    "ic-04": ("DELETE DATA { eg:year rdfs:range xsd:gYear }", "ic-04 eg:year"),
    "ic-05": ("DELETE DATA { eg:sex qb:codeList eg:sexes }", "ic-05 eg:sex"),
    "ic-06": ("INSERT DATA { eg:c4 qb:componentRequired false }", "ic-06 eg:c4"),
    "ic-07": ("INSERT DATA { eg:other a qb:SliceKey ; qb:componentProperty eg:sex }", "ic-07 eg:other"),
    "ic-08": ("INSERT DATA { eg:key qb:componentProperty eg:age . eg:slice eg:age 1 }", "ic-08 eg:key"),
    "ic-09": ("INSERT DATA { eg:bare a qb:Slice }", "ic-09 eg:bare"),
    "ic-10": ("DELETE DATA { eg:slice eg:sex eg:f }", "ic-10 eg:slice"),
    "ic-11": ("DELETE DATA { eg:o3 eg:sex eg:m }", "ic-11 eg:o3"),
    "ic-12": (
        'DELETE DATA { eg:o2 eg:year "2006"^^xsd:gYear } ; INSERT DATA { eg:o2 eg:year "2005"^^xsd:gYear }',
        "ic-12 eg:o2",
    ),
    "ic-13": ("DELETE DATA { eg:o3 eg:unit eg:year-of-life }", "ic-13 eg:o3"),
    "ic-14": ("DELETE DATA { eg:o3 eg:years 78.3 }", "ic-14 eg:o3"),
    "ic-15": ("DELETE DATA { eg:b5 eg:births 5 }", "ic-15 eg:b5"),
    "ic-16": ("INSERT DATA { eg:b5 eg:deaths 4 }", "ic-16 eg:b5"),
    "ic-17": ("DELETE WHERE { eg:d6 ?p ?o }", "ic-17 eg:b6"),
    "ic-18": (
        "INSERT DATA { eg:slice qb:observation eg:b5 }",
        "ic-18 eg:b5",
    ),
    "ic-19": ("DELETE DATA { eg:m skos:inScheme eg:sexes }", "ic-19 eg:o3"),
    "ic-19 collection": (
        """DELETE DATA { eg:sexes a skos:ConceptScheme } ;
        INSERT DATA { eg:sexes a skos:Collection ; skos:member eg:f }""",
        "ic-19 eg:o3",
    ),
    "ic-20": ("DELETE DATA { eg:gwynedd eg:holds eg:bangor }", "ic-20 eg:o1 , ic-20 eg:o2"),
    "ic-21": (
        """DELETE DATA { eg:areas qb:parentChildProperty eg:holds } ;
        INSERT DATA { eg:areas qb:parentChildProperty _:up . _:up owl:inverseOf eg:in .
            eg:gwynedd eg:in eg:wales }""",
        "ic-21 eg:o1 , ic-21 eg:o2",
    ),
}


def store(folder: Path) -> ox.Store:
    """Return a data folder's graph, to be spoilt."""
    found = ox.Store()
    found.bulk_extend(assembled(folder).quads)
    return found


def held(found: ox.Store, folder: Path, names: list[str] | None = None) -> list[Problem]:
    """Return what breaks the constraints, or some of them."""
    chosen = [LOADED[name] for name in names or LOADED]
    return constraints.hold(found, assembled(folder).folder, origins(folder), chosen)


@cache
def origins(folder: Path) -> dict[str, Row]:
    """Return the row of each node of a data folder."""
    return build(assembled(folder).folder, ontology.load()).origins


def iri(name: str) -> str:
    """Return the IRI that a name with a prefix, or in brackets, stands for."""
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, key = name.partition(":")
    return f"{'https://example.org/cube/' if prefix == 'eg' else dict(spaces())[prefix]}{key}"


def spaces() -> list[tuple[str, str]]:
    """Return the prefixes of things and concepts."""
    kinds = [(kind, f"{BASE}{kind}/") for kind in KINDS]
    return kinds + [(scheme, f"{CONCEPTS}{scheme}/") for scheme in ontology.load().schemes]


def rules(problems: list[Problem]) -> list[str]:
    """Return the names of what is broken."""
    return sorted(problem.rule.removeprefix(constraints.RULES) for problem in problems)


# --- What is found --------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [STOCKHOLM, HARBOUR], ids=lambda path: path.name)
def test_good_data_breaks_nothing(folder: Path) -> None:
    """Both data folders hold against every constraint, warnings among them."""
    assert held(store(folder), folder) == []


@pytest.mark.parametrize(
    ("name", "update", "focus", "also"), FAULTS, ids=[f"{n}-{fault[0]}" for n, fault in enumerate(FAULTS)]
)
def test_a_fault_is_found(name: str, update: str, focus: str, also: str) -> None:
    """A fault breaks its constraint, at its node and with its severity, and no other."""
    spoilt = store(HARBOUR)
    spoilt.update(PREFIXES + update)
    problems = held(spoilt, HARBOUR)
    assert rules(problems) == sorted([name, *also.split()]), list(map(str, problems))
    mine = [problem for problem in problems if problem.rule == LOADED[name].iri]
    assert iri(focus) in {problem.focus for problem in mine}
    assert {problem.severity for problem in mine} == {LOADED[name].severity}
    assert not any("{" in problem.text for problem in problems)


def test_a_cube_as_the_note_has_them_is_found_right() -> None:
    """A cube with slices, and one that names its measures, break none of the integrity constraints."""
    cube = ox.Store()
    cube.load(PREFIXES + CUBE, format=ox.RdfFormat.TURTLE)
    assert held(cube, HARBOUR, CUBES) == []


@pytest.mark.parametrize("name", WRONG_CUBES)
def test_a_wrong_cube_is_found(name: str) -> None:
    """Each integrity constraint finds the cube that is wrong in its way, and no other does."""
    update, expected = WRONG_CUBES[name]
    cube = ox.Store()
    cube.load(PREFIXES + CUBE, format=ox.RdfFormat.TURTLE)
    cube.update(PREFIXES + update)
    problems = held(cube, HARBOUR, CUBES)
    found = sorted((problem.rule.removeprefix(constraints.RULES)[:5], problem.focus) for problem in problems)
    wanted = sorted((rule, iri(node)) for rule, node in (each.split() for each in expected.split(" , ")))
    assert found == wanted


def test_each_constraint_has_a_fault() -> None:
    """No constraint lacks a fault that breaks it, nor is one of the note's 21 missing."""
    broken = {name for name, *_ in FAULTS}
    broken |= {name for name in LOADED if name[:5] in {key[:5] for key in WRONG_CUBES}}
    assert broken == set(LOADED)
    assert [name[:5] for name in CUBES] == [f"ic-{number:02}" for number in range(1, 22)]


def test_no_list_of_the_project_is_a_hierarchy() -> None:
    """IC-20 and IC-21 ask nothing of the project's own cubes, whose code lists are plain schemes."""
    for name in CUBES[-2:]:
        assert LOADED[name].each
        found = store(STOCKHOLM).query(LOADED[name].each)
        assert isinstance(found, ox.QuerySolutions)
        assert list(found) == []


# --- Where it is --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("memberships", "boat-company,partner,harbour-town,,,,,report:3,stated,", "role-in-the-thing"),
        ("memberships", "boat-company,host,sea-lab,,2010,,,report:3,stated,", "membership-outside-existence"),
        (
            "statements",
            "sea-office,org:subOrganizationOf,unit:sea-office,,,,report:6,stated,",
            "whole-without-itself",
        ),
        (
            "observations",
            "harbour-town,2020,explicit-strategy,,,,,44,,,report:5,stated,",
            "survey-share-of-a-group",
        ),
    ],
)
def test_a_problem_names_table_and_line(folder: Path, table: str, row: str, rule: str) -> None:
    """What a row makes wrong is reported with its table and line, in plain words."""
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{row}\n", encoding="utf-8")
    whole = graph.assemble(folder)
    spoilt = ox.Store()
    spoilt.bulk_extend(whole.quads)
    known = build(whole.folder, ontology.load()).origins
    problems = constraints.hold(spoilt, whole.folder, known)
    assert rules(problems) == [rule]
    assert problems[0].path.endswith(f"{table}.csv")
    assert problems[0].line == len(text.splitlines()) + 1


def test_a_cube_is_of_the_data_set() -> None:
    """What is wrong with a cube is reported at the data set's own row."""
    spoilt = store(HARBOUR)
    spoilt.update(f"{PREFIXES} DELETE WHERE {{ dataset:harbour-answer qb:structure ?structure }}")
    problems = held(spoilt, HARBOUR, ["ic-02-one-structure"])
    assert [(problem.path.rpartition("/")[2], problem.line) for problem in problems] == [("dataset.csv", 2)]
    assert problems[0].text.endswith("this one has 0.")


# --- The files themselves -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOADED)
def test_a_constraint_is_plain_sparql(name: str) -> None:
    """Each file is a SELECT that rdflib reads too; what its message names is a column of it, as is focus."""
    found = store(HARBOUR).query(rebase(LOADED[name].text, BASE))
    assert isinstance(found, ox.QuerySolutions)
    columns = {variable.value for variable in found.variables}
    words = {part.partition("}")[0] for part in LOADED[name].message.split("{")[1:]}
    assert words | {"focus"} <= columns
    assert columns - {"focus"} <= words
    Graph().query(LOADED[name].text)
    assert LOADED[name].message.endswith(".")


def test_each_derived_property_is_marked() -> None:
    """What the rules derive, but for classes and labels, is what may not be asserted by hand."""
    text = """SELECT DISTINCT ?property WHERE {
        GRAPH ?derived { ?s ?property ?o } FILTER STRENDS(STR(?derived), "/graph/derived")
        FILTER NOT EXISTS { ?property skos:editorialNote ?note FILTER STRSTARTS(?note, "Derived from") }
    }"""
    found = store(STOCKHOLM).query(PREFIXES + text)
    assert isinstance(found, ox.QuerySolutions)
    unmarked = {row["property"].value for row in found}
    assert unmarked == {
        f"{VOCABULARIES['rdf']}type",
        f"{VOCABULARIES['rdfs']}label",
        f"{VOCABULARIES['org']}memberOf",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#+ summary: A\n#+ message: B\nSELECT ?focus {}", "no severity"),
        ("#+ summary: A\n#+ message: B\n#+ severity: bad\nSELECT ?focus {}", "'bad' is none of"),
        ("#+ summary: a: b\nSELECT ?focus {}", "cannot be read"),
        ("SELECT ?focus {}", "no summary and no message and no severity"),
        ("#+ summary: A\n#+ message: B\n#+ severity: warning\nSELECT {", "not a SPARQL query"),
        ("#+ summary: A\n#+ message: B\n#+ severity: warning\nASK {}", "not a SELECT query"),
        (
            "#+ summary: A\n#+ message: B\n#+ severity: warning\nSELECT ?thing { ?thing a ?class }",
            "no column 'focus'",
        ),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """A constraint whose header or text is not as it should be ends with one line that says so."""
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=message):
        constraints.hold(store(HARBOUR), assembled(HARBOUR).folder, {}, constraints.load(tmp_path))


def test_nothing_else_lies_beside_the_constraints() -> None:
    """Every file of the folder is a constraint that is read."""
    assert {path.stem for path in (ROOT / "ontology" / "constraints").iterdir()} == set(LOADED)
