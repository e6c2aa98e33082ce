"""The module `background`: a store in a process of its own, whatever happens to either process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import ROOT

from kg.background import Background
from kg.config import settings
from kg.errors import InvalidData, MemoryExceeded, QueryError, TimeoutExceeded
from kg.store import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
GRAPH = "".join(f"<http://x/{n}> <http://x/p> <http://x/{n + 1}> .\n" for n in range(200))


def wait(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait until something is true, and say whether it came to be."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def alive(number: int) -> bool:
    """Say whether a process runs; one that has ended and waits to be asked how does not."""
    state = Path(f"/proc/{number}/stat")
    try:
        os.kill(number, 0)
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a small graph in a file."""
    path = tmp_path / "graph.nt"
    path.write_text(GRAPH)
    return path


@pytest.fixture
def store(data: Path) -> Iterator[Background]:
    """Give that graph's store in the background, with little time."""
    made = Background(settings({}, data=data, out=data.parent, timeout=2))
    yield made
    made.close()


def number(store: Background) -> int:
    """Give the child's process number."""
    assert store._process is not None
    return store._process.pid


def test_it_is_a_store_like_any(store: Background) -> None:
    """It gives rows, booleans and triples as the embedded store does; errors come as they are."""
    assert rows(store, "SELECT ?o { <http://x/3> ?p ?o }")[0]["o"] == ox.NamedNode("http://x/4")
    assert bool(store.query("ASK { <http://x/3> ?p <http://x/4> }"))
    triples = store.query("CONSTRUCT { ?s <http://x/q> 1 } WHERE { ?s ?p <http://x/9> }")
    assert isinstance(triples, list)
    assert str(triples[0]) == '<http://x/8> <http://x/q> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    with pytest.raises(QueryError, match="the query is not SPARQL: line 1, column"):
        store.query("SELECT * { ?s ?p }")
    assert store.base == "https://w3id.org/innovation-kg/id/"


def test_it_starts_with_the_first_question(store: Background) -> None:
    """Until something is asked there is no process; one process answers all."""
    assert store._process is None
    store.query("ASK {}")
    first = number(store)
    store.query("ASK {}")
    assert number(store) == first


def test_what_takes_too_long_is_ended(store: Background) -> None:
    """The child is gone when the error comes, and the next question starts another."""
    store.query("ASK {}")
    before = number(store)
    with pytest.raises(TimeoutExceeded, match="longer than 2 s; allow more with timeout="):
        store.query(LONG)
    assert not alive(before)
    assert bool(store.query("ASK {}"))
    assert number(store) != before


def test_several_questions_share_their_time(store: Background) -> None:
    """A moment by which to answer holds for all that is asked until then; afterwards nothing is asked."""
    store.query("ASK {}")
    before = number(store)
    timed = store.within(time.monotonic() + 2)
    assert bool(timed.query("ASK {}"))
    time.sleep(max(0, timed.until - time.monotonic()))
    with pytest.raises(TimeoutExceeded, match="longer than 2 s"):
        timed.query("ASK {}")
    assert number(store) == before


def test_a_store_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    """What is wrong with a file comes from the child as all its problems, each time it is asked."""
    path = tmp_path / "wrong.ttl"
    path.write_text("<http://x/a> <http://x/b> .\n")
    store = Background(settings({}, data=path, out=tmp_path))
    for _ in range(2):
        with pytest.raises(InvalidData) as caught:
            store.query("ASK {}")
        assert [problem.line for problem in caught.value.problems] == [1]
    store.close()


def test_a_closed_store_answers_no_more(store: Background) -> None:
    """After it is closed nothing can be asked, and its process is gone; twice closed is closed."""
    store.query("ASK {}")
    before = number(store)
    store.close()
    store.close()
    assert not alive(before)
    with pytest.raises(QueryError, match="was closed"):
        store.query("ASK {}")


