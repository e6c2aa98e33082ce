"""Tables: the files of a data folder, as spreadsheets write them too."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kg import exports, graph, tables
from kg.errors import InvalidData, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = ["key", "name_en", "name_sv", "sources", "certainty", "reason"]

words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=8
) | st.sampled_from(["", 'a "b" c', "a,b;c\td", "å", "a\nb", "\ufeffa", "'", " x "])
rows = st.lists(st.lists(words, min_size=6, max_size=6), max_size=4)


def tidy(cells: list[str]) -> list[str]:
    """Give cells as rows hold them: without spaces around them, composed."""
    return [unicodedata.normalize("NFC", cell.strip()) for cell in cells]


@given(
    written=rows,
    delimiter=st.sampled_from(",;\t"),
    mark=st.sampled_from(["", "\ufeff"]),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    columns=st.integers(0, 3),
    empty=st.integers(0, 3),
)
def test_whatever_a_spreadsheet_writes_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    written: list[list[str]],
    delimiter: str,
    mark: str,
    end: str,
    quoting: int,
    columns: int,
    empty: int,
) -> None:
    """Any cells come back from any delimiter, mark, line end, quoting, and empty columns and rows."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    for row in [HEADER, *written, *[[""] * 6] * empty]:
        writer.writerow(row + [""] * columns)
    folder = tmp_path_factory.mktemp("tables")
    (folder / "places.csv").write_bytes((mark + stream.getvalue()).encode())
    found = tables.read_one(folder, "places")
    assert [[row[name] for name in HEADER] for row in found] == [
        cells for row in written if any(cells := tidy(row))
    ]


def test_a_row_knows_its_first_line(folder: Path) -> None:
    """Lines are counted from 1, through cells of several lines and empty rows."""
    text = f'{",".join(HEADER)}\na,"A\nB",,,,\n\n,,,,,\nb,B,,,,\n'
    (folder / "places.csv").write_text(text)
    assert [row.line for row in tables.read_one(folder, "places")] == [2, 6]


def test_columns_may_stand_in_any_order(folder: Path) -> None:
    """A cell is found by its column's name."""
    (folder / "places.csv").write_text(
        "reason,certainty,sources,name_sv,name_en,key\n,stated,report:6,,Quay,quay\n"
    )
    (row,) = tables.read_one(folder, "places")
    assert (row["key"], row["name_en"], row["reason"]) == ("quay", "Quay", "")


def semicolons(text: str, delimiter: str = ";") -> str:
    """Write a table with another delimiter."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return stream.getvalue()


def quoted(text: str) -> str:
    """Write a table with every cell in quotes."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return stream.getvalue()


def widened(text: str) -> str:
    """Write a table with empty columns and rows behind it."""
    stream = io.StringIO()
    found = [[*row, "", ""] for row in csv.reader(io.StringIO(text))]
    csv.writer(stream, lineterminator="\n").writerows([*found, [""] * len(found[0]), [""] * len(found[0])])
    return stream.getvalue()


HABITS: dict[str, Callable[[str], str]] = {
    "byte-order mark": lambda text: "\ufeff" + text,
    "semicolons": semicolons,
    "tabs": lambda text: semicolons(text, "\t"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no last line end": lambda text: text.rstrip("\n"),
    "empty columns and rows": widened,
    "quotes": quoted,
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "all of them": lambda text: (
        "\ufeff" + semicolons(widened(unicodedata.normalize("NFD", text))).replace("\n", "\r\n")
    ),
}


def turtle(folder: Path) -> str:
    """Give a data folder's Turtle."""
    whole = graph.assemble(folder)
    assert not whole.problems
    return exports.turtle_of(whole.quads, whole.base)


@pytest.mark.parametrize("habit", HABITS)
def test_what_a_spreadsheet_does_to_a_good_file_is_no_error(
    habit: str, folder: Path, good_turtle: str
) -> None:
    """Saved by a spreadsheet, the tables give the same Turtle, byte for byte."""
    for path in folder.glob("*.csv"):
        path.write_bytes(HABITS[habit](path.read_text(encoding="utf-8")).encode())
    assert turtle(folder) == good_turtle


@pytest.fixture(scope="module")
def good_turtle() -> str:
    """Give the Turtle of the invented ecosystem."""
    return turtle(ROOT / "tests" / "harbour")


def test_a_table_may_be_missing_or_hold_its_header_alone(folder: Path) -> None:
    """All but dataset.csv and sources.csv are optional."""
    header = (folder / "solutions.csv").read_text().splitlines()[0]
    (folder / "solutions.csv").write_text(f"{header}\n")
    (folder / "mentions.csv").unlink()
    found, problems = tables.read(folder)
    assert problems == []
    assert found.of("solutions") == found.of("mentions") == []


def test_hidden_files_are_no_tables(folder: Path) -> None:
    """What an office program or a desk leaves beside the tables is no table."""
    (folder / "._places.csv").write_bytes(b"\0\5\x16\7")
    (folder / ".~lock.places.csv#").write_text(",someone")
    (folder / "places.csv.bak").write_text("x")
    assert tables.read(folder)[1] == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Reading no folder says which."""
    with pytest.raises(NotFound, match="no such data folder"):
        tables.read(tmp_path / "none")


def test_one_table_that_is_wrong_is_refused(folder: Path) -> None:
    """Reading one table raises its problems."""
    (folder / "places.csv").write_text("key\nquay,x\n")
    with pytest.raises(InvalidData, match="column 'reason' is missing"):
        tables.read_one(folder, "places")


def test_the_description_is_csv_on_the_web() -> None:
    """Each table and column has a description, each datatype is one of XML Schema, each url a file's."""
    text = json.loads((ROOT / "data" / "tables.json").read_text(encoding="utf-8"))
    assert text["@context"][0] == "http://www.w3.org/ns/csvw"
    for table in tables.description():
        assert table.description
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert set(table.key) <= {column.name for column in table.columns if column.required}
        for column in table.columns:
            assert column.description.endswith(".") or column.description[-1].isalnum()


def test_each_fact_table_ends_in_its_support() -> None:
    """Every fact row ends in sources, certainty, reason."""
    facts = [table for table in tables.description() if table.is_fact]
    assert len(facts) == len(tables.description()) - 3
    for table in facts:
        assert [column.name for column in table.columns[-3:]] == ["sources", "certainty", "reason"]
