"""The template: a folder of tables to begin one's own ecosystem with.

Every table of the description, each with one worked row of an invented town; the invented document
that the rows cite; and a README that says what each column holds. So the folder builds, checks and
draws at once, and a newcomer replaces what works by what is true. The worked rows stand here as
data; the headers are those of data/tables.json.
"""

from __future__ import annotations

import csv
import hashlib
import io
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

from kg import cells, ontology
from kg.errors import InvalidData, OutputError, Problem, printable, shown
from kg.iris import slug
from kg.sources import split_lines
from kg.tables import Column, Folder, Row, Table, description

TEXT = "example.txt"
"""The file of the invented document."""
LONGEST_NAME = 100
"""Characters of a data set's name, which is the first part of each file that is written."""
DOCUMENT = """\
Innovation in Lakeside

The City of Lakeside, in Swedish Sjöstad, is a municipality.
The Innovation Office of the City of Lakeside stands at the Old Mill.
Its Director of Innovation is Ada Strand.
Blue Lake, also called the Swimmers' Programme, is a programme that runs from March 2021 to 2027.
Wikidata would know Blue Lake as Q99999999999, if it were not invented.
In March 2021 the City of Lakeside launched Blue Lake.
The City of Lakeside leads Blue Lake, through its Director of Innovation.
Blue Lake wants clean bathing water by 2030.
What Blue Lake brought forth is the Beach Map.
The council adopted the Lake Strategy in 2023.
Of all cities that were asked in 2020, 44% have an explicit innovation strategy.
"""
_STATED = {"certainty": "stated"}
ROWS: dict[str, dict[str, str]] = {
    "dataset": {
        "title_en": "Lakeside's innovation ecosystem",
        "title_sv": "Sjöstads innovationsekosystem",
        "description_en": "An invented town, to be replaced by your own.",
        "description_sv": "En påhittad stad, att ersätta med din egen.",
        "languages": "en; sv",
        "version": "0.1",
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    },
    "sources": {
        "key": "example",
        "title": "Innovation in Lakeside",
        "publisher": "lakeside",
        "language": "en",
        "date": "2024-05",
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
        "lines": str(len(split_lines(DOCUMENT))),
        "sha256": hashlib.sha256(DOCUMENT.encode()).hexdigest(),
    },
    "organisations": {
        "key": "lakeside",
        "name_en": "City of Lakeside",
        "name_sv": "Sjöstad",
        "kind": "municipality",
        "sources": "example:3",
    },
    "units": {
        "key": "innovation-office",
        "name_en": "Innovation Office",
        "unit_of": "lakeside",
        "sources": "example:4",
    },
    "initiatives": {"key": "blue-lake", "name_en": "Blue Lake", "type": "programme", "sources": "example:6"},
    "people": {"key": "ada-strand", "name": "Ada Strand", "sources": "example:5"},
    "posts": {
        "key": "director-of-innovation",
        "name_en": "Director of Innovation",
        "post_in": "innovation-office",
        "sources": "example:5",
    },
    "places": {"key": "old-mill", "name_en": "Old Mill", "sources": "example:4"},
    "goals": {
        "key": "clean-bathing-water",
        "name_en": "Clean bathing water",
        "type": "goal",
        "of": "blue-lake",
        "target_year": "2030",
        "sources": "example:10",
    },
    "solutions": {
        "key": "beach-map",
        "name_en": "Beach Map",
        "output_of": "blue-lake",
        "sources": "example:11",
    },
    "documents": {"key": "lake-strategy", "name_en": "Lake Strategy", "sources": "example:12"},
    "events": {
        "key": "launch-of-blue-lake",
        "name_en": "Blue Lake is launched",
        "type": "launch",
        "by": "lakeside",
        "concerns": "blue-lake",
        "start": "2021-03",
        "sources": "example:8",
    },
    "groups": {
        "key": "cities-asked-2020",
        "name_en": "All cities that were asked in 2020",
        "sources": "example:13",
    },
    "memberships": {
        "member": "lakeside",
        "role": "lead",
        "organisation": "blue-lake",
        "through": "director-of-innovation",
        "attested": "2024-05",
        "sources": "example:9",
    },
    "holders": {
        "person": "ada-strand",
        "post": "director-of-innovation",
        "attested": "2024-05",
        "sources": "example:5",
    },
    "periods": {"thing": "blue-lake", "start": "2021-03", "end": "2027", "sources": "example:6"},
    "names": {
        "thing": "blue-lake",
        "name": "Swimmers' Programme",
        "language": "en",
        "type": "alternative",
        "sources": "example:6",
    },
    "identifiers": {
        "thing": "blue-lake",
        "scheme": "wikidata",
        "value": "Q99999999999",
        "sources": "example:7",
        "certainty": "implied",
        "reason": "Invented, as the programme is.",
    },
    "statements": {
        "subject": "innovation-office",
        "relation": "schema:location",
        "object": "old-mill",
        "sources": "example:4",
    },
    "observations": {
        "respondent": "cities-asked-2020",
        "wave": "2020",
        "item": "explicit-strategy",
        "share": "44",
        "sources": "example:13",
    },
    "mentions": {"source": "example", "lines": "5", "wording": "Its", "thing": "innovation-office"},
}
"""The worked row of each table, but for what the new folder's own name, base and date settle; a fact
is stated where nothing else is said."""

