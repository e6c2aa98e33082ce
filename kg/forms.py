"""Forms: the one table of all forms that an answer is written in, and which one is meant.

A new form is a function `write(answer, origin) -> bytes` in a module of its own, and a line here.
The module is imported when its form is written: a cold question loads no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import QueryError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.answer import Answer
    from kg.origin import Origin

    Writer = Callable[[Answer, Origin | None], bytes]

ROWS = frozenset({"rows", "boolean"})
GRAPH = frozenset({"graph"})
ALL = ROWS | GRAPH
RELATIONS = frozenset({"rows", "graph"})
_KINDS = {"rows": "a SELECT", "boolean": "an ASK", "graph": "a CONSTRUCT or DESCRIBE"}
_MEANT = {ROWS: "tables", GRAPH: "graphs", RELATIONS: "relations"}


@dataclass(frozen=True)
class Form:
    """A form that answers are written in.

    Attributes:
        name: what `--format` calls it.
        about: what it is, in a few words.
        suffixes: the ends of file names that mean it, the usual one first.
        media: its media type, by which IANA or the W3C knows it.
        takes: the kinds of answer that it can write.
        writer: `module:function`.
        beside: whether an answer's origin stands in a file of its own beside it.
        binary: whether it is nothing that a terminal shows.
    """

    name: str
    about: str
    suffixes: tuple[str, ...]
    media: str
    takes: frozenset[str]
    writer: str
    beside: bool = False
    binary: bool = False

    def load(self) -> Writer:
        """Import what writes it."""
        module, _, function = self.writer.partition(":")
        writer: Writer = getattr(import_module(module), function)
        return writer


_TABLE = (
    Form("table", "a table for the terminal", (".txt",), "text/plain", ALL, "kg.formats:table"),
    Form("csv", "CSV", (".csv",), "text/csv", ROWS, "kg.formats:csv", beside=True),
    Form("tsv", "TSV", (".tsv",), "text/tab-separated-values", ROWS, "kg.formats:tsv", beside=True),
    Form(
        "json",
        "SPARQL results in JSON",
        (".json", ".srj"),
        "application/sparql-results+json",
        ROWS,
        "kg.formats:json",
        beside=True,
    ),
    Form(
        "xml",
        "SPARQL results in XML",
        (".xml", ".srx"),
        "application/sparql-results+xml",
        ROWS,
        "kg.formats:xml",
        beside=True,
    ),
    Form(
        "csv-excel",
        "CSV made safe for spreadsheets",
        (),
        "text/csv",
        ALL,
        "kg.spreadsheet:write",
        beside=True,
    ),
    Form(
        "xlsx",
        "an Excel workbook",
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ALL,
        "kg.workbook:write",
        binary=True,
    ),
    Form("markdown", "a GitHub table", (".md", ".markdown"), "text/markdown", ALL, "kg.markdown:write"),
    Form(
        "html",
        "a page: of relations their network, else a table",
        (".html", ".htm"),
        "text/html",
        ALL,
        "kg.relations:html",
    ),
    Form("html-table", "a page with a table, of relations too", (), "text/html", ALL, "kg.page:write"),
    Form(
        "graphml",
        "the network of relations, for Gephi and others",
        (".graphml",),
        "application/graphml+xml",
        RELATIONS,
        "kg.relations:graphml",
    ),
    Form(
        "gexf",
        "the network of relations, for Gephi",
        (".gexf",),
        "application/gexf+xml",
        RELATIONS,
        "kg.relations:gexf",
    ),
    Form("ttl", "Turtle", (".ttl",), "text/turtle", GRAPH, "kg.formats:ttl"),
    Form("trig", "TriG", (".trig",), "application/trig", GRAPH, "kg.formats:trig"),
    Form("nt", "N-Triples", (".nt",), "application/n-triples", GRAPH, "kg.formats:nt"),
    Form("nq", "N-Quads", (".nq",), "application/n-quads", GRAPH, "kg.formats:nq"),
    Form("jsonld", "JSON-LD", (".jsonld",), "application/ld+json", GRAPH, "kg.formats:jsonld", beside=True),
    Form("rdf", "RDF/XML", (".rdf", ".owl"), "application/rdf+xml", GRAPH, "kg.formats:rdf", beside=True),
)
FORMS = {form.name: form for form in _TABLE}
ALIASES = {
    "txt": "table",
    "srj": "json",
    "srx": "xml",
    "excel": "xlsx",
    "md": "markdown",
    "htm": "html",
    "turtle": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "nquads": "nq",
    "n-quads": "nq",
    "json-ld": "jsonld",
    "rdfxml": "rdf",
    "rdf/xml": "rdf",
}
"""Other names that people know the forms by."""


def find(word: str) -> Form:
    """Give the form that a word means.

    Raises:
        QueryError: where there is none of that name; it names the nearest.

    >>> find("Turtle").name
    'ttl'
    """
    name = word.lower()
    name = ALIASES.get(name, name)
    if name in FORMS:
        return FORMS[name]
    hint = nearest(name, [*FORMS, *ALIASES]) or f"; there are {', '.join(FORMS)}"
    raise QueryError(f"there is no format '{word}'{hint}")


def by_suffix(path: Path, kind: str) -> Form | None:
    """Give the form that a file's name means for a kind of answer; none where it has no suffix.

    Raises:
        QueryError: where the suffix is no form's, or one of another kind of answer.
    """
    suffix = path.suffix.lower()
    if not suffix:
        return None
    named = [form for form in _TABLE if suffix in form.suffixes]
    if not named:
        hint = nearest(suffix, [each for form in _TABLE for each in form.suffixes])
        raise QueryError(f"no format has files that end in '{suffix}'{hint or '; name one with --format'}")
    fit = [form for form in named if kind in form.takes]
    # A graph in .json is JSON-LD, which is JSON; .xml says no more than that it is XML.
    if not fit and kind == "graph" and suffix in (".json", ".xml"):
        return FORMS["jsonld" if suffix == ".json" else "rdf"]
    return checked(fit[0] if fit else named[0], kind)


def chosen(word: str | None, output: Path | None, kind: str, *, terminal: bool) -> Form:
    """Give the form that an answer is to be written in.

    Args:
        word: what `--format` says; it wins.
        output: the file, whose suffix is heard next.
        kind: of the answer: rows, boolean or graph.
        terminal: whether standard output is one.

    Raises:
        QueryError: where there is no such form, or it is none for such an answer or a terminal.
    """
    to_file = output is not None and str(output) != "-"
    form = checked(find(word), kind) if word else None
    if form is None and output is not None and to_file:
        form = by_suffix(output, kind)
    if form is None:
        form = FORMS["ttl" if kind == "graph" else "table" if terminal and output is None else "csv"]
    if form.binary and terminal and not to_file:
        raise QueryError(f"{form.name} is nothing that a terminal shows; write it to a file with -o FILE")
    return form


def checked(form: Form, kind: str) -> Form:
    """Give a form where it can write a kind of answer.

    Raises:
        QueryError: where it cannot; it says which can.
    """
    if kind in form.takes:
        return form
    fit = ", ".join(each.name for each in _TABLE if kind in each.takes)
    raise QueryError(f"--format {form.name} is for {_MEANT[form.takes]}; {_KINDS[kind]} answers in {fit}")


def write(answer: Answer, form: str, origin: Origin | None = None) -> bytes:
    """Write an answer in a form.

    Args:
        answer: the whole answer.
        form: the form's name, or another that it is known by.
        origin: where the answer comes from, for forms that carry it inside; none leaves it out.

    Raises:
        QueryError: where there is no such form, or it is none for such an answer.
    """
    found = checked(find(form), answer.kind)
    return found.load()(answer, origin)


def listed() -> str:
    """Give the names of all forms by what they write, as a help text."""
    rows = [form.name for form in _TABLE if form.takes != GRAPH]
    graphs = [form.name for form in _TABLE if form.takes == GRAPH]
    return f"{', '.join(rows)}; for a graph also {', '.join(graphs)}."
