"""Sources: what each document says, line by line: the facts and their lines, never the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.iris import expand
from kg.site import facts, portrait, structured, titles
from kg.site.cited import citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.facts import Cited
    from kg.site.site import Page, Place, Site

_PART = expand("dcterms:isPartOf")
_SAYING = (expand("prov:wasDerivedFrom"), expand("dcterms:isReferencedBy"))
STRIP = 600
"""Pixels of the strip that shows which lines are cited."""


@dataclass(frozen=True)
class Coverage:
    """How much of a document is cited.

    Attributes:
        lines: all its lines; 0 where it is not told.
        cited: the numbers of the lines that a fact cites.
        passages: the passages, in their order, each with the subjects that it supports.
    """

    lines: int
    cited: frozenset[int]
    passages: tuple[tuple[Cited, tuple[str, ...]], ...]


def pages(site: Site) -> Iterator[Page]:
    """Give the page of all sources; each source's own is among the things."""
    yield from site.pages("sources/", "sources.html", partial(_listed, site))


def all_of(site: Site) -> list[str]:
    """Give the IRIs of the sources."""
    found = site.store.store.quads_for_pattern(
        None, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("inno:SourceDocument")), ox.DefaultGraph()
    )
    return sorted({quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)})


def passages(site: Site, iri: str) -> list[Cited]:
    """Give the passages of a source, in the order of their lines."""
    found = {
        triple.subject.value
        for triple in site.referring(iri)
        if triple.predicate.value == _PART and isinstance(triple.subject, ox.NamedNode)
    }
    own = (facts.cited(each) for each in found if each.startswith(f"{iri}#"))
    return sorted(own, key=lambda each: (each.first, each.last, each.iri))


def coverage(site: Site, iri: str) -> Coverage:
    """Read which lines of a source are cited, and for what."""
    listed = []
    for passage in passages(site, iri):
        supported = {
            triple.subject.value
            for triple in site.referring(passage.iri)
            if triple.predicate.value in _SAYING and isinstance(triple.subject, ox.NamedNode)
        }
        listed.append((passage, tuple(sorted(supported))))
    known = facts.read(site, iri)
    whole = [facts.cited(each) for each in facts.iris(known, "dcterms:hasPart")]
    lines = max((each.last for each in whole), default=0)
    cited = {
        line
        for each, supported in listed
        if supported
        for line in range(each.first, min(each.last, 10**6) + 1)
    }
    return Coverage(lines, frozenset(cited - {0}), tuple(listed))


def page(site: Site, iri: str, folder: str) -> Iterator[Page]:
    """Give the page of a source in each language."""
    found = coverage(site, iri)
    yield from site.pages(folder, "source.html", lambda here: _shown(here, iri, found))


def _listed(site: Site, here: Place) -> dict[str, Any]:
    found = []
    for iri in all_of(site):
        known, covered = facts.read(site, iri), coverage(site, iri)
        found.append(
            _about(here, iri, known, covered)
            | {"facts": len({each for _, supported in covered.passages for each in supported})}
        )
    return {"title": here.word("sources"), "crumbs": [], "listed": found, "lead": here.word("sources say")}


def _about(here: Place, iri: str, known: facts.Read, covered: Coverage) -> dict[str, Any]:
    publishers = facts.iris(known, "dcterms:publisher")
    return {
        "name": here.name(iri),
        "key": iri.rpartition("/")[2],
        "link": here.link(iri),
        "language": facts.first(known, "dcterms:language"),
        "date": facts.first(known, "dcterms:date"),
        "licence": facts.first(known, "dcterms:license"),
        "digest": facts.first(known, "schema:sha256"),
        "publishers": [{"name": here.name(each), "link": here.link(each)} for each in publishers],
        "lines": covered.lines,
        "cited": len(covered.cited),
        "per_cent": round(100 * len(covered.cited) / covered.lines) if covered.lines else None,
        "strip": _strip(covered),
    }


def _strip(covered: Coverage) -> list[dict[str, Any]]:
    """Give runs of lines that are cited or not, as bars."""
    runs: list[dict[str, Any]] = []
    if not 0 < covered.lines <= 5_000:  # noqa: PLR2004 - a bar a pixel wide or less shows nothing
        return runs
    step = STRIP / covered.lines
    for line in range(1, covered.lines + 1):
        on = line in covered.cited
        if runs and runs[-1]["on"] == on:
            runs[-1]["width"] += step
        else:
            runs.append({"on": on, "x": (line - 1) * step, "width": step})
    return [{"on": r["on"], "x": round(r["x"], 2), "width": round(r["width"], 2)} for r in runs]


def _shown(here: Place, iri: str, covered: Coverage) -> dict[str, Any]:
    site, known = here.site, facts.read(here.site, iri)
    title = here.name(iri)
    return {
        "title": title,
        "iri": iri,
        "kind": "source",
        "kinds": portrait.kinds(here, known),
        "about": _about(here, iri, known, covered),
        "passages": [_passage(here, covered, *each) for each in covered.passages],
        "triples": portrait.triples(here, iri, known),
        "graph": here.link(f"{site.base}graph/{iri.rpartition('/')[2]}"),
        "crumbs": [(here.word("sources"), here.page("sources/"))],
        "formats": [("text/turtle", "index.ttl"), ("application/ld+json", "index.jsonld")],
        "data": structured.thing(here, iri),
        "cited_as": citation(here, iri, title),
    }


def _passage(here: Place, covered: Coverage, cited: Cited, supported: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": cited.iri.partition("#")[2],
        "lines": cited.lines,
        "many": cited.first != cited.last,
        "whole": cited.first == 1 and cited.last == covered.lines,
        "facts": [_fact(here, each) for each in supported],
    }


def _fact(here: Place, iri: str) -> dict[str, Any]:
    fact = (
        facts.of(here.site, iri)
        if here.site.kind(iri) in ("membership", "statement", "observation")
        else None
    )
    kind = here.site.kind(iri)
    return {
        "text": titles.of_fact(here, fact) if fact else here.name(iri),
        "link": here.link(iri),
        "kind": here.word(f"kind {kind}") if f"kind {kind}" in here.words else "",
        "implied": bool(fact and fact.certainty.endswith("/implied")),
    }
