"""Packing: parts that no tie joins stand beside one another, each as it was placed, with no room lost."""

from __future__ import annotations

import networkx as nx

from kg.layout import layout
from kg.packing import AROUND, packed


def parted() -> nx.Graph:
    """Give a network of one large part, three small ones and seven things alone."""
    tree = nx.random_labeled_tree(30, seed=4)
    graph = nx.Graph([(f"a{one:02}", f"a{other:02}") for one, other in tree.edges])
    graph.add_edges_from((f"{name}1", f"{name}2") for name in "bcd")
    graph.add_nodes_from(f"z{number}" for number in range(7))
    return graph


def test_what_hangs_together_stands_as_it_did() -> None:
    """A network of one part is placed as the layout has it; of several, each keeps its shape."""
    graph = parted()
    tree = graph.subgraph([node for node in graph if node.startswith("a")])
    assert packed(tree) == layout(tree)
    before, after = layout(graph), packed(graph)
    moves = {(after[node][0] - before[node][0], after[node][1] - before[node][1]) for node in tree}
    assert len(moves) == 1
    assert packed(nx.Graph()) == {}


def test_parts_are_apart_and_near() -> None:
    """No part reaches into another, and the whole is not half as large again as the largest part."""
    graph = parted()
    places = packed(graph)
    boxes = []
    for part in nx.connected_components(graph):
        xs, ys = zip(*(places[node] for node in part), strict=True)
        (wide, high) = AROUND
        boxes.append((min(xs) - wide, min(ys) - high, max(xs) + wide, max(ys) + high))
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    sizes = [(right - left) * (bottom - top) for left, top, right, bottom in boxes]
    whole = [max(box[2] for box in boxes) - min(box[0] for box in boxes)]
    whole += [max(box[3] for box in boxes) - min(box[1] for box in boxes)]
    assert whole[0] * whole[1] < 1.5 * max(sizes)


def test_the_order_of_ties_does_not_matter() -> None:
    """The same network has the same places, however it was put together."""
    graph = parted()
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((other, one) for one, other in reversed(list(graph.edges)))
    assert packed(graph) == packed(turned)


def test_many_loners_fill_rows() -> None:
    """Things without a tie stand in rows, not in one long line."""
    graph = nx.Graph()
    graph.add_nodes_from(f"{number:02}" for number in range(40))
    xs, ys = zip(*packed(graph).values(), strict=True)
    assert len(set(zip(xs, ys, strict=True))) == 40
    assert 1 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 2.5
