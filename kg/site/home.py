"""Home: what the data set is, its numbers, a search, a picture, and the way to all else; the network."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import ask
from kg.iris import KINDS, expand
from kg.site import cited, dated, pictures, sources, structured
from kg.site.questions import groups
from kg.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.pictures import Placed
    from kg.site.site import Place, Site

NAMED = (
    "organisation",
    "unit",
    "initiative",
    "person",
    "post",
    "place",
    "goal",
    "solution",
    "document",
    "event",
    "group",
    "source",
)
"""The kinds of thing that are searched for by name, and shown on the page."""
COUNTED = ("organisation", "initiative", "membership", "statement", "observation", "source")
"""The kinds whose numbers stand at the top."""
LARGEST_INDEX = 120_000
"""Bytes of the names that stand in the page itself; more come in a file of their own when asked for."""
NEWEST = 8
_NAMES = tuple(
    ox.NamedNode(expand(term))
    for term in ("skos:prefLabel", "foaf:name", "dcterms:title", "skos:altLabel", "skos:hiddenLabel")
)


def pages(site: Site) -> Iterator[Page]:
    """Give the first page in each language, its names where they are many, and the network."""
    counts = _counts(site)
    inline = {}
    for language in site.languages:
        text = index(site, language)
        inline[language] = text if is_short(text) else ""
        if not inline[language]:
            name = f"names.{language}.js"
            yield Page(name, f"window.siteNames = {text};\n".encode())
    drawn = pictures.placed(site.network)
    yield from site.pages("", "home.html", partial(_shown, site, counts, inline, drawn))
    yield Page("network/index.html", network_page(site))


def network_page(site: Site) -> bytes:
    """Give the page of the whole network, as `kg view` draws it."""
    from kg import picture

    dataset = {f"title_{language}": text for language, text in site.dataset["title"].items() if language}
    known = dataset | {key: site.dataset[key] for key in ("version", "date")}
    beside = picture.beside(site.store, site.base, site.network, whole=True)
    return picture.render(site.network, dataset=known, language=site.languages[0], **beside).encode()


def _counts(site: Site) -> dict[str, int]:
    found = dict.fromkeys(KINDS, 0)
    for iri in site.subjects:
        kind = site.kind(iri)
        if kind in found:
            found[kind] += 1
    return found


def is_short(names: str) -> bool:
    """Say whether the names that are searched stand in the page itself."""
    return len(names.encode()) <= LARGEST_INDEX


def index(site: Site, language: str) -> str:
    """Give the names that are searched: of each thing its name, kind, link and other names."""
    from kg.site.site import Place

    here = Place(site, "", language)
    others: dict[str, set[str]] = {}
    for term in _NAMES:
        for quad in site.store.store.quads_for_pattern(None, term, None, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                others.setdefault(quad.subject.value, set()).add(quad.object.value)
    found = []
    for iri in site.subjects:
        if site.kind(iri) in NAMED and iri in site.labels:
            name = here.name(iri)
            rest = sorted(others.get(iri, set()) - {name})
            found.append([name, here.word(f"kind {site.kind(iri)}"), here.link(iri), *rest])
    found.sort(key=lambda row: (row[0].casefold(), row[2]))
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).translate(structured.UNSAFE)


def _shown(
    site: Site, counts: dict[str, int], inline: dict[str, str], drawn: Placed | None, here: Place
) -> dict[str, Any]:
    from markupsafe import Markup

    title = here.text(site.dataset["title"])
    iri = site.dataset["iri"] or site.root
    return {
        "title": title,
        "lead": here.text(site.dataset["description"]),
        "numbers": [
            {
                "count": f"{counts[kind]:,}".replace(",", "\u202f"),
                "word": here.word(f"kinds {kind}"),
                "link": here.page(site.list_folder(kind)),
            }
            for kind in COUNTED
            if counts[kind]
        ],
        "kinds": [
            {
                "name": here.word(f"kinds {kind}"),
                "count": counts[kind],
                "link": here.page(site.list_folder(kind)),
            }
            # What people look for comes first, what the graph keeps its books with last.
            for kind in sorted(KINDS, key=lambda each: each not in NAMED)
            if counts[kind] and not (kind == "dataset" and not site.things)
        ],
        # The names are JSON in which nothing means anything to HTML.
        "names": Markup(inline[here.language]),  # noqa: S704
        "names_file": f"names.{here.language}.js",
        "picture": pictures.whole_network(here, drawn) if drawn else None,
        "newest": dated.newest(here, NEWEST),
        "sources": [
            {"name": here.name(each), "link": here.link(each), "key": each.rpartition("/")[2]}
            for each in sources.all_of(site)[:12]
        ],
        "groups": groups(here, ask.library()),
        "downloads": downloads(site),
        "cited_as": cited.citation(here, iri, title),
        "scripts": ["search.js"],
        "formats": [],
        "data": _data(here),
    }


def downloads(site: Site) -> list[dict[str, Any]]:
    """Give the files of the whole data set, as the description of the data set has them."""
    from kg.site import dataset

    return [{"path": path, "titles": titles, "type": kind} for path, titles, kind in dataset.listed(site)]


def _data(here: Place) -> Any:
    """Give what the home page says for search engines: a site, and the data set that it is of."""
    site = here.site
    found: dict[str, Any] = {"@id": site.dataset["iri"] or site.root, "@type": "Dataset", "url": site.root}
    for key, word in (("title", "name"), ("description", "description")):
        texts = [
            {"@value": text, "@language": language} if language else text
            for language, text in site.dataset[key].items()
        ]
        if texts:
            found[word] = texts
    for key, word in (("version", "version"), ("date", "datePublished")):
        if site.dataset[key]:
            found[word] = site.dataset[key]
    if site.dataset["licence"]:
        found["license"] = {"@id": site.dataset["licence"]}
    return structured.written({"@context": {"@vocab": "http://schema.org/"}, **found})
