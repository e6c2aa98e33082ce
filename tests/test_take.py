"""The module `take`: exports and differences on the command line, and files that are never half written."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from conftest import HARBOUR, ROOT, STOCKHOLM

from kg import exports, files
from kg.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]


@pytest.fixture
def run(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the invented ecosystem, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    environ = {"KG_DATA": str(HARBOUR), "KG_OUT": str(out)}
    return lambda *words, **more: CliRunner().invoke(main, list(words), env={**environ, **more})


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--format", "gexf", "--asserted"), "--asserted is for graphs"),
        (("--modes", "1"), "--modes is for networks"),
        (("--format", "xlsx", "--modes", "1"), "--modes is for a network"),
        (("--format", "gexff"), "did you mean 'gexf'"),
        (("--as-graph",), "--as-graph is for the forms that have named graphs"),
        (("--format", "nq", "--as-graph", "no iri"), "'no iri' is no IRI"),
        (("--format", "rdf", "--context", "https://example.org/c"), "--context is for --format jsonld"),
        (("--format", "jsonld", "--context", "<x"), "'<x' is no IRI"),
        (("--param", "organisation=x"), "name it with --question"),
        (("--organisation", "x"), "knows no '--organisation'"),
        (("--fromm", "report"), "did you mean '--from'"),
        (("--from", "reprot"), "did you mean 'report'"),
        (("--as-of", "yesterday"), "'yesterday' is not a moment"),
        (("--as-of", "yesterday", "--format", "gexf"), "'yesterday' is not a moment"),
        (("--question", "organisation-partner"), "did you mean 'organisation-partners'"),
        (("--question", "organisation-partners", "--organisation", "nobody"), "no organisation is called"),
        (("--question", "role-counts", "--format", "gexf"), "is not about relations"),
        (("--checksum",), "--checksum writes a file beside another"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(run: Run, words: tuple[str, ...], error: str) -> None:
    """What does not go together, and what is not there, is refused, and nothing is written."""
    result = run("export", "-o", "-", *words)
    assert result.exit_code == 1, result.output
    assert error in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize("form", exports.FORMS)
def test_each_form_by_its_name_and_by_its_ending(run: Run, tmp_path: Path, form: str) -> None:
    """Written under its own ending, a file has the form that the ending says, twice the same bytes."""
    ending = exports.FORMS[form].ending
    assert run("export", "--format", form, "--out", str(tmp_path)).exit_code == 0
    told = run("export", "-o", f"mine{ending}")
    assert told.exit_code == 0, told.output
    assert f"Wrote mine{ending}." in told.stdout
    assert (tmp_path / f"harbour{ending}").read_bytes() == (tmp_path / f"mine{ending}").read_bytes()
    assert ("sha256: " in told.stdout) == (form == "canonical")


@pytest.mark.parametrize(
    ("words", "kept", "left_out"),
    [
        (("--from", "letter"), "harbour-university-partner-sea-lab", "boat-company-partner-sea-lab"),
        (("--as-of", "2016"), "boat-company-partner-sea-lab", "harbour-town-2018"),
        (("--as-of", "2022"), "harbour-university", "boat-company-partner-sea-lab"),
        (
            ("--question", "organisation-partners", "--organisation", "boat-company"),
            "harbour-town-founder-sea-lab",
            "harbour-town-2018",
        ),
        (
            ("--from", "letter", "--question", "initiative-members", "--initiative", "sea-lab"),
            "harbour-university-partner-sea-lab",
            "boat-company-partner-sea-lab",
        ),
        (
            ("--as-of", "2022", "--question", "initiative-members", "--param", "initiative=tide"),
            "member-tide",
            "sea-lab>",
        ),
    ],
)
@pytest.mark.parametrize("form", ["nt", "nq", "ttl", "jsonld"])
def test_a_part_is_exported(run: Run, words: tuple[str, ...], kept: str, left_out: str, form: str) -> None:
    """What a source says, what held, what is behind an answer, and these together."""
    result = run("export", "--format", form, "-o", "-", *words)
    assert result.exit_code == 0, result.output
    assert kept in result.stdout
    assert left_out not in result.stdout


def test_the_network_of_a_part(run: Run) -> None:
    """A network is that of the sources, of the period and of the question."""
    for words in (
        ("--from", "letter"),
        ("--as-of", "2022"),
        ("--question", "initiative-members", "--initiative", "sea-lab"),
    ):
        whole = json.loads(run("export", "--format", "vis", "-o", "-").stdout)
        part = json.loads(run("export", "--format", "vis", "-o", "-", *words).stdout)
        ids = [{edge["id"] for edge in each["edges"]} for each in (part, whole)]
        assert set() < ids[0] < ids[1], words


def test_the_default_graph_as_a_named_one(run: Run) -> None:
    """Without an IRI it has the usual name; what follows from it still goes with --asserted."""
    lines = run("export", "--format", "nq", "--as-graph", "-o", "-").stdout.splitlines()
    assert all(line.endswith("> .") for line in lines)
    assert sum("/graph/dataset> ." in line for line in lines) > 1000
    fewer = run("export", "--format", "nq", "--as-graph", "--asserted", "-o", "-").stdout.splitlines()
    assert sum("/graph/dataset> ." in line for line in fewer) < sum("/graph/dataset> ." in x for x in lines)


def test_a_checksum_beside_the_file(run: Run, tmp_path: Path) -> None:
    """`sha256sum -c` finds the file as it was written; standard output has the digest too."""
    told = run("export", "--format", "ttl", "-o", "mine.ttl", "--checksum").stdout
    assert f"sha256: {(tmp_path / 'mine.ttl.sha256').read_text().split()[0]}" in told
    done = subprocess.run(
        ["sha256sum", "-c", "mine.ttl.sha256"], cwd=tmp_path, check=True, capture_output=True
    )
    assert done.stdout == b"mine.ttl: OK\n"


@pytest.mark.parametrize("form", ["ttl", "nq", "gexf", "edges", "xlsx"])
@pytest.mark.parametrize("before", [b"", b"what stood here\n"])
def test_a_full_disk_leaves_no_half_file(out: Path, tmp_path: Path, form: str, before: bytes) -> None:
    """Where the system takes no more than two kilobytes, what stood there stays, and nothing else is left."""
    path = tmp_path / f"data{exports.FORMS[form].ending}"
    if before:
        path.write_bytes(before)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "export", "--format", form, "-o", str(path), "--checksum"],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "KG_DATA": str(HARBOUR),
            "KG_OUT": str(out),
            # Python itself would leave half a file of bytecode.
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048)),
    )
    assert done.returncode == 1
    assert done.stderr.decode() == f"kg: {path}: cannot be written: File too large\n"
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == (
        [(path.name, before)] if before else []
    )


def test_poison_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    """An RDF file of blank nodes that are all alike has no canonical form in time."""
    lines = [f"_:b{a} <a:p> _:b{b} ." for a in range(14) for b in range(14) if a != b]
    (tmp_path / "poison.nt").write_text("\n".join(lines), encoding="utf-8")
    result = run("export", "--data", "poison.nt", "--format", "canonical", "-o", "-", KG_TIMEOUT="0.5")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "14 blank nodes are so much alike" in result.stderr


def test_rdf_is_exported_as_rdf(run: Run, tmp_path: Path) -> None:
    """An export of an export is the export; of RDF a workbook has nodes and edges."""
    for name in ("one.nq", "one.trig"):
        assert run("export", "-o", name).exit_code == 0
        assert run("export", "--data", name, "-o", "two.nq").exit_code == 0
        assert files.open_files(tmp_path / "two.nq").store is not None
        assert set(files.open_files(tmp_path / "two.nq").store) == set(
            files.open_files(tmp_path / name).store
        )
    assert run("export", "--data", "one.nq", "--format", "xlsx").exit_code == 0


def test_a_difference_in_words(run: Run, folder: Path) -> None:
    """What was edited is told under its thing, in the reader's language, as text, Markdown and JSON."""
    path = folder / "memberships.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2016-03,2018", "2016-03,2019"), encoding="utf-8"
    )
    told = run("diff", str(HARBOUR), str(folder))
    assert told.exit_code == 0
    assert told.stdout == (
        "Båtbolaget AB (organisation:boat-company)\n"
        "  changed  partner — Sea Lab\n"
        "             end: 2018 → 2019\n"
        "\n"
        "1 changed\n"
    )
    assert "1 ändrad\n" in run("diff", str(HARBOUR), str(folder), "--language", "sv").stdout
    assert (
        "- **changed** partner — Sea Lab\n  - end: 2018 → 2019\n"
        in run("diff", str(HARBOUR), str(folder), "--format", "markdown").stdout
    )
    found = json.loads(run("diff", str(HARBOUR), str(folder), "--format", "json", "-o", "-").stdout)
    assert (found["added"], found["removed"], found["changed"]) == (0, 0, 1)


