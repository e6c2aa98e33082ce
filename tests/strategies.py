"""Hypothesis strategies: random data folders, valid by construction.

A folder is drawn as what it says: references as `kind:key` and `scheme:key`, lists as sets, citations
as sets of passages. How it is written (bare keys or whole references, the order of columns, the
delimiter, which tables without rows have a file) is a second choice, which must not matter.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from kg import ontology
from kg.tables import LIST, REQUIRED, description

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hypothesis.strategies import DrawFn, SearchStrategy

    from kg.tables import Column

Cell = str | frozenset[str]
Cells = dict[str, Cell]
Tables = dict[str, list[Cells]]

TABLES = {table.name: table for table in description()}
CONCEPTS = {scheme: sorted(keys) for scheme, keys in ontology.load().concepts.items()}
# Words that stand in the keys of facts too, so that keys are hard to tell apart.
WORDS = ("a", "b", "hav", "lead", "part", "2015", "event", "en")
TYPES = ("initiative", "programme", "project", "partnership", "testbed", "centre", "network")
SEEKING = {"programme", "project", "partnership", "testbed"}
"""The types of initiative that can seek what needs owners need."""
ACTORS = ("organisation", "unit", "initiative")
LANGUAGES = ("en", "sv")
LETTERS_OF_ROR = "abcdefghjkmnpqrstvwxyz0123456789"
MEASURES = ("answer", "rank", "number", "share")

KEYS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("-".join)
# No control characters, none that are not seen, none that are not assigned.
CHARACTERS = st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
TEXTS = (
    st.text(st.one_of(st.sampled_from("aåÄ \",;'<é"), CHARACTERS), min_size=1, max_size=12)
    .map(lambda text: unicodedata.normalize("NFC", text.strip()))
    .filter(lambda text: text and text == text.strip() and text[0] not in "=+-@")
)


@dataclass(frozen=True)
class Sample:
    """A data folder: what it says, and the seed of how it is written."""

    tables: Tables
    seed: int

    def write(self, folder: Path) -> None:
        """Write the tables that have rows or are required, and some of the others."""
        chance = random.Random(self.seed)  # noqa: S311  no secret hangs on it
        for name, table in TABLES.items():
            rows = self.tables.get(name, [])
            if not rows and name not in REQUIRED and chance.random() < 0.5:
                continue
            columns = chance.sample(table.columns, len(table.columns))
            encoding = chance.choice(("utf-8", "utf-8-sig"))
            with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
                writer = csv.writer(file, delimiter=chance.choice(",;\t"), lineterminator="\n")
                writer.writerow([column.name for column in columns])
                writer.writerows([self._written(row, column, chance) for column in columns] for row in rows)

    def _written(self, row: Cells, column: Column, chance: random.Random) -> str:
        cell = row.get(column.name, "")
        if column.name == "sources" and isinstance(cell, frozenset):
            return _citations(cell, chance)
        words = [cell] if isinstance(cell, str) else chance.sample(sorted(cell), len(cell))
        return LIST.join(self._word(word, column, chance) for word in words if word)

    def _word(self, word: str, column: Column, chance: random.Random) -> str:
        """Write a reference by its bare key, where that is enough and chance will have it."""
        prefix, colon, key = word.partition(":")
        if column.scheme:
            return chance.choice((word, key)) if colon else word
        if prefix not in column.references or chance.random() < 0.3:
            return word
        known = [
            row
            for name, table in TABLES.items()
            if table.kind in column.references
            for row in self.tables.get(name, [])
            if row.get("key") == key
        ]
        return key if len(known) == 1 else word


def _citations(passages: frozenset[str], chance: random.Random) -> str:
    """Write passages such as `report:3-3` and `report:5-6` as `report:3,5-6`."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for passage in chance.sample(sorted(passages), len(passages)):
        source, _, lines = passage.partition(":")
        first, _, last = lines.partition("-")
        by_source[source].append(first if first == last else lines)
    return LIST.join(f"{source}:{','.join(lines)}" for source, lines in by_source.items())


# --- Cells --------------------------------------------------------------------------------------------


@st.composite
def moments(draw: DrawFn) -> dict[str, Cell]:
    """Draw the cells of a period, each of them filled or not: a start, a moment inside, an end."""
    days = sorted(draw(st.lists(st.dates(), min_size=3, max_size=3)))
    cells: Cells = {}
    for column, day in zip(("start", "attested", "end"), days, strict=True):
        cells[column] = day.isoformat()[: draw(st.sampled_from((0, 0, 4, 7, 10)))]
    return cells


