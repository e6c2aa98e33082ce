"""The module `progress`: what is being done, and the time it may take."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from queue import SimpleQueue

import pytest
from conftest import ROOT

from kg.progress import MEGABYTE, backstop, limits, resident, step


def script(text: str) -> subprocess.CompletedProcess[bytes]:
    """Run a script of its own, since a deadline ends the process."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", text], env=environ, capture_output=True, check=False, timeout=120
    )


def test_a_step_is_silent_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """Where no terminal reads standard error, a step writes nothing, and passes errors on."""
    with step("work"):
        pass
    with pytest.raises(ZeroDivisionError), step("work"):
        _ = 1 // 0
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", "")


def test_a_deadline_ends_the_process() -> None:
    """What takes too long ends with one line and exit code 1, on time."""
    began = time.monotonic()
    done = script("import time\nfrom kg.progress import limits\nwith limits(0.2): time.sleep(20)")
    assert time.monotonic() - began < 10
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "kg: the answer took longer than 0.2 s; allow more with --timeout, or ask for less\n"
    )


def test_a_deadline_that_is_kept_does_nothing() -> None:
    """Who is done in time is left alone afterwards, also after a failure."""
    done = script(
        "import time\nfrom kg.progress import limits\n"
        "with limits(1): pass\n"
        "try:\n    with limits(1): raise ValueError\n"
        "except ValueError: pass\n"
        "time.sleep(1.5)\nprint('here')"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"here\n", b"")


def test_a_deadline_leaves_no_thread_behind() -> None:
    """A long limit keeps no process waiting for it."""
    began = time.monotonic()
    with limits(3600):
        pass
    assert time.monotonic() - began < 60


def test_memory_that_is_over_ends_the_process() -> None:
    """What takes too much ends with one line and exit code 1, also while the time lasts."""
    done = script(
        "import time\nfrom kg.progress import limits\nkept = []\nwith limits(20, 150):\n"
        "    while True: kept.append(bytearray(b'x') * 5_000_000); time.sleep(0.005)"
    )
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "kg: the answer took more than 150 MB of memory; allow more with --memory, or ask for less\n"
    )


def test_the_system_stands_behind_the_limit() -> None:
    """What is asked for at once, between two looks, is refused; afterwards all is as it was."""
    with pytest.raises(MemoryError), backstop(100):
        bytearray(1 << 30)
    with backstop(0):
        assert len(bytearray(300 * MEGABYTE)) == 300 * MEGABYTE
    assert len(bytearray(300 * MEGABYTE)) == 300 * MEGABYTE


def test_what_a_process_takes() -> None:
    """The memory that is told grows by what is taken."""
    before = resident()
    taken = bytearray(b"x") * (50 * MEGABYTE)
    assert resident() - before > 40 * MEGABYTE
    assert taken


def test_who_asks_says_what_ends() -> None:
    """In a child process, what ends it is told in words why."""
    for seconds, megabytes, said in ((0.05, 0, "0.05 s"), (600, 1, "1 MB of memory")):
        told: SimpleQueue[str] = SimpleQueue()
        with limits(seconds, megabytes, told.put):
            text = told.get(timeout=60)
        assert text.split(" than ")[1].split(";")[0] == said
        assert told.empty()


@pytest.mark.parametrize(("heeded", "code"), [(True, -signal.SIGINT), (False, 0)])
def test_an_interrupt_ends_the_process(heeded: bool, code: int) -> None:  # noqa: FBT001 - a parameter
    """Ctrl-C is heeded while no Python runs; one that a shell has the process ignore stays ignored."""
    handler = "default_int_handler" if heeded else "SIG_IGN"
    done = script(
        "import hashlib, os, signal, threading\nfrom kg.progress import limits\n"
        f"signal.signal(signal.SIGINT, signal.{handler})\n"
        "threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "with limits(20, 1000):\n"
        "    hashlib.pbkdf2_hmac('sha256', b'a', b'b', 3_000_000)\n"
        "    os._exit(0)"
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


def test_an_interrupt_is_python_s_again_afterwards() -> None:
    """What handled Ctrl-C before handles it after an answer, and all along in a program of one's own."""
    done = script(
        "import signal\nfrom kg.progress import limits\n"
        "usual = signal.default_int_handler\n"
        "signal.signal(signal.SIGINT, usual)\n"  # a shell may have had this process ignore it
        "with limits(20, 0, print): assert signal.getsignal(signal.SIGINT) is usual\n"
        "with limits(20): assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL\n"
        "assert signal.getsignal(signal.SIGINT) is usual"
    )
    assert (done.returncode, done.stderr) == (0, b"")
