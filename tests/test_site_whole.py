"""The whole site: what a reader meets on a page of every kind, wherever the folder lies."""

from __future__ import annotations

import os
import re
import threading
from contextlib import contextmanager
from functools import cache, partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from conftest import ROOT, STOCKHOLM
from published import target

from kg import ask
from kg.config import settings
from kg.publish import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

KINDS = {
    "home": "index.html",
    "organisation": "id/organisation/kth/index.html",
    "organisation with conflicts": "id/organisation/city-of-stockholm/index.sv.html",
    "unit": "id/unit/",
    "initiative": "id/initiative/digital-demo-stockholm/index.sv.html",
    "person": "id/person/",
    "post": "id/post/",
    "goal": "id/goal/",
    "document": "id/document/",
    "event": "id/event/",
    "place": "id/place/",
    "solution": "id/solution/",
    "group": "id/group/",
    "membership": "id/membership/abb-partner-digital-demo-stockholm/index.html",
    "statement": "id/statement/",
    "observation": "id/observation/",
    "interval": "id/interval/city-of-stockholm-initiator-idea-hub/index.html",
    "instant": "id/instant/",
    "graph": "id/graph/article-2015/index.sv.html",
    "cube": "id/dataset/",
    "source": "id/source/city-innovation-sv/index.html",
    "list": "id/organisation/index.sv.html",
    "concept": "concept/role/partner/index.html",
    "scheme": "concept/role/index.sv.html",
    "concepts": "concept/index.html",
    "ontology": "ontology/index.html",
    "version": "ontology/0.1.0/index.html",
    "question with a chart": "question/role-counts/index.html",
    "question with a network": "question/organisation-partners/index.sv.html",
    "questions": "question/index.html",
    "sources": "sources/index.sv.html",
    "data set": "dataset/index.sv.html",
    "catalogue": "catalog/index.html",
    "SPARQL": "sparql/index.sv.html",
    "network": "network/index.html",
    "nowhere": "404.html",
}
"""A page of each kind, in one language or the other; a folder stands for its first thing's page."""
OWN_TESTS = ("network", "SPARQL")
"""Kinds that axe looks at, in each of their states, in tests of their own."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_LOOKS = ["color-contrast", "target-size", "link-in-text-block"]
"""The rules whose outcome can differ between light and dark, wide and narrow."""
ILLEGIBLE = """() => {
  const box = (one) => one.getBoundingClientRect();
  const within = (a, b) => a.left < b.right - 1 && a.top < b.bottom - 3;
  const meet = (a, b) => within(a, b) && within(b, a);
  const wrong = [];
  for (const picture of document.querySelectorAll('svg.picture')) {
    const frame = box(picture);
    const texts = [...picture.querySelectorAll('text')].map((one) => [one.textContent, box(one)]);
    for (const [text, at] of frame.width ? texts : []) {
      if (at.height < 9) wrong.push(`small: ${text}`);
      if (at.left < frame.left - 1 || at.right > frame.right + 1) wrong.push(`cut: ${text}`);
      if (picture.classList.contains('whole') && texts.some((other) => other[1] !== at && meet(at, other[1])))
        wrong.push(`under another: ${text}`);
    }
  }
  for (const table of document.querySelectorAll('table'))
    if (!table.closest('[aria-label]') && !table.hasAttribute('aria-labelledby')) wrong.push('no name');
  for (const wide of document.querySelectorAll('.wide'))
    if (wide.scrollWidth > wide.clientWidth + 1 && wide.tabIndex < 0) wrong.push('keys do not scroll');
  return wrong;
}"""
"""What of a page cannot be read: of its pictures as they are drawn, and of its tables."""
LIGHT, PAINTED = 300_000, 1500
"""Bytes that home may take before the network is opened; milliseconds until it is painted."""
NOT_TEXT = "invalid-codepoint"
"""What html5lib says of U+0085, which stands in the strings of vis-network's own script."""


