"""Questions: one competency question a file, its header, and its parameters put in their places.

A question file is plain SPARQL 1.1 that runs as it stands in any editor. Its header is YAML behind
`#+`, as grlc (https://grlc.io) has it: summary, description, tags of which the first is the group,
and our own two. `params` is a map from a parameter's name to its type and meaning; each parameter
stands in the text as an in-place `VALUES` with its default, whose terms are replaced: right on every
engine, where other ways of binding fail. `edges` lists the pairs of columns that are ties of the
network, each as two names: `edges: [partner initiative, organisation initiative]`.

Texts are English. `summary-sv` and `description-sv`, and the `description-sv` of a parameter, say the
same in Swedish, as any other language tag (BCP 47, https://www.rfc-editor.org/info/bcp47) does in its own.

A parameter `as-of` of type `period` stands as `VALUES (?asOfStart ?asOfEnd) { (... ...) }`, any other
`organisation` as `VALUES ?organisation { ... }`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import moments
from kg.config import LANGUAGES
from kg.errors import InvalidData, NotFound, Problem, QueryError, nearest, shown
from kg.iris import KINDS, expand, rebase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

HEADER = "#+"
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
USUAL: Mapping[str, Mapping[str, str]] = {
    "The language of the labels.": {"sv": "Det språk som namnen visas på."},
    "A year, month or day; without one, whatever held at some time.": {
        "sv": "Ett år, en månad eller en dag. Utelämnas det räknas allt som har gällt någon gång."
    },
    "Only facts about a thing with this in its label; empty for all.": {
        "sv": "Bara uppgifter om något med denna text i sitt namn. Tomt ger alla."
    },
    "The initiative.": {"sv": "Initiativet."},
    "The organisation.": {"sv": "Organisationen."},
    "The document.": {"sv": "Dokumentet."},
    "The city that answered.": {"sv": "Staden som svarade."},
    "The city or group of cities that answered.": {"sv": "Staden eller gruppen av städer som svarade."},
}
"""What parameters of several questions mean in further languages, by their English description."""
PLAIN_TYPES = ("language", "number", "period", "text", "thing")
"""Types of parameter besides the kinds of thing and `concept <scheme>`."""
ALWAYS = ("0001-01-01", "9999-12-31")
"""The period that excludes nothing."""


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
        return _by_language(self.description, self.translations)

    @property
    def variable(self) -> str:
        """The variable's name in the text: `as-of` is asOf."""
        head, *rest = self.name.split("-")
        return head + "".join(part.capitalize() for part in rest)

    @property
    def pattern(self) -> re.Pattern[str]:
        """What stands for the parameter in the text."""
        if self.type == "period":
            names = rf"\(\s*\?{self.variable}Start\s+\?{self.variable}End\s*\)"
            return re.compile(rf"VALUES\s*{names}\s*\{{\s*\(([^()]*)\)\s*\}}")
        # The term is an IRI or a literal: a brace inside it does not end the VALUES.
        term = r"<[^<>]*>|\"(?:[^\"\\]|\\.)*\"(?:@[\w-]+|\^\^\S+)?|[^\s{}]+"
        return re.compile(rf"VALUES\s*\?{self.variable}\s*\{{\s*({term})\s*\}}")


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
        return _by_language(self.summary, self.translations.get("summary", {}))

    @property
    def descriptions(self) -> dict[str, str]:
        """What its rows are, by language."""
        return _by_language(self.description, self.translations.get("description", {}))

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
        found = param.pattern.search(self.text)
        return found[1].strip() if found else ""


def _by_language(text: str, translations: Mapping[str, str]) -> dict[str, str]:
    return ({LANGUAGES[0]: text} if text else {}) | dict(translations)


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
    names = _by_language(group, GROUPS.get(group) or ({"sv": "övriga"} if group == NO_GROUP else {}))
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
        terms = _terms(param, value, find)
        place = param.pattern.search(text)
        if not place:
            raise QueryError(f"question '{query.name}' has no VALUES for its parameter '{name}'")
        text = text[: place.start(1)] + terms + text[place.end(1) :]
    return text


