"""The template: a new folder is whole, valid and documented, and never in the place of another."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg import checks, cli, ontology, sources, tables, template
from kg.errors import InvalidData, OutputError
from kg.graph import assemble
from kg.iris import ID_BASE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Give a new data folder."""
    return template.create(tmp_path / "town")


def kg(*words: str | Path) -> str:
    """Run a command that succeeds, and give what it writes."""
    done = CliRunner().invoke(cli.main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def content(folder: Path) -> dict[str, bytes]:
    """Give each file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_table_has_its_header_and_one_row(made: Path) -> None:
    """Each table of the description is there, its columns in their order, with one worked row."""
    for table in tables.description():
        with (made / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [column.name for column in table.columns]
        assert len(rows) == 1
    others = {path.name for path in made.iterdir() if path.suffix != ".csv"}
    assert others == {template.TEXT, "README.md"}
    assert len(tables.paths(made)) == len(tables.description())


def test_worked_rows_name_no_other_column() -> None:
    """A worked row is of a table and of columns that the description has, and fills what is required."""
    known = {table.name: table for table in tables.description()}
    assert template.ROWS.keys() == known.keys()
    for name, row in template.ROWS.items():
        assert row.keys() <= {column.name for column in known[name].columns}


def test_new_folder_has_no_violation_and_no_warning(made: Path) -> None:
    """Tables, shapes, constraints and each citation hold, and the one mention is needed."""
    found = checks.check(made, made)
    assert found.problems == []
    assert any(note.endswith(": example") for note in found.notes)
    assert not any("not verified" in note for note in found.notes)


def test_document_is_the_one_that_sources_describe(made: Path) -> None:
    """The invented document is found by its digest, and each of its lines but title and blank is cited."""
    folder, problems = tables.read(made)
    assert problems == []
    texts = sources.find_texts(made, folder.of("sources"))
    assert sources.verify(folder, texts) == []
    cited = {line for _, line in sources.cited(folder.facts)}
    assert set(range(1, len(texts["example"]) + 1)) - cited == {1, 2}


def test_new_folder_checks_builds_views_and_answers(tmp_path: Path) -> None:
    """What `kg new` writes can be checked, built, drawn and asked at once."""
    folder, out = tmp_path / "my town", tmp_path / "build"
    said = kg("new", folder)
    assert f"kg check '{folder}' --texts '{folder}'" in said
    assert "0 violations" in kg("check", folder, "--texts", folder)
    assert "0 violations" in kg("build", folder, "--out", out)
    kg("view", "--data", folder, "--out", out)
    assert (out / "my-town.ttl").is_file()
    assert "Blue Lake" in (out / "my-town.html").read_text(encoding="utf-8")
    answer = kg("query", "initiative-members", "--initiative", "Blue Lake", "--data", folder, "--out", out)
    assert "City of Lakeside" in answer


def test_readme_documents_each_column_and_concept(made: Path) -> None:
    """The README says of every column what it holds, shows its worked cell, and lists the concepts."""
    text = (made / "README.md").read_text(encoding="utf-8")
    for table in tables.description():
        part = text.partition(f"\n## {table.name}.csv\n")[2].partition("\n## ")[0]
        assert table.description in part
        for column in table.columns:
            line = next(line for line in part.splitlines() if line.startswith(f"| `{column.name}` |"))
            assert column.description.replace("|", "\\|") in line
            assert template.ROWS[table.name].get(column.name, "") in line
    for scheme, keys in ontology.load().concepts.items():
        assert f"**{scheme}:** " in text
        assert all(f"`{key}`" in text for key in keys)


def test_name_and_base_are_the_givers(tmp_path: Path) -> None:
    """Under another name and base, no IRI of the graph is of the usual base."""
    folder = template.create(tmp_path / "town", "by-the-sea", "https://data.example.net/sea/")
    whole = assemble(folder)
    assert whole.problems == []
    assert whole.folder.dataset["name"] == "by-the-sea"
    # An example in the ontology's own words may tell of other bases: those are literals.
    iris = {
        term.value
        for quad in whole.quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode)
    }
    assert "https://data.example.net/sea/initiative/blue-lake" in iris
    assert [iri for iri in iris if iri.startswith(("https://example.org/", ID_BASE))] == []


def test_name_is_made_of_the_folders(tmp_path: Path) -> None:
    """Without a name, the folder's is taken, as a key."""
    folder = template.create(tmp_path / "Göteborgs Stad")
    row = tables.read_one(folder, "dataset")[0]
    assert (row["name"], row["base"]) == ("goteborgs-stad", "https://example.org/goteborgs-stad/")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder that is there and empty may be the place, and so may one below folders yet to be made."""
    empty = tmp_path / "empty"
    empty.mkdir()
    template.create(empty)
    template.create(tmp_path / "far" / "away")
    assert (empty / "dataset.csv").is_file()
    assert (tmp_path / "far" / "away" / "dataset.csv").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"empty", "far"}


def test_a_folder_with_something_in_it_is_untouched(made: Path) -> None:
    """A folder that is not empty is refused, hidden files count, and nothing of it changes."""
    (made / "organisations.csv").write_text("mine", encoding="utf-8")
    before = content(made.parent)
    with pytest.raises(OutputError, match="is not empty"):
        template.create(made, "another")
    for path in made.iterdir():
        if path.name != "README.md":
            path.unlink()
    (made / "README.md").rename(made / ".hidden")
    with pytest.raises(OutputError, match="is not empty"):
        template.create(made)
    assert before["town/organisations.csv"] == b"mine"
    assert [*content(made)] == [".hidden"]


def test_refusal_is_a_line_for_people(made: Path) -> None:
    """The command ends with exit code 1 and one line that names the folder."""
    before = content(made)
    done = CliRunner().invoke(cli.main, ["new", str(made)])
    assert done.exit_code == 1
    assert done.output == f"kg: {made}: is not empty; name a folder that is not there yet\n"
    assert content(made) == before


def test_a_place_that_cannot_be_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, a path below a file, the folder one is in and a name that no one can read are refused."""
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for place in (file, file / "below", here, tmp_path / "two\nlines", tmp_path / "red\x1b[31m"):
        with pytest.raises(OutputError) as caught:
            template.create(place)
        assert str(caught.value).isprintable()
    assert content(tmp_path) == {"file": b"mine"}
    assert {path.name for path in tmp_path.iterdir()} == {"file", "here"}


@pytest.mark.parametrize(
    "name", ["", "../up", "/etc", "Town", "a b", "a--b", "-a", "=1+1", "a\nb", "a\x1b[31m", "å", "a" * 101]
)
def test_hostile_names_are_refused(name: str, tmp_path: Path) -> None:
    """A name that is no key is refused in one printable line, and nothing is written."""
    with pytest.raises(InvalidData) as caught:
        template.create(tmp_path / "town", name)
    assert all(str(problem).startswith("--name: ") for problem in caught.value.problems)
    assert all(line.isprintable() for line in str(caught.value).split("\n"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "base",
    [
        "",
        "town",
        "https://example.org/town",
        "ftp://example.org/",
        "https://example.org/a b/",
        "https://example.org/#/",
        'https://example.org/">/',
        "https://example.org/\n/",
        "https://w3id.org/innovation-kg/ontology/",
    ],
)
def test_hostile_bases_are_refused(base: str, tmp_path: Path) -> None:
    """A base that cannot hold things is refused, and nothing is written."""
    with pytest.raises(InvalidData, match=r"^--base: "):
        template.create(tmp_path / "town", None, base)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot be written, no part of the folder is left."""
    from pathlib import Path as Real

    written = Real.write_text

    def fails(path: Path, *args: str, **options: str) -> int:
        if path.name == template.TEXT:
            raise OSError(28, "No space left on device")
        return written(path, *args, **options)

    monkeypatch.setattr(Real, "write_text", fails)
    with pytest.raises(OutputError, match="No space left on device"):
        template.create(tmp_path / "town")
    assert list(tmp_path.iterdir()) == []
