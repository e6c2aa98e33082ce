"""What holds across the graph: each constraint is silent on good data and finds what breaks it.

What breaks a constraint stands in tests/broken/, an example a file: `<constraint>.txt`, or
`<constraint>.<how>.txt` where there are several. An example begins with what `kg check` says of it,
but for file and line: its constraint's message first, then what else is found there. The lines that
follow make it of the invented ecosystem, or of cube.ttl for the integrity constraints of the Data
Cube: a triple taken away (`- `) or added (`+ `), in its graph where it is not the default one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conftest import HARBOUR, ROOT, STOCKHOLM, assembled
from rdflib import Graph

from kg import constraints, graph, ontology
from kg.build import build
from kg.errors import QueryError, printable
from kg.iris import CONCEPTS, KINDS, VOCABULARIES, rebase

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import Problem
    from kg.tables import Row

BASE = "https://example.org/harbour/"
LOADED = {constraint.name: constraint for constraint in constraints.load()}
CUBES = [name for name in LOADED if name.startswith("ic-")]

PREFIXES = "".join(
    f"PREFIX {prefix}: <{iri}>\n"
    for prefix, iri in {
        **VOCABULARIES,
        **{kind: f"{BASE}{kind}/" for kind in KINDS},
        **{scheme: f"{CONCEPTS}{scheme}/" for scheme in ontology.load().schemes},
        "concept": CONCEPTS,
        "eg": "https://example.org/cube/",
    }.items()
)

BROKEN = ROOT / "tests" / "broken"
EXAMPLES = sorted(BROKEN.glob("*.txt"))
CUBE = BROKEN / "cube.ttl"


@dataclass(frozen=True)
class Example:
    """What breaks a constraint.

    Attributes:
        constraint: the name of the constraint, that of the file up to its first dot.
        expected: what is said of it: its own message first, then what else is found there.
        without: how many triples are taken away.
        more: how many are added.
        update: what makes it of a good graph.
    """

    constraint: str
    expected: list[str]
    without: int
    more: int
    update: str


def read(file: Path) -> Example:
    """Read an example: the lines that are expected, then the triples taken away (-) and added (+)."""
    lines = file.read_text(encoding="utf-8").splitlines()
    parts: dict[str, list[str]] = {"- ": [], "+ ": []}
    for line in lines:
        parts.get(line[:2], []).append(f"{line[2:]} .\n".replace("} .", "}"))
    expected = list(takewhile(lambda line: line[:2] not in parts, lines))
    assert len(expected) + sum(map(len, parts.values())) == len(lines), "what is expected stands first"
    without, more = parts.values()
    update = f"DELETE DATA {{\n{''.join(without)}}} ;\nINSERT DATA {{\n{''.join(more)}}}"
    name = file.name.partition(".")[0]
    return Example(name, expected, len(without), len(more), PREFIXES + update)


def said(problem: Problem) -> str:
    """Give a problem as `kg check` prints it, but without file and line."""
    return printable(problem.text if problem.line else f"{problem.path}: {problem.text}")


def store(folder: Path) -> ox.Store:
    """Return a data folder's graph, to be spoilt."""
    found = ox.Store()
    found.bulk_extend(assembled(folder).quads)
    return found


def good_cube() -> ox.Store:
    """Return the cube as the note has them, to be spoilt."""
    found = ox.Store()
    found.load(path=str(CUBE), format=ox.RdfFormat.TURTLE)
    return found


def held(found: ox.Store, folder: Path, names: list[str] | None = None) -> list[Problem]:
    """Return what breaks the constraints, or some of them."""
    chosen = [LOADED[name] for name in names or LOADED]
    return constraints.hold(found, assembled(folder).folder, origins(folder), chosen)


@cache
def origins(folder: Path) -> dict[str, Row]:
    """Return the row of each node of a data folder."""
    return build(assembled(folder).folder, ontology.load()).origins


def rules(problems: list[Problem]) -> list[str]:
    """Return the names of what is broken."""
    return sorted(problem.rule.removeprefix(constraints.RULES) for problem in problems)


# --- What is found --------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [STOCKHOLM, HARBOUR], ids=lambda path: path.name)
def test_good_data_breaks_nothing(folder: Path) -> None:
    """Both data folders hold against every constraint, warnings among them."""
    assert held(store(folder), folder) == []


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_found(file: Path) -> None:
    """An example breaks its constraint with the message on its first line, and no other but as it says.

    None of its lines is idle: what it takes away stood in the good graph, and what it adds did not.
    """
    example = read(file)
    cube = example.constraint in CUBES
    spoilt = good_cube() if cube else store(HARBOUR)
    good = set(spoilt)
    spoilt.update(example.update)
    assert (len(good - set(spoilt)), len(set(spoilt) - good)) == (example.without, example.more)
    problems = held(spoilt, HARBOUR, CUBES if cube else None)
    assert sorted(map(said, problems)) == sorted(example.expected)
    mine = [problem for problem in problems if problem.rule == LOADED[example.constraint].iri]
    assert example.expected[0] in map(said, mine)
    assert {problem.severity for problem in mine} == {LOADED[example.constraint].severity}
    assert not any("{" in line for line in example.expected)


def test_a_cube_as_the_note_has_them_is_found_right() -> None:
    """A cube with slices, and one that names its measures, break none of the integrity constraints."""
    assert held(good_cube(), HARBOUR, CUBES) == []


