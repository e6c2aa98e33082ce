"""Diff: what two versions of a data set say differently, fact by fact.

A fact is a membership, a statement, a survey answer, or a thing with what is said of it alone. Facts of
both versions are paired by what they link, not by their IRIs, since a fact's IRI may change when
another like it is added. What the rules derive is not compared: it follows. Neither are intervals,
instants and passages by themselves: they are the dates and the lines of facts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import ontology
from kg.iris import CONCEPTS, KINDS, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.embedded import Embedded

    Said = Mapping[tuple[str, str], frozenset[str]]
    Subjects = Mapping[str, Mapping[str, set[str]]]

ENDS = {
    "membership": ("org:member", "org:role", "org:organization", "inno:inPost"),
    "statement": ("rdf:subject", "rdf:predicate", "rdf:object"),
    "observation": ("inno:respondent", "inno:wave", "inno:item"),
}
"""What each kind of fact links, that of which it is told first: by these, facts are the same."""
IRI = "iri"
"""The attribute of a fact of which the IRI alone is another."""
DEEPEST = 8
"""Blank nodes in one another that are looked into."""
LONGEST = 10_000
"""Characters of what is said of a blank node; of more, a digest stands for it."""

_TYPE, _LABEL = expand("rdf:type"), expand("rdfs:label")
_BY_TYPE = {
    expand("org:Membership"): "membership",
    expand("inno:Statement"): "statement",
    expand("qb:Observation"): "observation",
}
_PARTS = {expand(name): "" for name in ("time:Interval", "time:Instant", "inno:Passage", "qb:DataSet")}
_DURING = (expand("time:hasTime"), expand("org:memberDuring"))
_MOMENTS = tuple(expand(f"time:{name}") for name in ("hasBeginning", "hasEnd", "inside"))
_NAMES = (expand("skos:prefLabel"), expand("foaf:name"), expand("dcterms:title"))
_PAGE, _IDENTIFIER = expand("rdfs:seeAlso"), expand("org:identifier")
_CUBE = expand("qb:dataSet")


@dataclass(frozen=True, order=True)
class Attribute:
    """What is said of a fact otherwise, or of one that is new or gone.

    Attributes:
        property: the IRI of the property; `IRI` where the fact's own IRI is another.
        language: of texts that have one.
        old: the values that are gone, as N-Triples writes terms, in order.
        new: the values that are new.
    """

    property: str
    language: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A fact that was added, removed or changed.

    Attributes:
        action: added, removed or changed.
        thing: the IRI of the thing that it is told under: a member, a subject, who answered, or the
            thing itself.
        fact: the fact's IRI in the new version; in the old one where it is gone.
        kind: membership, statement, observation, thing, or term (of the ontology or a concept).
        attributes: what differs; of a fact that is new or gone, all that is said.
        core: what it links, in the order of `ENDS`: terms as N-Triples writes them, empty where
            there is none; nothing of a thing or term.
    """

    action: str
    thing: str
    fact: str
    kind: str
    attributes: tuple[Attribute, ...]
    core: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Fact:
    """A fact of one version: what it links, by which it is found again, and what is said of it."""

    iri: str
    kind: str
    thing: str
    core: tuple[str, ...]
    said: Said

    @cached_property
    def pairs(self) -> frozenset[tuple[tuple[str, str], str]]:
        return frozenset((key, value) for key, values in self.said.items() for value in values)


def diff(old: Embedded, new: Embedded) -> list[Change]:
    """Tell what a new version says otherwise than an old one.

    Args:
        old: one version; where its id base is another, its IRIs are read as those of the new one.
        new: the other.

    Returns:
        The changes, by thing; none where both say the same. Terms and concepts are compared where
        both versions hold some: data alone are no version of a vocabulary.
    """
    above = _hierarchy(old, new)
    before, after = (_facts(_read(each, new.base), new.base, above) for each in (old, new))
    worded = all(any(fact.kind == "term" for [fact, *_] in each.values()) for each in (before, after))
    found = []
    for core in before.keys() | after.keys():
        pairs = _paired(before.get(core, []), after.get(core, []))
        changes = (_change(one, other) for one, other in pairs)
        found += [change for change in changes if change and (worded or change.kind != "term")]
    return sorted(found, key=lambda change: _order(change, new.base))


