"""The page for everyone: by keyboard alone, spoken, in two languages, with contrast and room."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from page import panel, shown, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

VENDOR = Path(__file__).with_name("vendor")
TOWN = "organisation:town"
PAIR = "organisation:builders organisation:town"
STATES = {
    "network": {},
    "panel": {"chosen": TOWN},
    "tie": {"chosen": "membership:town-participant-giving-cities"},
    "chain": {"chain": {"from": "organisation:volts", "to": "unit:council", "at": 0}},
    "table": {"view": "table"},
    "organisations": {"view": "organisations"},
    "pair": {"view": "organisations", "chosen": PAIR},
    "timeline": {"view": "timeline", "chosen": "initiative:demo-town"},
    "waves": {"view": "waves"},
    "time": {"time": {"mode": "between", "at": "", "from": "2015", "to": "2021"}},
    "measure": {"colour": "community", "size": "degree", "focus": {"key": TOWN, "hops": 2}},
}


def spoken(page: Page) -> str:
    """Give what the live region says."""
    return page.locator("#live").inner_text()


def test_the_vendored_file_is_the_one_noted() -> None:
    """axe-core is unchanged, and its licence stands beside it."""
    digest = hashlib.sha256((VENDOR / "axe.min.js").read_bytes()).hexdigest()
    assert digest in (VENDOR / "README.md").read_text("utf-8")
    assert "Mozilla Public License" in (VENDOR / "axe-core-LICENSE").read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_no_violation(visit: Callable[..., Page], town_page: str, name: str, scheme: str) -> None:
    """No violation of any rule of axe-core, in no state, on light and on dark ground."""
    page = visit(town_page, color_scheme=scheme, bypass_csp=True)
    if name == "time":
        page.locator("#time button").click()
    page.evaluate("(patch) => kgView.change(patch)", STATES[name])
    page.locator(".fold").evaluate_all("(folds) => folds.forEach((fold) => { fold.open = true; })")
    page.add_script_tag(content=(VENDOR / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
        " 'wcag22aa', 'best-practice'] })).violations.map(({ id, nodes }) =>"
        " [id, nodes.map((node) => node.html + ' ' + node.failureSummary).slice(0, 3)])"
    )
    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["network", "organisations", "pair"])
def test_axe_finds_no_violation_on_a_phone(visit: Callable[..., Page], town_page: str, name: str) -> None:
    """On a small screen, where legend and panel stand elsewhere, there is none either."""
    page = visit(town_page, viewport={"width": 390, "height": 844}, bypass_csp=True)
    page.locator("#legend summary").first.click()
    page.evaluate("(patch) => kgView.change(patch)", STATES[name])
    page.add_script_tag(content=(VENDOR / "axe.min.js").read_text("utf-8"))
    found = "async () => (await axe.run(document)).violations.map(({ id, nodes }) => [id, nodes[0].html])"
    assert page.evaluate(found) == []


@pytest.mark.browser
def test_axe_and_the_help(visit: Callable[..., Page], town_page: str) -> None:
    """The help lists the keys, holds the focus, and has no violation either."""
    page = visit(town_page, bypass_csp=True)
    page.locator("#helper button").click()
    assert "follow the tie" in page.locator("#help").inner_text()
    page.add_script_tag(content=(VENDOR / "axe.min.js").read_text("utf-8"))
    assert page.evaluate("async () => (await axe.run('#help')).violations.length") == 0
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


@pytest.mark.browser
def test_one_walks_along_ties_by_keyboard(visit: Callable[..., Page], town_page: str) -> None:
    """Home, N, Enter, Backspace: from thing to thing, each said with its role and years."""
    page = visit(town_page)
    page.locator("#picture").focus()
    page.keyboard.press("Home")
    assert state(page, "chosen") == TOWN
    assert spoken(page).startswith("Town of Example, organisation")
    page.keyboard.press("n")
    first = spoken(page)
    assert re.match(r"Tie 1 of \d+: ", first)
    page.keyboard.press("n")
    assert spoken(page) != first
    page.keyboard.press("p")
    assert spoken(page) == first
    page.keyboard.press("Enter")
    assert state(page, "chosen") != TOWN
    assert page.evaluate("document.activeElement.id") == "picture"
    page.keyboard.press("Backspace")
    assert state(page, "chosen") == TOWN
    page.keyboard.press("n")
    page.keyboard.press("i")
    assert state(page, "chosen").split(":")[0] in ("membership", "statement")
    page.keyboard.press("Escape")
    assert state(page, "chosen") is None
    assert page.evaluate("document.activeElement.id") == "picture"


@pytest.mark.browser
def test_the_picture_moves_and_zooms_by_keyboard(visit: Callable[..., Page], town_page: str) -> None:
    """Arrows move it, plus and minus zoom, nought shows all again; H hides, the stroke searches."""
    page = visit(town_page)
    page.locator("#picture").focus()
    where, scale = "kgView.network.getViewPosition()", "kgView.network.getScale()"
    start, size = page.evaluate(where), page.evaluate(scale)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    moved = page.evaluate(where)
    assert moved["x"] > start["x"]
    assert moved["y"] > start["y"]
    page.keyboard.press("+")
    assert page.evaluate(scale) > size
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert page.evaluate(scale) < size
    page.keyboard.press("0")
    assert page.evaluate(scale) == pytest.approx(size)
    page.keyboard.press("Home")
    page.keyboard.press("h")
    assert TOWN not in shown(page)
    assert "hidden" in spoken(page)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.locator("#picture").focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


@pytest.mark.browser
def test_tab_reaches_every_control(visit: Callable[..., Page], town_page: str) -> None:
    """In order: search, views, languages, help, picture, zoom, legend, time; and no trap."""
    page = visit(town_page)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        part = "(document.activeElement.closest('[id]') ?? document.body).id"
        reached.append(page.evaluate(part))
    order = ["search", "views", "languages", "helper", "picture", "zoom", "keys", "time"]
    assert [reached.index(each) for each in order] == sorted(reached.index(each) for each in order)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 800, 1440, 2560])
def test_targets_have_room(visit: Callable[..., Page], town_page: str, width: int) -> None:
    """Controls are at least 24 pixels high and wide (WCAG 2.2, 2.5.8); nothing is wider than the screen."""
    page = visit(town_page, viewport={"width": width, "height": 900})
    page.locator("#legend").evaluate("(legend) => { legend.open = true; }")
    page.evaluate("(key) => kgView.choose(key)", TOWN)
    small = page.evaluate(
        "[...document.querySelectorAll('button, a, select, summary, .key label')].filter((each) => {"
        " const { width, height } = each.getBoundingClientRect();"
        " return width && (width < 24 || height < 23.9); }).map((each) => each.outerHTML)"
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_every_word_is_there_in_both_languages(visit: Callable[..., Page], town_page: str) -> None:
    """No word is missing or empty, and no slot is lost between the languages."""
    page = visit(town_page)
    words = page.evaluate("kgView.words()")
    for key, texts in words.items():
        assert len(texts) == 2, key
        assert all(texts), key
        assert len({tuple(sorted(set(re.findall(r"\{\w+\}", text)))) for text in texts}) == 1, key


@pytest.mark.browser
def test_no_word_is_wanting(visit: Callable[..., Page], town_page: str) -> None:
    """In every state the Swedish page shows no key in place of a word."""
    page = visit(town_page)
    page.evaluate("kgView.change({ language: 'sv' })")
    keys = {key for key in page.evaluate("Object.keys(kgView.words())") if re.search("[A-Z]", key)}
    for patch in STATES.values():
        page.evaluate("(patch) => kgView.change(patch)", patch)
        text = page.locator("body").inner_text()
        assert not keys & set(re.findall(r"\w+", text))
        assert "undefined" not in text
        assert "{" not in text


@pytest.mark.browser
def test_the_table_sorts(visit: Callable[..., Page], town_page: str) -> None:
    """A column's head sorts by it, up and then down, and says so."""
    page = visit(town_page)
    page.evaluate("kgView.change({ view: 'table' })")
    for direction in ("ascending", "descending"):
        page.locator("#table th button", has_text="Role").click()
        assert page.locator("#table th[aria-sort=" + direction + "]").inner_text().startswith("Role")
        roles = page.locator("#table td button.role").all_inner_texts()
        assert roles == sorted(roles, reverse=direction == "descending")
    assert page.evaluate("document.activeElement.dataset.hold") == "sort role"


@pytest.mark.browser
@pytest.mark.parametrize("options", [{"reduced_motion": "reduce"}, {"forced_colors": "active"}])
def test_the_settings_of_the_system_are_kept(
    visit: Callable[..., Page], town_page: str, options: dict[str, Any]
) -> None:
    """With less motion nothing moves by itself; with colours of the system's own the page still works."""
    page = visit(town_page, **options)
    page.evaluate("(key) => kgView.choose(key)", TOWN)
    assert "Town of Example" in panel(page)
    if "forced_colors" in options:
        # What is ticked and what is pressed is told by the system, not by a ground that it takes away.
        box = page.locator("#keys input").first
        assert box.evaluate("(each) => [getComputedStyle(each).opacity, each.offsetWidth]") == ["1", 16]
        grounds = "(all) => all.map((each) => getComputedStyle(each).backgroundColor)"
        pressed, other, *_ = page.locator("#views button").evaluate_all(grounds)
        assert pressed != other
    if "reduced_motion" in options:
        assert json.loads(page.evaluate("JSON.stringify(document.getAnimations().length)")) == 0
