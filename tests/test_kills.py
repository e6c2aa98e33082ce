"""A build that is killed loses nothing: ten kills of benchmarks/kills.py."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from types import ModuleType

KILLS = 10


def kills() -> ModuleType:
    """Load the benchmark that kills builds."""
    spec = importlib.util.spec_from_file_location("kills", ROOT / "benchmarks" / "kills.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_a_killed_build_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """After each of ten kills, the outputs are as before or as after, and the store answers right."""
    code = kills().main(KILLS)
    said = capsys.readouterr().out
    assert code == 0, said
    assert said.startswith(f"{KILLS} kills, ")
    assert " 0 lost" in said
