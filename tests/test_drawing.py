"""The drawing: what pyvis is given, and how names and years are made short."""

from __future__ import annotations

import pytest
from page import town

from kg.drawing import draw, group_of, shortened, years


def test_the_same_network_is_drawn_alike() -> None:
    """Nodes, places and bends are the same each time."""
    assert draw(town()) == draw(town())


def test_parallel_ties_bend_apart() -> None:
    """Two ties of the same two things have bends of their own; a single one is straight."""
    edges = {edge["id"]: edge["smooth"] for edge in draw(town())["edges"]}
    one, other = (edges[f"membership:town-{role}-demo-town"] for role in ("needs-owner", "partner"))
    assert one
    assert other
    assert one != other
    assert edges["membership:demo-town-part-futures"] is False


def test_an_unknown_kind_is_drawn_too() -> None:
    """A kind of actor or of thing that has no look of its own gets a plain one."""
    network = town()
    network.nodes["organisation:town"]["helix"] = "household"
    network.nodes["organisation:volts"]["kind"] = "vessel"
    drawn = {node["id"]: node for node in draw(network)["nodes"]}
    assert group_of(network.nodes["organisation:town"]) == "organisation household"
    assert drawn["organisation:town"]["look"] == drawn["organisation:volts"]["look"] == "organisation"


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"start": "2015-05-21", "end": "2015"}, "2015"),
        ({"start": "2015", "end": "2018-12"}, "2015–2018"),
        ({"end": "2018"}, "?–2018"),
        ({"attested": "2016-03"}, "2016"),
        ({}, ""),
    ],
)
def test_years_are_short_and_honest(fact: dict[str, str], expected: str) -> None:
    """An unknown end is a question mark, never 'still going'."""
    assert years(fact) == expected


def test_names_are_shortened_to_one_line() -> None:
    """Line breaks go, and so does what is too long."""
    assert shortened("a\nb") == "a b"
    assert len(shortened("x" * 10_000)) == 44
