"""Tables: the rows of a data folder, each knowing its file and line.

What tables there are, their columns and what a cell may hold stands in one place, data/tables.json
(CSV on the Web, https://www.w3.org/TR/tabular-metadata/). Here the files are read as spreadsheets
write them; `kg.cells` holds the cells against the description.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.config import share
from kg.errors import InvalidData, NotFound, Problem, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIST = "; "
REQUIRED = ("dataset", "sources")
DELIMITERS = ",;\t"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Column:
    """A column of a table as data/tables.json describes it."""

    name: str
    required: bool
    many: bool
    datatype: str
    pattern: str
    references: tuple[str, ...]
    scheme: str
    description: str

    @property
    def values(self) -> tuple[str, ...]:
        """The words that a cell may hold, where they are listed one by one."""
        return tuple(self.pattern.split("|")) if self.datatype == "word" else ()


@dataclass(frozen=True)
class Table:
    """A table as data/tables.json describes it.

    Attributes:
        kind: the kind of thing that a row is; empty where a row is none.
        key: the columns that identify a row, where it names them itself.
    """

    name: str
    kind: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    description: str

    @property
    def is_fact(self) -> bool:
        """Whether its rows are facts, which cite sources."""
        return any(column.name == "certainty" for column in self.columns)


@dataclass(frozen=True)
class Row:
    """One row: its table, where it stands, and its cells as text."""

    table: str
    path: str
    line: int
    cells: dict[str, str] = field(hash=False)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def many(self, column: str) -> list[str]:
        """Give the items of a list cell."""
        return [item.strip() for item in self[column].split(LIST.strip()) if item.strip()]

    def problem(self, text: str) -> Problem:
        """Say what is wrong in this row."""
        return Problem(self.path, self.line, text)


@dataclass(frozen=True)
class Folder:
    """A data folder: its rows by table, in the order of its files.

    Attributes:
        unread: the tables whose files are not there or could not be read, but are needed.
    """

    path: Path
    rows: dict[str, list[Row]]
    unread: frozenset[str] = frozenset()

    @property
    def dataset(self) -> Row:
        """The one row that describes the data set."""
        return self.rows["dataset"][0]

    @property
    def facts(self) -> list[Row]:
        """All rows that state a fact."""
        return [row for table in description() if table.is_fact for row in self.of(table.name)]

    def of(self, table: str) -> list[Row]:
        """Give a table's rows; none where the folder has no such table."""
        return self.rows.get(table, [])


@cache
def description() -> tuple[Table, ...]:
    """Read the tables' description."""
    text = (share() / "data" / "tables.json").read_text(encoding="utf-8")
    return tuple(_table(entry) for entry in json.loads(text)["tables"])


def _table(entry: dict[str, Any]) -> Table:
    schema = entry["tableSchema"]
    return Table(
        name=entry["url"].removesuffix(".csv"),
        kind=entry.get("dc:type", ""),
        key=tuple(schema.get("primaryKey", ())),
        columns=tuple(_column(column) for column in schema["columns"]),
        description=entry["dc:description"],
    )


def _column(entry: dict[str, Any]) -> Column:
    datatype = entry["datatype"]
    if isinstance(datatype, str):
        datatype = {"base": datatype}
    pattern = datatype.get("format", "")
    # A format of nothing but words is a list of the words that are allowed.
    words = (
        pattern and "name" not in datatype and all(w.replace(":", "").isalpha() for w in pattern.split("|"))
    )
    return Column(
        name=entry["name"],
        required=entry.get("required", False),
        many="separator" in entry,
        datatype="word" if words else datatype.get("name", datatype["base"]),
        pattern=pattern,
        references=tuple(entry.get("dc:references", ())),
        scheme=entry.get("skos:inScheme", ""),
        description=entry["dc:description"],
    )


def paths(folder: Path) -> list[Path]:
    """Give the table files of a data folder, in the order of their names; hidden ones are none."""
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() == ".csv" and not path.name.startswith(".")
    )


