"""Room: names where there is little of it, moving a large picture, and screens of every size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import STOCKHOLM, benchmark, loaded
from fingers import phone

from kg import network
from kg.view import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
THINGS, TIES = 200, 800
PHONE = {"width": 390, "height": 844}
MEET = """(boxes) => boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) =>
  a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]))"""
SEEN = """() => { const { width, height } = document.getElementById('picture').getBoundingClientRect();
  return kgView.shown().nodes.filter((key) => {
    const { x, y } = kgView.network.canvasToDOM(kgView.network.getPositions([key])[key]);
    return x > 0 && x < width && y > 0 && y < height; }); }"""
COUNTED = """async (moves) => { const { renderer } = kgView.network; const draw = renderer._drawEdges;
  let count = 0; renderer._drawEdges = function (...all) { count += 1; return draw.apply(this, all); };
  for (let step = 1; step <= moves; step += 1) { kgView.network.moveTo({ position: { x: step * 4, y: 0 } });
    await new Promise(requestAnimationFrame); }
  renderer._drawEdges = draw; return count; }"""
DOTS = "() => kgView.network.canvas.frame.canvas.toDataURL()"


MOST_TIED = """() => { const ties = (key) => kgView.network.getConnectedEdges(key).length;
  return kgView.shown().nodes.sort((a, b) => ties(b) - ties(a) || (a < b ? -1 : 1)).slice(0, 12); }"""


@pytest.fixture(scope="module")
def stockholm_page() -> str:
    """Render Stockholm's network."""
    return render(network.read(loaded(STOCKHOLM).store, "en"), dataset={"title_en": "Stockholm"})


@pytest.fixture(scope="module")
def crowd() -> str:
    """Render an invented network that is large, but not so large that sigma draws it."""
    return render(benchmark("ecosystems").ecosystem(THINGS, TIES))


def named(page: Page) -> set[str]:
    """Give the keys of the things that are named."""
    return {label["id"] for label in page.evaluate("kgView.labels()") if label["box"]}


@pytest.mark.parametrize("width", [390, 1440])
def test_those_with_most_ties_are_named_first(visit: Callable[..., Page], crowd: str, width: int) -> None:
    """However little room there is, the ten with most ties have their names, and none covers another."""
    page = visit(crowd, viewport={"width": width, "height": 900})
    page.locator("#zoom button").last.click()
    sizes = "kgView.shown().nodes.map((key) => [-kgView.network.body.nodes[key].options.size, key])"
    most = [key for _, key in sorted(page.evaluate(sizes))]
    found = len(set(most[:10]) & named(page))
    assert found == 10 if width > 1000 else found >= 6
    boxes = [label["box"] for label in page.evaluate("kgView.labels()") if label["box"]]
    assert page.evaluate(MEET, boxes) == []


def test_a_phone_opens_on_what_can_be_read(visit: Callable[..., Page], crowd: str) -> None:
    """It opens about the thing with most ties, with names; one button shows all, closer up there are more."""
    page = visit(crowd, viewport=PHONE)
    seen = set(page.evaluate(SEEN))
    assert 12 < len(seen) < THINGS / 2
    assert len(named(page) & seen) > len(seen) / 3
    page.locator("#zoom button").last.click()
    assert len(page.evaluate(SEEN)) == THINGS
    assert "200 things" in page.locator("#status").inner_text()


@pytest.mark.parametrize("size", [(320, 568), (360, 640), (390, 844), (844, 390)])
@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_small_phone_names_those_with_most_ties(
    visit: Callable[..., Page], stockholm_page: str, size: tuple[int, int], language: str
) -> None:
    """Of the twelve things of Stockholm with most ties, nine are in sight and named at once on any phone."""
    page = visit(stockholm_page, fragment=f"#language={language}", **phone(size))
    most = set(page.evaluate(MOST_TIED))
    assert len(most & named(page) & set(page.evaluate(SEEN))) >= 9
    page.locator("#zoom button").last.click()
    assert len(most & named(page)) >= 8


def test_a_large_picture_moves_as_an_image(visit: Callable[..., Page], crowd: str) -> None:
    """Its lines are drawn for an image that is moved, not for each frame; at rest it is sharp again."""
    page = visit(crowd)
    page.wait_for_timeout(300)
    assert page.evaluate(COUNTED, 30) <= 3
    moving: Any = page.evaluate(DOTS)
    page.wait_for_timeout(400)
    sharp = page.evaluate(DOTS)
    assert sharp != moving
    page.evaluate("kgView.network.redraw()")
    assert page.evaluate(DOTS) == sharp


def test_an_image_shows_what_was_changed(visit: Callable[..., Page], crowd: str) -> None:
    """After a filter the image that moves is a new one: without what is hidden."""
    page = visit(crowd)
    page.evaluate(COUNTED, 3)
    page.evaluate("() => kgView.change({ put: kgView.shown().nodes })")
    page.evaluate(COUNTED, 3)
    blank = (
        "() => kgView.network.canvas.getContext().getImageData(0, 0, 4000, 2000).data.every((dot) => !dot)"
    )
    assert page.evaluate(blank)


@pytest.mark.parametrize("size", [(320, 256), (844, 390), (720, 450)])
def test_a_low_screen_scrolls(visit: Callable[..., Page], town_page: str, size: tuple[int, int]) -> None:
    """Zoomed in to 400 % (WCAG 1.4.10), or on a phone held across, picture and panel have their room."""
    wide, high = size
    page = visit(town_page, viewport={"width": wide, "height": high})
    assert page.locator("main").evaluate("(each) => each.clientHeight") >= 360
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("kgView.choose('organisation:town')")
    box = page.locator("#panel-title").bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + min(box["height"], 30) <= high
