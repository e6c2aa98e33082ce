"""Packing: boxes stand beside one another, with hardly any room lost."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.packing import WIDE, packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    Box = tuple[float, float]

SIDES = st.integers(1, 1000).map(float)


def extent(boxes: Sequence[Box]) -> Box:
    """Give how wide and how high packed boxes are in all."""
    corners = packed(boxes)
    rights = [left + width for (left, _), (width, _) in zip(corners, boxes, strict=True)]
    downs = [top + height for (_, top), (_, height) in zip(corners, boxes, strict=True)]
    return max(rights) - min(left for left, _ in corners), max(downs) - min(top for _, top in corners)


@given(st.lists(st.tuples(SIDES, SIDES), max_size=40))
def test_no_box_reaches_into_another(boxes: list[Box]) -> None:
    """Each has its place, in the order in which they came, and none lies over another."""
    corners = packed(boxes)
    assert len(corners) == len(boxes)
    placed = [
        (left, top, left + width, top + height)
        for (left, top), (width, height) in zip(corners, boxes, strict=True)
    ]
    for one, other in combinations(placed, 2):
        beside = one[2] <= other[0] + 1e-6 or other[2] <= one[0] + 1e-6
        assert beside or one[3] <= other[1] + 1e-6 or other[3] <= one[1] + 1e-6


def test_one_box_is_centred() -> None:
    """A single box stands in the middle, and none is no error."""
    assert packed([(30, 10)]) == [(-15, 0)]
    assert packed([]) == []


@pytest.mark.parametrize("count", [2, 7, 40, 1000, 50_000])
def test_boxes_alike_fill_a_screen(count: int) -> None:
    """However many there are, they make neither a long line nor a tower, and little stays empty."""
    boxes = [(170.0, 120.0)] * count
    across, down = extent(boxes)
    least = (count * 170 * 120 * WIDE) ** 0.5
    assert max(across, down * WIDE) < (1.2 if count > 10 else 2) * least


def test_small_boxes_lie_beside_a_large_one() -> None:
    """What is lower than the highest is piled up beside it, so that the whole is hardly larger."""
    across, down = extent([(1600, 1200), *[(150, 200)] * 12])
    assert (across, down) == (1900, 1200)
