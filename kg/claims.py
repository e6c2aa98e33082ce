"""Claims: what the cited lines of a row have to say, each with the words for where they do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kg.iris import CONCEPTS, ONTOLOGY
from kg.reader import NAMES, cited, column
from kg.wording import alike, dated, numbers, numeral, stands, stems, worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.reader import Reader
    from kg.sources import Passage
    from kg.tables import Row, Table

OUR_WORDS = ("goal", "event", "group")
"""The kinds of thing whose labels are our own words, since no document names them."""
UNWORDED = ("selected", "yes")
"""Answers that a page gives by listing an option or by saying what it is about."""
BROADEST = ("goal-type/goal", "initiative")
"""Types that need no word of their own: the broadest of their kind."""
TYPES = ("role", "kind", "type")
MEASURES = ("rank", "number", "share")
MOMENTS = ("start", "end", "attested", "target_year", "reference_year")


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


def claims(row: Row, table: Table, reader: Reader) -> Iterator[Claim]:
    """Give all that the lines of a row have to say."""
    if table.name == "observations":
        yield from _observation(row, reader)
    else:
        yield from _ends(row, table, reader)
    yield from _moments(row, reader)
    if row["key"]:
        yield from _thing(row, table, reader)
    if table.name == "names":
        yield from _name(row, reader)
    if table.name == "identifiers":
        lack = f"the identifier '{row['value']}' does not stand"
        yield Claim(lack, partial(_has, reader, row["value"]), each=True)
    if stated(row):
        yield from _types(row, table, reader)


def stated(row: Row) -> bool:
    """Say whether the lines are said to state a row, rather than to imply it."""
    return row["certainty"].removeprefix("certainty:") == "stated"


def _has(reader: Reader, name: str, passage: Passage) -> bool:
    return stands(name, reader.text(passage))


def _unnamed(iri: str, reader: Reader) -> str:
    return f"neither '{next(iter(reader.called(iri)), iri)}' nor another name of it stands"


def _ends(row: Row, table: Table, reader: Reader) -> Iterator[Claim]:
    """Ask for each thing and concept that a row refers to; a class is asked for by the types."""
    for each in table.columns:
        for word in row.many(each.name) if each.references and each.datatype != "citation" else ():
            iri = reader.known.iri(word, each)
            if not iri.startswith(ONTOLOGY):
                yield Claim(_unnamed(iri, reader), partial(reader.finds, iri), stated(row))


def _moments(row: Row, reader: Reader) -> Iterator[Claim]:
    """Ask for years, months and days; a document attests what it says at its own date."""
    whole = "\n".join(map(reader.text, reader.read(row)))
    for name in MOMENTS:
        moment = row[name]
        if moment:
            dates = (moment,) if name == "attested" else ()
            here = dated(moment, whole)
            lack = f"the {name.replace('_', ' ')} {moment} does not stand"
            yield Claim(lack, partial(_moment, reader, dates, here=here))


def _moment(reader: Reader, dates: tuple[str, ...], passage: Passage, *, here: bool) -> bool:
    return here or reader.date(passage) in dates


# Things and their names.


def _thing(row: Row, table: Table, reader: Reader) -> Iterator[Claim]:
    """Ask for a thing in each passage, and for each of its names in some."""
    iri = f"{reader.known.base}{table.kind}/{row['key']}"
    ours = table.kind in OUR_WORDS
    labels = {name: row[name] for name in NAMES if row[name]}
    lack = f"no telling word of '{next(iter(labels.values()), '')}' stands" if ours else _unnamed(iri, reader)
    yield Claim(lack, partial(_told, reader, iri, labels if ours else {}), each=True)
    languages = {reader.sources[passage.source]["language"] for passage in cited(row)}
    coined = ours or any(reader.mentioned(iri, passage) for passage in reader.read(row))
    for name, label in labels.items():
        # Where no cited document is in its language, a name that is not the document's is a translation.
        if not coined or name[5:] in ("", *languages):
            own = {name: label} if ours else {}
            yield Claim(f"{name} '{label}' does not stand", partial(_labelled, reader, iri, label, own))


def _told(reader: Reader, iri: str, labels: dict[str, str], passage: Passage) -> bool:
    """Say whether a passage has a thing, or a telling word of its label in the passage's language."""
    label = labels.get(f"name_{reader.language(passage)}", "")
    return reader.finds(iri, passage) or reader.tells(label, passage)


def _labelled(reader: Reader, iri: str, label: str, own: dict[str, str], passage: Passage) -> bool:
    """Say whether a passage has a name, a telling word of it, or a mention by one of its words."""
    if _has(reader, label, passage):
        return True
    if reader.tells(own.get(f"name_{reader.language(passage)}", ""), passage):
        return True
    wordings = [row["wording"].casefold() for row in reader.mentioned(iri, passage)]
    return any(stem in wording for wording in wordings for stem in stems(label))


def _name(row: Row, reader: Reader) -> Iterator[Claim]:
    """Ask for a name, and for what shows whose it is: another name beside it, or one that is like it."""
    name, iri = row["name"], reader.meant("names", "thing", row["thing"])
    yield Claim(f"the name '{name}' does not stand", partial(_has, reader, name), each=True)
    others = [each for each in reader.called(iri) if each != name]
    if not any(alike(name, other) for other in others):
        lack = f"nothing that shows '{name}' to be a name of '{row['thing']}' stands"
        yield Claim(lack, partial(_beside, reader, iri, others))


