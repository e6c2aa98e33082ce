"""Facts: memberships, statements, survey answers and events as the graph has them, for a page to show.

A fact is read from the store's own indices, thing by thing, so that a large graph takes no more memory
than a small one. `ends` says which properties tie a fact to a thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.iris import expand
from kg.moments import parse
from kg.site.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.site.site import Place, Site

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

ENDS = tuple(
    map(
        expand,
        [
            "org:member",
            "org:organization",
            "inno:inPost",
            "inno:representedBy",
            "rdf:subject",
            "rdf:object",
            "inno:respondent",
            "inno:item",
            "prov:wasAssociatedWith",
            "inno:concerns",
        ],
    )
)
"""The properties by which a fact has a thing as one of its ends."""
BOUNDS = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
MEASURES = ("inno:answer", "inno:rank", "inno:number", "inno:share")
"""What a survey answer may be."""
_MOMENTS = tuple(map(expand, ("time:inXSDgYear", "time:inXSDgYearMonth", "time:inXSDDate")))
_LINES = re.compile(r"#line=(\d+),(\d+)$")


@dataclass(frozen=True)
class Cited:
    """Lines of a document.

    Attributes:
        iri: the passage.
        source: the document's IRI.
        lines: `43` or `9-10`, from 1, inclusive; empty where the IRI says none.
        first: the first line.
        last: the last line.
    """

    iri: str
    source: str
    lines: str
    first: int
    last: int


@dataclass(frozen=True)
class When:
    """A time: as the documents say it, and the days that it follows from; `""` where unknown."""

    iri: str
    start: str
    end: str
    attested: str
    earliestStart: str  # noqa: N815  as the ontology calls it
    latestStart: str  # noqa: N815
    earliestEnd: str  # noqa: N815
    latestEnd: str  # noqa: N815


@dataclass(frozen=True)
class Fact:
    """One thing that is said, with all that supports it.

    Attributes:
        iri: of the membership, statement, observation or event.
        kind: which of these it is.
        subject: the thing that it is said of; of an event the event itself.
        relation: the role, the property, or the item asked about.
        other: what the subject is linked to, or what was answered.
        post: in which post, or `""`.
        through: the posts, units or persons through whom.
        whens: its times.
        wave: of a survey answer, the wave.
        details: what else an answer says, as property and value.
        certainty: the concept, or `""`.
        reasons: why it is implied, by language.
        cited: the lines that say so.
    """

    iri: str
    kind: str
    subject: str
    relation: str
    other: Term | None
    post: str
    through: tuple[str, ...]
    whens: tuple[When, ...]
    wave: str
    details: tuple[tuple[str, Term], ...]
    certainty: str
    reasons: dict[str, str]
    cited: tuple[Cited, ...]


Read = dict[str, list["Term"]]
"""What the graph says of a subject: values by property."""


@remembered
def read(site: Site, iri: str) -> Read:
    """Give what the default graph says of a subject, values in order."""
    found: Read = {}
    for triple in site.triples(iri):
        found.setdefault(triple.predicate.value, []).append(triple.object)
    return found


def iris(known: Read, *curies: str) -> list[str]:
    """Give the IRIs that are values of some properties."""
    values = [value for curie in curies for value in known.get(expand(curie), [])]
    return [value.value for value in values if isinstance(value, ox.NamedNode)]


def first(known: Read, curie: str) -> str:
    """Give the first value of a property as text, or `""`."""
    return next((value.value for value in known.get(expand(curie), []) if hasattr(value, "value")), "")


def texts(known: Read, curie: str) -> dict[str, str]:
    """Give the texts of a property by language."""
    values = [value for value in known.get(expand(curie), []) if isinstance(value, ox.Literal)]
    return {value.language or "": value.value for value in reversed(values)}


def about(site: Site, iri: str) -> list[Fact]:
    """Give every fact that has a thing as one of its ends, in the order of its kind and IRI."""
    found = {
        triple.subject.value
        for triple in site.referring(iri)
        if triple.predicate.value in ENDS and isinstance(triple.subject, ox.NamedNode)
    }
    return [fact for each in sorted(found) if (fact := of(site, each))]


@remembered
def of(site: Site, iri: str) -> Fact | None:
    """Give the fact that an IRI names, or none where it names another thing."""
    known = read(site, iri)
    subject, relation, other = _ends(iri, known)
    if not subject or not relation:
        return None
    details = [("inno:bound", v) for v in known.get(expand("inno:bound"), [])]
    details += [("inno:unit", v) for v in known.get(expand("inno:unit"), [])]
    details += [("inno:referenceYear", v) for v in known.get(expand("inno:referenceYear"), [])]
    return Fact(
        iri=iri,
        kind=site.kind(iri),
        subject=subject,
        relation=relation,
        other=other,
        post=first(known, "inno:inPost"),
        through=tuple(iris(known, "inno:representedBy")),
        whens=whens(site, known),
        wave=first(known, "inno:wave"),
        details=tuple((expand(name), value) for name, value in details),
        certainty=first(known, "inno:certainty"),
        reasons=texts(known, "rdfs:comment"),
        cited=citations(known),
    )


def _ends(iri: str, known: Read) -> tuple[str, str, Term | None]:
    """Give subject, relation and object of a fact."""

    def value(curie: str) -> Term | None:
        return next(iter(known.get(expand(curie), [])), None)

    if expand("org:member") in known and expand("org:organization") in known:
        return first(known, "org:member"), first(known, "org:role"), value("org:organization")
    if expand("rdf:subject") in known:
        return first(known, "rdf:subject"), first(known, "rdf:predicate"), value("rdf:object")
    if expand("inno:respondent") in known:
        answer = next((found for name in MEASURES if (found := value(name)) is not None), None)
        return first(known, "inno:respondent"), first(known, "inno:item"), answer
    if expand("inno:Event") in iris(known, "rdf:type") or expand("prov:wasAssociatedWith") in known:
        who = value("prov:wasAssociatedWith")
        return iri, first(known, "dcterms:type") or expand("inno:Event"), who or value("inno:concerns")
    return "", "", None


def whens(site: Site, known: Read) -> tuple[When, ...]:
    """Give the times of a fact or thing."""
    return tuple(when(site, each) for each in iris(known, "org:memberDuring", "time:hasTime"))


def when(site: Site, interval: str) -> When:
    """Give an interval's moments and bounds."""
    known = read(site, interval)
    said = [_moment(site, known, name) for name in ("time:hasBeginning", "time:hasEnd", "time:inside")]
    return When(interval, *said, *(first(known, f"inno:{bound}") for bound in BOUNDS))


