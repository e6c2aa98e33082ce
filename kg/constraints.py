"""Constraints: what must hold across the whole graph, each a SELECT file that finds what breaks it.

The files in ontology/constraints/ run as they stand in any editor. Their header says what must hold
(`summary`), what is told of each row that is found (`message`, whose `{words}` are columns) and
whether it is a `violation` or a `warning` (`severity`). The column `focus` is the node that is
wrong. One SPARQL constraint inside a shape costs pySHACL seconds, all of these together cost
Oxigraph a fraction of one; so shapes hold what SHACL Core says of single nodes, and these the rest:
the integrity constraints of the Data Cube (https://www.w3.org/TR/vocab-data-cube/, section 11.1),
time, citations, and how IRIs are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.config import share
from kg.errors import QueryError, shown
from kg.iris import expand, rebase
from kg.validate import located, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.errors import Problem
    from kg.tables import Folder, Row

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RULES = "https://w3id.org/innovation-kg/constraint/"
"""A constraint's IRI is this and the name of its file."""
EACH = f"<{RULES}each>"
"""In a constraint that is asked once for each of some terms, what stands for the term."""
_SUBJECT, _PREDICATE, _OBJECT = (
    ox.NamedNode(expand(f"rdf:{part}")) for part in ("subject", "predicate", "object")
)
SEVERITIES = ("violation", "warning")
HEADER = "#+"


@dataclass(frozen=True)
class Constraint:
    """A constraint: its header and its text.

    Attributes:
        name: the name of its file.
        summary: what must hold.
        message: what is told of a row; `{word}` is the value of the column `word`.
        severity: `violation` or `warning`.
        each: a SELECT of the terms that it is asked for one by one; empty for most.
        text: the SELECT that finds what breaks it.
    """

    name: str
    summary: str
    message: str
    severity: str
    each: str
    text: str

    @property
    def iri(self) -> str:
        """Its IRI, the rule of a problem."""
        return RULES + self.name


def load(folder: Path | None = None) -> list[Constraint]:
    """Read the constraints in the order of their names.

    Args:
        folder: where their files lie; those that come with the tool, where none is named.

    Raises:
        QueryError: where a header is not as it should be.
    """
    files = (folder or share() / "ontology" / "constraints").glob("*.rq")
    return [_read(file) for file in sorted(files)]


def _read(file: Path) -> Constraint:
    import yaml

    text = file.read_text(encoding="utf-8")
    lines = [line.removeprefix(HEADER) for line in text.splitlines() if line.startswith(HEADER)]
    try:
        header: Any = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        raise QueryError(f"{shown(file)}: its header cannot be read: {error}") from None
    known = header if isinstance(header, dict) else {}
    missing = [word for word in ("summary", "message", "severity") if not isinstance(known.get(word), str)]
    if missing:
        raise QueryError(f"{shown(file)}: its header has no {' and no '.join(missing)}")
    if known["severity"] not in SEVERITIES:
        raise QueryError(f"{shown(file)}: severity '{known['severity']}' is none of {', '.join(SEVERITIES)}")
    words = (known["summary"], known["message"], known["severity"], str(known.get("each", "")))
    return Constraint(file.stem, *words, text)


def hold(
    store: ox.Store,
    folder: Folder,
    origins: Mapping[str, Row],
    constraints: list[Constraint] | None = None,
) -> list[Problem]:
    """Give what breaks a constraint, each with the row that it came from.

    Args:
        store: the default graph and the named graphs of a data folder.
        folder: the folder's rows.
        origins: the row of each node.
        constraints: what must hold; all that come with the tool, where none are named.

    Raises:
        QueryError: where a constraint is not a SELECT with a column `focus`.
    """
    base = folder.dataset["base"]
    # The data set and its cubes are made of dataset.csv's one row.
    described = {f"{base}dataset/": folder.dataset}
    problems = set()
    for constraint in load() if constraints is None else constraints:
        for row in _broken(store, constraint, base):
            focus = row.get("focus")
            if focus is None:
                raise QueryError(f"constraint '{constraint.name}' has no column 'focus'")
            node = str(getattr(focus, "value", focus))
            owner = next((r for start, r in described.items() if node.startswith(start)), None)
            owner = owner or _stated(store, row, origins)
            problems.add(
                located(
                    node,
                    _filled(constraint.message, row),
                    origins,
                    row=owner,
                    rule=constraint.iri,
                    severity=constraint.severity,
                )
            )
    return sorted(problems)


def _broken(store: ox.Store, constraint: Constraint, base: str) -> Iterator[dict[str, Term]]:
    """Find what breaks a constraint: the columns that have a value, row by row."""
    text = rebase(constraint.text, base)
    texts = [text]
    if constraint.each:
        terms = {row["each"] for row in _rows(store, constraint.each, constraint) if "each" in row}
        texts = [text.replace(EACH, term) for term in sorted(map(str, terms))]
    for each in texts:
        yield from _rows(store, each, constraint)


def _rows(store: ox.Store, text: str, constraint: Constraint) -> Iterator[dict[str, Term]]:
    try:
        found = store.query(text)
    except SyntaxError as error:
        raise QueryError(f"constraint '{constraint.name}' is not a SPARQL query: {error}") from None
    if not isinstance(found, ox.QuerySolutions):
        raise QueryError(f"constraint '{constraint.name}' is not a SELECT query")
    names = [variable.value for variable in found.variables]
    for solution in found:
        values = {name: solution[name] for name in names}
        row = {name: value for name, value in values.items() if value is not None}
        if row:
            yield row


def _stated(store: ox.Store, row: Mapping[str, Term], origins: Mapping[str, Row]) -> Row | None:
    """Find the row that states a wrong link, which is another than that of the thing."""
    focus, link, value = (row.get(name) for name in ("focus", "property", "object"))
    if link is None or value is None:
        return None
    for quad in store.quads_for_pattern(None, _SUBJECT, focus, ox.DefaultGraph()):
        says = (
            ox.Quad(quad.subject, _PREDICATE, link) in store
            and ox.Quad(quad.subject, _OBJECT, value) in store
        )
        if says and isinstance(quad.subject, ox.NamedNode) and quad.subject.value in origins:
            return origins[quad.subject.value]
    return None


def _filled(message: str, row: Mapping[str, Term]) -> str:
    """Put the columns of a row in the places of a message's words."""
    for name, term in row.items():
        value = str(getattr(term, "value", term))
        message = message.replace(f"{{{name}}}", short(value) if isinstance(term, ox.NamedNode) else value)
    return message
