"""Wording: whether a text has a name, a number or a moment, in the forms that texts write it in."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 5
"""Letters: a shorter word says too little on its own, and stands inside too many others."""
LIKE = 0.8
"""How much of two names has to be the same where one is taken for a slip of the other."""
MONTHS = (
    "January February March April May June July August September October November December",
    "januari februari mars april maj juni juli augusti september oktober november december",
)
# An acronym or a short word takes a genitive; another name also the endings of number and definite form.
_ACRONYM = "(?:[:’']?s)?"
_NOUN = "(?:(?:e?[nt]|[aeo]r(?:na)?)?[’']?s?|es)"
_FIGURE = r"(?<![\w.,])([0-9]+(?:[.,\u00a0 ][0-9]{3})*(?:[.,][0-9]+)?)"
_NUMBER = re.compile(_FIGURE + r"(?!\w)")
_SHARE = re.compile(_FIGURE + r"[\u00a0 ]?(?:%|per cent|percent|procent)")


def stands(name: str, text: str) -> bool:
    """Say whether a name stands in a text as a word of its own, in any case, number or definite form.

    >>> stands("Skanska", "med Skanskas hjälp"), stands("ABB", "Sabbat"), stands("region", "Regioner")
    (True, False, True)
    """
    return name.casefold() in text.casefold() and bool(pattern(name).search(text))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Give the expression that finds a name's forms."""
    ending = _ACRONYM if name.isupper() or len(name) < SHORTEST - 1 else _NOUN
    return re.compile(rf"(?<!\w){re.escape(name)}{ending}(?!\w)", re.IGNORECASE)


def worded(labels: Iterable[str], text: str) -> bool:
    """Say whether a text has one of a concept's words, be it within a longer word.

    >>> worded(["programme", "program"], "ett innovationsprogram"), worded(["del"], "deltar")
    (True, False)
    """
    folded = text.casefold()
    return any(
        label.casefold() in folded if len(label) >= SHORTEST else stands(label, text) for label in labels
    )


def stems(label: str) -> list[str]:
    """Give what the longer words of a label keep in their other forms.

    >>> stems("Klimatneutrala städer")
    ['klimatneutr', 'städe']
    """
    words = (word for word in re.findall(r"\w+", label.casefold()) if len(word) >= SHORTEST)
    return [word[: max(SHORTEST, len(word) - 3)] for word in words]


def words(name: str) -> tuple[str, ...]:
    """Give the words of a name without their genitive.

    >>> words("Stockholms stad")
    ('stockholm', 'stad')
    """
    return tuple(word.removesuffix("s") for word in re.findall(r"\w+", name.casefold()))


def alike(name: str, other: str) -> bool:
    """Say whether two names share the beginning of a word, or differ by a letter or two.

    >>> alike("OpenLap", "Openlab"), alike("innovation team", "team for innovation"), alike("KTH", "MIT")
    (True, True, False)
    """
    if any(a.startswith(b) or b.startswith(a) for a in stems(name) for b in stems(other)):
        return True
    return SequenceMatcher(None, name.casefold(), other.casefold()).ratio() > LIKE


def numeral(value: str) -> str:
    """Give a number without what only groups its thousands or fills its decimals.

    >>> numeral("974,073"), numeral("81,5"), numeral("81.50"), numeral("1 000")
    ('974073', '81.5', '81.5', '1000')
    """
    plain = re.sub(r"[.,\u00a0 ](?=[0-9]{3}(?![0-9]))", "", value).replace(",", ".")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def numbers(text: str, *, shares: bool = False) -> list[tuple[int, str]]:
    """Give where each number of a text ends, and the number; of shares, those in per cent alone.

    >>> numbers("Like 77% of 1,055 cities"), numbers("Like 77% of 1,055 cities", shares=True)
    ([(7, '77'), (17, '1055')], [(7, '77')])
    """
    found = (_SHARE if shares else _NUMBER).finditer(text)
    return [(match.end(1), numeral(match[1])) for match in found]


def dated(moment: str, text: str) -> bool:
    """Say whether a text has a year, and the month and day where the moment has them.

    >>> dated("2016-03", "i mars 2016"), dated("2015-05", "2015")
    (True, False)
    """
    if stands(moment, text):
        return True
    year, month, day = (*moment.split("-"), "", "")[:3]
    names = [words.split()[int(month) - 1] for words in MONTHS] if month else []
    return (
        stands(year, text)
        and (not names or any(stands(name, text) for name in names))
        and (not day or stands(str(int(day)), text))
    )
