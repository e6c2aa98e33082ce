"""Concepts: a page, Turtle and JSON-LD for each concept and each scheme, and a list of the schemes.

A concept's page shows what SKOS says of it, in both languages, and who uses it in the data.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, TypeGuard

import pyoxigraph as ox

from kg.iris import CONCEPTS, expand
from kg.jsonld import jsonld
from kg.site import facts
from kg.site.links import own_name, short
from kg.site.site import Page
from kg.site.vocabulary import turtle_of
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.site.site import Place, Site

FORMATS = [("text/turtle", "index.ttl"), ("application/ld+json", "index.jsonld")]
"""What lies beside each page."""
RELATIONS = (
    "skos:broader",
    "skos:narrower",
    "skos:related",
    "skos:closeMatch",
    "skos:exactMatch",
    "rdfs:seeAlso",
)
"""The relations of a concept to others, in the order in which they are shown."""
NAMES = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:notation")
"""What a concept is called."""
MOST = 60
"""Things that use a concept, on its page."""

_DEFAULT = ox.DefaultGraph()


def pages(site: Site) -> Iterator[Page]:
    """Give the list of schemes, then each scheme and concept."""
    named = all_of(site)
    schemes = [iri for iri in named if expand("skos:ConceptScheme") in _types(site, iri)]
    document = [triple for iri in (CONCEPTS, *schemes) for triple in site.triples(iri)]
    yield from _files(site, "concept/", document)
    yield from site.pages("concept/", "concepts.html", partial(_all, schemes))
    for iri in named:
        folder = site.folder_of(iri)
        yield from _files(site, folder, triples_of(site, iri))
        yield from site.pages(folder, "concept.html", partial(shown, iri))


def all_of(site: Site) -> list[str]:
    """Give every IRI in the concepts' namespace that the default graph says something of."""
    found = {
        quad.subject.value
        for quad in site.store.store.quads_for_pattern(None, None, None, _DEFAULT)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(CONCEPTS)
    }
    return sorted(found - {CONCEPTS})


def triples_of(site: Site, iri: str) -> list[ox.Triple]:
    """Give what the graph says of a concept, and, of a scheme, which concepts are in it."""
    listed = [t for t in site.referring(iri) if t.predicate.value == expand("skos:inScheme")]
    return [*site.triples(iri), *listed]


def _files(site: Site, folder: str, triples: list[ox.Triple]) -> Iterator[Page]:
    names = {**site.prefixes, **PREFIXES}
    yield Page(f"{folder}index.ttl", turtle_of(site, triples))
    yield Page(f"{folder}index.jsonld", jsonld(triples, names).encode())


def _types(site: Site, iri: str) -> list[str]:
    return facts.iris(facts.read(site, iri), "rdf:type")


def _all(schemes: list[str], here: Place) -> dict[str, Any]:
    """Give what the list of schemes shows."""
    return {
        "title": here.word("concepts"),
        "lead": here.word("concepts say"),
        "formats": FORMATS,
        "crumbs": [(here.word("ontology"), here.page("ontology/"))],
        "schemes": sorted((_scheme(here, iri) for iri in schemes), key=lambda each: str(each["name"])),
    }


def _scheme(here: Place, iri: str) -> dict[str, Any]:
    known = facts.read(here.site, iri)
    members = [t for t in here.site.referring(iri) if t.predicate.value == expand("skos:inScheme")]
    return {
        "name": here.name(iri),
        "link": here.link(iri),
        "text": here.text(facts.texts(known, "dcterms:description")),
        "count": len(members),
    }


