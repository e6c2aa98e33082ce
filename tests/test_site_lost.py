"""The page of a lost reader: wherever a host shows it, it has the site's look, menu and search."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from servers import free_port
from sites import site_of

from kg.site import lost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from kg.embedded import Embedded

PLACES = ["missing", "deep/er/missing", "id/organisation/nobody/", "deep/er/missing.html?x=1#y"]
WORDS = {"en": ("This page is not here", "Questions"), "sv": ("Sidan finns inte", "Frågor")}
MENU = "[...document.querySelectorAll('.top a, footer a[href], main a')].map((each) => each.href)"


class Host(SimpleHTTPRequestHandler):
    """A host of files that shows a page where there is none."""

    def __init__(self, *args: Any, page: bytes, **options: Any) -> None:
        self.page = page
        super().__init__(*args, **options)

    def log_message(self, *_args: Any) -> None:
        """Write nothing."""

    def send_error(self, code: int, *args: Any, **options: Any) -> None:
        """Send the page, as any static host does."""
        if code != 404:
            super().send_error(code, *args, **options)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.page)))
        self.end_headers()
        self.wfile.write(self.page)


@contextmanager
def hosted(folder: Path, make: Callable[[str], bytes]) -> Iterator[str]:
    """Serve a folder on loopback with a page of last resort made for its address, and give that."""
    port = free_port()
    root = f"http://127.0.0.1:{port}/"
    host = partial(Host, directory=str(folder), page=make(root))
    with ThreadingHTTPServer(("127.0.0.1", port), host) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield root
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page, and hold that no script failed and nobody else was asked."""
    wrong: list[str] = []
    contexts = []

    def visit(address: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        own = address.split("/", 3)[:3]
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: wrong.extend([asked.url] * (asked.url.split("/", 3)[:3] != own)))
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("below", ["", "site/"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", WORDS)
def test_a_lost_reader_finds_the_way(
    stockholm_site: Path, visit: Callable[..., Page], below: str, place: str, language: str
) -> None:
    """Made for no host in particular, it leads to the site at any depth of a host, and at a sub-path."""
    name = "404.html" if language == "en" else f"404.{language}.html"
    folder = stockholm_site.parent if below else stockholm_site
    with hosted(folder, lambda _: (stockholm_site / name).read_bytes()) as root:
        page = visit(f"{root}{below}{place}")
        page.wait_for_function("() => document.getElementById('finder').dataset.root")
        title, questions = WORDS[language]
        assert page.locator("h1").inner_text() == title
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
        links = [link.partition("#")[0] for link in page.evaluate(MENU)]
        own = [link for link in links if not link.startswith("https://creativecommons.org/")]
        assert len(own) >= 8
        for link in own:
            assert link.startswith(root + below)
            assert page.request.get(link).ok, link
        page.locator("#find").fill("openl")
        page.locator("#found a").first.click()
        assert page.locator("h1").inner_text().startswith("Openlab")
        page.go_back()
        page.locator(".top nav a", has_text=questions).click()
        assert page.locator("html").get_attribute("lang") == language


@pytest.mark.browser
@pytest.mark.parametrize("language", WORDS)
def test_with_a_base_it_needs_no_script(
    stockholm: Embedded, stockholm_site: Path, visit: Callable[..., Page], language: str
) -> None:
    """Where the site's address is known, each link leads there without JavaScript, and there is no search."""
    name = "404.html" if language == "en" else f"404.{language}.html"

    def made(root: str) -> bytes:
        site = site_of(stockholm, root=f"{root}site/")
        return {page.path: page.body for page in lost.pages(site)}[name]

    with hosted(stockholm_site.parent, made) as root:
        page = visit(f"{root}any/where/else", java_script_enabled=False)
        title, questions = WORDS[language]
        assert page.locator("h1").inner_text() == title
        assert page.locator("#finder:visible").count() == 0
        assert page.locator(".top").evaluate("(each) => getComputedStyle(each).borderBottomStyle") == "solid"
        page.locator(".top nav a", has_text=questions).click()
        assert page.url.startswith(f"{root}site/question/")
        assert page.locator("html").get_attribute("lang") == language


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(stockholm_site: Path, visit: Callable[..., Page], scheme: str) -> None:
    """With its search open it has no violation of any rule of axe-core, on light and on dark ground."""
    with hosted(stockholm_site, lambda _: (stockholm_site / "404.html").read_bytes()) as root:
        page = visit(
            f"{root}a/b", color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 844}
        )
        page.locator("#find").fill("stock")
        page.locator("#found a").first.wait_for()
        page.add_script_tag(content=(ROOT / "tests" / "vendor" / "axe.min.js").read_text("utf-8"))
        found = "async () => (await axe.run(document)).violations.map(({ id, nodes }) => [id, nodes[0].html])"
        assert page.evaluate(found) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
