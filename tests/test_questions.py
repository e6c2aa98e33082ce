"""The questions: queries/*.rq, each by its answer on Stockholm and on an invented ecosystem.

The invented one, tests/archipelago, is made so that every answer is known: four helices; units three
deep; initiatives that are part of each other three steps down; intervals of every shape; one pair
of organisations that shares three initiatives (Ostholm City and Brännskär University); an actor
without whom the network falls apart (Undercurrent); two helices that share no initiative (academia
and civil society); four ties from the Cobb Shipyard to the Örnklo Foundation; a component of its own
(the Sound Centre); one method in two agreements whose parties are strangers but for one pair (the
Lantern and the Ferry Agreement); an initiative of nobody (the Quiet Harbour) and a town in no
initiative (Vassvik); successive holders of posts; an alias that two things share (Strömmen), a Swedish
name alone (Lysviks forskningsinstitut); a beginning, a seat and a status on which the sources differ.

The answers lie in tests/expected/ and are written anew by

    python -m pytest tests/test_questions.py --rewrite-expected

which is followed by reading the difference against the documents.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import time
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, assembled, loaded
from rdflib import Graph

from kg import formats, names, queries
from kg.iris import ID_BASE
from kg.profile import _PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from kg.embedded import Embedded

LIBRARY = queries.library(ROOT / "queries")
NAMES = sorted(LIBRARY)
USUAL = {
    "initiative": "Green Tide",
    "organisation": "Ostholm City",
    "place": "Archipelago",
    "source": "atlas",
    "thing": "organisation:ostholm-city",
}
"""What the archipelago is asked about, by the type of parameter, where nothing else stands below."""
ASKED: dict[str, dict[str, dict[str, str]]] = {
    "stockholm": {name: {} for name in NAMES},
    "archipelago": {
        name: {param.name: USUAL[param.type] for param in LIBRARY[name].params if param.type in USUAL}
        for name in NAMES
    }
    | {
        "actors-in-field": {"field": "systems-thinking"},
        "chains-between": {"one": "Cobb Shipyard", "other": "Ostholm City"},
        "initiative-members": {"initiative": "Green Tide", "as-of": "2017"},
        "initiatives-by-year": {"as-of": "2018-05"},
        "post-holders": {"as-of": "2018", "language": "sv"},
        "single-source-facts": {"about": "tide"},
    },
}
"""What is asked of each ecosystem: parameters by question; else the defaults."""
FOLDERS = {"stockholm": STOCKHOLM, "archipelago": ROOT / "tests" / "archipelago"}
CASES = [(data, name) for data in FOLDERS for name in NAMES]


@cache
def store(data: str) -> Embedded:
    """Give an ecosystem's store."""
    return loaded({"harbour": HARBOUR, **FOLDERS}[data])


@cache
def backwards(data: str) -> ox.Store:
    """Give an ecosystem's quads in a store that was given them the other way round."""
    made = ox.Store()
    for quad in sorted(assembled(FOLDERS[data]).quads, key=str, reverse=True):
        made.add(quad)
    return made


@cache
def rdflib_graph(data: str) -> Graph:
    """Give an ecosystem's default graph in rdflib."""
    triples = store(data).store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert triples is not None
    return Graph().parse(data=triples, format="nt")


def bound(data: str, name: str, **more: str) -> str:
    """Give a question with the parameters with which an ecosystem is asked."""
    asked = store(data)
    return queries.bind(
        LIBRARY[name],
        ASKED.get(data, {}).get(name, {}) | more,
        asked.base,
        lambda word, kind: names.find(asked, asked.base, word, kind),
    )


def answer(asked: ox.Store, text: str) -> str:
    """Give a question's answer as CSV with plain line ends."""
    found = asked.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return formats.tabular(found, "csv").replace("\r\n", "\n")


