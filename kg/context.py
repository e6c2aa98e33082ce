"""Context: the ontology's properties as short keys of JSON-LD, and the frame, the same for every data set.

It is published as `ontology/context.jsonld`. A property's key is its own name; where two share it, or a
prefix has it, the property's prefix stands before it. A key says what its values are, where the ontology
does: an IRI, of one datatype, or texts by language. `ontology/frame.jsonld` is the frame that an export
has (https://www.w3.org/TR/json-ld11-framing/).
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import ontology
from kg.iris import KINDS, VOCABULARIES, expand, prefixes
from kg.jsonld import FRAME, keys, shortened, spaces

if TYPE_CHECKING:
    from kg.jsonld import Frame

IRI = "https://w3id.org/innovation-kg/ontology/context.jsonld"
"""Where the context is published."""

_DATATYPE, _OBJECT = ox.NamedNode(expand("owl:DatatypeProperty")), ox.NamedNode(expand("owl:ObjectProperty"))
_ANNOTATION = ox.NamedNode(expand("owl:AnnotationProperty"))
_TYPE, _RANGE = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("rdfs:range"))
_BY_LANGUAGE = (
    "skos:prefLabel",
    "skos:altLabel",
    "skos:hiddenLabel",
    "skos:definition",
    "skos:editorialNote",
    "dcterms:description",
)
"""Properties of other vocabularies whose values are texts in languages."""
_TYPED = {
    "time:inXSDgYear": "xsd:gYear",
    "time:inXSDgYearMonth": "xsd:gYearMonth",
    "time:inXSDDate": "xsd:date",
    "dcterms:issued": "xsd:date",
}
"""Properties of other vocabularies that have one datatype here."""
_LINKS = ("dcterms:license", "dcterms:publisher", "rdfs:seeAlso", "rdf:subject", "rdf:predicate")
"""Others whose values are IRIs."""
_APART = (
    "rdfs:label",
    "skos:prefLabel",
    "foaf:name",
    "dcterms:title",
    "dcterms:identifier",
    "inno:certainty",
    "rdfs:isDefinedBy",
)
"""What stands for itself has at least one of these: a name, a certainty, or a vocabulary that it is of."""


@cache
def terms() -> dict[str, dict[str, str]]:
    """Give what the values of each property are, by its IRI: nothing where they may be anything."""
    found: dict[str, dict[str, str]] = {}
    used: defaultdict[str, set[bool]] = defaultdict(set)
    for file in ontology.load().graph_files:
        quads = list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
        ranges = {quad.subject: quad.object for quad in quads if quad.predicate == _RANGE}
        for quad in quads:
            used[quad.predicate.value].add(not isinstance(quad.object, ox.Literal))
            if quad.predicate != _TYPE or not isinstance(quad.subject, ox.NamedNode):
                continue
            if quad.object == _OBJECT:
                found[quad.subject.value] = {"@type": "@id"}
            elif quad.object == _DATATYPE:
                found[quad.subject.value] = _datatype(ranges.get(quad.subject))
            elif quad.object == _ANNOTATION:
                found.setdefault(quad.subject.value, {})
    # Of what the ontology says by properties that it does not describe, its use tells what the values are.
    found = {iri: {"@type": "@id"} if all(links) else {} for iri, links in used.items()} | found
    found |= {expand(curie): {"@container": "@language"} for curie in _BY_LANGUAGE}
    found |= {expand(curie): {"@type": name} for curie, name in _TYPED.items()}
    found |= {expand(curie): {"@type": "@id"} for curie in _LINKS}
    for curie in ("rdf:object", "rdfs:label", "rdfs:comment"):
        found.setdefault(expand(curie), {})
    found.pop(expand("rdf:type"), None)
    return dict(sorted(found.items()))


def _datatype(found: object) -> dict[str, str]:
    """Give a datatype property's own type; a text needs none, and a decimal may be an integer."""
    space = VOCABULARIES["xsd"]
    name = found.value if isinstance(found, ox.NamedNode) else ""
    typed = name.startswith(space) and name not in (f"{space}string", f"{space}decimal")
    return {"@type": f"xsd:{name.removeprefix(space)}"} if typed else {}


@cache
def published() -> dict[str, tuple[str, dict[str, str]]]:
    """Give the key of each property, none of which is a prefix, and what its values are, by its IRI."""
    taken = prefixes("", ontology.load().schemes) | dict.fromkeys(KINDS, "")
    called = keys(terms(), taken)
    return {iri: (called[iri], values) for iri, values in terms().items()}


def context() -> str:
    """Write the context as the document that is published."""
    known = {n: space for n, space in prefixes("", ontology.load().schemes).items() if ":" in space}
    made: dict[str, Any] = {"@version": 1.1, **dict(sorted(known.items()))}
    for iri, (key, values) in sorted(published().items(), key=lambda pair: pair[1][0]):
        short = shortened(iri, spaces(known))
        made[key] = {"@id": short, **values} if values else short
    return json.dumps({"@context": made}, ensure_ascii=False, indent=2) + "\n"


def frame() -> str:
    """Write the frame by which a processor makes of a graph what `kg export --format jsonld` writes.

    It names things by whole IRIs; with the context of an export in place of its own, as that does.
    """
    # A processor takes what has one of the properties that stand here: all but intervals and instants.
    # They stand under prefix and name: what a key would say of their values is no part of a pattern.
    apart = {curie: {"@embed": "@never", "@omitDefault": True} for curie in _APART}
    made = {"@context": IRI, "@embed": "@never", **apart, **_framed(FRAME)}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _framed(relations: Frame) -> dict[str, Any]:
    """Say of properties that their values are embedded; where one is missing, nothing is said."""
    return {
        published()[iri][0]: {"@embed": "@always", "@omitDefault": True, **_framed(within)}
        for iri, within in sorted(relations.items())
    }
