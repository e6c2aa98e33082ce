"""The module `embedded`: a store for each state of the tables, never stale, half written or damaged."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, ROOT, assembled

from kg import embedded
from kg.errors import InvalidData, OutputError, QueryError
from kg.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = "SELECT ?name { ?town a org:FormalOrganization ; skos:prefLabel ?name } ORDER BY ?name"
BASE = "https://example.org/harbour/"


def made(_folder: Path) -> tuple[str, list[ox.Quad]]:
    """Give the invented ecosystem's graph without assembling it again."""
    whole = assembled(HARBOUR)
    return whole.base, whole.quads


def not_made(_folder: Path) -> tuple[str, list[ox.Quad]]:
    """Fail where a store is made that should be there."""
    raise AssertionError("the store was made again")


def names(store: embedded.Embedded) -> list[str]:
    """Give the names of the organisations that a store knows."""
    return [row["name"].value for row in rows(store, ASKED)]


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the tool's own files that a test may change."""
    copy = tmp_path / "share"
    shutil.copytree(ROOT / "ontology", copy / "ontology")
    (copy / "data").mkdir()
    shutil.copy(ROOT / "data" / "tables.json", copy / "data")
    monkeypatch.setattr(embedded, "share", lambda: copy)
    return copy


def test_a_store_is_made_once(tmp_path: Path) -> None:
    """The first opening makes the store, the second finds it."""
    first = embedded.open_store(HARBOUR, tmp_path, made)
    second = embedded.open_store(HARBOUR, tmp_path, not_made)
    assert first.path == second.path
    assert first.base == second.base == BASE
    assert names(first) == names(second)
    assert "Båtbolaget AB" in names(second)
    assert set(first.store) == set(second.store) == set(assembled(HARBOUR).quads)


def changes(folder: Path, share: Path) -> Iterator[Path]:
    """Give every file that the graph is made of."""
    yield from sorted(folder.glob("*.csv"))
    yield from sorted((share / "ontology").glob("*.ttl"))
    yield from sorted((share / "ontology" / "rules").glob("*.rq"))
    yield share / "data" / "tables.json"


def test_the_name_changes_with_each_file(folder: Path, share: Path) -> None:
    """Each table, ontology file and rule is part of the name, by its content."""
    seen = {embedded.fingerprint(folder)}
    for path in changes(folder, share):
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        name = embedded.fingerprint(folder)
        assert name not in seen, path
        seen.add(name)
        path.write_bytes(before)
    assert embedded.fingerprint(folder) in seen
    (folder / "places.csv").unlink()
    assert embedded.fingerprint(folder) not in seen


def test_the_name_does_not_hang_on_the_folder(folder: Path) -> None:
    """Equal tables elsewhere have the same store; a file that is no table has no part in it."""
    (folder / "notes.md").write_text("nothing")
    assert embedded.fingerprint(folder) == embedded.fingerprint(HARBOUR)


def test_every_module_that_builds_is_in_the_name() -> None:
    """What the graph's module imports is part of the name, but for what only checks or words errors."""

    def imported(name: str) -> set[str]:
        found = set()
        for node in ast.parse((ROOT / "kg" / f"{name}.py").read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module == "kg":
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg."):
                found.add((node.module or "").removeprefix("kg."))
        return found

    reached, rest = set(), {"graph"}
    while rest:
        name = rest.pop()
        reached.add(name)
        rest |= imported(name) - reached
    assert reached - {"config", "constraints", "errors", "validate"} <= set(embedded.BUILDERS)
    assert all((ROOT / "kg" / f"{name}.py").is_file() for name in embedded.BUILDERS)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text[: text.rindex(b"\n", 0, -1) + 1],  # the last line alone is gone
        lambda text: b"".join(text.splitlines(keepends=True)[1:]),  # a whole line is gone
        lambda text: text.replace(b"Harbour Town", b"Harbour Tovn"),
        lambda _: b"",
        lambda _: b"no quads\n",
    ],
    ids=["half", "no check", "a line less", "a letter", "empty", "other"],
)
def test_a_damaged_store_is_made_again(tmp_path: Path, damage: object) -> None:
    """A file that is not as it was written is never asked: it is made again, and whole."""
    store = embedded.open_store(HARBOUR, tmp_path, made)
    assert store.path
    whole = store.path.read_bytes()
    store.path.write_bytes(damage(whole))  # type: ignore[operator]
    again = embedded.open_store(HARBOUR, tmp_path, made)
    assert names(again) == names(store)
    assert store.path.read_bytes() == whole


