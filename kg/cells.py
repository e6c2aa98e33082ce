"""Cells: each row of a data folder held against the tables' description.

All problems of all rows are gathered, since a person mends a table in one sitting.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg import moments, sources
from kg.errors import InvalidData, nearest
from kg.references import index
from kg.tables import description, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Problem
    from kg.ontology import Ontology
    from kg.references import Index
    from kg.tables import Column, Folder, Row, Table

MEASURES = ("answer", "rank", "number", "share")
FORMULA = "=+-@"
NUMERIC = ("decimal", "positiveInteger", "gYear")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_BAD_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_SIGNED = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_YEAR = re.compile(r"[0-9]{4}")
LATEST_YEAR = 2999


def load(path: Path, ontology: Ontology) -> Folder:
    """Read a data folder whose every row is as described.

    Raises:
        InvalidData: with all problems of all its files.
        NotFound: where there is no such folder.
    """
    folder, problems = read(path)
    problems += check(folder, ontology, {problem.path for problem in problems})
    if problems:
        raise InvalidData(problems)
    return folder


def check(folder: Folder, ontology: Ontology, unread: set[str]) -> list[Problem]:
    """Say what is wrong in the cells of a data folder.

    Args:
        folder: its rows.
        ontology: what concepts and classes there are.
        unread: files that could not be read: references into them are not judged.
    """
    known = index(folder, ontology)
    lengths = sources.lengths(folder)
    broken = {
        table.kind for table in description() if any(path.endswith(f"{table.name}.csv") for path in unread)
    }
    problems: list[Problem] = []
    for table in description():
        for row in folder.of(table.name):
            problems += [row.problem(text) for text in _row(row, table, known, lengths, broken)]
        problems += _duplicates(folder.of(table.name), table)
    return problems


def _row(row: Row, table: Table, known: Index, lengths: dict[str, int], broken: set[str]) -> Iterator[str]:
    for column in table.columns:
        cell = row[column.name]
        if not cell:
            if column.required:
                yield f"{column.name} is empty; {_small(column.description)}"
            continue
        items = row.many(column.name) if column.many else [cell]
        repeated = next((item for item in items if items.count(item) > 1), None)
        if repeated:
            yield f"{column.name} names '{repeated}' twice"
        for item in items:
            wrong = _cell(item, column, known, lengths, broken)
            if wrong:
                yield wrong
    yield from _period(row, table)
    yield from _special(row, table)


def _cell(item: str, column: Column, known: Index, lengths: dict[str, int], broken: set[str]) -> str:
    if _CONTROL.search(item):
        return f"{column.name} holds a control character; write plain text"
    if item[0] in FORMULA and not (column.datatype in NUMERIC and _SIGNED.fullmatch(item)):
        return (
            f"{column.name} begins with '{item[0]}', as a spreadsheet's formula does: '{item[:40]}'; "
            "write the text or value itself"
        )
    if column.datatype == "citation":
        if "source" in broken:
            return ""
        wrong = sources.check_citation(item, lengths)
        return f"{column.name}: {wrong}" if wrong else ""
    if column.references or column.scheme:
        if broken & set(column.references):
            return ""
        try:
            known.iri(item, column)
        except ValueError as error:
            return str(error) if str(error).startswith(column.name) else f"{column.name}: {error}"
        return ""
    return _value(item, column)


def _value(item: str, column: Column) -> str:
    check = _CHECKS.get(column.datatype)
    if column.datatype == "word":
        if item not in column.values:
            hint = nearest(item, column.values) or f"; allowed are {', '.join(column.values)}"
            return f"{column.name} '{item}' is not known{hint}"
        return ""
    if check:
        wrong = check(item)
        return f"{column.name} {wrong}" if wrong else ""
    if column.pattern and not re.fullmatch(column.pattern, item):
        return f"{column.name} '{item}' is not of its form; {_small(column.description)}"
    return ""


def _moment(item: str) -> str:
    try:
        moments.parse(item)
    except ValueError as error:
        return str(error)
    return ""


def _decimal(item: str) -> str:
    try:
        number = Decimal(item)
    except InvalidOperation:
        hint = "; write it without thousands separators, with a point" if re.search("[0-9]", item) else ""
        return f"'{item}' is not a number{hint}"
    return (
        ""
        if _SIGNED.fullmatch(item) and number.is_finite()
        else f"'{item}' is not a plain number such as 81 or 81.5"
    )


def _positive(item: str) -> str:
    return (
        ""
        if item.isascii() and item.isdigit() and int(item) > 0
        else f"'{item}' is not a whole number from 1"
    )


def _year(item: str) -> str:
    return (
        ""
        if _YEAR.fullmatch(item) and 0 < int(item) <= LATEST_YEAR
        else f"'{item}' is not a year such as 2030"
    )


def _iri(item: str) -> str:
    parts = urlsplit(item)
    good = parts.scheme in ("http", "https") and parts.netloc and not _BAD_IRI.search(item)
    return "" if good else f"'{item}' is not a web address that begins with https:// or http://"


def _language(item: str) -> str:
    return "" if _LANGUAGE.fullmatch(item) else f"'{item}' is not a language tag such as en or sv"


def _date(item: str) -> str:
    try:
        date.fromisoformat(item)
    except ValueError:
        return f"'{item}' is not a day such as 2026-11-22"
    return ""


_CHECKS = {
    "moment": _moment,
    "decimal": _decimal,
    "positiveInteger": _positive,
    "gYear": _year,
    "anyURI": _iri,
    "language": _language,
    "date": _date,
}


def _period(row: Row, table: Table) -> Iterator[str]:
    if not any(column.name == "attested" for column in table.columns):
        return
    parts = [row[name] for name in ("start", "end", "attested")]
    if any(part and _moment(part) for part in parts):
        return
    wrong = moments.disorder(*(moments.parse(part) if part else None for part in parts))
    if wrong:
        yield wrong
    if table.name == "periods" and not any(parts):
        yield "has no start, end or attested moment; a period needs at least one"


def _special(row: Row, table: Table) -> Iterator[str]:
    """Hold what a column's description alone cannot say."""
    if table.name == "dataset" and row["base"] and not row["base"].endswith("/"):
        yield f"base '{row['base']}' does not end with a slash"
    if table.name == "observations":
        given = [measure for measure in MEASURES if row[measure]]
        if len(given) != 1:
            has = f"has {' and '.join(given)}" if given else "has none"
            yield f"{has}; an observation has exactly one of {', '.join(MEASURES)}"
        if row["number"] and not row["unit"]:
            yield "unit is empty; a number needs what it counts"
    if table.name == "identifiers":
        form = IDENTIFIERS.get(row["scheme"])
        if form and not re.fullmatch(form, row["value"]):
            yield f"value '{row['value']}' is not an identifier of '{row['scheme']}'"


IDENTIFIERS = {"ror": r"https://ror\.org/0[a-z0-9]{8}", "wikidata": r"Q[1-9][0-9]*"}
"""The form of each register's identifiers."""


def _duplicates(rows: list[Row], table: Table) -> Iterator[Problem]:
    """Find rows that say the same as an earlier one: by key, or else by all but their support."""
    first: dict[tuple[str, ...], Row] = {}
    support = ("sources", "certainty", "reason", "through")
    columns = table.key or tuple(c.name for c in table.columns if c.name not in support)
    if table.name == "observations":
        columns = ("respondent", "wave", "item")
    for row in rows:
        identity = tuple(row[column] for column in columns)
        if table.name == "observations":
            identity += tuple(measure for measure in MEASURES if row[measure])
        earlier = first.setdefault(identity, row)
        if earlier is not row:
            what = f"key '{identity[0]}' stands" if table.key else "the same stands"
            hint = "give it another key" if table.key else "put its sources into one row"
            yield row.problem(f"{what} already in line {earlier.line}; {hint}")


def _small(text: str) -> str:
    return text[0].lower() + text[1:].rstrip(".")
