"""Measure a cold `kg query` against plain scripts that ask the same.

Three commands, each a fresh process, in turn, so that a drift of the machine's speed strikes all
alike: `kg query` on its built store; a plain rdflib script that parses the data set's Turtle and asks
the same text; a bare pyoxigraph script that loads the same store and asks the same text. The ratios
of the medians are what counts; the bounds are 0.3 of rdflib's time, and 3 times pyoxigraph's.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.config import share

RUNS = 9
BOUND_RDFLIB = 0.3
BOUND_PYOXIGRAPH = 3.0
QUESTION = "organisation-partners"

RDFLIB = """
import sys
from rdflib import Graph
graph = Graph().parse(sys.argv[1], format="turtle")
answer = graph.query(open(sys.argv[2]).read())
sys.stdout.buffer.write(answer.serialize(format="csv"))
"""
PYOXIGRAPH = """
import sys
from pyoxigraph import QueryResultsFormat, RdfFormat, Store
store = Store()
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_QUADS)
answer = store.query(open(sys.argv[2]).read())
sys.stdout.buffer.write(answer.serialize(format=QueryResultsFormat.CSV))
"""


def seconds(command: list[str], folder: str) -> float:
    """Give the wall time of one run of a command, start to end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return time.perf_counter() - began


def main() -> int:
    """Print the medians and the ratios; fail where a bound is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        data = share() / "data" / "stockholm"
        kg = [sys.executable, "-m", "kg"]
        subprocess.run([*kg, "build", str(data)], check=True, capture_output=True, cwd=folder)
        store = next((Path(folder) / "build" / ".store").glob("*.nq"))
        question = share() / "queries" / f"{QUESTION}.rq"
        turtle = Path(folder) / "build" / "stockholm.ttl"
        commands = {
            "kg query": [*kg, "query", QUESTION, "--data", str(data)],
            "kg query, name as parameter": [
                *kg,
                "query",
                QUESTION,
                "--data",
                str(data),
                "--organisation",
                "KTH",
            ],
            "rdflib script": [sys.executable, "-c", RDFLIB, str(turtle), str(question)],
            "pyoxigraph script": [sys.executable, "-c", PYOXIGRAPH, str(store), str(question)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(RUNS + 1):
            for name, command in commands.items():
                taken = seconds(command, folder)
                if turn:  # the first warms the disk's cache
                    times[name].append(taken)
    return report({name: statistics.median(taken) for name, taken in times.items()})


def report(medians: dict[str, float]) -> int:
    """Print what was measured, and say whether the bounds are kept."""
    for name, median in medians.items():
        print(f"{name:<28} {median * 1000:6.0f} ms")
    kept = True
    for name in ("kg query", "kg query, name as parameter"):
        against_rdflib = medians[name] / medians["rdflib script"]
        against_pyoxigraph = medians[name] / medians["pyoxigraph script"]
        print(f"{name} / rdflib script: {against_rdflib:.2f} (at most {BOUND_RDFLIB})")
        print(f"{name} / pyoxigraph script: {against_pyoxigraph:.2f} (at most {BOUND_PYOXIGRAPH})")
        kept = kept and against_rdflib <= BOUND_RDFLIB and against_pyoxigraph <= BOUND_PYOXIGRAPH
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
