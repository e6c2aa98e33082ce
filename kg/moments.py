"""Moments: a year, a month or a day, exactly as a document says it.

A moment is a string; its first and last day bound what it can mean. Comparing moments means
comparing those bounds, never the strings (2015 is neither before nor after 2015-05).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PROPERTIES = ("inXSDgYear", "inXSDgYearMonth", "inXSDDate")
_DATATYPES = ("gYear", "gYearMonth", "date")


@dataclass(frozen=True)
class Moment:
    """A year, a month or a day.

    Attributes:
        text: as written, such as `2015`, `2015-05` or `2015-05-21`.
        first: the first day that it can mean.
        last: the last day that it can mean.
    """

    text: str
    first: date
    last: date

    @property
    def time_property(self) -> str:
        """The OWL-Time property of an instant at this moment."""
        return _PROPERTIES[self.text.count("-")]

    @property
    def datatype(self) -> str:
        """The XSD datatype that is as exact as the moment."""
        return _DATATYPES[self.text.count("-")]


def parse(text: str) -> Moment:
    """Read a moment.

    Raises:
        ValueError: where it is no moment of the calendar; the message says why.

    >>> parse("2016-02").last
    datetime.date(2016, 2, 29)
    >>> parse("2015-13")
    Traceback (most recent call last):
    ValueError: '2015-13' has no month 13; write a year, a month or a day: 2015, 2015-05, 2015-05-21
    """
    right = "write a year, a month or a day: 2015, 2015-05, 2015-05-21"
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is not a moment; {right}")
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        raise ValueError(f"'{text}' has no year 0000; {right}")
    if month is None:
        return Moment(text, date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:  # noqa: PLR2004  a year has twelve months
        raise ValueError(f"'{text}' has no month {month:02}; {right}")
    days = calendar.monthrange(year, month)[1]
    if day is None:
        return Moment(text, date(year, month, 1), date(year, month, days))
    if not 1 <= day <= days:
        raise ValueError(f"'{text}' has no day {day:02} in that month; {right}")
    return Moment(text, date(year, month, day), date(year, month, day))


def disorder(start: Moment | None, end: Moment | None, attested: Moment | None) -> str:
    """Say what is wrong in the order of a period's moments, or nothing.

    >>> disorder(parse("2018"), parse("2016-05"), None)
    'ends (2016-05) before it begins (2018)'
    """
    if start and end and end.last < start.first:
        return f"ends ({end.text}) before it begins ({start.text})"
    if start and attested and attested.last < start.first:
        return f"is attested ({attested.text}) before it begins ({start.text})"
    if end and attested and end.last < attested.first:
        return f"is attested ({attested.text}) after it ends ({end.text})"
    return ""
