"""The documentation says what is so: its output is the real one, and nothing is left out."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from console import on_terminal

from kg import cli, config
from kg.forms import FORMS

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
STAND_FOR = {"make demo": "kg demo"}
"""Commands whose own work is another's, after an installation that prints nothing."""


def blocks() -> list[tuple[str, str, str]]:
    """Give each command of a console block with the output that follows it there."""
    found = []
    for page in PAGES:
        for block in re.findall(
            r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        ):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                found.append((page.name, command.strip(), output))
    return found


def printed(command: str, folder: Path) -> str:
    """Give what a kg command prints on a terminal."""
    words = shlex.split(STAND_FOR.get(command, command))
    return on_terminal([sys.executable, "-m", "kg", *words[1:]], folder)[1]


def told(text: str) -> list[str]:
    """Give the lines of an output without trailing space, and without empty lines at its ends."""
    return [line.rstrip() for line in text.strip("\n").splitlines()]


@pytest.fixture(scope="session")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder as a reader would have it: with data/stockholm in it."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "data").symlink_to(ROOT / "data")
    return folder


@pytest.mark.parametrize(("page", "command", "output"), blocks())
def test_output_is_real(page: str, command: str, output: str, workplace: Path) -> None:
    """What a page shows below a command is what the command prints; `...` stands for lines left out."""
    if not command.startswith("kg ") and command not in STAND_FOR:
        pytest.fail(f"{page}: '{command}' cannot be run here; show it in a block that is not 'console'")
    pattern = "\n".join(r"(?:.*\n)*?.*" if line == "..." else re.escape(line) for line in told(output))
    real = "\n".join(told(printed(command, workplace)))
    assert re.fullmatch(pattern, real), real


def test_turtle_is_real(workplace: Path) -> None:
    """The Turtle that the README shows stands in the Turtle that is written."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    written = printed("kg export -o -", workplace)
    shown = re.findall(r"^```turtle\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert shown
    assert [block for block in shown if block not in written] == []


def test_readme_leads_with_the_two_commands() -> None:
    """A newcomer meets `make demo` and `make test` before anything else that is to be typed."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert -1 < text.index("make demo") < text.index("make test")
    assert text.index("make demo") < text.index("kg ")


def test_each_command_is_documented() -> None:
    """Each command of the tool stands in docs/commands.md."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in cli.main.commands if f"kg {name}" not in text] == []


def test_each_setting_is_documented() -> None:
    """Each setting stands in docs/commands.md."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in config.SETTINGS if f"`{name}`" not in text] == []


def test_each_question_is_documented() -> None:
    """Each question of the library stands in docs/questions.md with its summary."""
    from kg import ask

    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    assert [
        q.name for q in ask.library().values() if f"`{q.name}`" not in text or q.summary not in text
    ] == []


def test_nothing_is_left_to_do() -> None:
    """No file of the project's own carries a note that something is still to be done."""
    mark = "TO" + "DO"
    suffixes = (".py", ".md", ".ttl", ".rq", ".js", ".css", ".html", ".toml", ".json", ".csv")
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    own = [name for name in files.stdout.splitlines() if not name.startswith(("kg/vendor/", "tests/vendor/"))]
    listed = [ROOT / name for name in own if name.endswith(suffixes)]
    assert [file.name for file in listed if file.is_file() and mark in file.read_text(encoding="utf-8")] == []


def test_each_form_is_documented() -> None:
    """Each form of an answer stands in docs/commands.md with what it is."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [f.name for f in FORMS.values() if f"| `{f.name}` | {f.about} |" not in text] == []
