"""Places of a large network: steady, apart, and with its shape kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from time import process_time

import networkx as nx
import numpy as np
import pytest

from kg.forces import FEW, forced
from kg.layout import MAJORIZED, layout

PLACE = """
import hashlib, networkx as nx
from kg.layout import layout
graph = nx.barabasi_albert_graph(1600, 3, seed=4)
graph = nx.relabel_nodes(graph, {n: f"thing:{n}" for n in graph})
graph.add_edges_from((f"small:{n // 2}", f"small:{n}") for n in range(1, 90))
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
    xs, ys = zip(*(place for key, place in places.items() if key.startswith("t")), strict=True)
    rest = [place for key, place in places.items() if not key.startswith("t")]
    assert not any(min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys) for x, y in rest)


def test_small_components_are_placed_alike_with_and_without_a_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a few nodes push each other pair by pair is what the grid makes of it."""
    edges = np.array(nx.random_labeled_tree(120, seed=2).edges())
    lengths = []
    for few in (FEW, 0):
        monkeypatch.setattr("kg.forces.FEW", few)
        places = forced(120, edges)
        lengths.append(np.sort(np.hypot(*(places[edges[:, 0]] - places[edges[:, 1]]).T)))
    assert float(np.abs(lengths[0] - lengths[1]).mean()) < 0.25 * float(lengths[1].mean())


def test_many_components_take_no_longer_than_one() -> None:
    """Hundreds of small components do not each pay for a grid."""
    many, one = [], []
    for number in range(100):
        many += [(10 * number, 10 * number + leaf) for leaf in range(1, 10)]
        one += [(10 * number, (10 * number + leaf) % 1000) for leaf in range(1, 11)]
    took = []
    for edges in (one, many):
        started = process_time()
        forced(1000, np.array(edges))
        took.append(process_time() - started)
    assert took[1] < 4 * took[0]


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
