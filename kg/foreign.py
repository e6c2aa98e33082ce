"""Foreign terms: that each term used is one, and is used as its vocabulary means it.

What is looked at: the triples of the ontology's files (or of a graph), the targets, paths and
values that the shapes name, and the names in the rules and constraints.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.iris import CONCEPTS, VOCABULARIES, expand
from kg.pitfalls import Finding, Pitfall
from kg.terms import (
    CLASS_KINDS,
    LANGUAGE_OF_TERMS,
    MAIN,
    PREFIXES,
    PROPERTY_KINDS,
    curie,
    iri,
    prefixes_of,
    undocumented,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.terms import Facts, Terms

_DOCUMENTS = {expand(each) for each in ("rdfs:isDefinedBy", "dcterms:license", "dcterms:source")}
_LITERAL = {
    expand("rdfs:Literal"),
    *(f"http://schema.org/{name}" for name in ("Text", "URL", "Date", "DateTime", "Number", "Boolean")),
}
_UNDECLARED = (*LANGUAGE_OF_TERMS, VOCABULARIES["qb"], VOCABULARIES["skos"])
"""What the data may use undeclared: cubes and schemes lie in files that are data themselves."""
_COMMENT = re.compile(r'"[^"\n]*"|(?<![\w/])#[^\n]*')
_PREFIXED = re.compile(r"(?<![\w<?:/-])([a-z][\w-]*):([A-Za-z][\w-]*)")
_AFTER_A = re.compile(r"(?<![\w:?-])a\s+$")


def _is_foreign(terms: Terms, term: str) -> bool:
    known = tuple(PREFIXES.values())
    return term.startswith(known) and not terms.is_own(term) and term not in PREFIXES.values()


def _exists(terms: Terms, term: str) -> bool:
    if terms.is_own(term):
        return term in terms.own
    if _is_foreign(terms, term):
        return term in terms.foreign
    if term.startswith(CONCEPTS):
        return (
            not term.removeprefix(CONCEPTS)
            or term in terms.concepts
            or bool(terms.model.values(term, "rdf:type"))
        )
    return True


def _unknown(terms: Terms, term: str, name: str) -> Finding:
    if terms.is_own(term):
        return Finding(term, f"is used and not declared in {MAIN}", name)
    if term.startswith(CONCEPTS):
        return Finding(term, "is used and is no concept here", name)
    text = "is no term that its vocabulary is known to have; a new one is listed by tests/foreign_terms.py"
    return Finding(term, text, name)


def unknown_terms(terms: Terms) -> Iterator[Finding]:
    """T1: a term that is used, our own or another vocabulary's, and that nobody describes."""
    for name, facts in terms.facts.items():
        for term in sorted(set(_used(facts))):
            if not _exists(terms, term):
                yield _unknown(terms, term, name)
    for name, text in terms.queries.items():
        for term, _ in _in_query(text):
            if not _exists(terms, term):
                yield _unknown(terms, term, name)


def _used(facts: Facts) -> Iterator[str]:
    for subject, predicate, value in facts.all:
        yield subject
        yield predicate
        if isinstance(value, ox.Literal):
            yield str(value.datatype.value)
        elif predicate not in _DOCUMENTS:
            yield value


def _in_query(text: str) -> Iterator[tuple[str, bool]]:
    """Give each prefixed name of a SPARQL text, and whether it stands as a class after `a`."""
    prefixes = prefixes_of(text)
    bare = _COMMENT.sub(" ", "\n".join(line for line in text.splitlines() if "PREFIX" not in line.upper()))
    for found in _PREFIXED.finditer(bare):
        if found[1] in prefixes:
            yield prefixes[found[1]] + found[2], bool(_AFTER_A.search(bare[: found.start()]))


def wrong_kind(terms: Terms) -> Iterator[Finding]:
    """T2: a class used as a property, a property as a class, or one declared to be of another kind."""
    for name, facts in terms.facts.items():
        for predicate in sorted({fact.predicate for fact in facts.all}):
            known = terms.foreign.get(predicate)
            if (known and not known.is_property) or predicate in terms.classes:
                yield Finding(predicate, "is no property and is used as one", name)
        links = (
            "rdf:type",
            "rdfs:subClassOf",
            "owl:disjointWith",
            "rdfs:domain",
            "sh:class",
            "sh:targetClass",
        )
        for value in sorted({value for _, value in facts.pairs(*links) if isinstance(value, str)}):
            known = terms.foreign.get(value)
            if (known and known.kind != "class") or value in terms.properties:
                yield Finding(value, "is no class and is used as one", name)
        yield from _declared(terms, facts, name)
    for name, text in terms.queries.items():
        for term, as_class in _in_query(text):
            known = terms.foreign.get(term)
            if as_class and ((known and known.kind != "class") or term in terms.properties):
                yield Finding(term, "is no class and is used as one", name)