def _terms(param: Parameter, value: str, find: Callable[[str, str], str]) -> str:
    """Write a value as SPARQL terms, escaped by Oxigraph."""
    if param.type == "period":
        first, last = _period(value, param.name)
        day = ox.NamedNode(expand("xsd:date"))
        return f"{ox.Literal(first, datatype=day)} {ox.Literal(last, datatype=day)}"
    if param.type == "number":
        if not re.fullmatch(r"-?[0-9]{1,15}", value):
            raise QueryError(f"--{param.name} '{value}' is not a whole number")
        return value
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
    header = _header(text, where)
    problems = []
    for key, value in header.items():
        part, _ = _parted(key)
        if part not in _FIELDS:
            wrong = f"'{key}' is not part of a header{nearest(str(key), _meant(str(key)))}"
        elif value is None or isinstance(value, _FIELDS[part]):
            continue
        else:
            wrong = f"{key} is not {_SHAPES[_FIELDS[part]]}"
        problems.append(Problem(where, _line(text, f"{key}:"), wrong))
    if problems:
        raise InvalidData(problems)
    made = []
    for key, value in (header.get("params") or {}).items():
        wrong = _wrong(key, value)
        if not wrong:
            made.append(_parameter(key, value))
            wrong = _misplaced(made[-1], text)
        if wrong:
            problems.append(Problem(where, _line(text, f"{key}:"), wrong))
    if problems:
        raise InvalidData(problems)
    tags = tuple(str(tag) for tag in header.get("tags") or ())
    summary, description = header.get("summary") or "", header.get("description") or ""
    edges = _edges(header.get("edges") or [], made, text, where)
    further = {part: _further(header, part) for part in SPOKEN}
    return Query(name, summary.strip(), description.strip(), tags, tuple(made), text, edges, further)


def _parameter(name: str, value: Mapping[str, Any]) -> Parameter:
    description = str(value["description"])
    further = {**USUAL.get(description, {}), **_further(value, "description")}
    return Parameter(name, str(value["type"]), description, further)


def _further(given: Mapping[str, Any], part: str) -> dict[str, str]:
    """Give a text of a header in further languages, by language."""
    found = {}
    for key, value in given.items():
        named, tag = _parted(key)
        if named == part and tag and value is not None and str(value).strip():
            found[tag] = str(value).strip()
    return found


def _parted(key: Any) -> tuple[str, str]:
    """Part a header's key into what it says and in which language; without a tag it is English.

    >>> _parted("summary-sv"), _parted("summary"), _parted("tags-sv")
    (('summary', 'sv'), ('summary', ''), ('tags-sv', ''))
    """
    part, _, tag = str(key).partition("-")
    spoken = part in SPOKEN and _TAG.fullmatch(tag) and tag.lower() != LANGUAGES[0]
    return (part, tag.lower()) if spoken else (str(key), "")


def _meant(key: str) -> list[str]:
    """Give the keys of a header of which one may have been meant."""
    tag = key.partition("-")[2]
    tags = {*LANGUAGES[1:], *([tag] if _TAG.fullmatch(tag) and tag != LANGUAGES[0] else [])}
    return [*_FIELDS, *(f"{part}-{tag}" for part in SPOKEN for tag in tags)]


def _edges(given: list[Any], params: list[Parameter], text: str, where: str) -> tuple[tuple[str, str], ...]:
    """Read which pairs of columns are ties; each name is a column's or the variable of a parameter."""
    if not given:
        return ()
    known = {*columns(text), *(param.variable for param in params)}
    found, problems = [], []
    for item in given:
        names = item.split() if isinstance(item, str) else []
        wrong = f"edge '{item}' is not a pair of columns, such as 'partner initiative'"
        if len(names) == _PAIR:
            found.append((names[0], names[1]))
            strange = next((name for name in names if name not in known), "")
            wrong = f"edge '{item}' has no column '{strange}'{nearest(strange, known)}" if strange else ""
        if wrong:
            problems.append(Problem(where, _line(text, str(item), _line(text, "edges:")), wrong))
    if problems:
        raise InvalidData(problems)
    return tuple(found)


