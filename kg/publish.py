"""Publish: the whole site of a data set, written into a folder.

Pages are made one by one and put in their places at once, so that memory stays as it is however many
there are; what building the graph takes is another process's, and so is what a question takes. A list
of what was written stays in the folder: the next run removes what it no longer writes, where nobody has
changed it, and never anything else. A run that was ended in its midst leaves its own list, which the
next one reads too.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg import __version__, ask, embedded
from kg.background import Background
from kg.config import LANGUAGES
from kg.errors import OutputError, QueryError, shown
from kg.iris import expand, unfit
from kg.progress import step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.config import Settings
    from kg.embedded import Embedded
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
JOURNAL = "site-files.part.txt"
"""The same of a run that goes on or was ended: each file stands in it before it is written."""

_PART = ".part"
"""What the name of a file ends in until it is whole."""


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
    asker = Background(chosen)
    try:
        site = site_of(chosen, root=root, previous=previous, asker=asker)
        return _written(site, folder)
    finally:
        asker.close()


def _written(site: Site, folder: Path) -> Published:
    """Write all files, remove what an older run wrote beyond them, and list what there is."""
    before = _listed(folder)
    _tidy(folder)
    now: dict[str, str] = {}
    kept = 0
    with _journal(folder) as note, _progress(len(site.subjects)) as advance:
        for part, page in _pages(site):
            advance(part, page)
            now[page.path] = hashlib.sha256(page.body).hexdigest()[:16]
            site.written.append(page.path)
            note(f"{now[page.path]}  {page.path}\n")
            kept += not _put(folder / page.path, page.body)
    # Whatever ends the run from here on, each file stands in one of the lists.
    removed = sum(_remove(folder, path, digests) for path, digests in before.items() if path not in now)
    _put(folder / MANIFEST, "".join(f"{now[path]}  {path}\n" for path in sorted(now)).encode())
    (folder / JOURNAL).unlink(missing_ok=True)
    return Published(folder, len(now), kept, removed)


def site_of(
    chosen: Settings,
    *,
    root: str | None = None,
    previous: Path | None = None,
    asker: Background | None = None,
) -> Site:
    """Open a data set as a site.

    Args:
        chosen: the settings of this run.
        root: the site's address; by default that of the data set's id base.
        previous: an older version of the data.
        asker: the same data set in another process, which can be ended; without it, questions are
            answered in this one, however long they take.

    Raises:
        InvalidData, NotFound: where the older version cannot be opened.
        QueryError: where the address is none.
    """
    from kg import take
    from kg.site.site import Site

    given = _address(root) if root is not None else ""
    store = _opened(chosen)
    address = given or store.base.removesuffix("id/")
    known, languages = _dataset(chosen, store)
    tables = chosen.data if (chosen.data / "dataset.csv").is_file() else None
    before = take.opened(previous, chosen) if previous else None
    return Site(store, address, known, languages, before, tables, asker, chosen.timeout)


def _opened(chosen: Settings) -> Embedded:
    """Open the store; where it is yet to be made, another process does that, and takes its memory along."""
    if not ask.holds_rdf(chosen):
        stores = chosen.out / ".store"
        name = embedded.fingerprint(chosen.data)
        if not ((stores / f"{name}.nq").exists() or (stores / name).exists()):
            builder = Background(chosen)
            try:
                with step("build the graph of new or changed tables"):
                    _ = builder.base
            finally:
                builder.close()
    return ask.embedded_store(chosen)


def _address(root: str) -> str:
    if wrong := unfit(root):
        raise QueryError(f"--base '{root}' is no address of a site: {wrong}; write https://...")
    import pyoxigraph as ox

    parts = urlsplit(root)
    if parts.scheme not in ("http", "https") or not parts.hostname or set("?#") & set(root):
        raise QueryError(f"--base '{root}' is no address of a site; write https://...")
    try:
        ox.NamedNode(root)
    except ValueError:
        wrong = "it holds what a web address may not, such as a space or a quotation mark"
        raise QueryError(f"--base '{root}' is no address of a site: {wrong}") from None
    return root.rstrip("/") + "/"


def _dataset(chosen: Settings, store: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give what the graph says of its data set, and the languages of pages in their order."""
    import pyoxigraph as ox

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
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        if _is(path, body):
            return False
        try:
            temporary.write_bytes(body)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(body)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise OutputError(f"{shown(path)}: cannot be written: {error.strerror or error}") from None
        raise
    return True


def _is(path: Path, body: bytes) -> bool:
    """Say whether a file is there with these bytes."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == len(body) and path.read_bytes() == body


@contextmanager
def _journal(folder: Path) -> Iterator[Callable[[str], object]]:
    """Give what notes a line in the list of this run, before the file that it names is written.

    Raises:
        OutputError: where it cannot be written.
    """
    path = folder / JOURNAL
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            # A line that was cut short ends here.
            file.write(b"\n")
            yield lambda line: file.write(line.encode())
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{shown(path)}: cannot be written: {error.strerror or error}") from None


def _tidy(folder: Path) -> None:
    """Remove the half file at which an older run was ended: the last that its list names."""
    *_, last = ["", *_lines(folder / JOURNAL)]
    path = folder / last.partition("  ")[2]
    if last and _inside(folder, path):
        for half in path.parent.glob(f".{escape(path.name)}.*{_PART}"):
            with suppress(OSError):
                half.unlink()


def _listed(folder: Path) -> dict[str, set[str]]:
    """Read what older runs wrote: by its path the digests that each file may have."""
    found: dict[str, set[str]] = {}
    for line in (*_lines(folder / MANIFEST), *_lines(folder / JOURNAL)):
        digest, _, name = line.partition("  ")
        if name and _inside(folder, folder / name):
            found.setdefault(name, set()).add(digest)
    return found


def _lines(path: Path) -> list[str]:
    return [each for each in path.read_text("utf-8", "replace").split("\n") if each] if path.is_file() else []


def _inside(folder: Path, path: Path) -> bool:
    return path.is_relative_to(folder) and ".." not in path.relative_to(folder).parts


def _remove(folder: Path, path: str, digests: set[str]) -> bool:
    """Remove a file of an older run where it is as it was written, and folders left empty by that."""
    file = folder / path
    try:
        if file.is_symlink() or not file.is_file():
            return False
        if hashlib.sha256(file.read_bytes()).hexdigest()[:16] not in digests:
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
