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

_TYPE = expand("rdf:type")
_NATIVE = {expand("xsd:string"), expand("rdf:langString")}
_SCHEME = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*):")
_CURIE = re.compile(r"[A-Za-z0-9_][\w.-]*")


def jsonld(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """Write a graph as JSON-LD that people and programs read without a library.

    Args:
        triples: the graph, in any order.
        prefixes: name to namespace; those that occur are declared.
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
    writer = _Writer(declared, values)
    nodes: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for triple in listed:
        nodes[_name(triple.subject)][triple.predicate.value].append(triple.object)
    graph = [writer.node(name, facts) for name, facts in nodes.items()]
    return json.dumps({"@context": writer.context, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def _name(node: Value) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


class _Writer:
    """Writes nodes by a context: a key for each property, and how its values read."""

    def __init__(self, prefixes: dict[str, str], values: Mapping[str, list[Value]]) -> None:
        self.spaces = sorted(((space, prefix) for prefix, space in prefixes.items()), reverse=True)
        self.keys = _keys(values, prefixes)
        self.coercions = {iri: self._coercion(found) for iri, found in values.items()}
        self.context: Node = dict(prefixes)
        for iri, key in sorted(self.keys.items(), key=lambda pair: pair[1]):
            coercion = self.coercions[iri]
            self.context[key] = {"@id": self.short(iri), **coercion} if coercion else self.short(iri)

    def short(self, iri: str) -> str:
        """Shorten an IRI where what is left has nothing that a compact IRI may not hold."""
        for space, prefix in self.spaces:
            if iri.startswith(space) and _CURIE.fullmatch(iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
        return iri

    def node(self, name: str, facts: Mapping[str, list[Value]]) -> Node:
        """Write one node: its IRI, its types, then its keys in order."""
        made: Node = {"@id": self.short(name)}
        if _TYPE in facts:
            made["@type"] = _one([self.short(_name(value)) for value in facts[_TYPE]])
        rest = {self.keys[iri]: self._values(iri, found) for iri, found in facts.items() if iri != _TYPE}
        return made | dict(sorted(rest.items()))

    def _coercion(self, values: list[Value]) -> Node:
        if all(not isinstance(value, ox.Literal) for value in values):
            return {"@type": "@id"}
        if all(isinstance(value, ox.Literal) and value.language for value in values):
            return {"@container": "@language"}
        datatypes = {value.datatype.value if isinstance(value, ox.Literal) else "" for value in values}
        if len(datatypes) == 1 and not datatypes & (_NATIVE | {""}):
            return {"@type": self.short(datatypes.pop())}
        return {}

    def _values(self, iri: str, values: list[Value]) -> Json:
        coercion = self.coercions[iri]
        if "@container" in coercion:
            told: dict[str, list[str]] = defaultdict(list)
            for value in values:
                if isinstance(value, ox.Literal) and value.language:
                    told[value.language].append(value.value)
            return {language: _one(texts) for language, texts in sorted(told.items())}
        return _one([self._value(value, plain="@type" in coercion) for value in values])

    def _value(self, value: Value, *, plain: bool) -> Json:
        if not isinstance(value, ox.Literal):
            name = self.short(_name(value))
            return name if plain else {"@id": name}
        if plain or value.datatype.value == expand("xsd:string"):
            return value.value
        if value.language:
            return {"@value": value.value, "@language": value.language}
        return {"@value": value.value, "@type": self.short(value.datatype.value)}


def _keys(values: Mapping[str, list[Value]], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Give each property a key: its own name, with its prefix before it where two share a name."""
    names: dict[str, list[str]] = defaultdict(list)
    for iri in values:
        names[re.split(r"[/#]", iri)[-1]].append(iri)
    keys = {}
    for name, owners in names.items():
        for iri in owners:
            prefix = next((p for p, space in prefixes.items() if iri == space + name), "")
            if not _CURIE.fullmatch(name):
                keys[iri] = iri
                continue
            alone = len(owners) == 1 and name not in prefixes
            keys[iri] = name if alone else f"{prefix}_{name}" if prefix else iri
    return keys


def _one(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
