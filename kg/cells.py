"""Cells: each row of a data folder held against the tables' description.

All problems of all rows are gathered, since a person mends a table in one sitting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import moments, sources
from kg.errors import InvalidData, nearest
from kg.iris import CONCEPTS, ONTOLOGY, RESERVED, slug, unfit
from kg.references import index
from kg.tables import description, read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from kg.errors import Problem
    from kg.ontology import Ontology
    from kg.references import Index
    from kg.tables import Column, Folder, Row, Table

MEASURES = ("answer", "rank", "number", "share")
FORMULA = "=+-@"
NUMERIC = ("decimal", "positiveInteger", "gYear")
# Control characters, and those that are not seen or turn the direction of writing.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_COUNT = re.compile(r"[0-9]{1,9}")
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
    problems += check(folder, ontology, {(problem.path, problem.line) for problem in problems})
    if problems:
        raise InvalidData(problems)
    return folder


def check(folder: Folder, ontology: Ontology, torn: Collection[tuple[str, int]] = ()) -> list[Problem]:
    """Say what is wrong in the cells of a data folder.

    References into a table that could not be read are not judged.

    Args:
        folder: its rows.
        ontology: what concepts and classes there are.
        torn: file and line of rows whose cells do not stand in their columns, and are not judged.
    """
    known = index(folder, ontology)
    lengths = sources.lengths(folder)
    broken = {table.kind for table in description() if table.name in folder.unread}
    problems: list[Problem] = []
    for table in description():
        rows = [row for row in folder.of(table.name) if (row.path, row.line) not in torn]
        for row in rows:
            problems += [row.problem(text) for text in _row(row, table, known, lengths, broken)]
        problems += _duplicates(rows, table, known)
    return problems


def _row(
    row: Row, table: Table, known: Index, lengths: dict[str, int | None], broken: set[str]
) -> Iterator[str]:
    for column in table.columns:
        cell = row[column.name]
        if not cell:
            if column.required:
                yield f"{column.name} is empty; {_small(column.description)}"
            continue
        items = row.many(column.name) if column.many else [cell]
        meant = [_meant(item, column, known) for item in items]
        repeated = next(
            (item for item, each in zip(items, meant, strict=True) if meant.count(each) > 1), None
        )
        if repeated:
            yield f"{column.name} names '{repeated}' twice"
        for item in items:
            wrong = _cell(item, column, known, lengths, broken)
            if wrong:
                yield wrong
    yield from _period(row, table)
    yield from _name(row, table)
    if row["certainty"].removeprefix("certainty:") == "implied" and not row["reason"]:
        yield "reason is empty; say why the lines let a careful reader infer what is implied"
    if table.name in _SPECIAL:
        yield from _SPECIAL[table.name](row)
    if table.name == "mentions":
        yield from _mention(row, lengths)


def _meant(item: str, column: Column, known: Index) -> str:
    """Give the IRI that a cell's word means, or else the word: two words can mean the same."""
    if not (column.references or column.scheme) or column.datatype == "citation":
        return item
    try:
        return known.iri(item, column)
    except ValueError:
        return item


def _cell(item: str, column: Column, known: Index, lengths: dict[str, int | None], broken: set[str]) -> str:
    control = _CONTROL.search(item)
    if control:
        return f"{column.name} holds the control character U+{ord(control[0]):04X}; write plain text"
    if item[0] in FORMULA and not (column.datatype in NUMERIC and _NUMBER.fullmatch(item)):
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
    return (
        ""
        if _NUMBER.fullmatch(item)
        else f"'{item}' is not a plain number; write 1000 or 81.5, without thousands separators"
    )


def _positive(item: str) -> str:
    return "" if _COUNT.fullmatch(item) and int(item) > 0 else f"'{item}' is not a whole number from 1"


def _year(item: str) -> str:
    return (
        ""
        if _YEAR.fullmatch(item) and 0 < int(item) <= LATEST_YEAR
        else f"'{item}' is not a year such as 2030"
    )


def _iri(item: str) -> str:
    wrong = f"'{item}' is not a web address that begins with https:// or http://"
    if not re.match("https?://[^/]", item):
        return wrong
    try:
        ox.NamedNode(item)
    except ValueError:
        return f"'{item}' holds what a web address may not, such as a space or a quotation mark"
    return ""


def _language(item: str) -> str:
    return "" if _LANGUAGE.fullmatch(item) else f"'{item}' is not a language tag such as en or sv"


def _date(item: str) -> str:
    wrong = f"'{item}' is not a day such as 2026-11-22"
    try:
        return "" if moments.parse(item).datatype == "date" else wrong
    except ValueError:
        return wrong


def _lines(item: str) -> str:
    try:
        sources.spans(item)
    except ValueError as error:
        return str(error)
    return ""


def _key(item: str) -> str:
    if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", item):
        return ""
    right = f"write lower-case letters, digits and single hyphens, as in '{slug(item)}'"
    return f"'{item}' is not of its form; {right}"


