"""Why: the chain behind a fact, from the triple to the document.

An asserted fact rests on the passages that it cites. A derived one rests on a rule and on the facts
that the rule starts from, which are those about the same two things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import ontology
from kg.derive import derive
from kg.errors import NotFound
from kg.iris import VOCABULARIES
from kg.names import labels, short
from kg.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.embedded import Embedded

_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in VOCABULARIES.items())
_ASSERTED = """
SELECT DISTINCT ?fact ?subject ?relation ?object WHERE {
  VALUES ?thing { %(thing)s }
  {
    { ?fact org:member ?thing } UNION { ?fact org:organization ?thing }
    UNION { ?fact inno:representedBy ?thing } UNION { ?fact inno:inPost ?thing }
    UNION { VALUES ?fact { %(thing)s } }
    ?fact org:member ?subject ; org:role ?relation ; org:organization ?object
  } UNION {
    { ?fact rdf:subject ?thing } UNION { ?fact rdf:object ?thing } UNION { VALUES ?fact { %(thing)s } }
    ?fact rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object
  } UNION {
    { ?fact inno:respondent ?thing } UNION { ?fact inno:item ?thing } UNION { VALUES ?fact { %(thing)s } }
    ?fact inno:respondent ?subject ; inno:item ?relation ;
      inno:answer|inno:rank|inno:number|inno:share ?object
  }
} ORDER BY ?fact"""
_SUPPORT = """
SELECT DISTINCT ?fact ?citation ?source ?certainty ?reason WHERE {
  VALUES ?fact { %(facts)s }
  ?fact prov:wasDerivedFrom|dcterms:isReferencedBy ?passage .
  ?passage dcterms:identifier ?citation ; dcterms:isPartOf ?source .
  OPTIONAL { ?fact inno:certainty ?certainty }
  OPTIONAL { ?fact rdfs:comment ?reason }
} ORDER BY ?fact ?citation"""
_DOCUMENTS = """
SELECT ?source ?title ?language ?date ?publisher WHERE {
  ?source a inno:SourceDocument ; dcterms:title ?title .
  OPTIONAL { ?source dcterms:language ?language }
  OPTIONAL { ?source dcterms:date ?date }
  OPTIONAL { ?source dcterms:publisher ?publisher }
} ORDER BY ?source ?publisher"""


@dataclass(frozen=True)
class Support:
    """A fact that something rests on.

    Attributes:
        fact: its IRI, as kind and key.
        says: what it says, in labels.
        certainty: `stated` or `implied`; empty where it is not told.
        citations: each as `source:lines`, with the document described.
    """

    fact: str
    says: str
    certainty: str
    reason: str
    citations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chain:
    """What is claimed, by which rule where it is derived, and the facts that it rests on."""

    claim: str
    rule: str
    supports: tuple[Support, ...]


def why(store: Embedded, thing: str, other: str, language: str) -> list[Chain]:
    """Give the chains behind what the graph says of a thing, or of an edge.

    Args:
        store: the data set's own store.
        thing: the IRI of a thing, or of a membership, statement or observation.
        other: the IRI of the edge's other end, or empty.
        language: of the labels.

    Raises:
        NotFound: where no fact links the two.
    """
    facts = _facts(store, thing, other)
    supports = _supports(store, facts, thing if not other else "", language)
    chains = [Chain(support.says, "", (support,)) for support in supports]
    chains += _derived(store, thing, other, facts, supports, language)
    if not chains:
        raise NotFound(
            f"no fact links {short(thing)} and {short(other)}"
            if other
            else f"nothing is said of {short(thing)}"
        )
    return chains


def _ask(store: Embedded, query: str) -> list[Any]:
    return rows(store, _PREFIXES + query)


def _facts(store: Embedded, thing: str, other: str) -> dict[str, Any]:
    """Give the memberships, statements and observations about a thing, or about an edge's two ends."""
    found = {}
    for row in _ask(store, _ASSERTED % {"thing": str(ox.NamedNode(thing))}):
        ends = {getattr(row["subject"], "value", ""), getattr(row["object"], "value", "")}
        if not other or {thing, other} <= ends:
            found[row["fact"].value] = row
    return found


