"""Pitfalls: those of the OOPS! catalogue that a program can see in an ontology's files.

A dictionary from the catalogue's code to what it is called, how grave it is there, and a function
that yields each term in which it shows. Of P37 (not on the Web) the files say nothing: see
`kg.fair`, whose tests of a served ontology cover it.

Source: the catalogue of the OntOlogy Pitfall Scanner, https://oops.linkeddata.es/catalogue.jsp.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kg.iris import expand
from kg.terms import (
    CLASS_KINDS,
    LANGUAGE_OF_TERMS,
    PROPERTY_KINDS,
    Value,
    curie,
    undocumented,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.terms import Facts, Terms

LICENCES = (
    "dcterms:license",
    "dcterms:rights",
    "schema:license",
    "http://creativecommons.org/ns#license",
    "http://usefulinc.com/ns/doap#license",
    "http://www.w3.org/1999/xhtml/vocab#license",
)
LABELS = ("rdfs:label", "skos:prefLabel")
DEFINITIONS = ("skos:definition", "rdfs:comment")
RELATIONS = (
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
    "owl:equivalentClass",
    "owl:equivalentProperty",
    "owl:disjointWith",
    "owl:inverseOf",
    "skos:closeMatch",
    "rdfs:seeAlso",
)
"""What says how two terms of the same name differ."""

_CAMEL = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    _WORD.findall(
        """a an the of in on at by to for from is are be it that which who one some any kind type sort
        something en ett den det de av i på vid till för från är som något någon slags typ"""
    )
)
"""Words that define nothing."""
_MERGED = {"and", "or", "och", "eller", "&"}
_MISCELLANEOUS = {
    "other",
    "others",
    "misc",
    "miscellaneous",
    "unknown",
    "övrig",
    "övriga",
    "diverse",
    "annan",
}


class Finding(NamedTuple):
    """A term in which something shows.

    Attributes:
        term: its IRI.
        text: what is wrong with it.
        file: the file at fault, where it is not the first that describes the term.
    """

    term: str
    text: str
    file: str = ""


class Pitfall(NamedTuple):
    """One kind of fault.

    Attributes:
        title: what it is called.
        severity: critical, important or minor.
        find: the function that yields where it shows.
    """

    title: str
    severity: str
    find: Callable[[Terms], Iterator[Finding]]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _name(term: str) -> str:
    return re.split(r"[/#]", term)[-1]


def _labels(terms: Terms, term: str) -> list[str]:
    return [text for texts in terms.model.texts(term, *LABELS).values() for text in texts]


def _of(terms: Terms, kind: str) -> list[str]:
    return [term for term in terms.properties if term in terms.model.subjects("rdf:type", expand(kind))]


def _sides(terms: Terms, term: str) -> tuple[set[str], set[str]]:
    """Give the classes of a property's domain and of its range."""
    domain, values = (
        {part for side in terms.model.iris(term, each) for part in terms.model.parts(side)}
        for each in ("rdfs:domain", "rdfs:range")
    )
    known = terms.foreign.get(term)
    if known:
        domain |= {each for group in known.domain for each in group}
        values |= {each for group in known.range for each in group}
    return domain, values


def _named(terms: Terms, *curies: str) -> list[tuple[str, str]]:
    """Give the pairs of named terms that a property of ours links, where one of them is own."""
    return [
        (subject, value)
        for subject, value in terms.model.pairs(*curies)
        if isinstance(value, str)
        and not subject.startswith("_:")
        and not value.startswith("_:")
        and (terms.is_own(subject) or terms.is_own(value))
    ]


# --- Critical --------------------------------------------------------------------------------------


def is_relation(terms: Terms) -> Iterator[Finding]:
    """P03: a property that says no more than 'is', which rdf:type and rdfs:subClassOf are there for."""
    for term in terms.properties:
        called = [" ".join(_CAMEL.findall(_name(term))), *_labels(terms, term)]
        if any(name.casefold() in ("is", "is a", "is an", "isa", "är", "är en", "är ett") for name in called):
            yield Finding(term, "says only that something is something: use rdf:type or rdfs:subClassOf")


