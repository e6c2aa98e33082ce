"""Measure the view beside plain pyvis: time to the first complete picture, and frames while panning.

Each page is opened from its file in one headless Chromium that has no graphics processor (WebGL is
SwiftShader's), pages of one size one after the other. The picture is complete, for pyvis with its
physics, two frames after `stabilizationIterationsDone`, when its loading bar goes; for ours two frames
after the page says that it has drawn. Then the same script pans, once a frame, and counts frames; with
physics stopped, pyvis is panned once more. Pyvis's vis-network is the file that it ships, inlined, and
every request is refused.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosystems import ecosystem
from playwright.sync_api import Error, sync_playwright

from kg import large, view

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    from playwright.sync_api import Browser

COMPARED, ALONE = (100, 500, 1000, 3000), (10_000, 50_000)
CAP = 180.0
"""The most seconds that a picture is waited for."""
SECONDS = 3
SOFTWARE = ["--no-sandbox", "--enable-unsafe-swiftshader"]

PAN = """async ([move, seconds]) => {
  const at = (n) => ({ x: 200 * Math.sin(n / 20), y: 200 * Math.cos(n / 20) });
  const step = { sigma: (n) => kgView.sigma.getCamera().setState({
      x: 0.5 + 0.1 * Math.sin(n / 20), y: 0.5 + 0.1 * Math.cos(n / 20) }),
    ours: (n) => kgView.network.moveTo({ position: at(n) }),
    pyvis: (n) => network.moveTo({ position: at(n) }) }[move];
  let frames = 0;
  const began = performance.now();
  await new Promise((done) => {
    const frame = () => { frames += 1; step(frames);
      if (performance.now() - began < 1000 * seconds) requestAnimationFrame(frame); else done(); };
    requestAnimationFrame(frame);
  });
  return frames / ((performance.now() - began) / 1000);
}"""
TWO_FRAMES = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
)
READY = {
    "sigma": "() => window.kgView && kgView.drawn()",
    "ours": "() => window.kgView && kgView.network && kgView.labels().length > 0",
    "pyvis": "() => window.stabilised",
}


@dataclass
class Measured:
    """What was measured of one page."""

    name: str
    things: int
    written: float
    megabytes: float
    picture: float | None = None
    frames: float | None = None
    stopped: float | None = None

    def row(self) -> str:
        """Give a line of the table."""
        shown = [
            f"{value:.2f}" if value is not None else "-"
            for value in (self.picture, self.frames, self.stopped)
        ]
        return f"{self.name:<7}{self.things:>8,}{self.written:>9.2f}{self.megabytes:>8.2f}" + "".join(
            f"{value:>10}" for value in shown
        )


def plain(network: nx.MultiDiGraph) -> str:
    """Draw a network as pyvis does of itself, its vis-network inlined."""
    from pyvis.network import Network

    drawing = Network(directed=True, cdn_resources="in_line")
    for key, node in network.nodes(data=True):
        drawing.add_node(key, label=node["name"])
    for start, end, edge in network.edges(data=True):
        drawing.add_edge(start, end, title=edge["role"])
    text = drawing.generate_html()
    told = (
        "network.once('stabilizationIterationsDone', () => requestAnimationFrame(() => requestAnimationFrame("
    )
    return re.sub(
        r"return network;", f"{told}() => {{ window.stabilised = true; }})));\nreturn network;", text
    )


def pages(things: int, *, beside: bool) -> Iterator[tuple[str, str, float]]:
    """Write the pages of one size: engine, page, seconds that it took to lay out and write."""
    network = ecosystem(things, 4 * things)
    began = time.perf_counter()
    text = (large.render if large.is_large(network) else view.render)(network)
    yield ("sigma" if large.is_large(network) else "ours"), text, time.perf_counter() - began
    if beside:
        began = time.perf_counter()
        text = plain(network)
        yield "pyvis", text, time.perf_counter() - began


def measure(browser: Browser, name: str, text: str, measured: Measured) -> None:
    """Open a page, wait for its picture, and pan."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(CAP * 1000)
        page.route(re.compile("^https?:"), lambda route: route.abort())
        try:
            began = time.perf_counter()
            page.goto(file.as_uri(), wait_until="commit")
            page.wait_for_function(READY[name])
            page.evaluate(TWO_FRAMES)
            measured.picture = time.perf_counter() - began
            page.wait_for_timeout(500)
            measured.frames = page.evaluate(PAN, [name, SECONDS])
            if name == "pyvis":
                page.evaluate("network.setOptions({ physics: false })")
                measured.stopped = page.evaluate(PAN, [name, SECONDS])
        except Error:
            print(f"{name} at {measured.things:,}: no picture within {CAP:.0f} s")
        page.close()


def main(sizes: list[int]) -> int:
    """Print a line a page, and the ratios."""
    all_: dict[tuple[str, int], Measured] = {}
    print("engine   things  written      MB   picture    frames   stopped   (s, MB, s, per s, per s)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SOFTWARE)
        for things in sizes:
            for name, text, written in pages(things, beside=things in COMPARED):
                measured = Measured(name, things, written, len(text.encode()) / 1e6)
                measure(browser, name, text, measured)
                all_["pyvis" if name == "pyvis" else "ours", things] = measured
                print(measured.row(), flush=True)
        browser.close()
    ratios(all_)
    return 0


def ratios(all_: dict[tuple[str, int], Measured]) -> None:
    """Print how ours and plain pyvis compare, and what is aimed at."""
    for things in COMPARED:
        ours, theirs = all_.get(("ours", things)), all_.get(("pyvis", things))
        if not ours or not theirs or not ours.picture or not ours.frames:
            continue
        picture: Any = theirs.picture / ours.picture if theirs.picture else float("nan")
        frames: Any = ours.frames / theirs.frames if theirs.frames else float("nan")
        print(f"{things:,}: picture {picture:.1f} times as fast, {frames:.1f} times the frames")
    half, ten = all_.get(("pyvis", 500)), all_.get(("ours", 10_000))
    if half and ten and half.picture and ten.picture:
        print(f"ours at 10,000 / pyvis at 500, to the picture: {ten.picture / half.picture:.2f} (at most 1)")
    print("aims at 1,000: 8 times as fast to the picture, 4 times the frames")


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [*COMPARED, *ALONE]))