@st.composite
def support(draw: DrawFn, sources: list[Cells]) -> Cells:
    """Draw a fact's tail: passages within the lines of their sources, certainty and reason."""
    passages = set()
    for _ in range(draw(st.integers(1, 3))):
        source = draw(st.sampled_from(sources))
        lines = int(str(source["lines"]))
        first = draw(st.integers(1, lines))
        passages.add(f"{source['key']}:{first}-{draw(st.integers(first, min(lines, first + 3)))}")
    implied = draw(st.booleans())
    return {
        "sources": frozenset(passages),
        "certainty": "certainty:implied" if implied else "certainty:stated",
        "reason": draw(TEXTS if implied else st.one_of(st.just(""), TEXTS)),
    }


@st.composite
def names(draw: DrawFn, prefix: str = "name_") -> Cells:
    """Draw a name in English, in Swedish, or in both."""
    chosen = draw(st.sets(st.sampled_from(LANGUAGES), min_size=1))
    return {f"{prefix}{language}": draw(TEXTS) if language in chosen else "" for language in LANGUAGES}


def concept(scheme: str) -> SearchStrategy[str]:
    """Give the concepts of a scheme."""
    return st.sampled_from([f"{scheme}:{key}" for key in CONCEPTS[scheme]])


def maybe(strategy: SearchStrategy[str]) -> SearchStrategy[str]:
    """Give what a strategy gives, or an empty cell."""
    return st.one_of(st.just(""), strategy)


YEARS = st.integers(1, 2999).map("{:04}".format)


# --- Folders ------------------------------------------------------------------------------------------


class _Maker:
    """Draws a folder table by table; what was drawn can be referred to."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.tables: Tables = {}
        self.things: dict[str, list[str]] = {}
        self.sources: list[Cells] = []

    def keys(self, kind: str, least: int, most: int) -> list[str]:
        """Draw the keys of a kind of thing."""
        found = self.draw(st.lists(KEYS, min_size=least, max_size=most, unique=True))
        self.things[kind] = [f"{kind}:{key}" for key in found]
        return found

    def of(self, *kinds: str) -> list[str]:
        """Give all things of some kinds."""
        return [thing for kind in kinds for thing in self.things[kind]]

    def some(self, things: Iterable[str]) -> frozenset[str]:
        """Draw a few of some things, or none."""
        known = list(things)
        return frozenset(self.draw(st.sets(st.sampled_from(known), max_size=2)) if known else ())

    def one(self, things: Iterable[str]) -> str:
        """Draw one of some things."""
        return self.draw(st.sampled_from(list(things)))

    def add(self, table: str, *parts: Cells) -> None:
        """Add a row, unless the same stands there already: in all but its support."""
        row: Cells = {column.name: "" for column in TABLES[table].columns}
        for part in parts:
            row |= part
        ignored = {"sources", "certainty", "reason", "through"}
        said = {column: cell for column, cell in row.items() if column not in ignored}
        rows = self.tables.setdefault(table, [])
        if all(any(old[column] != cell for column, cell in said.items()) for old in rows):
            rows.append(row)

    def fact(self) -> Cells:
        """Draw a fact's tail."""
        return self.draw(support(self.sources))

    def period(self) -> Cells:
        """Draw a period, often an empty one."""
        return self.draw(st.one_of(st.just(Cells()), moments()))

    def thing(self, table: str, key: str, cells: Cells) -> None:
        """Add a row of a thing, named."""
        self.add(table, {"key": key}, self.draw(names()), cells, self.fact())


@st.composite
def folders(draw: DrawFn) -> Sample:
    """Draw a valid data folder: a few rows of each table."""
    make = _Maker(draw)
    _described(make)
    _things(make)
    _taking_part(make)
    _named(make)
    _asked(make)
    _linked(make)
    return Sample(make.tables, draw(st.integers(0, 2**16)))


def _described(make: _Maker) -> None:
    draw = make.draw
    organisations = make.keys("organisation", 1, 3)
    for key in make.keys("source", 1, 2):
        make.sources.append(
            {
                "key": key,
                "title": draw(TEXTS),
                "publisher": make.some(make.of("organisation")),
                "language": draw(st.sampled_from(LANGUAGES)),
                "date": str(draw(moments())["start"]),
                "licence": draw(maybe(st.just("https://creativecommons.org/publicdomain/zero/1.0/"))),
                "lines": str(draw(st.integers(1, 40))),
                "sha256": f"{draw(st.integers(0, 2**256 - 1)):064x}",
            }
        )
    for source in make.sources:
        make.add("sources", source)
    for key in organisations:
        make.thing("organisations", key, {"kind": draw(maybe(concept("kind")))})
    base = draw(st.sampled_from(("https://example.org/", "http://example.org/id/å/")))
    described: Cells = {
        "name": draw(KEYS),
        "base": base,
        "languages": frozenset(LANGUAGES),
        "version": draw(TEXTS),
        "date": draw(st.dates()).isoformat(),
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
        "description_en": draw(maybe(TEXTS)),
        "description_sv": draw(maybe(TEXTS)),
    }
    make.add("dataset", described, draw(names("title_")))