def test_two_dates_of_one_data_set(run: Run) -> None:
    """A year, month or day is the data set as of then: the difference is that of the two exports."""
    for period in ("2012", "2018-05"):
        assert run("export", "--as-of", period, "-o", f"{period}.ttl").exit_code == 0
    files = run("diff", "2012.ttl", "2018-05.ttl").stdout
    assert run("diff", "2012", "2018-05").stdout == files
    assert run("diff", "2012", "2018-05.ttl", "--data", str(HARBOUR)).stdout == files
    assert "Båtbolaget AB (organisation:boat-company)" in files
    assert run("diff", "2012", "2012").stdout == "No difference.\n"


@pytest.mark.parametrize(
    ("name", "begins"), [("d.json", "{"), ("d.md", "### "), ("d.txt", "Båtbolaget AB (")]
)
def test_the_file_s_end_says_the_form_of_a_difference(
    run: Run, tmp_path: Path, name: str, begins: str
) -> None:
    """As with answers and exports, `-o FILE` says the form by its end."""
    assert run("diff", "2012", str(HARBOUR), "-o", name).exit_code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_no_difference_is_said(run: Run) -> None:
    """Equal versions, one of them RDF, end well and in words."""
    assert run("export", "-o", "one.ttl").exit_code == 0
    told = run("diff", "one.ttl", str(HARBOUR))
    assert (told.exit_code, told.stdout) == (0, "No difference.\n")
    assert run("diff", "one.ttl", str(HARBOUR), "--language", "sv").stdout == "Ingen skillnad.\n"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("nowhere", str(HARBOUR)), "nowhere: there is no such data folder or RDF file"),
        ((str(HARBOUR), "nowhere"), "nowhere: there is no such data folder or RDF file"),
        ((str(HARBOUR), "/dev/null"), "null: there is no such data folder or RDF file"),
        ((str(HARBOUR), "2018-13"), "'2018-13' has no month 13; write a year, a month or a day"),
        ((str(HARBOUR), "20188"), "20188: there is no such data folder or RDF file"),
        ((str(HARBOUR), str(STOCKHOLM), "--format", "markdwn"), "did you mean 'markdown'"),
    ],
)
def test_versions_that_are_not_there(run: Run, words: tuple[str, ...], error: str) -> None:
    """They are told in one line."""
    result = run("diff", *words)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert error in result.stderr


