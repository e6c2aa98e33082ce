"""Moments: years, months and days as exactly as documents say them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import moments
from kg.moments import Moment, parse

texts = st.dates().flatmap(lambda day: st.sampled_from([f"{day}", f"{day}"[:7], f"{day}"[:4]]))


@given(texts)
def test_a_moment_is_bounded_by_the_days_that_share_its_text(text: str) -> None:
    """A moment's first and last day begin with its text, and their neighbours do not."""
    moment = parse(text)
    assert str(moment.first).startswith(text)
    assert str(moment.last).startswith(text)
    assert moment.first <= moment.last
    if moment.first > date.min:
        assert not str(moment.first - timedelta(days=1)).startswith(text)
    if moment.last < date.max:
        assert not str(moment.last + timedelta(days=1)).startswith(text)


@given(
    st.text(alphabet="0123456789-٣２ ", max_size=10) | st.from_regex(r"\d{4}-\d\d(-\d\d)?", fullmatch=True)
)
def test_a_text_is_a_moment_of_the_calendar_or_says_what_would_be_right(text: str) -> None:
    """Nothing but a year, month or day of the calendar in ASCII digits is a moment."""
    try:
        moment = parse(text)
    except ValueError as error:
        wrong = str(error)
    else:
        assert text.isascii()
        assert str(moment.first)[: len(text)] == text
        return
    assert wrong.startswith(f"'{text}' ")
    assert wrong.endswith("2015, 2015-05, 2015-05-21")


@pytest.mark.parametrize(
    "text", ["2015-13", "2015-00", "2015-02-30", "2015-01-00", "0000", "", " 2015", "２０１５"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    """Months, days and years that the calendar has not are refused."""
    with pytest.raises(ValueError, match="write a year, a month or a day"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "term", "datatype"),
    [
        ("2015", "inXSDgYear", "gYear"),
        ("2015-05", "inXSDgYearMonth", "gYearMonth"),
        ("2015-05-21", "inXSDDate", "date"),
    ],
)
def test_a_moment_is_written_as_exactly_as_it_is_known(text: str, term: str, datatype: str) -> None:
    """Property and datatype follow the exactness of the text."""
    moment = parse(text)
    assert (moment.time_property, moment.datatype) == (term, datatype)


periods = st.none() | texts.map(parse)


@given(periods, periods, periods)
def test_disorder_is_found_where_no_reading_is_in_order(
    start: Moment | None, end: Moment | None, attested: Moment | None
) -> None:
    """A period is out of order exactly where no days within its moments are in order."""
    in_order = all(
        earlier.first <= later.last
        for earlier, later in [(start, end), (start, attested), (attested, end)]
        if earlier and later
    )
    assert bool(moments.disorder(start, end, attested)) is not in_order


def test_moments_that_overlap_are_in_no_order() -> None:
    """2015 ends neither before 2015-05 begins nor after."""
    assert moments.disorder(parse("2015-05"), parse("2015"), parse("2015-01")) == (
        "is attested (2015-01) before it begins (2015-05)"
    )
    assert moments.disorder(parse("2015-05"), parse("2015"), None) == ""
