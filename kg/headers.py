"""Headers of questions: what a question file tells of itself, and what is wrong in it.

A header is YAML behind `#+`, as grlc (https://grlc.io) has it: summary, description, tags of which the
first is the group, and our own two. `params` is a map from a parameter's name to its type and meaning
(`kg.parameters`). `edges` lists the pairs of columns that are ties of the network, each as two names:
`edges: [partner initiative, organisation initiative]`.

Texts are English. `summary-sv` and `description-sv`, and the `description-sv` of a parameter, say the
same in Swedish, as any other language tag (BCP 47, https://www.rfc-editor.org/info/bcp47) does in its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypedDict

from kg.config import LANGUAGES
from kg.errors import InvalidData, Problem, nearest
from kg.iris import KINDS
from kg.parameters import PLAIN_TYPES, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEADER = "#+"
"""What a line of a header begins with."""
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
SPOKEN = ("summary", "description")
"""The texts of a header that may stand in further languages."""
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_PAIR = 2
_DEPTH = 8
_LISTED = (list, dict)
_FIELDS = {"summary": str, "description": str, "tags": list, "params": dict, "edges": list}
_SHAPES = {str: "a text", list: "a list", dict: "a map from name to type and description"}


class Header(TypedDict):
    """What a header tells, by the attributes of a question (`kg.queries.Query`)."""

    summary: str
    description: str
    tags: tuple[str, ...]
    params: tuple[Parameter, ...]
    edges: tuple[tuple[str, str], ...]
    translations: Mapping[str, Mapping[str, str]]


def read(text: str, where: str) -> Header:
    """Read the header of a question's text.

    Args:
        text: header and SPARQL.
        where: the file, for messages.

    Raises:
        InvalidData: where it is not as it should be.
    """
    header = _yaml(text, where)
    _check(header, text, where)
    params = _params(header.get("params") or {}, text, where)
    return {
        "summary": (header.get("summary") or "").strip(),
        "description": (header.get("description") or "").strip(),
        "tags": tuple(" ".join(str(tag).split()) for tag in header.get("tags") or () if tag is not None),
        "params": params,
        "edges": _edges(header.get("edges") or [], params, text, where),
        "translations": {part: _further(header, part) for part in SPOKEN},
    }


def _check(header: Mapping[Any, Any], text: str, where: str) -> None:
    """Refuse keys that no header has, and values that are not what their key wants."""
    problems = []
    for key, value in header.items():
        part, _ = _parted(key)
        if part not in _FIELDS:
            wrong = f"'{key}' is not part of a header{nearest(str(key), _meant(str(key)))}"
        elif part == "tags" and isinstance(value, list) and any(isinstance(tag, _LISTED) for tag in value):
            wrong = "tags is not a list of words"
        elif value is None or isinstance(value, _FIELDS[part]):
            continue
        else:
            wrong = f"{key} is not {_SHAPES[_FIELDS[part]]}"
        problems.append(Problem(where, _line(text, f"{key}:"), wrong))
    if problems:
        raise InvalidData(problems)


def _params(given: Mapping[Any, Any], text: str, where: str) -> tuple[Parameter, ...]:
    """Read the parameters, each of which stands in one place of the text."""
    made, problems = [], []
    for key, value in given.items():
        wrong = _wrong(key, value)
        if not wrong:
            made.append(_parameter(key, value))
            wrong = _misplaced(made[-1], text)
        if wrong:
            problems.append(Problem(where, _line(text, f"{key}:", _line(text, "params:")), wrong))
    if problems:
        raise InvalidData(problems)
    return tuple(made)


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


def _edges(
    given: list[Any], params: Iterable[Parameter], text: str, where: str
) -> tuple[tuple[str, str], ...]:
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


def _yaml(text: str, where: str) -> dict[str, Any]:
    # Other lines are left empty, so that YAML counts lines as the file does.
    lines = [line[len(HEADER) :] if line.startswith(HEADER) else "" for line in text.split("\n")]
    if not any(lines):
        return {}
    import yaml  # a query from standard input needs none

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _simple(yaml.parse("\n".join(lines), Loader=loader))
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


def _simple(events: Iterable[Any]) -> None:
    """Refuse what no header needs: keys twice, and what may fill the memory or end the process.

    A list of aliases of lists of aliases grows tenfold a line, and YAML's reader in C recurses.

    Raises:
        yaml.MarkedYAMLError: with the place.
    """
    import yaml

    keys: list[set[str] | None] = []  # of the maps that are open; none for a list
    due: list[bool] = []  # whether what comes next in each is a key
    for event in events:
        wrong = ""
        if isinstance(event, yaml.NodeEvent):
            known = keys[-1] if keys and due[-1] else None
            named = getattr(event, "value", "")
            if isinstance(event, yaml.AliasEvent):
                wrong = f"an alias (*{event.anchor}) has no place in a header"
            elif known is not None and named in known:
                wrong = f"'{named}' stands there already"
            elif known is not None:
                known.add(named)
            due[-1:] = [not due[-1]] if due else []
        if isinstance(event, yaml.CollectionStartEvent):
            keys.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
            due.append(keys[-1] is not None)
            wrong = wrong or ("too many lists in lists" if len(keys) > _DEPTH else "")
        elif isinstance(event, yaml.CollectionEndEvent):
            keys.pop(), due.pop()
        if wrong:
            raise yaml.MarkedYAMLError(problem=wrong, problem_mark=event.start_mark)


def _wrong(name: Any, value: Any) -> str:
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        return f"parameter '{name}' is not a name; write small letters, digits and hyphens"
    if not isinstance(value, dict) or any(value.get(part) is None for part in ("type", "description")):
        return f"parameter '{name}' needs a type and a description"
    listed = [str(part) for part, said in value.items() if isinstance(said, _LISTED)]
    if listed:
        return f"parameter '{name}': {min(listed)} is not a text"
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
    places = len(param.places(text))
    if places == 1:
        return ""
    return f"parameter '{param.name}' has {'more than one' if places else 'no'} VALUES in the text"


def _line(text: str, part: str, first: int = 1) -> int:
    """Give the number of the header's line that has a part, from a line on; else that line's."""
    for number, line in enumerate(text.split("\n"), 1):
        if number >= first and line.startswith(HEADER) and re.search(rf"(?<![\w-]){re.escape(part)}", line):
            return number
    return first
