"""Questions: a page for each question of the library: what it asks, its answer, its SPARQL.

A default that names a thing which the data set lacks is replaced by the thing of that kind with most
ties, and the page says so.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox

from kg import ask, forms, results
from kg.answer import Answer, packed
from kg.errors import KgError, MemoryExceeded, TimeoutExceeded
from kg.iris import KINDS, rebase
from kg.network import thing_key
from kg.queries import NO_GROUP, bind, group_names, grouped
from kg.site import answer_words, pictures
from kg.site.portrait import short_citations
from kg.site.remembered import remembered
from kg.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.answer import Kind
    from kg.parameters import Parameter
    from kg.queries import Query
    from kg.site.pictures import Placed
    from kg.site.site import Place, Site

MOST = 500
"""Rows on a page; the files beside it have all."""
LARGEST = 20_000_000
"""Bytes of an answer in JSON; what is longer would make the site's files large, and its making too."""
_MOMENT = re.compile(r"year|date|line|start|end|wave|when|first|last", re.IGNORECASE)
"""Columns whose numbers are no amounts."""
_CITING = re.compile(r"sources?([A-Z]\w*)?|\w+Source|lines?")
_THINGS = (*KINDS, "thing")


@dataclass(frozen=True)
class Asked:
    """A question that was asked of the data set.

    Attributes:
        query: the question.
        values: what was put in the places of parameters whose default the data set lacks.
        answers: the answer in each language; none where it could not be asked.
        said: why it could not: a word of the table, and what stands in its braces.
    """

    query: Query
    values: Mapping[str, str]
    answers: Mapping[str, Answer]
    said: tuple[str, Mapping[str, object]] | None = None


def pages(site: Site) -> Iterator[Page]:
    """Give the page of each question, its answer as CSV and JSON, and the list of all."""
    library = ask.library()
    for query in library.values():
        yield from written(site, answered(site, query))
    yield from site.pages("question/", "questions.html", lambda here: _index(here, library))


def written(site: Site, asked: Asked) -> Iterator[Page]:
    """Give the page of a question in each language, the files of its answer, and its own."""
    query = asked.query
    folder = f"question/{query.name}/"
    yield from site.pages(folder, "question.html", partial(_shown, asked, drawn(site, asked)))
    for language, answer in asked.answers.items():
        end = "" if language == site.languages[0] else f".{language}"
        for form in files_of(answer):
            yield Page(f"{folder}{query.name}{end}.{form}", forms.write(answer, form))
    yield Page(f"{folder}{query.name}.rq", rebase(query.text, site.base).encode())


def files_of(answer: Answer) -> tuple[str, ...]:
    """Give the forms that an answer is written in beside its page."""
    return ("ttl", "jsonld") if answer.kind == "graph" else ("csv", "json")


def answered(site: Site, query: Query) -> Asked:
    """Ask a question with its defaults, in each language that it has answers in."""
    find = ask.finder(site.store, site.base)
    values, lacking = stand_ins(site, query)
    if lacking:
        return Asked(query, {}, {}, ("cannot be asked", {"kind": lacking}))
    command = f"kg query {query.name}"
    speaks = any(param.name == "language" for param in query.params)
    answers = {}
    for language in site.languages if speaks else site.languages[:1]:
        given = values | ({"language": language} if speaks else {})
        try:
            text = bind(query, given, site.base, find)
            kind, body = _answer(site, text)
        except (TimeoutExceeded, MemoryExceeded):
            told = {"seconds": f"{site.seconds:g}", "command": f"{command} --timeout SECONDS"}
            return Asked(query, values, {}, ("took too long", told))
        except KgError as error:
            return Asked(query, values, {}, ("cannot be asked", {"kind": str(error)}))
        if len(body) > LARGEST:
            told = {"size": f"{len(body) / 1e6:.0f}", "command": command}
            return Asked(query, values, {}, ("answer too large", told))
        answers[language] = Answer(kind, body, query, given, text, site.base, store=site.store)
    return Asked(query, values, answers)


def _answer(site: Site, text: str) -> tuple[Kind, bytes]:
    """Ask, where that can be done in the process that is ended where it takes too long.

    Raises:
        MemoryExceeded, TimeoutExceeded: where it was ended.
        QueryError: where the text is not SPARQL.
    """
    if site.asker is None:
        return packed(site.store.query(text))
    return site.asker.ask(text, time.monotonic() + site.seconds)


