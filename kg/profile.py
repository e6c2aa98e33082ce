"""Profile: all that the graph says of one thing, each fact with its dates and its citations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.iris import VOCABULARIES, expand
from kg.names import labels
from kg.store import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store import Store

_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in VOCABULARIES.items())
_ABOUT = """
SELECT ?property ?value WHERE {
  VALUES ?property {
    skos:prefLabel skos:altLabel skos:hiddenLabel skos:definition skos:broader dcterms:title
    rdf:type org:classification org:identifier org:unitOf org:postIn dcterms:type inno:targetYear
    dcterms:publisher dcterms:date dcterms:license dcterms:isPartOf inno:certainty rdfs:comment
  }
  %(thing)s ?property ?value
} ORDER BY ?property ?value"""
_FACTS = """
SELECT ?fact ?relation ?inverse ?other ?wave ?certainty ?reason WHERE {
  {
    { ?fact org:member %(thing)s ; org:organization ?other . BIND(false AS ?inverse) }
    UNION
    { ?fact org:organization %(thing)s ; org:member ?other . BIND(true AS ?inverse) }
    UNION
    { ?fact inno:inPost %(thing)s ; org:member ?other . BIND(true AS ?inverse) }
    UNION
    { ?fact inno:representedBy %(thing)s ; org:organization ?other . BIND(false AS ?inverse) }
    ?fact org:role ?role
    OPTIONAL { ?fact inno:inPost ?post }
    BIND(COALESCE(?post, ?role) AS ?relation)
  } UNION {
    { ?fact rdf:subject %(thing)s ; rdf:object ?other . BIND(false AS ?inverse) }
    UNION
    { ?fact rdf:object %(thing)s ; rdf:subject ?other . BIND(true AS ?inverse) }
    ?fact rdf:predicate ?relation
  } UNION {
    VALUES ?relation { prov:wasAssociatedWith inno:concerns }
    ?fact ?relation %(thing)s ; a inno:Event
    BIND(?fact AS ?other) BIND(true AS ?inverse)
  } UNION {
    { ?fact inno:respondent %(thing)s ; inno:item ?relation . BIND(false AS ?inverse) }
    UNION
    { ?fact inno:item %(thing)s ; inno:respondent ?relation . BIND(true AS ?inverse) }
    ?fact inno:wave ?wave .
    OPTIONAL { ?fact inno:answer ?answer }
    OPTIONAL { ?fact inno:rank ?rank }
    OPTIONAL { ?fact inno:number ?number }
    OPTIONAL { ?fact inno:share ?share }
    BIND(COALESCE(?answer, CONCAT("rank ", STR(?rank)), ?number, CONCAT(STR(?share), " per cent")) AS ?other)
  }
  OPTIONAL { ?fact inno:certainty ?certainty }
  OPTIONAL { ?fact rdfs:comment ?reason }
} ORDER BY ?inverse ?relation ?wave ?other ?fact"""
_OF = """{
  { ?fact org:member|org:organization|inno:inPost|inno:representedBy|rdf:subject|rdf:object %(thing)s }
  UNION { ?fact inno:respondent|inno:item %(thing)s }
  UNION { ?fact a inno:Event ; prov:wasAssociatedWith|inno:concerns %(thing)s }
  UNION { VALUES ?fact { %(thing)s } }
}"""
_TIMES = """
SELECT DISTINCT ?fact ?interval ?relation ?moment WHERE {
  %(of)s
  ?fact org:memberDuring|time:hasTime ?interval .
  VALUES ?relation { time:hasBeginning time:hasEnd time:inside }
  ?interval ?relation ?instant .
  ?instant time:inXSDgYear|time:inXSDgYearMonth|time:inXSDDate ?moment
}"""
_THROUGH = "SELECT DISTINCT ?fact ?through WHERE { %(of)s ?fact inno:representedBy ?through }"
_CITED = """
SELECT DISTINCT ?fact ?citation WHERE {
  %(of)s
  ?fact prov:wasDerivedFrom|dcterms:isReferencedBy ?passage .
  ?passage dcterms:identifier ?citation
} ORDER BY ?citation"""


@dataclass(frozen=True)
class Fact:
    """One thing that is said: a link to or from another, or an answer, with all that supports it.

    Attributes:
        relation: the role, the post or the property, as a label.
        inverse: whether the other thing is the subject.
        other: what it is linked to, as a label.
        iri: the other's IRI; empty where it is a literal.
        when: `2015–2021`, `from 2015`, `until 2021`, `in 2018`, a survey's wave, or empty.
        through: the posts, units or persons through whom, as labels.
        certainty: the key of the certainty: stated or implied.
        citations: as `source:lines`.
        answer: whether it is a survey answer.
    """

    relation: str
    inverse: bool
    other: str
    iri: str
    when: str
    through: tuple[str, ...]
    certainty: str
    reason: str
    citations: tuple[str, ...]
    answer: bool = False


@dataclass(frozen=True)
class Profile:
    """What the graph says of a thing.

    Attributes:
        title: its name in the language asked for, else in any.
        about: what is said of it without a statement of its own, by the property's local name:
            a label or value with its language, each.
        when: its own interval.
        citations: what supports the thing itself, as `source:lines`.
        facts: its links, those that it is the subject of first.
    """

    iri: str
    title: str
    about: dict[str, list[tuple[str, str]]]
    when: str
    citations: tuple[str, ...]
    facts: list[Fact]


def profile(store: Store, iri: str, language: str) -> Profile:
    """Gather what the graph says of a thing.

    Args:
        store: what is asked.
        iri: the thing's IRI.
        language: of the labels.
    """
    thing = {"thing": str(ox.NamedNode(iri))}
    of = {"of": _OF % thing}
    about = _ask(store, _ABOUT % thing)
    facts = _ask(store, _FACTS % thing)
    through = _ask(store, _THROUGH % of)
    seen = {
        node.value for row in (*about, *facts, *through) for node in row if isinstance(node, ox.NamedNode)
    }
    called = labels(store, seen | {iri}, language)
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in about:
        told[_local(row["property"].value)].append(_value(row["value"], called))
    meant = [pair for pair in told["definition"] if pair[1] == language]
    told["definition"] = meant or told["definition"]
    times, cited = _times(store, of), _gather(_ask(store, _CITED % of), "citation", {})
    represented = _gather(through, "through", called)
    made = [_fact(row, called, times, represented, cited) for row in facts]
    return Profile(iri, called[iri], dict(told), times.get(iri, ""), cited.get(iri, ()), made)


def _ask(store: Store, query: str) -> list[Any]:
    return rows(store, _PREFIXES + query)


def _fact(
    row: Any,
    called: Mapping[str, str],
    times: Mapping[str, str],
    represented: Mapping[str, tuple[str, ...]],
    cited: Mapping[str, tuple[str, ...]],
) -> Fact:
    fact, other = row["fact"].value, row["other"]
    when = times.get(fact, "") or (called[row["wave"].value] if row["wave"] else "")
    if row["relation"].value == expand("time:hasTime"):
        # The interval is the other end; its name says nothing that its moments do not.
        other, when = ox.Literal(when), ""
    return Fact(
        relation=called[row["relation"].value],
        inverse=row["inverse"].value == "true",
        other=_value(other, called)[0],
        iri=other.value if isinstance(other, ox.NamedNode) else "",
        when=when,
        through=represented.get(fact, ()),
        certainty=_local(row["certainty"].value) if row["certainty"] else "",
        reason=row["reason"].value if row["reason"] else "",
        citations=cited.get(fact, ()),
        answer=row["wave"] is not None,
    )


def _value(value: ox.NamedNode | ox.Literal, called: Mapping[str, str]) -> tuple[str, str]:
    if isinstance(value, ox.Literal):
        return value.value, value.language or ""
    return called[value.value], ""


def _gather(listed: list[Any], column: str, called: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in listed:
        value = row[column].value
        found[row["fact"].value].append(called.get(value, value))
    return {fact: tuple(sorted(values)) for fact, values in found.items()}


def _times(store: Store, of: Mapping[str, str]) -> dict[str, str]:
    """Give each fact's interval as people write it."""
    moments: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in _ask(store, _TIMES % of):
        moments[row["fact"].value, row["interval"].value][_local(row["relation"].value)] = row["moment"].value
    written: dict[str, list[str]] = defaultdict(list)
    for (fact, _), m in sorted(moments.items()):
        when = interval(m.get("hasBeginning", ""), m.get("hasEnd", ""), m.get("inside", ""))
        written[fact].append(when)
    return {fact: ", ".join(dict.fromkeys(whens)) for fact, whens in written.items()}


def interval(start: str, end: str, attested: str) -> str:
    """Write an interval; an end that is not known is left open, not called going on.

    >>> interval("2020", "2021", ""), interval("2015", "", ""), interval("", "", "2018")
    ('2020–2021', 'from 2015', 'in 2018')
    """
    if start and start == end:
        start, end, attested = "", "", attested or start
    known = f"{start}–{end}" if start and end else f"from {start}" if start else f"until {end}" if end else ""
    return ", ".join(filter(None, (known, f"in {attested}" if attested else "")))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
