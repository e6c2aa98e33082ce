"""Build: from the rows of a data folder to the asserted graph.

What a row says, as `kg.makers` has it, goes into the default graph and into the graph of each source
that it cites.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import Graph

from kg import makers, sources
from kg.keys import keys
from kg.makers import DERIVED_FROM, MAKERS, REFERENCED_BY, TYPE, Ecosystem, cited_passages, term
from kg.references import index
from kg.tables import description

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.makers import Triple
    from kg.ontology import Ontology
    from kg.tables import Folder, Row


@dataclass
class Built:
    """The asserted graph of a data folder.

    Attributes:
        default: all triples.
        by_source: the triples that each source supports, by its key.
        origins: the row that each thing, membership, statement or observation came from.
    """

    default: Graph = field(default_factory=Graph)
    by_source: dict[str, Graph] = field(default_factory=lambda: defaultdict(Graph))
    origins: dict[str, Row] = field(default_factory=dict)


def build(folder: Folder, ontology: Ontology) -> Built:
    """Build the asserted graph of a data folder whose cells were found right by `kg.cells`."""
    tables = {table.name: table for table in description()}
    eco = Ecosystem(folder, index(folder, ontology), tables, keys(folder))
    built = Built()
    for triple in makers.of_dataset(eco):
        built.default.add(triple)
    for row in folder.of("sources"):
        built.origins[str(eco.node(row))] = row
        _add(built, makers.of_source(row, eco), [row["key"]], eco)
    for name, make in MAKERS.items():
        for row in folder.of(name):
            triples = list(make(row, eco))
            stated = [s for s, p, o in triples if p == TYPE and o == term("inno:Statement")]
            for node in (eco.node(row), *stated):
                built.origins.setdefault(str(node), row)
            cited = sorted({span.source for span in cited_passages(row)})
            _add(built, triples, cited, eco)
    wholes = {sources.Passage(row["key"], 1, int(row["lines"])) for row in folder.of("sources")}
    for span in sorted(wholes | {span for row in folder.facts for span in cited_passages(row)}):
        _add(built, makers.of_passage(span, eco), [span.source], eco)
    return built


def _add(built: Built, triples: Iterable[Triple], cited: list[str], eco: Ecosystem) -> None:
    """Add a row's triples to the default graph and to each cited source's own."""
    citing = (DERIVED_FROM, REFERENCED_BY)
    for triple in triples:
        built.default.add(triple)
        for source in cited:
            elsewhere = triple[1] in citing and not str(triple[2]).startswith(f"{eco.base}source/{source}#")
            if not elsewhere:
                built.by_source[source].add(triple)
