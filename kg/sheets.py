"""Sheets: a data folder's tables as an Excel workbook, a sheet a table, every cell a text.

Of RDF, and of a part of a data set, there are no tables: there it holds the network's nodes and edges.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kg.errors import InvalidData, QueryError
from kg.workbook import EPOCH, MOST_COLUMNS, MOST_ROWS, OPTIONS, fill, styles

if TYPE_CHECKING:
    from kg.exports import Part

    Sheet = tuple[str, list[str], list[list[str]]]

LONGEST_NAME = 31
"""Characters of a sheet's name."""


def write(part: Part) -> bytes:
    """Write a workbook of a data folder's tables, else of the network's nodes and edges.

    Raises:
        InvalidData: where the tables cannot be read.
        QueryError: where a table has more rows or columns than a sheet.
    """
    from xlsxwriter import Workbook

    day, sheets = _tables(part) if part.tables else _lists(part)
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties({"created": _moment(day)})
    head, body = styles(book)
    for name, columns, rows in sheets:
        if len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS:
            raise QueryError(f"{name}: {len(rows)} rows are more than a sheet of {MOST_ROWS} holds")
        fill(book.add_worksheet(name[:LONGEST_NAME]), columns, rows, head, body)
    book.close()
    return out.getvalue()


def _tables(part: Part) -> tuple[str, list[Sheet]]:
    """Give the date of the data set, and each table of its folder."""
    from kg import tables

    if part.tables is None:
        return "", []
    folder, problems = tables.read(part.tables)
    if problems:
        raise InvalidData(problems)
    found = []
    for table in tables.description():
        rows = folder.of(table.name)
        columns = [column.name for column in table.columns]
        columns = list(dict.fromkeys([*columns, *(name for row in rows for name in row.cells)]))
        if rows:
            found.append(
                (table.name, columns, [[row.cells.get(name, "") for name in columns] for row in rows])
            )
    return folder.dataset["date"], found


def _lists(part: Part) -> tuple[str, list[Sheet]]:
    """Give the date of the data set, and the nodes and edges of its network."""
    from kg.attributes import plain
    from kg.drawings import edge_rows, node_rows

    drawn = plain(part.network, part.language)
    return drawn.about.get("date", ""), [("nodes", *node_rows(drawn)), ("edges", *edge_rows(drawn))]


def _moment(day: str) -> datetime:
    """Give the moment that a file is said to be made: the day of the data set's version."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        found = EPOCH
    return datetime(found.year, found.month, found.day, tzinfo=UTC)
