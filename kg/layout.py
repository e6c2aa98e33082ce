"""Where the nodes of a network stand: computed beforehand, so that a picture is always the same.

networkx's ForceAtlas2 draws a few candidates; some rounds of stress majorization (Gansner, Koren
and North, Graph Drawing 2004) even out the edges, boxes around nodes and names are pushed apart,
and the candidate with the fewest crossings is taken. Larger networks start from classical scaling
of their distances (networkx's forces take several seconds at 1,000 nodes); the largest are placed by
`kg.forces`. Parts that no tie joins keep their shapes, and are packed beside one another (`kg.packing`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from kg.packing import packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

EDGE = 170.0
"""The length of an edge in pixels at scale 1: room for a role and a year along it."""
WIDE = 1.35
"""How much the picture is stretched sideways: names are wide, and so are screens."""
BOX = 64.0
"""The height in pixels of a node with a name of two lines below it."""
LETTER, NARROWEST, WIDEST = 7.0, 64.0, 160.0
"""The width of a letter, and the least and greatest width of a name, in pixels."""
AROUND = np.array([85.0, 60.0])
"""How far in pixels, across and down, a part reaches beyond its outermost nodes: half a name."""
ROOM = 2.5
"""How many times the area of all boxes a picture has at least."""
FORCED, MAJORIZED = 400, 600
"""The most nodes that several candidates, and then that all distances between nodes, are made for."""
NEAR = 100.0
"""The mean distance in pixels between neighbours in a large picture."""
CANDIDATES = 8
"""How many candidates are drawn for up to 100 nodes; fewer for more."""
DRAWN = 32
"""The networks whose places are kept for the next drawing: a site's pictures are several, some the same."""
EVENING, SCALING, PUSHES = 4, 30, 60
"""The rounds of majorization after forces and after scaling, and of pushing."""


def layout(network: nx.Graph) -> dict[str, tuple[int, int]]:
    """Place the nodes, in whole pixels from the middle, alike whenever the network is.

    >>> layout(nx.Graph([("a", "b")])) == layout(nx.Graph([("b", "a")]))
    True
    """
    if not network:
        return {}
    nodes = sorted(network)
    index = {node: number for number, node in enumerate(nodes)}
    pairs = sorted({(min(ends), max(ends)) for ends in _ends(network, index)})
    if len(nodes) > MAJORIZED:
        return _whole(nodes, _forced(len(nodes), tuple(pairs)) * NEAR)
    boxes = tuple(_box(network.nodes[node].get("name", node)) for node in nodes)
    points = np.array(_best(boxes, tuple(pairs))) if pairs else np.zeros((len(nodes), 2))
    return _whole(nodes, _beside(points, pairs))


@lru_cache(maxsize=1)
def _forced(count: int, pairs: tuple[tuple[int, int], ...]) -> Array:
    """Place a large network; a site draws and exports the same one."""
    from kg.forces import forced

    return forced(count, np.array(pairs, dtype=int).reshape(-1, 2))


@lru_cache(maxsize=DRAWN)
def _best(
    boxes: tuple[tuple[float, float], ...], pairs: tuple[tuple[int, int], ...]
) -> list[tuple[float, float]]:
    """Give the best of the candidates; a site draws the same network several times."""
    edges, sizes = np.array(pairs), np.array(boxes)
    drawn = (_apart(points, sizes) for points in _candidates(len(boxes), edges))
    found: list[tuple[float, float]] = _calmest(drawn, edges).tolist()
    return found


def _calmest(drawn: Iterator[Array], edges: NDArray[np.int_]) -> Array:
    """Give the first candidate of the least disorder; after one without any, no other is drawn."""
    best = next(drawn)
    if len(best) > FORCED:
        return best  # the only one
    least = _disorder(best, edges)
    while least and (other := next(drawn, None)) is not None:
        disorder = _disorder(other, edges)
        if disorder < least:
            best, least = other, disorder
    return best


def _beside(points: Array, pairs: list[tuple[int, int]]) -> Array:
    """Put the parts that no tie joins beside one another, each in its shape."""
    graph = nx.empty_graph(len(points))
    graph.add_edges_from(pairs)
    parts = [sorted(part) for part in nx.connected_components(graph)]
    if len(parts) <= 1:
        return points
    boxes = [tuple(np.ptp(points[part], axis=0) + 2 * AROUND) for part in parts]
    beside = points.copy()
    for part, corner in zip(parts, packed(boxes), strict=True):
        beside[part] += corner - points[part].min(axis=0)
    return beside


def _whole(nodes: list[str], points: Array) -> dict[str, tuple[int, int]]:
    """Give whole pixels from the middle."""
    points = points - (points.max(axis=0) + points.min(axis=0)) / 2
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, points.tolist(), strict=True)}


def _ends(network: nx.Graph, index: dict[str, int]) -> Iterator[tuple[int, int]]:
    return ((index[a], index[b]) for a, b in network.edges() if a != b)


def _box(name: str) -> tuple[float, float]:
    """Give the width and height of a node with its name."""
    return min(max(len(name) * LETTER, NARROWEST), WIDEST), BOX