def _things(make: _Maker) -> None:
    """Add things, each kind after those that it refers to."""
    _actors(make)
    draw = make.draw
    for kind, table in (("place", "places"), ("document", "documents"), ("group", "groups")):
        for key in make.keys(kind, 0, 2):
            make.thing(table, key, {})
    for key in make.keys("goal", 0, 2):
        make.thing(
            "goals",
            key,
            {
                "type": draw(concept("goal-type")),
                "of": make.some(make.of(*ACTORS, "post", "document")),
                "target_year": draw(maybe(YEARS)),
            },
        )
    for key in make.keys("solution", 0, 2):
        make.thing("solutions", key, {"output_of": make.some(make.of(*ACTORS))})
    others = make.of(*make.things)
    for key in make.keys("event", 0, 2):
        by, concerns = make.some(make.of(*ACTORS, "person", "post")), make.some(others)
        cells: Cells = {"type": draw(concept("event-type")), "by": by, "concerns": concerns}
        make.thing("events", key, cells | make.period())


def _actors(make: _Maker) -> None:
    draw = make.draw
    for key in make.keys("unit", 0, 2):
        make.thing("units", key, {"unit_of": make.one(make.of("organisation"))})
    for key in make.keys("initiative", 1, 3):
        types = draw(st.sets(st.sampled_from(TYPES), min_size=1, max_size=2))
        make.thing("initiatives", key, {"type": frozenset(types)})
    posts = make.keys("post", 0, 2)
    for key in posts:
        make.thing("posts", key, {"post_in": make.one(make.of("organisation", "unit"))})
    # Nobody is named who holds no post.
    for key in make.keys("person", 0, 2 if posts else 0):
        make.add("people", {"key": key, "name": draw(TEXTS)}, make.fact())
        for post in make.some(make.of("post")) or {make.one(make.of("post"))}:
            make.add("holders", {"person": f"person:{key}", "post": post}, make.period(), make.fact())


def _taking_part(make: _Maker) -> None:
    """Add memberships in which the member can have the role, and the role is one of the thing."""
    draw = make.draw
    every = make.of(*ACTORS)
    initiatives = make.of("initiative")
    types = {f"initiative:{row['key']}": set(row["type"]) for row in make.tables["initiatives"]}
    seeking = [thing for thing in initiatives if types[thing] & SEEKING]
    anyone = make.of(*ACTORS, "person")
    allowed = {
        "board-member": (make.of("organisation", "unit", "person"), make.of("initiative", "organisation")),
        "founder": (anyone, every),
        "funder": (every, every),
        "host": (every, every),
        "initiator": (anyone, every),
        "lead": (anyone, every),
        "needs-owner": (every, seeking),
        "participant": (anyone, every),
        "partner": (anyone, initiatives),
        # No initiative in a unit, so that no two are part of each other.
        "part": (make.of("unit"), initiatives),
    }
    for _ in range(draw(st.integers(0, 4))):
        role = draw(st.sampled_from(sorted(allowed)))
        members, things = allowed[role]
        pairs = [(member, thing) for member in members for thing in things if member != thing]
        if pairs:
            member, thing = draw(st.sampled_from(pairs))
            cells: Cells = {"member": member, "role": f"role:{role}", "organisation": thing}
            through = make.some(make.of("post", "unit", "person"))
            # The same again, at another time, is another membership.
            for _ in range(draw(st.integers(1, 2))):
                make.add("memberships", cells, {"through": through}, make.period(), make.fact())


def _named(make: _Maker) -> None:
    draw = make.draw
    for _ in range(draw(st.integers(0, 2))):
        thing, when = make.one(make.of(*ACTORS)), draw(moments())
        if any(when.values()):
            make.add("periods", {"thing": thing}, when, make.fact())
    for _ in range(draw(st.integers(0, 3))):
        cells: Cells = {
            "thing": make.one(make.of(*make.things)),
            "name": draw(TEXTS),
            "language": draw(st.sampled_from((*LANGUAGES, "fi"))),
            "type": draw(st.sampled_from(("alternative", "former", "misspelling"))),
        }
        make.add("names", cells, make.period(), make.fact())
    number = st.text(LETTERS_OF_ROR, min_size=6, max_size=6)
    values = {
        "ror": st.builds("https://ror.org/0{}{:02}".format, number, st.integers(0, 99)),
        "wikidata": st.integers(1).map("Q{}".format),
    }
    taken: set[str] = set()
    for _ in range(draw(st.integers(0, 3))):
        scheme = draw(st.sampled_from(sorted(values)))
        value = draw(values[scheme])
        if value not in taken:
            taken.add(value)
            identified: Cells = {"thing": make.one(make.of(*ACTORS)), "scheme": scheme, "value": value}
            make.add("identifiers", identified, make.fact())