def wrong_inverses(terms: Terms) -> Iterator[Finding]:
    """P05: two inverses, the domain of one of which is not the range of the other."""
    for one, other in _named(terms, "owl:inverseOf"):
        (domain, values), (other_domain, other_values) = _sides(terms, one), _sides(terms, other)
        if domain != other_values or values != other_domain:
            yield Finding(one, f"is no inverse of {terms.shorten(other)}: domain and range do not cross over")


def cycles(terms: Terms) -> Iterator[Finding]:
    """P06: a class, property or concept that stands above itself."""
    for term in terms.classes:
        if term in terms.above(term):
            yield Finding(term, "is its own superclass, by way of others or directly")
    for term in terms.properties:
        if term in terms.above(term, "rdfs:subPropertyOf"):
            yield Finding(term, "is its own superproperty, by way of others or directly")
    for term in terms.concepts:
        if term in terms.above(term, "skos:broader"):
            yield Finding(term, "is broader than itself, by way of others or directly")


def several_sides(terms: Terms) -> Iterator[Finding]:
    """P19: a property of several domains or ranges, which together mean their intersection."""
    for term in terms.properties:
        for side in ("domain", "range"):
            found = sorted(map(terms.shorten, set(terms.model.iris(term, f"rdfs:{side}"))))
            if len(found) > 1:
                yield Finding(term, f"has {len(found)} {side}s ({', '.join(found)}): make one union of them")


def wrong_equivalent_properties(terms: Terms) -> Iterator[Finding]:
    """P27: two properties declared equivalent that differ in kind, domain or range."""
    for one, other in _named(terms, "owl:equivalentProperty"):
        kinds = [
            {k for k in PROPERTY_KINDS if expand(k) in terms.model.values(t, "rdf:type")}
            for t in (one, other)
        ]
        if _sides(terms, one) != _sides(terms, other) or (all(kinds) and kinds[0] != kinds[1]):
            yield Finding(one, f"is not equivalent to {terms.shorten(other)}: kind, domain or range differ")


def _unlike(terms: Terms, kind: str, word: str) -> Iterator[Finding]:
    for term in _of(terms, kind):
        domain, values = _sides(terms, term)
        if domain != values:
            yield Finding(term, f"cannot be {word}: its domain is not its range")


def wrong_symmetric(terms: Terms) -> Iterator[Finding]:
    """P28: a symmetric property whose domain is not its range."""
    yield from _unlike(terms, "owl:SymmetricProperty", "symmetric")


def wrong_transitive(terms: Terms) -> Iterator[Finding]:
    """P29: a transitive property whose domain is not its range."""
    yield from _unlike(terms, "owl:TransitiveProperty", "transitive")


def wrong_equivalent_classes(terms: Terms) -> Iterator[Finding]:
    """P31: two classes declared equivalent that share no member."""
    for one, other in _named(terms, "owl:equivalentClass"):
        if terms.disjoint(one, other):
            yield Finding(one, f"is declared both equivalent to and disjoint with {terms.shorten(other)}")


def ambiguous_namespace(terms: Terms) -> Iterator[Finding]:
    """P39: a file that names several ontologies, one by no absolute IRI, or terms outside its namespace."""
    declared = terms.main.instances("owl:Ontology")
    if len(declared) > 1:
        yield Finding(declared[1], "is a second ontology in the same file: give each a file of its own")
    if terms.ontology and not re.match(r"https?://", terms.ontology):
        yield Finding(
            terms.ontology, "has no absolute IRI: write it out, for a base changes with the file's place"
        )
    for texts in terms.main.texts(terms.ontology, "vann:preferredNamespaceUri").values():
        for text in texts:
            if text != terms.namespace:
                yield Finding(
                    terms.ontology, f"prefers the namespace {text}, but its terms are in {terms.namespace}"
                )


