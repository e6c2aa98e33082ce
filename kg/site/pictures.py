"""Pictures: where the marks of a timeline, a small network, the whole network and a bar chart stand.

Here is geometry alone; templates/pictures.html draws it, and escapes what is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.drawing import LOOKS, group_of, shortened
from kg.site import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from kg.site.facts import When
    from kg.site.site import Place

ROWS = 40
"""The most rows of a timeline."""
NEIGHBOURS = 16
"""The most neighbours in a small network."""
NODES = 150
"""The most nodes in the picture of the whole network: those with most ties."""
WIDE, NAME, ROW = 720, 236, 24
"""Pixels: a timeline's width, the room for its names, and the height of its rows."""
LONG_NAME, SHORT_NAME = 32, 30
"""Characters of a name in a timeline, and in a small network."""
CHART_WIDE, CHART_NAME, LONG_LABEL = 860, 330, 48
"""Pixels: a chart's width and the room for its labels; and the characters of one: a name and a role."""
ALL_NAMED, MOST_NAMED = 24, 12
"""Up to how many nodes all are named in a picture of a network; and how many of more."""


def timeline(here: Place, rows: Iterable[tuple[str, str, Sequence[When]]]) -> dict[str, Any] | None:
    """Place the bars of facts that have a time.

    Args:
        here: the page.
        rows: of each fact its name, its link and its times.

    Returns:
        What the macro `timeline` draws, or none where no fact has a time.
    """
    timed = [(name, link, times) for name, link, times in rows if any(_known(when) for when in times)]
    named = [year for _, _, times in timed for when in times for year in facts.years(when)]
    if not named:
        return None
    first, last = min(named) - 1, max(named) + 1
    step = (WIDE - NAME) / (last - first + 1)
    timed.sort(key=lambda row: (_order(row[2]), row[0]))
    bars = [
        {
            "name": shortened(name, LONG_NAME),
            "whole": name,
            "link": link,
            "y": 30 + number * ROW,
            "when": ", ".join(facts.interval(here, when) for when in times),
            "bars": _bars(times, first, last, step),
        }
        for number, (name, link, times) in enumerate(timed[:ROWS])
    ]
    every = max(1, -(-(last - first + 1) // 10))
    ticks = [(round(NAME + (year - first) * step, 1), year) for year in range(first, last + 1, every)]
    return {
        "width": WIDE,
        "height": 34 + len(bars) * ROW,
        "name": NAME,
        "ticks": ticks,
        "rows": bars,
        "more": max(0, len(timed) - ROWS),
    }


def _known(when: When) -> bool:
    return any((when.start, when.end, when.attested))


def _order(times: Sequence[When]) -> str:
    return min((when.start or when.attested or when.end for when in times if _known(when)), default="9")


def _bars(times: Sequence[When], first: int, last: int, step: float) -> list[dict[str, Any]]:
    """Give runs of years in which a fact certainly or possibly held."""
    states = []
    for year in range(first, last + 1):
        found = {facts.holds(when, year) for when in times if _known(when)}
        states.append("certainly" if "certainly" in found else "possibly" if "possibly" in found else "")
    bars: list[dict[str, Any]] = []
    for number, state in enumerate(states):
        if bars and number and states[number - 1] == state and state:
            bars[-1]["width"] = round(bars[-1]["width"] + step, 1)
        elif state:
            bars.append({"x": round(NAME + number * step, 1), "width": round(step, 1), "state": state})
    return bars


def small_network(here: Place, network: nx.MultiDiGraph, node: str) -> dict[str, Any] | None:
    """Place a thing between those that it is tied to: half of them on each side of it.

    Returns:
        What the macro `small_network` draws, or none where it has no ties.
    """
    if node not in network:
        return None
    ties: dict[str, list[str]] = {}
    for start, end, edge in [*network.out_edges(node, data=True), *network.in_edges(node, data=True)]:
        other = end if start == node else start
        if other != node:
            ties.setdefault(other, []).append(here.text(edge["label"]))
    if not ties:
        return None
    chosen = sorted(ties, key=lambda key: (-network.nodes[key]["ties"], key))[:NEIGHBOURS]
    chosen.sort(key=lambda key: (network.nodes[key]["kind"], here.text(network.nodes[key]["label"])))
    # Up to six stand on one side alone, which is also easier to read on a narrow screen.
    left = [] if len(chosen) <= 6 else chosen[: len(chosen) // 2]  # noqa: PLR2004
    right = chosen[len(left) :]
    height = max(len(left), len(right)) * 38 + 24
    middle = 370 if left else 130
    marks = [
        *_column(here, network, ties, left, x=228, middle=(middle, height), side="left"),
        *_column(here, network, ties, right, x=middle + 142, middle=(middle, height)),
    ]
    return {
        "width": 740 if left else 560,
        "height": height,
        "middle": {"x": middle, "y": height / 2, "name": shortened(_name(here, network, node), 26)},
        "look": look(network.nodes[node]),
        "marks": marks,
        "count": len(chosen),
        "all": len(ties),
        "side": "both" if left else "right",
    }


def _column(
    here: Place,
    network: nx.MultiDiGraph,
    ties: dict[str, list[str]],
    nodes: list[str],
    *,
    x: float,
    middle: tuple[float, float],
    side: str = "right",
) -> Iterable[dict[str, Any]]:
    across, height = middle
    top = (height - len(nodes) * 38) / 2 + 19
    for number, key in enumerate(nodes):
        y = round(top + number * 38, 1)
        roles = ", ".join(dict.fromkeys(ties[key]))
        half = (across + x) / 2
        yield {
            "x": x,
            "y": y,
            "text": x - 14 if side == "left" else x + 14,
            "anchor": "end" if side == "left" else "start",
            "path": f"M{across} {height / 2:g}C{half:g} {height / 2:g} {half:g} {y:g} {x} {y:g}",
            "name": shortened(_name(here, network, key), SHORT_NAME),
            "whole": _name(here, network, key),
            "roles": shortened(roles, SHORT_NAME + 4),
            "said": roles,
            "link": here.link(network.nodes[key]["iri"]),
            "look": look(network.nodes[key]),
        }


def _name(here: Place, network: nx.MultiDiGraph, node: str) -> str:
    return here.text(network.nodes[node]["label"])


def look(node: Any) -> dict[str, str]:
    """Give the mark of a node: its shape and the class that has its colour."""
    group = group_of(node)
    known = group if group in LOOKS else node["kind"] if node["kind"] in LOOKS else "organisation"
    return {"shape": LOOKS[known][0], "colour": "k-" + known.replace(" ", "-")}


@dataclass(frozen=True)
class Placed:
    """A network, or the part of it with most ties, and where its nodes stand.

    Attributes:
        network: what is drawn.
        at: the place of each node, in pixels from the middle.
        size: width and height of the picture.
        all: how many nodes there are in all.
    """

    network: nx.MultiDiGraph
    at: Mapping[str, tuple[float, float]]
    size: tuple[int, int]
    all: int


def placed(network: nx.MultiDiGraph) -> Placed | None:
    """Place the nodes with most ties as the view does, smaller; none where there is nothing to draw."""
    import networkx as nx

    from kg.layout import layout

    chosen = sorted(network, key=lambda key: (-network.degree(key), key))[:NODES]
    part = nx.MultiDiGraph(network.subgraph(chosen))
    part.remove_nodes_from([node for node in chosen if not part.degree(node)])
    if not part:
        return None
    places = layout(part)
    wide = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    high = max(y for _, y in places.values()) - min(y for _, y in places.values())
    scale = min(1040 / (wide or 1), 620 / (high or 1), 1.0)
    at = {key: (round(x * scale, 1), round(y * scale, 1)) for key, (x, y) in places.items()}
    return Placed(part, at, (max(round(wide * scale) + 120, 600), round(high * scale) + 70), len(network))


def whole_network(here: Place, drawn: Placed) -> dict[str, Any]:
    """Give what the macro `whole_network` draws of a network."""
    part, at = drawn.network, drawn.at
    width, height = drawn.size
    most = len(part) if len(part) <= ALL_NAMED else MOST_NAMED
    named = set(sorted(part, key=lambda key: (-part.degree(key), key))[:most])
    return {
        "box": f"{-width / 2:g} {-height / 2:g} {width} {height}",
        "lines": sorted({tuple(sorted((at[a], at[b]))) for a, b in part.edges() if a != b}),
        "marks": [
            {
                "x": at[key][0],
                "y": at[key][1],
                "size": round(4 + part.degree(key) ** 0.5, 1),
                "look": look(part.nodes[key]),
                "whole": _name(here, part, key),
                "name": shortened(_name(here, part, key), 26) if key in named else "",
                "link": here.link(part.nodes[key]["iri"]),
            }
            for key in sorted(part)
        ],
        "count": len(part),
        "all": drawn.all,
    }


def chart(rows: Iterable[tuple[str, str, float, str]], most: int = 30) -> dict[str, Any] | None:
    """Place bars: of each its label, its link, its number and the number as it is written.

    Returns:
        What the macro `chart` draws, or none where there is nothing to compare.
    """
    listed = list(rows)
    peak = max((number for _, _, number, _ in listed), default=0)
    if len(listed) < 2 or peak <= 0 or min(number for _, _, number, _ in listed) < 0:  # noqa: PLR2004
        return None
    bars = [
        {
            "name": shortened(label, LONG_LABEL),
            "whole": label,
            "link": link,
            "y": 6 + place * ROW,
            "width": round(number / peak * (CHART_WIDE - CHART_NAME - 70), 1),
            "said": said,
        }
        for place, (label, link, number, said) in enumerate(listed[:most])
    ]
    return {
        "width": CHART_WIDE,
        "height": 12 + len(bars) * ROW,
        "name": CHART_NAME,
        "bars": bars,
        "more": max(0, len(listed) - most),
    }
