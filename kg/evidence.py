"""Evidence: whether the cited lines say what a row says, by the words that stand in them.

A row names things, concepts, numbers and years. Each must stand in the lines that the row cites: a
thing by one of its names, or by an entry of mentions.csv for that very line ('Staden' is the city in
line 27); a concept by one of its labels; a number or a year as a text writes it. What stands in none
of the lines is a violation. What stands in some passages of the row, but not in all, is a warning,
since each passage is to support the whole row.

Not everything can be found by its words:

- Goals, events and groups bear labels of our own. A *telling* word of the label has to stand in the
  lines: one that the document does not use in every other line.
- The words for a role, a kind or a type are asked of stated rows only: a careful reader may infer a
  role from what has no word for it.
- A wave, and the city that answered, may come from the document itself; so may the moment at which a
  fact is attested, but never the one at which it began or ended.

That a word stands there does not prove that the sentence says the fact: a person reads it. But most
slips of the hand bring a row to lines that lack its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import references, sources
from kg.errors import Problem
from kg.iris import CONCEPTS, ONTOLOGY, expand
from kg.tables import description

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.ontology import Ontology
    from kg.sources import Passage
    from kg.tables import Column, Folder, Row, Table

OUR_WORDS = ("goal", "event", "group")
"""The kinds of thing whose labels are our own words, since no document names them."""
UNWORDED = ("selected", "yes")
"""Answers that a page gives by listing an option or by saying what it is about."""
COMMON = "goal-type:goal"
BROADEST = "initiative"
"""Types that need no word of their own: the broadest of their kind."""
MEASURES = ("rank", "number", "share")
MOMENTS = ("start", "end", "attested", "target_year", "reference_year")
SHORTEST = 5
"""Letters: a shorter word says too little to be telling, and stands inside too many others."""
TOLD_BY = 3
"""A telling word stands in at most one of so many lines of its document."""

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
# A proper name takes a genitive; a common noun also the endings of number and definite form.
_PROPER = "(?:[’']?s)?"
_NOUN = "(?:(?:e?[nt]|[aeo]r(?:na)?)?[’']?s?|es)"
_FIGURE = r"(?<![\w.,])([0-9]+(?:[.,\u00a0 ][0-9]{3})*(?:[.,][0-9]+)?)"
_NUMBER = re.compile(_FIGURE + r"(?!\w)")
_SHARE = re.compile(_FIGURE + r"[\u00a0 ]?(?:%|per cent|percent|procent)")
_LABELS = {expand(f"skos:{name}") for name in ("prefLabel", "altLabel")} | {expand("rdfs:label")}
_HIDDEN = expand("skos:hiddenLabel")
_BROADER = expand("skos:broader")


@dataclass(frozen=True)
class Evidence:
    """What the texts say of a data folder's rows.

    Attributes:
        problems: rows whose lines lack their words, and mentions that are not true or not needed.
        uses: how many rows needed each row of mentions.csv.
        unverified: how many rows cite each source whose text is not there.
    """

    problems: list[Problem]
    uses: dict[Row, int]
    unverified: dict[str, int]


@dataclass(frozen=True)
class Claim:
    """Something that the cited lines of a row have to say.

    Attributes:
        lack: what is wrong where they do not, up to the words 'in ...'.
        stands: whether a passage says it.
        each: whether each passage of the row has to, or any one.
    """

    lack: str
    stands: Callable[[Passage], bool]
    each: bool = False


@dataclass(frozen=True)
class Words:
    """The words for concepts and classes.

    Attributes:
        labels: how each is named, hidden labels included, by IRI.
        broader: the broader concept of each.
    """

    labels: dict[str, tuple[str, ...]]
    broader: dict[str, str]


@dataclass
class Reader:
    """The documents, and what things are called in them.

    Attributes:
        texts: the lines of each source.
        known: what the cells may refer to.
        words: what concepts and classes are called.
        names: what things are called, by IRI.
        longer: the names that hold another name: 'Senseable Stockholm Lab' holds 'Stockholm Lab'.
        mentions: the rows of mentions.csv for each source, line and IRI.
        sources: the row of each source.
        needed: the rows of mentions.csv that the row at hand needed.
    """

    texts: dict[str, list[str]]
    known: references.Index
    words: Words
    names: dict[str, list[str]]
    longer: dict[str, list[str]]
    mentions: dict[tuple[str, int, str], list[Row]]
    sources: dict[str, Row]
    needed: set[Row] = field(default_factory=set)

    def lines(self, passage: Passage) -> list[str]:
        """Give the lines of a passage."""
        return self.texts[passage.source][passage.first - 1 : passage.last]

    def text(self, passage: Passage) -> str:
        """Give the lines of a passage as one text."""
        return "\n".join(self.lines(passage))

    def called(self, iri: str) -> list[str]:
        """Give what a thing, concept or class is called."""
        return self.names.get(iri) or list(self.words.labels.get(iri, ()))

    def finds(self, iri: str, passage: Passage) -> bool:
        """Say whether a thing stands in a passage: by name, or by a mention that is then needed."""
        text = self.text(passage)
        if iri.endswith(f"/source/{passage.source}") or any(self.alone(n, text) for n in self.called(iri)):
            return True
        places = ((passage.source, n, iri) for n in range(passage.first, passage.last + 1))
        found = [row for place in places for row in self.mentions.get(place, ())]
        self.needed.update(found)
        return bool(found)

    def alone(self, name: str, text: str) -> bool:
        """Say whether a name stands in a text, and not only within a longer one."""
        if not stands(name, text):
            return False
        for longer in self.longer.get(name, ()):
            text = _pattern(longer).sub(" ", text)
        return stands(name, text)

    def telling(self, label: str, source: str) -> list[str]:
        """Give the stems of a label's words that not every other line of a document has."""
        lines = [line.casefold() for line in self.texts[source] if line.strip()]
        return [stem for stem in _stems(label) if sum(stem in line for line in lines) * TOLD_BY <= len(lines)]


