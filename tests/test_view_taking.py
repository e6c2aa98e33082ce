"""Taking away: pictures, RDF, tables, graphs, a link and paper, each of exactly what is shown."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph as ox
import pytest
from page import HOSTILE, TURTLE, hostile, state, town, waves, whole

from kg.view import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TOWN, DEMO = "organisation:town", "initiative:demo-town"
SVG = "{http://www.w3.org/2000/svg}"


def change(page: Page, **patch: Any) -> None:
    """Change the state as every control does."""
    page.evaluate("(patch) => kgView.change(patch)", patch)


def take(page: Page, name: str) -> tuple[str, bytes]:
    """Press a button of the menu, and give the name and content of the file."""
    if not page.locator("#take-menu").is_visible():
        page.locator("#take button").first.click()
    with page.expect_download() as found:
        page.locator("#take .item", has_text=name).click()
    path = found.value.path()
    return found.value.suggested_filename, path.read_bytes()


def edges(page: Page) -> set[str]:
    """Give the keys of the ties that are shown."""
    return set(page.evaluate("Object.keys(kgView.shown().edges)"))


def parsed(text: bytes) -> set[str]:
    """Give the triples of a Turtle text."""
    return {str(quad.triple) for quad in ox.parse(text, ox.RdfFormat.TURTLE)}


def test_turtle_is_a_part_of_the_graph(visit: Callable[..., Page], town_page: str) -> None:
    """Every triple is in the graph; each tie that is shown is there, and none that is hidden."""
    page = visit(town_page)
    graph = parsed(TURTLE.read_bytes())
    name, everything = take(page, "Turtle")
    assert name == "the-innovation-ecosystem-of-example.ttl"
    assert parsed(everything) <= graph
    change(page, focus={"key": "organisation:volts", "hops": 1})
    part = parsed(take(page, "Turtle")[1])
    assert part < parsed(everything)
    facts = page.evaluate(
        "Object.fromEntries(Object.entries(JSON.parse(document.getElementById('data').textContent).ties)"
        ".map(([key, { iri }]) => [key, iri]))"
    )
    here = {iri for key, iri in facts.items() if iri and key in edges(page)}
    gone = {iri for key, iri in facts.items() if iri and key not in edges(page)}
    subjects = {triple.split("> ")[0].removeprefix("<") for triple in part}
    assert here <= subjects
    assert not gone & subjects


def test_turtle_of_pairs_has_the_memberships_behind_them(visit: Callable[..., Page], town_page: str) -> None:
    """In the view of organisations no post and no link is given, but all shared initiatives are."""
    page = visit(town_page)
    change(page, view="organisations")
    part = parsed(page.evaluate("kgView.turtle()").encode())
    assert part <= parsed(TURTLE.read_bytes())
    assert any(
        "initiative/demo-town> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in each for each in part
    )
    assert not any(each.startswith("<https://example.org/id/post/") for each in part)


def test_csv_has_what_is_shown(visit: Callable[..., Page], town_page: str) -> None:
    """A row for each thing and each tie, with names, roles, times and lines."""
    page = visit(town_page)
    change(page, off={"kind": ["post"], "role": [], "initiative": [], "source": []})
    name, things = take(page, "CSV of things")
    assert name.endswith("-things.csv")
    rows = list(csv.DictReader(io.StringIO(things.decode())))
    assert {row["id"] for row in rows} == set(page.evaluate("kgView.shown().nodes"))
    ties = list(csv.DictReader(io.StringIO(take(page, "CSV of ties")[1].decode())))
    assert {row["id"] for row in ties} == edges(page)
    known = {key: tie for *_, key, tie in town().edges(keys=True, data=True)}
    for row in ties:
        assert row["role"] == known[row["id"]]["role"]
        assert len(row["sources"].split("; ")) == len(
            {(c["source"], c["first"]) for c in known[row["id"]]["citations"]}
        )
    assert things.endswith(b"\r\n")


def test_csv_is_safe_in_a_spreadsheet(visit: Callable[..., Page]) -> None:
    """A name that a spreadsheet would take for a formula has an apostrophe before it."""
    network = town()
    names = ["=1+1", "+2", "-3", "@SUM(A1)", " =4", "\t=5", "\uff1d6"]
    keys = list(network)[: len(names)]
    for key, name in zip(keys, names, strict=True):
        network.nodes[key].update(label={"en": name}, aliases=[])
    page = visit(render(network))
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(take(page, "CSV of things")[1].decode()))}
    assert [rows[key]["label"] for key in keys] == [f"'{name}" for name in names]


def test_graphml_and_json_are_read(visit: Callable[..., Page], town_page: str) -> None:
    """Networkx reads the GraphML; the JSON has each thing and tie as the page knows it."""
    page = visit(town_page)
    change(page, focus={"key": TOWN, "hops": 1})
    graph = nx.read_graphml(io.BytesIO(take(page, "GraphML")[1]), force_multigraph=True)
    assert set(graph) == set(page.evaluate("kgView.shown().nodes"))
    assert {key for *_, key in graph.edges(keys=True)} == edges(page)
    assert graph.nodes[TOWN]["label"] == "Town of Example"
    told = json.loads(take(page, "JSON")[1])
    assert told["state"] == {"focus": {"key": TOWN, "hops": 1}}
    assert {tie["key"] for tie in told["edges"]} == edges(page)
    assert all(tie["citations"] for tie in told["edges"] if tie["iri"])


def test_graphml_of_pairs(visit: Callable[..., Page], town_page: str) -> None:
    """In the view of organisations the graph is undirected, and an edge says how much is shared."""
    page = visit(town_page)
    change(page, view="organisations")
    graph = nx.read_graphml(io.BytesIO(take(page, "GraphML")[1]))
    assert not graph.is_directed()
    pairs = {
        frozenset((pair["from"], pair["to"])): len(pair["initiatives"])
        for pair in page.evaluate("kgView.pairs()")
    }
    assert {frozenset(ends): edge["weight"] for *ends, edge in graph.edges(data=True)} == pairs


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_svg_is_the_picture(visit: Callable[..., Page], town_page: str, scheme: str) -> None:
    """It has title, date, marks, names as text, legend and sources, in the colours of its ground."""
    page = visit(town_page, color_scheme=scheme)
    name, text = take(page, "SVG")
    assert name.endswith(".svg")
    drawn = ET.fromstring(text)  # noqa: S314  our own
    words = " ".join(drawn.itertext())
    for expected in (
        "The innovation ecosystem of Example",
        "22 November 2026",
        "Town",
        "Government",
        "Innovation survey",
    ):
        assert expected in words
    assert len(drawn.findall(f".//{SVG}g/{SVG}title")) == 30
    ground = drawn.find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == {"light": "#fbfaf7", "dark": "#14171b"}[scheme]
    assert b"NaN" not in text
    assert b"undefined" not in text


def test_svg_has_only_what_is_shown(visit: Callable[..., Page], town_page: str) -> None:
    """What is filtered out is not in the file."""
    page = visit(town_page)
    change(page, focus={"key": "organisation:volts", "hops": 1})
    drawn = ET.fromstring(take(page, "SVG")[1])  # noqa: S314  our own
    assert {each.text for each in drawn.findall(f".//{SVG}g/{SVG}title")} == {"Volts", "Demo Town"}


def test_png_is_a_picture(visit: Callable[..., Page], town_page: str) -> None:
    """The file is a PNG, twice as many dots as pixels, and not of one colour."""
    page = visit(town_page)
    name, content = take(page, "PNG")
    assert name.endswith(".png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(content[16:20], "big") > 1000
    assert len(content) > 50_000


def test_hostile_names_leave_as_text(visit: Callable[..., Page]) -> None:
    """Every form holds hostile names as what they are, and stays sound."""
    page = visit(render(hostile(), surveys=waves()))
    drawn = ET.fromstring(take(page, "SVG")[1])  # noqa: S314  our own
    assert not [
        each for each in drawn.iter() if each.tag.rpartition("}")[2] in ("script", "image", "foreignObject")
    ]
    assert not [name for each in drawn.iter() for name in each.attrib if name.startswith("on")]
    graph = nx.read_graphml(io.BytesIO(take(page, "GraphML")[1]), force_multigraph=True)
    assert HOSTILE["closing"] in {values.get("label") for _, values in graph.nodes(data=True)}
    assert json.loads(take(page, "JSON")[1])["nodes"]
    assert list(csv.reader(io.StringIO(take(page, "CSV of ties")[1].decode())))
    assert page.locator("#take .item", has_text="Turtle").count() == 0
    assert page.evaluate("window.stung") is None


def test_lists_have_no_picture(visit: Callable[..., Page], town_page: str) -> None:
    """In a view that is no picture, none is offered; the data are."""
    page = visit(town_page)
    change(page, view="timeline")
    page.locator("#take button").first.click()
    items = page.locator("#take .item").all_inner_texts()
    assert not {"PNG", "SVG"} & set(items)
    assert {"Turtle", "GraphML", "JSON", "Copy link", "Print"} <= set(items)
    page.keyboard.press("Escape")
    assert not page.locator("#take-menu").is_visible()


def test_the_address_opens_the_same_view(visit: Callable[..., Page], town_page: str) -> None:
    """What differs stands in the address, in one entry of the history; opened anew, all is as it was."""
    page = visit(town_page)
    entries = page.evaluate("history.length")
    wanted = {
        "view": "organisations",
        "language": "sv",
        "chosen": TOWN,
        "focus": {"key": TOWN, "hops": 2},
        "off": {"kind": ["post"], "role": [], "initiative": [], "source": []},
        "time": {"mode": "as-of", "at": "2016", "from": "", "to": ""},
        "put": ["organisation:volts"],
        "colour": "community",
    }
    change(page, **wanted)
    page.wait_for_function("() => location.hash.includes('community')")
    assert page.evaluate("history.length") == entries
    before, address = page.evaluate("kgView.state()"), page.evaluate("location.hash")
    nodes = page.evaluate("kgView.shown()")
    again = visit(town_page, fragment=address)
    assert again.evaluate("kgView.state()") == before
    assert again.evaluate("kgView.shown()") == nodes
    assert again.locator("#time").get_attribute("class") == "open"


def test_the_address_is_over_how_the_page_opens(visit: Callable[..., Page]) -> None:
    """A page made with a focus opens without it where the link says so, and with it where it says nothing."""
    text = render(town(), state={"focus": {"key": TOWN, "hops": 1}})
    page = visit(text)
    assert state(page, "focus") == {"key": TOWN, "hops": 1}
    change(page, focus=None, view="table")
    page.wait_for_function("() => location.hash.includes('view=table')")
    again = visit(text, fragment=page.evaluate("location.hash"))
    assert (state(again, "focus"), state(again, "view")) == (None, "table")


@pytest.mark.parametrize(
    "fragment",
    [
        "#view=<script>stung=1</script>&chosen=__proto__&constructor=1&__proto__={}",
        '#focus={broken&time=[]&off=null&pinned=7&put={}&expanded=[1,2]&chain="x"',
        "#%E0%A4%A&view=%00&language=xx&size=toString",
        "#" + quote(json.dumps({"view": "table"})),
        "#pinned=" + quote('{"organisation:town":[1e999,"x"],"__proto__":[0,0]}'),
        "#line=3,4",
    ],
)
def test_hostile_addresses_do_nothing(visit: Callable[..., Page], town_page: str, fragment: str) -> None:
    """What means nothing is left out, and the page opens as it would without."""
    page = visit(town_page, fragment=fragment)
    assert page.evaluate("kgView.differing()") == {}
    assert page.evaluate("window.stung") is None
    assert len(page.evaluate("kgView.shown().nodes")) == 30


def test_another_address_is_followed(visit: Callable[..., Page], town_page: str) -> None:
    """A link pasted into the address bar changes the view in place, and the way back leads back."""
    page = visit(town_page)
    page.evaluate("location.hash = 'view=timeline'")
    page.wait_for_function("() => kgView.state().view === 'timeline'")
    page.go_back()
    page.wait_for_function("() => kgView.state().view === 'network'")


def test_the_link_is_copied(visit: Callable[..., Page], town_page: str) -> None:
    """The button puts the address of this view on the clipboard, and says so."""
    page = visit(town_page, permissions=["clipboard-read", "clipboard-write"])
    change(page, view="timeline")
    page.locator("#take button").first.click()
    page.locator("#take .item", has_text="Copy link").click()
    page.wait_for_function("() => document.getElementById('live').textContent !== ''")
    assert page.locator("#live").inner_text() == "The link is copied."
    assert page.evaluate("navigator.clipboard.readText()").endswith("#view=timeline")


def test_where_nothing_can_be_copied_the_link_is_shown(visit: Callable[..., Page], town_page: str) -> None:
    """Without a clipboard the link stands there, chosen, to be copied by hand."""
    page = visit(town_page)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("#take button").first.click()
    page.locator("#take .item", has_text="Copy link").click()
    assert page.locator("#link").input_value() == page.url
    assert page.evaluate("document.activeElement.id") == "link"


@pytest.mark.parametrize("view", ["network", "table", "timeline", "waves"])
def test_paper_has_title_content_and_sources(visit: Callable[..., Page], town_page: str, view: str) -> None:
    """On paper there are no controls, and the ground is light whatever the screen has."""
    page = visit(town_page, color_scheme="dark")
    change(page, view=view)
    page.emulate_media(media="print")
    page.wait_for_function("() => !document.getElementById('paper').hidden")
    assert page.locator("h1").is_visible()
    assert "22 November 2026" in page.locator("#about").inner_text()
    assert "Innovation survey" in page.locator("#paper").inner_text()
    for control in ("#search", "#views", "#take", "#legend", "#time", "#zoom"):
        assert not page.locator(control).is_visible()
    assert page.locator("#paper svg").count() == (1 if view == "network" else 0)
    if view != "network":
        assert page.locator(f"#{view}").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')").strip()
        == "#1c2126"
    )
    page.emulate_media(media="screen")
    page.wait_for_function("() => document.getElementById('paper').hidden")


def test_where_an_answer_comes_from_is_told(visit: Callable[..., Page]) -> None:
    """The description of a question's network opens as text from the bar."""
    network = town()
    network.graph["description"] = f"Asks: Who takes part\n{HOSTILE['image']}"
    page = visit(render(network, **{**whole(), "triples": None}))
    page.locator("#origin button").click()
    assert HOSTILE["image"] in page.locator("#help").inner_text()
    assert "Asks: Who takes part" in page.locator("#help").inner_text()
    assert page.evaluate("window.stung") is None