def columns(text: str) -> list[str]:
    """Give the columns of a SELECT, from its text alone; `SELECT *` has all variables, others none.

    >>> columns("SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a ?b ?c }")
    ['a', 'n']
    """
    body = re.sub(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|#[^\n]*", " ", text)
    found = re.search(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", body, re.IGNORECASE | re.DOTALL)
    if not found:
        return []
    if found[1].strip() == "*":
        return list(dict.fromkeys(re.findall(r"[?$](\w+)", body)))
    head, parted = found[1], ""
    while head != parted:  # an expression may have brackets in brackets
        parted, head = head, re.sub(r"\((?![^()]*\bAS\s+[?$])[^()]*\)", " ", head, flags=re.IGNORECASE)
    named = re.sub(r"\([^()]*\bAS\s+[?$](\w+)\s*\)", r"?\1", head, flags=re.IGNORECASE)
    return re.findall(r"[?$](\w+)", named)


SPOKEN = ("summary", "description")
"""The texts of a header that may stand in further languages."""
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_PAIR = 2
_FIELDS = {"summary": str, "description": str, "tags": list, "params": dict, "edges": list}
_SHAPES = {str: "a text", list: "a list", dict: "a map from name to type and description"}


def writable(text: str) -> bool:
    """Say whether UTF-8 can write a text: what a shell hands over as broken bytes it cannot."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _header(text: str, where: str) -> dict[str, Any]:
    # Other lines are left empty, so that YAML counts lines as the file does.
    lines = [line[len(HEADER) :] if line.startswith(HEADER) else "" for line in text.split("\n")]
    if not any(lines):
        return {}
    import yaml  # a query from standard input needs none

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        header = yaml.load("\n".join(lines), Loader=loader)  # noqa: S506  a safe loader, in C
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        last = max(number for number, line in enumerate(lines, 1) if line)
        line = min(mark.line + 1, last) if mark else 1
        raise InvalidData(
            [Problem(where, line, f"the header is not YAML: {getattr(error, 'problem', error)}")]
        ) from None
    if not isinstance(header, dict):
        raise InvalidData([Problem(where, _line(text, ""), "the header is not a list of names and values")])
    return header


def _wrong(name: Any, value: Any) -> str:
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        return f"parameter '{name}' is not a name; write small letters, digits and hyphens"
    if not isinstance(value, dict) or not {"type", "description"} <= set(value):
        return f"parameter '{name}' needs a type and a description"
    strange = [str(part) for part in value if _parted(part)[0] not in ("type", "description")]
    if strange:
        meant = nearest(min(strange), ("type", "description", "description-sv"))
        hint = meant or "; quote a text with a comma"
        return f"parameter '{name}' has the unknown part '{min(strange)}'{hint}"
    kind = str(value["type"])
    known = (*PLAIN_TYPES, *KINDS)
    if kind not in known and not kind.startswith("concept "):
        return f"parameter '{name}' has the unknown type '{kind}'{nearest(kind, known)}"
    return ""


def _misplaced(param: Parameter, text: str) -> str:
    places = len(param.pattern.findall(text))
    if places == 1:
        return ""
    return f"parameter '{param.name}' has {'more than one' if places else 'no'} VALUES in the text"


def _line(text: str, part: str, first: int = 1) -> int:
    """Give the number of the header's line that has a part, from a line on; else that line's."""
    for number, line in enumerate(text.split("\n"), 1):
        if number >= first and line.startswith(HEADER) and part in line:
            return number
    return first
