"""The page under fingers: on phones, every touch does what a pointer does, and none does more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fingers import PHONES, Fingers, middle, phone
from page import place, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from fingers import Point
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TOWN = "organisation:town"
LOOK = "({ ...kgView.network.getViewPosition(), scale: kgView.network.getScale() })"
GROUND = """() => {
  const { left, top, width, height } = document.getElementById('picture').getBoundingClientRect();
  const marks = Object.values(kgView.network.getPositions()).map((at) => kgView.network.canvasToDOM(at));
  const lines = Object.keys(kgView.shown().edges).flatMap((id) => [...Array(41).keys()].map((at) =>
    kgView.network.canvasToDOM(kgView.network.body.edges[id].edgeType.getPoint(at / 40))));
  for (let y = 90; y < height - 90; y += 6) for (let x = 30; x < width - 30; x += 6)
    if ([...marks, ...lines].every((each) => Math.hypot(each.x - x, each.y - y) > 45))
      return [left + x, top + y];
  return null; }"""
LINE = """(id) => { const { left, top } = document.getElementById('picture').getBoundingClientRect();
  const line = kgView.network.body.edges[id].edgeType;
  const [a, b] = [0.5, 0.52].map((at) => kgView.network.canvasToDOM(line.getPoint(at)));
  const long = Math.hypot(b.x - a.x, b.y - a.y);
  return { x: left + a.x, y: top + a.y, across: [(a.y - b.y) / long, (b.x - a.x) / long] }; }"""


@pytest.fixture(params=PHONES)
def touched(request: pytest.FixtureRequest, visit: Callable[..., Page], town_page: str) -> Fingers:
    """Open the town's page on a phone."""
    return Fingers(visit(town_page, **phone(PHONES[request.param])))


def at(page: Page, key: str) -> Point:
    """Give the point of the screen at which a thing stands."""
    box = page.locator("#picture").bounding_box()
    assert box
    inside = place(page, key)
    return box["x"] + inside["x"], box["y"] + inside["y"]


def ground(page: Page) -> Point:
    """Give a point of the picture at which there is neither mark nor line near."""
    found = page.evaluate(GROUND)
    assert found
    return found[0], found[1]


def chosen(page: Page, key: str | None) -> None:
    """Wait until a thing, a tie or nothing is chosen."""
    page.wait_for_function("(key) => kgView.state().chosen === key", arg=key)


@pytest.mark.parametrize("beside", [0, 12])
def test_a_tap_opens_a_thing_and_nothing_else(touched: Fingers, beside: int) -> None:
    """A tap on a mark, or a finger's breadth beside it, opens its panel, and presses nothing there."""
    page = touched.page
    page.evaluate(
        "(key) => kgView.change({ put: kgView.shown().nodes.filter((each) => each !== key) })", TOWN
    )
    x, y = at(page, TOWN)
    radius = page.evaluate(
        "(key) => kgView.network.body.nodes[key].options.size * kgView.network.getScale()", TOWN
    )
    # Whatever the panel has there: a click would come to it.
    page.evaluate(
        "() => { window.clicks = []; addEventListener('click', ({ target }) => clicks.push(target)); }"
    )
    touched.tap((x, y - radius - beside if beside else y))
    chosen(page, TOWN)
    page.wait_for_timeout(400)
    assert page.evaluate("window.clicks.length") == 0
    assert page.evaluate("document.activeElement.id") == "panel-title"
    assert state(page, "pinned") == {}


def test_a_tap_near_a_line_opens_the_tie(touched: Fingers) -> None:
    """Lines are a pixel wide: a tap some pixels beside one means it, where nothing else is nearer."""
    page = touched.page
    key = page.evaluate(
        "() => Object.keys(kgView.shown().edges).map((id) => {"
        " const { from, to } = kgView.network.body.edges[id];"
        " return [Math.hypot(from.x - to.x, from.y - to.y), id]; }).sort((a, b) => b[0] - a[0])[0][1]"
    )
    page.evaluate(
        "(id) => { const [a, b] = kgView.network.getConnectedNodes(id);"
        " kgView.change({ put: kgView.shown().nodes.filter((key) => key !== a && key !== b) }); }",
        key,
    )
    page.locator("#zoom button").last.click()
    line: Any = page.evaluate(LINE, key)
    across, down = line["across"]
    touched.tap((line["x"] + 9 * across, line["y"] + 9 * down))
    chosen(page, key)
    page.keyboard.press("Escape")
    line = page.evaluate(LINE, key)
    touched.tap((line["x"] + 40 * across, line["y"] + 40 * down))
    page.wait_for_timeout(300)
    assert state(page, "chosen") is None


