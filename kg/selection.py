"""Selection: a part of a data set as a store of its own: as of a period, or behind an answer.

What a source says is `kg.excerpt`. Each part has what it takes to be read: concepts, ontology and the
data set's description, and of what its facts link at least what it is and what it is called. What
follows from a part is derived from it anew; of each named graph it has what is in the part.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import moments, ontology
from kg.derive import derive
from kg.embedded import Embedded
from kg.errors import QueryError
from kg.excerpt import IDENTITY
from kg.iris import expand
from kg.network import BOUNDS, joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.answer import Answer

    Days = tuple[str, str]

_DEFAULT = ox.DefaultGraph()


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


_TYPE = _node("rdf:type")
_SUBJECT, _PREDICATE, _OBJECT = (_node(f"rdf:{end}") for end in ("subject", "predicate", "object"))
_MEMBER, _BODY = _node("org:member"), _node("org:organization")
_RESPONDENT, _ITEM, _WAVE = (_node(f"inno:{end}") for end in ("respondent", "item", "wave"))
_TIMES = (_node("time:hasTime"), _node("org:memberDuring"))
_MOMENTS = tuple(_node(f"time:{name}") for name in ("hasBeginning", "hasEnd", "inside"))
_CITING = (_node("prov:wasDerivedFrom"), _node("dcterms:isReferencedBy"))
_MEMBERSHIP, _STATEMENT, _EVENT, _OBSERVATION = map(
    _node, ("org:Membership", "inno:Statement", "inno:Event", "qb:Observation")
)
_FACTS = (_MEMBERSHIP, _STATEMENT, _OBSERVATION)
_PARTS = tuple(map(_node, ("time:Interval", "time:Instant", "inno:Passage")))
_BETWEEN = {
    _MEMBERSHIP: ((_MEMBER, _BODY), (_node("org:role"), _node("inno:inPost"))),
    _STATEMENT: ((_SUBJECT, _OBJECT), (_PREDICATE,)),
    _OBSERVATION: ((_RESPONDENT, _ITEM), (_WAVE,)),
}
"""What a fact of each kind is between, and what else tells it from others between the same."""


class _Said:
    """What the default graph says, but for what was derived, by subject and property."""

    def __init__(self, whole: Embedded) -> None:
        self.base = whole.base
        derived = ox.NamedNode(f"{whole.base}graph/derived")
        self.derived = {quad.triple for quad in whole.store.quads_for_pattern(None, None, None, derived)}
        self.by: defaultdict[Any, defaultdict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.bounds: defaultdict[Any, dict[str, str]] = defaultdict(dict)
        names = {_node(f"inno:{bound}"): bound for bound in BOUNDS}
        for quad in whole.store.quads_for_pattern(None, None, None, _DEFAULT):
            if quad.predicate in names and isinstance(quad.object, ox.Literal):
                self.bounds[quad.subject][names[quad.predicate]] = quad.object.value
            if quad.triple not in self.derived:
                self.by[quad.subject][quad.predicate].append(quad.object)

    def of(self, kind: ox.NamedNode) -> list[Any]:
        """Give the nodes of a class, in order."""
        return sorted((node for node, said in self.by.items() if kind in said.get(_TYPE, ())), key=str)

    def ours(self, node: object) -> bool:
        """Say whether a node is under the data set's base, but not the data set itself."""
        if not isinstance(node, ox.NamedNode):
            return False
        return node.value.startswith(self.base) and not node.value.startswith(f"{self.base}dataset/")

    def values(self, node: Any, *relations: ox.NamedNode) -> list[Any]:
        """Give what a node has by some properties."""
        said: Mapping[Any, list[Any]] = self.by.get(node, {})
        return [value for relation in relations for value in said.get(relation, ())]

    def excluded(self, node: Any, days: Days) -> bool:
        """Say whether the intervals of a fact or thing exclude that it held between two days."""
        found = [self.bounds.get(interval, {}) for interval in self.values(node, *_TIMES)]
        listed = {bound: [each[bound] for each in found if bound in each] for bound in BOUNDS}
        whole = joined(listed)
        return bool(
            (whole["earliestStart"] and whole["earliestStart"] > days[1])
            or (whole["latestEnd"] and whole["latestEnd"] < days[0])
        )

    def triples(self, nodes: Iterable[Any]) -> Iterator[ox.Triple]:
        """Give all that is said of some nodes."""
        for node in nodes:
            for relation, values in self.by.get(node, {}).items():
                yield from (ox.Triple(node, relation, value) for value in values)