def _read(version: Embedded, base: str) -> Subjects:
    """Read the default graph by subject and property, terms as N-Triples writes them."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    moved = version.base != base
    for quad in version.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        subject, value = str(quad.subject), str(quad.object)
        if moved:
            subject, value = (_moved(text, version.base, base) for text in (subject, value))
        found[subject][quad.predicate.value].add(value)
    return found


def _moved(text: str, old: str, new: str) -> str:
    return f"<{new}{text[len(old) + 1 :]}" if text.startswith(f"<{old}") else text


def _hierarchy(*versions: Embedded) -> dict[str, set[str]]:
    """Give what stands above each class and property, in the ontology and in both versions."""
    relations = [ox.NamedNode(expand(f"rdfs:sub{name}Of")) for name in ("Class", "Property")]
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for relation in relations:
        for version in versions:
            for quad in version.store.quads_for_pattern(None, relation, None, ox.DefaultGraph()):
                direct[str(quad.subject)].add(str(quad.object))
    for file in ontology.load().graph_files:
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            if quad.predicate in relations:
                direct[str(quad.subject)].add(str(quad.object))
    return {each: _above(each, direct) - {each} for each in list(direct)}


def _above(name: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    rest = [name]
    while rest:
        for wider in direct.get(rest.pop(), set()) - found:
            found.add(wider)
            rest.append(wider)
    return found


def _marked() -> frozenset[str]:
    """Give the properties that are derived, never asserted: the ontology's notes or its roles say so."""
    note, role = ox.NamedNode(expand("skos:editorialNote")), ox.NamedNode(expand("org:roleProperty"))
    found = set()
    for file in ontology.load().graph_files:
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            if quad.predicate == role:
                found.add(str(quad.object)[1:-1])
            elif quad.predicate == note and str(quad.object).startswith('"Derived '):
                found.add(str(quad.subject)[1:-1])
    return frozenset(found)


def _facts(
    subjects: Subjects, base: str, above: Mapping[str, set[str]]
) -> dict[tuple[str, ...], list[_Fact]]:
    """Give the facts of a version by what they link."""
    reader = _Reader(subjects, base, above, _marked())
    found: defaultdict[tuple[str, ...], list[_Fact]] = defaultdict(list)
    for subject in sorted(subjects):
        fact = reader.fact(subject)
        if fact is not None:
            found[fact.core].append(fact)
    return found


@dataclass(frozen=True)
class _Reader:
    """Reads facts of a version's triples."""

    subjects: Subjects
    base: str
    above: Mapping[str, set[str]]
    derived: frozenset[str]

    @cached_property
    def stated(self) -> frozenset[tuple[str, str, str]]:
        """The links that a statement says: they are told with it."""
        one, two, three = (expand(end) for end in ENDS["statement"])
        return frozenset(
            (subject, relation[1:-1], value)
            for said in self.subjects.values()
            for subject in said.get(one, ())
            for relation in said.get(two, ())
            for value in said.get(three, ())
        )

    @cached_property
    def _described(self) -> dict[tuple[str, int], str]:
        return {}

    @cached_property
    def referred(self) -> frozenset[str]:
        """The blank nodes that are the value of something, with which they are told."""
        values = (value for said in self.subjects.values() for found in said.values() for value in found)
        return frozenset(value for value in values if value.startswith("_:"))

    def fact(self, subject: str) -> _Fact | None:
        """Give the fact that a subject is, or none where it is a part of one."""
        said = self.subjects[subject]
        types = {each[1:-1] for each in said.get(_TYPE, ())}
        if subject in self.referred or (subject.startswith(f"<{self.base}") and types & _PARTS.keys()):
            return None
        kind = next((_BY_TYPE[name] for name in sorted(types & _BY_TYPE.keys())), "")
        ends = [sorted(said.get(expand(end), ())) for end in ENDS.get(kind, ())]
        if kind and ends[0]:
            own = self._own_interval(kind, subject)
            linked = [[self.value(value) for value in end if value not in own] for end in ends]
            core = (kind, *map("; ".join, linked))
            thing = ends[0][0][1:-1]
        else:
            ours = subject.startswith(f"<{self.base}")
            kind = "term" if not ours and self._known(subject) else "thing"
            core, thing = ("thing", self.value(subject)), self._name(subject)
        return _Fact(self._name(subject), kind, thing, core, self.said(subject, kind))

    def _name(self, subject: str) -> str:
        """Give a subject's IRI; of a blank node what is said of it, as a store names it anew each time."""
        return self.value(subject) if subject.startswith("_:") else subject[1:-1]

    def said(self, subject: str, kind: str) -> Said:
        """Give what is asserted of a subject: values by property and language."""
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        own = self._own_interval(kind, subject)
        for relation, values in self.subjects[subject].items():
            for value in values - own:
                if kind in ("thing", "term") and (subject, relation, value) in self.stated:
                    continue
                if relation in _DURING and value in self.subjects:
                    self._when(value, found)
                elif not self._follows(subject, relation, value):
                    found[relation, _language(value)].add(self.value(value))
        for interval in own:
            self._when(interval, found)
        return {key: frozenset(values) for key, values in found.items()}

    def value(self, value: str, depth: int = 0) -> str:
        """Give a value as it can be compared: a blank node by what is said of it."""
        if not value.startswith("_:"):
            return value
        if (value, depth) not in self._described:
            self._described[value, depth] = self._node(value, depth)
        return self._described[value, depth]

    def _node(self, value: str, depth: int) -> str:
        if depth == DEEPEST:
            return "[…]"
        said = sorted(
            f"<{relation}> {self.value(each, depth + 1)}"
            for relation, values in self.subjects.get(value, {}).items()
            for each in values
        )
        text = f"[ {' ; '.join(said)} ]"
        # Nodes that refer to one another would be told in one another, tenfold a level.
        return text if len(text) <= LONGEST else f"[ … {sha256(text.encode()).hexdigest()[:16]} ]"

    def _known(self, subject: str) -> bool:
        """Say whether a subject is a term or a concept, and not a thing of another data set."""
        words = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology")
        terms = {expand(f"owl:{word}") for word in words} | {expand("rdf:Property"), expand("rdfs:Class")}
        types = {each[1:-1] for each in self.subjects[subject].get(_TYPE, ())}
        return subject.startswith(f"<{CONCEPTS}") or bool(types & terms)

    def _own_interval(self, kind: str, subject: str) -> set[str]:
        """Give the interval that a statement of a time has as its value: its moments are told."""
        said = self.subjects[subject]
        timed = kind == "statement" and f"<{_DURING[0]}>" in said.get(expand("rdf:predicate"), ())
        return said.get(expand("rdf:object"), set()) if timed else set()

    def _when(self, interval: str, found: dict[tuple[str, str], set[str]]) -> None:
        """Add the moments of an interval."""
        for relation in _MOMENTS:
            for instant in self.subjects.get(interval, {}).get(relation, ()):
                moments = self.subjects.get(instant, {})
                values = [v for name, each in moments.items() if "#inXSD" in name for v in each]
                found[relation, ""].update(values or [instant])

    def _follows(self, subject: str, relation: str, value: str) -> bool:
        """Say whether a triple is one that the rules derive, or that follows from another fact."""
        said = self.subjects[subject]
        if relation in self.derived or relation == _CUBE:
            return True
        if relation == _TYPE:
            return any(value in self.above.get(each, ()) for each in said[_TYPE])
        if relation == _LABEL:
            texts = {_text(name) for each in _NAMES for name in said.get(each, ())}
            return _text(value) in texts
        if relation == _PAGE:
            known = filter(None, map(_text, said.get(_IDENTIFIER, ())))
            return value[1:-1].endswith(tuple(known))
        wide = f"<{relation}>"
        return any(
            value in values and wide in self.above.get(f"<{narrow}>", ()) for narrow, values in said.items()
        )


