"""Pictures: where the marks of a timeline, a small network, the whole network and a bar chart stand.

Here is geometry alone; templates/pictures.html draws it, and escapes what is written. Each picture is made
twice, `broad` and `slim`, since one that is only made smaller cannot be read on a phone; the style shows one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.drawing import LOOKS, group_of, shortened
from kg.site import facts
from kg.site.lettering import lettered

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
ROW = 24
"""Pixels of a row of a broad picture."""
SIDE = (30, 34)
"""The most characters of a name beside a small network, and of the roles under it."""
SLIM = 350
"""Pixels: the width of a slim picture, that of a phone without its margins."""
MOST_BARS = 30
"""The most bars of a chart."""
LETTERS = {"broad": 14, "slim": 12}
"""The size of the names in a picture of a network, in pixels."""
ROOM = (100, 35)
"""Pixels left of, right of, above and below the outermost things, for their names."""
LONG_NAME = {"broad": 26, "slim": 20}
"""The most characters of one."""


@dataclass(frozen=True)
class Frame:
    """The measures of a picture in rows, in pixels.

    Attributes:
        wide: its width.
        name: the room for names left of the bars; 0 where names stand above their bars.
        row: the height of a row.
        longest: the most characters of a name.
    """

    wide: int
    name: int
    row: int
    longest: int

    @property
    def text(self) -> dict[str, Any]:
        """Where a row's name stands: its end or its start, how far down, and how far down its bar is."""
        if self.name:
            return {"x": self.name - 10, "anchor": "end", "down": 14, "bar": 3, "high": 14}
        return {"x": 0, "anchor": "start", "down": 12, "bar": 18, "high": 12}


TIMELINES = {"broad": Frame(940, 350, ROW, 52), "slim": Frame(SLIM, 0, 42, 48)}
CHARTS = {"broad": Frame(860, 330, ROW, 48), "slim": Frame(SLIM, 0, 42, 48)}


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
    timed.sort(key=lambda row: (_order(row[2]), row[0]))
    years = (min(named) - 1, max(named) + 1)
    drawn = {key: _timeline(here, timed[:ROWS], years, frame) for key, frame in TIMELINES.items()}
    return drawn | {"more": max(0, len(timed) - ROWS)}


