"""Rulebook: what the shapes ask of each class, in words: which property, how often, with which values.

Read are the property shapes of the shapes that aim at a class. What else a shape asks stands in its own
message, which is shown too (SHACL, https://www.w3.org/TR/shacl/, sections 2.3 and 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from kg.terms import Facts

KINDS = {
    "IRI": "an iri",
    "Literal": "a literal",
    "BlankNode": "a blank node",
    "BlankNodeOrIRI": "an iri",
    "IRIOrLiteral": "an iri or literal",
}
"""The words for what SHACL calls node kinds."""


@dataclass(frozen=True)
class Rule:
    """One property of one class.

    Attributes:
        path: the properties, one after the other; `^` before one that is followed backwards, several
            alternatives joined by `|`.
        least: how many values there are at least.
        most: how many at most; none where there is no limit.
        classes: what each value is one of.
        datatype: of each value, or empty.
        chosen: the values that there may be.
        node: what sort of term each value is, a key of words, or empty.
        pattern: the regular expression that each value matches, or empty.
        message: what a violation says, in English.
    """

    path: tuple[str, ...]
    least: int
    most: int | None
    classes: tuple[str, ...]
    datatype: str
    chosen: tuple[str, ...]
    node: str
    pattern: str
    message: str

    @property
    def many(self) -> str:
        """How many values there are: a key of words."""
        known = {
            (0, None): "any number",
            (1, None): "at least one",
            (0, 1): "at most one",
            (1, 1): "exactly one",
        }
        return known.get((self.least, self.most), "some number")


def read(shapes: Facts) -> dict[str, list[Rule]]:
    """Give the rules of each class that a shape aims at, in the order of their paths."""
    found: dict[str, dict[str, Rule]] = {}
    for shape in shapes.instances("sh:NodeShape"):
        for each in shapes.iris(shape, "sh:targetClass"):
            for part in shapes.iris(shape, "sh:property"):
                found.setdefault(each, {})[part] = rule(shapes, part)
    return {
        each: sorted(rules.values(), key=lambda one: (one.path, one.message))
        for each, rules in sorted(found.items())
    }


def rule(shapes: Facts, part: str) -> Rule:
    """Read a property shape."""
    kind = next(iter(shapes.iris(part, "sh:nodeKind")), "").rpartition("#")[2]
    most = _number(shapes, part, "sh:maxCount")
    return Rule(
        path=tuple(_path(shapes, next(iter(shapes.iris(part, "sh:path")), ""))),
        least=_number(shapes, part, "sh:minCount") or 0,
        most=most,
        classes=tuple(sorted(shapes.iris(part, "sh:class") + _either(shapes, part))),
        datatype=next(iter(shapes.iris(part, "sh:datatype")), ""),
        chosen=tuple(_listed(shapes, part)),
        node=KINDS.get(kind, ""),
        pattern=_text(shapes, part, "sh:pattern"),
        message=_text(shapes, part, "sh:message"),
    )


def _number(shapes: Facts, part: str, curie: str) -> int | None:
    text = _text(shapes, part, curie)
    return int(text) if text else None


def _text(shapes: Facts, part: str, curie: str) -> str:
    return next((value.value for value in shapes.values(part, curie) if isinstance(value, ox.Literal)), "")


def _either(shapes: Facts, part: str) -> list[str]:
    """Give the classes of which a value is one or another."""
    options = [option for head in shapes.iris(part, "sh:or") for option in shapes.members(head)]
    return [each for option in options for each in shapes.iris(option, "sh:class")]


def _listed(shapes: Facts, part: str) -> list[str]:
    return [each for head in shapes.iris(part, "sh:in") for each in shapes.members(head)]


def _path(shapes: Facts, node: str) -> list[str]:
    """Give a path as its properties; the others of SHACL's paths by a sign before or between them."""
    if not node.startswith("_:"):
        return [node] if node else []
    back = shapes.iris(node, "sh:inversePath")
    if back:
        return [f"^{each}" for each in _path(shapes, back[0])]
    several = [each for head in shapes.iris(node, "sh:alternativePath") for each in shapes.members(head)]
    if several:
        return ["|".join(several)]
    if shapes.iris(node, "rdf:first"):
        return [each for step in shapes.members(node) for each in _path(shapes, step)]
    return []
