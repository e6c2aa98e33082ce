"""The page that kg.view writes: sound as text, and driven in a real Chromium."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from page import HOSTILE, click_node, hostile, panel, place, shown, state, town, whole

from kg.network import read
from kg.view import LOOKS, OPTIONS, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


# ---- the file -------------------------------------------------------------------------------


def test_the_page_is_the_same_each_time(town_page: str) -> None:
    """The same network gives the same bytes."""
    assert render(town(), **whole()) == town_page


def test_nothing_in_the_page_points_out_of_it(town_page: str) -> None:
    """No element loads anything: no src, no stylesheet, no import, no source map."""
    own = re.sub(r"<script.*?</script>", "", town_page, flags=re.DOTALL)
    assert not re.search(r"\bsrc=|@import|url\((?![\"']?data:)", own)
    assert re.findall(r'<link[^>]*href="([^"]*)"', own) == ["data:,"]
    assert "sourceMappingURL" not in town_page


def test_the_policy_admits_the_scripts_and_the_style_alone(town_page: str) -> None:
    """The digests in the policy are those of what stands in the page."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', town_page)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    parts = re.findall(r"<script>(.*?)</script>|<style>(.*?)</style>", town_page, flags=re.DOTALL)
    digests = [hashlib.sha256("".join(part).encode()).digest() for part in parts]
    assert len(digests) == 3
    expected = {f"sha256-{base64.b64encode(digest).decode()}" for digest in digests}
    assert set(re.findall(r"'(sha256-[^']*)'", policy[1])) == expected


def test_the_library_keeps_its_licence(town_page: str) -> None:
    """The banner of vis-network stands before its code."""
    assert "@copyright (c) 2017-2019 visjs contributors" in town_page


def test_data_cannot_end_its_element() -> None:
    """Hostile names are escaped in the data and in the title."""
    network = hostile()
    text = render(network, title=HOSTILE["closing"])
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.DOTALL)
    assert data
    assert not set(data[1]) & set("<>&\u2028\u2029")
    assert json.loads(data[1])["title"] == {"": HOSTILE["closing"]}
    assert text.count("window.stung = 1</script>") == 0


def test_pyvis_makes_nodes_edges_and_options(town_page: str) -> None:
    """Colours, shapes, sizes, arrows, places and physics are those that pyvis was given."""
    data = re.search(r'id="data">(.*?)</script>', town_page, flags=re.DOTALL)
    assert data
    drawn = json.loads(data[1])
    assert drawn["options"] == OPTIONS
    assert len(drawn["nodes"]) == 30
    town_node = next(node for node in drawn["nodes"] if node["id"] == "organisation:town")
    shape, fill, border, *_ = LOOKS["organisation government"]
    assert (town_node["shape"], town_node["color"]) == (shape, {"background": fill, "border": border})
    assert {"x", "y", "size"} <= set(town_node)
    labels = {edge["id"]: edge["label"] for edge in drawn["edges"]}
    assert labels["membership:telephones-partner-demo-town"] == "partner 2015–?"
    assert labels["membership:town-participant-giving-cities"] == "participant 2020–2021"


def test_the_title_is_the_datasets_or_the_one_given() -> None:
    """A title, else that of a row of dataset.csv, else that of the graph."""
    network = town()
    assert "<title>The innovation ecosystem of Example</title>" in render(network)
    assert "<title>Here</title>" in render(network, dataset={"title_en": "Here", "version": "1"})
    assert "<title>A &amp; B</title>" in render(network, title="A & B")


# ---- the page in a browser ------------------------------------------------------------------


@pytest.mark.browser
def test_the_page_draws_names_and_roles(visit: Callable[..., Page], town_page: str) -> None:
    """The picture has names, and roles with years along its lines; the bar has title, date, counts."""
    page = visit(town_page)
    written = {label["id"]: label["text"] for label in page.evaluate("kgView.labels()")}
    assert written["organisation:town"] == "Town of Example"
    assert "2015" in " ".join(text for key, text in written.items() if key.startswith("membership:"))
    assert page.title() == "The innovation ecosystem of Example"
    assert "22 November 2026" in page.locator(".about").inner_text()
    assert "30 things, 38 ties" in page.locator("#status").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("scale", [0.3, 0.7, 1, 2])
