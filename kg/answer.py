"""Answer: all that a question gave, to be read, shown and written as often as one likes.

What a store gives can be read once, and be let go of only by the thread that made it. So an answer
keeps its bytes, in a form of the W3C: SPARQL 1.1 Query Results JSON of a SELECT or ASK, N-Triples of
a CONSTRUCT or DESCRIBE. They pass between threads and processes, and every reader begins anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.iris import ID_BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import networkx as nx
    import pandas as pd

    from kg.origin import Origin
    from kg.queries import Query
    from kg.store import Store

    Given = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]

Kind = Literal["rows", "boolean", "graph"]
Value = str | int | float | Decimal | bool | date | None

SPO = ("subject", "predicate", "object")
"""The columns of a graph's rows."""
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = (
    "integer nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger long int short byte "
    "unsignedLong unsignedInt unsignedShort unsignedByte"
)
_READERS: dict[str, Callable[[str], Value]] = {
    **{_XSD + name: int for name in _INTEGERS.split()},
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: text in ("true", "1"),
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}
"""What Python has a type for; of any other datatype the text itself is the value."""


@dataclass(frozen=True, eq=False)
class Answer:
    """The whole answer of one question.

    Iterating gives the rows, each a mapping from column to Python value; that of an ASK is one row
    with the column `answer`, those of a graph have `subject`, `predicate` and `object`.

    Attributes:
        kind: rows (SELECT), boolean (ASK) or graph (CONSTRUCT, DESCRIBE).
        body: what was answered: SPARQL results in JSON, or N-Triples.
        query: the question.
        values: the parameters' values as people wrote them; those with their default are absent.
        text: the SPARQL that was asked.
        base: the data set's id base.
        asked: what was asked, for people: a data folder, a file, an endpoint's address.
        store: where it was asked, for what else is wanted of it; none where it is gone.
        seconds: that naming a graph's blank nodes may take, when it is written.
    """

    kind: Kind
    body: bytes = field(repr=False)
    query: Query = field(repr=False)
    values: Mapping[str, str] = field(default_factory=dict)
    text: str = field(default="", repr=False)
    base: str = ID_BASE
    asked: str = ""
    store: Store | None = field(default=None, repr=False)
    seconds: float = 30.0

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        if self.kind == "rows":
            return tuple(self._read["head"]["vars"])
        return SPO if self.kind == "graph" else ("answer",)

    @cached_property
    def rows(self) -> list[dict[str, Value]]:
        """All rows: each column's value as Python has it.

        IRIs and texts are str, whole numbers int, decimals Decimal, others float, days and moments
        date and datetime where Python has them (a year or month is its text); None is unbound.
        """
        if self.kind == "boolean":
            return [{"answer": bool(self)}]
        if self.kind == "graph":
            return [
                dict(zip(SPO, map(_of_term, (t.subject, t.predicate, t.object)), strict=True))
                for t in self.triples
            ]
        return [
            {name: _value(row[name]) if name in row else None for name in self.columns}
            for row in self._read["results"]["bindings"]
        ]

    @property
    def triples(self) -> list[ox.Triple]:
        """The triples of a graph, sorted.

        Raises:
            QueryError: where the answer is no graph.
        """
        if self.kind != "graph":
            raise QueryError(f"{self._called} answers in rows, not with a graph")
        return sorted({quad.triple for quad in ox.parse(self.body, ox.RdfFormat.N_TRIPLES)}, key=str)

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The ties that the answer speaks of: pairs of IRIs, from the columns that its header names.

        An end may also be a parameter's thing. Sorted, each once; of a graph, its triples' ends.

        Raises:
            QueryError: where the question is not about relations.
        """
        if self.kind == "graph":
            ends = ((_iri(triple.subject), _iri(triple.object)) for triple in self.triples)
            return sorted({pair for pair in ends if all(pair)})
        edges = getattr(self.query, "edges", ())
        if not edges:
            raise QueryError(f"{self._called} is not about relations; it has no network")
        fixed = self._bound()
        found = {
            (str(row.get(one) or fixed.get(one, "")), str(row.get(other) or fixed.get(other, "")))
            for row in self.rows
            for one, other in edges
        }
        return sorted(pair for pair in found if all(pair))

    @cached_property
    def origin(self) -> Origin:
        """Where the answer comes from: question, data set, sources and their licence."""
        from kg import origin

        return origin.read(self)

    def solutions(self) -> ox.QuerySolutions | ox.QueryBoolean:
        """Give the rows, or the yes or no, as pyoxigraph does; anew with each call.

        Raises:
            QueryError: where the answer is a graph.
        """
        if self.kind == "graph":
            raise QueryError(f"{self._called} answers with a graph, not in rows")
        return ox.parse_query_results(self.body, ox.QueryResultsFormat.JSON)

    def write(self, form: str, *, origin: bool = False) -> bytes:
        """Write the answer in a form.

        Args:
            form: one that `kg.forms` lists: csv, json, xlsx, html, ttl, ...
            origin: whether it carries where it comes from.

        Raises:
            QueryError: where there is no such form, or it is none for such an answer.
        """
        from kg import forms

        return forms.write(self, form, self.origin if origin else None)

    def to_pandas(self) -> pd.DataFrame:
        """Give the rows as a pandas data frame: a column each, missing values None.

        Raises:
            QueryError: where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise QueryError("pandas is not installed; pip install pandas") from None
        return pd.DataFrame(self.rows, columns=list(self.columns), dtype=object)

    def to_networkx(self) -> nx.MultiDiGraph:
        """Give the answer's ties as part of the whole network, with kinds, dates and citations.

        Raises:
            QueryError: where the question is not about relations, or the store is gone.
        """
        from kg import network, projection

        pairs = self.pairs
        if self.store is None:
            raise QueryError("this answer was kept without the store that it comes from")
        language = self.values.get("language", "en")
        return projection.part(network.read(self.store, language), pairs)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> dict[str, Value]:
        return self.rows[index]

    def __bool__(self) -> bool:
        return bool(self._read["boolean"]) if self.kind == "boolean" else bool(self.rows)

    def __repr__(self) -> str:
        size = f"{len(self)} {'row' if len(self) == 1 else 'rows'}"
        if self.kind != "rows":
            size = str(bool(self)).lower() if self.kind == "boolean" else f"{len(self)} triples"
        return f"<Answer to {self.query.name or 'a query'}: {size}>"

    def __str__(self) -> str:
        from kg import results, terminal

        if self.kind == "graph":
            return self.write("ttl").decode()
        if self.kind == "boolean":
            return str(bool(self)).lower()
        solutions = cast("ox.QuerySolutions", self.solutions())
        return terminal.table(results.readable(solutions, self.base)).rstrip("\n")

    def _repr_html_(self) -> str:
        """Give the answer as a notebook shows it: an HTML table, all text escaped."""
        from kg import page

        return page.fragment(self)

    @property
    def _called(self) -> str:
        return f"question '{self.query.name}'" if self.query.name not in ("", "-") else "this question"

    @cached_property
    def _read(self) -> Any:
        return json.loads(self.body)

    def _bound(self) -> dict[str, str]:
        """Give the IRIs that the question's parameters stand for in the text, by variable."""
        found = ((param.variable, param.place(self.text)) for param in self.query.params)
        return {name: place[1].strip()[1:-1] for name, place in found if place and place[1].startswith("<")}