def hijacking(terms: Terms) -> Iterator[Finding]:
    """P40: a statement about a foreign term that its own vocabulary does not make."""
    said = {
        expand(each) for each in ("rdf:type", "rdfs:label", "rdfs:isDefinedBy", *DEFINITIONS, "skos:example")
    }
    higher = (expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf"))
    for name, facts in terms.facts.items():
        for subject, predicate, value in facts.all:
            if subject.startswith("_:") or predicate in said or subject not in terms.foreign:
                continue
            if predicate in higher and value in terms.foreign[subject].above:
                continue
            text = f"gets a meaning by {curie(predicate)} that its vocabulary does not give it: coin a term"
            yield Finding(subject, text, name)


# --- Important -------------------------------------------------------------------------------------


def no_disjointness(terms: Terms) -> Iterator[Finding]:
    """P10: a class that is disjoint with nothing, so that no member of it can be wrong."""
    apart = {end for pair in terms.model.pairs("owl:disjointWith") for end in pair}
    for group in terms.model.instances("owl:AllDisjointClasses"):
        apart |= {
            part for head in terms.model.iris(group, "owl:members") for part in terms.model.members(head)
        }
    for term in terms.classes:
        if not apart & {term, *terms.above(term)}:
            yield Finding(
                term, "is disjoint with no class, nor is any superclass: say what it cannot also be"
            )


def no_sides(terms: Terms) -> Iterator[Finding]:
    """P11: a property without domain or range."""
    for term in terms.properties:
        if term in _of(terms, "owl:AnnotationProperty"):
            continue
        for side in ("domain", "range"):
            if not terms.model.values(term, f"rdfs:{side}"):
                yield Finding(term, f"has no {side}")


def _twins(terms: Terms, own: list[str], kind: str) -> Iterator[tuple[str, str]]:
    """Give own terms with the local name of a foreign one that is used, where nothing tells them apart."""
    for term in own:
        for other, known in terms.foreign.items():
            if kind != ("property" if known.is_property else known.kind) or _name(other) != _name(term):
                continue
            linked = {*terms.model.values(term, *RELATIONS), *terms.model.values(other, *RELATIONS)}
            if other not in linked and term not in linked and not terms.disjoint(term, other):
                yield term, other


def undeclared_equivalent_properties(terms: Terms) -> Iterator[Finding]:
    """P12: two properties of one name, nothing being said of how they relate."""
    for term, other in _twins(terms, terms.properties, "property"):
        yield Finding(term, f"is called as {curie(other)} is: say how they relate, in alignments.ttl")
    for one, other in combinations(terms.properties, 2):
        related = {*terms.above(one, *RELATIONS), *terms.above(other, *RELATIONS)}
        if set(_labels(terms, one)) & set(_labels(terms, other)) and not {one, other} & related:
            yield Finding(
                other, f"has a label of {terms.shorten(one)}: say that they are equivalent, or rename one"
            )


def recursive_definitions(terms: Terms) -> Iterator[Finding]:
    """P24: a term defined by itself, in a class expression or in words that only repeat its label."""
    for term in terms.classes:
        for value in terms.model.iris(term, "owl:equivalentClass", "rdfs:subClassOf"):
            if term in terms.model.parts(value):
                yield Finding(term, "stands in its own definition as a class")
    for term in [*terms.own, *terms.concepts]:
        labels, definitions = (terms.model.texts(term, *each) for each in (LABELS, DEFINITIONS))
        for language, texts in definitions.items():
            known = {word for label in labels.get(language, ()) for word in _words(label)} | _SMALL
            if any(set(_words(text)) <= known for text in texts):
                yield Finding(term, f"has a definition in '{language}' that only repeats its label")


def inverse_of_itself(terms: Terms) -> Iterator[Finding]:
    """P25: a property declared the inverse of itself, which is a symmetric one."""
    for one, other in _named(terms, "owl:inverseOf"):
        if one == other:
            yield Finding(one, "is declared the inverse of itself: make it an owl:SymmetricProperty")


def inverse_of_symmetric(terms: Terms) -> Iterator[Finding]:
    """P26: a symmetric property with an inverse, which can only be itself."""
    symmetric = set(terms.model.instances("owl:SymmetricProperty"))
    for one, other in _named(terms, "owl:inverseOf"):
        for term in sorted({one, other} & symmetric):
            yield Finding(term, "is symmetric and has an inverse as well: leave one of the two out")


def undeclared_equivalent_classes(terms: Terms) -> Iterator[Finding]:
    """P30: an own class with the name of a foreign one, nothing being said of how they relate."""
    for term, other in _twins(terms, terms.classes, "class"):
        yield Finding(term, f"is called as {curie(other)} is: say how they relate, in alignments.ttl")


def _needs_type(term: Value) -> bool:
    return isinstance(term, str) and not term.startswith(("_:", *LANGUAGE_OF_TERMS))


def _typed(terms: Terms, facts: Facts, curies: tuple[str, ...]) -> set[str]:
    return {*facts.instances(*curies), *terms.main.instances(*curies)}


def _listed(terms: Terms, name: str, term: str, *, as_property: bool) -> bool:
    """Tell whether the list of foreign terms types a term, for files that only use terms."""
    known = terms.foreign.get(term)
    return name in ("concepts.ttl", "indicators.ttl") and bool(known) and known.is_property is as_property  # type: ignore[union-attr]


def untyped_property(terms: Terms) -> Iterator[Finding]:
    """P35: what is used as a property without being declared one.

    The ontology and its alignments declare each term that they use, for tools that read them
    alone; the concepts, which are data, may lean on the list of foreign terms.
    """
    for name, facts in terms.facts.items():
        if name == "shapes.ttl":
            continue
        typed = _typed(terms, facts, PROPERTY_KINDS)
        used = {predicate for _, predicate, _ in facts.all}
        links = facts.pairs("rdfs:subPropertyOf", "owl:inverseOf", "owl:equivalentProperty")
        used |= {end for pair in links for end in pair if isinstance(end, str)}
        for term in sorted(used - typed):
            if _needs_type(term) and not _listed(terms, name, term, as_property=True):
                yield Finding(term, "is used as a property and not declared as one", name)


def no_declaration(terms: Terms) -> Iterator[Finding]:
    """P38: a file of terms that declares no owl:Ontology."""
    if not terms.ontology:
        yield Finding("", "declares no owl:Ontology, so that nothing can be said of it")


def no_licence(terms: Terms) -> Iterator[Finding]:
    """P41: an ontology without a licence."""
    for name, facts in terms.facts.items():
        for term in facts.instances("owl:Ontology"):
            if not facts.values(term, *LICENCES):
                yield Finding(term, "has no licence (dcterms:license), so that nobody may use it", name)


# --- Minor -----------------------------------------------------------------------------------------


def synonyms(terms: Terms) -> Iterator[Finding]:
    """P02: two own classes declared equivalent, which is one class with two names."""
    for one, other in _named(terms, "owl:equivalentClass"):
        if terms.is_own(one) and terms.is_own(other):
            yield Finding(one, f"is equivalent to {terms.shorten(other)}: one class with two labels will do")


def unconnected(terms: Terms) -> Iterator[Finding]:
    """P04: a term that no axiom links to another; a concept that is in no scheme."""
    linked: set[str] = set()
    for subject, value in terms.model.pairs(
        "rdfs:subClassOf", "rdfs:domain", "rdfs:range", "owl:equivalentClass"
    ):
        linked |= {subject, *(terms.model.parts(value) if isinstance(value, str) else ())}
    linked |= {
        end for pair in terms.model.pairs("rdfs:subPropertyOf", "owl:inverseOf") for end in map(str, pair)
    }
    for term in sorted({*terms.classes, *terms.properties} - linked):
        yield Finding(term, "stands alone: no axiom links it to another term")
    for term in terms.concepts:
        if not terms.model.values(term, "skos:inScheme"):
            yield Finding(term, "is a concept of no scheme (skos:inScheme)")


def merged(terms: Terms) -> Iterator[Finding]:
    """P07: a class with an 'and' or 'or' in its name, which is two classes."""
    for term in terms.classes:
        called = {each.casefold() for each in _CAMEL.findall(_name(term))}
        if _MERGED & called.union(*map(_words, _labels(terms, term))):
            yield Finding(term, "is two classes by its name: split it")


def undocumented_terms(terms: Terms) -> Iterator[Finding]:
    """P08: a term without one label and one definition a language, without an example or its vocabulary."""
    for term in [*terms.own, *terms.concepts]:
        label = ("skos:prefLabel",) if term in terms.concepts else ("rdfs:label",)
        for word, curies in (("label", label), ("definition", ("skos:definition",))):
            for gap in undocumented(terms.model.texts(term, *curies)):
                yield Finding(term, f"needs exactly one {word} a language, and has {gap}")
        if not terms.model.values(term, "rdfs:isDefinedBy"):
            yield Finding(term, "does not say in which vocabulary it is defined (rdfs:isDefinedBy)")
    for term in terms.own:
        if not terms.model.values(term, "skos:example"):
            yield Finding(term, "has no example (skos:example)")


def no_inverse(terms: Terms) -> Iterator[Finding]:
    """P13: an object property without an inverse."""
    paired = {end for pair in terms.model.pairs("owl:inverseOf") for end in pair}
    for term in _of(terms, "owl:ObjectProperty"):
        if term not in paired and term not in terms.model.instances("owl:SymmetricProperty"):
            yield Finding(term, "has no inverse")


def misused_annotations(terms: Terms) -> Iterator[Finding]:
    """P20: a label that is empty, or longer than the definition; a definition that is the label."""
    for term in [*terms.own, *terms.concepts]:
        labels, definitions = terms.model.texts(term, *LABELS), terms.model.texts(term, "skos:definition")
        for language in sorted({*labels, *definitions}):
            names, texts = labels.get(language, []), definitions.get(language, [])
            if not all(text.strip() for text in names + texts):
                yield Finding(term, f"has an empty label or definition in '{language}'")
            elif set(names) & set(texts):
                yield Finding(term, f"has its label for a definition in '{language}'")
            elif term in terms.own and texts and any(len(name) > max(map(len, texts)) for name in names):
                yield Finding(
                    term, f"has a label in '{language}' that is longer than the definition: swapped?"
                )


def miscellaneous(terms: Terms) -> Iterator[Finding]:
    """P21: a class for what fits no other, which has nothing in common."""
    for term in terms.classes:
        called = {each.casefold() for each in _CAMEL.findall(_name(term))}
        if _MISCELLANEOUS & called.union(*map(_words, _labels(terms, term))):
            yield Finding(term, "is a class for whatever is left over: say what its members have in common")


def mixed_names(terms: Terms) -> Iterator[Finding]:
    """P22: a name that is not written as its kind is: Class, property, concept-key."""
    styles = (
        (terms.classes, r"[A-Z][A-Za-z0-9]*", "a class is written LikeThis"),
        (terms.properties, r"[a-z][A-Za-z0-9]*", "a property is written likeThis"),
        (terms.concepts, r"[a-z0-9]+(-[a-z0-9]+)*", "a concept is written like-this"),
    )
    for several, style, rule in styles:
        for term in several:
            if not re.fullmatch(style, _name(term)):
                yield Finding(term, f"{rule}, '{_name(term)}' is not")
    for several, upper in ((terms.classes, True), (terms.properties, False)):
        for term in several:
            for text in _labels(terms, term):
                if text[:1] and text[:1].isupper() is not upper:
                    begins = "an upper-case" if upper else "a lower-case"
                    yield Finding(term, f"has a label, '{text}', that does not begin with {begins} letter")


def same_label(terms: Terms) -> Iterator[Finding]:
    """P32: one label on several classes, or on several concepts of one scheme."""
    groups: dict[tuple[str, str, str], set[str]] = {}
    classes = terms.main.instances(*CLASS_KINDS)
    for term in [*classes, *terms.concepts]:
        group = "class" if term in classes else " ".join(terms.model.iris(term, "skos:inScheme"))
        for language, texts in terms.model.texts(term, *LABELS).items():
            for text in texts:
                groups.setdefault((group, language, text.casefold()), set()).add(term)
    for (_, language, _), several in sorted(groups.items()):
        first, *others = sorted(several)
        for term in others:
            yield Finding(term, f"has the same label in '{language}' as {terms.shorten(first)}")


def chain_of_one(terms: Terms) -> Iterator[Finding]:
    """P33: a property chain of one property, which is a subproperty."""
    for term, head in terms.model.pairs("owl:propertyChainAxiom"):
        if isinstance(head, str) and len(terms.model.members(head)) <= 1:
            yield Finding(term, "has a chain of one property: use rdfs:subPropertyOf")


def untyped_class(terms: Terms) -> Iterator[Finding]:
    """P34: what is used as a class without being declared one; for which files, see P35."""
    for name, facts in terms.facts.items():
        if name == "shapes.ttl":
            continue
        typed = _typed(terms, facts, (*CLASS_KINDS, "rdfs:Datatype"))
        links = facts.pairs("rdfs:subClassOf", "owl:disjointWith", "owl:equivalentClass")
        used = {end for pair in links for end in pair}
        used |= {value for _, value in facts.pairs("rdf:type", "rdfs:domain", "rdfs:range")}
        used |= {part for _, head in facts.pairs("owl:unionOf") for part in facts.members(str(head))}
        for term in sorted(each for each in used if isinstance(each, str)):
            if term not in typed and _needs_type(term) and not _listed(terms, name, term, as_property=False):
                yield Finding(term, "is used as a class and not declared as one", name)


def file_extension(terms: Terms) -> Iterator[Finding]:
    """P36: an ontology whose IRI ends as a file does, which binds it to one format."""
    for facts in terms.facts.values():
        for term in facts.instances("owl:Ontology"):
            if re.search(r"\.(owl|rdf|ttl|n3|nt|xml|jsonld|json)$", term):
                yield Finding(term, "has the name of a file: leave the extension out")


PITFALLS = {
    "P02": Pitfall("synonyms as classes", "minor", synonyms),
    "P03": Pitfall("'is' as a relation", "critical", is_relation),
    "P04": Pitfall("unconnected terms", "minor", unconnected),
    "P05": Pitfall("wrong inverses", "critical", wrong_inverses),
    "P06": Pitfall("cycles", "critical", cycles),
    "P07": Pitfall("merged concepts", "minor", merged),
    "P08": Pitfall("missing annotations", "minor", undocumented_terms),
    "P10": Pitfall("no disjointness", "important", no_disjointness),
    "P11": Pitfall("missing domain or range", "important", no_sides),
    "P12": Pitfall("equivalent properties not declared", "important", undeclared_equivalent_properties),
    "P13": Pitfall("inverse not declared", "minor", no_inverse),
    "P19": Pitfall("several domains or ranges", "critical", several_sides),
    "P20": Pitfall("misused annotations", "minor", misused_annotations),
    "P21": Pitfall("miscellaneous class", "minor", miscellaneous),
    "P22": Pitfall("mixed naming conventions", "minor", mixed_names),
    "P24": Pitfall("recursive definitions", "important", recursive_definitions),
    "P25": Pitfall("inverse of itself", "important", inverse_of_itself),
    "P26": Pitfall("inverse of a symmetric property", "important", inverse_of_symmetric),
    "P27": Pitfall("wrong equivalent properties", "critical", wrong_equivalent_properties),
    "P28": Pitfall("wrong symmetric property", "critical", wrong_symmetric),
    "P29": Pitfall("wrong transitive property", "critical", wrong_transitive),
    "P30": Pitfall("equivalent classes not declared", "important", undeclared_equivalent_classes),
    "P31": Pitfall("wrong equivalent classes", "critical", wrong_equivalent_classes),
    "P32": Pitfall("the same label on several classes", "minor", same_label),
    "P33": Pitfall("chain of one property", "minor", chain_of_one),
    "P34": Pitfall("untyped class", "minor", untyped_class),
    "P35": Pitfall("untyped property", "important", untyped_property),
    "P36": Pitfall("file extension in the IRI", "minor", file_extension),
    "P38": Pitfall("no ontology declared", "important", no_declaration),
    "P39": Pitfall("ambiguous namespace", "critical", ambiguous_namespace),
    "P40": Pitfall("namespace hijacking", "critical", hijacking),
    "P41": Pitfall("no licence", "important", no_licence),
}
"""The catalogue's automated pitfalls by code; P37 is missing, since files do not show it."""
