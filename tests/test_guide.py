"""The newcomer's guide is right: followed word for word, each command answers as the page says."""

from __future__ import annotations

import os
import re
import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from console import on_terminal

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = ROOT / "docs" / "your-city.md"
FILE = re.compile(r"(?P<verb>Save as|Append to|Replace line (?P<line>\d+) of) `(?P<path>[^`]+)`:")
TOOK = re.compile(r"[A-Za-z ,]+: \d+\.\d s")
"""What the page leaves out, as it says: how long a step took."""


@dataclass(frozen=True)
class Block:
    """A fenced block of the page: its form, its text, and the last line of the words before it."""

    before: str
    form: str
    text: str


def blocks(page: str) -> list[Block]:
    """Give the blocks of a page in their order."""
    parts = re.split(r"^```(\w*)\n(.*?)^```\n", page, flags=re.MULTILINE | re.DOTALL)
    proses, forms, texts = parts[0::3], parts[1::3], parts[2::3]
    return [
        Block((["", *prose.strip().splitlines()])[-1], form, text)
        for prose, form, text in zip(proses, forms, texts, strict=False)
    ]


def write(block: Block, told: re.Match[str], folder: Path) -> None:
    """Do to a file what the page says: save it, append rows below its header, or replace a line."""
    path = folder / told["path"]
    if told["verb"] == "Save as":
        path.write_text(block.text, encoding="utf-8", newline="\n")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if told["line"]:
        lines[int(told["line"]) - 1] = block.text
    else:
        header, *rows = block.text.splitlines(keepends=True)
        assert header == lines[0], f"{told['path']} has other columns than the page shows"
        lines += rows
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def run(script: str, folder: Path, programs: Path) -> tuple[int, str]:
    """Run a block of commands in a shell on a terminal, and give its exit code and what it shows."""
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    more = {"LC_ALL": "C.UTF-8", "PATH": path, "PYTHONPATH": str(ROOT)}
    code, written = on_terminal(["sh", "-c", script], folder, more, errors=True)
    shown = [line.rstrip() for line in written.splitlines()]
    return code, "\n".join(line for line in shown if not TOOK.fullmatch(line)).strip("\n")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Give a folder for the path with a `kg` that runs this checkout."""
    made = tmp_path / "bin"
    made.mkdir()
    (made / "kg").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n', encoding="utf-8")
    (made / "kg").chmod(0o755)
    return made


def test_guide_is_right_word_for_word(tmp_path: Path, programs: Path) -> None:
    """From top to bottom: files are written as the page says, and commands answer as it shows.

    A block of commands succeeds, but where its answer tells of violations.
    """
    folder = tmp_path / "afternoon"
    folder.mkdir()
    code, shown = 0, ""
    for block in blocks(GUIDE.read_text(encoding="utf-8")):
        told = FILE.fullmatch(block.before)
        if told:
            write(block, told, folder)
        elif block.form == "sh":
            code, shown = run(block.text, folder, programs)
            assert code == (1 if re.search(r"\b[1-9]\d* violation", shown) else 0), shown
        else:
            assert block.form == "text", f"a {block.form} block names no file: {block.before}"
            assert shown == "\n".join(line.rstrip() for line in block.text.splitlines()).strip("\n")
    assert (folder / "build" / "riverton.html").is_file()
    assert "Lakeside" not in (folder / "build" / "riverton.ttl").read_text(encoding="utf-8")


def test_guide_shows_each_answer() -> None:
    """Each block of commands is followed by what it shows, so nothing is run that nobody compares."""
    forms = [
        b.form if not FILE.fullmatch(b.before) else "file" for b in blocks(GUIDE.read_text(encoding="utf-8"))
    ]
    after = [follower for form, follower in zip(forms, [*forms[1:], ""], strict=True) if form == "sh"]
    assert len(after) > 8
    assert set(after) == {"text"}


def test_guide_meets_what_a_newcomer_does() -> None:
    """Making, checking, mending, building, seeing and asking all stand in the guide, and errors too."""
    text = GUIDE.read_text(encoding="utf-8")
    for command in ("kg new", "kg check", "kg build", "kg view", "kg query", "kg show", "--texts"):
        assert command in text
    assert "did you mean 'founder'?" in text