INTRODUCTION = """\
# {name}

A folder of tables is an ecosystem; this one is an invented town, so that every table has a row that
works. Its rows cite the lines of `{text}`, an invented document. Beside the folder, try:

    kg check {folder} --texts {folder}
    kg build {folder}
    kg view --data {folder}

Put your own rows below the worked ones, and delete the worked ones when you need them no more: line 2 of
each table but `dataset.csv`, and the file `{text}`. Only `dataset.csv` and `sources.csv` have to be
there. Columns may stand in any order; a list in a cell is separated by `; `. A thing is named by its
key, or by `kind:key`, as in `organisation:lakeside`, where two kinds of thing have the same key.
"""


def create(folder: Path, name: str | None = None, base: str | None = None) -> Path:
    """Write a new data folder, whole or not at all.

    Args:
        folder: where; it may be there if it is empty.
        name: the data set's short name; else made of the folder's name.
        base: its id base; else one below https://example.org/, which nobody owns.

    Raises:
        OutputError: where the folder holds something already, has no plain name, or cannot be written.
        InvalidData: where name or base cannot be those of a data set.
    """
    place = folder.resolve()
    called = slug(place.name) if name is None else name
    rows = _rows(called, f"https://example.org/{slug(called)}/" if base is None else base)
    _check(rows["dataset"])
    _check_place(folder)
    files = {f"{table.name}.csv": _csv(table, rows[table.name]) for table in description()}
    files |= {TEXT: DOCUMENT, "README.md": readme(called, quote(place.name), rows)}
    _write(place, files)
    return folder


def readme(name: str, folder: str, rows: dict[str, dict[str, str]]) -> str:
    """Give the folder's README: each table with its columns, and the concepts that a cell may name.

    Args:
        name: the data set's.
        folder: the folder as a command names it.
        rows: the worked row of each table.
    """
    out = [INTRODUCTION.format(name=name, folder=folder, text=TEXT)]
    for table in description():
        out += [f"## {table.name}.csv", "", table.description, ""]
        out += ["| column | holds | worked row |", "|---|---|---|"]
        out += [_documented(column, rows[table.name].get(column.name, "")) for column in table.columns]
        out.append("")
    out += ["## Concepts", "", "The keys that a column of a scheme may hold.", ""]
    for scheme, keys in sorted(ontology.load().concepts.items()):
        out += [f"**{scheme}:** {', '.join(f'`{key}`' for key in sorted(keys))}", ""]
    return "\n".join(out)


def _documented(column: Column, cell: str) -> str:
    parts = ["Required." if column.required else "", column.description]
    parts.append("A list, separated by `; `." if column.many else "")
    parts.append(f"One of {', '.join(f'`{value}`' for value in column.values)}." if column.values else "")
    parts.append(f"A concept of the scheme *{column.scheme}*." if column.scheme else "")
    holds = " ".join(part for part in parts if part).replace("|", "\\|")
    return f"| `{column.name}` | {holds} | {f'`{cell}`' if cell else ''} |"


def _rows(name: str, base: str) -> dict[str, dict[str, str]]:
    """Give the worked row of each table for a data set of this name and base."""
    own = {"name": name, "base": base, "date": f"{datetime.now(tz=UTC):%Y-%m-%d}"}
    facts = {table.name for table in description() if table.is_fact}
    rows = {table: (_STATED | row if table in facts else row) for table, row in ROWS.items()}
    return rows | {"dataset": rows["dataset"] | own}


def _check(dataset: dict[str, str]) -> None:
    """Hold the name and the base against the description of dataset.csv."""
    row = Row("dataset", "", 0, dataset)
    wrong = cells.check(Folder(Path(), {"dataset": [row], "sources": []}), ontology.load())
    # Each of these messages begins with the column, which is here the option of the same name.
    told = [problem.text.partition(" ") for problem in wrong]
    problems = [Problem(f"--{column}", 0, text) for column, _, text in told]
    if len(dataset["name"]) > LONGEST_NAME:
        problems.append(Problem("--name", 0, f"is longer than {LONGEST_NAME} characters"))
    if problems:
        raise InvalidData(problems)


def _check_place(folder: Path) -> None:
    where = shown(folder)
    if not folder.resolve().name.isprintable():
        raise OutputError(f"{printable(where)}: is no name for a folder; write it in plain characters")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{where}: is a file; name a folder that is not there yet")
    try:
        full = folder.is_dir() and any(folder.iterdir())
    except OSError as error:
        raise OutputError(f"{where}: cannot be read: {error.strerror or error}") from None
    if full:
        raise OutputError(f"{where}: is not empty; name a folder that is not there yet")
    if folder.resolve() == Path.cwd():
        raise OutputError(f"{where}: is the folder that you are in; name one that is not there yet")


def _csv(table: Table, row: dict[str, str]) -> str:
    text = io.StringIO()
    names = [column.name for column in table.columns]
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue()


def _write(place: Path, files: dict[str, str]) -> None:
    """Write files into a folder beside their place, which is then moved there in one step."""
    temporary = place.parent / f".new-{secrets.token_hex(8)}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        for name, text in files.items():
            (temporary / name).write_text(text, encoding="utf-8", newline="\n")
        if place.is_dir():
            place.rmdir()  # it is empty; not every system moves a folder onto another
        temporary.rename(place)
    except OSError as error:
        raise OutputError(f"{shown(place)}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
