"""Closure: what follows from ontology and data by OWL 2 RL, and whether any of it contradicts itself.

The rules are those of the OWL 2 RL profile (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL) as owlrl
runs them, an extra of the package. With the vocabularies that the ontology rests on this takes
about a quarter of a minute for Stockholm, so that it belongs to a check before release.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import OWL, Graph, URIRef

from kg.errors import NotFound, Problem, shown
from kg.iris import expand
from kg.terms import MAIN, RULE, curie, facts_of, read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BASIS = ("org.ttl", "prov-o.ttl", "skos.nq", "time.nq", "qb.nq")
"""The vocabularies that the ontology rests on, whole."""
ALIGNED = ("EURIO.ttl", "vivo.owl", "cpov.ttl", "schema.nq")
"""Those that it is aligned to: of them only what stands above a term that the alignments name,
since VIVO and schema.org whole would take very long."""

FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nq": ox.RdfFormat.N_QUADS, ".owl": ox.RdfFormat.RDF_XML}
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
"""The property by which owlrl says what contradicts."""

AXIOMS = tuple(
    f"{prefix}{name}"
    for prefix, names in (
        ("rdfs:", ("subClassOf", "subPropertyOf", "domain", "range")),
        ("owl:", ("disjointWith", "equivalentClass", "equivalentProperty", "inverseOf")),
    )
    for name in names
)
_IRI = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;)]")


def closure(
    folder: Path,
    triples: Iterable[ox.Triple | ox.Quad] = (),
    vocabularies: Path | None = None,
    *,
    alignments: bool = False,
) -> list[Problem]:
    """Give the contradictions in an ontology, a graph and the vocabularies that they rest on.

    Args:
        folder: the ontology's folder.
        triples: a graph; the ontology itself may be among it.
        vocabularies: the folder of the vocabularies' own files; without it the ontology and the
            graph are closed alone, and a warning says so.
        alignments: whether the alignments, and of the vocabularies that they name what stands
            above the terms named, are closed as well.

    Raises:
        NotFound: where owlrl is not installed, or the folder of vocabularies lacks one.
    """
    try:
        import owlrl
    except ImportError as error:
        message = (
            "owlrl is not installed, which reasons over the ontology; pip install 'innovation-kg[reason]'"
        )
        raise NotFound(message) from error
    path = shown(folder / MAIN)
    graph = gather(folder, triples, vocabularies, alignments=alignments)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    problems = {_problem(path, str(message)) for message in graph.objects(None, ERROR)}
    if vocabularies is None:
        text = "closed without the vocabularies that the ontology rests on: no folder of them is given"
        problems.add(Problem(path, 0, text, "warning", "", f"{RULE}closure"))
    return sorted(problems)


def gather(
    folder: Path,
    triples: Iterable[ox.Triple | ox.Quad] = (),
    vocabularies: Path | None = None,
    *,
    alignments: bool = False,
) -> Graph:
    """Bring together what is to be closed; the arguments are those of `closure`."""
    terms = read(folder)
    names = [MAIN, "indicators.ttl", "concepts.ttl"]
    if alignments:
        names.append("alignments.ttl")
    parts = [_parse(folder / name) for name in names if name in terms.facts]
    parts.append([ox.Triple(each.subject, each.predicate, each.object) for each in triples])
    if vocabularies is not None:
        parts += [_parse(_there(vocabularies / name)) for name in BASIS]
        if alignments:
            named = {
                end for pair in terms.facts["alignments.ttl"].all for end in pair if isinstance(end, str)
            }
            parts += [_above(_parse(_there(vocabularies / name)), named) for name in ALIGNED]
    graph = Graph()
    for number, part in enumerate(parts):
        # Each file's blank nodes stay its own.
        text = "".join(f"{triple} .\n" for triple in part).replace("_:", f"_:f{number}x")
        graph.parse(data=text, format="nt")
    # By ORG's key two organisations with one identifier are the same. owlrl (7.6.2) compares all
    # properties of a key but the last, so that by a key of one property whatever has an identifier
    # is the same as every other organisation. The shapes hold that no identifier belongs to two.
    graph.remove((None, OWL.hasKey, None))
    return graph


def _there(path: Path) -> Path:
    if not path.is_file():
        raise NotFound(f"{path}: this vocabulary is not in the folder of vocabularies")
    return path


def _parse(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=str(path), format=FORMATS[path.suffix])]


def _above(triples: list[ox.Triple], named: set[str]) -> list[ox.Triple]:
    """Keep the axioms between named terms that lead upwards from the terms named."""
    facts = facts_of(triples)
    kept: list[ox.Triple] = []
    seen, left = set[str](), sorted(named)
    while left:
        term = left.pop()
        if term in seen:
            continue
        seen.add(term)
        for axiom in AXIOMS:
            higher = [each for each in facts.iris(term, axiom) if not each.startswith("_:")]
            left += higher
            kept += [_triple(term, axiom, each) for each in higher]
    return kept


def _triple(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), ox.NamedNode(value))


def _problem(path: str, message: str) -> Problem:
    """Tell a contradiction with the terms as people write them, about the first thing it names."""
    things = [found for found in _IRI.findall(message) if curie(found) == found]
    text = _IRI.sub(lambda found: curie(found[0]), message)
    return Problem(path, 0, f"contradiction: {text}", "violation", (things or [""])[0], f"{RULE}closure")