def examine(folder: Folder, ontology: Ontology, texts: Mapping[str, list[str]]) -> Evidence:
    """Hold the words of each row against the lines that it cites.

    Args:
        folder: rows whose cells are as described.
        ontology: what concepts and classes there are.
        texts: the lines of each source that is at hand; rows are judged by these alone.
    """
    reader = _reader(folder, ontology, texts)
    uses: Counter[Row] = Counter()
    problems = [*_mentions(folder, reader), *_homonyms(folder, reader)]
    unverified: Counter[str] = Counter()
    for table in description():
        for row in folder.of(table.name) if table.is_fact else ():
            passages = [p for citation in row.many("sources") for p in sources.passages(citation)]
            read = [passage for passage in passages if passage.source in reader.texts]
            unverified.update({p.source for p in passages} - {p.source for p in read})
            reader.needed.clear()
            problems += _certainty(row)
            for claim in _claims(row, table, reader):
                problems += _judge(row, claim, read, whole=len(read) == len(passages))
            uses.update(reader.needed)
    mentioned = folder.of("mentions")
    problems += [
        _warning(row, f"no row needs '{row['wording']}' for '{row['thing']}'; a name says it, or nothing does")
        for row in mentioned
        if not uses[row] and row["source"].removeprefix("source:") in reader.texts
    ]
    return Evidence(sorted(problems), {row: uses[row] for row in mentioned}, dict(unverified))


def stands(name: str, text: str) -> bool:
    """Say whether a name stands in a text as a word of its own, in any case, number or definite form.

    >>> stands("Skanska", "med Skanskas hjälp"), stands("ABB", "Sabbat"), stands("region", "Regioner")
    (True, False, True)
    """
    return name.casefold() in text.casefold() and bool(_pattern(name).search(text))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    ending = _NOUN if name[:1].islower() else _PROPER
    return re.compile(rf"(?<!\w){re.escape(name)}{ending}(?!\w)", re.IGNORECASE)


def worded(labels: Iterable[str], text: str) -> bool:
    """Say whether a text has one of a concept's words, be it within a longer word.

    >>> worded(["programme", "program"], "ett innovationsprogram"), worded(["del"], "deltar")
    (True, False)
    """
    folded = text.casefold()
    return any(
        label.casefold() in folded if len(label) >= SHORTEST else stands(label, text) for label in labels
    )