def test_each_constraint_has_an_example() -> None:
    """No constraint lacks an example that breaks it, nor is one of the note's 21 missing."""
    assert {read(file).constraint for file in EXAMPLES} == set(LOADED)
    assert {path for path in BROKEN.iterdir() if path.suffix != ".txt"} == {CUBE}
    assert [name[:5] for name in CUBES] == [f"ic-{number:02}" for number in range(1, 22)]


def test_no_list_of_the_project_is_a_hierarchy() -> None:
    """IC-20 and IC-21 ask nothing of the project's own cubes, whose code lists are plain schemes."""
    for name in CUBES[-2:]:
        assert LOADED[name].each
        found = store(STOCKHOLM).query(LOADED[name].each)
        assert isinstance(found, ox.QuerySolutions)
        assert list(found) == []


# --- Where it is --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("memberships", "boat-company,partner,harbour-town,,,,,report:3,stated,", "role-in-the-thing"),
        ("memberships", "boat-company,host,sea-lab,,2010,,,report:3,stated,", "membership-outside-existence"),
        (
            "statements",
            "sea-office,org:subOrganizationOf,unit:sea-office,,,,report:6,stated,",
            "whole-without-itself",
        ),
        (
            "observations",
            "harbour-town,2020,explicit-strategy,,,,,44,,,report:5,stated,",
            "survey-share-of-a-group",
        ),
    ],
)
def test_a_problem_names_table_and_line(folder: Path, table: str, row: str, rule: str) -> None:
    """What a row makes wrong is reported with its table and line, in plain words."""
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{row}\n", encoding="utf-8")
    whole = graph.assemble(folder)
    spoilt = ox.Store()
    spoilt.bulk_extend(whole.quads)
    known = build(whole.folder, ontology.load()).origins
    problems = constraints.hold(spoilt, whole.folder, known)
    assert rules(problems) == [rule]
    assert problems[0].path.endswith(f"{table}.csv")
    assert problems[0].line == len(text.splitlines()) + 1


def test_a_cube_is_of_the_data_set() -> None:
    """What is wrong with a cube is reported at the data set's own row."""
    spoilt = store(HARBOUR)
    spoilt.update(f"{PREFIXES} DELETE WHERE {{ dataset:harbour-answer qb:structure ?structure }}")
    problems = held(spoilt, HARBOUR, ["ic-02-one-structure"])
    assert [(problem.path.rpartition("/")[2], problem.line) for problem in problems] == [("dataset.csv", 2)]
    assert problems[0].text.endswith("this one has 0.")


# --- The files themselves -----------------------------------------------------------------------------


def columns_of(text: str) -> set[str]:
    """Give the columns of an answer, and nothing of Oxigraph's, which rdflib's parser would keep."""
    found = store(HARBOUR).query(text)
    assert isinstance(found, ox.QuerySolutions)
    return {variable.value for variable in found.variables}


@pytest.mark.parametrize("name", LOADED)
def test_a_constraint_is_plain_sparql(name: str) -> None:
    """Each file is a SELECT that rdflib reads too; what its message names is a column of it, as is focus."""
    columns = columns_of(rebase(LOADED[name].text, BASE))
    words = {part.partition("}")[0] for part in LOADED[name].message.split("{")[1:]}
    assert words | {"focus"} <= columns
    assert columns - {"focus"} <= words
    Graph().query(LOADED[name].text)
    assert LOADED[name].message.endswith(".")


def test_each_derived_property_is_marked() -> None:
    """What the rules derive, but for classes and labels, is what may not be asserted by hand."""
    text = """SELECT DISTINCT ?property WHERE {
        GRAPH ?derived { ?s ?property ?o } FILTER STRENDS(STR(?derived), "/graph/derived")
        FILTER NOT EXISTS { ?property skos:editorialNote ?note FILTER STRSTARTS(?note, "Derived from") }
    }"""
    found = store(STOCKHOLM).query(PREFIXES + text)
    assert isinstance(found, ox.QuerySolutions)
    unmarked = {row["property"].value for row in found}
    assert unmarked == {
        f"{VOCABULARIES['rdf']}type",
        f"{VOCABULARIES['rdfs']}label",
        f"{VOCABULARIES['org']}memberOf",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#+ summary: A\n#+ message: B\nSELECT ?focus {}", "no severity"),
        ("#+ summary: A\n#+ message: B\n#+ severity: bad\nSELECT ?focus {}", "'bad' is none of"),
        ("#+ summary: a: b\nSELECT ?focus {}", "cannot be read"),
        ("SELECT ?focus {}", "no summary and no message and no severity"),
        ("#+ summary: A\n#+ message: B\n#+ severity: warning\nSELECT {", "not a SPARQL query"),
        ("#+ summary: A\n#+ message: B\n#+ severity: warning\nASK {}", "not a SELECT query"),
        (
            "#+ summary: A\n#+ message: B\n#+ severity: warning\nSELECT ?thing { ?thing a ?class }",
            "no column 'focus'",
        ),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """A constraint whose header or text is not as it should be ends with one line that says so."""
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=message):
        constraints.hold(store(HARBOUR), assembled(HARBOUR).folder, {}, constraints.load(tmp_path))


def test_nothing_else_lies_beside_the_constraints() -> None:
    """Every file of the folder is a constraint that is read."""
    assert {path.stem for path in (ROOT / "ontology" / "constraints").iterdir()} == set(LOADED)
