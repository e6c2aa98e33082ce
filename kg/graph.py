"""The graph of a data folder: tables, built, derived, validated.

The default graph holds all that questions need: the data, asserted and derived, the concepts and
the ontology. Beside it stand one named graph a source, with all that the source supports, one with
what was derived, and one with the data set's own description.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from kg import cells, ontology
from kg.build import build
from kg.constraints import hold
from kg.derive import derive
from kg.errors import InvalidData
from kg.iris import expand
from kg.validate import validate

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

    from kg.errors import Problem
    from kg.tables import Folder


@dataclass(frozen=True)
class Whole:
    """A data folder's graph and what is known of it.

    Attributes:
        folder: the rows.
        quads: default and named graphs.
        problems: what the shapes and constraints found, warnings too.
    """

    folder: Folder
    quads: list[ox.Quad]
    problems: list[Problem]

    @property
    def violations(self) -> list[Problem]:
        """What must not stand."""
        return [problem for problem in self.problems if problem.severity == "violation"]

    @property
    def base(self) -> str:
        """The id base."""
        return self.folder.dataset["base"]


def assemble(path: Path) -> Whole:
    """Make the graph of a data folder, and hold it against the shapes and the constraints.

    Raises:
        InvalidData: with all problems of the tables, where a graph cannot be built of them.
        NotFound: where there is no such folder.
    """
    known = ontology.load()
    folder = cells.load(path, known)
    built = build(folder, known)
    store = ox.Store()
    store.extend(_quad(triple) for triple in _triples(built.default))
    for file in known.graph_files:
        store.extend(_quad(triple) for triple in _named(file))
    derived = derive(store, known.rules)
    problems = validate(_rdflib(store), known.shapes, built.origins)
    base = folder.dataset["base"]
    for source, graph in sorted(built.by_source.items()):
        name = ox.NamedNode(f"{base}graph/{source}")
        store.extend(_quad(triple, name) for triple in _triples(graph))
    store.extend(_quad(triple, ox.NamedNode(f"{base}graph/derived")) for triple in derived)
    store.extend(
        [_quad(triple, ox.NamedNode(f"{base}graph/description")) for triple in _described(store, base)]
    )
    problems += hold(store, folder, built.origins)
    return Whole(folder, list(store), problems)


def _described(store: ox.Store, base: str) -> list[ox.Triple]:
    """Give the data set's own description: what the graph says of it, its cubes and its sources."""
    own = (f"<{base}dataset/", f"<{base}source/")
    quads = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return [
        quad.triple for quad in quads if str(quad.subject).startswith(own) and "#" not in str(quad.subject)
    ]


def make(path: Path) -> tuple[str, list[ox.Quad]]:
    """Make the quads of a sound data folder.

    Raises:
        InvalidData: with all problems of the tables, or all that the shapes found.
    """
    whole = assemble(path)
    if whole.violations:
        raise InvalidData(whole.violations)
    return whole.base, whole.quads


def _quad(triple: ox.Triple, graph: ox.NamedNode | None = None) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _named(file: Path) -> list[ox.Triple]:
    """Read an ontology file but for its anonymous classes.

    A blank node has another name each time it is read, and then no two stores or exports would be
    the same; who reasons over the ontology reads its own file.
    """
    triples = [quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)]
    return [
        t
        for t in triples
        if not isinstance(t.subject, ox.BlankNode) and not isinstance(t.object, ox.BlankNode)
    ]


def _triples(graph: Graph) -> list[ox.Triple]:
    """Bring rdflib's triples to Oxigraph, which checks each term as it parses."""
    text = graph.serialize(format="nt", encoding="utf-8")
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


def _rdflib(store: ox.Store) -> Graph:
    """Bring Oxigraph's triples to rdflib."""
    made: dict[object, Node] = {}

    def term(node: object) -> Node:
        found = made.get(node)
        if found is None:
            found = made[node] = _term(node)
        return found

    graph = Graph()
    for quad in store:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _term(node: object) -> Node:
    if isinstance(node, ox.NamedNode):
        return URIRef(node.value)
    if isinstance(node, ox.Literal):
        if node.language:
            return Literal(node.value, lang=node.language)
        datatype = node.datatype.value
        plain = datatype == expand("xsd:string")
        return Literal(node.value) if plain else Literal(node.value, datatype=URIRef(datatype))
    raise TypeError(f"{node} is neither an IRI nor a literal")
