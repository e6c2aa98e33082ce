"""Output: files are written beside their place and then moved there, so that none is ever half."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OutputError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator


def write(path: Path, content: str | bytes) -> Path:
    """Write a file whole or not at all; whatever stood there before stays until then.

    Raises:
        OutputError: where it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file() and not path.is_dir():
        return _into(path, data)
    with beside(path) as (handle, temporary):
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner reads; an output is for all, as the umask says.
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    return path


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
