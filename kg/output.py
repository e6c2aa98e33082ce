"""Output: files are written beside their place and then moved there, so that none is ever half."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OutputError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def write(path: Path, content: str | bytes) -> Path:
    """Write a file whole or not at all; whatever stood there before stays until then.

    Raises:
        OutputError: where it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file() and not path.is_dir():
        return _into(path, data)
    with beside(path) as (handle, temporary):
        _fill(handle, temporary, data)
        temporary.replace(path)
    return path


def emit(content: str | bytes, path: Path | None) -> None:
    """Write to a file, or to standard output where there is none or it is `-`.

    Raises:
        OutputError: where it cannot be written.
    """
    if path is not None and str(path) != "-":
        write(path, content)
        return
    # Bytes, so that line ends are the format's own on every system.
    sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
    sys.stdout.buffer.flush()


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together: none is put in its place before all are written whole.

    Raises:
        OutputError: where one cannot be written; then none is.
    """
    for path in files:
        if path.exists() and not path.is_file():
            raise OutputError(f"{shown(path)}: cannot be written: it is not a file")
    with ExitStack() as stack:
        ready = []
        for path, data in files.items():
            handle, temporary = stack.enter_context(beside(path))
            _fill(handle, temporary, data)
            ready.append((temporary, path))
        for temporary, path in ready:
            temporary.replace(path)


def _fill(handle: int, temporary: Path, data: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    # mkstemp makes files that only their owner reads; an output is for all, as the umask says.
    temporary.chmod(0o666 & ~_umask())


def _into(path: Path, data: bytes) -> Path:
    """Write into a device or pipe, such as /dev/null, which nothing may be moved onto."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{shown(path)}: cannot be written: {error.strerror or error}") from None
    return path


@contextmanager
def beside(path: Path) -> Iterator[tuple[int, Path]]:
    """Give an open file beside a path, which goes away unless it was moved."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        yield handle, temporary
    except OSError as error:
        raise OutputError(f"{shown(path)}: cannot be written: {error.strerror or error}") from None
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    # The umask can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