class Quiet(SimpleHTTPRequestHandler):
    """A plain server of files that does not write of each request."""

    def log_message(self, *_args: Any) -> None:
        """Write nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, and give its address, which ends in a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@cache
def axe() -> str:
    """Give axe-core, which is put into a page from outside: its policy admits no other script."""
    return (ROOT / "tests" / "vendor" / "axe.min.js").read_text("utf-8")


def path_of(kind: str, site: Path) -> str:
    """Give the path of the page of a kind."""
    path = KINDS[kind]
    if path.endswith(".html"):
        return path
    return min(file.relative_to(site).as_posix() for file in (site / path).glob("*/index.html"))


@pytest.fixture(scope="module")
def roots(stockholm_site: Path) -> Iterator[tuple[str, ...]]:
    """Give where the site lies: below a path of a server, at its root, and on a disk."""
    with serving(stockholm_site.parent) as above, serving(stockholm_site) as own:
        yield f"{above}site/", own, f"{stockholm_site.as_uri()}/"


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """Give the context of pages that need none of their own, since a new one for each takes long."""
    context = browser.new_context(reduced_motion="reduce", viewport=WIDE)  # type: ignore[arg-type]  # a size
    yield context
    context.close()


@pytest.fixture
def visit(browser: Browser, plain: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Open a page, and hold that it asked nobody else, lacked nothing and complained of nothing."""
    wrong: list[str] = []
    opened: list[Page | BrowserContext] = []

    def visit(root: str, path: str, **options: Any) -> Page:
        context = plain
        if options:
            context = browser.new_context(**{"reduced_motion": "reduce", "viewport": WIDE, **options})
            opened.append(context)
        page = context.new_page()
        opened.insert(0, page)
        page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}"))
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        # What the browser itself gave up, as the logo of a page that is left, does not lack.
        page.on(
            "requestfailed",
            lambda failed: (
                None
                if failed.failure == "net::ERR_ABORTED"
                else wrong.append(f"{page.url}: lacks {failed.url}")
            ),
        )
        page.on("request", lambda asked: wrong.extend(outward(asked.url, root)))
        page.goto(root + path)
        return page

    yield visit
    for each in opened:
        each.close()
    assert wrong == []


def outward(address: str, root: str) -> list[str]:
    """Give an address where it leads out of the site; a blob is made by the page itself."""
    return [] if address.startswith((root, "data:", "blob:")) else [f"asks {address}"]


def test_every_kind_of_thing_is_looked_at(stockholm_site: Path) -> None:
    """A kind of thing that the site gains later must be added here."""
    found = {folder.name for folder in (stockholm_site / "id").iterdir() if folder.is_dir()}
    assert found == {path.split("/")[1] for path in KINDS.values() if path.startswith("id/")}


def test_pages_are_html_without_a_fault(stockholm_site: Path) -> None:
    """The parser of the HTML standard finds no error: all pages but things', and of these each tenth."""
    files = sorted(stockholm_site.rglob("*.html"))
    things = [file for file in files if file.is_relative_to(stockholm_site / "id")]
    sampled = sorted({*files} - {*things} | {*things[::10]})
    wrong = []
    for file in sampled:
        parser = html5lib.HTMLParser()
        parser.parse(file.read_text("utf-8"))
        path = file.relative_to(stockholm_site).as_posix()
        known = NOT_TEXT if path == "network/index.html" else ""
        wrong += [(path, *error) for error in parser.errors if error[1] != known]
    assert wrong == []
    assert len(sampled) > 400


def test_a_fault_of_html_is_found() -> None:
    """What holds the pages to the standard does find a fault."""
    parser = html5lib.HTMLParser()
    parser.parse("<!doctype html><title>x</title><p><table><tr><td></p></table></b>")
    assert parser.errors


def test_links_to_the_network_and_to_sparql_lead_somewhere(stockholm_site: Path) -> None:
    """Both have a make of their own: their files are there, and a link's question is one of the library."""
    known = ask.library()
    files = {file.relative_to(stockholm_site).as_posix(): file for file in stockholm_site.rglob("*.html")}
    links = [
        (path, found)
        for path, file in files.items()
        for link in re.findall('href="([^"]*(?:network|sparql)/[^"]*)"', file.read_text("utf-8"))
        if (found := target(path, unescape(link))) and found[0].startswith(("network/", "sparql/"))
    ]
    assert links
    for path, (file, fragment) in links:
        assert (stockholm_site / file).is_file(), (path, file)
        name = re.match(r"question=([^&]*)", fragment)
        assert name is None or name[1] in known, (path, fragment)


