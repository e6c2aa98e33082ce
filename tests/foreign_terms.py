"""Write ontology/foreign-terms.tsv: what other vocabularies say of the terms that the project uses.

    python tests/foreign_terms.py [FOLDER OF VOCABULARIES]

To be run when a term of another vocabulary comes into use; a test holds that the list is up to
date. The vocabularies themselves stay out of the package.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

from kg import graph, terms
from kg.iris import CONCEPTS, VOCABULARIES, expand
from kg.terms import CLASS_KINDS, Facts, curie, iri

ROOT = Path(__file__).resolve().parent.parent
PROJECT = CONCEPTS.removesuffix("concept/").rstrip("/")
COLUMNS = ("term", "kind", "above", "domain", "range", "disjoint", "advice")
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nq": ox.RdfFormat.N_QUADS, ".owl": ox.RdfFormat.RDF_XML}

FILES = {
    "org": ["org.ttl"],
    "prov": ["prov-o.ttl"],
    "skos": ["skos.nq"],
    "time": ["time.nq"],
    "qb": ["qb.nq"],
    "foaf": ["foaf.nq"],
    "dcterms": ["dcterms.nq"],
    "schema": ["schema.nq"],
    "dcat": ["dcat3.ttl"],
    "rdf": ["rdf.nq"],
    "rdfs": ["rdfs.nq"],
    "owl": ["owl.nq"],
    "sh": ["sh.nq"],
    "vann": ["EURIO.ttl", "void.nq"],
    "eurio": ["EURIO.ttl"],
    "m8g": ["cpov.ttl"],
    "vivo": ["vivo.owl"],
}
"""The files that describe each vocabulary; that of the two vann annotations is not among them, but
EURIO and VoID use both."""

DATATYPES = "anyURI boolean date dateTime decimal double gYear gYearMonth integer nonNegativeInteger string"
"""XML Schema's, which has no RDF file."""

DOCUMENTS = {expand("rdfs:isDefinedBy"), expand("dcterms:license"), expand("dcterms:source")}
"""Properties whose value is a document or a whole vocabulary, not a term."""

KINDS = {
    "class": CLASS_KINDS,
    "datatype": ("rdfs:Datatype",),
    "object": ("owl:ObjectProperty",),
    "data": ("owl:DatatypeProperty",),
    "annotation": ("owl:AnnotationProperty",),
    "property": ("rdf:Property",),
}
"""The kinds of term; the first that a term is of counts."""


def folder() -> Path:
    """Give the folder of vocabularies, which lies beside the repository or where the environment says."""
    return Path(os.environ.get("KG_ONTOLOGIES") or ROOT.parent / "shared" / "ontologies")


def used(ontology: Path, data: Path) -> set[str]:
    """Give the terms of other vocabularies in the ontology, its rules, the questions and a graph."""
    texts = [*ontology.glob("*/*.rq"), *(ontology.parent / "queries").glob("*.rq")]
    found = {term for path in texts for term in in_query(path.read_text(encoding="utf-8"))}
    triples = [
        quad
        for path in sorted(ontology.glob("*.ttl"))
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    ] + graph.assemble(data).quads
    for triple in triples:
        found |= {triple.predicate.value}
        nodes = [triple.subject] if triple.predicate.value in DOCUMENTS else [triple.subject, triple.object]
        found |= {node.value for node in nodes if isinstance(node, ox.NamedNode)}
        if isinstance(triple.object, ox.Literal):
            found.add(triple.object.datatype.value)
    known = tuple(terms.PREFIXES.values())
    return {
        term
        for term in found
        if term.startswith(known) and not term.startswith(PROJECT) and term not in terms.PREFIXES.values()
    }


def in_query(text: str) -> set[str]:
    """Give the terms of known vocabularies that a SPARQL text names."""
    prefixes = terms.prefixes_of(text)
    bare = re.sub(r'"[^"\n]*"|#[^\n]*', "", "\n".join(x for x in text.splitlines() if "PREFIX" not in x))
    words = re.findall(r"(?<![\w<?:/-])([a-z][\w-]*):([A-Za-z][\w-]*)", bare)
    return {prefixes[prefix] + name for prefix, name in words if prefix in prefixes}


def described(vocabularies: Path) -> dict[str, Facts]:
    """Read all vocabularies, each file once, under the namespaces that it describes."""
    read: dict[str, list[ox.Quad]] = {}
    for name in sorted({name for names in FILES.values() for name in names}):
        path = vocabularies / name
        read[name] = list(ox.parse(path=str(path), format=FORMATS[path.suffix]))
    return {
        VOCABULARIES.get(prefix, iri(f"{prefix}:")): terms.facts_of(
            quad for name in names for quad in read[name]
        )
        for prefix, names in FILES.items()
    }


