"""Origin: where an answer comes from: question, parameters, SPARQL, data set, sources and licences.

It names no time of the clock: a data set has the date of its version, a document its own, so that
the same question to the same data has the same origin, byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.headers import HEADER
from kg.iris import expand
from kg.parameters import ALWAYS
from kg.results import text, visible
from kg.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.answer import Answer
    from kg.parameters import Parameter
    from kg.store import Store

    Term = ox.NamedNode | ox.Literal

_PREFIXES = "".join(
    f"PREFIX {prefix}: <{expand(f'{prefix}:')}>\n"
    for prefix in ("dcat", "dcterms", "inno", "rdfs", "skos", "xsd")
)
_DATASETS = (
    _PREFIXES
    + """SELECT ?it ?title ?version ?date ?licence WHERE {
  ?it a dcat:Dataset .
  OPTIONAL { ?it dcterms:title ?title }
  OPTIONAL { ?it dcat:version ?version }
  OPTIONAL { ?it dcterms:issued ?date }
  OPTIONAL { ?it dcterms:license ?licence }
  FILTER(STRSTARTS(STR(?it), "%s"))
} ORDER BY ?it"""
)
_DOCUMENTS = (
    _PREFIXES
    + """SELECT ?it ?title ?date ?licence ?publisher WHERE {
  ?it a inno:SourceDocument .
  OPTIONAL { ?it dcterms:title ?title }
  OPTIONAL { ?it dcterms:date ?date }
  OPTIONAL { ?it dcterms:license ?licence }
  OPTIONAL { ?it dcterms:publisher ?publisher }
} ORDER BY ?it ?publisher"""
)
_PUBLISHERS = (
    _PREFIXES
    + """SELECT DISTINCT ?it ?title WHERE {
  ?document a inno:SourceDocument ; dcterms:publisher ?it .
  { ?it skos:prefLabel ?title } UNION { ?it rdfs:label ?title }
} ORDER BY ?it ?title"""
)
_FACTS = ("title", "version", "date", "licence", "publisher")
_COLUMN = re.compile(r"sources?|sources?[A-Z]\w*|\w*Sources?")
"""The names of the columns that cite."""
_CITED = re.compile(r"(?:^|;)\s*([a-z0-9][a-z0-9-]*)(?=:|;|\s*$)")
"""A source's key in a cell of citations: `city-innovation-sv:43; survey-2020:9-10`."""


@dataclass(frozen=True, order=True)
class Work:
    """A data set or a document: what is known of it; what is not known is empty.

    Attributes:
        iri: its IRI.
        title: in the language that was asked for, where it has one.
        publishers: the names of those who published it, in order.
        date: as the graph says it: a year, month or day.
        licence: the IRI of its licence.
        version: a data set's.
    """

    iri: str
    title: str = ""
    publishers: tuple[str, ...] = ()
    date: str = ""
    licence: str = ""
    version: str = ""


@dataclass(frozen=True)
class Given:
    """A parameter: its name, its value in words, and the IRI that it stands for, where it does."""

    name: str
    value: str
    iri: str = ""


@dataclass(frozen=True)
class Origin:
    """Where an answer comes from.

    Attributes:
        question: the question's name; none of one from standard input.
        summary: what it asks.
        parameters: each with the value that was asked with.
        text: the SPARQL as it was asked, without the question's header.
        asked: what was asked: a data folder, a file, an endpoint's address.
        datasets: the data sets that the answer is taken from.
        sources: the documents behind it.
        cited: whether these are the ones that the rows cite; else all that the data set has.
    """

    question: str
    summary: str
    parameters: tuple[Given, ...]
    text: str
    asked: str
    datasets: tuple[Work, ...] = ()
    sources: tuple[Work, ...] = ()
    cited: bool = False


@dataclass(frozen=True)
class Line:
    """One line of an origin as people read it: what it is, its words, and an IRI to look it up."""

    head: str
    words: str
    iri: str = ""

    def __str__(self) -> str:
        """Give the line as plain text, the IRI behind its words."""
        behind = f" <{self.iri}>" if self.iri and self.iri != self.words else ""
        return f"{self.head}: {self.words}{behind}"


def read(answer: Answer) -> Origin:
    """Read where an answer comes from, of the store that it was asked of.

    Without a store only what the answer itself knows is told.
    """
    spoken = language(answer)
    wanted = cited(answer)
    datasets: list[Work] = []
    sources: list[Work] = []
    if answer.store is not None:
        base = answer.base.replace("\\", "").replace('"', "")
        datasets = _works(answer.store, _DATASETS % base, spoken)
        names = {work.iri: work.title for work in _works(answer.store, _PUBLISHERS, spoken)}
        sources = _works(answer.store, _DOCUMENTS, spoken, names)
    if wanted is not None:
        sources = [work for work in sources if work.iri in wanted]
    return Origin(
        question="" if answer.query.name == "-" else answer.query.name,
        summary=answer.query.summary,
        parameters=parameters(answer),
        text=_bare(answer.text),
        asked=answer.asked,
        datasets=tuple(datasets),
        sources=tuple(sources),
        cited=wanted is not None,
    )


def language(answer: Answer) -> str:
    """Give the language that an answer's labels were asked in: that of its parameter, else English."""
    for param in answer.query.params:
        if param.type == "language":
            return _given(answer, param).value or "en"
    return "en"


def parameters(answer: Answer) -> tuple[Given, ...]:
    """Give the values that a question was asked with, those of its defaults too."""
    return tuple(_given(answer, param) for param in answer.query.params)


