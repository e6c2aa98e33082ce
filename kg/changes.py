"""Changes: what a new version says otherwise, in plain words, under the thing that it is said of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import ontology
from kg.diff import IRI
from kg.embedded import Embedded
from kg.errors import QueryError, nearest
from kg.iris import CONCEPTS, expand
from kg.names import TITLES, labels, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.diff import Attribute, Change

FORMS = ("text", "markdown", "json")
ACTIONS = ("added", "removed", "changed")
_WORDS = {
    "added": ("added", "tillagt"),
    "removed": ("removed", "borttaget"),
    "changed": ("changed", "ändrat"),
    "added 1": ("added", "tillagd"),
    "removed 1": ("removed", "borttagen"),
    "changed 1": ("changed", "ändrad"),
    "added n": ("added", "tillagda"),
    "removed n": ("removed", "borttagna"),
    "changed n": ("changed", "ändrade"),
    "from": ("from", "från"),
    "until": ("until", "till"),
    "in": ("in", "i"),
    "none": ("No difference.", "Ingen skillnad."),
}
"""Each word in English and Swedish."""
_LANGUAGES = ("en", "sv")

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_TERM = re.compile(r"<([^<>\s]*)>")
_PASSAGE = re.compile(r"([^/]+)#line=(\d+),(\d+)")
_MOMENTS = tuple(expand(f"time:{name}") for name in ("hasBeginning", "hasEnd", "inside"))
_CITING = (expand("prov:wasDerivedFrom"), expand("dcterms:isReferencedBy"))
_TYPE, _CERTAINTY = expand("rdf:type"), expand("inno:certainty")
_ANSWERS = tuple(expand(f"inno:{name}") for name in ("answer", "rank", "number", "share"))


@dataclass(frozen=True)
class Line:
    """One change in plain words.

    Attributes:
        action: added, removed or changed.
        text: which fact it is.
        details: of a change, each what was and what is.
        fact: the fact's IRI.
    """

    action: str
    text: str
    details: tuple[str, ...]
    fact: str


@dataclass(frozen=True)
class Group:
    """The changes of what is said of one thing: its IRI, its name, and the changes in order."""

    iri: str
    title: str
    lines: tuple[Line, ...]
    base: str = ""

    @property
    def name(self) -> str:
        """The thing's kind and key; the whole IRI of what is not ours."""
        ours = self.iri.startswith((self.base or "\0", CONCEPTS)) and "#" not in self.iri
        return short(self.iri) if ours else self.iri


def told(changes: Iterable[Change], old: Embedded, new: Embedded, language: str) -> list[Group]:
    """Give changes in plain words, by the thing that they are told under.

    Args:
        changes: as `kg.diff.diff` gives them.
        old: the old version, which names what is gone.
        new: the new version.
        language: of names, en or sv.
    """
    listed = list(changes)
    words = _Words(_called(listed, old, new, language), language)
    groups = []
    for thing, found in groupby(listed, key=lambda change: change.thing):
        lines = tuple(words.line(change) for change in found)
        groups.append(Group(thing, words.of(f"<{thing}>"), lines, new.base))
    return groups


def write(changes: Sequence[Change], old: Embedded, new: Embedded, form: str, language: str) -> str:
    """Write changes in one of `FORMS`.

    Raises:
        QueryError: where there is no such form.
    """
    if form not in FORMS:
        hint = nearest(form, FORMS) or f"; there are {', '.join(FORMS)}"
        raise QueryError(f"there is no format '{form}' of a difference{hint}")
    groups = told(changes, old, new, language)
    if form == "json":
        return json.dumps(_described(changes, groups), ensure_ascii=False, indent=2) + "\n"
    if not groups:
        return f"{_word('none', language)}\n"
    lines = _text(groups, language) if form == "text" else _markdown(groups, language)
    return "\n".join([*lines, "", summary(changes, language)]) + "\n"


def summary(changes: Iterable[Change], language: str) -> str:
    """Count changes in a line.

    >>> summary([], "sv")
    'Ingen skillnad.'
    """
    actions = [change.action for change in changes]
    counts = {action: actions.count(action) for action in ACTIONS if action in actions}
    numbers = {action: "1" if n == 1 else "n" for action, n in counts.items()}
    counted = [f"{n} {_word(f'{action} {numbers[action]}', language)}" for action, n in counts.items()]
    return ", ".join(counted) or _word("none", language)


def when(start: str, end: str, attested: str, language: str) -> str:
    """Write when something held; an end that is not known is left open.

    >>> when("2015", "", "", "sv"), when("", "", "2018", "en")
    ('från 2015', 'in 2018')
    """
    begun = f"{_word('from', language)} {start}" if start else ""
    ended = f"{_word('until', language)} {end}" if end else ""
    known = (start if start == end else f"{start}–{end}") if start and end else begun or ended
    return ", ".join(filter(None, (known, attested and f"{_word('in', language)} {attested}")))


def _text(groups: Iterable[Group], language: str) -> Iterator[str]:
    from kg.terminal import plain

    def line(text: str) -> str:
        """Give a text that stays on its line, so that none can look like another change."""
        return plain(_LINE_END.sub("␊", text))

    wide = max(len(_word(action, language)) for action in ACTIONS) + 2
    for number, group in enumerate(groups):
        if number:
            yield ""
        yield line(f"{group.title} ({group.name})")
        for each in group.lines:
            yield f"  {_word(each.action, language):<{wide}}{line(each.text)}"
            yield from (f"  {'':<{wide}}  {line(detail)}" for detail in each.details)


