"""Output: a file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.output import beside, write, write_together


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    """Text becomes UTF-8 with its own line ends, in folders that are made for it."""
    path = write(tmp_path / "a" / "b" / "c.ttl", "Båt\n")
    assert path.read_bytes() == "Båt\n".encode()
    assert [file.name for file in path.parent.iterdir()] == ["c.ttl"]


def test_a_file_is_for_all_as_the_umask_says(tmp_path: Path) -> None:
    """An output can be read by those who may read any new file."""
    mask = os.umask(0o027)
    try:
        path = write(tmp_path / "a", b"")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def write_half(path: Path) -> None:
    """Write half a file, and fail as where the disk is full."""
    with beside(path) as (handle, _):
        os.write(handle, b"half")
        os.close(handle)
        raise OSError("no space")


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    """Where writing fails halfway, the old file stays and nothing lies beside it."""
    path = write(tmp_path / "a", "old")
    with pytest.raises(OutputError, match="cannot be written: no space"):
        write_half(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    """A folder in the file's place, and a file in the folder's, are errors; nothing is left."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="folder: cannot be written"):
        write(tmp_path / "folder", "x")
    (tmp_path / "file").write_text("old")
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "file" / "below", "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_device_is_written_into_and_stays_one() -> None:
    """What is no file, such as the null device, is not replaced by one."""
    null = Path(os.devnull)
    assert write(null, "x") == null
    assert not null.is_file()


def test_files_that_belong_together_are_written_together(tmp_path: Path) -> None:
    """Both are there and whole, and nothing beside them."""
    one, other = tmp_path / "a" / "x.csv", tmp_path / "a" / "x.csv-metadata.json"
    write_together({one: b"x", other: b"{}"})
    assert (one.read_bytes(), other.read_bytes()) == (b"x", b"{}")
    assert sorted(file.name for file in one.parent.iterdir()) == ["x.csv", "x.csv-metadata.json"]


def test_neither_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    """A folder in the place of one leaves the other as it was."""
    one, other = tmp_path / "x.csv", tmp_path / "x.csv-metadata.json"
    one.write_bytes(b"before")
    other.mkdir()
    with pytest.raises(OutputError, match=r"x\.csv-metadata\.json: cannot be written"):
        write_together({one: b"after", other: b"{}"})
    assert one.read_bytes() == b"before"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x.csv", "x.csv-metadata.json"]


def test_nor_where_there_is_no_room_for_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full at the second file leaves neither, and no rest of the first."""
    synced = iter([None, OSError(28, "No space left on device")])

    def sync(_handle: int) -> None:
        error = next(synced)
        if error is not None:
            raise error

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(OutputError, match="No space left on device"):
        write_together({tmp_path / "a": b"x", tmp_path / "b": b"y"})
    assert list(tmp_path.iterdir()) == []
