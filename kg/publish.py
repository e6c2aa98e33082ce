"""Publish: the whole site of a data set, written into a folder.

Pages are made one by one and put in their places at once, so that memory stays as it is however many
there are. A list of what was written stays in the folder: the next run removes what it no longer
writes, where nobody has changed it, and never anything else.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg import __version__, ask
from kg.config import LANGUAGES
from kg.errors import OutputError, QueryError, shown
from kg.output import beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.config import Settings
    from kg.site.site import Page, Site

MODULES = (
    "home",
    "things",
    "questions",
    "sources",
    "vocabulary",
    "concepts",
    "dataset",
    "redirects",
    "query",
    "feeds",
)
"""The parts of the site in kg/site, in the order in which they are written; `feeds` tells of them all."""
MANIFEST = "site-files.txt"
"""The list of all files that were written, each with the beginning of its SHA-256."""


@dataclass(frozen=True)
class Published:
    """What was published: how many files, how many that were there already, how many removed."""

    folder: Path
    written: int
    kept: int
    removed: int


def publish(
    folder: Path, chosen: Settings, *, root: str | None = None, previous: Path | None = None
) -> Published:
    """Write the site of a data set.

    Args:
        folder: where it is written; what lies there and is not the site's stays.
        chosen: the settings of this run; `data` is what is published.
        root: the site's address; by default that of the data set's id base.
        previous: an older version of the data, for the feed of changes.

    Raises:
        InvalidData, NotFound: where the data or the older version cannot be opened.
        OutputError: where a file cannot be written.
        QueryError: where the address is none, or the folder is that of the data.
    """
    if folder.resolve() == chosen.data.resolve():
        raise QueryError(f"{shown(folder)} holds the data; name another folder to publish into")
    site = site_of(chosen, root=root, previous=previous)
    before = _manifest(folder / MANIFEST)
    now: dict[str, str] = {}
    kept = 0
    with _progress(len(site.subjects)) as advance:
        for part, page in _pages(site):
            advance(part, page)
            now[page.path] = hashlib.sha256(page.body).hexdigest()[:16]
            site.written.append(page.path)
            kept += not _put(folder / page.path, page.body)
    _put(folder / MANIFEST, "".join(f"{now[path]}  {path}\n" for path in sorted(now)).encode())
    removed = sum(_remove(folder, path, digest) for path, digest in before.items() if path not in now)
    return Published(folder, len(now), kept, removed)


def site_of(chosen: Settings, *, root: str | None = None, previous: Path | None = None) -> Site:
    """Open a data set as a site.

    Raises:
        InvalidData, NotFound: where the older version cannot be opened.
        QueryError: where the address is none.
    """
    from kg import take
    from kg.site.site import Site

    store = ask.embedded_store(chosen)
    address = _address(root) if root else store.base.removesuffix("id/")
    known, languages = _dataset(chosen, store)
    tables = chosen.data if (chosen.data / "dataset.csv").is_file() else None
    before = take.opened(previous, chosen) if previous else None
    return Site(store, address, known, languages, before, tables)


def _address(root: str) -> str:
    try:
        parts = urlsplit(root)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise QueryError(f"--base '{root}' is no address of a site; write https://...")
    return root.rstrip("/") + "/"


def _dataset(chosen: Settings, store: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give what the graph says of its data set, and the languages of pages in their order."""
    import pyoxigraph as ox

    from kg.iris import expand
    from kg.site import facts

    default = ox.DefaultGraph()
    kind = (ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("dcat:Dataset")))
    found = sorted(str(quad.subject)[1:-1] for quad in store.store.quads_for_pattern(None, *kind, default))
    known: facts.Read = {}
    quads = store.store.quads_for_pattern(ox.NamedNode(found[0]), None, None, default) if found else ()
    for quad in sorted(quads, key=str):
        known.setdefault(quad.predicate.value, []).append(quad.object)
    name = found[0].rpartition("/")[2] if found else chosen.data.resolve().stem
    title = facts.texts(known, "dcterms:title") or {"": name}
    values = {
        "iri": found[0] if found else "",
        "name": name,
        "title": title,
        "description": facts.texts(known, "dcterms:description"),
        "version": facts.first(known, "dcat:version"),
        "date": facts.first(known, "dcterms:issued"),
        "licence": facts.first(known, "dcterms:license"),
    }
    said = [
        value.value for value in known.get(expand("dcterms:language"), []) if isinstance(value, ox.Literal)
    ]
    return values, _languages(chosen, said)


def _languages(chosen: Settings, said: list[str]) -> tuple[str, ...]:
    """Give the languages of pages: those of the data set that the site speaks, in its order."""
    if (chosen.data / "dataset.csv").is_file():
        from kg.tables import read_one

        said = [each.strip() for each in read_one(chosen.data, "dataset")[0]["languages"].split(";")]
    else:
        said = sorted(said)
    return tuple(each for each in said if each in LANGUAGES) or LANGUAGES


def _pages(site: Site) -> Iterator[tuple[str, Page]]:
    """Give every file of the site with the part that it belongs to."""
    from kg.site.site import Page

    static = files("kg") / "site" / "static"
    for file in sorted(static.iterdir(), key=lambda each: each.name):
        if file.is_file():
            yield "static", Page(f"static/{file.name}", file.read_bytes())
    for name in MODULES:
        for page in import_module(f"kg.site.{name}").pages(site):
            yield name, page


def _put(path: Path, body: bytes) -> bool:
    """Put a file in its place, whole; say whether it is another than was there.

    A site is written again where the power fails, so that no file waits for the disk.

    Raises:
        OutputError: where it cannot be written.
    """
    try:
        if path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body:
            return False
    except OSError as error:
        raise OutputError(f"{shown(path)}: cannot be read: {error.strerror or error}") from None
    with beside(path) as (handle, temporary):
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        temporary.chmod(0o644)
        temporary.replace(path)
    return True


def _manifest(path: Path) -> dict[str, str]:
    """Read what an older run wrote: the digest of each file by its path."""
    found = {}
    if path.is_file():
        for line in path.read_text("utf-8", "replace").split("\n"):
            digest, _, name = line.partition("  ")
            parts = Path(name).parts
            if name and not Path(name).is_absolute() and ".." not in parts:
                found[name] = digest
    return found


def _remove(folder: Path, path: str, digest: str) -> bool:
    """Remove a file of an older run where it is as it was written, and folders left empty by that."""
    file = folder / path
    try:
        if file.is_symlink() or not file.is_file():
            return False
        if hashlib.sha256(file.read_bytes()).hexdigest()[:16] != digest:
            return False
        file.unlink()
        for parent in file.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
    except OSError as error:
        raise OutputError(f"{shown(file)}: cannot be removed: {error.strerror or error}") from None
    return True


@contextmanager
def _progress(things: int) -> Iterator[Callable[[str, Page], None]]:
    """Show on a terminal how many of the things are written, and what is being written."""
    if not sys.stderr.isatty():
        yield lambda _part, _page: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,}/{task.total:,}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"kg {__version__}", total=things)

        def advance(part: str, page: Page) -> None:
            done = part == "things" and page.path.endswith("/index.ttl")
            progress.update(task, advance=int(done), description=part)

        yield advance
