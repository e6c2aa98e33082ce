"""The page that kg.view writes: sound as text, and driven in a real Chromium."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from kg.network import read
from kg.view import LOOKS, OPTIONS, render, shortened, years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import networkx as nx
    from playwright.sync_api import Browser, Page, Request

TURTLE = Path(__file__).with_name("network.ttl")
OFFLINE = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HOSTILE = {
    "closing": "</script><script>window.stung = 1</script>",
    "image": '"><img src=x onerror="window.stung = 2">',
    "braces": "{{7*7}}{{data}}",
    "override": "\u202egnp.exe\u2066",
    "control": "bell\u0007null\u0000end",
    "separator": "line\u2028next<!--",
    "long": "long " * 2000,
    "unbroken": "W" * 10_000,
}


def town() -> nx.MultiDiGraph:
    """Read the invented town's network."""
    store = ox.Store()
    store.load(path=str(TURTLE), format=ox.RdfFormat.TURTLE)
    return read(store)


def hostile() -> nx.MultiDiGraph:
    """Put hostile texts wherever a text can come from."""
    network = town()
    members = sorted(start for start, end in network.edges() if end == "initiative:demo-town")
    for (key, name), node in zip(HOSTILE.items(), dict.fromkeys(members), strict=False):
        network.nodes[node].update(label={"en": name, "": f"<b>{key}</b>"}, name=name, aliases=[name])
    for number, (*_, tie) in enumerate(network.edges(keys=True, data=True)):
        name = list(HOSTILE.values())[number % len(HOSTILE)]
        tie.update(label={"en": name}, reason=name, certainty="implied")
        for cite in tie["citations"]:
            cite.update(title=name, source=name)
    town_node = network.nodes["organisation:town"]
    page = {
        "text": "javascript:window.stung=3",
        "page": "javascript:window.stung=3",
        "language": "",
        "scheme": {"en": "<i>"},
    }
    town_node["facts"].append({**town_node["facts"][0], "relation": "identifier", "value": page})
    return network


@pytest.fixture(scope="module")
def page_text() -> str:
    """Render the town's page."""
    return render(town())


# ---- the file -------------------------------------------------------------------------------


def test_the_page_is_the_same_each_time(page_text: str) -> None:
    """The same network gives the same bytes."""
    assert render(town()) == page_text


def test_nothing_in_the_page_points_out_of_it(page_text: str) -> None:
    """No element loads anything: no src, no stylesheet, no import, no source map."""
    own = re.sub(r"<script.*?</script>", "", page_text, flags=re.DOTALL)
    assert not re.search(r"\bsrc=|@import|url\((?![\"']?data:)", own)
    assert re.findall(r'<link[^>]*href="([^"]*)"', own) == ["data:,"]
    assert "sourceMappingURL" not in page_text