def _supports(store: Embedded, facts: Mapping[str, Any], thing: str, language: str) -> list[Support]:
    """Give each fact, and the thing itself, with what supports it."""
    wanted = [*([thing] if thing and thing not in facts else []), *facts]
    nodes = " ".join(str(ox.NamedNode(iri)) for iri in wanted)
    documents = _documents(store, language)
    cited: dict[str, list[Any]] = {}
    for row in _ask(store, _SUPPORT % {"facts": nodes}):
        cited.setdefault(row["fact"].value, []).append(row)
    called = labels(store, {iri for fact in facts.values() for iri in _iris(fact)} | set(wanted), language)
    made = []
    for iri, found in ((iri, cited.get(iri, [])) for iri in wanted):
        if not found and iri not in facts:
            continue
        says = _says(facts[iri], called) if iri in facts else f"{called[iri]} is named"
        first = found[0] if found else None
        made.append(
            Support(
                fact=short(iri),
                says=says,
                certainty=short(first["certainty"].value).partition(":")[2]
                if first and first["certainty"]
                else "",
                reason=first["reason"].value if first and first["reason"] else "",
                citations=tuple(
                    dict.fromkeys((row["citation"].value, documents[row["source"].value]) for row in found)
                ),
            )
        )
    return made


def _iris(row: Any) -> set[str]:
    return {
        node.value
        for node in (row["subject"], row["relation"], row["object"])
        if isinstance(node, ox.NamedNode)
    }


def _says(row: Any, called: Mapping[str, str]) -> str:
    words = (row["subject"], row["relation"], row["object"])
    return " — ".join(called.get(node.value, node.value) for node in words)


def _documents(store: Embedded, language: str) -> dict[str, str]:
    """Describe each document: its title, who publishes it, its language and its date."""
    found: dict[str, dict[str, Any]] = {}
    listed = _ask(store, _DOCUMENTS)
    publishers = labels(store, {row["publisher"].value for row in listed if row["publisher"]}, language)
    for row in listed:
        entry = found.setdefault(row["source"].value, {"title": row["title"].value, "by": []})
        entry["language"] = row["language"].value if row["language"] else ""
        entry["date"] = row["date"].value if row["date"] else ""
        if row["publisher"]:
            entry["by"].append(publishers[row["publisher"].value])
    return {iri: _described(entry) for iri, entry in found.items()}


def _described(entry: Mapping[str, Any]) -> str:
    extra = [" and ".join(entry["by"]), entry["date"], entry["language"]]
    return f"“{entry['title']}”, " + ", ".join(part for part in extra if part)


def _derived(
    store: Embedded,
    thing: str,
    other: str,
    facts: Mapping[str, Any],
    supports: Iterable[Support],
    language: str,
) -> list[Chain]:
    """Give what follows about the thing or the edge, with the rule and what it starts from."""
    by_rule = {rule: _summary(rule) for rule in ontology.load().rules}
    resting = {support.fact: support for support in supports}
    found = [(triple, rule) for triple, rule in _traced(store).items() if _about(triple, thing, other)]
    iris = {node.value for triple, _ in found for node in triple if isinstance(node, ox.NamedNode)}
    called = labels(store, iris, language)
    chains = []
    for triple, rule in found:
        ends = {getattr(triple.subject, "value", ""), getattr(triple.object, "value", "")}
        under = tuple(
            resting[short(fact)]
            for fact, row in facts.items()
            if _iris(row) >= ends and short(fact) in resting
        )
        own = tuple(support for fact, support in resting.items() if fact == short(thing))
        words = [
            called.get(node.value, node.value)
            for node in triple
            if not isinstance(node, (ox.BlankNode, ox.Triple))
        ]
        chains.append(Chain(" — ".join(words), by_rule[rule], under or own))
    return chains


def _about(triple: ox.Triple, thing: str, other: str) -> bool:
    ends = {getattr(triple.subject, "value", ""), getattr(triple.object, "value", "")}
    return {thing, other} <= ends if other else getattr(triple.subject, "value", "") == thing


def _traced(store: Embedded) -> dict[ox.Triple, Path]:
    """Derive again from what was asserted, so that each derived triple tells its rule."""
    derived = {
        quad.triple
        for quad in store.store.quads_for_pattern(
            None, None, None, ox.NamedNode(f"{store.base}graph/derived")
        )
    }
    asserted = ox.Store()
    for quad in store.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if quad.triple not in derived:
            asserted.add(quad)
    return derive(asserted, ontology.load().rules)


def _summary(rule: Path) -> str:
    first = rule.read_text(encoding="utf-8").splitlines()[0]
    return f"{rule.stem}: {first.removeprefix('#+ summary:').strip()}"