def test_the_second_of_two_taps_presses_nothing_in_the_panel(touched: Fingers) -> None:
    """Who taps twice on a thing, out of habit, presses nothing that the panel shows there."""
    page = touched.page
    # Once the tap has been answered: what of the panel would take the next one.
    page.evaluate(
        "() => addEventListener('focusin', ({ target }) => target.id === 'panel-title' &&"
        " queueMicrotask(() => {"
        " const hide = document.querySelector('[data-hold=hide]');"
        " const { left, top, width, height } = hide.getBoundingClientRect();"
        " const under = document.elementFromPoint(left + width / 2, top + height / 2);"
        " window.takes = Boolean(under?.closest('#panel')); }))"
    )
    touched.tap(at(page, TOWN))
    chosen(page, TOWN)
    assert page.evaluate("window.takes") is False
    page.wait_for_function("() => !document.querySelector('#panel.settling')")
    touched.tap_on(page.locator("#panel [data-hold=hide]"))
    page.wait_for_function("(key) => kgView.state().put.includes(key)", arg=TOWN)


def test_a_finger_moves_and_two_zoom(touched: Fingers) -> None:
    """What lies under fingers stays under them: one moves the picture, two zoom it about their middle."""
    page = touched.page
    start = ground(page)
    before = page.evaluate(LOOK)
    touched.drag(start, (start[0] + 40, start[1] + 30))
    page.wait_for_timeout(100)
    after = page.evaluate(LOOK)
    assert (before["x"] - after["x"]) * after["scale"] == pytest.approx(40, abs=2)
    assert (before["y"] - after["y"]) * after["scale"] == pytest.approx(30, abs=2)
    box = page.locator("#picture").bounding_box()
    assert box
    x, y = box["width"] / 2, box["height"] / 2
    under = "([x, y]) => kgView.network.DOMtoCanvas({ x, y })"
    there = page.evaluate(under, [x, y])
    touched.pinch((box["x"] + x, box["y"] + y), 60, 150)
    page.wait_for_timeout(100)
    assert page.evaluate(LOOK)["scale"] == pytest.approx(after["scale"] * 2.5, rel=0.05)
    again: Any = page.evaluate("(at) => kgView.network.canvasToDOM(at)", there)
    assert (again["x"], again["y"]) == pytest.approx((x, y), abs=5)
    assert state(page, "chosen") is None
    assert state(page, "pinned") == {}
    assert page.evaluate("visualViewport.scale") == 1


def test_a_pinch_that_begins_on_a_thing_pins_nothing(touched: Fingers) -> None:
    """Where the first finger has begun to drag a thing, a second makes a pinch of it: it goes back."""
    page = touched.page
    x, y = at(page, TOWN)
    was = page.evaluate("(key) => kgView.network.getPositions([key])[key]", TOWN)
    touched.touch("touchStart", (x, y))
    for step in range(1, 7):
        touched.touch("touchMove", (x + 3 * step, y))
    touched.touch("touchStart", (x + 18, y), (x + 80, y))
    for step in range(8):
        touched.touch("touchMove", (x + 18 - 3 * step, y), (x + 80 + 3 * step, y))
    touched.touch("touchEnd")
    page.wait_for_timeout(200)
    assert state(page, "pinned") == {}
    assert page.evaluate("(key) => kgView.network.getPositions([key])[key]", TOWN) == was


def test_a_thing_is_dragged_by_finger(touched: Fingers) -> None:
    """A thing that is dragged is pinned where it is let go."""
    page = touched.page
    x, y = at(page, TOWN)
    touched.drag((x, y), (x + 50, y - 40))
    page.wait_for_function("(key) => key in kgView.state().pinned", arg=TOWN)
    assert at(page, TOWN) == pytest.approx((x + 50, y - 40), abs=8)


def test_what_is_dragged_can_be_done_without(touched: Fingers) -> None:
    """A thing is moved by a button and a tap (WCAG 2.2, 2.5.7); two taps on the ground bring it nearer."""
    page = touched.page
    page.evaluate("(key) => kgView.choose(key)", TOWN)
    touched.tap_on(page.locator("#panel [data-hold=place]"))
    assert "is to stand" in page.locator("#focus").inner_text()
    there = ground(page)
    touched.tap(there)
    page.wait_for_function("(key) => key in kgView.state().pinned", arg=TOWN)
    assert at(page, TOWN) == pytest.approx(there, abs=2)
    assert page.locator("#focus").is_hidden()
    assert "is pinned there" in page.locator("#live").inner_text()
    scale = page.evaluate(LOOK)["scale"]
    spot = ground(page)
    touched.tap(spot)
    touched.tap(spot)
    page.wait_for_function("(scale) => kgView.network.getScale() > scale * 1.5", arg=scale)


def test_placing_ends_without_a_place(touched: Fingers) -> None:
    """Escape, the button of the chip, and another view end it."""
    page = touched.page
    ends = (
        lambda: page.keyboard.press("Escape"),
        lambda: touched.tap_on(page.locator("#focus button")),
        lambda: page.evaluate(
            "() => { kgView.change({ view: 'table' }); kgView.change({ view: 'network' }); }"
        ),
    )
    for end in ends:
        page.evaluate("(key) => kgView.choose(key)", TOWN)
        page.locator("#panel [data-hold=place]").click()
        assert page.locator("#focus").is_visible()
        end()
        page.locator("#focus").wait_for(state="hidden")
    assert state(page, "pinned") == {}


