"""Spreadsheet: CSV that Excel and its like open as text, in the right letters, and never as a formula.

It differs from the W3C's CSV in what a program would trip over: a byte-order mark, quotes around
every cell, and an apostrophe before what a spreadsheet would take for a formula (CWE-1236; OWASP,
CSV Injection). A list separator of the reader's own land (`;` where the comma is a decimal sign), a tab
or a line end inside a cell could begin another cell there, so what follows them is guarded likewise.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from kg import results

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.answer import Answer
    from kg.origin import Origin

MARK = "\ufeff"
_SIGNS = "=+\\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
"""What begins a formula: the ASCII signs, the minus sign, and their small and full-width forms."""
_SKIPPED = (
    "\\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
"""Spaces, controls and other marks that a reader does not see and a program may leave out."""
_BEGINNING = re.compile(f"(?<![{_SKIPPED}';])([{_SKIPPED}';]*+)(?=[{_SIGNS}])")
_BREAKS = ";\t\r\n"
_RISKY = re.compile("'*[\t\r\n\x00]")


def write(answer: Answer, _origin: Origin | None) -> bytes:
    """Write an answer as CSV for spreadsheets: the columns and rows of plain CSV."""
    columns, rows = results.whole(answer)
    return written([columns, *rows])


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows, the header first, as CSV for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return (MARK + out.getvalue()).encode()


def guarded(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula, with an apostrophe where one is needed.

    One apostrophe less in each such place gives the cell back; a number below zero has one too.

    >>> guarded("=1+1"), guarded("  @SUM(A1)"), guarded("a; -5"), guarded("a-b")
    ("'=1+1", "'  @SUM(A1)", "a;' -5", 'a-b')
    """
    safe = _BEGINNING.sub(_with_apostrophe, cell)
    return f"'{safe}" if _RISKY.match(safe) else safe


def _with_apostrophe(found: re.Match[str]) -> str:
    run = found[1]
    after = max(run.rfind(sign) for sign in _BREAKS) + 1
    if not after and found.start():
        return run  # in the middle of a cell
    return f"{run[:after]}'{run[after:]}"
