"""The module `headers`: what a question file tells of itself, and what is wrong in it."""

from __future__ import annotations

import pytest
from conftest import ROOT

from kg import headers, queries
from kg.errors import InvalidData

WRONG = {
    "unknown key": ("#+ summary: a\n#+ sumary: b\n", 2, "did you mean 'summary'"),
    "not YAML": ("#+ summary: a\n#+ tags: [a\nASK {}", 2, "the header is not YAML"),
    "no map": ("#+ just words\n", 1, "not a list of names and values"),
    "Python object": ("#+ summary: !!python/object/apply:os.system ['id']\n", 1, "the header is not YAML"),
    "Python name": ("#+ summary: a\n#+ tags: !!python/name:os.system\n", 2, "the header is not YAML"),
    "params no map": ("#+ summary: a\n#+ params: [a]\n", 2, "params is not a map"),
    "param without type": ("#+ params:\n#+   a: {description: b}\n", 2, "needs a type and a description"),
    "param is no map": ("#+ params:\n#+   a: text\n", 2, "needs a type and a description"),
    "unknown type": (
        "#+ params:\n#+   a: {type: organization, description: b}\n",
        2,
        "did you mean 'organisation'",
    ),
    "no place": ("#+ params:\n#+   a: {type: text, description: b}\nASK {}", 2, "has no VALUES in the text"),
    "bad name": ("#+ params:\n#+   a (b: {type: text, description: b}\nASK {}", 2, "is not a name"),
    "two places": (
        "#+ params:\n#+   a: {type: text, description: b}\nASK { VALUES ?a { 1 } VALUES ?a { 1 } }",
        2,
        "more than one VALUES",
    ),
    "behind a blank line": ("\n\n#+ summary: a\n#+ tgs: [a]\n", 4, "did you mean 'tags'"),
    "tags no list": ("#+ summary: a\n#+ tags: 3\n", 2, "tags is not a list"),
    "unknown key with a language": ("#+ summary: a\n#+ sumary-sv: b\n", 2, "did you mean 'summary-sv'"),
    "unknown key of another": ("#+ summary: a\n#+ desription-fi: b\n", 2, "did you mean 'description-fi'"),
    "no language tag": ("#+ summary: a\n#+ summary-svenska: b\n", 2, "did you mean 'summary-sv'"),
    "English has no tag": ("#+ summary-en: a\n", 1, "did you mean 'summary'"),
    "tags have no language": ("#+ tags-sv: [a]\n", 1, "did you mean 'tags'"),
    "translation no text": ("#+ summary: a\n#+ description-sv: [b]\n", 2, "description-sv is not a text"),
    "a name that ends another": ("#+ summary: a\n#+ params:\n#+   y: text\n", 3, "needs a type and a desc"),
    "description empty": ("#+ params:\n#+   a: {type: text, description: }\n", 2, "needs a type and a desc"),
    "description a list": ("#+ params:\n#+   a: {type: text, description: [b]}\n", 2, "is not a text"),
    "tags of lists": ("#+ tags: [a, [b]]\n", 1, "tags is not a list of words"),
    "a key twice": ("#+ summary: a\n#+ tags: [a]\n#+ summary: b\n", 3, "'summary' stands there already"),
    "a parameter twice": (
        "#+ params:\n#+   a: {type: text, description: b}\n#+   a: {type: text, description: b}\n",
        3,
        "'a' stands there already",
    ),
    "an alias": ("#+ summary: a\n#+ tags: [&a b, *a]\n", 2, "an alias (*a) has no place"),
    "lists of lists of aliases": (
        "#+ tags:\n#+  - &a [x, x]\n#+  - &b [*a, *a]\n#+  - [*b, *b]\n",
        3,
        "an alias",
    ),
    "lists in lists": (
        "#+ summary: a\n#+ tags: " + "[" * 30_000 + "]" * 30_000,
        2,
        "too many lists in lists",
    ),
    "maps in maps": ("#+ summary: a\n#+ tags: " + "{a: " * 30_000, 2, "too many lists in lists"),
    "unknown part of a parameter": (
        "#+ params:\n#+   a: {type: text, description: b, descripton-sv: c}\n",
        2,
        "did you mean 'description-sv'",
    ),
    "a comma in a translation": (
        "#+ params:\n#+   a: {type: text, description: b, description-sv: c, d}\n",
        2,
        "unknown part 'd'; quote a text with a comma",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_header_names_file_and_line(name: str) -> None:
    """What is wrong in a header is told with the file, the line and what would be right."""
    text, line, message = WRONG[name]
    with pytest.raises(InvalidData) as caught:
        headers.read(text, "queries/q.rq")
    found = str(caught.value)
    assert found.startswith(f"queries/q.rq:{line}: "), found
    assert message in found
    assert "\n" not in found


EDGES = """#+ summary: Ties
#+ params:
#+   organisation: {type: organisation, description: Who.}
#+ edges: [partner initiative, organisation initiative]
SELECT ?partner (STR(?x) AS ?name) ?initiative WHERE {
  VALUES ?organisation { <https://example.org/a> }
  ?partner ?initiative ?x, ?organisation
}"""


def test_edges_are_pairs_of_columns_or_parameters() -> None:
    """A header's `edges` names columns of the SELECT, and variables of parameters."""
    made = headers.read(EDGES, "ties.rq")
    assert made["edges"] == (("partner", "initiative"), ("organisation", "initiative"))
    assert headers.read("ASK {}", "plain.rq")["edges"] == ()


@pytest.mark.parametrize(
    ("edges", "message"),
    [
        (
            "[partner initiativ]",
            "ties.rq:4: edge 'partner initiativ' has no column 'initiativ'; did you mean",
        ),
        ("[partner x]", "no column 'x'"),
        ("[partner]", "is not a pair of columns"),
        ("[[partner, initiative]]", "is not a pair of columns"),
        ("[partner initiative name]", "is not a pair of columns"),
        ("partner initiative", "edges is not a list"),
    ],
)
def test_edges_of_nothing_are_refused(edges: str, message: str) -> None:
    """What is no pair, or names no column, is told by file and line."""
    text = EDGES.replace("[partner initiative, organisation initiative]", edges)
    with pytest.raises(InvalidData) as caught:
        headers.read(text, "ties.rq")
    assert message in str(caught.value)


def test_a_comma_outside_quotes_is_no_part_of_a_parameter() -> None:
    """A description that YAML cuts at its comma is refused, not shortened."""
    text = EDGES.replace("description: Who.", "description: Who, or what.")
    with pytest.raises(InvalidData, match=r"ties\.rq:3: .*unknown part 'or what\.'; quote a text"):
        headers.read(text, "ties.rq")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT ?a $b { ?a ?b ?c }", ["a", "b"]),
        ("select distinct ?a where {}", ["a"]),
        ('SELECT (IF(?x > 1, "?no", ")") AS ?a) ?b { ?b ?x 1 }', ["a", "b"]),
        ("SELECT (COUNT(DISTINCT ?x) AS ?n) { ?y ?z ?x } # ?no", ["n"]),
        ("SELECT * { ?a <http://e/?b> ?c }", ["a", "c"]),
        ("ASK { ?a ?b ?c }", []),
    ],
)
def test_columns_are_read_from_the_text(text: str, columns: list[str]) -> None:
    """The columns of a SELECT are known before any engine has seen it."""
    assert headers.columns(text) == columns