def rows(text: str) -> list[dict[str, str]]:
    """Read a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", NAMES)
def test_each_question_says_what_it_asks(name: str) -> None:
    """A header has a summary of one line, a description, a group, and a language where it picks labels."""
    query = LIBRARY[name]
    assert query.summary
    assert "\n" not in query.summary
    assert query.description.endswith(".")
    assert query.group in queries.GROUPS
    assert ("prefLabel" in query.text) == ("language" in [param.name for param in query.params])


@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_has_a_default_in_one_place(name: str) -> None:
    """Every parameter stands in the text once, as VALUES with a default."""
    query = LIBRARY[name]
    for param in query.params:
        assert len(param.places(query.text)) == 1, param.name
        assert query.default(param), param.name


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_plain_sparql(name: str) -> None:
    """A file runs as it stands, with no prefix but its own; rdflib runs it below."""
    text = LIBRARY[name].text
    ox.Store().query(text)
    declared = set(re.findall(r"^PREFIX (\w+):", text, re.MULTILINE))
    body = re.sub(r"<[^<>\s]*>|\"[^\"]*\"", "", text[text.index("SELECT") :])
    assert declared == set(re.findall(r"(?<![\w?:])([a-z]+):\w", body))


@pytest.mark.parametrize("name", NAMES)
def test_no_question_names_a_thing(name: str) -> None:
    """The only ids in a text are its parameters' defaults."""
    query = LIBRARY[name]
    defaults = " ".join(query.default(param) for param in query.params)
    for iri in re.findall(rf"<{re.escape(ID_BASE)}[^>]*>", query.text):
        assert iri in defaults


@pytest.mark.parametrize("name", NAMES)
def test_columns_come_with_their_labels(name: str) -> None:
    """`?xLabel` stands right behind `?x`, and a column that holds IRIs has one."""
    found = store("stockholm").store.query(LIBRARY[name].text)
    assert isinstance(found, ox.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    for place, column in enumerate(columns):
        if column.endswith("Label"):
            assert columns[place - 1] == column.removesuffix("Label")
    for row in found:
        for column in columns:
            if isinstance(row[column], ox.NamedNode) and column != "fact":
                assert f"{column}Label" in columns, column


@pytest.mark.parametrize(("data", "name"), CASES)
def test_answers_are_as_expected(data: str, name: str, pytestconfig: pytest.Config) -> None:
    """A question's answer is the one in tests/expected, byte for byte."""
    found = answer(store(data).store, bound(data, name))
    path = ROOT / "tests" / "expected" / data / f"{name}.csv"
    if pytestconfig.getoption("--rewrite-expected"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("data", FOLDERS)
def test_expected_answers_belong_to_questions(data: str) -> None:
    """There is no expected answer without its question."""
    folder: Path = ROOT / "tests" / "expected" / data
    assert sorted(path.stem for path in folder.iterdir()) == NAMES


@pytest.mark.parametrize(("data", "name"), CASES)
def test_answers_do_not_hang_on_the_order_of_loading(data: str, name: str) -> None:
    """An answer's bytes are the same whichever quad is loaded first."""
    text = bound(data, name)
    assert answer(backwards(data), text) == answer(store(data).store, text)


@pytest.mark.parametrize(("data", "name"), CASES)
def test_rdflib_answers_alike(data: str, name: str) -> None:
    """The engine of rdflib, on the default graph alone, gives the same rows in the same order."""
    text = bound(data, name)
    found = store(data).store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    ours = [[None if row[c] is None else row[c].value for c in columns] for row in found]
    theirs = [
        [None if row[c] is None else str(row[c]) for c in columns]  # type: ignore[index, call-overload]
        for row in rdflib_graph(data).query(text)
    ]
    assert theirs == ours


@pytest.mark.parametrize("name", [name for name in NAMES if "as-of" in str(LIBRARY[name].params)])
@pytest.mark.parametrize("moment", ["1900", "2016-04", "2022-07-01"])
def test_rdflib_answers_alike_as_of_a_date(name: str, moment: str) -> None:
    """As of a date, too, both engines agree on which facts held, and how surely; also where none did."""
    text = bound("archipelago", name, **{"as-of": moment})
    found = store("archipelago").store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    ours = [[getattr(term, "value", None) for term in row] for row in found]
    theirs = [
        [None if term is None else str(term) for term in row]  # type: ignore[union-attr]
        for row in rdflib_graph("archipelago").query(text)
    ]
    assert theirs == ours


@pytest.mark.parametrize(("data", "name"), [case for case in CASES if LIBRARY[case[1]].edges])
def test_edges_are_things_that_a_row_ties(data: str, name: str) -> None:
    """The columns of an edge hold IRIs of things or nothing, and somewhere both ends."""
    found = store(data).store.query(bound(data, name))
    assert isinstance(found, ox.QuerySolutions)
    columns = {variable.value for variable in found.variables}
    ties = 0
    for row in found:
        for pair in LIBRARY[name].edges:
            ends = [row[column] for column in pair if column in columns]
            assert all(end is None or isinstance(end, ox.NamedNode) for end in ends)
            ties += all(end is not None for end in ends)
    assert ties, f"{name} has no tie on {data}"


@pytest.mark.parametrize("name", [name for name in NAMES if "prefLabel" in LIBRARY[name].text])
def test_labels_come_in_swedish(name: str) -> None:
    """Asked in Swedish, an answer has as many rows, and its labels differ somewhere."""
    english = rows(answer(store("stockholm").store, bound("stockholm", name)))
    swedish = rows(answer(store("stockholm").store, bound("stockholm", name, language="sv")))
    assert len(english) == len(swedish)
    assert english != swedish
    for row in swedish:
        for column, value in row.items():
            assert not value or row.get(f"{column}Label", "-"), (column, row)


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_quick(name: str) -> None:
    """On Stockholm, Oxigraph needs less than 0.3 s of processor time for any question."""
    text = LIBRARY[name].text
    asked = store("stockholm").store
    taken = []
    for _ in range(3):
        began = time.process_time()
        answer(asked, text)
        taken.append(time.process_time() - began)
    assert min(taken) < 0.3


def held(name: str, moment: str, key: str, **more: str) -> dict[str, str]:
    """Give, as of a moment, what each row of a column holds on the invented ecosystem."""
    asked = {"initiative": "Sea Lab"} if name == "initiative-members" else {}
    asked |= {"organisation": "Harbour Town"} if name == "organisation-partners" else {}
    found = answer(store("harbour").store, bound("harbour", name, **asked | {"as-of": moment} | more))
    return {row[key]: row["holds"] for row in rows(found) if row[key]}


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2014", None),  # it began in 2015
        ("2015", "certainly"),
        ("2015-06", "possibly"),  # in 2015, at an unknown day
        ("2018", "certainly"),
        ("2021-06-30", "certainly"),  # its last day
        ("2021-07", None),
    ],
)
def test_an_initiative_exists_between_its_bounds(moment: str, holds: str | None) -> None:
    """The Sea Lab, of 2015 to 30 June 2021, exists certainly, possibly or not at all."""
    assert held("initiatives-by-year", moment, "initiativeLabel").get("Sea Lab") == holds


