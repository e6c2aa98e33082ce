"""Browser: the published site in a real Chromium, from a disk and from a plain server below a path."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SAMPLE = (
    "index.html",
    "index.sv.html",
    "id/organisation/city-of-stockholm/index.html",
    "id/initiative/digital-demo-stockholm/index.sv.html",
    "id/membership/abb-partner-digital-demo-stockholm/index.html",
    "id/interval/city-of-stockholm-initiator-idea-hub/index.html",
    "id/source/city-innovation-sv/index.html",
    "id/organisation/index.html",
    "question/index.html",
    "question/organisation-partners/index.sv.html",
    "question/role-counts/index.html",
    "sources/index.html",
    "404.html",
)
NARROW = {"width": 390, "height": 844}


class Quiet(SimpleHTTPRequestHandler):
    """A plain server of files that does not write of each request."""

    def log_message(self, *_args: Any) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def served(stockholm_site: Path) -> Iterator[str]:
    """Serve the site on loopback, below a path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(stockholm_site.parent)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of the site, and hold that it asked nobody else and complained of nothing."""
    wrong: list[str] = []
    contexts = []

    def visit(root: str, path: str, **options: Any) -> Page:
        context = browser.new_context(**{"reduced_motion": "reduce", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{path}: console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"{path}: error: {error}"))
        # What the browser itself gave up, as the logo of a page that is left, has not failed.
        page.on(
            "requestfailed",
            lambda request: (
                None
                if request.failure == "net::ERR_ABORTED"
                else wrong.append(f"{path}: failed: {request.url}")
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((root, "data:"))
                else wrong.append(f"{path}: asked {request.url}")
            ),
        )
        page.goto(root + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.parametrize("path", SAMPLE)
def test_a_page_asks_nobody_and_complains_of_nothing(
    path: str, served: str, stockholm_site: Path, visit: Callable[..., Page]
) -> None:
    """From a server below a path and from a disk: styled, no error, no request beyond the site."""
    for root in (served, f"{stockholm_site.as_uri()}/"):
        page = visit(root, path)
        assert page.locator("h1").count() == 1
        if not path.startswith("404"):
            assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "1180px"


@pytest.mark.parametrize("path", SAMPLE)
def test_a_page_fits_a_narrow_screen(path: str, served: str, visit: Callable[..., Page]) -> None:
    """At 390 pixels, in the dark, no page scrolls sideways."""
    page = visit(served, path, viewport=NARROW, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_search_finds_an_alias_by_keyboard(stockholm_site: Path, visit: Callable[..., Page]) -> None:
    """Typing an alias and Enter leads to the thing's page, from a disk as well."""
    page = visit(f"{stockholm_site.as_uri()}/", "index.html")
    page.get_by_role("combobox").fill("kungliga tek")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/organisation/kth/index.html")
    assert page.locator("h1").inner_text() == "KTH Royal Institute of Technology"


def test_the_site_is_read_without_javascript(served: str, visit: Callable[..., Page]) -> None:
    """Links of the small network, the language and the way home work with JavaScript switched off."""
    page = visit(served, "id/organisation/kth/index.html", java_script_enabled=False)
    page.locator("svg.small a").first.click()
    page.wait_for_url("**/id/*/*/index.html")
    page.get_by_role("link", name="Svenska").click()
    page.wait_for_url("**/index.sv.html")
    page.get_by_role("link", name="Start", exact=True).click()
    page.wait_for_url("**/site/index.sv.html")


def test_the_network_opens_in_the_language_of_the_page(served: str, visit: Callable[..., Page]) -> None:
    """From a Swedish page the way leads to a Swedish network, from an English one to an English one."""
    for file, link, language in (("index.html", "Network", "en"), ("index.sv.html", "Nätverk", "sv")):
        page = visit(served, file)
        page.get_by_role("link", name=link, exact=True).click()
        page.wait_for_url("**/network/index.html*")
        page.locator("html[lang]").wait_for(state="attached")
        page.wait_for_function("document.querySelector('[aria-pressed=true][lang]')")
        assert page.evaluate("document.documentElement.lang") == language


def test_a_citation_leads_to_its_line(served: str, visit: Callable[..., Page]) -> None:
    """The link of a cited line opens the source's page at that line."""
    page = visit(served, "id/membership/abb-partner-digital-demo-stockholm/index.html")
    page.get_by_role("link", name="line 43").click()
    page.wait_for_url("**/id/source/city-innovation-sv/index.html#line=42,43")
    assert page.evaluate("document.querySelector(':target').innerText").startswith("line 43")