def _beside(reader: Reader, iri: str, others: list[str], passage: Passage) -> bool:
    """Say whether a passage has another name of a thing, or mentions it."""
    if any(reader.alone(other, reader.text(passage)) for other in others):
        return True
    reader.needed.update(reader.mentioned(iri, passage))
    return bool(reader.mentioned(iri, passage))


# Roles, kinds and types.


def _types(row: Row, table: Table, reader: Reader) -> Iterator[Claim]:
    """Ask for a word of the role, the kind or the type that a stated row gives."""
    for each in table.columns:
        if each.name in TYPES and each.scheme and row[each.name]:
            iri = reader.known.iri(row[each.name], each)
            if iri.removeprefix(CONCEPTS) not in BROADEST:
                lack = f"no word for the {each.name} '{row[each.name]}' stands"
                yield Claim(lack, partial(_worded, reader, iri))
    if row["relation"] == "rdf:type":
        iri = reader.meant("statements", "object", row["object"])
        yield Claim(f"no word for '{row['object']}' stands", partial(_worded, reader, iri))
    if table.name == "initiatives":
        yield from _classes(row, reader)


def _worded(reader: Reader, iri: str, passage: Passage) -> bool:
    return worded(reader.terms.labels.get(iri, ()), reader.text(passage)) or reader.finds(iri, passage)


def _classes(row: Row, reader: Reader) -> Iterator[Claim]:
    """Ask for a word of an initiative's type where its lines have one of another type."""
    labels = reader.terms.labels
    types = {
        word: labels.get(f"{ONTOLOGY}{word.capitalize()}", ())
        for word in column("initiatives", "type").pattern.split("|")
        if word not in BROADEST
    }
    for given in row.many("type"):
        if given in types:
            others = [label for word in types if word not in row.many("type") for label in types[word]]
            lack = f"a word for another type, but none for '{given}', stands"
            yield Claim(lack, partial(_typed, reader, types[given], others))


def _typed(reader: Reader, own: tuple[str, ...], others: list[str], passage: Passage) -> bool:
    return worded(own, reader.text(passage)) or not worded(others, reader.text(passage))


# Observations.


def _observation(row: Row, reader: Reader) -> Iterator[Claim]:
    """Ask for the option, the value and its words, the wave and who answered."""
    item = reader.meant("observations", "item", row["item"])
    yield Claim(_unnamed(item, reader), partial(_chosen, reader, item), each=True)
    name = next(iter(reader.called(item)), item)
    for measure in MEASURES:
        if row[measure]:
            lack = f"the {measure} {row[measure]} does not stand with '{name}'"
            yield Claim(lack, partial(_valued, reader, item, measure, numeral(row[measure])), each=True)
    year = row["wave"].rpartition(":")[2]
    yield Claim(
        f"the wave {year} is not the document's, and does not stand",
        partial(_in_wave, reader, year),
        each=True,
    )
    respondent = reader.meant("observations", "respondent", row["respondent"])
    yield Claim(_unnamed(respondent, reader), partial(_answered, reader, respondent), each=True)
    for part in ("answer", "unit", "bound"):
        word = row[part].rpartition(":")[2]
        if word and word not in UNWORDED and (part != "unit" or stated(row)):
            iri = reader.meant("observations", part, row[part])
            yield Claim(f"no word for the {part} '{word}' stands", partial(reader.finds, iri), each=True)


def _in_wave(reader: Reader, year: str, passage: Passage) -> bool:
    return reader.date(passage).startswith(year) or _has(reader, year, passage)


def _answered(reader: Reader, respondent: str, passage: Passage) -> bool:
    """Say whether a city stands in a passage or in its document, or a passage tells of a group."""
    if respondent.startswith(f"{reader.known.base}group/"):
        label = next(iter(reader.called(respondent)), "")
        here = f"{reader.date(passage)} {reader.text(passage)}"
        years = re.findall("[0-9]{4}", label)
        return reader.tells(label, passage) and all(year in here for year in years)
    if reader.finds(respondent, passage):
        return True
    needed = set(reader.needed)
    found = reader.finds(respondent, reader.whole(passage.source))
    # The page as a whole is about the city: that needs none of its many mentions.
    reader.needed.intersection_update(needed)
    return found


def _chosen(reader: Reader, item: str, passage: Passage) -> bool:
    """Say whether an option is the one that a passage names last: before it stand heading and others."""
    if not reader.finds(item, passage) or passage.first == passage.last:
        return reader.finds(item, passage)
    question = reader.terms.broader.get(item, "")
    options = [each for each, broader in reader.terms.broader.items() if broader in (question, item)]
    return max([item, *options], key=lambda each: reader.end(each, passage)) == item


def _valued(reader: Reader, item: str, measure: str, value: str, passage: Passage) -> bool:
    """Say whether a value is an option's: in a list, and of shares, the last before it; else any."""
    found = numbers(reader.text(passage), shares=measure == "share")
    end = reader.end(item, passage)
    before = [number for at, number in found if at <= end]
    if passage.first < passage.last or (measure == "share" and before):
        return before[-1:] == [value]
    return value in [number for _, number in found]
