"""The module `profile`: all that the graph says of one thing."""

from __future__ import annotations

import pytest
from conftest import HARBOUR, STOCKHOLM, loaded

from kg import names
from kg.profile import Fact, Profile, interval, profile

HARBOUR_STORE = loaded(HARBOUR)


def of(name: str, language: str = "en") -> Profile:
    """Give the profile of a thing of the invented ecosystem."""
    return profile(HARBOUR_STORE, names.find(HARBOUR_STORE, HARBOUR_STORE.base, name), language)


def fact(found: Profile, relation: str, other: str) -> Fact:
    """Give the fact of a relation with another thing."""
    facts = [each for each in found.facts if (each.relation, each.other) == (relation, other)]
    assert len(facts) == 1, [(each.relation, each.other) for each in found.facts]
    return facts[0]


def test_an_organisation() -> None:
    """An organisation's roles with interval and lines, its names, numbers and kind."""
    found = of("boat-company")
    assert found.title == "Båtbolaget AB"
    assert ("company", "") in found.about["classification"]
    assert found.about["hiddenLabel"] == [("Båtbolagt AB", "sv")]
    assert found.citations == ("report:3",)
    partner = fact(found, "partner", "Sea Lab")
    assert (partner.when, partner.inverse, partner.citations) == ("2016-03–2018", False, ("report:3",))
    assert partner.iri.endswith("initiative/sea-lab")
    former = fact(found, "other name", "Seglarna AB")
    assert former.when == "until 2012"


def test_an_initiative() -> None:
    """An initiative's own interval, and who takes part in it."""
    found = of("Sea Lab", "sv")
    assert found.when == "2015–2021-06-30"
    lead = fact(found, "ledare", "Hamnstaden")
    assert (lead.inverse, lead.citations) == (True, ("letter:1", "report:1"))
    event = fact(found, "rör", "The town decides to extend the Sea Lab")
    assert event.when == "in 2019-05"


def test_through_whom() -> None:
    """A seat is shown with the post through which it is held, on both sides and at the post."""
    seat = fact(of("Tide Programme"), "board member", "Harbour Town")
    assert seat.through == ("Harbour master",)
    assert fact(of("harbour-master"), "board member", "Tide Programme").citations == ("report:4",)


def test_a_person_and_a_post() -> None:
    """A person's post, and a post's holder and whom it reports to."""
    held = fact(of("Ada Lind"), "Harbour master", "Harbour Town")
    assert held.citations == ("letter:4",)
    post = of("Harbour master")
    assert fact(post, "Harbour master", "Ada Lind").inverse
    assert not fact(post, "reports to", "Hamndirektör").inverse
    assert ("Harbour Town", "") in post.about["postIn"]


def test_a_goal_and_a_place() -> None:
    """A goal with its year and owner, a place with what is located there."""
    goal = of("clean-water")
    assert goal.about["targetYear"] == [("2030", "")]
    assert fact(goal, "has goal", "Tide Programme").inverse
    assert fact(of("Old Quay"), "located in", "Sea office").inverse


def test_a_source() -> None:
    """A source with its publisher and date."""
    found = of("report")
    assert found.title == "Report on the sea"
    assert found.about["publisher"] == [("Harbour Town", "")]
    assert found.about["date"] == [("2018", "")]


def test_a_concept() -> None:
    """A concept with its meaning in the language asked for, and the things that use it."""
    found = of("method:design-thinking", "sv")
    assert [language for _, language in found.about["definition"]] == ["sv"]
    assert fact(found, "använder", "Tide Programme").reason == "Invented."


def test_survey_answers() -> None:
    """Whoever answered has its answers, with wave and lines, apart from its links; so has an indicator."""
    answers = [each for each in of("Harbour Town").facts if each.answer]
    assert [(each.relation, each.other, each.when, each.citations) for each in answers] == [
        ("Explicit innovation strategy", "Yes", "Survey wave 2018", ("report:4",)),
        ("Explicit innovation strategy", "No", "Survey wave 2020", ("report:5",)),
    ]
    shares = [each for each in of("All towns asked").facts if each.answer]
    assert [each.other for each in shares] == ["44 per cent"]
    asked = [each.relation for each in of("indicator:explicit-strategy").facts if each.answer]
    assert sorted(asked) == ["All towns asked", "Harbour Town", "Harbour Town"]


def test_ranks_and_numbers() -> None:
    """A rank is called one, a number stands as it is."""
    store = loaded(STOCKHOLM)
    found = profile(store, names.find(store, store.base, "City of Stockholm"), "en")
    answers = {(each.relation, each.when): each.other for each in found.facts if each.answer}
    assert answers["Population", "Survey wave 2020"] == "974073"
    assert answers["Taking risks or testing new ideas", "Survey wave 2018"] == "rank 1"


def test_implied_facts_say_why() -> None:
    """What a careful reader inferred bears its certainty and reason."""
    uses = fact(of("tide"), "uses", "design thinking")
    assert (uses.certainty, uses.reason) == ("implied", "Invented.")


@pytest.mark.parametrize(
    ("start", "end", "attested", "written"),
    [
        ("", "", "", ""),
        ("2015", "", "", "from 2015"),
        ("", "2012", "", "until 2012"),
        ("", "", "2018", "in 2018"),
        ("2015", "2018", "", "2015–2018"),
        ("2019-05", "2019-05", "", "in 2019-05"),
        ("2015", "", "2018", "from 2015, in 2018"),
    ],
)
def test_intervals_as_people_write_them(start: str, end: str, attested: str, written: str) -> None:
    """An unknown end is left open; what began and ended in one moment is that moment."""
    assert interval(start, end, attested) == written
