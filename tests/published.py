"""What tests of the published site share: the sites of three data sets, and the pages read as HTML."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from conftest import ROOT, STOCKHOLM

from kg.config import settings
from kg.publish import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARCHIPELAGO = ROOT / "tests" / "archipelago"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SHAPES = {"path", "rect", "circle", "line", "polygon"}
"""Elements of SVG that the pages close within themselves."""


@dataclass
class Html(HTMLParser):
    """A page: links, ids, texts, these with their languages, scripts of data, and what is not well nested."""

    text: str
    links: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    spoken: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str]]] = []
        self.feed(self.text)
        self.wrong += [f"<{tag}> is not closed" for tag, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a start tag."""
        known = {name: value or "" for name, value in attrs}
        self.attributes |= known.keys()
        for name in ("href", "src"):
            if name in known:
                self.links.append((tag, known[name], known))
        if "id" in known:
            self.ids.append(known["id"])
        if tag not in VOID:
            self.open.append((tag, known))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of SVG that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()
            if tag not in SHAPES:
                self.wrong.append(f"<{tag}/> closes itself")

    def handle_endtag(self, tag: str) -> None:
        """Note an end tag, which must be that of the last element."""
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> where {self.open[-1:]} is open")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Note text, and the data of scripts."""
        tag, known = self.open[-1] if self.open else ("", {})
        if tag == "script":
            if known.get("type") == "application/ld+json":
                self.data.append(data)
        elif data.strip():
            self.words.append(data)
            languages = [each["lang"] for _, each in self.open if "lang" in each]
            self.spoken.append((data, languages[-1] if languages else ""))

    @property
    def said(self) -> str:
        """All text of the page, with single spaces."""
        return " ".join(" ".join(self.words).split())


def pages(folder: Path) -> Iterator[tuple[str, Html]]:
    """Read every page of a site, by its path."""
    for file in sorted(folder.rglob("*.html")):
        yield file.relative_to(folder).as_posix(), Html(file.read_text("utf-8"))


def target(page: str, link: str) -> tuple[str, str] | None:
    """Give the file and fragment that a relative link leads to; none where it leads out of the site."""
    if re.match(r"[a-z][a-z0-9+.-]*:", link, re.IGNORECASE) or link.startswith("//"):
        return None
    path, _, fragment = link.partition("#")
    parts = page.split("/")[:-1]
    for part in unquote(path).split("/") if path else [page.rpartition("/")[2]]:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts), unquote(fragment)


def made(data: Path, folder: Path, previous: Path | None = None) -> Path:
    """Publish a data set."""
    publish(folder / "site", settings(os.environ, data=data, out=folder / "out"), previous=previous)
    return folder / "site"


@pytest.fixture(scope="session")
def stockholm_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish Stockholm once for all tests."""
    return made(STOCKHOLM, tmp_path_factory.mktemp("stockholm"))


@pytest.fixture(scope="session")
def archipelago_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the archipelago once for all tests."""
    return made(ARCHIPELAGO, tmp_path_factory.mktemp("archipelago"))
