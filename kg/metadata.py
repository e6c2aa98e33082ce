"""Metadata: where an answer comes from, in a file beside it, for the forms that have no place inside.

Beside a table it is W3C's Metadata Vocabulary for Tabular Data (CSVW): the file is named as section 5.3 of
the Model for Tabular Data says, so that readers find it. Beside any other form it is plain JSON-LD. What
it says is in terms of PROV-O, DCAT and Dublin Core.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.iris import VOCABULARIES, expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.answer import Answer
    from kg.forms import Form
    from kg.origin import Origin, Work

SUFFIX = "-metadata.json"
TABULAR = ("csv", "tsv", "csv-excel")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TYPES = {
    expand(f"xsd:{name}"): name
    for name in ("integer", "decimal", "double", "boolean", "date", "dateTime", "gYear", "gYearMonth")
}
"""The datatypes that a column may have, as CSVW calls them."""


def beside(name: str, answer: Answer, origin: Origin, form: Form) -> bytes:
    """Give the metadata of an answer that is written to a file.

    Args:
        name: the file's name, without its folder.
        answer: the answer in it.
        origin: where the answer comes from.
        form: the form that it is written in.
    """
    title = origin.summary or origin.question
    about = {
        **({"dc:title": title} if title else {}),
        "dc:format": form.media,
        "prov:wasGeneratedBy": _activity(origin),
        "prov:wasDerivedFrom": [_work(work) for work in (*origin.datasets, *origin.sources)],
    }
    licences = sorted({work.licence for work in origin.datasets if work.licence})
    if licences:
        about["dc:license"] = [_node(licence) for licence in licences]
    if form.name in TABULAR:
        made = {"@context": "http://www.w3.org/ns/csvw", "url": _url(name), **about, **_schema(answer, form)}
    else:
        spaces = {"dc": "dcterms", "dcat": "dcat", "prov": "prov", "schema": "schema"}
        context = {prefix: VOCABULARIES[known] for prefix, known in spaces.items()}
        made = {"@context": context, "@id": _url(name), "@type": "prov:Entity", **about}
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def _activity(origin: Origin) -> dict[str, Any]:
    """Describe the asking: with which text, with what values, of what."""
    plan: dict[str, Any] = {
        "@type": "prov:Plan",
        "dc:format": "application/sparql-query",
        "prov:value": origin.text,
    }
    if origin.question:
        plan["dc:identifier"] = origin.question
    used = [plan]
    for given in origin.parameters:
        value: dict[str, Any] = {
            "@type": "schema:PropertyValue",
            "schema:name": given.name,
            "schema:value": given.value,
        }
        if given.iri:
            value["dc:references"] = _node(given.iri)
        used.append(value)
    activity: dict[str, Any] = {"@type": "prov:Activity", "prov:used": used}
    if origin.asked:
        activity["dc:description"] = f"asked of {origin.asked}"
    return activity


def _work(work: Work) -> dict[str, Any]:
    """Describe a data set or a document; what is not known of it is left out."""
    made: dict[str, Any] = {"@id": work.iri, "@type": "dcat:Dataset" if work.version else "prov:Entity"}
    made |= {"dc:title": work.title} if work.title else {}
    made |= {"dc:publisher": list(work.publishers)} if work.publishers else {}
    made |= {"dcat:version": work.version} if work.version else {}
    made |= {"dc:issued" if work.version else "dc:date": work.date} if work.date else {}
    return made | ({"dc:license": _node(work.licence)} if work.licence else {})


def _node(iri: str) -> dict[str, str]:
    return {"@id": iri}


def _url(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


def _schema(answer: Answer, form: Form) -> dict[str, Any]:
    """Describe the table: how its file is written, and its columns."""
    dialect: dict[str, Any] = {"encoding": "utf-8"}
    if form.name == "tsv":
        dialect |= {"delimiter": "\t", "quoteChar": None}
    if answer.kind == "boolean" and form.name != "csv-excel":
        dialect["header"] = False
    sign = "?" if form.name == "tsv" and answer.kind == "rows" else ""
    columns = [
        _column(name, sign, datatype)
        for name, datatype in zip(answer.columns, _datatypes(answer, form), strict=True)
    ]
    return {"dialect": dialect, "tableSchema": {"columns": columns}}


def _column(name: str, sign: str, datatype: str) -> dict[str, str]:
    made = {"name": name} if _NAME.fullmatch(name) else {}
    return {**made, "titles": f"{sign}{name}", "datatype": datatype}


def _datatypes(answer: Answer, form: Form) -> Sequence[str]:
    """Give each column's datatype: one that all its values have, where the file holds them plain."""
    if answer.kind == "boolean":
        return ["boolean"]
    if form.name != "csv" or answer.kind != "rows":
        return ["string"] * len(answer.columns)
    found: dict[str, set[str]] = {name: set() for name in answer.columns}
    solutions = answer.solutions()
    if isinstance(solutions, ox.QuerySolutions):
        for row in solutions:
            for name, types in found.items():
                if row[name] is not None:
                    types.add(_datatype(row[name]))
    return [next(iter(types)) if len(types) == 1 else "string" for types in found.values()]


def _datatype(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return "anyURI"
    return _TYPES.get(term.datatype.value, "string") if isinstance(term, ox.Literal) else "string"
