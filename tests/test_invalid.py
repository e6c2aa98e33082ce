r"""Bad input gets a clear error and loses nothing: tests/invalid/, a case a file.

A case begins with the lines that are expected on standard error (one that ends in ` ...` is the
beginning of one or more), and goes on with what is done to a copy of the invented ecosystem:

    patch FILE      lines `-text` and `+text`: the text, which stands there once, becomes the other;
                    a `+text` alone is a further line
    replace FILE    the lines that follow are the whole file
    remove FILE
    folder FILE     a folder in the file's place

In both, `\xNN` stands for a byte.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import HARBOUR

from kg.cli import main

CASES = sorted((Path(__file__).parent / "invalid").glob("*.txt"))
ACTION = re.compile(r"(patch|replace|remove|folder) (\S+)")


def parts(case: Path) -> tuple[list[str], list[tuple[str, str, list[str]]]]:
    """Give the lines that a case expects, and what it does: action, file, lines."""
    expected: list[str] = []
    actions: list[tuple[str, str, list[str]]] = []
    for line in case.read_text(encoding="utf-8").splitlines():
        action = ACTION.fullmatch(line)
        if action:
            actions.append((action[1], action[2], []))
        else:
            (actions[-1][2] if actions else expected).append(line)
    return expected, actions


def content(lines: list[str]) -> bytes:
    r"""Give lines as bytes, `\xNN` as the byte that it stands for."""
    data = "".join(f"{line}\n" for line in lines).encode()
    return re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes([int(match[1], 16)]), data)


def spoil(folder: Path, action: str, name: str, lines: list[str]) -> None:
    """Do to a data folder what a case says."""
    path = folder / name
    if action == "remove":
        path.unlink()
    elif action == "folder":
        path.unlink(missing_ok=True)
        path.mkdir()
    elif action == "replace":
        path.write_bytes(content(lines))
    else:
        path.write_bytes(patched(path.read_bytes(), lines))


def patched(data: bytes, lines: list[str]) -> bytes:
    """Give a file's bytes with texts replaced and lines added."""
    old = None
    for line in lines:
        text = content([line[1:]])[:-1]
        if line.startswith("-"):
            assert data.count(text) == 1, line
            old = text
        else:
            data = data + text + b"\n" if old is None else data.replace(old, text)
            old = None
    return data


def says(line: str, right: str) -> bool:
    """Say whether a line is the one expected, or begins as one that ends in an ellipsis."""
    return line == right or (right.endswith(" ...") and line.startswith(right[:-3]))


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give the bytes and the time of each file below a folder."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the outputs of the invented ecosystem as it was before a case spoils it."""
    out = tmp_path_factory.mktemp("good") / "build"
    result = CliRunner().invoke(main, ["build", str(HARBOUR), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture
def place(tmp_path: Path, folder: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working directory with a data folder to spoil, `harbour`, and its good outputs, `build`."""
    assert folder.parent == tmp_path
    shutil.copytree(good, tmp_path / "build")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", [["build", "--out", "build"], ["check"]], ids=lambda words: words[0])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_bad_input_gets_its_message_and_loses_nothing(case: Path, command: list[str], place: Path) -> None:
    """Each case ends with code 1 and exactly its lines; the last good store and outputs stay."""
    expected, actions = parts(case)
    assert expected
    assert actions
    for action, name, lines in actions:
        spoil(place / "harbour", action, name, lines)
    before = snapshot(place)
    result = CliRunner().invoke(main, [*command, "harbour"])
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    lines = [line.removeprefix("kg: ") for line in result.stderr.splitlines()]
    assert [line for line in lines if not any(says(line, right) for right in expected)] == []
    assert [right for right in expected if not any(says(line, right) for line in lines)] == []
    assert snapshot(place) == before


def test_a_failed_build_says_each_line_as_kg(place: Path) -> None:
    """Each line of a failed build begins with the program's name, and standard output stays empty."""
    (place / "harbour" / "places.csv").write_text("")
    result = CliRunner().invoke(main, ["build", "harbour"])
    assert result.stderr == "kg: harbour/places.csv: is empty; its first line names the columns\n"
    assert result.stdout == ""


def test_a_missing_folder_is_one_line(place: Path) -> None:
    """A data folder that is not there is named, and nothing is written."""
    before = snapshot(place)
    result = CliRunner().invoke(main, ["build", "harbor"])
    assert result.exit_code == 1
    assert result.stderr == "kg: harbor: there is no such data folder; name one with --data DIR\n"
    assert snapshot(place) == before


def test_mending_the_tables_mends_the_build(place: Path) -> None:
    """After a failed build, the mended tables build what was there before, byte for byte."""
    path = place / "harbour" / "goals.csv"
    good_rows, good_turtle = path.read_bytes(), (place / "build" / "harbour.ttl").read_bytes()
    path.write_bytes(good_rows.replace(b"2030", b"20x0"))
    assert CliRunner().invoke(main, ["build", "harbour"]).exit_code == 1
    path.write_bytes(good_rows)
    assert CliRunner().invoke(main, ["build", "harbour"]).exit_code == 0
    assert (place / "build" / "harbour.ttl").read_bytes() == good_turtle
