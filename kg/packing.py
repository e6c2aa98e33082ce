"""Packing: the parts of a network that no tie joins stand beside one another, not far apart.

`kg.layout` pushes them away from each other, so that the picture of the largest would be small. Here
each keeps its shape, and they stand in rows, the highest first, as books on shelves do.
"""

from __future__ import annotations

from itertools import accumulate, islice
from typing import TYPE_CHECKING

import networkx as nx

from kg.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["packed"]

AROUND = (85, 60)
"""How far in pixels, across and down, a part reaches beyond its outermost marks: half a name."""
WIDE = 1.5
"""How much wider than high the screen is."""
WIDTHS = 60
"""How many widths of rows are tried."""

Places = dict[str, tuple[int, int]]


def packed(network: nx.Graph) -> Places:
    """Place the nodes in whole pixels, the parts packed; alike whenever the network is.

    >>> packed(nx.Graph([("a", "b"), ("c", "d")])) == packed(nx.Graph([("d", "c"), ("b", "a")]))
    True
    """
    places = layout(network)
    parts = [sorted(part) for part in nx.connected_components(network.to_undirected(as_view=True))]
    if len(parts) <= 1:
        return places
    found: Places = {}
    shapes = sorted((_shape(part, places) for part in parts), key=_order)
    for part, (x, y) in _shelved(shapes):
        found |= {node: (x + across, y + down) for node, (across, down) in part.items()}
    return found


def _shape(part: list[str], places: Mapping[str, tuple[int, int]]) -> Places:
    """Give the places of a part from its upper left corner."""
    left, top = (min(places[node][axis] for node in part) for axis in (0, 1))
    return {node: (places[node][0] - left, places[node][1] - top) for node in part}


def _size(shape: Places) -> tuple[int, int]:
    across, down = (max(at[axis] for at in shape.values()) + 2 * AROUND[axis] for axis in (0, 1))
    return across, down


def _order(shape: Places) -> tuple[int, int, str]:
    """Sort the highest first, then the widest, then by key."""
    across, down = _size(shape)
    return -down, -across, min(shape)


def _shelved(shapes: list[Places]) -> Iterator[tuple[Places, tuple[int, int]]]:
    """Give each part with the place of its upper left corner, in rows that are centred."""
    sizes = [_size(shape) for shape in shapes]
    below = 0
    for row in _best(sizes):
        right = -sum(sizes[each][0] for each in row) // 2
        for each in row:
            yield shapes[each], (right + AROUND[0], below + AROUND[1])
            right += sizes[each][0]
        below += sizes[row[0]][1]


def _best(sizes: list[tuple[int, int]]) -> list[list[int]]:
    """Give the rows, of several widths that they may have, that are largest on a screen."""
    widest = max(across for across, _ in sizes)
    sums = accumulate(across for across, _ in sizes)
    tried = [
        _rows(sizes, most) for most in [widest, *islice((each for each in sums if each > widest), WIDTHS)]
    ]

    def extent(rows: list[list[int]]) -> float:
        across = max(sum(sizes[each][0] for each in row) for row in rows)
        return max(across / WIDE, sum(sizes[row[0]][1] for row in rows))

    return min(tried, key=extent)


def _rows(sizes: list[tuple[int, int]], most: int) -> list[list[int]]:
    """Fill rows of so much width, one after the other."""
    rows: list[list[int]] = [[]]
    filled = 0
    for number, (across, _) in enumerate(sizes):
        if rows[-1] and filled + across > most:
            rows.append([])
            filled = 0
        rows[-1].append(number)
        filled += across
    return rows
