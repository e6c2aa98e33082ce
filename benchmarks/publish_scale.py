"""Show that a site of 20,000 subjects is published within ten minutes, and in memory that stays flat.

The folders are Stockholm's, enlarged as for `check_scale.py`; each size has a process of its own. The time
is that of the processor, which other work on the machine does not lengthen much, in all processes: the build
of the graph and the questions count. Of memory there is what this process takes in the first and in the
last quarter of the things' pages, the most that it ever took, and the most that another took: the one that
builds the graph, or one that a question is asked in.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from check_scale import multiplied

from kg import publish
from kg.config import settings, share
from kg.progress import MEGABYTE, resident
from kg.tables import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.site import Page, Site

TIMES = (1, 5, 25)
SECONDS = 600.0
"""The most that the largest site may take."""
GROWTH = 2.0
"""How many times the time by the subject may be that of the smallest site."""
MORE = 32
"""Megabytes by which memory may grow from the first to the last quarter of the pages."""

ONE = "--one"
"""What says that this process is that of one size."""


def main() -> int:
    """Print time and memory for each size; fail where a bound is not kept."""
    if sys.argv[1:2] == [ONE]:
        return one(Path(sys.argv[2]), int(sys.argv[3]))
    sizes = tuple(int(word) for word in sys.argv[1:]) or TIMES
    by_subject, kept = [], True
    with tempfile.TemporaryDirectory() as place:
        for size in sizes:
            done = subprocess.run(
                [sys.executable, __file__, ONE, place, str(size)],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
            told = json.loads(done.stdout)
            by_subject.append(told["seconds"] / told["subjects"])
            kept = kept and told["seconds"] < SECONDS and by_subject[-1] < GROWTH * by_subject[0]
            kept = kept and told["last"] - told["first"] < MORE
            print(
                f"{told['subjects']:7,} subjects, {told['files']:7,} files: {told['seconds']:6.1f} s, "
                f"{1000 * by_subject[-1]:5.2f} ms a subject; {told['first']:,} MB in the first quarter of the"
                f" pages, {told['last']:,} MB in the last, {told['most']:,} MB at most; {told['beside']:,} MB"
                " in another process",
                flush=True,
            )
    return 0 if kept else 1


def one(place: Path, size: int) -> int:
    """Publish one size, and tell of it in JSON."""
    folder, _ = read(share() / "data" / "stockholm")
    data = place / f"{size}-times"
    multiplied(folder, data, size)
    taken: list[int] = []
    subjects = 0
    pages = publish._pages  # noqa: SLF001 - to look on between two pages

    def noted(site: Site) -> Iterator[tuple[str, Page]]:
        nonlocal subjects
        subjects = len(site.subjects)
        for part, page in pages(site):
            if part == "things":
                taken.append(resident() // MEGABYTE)
            yield part, page

    with patch.object(publish, "_pages", noted):
        done = publish.publish(place / f"site-{size}", settings({}, data=data, out=place / "out"))
    quarter = len(taken) // 4
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = {
        "subjects": subjects,
        "files": done.written,
        "seconds": sum(each.ru_utime + each.ru_stime for each in spent),
        "first": max(taken[:quarter]),
        "last": max(taken[-quarter:]),
        "most": spent[0].ru_maxrss // 1024,
        "beside": spent[1].ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