def _asked(make: _Maker) -> None:
    """Add observations, each complete along the structure of its cube."""
    draw = make.draw
    taken: set[tuple[str, ...]] = set()
    for _ in range(draw(st.integers(0, 4))):
        measure = draw(st.sampled_from(MEASURES))
        groups = make.of("group")
        if measure == "share" and not groups:
            continue
        respondent = make.one(groups if measure == "share" else make.of("organisation", "group"))
        wave, item = draw(concept("wave")), draw(concept("indicator"))
        if (respondent, wave, item, measure) in taken:
            continue
        taken.add((respondent, wave, item, measure))
        decimals = st.decimals(0, 100, places=2).map("{:f}".format)
        value: SearchStrategy[str] = {
            "answer": concept("answer"),
            "rank": st.integers(1, 20).map(str),
            "number": st.one_of(st.integers(0, 10**9).map(str), decimals),
            "share": decimals,
        }[measure]
        cells: Cells = {"respondent": respondent, "wave": wave, "item": item, measure: draw(value)}
        if measure == "number":
            cells["unit"] = draw(concept("unit-of-measure"))
            cells["reference_year"] = draw(maybe(YEARS))
        if measure in ("number", "share"):
            cells["bound"] = draw(maybe(concept("bound")))
        make.add("observations", cells, make.fact())


def _linked(make: _Maker) -> None:
    """Add statements, of things whose classes bear and take the relation."""
    draw = make.draw
    all_pairs = _pairs(make)
    for _ in range(draw(st.integers(0, 6))):
        relation = draw(st.sampled_from(sorted(all_pairs)))
        if all_pairs[relation]:
            subject, value = draw(st.sampled_from(all_pairs[relation]))
            cells: Cells = {"subject": subject, "relation": relation, "object": value}
            make.add("statements", cells, make.period(), make.fact())


def _pairs(make: _Maker) -> dict[str, list[tuple[str, str]]]:
    """Give what can be linked, by relation; what may not lead back to itself only to an earlier thing."""

    def every(subjects: list[str], values: list[str]) -> list[tuple[str, str]]:
        return [(subject, value) for subject in subjects for value in values if subject != value]

    def earlier(things: list[str]) -> list[tuple[str, str]]:
        return [(thing, other) for at, thing in enumerate(things) for other in things[:at]]

    def concepts(scheme: str) -> list[str]:
        return [f"{scheme}:{key}" for key in CONCEPTS[scheme]]

    of = make.of
    actors, documents = of(*ACTORS), of("document")
    whole = {f"unit:{row['key']}": str(row["unit_of"]) for row in make.tables.get("units", [])}
    types = {f"initiative:{row['key']}": row["type"] for row in make.tables["initiatives"]}
    # A wave that did not offer an item has no answers to it.
    answered = {(row["item"], row["wave"]) for row in make.tables.get("observations", [])}
    silent = [pair for pair in every(concepts("indicator"), concepts("wave")) if pair not in answered]
    return {
        "rdf:type": [
            (thing, f"inno:{word.capitalize()}")
            for thing, words in types.items()
            for word in TYPES
            if word not in words
        ],
        "org:subOrganizationOf": [
            *earlier(of("organisation")),
            *whole.items(),
            *((unit, other) for unit, other in earlier(of("unit")) if whole[unit] == whole[other]),
            *every(of("initiative"), of("organisation", "unit")),
        ],
        "org:reportsTo": earlier(of("organisation", "unit", "post")),
        "schema:location": every([*actors, *of("event")], of("place")),
        "schema:areaServed": every(actors, of("place")),
        "schema:containedInPlace": earlier(of("place")),
        "dcterms:creator": every(documents, of(*ACTORS, "post", "person")),
        "dcterms:relation": every(actors, actors),
        "dcterms:subject": every([*actors, *documents], concepts("area")),
        "inno:adoptedBy": every(documents, actors),
        "inno:buildsOn": earlier(of(*ACTORS, "solution", "document")),
        "inno:governs": every(documents, [*actors, *of("goal"), *concepts("area")]),
        "inno:involves": every(of("initiative"), concepts("kind")),
        "inno:notOfferedIn": silent,
        "inno:status": every(of("initiative", "goal", "solution", "document"), concepts("status")),
        "inno:uses": every([*actors, *of("solution")], concepts("method")),
    }
