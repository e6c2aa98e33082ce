"""Places of a large network: steady, apart, and with its shape kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest

from kg.forces import forced
from kg.layout import MAJORIZED, layout

PLACE = """
import hashlib, networkx as nx
from kg.layout import layout
graph = nx.barabasi_albert_graph(1600, 3, seed=4)
graph = nx.relabel_nodes(graph, {n: f"thing:{n}" for n in graph})
graph.add_nodes_from(["alone:1", "alone:2"])
print(hashlib.sha256(repr(sorted(layout(graph).items())).encode()).hexdigest())
"""


def towns(count: int = 8, size: int = 200) -> nx.Graph:
    """Give towns whose things are tied among themselves, and one tie from each town to the next."""
    graph = nx.Graph()
    for town in range(count):
        ties = nx.barabasi_albert_graph(size, 2, seed=town)
        graph.add_edges_from((f"t{town}:{a}", f"t{town}:{b}") for a, b in ties.edges())
        graph.add_edge(f"t{town}:0", f"t{(town + 1) % count}:0")
    return graph


def test_the_places_do_not_depend_on_hashes_or_threads() -> None:
    """Three interpreters with other hash seeds and numbers of threads give the same bytes."""
    digests = set()
    for seed, threads in (("0", "1"), ("1", "2"), ("77", "4")):
        threaded = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), threads)
        environment = {**os.environ, **threaded, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PLACE], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1
    assert len(digests.pop()) == hashlib.sha256().digest_size * 2


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    """The same network built the other way round stands in the same places."""
    graph = towns()
    turned = nx.Graph()
    turned.add_edges_from((b, a) for a, b in reversed(list(graph.edges())))
    assert layout(graph) == layout(turned)


def test_what_is_tied_stands_together() -> None:
    """The things of a town are nearer to one another than to those of other towns."""
    places = layout(towns())
    by_town: dict[str, list[tuple[int, int]]] = {}
    for key, place in places.items():
        by_town.setdefault(key.partition(":")[0], []).append(place)
    points = {town: np.array(all_) for town, all_ in by_town.items()}
    middles = np.array([all_.mean(axis=0) for all_ in points.values()])
    for number, all_ in enumerate(points.values()):
        away = np.hypot(*(all_[:, None] - middles[None]).transpose(2, 0, 1))
        assert (away.argmin(axis=1) == number).mean() > 0.9


def test_no_two_things_stand_in_one_place() -> None:
    """All places differ, those of things without ties too, and components do not overlap."""
    graph = towns()
    graph.add_edges_from((f"pair:{n}", f"pair:{n + 500}") for n in range(20))
    graph.add_nodes_from(f"alone:{n}" for n in range(50))
    places = layout(graph)
    assert len(set(places.values())) == len(graph)
    main = [y for key, (_, y) in places.items() if key.startswith("t")]
    rest = [y for key, (_, y) in places.items() if not key.startswith("t")]
    assert max(main) < min(rest)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_things_without_any_tie_get_places(count: int) -> None:
    """Also where there is no tie at all."""
    places = forced(count, np.empty((0, 2), dtype=int))
    assert places.shape == (count, 2)
    assert len({tuple(place) for place in places.tolist()}) == count


def test_a_large_network_without_ties_is_no_single_row() -> None:
    """They fill a field, not a line."""
    graph = nx.empty_graph(MAJORIZED + 1)
    graph = nx.relabel_nodes(graph, {node: f"alone:{node:05}" for node in graph})
    xs, ys = zip(*layout(graph).values(), strict=True)
    assert len(set(xs)) > 20
    assert len(set(ys)) > 20


def test_a_star_is_round() -> None:
    """Leaves of one thing, whose distances are all alike, stand around it on every side."""
    edges = np.array([(0, leaf) for leaf in range(1, 1500)])
    places = forced(1500, edges)
    turns = np.arctan2(*(places[1:] - places[0]).T)
    assert len(np.unique((turns * 4 / np.pi).astype(int))) >= 7
