"""The module `workbook`: Excel files in which every cell is a text, read back by other readers."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from answers import HOSTILE, TEXTS, asked, of_library, of_texts
from hypothesis import given, settings
from openpyxl import load_workbook

from kg import workbook
from kg.errors import QueryError
from kg.results import visible

if TYPE_CHECKING:
    from kg.embedded import Embedded

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened(written: bytes) -> Any:
    """Open a workbook with openpyxl."""
    return load_workbook(io.BytesIO(written))


def raw(written: bytes, number: int = 1) -> list[list[str]]:
    """Read a sheet's texts from its XML, as ECMA-376 says: shared strings with their escapes."""
    with zipfile.ZipFile(io.BytesIO(written)) as file:
        strings = ET.fromstring(file.read("xl/sharedStrings.xml"))  # noqa: S314  our own
        sheet = ET.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314  our own
    shared = [unescaped("".join(part.text or "" for part in each.iter(f"{SPACE}t"))) for each in strings]
    rows = []
    for row in sheet.iter(f"{SPACE}row"):
        cells = []
        for cell in row.iter(f"{SPACE}c"):
            assert cell.get("t") in ("s", None)
            assert cell.find(f"{SPACE}f") is None
            value = cell.find(f"{SPACE}v")
            cells.append(shared[int(value.text or "")] if value is not None else "")
        rows.append(cells)
    return rows


def unescaped(text: str) -> str:
    """Undo the escapes of ECMA-376, section 22.9.2.19: `_x0041_` is A."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_cells_come_back(one: str, other: str) -> None:
    """Each cell is read as the text it was, whatever it looks like; what no XML holds is shown."""
    found = raw(of_texts(["one", "two"], [("x", one), (other, "y")]).write("xlsx"))
    assert found == [["one", "two"], ["x", visible(one)], [visible(other), "y"]]


def test_every_cell_is_a_text() -> None:
    """Nothing is a formula, a number, a truth value or a link for a reader of another make."""
    book = opened(of_texts(["one"], [[text] for text in HOSTILE]).write("xlsx"))
    cells = [cell for row in book["Answer"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    shown = [visible(text) for text in HOSTILE]
    # openpyxl takes the escape of an escape away wherever it stands, so it cannot tell that text.
    assert [c.value for c in cells[1:] if "_x" not in c.value] == [t for t in shown if "_x" not in t]


def test_it_is_a_workbook_for_people(harbour: Embedded) -> None:
    """The header stays in sight and filters; names come first, their IRIs to the right."""
    answer = of_library(harbour, "organisation-partners", organisation="Harbour Town")
    book = opened(answer.write("xlsx"))
    sheet = book["Answer"]
    head = [cell.value for cell in sheet[1]]
    assert head[:3] == ["partner", "role", "initiative"]
    assert head[-4:] == ["partner IRI", "role IRI", "initiative IRI", "certainty IRI"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.max_row == len(answer) + 1
    assert str(sheet.cell(2, len(head) - 3).value).startswith(f"{harbour.base}organisation/")
    assert all(9 <= sheet.column_dimensions[letter].width <= 62 for letter in "ABC")


def test_a_sheet_says_where_it_comes_from(harbour: Embedded) -> None:
    """The second sheet has question, parameters, data set, licence, sources and SPARQL, unasked."""
    answer = of_library(harbour, "organisation-partners", organisation="Harbour Town")
    rows = raw(answer.write("xlsx"), 2)
    assert rows[0] == ["what", "which", "IRI"]
    heads = [row[0] for row in rows]
    assert {"Question", "Asks", "Parameter", "Data set", "Licence", "Source", "SPARQL"} <= set(heads)
    assert ["Parameter", "organisation = Harbour Town", f"{harbour.base}organisation/harbour-town"] in rows


def test_the_bytes_are_the_data_set_s(harbour: Embedded) -> None:
    """Two workbooks are the same bytes, and are said to be made on the data set's day."""
    answer = of_library(harbour, "board-seats")
    assert answer.write("xlsx") == of_library(harbour, "board-seats").write("xlsx")
    made = opened(answer.write("xlsx")).properties.created.replace(tzinfo=UTC)
    day = datetime.fromisoformat(answer.origin.datasets[0].date).replace(tzinfo=UTC)
    assert made == day
    nowhere = opened(of_texts(["x"], []).write("xlsx")).properties.created
    assert nowhere == datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl gives no zone


@pytest.mark.parametrize("text", ["a" * 32_767, "\U0001f6a2" * 16_383])
def test_the_longest_cell_is_whole(text: str) -> None:
    """A text as long as a cell may be is not cut; Excel counts UTF-16 units."""
    assert raw(of_texts(["x"], [[text]]).write("xlsx"))[1] == [text]


@pytest.mark.parametrize("text", ["a" * 32_768, "\U0001f6a2" * 16_384, "a" + "\U0001f6a2" * 40_000])
def test_a_longer_one_says_that_it_was_cut(text: str) -> None:
    """A longer text is cut, says so at its end, and the second sheet counts it."""
    written = of_texts(["x"], [[text]]).write("xlsx")
    cell = raw(written)[1][0]
    assert 32_760 <= workbook.units(cell) <= 32_767
    kept, _, end = cell.partition(" … ")
    assert text.startswith(kept)
    assert end == f"[cut here: {len(text)} characters are more than a cell holds]"
    assert raw(written, 2)[-1][:2] == [
        "Cut",
        "1 cell is longer than the 32767 characters that Excel holds, and cut",
    ]


def test_other_kinds_of_answer(harbour: Embedded) -> None:
    """A yes or no is one cell, a graph three columns, and no rows are a header."""
    assert raw(asked(harbour, "ASK {}").write("xlsx")) == [["answer"], ["true"]]
    graph = raw(asked(harbour, 'CONSTRUCT { initiative:tide rdfs:label "=1" } {}').write("xlsx"))
    assert graph[0][:3] == ["subject", "predicate", "object"]
    assert graph[1][0] == "initiative:tide"
    assert graph[1][2] == "=1"
    assert raw(asked(harbour, "SELECT ?x { ?x a inno:None }").write("xlsx")) == [["x"]]


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are never left out in silence."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(QueryError, match="3 rows are more than a sheet of 2 holds"):
        of_texts(["x"], [["a"]] * 3).write("xlsx")