def shown(iri: str, here: Place) -> dict[str, Any]:
    """Give what the page of a concept or scheme shows."""
    site, known = here.site, facts.read(here.site, iri)
    scheme = next(iter(facts.iris(known, "skos:inScheme")), "")
    crumbs = [(here.word("ontology"), here.page("ontology/")), (here.word("concepts"), here.page("concept/"))]
    if scheme:
        crumbs.append((here.name(scheme), here.link(scheme)))
    uses = used_by(site, iri)
    return {
        "title": here.name(iri),
        "crumbs": crumbs,
        "formats": FORMATS,
        "iri": iri,
        "kind": [_named(here, each) for each in facts.iris(known, "rdf:type")],
        "names": [
            (here.word(f"of {curie}"), _texts(known, curie)) for curie in NAMES if _texts(known, curie)
        ],
        "definitions": sorted(
            _texts(known, "skos:definition") or _texts(known, "dcterms:description"),
            key=lambda pair: pair[0] != here.language,
        ),
        "relations": [
            (here.word(f"of {curie}"), [_named(here, each) for each in found])
            for curie in RELATIONS
            if (found := related(here, iri, known, curie))
        ],
        "others": _others(here, known),
        "tree": tree(here, iri) if expand("skos:ConceptScheme") in facts.iris(known, "rdf:type") else [],
        "uses": [
            (_named(here, by), count, [_named(here, each) for each in uses[by][:MOST]])
            for by, count in sorted(Counter({by: len(found) for by, found in uses.items()}).items())
        ],
        "used": sum(map(len, uses.values())),
        "most": MOST,
    }


def related(here: Place, iri: str, known: facts.Read, curie: str) -> list[str]:
    """Give related concepts, also where only the other one says so."""
    found = set(facts.iris(known, curie))
    turned = {
        "skos:narrower": "skos:broader",
        "skos:broader": "skos:narrower",
        "skos:related": "skos:related",
    }
    if curie in turned:
        back = here.site.referring(iri)
        found |= {
            t.subject.value for t in back if t.predicate.value == expand(turned[curie]) and _iri(t.subject)
        }
    return sorted(found)


def _iri(node: object) -> TypeGuard[ox.NamedNode]:
    return isinstance(node, ox.NamedNode)


def _texts(known: facts.Read, curie: str) -> list[tuple[str, str]]:
    """Give all texts of a property, each with its language, in their order."""
    values = [value for value in known.get(expand(curie), []) if isinstance(value, ox.Literal)]
    return sorted((value.language or "", value.value) for value in values)


def _named(here: Place, iri: str) -> dict[str, str]:
    known = iri in here.site.labels or bool(here.site.folder_of(iri))
    link = here.link(iri)
    return {
        "name": here.name(iri) if known else own_name(iri, here.language),
        "link": link,
        "short": short(iri, here.site.prefixes),
    }


def _others(here: Place, known: facts.Read) -> list[tuple[dict[str, str], list[dict[str, str]]]]:
    """Give what else is said: values by property."""
    told = {
        *NAMES,
        *RELATIONS,
        "skos:definition",
        "dcterms:description",
        "rdf:type",
        "rdfs:label",
        "rdfs:isDefinedBy",
    }
    told |= {"skos:hasTopConcept", "skos:topConceptOf", "skos:inScheme", "dcterms:title", "qb:component"}
    left = [by for by in known if by not in {expand(curie) for curie in told}]
    return [
        (
            _named(here, by),
            [
                _named(here, v.value)
                if _iri(v)
                else {"name": str(getattr(v, "value", v)), "link": "", "short": ""}
                for v in _spoken(here, known[by])
            ],
        )
        for by in sorted(left)
    ]


def _spoken(here: Place, values: Sequence[Any]) -> list[Any]:
    """Give values without the texts of other languages, where there is one in the page's."""
    languages = {getattr(value, "language", None) for value in values}
    left = {None, here.language} if here.language in languages else languages
    return [value for value in values if getattr(value, "language", None) in left]


def tree(here: Place, scheme: str) -> list[dict[str, Any]]:
    """Give the concepts of a scheme as a tree, each under its broader one, by name."""
    members = {
        t.subject.value
        for t in here.site.referring(scheme)
        if t.predicate.value == expand("skos:inScheme") and isinstance(t.subject, ox.NamedNode)
    }
    above = {each: facts.iris(facts.read(here.site, each), "skos:broader") for each in members}

    def under(parent: str, seen: frozenset[str]) -> list[dict[str, Any]]:
        found = [
            each
            for each in members - seen
            if (parent in above[each] if parent else not set(above[each]) & members)
        ]
        made = [{**_named(here, each), "below": under(each, seen | {each})} for each in found]
        return sorted(made, key=lambda each: str(each["name"]))

    return under("", frozenset())


def used_by(site: Site, iri: str) -> dict[str, list[str]]:
    """Give the things under the id base that refer to a concept, by property, in order."""
    found: dict[str, list[str]] = {}
    for triple in site.referring(iri):
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(site.base):
            found.setdefault(triple.predicate.value, []).append(triple.subject.value)
    return found
