"""Questions: one competency question a file, and values put in the places of its parameters.

A question file is plain SPARQL 1.1 that runs as it stands in any editor. What its header tells
`kg.headers` reads, and `kg.parameters` where each parameter stands in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import headers
from kg.config import LANGUAGES
from kg.errors import InvalidData, NotFound, Problem, QueryError, nearest, shown
from kg.iris import rebase
from kg.parameters import by_language, terms, writable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kg.parameters import Parameter

GROUPS: Mapping[str, Mapping[str, str]] = {
    "actors": {"sv": "aktörer"},
    "programmes and projects": {"sv": "program och projekt"},
    "roles": {"sv": "roller"},
    "partnerships": {"sv": "partnerskap"},
    "structure": {"sv": "struktur"},
    "survey": {"sv": "enkät"},
    "trust": {"sv": "tillförlitlighet"},
    "data set": {"sv": "datamängd"},
}
"""The groups of questions with their names in further languages, in the order in which they are listed;
others follow by their names."""
NO_GROUP = "other"
"""The group of a question without a tag."""


@dataclass(frozen=True)
class Query:
    """A question: its header and its text.

    Attributes:
        name: the file's name without its suffix.
        summary: what it asks, in a line.
        description: what its rows are.
        tags: words for it; the first is its group.
        params: its parameters.
        text: the whole file.
        edges: pairs of columns, or of variables of parameters, whose values tie two things.
        translations: `summary` and `description` in further languages, each by language.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    params: tuple[Parameter, ...]
    text: str
    edges: tuple[tuple[str, str], ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    @property
    def summaries(self) -> dict[str, str]:
        """What it asks, by language."""
        return by_language(self.summary, self.translations.get("summary", {}))

    @property
    def descriptions(self) -> dict[str, str]:
        """What its rows are, by language."""
        return by_language(self.description, self.translations.get("description", {}))

    @property
    def group(self) -> str:
        """The group that it is listed in."""
        return self.tags[0] if self.tags else NO_GROUP

    def param(self, name: str) -> Parameter:
        """Give a parameter by its name.

        Raises:
            NotFound: where the question has none of that name.
        """
        for param in self.params:
            if param.name == name:
                return param
        names = [param.name for param in self.params]
        has = f"it has {', '.join(names)}" if names else "it has none"
        hint = nearest(name, names) or f"; {has}"
        raise NotFound(f"question '{self.name}' has no parameter '{name}'{hint}")

    def default(self, param: Parameter) -> str:
        """Give a parameter's default, as the text has it."""
        found = param.place(self.text)
        return found[1].strip() if found else ""


def said(texts: Mapping[str, str], language: str) -> str:
    """Give a text of a header in a language, else in English, else in any; `""` where there is none.

    >>> said({"en": "Who reports to whom"}, "sv")
    'Who reports to whom'
    """
    return texts.get(language) or texts.get(LANGUAGES[0]) or next(iter(texts.values()), "")


def group_names(group: str) -> dict[str, str]:
    """Give the name of a group as a heading, by language.

    >>> group_names("roles")
    {'en': 'Roles', 'sv': 'Roller'}
    """
    names = by_language(group, GROUPS.get(group) or ({"sv": "övriga"} if group == NO_GROUP else {}))
    return {language: name[:1].upper() + name[1:] for language, name in names.items()}


def bind(query: Query, values: Mapping[str, str], base: str, find: Callable[[str, str], str]) -> str:
    """Put values in the places of a question's parameters.

    Args:
        query: the question.
        values: what people wrote, by the parameter's name; parameters without one keep their
            default.
        base: the data set's id base, for the defaults.
        find: gives the IRI of a thing by its name and kind (empty for any kind).

    Returns:
        The SPARQL to ask.

    Raises:
        NotFound: where the question has no such parameter, or the data no such thing.
        QueryError: where a value is not of the parameter's type.
    """
    text = rebase(query.text, base)
    for name, value in values.items():
        param = query.param(name)
        if not writable(value):
            raise QueryError(f"--{name} is not UTF-8")
        written = terms(param, value, find)
        place = param.place(text)
        if not place:
            raise QueryError(f"question '{query.name}' has no VALUES for its parameter '{name}'")
        text = text[: place.start(1)] + written + text[place.end(1) :]
    return text


def library(folder: Path) -> dict[str, Query]:
    """Read a folder of question files, by their names.

    Raises:
        InvalidData: with all headers that are not as they should be.
    """
    found, problems = {}, []
    for path in sorted(each for each in folder.glob("*.rq") if not each.is_dir()):
        try:
            found[path.stem] = read(path)
        except InvalidData as error:
            problems += error.problems
    if problems:
        raise InvalidData(problems)
    return found


def grouped(found: Mapping[str, Query]) -> dict[str, list[Query]]:
    """Put questions into their groups, in the order of `GROUPS`, others behind by their names."""
    named = sorted({query.group for query in found.values()} - set(GROUPS))
    groups = {group: [q for q in found.values() if q.group == group] for group in (*GROUPS, *named)}
    return {group: listed for group, listed in groups.items() if listed}


def read(path: Path) -> Query:
    """Read one question file.

    Raises:
        InvalidData: where its header is not as it should be.
        NotFound: where there is no such file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidData([Problem(shown(path), 0, "is not UTF-8")]) from None
    except OSError as error:
        raise NotFound(f"{shown(path)}: cannot be read: {error.strerror}") from None
    return parse(path.stem, text, shown(path))


def parse(name: str, text: str, where: str) -> Query:
    """Read a question from its text.

    Args:
        name: the question's name.
        text: header and SPARQL.
        where: the file, for messages.

    Raises:
        InvalidData: where the header is not as it should be.
    """
    return Query(name=name, text=text, **headers.read(text, where))
