"""Results: what a store answers, as rows and columns of text for people."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.iris import CONCEPTS, ID_BASE
from kg.names import short

LABEL = "Label"


@dataclass(frozen=True)
class Table:
    """Rows of text for people: labels in place of the IRIs that they are the names of."""

    columns: list[str]
    rows: list[list[str]]


def readable(solutions: ox.QuerySolutions, base: str = ID_BASE) -> Table:
    """Give an answer's rows as text: where `?xLabel` stands beside `?x`, the label alone.

    Args:
        solutions: the rows.
        base: the id base of the things that are shown by kind and key.
    """
    names = [variable.value for variable in solutions.variables]
    columns = [name for name in names if not (name.endswith(LABEL) and name.removesuffix(LABEL) in names)]
    rows = []
    for solution in solutions:
        cells = []
        for column in columns:
            label = solution[f"{column}{LABEL}"] if f"{column}{LABEL}" in names else None
            cells.append(text(label if label is not None else solution[column], base))
        rows.append(cells)
    return Table(columns, rows)


def text(term: object, base: str = ID_BASE) -> str:
    """Give a term as people read it: a literal's text, an IRI's kind and key where it is ours.

    >>> text(ox.Literal("KTH", language="sv")), text(None)
    ('KTH', '')
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        ours = term.value.startswith((base, CONCEPTS)) and "#" not in term.value
        return short(term.value) if ours else term.value
    if isinstance(term, ox.Literal):
        return str(term.value)
    return str(term)
