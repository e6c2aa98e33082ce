"""The module `spreadsheet`: CSV that a spreadsheet takes for text, and gives back as it was."""

from __future__ import annotations

import csv
import io
import re
import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from answers import TEXTS, asked, of_texts
from hypothesis import given
from hypothesis import strategies as st

from kg.spreadsheet import guarded

if TYPE_CHECKING:
    from kg.embedded import Embedded

BEGINS = "=+-@"


def read(written: bytes) -> list[list[str]]:
    """Read CSV as a spreadsheet does: by its byte-order mark and RFC 4180."""
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def runs(cell: str) -> bool:
    """Say whether a cell begins, after what is not seen, with what begins a formula."""
    seen = "".join(c for c in cell if unicodedata.category(c)[0] not in "ZC")
    return unicodedata.normalize("NFKC", seen[:1]) in tuple(BEGINS)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+46", "'+46"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("  =1", "'  =1"),
        ("\u3000=1", "'\u3000=1"),
        ("\u200b\u202e=1", "'\u200b\u202e=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff201", "'\uff201"),
        ("\u22125", "'\u22125"),
        ("'=1", "''=1"),
        ("a;=1", "a;'=1"),
        ("a\n=1", "a\n'=1"),
        ("a\t -1", "a\t' -1"),
        ("KTH", "KTH"),
        ("a-b = c; d:3-4", "a-b = c; d:3-4"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("2015-05-01", "2015-05-01"),
        ("", ""),
    ],
)
def test_what_would_be_a_formula_is_guarded(cell: str, safe: str) -> None:
    """An apostrophe stands before what begins a formula, also after blanks, and nowhere else."""
    assert guarded(cell) == safe


@given(TEXTS)
def test_nothing_begins_a_formula(cell: str) -> None:
    """No cell, and no part of one that a `;`, tab or line end could make a cell, is a formula."""
    parts = re.split("[;\t\r\n]", guarded(cell))
    assert not [part for part in parts if runs(part)]


@given(TEXTS, TEXTS)
def test_two_texts_never_look_alike(one: str, other: str) -> None:
    """The apostrophes can be taken away again: different texts stay different."""
    assert (guarded(one) == guarded(other)) == (one == other)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_cells_come_back(rows: list[tuple[str, str]]) -> None:
    """A reader gets each cell exactly, but for the apostrophe where one is needed."""
    found = read(of_texts(["one", "two"], rows).write("csv-excel"))
    assert found == [["one", "two"], *([guarded(cell) for cell in row] for row in rows)]


def test_every_cell_is_quoted(harbour: Embedded) -> None:
    """A land whose lists are separated by semicolons cannot break a cell at one."""
    answer = asked(
        harbour, 'SELECT ?a ?b { VALUES (?a ?b) { ("x" initiative:tide) ("y;=1" UNDEF) } } ORDER BY ?a'
    )
    assert answer.write("csv-excel").decode("utf-8-sig").splitlines() == [
        '"a","b"',
        '"x","https://example.org/harbour/initiative/tide"',
        '"y;\'=1",""',
    ]


def test_other_kinds_of_answer(harbour: Embedded) -> None:
    """A yes or no is one cell, a graph three columns."""
    assert read(asked(harbour, "ASK {}").write("csv-excel")) == [["answer"], ["true"]]
    graph = asked(harbour, 'CONSTRUCT { inno:a inno:b "=1" } {}').write("csv-excel")
    assert read(graph)[0] == ["subject", "predicate", "object"]
    assert read(graph)[1][2] == "'=1"


def test_a_long_run_of_blanks_takes_no_time() -> None:
    """A cell made to make the search go back and forth is guarded at once."""
    began = time.process_time()
    for cell in ("\t" * 300_000 + "x", " " * 300_000 + "=", "; " * 150_000 + "=", "'" * 300_000):
        guarded(cell)
    assert time.process_time() - began < 2