def test_every_iri_of_the_triples_that_is_ours_has_its_files(stockholm_site: Path) -> None:
    """Things, concepts, the ontology, its terms and version, the catalogue: each has a page and Turtle."""
    site = site_of(settings(os.environ, data=STOCKHOLM))
    triples = (stockholm_site / "data" / "stockholm.nt").read_text("utf-8")
    ours = sorted(set(re.findall(rf"<({re.escape(site.root)}[^>]*)>", triples)))
    assert len(ours) > 1000
    lacking = []
    for iri in ours:
        place = stockholm_site / (site.folder_of(iri) or iri.removeprefix(site.root).partition("#")[0])
        whole = (place / "index.html").is_file() and any(place.glob("*.ttl"))
        if not (place.is_file() or whole):
            lacking.append(iri)
    assert lacking == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_wherever_the_folder_lies(
    kind: str, roots: tuple[str, ...], stockholm_site: Path, visit: Callable[..., Page]
) -> None:
    """At a server's root and from a disk: styled, no error, asks nobody else; the next test: below a path."""
    for root in roots if kind in OWN_TESTS else roots[1:]:
        page = visit(root, path_of(kind, stockholm_site))
        assert page.locator("h1").count() == 1
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"


@pytest.mark.browser
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OWN_TESTS])
def test_a_page_fits_and_is_read_by_all(
    kind: str, roots: tuple[str, ...], stockholm_site: Path, visit: Callable[..., Page]
) -> None:
    """No violation of WCAG 2.2 AA, nothing cut or too small: wide in the light, narrow in the dark."""
    page = visit(roots[0], path_of(kind, stockholm_site))
    page.evaluate(axe())
    for scheme, size, rules in (("light", WIDE, RULES), ("dark", NARROW, OF_LOOKS)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], scheme
        assert page.evaluate(ILLEGIBLE) == [], scheme
        found = page.evaluate(
            "async (rules) => (await axe.run(document, { runOnly: rules, resultTypes: ['violations'] }))"
            ".violations.map((one) => [one.id, one.nodes[0].html])",
            rules,
        )
        assert found == [], scheme


@pytest.mark.browser
def test_home_is_light_and_soon_there(roots: tuple[str, ...], visit: Callable[..., Page]) -> None:
    """All that home asks for stays under 300 KB, and the best of three first paints under 1.5 s."""
    paints = []
    for _ in range(3):
        page = visit(roots[0], "index.html", viewport=WIDE)  # a context of its own, with nothing kept
        page.wait_for_load_state("networkidle")
        took, size = page.evaluate(
            """() => {
              const of = (type) => performance.getEntriesByType(type);
              const sizes = [...of('navigation'), ...of('resource')].map((one) => one.transferSize);
              return [of('paint').find((one) => one.name === 'first-contentful-paint').startTime,
                sizes.reduce((all, one) => all + one, 0)];
            }"""
        )
        paints.append(took)
        assert 1000 < size < LIGHT
    assert min(paints) < PAINTED


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("home", ("Organisations", "Newest facts", "Cite this")),
        ("organisation", ("KTH Royal Institute of Technology", "Openlab", "Turtle")),
        ("membership", ("ABB", "partner", "Digital Demo Stockholm", "line 43")),
        ("source", ("33 of 77 lines", "line 43")),
        ("concept", ("One of the parties that cooperate in it.", "Sweco")),
        ("ontology", ("An initiative with a lasting home", "The core")),
        ("question with a chart", ("City of Stockholm", "board member", "SELECT")),
        ("question with a network", ("Kungliga Tekniska", "Openlab", "SELECT")),
        ("data set", ("SHA-256", "stockholm.ttl")),
    ],
)
def test_a_page_reads_well_without_javascript(
    kind: str, said: tuple[str, ...], roots: tuple[str, ...], stockholm_site: Path, visit: Callable[..., Page]
) -> None:
    """With JavaScript switched off, what the page is about is seen; the search, which needs it, is not."""
    page = visit(roots[0], path_of(kind, stockholm_site), java_script_enabled=False)
    for words in said:
        assert page.get_by_text(words).locator("visible=true").count() > 0, words
    assert page.locator("#finder:visible").count() == 0