def row(term: str, facts: Facts) -> dict[str, str] | None:
    """Describe a term as its vocabulary does; nothing where the vocabulary does not know it."""
    kinds = {value for value in facts.values(term, "rdf:type") if isinstance(value, str)}
    kind = next((name for name, curies in KINDS.items() if kinds & {iri(each) for each in curies}), "")
    if not kind:
        kind = "annotation" if facts.pairs(term) else "individual" if kinds else ""
    if not kind:
        return None
    says = sides(facts, term, "rdfs:domain") + sides(facts, term, "rdfs:range")
    advice = facts.values(term, "schema:domainIncludes", "schema:rangeIncludes", RANGE_INCLUDES)
    above = (
        ("rdfs:subClassOf", "owl:equivalentClass")
        if kind in ("class", "datatype")
        else ("rdfs:subPropertyOf",)
    )
    higher = climb(facts, term, above)
    return {
        "term": curie(term),
        "kind": kind,
        "above": words(higher),
        "domain": sides(facts, term, "rdfs:domain") or words(facts.iris(term, "schema:domainIncludes")),
        "range": sides(facts, term, "rdfs:range")
        or words(facts.iris(term, "schema:rangeIncludes", RANGE_INCLUDES)),
        "disjoint": words(apart(facts, {term, *higher})) if kind == "class" else "",
        "advice": "yes" if advice and not says else "",
    }


RANGE_INCLUDES = "http://purl.org/dc/dcam/rangeIncludes"


def climb(facts: Facts, term: str, curies: tuple[str, ...]) -> set[str]:
    """Give all that stands above a term and has a name."""
    found: set[str] = set()
    left = [term]
    while left:
        for higher in facts.iris(left.pop(), *curies):
            if higher not in found and higher != term and not higher.startswith("_:"):
                found.add(higher)
                left.append(higher)
    return found


def sides(facts: Facts, term: str, side: str) -> str:
    """Give domains or ranges, inherited ones too: alternatives by spaces, what holds beside by `&`."""
    higher = climb(facts, term, ("rdfs:subPropertyOf",))
    classes = {
        words(part for part in facts.parts(value) if not part.startswith("_:"))
        for each in {term, *higher}
        for value in facts.iris(each, side)
        if value not in (expand("owl:Thing"), expand("rdfs:Resource"))
    }
    return " & ".join(sorted(filter(None, classes)))


def apart(facts: Facts, classes: set[str]) -> set[str]:
    """Give what is disjoint with any of the classes."""
    found = {other for each in classes for other in facts.iris(each, "owl:disjointWith")}
    found |= {other for each in classes for other in facts.subjects("owl:disjointWith", each)}
    for group in facts.instances("owl:AllDisjointClasses"):
        members = {part for head in facts.iris(group, "owl:members") for part in facts.members(head)}
        if members & classes:
            found |= members - classes
    return {each for each in found if not each.startswith("_:")}


def words(several: object) -> str:
    """Write terms into one cell."""
    return " ".join(sorted({curie(each) for each in several}))  # type: ignore[attr-defined]


def listed(vocabularies: Path, wanted: set[str]) -> str:
    """Give the text of the list: the terms used that their vocabularies describe, in order."""
    facts = described(vocabularies)
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for name in DATATYPES.split():
        if expand(f"xsd:{name}") in wanted:
            rows[f"xsd:{name}"] = dict.fromkeys(COLUMNS, "") | {"term": f"xsd:{name}", "kind": "datatype"}
    for term in wanted - {expand(f"xsd:{name}") for name in DATATYPES.split()}:
        namespace = max((n for n in facts if term.startswith(n)), key=len, default="")
        found = row(term, facts[namespace]) if namespace else None
        if found:
            rows[found["term"]] = found
    lines = ["\t".join(each[column] for column in COLUMNS) for _, each in sorted(rows.items())]
    head = (
        "# What other vocabularies say of their terms that are used here; written by tests/foreign_terms.py."
    )
    return "\n".join([head, "\t".join(COLUMNS), *lines, ""])


if __name__ == "__main__":
    source = Path(sys.argv[1]) if sys.argv[1:] else folder()
    text = listed(source, used(ROOT / "ontology", ROOT / "data" / "stockholm"))
    (ROOT / "ontology" / terms.FOREIGN).write_text(text, encoding="utf-8")
