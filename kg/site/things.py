"""Things: a page in each language, Turtle and JSON-LD for every IRI under the id base; lists by kind.

The Turtle and JSON-LD of a thing have exactly what the default graph says with it as subject; those of
a source also its passages, which are fragments of it; those of a named graph what that graph says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import formats
from kg.iris import KINDS
from kg.jsonld import jsonld
from kg.network import thing_key
from kg.site import edges, facts, portrait, sources, structured
from kg.site.cited import citation
from kg.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.site import Place, Site

FORMATS = [("text/turtle", "index.ttl"), ("application/ld+json", "index.jsonld")]
"""What lies beside each page."""
LARGEST_LIST = 5_000
"""Names on the page of a kind."""


def pages(site: Site) -> Iterator[Page]:
    """Give the pages of every thing, then the lists."""
    crowds = portrait.crowds(site)
    for iri in site.subjects:
        folder = site.folder_of(iri)
        triples = graph_of(site, iri)
        yield Page(f"{folder}index.ttl", formats.dump(triples, "ttl", site.prefixes).encode())
        yield Page(f"{folder}index.jsonld", jsonld(triples, site.prefixes).encode())
        yield from _html(site, iri, folder, len(triples), crowds)
    yield from _lists(site)


def graph_of(site: Site, iri: str) -> list[ox.Triple]:
    """Give the triples that the files beside a page have, in order."""
    if site.kind(iri) == "graph":
        found = site.store.store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
        named = sorted((quad.triple for quad in found), key=str)
        return named or site.triples(iri)
    triples = site.triples(iri)
    if site.kind(iri) == "source":
        triples += [triple for passage in sources.passages(site, iri) for triple in site.triples(passage.iri)]
    return triples


def _html(site: Site, iri: str, folder: str, count: int, crowds: dict[str, set[str]]) -> Iterator[Page]:
    """Give the page of a thing in each language."""
    kind = site.kind(iri)
    if kind == "source":
        yield from sources.page(site, iri, folder)
        return
    said = facts.read(site, iri)
    edge = edges.fact_of(site, iri)
    if edge:
        yield from _page(site, iri, folder, "edge.html", lambda here: edges.shown(here, iri, said, edge))
    elif kind in ("interval", "instant"):
        yield from _page(site, iri, folder, "small.html", lambda here: edges.shown_time(here, iri, said))
    elif kind == "graph":
        yield from _page(
            site, iri, folder, "small.html", lambda here: edges.shown_graph(here, iri, said, count)
        )
    elif not said:
        yield from _page(site, iri, folder, "small.html", lambda here: edges.shown_rest(here, iri, said))
    else:
        subject = portrait.read(site, iri, crowds)
        differing = site.conflicts.get(thing_key(iri), [])
        yield from _page(
            site, iri, folder, "thing.html", lambda here: portrait.shown(here, subject, differing)
        )


def _page(site: Site, iri: str, folder: str, template: str, make: Any) -> Iterator[Page]:
    def whole(here: Place) -> dict[str, Any]:
        shown: dict[str, Any] = make(here)
        return shown | around(here, iri, shown["title"])

    yield from site.pages(folder, template, whole)


def around(here: Place, iri: str, title: str) -> dict[str, Any]:
    """Give what stands around every thing's page: the way to it, its data, how to cite it."""
    kind = here.site.kind(iri)
    listed = [(here.word(f"kinds {kind}"), here.page(here.site.list_folder(kind)))] if kind in KINDS else []
    return {
        "title_lang": here.spoken(here.site.labels[iri])["lang"] if iri in here.site.labels else "",
        "crumbs": listed,
        "formats": FORMATS,
        "data": structured.thing(here, iri),
        "cited_as": citation(here, iri, title),
    }


def _lists(site: Site) -> Iterator[Page]:
    """Give a list of all things of each kind, by name."""
    by_kind: dict[str, list[str]] = {}
    for iri in site.subjects:
        by_kind.setdefault(site.kind(iri), []).append(iri)
    for kind in KINDS:
        if kind in by_kind and kind != "source" and not (kind == "dataset" and not site.things):
            yield from _list(site, kind, by_kind[kind])


def _list(site: Site, kind: str, found: list[str]) -> Iterator[Page]:
    def make(here: Place) -> dict[str, Any]:
        named = sorted(((here.name(iri), iri) for iri in found[:LARGEST_LIST]), key=_alphabet)
        return {
            "title": here.word(f"kinds {kind}"),
            "crumbs": [],
            "count": len(found),
            "more": max(0, len(found) - LARGEST_LIST),
            "listed": [{"name": name, "link": here.link(iri)} for name, iri in named],
        }

    yield from site.pages(site.list_folder(kind), "list.html", make)


def _alphabet(pair: tuple[str, str]) -> tuple[str, str]:
    """Sort as Swedish does, near enough: å, ä and ö after z, other accents as without them."""
    from kg.names import fold

    name = pair[0].casefold()
    for letter, place in (("å", "{a"), ("ä", "{b"), ("ö", "{c")):
        name = name.replace(letter, place)
    return fold(name), pair[1]
