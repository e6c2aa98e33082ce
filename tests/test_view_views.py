"""The other views of the page: organisations, timeline, survey waves and table, each of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from page import HOSTILE, panel, place, shown, state, town

from kg import projection
from kg.view import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TOWN, DEMO = "organisation:town", "initiative:demo-town"
NONE: dict[str, list[str]] = {"kind": [], "role": [], "initiative": [], "source": []}


def change(page: Page, **patch: Any) -> None:
    """Change the state as every control does."""
    page.evaluate("(patch) => kgView.change(patch)", patch)


def pairs(page: Page) -> dict[tuple[str, str], list[str]]:
    """Give the pairs that the page shows, with the initiatives behind each."""
    return {(pair["from"], pair["to"]): pair["initiatives"] for pair in page.evaluate("kgView.pairs()")}


def test_the_pairs_are_those_of_the_one_mode_network(visit: Callable[..., Page], town_page: str) -> None:
    """The page finds the pairs, and the initiatives behind them, that kg.projection does."""
    page = visit(town_page)
    page.locator("#views button", has_text="Partners").click()
    assert state(page, "view") == "organisations"
    expected = {
        tuple(sorted(ends)): sorted({tie["initiative"] for tie in edge["ties"]})
        for *ends, edge in projection.one_mode(town()).edges(data=True)
    }
    assert pairs(page) == expected
    assert f"{len(expected)} pairs" in page.locator("#status").inner_text()
    actors = set(projection.one_mode(town()))
    assert {label["id"] for label in page.evaluate("kgView.labels()") if " " not in label["id"]} <= actors


def test_filters_and_time_hold_for_pairs(visit: Callable[..., Page], town_page: str) -> None:
    """Without an initiative its pairs are gone; as of a year only those remain that may have held."""
    page = visit(town_page)
    change(page, view="organisations", off={**NONE, "initiative": [DEMO]})
    assert pairs(page)
    assert all(DEMO not in initiatives for initiatives in pairs(page).values())
    change(page, off=NONE, time={"mode": "as-of", "at": "2010", "from": "", "to": ""})
    held = set(page.evaluate("Object.keys(kgView.shown().edges)"))
    graph = town()
    graph.remove_edges_from([edge for edge in graph.edges(keys=True) if edge[2] not in held])
    left = {tuple(sorted(ends)) for ends in projection.one_mode(graph).edges()}
    assert set(pairs(page)) == left
    assert len(left) < projection.one_mode(town()).number_of_edges()


def test_a_pair_tells_of_its_initiatives(visit: Callable[..., Page], town_page: str) -> None:
    """A click on a line lists each shared initiative, with both roles, times and lines."""
    page = visit(town_page)
    change(page, view="organisations")
    one, other = "organisation:builders", TOWN
    middle = {axis: (place(page, one)[axis] + place(page, other)[axis]) / 2 for axis in "xy"}
    page.locator("#picture").click(position=middle)  # type: ignore[arg-type]  # x and y
    assert state(page, "chosen") == f"{one} {other}"
    text = panel(page)
    for expected in ("Both take part in", "Demo Town", "Town of Example", "partner", "line"):
        assert expected in text
    page.locator("#panel .go", has_text="Demo Town").first.click()
    assert state(page, "chosen") == DEMO


def test_pairs_are_walked_by_keyboard(visit: Callable[..., Page], town_page: str) -> None:
    """Home, N and Enter go from organisation to organisation, and say what they share."""
    page = visit(town_page)
    change(page, view="organisations")
    page.locator("#picture").focus()
    page.keyboard.press("Home")
    assert state(page, "chosen") == TOWN
    page.keyboard.press("n")
    assert page.locator("#live").inner_text().startswith("Tie 1 of ")
    page.keyboard.press("Enter")
    assert state(page, "chosen") in projection.one_mode(town())[TOWN]
    assert page.locator("#panel .act", has_text="Pin").count() == 0


def test_going_back_brings_the_network_back(visit: Callable[..., Page], town_page: str) -> None:
    """The picture has the whole network again, where it stood."""
    page = visit(town_page)
    before = page.evaluate("kgView.network.getPositions()")
    change(page, view="organisations")
    assert set(page.evaluate("Object.keys(kgView.network.getPositions())")) == set(
        projection.one_mode(town())
    )
    change(page, view="network")
    assert page.evaluate("kgView.network.getPositions()") == before


def test_the_timeline_has_what_is_shown(visit: Callable[..., Page], town_page: str) -> None:
    """A row for each initiative and each holder of a post that is shown, with when in words."""
    page = visit(town_page)
    page.locator("#views button", has_text="Timeline").click()
    initiatives = {key for key in shown(page) if key.startswith("initiative:")}
    holders = {
        key
        for _, end, key, tie in town().edges(keys=True, data=True)
        if end.startswith("post:") and tie["type"] == "membership"
    }
    rows = page.locator("#timeline [data-hold^='span ']")
    told = {
        value.removeprefix("span ")
        for value in rows.evaluate_all("(all) => all.map((each) => each.dataset.hold)")
    }
    assert told == initiatives | holders
    assert page.locator("#timeline .when").count() == len(told)
    change(page, off={**NONE, "initiative": [DEMO]})
    assert page.locator(f"#timeline [data-hold='span {DEMO}']").count() == 0


def test_the_timeline_is_honest(visit: Callable[..., Page]) -> None:
    """Full where it is certain, faded between bounds, open where nothing bounds it, else nothing."""
    network = town()
    bounds = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
    cases = {
        "sure": (("2015-01-01", "2015-12-31", "2018-01-01", "2018-12-31"), "2015 to 2018"),
        "open": (
            ("2015-03-01", "2015-03-31", "2019-01-01", ""),
            "from March 2015; its end is not stated; still there in 2019",
        ),
        "seen": (("", "2016-12-31", "2016-01-01", ""), "attested in 2016"),
        "between": (("", "2016-12-31", "2019-01-01", ""), "attested from 2016 to 2019"),
        "unknown": (("", "", "", ""), "no date is stated"),
    }
    keys = [key for key in network if key.startswith("initiative:")][: len(cases)]
    for key, (days, _) in zip(keys, cases.values(), strict=True):
        network.nodes[key].update(dict(zip(bounds, days, strict=True)))
    page = visit(render(network))
    change(page, view="timeline")
    found = {}
    for key, (case, (_, text)) in zip(keys, cases.items(), strict=True):
        row = page.locator("#timeline li", has=page.locator(f"[data-hold='span {key}']"))
        assert text in row.locator(".when").inner_text()
        found[case] = row.locator("rect").evaluate_all(
            "(all) => all.map((each) => each.getAttribute('fill').replace(/^url\\(#|-initiative\\)$/g, ''))"
        )
    assert [fill[:5] for fill in found["sure"]] == ["faded", "#d55e", "faded"]
    assert [fill.partition("-")[0] for fill in found["open"]] == ["faded", "#d55e00", "open"]
    assert found["seen"] == ["open-left", "within", "open-right"]
    assert [fill.partition("-")[0] for fill in found["between"]] == ["open", "#d55e00", "open"]
    assert found["unknown"] == []


def test_the_timeline_is_sorted_and_opens_the_panel(visit: Callable[..., Page], town_page: str) -> None:
    """By name the rows stand in order; a row is a button, by keyboard too, and its panel is open."""
    page = visit(town_page)
    change(page, view="timeline")
    page.locator("#timeline button", has_text="By name").click()
    names = page.locator("#timeline ul").first.locator(".go").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    page.locator(f"#timeline [data-hold='span {DEMO}']").focus()
    page.keyboard.press("Enter")
    assert state(page, "chosen") == DEMO
    assert "Demo Town" in panel(page)


def test_the_waves_stand_side_by_side(visit: Callable[..., Page], town_page: str) -> None:
    """Each option with both answers and their lines, and what cannot be compared told apart."""
    page = visit(town_page)
    page.locator("#views button", has_text="Survey").click()
    rows = page.locator("#waves tbody tr:not(.question)")
    assert rows.count() == 6
    cells = [row.locator("td").all_inner_texts() for row in rows.all()]
    assert cells[0][2].endswith("the same")
    assert "lines 1, 3–4" in cells[0][0]
    assert (cells[2][0].split("\n")[0], cells[4][0], cells[5][1]) == (
        "no such answer",
        "not offered",
        "question not answered",
    )
    assert HOSTILE["image"] in cells[1][1]
    assert page.evaluate("window.stung") is None
    page.locator("#waves button", has_text="Only what differs").click()
    assert rows.count() == 5
    assert "2020" in page.locator("#waves ul").inner_text()


def test_without_a_survey_there_is_no_such_view(visit: Callable[..., Page]) -> None:
    """A data set without waves has no switch for them, and a link to them opens the network."""
    page = visit(render(town()), fragment="#view=waves")
    assert "Survey" not in page.locator("#views").inner_text()
    assert state(page, "view") == "network"


def test_the_table_has_exactly_what_is_shown(visit: Callable[..., Page], town_page: str) -> None:
    """A row for each tie that is shown as of a year, and one for a thing that is shown without a tie."""
    page = visit(town_page)
    change(page, view="table", time={"mode": "as-of", "at": "2012", "from": "", "to": ""})
    count = len(page.evaluate("Object.keys(kgView.shown().edges)"))
    alone = [
        key
        for key in shown(page)
        if not page.evaluate(
            "(key) => kgView.network.getConnectedEdges(key).some((id) => id in kgView.shown().edges)", key
        )
    ]
    assert count < 38
    assert page.locator("#table tbody tr").count() == count + len(alone)
    roles = sorted({tie["role"] for *_, tie in town().edges(data=True)})
    change(page, off={**NONE, "role": roles}, expanded=[TOWN])
    assert page.locator("#table tbody tr").all_inner_texts()[0].startswith("Town of Example")


@pytest.mark.parametrize("width", [390, 800])
def test_names_have_room_on_small_screens(visit: Callable[..., Page], town_page: str, width: int) -> None:
    """Most things are named on a phone, and all but a few on a tablet; no name covers another or is cut."""
    page = visit(town_page, viewport={"width": width, "height": 900})
    labels = [label for label in page.evaluate("kgView.labels()") if label["box"]]
    assert len(labels) >= {390: 20, 800: 28}[width]
    boxes = [label["box"] for label in labels]
    assert not [
        (a, b)
        for at, a in enumerate(boxes)
        for b in boxes[at + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@pytest.mark.parametrize("view", ["organisations", "timeline", "waves", "table"])
@pytest.mark.parametrize("width", [390, 800, 1440])
def test_nothing_is_wider_than_the_screen(
    visit: Callable[..., Page], town_page: str, view: str, width: int
) -> None:
    """No view makes the page scroll sideways, and its controls have room (WCAG 2.2, 2.5.8)."""
    page = visit(town_page, viewport={"width": width, "height": 900})
    change(page, view=view)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    element = "#stage" if view == "organisations" else f"#{view}"
    assert page.locator(element).evaluate("(each) => each.scrollWidth <= each.clientWidth")
    page.locator("#take button").first.click()
    small = page.evaluate(
        "[...document.querySelectorAll('button')].filter((each) => { const { width, height } ="
        " each.getBoundingClientRect(); return width && (width < 24 || height < 23.9); })"
        ".map((each) => each.outerHTML)"
    )
    assert small == []
    menu = page.locator("#take-menu").bounding_box()
    assert menu
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= width
