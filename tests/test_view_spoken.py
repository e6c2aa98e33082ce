"""The page as a screen reader has it: Chromium's own tree of names, roles and states, and the focus."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from page import town

from kg.view import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TOWN = "organisation:town"
INTERACTIVE = {"button", "checkbox", "combobox", "slider", "link", "DisclosureTriangle", "application"}
VIEWS = ("network", "organisations", "timeline", "waves", "table")
HIDDEN = """() => {
  const one = document.activeElement;
  const { left, top, width, height } = one.getBoundingClientRect();
  if (!width || one === document.body) return false;
  return ![[0.5, 0.5], [0.05, 0.5], [0.95, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([across, down]) => {
    const found = document.elementFromPoint(left + width * across, top + height * down);
    return found && (one.contains(found) || found.contains(one)); }) && one.outerHTML.slice(0, 90); }"""


def tree(page: Page) -> list[dict[str, Any]]:
    """Give Chromium's accessibility tree, in the order of reading: role, name, properties."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}
    found = []

    def walk(node: dict[str, Any]) -> None:
        if not node.get("ignored"):
            more = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
            role, name = (node.get(key, {}).get("value", "") for key in ("role", "name"))
            found.append({"role": role, "name": name, **more})
        for child in node.get("childIds", []):
            if child in known:
                walk(known[child])

    walk(nodes[0])
    return found


def focused(page: Page) -> str:
    """Give the text of what has the focus."""
    text: str = page.evaluate("document.activeElement.innerText ?? ''")
    return text


@pytest.mark.parametrize("view", VIEWS)
def test_every_control_has_a_name_and_headings_go_in_order(
    visit: Callable[..., Page], town_page: str, view: str
) -> None:
    """No control is without a name, none is named by a sign alone, and no level of heading is left out."""
    page = visit(town_page)
    page.locator("#time button").click()
    page.locator(".fold").evaluate_all("(folds) => folds.forEach((fold) => { fold.open = true; })")
    page.evaluate("([view, chosen]) => kgView.change({ view, chosen })", [view, TOWN])
    nodes = tree(page)
    names = [node["name"] for node in nodes if node["role"] in INTERACTIVE]
    assert len(names) > 20
    assert all(any(sign.isalnum() for sign in name) for name in names)
    assert not [name for name in names if set(name) & set("▸▾►❚×")]
    levels = [0, *(node["level"] for node in nodes if node["role"] == "heading")]
    assert levels[1] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_states_are_told(visit: Callable[..., Page], town_page: str) -> None:
    """What is pressed, open or ticked is so in the tree, and is otherwise once that has changed."""
    page = visit(town_page)

    def one(role: str, name: str) -> dict[str, Any]:
        return next(each for each in tree(page) if (each["role"], each["name"]) == (role, name))

    assert one("button", "Network")["pressed"] == "true"
    assert one("button", "Time")["expanded"] is False
    assert one("DisclosureTriangle", "Legend and filters")["expanded"] is True
    assert one("combobox", "Find a thing")["expanded"] is False
    box = one("checkbox", "initiatives")
    assert box["checked"] == "true"
    page.get_by_role("checkbox", name="initiatives", exact=True).click(force=True)
    page.get_by_role("button", name="Time", exact=True).click()
    page.locator("#search").fill("town")
    assert one("checkbox", "initiatives")["checked"] == "false"
    assert one("button", "Time")["expanded"] is True
    assert one("combobox", "Find a thing")["expanded"] is True
    assert any(each["role"] == "option" and each.get("selected") for each in tree(page))


def test_play_is_not_read_out_at_each_beat(visit: Callable[..., Page], town_page: str) -> None:
    """What is shown is said after a filter; while time plays it is not, and after it is again."""
    page = visit(town_page)
    page.locator("#time button").click()
    page.locator("#time [data-hold='mode as-of']").click()
    live = "document.getElementById('status').ariaLive"
    assert page.evaluate(live) in (None, "polite")
    page.locator("#time [data-hold=play]").click()
    said = page.locator("#live").inner_text()
    first = page.evaluate("kgView.state().time.at")
    page.wait_for_function("(first) => kgView.state().time.at !== first", arg=first)
    assert page.evaluate(live) == "off"
    assert page.locator("#live").inner_text() == said
    page.locator("#time [data-hold=play]").click()
    assert page.evaluate(live) == "polite"


@pytest.mark.parametrize("view", ["timeline", "table"])
def test_the_focus_goes_to_the_panel_and_back(visit: Callable[..., Page], town_page: str, view: str) -> None:
    """Opened from a list by keyboard, the panel has the focus; closed, the row has it that had it."""
    page = visit(town_page)
    page.evaluate("(view) => kgView.change({ view })", view)
    button = page.locator(f"#{view} .go").nth(4)
    name = button.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Escape")
    assert focused(page) == name
    assert page.evaluate("([view]) => document.getElementById(view).contains(document.activeElement)", [view])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize("size", [(320, 568), (800, 900), (1440, 900)])
@pytest.mark.parametrize("view", ["timeline", "waves", "table"])
def test_the_focus_is_never_covered(
    visit: Callable[..., Page], town_page: str, view: str, size: tuple[int, int]
) -> None:
    """Forwards and backwards, neither the head that stays nor the panel covers what has it (WCAG 2.4.11)."""
    page = visit(town_page, viewport={"width": size[0], "height": size[1]})
    page.evaluate("([view, chosen]) => kgView.change({ view, chosen })", [view, TOWN])
    page.locator(f"#{view}").focus()
    wrong = []
    for key in ["Tab"] * 45 + ["Shift+Tab"] * 45:
        page.keyboard.press(key)
        wrong += [found] if (found := page.evaluate(HIDDEN)) else []
    assert wrong == []


def test_names_are_said_in_their_language(visit: Callable[..., Page]) -> None:
    """A name that is Swedish alone is marked so on the English page: in search, legend, lists and panel."""
    key, name = "initiative:demo-town", "Åsö försöksstad"
    network = town()
    network.nodes[key].update(label={"sv": name}, name=name)
    page = visit(render(network))
    marked = f"bdi[lang=sv]:has-text({name!r})"
    page.evaluate("(key) => kgView.choose(key)", key)
    assert page.locator(f"#panel-title {marked}").count() == 1
    page.keyboard.press("Escape")
    page.locator("#search").fill("aso")
    assert page.locator(f"#suggestions {marked}").count() == 1
    assert page.locator(f"#keys {marked}").count() == 1
    for view in ("table", "timeline"):
        page.evaluate("(view) => kgView.change({ view })", view)
        assert page.locator(f"#{view} {marked}").count() >= 1