def _timeline(
    here: Place, timed: Sequence[tuple[str, str, Sequence[When]]], years: tuple[int, int], frame: Frame
) -> dict[str, Any]:
    first, last = years
    step = (frame.wide - frame.name) / (last - first + 1)
    rows = [
        {
            "name": shortened(name, frame.longest),
            "whole": name,
            "link": link,
            "y": 26 + number * frame.row,
            "when": ", ".join(facts.interval(here, when) for when in times),
            "bars": _bars(times, years, step, frame.name),
        }
        for number, (name, link, times) in enumerate(timed)
    ]
    every = max(1, -(-44 * (last - first + 1) // (frame.wide - frame.name)))
    ticks = [(round(frame.name + (year - first) * step, 1), year) for year in range(first, last + 1, every)]
    return {
        "width": frame.wide,
        "height": 30 + len(rows) * frame.row,
        "text": frame.text,
        "ticks": ticks,
        "rows": rows,
    }


def _known(when: When) -> bool:
    return any((when.start, when.end, when.attested))


def _order(times: Sequence[When]) -> str:
    return min((when.start or when.attested or when.end for when in times if _known(when)), default="9")


def _bars(times: Sequence[When], years: tuple[int, int], step: float, left: int) -> list[dict[str, Any]]:
    """Give runs of years in which a fact certainly or possibly held."""
    first, last = years
    states = []
    for year in range(first, last + 1):
        found = {facts.holds(when, year) for when in times if _known(when)}
        states.append("certainly" if "certainly" in found else "possibly" if "possibly" in found else "")
    bars: list[dict[str, Any]] = []
    for number, state in enumerate(states):
        if bars and number and states[number - 1] == state and state:
            bars[-1]["width"] = round(bars[-1]["width"] + step, 1)
        elif state:
            bars.append({"x": round(left + number * step, 1), "width": round(step, 1), "state": state})
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
    own = {"name": _name(here, network, node), "look": look(network.nodes[node])}
    marks = [_neighbour(here, network, key, ties[key]) for key in chosen]
    return {
        "broad": _around(own, marks),
        "slim": _below(own, marks),
        "legend": legend(here, (network.nodes[key] for key in (node, *chosen))),
        "count": len(chosen),
        "all": len(ties),
    }


def _neighbour(here: Place, network: nx.MultiDiGraph, key: str, ties: list[str]) -> dict[str, Any]:
    return {
        "whole": _name(here, network, key),
        "said": ", ".join(dict.fromkeys(ties)),
        "link": here.link(network.nodes[key]["iri"]),
        "look": look(network.nodes[key]),
    }


def _around(own: dict[str, Any], neighbours: list[dict[str, Any]]) -> dict[str, Any]:
    """Place a thing between its neighbours; up to six stand on one side alone, which is easier to read."""
    left = [] if len(neighbours) <= 6 else neighbours[: len(neighbours) // 2]  # noqa: PLR2004
    right = neighbours[len(left) :]
    height = max(len(left), len(right)) * 38 + 24
    middle = 370 if left else 130
    marks = [
        *_column(left, x=228, middle=(middle, height), anchor="end"),
        *_column(right, x=middle + 142, middle=(middle, height), anchor="start"),
    ]
    called = shortened(own["name"], LONG_NAME["broad"])
    place = {"x": middle, "y": height / 2, "text": middle, "down": 28, "anchor": "middle", "name": called}
    return {
        "width": 740 if left else 560,
        "height": height,
        "own": place | {"look": own["look"]},
        "marks": marks,
    }


def _column(
    neighbours: list[dict[str, Any]], *, x: float, middle: tuple[float, float], anchor: str
) -> Iterable[dict[str, Any]]:
    across, height = middle
    top = (height - len(neighbours) * 38) / 2 + 19
    half = (across + x) / 2
    for number, each in enumerate(neighbours):
        y = round(top + number * 38, 1)
        yield each | {
            "x": x,
            "y": y,
            "text": x - 14 if anchor == "end" else x + 14,
            "anchor": anchor,
            "path": f"M{across} {height / 2:g}C{half:g} {height / 2:g} {half:g} {y:g} {x} {y:g}",
            "name": shortened(each["whole"], SIDE[0]),
            "roles": shortened(each["said"], SIDE[1]),
        }


def _below(own: dict[str, Any], neighbours: list[dict[str, Any]]) -> dict[str, Any]:
    """Place a thing above its neighbours, which stand in one column."""
    marks = []
    for number, each in enumerate(neighbours):
        y = 56 + number * 42
        marks.append(
            each
            | {
                "x": 46,
                "y": y,
                "text": 60,
                "anchor": "start",
                "path": f"M16 18V{y - 14}Q16 {y} 30 {y}H46",
                "name": shortened(each["whole"], 40),
                "roles": shortened(each["said"], 46),
            }
        )
    place = {"x": 16, "y": 18, "text": 36, "down": 5, "anchor": "start", "name": shortened(own["name"], 38)}
    return {
        "width": SLIM,
        "height": 56 + len(marks) * 42 - 18,
        "own": place | {"look": own["look"]},
        "marks": marks,
    }


def legend(here: Place, nodes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give what the marks of nodes mean, each look once, in the order of `kg.drawing.LOOKS`."""
    found = {}
    for node in nodes:
        mark = look(node)
        word = here.word(f"kind {node['kind']}") if f"kind {node['kind']}" in here.words else node["kind"]
        if node.get("helix") and node["helix_label"]:
            word = f"{word}, {here.text(node['helix_label'])}"
        found[mark["colour"]] = {"look": mark, "word": word}
    order = ["k-" + each.replace(" ", "-") for each in LOOKS]
    return [found[each] for each in order if each in found]


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
    size = (max(round(wide * scale) + 2 * ROOM[0], 600), round(high * scale) + 2 * ROOM[1])
    return Placed(part, at, size, len(network))


def whole_network(here: Place, drawn: Placed) -> dict[str, Any]:
    """Give what the macro `whole_network` draws of a network."""
    part, (width, height) = drawn.network, drawn.size
    # On a phone the picture stands upright: across becomes down.
    scale = min(SLIM / (height - ROOM[1]), 1)
    upright = {key: (round(y * scale, 1), round(x * scale, 1)) for key, (x, y) in drawn.at.items()}
    return {
        "broad": _marked(here, part, drawn.at, (width, height), "broad"),
        "slim": _marked(here, part, upright, (SLIM + 10, round((width - ROOM[0]) * scale)), "slim"),
        "legend": legend(here, (part.nodes[key] for key in sorted(part))),
        "count": len(part),
        "all": drawn.all,
    }


def _marked(
    here: Place,
    part: nx.MultiDiGraph,
    at: Mapping[str, tuple[float, float]],
    size: tuple[int, int],
    shape: str,
) -> dict[str, Any]:
    width, height = size
    sizes = {key: round((4 + part.degree(key) ** 0.5) * LETTERS[shape] / 14, 1) for key in part}
    ranked = sorted(part, key=lambda key: (-part.degree(key), key))
    names = [(key, shortened(_name(here, part, key), LONG_NAME[shape])) for key in ranked]
    reached = {key: (*at[key], sizes[key]) for key in part}
    frame = (-width / 2 + 4, -height / 2 + 4, width / 2 - 4, height / 2 - 4)
    return {
        "box": f"{-width / 2:g} {-height / 2:g} {width} {height}",
        "lines": sorted({tuple(sorted((at[a], at[b]))) for a, b in part.edges() if a != b}),
        "names": list(lettered(names, reached, frame, LETTERS[shape]).values()),
        "marks": [
            {
                "x": at[key][0],
                "y": at[key][1],
                "size": sizes[key],
                "look": look(part.nodes[key]),
                "whole": _name(here, part, key),
                "link": here.link(part.nodes[key]["iri"]),
            }
            for key in sorted(part)
        ],
    }


def chart(rows: Iterable[tuple[str, str, float, str]]) -> dict[str, Any] | None:
    """Place bars: of each its label, its link, its number and the number as it is written.

    Returns:
        What the macro `chart` draws, or none where there is nothing to compare.
    """
    listed = list(rows)
    peak = max((number for _, _, number, _ in listed), default=0)
    if len(listed) < 2 or peak <= 0 or min(number for _, _, number, _ in listed) < 0:  # noqa: PLR2004
        return None
    drawn = {key: _chart(listed[:MOST_BARS], peak, frame) for key, frame in CHARTS.items()}
    return drawn | {"more": max(0, len(listed) - MOST_BARS)}


def _chart(rows: list[tuple[str, str, float, str]], peak: float, frame: Frame) -> dict[str, Any]:
    room = frame.wide - frame.name - 70
    bars = [
        {
            "name": shortened(label, frame.longest),
            "whole": label,
            "link": link,
            "y": 6 + place * frame.row,
            "width": round(number / peak * room, 1),
            "said": said,
        }
        for place, (label, link, number, said) in enumerate(rows)
    ]
    return {
        "width": frame.wide,
        "height": 12 + len(bars) * frame.row,
        "name": frame.name,
        "text": frame.text,
        "bars": bars,
    }
