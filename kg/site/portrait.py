"""Portrait: what the page of a thing shows: names, roles, times, partners, statements, answers, lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.iris import expand
from kg.network import thing_key
from kg.site import facts, pictures, titles
from kg.site.links import outside, short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.site.facts import Cited, Fact, Read, Term
    from kg.site.site import Place, Site

MOST = 1_000
"""Rows of a table, and links of a list; beyond, the Turtle has them."""
PARTNERS = 24
"""Partners that are shown, those with most in common first."""
CROWD = 400
"""Members of an initiative beyond which it makes no partners: it would tie all to all."""
NAMES = tuple(map(expand, ("skos:prefLabel", "skos:altLabel", "foaf:name", "dcterms:title")))
PERIOD = expand("time:hasTime")
NAMING = tuple(map(expand, ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "org:identifier")))


@dataclass(frozen=True)
class Subject:
    """A thing with all that the graph says of it, read once for all languages."""

    iri: str
    known: Read
    facts: list[Fact]
    partners: list[tuple[str, tuple[str, ...]]]
    referring: dict[str, list[str]]
    more: int


def read(site: Site, iri: str, crowds: dict[str, set[str]]) -> Subject:
    """Read a thing.

    Args:
        site: the site.
        iri: the thing.
        crowds: the members of each initiative, by node of the network.
    """
    referring: dict[str, list[str]] = defaultdict(list)
    for triple in site.referring(iri):
        if isinstance(triple.subject, ox.NamedNode):
            referring[triple.predicate.value].append(triple.subject.value)
    count = sum(map(len, referring.values()))
    kept: dict[str, list[str]] = {name: found[:MOST] for name, found in sorted(referring.items())}
    more = count - sum(map(len, kept.values()))
    known = facts.read(site, iri)
    return Subject(iri, known, facts.about(site, iri), _partners(site, iri, crowds), kept, more)


def crowds(site: Site) -> dict[str, set[str]]:
    """Give the members of each initiative: nodes of the network."""
    found: dict[str, set[str]] = defaultdict(set)
    for start, end, edge in site.network.edges(data=True):
        if edge["type"] == "membership" and end.startswith("initiative:"):
            found[end].add(start)
    return dict(found)


def _partners(site: Site, iri: str, crowds: dict[str, set[str]]) -> list[tuple[str, tuple[str, ...]]]:
    """Give those who take part in the same initiatives, and in which, most in common first."""
    node = thing_key(iri)
    if node not in site.network or not node.startswith(("organisation:", "unit:")):
        return []
    shared: dict[str, list[str]] = defaultdict(list)
    joined = {end for _, end, edge in site.network.out_edges(node, data=True) if edge["type"] == "membership"}
    for initiative in sorted(joined & crowds.keys()):
        if len(crowds[initiative]) <= CROWD:
            for other in crowds[initiative] - {node}:
                shared[other].append(site.network.nodes[initiative]["iri"])
    ordered = sorted(shared, key=lambda other: (-len(shared[other]), other))
    return [(site.network.nodes[other]["iri"], tuple(shared[other])) for other in ordered]


def shown(here: Place, subject: Subject, conflicts: list[dict[str, Any]]) -> dict[str, Any]:
    """Give what templates/thing.html shows of a thing.

    Args:
        here: the page.
        subject: the thing.
        conflicts: what sources say differently of it, as `kg.conflicts.read` has it.
    """
    site, iri = here.site, subject.iri
    name = here.name(iri)
    roles = [each for each in subject.facts if each.kind == "membership"]
    said = [each for each in subject.facts if each.kind == "statement" and each.subject == iri]
    of_it = [each for each in said if each.relation not in (*NAMING, PERIOD)]
    turned = [each for each in subject.facts if each.kind == "statement" and each.subject != iri]
    events = [each for each in subject.facts if each.kind == "event" and each.iri != iri]
    answers = [each for each in subject.facts if each.kind == "observation"]
    taken = [each for each in roles if each.subject == iri or iri in each.through]
    given = [each for each in roles if each not in taken]
    return {
        "title": name,
        "kinds": kinds(here, subject.known),
        "kind": site.kind(iri),
        "iri": iri,
        "certainty": _certainty(subject.known),
        "reason": here.spoken(facts.texts(subject.known, "rdfs:comment")),
        "head": head(here, subject, said),
        "taken": [row(here, each, iri) for each in taken[:MOST]],
        "given": [row(here, each, iri) for each in given[:MOST]],
        "said": [row(here, each, iri) for each in of_it[:MOST]],
        "turned": [row(here, each, iri) for each in turned[:MOST]],
        "events": [_event(here, each) for each in events[:MOST]],
        "answers": [row(here, each, iri) for each in answers[:MOST]],
        "more": {
            "taken": max(0, len(taken) - MOST),
            "given": max(0, len(given) - MOST),
            "said": max(0, len(of_it) - MOST),
            "turned": max(0, len(turned) - MOST),
            "answers": max(0, len(answers) - MOST),
        },
        "partners": [_partner(here, *each) for each in subject.partners[:PARTNERS]],
        "more_partners": max(0, len(subject.partners) - PARTNERS),
        "conflicts": [_conflict(here, each) for each in conflicts],
        "cited": _mentions(here, facts.citations(subject.known)),
        "timeline": pictures.timeline(here, _timed(here, subject, said)),
        "network": pictures.small_network(here, site.network, thing_key(iri)),
        "referring": [_referring(here, *each) for each in subject.referring.items()],
        "more_referring": subject.more,
        "triples": triples(here, iri, subject.known),
    }


def kinds(here: Place, known: Read) -> list[dict[str, str]]:
    """Give what a thing is: its classification, then its narrowest types that have a name."""
    types = facts.iris(known, "rdf:type")
    implied = set().union(*(here.site.wider.get(each, set()) for each in types))
    found = facts.iris(known, "org:classification", "dcterms:type")
    found += [each for each in types if each in here.site.labels and each not in implied]
    return [{"name": here.name(each), "link": here.link(each)} for each in dict.fromkeys(found)]


def _certainty(known: Read) -> str:
    found = facts.first(known, "inno:certainty")
    return found.rpartition("/")[2] if found else ""


def head(here: Place, subject: Subject, said: list[Fact]) -> list[dict[str, Any]]:
    """Give the first facts of a page: names in all languages, times, identifiers."""
    known = subject.known
    rows: list[dict[str, Any]] = []
    by_value = {(each.relation, str(each.other)): each for each in said}

    def lines(relation: str, value: Term) -> list[dict[str, Any]]:
        fact = by_value.get((relation, str(value)))
        return [cite(here, each) for each in fact.cited] if fact else []

    def literals(word: str, *curies: str) -> None:
        values: list[dict[str, Any]] = []
        for curie in curies:
            for value in known.get(expand(curie), []):
                if isinstance(value, ox.Literal) and value.value not in [each["text"] for each in values]:
                    found = lines(expand(curie), value)
                    values.append({"text": value.value, "lang": value.language or "", "cited": found})
        if values:
            rows.append({"word": here.word(word), "values": values})

    literals("called", "skos:prefLabel", "foaf:name", "dcterms:title")
    literals("also called", "skos:altLabel")
    times = [(each.whens, each) for each in said if each.relation == PERIOD]
    own = [([when], None) for when in facts.whens(here.site, known)] if not times else []
    values = [
        {
            "text": facts.interval(here, when),
            "link": here.link(when.iri),
            "cited": [cite(here, each) for each in fact.cited] if fact else [],
        }
        for whens, fact in [*times, *own]
        for when in whens
        if facts.interval(here, when)
    ]
    if values:
        rows.append({"word": here.word("when"), "values": values})
    rows += _identifiers(here, known, lines)
    return rows


def _identifiers(here: Place, known: Read, lines: Any) -> list[dict[str, Any]]:
    """Give identifiers with their schemes, linked where a page of the Web bears them."""
    pages = facts.iris(known, "rdfs:seeAlso", "owl:sameAs")
    values, used = [], set()
    for value in known.get(expand("org:identifier"), []):
        if not isinstance(value, ox.Literal):
            continue
        page = next((each for each in pages if each.endswith(value.value)), "")
        used.add(page)
        scheme = value.datatype.value
        named = here.name(scheme) if scheme in here.site.labels else ""
        values.append(
            {
                "text": value.value,
                "link": outside(page) or outside(value.value),
                "note": named,
                "cited": lines(expand("org:identifier"), value),
            }
        )
    rows = [{"word": here.word("identifiers"), "values": values}] if values else []
    rest = [each for each in pages if each not in used]
    if rest:
        values = [{"text": each, "link": here.link(each), "cited": []} for each in rest]
        rows.append({"word": here.word("elsewhere"), "values": values})
    return rows


def row(here: Place, fact: Fact, iri: str) -> dict[str, Any]:
    """Give a fact as a row of a table on the page of one of its ends."""
    outward = fact.subject == iri or iri in fact.through
    value: Term | None = fact.other if outward else ox.NamedNode(fact.subject)
    text = titles.value_of(here, fact) if outward else here.name(fact.subject)
    link = here.link(value.value) if isinstance(value, ox.NamedNode) else ""
    return {
        "fact": here.link(fact.iri),
        "relation": here.name(fact.post or fact.relation),
        "relation_link": here.link(fact.relation),
        "text": text,
        "lang": value.language or "" if isinstance(value, ox.Literal) else "",
        "link": link,
        "subject": here.name(fact.subject),
        "subject_link": here.link(fact.subject),
        "answer": titles.value_of(here, fact),
        "when": ", ".join(filter(None, (facts.interval(here, each) for each in fact.whens))),
        "wave": here.name(fact.wave) if fact.wave else "",
        "through": [
            {"name": here.name(each), "link": here.link(each)} for each in fact.through if each != iri
        ],
        "member": here.name(fact.subject) if iri in fact.through and fact.subject != iri else "",
        "implied": fact.certainty.endswith("/implied"),
        "reason": here.spoken(fact.reasons),
        "cited": [cite(here, each) for each in fact.cited],
    }


def cite(here: Place, cited: Cited) -> dict[str, Any]:
    """Give a citation: the document's key and lines, and the link to the place on its page."""
    key = cited.source.rpartition("/")[2]
    return {
        "text": f"{key}:{cited.lines}" if cited.lines else key,
        "link": here.link(cited.iri),
        "title": here.name(cited.source),
        "lines": cited.lines,
        "date": facts.first(facts.read(here.site, cited.source), "dcterms:date"),
        "source_link": here.link(cited.source),
    }


