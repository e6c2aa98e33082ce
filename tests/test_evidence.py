"""Evidence: each rule by a planted fault, on the invented ecosystem; and Stockholm by its documents."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, benchmark

from kg import cells, claims, evidence, ontology, reader, sources, tables, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.evidence import Evidence
    from kg.tables import Folder

SHARED = ROOT.parent / "shared"
DOCUMENTS = [SHARED / "seeds", SHARED / "realdata" / "ror"]
Texts = dict[str, list[str]]


@cache
def harbour() -> Folder:
    """Read the invented ecosystem."""
    return cells.load(HARBOUR, ontology.load())


@cache
def stockholm() -> Folder:
    """Read Stockholm's tables."""
    return cells.load(STOCKHOLM, ontology.load())


def letters() -> Texts:
    """Give the texts of the invented ecosystem."""
    return sources.find_texts(HARBOUR, harbour().of("sources"))


def documents() -> Texts:
    """Give the documents that Stockholm's rows cite."""
    if not all(folder.is_dir() for folder in DOCUMENTS):
        pytest.skip("the documents that Stockholm's rows cite are not beside the repository")
    texts: Texts = {}
    for folder in DOCUMENTS:
        texts |= sources.find_texts(folder, stockholm().of("sources"))
    return texts


def changed(table: str, line: int, **columns: str) -> Folder:
    """Give the invented ecosystem with other cells in one row."""
    folder = harbour()
    rows = [replace(row, cells=row.cells | columns) if row.line == line else row for row in folder.of(table)]
    return replace(folder, rows=folder.rows | {table: rows})


def examined(folder: Folder, texts: Mapping[str, list[str]]) -> Evidence:
    """Examine a folder."""
    return evidence.examine(folder, ontology.load(), texts)


def wrong(folder: Folder, texts: Texts | None = None) -> list[str]:
    """Give what is wrong in a folder that is otherwise the invented ecosystem."""
    found = examined(folder, texts or letters()).problems
    return [f"{p.severity}: {p}".replace(f"{p.path}:", "") for p in found]


def test_invented_ecosystem_by_its_documents() -> None:
    """The rows of the invented ecosystem say what their lines say, and nothing is unverified."""
    found = examined(harbour(), letters())
    assert found.problems == []
    assert found.unverified == {}


@pytest.mark.parametrize(
    ("table", "line", "columns", "expected"),
    [
        (
            "memberships",
            4,
            {"member": "harbour-university"},
            "neither 'Universitetet i Hamn' nor another name of it stands in report:3",
        ),
        (
            "memberships",
            4,
            {"organisation": "tide"},
            "neither 'Tide Programme' nor another name of it stands",
        ),
        ("memberships", 4, {"role": "funder"}, "no word for the role 'funder' stands in report:3"),
        ("memberships", 4, {"start": "2016-04"}, "the start 2016-04 does not stand in report:3"),
        ("memberships", 4, {"end": "2019"}, "the end 2019 does not stand in report:3"),
        ("memberships", 4, {"sources": "report:4"}, "neither 'Båtbolaget AB' nor another name of it stands"),
        ("memberships", 6, {"through": "harbour-director"}, "neither 'Hamndirektör' nor another name of it"),
        ("holders", 2, {"post": "harbour-director", "sources": "report:4"}, "neither 'Ada Lind' nor another"),
        ("goals", 2, {"of": "sea-lab"}, "neither 'Sea Lab' nor another name of it stands in report:5"),
        ("goals", 2, {"target_year": "2031"}, "the target year 2031 does not stand in report:5"),
        ("goals", 2, {"name_en": "Open doors"}, "name_en 'Open doors' does not stand in report:5"),
        ("goals", 2, {"type": "vision"}, "no word for the type 'vision' stands in report:5"),
        ("events", 2, {"by": "boat-company"}, "neither 'Båtbolaget AB' nor another name of it stands"),
        ("events", 2, {"attested": "2019-06-15"}, "the attested 2019-06-15 does not stand in report:7"),
        ("events", 2, {"type": "launch"}, "no word for the type 'launch' stands in report:7"),
        ("periods", 2, {"thing": "tide"}, "neither 'Tide Programme' nor another name of it stands"),
        ("periods", 2, {"end": "2021-06-29"}, "the end 2021-06-29 does not stand in report:1, report:7"),
        ("names", 3, {"name": "Roddarna AB"}, "the name 'Roddarna AB' does not stand in letter:5"),
        ("names", 3, {"thing": "tide"}, "nothing that shows 'Seglarna AB' to be a name of 'tide' stands"),
        ("identifiers", 2, {"sources": "letter:4"}, "neither 'Universitetet i Hamn' nor another name of it"),
        ("statements", 3, {"sources": "report:7"}, "neither 'Old Quay' nor another name of it stands"),
        ("statements", 4, {"object": "inno:Network"}, "no word for 'inno:Network' stands in report:7"),
        ("statements", 5, {"attested": "2017"}, "the attested 2017 does not stand in report:8"),
        ("organisations", 3, {"kind": "university"}, "no word for the kind 'university' stands in report:3"),
        ("organisations", 3, {"name_sv": "Rederiet AB"}, "name_sv 'Rederiet AB' does not stand in report:3"),
        ("initiatives", 2, {"type": "project"}, "a word for another type, but none for 'project', stands"),
        ("people", 2, {"name": "Eva Lund"}, "neither 'Eva Lund' nor another name of it stands in letter:4"),
        ("solutions", 2, {"output_of": "sea-lab"}, "neither 'Sea Lab' nor another name of it stands"),
        ("units", 2, {"unit_of": "boat-company"}, "neither 'Båtbolaget AB' nor another name of it stands"),
        ("mentions", 3, {"lines": "8,9"}, "'The town' does not stand in line 9 of 'report'"),
        ("mentions", 3, {"thing": "sea-lab"}, "neither 'Harbour Town' nor another name of it stands"),
    ],
)
def test_a_planted_fault(table: str, line: int, columns: dict[str, str], expected: str) -> None:
    """What stands in none of the lines that a row cites is a violation."""
    assert any(p.startswith("violation: ") and expected in p for p in wrong(changed(table, line, **columns)))


