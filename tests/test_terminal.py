"""The module `terminal`: text that people read, and that cannot steer their terminal."""

from __future__ import annotations

import pytest
from conftest import HARBOUR, ROOT, loaded
from hypothesis import given
from hypothesis import strategies as st

from kg import names, queries, terminal
from kg.profile import Fact, Profile, profile
from kg.results import Table

HOSTILE = [
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m",
    "a\rb",
    "a\x08b",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "a\u2028b",
    "\x7f\x00",
    "tab\there",
]


def harmless(text: str) -> bool:
    """Say whether nothing in a text steers a terminal."""
    return not any(
        (ord(char) < 32 and char != "\n")
        or 127 <= ord(char) < 160
        or char in "\u202d\u202e\u2066\u2069\u2028"
        for char in text
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_text_cannot_steer_the_terminal(text: str) -> None:
    """Control characters and marks of direction are shown as what they are: nothing to obey."""
    assert harmless(terminal.plain(text))
    assert harmless(terminal.table(Table(["a", text], [[text, "x"]])))
    made = Fact(text, False, text, "", text, (text,), "implied", text, ("report:1",))  # noqa: FBT003
    found = Profile("https://example.org/x", text, {"altLabel": [(text, "en")]}, text, ("report:1",), [made])
    assert harmless(terminal.profile(found, {"report": [text]}))


@given(st.text())
def test_no_text_can(text: str) -> None:
    """Any text at all is harmless."""
    assert harmless(terminal.plain(text))
    assert harmless(terminal.table(Table(["x"], [[text]])))


@pytest.mark.parametrize(
    "text", ["[bold red]x[/]", "[link=https://host.example]x[/link]", "[/]", ":smile:", "[[x]]"]
)
def test_nothing_is_markup(text: str) -> None:
    """What looks like markup is text, in a cell and in a head."""
    assert text in terminal.table(Table([text], [["x"]]))
    assert text in terminal.table(Table(["x"], [[text]]))
    assert text in terminal.profile(Profile("https://example.org/x", text, {}, "", (), []), {})


def test_a_table() -> None:
    """Heads are words, rows are counted, columns without anything are left out."""
    drawn = terminal.table(
        Table(["partner", "earliestStart", "none"], [["KTH", "2015", ""], ["Södertörn", "", ""]])
    )
    lines = drawn.splitlines()
    assert lines[0].split() == ["partner", "earliest", "start"]
    assert "KTH" in drawn
    assert "none" not in drawn
    assert lines[-1] == "2 rows"
    assert terminal.table(Table(["a"], [["x"]])).endswith("\n\n1 row\n")
    assert terminal.table(Table(["a"], [])).endswith("\n\n0 rows\n")


def test_a_table_too_wide_is_written_as_records() -> None:
    """Where the columns do not fit, each row is lines of name and value, and no word is lost."""
    wide = Table([f"column{n}" for n in range(12)], [[f"value-{n}" for n in range(12)]])
    drawn = terminal.table(wide, width=40)
    assert all(len(line) <= 40 for line in drawn.splitlines())
    for n in range(12):
        assert f"value-{n}" in drawn
    assert "column0" in drawn


@pytest.mark.parametrize("width", [1, 20, 80, 200])
def test_every_value_is_shown_in_any_width(width: int) -> None:
    """However narrow the terminal, nothing is cut off."""
    drawn = terminal.table(Table(["name", "year"], [["Innovationsplattform", "2015"]]), width=width)
    assert "Innovationsplattform" in drawn.replace("\n", "")
    assert "2015" in drawn


def harbour_profile(name: str, texts: dict[str, list[str]]) -> str:
    """Give the profile of a thing of the invented ecosystem as text."""
    store = loaded(HARBOUR)
    return terminal.profile(profile(store, names.find(store, store.base, name), "en"), texts)


def test_a_profile() -> None:
    """A profile has name, IRI, kind, then each link with its dates and lines."""
    lines = harbour_profile("boat-company", {}).splitlines()
    assert lines[:2] == ["Båtbolaget AB", "https://example.org/harbour/organisation/boat-company"]
    assert "  kind:          company" in lines
    assert "  also written:  Båtbolagt AB" in lines
    place = lines.index("  partner → Sea Lab (2016-03–2018)")
    assert lines[place + 1] == "      report:3"
    assert any(line.startswith("Links from it (") for line in lines)


def test_with_the_texts_the_cited_lines_are_shown() -> None:
    """The sentences come from the reader's own copies, and only those that are there."""
    report = (HARBOUR / "report.txt").read_text(encoding="utf-8").split("\n")
    shown = harbour_profile("Sea Lab", {"report": report})
    assert f"      | 1: {report[0]}" in shown
    assert "| 3: Universitetet" not in shown
    assert "      | " not in harbour_profile("Sea Lab", {})


def test_a_citation_past_the_end_shows_nothing() -> None:
    """Texts that are shorter than the citations are no failure."""
    assert "      | 1: one" in harbour_profile("Sea Lab", {"report": ["one"]})


def test_answers_stand_apart() -> None:
    """Survey answers have a heading of their own, behind the links."""
    shown = harbour_profile("Harbour Town", {})
    assert shown.index("Links from it") < shown.index("Survey answers (2)")
    assert "  Explicit innovation strategy → Yes (Survey wave 2018, implied)" in shown


def test_the_listing() -> None:
    """Questions are listed by group, each with its summary."""
    library = queries.library(ROOT / "queries")
    shown = terminal.listing(library)
    for name, query in library.items():
        assert f"  {name} " in shown
        assert query.summary in shown
    places = [shown.index(f"{group.capitalize()}\n") for group in queries.GROUPS]
    assert places == sorted(places)
    assert terminal.listing({}).startswith("kg queries NAME")


def test_the_listing_in_swedish() -> None:
    """Groups and questions are listed in Swedish, what has no Swedish in English, in the same order."""
    library = queries.library(ROOT / "queries")
    own = queries.parse("mine", "#+ summary: Who\n#+ tags: [my own]\nASK {}", "mine.rq")
    shown = terminal.listing({**library, "mine": own}, "sv")
    for query in library.values():
        assert f"{query.summaries['sv']}\n" in shown
        assert f"{query.summary}\n" not in shown
    assert "My own\n  mine                       Who\n" in shown
    places = [shown.index(f"{queries.group_names(group)['sv']}\n") for group in queries.GROUPS]
    assert places == sorted(places)
    assert terminal.listing({}, "sv").startswith("kg queries NAMN")


def test_an_explanation() -> None:
    """A question is explained with its parameters, their defaults, an example, and its text."""
    library = queries.library(ROOT / "queries")
    shown = terminal.explanation(library["organisation-partners"])
    assert "--organisation (organisation): The organisation whose partners are asked for." in shown
    assert "default <https://w3id.org/innovation-kg/id/organisation/kth>" in shown
    assert "      the name, alias, key or IRI of an organisation" in shown
    assert "kg query organisation-partners --organisation organisation:kth" in shown
    assert "SELECT ?partner" in shown
    assert "#+" not in shown


def test_an_explanation_in_swedish() -> None:
    """All of it but the names that are typed and the SPARQL is Swedish."""
    query = queries.library(ROOT / "queries")["organisation-partners"]
    shown = terminal.explanation(query, language="sv").partition("\nSPARQL\n")[0]
    assert query.summaries["sv"] in shown
    assert query.descriptions["sv"].splitlines()[-1] in shown
    assert "--organisation (organisation): Organisationen vars partner frågan gäller." in shown
    assert "IRI för en organisation" in shown
    assert "förvalt <https://w3id.org/innovation-kg/id/organisation/kth>" in shown
    for english in ("Parameters", "default", "Example", "Ties", " the ", query.summary):
        assert english not in shown
