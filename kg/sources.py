"""Sources: the documents, the lines that rows cite, and the reader's own copies of the texts.

A citation reads `city-innovation-sv:43` or `article-2015:3,15-17`: a source's key and lines from 1,
inclusive. The documents themselves are not part of a data folder: a reader who has them names their
folder, and they are recognised by their SHA-256, whatever they are called.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.tables import Folder, Row

_RANGE = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_LENGTH = re.compile(r"[0-9]{1,9}")
LARGEST_TEXT = 50_000_000
"""Bytes; a larger file in a folder of texts is not looked at."""


@dataclass(frozen=True, order=True)
class Passage:
    """Lines `first` to `last` of a source, from 1, inclusive."""

    source: str
    first: int
    last: int

    @property
    def lines(self) -> str:
        """The lines as a citation writes them: 43, or 9-10."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def passages(citation: str) -> list[Passage]:
    """Read a citation.

    Raises:
        ValueError: where it is none; the message says what it would look like.

    >>> [p.lines for p in passages("article-2015:3,15-17")]
    ['3', '15-17']
    """
    source, colon, ranges = citation.partition(":")
    if not colon or not source.strip():
        raise ValueError(
            f"'{citation}' is not a citation; write a source and its lines, as in 'article-2015:3,15-17'"
        )
    return [Passage(source.strip(), *span) for span in spans(ranges)]


def spans(ranges: str) -> list[tuple[int, int]]:
    """Read the lines of a citation: `3,15-17` is 3 to 3 and 15 to 17.

    Raises:
        ValueError: where they are none, begin at 0 or run backwards.
    """
    found = []
    for part in ranges.split(","):
        match = _RANGE.fullmatch(part.strip())
        if not match:
            raise ValueError(f"'{ranges}' is not a list of lines; write them as in '3,15-17'")
        first, last = int(match[1]), int(match[2] or match[1])
        if first < 1:
            raise ValueError(f"'{ranges}' begins before line 1; lines are counted from 1")
        if last < first:
            raise ValueError(f"'{ranges}' runs backwards; write the smaller line first")
        found.append((first, last))
    return found


def lengths(folder: Folder) -> dict[str, int | None]:
    """Give the number of lines of each source of a data folder; none where its row has no number."""
    return {
        row["key"]: (_LENGTH.fullmatch(row["lines"]) and int(row["lines"])) or None
        for row in folder.of("sources")
    }


def check_citation(citation: str, known: Mapping[str, int | None]) -> str:
    """Say what is wrong with a citation, or nothing.

    Args:
        citation: as a cell has it.
        known: the number of lines of each source, or none where that is not known.
    """
    try:
        cited = passages(citation)
    except ValueError as error:
        return str(error)
    for passage in cited:
        if passage.source not in known:
            hint = nearest(passage.source, known) or f"; it has {', '.join(sorted(known)) or 'no row'}"
            return f"source '{passage.source}' is not in sources.csv{hint}"
        length = known[passage.source]
        if length is not None and passage.last > length:
            return f"cites line {passage.last} of '{passage.source}', which has {length} lines"
    return ""


def cited(rows: Iterable[Row]) -> set[tuple[str, int]]:
    """Give every line that some row cites, as source and line."""
    return {
        (passage.source, line)
        for row in rows
        for citation in row.many("sources")
        for passage in passages(citation)
        for line in range(passage.first, passage.last + 1)
    }


def split_lines(text: str) -> list[str]:
    r"""Give a text's lines as citations count them: ended by `\n` alone."""
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def find_texts(folder: Path, sources: Iterable[Row]) -> dict[str, list[str]]:
    """Find the reader's own copies of the documents by their SHA-256.

    Args:
        folder: where they lie; deeper folders are not searched.
        sources: the rows of sources.csv.

    Returns:
        The lines of each source that was found, by its key.
    """
    rows = list(sources)
    known = {row["sha256"] for row in rows}
    found: dict[str, list[str]] = {}
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.stat().st_size > LARGEST_TEXT:
            continue
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest in known:
            lines = split_lines(data.decode("utf-8", "replace"))
            found |= {row["key"]: lines for row in rows if row["sha256"] == digest}
    return found


def verify(folder: Folder, texts: Mapping[str, list[str]]) -> list[Problem]:
    """Hold each source's number of lines, and each passage, against the texts.

    A passage may hold empty lines, but it begins and ends with a line that says something.
    """
    problems = []
    for row in folder.of("sources"):
        lines = texts.get(row["key"])
        if lines is not None and len(lines) != int(row["lines"]):
            problems.append(
                row.problem(f"says {row['lines']} lines; the text of '{row['key']}' has {len(lines)}")
            )
    for row in folder.facts:
        for span in (span for citation in row.many("sources") for span in passages(citation)):
            lines = texts.get(span.source, [])
            empty = [
                n
                for n in (span.first, span.last)
                if span.source in texts and not "".join(lines[n - 1 : n]).strip()
            ]
            if empty:
                problems.append(
                    row.problem(f"cites line {empty[0]} of '{span.source}', which is empty there")
                )
    return problems


def unread(folder: Folder, texts: Mapping[str, list[str]]) -> list[str]:
    """Give the sources whose text was not found, and so could not be verified."""
    return [row["key"] for row in folder.of("sources") if row["key"] not in texts]