def test_a_passage_that_says_only_half() -> None:
    """What stands in some passages of a row, but not in all, is a warning."""
    text = "3: neither 'Sea Lab' nor another name of it stands in report:8"
    found = wrong(changed("memberships", 3, sources="report:1,8; letter:1"))
    assert f"warning: {text}, though each passage supports the whole row" in found


def test_a_document_attests_at_its_own_date() -> None:
    """A moment is attested by the date of its document, but nothing begins by it."""
    assert wrong(changed("memberships", 3, attested="2018")) == []
    assert wrong(changed("memberships", 3, start="2018")) == [
        "violation: 3: the start 2018 does not stand in report:1, letter:1"
    ]


def test_a_mention_that_no_row_needs() -> None:
    """Each use of a mention is counted, and one without a use is a warning."""
    uses = examined(harbour(), letters()).uses
    assert {row["wording"]: uses[row] for row in harbour().of("mentions")} == {
        "The town": 1,
        "the town": 1,
        "Havslabbet": 1,
    }
    found = wrong(changed("mentions", 2, wording="Hamnstaden", thing="harbour-town"))
    assert any(p.startswith("warning: 2: no row needs 'Hamnstaden' for 'harbour-town'") for p in found)


def test_a_name_within_a_longer_one() -> None:
    """'Sea Lab Annex' does not say 'Sea Lab', where both are known."""
    texts = letters()
    texts["report"][2] = texts["report"][2].replace("Sea Lab", "Sea Lab Annex")
    assert wrong(harbour(), texts) == []
    found = wrong(changed("places", 2, name_en="Sea Lab Annex", sources="report:3"), texts)
    assert "violation: 4: neither 'Sea Lab' nor another name of it stands in report:3" in found


def test_two_things_of_one_name() -> None:
    """A name that two things bear is a warning, since a line that says it can mean either."""
    found = wrong(changed("solutions", 2, name_en="Sea Lab", sources="report:2", output_of="sea-lab"))
    assert found == ["warning: 2: 'Sea Lab' is the name of another thing too (initiatives.csv, line 2)"]


def test_a_reason_for_what_is_stated() -> None:
    """A row that says 'stated' and gives a reason contradicts itself."""
    text = "is stated and yet has a reason; what has to be inferred is implied"
    assert wrong(changed("memberships", 2, reason="It seems so.")) == [f"warning: 2: {text}"]


def test_a_text_that_is_not_at_hand() -> None:
    """Rows that cite a missing text are counted, and what it may say is no violation."""
    texts = letters()
    del texts["letter"]
    found = examined(harbour(), texts)
    citing = [row for row in harbour().facts if "letter:" in row["sources"]]
    assert found.unverified == {"letter": len(citing)}
    assert not {(row.path, row.line) for row in citing} & {(p.path, p.line) for p in found.problems}
    assert examined(harbour(), {}).problems == []


