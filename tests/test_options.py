"""The module `options`: what holds for the options of all commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import HARBOUR

from kg.cli import main
from kg.options import Command

if TYPE_CHECKING:
    from pathlib import Path


def test_every_command_refuses_empty_options() -> None:
    """No command is made otherwise."""
    assert all(isinstance(command, Command) for command in main.commands.values())


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--as-of"),
        ("export", "--question"),
        ("export", "--context"),
        ("view", "--focus"),
        ("view", "--as-of"),
        ("measures", "--focus"),
        ("query", "board-seats", "--format"),
        ("diff", str(HARBOUR), str(HARBOUR), "--format"),
        ("publish", "site", "--base"),
    ],
)
def test_an_empty_option_is_told(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a shell's variable that is not set leaves is not passed over in silence."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [*words, ""], env={"KG_DATA": str(HARBOUR)})
    assert done.exit_code == 1
    assert done.stderr == f"kg: {words[-1]} is empty; give it a value, or leave it out\n"
    assert not list(tmp_path.iterdir())
