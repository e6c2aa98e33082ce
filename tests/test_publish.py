"""Publish: the same bytes twice, files replaced whole, old ones removed, others' left alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import HARBOUR, ROOT

from kg.cli import main
from kg.config import settings
from kg.errors import OutputError, QueryError
from kg.publish import MANIFEST, publish

if TYPE_CHECKING:
    from pathlib import Path


def digest(folder: Path) -> dict[str, str]:
    """Give the digest of every file."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the harbour."""
    folder = tmp_path_factory.mktemp("harbour")
    publish(folder / "site", settings(os.environ, data=HARBOUR, out=folder / "out"))
    return folder


@pytest.mark.slow
def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    """Whatever seed hashes have, every file has the same bytes."""
    found = []
    for seed in ("0", "1"):
        folder = tmp_path / seed
        words = [sys.executable, "-m", "kg", "publish", str(folder / "site"), "--data", str(HARBOUR)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "KG_OUT": str(folder / "out")}
        subprocess.run(words, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300)
        found.append(digest(folder / "site"))
    assert found[0] == found[1]
    assert len(found[0]) > 100


def test_a_second_run_writes_nothing_anew_and_removes_only_its_own(harbour: Path) -> None:
    """What is as it was stays; what is no longer written goes, unless it is another's or changed."""
    site = harbour / "site"
    chosen = settings(os.environ, data=HARBOUR, out=harbour / "out")
    mine, stale, changed = site / "mine.txt", site / "id/old/index.html", site / "id/older/index.html"
    mine.write_text("mine")
    manifest = (site / MANIFEST).read_text()
    for file in (stale, changed):
        file.parent.mkdir(parents=True)
        file.write_text("old")
        told = hashlib.sha256(b"old").hexdigest()[:16]
        manifest += f"{told}  {file.relative_to(site).as_posix()}\n"
    outside = harbour / "outside.txt"
    outside.write_text("old")
    (site / MANIFEST).write_text(manifest + f"{hashlib.sha256(b'old').hexdigest()[:16]}  ../outside.txt\n")
    changed.write_text("mine now")
    done = publish(site, chosen)
    assert done.kept == done.written
    assert done.removed == 1
    assert mine.read_text() == "mine"
    assert not stale.parent.exists()
    assert changed.read_text() == "mine now"
    assert outside.exists()
    assert done.written == len((site / MANIFEST).read_text().splitlines())


def test_a_damaged_file_is_put_right(harbour: Path) -> None:
    """What somebody cut short is whole again after the next run, and no half file stands beside it."""
    page = harbour / "site/index.html"
    whole = page.read_bytes()
    page.write_bytes(whole[:100])
    publish(harbour / "site", settings(os.environ, data=HARBOUR, out=harbour / "out"))
    assert page.read_bytes() == whole
    assert not [each for each in (harbour / "site").rglob(".*") if each.name.startswith((".index", ".style"))]


def test_base_is_the_sites_address(harbour: Path) -> None:
    """--base moves the site's own address; the IRIs of things stay."""
    folder = harbour / "moved"
    publish(folder, settings(os.environ, data=HARBOUR, out=harbour / "out"), root="https://city.example/kg")
    text = (folder / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://city.example/kg/">' in text
    assert "https://city.example/kg/sitemap.xml" in (folder / "robots.txt").read_text()


@pytest.mark.parametrize(
    "root", ["ftp://x/", "javascript:alert(1)", "city.example", "https://", "https://x/?a", "https://["]
)
def test_an_address_that_is_none_is_refused(root: str, tmp_path: Path) -> None:
    """What is no address of a site is one line that says so."""
    with pytest.raises(QueryError, match="is no address of a site"):
        publish(tmp_path / "site", settings(os.environ, data=HARBOUR, out=tmp_path), root=root)


def test_the_folder_of_the_data_is_refused(tmp_path: Path) -> None:
    """A data folder is not published into itself."""
    shutil.copytree(HARBOUR, tmp_path / "data")
    with pytest.raises(QueryError, match="holds the data"):
        publish(tmp_path / "data", settings(os.environ, data=tmp_path / "data", out=tmp_path))


def test_a_file_in_the_way_is_told_in_one_line(tmp_path: Path) -> None:
    """Where the folder is a file, nothing is written, and one line says why."""
    (tmp_path / "site").write_text("a file")
    with pytest.raises(OutputError, match="cannot be written"):
        publish(tmp_path / "site", settings(os.environ, data=HARBOUR, out=tmp_path))


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    """`kg publish DIR` tells where and how many files; an address that is none is exit code 1."""
    words = ["publish", str(tmp_path / "site"), "--data", str(HARBOUR), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0
    assert "files" in done.output
    wrong = CliRunner().invoke(main, [*words, "--base", "nowhere"])
    assert wrong.exit_code == 1
