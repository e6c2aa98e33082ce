"""Exports: the one table of forms that a data set, its network or its tables are exported in.

A new form is a function `write(part) -> bytes` in a module of its own, and a line here. The same data
give the same bytes each time: dates in a file are those of the data set's version, never the clock's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import canonical, formats, ontology
from kg.errors import QueryError, nearest
from kg.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import networkx as nx

    from kg.embedded import Embedded


@dataclass(frozen=True)
class Part:
    """What is exported: a data set or a part of it, and how.

    Attributes:
        store: its triples: a default graph, and named graphs where it has some.
        language: of names in a network.
        asserted: leave out what was derived.
        modes: of a network, `1` for organisations alone.
        period: of a network, what may have held then.
        named: the IRI of the named graph that the default graph is written as; none leaves it.
        context: the IRI of a JSON-LD context, in place of one inside the file.
        tables: the data folder whose tables a workbook holds; none of RDF and of a part.
        seconds: that naming blank nodes may take.
        drawn: the network, where it is not the whole of the store's.
    """

    store: Embedded
    language: str = "en"
    asserted: bool = False
    modes: str = "2"
    period: str = ""
    named: str = ""
    context: str = ""
    tables: Path | None = None
    seconds: float = 30.0
    drawn: nx.Graph | None = field(default=None, repr=False)

    @cached_property
    def quads(self) -> list[ox.Quad]:
        """The quads, sorted, the default graph first or under its name.

        Blank nodes, which a store names anew each time, have the names that RDFC-1.0 gives them.

        Raises:
            QueryError: where another graph has that name, whose triples would be others' then, or
                blank nodes cannot be named.
            TimeoutExceeded: where naming them takes longer than it may.
        """
        derived = ox.NamedNode(f"{self.store.base}graph/derived")
        quads = list(self.store.store)
        if self.asserted:
            left_out = {quad.triple for quad in self.store.store.quads_for_pattern(None, None, None, derived)}
            quads = [quad for quad in quads if quad.triple not in left_out]
        if self.named:
            name = ox.NamedNode(self.named)
            held = {quad.triple for quad in quads if quad.graph_name == name}
            if held and any(quad.graph_name == _DEFAULT and quad.triple not in held for quad in quads):
                raise QueryError(f"--as-graph: <{self.named}> is a graph of the data set; give another IRI")
            quads = [
                ox.Quad(quad.subject, quad.predicate, quad.object, name)
                if quad.graph_name == _DEFAULT
                else quad
                for quad in quads
            ]
        return sorted(canonical.named(quads, self.seconds), key=_order)

    @property
    def triples(self) -> list[ox.Triple]:
        """The triples of the default graph, sorted."""
        return [quad.triple for quad in self.quads if quad.graph_name == _DEFAULT]

    @cached_property
    def network(self) -> nx.Graph:
        """The network that the part is drawn as."""
        from kg import network, projection

        whole = self.drawn if self.drawn is not None else network.read(self.store, self.language)
        if self.period:
            whole = projection.as_of(whole, self.period)
        return projection.one_mode(whole) if self.modes == "1" else whole


@dataclass(frozen=True)
class Form:
    """A form of export.

    Attributes:
        name: what `--format` calls it.
        about: what it is, in a few words.
        ending: what its files' names end in after the data set's name.
        of: what it holds: the default graph (`graph`), all graphs (`graphs`), the `network` or `tables`.
        writer: `module:function`.
        checksum: whether its SHA-256 is told.
    """

    name: str
    about: str
    ending: str
    of: str
    writer: str
    checksum: bool = False

    def load(self) -> Callable[[Part], bytes]:
        """Import what writes it."""
        module, _, function = self.writer.partition(":")
        writer: Callable[[Part], bytes] = getattr(import_module(module), function)
        return writer


_TABLE = (
    Form("ttl", "Turtle, by kind of thing", ".ttl", "graph", "kg.syntaxes:ttl"),
    Form("trig", "TriG, with the named graphs", ".trig", "graphs", "kg.syntaxes:trig"),
    Form("nt", "N-Triples", ".nt", "graph", "kg.syntaxes:nt"),
    Form("nq", "N-Quads, with the named graphs", ".nq", "graphs", "kg.syntaxes:nq"),
    Form("jsonld", "JSON-LD 1.1, dates framed in their facts", ".jsonld", "graph", "kg.syntaxes:jsonld"),
    Form("rdf", "RDF/XML", ".rdf", "graph", "kg.syntaxes:rdf"),
    Form(
        "canonical", "N-Quads of RDFC-1.0", ".canonical.nq", "graphs", "kg.syntaxes:canonical", checksum=True
    ),
    Form("graphml", "the network, for many programs", ".graphml", "network", "kg.drawings:graphml"),
    Form("gexf", "the network, for Gephi and its timeline", ".gexf", "network", "kg.drawings:gexf"),
    Form("nodes", "the network's nodes, as CSV", "-nodes.csv", "network", "kg.drawings:nodes"),
    Form("edges", "its edges, as CSV", "-edges.csv", "network", "kg.drawings:edges"),
    Form(
        "nodes-excel",
        "its nodes, safe for spreadsheets",
        "-nodes-excel.csv",
        "network",
        "kg.drawings:nodes_safe",
    ),
    Form(
        "edges-excel",
        "its edges, safe for spreadsheets",
        "-edges-excel.csv",
        "network",
        "kg.drawings:edges_safe",
    ),
    Form("vis", "the network, as JSON for vis-network", ".vis.json", "network", "kg.drawings:vis"),
    Form("cytoscape", "the network, as JSON for Cytoscape", ".cyjs", "network", "kg.drawings:cytoscape"),
    Form("xlsx", "an Excel workbook: a sheet a table", ".xlsx", "tables", "kg.sheets:write"),
)
FORMS = {form.name: form for form in _TABLE}
SYNTAXES = tuple(form.name for form in _TABLE if form.of in ("graph", "graphs"))
"""The forms of the graph."""
NETWORKS = tuple(form.name for form in _TABLE if form.of == "network")
"""The forms of the network."""
ALIASES = formats.SUFFIXES | {"n-triples": "nt", "n-quads": "nq", "rdf/xml": "rdf", "rdfc-1.0": "canonical"}
ALIASES |= {"vis-network": "vis", "cyjs": "cytoscape", "excel": "xlsx", "owl": "rdf"}
"""Other names that people know the forms by."""
_DEFAULT = ox.DefaultGraph()


def form_of(word: str) -> str:
    """Give the name of the form that a word means.

    Raises:
        QueryError: where it is none; it names the nearest.

    >>> form_of("Turtle")
    'ttl'
    """
    name = ALIASES.get(word.lower(), word.lower())
    if name in FORMS:
        return name
    hint = nearest(name, [*FORMS, *ALIASES]) or f"; there are {', '.join(FORMS)}"
    raise QueryError(f"there is no export format '{word}'{hint}")


def by_ending(name: str) -> str:
    """Give the form that a file's name ends as, the longest ending first; Turtle where it has no ending.

    Raises:
        QueryError: where no form has files of that ending.

    >>> by_ending("stockholm.canonical.nq"), by_ending("nodes.csv"), by_ending("mine")
    ('canonical', 'nodes', 'ttl')
    """
    endings = sorted(_TABLE, key=lambda form: -len(form.ending))
    found = next((form.name for form in endings if f"-{name.lower()}".endswith(form.ending)), "")
    ending = PurePath(name.lower()).suffix
    if not found and ending and ending[1:] not in ALIASES:
        raise QueryError(f"no export has files that end in '{ending}'; name one with --format")
    return found or ALIASES.get(ending[1:], "ttl")


def write(part: Part, form: str) -> bytes:
    """Write a part of a data set in a form.

    Raises:
        QueryError: where there is no such form, or it cannot hold what the part holds.
    """
    return FORMS[form_of(form)].load()(part)


def export(store: Embedded, form: str, *, asserted: bool = False) -> str:
    """Write a data set's graph as text.

    Args:
        store: the data set's own store.
        form: one of `SYNTAXES`.
        asserted: leave out what was derived.
    """
    return write(Part(store, asserted=asserted), form).decode()


def network(graph: nx.Graph, form: str, language: str = "en") -> bytes:
    """Write a network, or a part or projection of it, in one of `NETWORKS`."""
    from kg.embedded import Embedded

    return write(Part(Embedded(ox.Store(), ""), language, drawn=graph), form)


def turtle_of(quads: Iterable[ox.Quad], base: str) -> str:
    """Write the default graph of some quads as Turtle that people read."""
    triples = [quad.triple for quad in quads if quad.graph_name == _DEFAULT]
    return formats.turtle(triples, base, prefixes(base, ontology.load().schemes))


def _order(quad: ox.Quad) -> tuple[str, str]:
    """Order by graph, the default one first, then by triple, so that TriG writes each graph once."""
    name = quad.graph_name
    return ("" if isinstance(name, ox.DefaultGraph) else str(name), str(quad.triple))
