"""Packing: boxes beside one another, the highest first, as books stand on shelves.

Where the first of a shelf leaves room beside it, lower ones lie there in piles as high as it is. So
`kg.layout` and `kg.forces` place the parts of a network that no tie joins, which forces alone would
push far apart, and make the largest small.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Box = tuple[float, float]
    Corner = tuple[float, float]

WIDE = 1.5
"""How much wider than high the screen is."""
NARROW, STEP, WIDTHS = 0.85, 1.08, 12
"""The least width of the shelves that is tried, in widths of boxes without a gap; the factor to the next
one; how many are tried."""


def packed(boxes: Sequence[Box]) -> list[Corner]:
    """Place boxes so that they are as large on a screen as shelves allow.

    Args:
        boxes: width and height of each; of those alike, the first comes first.

    Returns:
        The upper left corner of each, across from the middle and down from the top, in the same order.

    >>> packed([(2, 1), (4, 4), (2, 3)])
    [(1.0, 3.0), (-3.0, 0.0), (1.0, 0.0)]
    """
    order = sorted(range(len(boxes)), key=lambda box: (-boxes[box][1], -boxes[box][0]))
    listed = [boxes[box] for box in order]
    least = NARROW * (WIDE * sum(width * height for width, height in boxes)) ** 0.5
    widest = max((width for width, _ in boxes), default=0.0)
    widths = sorted({max(widest, least * STEP**step) for step in range(WIDTHS)})
    _, corners = min((_shelved(listed, width) for width in widths), key=itemgetter(0))
    return [corner for _, corner in sorted(zip(order, corners, strict=True))]


def _shelved(boxes: Sequence[Box], most: float) -> tuple[float, list[Corner]]:
    """Fill shelves of so much width: give how large a screen has to be, and the corner of each box."""
    corners: list[Corner] = []
    across, top = 0.0, 0.0
    while len(corners) < len(boxes):
        high = boxes[len(corners)][1]
        shelf, width = _shelf(boxes, len(corners), most)
        corners += [(left - width / 2, top + down) for left, down in shelf]
        across, top = max(across, width), top + high
    return max(across / WIDE, top), corners


def _shelf(boxes: Sequence[Box], first: int, most: float) -> tuple[list[Corner], float]:
    """Fill one shelf, from a box on: give the corners from its own, and how wide it is."""
    corners: list[Corner] = []
    high = boxes[first][1]
    left, pile, down = 0.0, 0.0, 0.0
    for number in range(first, len(boxes)):
        width, height = boxes[number]
        if down + height > high or left + max(pile, width) > most:
            left, pile, down = left + pile, 0.0, 0.0
        if corners and left + width > most:
            break
        corners.append((left, down))
        pile, down = max(pile, width), down + height
    return corners, left + pile
