"""The page of a large network: sound as text, and driven in a real Chromium (WebGL by SwiftShader)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from conftest import ROOT, benchmark
from fingers import PHONES, Fingers, middle, phone

from kg.large import LARGE, is_large, render
from kg.network import text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HOSTILE = [
    "</script><script>window.stung = 1</script>",
    '"><img src=x onerror="window.stung = 2">',
    "{{7*7}}{{data}}",
    "\u202egnp.exe\u2066",
    "bell\u0007null\u0000end",
    "line\u2028next<!--",
    "W" * 10_000,
]
THINGS = 3000
EXTENT = """() => { const { left, top } = document.getElementById('stage').getBoundingClientRect();
  const { sigma } = kgView; const [{ x, y }] = [sigma.getBBox()];
  const [one, other] = [0, 1].map((at) => sigma.graphToViewport({ x: x[at], y: y[at] }));
  return [...[one.x, other.x].sort((a, b) => a - b).map((each) => each + left),
    ...[one.y, other.y].sort((a, b) => a - b).map((each) => each + top)]; }"""


@pytest.fixture(scope="module")
def network() -> nx.MultiDiGraph:
    """Invent a large network, in which the things with most ties have hostile names."""
    made: nx.MultiDiGraph = benchmark("ecosystems").ecosystem(THINGS, 4 * THINGS)
    most = sorted(made, key=lambda key: -made.nodes[key]["ties"])
    for key, name in zip(most, HOSTILE, strict=False):
        made.nodes[key].update(label={"en": name}, name=name, aliases=[name])
    made.nodes[most[20]].update(label={"en": "Harbour Office", "sv": "Hamnkontoret Åsö"}, aliases=["HOF"])
    return made


@pytest.fixture(scope="module")
def text(network: nx.MultiDiGraph) -> str:
    """Render its page."""
    return render(network)


def drawn(text: str) -> dict[str, Any]:
    """Read the data of a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_size_decides() -> None:
    """Up to the threshold the page is vis-network's."""
    make = benchmark("ecosystems").ecosystem
    assert not is_large(make(LARGE, 10))
    assert is_large(make(LARGE + 1, 10))


def test_the_page_is_the_same_each_time_and_closed(text: str, network: nx.MultiDiGraph) -> None:
    """The same bytes; a policy of digests; nothing points out of the page."""
    assert render(network) == text
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    assert policy[1].count("'sha256-") == 4
    assert not re.search(r"<[^>]*\bsrc=", re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL))


def test_the_columns_hold_every_thing_and_tie(text: str, network: nx.MultiDiGraph) -> None:
    """From the columns, each tie is had again: its ends, role, years, certainty and lines."""
    data = drawn(text)
    ties, keys = data["ties"], data["things"]["key"]
    assert keys == list(network)
    again = []
    for number, start in enumerate(ties["from"]):
        role = data["roles"][ties["role"][number]]
        lines = data["cites"][ties["cites"][number]]
        cites = tuple((data["sources"][source]["key"], first, last) for source, first, last in lines)
        moments = tuple(data["moments"][ties["when"][number]])
        surety = tuple(data["sureties"][ties["sure"][number]])
        again.append((keys[start], keys[ties["to"][number]], role["label"]["en"], moments, surety, cites))
    expected = [
        (
            start,
            end,
            text_in(tie["label"], "en"),
            (tie["start"], tie["end"], tie["attested"]),
            (tie["certainty"], tie["reason"]),
            tuple((cite["source"], cite["first"], cite["last"]) for cite in tie["citations"]),
        )
        for start, end, tie in network.edges(data=True)
    ]
    assert again == expected


