"""Show that a check grows linearly with the tables: folders 10 and 100 times the size of Stockholm's.

Each copy of the things has keys of its own (`kth-17`), and its facts speak of that copy; sources and
the data set stay as they are. The time of the whole check is given step by step and by the row:
where that grows, something is not linear. It is the processor's time, which other work on the machine
does not lengthen; of Stockholm's own check the best of a few, since the first one imports.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from kg import cells, graph
from kg.config import share
from kg.tables import description, paths, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.tables import Column, Folder, Table

TIMES = (1, 10, 100)
SINGLE = ("dataset", "sources")
"""Tables that every copy shares."""
STEPS: dict[str, tuple[Any, str]] = {
    "tables": (cells, "load"),
    "build": (graph, "build"),
    "to Oxigraph": (graph, "_triples"),
    "derive": (graph, "derive"),
    "to rdflib": (graph, "_rdflib"),
    "shapes": (graph, "validate"),
    "constraints": (graph, "hold"),
}
"""The steps of a check, and the function that does each."""
RUNS = 3
SECONDS = 3.0
"""The most that the check of Stockholm may take."""
GROWTH = 1.5
"""How many times the time by the row may be that of Stockholm."""


def main() -> int:
    """Print the time of each step and of the row; fail where a bound is not kept."""
    sizes = tuple(int(word) for word in sys.argv[1:]) or TIMES
    folder, _ = read(share() / "data" / "stockholm")
    by_the_row: list[tuple[int, float]] = []
    kept = True
    with tempfile.TemporaryDirectory() as place:
        for size in sizes:
            copied = Path(place) / f"{size}-times"
            rows = multiplied(folder, copied, size)
            runs = [timed(copied) for _ in range(RUNS if size == 1 else 1)]
            steps = min(runs, key=lambda run: sum(run.values()))
            total = sum(steps.values())
            by_the_row.append((rows, total / rows))
            told = ", ".join(f"{name} {taken:.2f}" for name, taken in steps.items())
            print(f"{size:>4} times: {rows:>6} rows, {total:7.2f} s, {1000 * total / rows:.2f} ms a row")
            print(f"            {told}", flush=True)
            kept = kept and (size > 1 or total <= SECONDS)
    for rows, each in by_the_row[1:]:
        growth = each / by_the_row[0][1]
        kept = kept and growth <= GROWTH
        print(f"{rows} rows against {by_the_row[0][0]}: {growth:.2f} of the time a row (at most {GROWTH})")
    return 0 if kept else 1


def timed(folder: Path) -> dict[str, float]:
    """Check a folder as `kg check` does, and give the seconds of each step.

    Raises:
        ValueError: where the folder does not hold, since then the check did something else.
    """
    steps = dict.fromkeys(STEPS, 0.0)
    with ExitStack() as patches:
        for name, (owner, function) in STEPS.items():
            clocked = _clocked(getattr(owner, function), name, steps)
            patches.enter_context(patch.object(owner, function, clocked))
        began = time.process_time()
        problems = graph.assemble(folder).problems
        total = time.process_time() - began
    if problems:
        raise ValueError("\n".join(map(str, problems[:10])))
    return steps | {"the rest": total - sum(steps.values())}


def _clocked(function: Callable[..., Any], name: str, steps: dict[str, float]) -> Callable[..., Any]:
    """Give a function that adds the time it takes to that of its step."""

    def run(*args: Any) -> Any:
        began = time.process_time()
        try:
            return function(*args)
        finally:
            steps[name] += time.process_time() - began

    return run


def multiplied(folder: Folder, target: Path, times: int) -> int:
    """Write a folder as many times over, each copy with keys of its own, and give its number of rows."""
    target.mkdir()
    tables = {table.name: table for table in description()}
    keys = {
        table.kind: {row["key"] for row in folder.of(table.name)}
        for table in tables.values()
        if table.kind and any(column.name == "key" for column in table.columns)
    }
    count = 0
    for path in paths(folder.path):
        table, rows = tables[path.stem], folder.of(path.stem)
        names = [column.name for column in table.columns]
        with (target / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            for copy in range(1 if table.name in SINGLE else times):
                change = _changer(table, keys, copy)
                for row in rows:
                    said = [row[name] for name in names]
                    changed = [change(name, row[name]) for name in names]
                    # What speaks of concepts or sources alone is said once.
                    if not copy or changed != said:
                        writer.writerow(changed)
                        count += 1
    return count


def _changer(table: Table, keys: dict[str, set[str]], copy: int) -> Callable[[str, str], str]:
    """Give what makes a cell that of a copy: its own key, those that it refers to, its identifier."""
    columns = {column.name: column for column in table.columns}

    def change(name: str, cell: str) -> str:
        column = columns[name]
        if not copy or not cell or table.name in SINGLE or column.datatype == "citation":
            return cell
        if name == "key":
            return f"{cell}-{copy}"
        if table.name == "identifiers" and name == "value":
            return f"{cell[:-5]}{copy:05}" if cell.startswith("https:") else f"{cell}{copy:05}"
        if not column.references:
            return cell
        words = cell.split(";") if column.many else [cell]
        return "; ".join(_referred(word.strip(), column, keys, copy) for word in words)

    return change


def _referred(word: str, column: Column, keys: dict[str, set[str]], copy: int) -> str:
    prefix, colon, key = word.rpartition(":")
    kinds = [prefix] if colon else [kind for kind in column.references if kind != "source"]
    return f"{word}-{copy}" if any(key in keys.get(kind, ()) for kind in kinds if kind != "source") else word


if __name__ == "__main__":
    sys.exit(main())