def _declared(terms: Terms, facts: Facts, name: str) -> Iterator[Finding]:
    kinds = {
        "object": {"owl:ObjectProperty"},
        "data": {"owl:DatatypeProperty"},
        "annotation": {"owl:AnnotationProperty"},
        # A plain RDF property is of whichever kind of OWL's it is used as.
        "property": {*PROPERTY_KINDS},
        "class": {*CLASS_KINDS},
        "datatype": {"rdfs:Datatype"},
    }
    for term, known in terms.foreign.items():
        said = {curie(each) for each in facts.iris(term, "rdf:type")}
        wrong = said - kinds.get(known.kind, set()) - {"rdf:Property"}
        # An object or datatype property of which only documents are spoken may be an annotation.
        if wrong - {"owl:AnnotationProperty"} and known.kind != "individual":
            yield Finding(
                term, f"is declared {', '.join(sorted(wrong))} and is of another kind ({known.kind})", name
            )


# --- Domain and range ------------------------------------------------------------------------------


def _classes(terms: Terms, facts: Facts, node: str) -> set[str]:
    """Give the classes that a node is said to be of, with their superclasses."""
    said = {*facts.iris(node, "rdf:type"), *terms.model.iris(node, "rdf:type")}
    return said.union(*(terms.above(each) for each in said))


def _is_data(terms: Terms, term: str) -> bool:
    """Tell whether a class of values is one of literals."""
    known = terms.foreign.get(term)
    return (
        term in _LITERAL or term.startswith(VOCABULARIES["xsd"]) or bool(known and known.kind == "datatype")
    )


def _sides(terms: Terms, term: str) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...], bool]:
    """Give the domain and the range of a property, own or foreign, and whether they are but advice."""
    known = terms.foreign.get(term)
    if known:
        return known.domain, known.range, known.advice
    domain, values = (
        tuple(
            frozenset(terms.model.parts(each))
            for each in terms.model.iris(term, side)
            if each != expand("owl:Thing")
        )
        for side in ("rdfs:domain", "rdfs:range")
    )
    return domain, values, False


def misfits(terms: Terms, facts: Facts) -> Iterator[tuple[str, str, bool]]:
    """Give each property that triples use outside its domain or range: it, why, and whether that is wrong.

    What contradicts is wrong: a literal where a thing belongs, a datatype of another name, a class
    that is disjoint with the one expected. What would only make the subject or value one thing
    more than it is said to be is told, and is not wrong.
    """
    for subject, predicate, value in facts.all:
        if predicate not in terms.foreign and predicate not in terms.properties:
            continue
        domain, values, advice = _sides(terms, predicate)
        if not advice:
            yield from _misfit(terms, predicate, subject, _classes(terms, facts, subject), domain, "subject")
        if isinstance(value, ox.Literal):
            yield from _wrong_literal(terms, predicate, value, values, advice=advice)
        elif values and all(_is_data(terms, each) for group in values for each in group):
            yield predicate, "has a thing for a value, and a literal belongs there", not advice
        elif not advice:
            yield from _misfit(terms, predicate, value, _classes(terms, facts, value), values, "value")


def _misfit(
    terms: Terms,
    predicate: str,
    node: str,
    said: set[str],
    expected: tuple[frozenset[str], ...],
    role: str,
) -> Iterator[tuple[str, str, bool]]:
    if not said or predicate.startswith((VOCABULARIES["rdf"], VOCABULARIES["rdfs"], VOCABULARIES["owl"])):
        return
    for group in expected:
        if said & group or expand("rdfs:Resource") in group:
            continue
        apart = all(any(terms.disjoint(one, other) for one in said) for other in group)
        kinds = " or ".join(sorted(map(terms.shorten, group)))
        verb = "cannot be" if apart else "becomes"
        text = f"has {terms.shorten(node)} for a {role}, which {verb} {kinds} by it"
        yield predicate, text, apart


def _wrong_literal(
    terms: Terms, predicate: str, value: ox.Literal, values: tuple[frozenset[str], ...], *, advice: bool
) -> Iterator[tuple[str, str, bool]]:
    datatype = str(value.datatype.value)
    for group in values:
        data = {each for each in group if _is_data(terms, each)}
        kinds = " or ".join(sorted(map(terms.shorten, group)))
        if not data:
            yield (
                predicate,
                f"has the literal '{value.value[:40]}' for a value, which is no {kinds}",
                not advice,
            )
        elif not data & _LITERAL and datatype not in data and not _narrower(datatype, data):
            yield predicate, f"has a value of {curie(datatype)}, and {kinds} belongs there", not advice


def _narrower(datatype: str, data: set[str]) -> bool:
    """Tell whether a datatype is derived from another: XML Schema's integers are decimals."""
    return iri("xsd:decimal") in data and datatype == expand("xsd:integer")


def misused(terms: Terms) -> Iterator[Finding]:
    """T3: a term whose use contradicts its domain or range, in the files or in the shapes."""
    yield from _misuse(terms, wrong=True)


def stretched(terms: Terms) -> Iterator[Finding]:
    """T4: a term whose use makes something of a class that it is not said to be of."""
    yield from _misuse(terms, wrong=False)


