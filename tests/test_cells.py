"""Cells: each row held against the description; every message is also a case in tests/invalid/."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HARBOUR, STOCKHOLM
from hypothesis import given
from hypothesis import strategies as st

from kg import cells, ontology, tables
from kg.errors import InvalidData
from kg.tables import Folder, Row, description


@pytest.mark.parametrize("folder", [HARBOUR, STOCKHOLM], ids=lambda path: path.name)
def test_the_data_is_as_described(folder: Path) -> None:
    """The ecosystems that come with the project have no fault."""
    assert cells.load(folder, ontology.load()).facts


words = st.text(max_size=6) | st.sampled_from(
    [
        "",
        "a",
        "a:1",
        "2015",
        "9" * 5000,
        "=1",
        "kind:",
        "organisation:a",
        "https://[",
        "en",
        "inno:x",
        "x; x",
        "rdf:type",
    ]
)
rows = st.dictionaries(st.sampled_from([t.name for t in description()]), st.integers(1, 2)).flatmap(
    lambda counts: st.fixed_dictionaries(
        {
            table.name: st.lists(
                st.fixed_dictionaries({column.name: words for column in table.columns}),
                min_size=counts[table.name],
                max_size=counts[table.name],
            )
            for table in description()
            if table.name in counts
        }
    )
)


@given(rows)
def test_whatever_the_cells_hold_the_answer_is_a_list_of_problems(
    written: dict[str, list[dict[str, str]]],
) -> None:
    """No cell makes checking fail, and each problem names a row and is one printable line."""
    folder = Folder(
        Path("x"),
        {
            name: [Row(name, f"x/{name}.csv", line, cell) for line, cell in enumerate(found, 2)]
            for name, found in written.items()
        },
    )
    for problem in cells.check(folder, ontology.load()):
        assert problem.path.startswith("x/")
        assert problem.line >= 2
        assert str(problem).isprintable()


def test_references_into_an_unread_table_are_not_judged(folder: Path) -> None:
    """Where organisations.csv cannot be read, that alone is said, not every key that it would have."""
    (folder / "organisations.csv").write_bytes(b"\xff")
    with pytest.raises(InvalidData) as caught:
        cells.load(folder, ontology.load())
    assert len(caught.value.problems) == 1


def test_a_torn_row_still_gives_its_key(folder: Path) -> None:
    """A row with too many cells is told of once: its cells are not judged, and others may refer to it."""
    path = folder / "organisations.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Harbour Town,", "Harbour, Town,"), encoding="utf-8"
    )
    with pytest.raises(InvalidData) as caught:
        cells.load(folder, ontology.load())
    assert [problem.line for problem in caught.value.problems] == [2]


@pytest.mark.parametrize("word", ["81", "0", "-3", "81.5", "007", "123456789012345"])
def test_plain_numbers_are_numbers(word: str) -> None:
    """A sign, digits and a point make a number."""
    assert cells._decimal(word) == ""


@given(st.text(max_size=20))
def test_a_number_that_passes_is_a_decimal_of_xml_schema(word: str) -> None:
    """What passes is ASCII and finite."""
    if not cells._decimal(word):
        assert word.isascii()
        assert abs(float(word)) < 10**15


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "http://example.org/a?b=c#d", "https://exämple.org/å", "https://[::1]:80/"],
)
def test_addresses_are_addresses(address: str) -> None:
    """Web addresses pass, also with letters of any language."""
    assert cells._iri(address) == ""


def test_every_datatype_of_the_tables_is_checked() -> None:
    """A column is a plain text, a list of words, a form, a reference, or has a check of its own."""
    for table in tables.description():
        for column in table.columns:
            plain = column.datatype in ("string", "word", "citation")
            assert plain or column.datatype in cells._CHECKS, (table.name, column.name)
