"""Places for the nodes of a large network, by forces: ties pull, all things push each other away.

The model is ForceAtlas2 (Jacomy and others, PLoS ONE 2014). What all nodes together push is the
field of charges on a grid, a convolution that the fast Fourier transform solves, so that a round
takes as long as the grid is large whatever the number of pairs. Everything is summed in one order,
never by a threaded product: the places are the same however many threads there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.packing import packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Numbers = NDArray[np.int_]

PIVOTS, ROUNDS, GRAVITY = 24, 120, 0.1
"""The nodes whose distances give the start, the rounds of forces, and the pull to the middle."""
COARSE, FINE, MANY = 256, 512, 15_000
"""The cells of a side of the grid, up to so many nodes and beyond."""
FEW = 400
"""The most nodes of a component that push each other pair by pair: that takes less time than a grid."""
EVEN = 0.45
"""How far the radii are evened out: 0 leaves the crowd in the middle, 1 spreads it over the disc."""
PUSHES, NEXT = 24, 6
"""The rounds in which near nodes are pushed apart, and how many neighbours of a cell each looks at."""
CLOSE = 0.62
"""The least distance of two nodes where there is room, in mean distances."""


def forced(count: int, edges: Numbers) -> Array:
    """Place nodes, in mean distances between neighbours, by their component.

    Args:
        count: how many nodes there are; they are numbered from 0.
        edges: pairs of numbers, of shape (ties, 2), each pair once, none of a node with itself.

    Returns:
        Places of shape (count, 2), the components beside one another (`kg.packing`).
    """
    places = np.zeros((count, 2))
    if not count:
        return places
    shapes = [(part, _arranged(len(part), inner)) for part, inner in _components(count, edges)]
    rooms = [2.0 if len(part) > 1 else 1.0 for part, _ in shapes]
    boxes = [np.ptp(shape, axis=0) + room for (_, shape), room in zip(shapes, rooms, strict=True)]
    corners = packed([(float(across), float(down)) for across, down in boxes])
    for (part, shape), room, corner in zip(shapes, rooms, corners, strict=True):
        places[part] = shape - shape.min(axis=0) + corner + room / 2
    return places


def _components(count: int, edges: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Give the nodes of each component and its edges by their place among them, the largest first."""
    least = np.arange(count)
    before = least[:0]
    while not np.array_equal(before, least):  # the least number that reaches a node, halving the ways
        before = least.copy()
        low = np.minimum(least[edges[:, 0]], least[edges[:, 1]])
        np.minimum.at(least, edges[:, 0], low)
        np.minimum.at(least, edges[:, 1], low)
        least = least[least]
    order = np.argsort(least, kind="stable")
    bounds = np.flatnonzero(np.diff(least[order])) + 1
    parts = sorted(np.split(order, bounds), key=lambda part: (-len(part), part[0]))
    place = np.zeros(count, dtype=int)
    for part in parts:
        place[part] = np.arange(len(part))
    owner = least[edges[:, 0]]
    by_owner = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[by_owner], [least[part[0]] for part in parts], "left")
    ends = np.searchsorted(owner[by_owner], [least[part[0]] for part in parts], "right")
    for part, start, end in zip(parts, starts, ends, strict=True):
        yield part, place[edges[by_owner[start:end]]]


def _arranged(count: int, edges: Numbers) -> Array:
    """Place one component: forces where it has a shape to show, a ring where it is tiny."""
    if count == 1:
        return np.zeros((1, 2))
    if count <= 3:  # noqa: PLR2004 (a pair, or three)
        turns = 2 * np.pi * np.arange(count) / count
        return np.column_stack([np.cos(turns), np.sin(turns)])
    points = _evened(_pulled(_started(count, edges), edges))
    points *= np.sqrt(count / np.prod(np.percentile(points, 98, axis=0) - np.percentile(points, 2, axis=0)))
    return _parted(_level(points))


def _started(count: int, edges: Numbers) -> Array:
    """Place by the distances to a few pivots (Brandes and Pich, Graph Drawing 2006)."""
    degree = np.bincount(edges.ravel(), minlength=count)
    columns = np.empty((count, min(PIVOTS, count)))
    pivot = int(degree.argmax())
    for column in range(columns.shape[1]):
        columns[:, column] = _steps(pivot, count, edges)
        pivot = int(columns[:, : column + 1].min(axis=1).argmax())
    squared = columns**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    _, vectors = np.linalg.eigh(np.einsum("ia,ib->ab", centred, centred))
    points: Array = np.einsum("ia,ab->ib", centred, vectors[:, -2:])
    points *= np.sign(points[np.abs(points).argmax(axis=0), [0, 1]])
    points *= 3 * np.sqrt(count) / max(float(np.sqrt((points**2).sum(axis=1).mean())), 1e-9)
    # Leaves of one node have the same distances: a spiral parts them.
    turns = np.arange(count) * 2.4
    placed: Array = np.round(points + 1.5 * np.column_stack([np.cos(turns), np.sin(turns)]), 3)
    return placed


def _steps(start: int, count: int, edges: Numbers) -> Array:
    """Give the number of edges from one node to each, within one component."""
    steps = np.full(count, -1)
    steps[start] = 0
    reached = 0
    while (steps < 0).any():
        front = steps == reached
        reached += 1
        for one, other in ((0, 1), (1, 0)):
            met = edges[front[edges[:, one]], other]
            steps[met[steps[met] < 0]] = reached
    return steps.astype(float)


