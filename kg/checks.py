"""Checks: all that can be held against a data folder, in one report.

Tables first, since a graph of wrong cells would be found wrong in ways that nobody caused; then the
shapes and constraints, the citations against the reader's texts, and the headers of the questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import sources
from kg.config import share
from kg.errors import InvalidData, shown
from kg.report import Report, counted

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import Problem
    from kg.graph import Whole
    from kg.tables import Folder


def check(
    data: Path, texts: Path | None, *, ontology: bool = False, vocabularies: Path | None = None
) -> Report:
    """Check a data folder.

    Args:
        data: the folder.
        texts: a folder with the reader's own copies of the documents, or none.
        ontology: check the ontology itself too, and its OWL 2 RL closure, which takes longer.
        vocabularies: a folder with the files of the vocabularies that the closure is to hold, or
            none.

    Raises:
        NotFound: where there is no such folder.
    """
    from kg.graph import assemble

    problems = _questions()
    try:
        whole = assemble(data)
    except InvalidData as error:
        return Report([*problems, *error.problems])
    problems += whole.problems
    if ontology:
        problems += _ontology(whole, vocabularies)
    read = _texts(whole.folder, texts) if texts else Report([])
    facts = whole.folder.facts
    cited = len(sources.cited(facts))
    return Report([*problems, *read.problems], len(facts), cited, read.notes, read.mentions)


def _questions() -> list[Problem]:
    from kg.queries import library

    try:
        library(share() / "queries")
    except InvalidData as error:
        return error.problems
    return []


def _ontology(whole: Whole, vocabularies: Path | None) -> list[Problem]:
    from kg import closure, lint
    from kg import ontology as known

    folder = known.load().folder
    return [*lint.lint(folder), *closure.closure(folder, whole.quads, vocabularies)]


def _texts(folder: Folder, texts: Path) -> Report:
    """Hold the citations against the texts; say what was verified and what could not be."""
    from kg import evidence
    from kg import ontology as known

    found = sources.find_texts(texts, folder.of("sources"))
    problems = sources.verify(folder, found)
    seen = evidence.examine(folder, known.load(), found)
    notes = [f"verified against the text: {key}" for key in found]
    missing = f"not verified, as its text is not in {shown(texts)}"
    left = sources.unread(folder, found)
    notes += [f"{missing}: {key}, which {seen.unverified.get(key, 0)} facts cite" for key in left]
    needed = sum(seen.uses.values())
    notes.append(f"{counted(len(seen.uses), 'mention')}, needed {counted(needed, 'time')}")
    mentions = [(row.path, row.line, row["wording"], uses) for row, uses in seen.uses.items()]
    return Report([*problems, *seen.problems], notes=notes, mentions=mentions)
