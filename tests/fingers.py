"""Fingers on the screen of a phone: touches as a real one has them, sent by the DevTools protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Locator, Page

    Point = tuple[float, float]

PHONES = {"large": (390, 844), "small": (320, 568)}
STEPS = 12


def phone(size: Point) -> dict[str, object]:
    """Give the options of a browser that is a phone's."""
    width, height = size
    return {
        "viewport": {"width": width, "height": height},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 3,
    }


@dataclass
class Fingers:
    """The fingers of a reader on a page."""

    page: Page

    def __post_init__(self) -> None:
        self.session: CDPSession = self.page.context.new_cdp_session(self.page)

    def touch(self, kind: str, *points: Point) -> None:
        """Put fingers down, move or lift them (touchStart, touchMove, touchEnd), at points of the screen."""
        given = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

    def tap(self, point: Point) -> None:
        """Put a finger down and lift it."""
        self.touch("touchStart", point)
        self.touch("touchEnd")

    def hold(self, point: Point, milliseconds: int = 700) -> None:
        """Put a finger down and leave it there for a while."""
        self.touch("touchStart", point)
        self.page.wait_for_timeout(milliseconds)
        self.touch("touchEnd")

    def drag(self, start: Point, end: Point) -> None:
        """Draw a finger over the screen."""
        self.touch("touchStart", start)
        for step in range(1, STEPS + 1):
            at = tuple(a + (b - a) * step / STEPS for a, b in zip(start, end, strict=True))
            self.touch("touchMove", at)  # type: ignore[arg-type]  # two numbers
        self.touch("touchEnd")

    def pinch(self, middle: Point, first: float, last: float) -> None:
        """Draw two fingers apart, or together, beside a point."""
        x, y = middle
        self.touch("touchStart", (x - first / 2, y), (x + first / 2, y))
        for step in range(1, STEPS + 1):
            apart = first + (last - first) * step / STEPS
            self.touch("touchMove", (x - apart / 2, y), (x + apart / 2, y))
        self.touch("touchEnd")

    def tap_on(self, element: Locator) -> None:
        """Tap on the middle of an element."""
        self.tap(middle(element))


def middle(element: Locator, across: float = 0.5, down: float = 0.5) -> Point:
    """Give a point of an element, by default its middle."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down
