"""Asking the page: filters, focus, chains, time, size and colour, hiding and pinning, each on its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from page import click_node, panel, place, shown, state, town

from kg.view import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TOWN, DEMO = "organisation:town", "initiative:demo-town"


def change(page: Page, **patch: Any) -> None:
    """Change the state as every control does."""
    page.evaluate("(patch) => kgView.change(patch)", patch)


def hidden(page: Page) -> dict[str, int]:
    """Give how many things are hidden, by reason."""
    found: dict[str, int] = page.evaluate("kgView.shown().hidden")
    return found


def open_fold(page: Page, number: int) -> None:
    """Unfold a part of the legend."""
    page.locator(".fold > summary").nth(number).click()


def test_a_role_is_filtered_and_what_it_leaves_alone_is_counted(
    visit: Callable[..., Page], town_page: str
) -> None:
    """Without partners their ties are gone, and so is who had no other; one button brings all back."""
    page = visit(town_page)
    open_fold(page, 0)
    page.locator(".key label", has_text="partner").click()
    assert state(page, "off")["role"] == ["partner"]
    assert "organisation:builders" not in shown(page)
    assert TOWN in shown(page)
    assert hidden(page)["alone"] == 30 - len(shown(page))
    assert "without a tie that is shown" in page.locator("#why").inner_text()
    page.locator("#reveal button").click()
    assert len(shown(page)) == 30
    assert page.locator("#why").inner_text() == ""


def test_one_initiative_alone(visit: Callable[..., Page], town_page: str) -> None:
    """The button beside an initiative leaves it with those that take part in it, and no more."""
    page = visit(town_page)
    open_fold(page, 1)
    row = page.locator(".key", has_text="Demo Town")
    row.hover()
    row.locator(".only").click()
    keys = shown(page)
    assert {key for key in keys if key.startswith("initiative:")} == {DEMO}
    assert "organisation:volts" in keys
    assert "organisation:giving" not in keys
    row.locator(".only").click()
    assert len(shown(page)) == 30


def test_a_source_is_filtered(visit: Callable[..., Page], town_page: str) -> None:
    """A tie goes where all its sources are out, and stays where one is left."""
    page = visit(town_page)
    sources = page.evaluate(
        "Object.fromEntries(Object.entries(JSON.parse(document.getElementById('data').textContent).ties)"
        ".map(([key, tie]) => [key, [...new Set(tie.citations.map((each) => each.source))]]))"
    )
    change(page, off={"kind": [], "role": [], "initiative": [], "source": ["sida"]})
    left = set(page.evaluate("Object.keys(kgView.shown().edges)"))
    assert left == {key for key, cited in sources.items() if cited != ["sida"]}


def test_filters_go_together(visit: Callable[..., Page], town_page: str) -> None:
    """Two filters leave what passes both; the table has exactly the ties that are shown."""
    page = visit(town_page)
    change(page, off={"kind": ["organisation industry"], "role": ["founder"], "initiative": [], "source": []})
    count = len(page.evaluate("Object.keys(kgView.shown().edges)"))
    assert f"{count} of 38 ties" in page.locator("#status").inner_text()
    change(page, view="table")
    assert page.locator("#table tbody tr").count() == count


@pytest.mark.parametrize("hops", [1, 2, 3, 4])
def test_focus_reaches_so_many_ties(visit: Callable[..., Page], town_page: str, hops: int) -> None:
    """Focus on a thing leaves what so many ties lead to, as networkx counts them."""
    import networkx as nx

    page = visit(town_page)
    click_node(page, "organisation:volts")
    page.locator("#panel .hops button", has_text=str(hops)).click()
    assert state(page, "focus") == {"key": "organisation:volts", "hops": hops}
    expected = nx.ego_graph(town().to_undirected(), "organisation:volts", radius=hops)
    assert shown(page) == set(expected)
    assert page.locator("#focus").is_visible()
    page.locator("#focus button").click()
    assert len(shown(page)) == 30


def test_a_hidden_neighbour_is_expanded(visit: Callable[..., Page], town_page: str) -> None:
    """From the edge of a focus one goes on, a thing at a time."""
    page = visit(town_page)
    change(page, focus={"key": "organisation:volts", "hops": 1}, chosen=DEMO)
    assert shown(page) == {"organisation:volts", DEMO}
    assert "hidden now" in panel(page)
    page.locator("#panel .act", has_text="hidden neighbours").click()
    assert {TOWN, "organisation:builders"} <= shown(page)
    assert "initiative:arena" not in shown(page)


def test_all_shortest_chains_are_counted_and_shown_in_turn(
    visit: Callable[..., Page], town_page: str
) -> None:
    """The chain to another thing is found by search, listed with roles and sources, and turned through."""
    import networkx as nx

    page = visit(town_page)
    one, other = "organisation:volts", "unit:council"
    click_node(page, one)
    page.locator("#panel .act", has_text="Chain to").click()
    assert "Chain from" in str(page.locator("#search").get_attribute("placeholder"))
    page.keyboard.type("council")
    page.keyboard.press("Enter")
    assert state(page, "chain") == {"from": one, "to": other, "at": 0}
    chains = page.evaluate("kgView.chains()")
    paths = {tuple(path) for path in nx.all_shortest_paths(nx.Graph(town()), one, other)}
    assert {tuple(path) for path in chains["list"]} == paths
    assert chains["count"] == len(paths)
    text = panel(page)
    assert "partner" in text
    assert "sida" in text
    assert page.locator("#panel .stop").count() == chains["length"] + 1


def test_two_chains_are_turned_through(visit: Callable[..., Page], town_page: str) -> None:
    """Of several shortest chains the next and the previous are a button away, round and round."""
    page = visit(town_page)
    pairs = [("organisation:technical-university", "organisation:region"), ("organisation:university", TOWN)]
    found = None
    for one, other in pairs:
        change(page, chain={"from": one, "to": other, "at": 0})
        if page.evaluate("kgView.chains().count") > 1:
            found = page.evaluate("kgView.chains().count")
            break
    assert found
    page.locator("#panel .act", has_text="Next").click()
    assert state(page, "chain")["at"] == 1
    assert f"2 of {found}" in panel(page)
    page.locator("#panel .act", has_text="Previous").click()
    page.locator("#panel .act", has_text="Previous").click()
    assert state(page, "chain")["at"] == found - 1
    page.locator("#panel button[aria-label=Close]").click()
    assert state(page, "chain") is None


def test_where_no_chain_leads_the_page_says_so(visit: Callable[..., Page], town_page: str) -> None:
    """Chains go along ties that are shown; where filters cut them there is none."""
    page = visit(town_page)
    change(page, off={"kind": [DEMO, "initiative"], "role": [], "initiative": [], "source": []})
    change(page, chain={"from": "organisation:volts", "to": TOWN, "at": 0})
    assert "No chain of ties" in panel(page)


def test_as_of_a_year(visit: Callable[..., Page], town_page: str) -> None:
    """Certain, possible and excluded are told apart, in the picture, the panel and in words."""
    page = visit(town_page)
    page.locator("#time button").click()
    page.locator("#time .switch button", has_text="As of").click()
    page.locator("#time input[type=range]").evaluate(
        "(range) => { range.value = '2016'; range.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    assert state(page, "time")["at"] == "2016"
    edges = page.evaluate("kgView.shown().edges")
    assert edges["membership:town-participant-champions"] == "certainly"  # attested then
    assert edges["membership:volts-partner-demo-town"] == "possibly"
    assert "membership:town-participant-giving-cities" not in edges  # it began in 2020
    assert "membership:demo-town-part-futures" not in edges  # 2021
    assert "possibly" in page.locator("#time-says").inner_text()
    assert page.evaluate("kgView.shown().ties.time") == 2
    change(page, time={"mode": "as-of", "at": "2020", "from": "", "to": ""})
    edges = page.evaluate("kgView.shown().edges")
    assert edges["membership:town-participant-giving-cities"] == "certainly"
    click_node(page, TOWN)
    assert "certainly held" in panel(page)
    assert "possibly held" in panel(page)


@pytest.mark.parametrize(
    ("period", "held"),
    [("2015", "certainly"), ("2014", None), ("2026-05-01", "possibly"), ("2015-03", "possibly")],
)
def test_what_is_unknown_excludes_nothing(
    visit: Callable[..., Page], town_page: str, period: str, held: str | None
) -> None:
    """What began in 2015 and has no known end: not before, certainly in 2015, possibly ever after."""
    page = visit(town_page)
    change(page, time={"mode": "as-of", "at": period, "from": "", "to": ""})
    assert page.evaluate("kgView.shown().edges['membership:volts-partner-demo-town'] ?? null") == held


def test_what_changed_between_two_years(visit: Callable[..., Page], town_page: str) -> None:
    """What began, what ended, what did both, and what the sources leave open."""
    page = visit(town_page)
    change(page, time={"mode": "between", "at": "", "from": "2016", "to": "2021"})
    edges = page.evaluate("kgView.shown().edges")
    assert edges["membership:town-participant-giving-cities"] == "both"
    assert edges["membership:demo-town-part-futures"] == "began"
    assert edges["membership:volts-partner-demo-town"] == "maybe"  # it may have ended
    assert edges["membership:giving-initiator-giving-cities"] == "lasted"
    change(page, time={"mode": "between", "at": "", "from": "2021", "to": "2022"})
    assert page.evaluate("kgView.shown().edges['membership:town-participant-giving-cities']") == "ended"


def test_time_plays_and_stops(visit: Callable[..., Page], town_page: str) -> None:
    """Play goes on by a year, pause stops it."""
    page = visit(town_page)
    page.locator("#time button").click()
    page.locator("#time .switch button", has_text="As of").click()
    page.locator("#time button[aria-label=Play]").click()
    first = state(page, "time")["at"]
    page.wait_for_function("(first) => kgView.state().time.at > first", arg=first)
    page.locator("#time button[aria-label=Pause]").click()
    stopped = state(page, "time")["at"]
    page.wait_for_timeout(1300)
    assert state(page, "time")["at"] == stopped


def test_without_dates_there_is_no_slider(visit: Callable[..., Page]) -> None:
    """Where no source gives a date the time bar says so."""
    network = town()
    for *_, tie in network.edges(keys=True, data=True):
        tie.update(dict.fromkeys(("start", "end", "attested"), ""))
    for _, node in network.nodes(data=True):
        node.update(events=[])
    page = visit(render(network))
    page.locator("#time button").click()
    assert "no dates" in page.locator("#time").inner_text()


def test_size_and_colour_by_a_measure(visit: Callable[..., Page], town_page: str) -> None:
    """Betweenness makes its greatest the largest; communities have a letter each, in mark and legend."""
    page = visit(town_page)
    open_fold(page, 3)
    page.locator("#keys select").first.select_option("betweenness")
    sizes = page.evaluate(
        "Object.fromEntries(Object.entries(kgView.network.body.nodes)"
        ".filter(([key]) => key.includes(':')).map(([key, node]) => [key, node.options.size]))"
    )
    assert max(sizes, key=sizes.get) == TOWN
    page.locator("#keys select").nth(1).select_option("community")
    assert "community A" in page.locator("#legend").inner_text()
    assert state(page, "colour") == "community"
    page.locator("#keys select").nth(1).select_option("degree")
    fill = "(key) => kgView.network.body.nodes[key].options.color.background"
    assert page.evaluate(fill, TOWN) != page.evaluate(fill, "organisation:volts")
    assert page.locator(".scale .swatch").count() == 5


def test_a_thing_is_hidden_by_hand_and_found_again(visit: Callable[..., Page], town_page: str) -> None:
    """Hide takes it out and counts it; the search brings it back."""
    page = visit(town_page)
    click_node(page, "organisation:volts")
    page.locator("#panel .act", has_text="Hide").click()
    assert state(page, "put") == ["organisation:volts"]
    assert hidden(page) == {"hand": 1}
    assert "1 by hand" in page.locator("#why").inner_text()
    page.locator("#search").fill("volt")
    page.keyboard.press("Enter")
    assert "organisation:volts" in shown(page)


def test_dragging_pins(visit: Callable[..., Page], town_page: str) -> None:
    """A thing that is dragged keeps its place and is said to be pinned, until it is let go."""
    page = visit(town_page)
    key = "organisation:giving"
    before = place(page, key)
    box = page.locator("#picture").bounding_box()
    assert box
    page.mouse.move(box["x"] + before["x"], box["y"] + before["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + before["x"] + 40, box["y"] + before["y"] + 30, steps=4)
    page.mouse.up()
    assert key in state(page, "pinned")
    after = place(page, key)
    assert abs(after["x"] - before["x"] - 40) < 8
    page.evaluate("(key) => kgView.choose(key)", key)
    assert "pinned" in panel(page)
    page.locator("#panel .act", has_text="Unpin").click()
    assert state(page, "pinned") == {}


def test_the_page_opens_in_a_state(visit: Callable[..., Page]) -> None:
    """Focus and date from the command line; what means nothing is left out."""
    given = {
        "focus": {"key": TOWN, "hops": 1},
        "time": {"mode": "as-of", "at": "2016", "from": "", "to": ""},
        "colour": "no such",
        "put": ["organisation:no-such"],
        "view": "<b>",
    }
    page = visit(render(town(), state=given, language="sv"))
    assert state(page, "focus") == given["focus"]
    assert state(page, "time")["at"] == "2016"
    assert (state(page, "colour"), state(page, "put"), state(page, "view")) == ("kind", [], "network")
    assert state(page, "language") == "sv"
    assert set(page.evaluate("Object.keys(kgView.differing())")) == {"focus", "time"}


def test_the_filters_can_leave_nothing(visit: Callable[..., Page], town_page: str) -> None:
    """Where nothing is left the page says so, and offers to show all again."""
    page = visit(town_page)
    drawn = "JSON.parse(document.getElementById('data').textContent).nodes"
    kinds = page.evaluate(f"[...new Set({drawn}.map(({{ legend }}) => legend))]")
    change(page, off={"kind": kinds, "role": [], "initiative": [], "source": []})
    assert shown(page) == set()
    assert page.locator("#nothing").is_visible()
    page.locator("#reveal button").click()
    assert not page.locator("#nothing").is_visible()


def test_conflicts_stand_side_by_side(visit: Callable[..., Page], town_page: str) -> None:
    """What two sources say differently is shown with both dates and lines."""
    page = visit(town_page)
    page.evaluate("(key) => kgView.choose(key)", TOWN)
    text = panel(page)
    for expected in ("Sources that differ", "Population", "600,100", "2018", "survey:4", "undated"):
        assert expected in text
    assert page.locator(".sides .side").count() == 2
