"""The module `page`: an answer as a page on which text is text, and that runs and fetches nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from answers import HOSTILE, TEXTS, asked, of_library, of_texts
from hypothesis import given

from kg import page
from kg.results import visible

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from kg.embedded import Embedded

ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "style",
        "body",
        "main",
        "table",
        "caption",
        "span",
        "h1",
        "thead",
        "tr",
        "th",
        "tbody",
        "td",
        "bdi",
        "a",
        "footer",
        "h2",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "pre",
        "div",
        "strong",
    ]
)
WIDTHS = (1400, 900, 390)


class Reader(HTMLParser):
    """Reads a page: the cells of its table, its links, its policy, its style; any other element fails."""

    def __init__(self, written: bytes | str) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.policy = self.style = self.foot = ""
        self.feed(written.decode() if isinstance(written, bytes) else written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        assert tag in ELEMENTS
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("style", "src")]
        given = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "a":
            self.links.append(given["href"] or "")
        elif tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be the one."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Add text to what is open."""
        if "style" in self.open:
            self.style += data
        elif "td" in self.open or "th" in self.open:
            self.rows[-1][-1] += data
        elif "footer" in self.open:
            self.foot += data


@given(TEXTS, TEXTS, TEXTS)
def test_cells_come_back(one: str, other: str, summary: str) -> None:
    """Whatever a cell or the question holds is read as that text, and makes no element."""
    answer = of_texts(["one", "source"], [("x", one), (other, "y")], summary)
    found = Reader(answer.write("html-table"))
    assert found.rows == [["one", "source"], ["x", visible(one)], [visible(other), "y"]]
    assert found.open == []


@given(TEXTS)
def test_a_fragment_is_as_safe(text: str) -> None:
    """The table for a notebook holds the same texts, and no style, policy or page."""
    found = Reader(page.fragment(of_texts(["one"], [[text]])))
    assert found.rows == [["one"], [visible(text)]] or not text
    assert not found.policy + found.style


def test_a_fragment_tells_what_it_leaves_out() -> None:
    """A notebook gets the first rows of a long answer, and is told of the others."""
    shown = page.fragment(of_texts(["one"], [["x"]] * 1_500), most=10)
    assert len(Reader(shown).rows) == 11
    assert "the first 10 of 1,500 rows" in shown
    later = page.fragment(of_texts(["one", "other"], [["x", ""]] * 10 + [["x", "y"]]), most=10)
    assert Reader(later).rows[0] == ["one", "other"]


def test_the_policy_admits_the_style_alone(harbour: Embedded) -> None:
    """No script, no request; the style by its digest."""
    found = Reader(of_library(harbour, "board-seats").write("html-table", origin=True))
    digest = base64.b64encode(hashlib.sha256(found.style.encode()).digest()).decode()
    assert found.policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_only_the_web_is_linked(harbour: Embedded) -> None:
    """A name leads to its IRI, unless that could run something."""
    text = """SELECT ?x ?xLabel { VALUES (?x ?xLabel) {
      (initiative:tide "Tide") (<javascript:alert(1)> "b") (<data:text/html,x> "c") (<HTTPS://a.example/> "d")
      } } ORDER BY ?xLabel"""
    assert Reader(asked(harbour, text).write("html-table")).links == [f"{harbour.base}initiative/tide"]


def test_it_says_what_was_asked(harbour: Embedded) -> None:
    """The caption has the question, its count and the values that matter; the foot where it comes from."""
    answer = of_library(harbour, "organisation-partners", organisation="Harbour Town", language="sv")
    plain, told = answer.write("html-table").decode(), answer.write("html-table", origin=True).decode()
    assert f"<h1>{answer.query.summary}</h1>" in plain
    assert f"{len(answer)} rows · organisation = Harbour Town</span>" in plain
    assert '<tbody role="rowgroup" lang="sv">' in plain
    assert Reader(plain).foot == ""
    assert "harbour" in Reader(told).foot
    assert "SELECT ?partner" in Reader(told).foot
    one = asked(harbour, "ASK {}").write("html").decode()
    assert "1 row<" in one
    assert Reader(one).rows == [["answer"], ["true"]]


def test_no_rows_are_a_table(harbour: Embedded) -> None:
    """An empty answer has its header and says so."""
    found = asked(harbour, "SELECT ?x { ?x a inno:None }").write("html-table")
    assert Reader(found).rows == [["x"]]
    assert b"0 rows" in found


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_read_on_any_screen(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """Chromium styles it: it is no wider than the screen, its head stays, its text stands out."""
    path = tmp_path / "page.html"
    columns = [f"column{letter}" for letter in "ABCDEF"]
    path.write_bytes(of_texts(columns, [["Some words of a cell"] * 6] * 40).write("html-table"))
    for width in WIDTHS:
        context = browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 400}
        )
        shown = context.new_page()
        said = heard(shown)
        shown.goto(path.as_uri())
        assert said == []
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        look = "(style => [style.color, style.backgroundColor])(getComputedStyle(document.body))"
        assert contrast(*shown.evaluate(look)) > 7
        head = shown.locator("thead th").first
        if width > 1000:
            shown.evaluate("scrollTo(0, 700)")
            box = head.bounding_box()
            assert box is not None
            assert abs(box["y"]) < 1
        context.close()


@pytest.mark.browser
def test_nothing_runs(browser: Browser, tmp_path: Path) -> None:
    """Chromium runs nothing of what cells hold, asks for nothing, and shows each as its text."""
    path = tmp_path / "page.html"
    texts = [
        *HOSTILE,
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "</style><script>alert(1)</script>",
    ]
    path.write_bytes(of_texts(["one", "two"], [["x", text] for text in texts], texts[-1]).write("html-table"))
    shown = browser.new_page()
    asked_for: list[str] = []
    ran = heard(shown)
    shown.on("request", lambda request: asked_for.append(request.url))
    shown.on("dialog", lambda dialog: ran.append(dialog.message))
    shown.goto(path.as_uri())
    cells = shown.evaluate("[...document.querySelectorAll('td')].map(cell => cell.textContent)")
    assert cells == [visible(text) for text in texts]
    assert [url for url in asked_for if not url.startswith(("file:", "data:"))] == []
    assert ran == []
    shown.close()


def heard(shown: Page) -> list[str]:
    """Give the list in which all that a page says on its console is noted from now on."""
    said: list[str] = []
    shown.on("console", lambda message: said.append(message.text))
    return said


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of `rgb(r, g, b)`."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