def test_an_initiative_without_dates_is_always_possible() -> None:
    """The Tide Programme, of which no source tells a date, is possible in any year."""
    assert held("initiatives-by-year", "1950", "initiativeLabel") == {"Tide Programme": "possibly"}


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2015", None),
        ("2016-03", "certainly"),
        ("2017", "certainly"),
        ("2018-05", "possibly"),
        ("2019", None),
    ],
)
def test_a_partner_is_one_between_its_bounds(moment: str, holds: str | None) -> None:
    """The boat company, a partner from March 2016 to 2018, is a member then and not otherwise."""
    assert held("initiative-members", moment, "memberLabel").get("Båtbolaget AB") == holds


def test_nobody_takes_part_in_what_has_not_begun_or_is_over() -> None:
    """A membership without dates is not possible before its initiative began, nor after its end."""
    assert held("initiative-members", "2014", "memberLabel") == {}
    assert held("initiative-members", "2022", "memberLabel") == {}
    assert held("organisation-partners", "2014", "partnerLabel") == {}


def test_an_initiative_attested_twice_existed_between() -> None:
    """Begun in 2015 and attested in 2018 and 2020, Digital Demo Stockholm existed in 2017, not in 2014."""
    found = {
        moment: {
            row["initiativeLabel"]: row["holds"]
            for row in rows(
                answer(
                    store("stockholm").store, bound("stockholm", "initiatives-by-year", **{"as-of": moment})
                )
            )
        }.get("Digital Demo Stockholm")
        for moment in ("2014", "2017", "2020", "2023")
    }
    assert found == {"2014": None, "2017": "certainly", "2020": "certainly", "2023": "possibly"}


def test_the_partner_question_needs_both_at_the_time() -> None:
    """Asked for the boat company, nobody is its partner after it left."""
    of = {"organisation": "Båtbolaget AB"}
    assert "Harbour Town" in held("organisation-partners", "2017", "partnerLabel", **of)
    assert held("organisation-partners", "2020", "partnerLabel", **of) == {}