def _misuse(terms: Terms, *, wrong: bool) -> Iterator[Finding]:
    for name, facts in terms.facts.items():
        for predicate, text, is_wrong in misfits(terms, facts):
            if is_wrong is wrong:
                yield Finding(predicate, text, name)
    shapes = terms.facts.get("shapes.ttl")
    if shapes:
        for shape, text, is_wrong in _shaped(terms, shapes):
            if is_wrong is wrong:
                yield Finding(shape, text, "shapes.ttl")


def _shaped(terms: Terms, shapes: Facts) -> Iterator[tuple[str, str, bool]]:
    """Hold the shapes against the terms that they name: each path, with its target and its values."""
    for shape, path in shapes.pairs("sh:path"):
        if not isinstance(path, str) or (path not in terms.foreign and path not in terms.properties):
            continue
        if [each.value for each in shapes.values(shape, "sh:maxCount") if isinstance(each, ox.Literal)] == [
            "0"
        ]:
            continue  # it says that the property is not to be used so
        domain, values, advice = _sides(terms, path)
        targets = {
            t for node in shapes.subjects("sh:property", shape) for t in shapes.iris(node, "sh:targetClass")
        }
        for target in sorted(targets) if not advice else []:
            for _, text, apart in _misfit(
                terms, path, target, {target, *terms.above(target)}, domain, "subject"
            ):
                yield shape, f"{terms.shorten(path)} {text}", apart
        for value in shapes.iris(shape, "sh:class") if not advice else []:
            for _, text, apart in _misfit(terms, path, value, {value, *terms.above(value)}, values, "value"):
                yield shape, f"{terms.shorten(path)} {text}", apart
        yield from _shaped_data(terms, shapes, shape, path, values, advice=advice)


def _shaped_data(
    terms: Terms, shapes: Facts, shape: str, path: str, values: tuple[frozenset[str], ...], *, advice: bool
) -> Iterator[tuple[str, str, bool]]:
    literal = shapes.iris(shape, "sh:datatype") or expand("sh:Literal") in shapes.iris(shape, "sh:nodeKind")
    for group in values:
        data = {each for each in group if _is_data(terms, each)}
        kinds = " or ".join(sorted(map(terms.shorten, group)))
        if literal and not data:
            yield shape, f"asks for a literal by {terms.shorten(path)}, and {kinds} belongs there", not advice
        for datatype in shapes.iris(shape, "sh:datatype"):
            if data and not data & _LITERAL and datatype not in data and not _narrower(datatype, data):
                yield (
                    shape,
                    f"asks for {curie(datatype)} by {terms.shorten(path)}, and {kinds} belongs there",
                    not advice,
                )
        if data == group and (
            shapes.values(shape, "sh:class") or expand("sh:IRI") in shapes.iris(shape, "sh:nodeKind")
        ):
            yield shape, f"asks for a thing by {terms.shorten(path)}, and {kinds} belongs there", not advice


# --- Use by a graph --------------------------------------------------------------------------------


def used_by(terms: Terms, graph: Facts) -> Iterator[Finding]:
    """T5: an own term that neither a graph nor a rule uses; or one in the graph that nobody declares."""
    declared = set(terms.main.all)
    data = [fact for fact in graph.all if fact not in declared]
    used = {fact.predicate for fact in data}
    named = (
        expand("rdf:type"),
        expand("rdf:predicate"),
        *(expand(f"qb:{n}") for n in ("dimension", "measure", "attribute")),
    )
    used |= {fact.value for fact in data if fact.predicate in named and isinstance(fact.value, str)}
    used |= {str(fact.value.datatype.value) for fact in data if isinstance(fact.value, ox.Literal)}
    ruled = {
        term
        for name, text in terms.queries.items()
        if name.startswith("rules/")
        for term, _ in _in_query(text)
    }
    for term in terms.own:
        if term not in used | ruled:
            yield Finding(term, "is used neither by the data nor by a rule")
    for term in sorted(
        each for each in used if _is_foreign(terms, each) and not each.startswith(_UNDECLARED)
    ):
        if term not in terms.foreign:
            yield _unknown(terms, term, "")
        elif not terms.main.values(term, "rdf:type"):
            yield Finding(term, "is used by the data and not declared in the ontology")
        else:
            for gap in undocumented(terms.main.texts(term, "rdfs:label")):
                yield Finding(
                    term, f"is used by the data and needs exactly one label a language: it has {gap}"
                )


def used_wrongly_by(terms: Terms, graph: Facts) -> Iterator[Finding]:
    """T3: a term whose use by a graph contradicts its domain or range."""
    for predicate, text, is_wrong in misfits(terms, graph):
        if is_wrong:
            yield Finding(predicate, text)


USES = {
    "T1": Pitfall("unknown terms", "critical", unknown_terms),
    "T2": Pitfall("terms of another kind", "critical", wrong_kind),
    "T3": Pitfall("terms used against their domain or range", "critical", misused),
    "T4": Pitfall("terms used beyond their domain or range", "minor", stretched),
}
"""What the catalogue of pitfalls does not look at: the use of terms, by code."""
