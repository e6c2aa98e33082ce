"""Query: the page where SPARQL is answered in the reader's own browser, and all that it needs.

Oxigraph's WebAssembly build runs in a worker, on the data set's TriG; both are packed, since few static
hosts pack them on the way. The page's scripts are in sparql/, those of others in kg/vendor.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import exports, formats, vendored
from kg.ask import library
from kg.headers import HEADER
from kg.iris import CONCEPTS, KINDS, ONTOLOGY, VOCABULARIES, expand, rebase
from kg.names import short as kind_and_key
from kg.parameters import ALWAYS
from kg.queries import bind, group_names, grouped
from kg.site import questions
from kg.site.links import short
from kg.site.site import Page
from kg.site.words import WORDS
from kg.store import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.parameters import Parameter
    from kg.queries import Query
    from kg.site.site import Place, Site

FOLDER = "sparql/"
SCRIPTS = (
    "codemirror.js",
    "lexer.js",
    "binding.js",
    "names.js",
    "engine.js",
    "writing.js",
    "link.js",
    "elements.js",
    "pictures.js",
    "results.js",
    "fields.js",
    "start.js",
)
"""The scripts of the page, in the order in which they run; the worker has its own."""
VENDORED = ("codemirror.js", "codemirror.LICENSE.txt", "oxigraph.js", "oxigraph.LICENSE.txt")
WORD = "sparql "
"""What the keys of the page's words begin with."""
EXAMPLE = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?class ?classLabel (COUNT(?thing) AS ?count)
WHERE {
  ?thing a ?class .
  OPTIONAL { ?class rdfs:label ?classLabel FILTER(LANG(?classLabel) = "LANGUAGE") }
}
GROUP BY ?class ?classLabel
ORDER BY DESC(?count)
"""
"""What the editor begins with."""
_NAMES = {"en": "English", "sv": "Svenska"}
_FORMS = {"SELECT": "Select", "ASK": "Ask", "CONSTRUCT": "Construct", "DESCRIBE": ""}


def pages(site: Site) -> Iterator[Page]:
    """Give the page, its scripts, Oxigraph, the data, and the questions as examples."""
    yield from site.pages(FOLDER, "sparql.html", _shown)
    own = files("kg") / "site" / "sparql"
    for file in sorted(own.iterdir(), key=lambda each: each.name):
        yield Page(FOLDER + file.name, file.read_bytes())
    for name in VENDORED:
        yield Page(FOLDER + name, vendored.content(name))
    yield Page(f"{FOLDER}oxigraph.wasm.gz", packed(vendored.content("oxigraph.wasm")))
    yield Page(f"{FOLDER}data.trig.gz", packed(exports.export(site.store, "trig").encode()))
    asked = [local(site, query) for group in grouped(library()).values() for query in group]
    yield Page(f"{FOLDER}questions.json", _json(known(site, asked)))
    yield Page(f"{FOLDER}examples.ttl", examples(site, asked).encode())


def packed(content: bytes) -> bytes:
    """Pack bytes with gzip, without the time, so that the same content is the same file."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def _shown(here: Place) -> dict[str, Any]:
    return {
        "title": here.word("sparql"),
        "crumbs": [],
        "lead": here.word("sparql lead"),
        "groups": questions.groups(here, library()),
        "parts": SCRIPTS,
        "settings": json.dumps(settings(here), ensure_ascii=False, sort_keys=True),
    }


def settings(here: Place) -> dict[str, Any]:
    """Give what the scripts need to know of the site, in a page's language."""
    site = here.site
    return {
        "language": here.language,
        "languages": [[each, _NAMES.get(each, each)] for each in site.languages],
        "words": {key.removeprefix(WORD): here.word(key) for key in WORDS if key.startswith(WORD)},
        "settings": {
            "base": site.base,
            "things": site.things,
            "concepts": CONCEPTS,
            "ontology": ONTOLOGY,
            "kinds": list(KINDS),
            "index": here.file,
            "digests": _digests(site),
            "prefixes": site.prefixes,
            "example": EXAMPLE.replace("LANGUAGE", here.language),
        },
    }


def _digests(site: Site) -> dict[str, str]:
    """Give the names of folders that are not as the part of the IRI that they stand for."""
    found: dict[str, str] = {}
    for iri in site.subjects:
        folder = site.folder_of(iri).removeprefix(site.things).rstrip("/").split("/")
        parts = iri.removeprefix(site.base).split("/")
        found |= {part: name for part, name in zip(parts, folder, strict=False) if part != name}
    return found


def known(site: Site, asked: list[Query]) -> dict[str, Any]:
    """Give the questions with their parameters, and the terms that the editor completes."""
    return {
        "questions": [_question(site, query) for query in asked],
        "prefixes": site.prefixes,
        "terms": terms(site),
    }


def _question(site: Site, query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "group": group_names(query.group),
        "summary": query.summaries or {"": query.name},
        "description": {key: " ".join(text.split()) for key, text in query.descriptions.items()},
        "text": text_of(query, site.base),
        "edges": [list(pair) for pair in query.edges],
        "params": [_parameter(site, query, param) for param in query.params],
    }