def test_a_large_graph_is_kept_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond LARGEST_IN_MEMORY the store is a folder that answers the same and is not written to."""
    monkeypatch.setattr(embedded, "LARGEST_IN_MEMORY", 10)
    first = embedded.open_store(HARBOUR, tmp_path, made)
    assert first.path
    assert first.path.is_dir()
    again = embedded.open_store(HARBOUR, tmp_path, not_made)
    small = ox.Store()
    small.extend(assembled(HARBOUR).quads)
    assert names(again) == names(first) == names(embedded.Embedded(small, BASE))
    assert set(again.store) == set(small)
    with pytest.raises(RuntimeError, match="read-write"):
        again.store.add(ox.Quad(*[ox.NamedNode("https://example.org/x")] * 3))
    assert [path.name for path in (tmp_path / ".store").iterdir()] == [first.path.name]


def test_a_damaged_folder_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A RocksDB folder that cannot be opened is made again."""
    monkeypatch.setattr(embedded, "LARGEST_IN_MEMORY", 10)
    first = embedded.open_store(HARBOUR, tmp_path, made)
    assert first.path
    expected = names(first)
    del first
    path = next(path for path in (tmp_path / ".store").iterdir())
    (path / "CURRENT").write_text("nothing\n")
    again = embedded.open_store(HARBOUR, tmp_path, made)
    assert again.path == path
    assert names(again) == expected


def test_a_folder_that_cannot_be_written_to_still_answers(tmp_path: Path) -> None:
    """Where no store can be kept, the graph is asked from memory."""
    (tmp_path / "file").write_text("in the way")
    store = embedded.open_store(HARBOUR, tmp_path / "file" / "out", made)
    assert store.path is None
    assert "Harbour Town" in names(store)
    with pytest.raises(OutputError, match="cannot be written"):
        embedded.keep(assembled(HARBOUR).quads, tmp_path / "file" / "out", "name")


def test_a_large_graph_answers_without_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That a graph is large makes no difference to it."""
    monkeypatch.setattr(embedded, "LARGEST_IN_MEMORY", 10)
    (tmp_path / "file").write_text("in the way")
    store = embedded.open_store(HARBOUR, tmp_path / "file" / "out", made)
    assert store.path is None
    assert "Harbour Town" in names(store)


def test_a_failed_build_leaves_what_was(tmp_path: Path) -> None:
    """Where the graph cannot be made, the error passes through and the last good store stays."""
    good = embedded.open_store(HARBOUR, tmp_path, made)
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    (folder / "goals.csv").write_text("key\n")

    def fails(_folder: Path) -> tuple[str, list[ox.Quad]]:
        raise InvalidData([])

    with pytest.raises(InvalidData):
        embedded.open_store(folder, tmp_path, fails)
    assert names(embedded.open_store(HARBOUR, tmp_path, not_made)) == names(good)
    assert len(list((tmp_path / ".store").iterdir())) == 1


def test_old_stores_are_forgotten(tmp_path: Path) -> None:
    """The latest stores are kept, the newest always, and nothing else is left lying."""
    quads = assembled(HARBOUR).quads[:3]
    for number in range(embedded.KEPT + 4):
        path = embedded.keep(quads, tmp_path, f"{number:02}")
        os.utime(path, (number, number))
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == embedded.KEPT
    assert left[-1] == f"{embedded.KEPT + 3:02}.nq"


def test_stores_are_equal_to_the_byte(tmp_path: Path) -> None:
    """The order of the quads makes no difference to the file."""
    quads = assembled(HARBOUR).quads
    first = embedded.keep(quads, tmp_path, "a").read_bytes()
    assert embedded.keep(reversed(quads), tmp_path, "b").read_bytes() == first


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    """Two commands on a fresh folder both answer, alike, and leave one store."""
    words = [
        sys.executable,
        "-m",
        "kg",
        "query",
        "organisations-by-kind",
        "--data",
        str(HARBOUR),
        "--out",
        "out",
    ]
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(words, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert answers[0] == answers[1]
    assert b"Harbour Town" in answers[0][0]
    assert [path.suffix for path in (tmp_path / "out" / ".store").iterdir()] == [".nq"]


def test_usual_prefixes_need_no_declaration(harbour: embedded.Embedded) -> None:
    """A query may use the prefixes of the vocabularies, the kinds of thing and the schemes."""
    assert bool(harbour.query("ASK { initiative:sea-lab org:classification|^org:organization ?x }"))
    assert bool(harbour.query("ASK { ?x org:role role:lead }"))


def test_what_is_not_sparql_is_refused(harbour: embedded.Embedded) -> None:
    """A text that is not SPARQL is refused with the place, on one line."""
    with pytest.raises(QueryError, match="not SPARQL") as caught:
        harbour.query("SELECT * WHERE { ?s ?p }")
    assert "\n" not in str(caught.value)
