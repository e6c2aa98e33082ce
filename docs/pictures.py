"""Take the pictures of the network view that the documentation shows: `make pictures`.

Stockholm's page is opened from its file in the system's Chromium, without a connection, and brought
into each state as a link would; the pictures stand beside this script.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import sync_playwright

from kg import ask, draw, view
from kg.config import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
LARGEST = 300_000
"""The most bytes of a picture."""
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-sync", "--no-first-run"]


@dataclass(frozen=True)
class Picture:
    """One picture: its name, the state of the page, and the screen that it is seen on."""

    name: str
    state: dict[str, Any] = field(default_factory=dict)
    size: tuple[int, int] = (1320, 840)
    scheme: Literal["light", "dark"] = "light"


PHONE = (390, 844)
PICTURES = (
    Picture("overview"),
    Picture("focus", {"focus": {"key": "organisation:kth", "hops": 1}}),
    Picture("panel", {"chosen": "initiative:digital-demo-stockholm"}),
    Picture(
        "partners", {"view": "organisations", "chosen": "organisation:city-of-stockholm organisation:kth"}
    ),
    Picture("timeline", {"view": "timeline"}),
    Picture("survey", {"view": "waves"}),
    Picture("table", {"view": "table"}),
    Picture("dark", {"time": {"mode": "as-of", "at": "2018", "from": "", "to": ""}}, scheme="dark"),
    Picture("swedish", {"language": "sv", "chosen": "organisation:stockholm-university"}),
    Picture("phone", size=PHONE),
)


def page() -> str:
    """Give the page of Stockholm."""
    chosen = settings({})
    store = ask.embedded_store(chosen)
    return view.render(**draw.drawing(store, chosen.language))


def take(browser: Browser, file: Path, picture: Picture) -> bytes:
    """Open the page in a state, and give what is seen as PNG."""
    wide, high = picture.size
    context = browser.new_context(
        viewport={"width": wide, "height": high},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
        offline=True,
    )
    tab = context.new_page()
    tab.goto(file.as_uri())
    tab.wait_for_function("() => window.kgView && kgView.labels().length > 0")
    if "time" in picture.state:
        tab.locator("#time button").click()
    tab.evaluate("(state) => kgView.change(state)", picture.state)
    if picture.state and picture.state.get("view", "network") in ("network", "organisations"):
        tab.locator("#zoom button").last.click()
    tab.mouse.move(wide - 1, 1)
    tab.wait_for_timeout(500)
    content = tab.screenshot()
    context.close()
    return content


def main() -> int:
    """Take all pictures, and say where one is too large."""
    large = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "stockholm.html"
        file.write_text(page(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for picture in PICTURES:
            content = take(browser, file, picture)
            (HERE / f"view-{picture.name}.png").write_bytes(content)
            large += [picture.name] if len(content) > LARGEST else []
        browser.close()
    if large:
        sys.stderr.write(f"over {LARGEST} bytes: {', '.join(large)}\n")
    return int(bool(large))


if __name__ == "__main__":
    sys.exit(main())