def test_names_never_cover_one_another(visit: Callable[..., Page], town_page: str, scale: float) -> None:
    """At each scale the names that are shown have their places apart, and closer up there are more."""
    page = visit(town_page)
    page.evaluate("(scale) => kgView.network.moveTo({ scale })", scale)
    page.wait_for_timeout(400)
    boxes = [label["box"] for label in page.evaluate("kgView.labels()") if label.get("box")]
    assert len(boxes) >= (10 if scale < 1 else 28)
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@pytest.mark.browser
def test_an_empty_network_is_a_page_too(visit: Callable[..., Page]) -> None:
    """Where nothing is known the page says so without complaint."""
    page = visit(render(read(ox.Store())), ready="true")
    assert "0 things, 0 ties" in page.locator("#status").inner_text()
    assert page.locator("#nothing").inner_text() == "There is nothing in this network."
    assert page.title() == page.locator("h1").inner_text() == "Network"
    page.locator("#languages button", has_text="SV").click()
    assert page.title() == page.locator("h1").inner_text() == "Nätverk"


@pytest.mark.browser
def test_a_choice_in_the_table_is_there_in_the_picture(visit: Callable[..., Page], town_page: str) -> None:
    """Going from the table to a thing and back to the picture shows it at a readable scale."""
    page = visit(town_page)
    page.locator("#views button", has_text="Table").click()
    page.locator("#table button.go", has_text="West College").first.click()
    page.locator("#views button", has_text="Network").click()
    assert page.evaluate("kgView.network.getScale()") > 0.5
    assert page.locator("#panel-title").inner_text() == "West College"


@pytest.mark.browser
def test_a_clicked_node_shows_its_profile_and_citations(visit: Callable[..., Page], town_page: str) -> None:
    """The panel names the thing in both languages, its roles, through whom, goals, and lines."""
    page = visit(town_page)
    click_node(page, "initiative:cities-for-life")
    text = panel(page)
    for expected in (
        "Cities for Life",
        "Livskraftiga städer",
        "programme",
        "board member",
        "through Executive Office",
        "climate-neutral cities",
        "mission by 2030",
        "line 27",
        "sida",
    ):
        assert expected in text
    page.locator("#panel button.go", has_text="Royal Technical University").click()
    assert state(page, "chosen") == "organisation:technical-university"
    assert page.locator("#panel .ids a").first.get_attribute("href") == "https://ror.org/000000001"
    page.locator("#panel button[aria-label=Back]").click()
    assert state(page, "chosen") == "initiative:cities-for-life"


@pytest.mark.browser
def test_a_clicked_edge_shows_role_interval_and_citations(visit: Callable[..., Page], town_page: str) -> None:
    """An edge opens its own panel: role, both ends, when, how sure and why, and its lines."""
    page = visit(town_page)
    middle = "(key) => kgView.network.canvasToDOM(kgView.network.body.edges[key].edgeType.getPoint(0.5))"
    where = page.evaluate(middle, "membership:giving-initiator-giving-cities")
    page.locator("#picture").click(position=where)
    text = panel(page)
    for expected in (
        "initiator",
        "Giving Foundation",
        "Giving Cities",
        "no date is stated",
        "implied",
        "The programme carries its name.",
        "lines 57–59",
    ):
        assert expected in text
    page.evaluate("kgView.choose('membership:telephones-partner-demo-town')")
    assert "from 2015; its end is not stated" in panel(page)


@pytest.mark.browser
def test_the_legend_filters(visit: Callable[..., Page], town_page: str) -> None:
    """Unticking a kind hides its nodes, counts what is left, and shortens the table."""
    page = visit(town_page)
    page.locator(".key label", has_text="industry").click()
    assert len(shown(page)) == 26
    assert "26 of 30 things" in page.locator("#status").inner_text()
    assert page.evaluate("kgView.network.body.nodes['organisation:volts'].options.hidden") is True
    page.evaluate("kgView.change({ view: 'table' })")
    assert page.locator("#table tbody tr").count() == 34
    page.evaluate("kgView.change({ view: 'network' })")
    page.locator(".key input").first.focus()
    page.keyboard.press("Space")
    assert "organisation:town" not in shown(page)


