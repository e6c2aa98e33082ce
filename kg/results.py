"""Results: what a store answers, as rows and columns of text for people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.iris import CONCEPTS, ID_BASE
from kg.names import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.answer import Answer

LABEL = "Label"
SPO = ("subject", "predicate", "object")
"""The columns of a graph that is shown as rows."""

_LINE_END = re.compile("\r\n?")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_PICTURES, _DELETE = 0x2400, 0x7F
"""Where Unicode's control pictures begin: that of the character n stands at n, of delete at 0x21."""


@dataclass(frozen=True)
class Table:
    """Rows of text for people: labels in place of the IRIs that they are the names of.

    Attributes:
        columns: the names of the columns.
        rows: each row's texts.
        links: each row's IRIs: that of the thing that a cell names, or nothing.
    """

    columns: list[str]
    rows: list[list[str]]
    links: list[list[str]] = field(default_factory=list)

    def filled(self) -> Table:
        """Give the table without the columns in which no row has anything; an empty one whole."""
        kept = [n for n in range(len(self.columns)) if any(row[n] for row in self.rows)]
        if not kept:
            return self
        return Table(
            [self.columns[n] for n in kept],
            [[row[n] for n in kept] for row in self.rows],
            [[row[n] for n in kept] for row in self.links],
        )


def readable(solutions: ox.QuerySolutions, base: str = ID_BASE, most: int | None = None) -> Table:
    """Give an answer's rows as text: where `?xLabel` stands beside `?x`, the label alone.

    Args:
        solutions: the rows.
        base: the id base of the things that are shown by kind and key.
        most: how many rows are read; none for all.
    """
    names = [variable.value for variable in solutions.variables]
    columns = [name for name in names if not (name.endswith(LABEL) and name.removesuffix(LABEL) in names)]
    labelled = [f"{column}{LABEL}" if f"{column}{LABEL}" in names else "" for column in columns]
    rows, links = [], []
    for solution in islice(solutions, most):
        terms = [solution[column] for column in columns]
        labels = [solution[label] if label else None for label in labelled]
        shown = [term if label is None else label for term, label in zip(terms, labels, strict=True)]
        rows.append([text(term, base) for term in shown])
        links.append([_iri(term) for term in terms])
    return Table(columns, rows, links)


def of(answer: Answer, most: int | None = None) -> Table:
    """Give an answer of any kind as rows for people: a yes or no is one cell, a graph three columns.

    Args:
        answer: the answer.
        most: how many of its rows are given; none for all.
    """
    if answer.kind == "graph":
        listed = answer.triples[:most]
        terms = [(triple.subject, triple.predicate, triple.object) for triple in listed]
        rows = [[text(term, answer.base) for term in row] for row in terms]
        return Table(list(SPO), rows, [[_iri(term) for term in row] for row in terms])
    solutions = answer.solutions()
    if isinstance(solutions, ox.QueryBoolean):
        return Table(["answer"], [[str(bool(solutions)).lower()]], [[""]])
    return readable(solutions, answer.base, most)


def whole(answer: Answer) -> tuple[Sequence[str], list[list[str]]]:
    """Give all columns and rows of an answer of any kind, its IRIs whole."""
    if answer.kind == "graph":
        return SPO, [[text(t.subject, ""), text(t.predicate, ""), text(t.object, "")] for t in answer.triples]
    solutions = answer.solutions()
    if isinstance(solutions, ox.QueryBoolean):
        return ["answer"], [[str(bool(solutions)).lower()]]
    names = [variable.value for variable in solutions.variables]
    return names, [[text(row[name], "") for name in names] for row in solutions]


def text(term: object, base: str = ID_BASE) -> str:
    """Give a term as people read it: a literal's text, an IRI's kind and key where it is ours.

    Args:
        term: of RDF, or none.
        base: the id base of what is ours; with none, every IRI is whole.

    >>> text(ox.Literal("KTH", language="sv")), text(None)
    ('KTH', '')
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        ours = base and term.value.startswith((base, CONCEPTS)) and "#" not in term.value
        return short(term.value) if ours else term.value
    if isinstance(term, ox.Literal):
        return str(term.value)
    return str(term)


def visible(words: str) -> str:
    r"""Give a text in which what neither a page nor a workbook can hold is shown by a picture of it.

    Line ends are one line feed; a tab stays.

    >>> visible("a\x00b\r\nc\ufffe")
    'a␀b\nc⟨U+FFFE⟩'
    """
    return _UNSEEN.sub(lambda found: _picture(ord(found[0])), _LINE_END.sub("\n", words))


def spaced(column: str) -> str:
    """Give a variable's name as words.

    >>> spaced("earliestStart")
    'earliest start'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).lower()


def linkable(iri: str) -> bool:
    """Say whether an IRI may be a link: one of the web, and nothing that runs.

    >>> linkable("https://ror.org/026vcq606"), linkable("javascript:alert(1)")
    (True, False)
    """
    return iri.startswith(("https://", "http://"))


def _picture(code: int) -> str:
    if code == _DELETE:
        return chr(_PICTURES + 0x21)
    return chr(_PICTURES + code) if code < _DELETE else f"⟨U+{code:04X}⟩"


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
