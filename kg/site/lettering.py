"""Lettering: where names stand in a picture: none over another or outside, hardly one over a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BROAD, HIGH = 0.56, 1.15
"""The width of a character and the height of a line, in sizes of the letters: a little above the mean."""
GAP = 4
"""Pixels between a mark and its name."""
FOREMOST = 5
"""How many names are written even where they lie over another mark."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def lettered(
    names: Iterable[tuple[str, str]],
    marks: Mapping[str, tuple[float, float, float]],
    frame: Box,
    letters: float,
) -> dict[str, tuple[str, float, float, str]]:
    """Write as many names as there is room for, those that come first before the others.

    Args:
        names: of each mark its key and what it is called, the most important first.
        marks: of each mark its place and how far it reaches from there, in pixels.
        frame: the picture.
        letters: the size of the letters in pixels.

    Returns:
        Of each mark that got its name: the name, where its line begins, is centred or ends, and which of
        these (`start`, `middle`, `end`, as in SVG's `text-anchor`).

    >>> lettered([("a", "One"), ("b", "Two")], {"a": (0, 0, 5), "b": (4, 0, 5)}, (-50, -50, 50, 50), 10)
    {'a': ('One', 0, 17.0, 'middle'), 'b': ('Two', 4, -11.0, 'middle')}
    """
    marked = [(x - reach, y - reach, x + reach, y + reach) for x, y, reach in marks.values()]
    written: list[Box] = []
    found = {}
    for number, (key, name) in enumerate(names):
        places = list(_places(*marks[key], letters))
        boxes = [_box(*place, len(name) * letters * BROAD, letters) for place in places]
        free = [at for at, box in enumerate(boxes) if _within(box, frame) and not _meets(box, written)]
        # The foremost would rather lie over another's mark than have no name.
        clear = [at for at in free if not _meets(boxes[at], marked)] or (free if number < FOREMOST else [])
        if clear:
            written.append(boxes[clear[0]])
            x, base, anchor = places[clear[0]]
            found[key] = (name, round(x, 1), round(base, 1), anchor)
    return found


def _places(x: float, y: float, reach: float, letters: float) -> Iterator[tuple[float, float, str]]:
    """Give where a name can stand, the best first: below, above, right and left of its mark."""
    across, down = reach + GAP, letters * 0.35
    yield x, y + across + letters * 0.8, "middle"
    yield x, y - across - letters * 0.2, "middle"
    yield x + across, y + down, "start"
    yield x - across, y + down, "end"


def _box(x: float, base: float, anchor: str, wide: float, letters: float) -> Box:
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    top = base - letters * 0.85
    return left, top, left + wide, top + letters * HIGH


def _within(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _meets(one: Box, others: list[Box]) -> bool:
    return any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for other in others
    )
