"""JSON-LD 1.1 with short keys: a context made of the graph's own terms, and nodes in order.

A property whose values are all IRIs, all of one datatype, or all in some language is described so
once in the context (https://www.w3.org/TR/json-ld11/), and its values are then plain strings.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.formats import used
from kg.iris import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Json = Any
    Node = dict[str, Json]
    Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
    Key = tuple[str, Mapping[str, str]]
    Frame = dict[str, "Frame"]

_TYPE = expand("rdf:type")
_NATIVE = {expand("xsd:string"), expand("rdf:langString")}
_PARTS = {expand("time:Interval"), expand("time:Instant")}
_MOMENTS: Frame = {expand(f"time:{name}"): {} for name in ("hasBeginning", "hasEnd", "inside")}
FRAME: Frame = {expand(name): _MOMENTS for name in ("org:memberDuring", "time:hasTime")}
"""The properties whose values stand in what has them, each with those whose values stand in these."""
_SCHEME = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*):")
_CURIE = re.compile(r"[A-Za-z0-9_][\w.-]*")


def jsonld(
    triples: Iterable[ox.Triple],
    prefixes: Mapping[str, str],
    *,
    published: Mapping[str, Key] | None = None,
    context: str = "",
    framed: bool = False,
) -> str:
    """Write a graph as JSON-LD that people and programs read without a library.

    Args:
        triples: the graph, in any order.
        prefixes: name to namespace; those that occur are declared.
        published: the key of each property and what its values are, by its IRI, as `kg.context` has
            them; a value that is not so stands under the property's prefix and name. Without it, the
            graph decides.
        context: the IRI of a context that has the published keys, which are then not repeated.
        framed: put intervals and instants into what has them, as the frame of `kg.context` does.
    """
    listed = sorted(set(triples), key=str)
    # An IRI whose scheme is a prefix would be read as a short name: that prefix is left out.
    schemes = {scheme for triple in listed for scheme in _SCHEME.findall(str(triple))}
    kept = {name: space for name, space in prefixes.items() if name not in schemes}
    declared = used(kept, map(str, listed))
    values: dict[str, list[Value]] = defaultdict(list)
    for triple in listed:
        values[triple.predicate.value].append(triple.object)
    values.pop(_TYPE, None)
    writer = _Writer(declared, values, published)
    nodes: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for triple in listed:
        nodes[_name(triple.subject)][triple.predicate.value].append(triple.object)
    frame = FRAME if framed else {}
    inside = _inside(nodes, frame)
    writer.inside = {name: nodes[name] for name in inside}
    graph = [writer.node(name, facts, frame) for name, facts in nodes.items() if name not in inside]
    own: Json = writer.context
    if context:
        left_out = dict.fromkeys(name for name in prefixes if name in schemes)
        own = [context, {**{name: own[name] for name in declared}, **left_out}]
    return json.dumps({"@context": own, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def _inside(nodes: Mapping[str, Mapping[str, list[Value]]], frame: Frame) -> set[str]:
    """Give the intervals that something has, and the instants that these have: what stands in others."""
    parts = {
        name
        for name, facts in nodes.items()
        if _TYPE in facts and {_name(value) for value in facts[_TYPE]} <= _PARTS
    }
    found: set[str] = set()
    rest = [(name, frame) for name in nodes.keys() - parts]
    while rest:
        name, framed = rest.pop()
        for relation, within in framed.items():
            values = parts.intersection(map(_name, nodes[name].get(relation, ())))
            found |= values
            rest += [(value, within) for value in values]
    return found


def _name(node: Value) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def spaces(prefixes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give namespaces with their prefixes, the longer before those that they begin with."""
    return sorted(((space, prefix) for prefix, space in prefixes.items()), reverse=True)


def shortened(iri: str, known: Iterable[tuple[str, str]]) -> str:
    """Shorten an IRI where what is left has nothing that a compact IRI may not hold.

    >>> shortened("http://www.w3.org/ns/org#role", [("http://www.w3.org/ns/org#", "org")])
    'org:role'
    """
    for space, prefix in known:
        if iri.startswith(space) and _CURIE.fullmatch(iri[len(space) :]):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


