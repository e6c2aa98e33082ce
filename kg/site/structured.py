"""Structured data: what a page says in schema.org's words, embedded for search engines.

Only what the graph says: a name, another name, an identifier, a tie. What schema.org has no class for
is a schema:Thing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.iris import expand
from kg.site import facts, titles

if TYPE_CHECKING:
    from kg.site.facts import Fact
    from kg.site.site import Place

TYPES = {
    "organisation": "Organization",
    "unit": "Organization",
    "initiative": "Project",
    "person": "Person",
    "place": "Place",
    "event": "Event",
    "document": "CreativeWork",
    "source": "CreativeWork",
    "dataset": "Dataset",
    "membership": "OrganizationRole",
    "statement": "Statement",
    "observation": "Observation",
}
"""The class of schema.org that each kind of thing is one of."""
MOST = 100
"""Ties that are embedded; search engines read no more."""
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""The signs that mean something to HTML or to an older JavaScript, as JSON also writes them."""


def written(value: Any) -> Any:
    """Write JSON-LD so that no sign in it means anything to HTML; templates need not escape it."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
    return Markup(text)  # noqa: S704 - no sign that HTML reads is left


def thing(here: Place, iri: str) -> Any:
    """Give what a page says of its thing, and the way to the page."""
    site, known = here.site, facts.read(here.site, iri)
    kind = site.kind(iri)
    found: dict[str, Any] = {"@id": iri, "@type": TYPES.get(kind, "Thing"), "url": site.url(here.path)}
    fact = facts.of(site, iri) if kind in ("membership", "statement", "observation") else None
    if fact:
        found |= _edge(here, fact)
    else:
        found |= _names(known)
        found |= _links(kind, known)
    return written({"@context": {"@vocab": "http://schema.org/"}, "@graph": [found, _way(here, iri)]})


def _names(known: facts.Read) -> dict[str, Any]:
    """Give names and identifiers."""
    found: dict[str, Any] = {}
    names = [
        name
        for curie in ("skos:prefLabel", "foaf:name", "dcterms:title")
        for name in known.get(expand(curie), [])
    ]
    labels = names or known.get(expand("rdfs:label"), [])
    for key, values in (("name", labels), ("alternateName", known.get(expand("skos:altLabel"), []))):
        texts = [_literal(value) for value in dict.fromkeys(values) if isinstance(value, ox.Literal)]
        if texts:
            found[key] = texts
    identifiers = [v.value for v in known.get(expand("org:identifier"), []) if isinstance(v, ox.Literal)]
    if identifiers:
        found["identifier"] = identifiers
    same = list(facts.iris(known, "owl:sameAs"))
    if same:
        found["sameAs"] = [{"@id": each} for each in same]
    return found


def _literal(value: ox.Literal) -> Any:
    return {"@value": value.value, "@language": value.language} if value.language else value.value


def _links(kind: str, known: facts.Read) -> dict[str, Any]:
    """Give ties for which schema.org has a word of the same meaning."""
    words = {
        "organisation": {"org:memberOf": "memberOf", "schema:location": "location"},
        "unit": {
            "org:unitOf": "parentOrganization",
            "org:memberOf": "memberOf",
            "schema:location": "location",
        },
        "person": {"org:memberOf": "memberOf"},
        "place": {"schema:containedInPlace": "containedInPlace"},
        "source": {"dcterms:publisher": "publisher", "dcterms:license": "license"},
        "document": {"dcterms:creator": "creator"},
    }
    found: dict[str, Any] = {}
    for curie, word in words.get(kind, {}).items():
        values = facts.iris(known, curie)[:MOST]
        if values:
            found[word] = [{"@id": value} for value in values]
    return found


def _edge(here: Place, fact: Fact) -> dict[str, Any]:
    """Give an edge: a role with its ends and dates, or a statement with its text."""
    based = [{"@id": each.iri} for each in fact.cited]
    text = titles.of_fact(here, fact)
    found: dict[str, Any] = {"name": {"@value": text, "@language": here.language}}
    if fact.kind == "membership" and isinstance(fact.other, ox.NamedNode):
        found |= {
            "roleName": {"@value": here.name(fact.relation), "@language": here.language},
            "member": {"@id": fact.subject},
            "memberOf": {"@id": fact.other.value},
        }
        for key, moment in (
            ("startDate", [w.start for w in fact.whens]),
            ("endDate", [w.end for w in fact.whens]),
        ):
            known = [each for each in moment if each]
            if known:
                found[key] = known[0]
    elif fact.kind == "observation":
        found["observationAbout"] = {"@id": fact.subject}
    else:
        found["about"] = {"@id": fact.subject}
    if based:
        found["citation" if fact.kind == "statement" else "subjectOf"] = based
    return found


def _way(here: Place, iri: str) -> dict[str, Any]:
    """Give the breadcrumbs."""
    site, kind = here.site, here.site.kind(iri)
    steps = [(here.word("home"), site.url(site.index(here.language)))]
    if f"kinds {kind}" in here.words:
        folder = site.list_folder(kind)
        steps.append((here.word(f"kinds {kind}"), site.url(folder + site.index(here.language))))
    steps.append((here.name(iri), site.url(here.path)))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": {"@id": address}}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
