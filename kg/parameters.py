"""Parameters of questions: of which type each is, where it stands in a text, and what a value is there.

A parameter stands in the text as an in-place `VALUES` with its default, whose terms are replaced: right
on every engine, where other ways of binding fail. One `as-of` of type `period` stands as
`VALUES (?asOfStart ?asOfEnd) { (... ...) }`, any other `organisation` as `VALUES ?organisation { ... }`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import moments
from kg.config import LANGUAGES
from kg.errors import QueryError
from kg.iris import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLAIN_TYPES = ("language", "number", "period", "text", "thing")
"""Types of parameter besides the kinds of thing and `concept <scheme>`."""
ALWAYS = ("0001-01-01", "9999-12-31")
"""The period that excludes nothing."""
_PASSED = r"#[^\n]*|<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
"""What holds no place of a parameter, whatever it reads like: comments, IRIs and strings."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: as it is written behind `--`.
        type: a kind of thing, `thing`, `concept <scheme>`, `period`, `language`, `number` or `text`.
        description: what it means, in English.
        translations: the description in further languages.
    """

    name: str
    type: str
    description: str
    translations: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def descriptions(self) -> dict[str, str]:
        """What it means, by language."""
        return by_language(self.description, self.translations)

    @property
    def variable(self) -> str:
        """The variable's name in the text: `as-of` is asOf."""
        head, *rest = self.name.split("-")
        return head + "".join(part.capitalize() for part in rest)

    def place(self, text: str) -> re.Match[str] | None:
        """Give where it stands in a question's text, its terms as the first group; none where it does not."""
        return next(iter(self.places(text)), None)

    def places(self, text: str) -> list[re.Match[str]]:
        """Give all such places: a string or a comment that reads like one is none."""
        found = re.finditer(rf"{_PASSED}|(?i:VALUES)\s*{self._term}", text)
        return [place for place in found if place[1] is not None]

    @property
    def _term(self) -> str:
        if self.type == "period":
            return rf"\(\s*\?{self.variable}Start\s+\?{self.variable}End\s*\)\s*\{{\s*\(([^()]*)\)\s*\}}"
        # The term is an IRI or a literal: a brace inside it does not end the VALUES.
        term = r"<[^<>]*>|(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')(?:@[\w-]+|\^\^\S+)?|[^\s{}]+"
        return rf"\?{self.variable}\s*\{{\s*({term})\s*\}}"


def by_language(text: str, translations: Mapping[str, str]) -> dict[str, str]:
    """Give an English text, where there is one, and its translations, each by its language."""
    return ({LANGUAGES[0]: text} if text else {}) | dict(translations)


def terms(param: Parameter, value: str, find: Callable[[str, str], str]) -> str:
    """Write a value as SPARQL terms, escaped by Oxigraph.

    Args:
        param: whose value it is.
        value: what people wrote.
        find: gives the IRI of a thing by its name and kind (empty for any kind).

    Raises:
        NotFound: where there is no such thing.
        QueryError: where the value is not of the parameter's type.
    """
    if param.type == "period":
        first, last = _period(value, param.name)
        day = ox.NamedNode(expand("xsd:date"))
        return f"{ox.Literal(first, datatype=day)} {ox.Literal(last, datatype=day)}"
    if param.type == "number":
        if not re.fullmatch(r"-?[0-9]{1,15}", value):
            raise QueryError(f"--{param.name} '{value}' is not a whole number")
        return value
    if param.type == "language" and value not in LANGUAGES:
        raise QueryError(f"--{param.name}: '{value}' is not one of {', '.join(map(repr, LANGUAGES))}")
    if param.type in ("text", "language"):
        return str(ox.Literal(value))
    if param.type.startswith("concept "):
        return str(_node(find(value, param.type), param))
    return str(_node(find(value, "" if param.type == "thing" else param.type), param))


def _node(iri: str, param: Parameter) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise QueryError(f"--{param.name} '{iri}' is not an IRI") from None


def _period(value: str, name: str) -> tuple[str, str]:
    if value == "always":
        return ALWAYS
    try:
        moment = moments.parse(value)
    except ValueError as error:
        raise QueryError(f"--{name}: {error}") from None
    return moment.first.isoformat(), moment.last.isoformat()


def writable(text: str) -> bool:
    """Say whether UTF-8 can write a text: what a shell hands over as broken bytes it cannot."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
