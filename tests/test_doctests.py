"""Docstrings are documentation and tests: every example in them is right."""

from __future__ import annotations

import doctest
import importlib

import pytest
from conftest import ROOT

MODULES = sorted(path.stem for path in (ROOT / "kg").glob("*.py") if not path.stem.startswith("__"))


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_right(module: str) -> None:
    """What a docstring shows is what happens."""
    failed, _ = doctest.testmod(importlib.import_module(f"kg.{module}"))
    assert failed == 0