def stand_ins(site: Site, query: Query) -> tuple[dict[str, str], str]:
    """Give what stands in for defaults that the data set lacks; or of which kind there is nothing."""
    values: dict[str, str] = {}
    for param in query.params:
        put, lacking = _value(site, query, param)
        if lacking:
            return {}, lacking
        values |= {param.name: put} if put else {}
    return values, ""


def _value(site: Site, query: Query, param: Parameter) -> tuple[str, str]:
    """Give what stands in for a default that the data set lacks, or why nothing can."""
    default = rebase(query.default(param), site.base)
    if param.type not in _THINGS or not default.startswith(f"<{site.base}"):
        return "", ""
    iri = default[1:-1]
    if site.triples(iri):
        return "", ""
    kind = "" if param.type == "thing" else param.type
    best = _most_tied(site, kind)
    return (best, "") if best else ("", kind or "thing")


@remembered
def _most_tied(site: Site, kind: str) -> str:
    """Give the thing of a kind, or of any, with most ties; `""` where there is none."""
    ties = site.network.nodes
    found = (
        iri
        for iri in site.subjects
        if site.kind(iri) == kind or (not kind and thing_key(iri) in site.network)
    )
    return min(
        found,
        key=lambda iri: (-ties[thing_key(iri)]["ties"] if thing_key(iri) in ties else 0, iri),
        default="",
    )


def groups(here: Place, library: Mapping[str, Query]) -> list[dict[str, Any]]:
    """Give the questions by group, in the order of the groups."""
    return [
        {
            "name": here.spoken(group_names(group)),
            "anchor": group.replace(" ", "-") or NO_GROUP,
            "link": here.page("question/") + "#" + quote(group.replace(" ", "-")),
            "questions": [
                {
                    "name": query.name,
                    "summary": _summary(here, query),
                    "link": here.page(f"question/{query.name}/"),
                }
                for query in listed
            ],
        }
        for group, listed in grouped(library).items()
    ]


def _summary(here: Place, query: Query) -> dict[str, str]:
    """Give what a question asks, else its name, with the language that it is in."""
    return here.spoken(query.summaries) if query.summaries else {"text": query.name, "lang": ""}


def _index(here: Place, library: Mapping[str, Query]) -> dict[str, Any]:
    return {
        "title": here.word("questions"),
        "crumbs": [],
        "lead": here.word("questions say", count=len(library)),
        "groups": groups(here, library),
    }


def _shown(asked: Asked, placed: Placed | None, here: Place) -> dict[str, Any]:
    query, site = asked.query, here.site
    answer = asked.answers.get(here.language) or next(iter(asked.answers.values()), None)
    description = here.spoken(query.descriptions)
    text = answer.text if answer else rebase(query.text, site.base)
    sparql = re.sub(r"(?m)^#\+.*\n", "", text).lstrip("\n")
    end = "" if not answer or answer is asked.answers.get(site.languages[0]) else f".{here.language}"
    return {
        "title": _summary(here, query)["text"],
        "title_lang": _summary(here, query)["lang"],
        "name": query.name,
        "description": description,
        "group": here.spoken(group_names(query.group)),
        "parameters": [_parameter(here, asked, param, answer) for param in query.params],
        "replaced": bool(asked.values),
        "said": here.word(asked.said[0], **asked.said[1]) if asked.said else "",
        "table": _table(here, answer) if answer else None,
        "chart": _chart(here, answer) if answer else None,
        "network": pictures.whole_network(here, placed) if placed else None,
        "sparql": sparql,
        "edit": here.page("sparql/") + "#query=" + quote(sparql, safe=""),
        "files": [(form, f"{query.name}{end}.{form}") for form in (files_of(answer) if answer else ())],
        "crumbs": [(here.word("questions"), here.page("question/"))],
        "lead": " ".join(description["text"].split()),
    }


