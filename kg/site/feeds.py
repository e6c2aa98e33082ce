"""Feeds: what machines ask a site for: its map, its changes, its rules, its page of last resort, its mark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.site import lost
from kg.site.links import outside
from kg.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.embedded import Embedded
    from kg.site.site import Site

LARGEST_MAP = 25_000
"""Pages in one file of the map: each stands with its languages, and 50 MB is the most a file may have."""
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="innovation-kg">
<rect width="64" height="64" rx="14" fill="#1b5583"/>
<path d="M18 44 32 18l15 22M18 44l29-4" fill="none" stroke="#fbfaf7" stroke-width="3"/>
<circle cx="18" cy="44" r="7" fill="#e69f00"/>
<circle cx="32" cy="18" r="8" fill="#fbfaf7"/>
<circle cx="47" cy="40" r="6" fill="#009e73"/>
</svg>
"""


def pages(site: Site) -> Iterator[Page]:
    """Give the feeds; `site.written` has all other files by then."""
    yield Page("logo.svg", _LOGO.encode())
    yield Page("changes.atom", changes(site).encode())
    yield from lost.pages(site)
    maps = list(_maps(site))
    yield from maps
    yield Page("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n".encode())


def _maps(site: Site) -> Iterator[Page]:
    """Give the map of the site (https://www.sitemaps.org/protocol.html), in parts where it is long."""
    groups = list(_grouped(site))
    parts = [groups[at : at + LARGEST_MAP] for at in range(0, len(groups), LARGEST_MAP)] or [[]]
    if len(parts) == 1:
        yield Page("sitemap.xml", _map(site, parts[0]).encode())
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Page(name, _map(site, part).encode())
    listed = "".join(f"<sitemap><loc>{escape(site.url(name))}</loc></sitemap>\n" for name in names)
    yield Page("sitemap.xml", f'{_XML}<sitemapindex xmlns="{_MAP}">\n{listed}</sitemapindex>\n'.encode())


def _grouped(site: Site) -> Iterator[list[tuple[str, str]]]:
    """Give each page by its languages: language and path."""
    written = set(site.written)
    for path in sorted(written):
        if not path.endswith(".html") or path.rpartition("/")[2].startswith("404"):
            continue
        stem = path.removesuffix(".html")
        if any(stem.endswith(f".{language}") for language in site.languages[1:]):
            continue
        others = [(each, f"{stem}.{each}.html") for each in site.languages[1:]]
        yield [(site.languages[0], path), *(pair for pair in others if pair[1] in written)]


def _map(site: Site, groups: list[list[tuple[str, str]]]) -> str:
    date = f"<lastmod>{escape(site.dataset['date'])}</lastmod>" if site.dataset["date"] else ""
    lines = []
    for group in groups:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(site.url(path))}"/>'
            for language, path in group
            if len(group) > 1
        )
        lines += [f"<url><loc>{escape(site.url(path))}</loc>{date}{links}</url>\n" for _, path in group]
    return f'{_XML}<urlset xmlns="{_MAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(lines)}</urlset>\n'


def changes(site: Site) -> str:
    """Give the feed of changes (RFC 4287): an entry for the version, or one for each thing that changed."""
    dataset = site.dataset
    date = f"{dataset['date'] or '1970-01-01'}T00:00:00Z"
    title, home = _text(site, "title"), site.url("index.html")
    head = (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.languages[0]}">\n'
        f"<id>{_plain(site.url('changes.atom'))}</id>\n<title>{_plain(title)}</title>\n<updated>{date}</updated>\n"
        f"<author><name>{_plain(title)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{_plain(site.url("changes.atom"))}"/>\n'
        f'<link rel="alternate" type="text/html" href="{_plain(home)}"/>\n'
    )
    entries = "".join(_entry(each, date) for each in _entries(site))
    return f"{head}{entries}</feed>\n"


def _entries(site: Site) -> Iterator[dict[str, str]]:
    """Give what changed: id, title, link and text of each entry."""
    version = site.dataset["version"]
    if site.previous is not None:
        yield from _changed(site, site.previous)
        return
    yield {
        "id": f"{site.url('changes.atom')}#version-{version or '0'}",
        "title": f"{_text(site, 'title')} {version}".strip(),
        "link": site.url("index.html"),
        "text": _text(site, "description"),
    }


def _changed(site: Site, previous: Embedded) -> Iterator[dict[str, str]]:
    """Give an entry for each thing of which something else is said than in an older version."""
    from kg import changes
    from kg.diff import diff

    written = set(site.written)
    language, stamp = site.languages[0], site.dataset["version"] or site.dataset["date"] or "0"
    for group in changes.told(diff(previous, site.store), previous, site.store, language):
        path = site.path_of(group.iri)
        there = path.partition("#")[0] in written
        lines = [": ".join((each.action, each.text, *each.details)) for each in group.lines]
        yield {
            "id": f"{site.url('changes.atom')}#{stamp}/{_quoted(group.iri)}",
            "title": group.title,
            "link": site.url(path.partition("#")[0]) if there else site.url("index.html"),
            "text": "\n".join(lines),
        }


def _quoted(iri: str) -> str:
    return quote(iri, safe=":/")


def _entry(entry: dict[str, str], date: str) -> str:
    link = f'<link rel="alternate" href="{_plain(entry["link"])}"/>' if outside(entry["link"]) else ""
    return (
        f"<entry><id>{_plain(entry['id'])}</id><title>{_plain(entry['title'])}</title><updated>{date}</updated>"
        f"{link}<summary>{_plain(entry['text'])}</summary></entry>\n"
    )


def _text(site: Site, key: str) -> str:
    from kg.network import text_in

    found: dict[str, Any] = site.dataset[key]
    return text_in(found, site.languages[0])


def _plain(text: str) -> str:
    """Write a text for XML, without the characters that no XML may hold."""
    from kg.results import visible

    return escape(visible(text))