def _mentions(here: Place, found: Iterable[Cited]) -> list[dict[str, Any]]:
    """Give the documents that speak of a thing, each with its lines."""
    by_source: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        by_source.setdefault(each.source, []).append(cite(here, each))
    return [listed[0] | {"all": listed} for listed in by_source.values()]


def _event(here: Place, fact: Fact) -> dict[str, Any]:
    return {
        "text": here.name(fact.iri),
        "link": here.link(fact.iri),
        "relation": here.name(fact.relation),
        "when": ", ".join(filter(None, (facts.interval(here, each) for each in fact.whens))),
        "cited": [cite(here, each) for each in fact.cited],
    }


def _partner(here: Place, iri: str, shared: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": here.name(iri),
        "link": here.link(iri),
        "shared": [{"name": here.name(each), "link": here.link(each)} for each in shared],
    }


def _conflict(here: Place, conflict: dict[str, Any]) -> dict[str, Any]:
    sides = [
        {
            "value": here.text(side["value"]),
            "date": side["date"],
            "cited": short_citations(here, side["sources"]),
        }
        for side in conflict["sides"]
    ]
    return {"relation": here.text(conflict["relation"]), "sides": sides}


def short_citations(here: Place, text: str) -> list[dict[str, Any]]:
    """Read citations as `key:9-10; key:3`, and link them."""
    return [_citation(here, each) for each in text.split("; ") if each]