def _parameter(here: Place, asked: Asked, param: Parameter, answer: Answer | None) -> dict[str, Any]:
    """Give a parameter with the value that the answer is for."""
    default = rebase(asked.query.default(param), here.site.base)
    value = asked.values.get(param.name, "") or (default[1:-1] if default.startswith("<") else "")
    if param.name == "language" and answer:
        text = here.language
    elif value:
        text = here.name(value)
    elif param.type == "period":
        days = re.findall(r'"([0-9-]+)"', default)
        text = here.word("all times") if days[:1] == ["0001-01-01"] else " – ".join(dict.fromkeys(days))
    else:
        text = default.strip('"')
    # An example that the data set lacks, and has nothing in place of, has no page.
    there = not value.startswith(here.site.base) or value in here.site.subjects
    return {
        "name": param.name,
        "description": here.spoken(param.descriptions),
        "value": text,
        "link": here.link(value) if there else "",
        "replaced": "yes" if param.name in asked.values else "",
    }


def _table(here: Place, answer: Answer) -> dict[str, Any]:
    """Give an answer's rows with links to the pages of what they name."""
    table = results.of(answer).filled()
    citing = [bool(_CITING.fullmatch(name)) for name in table.columns]
    rows = [
        [
            {
                **_spoken(here, column, text, iri),
                "link": here.link(iri) if iri else "",
                "cited": short_citations(here, text) if cites and not iri else [],
            }
            for column, text, iri, cites in zip(table.columns, row, links, citing, strict=True)
        ]
        for row, links in zip(table.rows[:MOST], table.links[:MOST], strict=True)
    ]
    return {
        "columns": [_head(here, name) for name in table.columns],
        "rows": rows,
        "count": len(table.rows),
        "more": max(0, len(table.rows) - MOST),
    }


def _head(here: Place, column: str) -> dict[str, str]:
    """Give what a column is called, with the language that it is in."""
    swedish = {"sv": answer_words.COLUMNS[column]} if column in answer_words.COLUMNS else {}
    return here.spoken({"en": results.spaced(column)} | swedish)


def _spoken(here: Place, column: str, text: str, iri: str) -> dict[str, str]:
    """Give what a cell says, with its language where the graph has it in another one alone."""
    shown = _text(here, text, iri)
    if here.language == "sv":
        shown = answer_words.value(column, shown)
    if shown != text or not re.search(r"[^\W\d_]", text) or _CITING.fullmatch(column):
        return {"text": shown, "lang": ""}
    tags = [tag for tag in ("", *here.site.languages) if _has(here.site, text, tag)]
    foreign = tags and not {"", here.language} & set(tags)
    return {"text": shown, "lang": tags[0] if foreign else ""}


def _has(site: Site, text: str, language: str) -> bool:
    """Say whether a text stands in the graph in a language."""
    literal = ox.Literal(text, language=language) if language else ox.Literal(text)
    return any(site.store.store.quads_for_pattern(None, None, literal, ox.DefaultGraph()))


def _text(here: Place, text: str, iri: str) -> str:
    """Give the name of what a cell names by kind and key alone."""
    unnamed = iri and text in (iri, thing_key(iri))
    return here.name(iri) if unnamed and here.site.folder_of(iri) else results.visible(text)


def _chart(here: Place, answer: Answer) -> dict[str, Any] | None:
    """Give a bar chart where each row has a label and one amount."""
    if answer.kind != "rows" or not answer.rows:
        return None
    amounts = [
        name
        for name in answer.columns
        if not _MOMENT.search(name)
        and all(isinstance(row[name], (int, float, Decimal)) for row in answer.rows)
    ]
    table = results.of(answer)
    if len(amounts) != 1 or amounts[0] not in table.columns:
        return None
    number = table.columns.index(amounts[0])
    labels = [
        place for place, name in enumerate(table.columns) if place != number and not _CITING.fullmatch(name)
    ]
    if not 0 < len(labels) <= 2:  # noqa: PLR2004 - more than two make no label
        return None
    rows = []
    for row, texts, links in zip(answer.rows, table.rows, table.links, strict=True):
        label = " · ".join(filter(None, (_text(here, texts[place], links[place]) for place in labels)))
        link = links[labels[0]]
        value = row[amounts[0]]
        rows.append((label, here.link(link) if link else "", float(value), texts[number]))  # type: ignore[arg-type]
    return pictures.chart(rows)


def drawn(site: Site, asked: Asked) -> Placed | None:
    """Place the ties of a question about relations, for all languages."""
    answer = next(iter(asked.answers.values()), None)
    if answer is None or answer.kind != "rows" or not asked.query.edges:
        return None
    from kg import projection

    part = projection.part(site.network, answer.pairs)
    return pictures.placed(part) if part.number_of_edges() else None
