"""The module `sheets`: the tables as a workbook, read back by openpyxl cell by cell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from conftest import HARBOUR, STOCKHOLM, loaded
from openpyxl import load_workbook

from kg import exports, tables
from kg.errors import InvalidData

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook


def opened(data: bytes) -> Workbook:
    """Open a workbook; openpyxl warns of nothing in it."""
    return load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("data", [HARBOUR, STOCKHOLM], ids=["harbour", "stockholm"])
def test_every_cell_is_there_as_a_text(data: Path) -> None:
    """One sheet a table that has rows, by the table's name; each cell is the table's, and a text."""
    book = opened(exports.write(exports.Part(loaded(data), tables=data), "xlsx"))
    folder, _ = tables.read(data)
    assert book.sheetnames == [table.name for table in tables.description() if folder.of(table.name)]
    for sheet in book:
        head, *rows = sheet.iter_rows()
        names = [cell.value for cell in head]
        found = [{n: c.value or "" for n, c in zip(names, row, strict=True)} for row in rows]
        expected = [row.cells for row in folder.of(sheet.title)]
        assert [{k: v for k, v in row.items() if v} for row in found] == [
            {k: v for k, v in row.items() if v} for row in expected
        ]
        assert all(cell.data_type in ("s", "n") for row in rows for cell in row)
        assert not [cell for row in rows for cell in row if cell.data_type == "n" and cell.value is not None]


def test_the_date_is_that_of_the_version() -> None:
    """The workbook says that it was made on the day of the data set's version; twice, it is the same."""
    part = exports.Part(loaded(HARBOUR), tables=HARBOUR)
    made = exports.write(part, "xlsx")
    assert opened(made).properties.created.isoformat() == "2026-01-31T00:00:00"
    assert exports.write(part, "xlsx") == made


def test_formulas_stay_texts(folder: Path) -> None:
    """A name that begins as a formula does is a text in the workbook."""
    path = folder / "places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Old Quay", '"=1+1"'), encoding="utf-8")
    book = opened(exports.write(exports.Part(loaded(HARBOUR), tables=folder), "xlsx"))
    cell = book["places"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_rdf_has_nodes_and_edges() -> None:
    """Without tables the workbook holds the network."""
    part = exports.Part(loaded(HARBOUR))
    book = opened(exports.write(part, "xlsx"))
    assert book.sheetnames == ["nodes", "edges"]
    assert book["nodes"].max_row == len(part.network) + 1
    assert book["edges"].max_row == part.network.number_of_edges() + 1


def test_tables_that_cannot_be_read(folder: Path) -> None:
    """What is wrong with a table is told by file and line."""
    (folder / "places.csv").write_text("nothing\n", encoding="utf-8")
    with pytest.raises(InvalidData, match=r"places.csv:1"):
        exports.write(exports.Part(loaded(HARBOUR), tables=folder), "xlsx")
