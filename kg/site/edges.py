"""Edges: the pages of memberships, statements and survey answers, and of times and graphs.

An edge's page is where the promise is kept: who, in which role, in what, when, and the lines that say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.iris import expand
from kg.site import facts, portrait, titles

if TYPE_CHECKING:
    from kg.site.facts import Fact, Read, When
    from kg.site.site import Place, Site

MOST = 200
"""What is listed on the page of a time or a graph."""


def shown(here: Place, iri: str, known: Read, fact: Fact) -> dict[str, Any]:
    """Give what templates/edge.html shows of a membership, statement or survey answer."""
    other = fact.other
    whens = [when for when in fact.whens if facts.interval(here, when)]
    return {
        "title": titles.of_fact(here, fact),
        "kind": here.site.kind(iri),
        "iri": iri,
        "fact": fact,
        "subject": {"name": here.name(fact.subject), "link": here.link(fact.subject)},
        "relation": {"name": here.name(fact.relation), "link": here.link(fact.relation)},
        "other": {
            "name": titles.value_of(here, fact) or ", ".join(facts.interval(here, when) for when in whens),
            "link": here.link(other.value) if isinstance(other, ox.NamedNode) else "",
            "kind": _kind_word(here, other.value) if isinstance(other, ox.NamedNode) else "",
        },
        "subject_kind": _kind_word(here, fact.subject),
        "post": {"name": here.name(fact.post), "link": here.link(fact.post)} if fact.post else None,
        "through": [{"name": here.name(each), "link": here.link(each)} for each in fact.through],
        "wave": {"name": here.name(fact.wave), "link": here.link(fact.wave)} if fact.wave else None,
        "whens": [
            {"text": facts.interval(here, when), "link": here.link(when.iri), "bounds": bounds(here, when)}
            for when in whens
        ],
        "details": [_detail(here, *each) for each in fact.details],
        "certainty": fact.certainty.rpartition("/")[2],
        "certainty_link": here.link(fact.certainty) if fact.certainty else "",
        "reason": here.spoken(fact.reasons),
        "cited": [portrait.cite(here, each) for each in fact.cited],
        "triples": portrait.triples(here, iri, known),
    }


def _kind_word(here: Place, iri: str) -> str:
    kind = here.site.kind(iri)
    return here.word(f"kind {kind}") if f"kind {kind}" in here.words else ""


def _detail(here: Place, name: str, value: Any) -> dict[str, str]:
    named = isinstance(value, ox.NamedNode)
    return {
        "property": here.name(name),
        "text": here.name(value.value) if named else str(getattr(value, "value", value)),
        "link": here.link(value.value) if named else "",
    }


def bounds(here: Place, when: When) -> list[str]:
    """Say in sentences what is certain of a time, and what is not."""
    said = []
    if when.earliestStart and when.latestStart:
        if when.earliestStart != when.latestStart:
            said.append(here.word("began between", first=when.earliestStart, last=when.latestStart))
    elif when.latestStart:
        said.append(here.word("began by", last=when.latestStart))
    elif when.earliestStart:
        said.append(here.word("began after", first=when.earliestStart))
    if when.earliestEnd and when.latestEnd:
        if when.earliestEnd != when.latestEnd:
            said.append(here.word("ended between", first=when.earliestEnd, last=when.latestEnd))
    elif when.earliestEnd:
        said.append(here.word("ended after", first=when.earliestEnd))
    elif when.latestEnd:
        said.append(here.word("ended by", last=when.latestEnd))
    if when.latestStart and when.earliestEnd and when.latestStart <= when.earliestEnd:
        said.append(here.word("certain span", first=when.latestStart, last=when.earliestEnd))
    return said


def shown_time(here: Place, iri: str, known: Read) -> dict[str, Any]:
    """Give what templates/small.html shows of an interval or an instant."""
    when = facts.when(here.site, iri) if here.site.kind(iri) == "interval" else None
    rows = []
    if when and facts.interval(here, when):
        rows.append({"word": here.word("when"), "values": [{"text": facts.interval(here, when)}]})
    owners = [
        triple.subject.value
        for triple in here.site.referring(iri)
        if isinstance(triple.subject, ox.NamedNode) and triple.predicate.value != expand("rdf:object")
    ]
    values = [{"text": here.name(each), "link": here.link(each)} for each in dict.fromkeys(owners[:MOST])]
    if values:
        rows.append({"word": here.word("of time"), "values": values})
    return _small(here, iri, known) | {"rows": rows, "sentences": bounds(here, when) if when else []}


def shown_graph(here: Place, iri: str, known: Read, count: int) -> dict[str, Any]:
    """Give what templates/small.html shows of a named graph of `count` statements."""
    source = f"{here.site.base}source/{iri.rpartition('/')[2]}"
    values = [{"text": here.name(source), "link": here.link(source)}] if source in here.site.labels else []
    rows = [{"word": here.word("line source"), "values": values}] if values else []
    said = [here.word("graph has", count=f"{count:,}")] if count else []
    return _small(here, iri, known) | {"rows": rows, "sentences": said}


def shown_rest(here: Place, iri: str, known: Read) -> dict[str, Any]:
    """Give what templates/small.html shows of what has no page of a better kind."""
    said = [] if known else [here.word("nothing")]
    return _small(here, iri, known) | {"rows": [], "sentences": said}


def _small(here: Place, iri: str, known: Read) -> dict[str, Any]:
    return {
        "title": here.name(iri),
        "kind": here.site.kind(iri),
        "iri": iri,
        "kinds": portrait.kinds(here, known),
        "triples": portrait.triples(here, iri, known),
    }


def fact_of(site: Site, iri: str) -> Fact | None:
    """Give the fact that is an edge, or none."""
    return facts.of(site, iri) if site.kind(iri) in ("membership", "statement", "observation") else None
