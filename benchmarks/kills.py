"""Kill `kg build` again and again, at moments drawn at random, and look at what is left.

Two states of a data folder are built in turn, each run killed (SIGKILL) within the time that a build
takes. After each kill the Turtle must be one of the two, whole, and `kg query` must answer what the
tables say at that moment. Prints how many kills, how many of them struck a running build, and what
was lost; fails where anything was.

    python benchmarks/kills.py [KILLS]
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.config import share

KILLS = 200
SEED = 20261122
KG = [sys.executable, "-m", "kg"]
QUESTION = ["query", "goals-with-target-year"]


def build(folder: Path, data: Path) -> float:
    """Build a data folder to its end, and give the seconds that it took."""
    began = time.monotonic()
    subprocess.run([*KG, "build", str(data)], cwd=folder, check=True, capture_output=True)
    return time.monotonic() - began


def answer(folder: Path, data: Path) -> bytes:
    """Ask a question of a data folder."""
    command = [*KG, *QUESTION, "--data", str(data)]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout


def killed(folder: Path, data: Path, after: float) -> bool:
    """Start a build and kill it after some seconds; say whether it was still running."""
    with subprocess.Popen(
        [*KG, "build", str(data)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def states(folder: Path) -> list[Path]:
    """Make the two states: Stockholm's tables, and the same with one target year changed."""
    first = folder / "first"
    second = folder / "second"
    for state in (first, second):
        shutil.copytree(share() / "data" / "stockholm", state)
    goals = second / "goals.csv"
    goals.write_text(goals.read_text(encoding="utf-8").replace(",2030,", ",2031,"), encoding="utf-8")
    return [first, second]


def main(kills: int) -> int:
    """Kill, look, and report."""
    chance = random.Random(SEED)  # noqa: S311  no secret
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = states(folder)
        turtle = folder / "build" / "stockholm.ttl"
        whole, answers, taken = [], [], 0.0
        for state in data:
            taken = build(folder, state)
            whole.append(turtle.read_bytes())
            answers.append(answer(folder, state))
        struck = lost = 0
        for turn in range(kills):
            which = turn % 2
            shutil.rmtree(folder / "build" / ".store")  # so that a store has to be written too
            struck += killed(folder, data[which], chance.uniform(0.1, taken))
            good = turtle.read_bytes() in whole and answer(folder, data[which]) == answers[which]
            lost += not good
        left = [path.name for path in (folder / "build").iterdir() if path.name.startswith(".stockholm")]
    print(f"{kills} kills, {struck} of a running build, {lost} lost; {len(left)} temporary files left beside")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS))