def _candidates(count: int, edges: NDArray[np.int_]) -> Iterator[Array]:
    """Draw the network in one or several ways, in pixels."""
    stretch = np.array([EDGE * WIDE, EDGE])
    distances = _distances(count, edges)
    if count > FORCED:
        yield _turned(_majorized(_scaled(distances), distances, SCALING)) * stretch
        return
    graph = nx.empty_graph(count)
    graph.add_edges_from(edges.tolist())
    for seed in range(max(2, CANDIDATES * 100 // max(count, 100))):
        forces = nx.forceatlas2_layout(graph, max_iter=200, seed=seed)
        points = np.array([forces[node] for node in range(count)])
        yield _turned(_majorized(points, distances, EVENING)) * stretch


def _distances(count: int, edges: NDArray[np.int_]) -> Array:
    """Give the number of edges between each two nodes; one more than the most where there is no way."""
    adjacency = np.zeros((count, count), dtype=np.float32)
    adjacency[edges[:, 0], edges[:, 1]] = adjacency[edges[:, 1], edges[:, 0]] = 1
    distances = np.full((count, count), np.inf)
    front = np.eye(count, dtype=np.float32)
    steps = 0
    while front.any():
        distances[front > 0] = steps
        front = ((adjacency @ front > 0) & np.isinf(distances)).astype(np.float32)
        steps += 1
    distances[np.isinf(distances)] = steps
    return distances


def _scaled(distances: Array) -> Array:
    """Place by classical multidimensional scaling."""
    count = len(distances)
    centring = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-0.5 * centring @ distances**2 @ centring)
    points: Array = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-9))
    return points


def _majorized(points: Array, distances: Array, rounds: int) -> Array:
    """Move the points so that their distances come nearer to those of the network."""
    count = len(points)
    off = ~np.eye(count, dtype=bool)
    weights = np.divide(1, distances**2, out=np.zeros_like(distances), where=off)
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + 1 / count) - 1 / count
    points = points - points.mean(axis=0)
    lengths = _lengths(points)
    points = points * (weights * distances * lengths).sum() / (weights * lengths**2).sum()
    for _ in range(rounds):
        pull = np.divide(-weights * distances, _lengths(points), out=np.zeros_like(distances), where=off)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = inverse @ (pull @ points)
    return points


def _lengths(points: Array) -> Array:
    """Give the distance between each two points, never nought."""
    across, down = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
    lengths: Array = np.maximum(np.sqrt(across**2 + down**2), 1e-6)
    return lengths


def _turned(points: Array) -> Array:
    """Turn a picture so that it is widest from side to side, and its sign the same each time."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    turned: Array = points @ axes[:, ::-1]
    signs = np.sign(np.median(turned, axis=0) - turned.mean(axis=0))
    return turned * np.where(signs == 0, 1, signs)


def _apart(points: Array, sizes: Array) -> Array:
    """Push boxes apart, each time along the way that is shorter, until none overlap."""
    extent = np.prod(np.ptp(points, axis=0) + sizes.max(axis=0))
    points = points * max(1.0, float(np.sqrt(ROOM * sizes.prod(axis=1).sum() / extent)))
    room = (sizes[:, None] + sizes[None]) / 2
    off = ~np.eye(len(points), dtype=bool)
    order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None])
    for _ in range(PUSHES):
        gaps = points[:, None] - points[None]
        overlap = room - np.abs(gaps)
        meeting = (overlap > 0).all(axis=2) & off
        if not meeting.any():
            break
        shorter = overlap.argmin(axis=2)
        for axis in (0, 1):
            way = np.where(gaps[..., axis] == 0, order, np.sign(gaps[..., axis]))
            push = np.where(meeting & (shorter == axis), overlap[..., axis] * way, 0)
            points[:, axis] += 0.5 * push.sum(axis=1) / np.maximum((push != 0).sum(axis=1), 1)
    return points


def _disorder(points: Array, edges: NDArray[np.int_]) -> float:
    """Count how often edges cross, and threefold how often one runs through a node not its own."""
    starts, ends = points[edges[:, 0]], points[edges[:, 1]]
    apart = (edges[:, None, :, None] != edges[None, :, None, :]).all(axis=(2, 3))
    sides = [_side(starts, ends, starts), _side(starts, ends, ends)]
    across = sides[0] != sides[1]
    crossings = (across & across.T & apart).sum() / 2
    along = ends - starts
    share = ((points[:, None] - starts) * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1)
    nearest = starts + np.clip(share, 0, 1)[..., None] * along
    near = np.hypot(*np.moveaxis(points[:, None] - nearest, 2, 0)) < BOX / 4
    own = (np.arange(len(points))[:, None, None] == edges[None]).any(axis=2)
    return float(crossings + 3 * (near & ~own).sum())


def _side(starts: Array, ends: Array, points: Array) -> NDArray[np.bool_]:
    """Say for each edge and each point on which side of the edge the point lies."""
    along = (ends - starts)[:, None]
    to = points[None] - starts[:, None]
    side: NDArray[np.bool_] = along[..., 0] * to[..., 1] > along[..., 1] * to[..., 0]
    return side
