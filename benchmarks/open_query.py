"""Measure `g.ask` in an open process against bare pyoxigraph on the same text and store.

Each question of the library, with its defaults and its parameters given anew, in turn: once through
`g.ask`, once bare, so that a drift of the machine's speed strikes both alike. Both give rows as Python
objects: `g.ask` mappings of Python values, bare pyoxigraph tuples of its own terms. The ratio of a
question is that of the medians; the bound holds for the geometric mean, and the worst is named.

A machine that has other things to do makes the process that answers wait for its turn, which bare
pyoxigraph need not: so the ratio of processor time, of both processes together, stands beside it where
the system tells it (Linux).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

import kg
from kg.config import share

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ecosystem import Ecosystem

BOUND = 1.3


def processor(child: int) -> float:
    """Give the seconds of processor time that this process and its child have taken."""
    tasks = Path(f"/proc/{child}/task").glob("*/schedstat")
    return time.process_time() + sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


@dataclass
class Taken:
    """What some runs took: seconds on the clock, and of processor time."""

    clock: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    def run(self, job: Callable[[], object], child: int) -> None:
        """Run a job once."""
        worked, began = processor(child), time.perf_counter()
        job()
        self.clock.append(time.perf_counter() - began)
        self.work.append(processor(child) - worked)


def measured(g: Ecosystem, store: ox.Store, name: str, runs: int) -> tuple[Taken, Taken]:
    """Give what a question took through `g.ask` and bare.

    Raises:
        ValueError: where the two do not give as many rows.
    """
    first = g.ask(name)
    text = first.text

    def bare() -> list[tuple[object, ...]]:
        return [tuple(row) for row in store.query(text)]  # type: ignore[union-attr]

    if len(first) != len(bare()):
        raise ValueError(f"{name} has other rows")
    child = g._store._process.pid  # type: ignore[union-attr]  # noqa: SLF001 - only here
    taken = (Taken(), Taken())
    jobs: tuple[Callable[[], object], ...] = (lambda: g.ask(name).rows, bare)
    for turn in range(runs):
        for each in (0, 1) if turn % 2 else (1, 0):
            taken[each].run(jobs[each], child)
    return taken


def main() -> int:
    """Print each question's medians and ratio; fail where the mean is above the bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=21)
    runs = parser.parse_args().runs
    ratios, worked = {}, []
    with (
        tempfile.TemporaryDirectory() as folder,
        kg.open(share() / "data" / "stockholm", out=folder) as g,
    ):
        g.ask("initiatives-led-by")  # starts the process that answers
        store = ox.Store()
        store.bulk_load(path=str(next((Path(folder) / ".store").glob("*.nq"))))
        for name in g.queries:
            ours, bare = measured(g, store, name, runs)
            clock = [statistics.median(each.clock) for each in (ours, bare)]
            work = [statistics.median(each.work) for each in (ours, bare)]
            ratios[name] = clock[0] / clock[1]
            worked.append(work[0] / work[1])
            print(
                f"{name:<26} {clock[0] * 1000:7.2f} ms, bare {clock[1] * 1000:7.2f} ms,"
                f" ratio {ratios[name]:.2f}; of processor time {worked[-1]:.2f}"
            )
    mean = statistics.geometric_mean(ratios.values())
    worst = max(ratios, key=ratios.__getitem__)
    print(f"geometric mean {mean:.2f} (at most {BOUND}); worst {worst}, {ratios[worst]:.2f}")
    print(f"of processor time {statistics.geometric_mean(worked):.2f}; worst {max(worked):.2f}")
    return 0 if mean <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main())