def read(folder: Path) -> tuple[Folder, list[Problem]]:
    """Read a data folder as it stands, and say what is wrong with its files.

    Raises:
        NotFound: where there is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(f"{folder}: there is no such data folder; name one with --data DIR")
    known = {f"{table.name}.csv": table for table in description()}
    rows: dict[str, list[Row]] = {}
    files = paths(folder)
    missing = {name for name in REQUIRED if folder / f"{name}.csv" not in files}
    problems = [
        Problem(shown(folder), 0, f"has no {name}.csv, which every data folder needs") for name in missing
    ]
    unread = set(missing)
    for path in files:
        table = known.get(path.name)
        if table is None:
            hint = nearest(path.name, known) or f"; the tables are {', '.join(sorted(known))}"
            problems.append(Problem(shown(path), 0, f"is not a known table{hint}"))
            continue
        try:
            rows[table.name] = list(_rows(path, table, problems))
        except InvalidData as error:
            problems += error.problems
            unread.add(table.name)
    if "dataset" in rows and len(rows["dataset"]) != 1:
        where = shown(folder / "dataset.csv")
        problems.append(Problem(where, 0, f"has {len(rows['dataset'])} rows; a data set is described in one"))
    return Folder(folder, rows, frozenset(unread)), problems


def read_one(folder: Path, name: str) -> list[Row]:
    """Read one table of a data folder.

    Raises:
        InvalidData: where the file is not as it should be.
    """
    table = next(table for table in description() if table.name == name)
    problems: list[Problem] = []
    rows = list(_rows(folder / f"{name}.csv", table, problems))
    if problems:
        raise InvalidData(problems)
    return rows


def _rows(path: Path, table: Table, problems: list[Problem]) -> Iterator[Row]:
    records = _records(path)
    line, header = next(records, (0, []))
    if not header:
        raise InvalidData([Problem(shown(path), 0, "is empty; its first line names the columns")])
    names = [cell.strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    _check_header(shown(path), line, names, table)
    for line, record in records:
        cells = [unicodedata.normalize("NFC", cell.strip()) for cell in record]
        if not any(cells):
            continue
        extra = next((cell for cell in cells[len(names) :] if cell), None)
        if extra:
            text = f"has more cells than columns, from '{extra[:40]}' on; a cell with a comma needs quotes"
            problems.append(Problem(shown(path), line, text))
        yield Row(table.name, shown(path), line, dict(zip(names, cells, strict=False)))


def _check_header(where: str, line: int, names: list[str], table: Table) -> None:
    known = [column.name for column in table.columns]
    if not set(names) & set(known):
        text = f"names none of this table's columns; its first line is to name {', '.join(known)}"
        raise InvalidData([Problem(where, line, text)])
    problems = [f"column '{name}' is missing" for name in known if name not in names]
    for position, name in enumerate(names):
        if name in names[:position]:
            problems.append(f"column '{name}' stands twice")
        elif name not in known:
            what = f"column '{name}'" if name else f"a column without a name (number {position + 1})"
            problems.append(
                f"{what} is not one of this table's{nearest(name, known) or ': ' + ', '.join(known)}"
            )
    if problems:
        raise InvalidData(Problem(where, line, text) for text in problems)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give each record of a CSV file with its first line, as spreadsheets write them too."""
    where = shown(path)
    text = _decode(path)
    head = next(iter(text.lstrip().splitlines()), "")
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            text = f"is not CSV from here on ({error}); a quotation mark is not closed or not doubled"
            raise InvalidData([Problem(where, line, text)]) from None
        if any(cell.strip() for cell in record):
            yield line, record
        line = reader.line_num + 1


def _decode(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidData([Problem(shown(path), 0, f"cannot be read: {error.strerror}")]) from None
    # What a spreadsheet calls Unicode text has a mark of two bytes, or else every other byte is 0.
    if data[:2] in UTF_16 or data.count(0) * 3 > len(data) > 0:
        text = "is UTF-16, not UTF-8; save the table as 'CSV UTF-8'"
        raise InvalidData([Problem(shown(path), 0, text)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        text = f"byte {data[error.start]:#04x} is not UTF-8; save the table as 'CSV UTF-8'"
        raise InvalidData([Problem(shown(path), line, text)]) from None