def counted(
    data: str, name: str, moment: str, keys: tuple[str, ...]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Give, as of a moment, what a question counts for each initiative or helix and helix."""
    found = rows(answer(store(data).store, bound(data, name, **{"as-of": moment})))
    ends = [column for column in found[0] if column.endswith("Label")]
    return {tuple(row[end] for end in ends): tuple(row[key] for key in keys) for row in found}


@pytest.mark.parametrize(
    ("moment", "industry"),
    [
        ("2015", ("0", "0", "missing")),  # the boat company came in March 2016
        ("2016-04", ("1", "1", "by name")),
        ("2018-05", ("1", "0", "by name")),  # it left in 2018, at an unknown day
        ("2019", ("0", "0", "missing")),
    ],
)
def test_a_helix_is_there_while_its_actors_are(moment: str, industry: tuple[str, ...]) -> None:
    """In the Sea Lab industry is the boat company alone; academia, without dates, is only possible."""
    found = counted("harbour", "initiative-helices", moment, ("actors", "certainly", "named"))
    assert found["Sea Lab", "industry"] == industry
    assert found["Sea Lab", "academia"] == ("1", "0", "by name")


def test_helices_are_not_told_of_what_has_not_begun_or_is_over() -> None:
    """Before 2015 and after June 2021 there is the Tide Programme alone, of which no source tells a date."""
    for moment in ("2014", "2022"):
        found = counted("harbour", "initiative-helices", moment, ("actors",))
        assert {initiative for initiative, _ in found} == {"Tide Programme"}


@pytest.mark.parametrize(
    ("moment", "pair", "counts"),
    [
        # The Algae Works take part in Green Tide only from April 2015.
        ("2014", ("academia", "industry"), ("0", "0", "0", "0", "by kind only")),
        # Ostholm led Green Tide to some day of 2018, the university led it from June; in Algae Lines
        # and the Island Lab the city, in the Algae Pilot the institute may have taken part.
        ("2018", ("academia", "government"), ("4", "1", "2", "3", "by name")),
        # The university and the shipyard in the Ferry Agreement, from January 2019 for a year.
        ("2019-08", ("academia", "industry"), ("1", "1", "1", "1", "by name")),
        ("2020-02", ("academia", "industry"), ("0", "0", "0", "0", "by kind only")),
        # Only Undercurrent and the two in the Outer Forum, where nobody of academia is.
        ("2019-08", ("academia", "civil society"), ("0", "0", "0", "0", "missing")),
    ],
)
def test_helices_meet_while_actors_of_both_do(
    moment: str, pair: tuple[str, ...], counts: tuple[str, ...]
) -> None:
    """As of a date a pair of helices has the initiatives in which both may be, and those where both are."""
    keys = ("initiatives", "certainly", "actorsOne", "actorsOther", "named")
    assert counted("archipelago", "helix-pairs", moment, keys)[pair] == counts


STRANGERS = {
    ("Brännskär University", "Fyrljus"),
    ("Cobb Shipyard", "Fyrljus"),
    ("Cobb Shipyard", "Ostholm City"),
}
"""Those who never met: in the Lantern Agreement (from 2016) and the Ferry Agreement (of the year 2019)."""


@pytest.mark.parametrize(
    ("lantern", "moment", "holds"),
    [
        ("2016", "2016", None),  # the ferry comes later
        ("2016", "2019-06", "possibly"),  # whether the lantern goes on nobody tells
        ("2016", "2020-02", None),  # the ferry is over
        ("2019", "2019", "certainly"),  # both begin in that year
        ("2019", "2018", None),
    ],
)
def test_strangers_take_part_at_the_time(
    tmp_path: Path, lantern: str, moment: str, holds: str | None
) -> None:
    """As of a date both of a pair take part in their own agreement then, and never in one, at any time."""
    folder = shutil.copytree(FOLDERS["archipelago"], tmp_path / "archipelago")
    for table in ("memberships", "periods"):
        text = (folder / f"{table}.csv").read_text(encoding="utf-8")
        text = re.sub(r"(lantern-agreement,,?)2016,", rf"\g<1>{lantern},", text)
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    found = rows(answer(loaded(folder).store, bound("archipelago", "never-partnered", **{"as-of": moment})))
    pairs = {(row["oneLabel"], row["otherLabel"]): row["holds"] for row in found}
    assert pairs == (dict.fromkeys(STRANGERS, holds) if holds else {})


def test_posts_without_a_holder_then_are_still_listed() -> None:
    """A post is listed whoever held it when; without a holder there is nothing that holds."""
    found = rows(answer(store("harbour").store, bound("harbour", "post-holders", **{"as-of": "2018"})))
    assert {row["postLabel"]: row["holds"] for row in found} == {
        "Hamndirektör": "",
        "Harbour master": "possibly",
    }


def test_no_relation_of_the_graph_lacks_a_label() -> None:
    """Whatever property a statement is about has a name in English: the trust questions show it."""
    text = f"{_PREFIXES}SELECT DISTINCT ?p {{ ?s rdf:predicate ?p FILTER NOT EXISTS {{ ?p rdfs:label ?l }} }}"
    for data in FOLDERS:
        found = store(data).store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        assert list(found) == []