def _markdown(groups: Iterable[Group], language: str) -> Iterator[str]:
    from kg.markdown import escaped
    from kg.results import visible
    from kg.terminal import plain

    def shown(text: str) -> str:
        """Give a text as it stands; what would turn the line around is replaced."""
        return escaped(plain(visible(text)))

    for number, group in enumerate(groups):
        if number:
            yield ""
        yield f"### {shown(f'{group.title} ({group.name})')}"
        yield ""
        for line in group.lines:
            yield f"- **{_word(line.action, language)}** {shown(line.text)}"
            yield from (f"  - {shown(detail)}" for detail in line.details)


def _described(changes: Iterable[Change], groups: Iterable[Group]) -> dict[str, Any]:
    """Give changes for programs, each with its words."""
    lines = iter([(group.title, line) for group in groups for line in group.lines])
    found: list[dict[str, Any]] = []
    for change in changes:
        title, line = next(lines)
        attributes = [
            {
                "property": each.property,
                **({"language": each.language} if each.language else {}),
                "old": list(each.old),
                "new": list(each.new),
            }
            for each in change.attributes
        ]
        found.append(
            {
                "action": change.action,
                "thing": change.thing,
                "name": title,
                "fact": change.fact,
                "kind": change.kind,
                "text": line.text,
                "attributes": attributes,
            }
        )
    counts = {action: sum(each["action"] == action for each in found) for action in ACTIONS}
    return {**counts, "changes": found}


def _word(key: str, language: str) -> str:
    return _WORDS[key][_LANGUAGES.index(language) if language in _LANGUAGES else 0]


def _called(changes: Iterable[Change], old: Embedded, new: Embedded, language: str) -> dict[str, str]:
    """Name all that changes speak of: as the new version does, else the old one, else the ontology."""
    wanted: set[str] = set()
    for change in changes:
        terms = [value for each in change.attributes for value in (*each.old, *each.new)]
        wanted |= {change.thing, change.fact, *(each.property for each in change.attributes)}
        wanted |= {iri for value in (*terms, *change.core) for iri in _TERM.findall(value)}
    iris = {iri for iri in wanted if ":" in iri and "#line=" not in iri and _writable(iri)}
    vocabulary = ox.Store()
    for file in ontology.load().graph_files:
        vocabulary.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    names, properties = ox.Store(), [ox.NamedNode(expand(title)) for title in TITLES]
    for store in (vocabulary, old.store, new.store):
        for node in map(ox.NamedNode, sorted(iris)):
            found = [q for name in properties for q in store.quads_for_pattern(node, name, None, _DEFAULT)]
            if found:
                for quad in list(names.quads_for_pattern(node, None, None)):
                    names.remove(quad)
                names.extend(found)
    return labels(Embedded(names, new.base), iris, language)


def _writable(iri: str) -> bool:
    """Say whether a text is an IRI: what stands between `<` and `>` in a name may be none."""
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True)
class _Words:
    """Writes changes with the names of what they speak of."""

    called: Mapping[str, str]
    language: str

    def of(self, value: str) -> str:
        """Give a term, as N-Triples writes it, as people read it."""
        if value.startswith("<"):
            iri = value[1:-1]
            lines = _PASSAGE.search(iri)
            if lines:
                first, last = int(lines[2]) + 1, int(lines[3])
                return f"{lines[1]}:{first}" + (f"-{last}" if last > first else "")
            return self.called.get(iri, iri)
        if value.startswith('"'):
            line = f"<a:> <a:> {value} ."
            return str(next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))).object.value)
        return _TERM.sub(lambda found: self.called.get(found[1], found[1]), value)

    def line(self, change: Change) -> Line:
        """Give the words of one change."""
        text = self._fact(change)
        if change.action == "changed":
            details = tuple(self._detail(each) for each in change.attributes)
            if not change.core:  # the thing's own name stands above
                text, details = details[0], details[1:]
        else:
            details, text = (), text + self._support(change)
        return Line(change.action, text, details, change.fact)

    def _fact(self, change: Change) -> str:
        """Say which fact it is: role and body, relation and value, item and wave."""
        ends = [self.of(term) for term in change.core]
        if change.kind == "membership":
            _, role, body, post = ends
            return f"{post or role} — {body}"
        if change.kind == "statement":
            return f"{ends[1]}: {ends[2]}" if ends[2] else ends[1]
        if change.kind == "observation":
            answers = [each for each in change.attributes if each.property in _ANSWERS]
            given = [self.of(value) for each in answers for value in (each.new or each.old)]
            said = f": {', '.join(given)}" if given and change.action != "changed" else ""
            return f"{ends[2]} ({ends[1]}){said}"
        named = [each for each in change.attributes if each.property == _TYPE]
        kinds = [self.of(value) for each in named for value in (each.new or each.old)]
        return ", ".join(kinds) or self.called.get(change.fact, change.fact)

    def _support(self, change: Change) -> str:
        """Say when a fact held, how sure it is, and who says so."""
        said: dict[str, list[str]] = {}
        for each in change.attributes:
            said.setdefault(each.property, []).extend(map(self.of, each.new or each.old))
        start, end, attested = ("; ".join(said.get(name, ())) for name in _MOMENTS)
        held = when(start, end, attested, self.language)
        sure = [*said.get(_CERTAINTY, ()), *(text for name in _CITING for text in said.get(name, ()))]
        return (f", {held}" if held else "") + (f" ({'; '.join(sure)})" if sure else "")

    def _detail(self, each: Attribute) -> str:
        """Say what of a fact was and is."""
        name = "IRI" if each.property == IRI else self.called.get(each.property, each.property)
        if each.language:
            name = f"{name} ({each.language})"
        old, new = ("; ".join(map(self.of, values)) for values in (each.old, each.new))
        if each.old and each.new:
            return f"{name}: {old} → {new}"
        action = "added" if each.new else "removed"
        return f"{name}: {new or old} ({_word(action, self.language)})"