def numeral(value: str) -> str:
    """Give a number without what only groups its thousands or fills its decimals.

    >>> numeral("974,073"), numeral("81,5"), numeral("81.50"), numeral("1 000")
    ('974073', '81.5', '81.5', '1000')
    """
    plain = re.sub(r"[.,\u00a0 ](?=[0-9]{3}(?![0-9]))", "", value).replace(",", ".")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def dated(moment: str, text: str) -> bool:
    """Say whether a text has a year, and the month and day where the moment has them.

    >>> dated("2016-03", "i mars 2016"), dated("2015-05", "2015")
    (True, False)
    """
    year, month, day = (*moment.split("-"), "", "")[:3]
    if stands(moment, text):
        return True
    names = [words.split()[int(month) - 1] for words in MONTHS.values()] if month else []
    return (
        stands(year, text)
        and (not month or any(stands(name, text) for name in names))
        and (not day or stands(str(int(day)), text))
    )


def _stems(label: str) -> list[str]:
    """Give what the longer words of a label keep in their other forms.

    >>> _stems("Klimatneutrala städer")
    ['klimatneutra', 'städe']
    """
    words = (word for word in re.findall(r"\w+", label.casefold()) if len(word) >= SHORTEST)
    return [word[: max(SHORTEST, len(word) - 3)] for word in words]


def _warning(row: Row, text: str) -> Problem:
    return Problem(row.path, row.line, text, "warning")


def _judge(row: Row, claim: Claim, read: list[Passage], *, whole: bool) -> Iterator[Problem]:
    """Give what is wrong where a claim stands in none of a row's passages, or not in each."""
    lacking = [passage for passage in read if not claim.stands(passage)]
    if not lacking:
        return
    where = ", ".join(f"{passage.source}:{passage.lines}" for passage in lacking)
    if len(lacking) < len(read) or not whole:
        if claim.each:
            yield _warning(row, f"{claim.lack} in {where}, though each passage supports the whole row")
    else:
        yield row.problem(f"{claim.lack} in {where}")


def _certainty(row: Row) -> Iterator[Problem]:
    """Find a reason where none is needed: what the lines say, nobody has to infer."""
    if row["reason"] and _stated(row):
        yield _warning(row, "is stated and yet has a reason; what has to be inferred is implied")


def _stated(row: Row) -> bool:
    return row["certainty"].removeprefix("certainty:") == "stated"


# What a row claims.


def _claims(row: Row, table: Table, reader: Reader) -> Iterator[Claim]:
    """Give all that the lines of a row have to say."""
    if table.name == "observations":
        yield from _observation(row, reader)
    else:
        yield from _ends(row, table, reader)
    yield from _moments(row, reader)
    if table.kind and any(column.name == "key" for column in table.columns):
        yield from _thing(row, table, reader)
    if table.name in _LITERALS:
        yield from _LITERALS[table.name](row, reader)
    if _stated(row):
        yield from _types(row, table, reader)


def _ends(row: Row, table: Table, reader: Reader) -> Iterator[Claim]:
    """Ask for each thing and concept that a row refers to."""
    each = _stated(row)
    for column in table.columns:
        for word in row.many(column.name) if column.references and column.datatype != "citation" else ():
            iri = reader.known.iri(word, column)
            if not iri.startswith(ONTOLOGY):
                yield Claim(_unnamed(iri, reader), lambda p, i=iri: reader.finds(i, p), each)


def _unnamed(iri: str, reader: Reader) -> str:
    name = next(iter(reader.called(iri)), iri)
    return f"neither '{name}' nor another name of it stands"


def _moments(row: Row, reader: Reader) -> Iterator[Claim]:
    """Ask for years, months and days; a document attests what it says at its own date."""
    texts = [
        reader.text(p) for c in row.many("sources") for p in sources.passages(c) if p.source in reader.texts
    ]
    whole = "\n".join(texts)
    for column in MOMENTS:
        moment = row[column]
        if moment:
            here = dated(moment, whole)
            yield Claim(
                f"the {column.replace('_', ' ')} {moment} does not stand",
                lambda p, c=column, m=moment, h=here: (
                    h or (c == "attested" and m == reader.sources[p.source]["date"])
                ),
            )