def test_hostile_names_cannot_end_the_data(text: str) -> None:
    """No sign of the data means anything to HTML."""
    data = re.search(r'id="data">(.*?)</script>', text, flags=re.DOTALL)
    assert data
    assert not set(data[1]) & set("<>&\u2028\u2029")


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a page from its file, and hold that it asked for nothing and complained of nothing."""
    wrong: list[str] = []
    contexts = []

    def visit(text: str, script: str = "", fragment: str = "", **options: Any) -> Page:
        file = tmp_path / "network.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(script)
        page.on("console", lambda message: wrong.extend([message.text] * (message.type == "error")))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: wrong.extend([asked.url] * (asked.url[:4] not in {"file", "data"})))
        page.goto(file.as_uri() + fragment)
        page.wait_for_function("() => window.kgView && kgView.drawn()")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.browser
def test_the_page_is_read_asked_and_trusted(visit: Callable[..., Page], text: str) -> None:
    """Names apart, search by alias and without diacritics, panel with lines, filter, Swedish, keys."""
    page = visit(text, viewport={"width": 1280, "height": 800})
    boxes = [label["box"] for label in page.evaluate("kgView.labels()")]
    assert len(boxes) > 20
    for number, a in enumerate(boxes):
        for b in boxes[:number]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert "3,000 things, 12,000 ties" in page.locator("#status").inner_text()
    page.keyboard.press("/")
    for typed in ("hof", "aso"):
        page.locator("#search").fill(typed)
        page.keyboard.press("Enter")
        assert "Harbour Office" in page.locator("#panel-title").inner_text()
    panel = page.locator("#panel").inner_text()
    assert "Hamnkontoret Åsö" in panel
    assert re.search(r"lines? \d", panel)
    page.locator("#panel button.role").first.click()
    assert "certainty" in page.locator("#panel").inner_text().lower()
    page.locator("#languages button[lang=sv]").click()
    assert "Visshet" in page.locator("#panel").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    page.locator(".key", has_text="initiativ").first.click()
    counts = page.evaluate("kgView.counts()")
    assert counts["n"] < counts["N"]
    assert "dolda" in page.locator("#status").inner_text()
    page.locator("#stage").focus()
    page.keyboard.press("+")
    assert page.evaluate("kgView.sigma.getCamera().ratio") < 1
    page.keyboard.press("0")
    assert page.evaluate("kgView.sigma.getCamera().ratio") == 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [900, 1280, 1900])
def test_all_of_several_parts_is_in_sight(
    visit: Callable[..., Page], network: nx.MultiDiGraph, width: int
) -> None:
    """The page opens on every thing, also where parts make the picture wide, and none behind the legend."""
    most = sorted(network, key=lambda key: -network.nodes[key]["ties"])
    parted = network.subgraph([key for key in network if key not in set(most[:300])])
    assert nx.number_weakly_connected_components(parted) > 20
    page = visit(render(parted), viewport={"width": width, "height": 800})
    left, right, top, bottom = page.evaluate(EXTENT)
    legend = page.locator("#legend").bounding_box()
    assert legend
    assert left > legend["x"] + legend["width"]
    assert right < width
    assert 0 < top < bottom < 800


@pytest.mark.browser
def test_a_link_asks_for_a_language(visit: Callable[..., Page], text: str) -> None:
    """A page in Swedish leads to the network in Swedish."""
    page = visit(text, fragment="#language=sv")
    assert page.locator("html").get_attribute("lang") == "sv"
    assert "3 000 ting" in page.locator("#status").inner_text().replace("\xa0", " ")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(visit: Callable[..., Page], text: str, scheme: str) -> None:
    """No violation of any rule of axe-core: the picture, the panel of a thing and of a tie, the table."""
    page = visit(text, color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(content=(ROOT / "tests" / "vendor" / "axe.min.js").read_text("utf-8"))
    states = ("() => {}", "() => kgView.choose({ thing: 0 })", "() => kgView.choose({ tie: 0 })")
    for state in (*states, "() => document.querySelector('#views button:last-child').click()"):
        page.evaluate(state)
        found = page.evaluate(
            "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
            " 'wcag22aa', 'best-practice'] })).violations.map(({ id, nodes }) => [id, nodes[0].html])"
        )
        assert found == [], state


@pytest.mark.browser
def test_hostile_names_stay_text(visit: Callable[..., Page], text: str) -> None:
    """In picture, panel, table and search they neither run nor become elements."""
    page = visit(text, viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.locator("#search").fill("img")
    page.keyboard.press("Enter")
    assert page.locator("#panel-title").inner_text() == HOSTILE[1]
    page.keyboard.press("Escape")
    page.locator("#views button").nth(1).click()
    assert HOSTILE[0] in page.locator("#table").inner_text()
    assert page.locator("#table tbody tr").count() == 100
    assert page.evaluate("window.stung") is None
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_the_page_opens_at_a_thing(visit: Callable[..., Page], network: nx.MultiDiGraph) -> None:
    """What `--focus` names is chosen, and its panel open."""
    key = next(key for key, node in network.nodes(data=True) if node["ties"] == 9)
    page = visit(render(network, state={"focus": {"key": key, "hops": 2}}))
    assert page.evaluate("kgView.chosen().thing") == page.evaluate("(key) => kgView.thing(key)", key)


@pytest.mark.browser
def test_without_webgl_there_is_the_table(visit: Callable[..., Page], text: str) -> None:
    """Where the browser cannot draw, the page says so and shows the same as text."""
    blind = "HTMLCanvasElement.prototype.getContext = () => null"
    page = visit(text, script=blind)
    assert "no WebGL" in page.locator("#table .note").inner_text()
    page.locator("#table button.go").nth(3).click()
    assert page.locator("#panel").is_visible()


MARKS = """() => { const { left, top } = document.getElementById('stage').getBoundingClientRect();
  return kgView.labels().map(({ thing }) => {
    const { x, y } = kgView.sigma.framedGraphToViewport(kgView.sigma.getNodeDisplayData(String(thing)));
    return { thing, x: left + x, y: top + y }; }); }"""
HEIGHT = """(thing) => document.getElementById('stage').getBoundingClientRect().top
  + kgView.sigma.framedGraphToViewport(kgView.sigma.getNodeDisplayData(String(thing))).y"""
CAMERA = "kgView.sigma.getCamera().getState()"


@pytest.mark.browser
@pytest.mark.parametrize("size", PHONES)
def test_fingers_are_enough(visit: Callable[..., Page], text: str, size: str) -> None:
    """A tap opens a thing and shows it above the panel; fingers move, zoom and scroll."""
    page = visit(text, **phone(PHONES[size]))
    fingers = Fingers(page)
    page.evaluate("() => { window.clicks = 0; addEventListener('click', () => { clicks += 1; }); }")
    low = max(page.evaluate(MARKS)[:8], key=lambda mark: mark["y"])
    fingers.tap((low["x"], low["y"]))
    page.wait_for_function("(thing) => kgView.chosen()?.thing === thing", arg=low["thing"])
    assert page.evaluate("document.activeElement.id") == "panel-title"
    page.wait_for_function("() => !document.querySelector('#panel.settling')")
    assert page.evaluate("window.clicks") == 0
    edge = page.locator("#panel").bounding_box()
    assert edge
    assert page.evaluate(HEIGHT, low["thing"]) < edge["y"]
    look = page.evaluate(CAMERA)
    x, y = middle(page.locator("#panel"), down=0.4)
    fingers.drag((x, y), (x, y - 70))
    page.wait_for_function("() => document.getElementById('panel').scrollTop > 10")
    assert page.evaluate(CAMERA) == look
    page.evaluate("() => { kgView.clear(); kgView.fit(false); }")
    box = page.locator("#stage").bounding_box()
    assert box
    here = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    before = page.evaluate(CAMERA)
    fingers.drag(here, (here[0] + 40, here[1] + 30))
    page.wait_for_function(f"(x) => {CAMERA}.x < x", arg=before["x"])
    fingers.pinch(here, 60, 150)
    page.wait_for_function(f"() => {CAMERA}.ratio < 0.5")
    assert page.evaluate("kgView.chosen()") is None
    assert page.evaluate("visualViewport.scale") == 1


@pytest.mark.browser
def test_a_tap_beside_a_mark_means_it(visit: Callable[..., Page]) -> None:
    """Where nothing else is near, a finger's breadth beside a mark is near enough, and beside a line too."""
    made = benchmark("ecosystems").ecosystem(3, 1)
    page = visit(render(made), **phone(PHONES["large"]))
    fingers = Fingers(page)
    for mark in page.evaluate(MARKS):
        fingers.tap((mark["x"] - 22, mark["y"]))
        page.wait_for_function("(thing) => kgView.chosen()?.thing === thing", arg=mark["thing"])
        page.evaluate("() => { kgView.clear(); kgView.fit(false); }")