@pytest.mark.browser
def test_the_search_finds_by_any_name(visit: Callable[..., Page], town_page: str) -> None:
    """Typing without diacritics, an alias or a misspelling leads to the thing, also from a filter."""
    page = visit(town_page)
    house, university = "initiative:open-house", "organisation:technical-university"
    for typed, key in (("oppna", house), ("RTU", university), ("oppenh", house)):
        page.locator("#search").fill(typed)
        assert page.locator("#suggestions").is_visible()
        page.keyboard.press("Enter")
        assert state(page, "chosen") == key
    at = place(page, house)
    box = page.locator("#picture").bounding_box()
    assert box
    assert 0 < at["x"] < box["width"]
    assert 0 < at["y"] < box["height"]
    page.locator("#search").fill("no such thing")
    assert "Nothing found" in page.locator("#suggestions").inner_text()


@pytest.mark.browser
def test_the_keyboard_is_enough(visit: Callable[..., Page], town_page: str) -> None:
    """Search, panel, Escape, table and its buttons work without a mouse, and focus comes back."""
    page = visit(town_page)
    page.keyboard.press("Tab")
    page.keyboard.type("open")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.id") == "search"
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#table").is_visible()
    row = page.locator("#table tbody tr", has_text="Kim Example")
    assert "2015" in row.inner_text()
    row.locator("button.role").focus()
    page.keyboard.press("Enter")
    assert "post holder" in panel(page)


@pytest.mark.browser
def test_swedish_in_place(visit: Callable[..., Page], town_page: str) -> None:
    """The switch changes interface, names and roles."""
    page = visit(town_page)
    page.locator("#languages button[lang=sv]").click()
    assert page.title() == "Exempelstads innovationsekosystem"
    assert page.get_attribute("html", "lang") == "sv"
    click_node(page, "organisation:town")
    assert "Deltar i" in panel(page)
    assert "behovsägare" in panel(page)
    assert "22 november 2026" in page.locator(".about").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}])
def test_dark_and_narrow(visit: Callable[..., Page], town_page: str, options: dict[str, Any]) -> None:
    """In the dark and on a phone the page opens, fits, and shows its panel."""
    page = visit(town_page, **options)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("kgView.choose('organisation:town')")
    assert page.locator("#panel").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_is_text_that_html_allows() -> None:
    """No control character stands in it: neither vis-network's own nor one of a name."""
    network = hostile()
    network.nodes[next(iter(network))]["label"]["en"] = "next\x85line"
    page = render(network)
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", page)
    assert "next\\u0085line" in page


@pytest.mark.browser
def test_hostile_texts_stay_text(visit: Callable[..., Page]) -> None:
    """No name runs, breaks the page or reaches it as an element; it is shown as it is."""
    network = hostile()
    page = visit(render(network, title=HOSTILE["image"]))
    assert page.title() == HOSTILE["image"]
    for key in network:
        page.evaluate("(key) => kgView.choose(key)", key)
        assert page.locator("#panel-title").count() == 1
        name = network.nodes[key]["label"]["en"]
        if name in (HOSTILE["closing"], HOSTILE["image"], HOSTILE["braces"]):
            assert page.locator("#panel-title").inner_text() == name
    for *_, key in network.edges(keys=True):
        page.evaluate("(key) => kgView.choose(key)", key)
    page.evaluate("kgView.choose('organisation:town')")
    assert page.locator("#panel a[href^='javascript']").count() == 0
    page.locator("#views button", has_text="Table").click()
    for typed in ("</script>", "img", "{{", "W"):
        page.locator("#search").fill(typed)
    assert page.evaluate("window.stung") is None
    assert page.locator("img, b, i").count() == 0
    assert page.locator("script").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
