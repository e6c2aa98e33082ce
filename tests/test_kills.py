"""A build that is killed loses nothing: ten kills of benchmarks/kills.py."""

from __future__ import annotations

import pytest
from conftest import benchmark

KILLS = 10


@pytest.mark.slow
def test_a_killed_build_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """After each of ten kills, the outputs are as before or as after, and the store answers right."""
    code = benchmark("kills").main(KILLS)
    said = capsys.readouterr().out
    assert code == 0, said
    assert said.startswith(f"{KILLS} kills, ")
    assert " 0 lost" in said