SPOKEN = """#+ summary: Who
#+ summary-sv: Vem
#+ summary-PT-BR: Quem
#+ description: |
#+   One line.
#+ description-sv: |
#+   En rad.
#+ params:
#+   about: {type: text, description: A word., description-fi: Sana.}
#+   language: {type: language, description: The language of the labels.}
#+   since: {type: text, description: The document., description-sv: Mitt.}
SELECT ?about { VALUES ?about { "" } VALUES ?language { "en" } VALUES ?since { "" } }"""


def test_a_header_may_speak_further_languages() -> None:
    """A text with a language tag is in that language; usual parameters have their Swedish by the English."""
    made = queries.parse("who", SPOKEN, "who.rq")
    assert made.summary == "Who"
    assert made.summaries == {"en": "Who", "sv": "Vem", "pt-br": "Quem"}
    assert made.descriptions == {"en": "One line.", "sv": "En rad."}
    assert made.param("about").descriptions == {"en": "A word.", "fi": "Sana."}
    assert made.param("language").descriptions["sv"] == "Det språk som namnen visas på."
    assert made.param("since").descriptions == {"en": "The document.", "sv": "Mitt."}


def test_usual_texts_are_those_of_several_questions() -> None:
    """What is said once for all stands in several headers in English, and in none in Swedish."""
    read = queries.library(ROOT / "queries").values()
    told = [param.description for query in read for param in query.params]
    assert {text for text in headers.USUAL if told.count(text) > 1} == set(headers.USUAL)
    repeated = {text for text in told if told.count(text) > 1 and text not in headers.USUAL}
    assert repeated == set()
    for param in (param for query in read for param in query.params if param.description in headers.USUAL):
        assert param.translations == headers.USUAL[param.description]
