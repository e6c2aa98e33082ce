"""Damage Stockholm's tables, one cell at a time, and count what the checks catch.

500 damages from a fixed seed, each to an otherwise whole copy of data/stockholm/: a key exchanged for
another valid one, a changed year or number, a deleted cell, a role or answer out of place, a citation
that slips by a line or names another source, a row cut short, a name of another row. Each then goes
through what `kg check --texts` runs: cells, citations, evidence, and only if they pass it, the graph
with its shapes and constraints. Caught is what brings a problem that the whole copy does not have; or
a text that is no longer recognised, which the check reports too.

No digest of the tables takes part: each damage is found by what it makes wrong. Rows taken out whole
are not among the damages; nothing can tell them from rows that were never written.

    python benchmarks/mutations.py TEXTS [TEXTS ...] [--number N] [--seed N]

where each TEXTS is a folder with documents that the tables cite.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import cells, constraints, evidence, graph, moments, ontology, sources
from kg.build import build
from kg.config import share
from kg.errors import InvalidData
from kg.references import index
from kg.tables import LIST, description

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.references import Index
    from kg.tables import Column

NUMBER = 500
SEED = 20261122
AIM = 0.95
NAMES = ("name", "name_en", "name_sv", "title", "value", "wording")
TABLES = {table.name: {column.name: column for column in table.columns} for table in description()}

Rows = dict[str, list[list[str]]]


@dataclass(frozen=True)
class Damage:
    """One cell that is not what it was, or several where a row is cut short."""

    sort: str
    table: str
    row: int
    cells: dict[str, str]

    def __str__(self) -> str:
        changed = ", ".join(f"{column} -> '{cell}'" for column, cell in self.cells.items())
        return f"{self.table}.csv:{self.row + 1}: {changed}"


@dataclass(frozen=True)
class Place:
    """A cell that is filled, and what stands elsewhere in its column."""

    table: str
    row: int
    column: Column
    cell: str
    others: list[str]


# Each sort of damage gives the cell that it makes of one, or nothing where it cannot befall it.


def key(place: Place, _: Index, chance: random.Random) -> str:
    """Exchange a key for another valid one that stands in the column."""
    references = place.column.references or place.column.name == "key"
    return _other(place, chance) if references and place.column.datatype != "citation" else ""


def moment(place: Place, _: Index, chance: random.Random) -> str:
    """Move a year by up to three."""
    if place.column.datatype not in ("moment", "gYear", "date"):
        return ""
    first = moments.parse(place.cell).first
    return f"{first.year + chance.choice((-3, -2, -1, 1, 2, 3))}{place.cell[4:]}"


def number(place: Place, _: Index, chance: random.Random) -> str:
    """Change a digit of a number."""
    if place.column.datatype not in ("positiveInteger", "decimal"):
        return ""
    at = chance.choice([i for i, c in enumerate(place.cell) if c.isdigit()])
    digit = chance.choice([d for d in "123456789" if d != place.cell[at]])
    return place.cell[:at] + digit + place.cell[at + 1 :]


def word(place: Place, known: Index, chance: random.Random) -> str:
    """Exchange a role, an answer, a type or another word for one that the column allows as well."""
    column = place.column
    allowed = column.values or sorted(known.ontology.concepts.get(column.scheme, ()))
    if place.table == "initiatives" and column.name == "type":
        allowed = tuple(column.pattern.split("|"))
    others = [each for each in allowed if each != place.cell]
    return chance.choice(others) if others else ""


def line(place: Place, _: Index, chance: random.Random) -> str:
    """Let one citation slip by a line."""
    if place.column.datatype not in ("citation", "lines"):
        return ""
    items = place.cell.split(LIST)
    at = chance.randrange(len(items))
    source, colon, ranges = items[at].rpartition(":")
    spans = ranges.split(",")
    which, step = chance.randrange(len(spans)), chance.choice((-1, 1))
    spans[which] = "-".join(str(int(n) + step) for n in spans[which].split("-"))
    items[at] = f"{source}{colon}{','.join(spans)}"
    return LIST.join(items)


def source(place: Place, known: Index, chance: random.Random) -> str:
    """Let one citation name another source."""
    if place.column.datatype != "citation":
        return ""
    items = place.cell.split(LIST)
    at = chance.randrange(len(items))
    old, _, ranges = items[at].partition(":")
    items[at] = f"{chance.choice(sorted(known.keys['source'] - {old}))}:{ranges}"
    return LIST.join(items)


def name(place: Place, _: Index, chance: random.Random) -> str:
    """Exchange a name for that of another row."""
    return _other(place, chance) if place.column.name in NAMES else ""


def deleted(place: Place, _: Index, chance: random.Random) -> None:
    """Stand for a deleted cell."""
    del place, chance


def _other(place: Place, chance: random.Random) -> str:
    others = [each for each in place.others if each != place.cell]
    return chance.choice(others) if others else ""


SORTS: dict[str, Callable[[Place, Index, random.Random], str]] = {
    "key of another thing": key,
    "year moved": moment,
    "digit changed": number,
    "role, type or answer exchanged": word,
    "citation slipped by a line": line,
    "citation of another source": source,
    "name of another row": name,
}
DELETED = "cell deleted"
CUT = "row cut short"


def places(rows: Rows) -> Iterator[Place]:
    """Give every filled cell of the tables."""
    for table, (header, *body) in rows.items():
        for at, column in enumerate(header):
            others = sorted({row[at] for row in body if row[at]})
            for number_, row in enumerate(body, 1):
                if row[at]:
                    yield Place(table, number_, TABLES[table][column], row[at], others)


def damages(rows: Rows, known: Index, count: int, seed: int) -> list[Damage]:
    """Choose damages: a sort, all alike in number, and then a cell that it can befall."""
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    cells_ = list(places(rows))
    sorts = [*SORTS, DELETED, CUT]
    found: list[Damage] = []
    while len(found) < count:
        sort = sorts[len(found) % len(sorts)]
        place = chance.choice(cells_)
        if sort == DELETED:
            found.append(Damage(sort, place.table, place.row, {place.column.name: ""}))
        elif sort == CUT:
            found.append(_cut(place, rows))
        else:
            cell = SORTS[sort](place, known, chance)
            if cell and cell != place.cell:
                found.append(Damage(sort, place.table, place.row, {place.column.name: cell}))
    return found


def _cut(place: Place, rows: Rows) -> Damage:
    header = rows[place.table][0]
    return Damage(CUT, place.table, place.row, dict.fromkeys(header[len(header) // 2 :], ""))


@dataclass
class Checks:
    """What `kg check --texts` runs, and what it says of the whole copy."""

    folder: Path
    texts: list[Path]
    before: frozenset[str] = frozenset()

    def early(self) -> tuple[list[str], str]:
        """Run what takes no graph; give the problems, and which check found them."""
        known = ontology.load()
        try:
            folder = cells.load(self.folder, known)
        except InvalidData as error:
            return self._new(map(str, error.problems)), "cells"
        rows = folder.of("sources")
        texts: dict[str, list[str]] = {}
        for directory in self.texts:
            texts |= sources.find_texts(directory, rows)
        unread = [f"sources.csv: {each} was not found" for each in sources.unread(folder, texts)]
        problems = [*sources.verify(folder, texts), *evidence.examine(folder, known, texts).problems]
        violations = self._new(str(p) for p in problems if p.severity == "violation")
        warnings = self._new([*(str(p) for p in problems if p.severity != "violation"), *unread])
        return (violations, "evidence") if violations else (warnings, "evidence, as a warning")

    def late(self) -> tuple[list[str], str]:
        """Build the graph and hold it against shapes and constraints."""
        try:
            whole = graph.assemble(self.folder)
        except InvalidData as error:
            return self._new(map(str, error.problems)), "graph"
        found = self._new(map(str, whole.problems))
        if found:
            return found, "shapes"
        store = ox.Store()
        store.extend(whole.quads)
        origins = build(whole.folder, ontology.load()).origins
        return self._new(map(str, constraints.hold(store, whole.folder, origins))), "constraints"

    def _new(self, problems: Iterable[str]) -> list[str]:
        return [problem for problem in problems if problem not in self.before]


def read(folder: Path) -> Rows:
    """Read the tables as they stand."""
    rows = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows[path.stem] = list(csv.reader(file))
    return rows


def write(folder: Path, table: str, rows: list[list[str]]) -> None:
    """Write one table."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def run(damage: Damage, rows: Rows, checks: Checks) -> tuple[list[str], str]:
    """Damage the copy, check it, and make it whole again."""
    header, *body = table = [list(row) for row in rows[damage.table]]
    for column, cell in damage.cells.items():
        body[damage.row - 1][header.index(column)] = cell
    write(checks.folder, damage.table, table)
    found, check = checks.early()
    if not found:
        found, check = checks.late()
    write(checks.folder, damage.table, rows[damage.table])
    return found, check