class _Writer:
    """Writes nodes by a context: a key for each property, and how its values read."""

    def __init__(
        self,
        prefixes: dict[str, str],
        values: Mapping[str, list[Value]],
        published: Mapping[str, Key] | None,
    ) -> None:
        self.spaces = spaces(prefixes)
        self.inside: dict[str, Mapping[str, list[Value]]] = {}
        if published is None:
            self.keys = keys(values, prefixes)
            self.coercions = {iri: self._coercion(found) for iri, found in values.items()}
        else:
            known = {iri: published[iri] for iri in values if iri in published}
            self.keys = {iri: key for iri, (key, _) in known.items()}
            self.coercions = {iri: self._typed(typed) for iri, (_, typed) in known.items()}
        self.context: Node = dict(prefixes)
        for iri, key in sorted(self.keys.items(), key=lambda pair: pair[1]):
            coercion = self.coercions[iri]
            self.context[key] = {"@id": self.short(iri), **coercion} if coercion else self.short(iri)

    def _typed(self, known: Mapping[str, str]) -> Node:
        """Give what a published key says of its values; a datatype whose prefix is left out is whole."""
        return {name: self.short(expand(word)) if ":" in word else word for name, word in known.items()}

    def short(self, iri: str) -> str:
        """Shorten an IRI where what is left has nothing that a compact IRI may not hold."""
        return shortened(iri, self.spaces)

    def node(self, name: str, facts: Mapping[str, list[Value]], frame: Frame) -> Node:
        """Write one node: its IRI, its types, then its keys in order."""
        made: Node = {"@id": self.short(name)}
        if _TYPE in facts:
            made["@type"] = _one([self.short(_name(value)) for value in facts[_TYPE]])
        rest: Node = {}
        for iri, found in facts.items():
            if iri == _TYPE:
                continue
            fit = [value for value in found if iri in self.keys and self._fits(value, self.coercions[iri])]
            if fit:
                rest[self.keys[iri]] = self._values(self.coercions[iri], fit, frame.get(iri))
            other = [value for value in found if value not in fit]
            if other:
                rest[self.short(iri)] = self._values({}, other, frame.get(iri))
        return made | dict(sorted(rest.items()))

    def _fits(self, value: Value, coercion: Node) -> bool:
        """Say whether a value is what its key says."""
        if coercion.get("@type") == "@id":
            return not isinstance(value, ox.Literal)
        if "@container" in coercion:
            return isinstance(value, ox.Literal) and bool(value.language)
        typed = coercion.get("@type")
        return not typed or (isinstance(value, ox.Literal) and self.short(value.datatype.value) == typed)

    def _coercion(self, values: list[Value]) -> Node:
        if all(not isinstance(value, ox.Literal) for value in values):
            return {"@type": "@id"}
        if all(isinstance(value, ox.Literal) and value.language for value in values):
            return {"@container": "@language"}
        datatypes = {value.datatype.value if isinstance(value, ox.Literal) else "" for value in values}
        if len(datatypes) == 1 and not datatypes & (_NATIVE | {""}):
            return {"@type": self.short(datatypes.pop())}
        return {}

    def _values(self, coercion: Node, values: list[Value], within: Frame | None) -> Json:
        if "@container" in coercion:
            told: dict[str, list[str]] = defaultdict(list)
            for value in values:
                if isinstance(value, ox.Literal) and value.language:
                    told[value.language].append(value.value)
            return {language: _one(texts) for language, texts in sorted(told.items())}
        return _one([self._value(value, within, plain="@type" in coercion) for value in values])

    def _value(self, value: Value, within: Frame | None, *, plain: bool) -> Json:
        """Write a value; where it is to stand in what has it, `within` says what stands in it."""
        if not isinstance(value, ox.Literal):
            name = _name(value)
            if within is not None and name in self.inside:
                return self.node(name, self.inside[name], within)
            return self.short(name) if plain else {"@id": self.short(name)}
        if plain or value.datatype.value == expand("xsd:string"):
            return value.value
        if value.language:
            return {"@value": value.value, "@language": value.language}
        return {"@value": value.value, "@type": self.short(value.datatype.value)}


def keys(values: Iterable[str], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Give each property a key: its own name, with its prefix before it where two share a name."""
    names: dict[str, list[str]] = defaultdict(list)
    for iri in values:
        names[re.split(r"[/#]", iri)[-1]].append(iri)
    found = {}
    for name, owners in names.items():
        for iri in owners:
            prefix = next((p for p, space in prefixes.items() if iri == space + name), "")
            if not _CURIE.fullmatch(name):
                found[iri] = iri
                continue
            alone = len(owners) == 1 and name not in prefixes
            found[iri] = name if alone else f"{prefix}_{name}" if prefix else iri
    return found


def _one(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
