"""Usage: how to ask a question: what its parameters may be, an example that runs, and one to begin with.

What is said here stands in `kg queries NAME` and in docs/questions.md.
"""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING

from kg.config import LANGUAGES
from kg.errors import NotFound, OutputError, QueryError, shown
from kg.iris import ID_BASE, VOCABULARIES, rebase
from kg.names import find, fold, labels, short
from kg.ontology import load
from kg.queries import group_names
from kg.store import rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.parameters import Parameter
    from kg.queries import Query
    from kg.store import Store

_PLAIN = {
    "language": {"en": f"one of {', '.join(LANGUAGES)}", "sv": f"{' eller '.join(LANGUAGES)}"},
    "number": {"en": "a whole number", "sv": "ett heltal"},
    "period": {
        "en": "a year, month or day, as 2018, 2018-05 or 2018-05-21; or always",
        "sv": "ett år, en månad eller en dag, som 2018, 2018-05 eller 2018-05-21; eller always",
    },
    "text": {"en": "any text", "sv": "valfri text"},
}
_CONCEPT = {"en": "one of {}", "sv": "något av {}"}
_THING = {
    "en": "the name, alias, key or IRI of {}",
    "sv": "namn, annat namn, nyckel eller IRI för {}",
}
_SWEDISH = {
    "dataset": "en datamängd",
    "document": "ett styrdokument",
    "event": "en händelse",
    "goal": "ett mål",
    "group": "en grupp",
    "initiative": "ett initiativ",
    "organisation": "en organisation",
    "person": "en person",
    "place": "en plats",
    "post": "en befattning",
    "solution": "en lösning",
    "source": "en källa",
    "thing": "något",
    "unit": "en enhet",
}
"""Kinds of thing that a parameter may name, in Swedish."""
_TEMPLATE = """\
#+ summary: Who takes part in what, in which role, and by which source
#+ summary-sv: Vilka som deltar i vad, i vilken roll och enligt vilken källa
#+ description: |
#+   One or more sentences on what a row is. Lines that begin as this one does are the header; the
#+   rest of the file is plain SPARQL 1.1, which runs as it stands.
#+ description-sv: |
#+   En eller flera meningar om vad en rad i svaret är.
#+ tags: [my own]
#+ params:
#+   about: {type: text, description: Only members with this in their name; empty for all.,
#+     description-sv: Bara medlemmar med denna text i sitt namn. Tomt ger alla.}
#+   language: {type: language, description: The language of the labels.}
#+ edges: [member initiative]

# The first tag is the group that `kg queries --queries FOLDER` lists the question in. Texts are
# English; what ends in -sv says the same in Swedish, -fi in Finnish, and may be left out.
# A parameter has a type: text, number, language, period, thing, a kind of thing (organisation,
# initiative, person, post, place and so on) or 'concept SCHEME', as in 'concept role'. It stands
# below once, as VALUES with its default, whose place a value takes: kg query FILE --about lab.
# A parameter 'my-word' stands as  VALUES ?myWord { "default" }  and a period 'as-of' as
# VALUES (?asOfStart ?asOfEnd) { ("0001-01-01"^^xsd:date "9999-12-31"^^xsd:date) }.
# The pairs of columns in 'edges' are ties of the network; a question without ties has no 'edges'.

@PREFIXES@

SELECT ?member ?memberLabel ?role ?roleLabel ?initiative ?initiativeLabel ?source
WHERE {
  VALUES ?about { "" }
  VALUES ?language { "en" }
  ?membership org:member ?member ;
              org:role ?role ;
              org:organization ?initiative .
  # The lines that say so, in one cell.
  {
    SELECT ?membership (GROUP_CONCAT(?cited; separator="; ") AS ?source) WHERE {
      {
        SELECT DISTINCT ?membership ?cited
        WHERE { ?membership prov:wasDerivedFrom/dcterms:identifier ?cited }
        ORDER BY ?cited
      }
    } GROUP BY ?membership
  }
  # Names in the language, else in any: that of ?x is ?xLabel.
  OPTIONAL { ?member skos:prefLabel ?memberName FILTER(LANG(?memberName) = ?language) }
  OPTIONAL { ?member rdfs:label ?memberAny }
  BIND(STR(COALESCE(?memberName, ?memberAny)) AS ?memberLabel)
  OPTIONAL { ?role skos:prefLabel ?roleName FILTER(LANG(?roleName) = ?language) }
  OPTIONAL { ?role rdfs:label ?roleAny }
  BIND(STR(COALESCE(?roleName, ?roleAny)) AS ?roleLabel)
  OPTIONAL { ?initiative skos:prefLabel ?initiativeName FILTER(LANG(?initiativeName) = ?language) }
  OPTIONAL { ?initiative rdfs:label ?initiativeAny }
  BIND(STR(COALESCE(?initiativeName, ?initiativeAny)) AS ?initiativeLabel)
  FILTER(CONTAINS(LCASE(?memberLabel), LCASE(?about)))
}
# Every row has its one place, so that two runs give the same file.
ORDER BY ?memberLabel ?initiativeLabel ?roleLabel ?membership
"""