def cited(answer: Answer) -> set[str] | None:
    """Give the IRIs of the sources that an answer's rows cite; none where no column cites.

    A cell may hold citations (`city-innovation-sv:43; survey-2020:9-10`), a source's IRI or that of
    a passage. A parameter that is a source counts as cited.
    """
    space = f"{answer.base}source/"
    given = {
        made.iri
        for made in (_given(answer, param) for param in answer.query.params if param.type == "source")
        if made.iri
    }
    columns = [name for name in answer.columns if _COLUMN.fullmatch(name)] if answer.kind == "rows" else []
    if not columns:
        return given or None
    for row in answer:
        for cell in (str(row[name] or "") for name in columns):
            if cell.startswith(("http://", "https://")):
                given.add(cell.partition("#")[0])
            else:
                given.update(f"{space}{key}" for key in _CITED.findall(cell))
    return given


def lines(origin: Origin) -> list[Line]:
    """Give an origin as people read it, without the SPARQL."""
    out = [Line("Question", origin.question)] if origin.question else []
    out += [Line("Asks", origin.summary)] if origin.summary else []
    out += [Line("Parameter", f"{given.name} = {given.value}", given.iri) for given in origin.parameters]
    out += [Line("Asked of", origin.asked)] if origin.asked else []
    for work in origin.datasets:
        out.append(Line("Data set", described(work, licence=False), work.iri))
        out.append(Line("Licence", work.licence or "not told", work.licence))
    head = "Source" if origin.cited else "Source of the data set"
    out += [Line(head, described(work), work.iri) for work in origin.sources]
    return out


def described(work: Work, *, licence: bool = True) -> str:
    """Describe a data set or document in a line: key, title, publishers, version, date, licence.

    >>> described(Work("https://example.org/source/report", "Report", ("Harbour Town",), "2017"))
    'report: Report; Harbour Town; 2017; licence not told'
    """
    key = work.iri.rsplit("/", 1)[-1]
    parts = [
        f"{key}: {work.title}" if work.title and work.title != key else key,
        ", ".join(work.publishers),
        f"version {work.version}" if work.version else "",
        work.date or "no date",
    ]
    if licence:
        parts.append(f"licence {work.licence}" if work.licence else "licence not told")
    return "; ".join(part for part in parts if part)


def comments(origin: Origin) -> str:
    """Give an origin as comment lines of Turtle and its kin, a hash before each."""
    told = [str(line) for line in lines(origin)]
    told += ["SPARQL:", *(f"  {line}" for line in origin.text.splitlines())]
    # A line feed would end the comment, and begin what would be read as data.
    return "".join(f"# {_one_line(line)}".rstrip() + "\n" for line in told)


def note(origin: Origin) -> str:
    """Give an origin as plain lines, for a form's own field of description."""
    told = [str(line) for line in lines(origin)]
    return visible("\n".join([*map(_one_line, told), "SPARQL:", origin.text]))


def _one_line(words: str) -> str:
    return "".join(char if char.isprintable() else " " for char in words)


def _bare(query: str) -> str:
    """Leave out a question's header, which is told otherwise."""
    body = [line for line in query.splitlines() if not line.startswith(HEADER)]
    return "\n".join(line.rstrip() for line in body).strip("\n")


def _given(answer: Answer, param: Parameter) -> Given:
    """Give a parameter's value: as it was written, else as its default stands in the text."""
    place = param.place(answer.text)
    term = place[1].strip() if place else ""
    iri = term[1:-1] if term.startswith("<") else ""
    written = answer.values.get(param.name)
    if written is not None:
        return Given(param.name, str(written), iri)
    if param.type == "period":
        first, last = (*re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", term), "", "")[:2]
        return Given(param.name, "always" if (first, last) == ALWAYS else f"{first} to {last}")
    quoted = re.match(r'"((?:[^"\\]|\\.)*)"', term)
    words = text(ox.NamedNode(iri), answer.base) if iri else quoted[1] if quoted else term
    return Given(param.name, words, iri)


def _works(store: Store, query: str, spoken: str, names: Mapping[str, str] | None = None) -> list[Work]:
    """Ask for data sets or documents, each once, whatever languages its texts have.

    Args:
        store: what is asked.
        query: the SELECT, whose first column is the thing and whose others are facts of it.
        spoken: the language of the texts.
        names: of publishers, by their IRIs.
    """
    found: dict[str, dict[str, set[Term]]] = {}
    for row in rows(store, query):
        facts = found.setdefault(row["it"].value, {})
        for name in _FACTS:
            if f"?{name}" in query and row[name] is not None:
                facts.setdefault(name, set()).add(row[name])
    return [_work(iri, facts, spoken, names or {}) for iri, facts in sorted(found.items())]


def _work(iri: str, facts: Mapping[str, set[Term]], spoken: str, names: Mapping[str, str]) -> Work:
    publishers = [names.get(node.value, node.value) for node in facts.get("publisher", ())]
    title, date, licence, version = (
        _best(facts.get(name, ()), spoken) for name in ("title", "date", "licence", "version")
    )
    return Work(iri, title, tuple(sorted(publishers)), date, licence, version)


def _best(terms: Iterable[Term], spoken: str) -> str:
    """Give the text in the language that is spoken, else in English, else the first."""

    def rank(term: Term) -> tuple[int, str]:
        own = term.language or "" if isinstance(term, ox.Literal) else ""
        return ((spoken, "en", "").index(own) if own in (spoken, "en", "") else 3, term.value)

    return min(map(rank, terms), default=(0, ""))[1]