def _thing(row: Row, table: Table, reader: Reader) -> Iterator[Claim]:
    """Ask for the thing in each passage, and for each of its names in some."""
    iri = f"{reader.known.base}{table.kind}/{row['key']}"
    ours = table.kind in OUR_WORDS
    labels = {column: row[column] for column in ("name", "name_en", "name_sv") if row[column]}

    def found(passage: Passage) -> bool:
        return reader.finds(iri, passage) or (ours and _shares(labels, passage, reader))

    what = f"no telling word of '{next(iter(labels.values()), '')}' stands"
    yield Claim(what if ours else _unnamed(iri, reader), found, each=True)
    for column, name in labels.items():
        yield Claim(
            f"{column} '{name}' does not stand",
            lambda p, c=column, n=name: (
                stands(n, reader.text(p))
                or (c[5:] not in ("", _language(p, reader)) and _elsewhere(row, c[5:], reader))
                or (ours and _shares({c: n}, p, reader))
                or _mentioned(iri, n, p, reader)
            ),
        )


def _language(passage: Passage, reader: Reader) -> str:
    return reader.sources[passage.source]["language"]


def _elsewhere(row: Row, language: str, reader: Reader) -> bool:
    """Say whether no document that a row cites is in a language: a name in it is a translation."""
    cited = {p.source for c in row.many("sources") for p in sources.passages(c)}
    return all(reader.sources[source]["language"] != language for source in cited)


def _mentioned(iri: str, name: str, passage: Passage, reader: Reader) -> bool:
    """Say whether a passage mentions a thing by a word that is in a name of our own."""
    lines = range(passage.first, passage.last + 1)
    rows = [row for n in lines for row in reader.mentions.get((passage.source, n, iri), ())]
    stems = _stems(name)
    return any(stem in row["wording"].casefold() for row in rows for stem in stems)


def _shares(labels: Mapping[str, str], passage: Passage, reader: Reader) -> bool:
    """Say whether a passage has a telling word of a label in its own language."""
    text = reader.text(passage).casefold()
    label = labels.get(f"name_{_language(passage, reader)}", "")
    return any(stem in text for stem in reader.telling(label, passage.source))


def _types(row: Row, table: Table, reader: Reader) -> Iterator[Claim]:
    """Ask for a word of the role, the kind or the type that a stated row gives."""
    for column in table.columns:
        if column.name in ("role", "kind", "type") and column.scheme and row[column.name]:
            iri = reader.known.iri(row[column.name], column)
            key = iri.removeprefix(CONCEPTS).replace("/", ":")
            labels = reader.words.labels.get(iri, ())
            if key != COMMON:
                yield Claim(
                    f"no word for the {column.name} '{row[column.name]}' stands",
                    lambda p, i=iri, w=labels: worded(w, reader.text(p)) or reader.finds(i, p),
                )
    if table.name == "initiatives":
        yield from _classes(row, reader)


def _classes(row: Row, reader: Reader) -> Iterator[Claim]:
    """Ask for a word of an initiative's type where its lines have one of another type."""
    types = {
        word: reader.words.labels.get(f"{ONTOLOGY}{word.capitalize()}", ())
        for word in _column("initiatives", "type").pattern.split("|")
    }
    for given in row.many("type"):
        others = [label for word, labels in types.items() if word not in (given, BROADEST) for label in labels]
        if given != BROADEST:
            yield Claim(
                f"a word for another type, but none for '{given}', stands",
                lambda p, g=given, o=others: (
                    worded(types.get(g, ()), reader.text(p)) or not worded(o, reader.text(p))
                ),
            )


def _name(row: Row, reader: Reader) -> Iterator[Claim]:
    name = row["name"]
    yield Claim(f"the name '{name}' does not stand", lambda p: stands(name, reader.text(p)), each=True)


def _identifier(row: Row, reader: Reader) -> Iterator[Claim]:
    value = row["value"]
    yield Claim(f"the identifier '{value}' does not stand", lambda p: stands(value, reader.text(p)), each=True)


_LITERALS: dict[str, Callable[[Row, Reader], Iterator[Claim]]] = {
    "names": _name,
    "identifiers": _identifier,
}


# What an observation claims.