def test_a_store_that_nobody_has_any_more_is_ended(data: Path) -> None:
    """A store that is let go of takes its process along."""
    store = Background(settings({}, data=data, out=data.parent))
    store.query("ASK {}")
    before = number(store)
    del store
    assert wait(lambda: not alive(before))


def test_threads_share_it(store: Background) -> None:
    """Each of many threads gets its own answers."""
    wrong: list[object] = []

    def ask(start: int) -> None:
        for n in range(start, start + 20):
            found = rows(store, f"SELECT ?o {{ <http://x/{n}> ?p ?o }}")
            if [str(row["o"]) for row in found] != [f"<http://x/{n + 1}>"]:
                wrong.append(found)

    threads = [threading.Thread(target=ask, args=(20 * n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_fork_starts_its_own(store: Background) -> None:
    """A process that was forked asks a child of its own, and leaves its parent's alone."""
    store.query("ASK {}")
    before = number(store)
    child = os.fork()
    if not child:
        code = 3
        try:
            store.query("ASK {}")
            code = 0 if number(store) != before else 2
            store.close()
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    assert alive(before)
    assert bool(store.query("ASK {}"))
    assert number(store) == before


def test_control_c_leaves_it_usable(store: Background) -> None:
    """An interrupted question ends, and the next one is answered by a new child."""
    store.query("ASK {}")
    before = number(store)
    timer = threading.Timer(
        0.3, lambda: signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    )
    # A shell that starts this in the background has interrupts ignored, and Python then leaves it so.
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            store.query(LONG)
        timer.join()
    finally:
        signal.signal(signal.SIGINT, usual)
    assert not alive(before)
    assert bool(store.query("ASK {}"))


@pytest.mark.parametrize(
    ("sign", "error"),
    [(signal.SIGKILL, MemoryExceeded), (signal.SIGABRT, MemoryExceeded), (signal.SIGSEGV, QueryError)],
)
def test_a_child_that_dies(store: Background, sign: signal.Signals, error: type[Exception]) -> None:
    """A child that the system ends, or that crashes, is an error, and the next one answers."""
    store.query("ASK {}")
    timer = threading.Timer(0.3, os.kill, (number(store), sign))
    timer.start()
    with pytest.raises(error):
        store.query(LONG)
    timer.join()
    assert bool(store.query("ASK {}"))


def test_a_child_that_died_between_questions(store: Background) -> None:
    """Where the child went unasked, nobody notices."""
    store.query("ASK {}")
    before = number(store)
    os.kill(before, signal.SIGKILL)
    # Until it can be asked how it ended: a leader may look dead while its threads still go.
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert bool(store.query("ASK {}"))


@pytest.mark.parametrize("busy", [False, True])
def test_it_ends_with_its_parent(data: Path, *, busy: bool) -> None:
    """A parent that is killed leaves no child behind, also not one that is answering."""
    script = (
        "import sys, threading\nfrom pathlib import Path\nfrom kg.background import Background\n"
        "from kg.config import settings\n"
        "store = Background(settings({}, data=Path(sys.argv[1]), out=Path(sys.argv[1]).parent))\n"
        f"store.query('ASK {{}}')\nprint(store._process.pid, flush=True)\n"
        f"store.query({LONG if busy else 'ASK {}'!r})\nthreading.Event().wait()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(data)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert alive(child)
        time.sleep(0.3)
        parent.kill()
    assert wait(lambda: not alive(child))


def test_it_does_without_poll(store: Background, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system cannot wait for a pipe, a thread keeps the time."""
    monkeypatch.delattr("select.poll")
    assert bool(store.query("ASK {}"))
    with pytest.raises(TimeoutExceeded):
        store.within(time.monotonic() + 0.3).query(LONG)
    assert bool(store.query("ASK {}"))


def test_another_folder(store: Background, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program may move, and what lies where it moves to is not taken for the package."""
    (tmp_path / "kg.py").write_text("raise SystemExit(9)\n")
    monkeypatch.chdir(tmp_path)
    assert bool(store.query("ASK {}"))