def as_of(whole: Embedded, period: str) -> Embedded:
    """Give the part of a data set that certainly or possibly held in a period.

    It is the data set without the facts and events that their intervals exclude, memberships of a body
    whose interval does, answers of another wave, the links that such facts alone state, and what only
    they need: things that the period excludes themselves and that no other fact links, passages that
    nothing cites any more. That is the rule of the questions and of the network as of a date.

    Args:
        whole: the data set's own store.
        period: a year, a month or a day.

    Raises:
        QueryError: where the period is none.
    """
    try:
        moment = moments.parse(period)
    except ValueError as error:
        raise QueryError(f"--as-of: {error}") from None
    said, days = _Said(whole), (moment.first.isoformat(), moment.last.isoformat())
    gone = _gone(said, days)
    gone |= _left(said, gone, days)
    unlinked = _links(said, gone) - _links(said, set(said.of(_STATEMENT)) - gone)
    kept = [
        triple
        for triple in said.triples(list(said.by))
        if triple.subject not in gone and triple.object not in gone and triple not in unlinked
    ]
    return made(whole, _without_orphans(kept))


def _gone(said: _Said, days: Days) -> set[Any]:
    """Give the facts and events that did not hold between two days."""
    gone = {node for kind in (_STATEMENT, _EVENT) for node in said.of(kind) if said.excluded(node, days)}
    for node in said.of(_MEMBERSHIP):
        if any(said.excluded(each, days) for each in (node, *said.values(node, _BODY))):
            gone.add(node)
    for node in said.of(_OBSERVATION):
        for wave in said.values(node, _WAVE):
            try:
                moment = moments.parse(wave.value.rpartition("/")[2])
            except ValueError:
                continue  # a wave without a date excludes nothing
            if moment.last.isoformat() < days[0] or moment.first.isoformat() > days[1]:
                gone.add(node)
    return gone


def _left(said: _Said, gone: Collection[Any], days: Days) -> set[Any]:
    """Give the things that a period excludes and no fact that is left links, and what is said of them."""
    facts = {node: _ends(said, node) for kind in _FACTS for node in said.of(kind) if node not in gone}
    linked = {end for ends in facts.values() if len(ends) > 1 for end in ends}
    things = {node for node in said.by if said.values(node, _TIMES[0]) and said.ours(node)}
    kinds = {*said.of(_STATEMENT), *said.of(_EVENT), *linked}
    left = {node for node in things - kinds if said.excluded(node, days)}
    return left | {node for node, ends in facts.items() if ends & left}


def _ends(said: _Said, fact: Any) -> set[Any]:
    """Give the things that a fact links."""
    found = said.values(fact, _MEMBER, _BODY, _SUBJECT, _OBJECT, _RESPONDENT, _node("inno:representedBy"))
    intervals = said.values(fact, *_TIMES)
    return {node for node in found if said.ours(node) and node not in intervals}


def _links(said: _Said, facts: Iterable[Any]) -> set[ox.Triple]:
    """Give the plain links that some statements state."""
    return {
        ox.Triple(one, relation, other)
        for fact in facts
        for one in said.values(fact, _SUBJECT)
        for relation in said.values(fact, _PREDICATE)
        for other in said.values(fact, _OBJECT)
    }


def _without_orphans(triples: list[ox.Triple]) -> list[ox.Triple]:
    """Leave out intervals, instants and passages that nothing refers to."""
    while True:
        parts = {t.subject for t in triples if t.predicate == _TYPE and t.object in _PARTS}
        orphans = parts - {t.object for t in triples}
        if not orphans:
            return triples
        triples = [t for t in triples if t.subject not in orphans]