def keep(given: Given, query: Query, **known: Any) -> Answer:
    """Read all that a store gives, once, in the thread that asked.

    Args:
        given: what the store gave.
        query: the question.
        known: the answer's other attributes.
    """
    kind, body = packed(given)
    return Answer(kind, body, query, **known)


def packed(given: Given) -> tuple[Kind, bytes]:
    """Give an answer's kind and its bytes: SPARQL results in JSON, or N-Triples.

    Raises:
        QueryError: where it breaks off: at a host that SERVICE names, or at a store on a bad disk.
    """
    try:
        if not isinstance(given, (ox.QuerySolutions, ox.QueryBoolean)):
            return "graph", ox.serialize(given, format=ox.RdfFormat.N_TRIPLES) or b""
        kind: Kind = "boolean" if isinstance(given, ox.QueryBoolean) else "rows"
        return kind, given.serialize(format=ox.QueryResultsFormat.JSON) or b""
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the answer broke off: {' '.join(str(error).split())}") from None


def _value(term: Mapping[str, Any]) -> Value:
    """Give a term of SPARQL results in JSON (section 3.2.2) as a Python value."""
    if "datatype" in term:
        return read(term["value"], term["datatype"])
    given: str | Mapping[str, Any] = term["value"]
    if isinstance(given, str):
        return f"_:{given}" if term["type"] == "bnode" else given
    return str(given)  # a triple


def read(text: str, datatype: str) -> Value:
    """Give a literal's value as Python has it; the text itself where it has none.

    >>> read("2015", "http://www.w3.org/2001/XMLSchema#integer")
    2015
    >>> read("2015-05", "http://www.w3.org/2001/XMLSchema#gYearMonth")
    '2015-05'
    """
    reader = _READERS.get(datatype)
    if reader is None:
        return text
    try:
        return reader(text)
    except (ValueError, InvalidOperation):
        return text


def _of_term(term: object) -> Value:
    if isinstance(term, ox.Literal):
        return read(term.value, term.datatype.value)
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
