"""Vocabulary: the ontology as pages: each term with its definition, its use, its place among the others.

Beside the pages lie its Turtle and JSON-LD, its other files, and context and frame of the JSON-LD exports.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import context, formats, partitions
from kg.iris import VOCABULARIES, expand
from kg.jsonld import jsonld
from kg.site import diagram
from kg.site.lexicon import Lexicon, anchor
from kg.site.links import own_name, short
from kg.site.site import Page
from kg.terms import PREFIXES, prefixes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.lexicon import Entry
    from kg.site.rulebook import Rule
    from kg.site.site import Place, Site

FORMATS = [("text/turtle", "innovation.ttl"), ("application/ld+json", "innovation.jsonld")]
"""What lies beside the ontology's pages."""
GROUPS = {"class": "classes", "object": "properties", "data": "properties", "datatype": "datatypes"}
"""The part of the page that terms of a kind stand in."""


def pages(site: Site) -> Iterator[Page]:
    """Give the ontology's files and pages, and those of its version."""
    lexicon = Lexicon(site, partitions.count(site.store))
    turtle = (lexicon.terms.folder / "innovation.ttl").read_bytes()
    linked = graph_of(turtle)
    names = {**site.prefixes, **PREFIXES}
    jsonld_ = jsonld(linked, names).encode()
    version = version_of(lexicon)
    for folder in ("ontology/", f"ontology/{version}/"):
        yield Page(f"{folder}innovation.ttl", turtle)
        yield Page(f"{folder}innovation.jsonld", jsonld_)
    for name in sorted(lexicon.terms.facts):
        if name != "innovation.ttl":
            yield Page(f"ontology/{name}", (lexicon.terms.folder / name).read_bytes())
    yield Page("ontology/context.jsonld", context.context().encode())
    yield Page("ontology/frame.jsonld", context.frame().encode())
    yield from site.pages("ontology/", "ontology.html", partial(shown, lexicon))
    yield from site.pages(f"ontology/{version}/", "version.html", partial(shown_version, lexicon))


def graph_of(turtle: bytes) -> list[ox.Triple]:
    """Read Turtle; blank nodes get the names that RDFC-1.0 gives them, the same each time."""
    quads = ox.Dataset(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in quads), key=str)


def version_of(lexicon: Lexicon) -> str:
    """Give the version of the ontology."""
    model = lexicon.terms
    return next(iter(model.main.texts(model.ontology, "owl:versionInfo").get("", [])), "0")


def shown(lexicon: Lexicon, here: Place) -> dict[str, Any]:
    """Give what the page of the ontology shows."""
    model = lexicon.terms
    texts = {key: model.main.texts(model.ontology, curie) for key, curie in _HEAD.items()}
    groups: dict[str, list[Any]] = {"classes": [], "properties": [], "datatypes": []}
    for entry in lexicon.own:
        groups[GROUPS.get(entry.kind, "properties")].append(told(lexicon, here, entry))
    foreign = [told(lexicon, here, entry) for entry in lexicon.foreign]
    return {
        "title": here.text(_firsts(texts["title"])),
        "lead": here.text(_firsts(texts["description"])),
        "formats": FORMATS,
        "iri": model.ontology,
        "version_iri": next(iter(model.main.iris(model.ontology, "owl:versionIRI")), ""),
        "version": version_of(lexicon),
        "said": {key: next(iter(found.get("", [])), "") for key, found in texts.items()},
        "licence": next(iter(model.main.iris(model.ontology, "dcterms:license")), ""),
        "namespace": model.namespace,
        "groups": groups,
        "foreign": _by_space(foreign),
        "ruled": [each for each in foreign if each["rules"]],
        "picture": diagram.draw(model, partial(name_of, lexicon, here), lambda iri: "#" + anchor(model, iri)),
        "spaces": sorted(prefixes_of(model.texts["innovation.ttl"]).items()),
        "files": [name for name in sorted(model.facts) if name != "innovation.ttl"],
        "changes": [
            {"version": each.version, "date": each.date, "term": each.term, "text": here.text(each.texts)}
            for each in lexicon.changes
        ],
    }


_HEAD = {
    "title": "dcterms:title",
    "description": "dcterms:description",
    "issued": "dcterms:issued",
    "cited": "dcterms:bibliographicCitation",
    "status": "schema:creativeWorkStatus",
    "prefix": "vann:preferredNamespacePrefix",
}