def main(arguments: list[str] | None = None) -> int:
    """Print what is caught, by sort and by check, and list what is not; fail below the aim."""
    parser = argparse.ArgumentParser(description="Damage Stockholm's tables and count what is caught.")
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(shutil.copytree(share() / "data" / "stockholm", Path(directory) / "stockholm"))
        checks = Checks(folder, options.texts)
        checks.before = frozenset(checks.early()[0] + checks.late()[0])
        rows = read(folder)
        known = ontology.load()
        chosen = damages(rows, index(cells.load(folder, known), known), options.number, options.seed)
        results = [(damage, *run(damage, rows, checks)) for damage in chosen]
    share_ = report(results)
    print(f"{time.perf_counter() - began:.0f} s, seed {options.seed}")
    return 0 if share_ >= AIM else 1


def report(results: list[tuple[Damage, list[str], str]]) -> float:
    """Print the share of damages that were caught, by sort and by check, and those that were not."""
    by_sort: dict[str, list[bool]] = defaultdict(list)
    for damage, found, _ in results:
        by_sort[damage.sort].append(bool(found))
    for sort, caught in by_sort.items():
        print(f"{sort:32} {sum(caught):4} of {len(caught):4}")
    for check, count in Counter(check for _, found, check in results if found).most_common():
        print(f"caught by {check}: {count}")
    there = sum(any(f"{d.table}.csv:{d.row + 1}:" in problem for problem in found) for d, found, _ in results)
    total = sum(bool(found) for _, found, _ in results)
    print(f"caught: {total} of {len(results)}, {total / len(results):.1%}; {there} at the damaged line")
    for damage, found, _ in results:
        if not found:
            print(f"missed: {damage.sort}: {damage}")
    return total / len(results)


if __name__ == "__main__":
    sys.exit(main())