def _observation(row: Row, reader: Reader) -> Iterator[Claim]:
    columns = {column.name: column for t in description() if t.name == "observations" for column in t.columns}
    item = reader.known.iri(row["item"], columns["item"])
    yield Claim(_unnamed(item, reader), lambda p: _last_option(item, p, reader), each=True)
    for measure in MEASURES:
        if row[measure]:
            value = row[measure]
            yield Claim(
                f"the {measure} {value} does not stand with '{next(iter(reader.called(item)), item)}'",
                lambda p, m=measure, v=value: numeral(v) in _numbers(item, m, p, reader),
                each=True,
            )
    year = row["wave"].rpartition(":")[2]
    yield Claim(
        f"the wave {year} is not the document's, and does not stand",
        lambda p: year == reader.sources[p.source]["date"][:4] or stands(year, reader.text(p)),
    )
    respondent = reader.known.iri(row["respondent"], columns["respondent"])
    yield Claim(_unnamed(respondent, reader), lambda p: _answers(respondent, p, reader))
    yield from _worded(row, columns, reader)


def _worded(row: Row, columns: dict[str, Column], reader: Reader) -> Iterator[Claim]:
    """Ask for the words of an answer, a unit and a bound."""
    stated = _stated(row)
    for name in ("answer", "unit", "bound"):
        word = row[name].rpartition(":")[2]
        if word and word not in UNWORDED and (stated or name != "unit"):
            iri = reader.known.iri(row[name], columns[name])
            yield Claim(
                f"no word for the {name} '{word}' stands",
                lambda p, i=iri: reader.finds(i, p),
                each=True,
            )


def _answers(respondent: str, passage: Passage, reader: Reader) -> bool:
    """Say whether a city stands in a passage or in its document, or a passage tells of a group."""
    if reader.finds(respondent, passage):
        return True
    if respondent.startswith(f"{reader.known.base}group/"):
        label = next(iter(reader.called(respondent)), "")
        here = f"{reader.sources[passage.source]['date']} {reader.text(passage)}"
        return _shares({f"name_{_language(passage, reader)}": label}, passage, reader) and all(
            year in here for year in re.findall("[0-9]{4}", label)
        )
    needed = set(reader.needed)
    found = reader.finds(respondent, sources.Passage(passage.source, 1, len(reader.texts[passage.source])))
    # The page as a whole is about the city: that needs none of its many mentions.
    reader.needed.intersection_update(needed)
    return found


def _last_option(item: str, passage: Passage, reader: Reader) -> bool:
    """Say whether an option is the one that a passage names last: before it stand heading and others."""
    if not reader.finds(item, passage):
        return False
    if passage.first == passage.last:
        return True
    question = reader.words.broader.get(item, "")
    options = [each for each, broader in reader.words.broader.items() if broader in (question, item)]
    return max([item, *options], key=lambda each: _end(each, passage, reader)) == item


def _end(iri: str, passage: Passage, reader: Reader) -> int:
    """Give where a concept's label ends that stands last in a passage; -1 where none does."""
    text = reader.text(passage)
    return max((m.end() for label in reader.called(iri) for m in _pattern(label).finditer(text)), default=-1)


def _numbers(item: str, measure: str, passage: Passage, reader: Reader) -> list[str]:
    """Give the numbers that can be an option's: in a list, and of shares, the last before it, else all."""
    found = list((_SHARE if measure == "share" else _NUMBER).finditer(reader.text(passage)))
    end = _end(item, passage, reader)
    before = [match for match in found if match.end() <= end]
    if passage.first < passage.last or (measure == "share" and before):
        found = before[-1:]
    return [numeral(match[1]) for match in found]


# What is read.


def _mentions(folder: Folder, reader: Reader) -> Iterator[Problem]:
    """Find the mentions whose wording does not stand in their lines."""
    for row in folder.of("mentions"):
        source, wording = row["source"].removeprefix("source:"), row["wording"]
        whole = re.compile(rf"(?<!\w){re.escape(wording)}(?!\w)")
        for n in _numbered(row["lines"]) if source in reader.texts else ():
            if not any(whole.search(line) for line in reader.texts[source][n - 1 : n]):
                yield row.problem(f"'{wording}' does not stand in line {n} of '{source}'")