def _moment(site: Site, known: Read, curie: str) -> str:
    for instant in iris(known, curie):
        for name, values in read(site, instant).items():
            if name in _MOMENTS:
                return str(values[0].value) if isinstance(values[0], ox.Literal) else ""
    return ""


def citations(known: Read) -> tuple[Cited, ...]:
    """Give the lines that support a fact or speak of a thing, in the order of the documents."""
    found = [cited(iri) for iri in iris(known, "prov:wasDerivedFrom", "dcterms:isReferencedBy")]
    return tuple(sorted(set(found), key=lambda each: (each.source, each.first, each.last, each.iri)))


def cited(iri: str) -> Cited:
    """Read the IRI of a passage (RFC 5147: positions lie between the lines)."""
    lines = _LINES.search(iri)
    if not lines:
        return Cited(iri, iri.partition("#")[0], "", 0, 0)
    start, end = int(lines[1]) + 1, int(lines[2])
    said = str(start) if start == end else f"{start}-{end}"
    return Cited(iri, iri.partition("#")[0], said, start, end)


def interval(here: Place, when: When) -> str:
    """Write a time in words; an end that is not known is left open, not called going on."""
    start, end, attested = when.start, when.end, when.attested
    if start and start == end:
        start, end, attested = "", "", attested or start
    if start and end:
        said = f"{start}–{end}" if len(start) == len(end) == 4 else f"{start} – {end}"  # noqa: PLR2004
    else:
        said = here.word("from", moment=start) if start else here.word("until", moment=end) if end else ""
    return ", ".join(filter(None, (said, here.word("in", moment=attested) if attested else "")))


def years(when: When) -> Iterator[int]:
    """Give the years that the documents name, for the axis of a timeline."""
    for text in (when.start, when.end, when.attested):
        try:
            yield parse(text).first.year
        except ValueError:
            continue


def holds(when: When, year: int) -> str:
    """Say whether a fact held in a year: `certainly`, `possibly`, or `""`, as the questions have it."""
    begins, ends = f"{year:04}-01-01", f"{year:04}-12-31"
    bounds = (when.earliestStart, when.latestStart, when.earliestEnd, when.latestEnd)
    if (bounds[0] and bounds[0] > ends) or (bounds[3] and bounds[3] < begins):
        return ""
    certain = bounds[1] and bounds[1] <= ends and bounds[2] and bounds[2] >= begins
    return "certainly" if certain else "possibly"