def test_the_policy_admits_the_scripts_and_the_style_alone(page_text: str) -> None:
    """The digests in the policy are those of what stands in the page."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page_text)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    parts = re.findall(r"<script>(.*?)</script>|<style>(.*?)</style>", page_text, flags=re.DOTALL)
    digests = [hashlib.sha256("".join(part).encode()).digest() for part in parts]
    assert len(digests) == 3
    expected = {f"sha256-{base64.b64encode(digest).decode()}" for digest in digests}
    assert set(re.findall(r"'(sha256-[^']*)'", policy[1])) == expected


def test_the_library_keeps_its_licence(page_text: str) -> None:
    """The banner of vis-network stands before its code."""
    assert "@copyright (c) 2017-2019 visjs contributors" in page_text


def test_data_cannot_end_its_element() -> None:
    """Hostile names are escaped in the data and in the title."""
    network = hostile()
    text = render(network, title=HOSTILE["closing"])
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.DOTALL)
    assert data
    assert not set(data[1]) & set("<>&\u2028\u2029")
    assert json.loads(data[1])["title"] == {"": HOSTILE["closing"]}
    assert text.count("window.stung = 1</script>") == 0


def test_pyvis_makes_nodes_edges_and_options(page_text: str) -> None:
    """Colours, shapes, sizes, arrows, places and physics are those that pyvis was given."""
    data = re.search(r'id="data">(.*?)</script>', page_text, flags=re.DOTALL)
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


def test_an_unknown_kind_is_drawn_too() -> None:
    """A kind of actor or of thing that has no look of its own gets a plain one."""
    network = town()
    network.nodes["organisation:town"]["helix"] = "household"
    network.nodes["organisation:volts"]["kind"] = "vessel"
    assert '"legend":"organisation household"' in render(network)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"start": "2015-05-21", "end": "2015"}, "2015"),
        ({"start": "2015", "end": "2018-12"}, "2015–2018"),
        ({"end": "2018"}, "?–2018"),
        ({"attested": "2016-03"}, "2016"),
        ({}, ""),
    ],
)
def test_years_are_short_and_honest(fact: dict[str, str], expected: str) -> None:
    """An unknown end is a question mark, never 'still going'."""
    assert years(fact) == expected


def test_names_are_shortened_to_one_line() -> None:
    """Line breaks go, and so does what is too long."""
    assert shortened("a\nb") == "a b"
    assert len(shortened("x" * 10_000)) == 44


# ---- the page in a browser ------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium; in CI a missing one is an error."""
    path = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("browser tests need playwright and chromium")
        pytest.skip("browser tests need playwright and chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=OFFLINE)
        yield chromium
        chromium.close()


def outward(request: Request, file: Path) -> list[str]:
    """Give a request's address where it leads out of the file."""
    inside = request.url == file.as_uri() or request.url.startswith("data:")
    return [] if inside else [request.url]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a page from its file, and hold that it asked for nothing and complained of nothing."""
    wrong: list[str] = []
    contexts = []

    def visit(text: str, ready: str = "kgView.labels().length > 0", **options: Any) -> Page:
        file = tmp_path / "network.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda request: wrong.extend(outward(request, file)))
        page.goto(file.as_uri())
        page.wait_for_function(f"() => window.kgView && {ready}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


def click_node(page: Page, key: str) -> None:
    """Click a node where it stands on the canvas."""
    where = "(key) => kgView.network.canvasToDOM(kgView.network.getPositions([key])[key])"
    place = page.evaluate(where, key)
    page.locator("#picture").click(position=place)


def panel(page: Page) -> str:
    """Give the text of the panel."""
    return page.locator("#panel").inner_text()


@pytest.mark.browser
def test_the_page_draws_names_and_roles(visit: Callable[..., Page], page_text: str) -> None:
    """The picture has names, and roles with years along its lines; the bar has title, date, counts."""
    page = visit(page_text, viewport={"width": 1440, "height": 900})
    written = {label["id"]: label["text"] for label in page.evaluate("kgView.labels()")}
    assert written["organisation:town"] == "Town of Example"
    assert "2015" in " ".join(text for key, text in written.items() if key.startswith("membership:"))
    assert page.title() == "The innovation ecosystem of Example"
    assert "22 November 2026" in page.locator(".about").inner_text()
    assert "30 things, 38 ties" in page.locator("#status").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("scale", [0.3, 0.7, 1, 2])
def test_names_never_cover_one_another(visit: Callable[..., Page], page_text: str, scale: float) -> None:
    """At each scale the names that are shown have their places apart, and closer up there are more."""
    page = visit(page_text, viewport={"width": 1440, "height": 900})
    page.evaluate("(scale) => kgView.network.moveTo({ scale })", scale)
    page.wait_for_timeout(400)
    boxes = [label["box"] for label in page.evaluate("kgView.labels()") if label.get("box")]
    assert len(boxes) >= (10 if scale < 1 else 28)
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@pytest.mark.browser
def test_an_empty_network_is_a_page_too(visit: Callable[..., Page]) -> None:
    """Where nothing is known the page says so without complaint."""
    page = visit(render(read(ox.Store()), title="Nothing yet"), ready="true")
    assert "0 things, 0 ties" in page.locator("#status").inner_text()


@pytest.mark.browser
def test_a_choice_in_the_table_is_there_in_the_picture(visit: Callable[..., Page], page_text: str) -> None:
    """Going from the table to a thing and back to the picture shows it at a readable scale."""
    page = visit(page_text, viewport={"width": 1440, "height": 900})
    page.locator("#views button").nth(1).click()
    page.locator("#table button.go", has_text="West College").first.click()
    page.locator("#views button").nth(0).click()
    assert page.evaluate("kgView.network.getScale()") > 0.5
    assert page.locator("#panel-title").inner_text() == "West College"


@pytest.mark.browser
def test_a_clicked_node_shows_its_profile_and_citations(visit: Callable[..., Page], page_text: str) -> None:
    """The panel names the thing in both languages, its roles, through whom, goals, and lines."""
    page = visit(page_text, viewport={"width": 1440, "height": 900})
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
    assert page.evaluate("kgView.chosen()") == "organisation:technical-university"
    assert page.locator("#panel .ids a").first.get_attribute("href") == "https://ror.org/000000001"
    page.locator("#panel button[aria-label=Back]").click()
    assert page.evaluate("kgView.chosen()") == "initiative:cities-for-life"


@pytest.mark.browser
def test_a_clicked_edge_shows_role_interval_and_citations(visit: Callable[..., Page], page_text: str) -> None:
    """An edge opens its own panel: role, both ends, when, how sure and why, and its lines."""
    page = visit(page_text, viewport={"width": 1440, "height": 900})
    middle = "(key) => kgView.network.canvasToDOM(kgView.network.body.edges[key].edgeType.getPoint(0.5))"
    place = page.evaluate(middle, "membership:giving-initiator-giving-cities")
    page.locator("#picture").click(position=place)
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
def test_the_legend_filters(visit: Callable[..., Page], page_text: str) -> None:
    """Unticking a kind hides its nodes, counts what is left, and shortens the table."""
    page = visit(page_text)
    page.locator(".key", has_text="industry").click()
    assert len(page.evaluate("kgView.hidden()")) == 4
    assert "26 of 30 things" in page.locator("#status").inner_text()
    assert page.evaluate("kgView.network.body.nodes['organisation:volts'].options.hidden") is True
    assert page.locator("#table tbody tr").count() == 34
    page.locator(".key input").first.focus()
    page.keyboard.press("Space")
    assert "organisation:town" in page.evaluate("kgView.hidden()")


@pytest.mark.browser
def test_the_search_finds_by_any_name(visit: Callable[..., Page], page_text: str) -> None:
    """Typing without diacritics, an alias or a misspelling leads to the thing, also from a filter."""
    page = visit(page_text)
    house, university = "initiative:open-house", "organisation:technical-university"
    for typed, key in (("oppna", house), ("RTU", university), ("oppenh", house)):
        page.locator("#search").fill(typed)
        assert page.locator("#suggestions").is_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("kgView.chosen()") == key
    place = page.evaluate(
        "kgView.network.canvasToDOM(kgView.network.getPositions()['initiative:open-house'])"
    )
    box = page.locator("#picture").bounding_box()
    assert box
    assert 0 < place["x"] < box["width"]
    assert 0 < place["y"] < box["height"]
    page.locator("#search").fill("no such thing")
    assert "Nothing found" in page.locator("#suggestions").inner_text()


@pytest.mark.browser
def test_the_keyboard_is_enough(visit: Callable[..., Page], page_text: str) -> None:
    """Search, panel, Escape, table and its buttons work without a mouse, and focus comes back."""
    page = visit(page_text)
    page.keyboard.press("Tab")
    page.keyboard.type("open")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.id") == "search"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#table").is_visible()
    row = page.locator("#table tbody tr", has_text="Kim Example")
    assert "2015" in row.inner_text()
    row.locator("button.role").focus()
    page.keyboard.press("Enter")
    assert "post holder" in panel(page)


@pytest.mark.browser
def test_swedish_in_place(visit: Callable[..., Page], page_text: str) -> None:
    """The switch changes interface, names and roles."""
    page = visit(page_text)
    page.locator("#languages button[lang=sv]").click()
    assert page.title() == "Exempelstads innovationsekosystem"
    assert page.get_attribute("html", "lang") == "sv"
    click_node(page, "organisation:town")
    assert "Deltar i" in panel(page)
    assert "behovsägare" in panel(page)
    assert "22 november 2026" in page.locator(".about").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}])
def test_dark_and_narrow(visit: Callable[..., Page], page_text: str, options: dict[str, Any]) -> None:
    """In the dark and on a phone the page opens, fits, and shows its panel."""
    page = visit(page_text, **options)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("kgView.choose('organisation:town')")
    assert page.locator("#panel").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


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
    page.locator("#views button").nth(1).click()
    for typed in ("</script>", "img", "{{", "W"):
        page.locator("#search").fill(typed)
    assert page.evaluate("window.stung") is None
    assert page.locator("img, b, i").count() == 0
    assert page.locator("script").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