_CHECKS = {
    "moment": _moment,
    "decimal": _decimal,
    "positiveInteger": _positive,
    "gYear": _year,
    "anyURI": _iri,
    "language": _language,
    "date": _date,
    "key": _key,
    "lines": _lines,
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


def _name(row: Row, table: Table) -> Iterator[str]:
    columns = [c.name for c in table.columns if c.name.startswith(("name_", "title_"))]
    if columns and not any(row[column] for column in columns):
        yield f"{' and '.join(columns)} are empty; write its name in one language at least"


def _dataset(row: Row) -> Iterator[str]:
    base = row["base"]
    if base and not base.endswith("/"):
        yield f"base '{base}' does not end with a slash"
    elif "#" in base or "?" in base or base.startswith((ONTOLOGY.removesuffix("#"), CONCEPTS)):
        yield f"base '{base}' cannot hold things: it has a # or ?, or is the ontology's own"
    elif base and not _iri(base) and (wrong := unfit(base)):
        yield f"base '{base}' is not where a site can stand: {wrong}"


def _source(row: Row) -> Iterator[str]:
    if row["key"] in RESERVED:
        yield f"key '{row['key']}' is the name of a graph that is no source's; give it another key"


def _observation(row: Row) -> Iterator[str]:
    """Hold what a column's description alone cannot say."""
    given = [measure for measure in MEASURES if row[measure]]
    if len(given) != 1:
        has = f"has {' and '.join(given)}" if given else "has none"
        yield f"{has}; an observation has exactly one of {', '.join(MEASURES)}"
    if row["number"] and not row["unit"]:
        yield "unit is empty; a number needs what it counts"
    if row["unit"] and not row["number"]:
        yield f"unit '{row['unit']}' stands without a number"
    if row["bound"] and not (row["number"] or row["share"]):
        yield f"bound '{row['bound']}' stands without a number or share"


def _identifier(row: Row) -> Iterator[str]:
    form, example = IDENTIFIERS.get(row["scheme"], ("", ""))
    if form and row["value"] and not re.fullmatch(form, row["value"]):
        yield f"value '{row['value']}' is not an identifier of '{row['scheme']}', such as {example}"


def _statement(row: Row) -> Iterator[str]:
    types, is_class = row["relation"] == "rdf:type", row["object"].startswith("inno:")
    if types and row["object"] and not is_class:
        yield f"object '{row['object']}' is not a class; what rdf:type says is a class such as inno:Project"
    if is_class and row["relation"] and not types:
        yield f"object '{row['object']}' is a class, which only rdf:type can say"


def _mention(row: Row, lengths: dict[str, int | None]) -> Iterator[str]:
    source = row["source"].removeprefix("source:")
    if source in lengths and row["lines"] and not _lines(row["lines"]):
        wrong = sources.check_citation(f"{source}:{row['lines']}", lengths)
        if wrong:
            yield f"lines: {wrong}"


_SPECIAL: dict[str, Callable[[Row], Iterator[str]]] = {
    "dataset": _dataset,
    "sources": _source,
    "observations": _observation,
    "identifiers": _identifier,
    "statements": _statement,
}
"""What the description of a table's columns cannot say."""

IDENTIFIERS = {
    "ror": (r"https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}", "https://ror.org/026vcq606"),
    "wikidata": (r"Q[1-9][0-9]*", "Q854280"),
}
"""The form of each register's identifiers, and an example."""


def _duplicates(rows: list[Row], table: Table, known: Index) -> Iterator[Problem]:
    """Find rows that say the same as an earlier one: by key, or else by all but their support."""
    first: dict[tuple[str, ...], Row] = {}
    bearers: dict[str, tuple[str, Row]] = {}
    for row in rows:
        identity = _identity(row, table, known)
        earlier = first.setdefault(identity, row)
        if earlier is not row:
            what = f"key '{identity[0]}' stands" if table.key else "the same stands"
            hint = "give it another key" if table.key else "put its sources into one row"
            yield row.problem(f"{what} already in line {earlier.line}; {hint}")
        if table.name == "identifiers":
            thing, bearer = bearers.setdefault(row["value"], (identity[0], row))
            if thing != identity[0]:
                text = f"value '{row['value']}' is that of another thing in line {bearer.line}"
                yield row.problem(f"{text}; an identifier belongs to one thing only")


def _identity(row: Row, table: Table, known: Index) -> tuple[str, ...]:
    support = ("sources", "certainty", "reason", "through")
    names = table.key or tuple(c.name for c in table.columns if c.name not in support)
    if table.name == "observations":
        names = ("respondent", "wave", "item")
    columns = [column for column in table.columns if column.name in names]
    identity = tuple(_meant(row[column.name], column, known) for column in columns)
    if table.name == "observations":
        identity += tuple(measure for measure in MEASURES if row[measure])
    return identity


def _small(text: str) -> str:
    """Give a description's first sentence as the end of a message."""
    first = text.partition(". ")[0]
    return first[0].lower() + first[1:].rstrip(".")
