"""Sources: citations, and the reader's own copies of the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import HARBOUR
from hypothesis import given
from hypothesis import strategies as st

from kg import cells, ontology, sources, tables
from kg.sources import Passage

if TYPE_CHECKING:
    from pathlib import Path

spans = st.lists(
    st.tuples(st.integers(1, 10**8), st.integers(0, 10**4)).map(lambda pair: (pair[0], sum(pair))), min_size=1
)
keys = st.from_regex("[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


@given(keys, spans)
def test_a_citation_that_is_written_is_read(key: str, lines: list[tuple[int, int]]) -> None:
    """Passages written as a citation come back, in their order."""
    written = [Passage(key, first, last) for first, last in lines]
    assert sources.passages(f"{key}:{','.join(passage.lines for passage in written)}") == written


@given(st.text(alphabet="a0123456789-,: ٣;", max_size=12) | st.text(max_size=8))
def test_a_citation_is_read_or_refused_in_words(citation: str) -> None:
    """A citation's passages begin at line 1 or later and run forwards; all else is refused."""
    try:
        found = sources.passages(citation)
    except ValueError as error:
        wrong = str(error)
    else:
        assert found
        assert all(passage.source and 1 <= passage.first <= passage.last for passage in found)
        return
    assert wrong.startswith("'")


@pytest.mark.parametrize(
    ("citation", "wrong"),
    [
        ("report:9", ""),
        ("report: 1, 3-9", ""),
        ("report:10", "cites line 10 of 'report', which has 9 lines"),
        ("report:1,8-11", "cites line 11 of 'report', which has 9 lines"),
        ("repport:1", "source 'repport' is not in sources.csv; did you mean 'report'?"),
        ("xyzzy:1", "source 'xyzzy' is not in sources.csv; it has draft, report"),
        ("draft:1000", ""),
    ],
)
def test_a_citation_is_held_against_the_length_of_its_source(citation: str, wrong: str) -> None:
    """A citation past the end, or to an unknown source, is wrong; without a length there is no end."""
    assert sources.check_citation(citation, {"report": 9, "draft": None}) == wrong


def test_cited_lines_are_counted_once(folder: Path) -> None:
    """A line that several rows cite is one cited line."""
    facts = tables.read(folder)[0].facts
    assert sources.cited([*facts, *facts]) == {("report", n) for n in range(1, 10)} | {
        ("letter", n) for n in (1, 3, 4, 5)
    }


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_lines_end_at_the_line_feed_alone(lines: list[str]) -> None:
    r"""Other separators, such as \x0b, \x85 or \u2028, stay within their line."""
    assert sources.split_lines("".join(f"{line}\n" for line in lines)) == lines


def test_a_last_line_needs_no_end() -> None:
    """The last line counts with and without its line end; an empty text has no line."""
    assert sources.split_lines("a\nb") == sources.split_lines("a\nb\n") == ["a", "b"]
    assert sources.split_lines("") == []


def test_texts_are_known_by_their_digest(tmp_path: Path) -> None:
    """A text is found whatever its file is called; changed by a byte, it is not the document."""
    rows = tables.read_one(HARBOUR, "sources")
    (tmp_path / "renamed").write_bytes((HARBOUR / "report.txt").read_bytes())
    (tmp_path / "letter.txt").write_bytes((HARBOUR / "letter.txt").read_bytes() + b" ")
    (tmp_path / "folder").mkdir()
    found = sources.find_texts(tmp_path, rows)
    assert list(found) == ["report"]
    assert sources.unread(tables.read(HARBOUR)[0], found) == ["letter"]


def test_the_harbour_is_as_its_documents_say() -> None:
    """Line counts and passages of the invented ecosystem hold against its texts."""
    folder = cells.load(HARBOUR, ontology.load())
    texts = sources.find_texts(HARBOUR, folder.of("sources"))
    assert set(texts) == {"report", "letter"}
    assert sources.verify(folder, texts) == []


def test_a_wrong_count_and_an_empty_line_are_found() -> None:
    """A source's number of lines is held against its text; a passage may not begin or end with nothing."""
    folder = cells.load(HARBOUR, ontology.load())
    texts = sources.find_texts(HARBOUR, folder.of("sources"))
    texts["report"] = [*texts["report"][:5], " ", *texts["report"][6:], "more"]
    problems = [str(problem) for problem in sources.verify(folder, texts)]
    assert any(problem.endswith("says 9 lines; the text of 'report' has 10") for problem in problems)
    assert any(
        problem.endswith("units.csv:2: cites line 6 of 'report', which is empty there")
        for problem in problems
    )