SURVEY = [
    "Like 77% of all towns asked, 24% less, Harbour Town has an explicit innovation strategy.",
    "Most common activities",
    "1. 1",
    "Taking risks or testing new ideas",
    "2. 2",
    "Data-driven analytics/public data management",
    "Harbour Town has 974,073 people.",
]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"answer": "yes", "sources": "report:1"}, ""),
        ({"answer": "no", "sources": "report:1"}, "no word for the answer 'no' stands in report:1"),
        ({"answer": "yes", "sources": "report:4"}, "neither 'Explicit innovation strategy' nor another name"),
        ({"answer": "yes", "wave": "2020", "sources": "report:1"}, "the wave 2020 is not the document's"),
        (
            {"answer": "yes", "respondent": "boat-company", "sources": "report:1"},
            "neither 'Båtbolaget AB' nor",
        ),
        ({"respondent": "all-towns", "share": "24", "sources": "report:1"}, ""),
        (
            {"respondent": "all-towns", "share": "77", "sources": "report:1"},
            "the share 77 does not stand with 'Explicit innovation strategy' in report:1",
        ),
        ({"item": "activity-data-driven-analytics", "rank": "2", "sources": "report:2-6"}, ""),
        (
            {"item": "activity-data-driven-analytics", "rank": "1", "sources": "report:2-6"},
            "the rank 1 does not",
        ),
        ({"item": "activity-taking-risks", "rank": "1", "sources": "report:2-4"}, ""),
        ({"item": "activity-taking-risks", "rank": "1", "sources": "report:2-6"}, "neither 'Taking risks or"),
        (
            {
                "item": "explicit-strategy",
                "number": "1",
                "unit": "people",
                "sources": "report:1",
                "certainty": "stated",
            },
            "no word for the unit 'people' stands in report:1",
        ),
        (
            {"number": "24", "unit": "people", "bound": "about", "sources": "report:1"},
            "no word for the bound 'about' stands in report:1",
        ),
        (
            {"answer": "yes", "reference_year": "2019", "sources": "report:1"},
            "the reference year 2019 does not",
        ),
    ],
)
def test_an_observation(columns: dict[str, str], expected: str) -> None:
    """An option, its value, the wave and who answered have to stand in an observation's lines."""
    row = {"answer": "", "wave": "2018", "item": "explicit-strategy", "reason": "", **columns}
    texts = {**letters(), "report": SURVEY}
    folder = changed("observations", 2, **row)
    kept = replace(folder, rows={name: folder.of(name) for name in ("dataset", "sources", "organisations")})
    kept.rows["groups"], kept.rows["observations"] = folder.of("groups"), folder.of("observations")[:1]
    problems = [str(p) for p in examined(kept, texts).problems if "observations.csv" in p.path]
    assert any(expected in problem for problem in problems) if expected else problems == []


def test_a_number_as_texts_write_it() -> None:
    """A number counts with separators of thousands, and not as a part of a longer one."""
    found = wording.numbers("974,073 (2017), 1 000, 3.5 and x7")
    assert [number for _, number in found] == ["974073", "2017", "1000", "3.5"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Stockholms universitet", "STOCKHOLMS UNIVERSITETS", True),
        ("innovationsdirektör", "genom innovationsdirektören", True),
        ("KTH", "KTH:s", True),
        ("KTH", "KTHB", False),
        ("No", "does not", False),
        ("Tide", "Tideway", False),
    ],
)
def test_a_name_stands_in_its_forms(name: str, text: str, found: bool) -> None:  # noqa: FBT001
    """A name stands in any case, genitive and definite form, but never inside another word."""
    assert wording.stands(name, text) is found


def test_stockholm_by_its_documents() -> None:
    """Every row's words stand in its lines, every mention is true and needed, and all are verified."""
    texts = documents()
    found = examined(stockholm(), texts)
    assert [str(problem) for problem in found.problems] == []
    assert found.unverified == {}
    assert min(found.uses.values()) >= 1


def test_stockholm_without_the_register() -> None:
    """With one document missing nothing is called wrong that it may say."""
    texts = documents()
    del texts["ror-sweden"]
    found = examined(stockholm(), texts)
    assert [str(p) for p in found.problems if p.severity == "violation"] == []
    assert found.unverified == {
        "ror-sweden": len([row for row in stockholm().facts if "ror-sweden:" in row["sources"]])
    }


def test_stockholm_is_examined_at_once() -> None:
    """The evidence of Stockholm is examined in less than half a second of processor time."""
    texts = documents()
    examined(stockholm(), texts)
    began = time.process_time()
    examined(stockholm(), texts)
    assert time.process_time() - began < 0.5


@pytest.mark.slow
def test_random_damages_are_caught(capsys: pytest.CaptureFixture[str]) -> None:
    """Of 40 random single damages to Stockholm's tables, nineteen in twenty are caught."""
    documents()
    code = benchmark("mutations").main([*map(str, DOCUMENTS), "--number", "40"])
    assert code == 0, capsys.readouterr().out


def test_every_rule_speaks_plainly() -> None:
    """What claims lack reads as the beginning of a sentence that ends with the cited lines."""
    known = reader.reader(harbour(), ontology.load(), letters())
    lacks = [
        claim.lack
        for table in tables.description()
        for row in harbour().of(table.name)
        if table.is_fact
        for claim in claims.claims(row, table, known)
    ]
    assert lacks
    assert all(lack.endswith(("stand", "stands", "Explicit innovation strategy'")) for lack in lacks)
