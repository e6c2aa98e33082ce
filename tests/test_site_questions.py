"""The pages of questions: Swedish where the page is, and marked as English where there is no Swedish."""

from __future__ import annotations

import re
from functools import cache, partial

import pytest
from conftest import STOCKHOLM, loaded
from published import Html
from sites import archipelago, site_of

from kg import ask, headers, queries
from kg.iris import expand
from kg.site import answer_words, concepts, questions
from kg.site.links import own_name
from kg.site.site import Page, Place, Site
from kg.site.term_words import TERMS

LIBRARY = ask.library()
OWN = """#+ summary: Who takes part
#+ description: A row is a member.
#+ tags: [my own]
#+ params:
#+   about: {type: text, description: A word.}
SELECT ?member ?weight WHERE { VALUES ?about { "x" } VALUES (?member ?weight) { ("Ada" 1) ("Bo" 2) } }"""


@cache
def site(name: str) -> Site:
    """Give the site of one of two data sets."""
    return site_of(archipelago() if name == "archipelago" else loaded(STOCKHOLM))


def marked(page: Html, text: str) -> list[str]:
    """Give the language of each element that says just this text, as the nearest element around it has it."""
    return [language for said, language in page.spoken if said == text]


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_a_swedish_page_asks_in_swedish(name: str) -> None:
    """Title, description, group and parameters are Swedish and marked as such; likewise in English."""
    query = LIBRARY[name]
    asked = questions.answered(site("archipelago"), query)
    made = site("archipelago").pages("question/x/", "question.html", partial(questions._shown, asked, None))
    for language, page in zip(("en", "sv"), map(read, made), strict=True):
        texts = [query.summaries, queries.group_names(query.group)]
        texts += [param.descriptions for param in query.params]
        for each in texts:
            assert set(marked(page, each[language])) == {language}, each
        assert set(marked(page, query.descriptions[language])) == {language}
        assert query.summaries["sv" if language == "en" else "en"] not in page.said


def read(page: Page) -> Html:
    """Read a page."""
    return Html(page.body.decode())


@pytest.mark.parametrize("name", ["archipelago", "stockholm"])
def test_answers_have_swedish_heads_and_values(name: str) -> None:
    """Each column of the library has a Swedish name, and each value from a question's text a Swedish word."""
    unnamed, unsaid = set(), set()
    for query in LIBRARY.values():
        for answer in questions.answered(site(name), query).answers.values():
            shown = questions._table(Place(site(name), "question/x/", "sv"), answer)
            unnamed |= {head["text"] for head in shown["columns"] if head["lang"]}
            columns = [each for each in answer.columns if f"{each}Label" not in answer.columns]
            values = {
                (column, row[column])
                for row in answer.rows
                for column in columns
                if column in answer_words.VALUES and row[column] and not str(row[column]).isdigit()
            }
            unsaid |= {(column, said) for column, said in values if said not in answer_words.VALUES[column]}
    assert unnamed == set()
    assert unsaid == set()


def test_every_column_that_is_named_is_one_of_the_library() -> None:
    """No Swedish name of a column is left behind when a question changes."""
    known = {column for query in LIBRARY.values() for column in headers.columns(query.text)}
    assert set(answer_words.COLUMNS) - known <= {"predicate"}


def test_every_value_stands_in_a_question() -> None:
    """No Swedish word of a value is left behind either."""
    texts = "".join(query.text for query in LIBRARY.values())
    written = set(re.findall(r'"([^"]*)"', texts)) | {"true", "false"}
    assert {said for words in answer_words.VALUES.values() for said in words} <= written


def test_what_is_english_alone_says_so() -> None:
    """A question without Swedish is shown in English on the Swedish page, each text marked as English."""
    asked = questions.answered(site("archipelago"), queries.parse("mine", OWN, "mine.rq"))
    made = site("archipelago").pages(
        "question/mine/", "question.html", partial(questions._shown, asked, None)
    )
    english, swedish = map(read, made)
    for text in ("Who takes part", "A row is a member.", "My own", "A word."):
        assert set(marked(english, text)) == {"en"}
        assert set(marked(swedish, text)) == {"en"}
    assert set(marked(swedish, "weight")) == {"en"}
    assert set(marked(swedish, "medlem")) == {"sv"}
    index = questions._index(Place(site("archipelago"), "question/", "sv"), {"mine": asked.query})
    assert index["groups"][0]["name"] == {"text": "My own", "lang": "en"}
    assert index["groups"][0]["questions"][0]["summary"] == {"text": "Who takes part", "lang": "en"}


def test_a_cell_says_its_language() -> None:
    """What the graph says in English alone is marked so; a name that it has in Swedish is not."""
    asked = questions.answered(site("stockholm"), LIBRARY["implied-facts"])
    here = Place(site("stockholm"), "question/implied-facts/", "sv")
    table = questions._table(here, asked.answers["sv"])
    reason = [head["text"] for head in table["columns"]].index("skäl")
    assert {row[reason]["lang"] for row in table["rows"]} == {"en"}
    subjects = {row[0]["text"]: row[0]["lang"] for row in table["rows"]}
    assert subjects["Stockholms stad"] == ""
    english = questions._table(Place(here.site, here.folder, "en"), asked.answers["en"])
    assert {row[reason]["lang"] for row in english["rows"]} == {""}


def test_the_list_of_questions_is_swedish() -> None:
    """Groups come in their order with their Swedish names, each question by its Swedish summary."""
    (_, page) = map(
        read,
        site("archipelago").pages(
            "question/", "questions.html", lambda here: questions._index(here, LIBRARY)
        ),
    )
    for query in LIBRARY.values():
        assert marked(page, query.summaries["sv"]) == ["sv"]
    heads = [queries.group_names(group)["sv"] for group in queries.GROUPS]
    assert [text for text, _ in page.spoken if text in heads][-len(heads) :] == heads


def test_a_concepts_page_says_each_text_once() -> None:
    """What a concept has in both languages stands on each page in the page's own."""
    made = {
        page.path: page.body.decode()
        for page in concepts.pages(site("stockholm"))
        if "structure/rank/" in page.path
    }
    assert "Kuber med ranger" in made["concept/structure/rank/index.sv.html"]
    assert "Cubes of ranks" not in made["concept/structure/rank/index.sv.html"]
    assert "Cubes of ranks" in made["concept/structure/rank/index.html"]
    assert "Kuber med ranger" not in made["concept/structure/rank/index.html"]


def test_terms_of_other_vocabularies_have_swedish_names() -> None:
    """Each is a term that there is, and is named so where the graph has no label."""
    assert {own_name(expand(term), "sv") for term in TERMS} == set(TERMS.values())
    here = Place(site("stockholm"), "dataset/", "sv")
    assert here.name(expand("rdfs:subClassOf")) == "underklass till"
    assert Place(here.site, here.folder, "en").name(expand("rdfs:subClassOf")) == "sub class of"