def behind(whole: Embedded, answer: Answer) -> Embedded:
    """Give the part of a data set that is behind an answer.

    Of a CONSTRUCT or DESCRIBE it is the triples themselves. Of rows it is the facts that stand in a row,
    and those between two things of one row or a parameter; where the row also says in which role, post,
    relation or wave, only these. With the facts come their dates and passages, and what is said of the
    things in the rows; things beyond have what they are and what they are called.

    Args:
        whole: the data set's own store.
        answer: what a question answered of it.

    Raises:
        QueryError: where the answer is a yes or no, or names no thing.
    """
    if answer.kind == "graph":
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in answer.triples)
        return Embedded(store, whole.base)
    said = _Said(whole)
    rows = list(_rows(answer))
    facts = _between(said, rows)
    named = {node for row in rows for node in row if said.ours(node) and node in said.by}
    if not facts | named:
        raise QueryError(f"the answer to '{answer.query.name}' names no thing, so nothing is behind it")
    things = named - facts - {node for kind in (*_FACTS, *_PARTS) for node in said.of(kind)}
    intervals = set(_follow(said, facts | things, _TIMES))
    passages = set(_follow(said, facts | things, _CITING))
    sources = set(_follow(said, passages, (_node("dcterms:isPartOf"),)))
    nodes = facts | things | intervals | set(_follow(said, intervals, _MOMENTS)) | passages | sources
    other = _links(said, said.of(_STATEMENT)) - _links(said, facts)
    kept = [triple for triple in said.triples(sorted(nodes, key=str)) if triple not in other]
    kept += _links(said, facts)
    known = {end for triple in kept for end in (triple.subject, triple.object) if said.ours(end)} - nodes
    kept += [t for t in said.triples(sorted(known, key=str)) if t.predicate in IDENTITY]
    kept += said.triples(node for node in said.by if not said.ours(node))
    return made(whole, _without_orphans(kept))


def _follow(said: _Said, nodes: Iterable[Any], relations: Iterable[ox.NamedNode]) -> Iterator[Any]:
    for node in nodes:
        yield from said.values(node, *relations)


def _rows(answer: Answer) -> Iterator[set[Any]]:
    """Give the terms of each row, with what the parameters stand for."""
    solutions = answer.solutions()
    if isinstance(solutions, ox.QueryBoolean):
        raise QueryError(f"'{answer.query.name}' answers yes or no, which has no facts to export")
    given = {ox.NamedNode(each.iri) for each in answer.origin.parameters if each.iri}
    for row in solutions:
        yield {term for term in row if term is not None} | given


def _between(said: _Said, rows: Iterable[set[Any]]) -> set[Any]:
    """Give the facts that stand in a row or are between two of its terms."""
    by_end: defaultdict[Any, list[tuple[Any, Any, set[Any], set[Any]]]] = defaultdict(list)
    for kind, (ends, marks) in _BETWEEN.items():
        for node in said.of(kind):
            pair = (said.values(node, ends[0]), said.values(node, ends[1]))
            for one in pair[0]:
                by_end[one].append((node, kind, set(pair[1]), set(said.values(node, *marks))))
    everything = {node for kind in _FACTS for node in said.of(kind)}
    found: set[Any] = set()
    for row in rows:
        words = row | {ox.Literal(term.value) for term in row if isinstance(term, ox.Literal)}
        near = [each for term in row for each in by_end.get(term, ()) if each[2] & words]
        told = {kind for _, kind, _, marks in near if marks & row}
        found |= {node for node, kind, _, marks in near if marks & row or kind not in told}
        found |= row & everything
    return found


def made(whole: Embedded, asserted: Iterable[ox.Triple]) -> Embedded:
    """Make the store of a part from what it asserts: with what follows, and with its named graphs."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in asserted)
    derive(store, ontology.load().rules)
    return graphs(Embedded(store, whole.base), whole)


def graphs(part: Embedded, whole: Embedded, kept: Collection[str] | None = None) -> Embedded:
    """Add named graphs to a part: what each holds of it, and which of its triples are derived.

    Args:
        part: a store with a default graph alone; it is added to.
        whole: the data set that it is a part of.
        kept: the keys of the sources whose graphs are wanted; all where none is given.
    """
    derived, own = ox.NamedNode(f"{whole.base}graph/derived"), f"{whole.base}graph/"
    triples = {quad.triple for quad in part.store}
    before = {quad.triple for quad in whole.store.quads_for_pattern(None, None, None, _DEFAULT)}
    follows = {quad.triple for quad in whole.store.quads_for_pattern(None, None, None, derived)}
    part.store.extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, derived)
        for triple in triples
        if triple in follows or triple not in before
    )
    for name in whole.store.named_graphs():
        key = str(name)[1:-1].removeprefix(own)
        if name == derived or (kept is not None and key not in (*kept, "description")):
            continue
        found = whole.store.quads_for_pattern(None, None, None, name)
        part.store.extend(quad for quad in found if quad.triple in triples)
    return part
