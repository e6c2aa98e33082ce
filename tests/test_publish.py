"""Publish: the same bytes whatever comes first, files replaced whole, old ones removed, others' left alone.

And what it may take: a question that runs for ever, a disk that is full, an end in the midst, memory.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import HARBOUR, ROOT, STOCKHOLM
from published import ARCHIPELAGO

from kg import queries
from kg.background import Background
from kg.cli import main
from kg.config import settings
from kg.errors import OutputError, QueryError
from kg.publish import JOURNAL, MANIFEST, publish, site_of
from kg.site import questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.site.site import Site


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


def run(site: Path, data: Path, out: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start `kg publish` in a process of its own."""
    words = [sys.executable, "-m", "kg", "publish", str(site), "--data", str(data), "--out", str(out)]
    return subprocess.Popen(words, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)


@pytest.mark.slow
def test_every_run_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever hashes, clock, language and folder there are, built anew, kept or not to be kept."""
    (tmp_path / "file").write_text("no folder")
    out, file, site, other = (tmp_path / name for name in ("out", "file", "site", "other"))
    runs = (
        (site, out, {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}),
        (other, out, {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "sv_SE.UTF-8"}),
        (site, file, {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8"}),
    )
    found = []
    for folder, stores, environment in runs:
        assert run(folder, HARBOUR, stores, **environment).wait(300) == 0
        found.append(digest(folder))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) > 100


def test_a_run_that_is_killed_leaves_whole_files_and_is_made_good(harbour: Path, tmp_path: Path) -> None:
    """Each file is the old or the new one; the next run puts all right, and removes what nobody lists."""
    site = tmp_path / "site"
    shutil.copytree(harbour / "site", site)
    before = digest(site)
    # Another data set in the same place writes many a file that the first one has not.
    killed = run(site, ARCHIPELAGO, tmp_path / "out")
    until = time.monotonic() + 120
    while not (site / JOURNAL).is_file() or (site / JOURNAL).read_bytes().count(b"\n") < 300:
        assert killed.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    meanwhile = digest(site)
    assert meanwhile[MANIFEST] == before[MANIFEST]
    assert meanwhile.keys() - before.keys() > {JOURNAL}
    assert all(file.read_text("utf-8").endswith("</html>\n") for file in site.rglob("*.html"))
    half = site / f".{(site / JOURNAL).read_text().split()[-1].rpartition('/')[2]}.1.part"
    folder = site / (site / JOURNAL).read_text().split()[-1].rpartition("/")[0]
    (folder / half.name).write_text("half")
    publish(site, settings(os.environ, data=HARBOUR, out=harbour / "out"))
    assert digest(site) == before


def test_a_full_disk_is_told_in_one_line_and_made_good(harbour: Path, tmp_path: Path) -> None:
    """What cannot be written whole is not written; the site is as it should be after the next run."""
    site = tmp_path / "site"
    shutil.copytree(harbour / "site", site)
    before = digest(site)
    (site / "data/harbour.nq").unlink()
    text = """
        import resource, sys
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        from kg.cli import main
        main(sys.argv[1:])
    """
    words = ["publish", str(site), "--data", str(HARBOUR), "--out", str(harbour / "out")]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(text), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "harbour.nq: cannot be written: File too large" in done.stderr
    assert digest(site).keys() - {JOURNAL} == before.keys() - {"data/harbour.nq"}
    publish(site, settings(os.environ, data=HARBOUR, out=harbour / "out"))
    assert digest(site) == before


@pytest.fixture
def asked(harbour: Path) -> Iterator[Site]:
    """Open the harbour as a site whose questions have a second."""
    chosen = replace(settings(os.environ, data=HARBOUR, out=harbour / "out"), timeout=1.0)
    asker = Background(chosen)
    yield site_of(chosen, asker=asker)
    asker.close()


def test_a_question_that_takes_too_long_does_not_hold_up_the_site(asked: Site) -> None:
    """It is ended, its page says so in each language, and the next question is answered."""
    every = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(6))
    endless = queries.parse("endless", f"SELECT (COUNT(*) AS ?n) WHERE {{ {every} }}\n", "here")
    began = time.monotonic()
    found = questions.answered(asked, endless)
    assert time.monotonic() - began < 60
    assert not found.answers
    page, swedish = (each.body.decode() for each in questions.written(asked, found) if "index" in each.path)
    assert "took over 1 seconds or too much memory, and was given up" in page
    assert "kg query endless --timeout SECONDS" in page
    assert "avbröts" in swedish
    short = queries.parse("short", "SELECT ?a WHERE { ?a a ?b } ORDER BY ?a LIMIT 1\n", "here")
    assert len(questions.answered(asked, short).answers["en"]) == 1


def test_an_answer_too_large_for_a_site_is_told_as_such(asked: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of bytes there are no files of an answer, and the page says how large it is."""
    query = queries.parse("all", "SELECT ?a ?b WHERE { ?a a ?b } ORDER BY ?a ?b\n", "here")
    whole = questions.answered(asked, query).answers["en"]
    monkeypatch.setattr(questions, "LARGEST", len(whole.body))
    assert questions.answered(asked, query).answers
    monkeypatch.setattr(questions, "LARGEST", len(whole.body) - 1)
    found = questions.answered(asked, query)
    assert found.said
    assert found.said[0] == "answer too large"
    assert {each.path for each in questions.written(asked, found)} == {
        "question/all/index.html",
        "question/all/index.sv.html",
        "question/all/all.rq",
    }


