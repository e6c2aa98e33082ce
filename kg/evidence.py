"""Evidence: whether the cited lines say what a row says, by the words that stand in them.

A row names things, concepts, numbers and moments. Each must stand in the lines that the row cites: a
thing by one of its names, or by an entry of mentions.csv for that very line; a concept by one of its
labels; a number or a year as texts write it. What stands in none of the lines is a violation. What
stands in some passages of a row, but not in all, is a warning, since each passage is to support the
whole row.

Not everything can be found by its words:

- Goals, events and groups bear labels of our own. A *telling* word of the label has to stand there:
  one that few lines of the document have.
- A word for a role, a kind or a type is asked of stated rows only: a careful reader may infer a role
  from what has no word for it.
- A wave, and the city that answered, may come from the document itself; so may the moment at which a
  fact is attested, but never the one at which it began or ended.

That the words stand there does not prove that the sentence says the fact: a person reads it. But most
slips of the hand bring a row to lines that lack its words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.claims import claims, stated
from kg.errors import Problem
from kg.reader import NAMES, cited, numbered, reader
from kg.tables import description

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.claims import Claim
    from kg.ontology import Ontology
    from kg.reader import Reader
    from kg.sources import Passage
    from kg.tables import Folder, Row


@dataclass(frozen=True)
class Evidence:
    """What the texts say of a data folder's rows.

    Attributes:
        problems: rows whose lines lack their words; mentions that are not true, or that no row needs.
        uses: how many rows needed each row of mentions.csv.
        unverified: how many rows cite each source whose text is not at hand.
    """

    problems: list[Problem]
    uses: dict[Row, int]
    unverified: dict[str, int]


def examine(folder: Folder, ontology: Ontology, texts: Mapping[str, list[str]]) -> Evidence:
    """Hold the words of each row against the lines that it cites.

    Args:
        folder: rows whose cells are as described.
        ontology: what concepts and classes there are.
        texts: the lines of each source that is at hand; rows are judged by these alone.
    """
    known = reader(folder, ontology, texts)
    problems = [*_untrue(folder, known), *_homonyms(folder, known)]
    uses: Counter[Row] = Counter()
    unverified: Counter[str] = Counter()
    for table in description():
        for row in folder.of(table.name) if table.is_fact else ():
            unverified.update({passage.source for passage in cited(row)} - set(known.texts))
            known.needed.clear()
            problems += _reasoned(row)
            for claim in claims(row, table, known):
                problems += _judge(row, claim, known.read(row))
            uses.update(known.needed)
    mentions = folder.of("mentions")
    problems += [problem for row in mentions if not uses[row] for problem in _needless(row, known)]
    return Evidence(sorted(problems), {row: uses[row] for row in mentions}, dict(sorted(unverified.items())))


def _judge(row: Row, claim: Claim, read: list[Passage]) -> Iterator[Problem]:
    """Give what is wrong where a claim stands in none of a row's passages, or not in each."""
    lacking = [passage for passage in read if not claim.stands(passage)]
    where = ", ".join(f"{passage.source}:{passage.lines}" for passage in lacking)
    # What is not at hand may say it.
    if lacking and len(lacking) == len(cited(row)):
        yield row.problem(f"{claim.lack} in {where}")
    elif lacking and claim.each:
        yield _warning(row, f"{claim.lack} in {where}, though each passage supports the whole row")


def _warning(row: Row, text: str) -> Problem:
    return Problem(row.path, row.line, text, "warning")


def _reasoned(row: Row) -> Iterator[Problem]:
    """Find a reason where none is needed: what the lines say, nobody has to infer."""
    if row["reason"] and stated(row):
        yield _warning(row, "is stated and yet has a reason; what has to be inferred is implied")


def _untrue(folder: Folder, known: Reader) -> Iterator[Problem]:
    """Find the mentions whose wording does not stand in their lines."""
    for row in folder.of("mentions"):
        source, wording = row["source"].removeprefix("source:"), row["wording"]
        whole = re.compile(rf"(?<!\w){re.escape(wording)}(?!\w)")
        for n in numbered(row["lines"]) if source in known.texts else ():
            if not any(whole.search(line) for line in known.texts[source][n - 1 : n]):
                yield row.problem(f"'{wording}' does not stand in line {n} of '{source}'")


def _needless(row: Row, known: Reader) -> Iterator[Problem]:
    if row["source"].removeprefix("source:") in known.texts:
        text = f"no row needs '{row['wording']}' for '{row['thing']}': none cites the line for it"
        yield _warning(row, f"{text}, or a name in the line says it")


def _homonyms(folder: Folder, known: Reader) -> Iterator[Problem]:
    """Find the things that bear another's name: a line that says it can mean either."""
    first: dict[tuple[str, str], tuple[str, Row]] = {}
    for table in description():
        for row in folder.of(table.name) if table.kind else ():
            thing = f"{known.known.base}{table.kind}/{row['key']}"
            if table.name == "names":
                thing = known.meant("names", "thing", row["thing"])
            for name in filter(row.__getitem__, NAMES):
                language = name[5:] or row["language"]
                other, earlier = first.setdefault((language, row[name].casefold()), (thing, row))
                if other != thing:
                    where = f"{earlier.table}.csv, line {earlier.line}"
                    yield _warning(row, f"'{row[name]}' is the name of another thing too ({where})")