def _pulled(points: Array, edges: Numbers) -> Array:
    """Let the forces act, each node as fast as it does not swing (ForceAtlas2's adaptive speed)."""
    count = len(points)
    mass = (np.bincount(edges.ravel(), minlength=count) + 1).astype(np.float64)
    cells = COARSE if count <= MANY else FINE
    kernels = _kernels(cells) if count > FEW else []
    before, speed, efficiency = np.zeros_like(points), 1.0, 1.0
    for _ in range(ROUNDS):
        pushed = _pushed(points, mass, cells, kernels) if kernels else _pushed_by_each(points, mass, cells)
        force = mass[:, None] * (pushed - GRAVITY * points)
        force += _tied(points, edges)
        swing: Array = np.hypot(*(force - before).T)
        swung, moved = (mass * swing).sum(), (mass * np.hypot(*(force + before).T)).sum() / 2
        jitter = max(0.005 * np.sqrt(count), min(10.0, 0.05 * moved / count**1.5))
        if swung > 2 * moved:
            efficiency = max(0.05, efficiency * 0.5)
            jitter = max(jitter, 1.0)
        target = jitter * efficiency * moved / max(swung, 1e-9)
        efficiency = max(0.05, efficiency * 0.7) if swung > jitter * moved else efficiency * 1.3
        speed += min(target - speed, 0.5 * speed)
        points = points + force * (speed / (1 + np.sqrt(speed * swing)))[:, None]
        before = force
    return points


def _kernels(cells: int) -> list[NDArray[np.complex128]]:
    """Give the transformed push, across and down, of one charge on a grid twice as wide (no wrapping)."""
    steps = np.minimum(np.arange(2 * cells), 2 * cells - np.arange(2 * cells))
    signed = np.where(np.arange(2 * cells) < cells, steps, -steps).astype(float)
    across, down = np.meshgrid(signed, signed, indexing="ij")
    squared = across**2 + down**2 + 0.3  # softened within a cell
    return [np.fft.rfft2(way / squared) for way in (across, down)]


def _pushed(points: Array, mass: Array, cells: int, kernels: list[NDArray[np.complex128]]) -> Array:
    """Give how strongly all nodes push a node of mass 1 at each point."""
    low = points.min(axis=0)
    cell = max(float((points.max(axis=0) - low).max()), 1e-9) * 1.0001 / (cells - 3)
    at = (points - low) / cell + 1
    corner = at.astype(int)
    share = at - corner
    side = 2 * cells
    spots, weights = [], []
    for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
        spots.append((corner[:, 0] + x) * side + corner[:, 1] + y)
        weights.append(np.abs(1 - x - share[:, 0]) * np.abs(1 - y - share[:, 1]))
    charge = np.zeros(side * side)
    for spot, weight in zip(spots, weights, strict=True):
        charge += np.bincount(spot, mass * weight, side * side)
    spectrum = np.fft.rfft2(charge.reshape(side, side))
    fields = [np.fft.irfft2(spectrum * kernel, s=(side, side)).ravel() / cell for kernel in kernels]
    felt = [sum(field[s] * w for s, w in zip(spots, weights, strict=True)) for field in fields]
    return np.column_stack(felt)


def _pushed_by_each(points: Array, mass: Array, cells: int) -> Array:
    """Give the same as `_pushed` without a grid, as softened within what would be a cell."""
    gaps = points[:, None] - points[None]
    cell = max(float(np.ptp(points, axis=0).max()), 1e-9) / (cells - 3)
    squared = gaps[..., 0] ** 2 + gaps[..., 1] ** 2 + 0.3 * cell**2
    felt: Array = np.einsum("ijk,ij->ik", gaps, mass / squared)
    return felt


def _tied(points: Array, edges: Numbers) -> Array:
    """Give how strongly the ties pull each node."""
    starts, ends = edges[:, 0], edges[:, 1]
    gaps = points[ends] - points[starts]
    count = len(points)
    pulls = [np.bincount(starts, gap, count) - np.bincount(ends, gap, count) for gap in gaps.T]
    return np.column_stack(pulls)


def _evened(points: Array) -> Array:
    """Draw the crowd in the middle apart: radii come nearer to those of an evenly filled disc."""
    points = points - np.median(points, axis=0)
    radii = np.hypot(*points.T)
    ranks = np.empty(len(points))
    ranks[np.argsort(radii, kind="stable")] = np.sqrt((np.arange(len(points)) + 0.5) / len(points))
    reach = float(np.percentile(radii, 95))
    wanted = (1 - EVEN) * np.minimum(radii, 1.3 * reach) + EVEN * ranks * reach
    evened: Array = points * (wanted / np.maximum(radii, 1e-9))[:, None]
    return evened


def _level(points: Array) -> Array:
    """Turn a picture so that it is widest from side to side."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(np.einsum("ia,ib->ab", points, points))
    axes = axes * np.where(axes[0] < 0, -1, 1)
    turned: Array = np.einsum("ia,ab->ib", points, axes[:, ::-1])
    return turned


def _parted(points: Array) -> Array:
    """Push nodes apart that stand closer than they need to, cell by cell of a grid that shifts."""
    points = points.copy()
    for number in range(PUSHES):
        shift = np.array([number % 2, number // 2 % 2]) * CLOSE
        cell = np.floor((points - points.min(axis=0) + shift) / (2 * CLOSE)).astype(int)
        key = cell[:, 0] * (cell[:, 1].max() + 1) + cell[:, 1]
        order = np.lexsort((points[:, 0], key))
        moved = np.zeros_like(points)
        for step in range(1, NEXT + 1):
            a, b = order[:-step], order[step:]
            near = key[a] == key[b]
            a, b = a[near], b[near]
            gap = points[b] - points[a]
            length = np.maximum(np.hypot(*gap.T), 1e-6)
            push = gap * (np.maximum(CLOSE - length, 0) / length / 3)[:, None]
            moved[a] -= push
            moved[b] += push
        points += moved
    return points