def test_a_site_begins_without_what_building_took(tmp_path: Path) -> None:
    """A graph that is yet to be built is built in another process: this one never imports what builds."""
    text = """
        import sys
        from pathlib import Path
        from kg.config import settings
        from kg.publish import site_of
        data, out = map(Path, sys.argv[1:])
        site = site_of(settings({}, data=data, out=out))
        assert site.subjects and site.store.path
        print(sorted(sys.modules.keys() & {"kg.build", "kg.validate", "rdflib"}))
    """
    words = [sys.executable, "-c", textwrap.dedent(text), str(HARBOUR), str(tmp_path / "out")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "[]\n"


@pytest.mark.slow
def test_memory_stays_flat_while_pages_are_written(tmp_path: Path) -> None:
    """From the first to the last quarter of 13,000 pages memory grows by less than a third of their bytes.

    The processor's time for a page, which other work does not lengthen much, is held too.
    """
    text = """
        import sys, time
        from pathlib import Path
        sys.path.insert(0, "benchmarks")
        from check_scale import multiplied
        from kg.config import settings
        from kg.progress import resident
        from kg.publish import site_of
        from kg.site import things
        from kg.tables import read
        stockholm, place = map(Path, sys.argv[1:])
        multiplied(read(stockholm)[0], place / "data", 4)
        site = site_of(settings({}, data=place / "data", out=place / "out"))
        sizes, taken = [], []
        began = time.process_time()
        for page in things.pages(site):
            sizes.append(len(page.body))
            taken.append(resident())
        seconds = time.process_time() - began
        quarter = len(sizes) // 4
        print(len(sizes), sum(sizes[quarter:]), max(taken[-quarter:]) - max(taken[:quarter]), seconds)
    """
    words = [sys.executable, "-c", textwrap.dedent(text), str(STOCKHOLM), str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=600)
    pages, size, grown, seconds = map(float, done.stdout.split())
    assert pages > 12_000
    assert size > 40_000_000
    assert grown < size / 3
    assert seconds < 0.004 * pages


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
    "root",
    [
        "ftp://x/",
        "javascript:alert(1)",
        "city.example",
        "https://",
        "https://x/?a",
        "https://[",
        "https://me:secret@x/",
        "https://x:99999/",
        "https://x/a/../b",
        "",
        "https://:80/",
        "https://x/?",
        "https://x/#",
        "https://x/a b/",
        'https://x/"><b>/',
        "https://x/a\nb/",
        "https://x/%zz/",
    ],
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
