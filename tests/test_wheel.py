"""The wheel: built, installed in an empty environment outside the checkout, and used there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

KEPT = ("HOME", "PATH", "SSL_CERT_FILE", "TMPDIR", "LANG")
"""What of the environment an installation needs; pip's own settings come on top."""


def run(*words: str | Path, cwd: Path) -> str:
    """Run a program with little of the environment, and give what it writes."""
    kept = {
        name: value for name, value in os.environ.items() if name in KEPT or name.startswith(("PIP_", "HTTP"))
    }
    done = subprocess.run(words, cwd=cwd, env=kept, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    made = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", made, ROOT, cwd=made)
    (found,) = made.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def kg(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with what it needs in an empty environment, and give its command."""
    venv = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", venv, cwd=venv)
    run(venv / "bin" / "python", "-m", "pip", "install", "--quiet", wheel, cwd=venv)
    return venv / "bin" / "kg"


def test_what_the_tool_needs_travels_in_the_wheel(wheel: Path) -> None:
    """Ontology, rules, questions and Stockholm's tables lie under kg/share, and tests do not travel."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "queries", "data"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"kg/share/{path.relative_to(ROOT).as_posix()}" in names
    for path in (ROOT / "kg").iterdir():
        if path.is_file():
            assert f"kg/{path.name}" in names
    tops = {name.partition("/")[0] for name in names}
    assert len(tops) == 2
    assert "kg" in tops


def test_the_wheel_works_in_an_empty_folder(kg: Path, tmp_path: Path) -> None:
    """Outside the checkout, `kg demo`, a question, `kg check` and the demo's own proposals work."""
    shown = run(kg, "demo", cwd=tmp_path)
    assert "Wrote build/stockholm.ttl and build/stockholm.html." in shown
    assert (tmp_path / "build" / "stockholm.ttl").stat().st_size > 100_000
    assert (tmp_path / "build" / "stockholm.html").stat().st_size > 100_000
    expected = (ROOT / "tests" / "expected" / "stockholm" / "organisation-partners.csv").read_text(
        encoding="utf-8"
    )
    assert run(kg, "query", "organisation-partners", cwd=tmp_path) == expected
    assert "0 violations" in run(kg, "check", cwd=tmp_path)
    assert "survey-changes" in run(kg, "queries", cwd=tmp_path)
    assert run(kg, "show", "Digital Demo Stockholm", cwd=tmp_path).startswith("Digital Demo Stockholm\n")
    assert run(kg, "query", "survey-changes", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["build"]
