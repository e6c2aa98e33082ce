"""What tests of the network's page share: the invented town, hostile texts, and a real Chromium."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from kg import triples
from kg.network import read
from kg.view import render

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
    "--enable-unsafe-swiftshader",  # WebGL where there is no graphics processor
]
WIDE = {"width": 1440, "height": 900}
HOSTILE = {
    "closing": "</script><script>window.stung = 1</script>",
    "image": '"><img src=x onerror="window.stung = 2">',
    "braces": "{{7*7}}{{data}}",
    "override": "\u202egnp.exe\u2066",
    "control": "bell\u0007null\u0000end",
    "separator": "line\u2028next<!--",
    "long": "long " * 2000,
    "unbroken": "W" * 10_000,
    "slots": "{name} $& ${a} %s {n}",
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
        tie.update(label={"en": name}, role=name, reason=name, certainty="implied")
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


def differing() -> dict[str, Any]:
    """Give a conflict as `kg.conflicts` does, with a hostile side."""
    sides = [
        {"value": {"en": "600100", "sv": "600100"}, "date": "2018", "sources": "survey:4"},
        {"value": {"en": HOSTILE["image"], "sv": "b"}, "date": "", "sources": HOSTILE["closing"]},
    ]
    return {"organisation:town": [{"relation": {"en": "Population", "sv": "Folkmängd"}, "sides": sides}]}


def waves() -> list[dict[str, Any]]:
    """Give a survey as `kg.survey` does, with each kind of change and hostile texts."""

    def side(*values: str, sources: str = "report:3-4; report:1") -> dict[str, Any]:
        return {"values": [{"en": each, "sv": each} for each in values], "sources": sources if values else ""}

    changes = {
        "same": (side("Selected"), side("Selected")),
        "changed": (side("2 staff"), side("5 staff", HOSTILE["image"])),
        "only after": (side(), side("Selected")),
        "only before": (side("Selected"), side()),
        "not offered before": (side(), side("Selected", sources=HOSTILE["closing"])),
        "question not answered after": (side("rank 1"), side()),
    }
    rows = [
        {
            "question": {"en": "Goals", "sv": "Mål"},
            "item": {"en": f"Option {number}", "sv": f"Alternativ {number}"},
            "before": before,
            "after": after,
            "change": change,
        }
        for number, (change, (before, after)) in enumerate(changes.items())
    ]
    labels = [{"en": f"Wave {year}", "sv": f"Omgång {year}"} for year in (2018, 2020)]
    return [{"respondent": "organisation:town", "waves": labels, "rows": rows}]


def whole() -> dict[str, Any]:
    """Give all that a page can be made of, of the town."""
    store = ox.Store()
    store.load(path=str(TURTLE), format=ox.RdfFormat.TURTLE)
    found = triples.read(store, town())
    return {"conflicts": differing(), "surveys": waves(), "triples": found}


@pytest.fixture(scope="session")
def town_page() -> str:
    """Render the town's page, with every view."""
    return render(town(), **whole())


@pytest.fixture(scope="session")
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
    # A blob is made by the page itself, of what it gives away.
    inside = request.url.partition("#")[0] == file.as_uri() or request.url.startswith(("data:", "blob:"))
    return [] if inside else [request.url]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a page from its file, and hold that it asked for nothing and complained of nothing."""
    wrong: list[str] = []
    contexts = []

    def visit(
        text: str, ready: str = "kgView.labels().length > 0", fragment: str = "", **options: Any
    ) -> Page:
        file = tmp_path / "network.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(**{"reduced_motion": "reduce", "viewport": WIDE, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda request: wrong.extend(outward(request, file)))
        page.goto(file.as_uri() + fragment)
        page.wait_for_function(f"() => window.kgView && {ready}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


def state(page: Page, name: str) -> Any:
    """Give one entry of the page's state."""
    return page.evaluate("(name) => kgView.state()[name]", name)


def shown(page: Page) -> set[str]:
    """Give the keys of the things that the page shows."""
    return set(page.evaluate("kgView.shown().nodes"))


def place(page: Page, key: str) -> dict[str, float]:
    """Give the place of a node on the canvas."""
    found: dict[str, float] = page.evaluate(
        "(key) => kgView.network.canvasToDOM(kgView.network.getPositions([key])[key])", key
    )
    return found


def click_node(page: Page, key: str) -> None:
    """Click a node where it stands on the canvas."""
    page.locator("#picture").click(position=place(page, key))  # type: ignore[arg-type]  # x and y


def panel(page: Page) -> str:
    """Give the text of the panel."""
    return page.locator("#panel").inner_text()