def _paired(old: Iterable[_Fact], new: Iterable[_Fact]) -> Iterator[tuple[_Fact | None, _Fact | None]]:
    """Pair the facts that link the same: those that are equal, then those of one IRI, then the likest."""
    ranked = sorted(
        ((one, other) for one in old for other in new),
        key=lambda pair: (
            pair[0].said != pair[1].said,
            pair[0].iri != pair[1].iri,
            -len(pair[0].pairs & pair[1].pairs),
            len(pair[0].pairs ^ pair[1].pairs),
            sorted(each.iri for each in pair),
        ),
    )
    taken: set[int] = set()
    for one, other in ranked:
        if id(one) not in taken and id(other) not in taken:
            taken |= {id(one), id(other)}
            yield one, other
    yield from ((one, None) for one in old if id(one) not in taken)
    yield from ((None, other) for other in new if id(other) not in taken)


def _change(one: _Fact | None, other: _Fact | None) -> Change | None:
    """Give the change from one fact to another, or none where they say the same."""
    fact = other or one
    if fact is None:
        return None
    before, after = (each.said if each else {} for each in (one, other))
    attributes = []
    for key in sorted(before.keys() | after.keys()):
        gone = before.get(key, frozenset()) - after.get(key, frozenset())
        come = after.get(key, frozenset()) - before.get(key, frozenset())
        if gone or come:
            attributes.append(Attribute(*key, tuple(sorted(gone)), tuple(sorted(come))))
    if one and other and one.iri != other.iri and not fact.core[-1].startswith("["):
        attributes.append(Attribute(IRI, "", (one.iri,), (other.iri,)))
    if not attributes and one and other:
        return None
    action = "changed" if one and other else "added" if other else "removed"
    core = fact.core[1:] if fact.core[0] in ENDS else ()
    return Change(action, fact.thing, fact.iri, fact.kind, tuple(attributes), core)


def _order(change: Change, base: str) -> tuple[int, str, bool, str, str, str]:
    """Order by thing, things by their kind and then by key; the thing itself comes before its facts."""
    kind = change.thing.removeprefix(base).partition("/")[0] if change.thing.startswith(base) else ""
    rank = KINDS.index(kind) if kind in KINDS else len(KINDS) + (change.kind == "term")
    own = change.kind in ("thing", "term")
    iris = [value for each in change.attributes if each.property == IRI for value in (*each.old, *each.new)]
    return rank, change.thing, not own, change.kind, min([change.fact, *iris]), change.action


def _language(value: str) -> str:
    """Give the language of a literal as N-Triples writes it."""
    return value.rpartition('"@')[2] if value.startswith('"') and '"@' in value and value[-1] != '"' else ""


def _text(value: str) -> str:
    """Give the text of a literal as N-Triples writes it, whose characters stay escaped."""
    return value[1 : value.rindex('"')] if value.startswith('"') else ""
