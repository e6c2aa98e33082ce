"""The module `worker`: what the child process makes of a message."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from conftest import HARBOUR

from kg.errors import InvalidData, NotFound, Problem
from kg.worker import ASK, BROKEN, FAILED, HEAD, LETTERS, OPEN, _Bounds, _Desk, _heard, _told, send

if TYPE_CHECKING:
    from pathlib import Path


def test_a_message_arrives_as_it_was_sent() -> None:
    """A letter, a length and the bytes; nothing of what follows is taken."""
    source, sink = os.pipe()
    send(sink, ASK, json.dumps({"text": "å" * 1000}).encode())
    send(sink, OPEN, b"{}")
    assert _heard(source) == (ASK, {"text": "å" * 1000})
    assert _heard(source) == (OPEN, {})
    os.close(source)
    os.close(sink)


def test_what_a_message_becomes(out: Path) -> None:
    """An opened store answers; an intended failure is told with its class, a bug with its traceback."""
    desk = _Desk(_Bounds(os.getpid()))
    assert desk.reply(ASK, {"text": "ASK {}", "seconds": 1})[0] == BROKEN
    missing = {"data": str(out / "none.ttl"), "out": str(out), "memory": 9}
    letter, body = desk.reply(OPEN, missing)
    assert (letter, json.loads(body)["class"]) == (FAILED, "NotFound")
    opened = desk.reply(OPEN, {"data": str(HARBOUR), "out": str(out), "memory": 2048})
    assert opened == (OPEN, b"https://example.org/harbour/")
    letter, body = desk.reply(ASK, {"text": "SELECT (1 AS ?x) {}", "seconds": 1})
    assert letter == LETTERS["rows"]
    assert json.loads(body)["results"]["bindings"][0]["x"]["value"] == "1"
    assert desk.reply(ASK, {"text": "ASK", "seconds": 1})[0] == FAILED
    assert desk.bounds.until is None


def test_errors_are_told_whole() -> None:
    """Problems keep their places; other errors their words."""
    problem = Problem("a.csv", 3, "wrong", focus="http://x/a")
    assert _told(InvalidData([problem]))["problems"] == [("a.csv", 3, "wrong", "violation", "http://x/a", "")]
    assert _told(NotFound("none")) == {"class": "NotFound", "text": "none", "problems": []}


def test_a_head_has_one_size() -> None:
    """Both ends agree on nine bytes, whatever machine they run on."""
    assert HEAD.size == 9