def shown_version(lexicon: Lexicon, here: Place) -> dict[str, Any]:
    """Give what the page of a version shows."""
    whole = shown(lexicon, here)
    kept = ("formats", "iri", "version_iri", "version", "said", "licence", "namespace")
    return {key: whole[key] for key in kept} | {
        "title": f"{whole['title']} {whole['version']}",
        "lead": whole["lead"],
        "crumbs": [(whole["title"], here.page("ontology/"))],
        "changes": [each for each in whole["changes"] if each["version"] == whole["version"]],
        "groups": whole["groups"],
    }


def _firsts(texts: dict[str, list[str]]) -> dict[str, str]:
    return {language: found[0] for language, found in texts.items() if found}


def name_of(lexicon: Lexicon, here: Place, iri: str) -> str:
    """Give what a term is called."""
    if iri == expand("rdfs:subClassOf"):
        return here.word("is a kind of")
    own = _firsts(lexicon.terms.main.texts(iri, "rdfs:label"))
    return here.text(own) if own else here.name(iri)


def linked(lexicon: Lexicon, here: Place, iri: str) -> dict[str, str]:
    """Give a term as a link: to its place on the page where it has one, else to its vocabulary."""
    back = iri.startswith("^")
    bare = iri.removeprefix("^")
    known = lexicon.terms.is_own(bare) or bare in {each.iri for each in lexicon.foreign}
    link = here.page("ontology/") + "#" + anchor(lexicon.terms, bare) if known else here.link(bare)
    return {
        "short": ("^" if back else "") + short(bare, {**VOCABULARIES, **PREFIXES, **here.site.prefixes}),
        "link": link,
        "name": name_of(lexicon, here, bare) if known else own_name(bare, here.language),
    }


def told(lexicon: Lexicon, here: Place, entry: Entry) -> dict[str, Any]:
    """Give a term as the page shows it."""

    def terms(several: list[str]) -> list[dict[str, str]]:
        return [linked(lexicon, here, each) for each in several]

    return {
        "id": anchor(lexicon.terms, entry.iri),
        "iri": entry.iri,
        "kind": here.word(f"term {entry.kind}"),
        "labels": {
            language: text for language, text in entry.labels.items() if language in here.site.languages
        },
        "name": here.text(entry.labels) if entry.labels else own_name(entry.iri, here.language),
        "short": short(entry.iri, {**VOCABULARIES, **PREFIXES}),
        "definitions": dict(sorted(entry.definitions.items(), key=lambda pair: pair[0] != here.language)),
        "note": here.text(entry.notes) if entry.notes else "",
        "examples": entry.examples,
        "domain": terms(entry.domain),
        "range": terms(entry.range),
        "above": terms(entry.above),
        "below": terms(entry.below),
        "apart": terms(entry.apart),
        "inverse": terms(entry.inverse),
        "aligned": [
            {"by": by, "word": here.word(f"aligned {by}"), **linked(lexicon, here, each)}
            for by, each in entry.aligned
        ],
        "use": entry.use,
        "things": [_example(here, *pair) for pair in entry.things],
        "rules": [_rule(lexicon, here, each) for each in entry.rules],
    }


def _example(here: Place, thing: str, value: str | ox.Literal) -> dict[str, str]:
    """Give a thing that uses a term, and the value that a property has there."""
    text, link = "", ""
    if isinstance(value, ox.Literal):
        text = value.value
    elif value:
        text, link = here.name(value), here.link(value)
    return {"name": here.name(thing), "link": here.link(thing), "value": text, "value_link": link}


def _rule(lexicon: Lexicon, here: Place, rule: Rule) -> dict[str, Any]:
    """Give what a shape asks, in words."""
    steps = [each for step in rule.path for each in step.split("|")]
    return {
        "path": [linked(lexicon, here, each) for each in steps],
        "several": any("|" in step for step in rule.path),
        "many": here.word(rule.many, least=rule.least, most=rule.most),
        "values": [linked(lexicon, here, each) for each in (*rule.classes, *filter(None, (rule.datatype,)))],
        "chosen": [
            {"name": here.name(each) if each.startswith("http") else each, "link": here.link(each)}
            for each in rule.chosen
        ],
        "node": here.word(rule.node) if rule.node else "",
        "pattern": rule.pattern,
        "message": rule.message,
    }


def _by_space(entries: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Put foreign terms under the prefix of their vocabulary."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        prefix = entry["short"].partition(":")[0]
        found.setdefault("" if prefix.startswith("http") else prefix, []).append(entry)
    return sorted(found.items())


def turtle_of(site: Site, triples: list[ox.Triple]) -> bytes:
    """Write triples as the Turtle beside a page."""
    return formats.dump(triples, "ttl", {**site.prefixes, **PREFIXES}).encode()
