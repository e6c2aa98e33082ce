"""What can go wrong, in words for people.

    KgError
    ├── InvalidData (ValueError)         rows, cells, citations, shapes: a list of problems
    ├── NotFound (LookupError)           a thing, question, file or concept that is not there
    ├── QueryError (ValueError)          a question that cannot be asked
    ├── TimeoutExceeded (TimeoutError)   an answer that took too long
    ├── MemoryExceeded (MemoryError)     an answer that took too much memory
    ├── RemoteError (OSError)            an endpoint that does not answer as it should
    └── OutputError (OSError)            a file that cannot be written

Each prints as one line a problem. An exception that is none of these is a bug and shows its
traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


LONGEST = 1_000
"""Characters of a message: what somebody wrote may be part of it, and of any length."""


class KgError(Exception):
    """Any failure that is not a bug; its text is for people, and one line whatever it speaks of."""

    def __init__(self, text: str = "") -> None:
        line = printable(text)
        super().__init__(line if len(line) <= LONGEST else f"{line[:LONGEST]}...")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where, and what would be right.

    Attributes:
        path: the file.
        line: its line from 1; 0 where it is the whole file.
        text: what is wrong, in plain words.
        severity: `violation`, or `warning` for what is to be looked at and may stand.
        focus: the IRI of the node that it is about, where it is about one.
        rule: the IRI of the shape or constraint that found it, where one did.
    """

    path: str
    line: int
    text: str
    severity: str = "violation"
    focus: str = ""
    rule: str = ""

    def __str__(self) -> str:
        """Give `file:line: text`, or `file: text` where it is the whole file."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        return printable(f"{where}: {self.text}")


class InvalidData(KgError, ValueError):
    """Rows that are not as they should be: all problems of a run at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        Exception.__init__(self, "\n".join(map(str, self.problems)))


class NotFound(KgError, LookupError):
    """Something that was asked for and is not there."""


class QueryError(KgError, ValueError):
    """A question that cannot be asked as it stands."""


class TimeoutExceeded(KgError, TimeoutError):
    """An answer that took longer than allowed."""


class MemoryExceeded(KgError, MemoryError):
    """An answer that took more memory than allowed."""


class RemoteError(KgError, OSError):
    """An endpoint that does not answer as it should."""


class OutputError(KgError, OSError):
    """A file that cannot be written."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word is meant, as the end of a message.

    >>> nearest("founderr", ["founder", "funder", "lead"])
    "; did you mean 'founder'?"
    >>> nearest("xyz", ["founder"])
    ''
    """
    folded = {each.casefold(): each for each in sorted(set(known), reverse=True)}
    found = get_close_matches(word.casefold(), sorted(folded), n=1, cutoff=0.6)
    return f"; did you mean '{folded[found[0]]}'?" if found else ""


def printable(text: str) -> str:
    r"""Give text as one line that does nothing to a terminal, whatever a file put into it.

    >>> printable("Båt\n\x1b[31m")
    'Båt\\n\\x1b[31m'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(path: Path) -> str:
    """Give a path as people wrote it: relative to here where it lies below, else whole."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
