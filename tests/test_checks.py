"""The whole check of a data folder, and its command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import checks, cli

HERE = Path(__file__).resolve().parent
HARBOUR = HERE / "harbour"


def test_sound_folder_has_no_violation() -> None:
    """The invented ecosystem is sound, its citations too, against its own documents."""
    found = checks.check(HARBOUR, HARBOUR)
    assert [str(problem) for problem in found.violations] == []
    assert {note for note in found.notes if note.startswith("verified")} == {
        "verified against the text: letter",
        "verified against the text: report",
    }


def test_problems_of_tables_are_a_report_too(folder: Path) -> None:
    """Where no graph can be built, the report holds the problems of the tables."""
    table = folder / "memberships.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",founder,", ",founderr,"), encoding="utf-8")
    found = checks.check(folder, None)
    assert len(found.violations) == 1
    assert "did you mean 'founder'?" in found.violations[0].text


def test_missing_text_is_named(folder: Path, tmp_path: Path) -> None:
    """A source whose text is not there is named as not verified, and is no violation."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "anything.txt").write_bytes((folder / "report.txt").read_bytes())
    found = checks.check(folder, texts)
    assert any(note.startswith("not verified") and ": letter, which " in note for note in found.notes)
    assert any(note == "verified against the text: report" for note in found.notes)


def test_each_mention_is_counted() -> None:
    """Each row of mentions.csv is counted, and each is needed by some fact; JSON tells them one by one."""
    result = CliRunner().invoke(
        cli.main, ["check", str(HARBOUR), "--texts", str(HARBOUR), "--format", "json"]
    )
    found = json.loads(result.stdout)["mentions"]
    table = (HARBOUR / "mentions.csv").read_text(encoding="utf-8").splitlines()
    assert [mention["line"] for mention in found] == list(range(2, len(table) + 1))
    assert all(mention["uses"] > 0 for mention in found)


@pytest.mark.parametrize("form", ["json", "ttl"])
def test_command_writes_the_form(folder: Path, form: str) -> None:
    """`kg check --format` writes the report to standard output and nothing else there."""
    result = CliRunner().invoke(cli.main, ["check", str(folder), "--format", form])
    assert result.exit_code == 0, result.output
    if form == "json":
        assert json.loads(result.stdout)["conforms"] is True
    else:
        assert "sh:ValidationReport" in result.stdout


def test_command_fails_on_violations(folder: Path) -> None:
    """Violations end with exit code 1, a line each on standard error."""
    (folder / "posts.csv").write_text("key\n", encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["check", str(folder)])
    assert result.exit_code == 1
    assert all(line.startswith("kg: ") for line in result.stderr.splitlines())