def local(site: Site, query: Query) -> Query:
    """Give a question with defaults that the data set has, as on the question's own page."""
    defaults = (rebase(query.default(param), site.base) for param in query.params)
    if all(site.triples(each[1:-1]) for each in defaults if each.startswith(f"<{site.base}")):
        return query
    values, _ = questions.stand_ins(site, query)
    things = {name: value for name, value in values.items() if value.startswith(site.base)}
    return replace(query, text=bind(query, things, site.base, lambda iri, _kind: iri))


def _parameter(site: Site, query: Query, param: Parameter) -> dict[str, Any]:
    return {
        "name": param.name,
        "type": param.type,
        "variable": param.variable,
        "description": param.descriptions,
        "value": _default(site, query, param),
    }


def _default(site: Site, query: Query, param: Parameter) -> str:
    """Give a parameter's default as people would write it; empty where the data set has no such thing."""
    default = rebase(query.default(param), site.base)
    if default.startswith("<"):
        iri = default[1:-1]
        named = kind_and_key(iri) if param.type == "thing" else iri.rpartition("/")[2]
        return named if site.triples(iri) else ""
    if param.type == "period":
        days = re.findall(r'"([^"]*)"', default)
        return "always" if tuple(days) == ALWAYS else days[0]
    found = re.match(r'"(.*)"', default, re.DOTALL)
    return found[1] if found else default


def text_of(query: Query, base: str) -> str:
    """Give a question's SPARQL without its header, for a data set's id base."""
    lines = [line for line in query.text.splitlines() if not line.startswith(HEADER)]
    return rebase("\n".join(lines).strip() + "\n", base)


def terms(site: Site) -> list[list[Any]]:
    """Give the classes, properties and concepts of the graph: name with prefix, what it is, its labels."""
    found: dict[str, str] = {}
    kind = ox.NamedNode(expand("rdf:type"))
    default = ox.DefaultGraph()
    for what, pattern in (("property", "?s ?term ?o"), ("class", "?s a ?term")):
        asked = rows(site.store, f"SELECT DISTINCT ?term WHERE {{ {pattern} }}")
        found |= {row["term"].value: what for row in asked}
    for quad in site.store.store.quads_for_pattern(None, kind, ox.NamedNode(expand("skos:Concept")), default):
        found[str(quad.subject)[1:-1]] = "concept"
    listed = []
    for iri in sorted(found):
        name = short(iri, site.prefixes)
        # What has no prefix nobody would complete.
        if name != iri and not iri.startswith(site.base):
            listed.append([name, found[iri], site.labels.get(iri, {})])
    return listed


def examples(site: Site, asked: list[Query]) -> str:
    """Write the questions as SPARQL editors read them (https://www.w3.org/TR/shacl/#sparql-constraints).

    A `sh:SPARQLExecutable` each, with what it asks, its text and its tags, and the prefixes declared.
    """
    home = site.url(f"{FOLDER}examples.ttl") + "#"
    page = ox.NamedNode(site.url(f"{FOLDER}index.html"))
    triples = list(_declared(site, home))
    for query in asked:
        text = text_of(query, site.base)
        found = re.search(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", text, re.MULTILINE | re.IGNORECASE)
        word = found[1].upper() if found else "SELECT"
        node = ox.NamedNode(home + query.name)
        executable = f"sh:SPARQL{_FORMS[word]}Executable"
        triples += [
            _says(node, "rdf:type", ox.NamedNode(expand("sh:SPARQLExecutable"))),
            _says(node, "rdf:type", ox.NamedNode(expand(executable))),
            *(
                _says(node, "rdfs:comment", ox.Literal(text, language=language))
                for language, text in query.summaries.items()
            ),
            _says(node, "sh:prefixes", ox.NamedNode(f"{home}prefixes")),
            _says(node, f"sh:{word.lower()}", ox.Literal(text)),
            _says(node, "schema:target", page),
            *(_says(node, "schema:keywords", ox.Literal(tag)) for tag in query.tags),
        ]
    names = {name: VOCABULARIES[name] for name in ("owl", "rdfs", "schema", "sh", "xsd")}
    return formats.dump(sorted(set(triples), key=str), "ttl", names)


def _declared(site: Site, home: str) -> Iterator[ox.Triple]:
    """Declare the prefixes; by IRIs, since blank nodes would have another name in each run."""
    node = ox.NamedNode(f"{home}prefixes")
    yield _says(node, "rdf:type", ox.NamedNode(expand("owl:Ontology")))
    for prefix, space in site.prefixes.items():
        each = ox.NamedNode(f"{home}prefix-{prefix}")
        yield _says(node, "sh:declare", each)
        yield _says(each, "sh:prefix", ox.Literal(prefix))
        yield _says(each, "sh:namespace", ox.Literal(space, datatype=ox.NamedNode(expand("xsd:anyURI"))))


def _says(node: ox.NamedNode, term: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(node, ox.NamedNode(expand(term)), value)


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()
