"""Show that a site of 20,000 subjects is published within ten minutes, and in memory that stays flat.

The folders are Stockholm's, enlarged as for `check_scale.py`. Of each size the processor's time, which
other work on the machine does not lengthen, is given by the subject, with the most memory that the
process took; each size has a process of its own. The build of the graph does not count.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from check_scale import multiplied

from kg.config import settings, share
from kg.publish import publish, site_of
from kg.tables import read

TIMES = (1, 5, 25)
SECONDS = 600.0
"""The most that the largest site may take."""
GROWTH = 2.0
"""How many times the time by the subject may be that of the smallest site."""

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
            print(
                f"{told['subjects']:7,} subjects, {told['files']:7,} files: {told['seconds']:6.1f} s, "
                f"{1000 * by_subject[-1]:5.2f} ms a subject, {told['megabytes']:,} MB at most, "
                f"{told['opened']:,} MB before the first page"
            )
    return 0 if kept else 1


def one(place: Path, size: int) -> int:
    """Publish one size, and tell of it in JSON."""
    folder, _ = read(share() / "data" / "stockholm")
    data = place / f"{size}-times"
    multiplied(folder, data, size)
    chosen = settings({}, data=data, out=place / "out")
    subjects = len(site_of(chosen).subjects)
    opened = memory()
    before = time.process_time()
    done = publish(place / f"site-{size}", chosen)
    seconds = time.process_time() - before
    told = {
        "subjects": subjects,
        "files": done.written,
        "seconds": seconds,
        "opened": opened,
        "megabytes": memory(),
    }
    sys.stdout.write(json.dumps(told))
    return 0


def memory() -> int:
    """Give the most megabytes that this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
