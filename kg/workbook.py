"""Workbook: an answer as an Excel file (Office Open XML, ECMA-376), every cell a text.

No text becomes a formula, a number or a link. What XML cannot hold is shown by a picture of it, and a
text that is longer than a cell may be says so at its end. The bytes are the same each time: what a file
tells of its making is the data set's date.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kg import results
from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kg.answer import Answer
    from kg.origin import Origin

LONGEST = 32_767
"""UTF-16 units that a cell holds."""
MOST_ROWS, MOST_COLUMNS = 1_048_575, 16_384
"""Rows below the header, and columns, that a sheet holds."""
NARROWEST, WIDEST = 9, 60
"""Characters across a column."""
EPOCH = date(2000, 1, 1)
"""The date of a file whose data set has none."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write(answer: Answer, origin: Origin | None) -> bytes:
    """Write an answer of any kind as a workbook: its rows, and a sheet that says where they come from.

    Names come first; the IRIs of the things that have one stand in columns of their own to the right.

    Raises:
        QueryError: where there are more rows or columns than a sheet has.
    """
    from xlsxwriter import Workbook

    told = origin or answer.origin
    columns, rows = _with_iris(results.of(answer))
    if len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise QueryError(f"{len(rows)} rows are more than a sheet of {MOST_ROWS} holds; ask for --format csv")
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties(
        {
            "title": results.visible(told.summary or told.question)[:255],
            "created": _created(told),
        }
    )
    head, body = styles(book)
    sheet = book.add_worksheet("Answer")
    fill(sheet, columns, rows, head, body)
    if columns:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    cut = sum(units(results.visible(cell)) > LONGEST for row in rows for cell in row)
    fill(book.add_worksheet("Provenance"), ["what", "which", "IRI"], _provenance(told, cut), head, body)
    book.close()
    return out.getvalue()


def units(text: str) -> int:
    """Give the length of a text in UTF-16 units, as Excel counts it."""
    return len(text) + sum(char > "\uffff" for char in text)


def fitted(text: str) -> str:
    """Give a text as a cell holds it: visible, and told at its end where it had to be cut."""
    shown = results.visible(text)
    if units(shown) <= LONGEST:
        return shown
    end = f" … [cut here: {len(shown)} characters are more than a cell holds]"
    kept = shown[: LONGEST - len(end)]
    while units(kept) > LONGEST - len(end):
        # Each character beyond the first plane takes two units: drop as many as are over.
        kept = kept[: len(kept) - (units(kept) - (LONGEST - len(end)) + 1) // 2]
    return kept + end


def _with_iris(table: results.Table) -> tuple[list[str], list[list[str]]]:
    """Put a column of IRIs to the right for each column whose cells show something else."""
    pairs = [list(zip(*both, strict=True)) for both in zip(table.rows, table.links, strict=True)]
    named = [
        n for n in range(len(table.columns)) if any(row[n][1] and row[n][0] != row[n][1] for row in pairs)
    ]
    columns = [results.spaced(name) for name in table.columns]
    columns += [f"{results.spaced(table.columns[n])} IRI" for n in named]
    return columns, [[text for text, _ in row] + [row[n][1] for n in named] for row in pairs]


def styles(book: Workbook) -> tuple[Format, Format]:
    """Give the formats of a header's cells and of the others."""
    head = book.add_format(
        {"bold": True, "bottom": 1, "bg_color": "#EEF3F7", "valign": "top", "num_format": "@"}
    )
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    return head, body


def fill(
    sheet: Worksheet, columns: Sequence[str], rows: Sequence[Sequence[str]], head: Format, body: Format
) -> None:
    """Write a header and rows; the header stays in sight, on the screen and on each printed page."""
    for number, row in enumerate((columns, *rows)):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, fitted(cell), body if number else head)
    for column, name in enumerate(columns):
        sheet.set_column(column, column, _width([name, *(row[column] for row in rows)]))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    # Every cell is a text on purpose: no green corner is to call that an error.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576", "two_digit_text_year": "A1:XFD1048576"})


def _width(cells: Iterable[str]) -> int:
    longest = max((len(line) for cell in cells for line in cell[:LONGEST].split("\n")), default=0)
    return min(max(longest + 3, NARROWEST), WIDEST)


def _provenance(told: Origin, cut: int) -> list[list[str]]:
    from kg.origin import lines

    rows = [[line.head, line.words, line.iri] for line in lines(told)]
    rows.append(["SPARQL", told.text, ""])
    if cut:
        text = "1 cell is" if cut == 1 else f"{cut} cells are"
        rows.append(["Cut", f"{text} longer than the {LONGEST} characters that Excel holds, and cut", ""])
    return rows


def _created(told: Origin) -> datetime:
    """Give the moment that a file is said to be made: the day of the newest version of its data."""
    days = []
    for work in told.datasets:
        try:
            days.append(date.fromisoformat(work.date))
        except ValueError:
            continue
    day = max(days, default=EPOCH)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
