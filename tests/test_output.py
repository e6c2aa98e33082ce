"""Output: a file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.output import beside, write


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