def _citation(here: Place, text: str) -> dict[str, Any]:
    """Read a citation as `key:9-10`."""
    key, _, lines = text.rpartition(":")
    start, _, end = lines.partition("-")
    source = f"{here.site.base}source/{key}"
    if not key or not start.isdecimal() or not (end or start).isdecimal():
        return {"text": text, "link": ""}
    return {"text": text, "link": here.link(f"{source}#line={int(start) - 1},{end or start}")}


def _timed(here: Place, subject: Subject, said: list[Fact]) -> Iterable[tuple[str, str, Any]]:
    """Give the facts of a thing for its timeline."""
    own = [when for each in said if each.relation == PERIOD for when in each.whens]
    own = own or list(facts.whens(here.site, subject.known))
    if own:
        yield here.name(subject.iri), "", own
    for fact in subject.facts:
        if fact.kind == "membership":
            other = fact.subject if fact.subject != subject.iri else titles.value_of(here, fact)
            name = here.name(other) if other == fact.subject else other
            yield f"{name}, {here.name(fact.post or fact.relation)}", here.link(fact.iri), fact.whens
        elif fact.kind == "event" and fact.iri != subject.iri:
            yield here.name(fact.iri), here.link(fact.iri), fact.whens
        elif fact.kind == "statement" and fact.relation != PERIOD and fact.whens:
            outward = fact.subject == subject.iri
            other = titles.value_of(here, fact) if outward else here.name(fact.subject)
            name = f"{here.name(fact.relation)} {other}" if outward else f"{other} {here.name(fact.relation)}"
            yield name, here.link(fact.iri), fact.whens


def _referring(here: Place, predicate: str, found: list[str]) -> dict[str, Any]:
    counted = Counter(found)
    return {
        "relation": here.name(predicate),
        "links": [{"name": here.name(each), "link": here.link(each)} for each in counted],
    }


def triples(here: Place, iri: str, known: Read) -> list[dict[str, Any]]:
    """Give every triple of a subject, with what was derived marked."""
    site = here.site
    derived = {
        quad.triple
        for quad in site.store.store.quads_for_pattern(
            ox.NamedNode(iri), None, None, ox.NamedNode(f"{site.base}graph/derived")
        )
    }
    node, rows = ox.NamedNode(iri), []
    for predicate, values in known.items():
        for value in values:
            iri_of = value.value if isinstance(value, ox.NamedNode) else ""
            rows.append(
                {
                    "property": short(predicate, site.prefixes),
                    "property_link": here.link(predicate),
                    "text": short(iri_of, site.prefixes) if iri_of else getattr(value, "value", str(value)),
                    "lang": value.language or "" if isinstance(value, ox.Literal) else "",
                    "link": here.link(iri_of) if iri_of else "",
                    "derived": ox.Triple(node, ox.NamedNode(predicate), value) in derived,
                }
            )
    return rows