def test_what_cannot_be_compared_is_told(run: Run) -> None:
    """Where all stands in named graphs there is nothing to compare, which is no difference of facts."""
    assert run("export", "--as-graph", "--format", "nq", "-o", "named.nq").exit_code == 0
    result = run("diff", str(HARBOUR), "named.nq")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert "named.nq: all that is there is in named graphs" in result.stderr


def test_the_same_bytes_under_any_seed(out: Path) -> None:
    """A difference, too, does not depend on the hash seed."""
    made = set()
    for seed in ("0", "1", "4711"):
        words = ["diff", str(HARBOUR), str(STOCKHOLM), "--format", "json"]
        done = subprocess.run(
            [sys.executable, "-m", "kg", *words],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "KG_OUT": str(out),
                "PYTHONHASHSEED": seed,
            },
            capture_output=True,
            check=True,
        )
        made.add(done.stdout)
    assert len(made) == 1


def test_the_store_keeps_its_graphs(out: Path, tmp_path: Path) -> None:
    """A source's part keeps the source's named graph, and no other's."""
    path = tmp_path / "letter.nq"
    result = CliRunner().invoke(
        main,
        ["export", "--from", "letter", "-o", str(path)],
        env={"KG_DATA": str(HARBOUR), "KG_OUT": str(out)},
    )
    assert result.exit_code == 0, result.output
    names = {str(quad.graph_name) for quad in ox.parse(path=str(path))}
    assert any(name.endswith("graph/letter>") for name in names)
    assert not any(name.endswith("graph/report>") for name in names)
