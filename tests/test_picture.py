"""Pictures: a network's page by the engine that its size asks for, and what is read beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from kg import large, picture
from kg.network import read

if TYPE_CHECKING:
    from kg.embedded import Embedded


def test_size_decides_who_draws(harbour: Embedded) -> None:
    """A small network is drawn by vis-network, one with a thing more than that draws by sigma."""
    small = read(harbour)
    assert "vis-network" in picture.render(small)
    node = small.nodes["organisation:harbour-town"]
    big = nx.MultiDiGraph(**small.graph)
    big.add_nodes_from((f"organisation:a{number}", node) for number in range(large.LARGE + 1))
    page = picture.render(big)
    assert "sigma 3" in page
    assert "vis-network" not in page


def test_of_a_part_only_its_own_conflicts_are_shown(stockholm: Embedded) -> None:
    """What sources say differently of things that are not drawn stays away, and so do the surveys."""
    whole = read(stockholm)
    found = picture.differing(stockholm, stockholm.base)
    key = min(set(found) & set(whole))
    part = whole.subgraph([key])
    assert set(picture.beside(stockholm, stockholm.base, part, whole=False)["conflicts"]) == {key}
    shown = picture.beside(stockholm, stockholm.base, whole, whole=True)
    assert shown["conflicts"] == {each: found[each] for each in found if each in whole}
    assert shown["surveys"]
    assert shown["triples"]
    assert "surveys" not in picture.beside(stockholm, stockholm.base, part, whole=False)