def search(found: Mapping[str, Query], words: str) -> dict[str, Query]:
    """Give the questions that speak of every word: in name, texts, tags or parameters, in any language.

    >>> search({}, "any")
    {}
    """
    wanted = fold(words).split()
    return {name: query for name, query in found.items() if all(word in _told(query) for word in wanted)}


def _told(query: Query) -> str:
    texts = (query.summaries, query.descriptions, group_names(query.group))
    parts = [query.name, *query.tags, *(param.name for param in query.params)]
    return fold(" ".join([*parts, *(text for each in texts for text in each.values())]))


def allowed(param: Parameter, language: str = LANGUAGES[0]) -> str:
    """Say what a parameter may be, in English or Swedish."""
    if param.type.startswith("concept "):
        scheme = param.type.removeprefix("concept ")
        return _CONCEPT[language].format(", ".join(sorted(load().concepts.get(scheme, ()))))
    if param.type in _PLAIN:
        return _PLAIN[param.type][language]
    article = "an" if param.type[0] in "aeiou" else "a"
    named = _SWEDISH.get(param.type, param.type) if language == "sv" else f"{article} {param.type}"
    return _THING[language].format(named)


def example(query: Query, store: Store | None = None, base: str = ID_BASE) -> str:
    """Give a command that asks a question, and that runs on the data at hand.

    Args:
        query: the question.
        store: the data that it is asked of; without one, the parameters' defaults are named.
        base: the data set's id base.
    """
    words = ["kg", "query", query.name]
    things = [param for param in query.params if param.type not in _PLAIN]
    for param in things or query.params[:1]:
        value = _value(query, param, store, base)
        words += [f"--{param.name}", quote(value)] if value else []
    return " ".join(words)


def _value(query: Query, param: Parameter, store: Store | None, base: str) -> str:
    """Give a value that a parameter may have; empty where the data has none."""
    default = rebase(query.default(param), base)
    if param.type in _PLAIN:
        plain = _written(default)
        return {"period": "2018", "language": LANGUAGES[-1]}.get(param.type, plain)
    iri = default.removeprefix("<").removesuffix(">")
    if param.type.startswith("concept "):
        return iri.rpartition("/")[2]
    if store is None:
        return short(iri)
    found = (
        iri
        if _there(store, iri)
        else _first(store, base if param.type == "thing" else f"{base}{param.type}/")
    )
    return _word(store, base, found, param) if found else ""


def _written(term: str) -> str:
    """Give the text of a literal in a question; any other term as it stands."""
    import pyoxigraph as ox

    quoted = re.match(r'"(?:[^"\\]|\\.)*"', term)
    if not quoted:
        return term
    try:
        (read,) = ox.parse(f"<a:a> <a:b> {quoted[0]} .", ox.RdfFormat.TURTLE)
    except SyntaxError:
        return term
    return str(getattr(read.object, "value", term))


def _there(store: Store, iri: str) -> bool:
    return bool(rows(store, f"SELECT ?p WHERE {{ <{iri}> ?p ?o }} LIMIT 1"))


def _first(store: Store, space: str) -> str:
    """Give the first thing below an IRI, by its label."""
    text = (
        f"SELECT ?thing WHERE {{ ?thing <{VOCABULARIES['rdfs']}label> ?label "
        f'FILTER(STRSTARTS(STR(?thing), "{space}") && !CONTAINS(STR(?thing), "#")) }} '
        "ORDER BY STR(?label) STR(?thing) LIMIT 1"
    )
    return next((row["thing"].value for row in rows(store, text)), "")


def _word(store: Store, base: str, iri: str, param: Parameter) -> str:
    """Give a thing's name where it means that thing alone, else its kind and key."""
    name = labels(store, [iri], LANGUAGES[0])[iri]
    try:
        alone = find(store, base, name, "" if param.type == "thing" else param.type) == iri
    except NotFound:
        alone = False
    return name if alone else short(iri)


def template() -> str:
    """Give a question to begin one's own with; it runs as it stands."""
    used = ("dcterms", "org", "prov", "rdfs", "skos")
    lines = "\n".join(f"PREFIX {prefix + ':':<8} <{VOCABULARIES[prefix]}>" for prefix in used)
    return _TEMPLATE.replace("@PREFIXES@", lines)


def begin(path: Path) -> Path:
    """Write the question to begin one's own with.

    Args:
        path: the file; `.rq` is added where it does not end so.

    Returns:
        The file.

    Raises:
        OutputError: where it cannot be written.
        QueryError: where there is a file of that name already.
    """
    file = path if path.suffix == ".rq" else path.with_name(f"{path.name}.rq")
    try:
        # 'x' opens nothing that is there already, not even a link that leads nowhere.
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(template())
    except FileExistsError:
        raise QueryError(f"{shown(file)}: there is such a file already; name another") from None
    except OSError as error:
        raise OutputError(f"{shown(file)}: cannot be written: {error.strerror}") from None
    return file
