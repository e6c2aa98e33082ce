"""Diagram: the core of the ontology as a picture: which class is tied to which, by which property.

Where the boxes stand is laid out by hand; what they and the ties are called comes from the ontology,
and a tie that its domain and range do not allow is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.iris import expand

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.terms import Terms

WIDE, HIGH = 168, 46
"""Pixels of a box."""
ACROSS, DOWN = 262, 112
"""Pixels from one box to the next."""
MARGIN = 12

BOXES = {
    "org:Role": (0, 0),
    "time:Interval": (1, 0),
    "inno:Goal": (2, 0),
    "foaf:Agent": (0, 1),
    "org:Membership": (1, 1),
    "org:Organization": (2, 1),
    "inno:Solution": (3, 1),
    "org:Post": (0, 2),
    "inno:Passage": (1, 2),
    "inno:Initiative": (2, 2),
    "inno:PolicyDocument": (3, 0),
    "inno:Statement": (0, 3),
    "inno:SourceDocument": (1, 3),
    "qb:Observation": (2, 3),
}
"""The classes, each by column and row."""
TIES = (
    ("org:Membership", "org:member", "foaf:Agent"),
    ("org:Membership", "org:organization", "org:Organization"),
    ("org:Membership", "org:role", "org:Role"),
    ("org:Membership", "org:memberDuring", "time:Interval"),
    ("org:Membership", "inno:representedBy", "org:Post"),
    ("org:Membership", "prov:wasDerivedFrom", "inno:Passage"),
    ("inno:Passage", "dcterms:isPartOf", "inno:SourceDocument"),
    ("inno:Statement", "prov:wasDerivedFrom", "inno:Passage"),
    ("qb:Observation", "prov:wasDerivedFrom", "inno:Passage"),
    ("org:Organization", "inno:hasGoal", "inno:Goal"),
    ("inno:PolicyDocument", "inno:hasGoal", "inno:Goal"),
    ("org:Organization", "inno:hasOutput", "inno:Solution"),
    ("inno:Initiative", "rdfs:subClassOf", "org:Organization"),
)
"""The ties: from, by, to."""


@dataclass(frozen=True)
class _Box:
    x: float
    y: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + WIDE / 2, self.y + HIGH / 2

    def edge(self, towards: tuple[float, float]) -> tuple[float, float]:
        """Give the point of the border on the way from the centre to another point."""
        (x, y), (dx, dy) = self.centre, (towards[0] - self.centre[0], towards[1] - self.centre[1])
        reach = min(WIDE / 2 / abs(dx) if dx else 9e9, HIGH / 2 / abs(dy) if dy else 9e9)
        return x + dx * reach, y + dy * reach


def draw(terms: Terms, name: Callable[[str], str], link: Callable[[str], str]) -> dict[str, Any]:
    """Place boxes and ties.

    Args:
        terms: the ontology.
        name: gives what a term is called.
        link: gives where it is described.

    Returns:
        What the template draws: width, height, boxes and ties; and the ties as sentences, class by class, for
        narrow screens and those who listen.
    """
    boxes = {
        curie: _Box(MARGIN + column * ACROSS, MARGIN + row * DOWN) for curie, (column, row) in BOXES.items()
    }
    ties = [tie for tie in TIES if allowed(terms, *map(expand, tie))]
    return {
        "width": 2 * MARGIN + 3 * ACROSS + WIDE,
        "height": 2 * MARGIN + 3 * DOWN + HIGH,
        "wide": WIDE,
        "high": HIGH,
        "boxes": [
            {"x": box.x, "y": box.y, "own": terms.is_own(expand(curie)), "name": name(expand(curie))}
            | {"curie": curie, "link": link(expand(curie))}
            for curie, box in boxes.items()
        ],
        "ties": [
            _tie(boxes[start], boxes[end], name(expand(by)), by == "rdfs:subClassOf")
            for start, by, end in ties
        ],
        "sentences": _sentences(ties, name, link),
    }


def _sentences(
    ties: list[tuple[str, str, str]], name: Callable[[str], str], link: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Give the ties in words: each class with what it is tied to, and by what."""
    said: dict[str, list[dict[str, str]]] = {}
    for start, by, end in ties:
        tie = {"by": name(expand(by)), "name": name(expand(end)), "link": link(expand(end))}
        said.setdefault(start, []).append(tie)
    return [
        {"name": name(expand(start)), "link": link(expand(start)), "ties": several}
        for start, several in said.items()
    ]


def allowed(terms: Terms, start: str, by: str, end: str) -> bool:
    """Tell whether the ontology lets a property tie two classes; of foreign properties it says nothing."""
    if by == expand("rdfs:subClassOf"):
        return end in terms.above(start)
    if not terms.is_own(by):
        return by in terms.foreign
    sides = ((start, "rdfs:domain"), (end, "rdfs:range"))
    return all(
        {each, *terms.above(each)}
        & {part for side in terms.model.iris(by, curie) for part in terms.model.parts(side)}
        for each, curie in sides
    )


def _tie(start: _Box, end: _Box, name: str, above: bool) -> dict[str, Any]:  # noqa: FBT001 - a look
    one, other = start.edge(end.centre), end.edge(start.centre)
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    return {
        "line": [round(each, 1) for each in (*one, *other)],
        "x": round(middle[0], 1),
        "y": round(middle[1] + 4, 1),
        "name": name,
        "above": above,
    }