def test_a_thing_is_moved_by_keyboard(visit: Callable[..., Page], town_page: str) -> None:
    """With the shift key, arrows move the thing that is chosen, and pin it there."""
    page = visit(town_page)
    page.locator("#picture").focus()
    page.keyboard.press("Home")
    before = place(page, TOWN)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    after = place(page, TOWN)
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((20, 20), abs=1.5)
    assert TOWN in state(page, "pinned")


def test_closing_the_panel_gives_back_the_look(touched: Fingers) -> None:
    """The panel moves the picture to show what is chosen; once it is closed one looks where one did."""
    page = touched.page
    before = page.evaluate(LOOK)
    touched.tap(at(page, TOWN))
    chosen(page, TOWN)
    assert page.evaluate(LOOK) != before
    touched.tap_on(page.locator("#panel [data-hold=close]"))
    page.wait_for_function("(before) => kgView.network.getScale() === before.scale", arg=before)
    assert page.evaluate(LOOK) == pytest.approx(before)
    touched.tap(at(page, TOWN))
    chosen(page, TOWN)
    start = middle(page.locator("#picture"), 0.9, 0.1)
    touched.drag(start, (start[0] - 30, start[1] + 10))
    own = page.evaluate(LOOK)
    page.keyboard.press("Escape")
    assert page.evaluate(LOOK) == own


@pytest.mark.parametrize("part", ["panel", "legend", "timeline", "table", "waves"])
def test_what_scrolls_is_scrolled_by_finger(touched: Fingers, part: str) -> None:
    """Panel, legend and lists follow the finger, and the picture behind them stays."""
    page = touched.page
    opened = {
        "panel": "kgView.choose('organisation:town')",
        "legend": "document.getElementById('legend').open = true",
    }
    page.evaluate(opened.get(part, f"kgView.change({{ view: '{part}' }})"))
    page.locator(f"#{part} details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    page.wait_for_timeout(400)
    look = page.evaluate(LOOK)
    assert page.locator(f"#{part}").evaluate("(each) => each.scrollHeight > each.clientHeight + 20")
    box = page.locator(f"#{part}").bounding_box()
    assert box
    x, low = box["x"] + box["width"] / 2, min(box["y"] + box["height"], page.viewport_size["height"]) - 12  # type: ignore[index]  # it has one
    touched.drag((x, low), (x, low - 70))
    page.wait_for_function("(id) => document.getElementById(id).scrollTop > 10", arg=part)
    assert page.evaluate(LOOK) == look


def test_time_is_set_by_finger(touched: Fingers) -> None:
    """The bar opens by a tap; a tap on the slider's track or dragging sets the year; it plays and stops."""
    page = touched.page
    touched.tap_on(page.locator("#time button"))
    touched.tap_on(page.locator("#time [data-hold='mode as-of']"))
    slider = page.locator("#time input")
    slider.wait_for()
    first, last = (int(slider.get_attribute(name) or 0) for name in ("min", "max"))
    touched.tap(middle(slider, across=0.5))
    page.wait_for_function("(year) => Math.abs(kgView.state().time.at - year) <= 1", arg=(first + last) / 2)
    touched.drag(middle(slider, across=0.5), middle(slider, across=0.98))
    page.wait_for_function("(year) => Number(kgView.state().time.at) >= year", arg=last - 1)
    touched.tap_on(page.locator("#time [data-hold=play]"))
    page.wait_for_function("(last) => Number(kgView.state().time.at) < last", arg=last)
    touched.tap_on(page.locator("#time [data-hold=play]"))


def test_buttons_of_the_time_bar_are_read_whole(touched: Fingers) -> None:
    """No word of a button is cut, in no language, also where there is least room."""
    page = touched.page
    page.locator("#time button").click()
    for language in ("en", "sv"):
        page.evaluate("(language) => kgView.change({ language })", language)
        page.evaluate("kgView.change({ time: { mode: 'between', at: '', from: '2015', to: '2021' } })")
        cut = page.locator("#time button, #views button, #languages button, #take button").evaluate_all(
            "(all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1"
            " || each.scrollHeight > each.clientHeight + 1).map((each) => each.textContent)"
        )
        assert cut == []


def test_a_long_touch_chooses_and_selects_no_text(touched: Fingers) -> None:
    """A finger that stays on a thing chooses it, and marks no text of the page."""
    page = touched.page
    touched.hold(at(page, TOWN))
    chosen(page, TOWN)
    assert page.evaluate("String(getSelection())") == ""


def test_targets_have_room_under_fingers(touched: Fingers) -> None:
    """In each view, controls are at least 24 pixels high and wide (WCAG 2.2, 2.5.8)."""
    page = touched.page
    page.locator("#legend").evaluate("(legend) => { legend.open = true; }")
    page.locator("#time button").evaluate("(button) => button.click()")
    for view in ("network", "organisations", "timeline", "waves", "table"):
        page.evaluate("(view) => kgView.change({ view, chosen: 'organisation:town' })", view)
        small = page.evaluate(
            "[...document.querySelectorAll('button, a, select, summary, input, .key label')]"
            ".filter((each) => { const { width, height } = each.getBoundingClientRect();"
            " return width && (width < 24 || height < 23.9); }).map((each) => each.outerHTML)"
        )
        assert small == [], view
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