def _homonyms(folder: Folder, reader: Reader) -> Iterator[Problem]:
    """Find the things that bear another's name: a line that says it can mean either."""
    first: dict[tuple[str, str], tuple[str, Row]] = {}
    column = _column("names", "thing")
    for table in description():
        for row in folder.of(table.name) if table.kind else ():
            thing = f"{reader.known.base}{table.kind}/{row['key']}"
            if table.name == "names":
                thing = reader.known.iri(row["thing"], column)
            for name in ("name_en", "name_sv", "name", "title"):
                language = name[5:] or row["language"]
                other, earlier = first.setdefault((language, row[name].casefold()), (thing, row))
                if row[name] and other != thing:
                    where = f"line {earlier.line} of {earlier.table}.csv"
                    yield _warning(row, f"'{row[name]}' is the name of another thing too, in {where}")


def _numbered(ranges: str) -> list[int]:
    return [n for first, last in sources.spans(ranges) for n in range(first, last + 1)]


def _reader(folder: Folder, ontology: Ontology, texts: Mapping[str, list[str]]) -> Reader:
    known = references.index(folder, ontology)
    mentions: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
    column = _column("mentions", "thing")
    for row in folder.of("mentions"):
        source, iri = row["source"].removeprefix("source:"), known.iri(row["thing"], column)
        for n in _numbered(row["lines"]):
            mentions[source, n, iri].append(row)
    plain = {source: [unicodedata.normalize("NFC", line) for line in lines] for source, lines in texts.items()}
    files = tuple(ontology.graph_files)
    rows = {row["key"]: row for row in folder.of("sources")}
    names = _names(folder, known)
    # A title tells what its document is about, and is no other thing that a line could mean.
    longer = _longer({iri: called for iri, called in names.items() if "/source/" not in iri})
    return Reader(plain, known, _words(files), names, longer, dict(mentions), rows)


def _longer(names: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Give the longer names that hold each name as words of their own, the longest first.

    >>> _longer({"a": ["KTH", "Digital Futures"], "b": ["KTH Digital Futures"]})["KTH"]
    ['KTH Digital Futures']
    """
    known: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in {name for each in names.values() for name in each}:
        known[_tokens(name)].add(name)
    longer: dict[str, set[str]] = defaultdict(set)
    for tokens, whole in known.items():
        for first, last in combinations(range(len(tokens) + 1), 2):
            for name in known.get(tokens[first:last], ()) if last - first < len(tokens) else ():
                longer[name] |= whole
    return {name: sorted(found, key=lambda each: (-len(each), each)) for name, found in longer.items()}


def _tokens(name: str) -> tuple[str, ...]:
    """Give the words of a name without their genitive."""
    return tuple(word.removesuffix("s") for word in re.findall(r"\w+", name.casefold()))


def _column(table: str, name: str) -> Column:
    return next(c for t in description() if t.name == table for c in t.columns if c.name == name)


def _names(folder: Folder, known: references.Index) -> dict[str, list[str]]:
    """Gather what each thing is called, in its own row and in names.csv."""
    names: dict[str, list[str]] = defaultdict(list)
    for table in description():
        for row in folder.of(table.name) if table.kind else ():
            found = [row[column] for column in ("name_en", "name_sv", "name", "title") if row[column]]
            if row["key"]:
                names[f"{known.base}{table.kind}/{row['key']}"] += found
    column = _column("names", "thing")
    for row in folder.of("names"):
        names[known.iri(row["thing"], column)].append(row["name"])
    return dict(names)


@cache
def _words(files: tuple[Path, ...]) -> Words:
    """Read what concepts and classes are called."""
    labels: dict[str, list[str]] = defaultdict(list)
    broader = {}
    for file in files:
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            subject, predicate = str(quad.subject.value), quad.predicate.value
            if predicate == _HIDDEN or predicate in _LABELS:
                labels[subject].append(str(quad.object.value))
            elif predicate == _BROADER and subject.startswith(CONCEPTS):
                broader[subject] = str(quad.object.value)
    return Words({iri: tuple(dict.fromkeys(found)) for iri, found in labels.items()}, broader)
