"""Docstrings are documentation and tests: every example in them is right."""

from __future__ import annotations

import doctest
import importlib
import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MODULES = sorted(path.stem for path in (ROOT / "kg").glob("*.py") if not path.stem.startswith("__"))


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_right(module: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a docstring shows is what happens, in a checkout."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("KG_OUT", str(out))
    failed, _ = doctest.testmod(importlib.import_module(f"kg.{module}"))
    assert failed == 0


@pytest.mark.parametrize("name", ["README.md", "docs/python.md"])
def test_pages_are_right(name: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page shows of Python is what happens, block after block, in a checkout."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("KG_OUT", str(out))
    page = (ROOT / name).read_text(encoding="utf-8")
    # Lines outside the blocks are left empty, so that a failure names the page's line.
    inside, lines = False, []
    for line in page.splitlines():
        if re.match("```", line):
            inside = line == "```pycon"
            lines.append("")
        else:
            lines.append(line if inside else "")
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    test = doctest.DocTestParser().get_doctest("\n".join(lines), {}, name, name, 0)
    assert test.examples
    assert doctest.DocTestRunner(optionflags=flags).run(test).failed == 0
