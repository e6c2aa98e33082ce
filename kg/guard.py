"""A look at a query's tokens before any engine runs it.

Engines cannot be told to leave other hosts alone, and those that parse by recursion take the whole
process down on a text that is nested deeply enough. So the text is read here first: one pass, one
regular expression, no recursion. It is no parser: what it lets through may still be refused.

Parsers without a tokeniser, Oxigraph's among them, read texts in ways that the terminals of
SPARQL 1.1 (section 19.8) do not foresee: `trueSERVICE<x>{}` is a literal and a keyword,
`SERVICE:x{}` the same keyword and a name, `1<?y#>` a comparison and a comment. Where a text can be
read in two ways, the one that reaches further counts, or the text is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 128
"""Brackets in brackets; Oxigraph falls at 830 `NOT EXISTS {` on a stack of 8 MB, at 200 on 2 MB."""
LINKS = 500
"""Triples, groups and operators in a row; Oxigraph falls at 2,500 `OPTIONAL {}` on 8 MB, at 600
IRIs to DESCRIBE on 2 MB."""
LENGTH = 1_000_000
"""Characters of a query."""

Kind = Literal["select", "ask", "construct", "describe", "update"]

_UPDATES = ("load", "insert", "delete", "clear", "drop", "create", "copy", "move", "add")
_FORMS: dict[str, Kind] = {
    **{kind: kind for kind in get_args(Kind)[:-1]},
    **dict.fromkeys((*_UPDATES, "with"), "update"),
}
_OPENS = {")": "(", "}": "{", "]": "[", ">>": "<<"}
_PREFIX_OPERATORS = frozenset("!^+-")
_BEFORE_A_GRAPH = frozenset(("graph", "from", "named"))
_DECLARE = frozenset(("prefix", "base", "from", "named"))
_TRIPLE = 3
_SHOWN = 40
_COUNTED = {"depth": 1_000, "links": 10_000}
"""Where reading stops, so that a hostile text costs neither time nor room."""


def _letters(*others: str) -> str:
    """Write the class of letters and some other characters of ASCII.

    All beyond ASCII counts as a letter: where SPARQL 1.1, section 19.8, allows it no place in a
    name, it has none outside strings either, and the exact classes take four times as long to
    compile.
    """
    no = (c for c in map(chr, range(128)) if not c.isalpha() and c not in "".join(others))
    return f"[^{re.escape(''.join(no))}]"


_DIGITS = "_0123456789"
_FIRST, _WORD, _CHAR = _letters(), _letters(_DIGITS), _letters(_DIGITS, "-")
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_LOCAL = (
    rf"(?:{_letters(_DIGITS, ':')}|{_PLX})"
    rf"(?:(?:{_letters(_DIGITS, '-.:')}|{_PLX})*(?:{_letters(_DIGITS, '-:')}|{_PLX}))?"
)
_RUN = rf"(?:{_letters(_DIGITS, '-.')}*{_CHAR})?"
_IRI_END = r'(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>'

# A run is a word, or what stands before a name's colon. Both are read as one, with dots in it,
# as no character may be read twice: that would take the square of the text's length.
_TOKEN = re.compile(
    rf"""
    (?P<space>    [\ \t\r\n]++ | \#[^\r\n]*+ )
  | (?P<string>   \"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*+\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
                | "(?!"")(?:[^"\\\r\n]|\\.)*+" | '(?!'')(?:[^'\\\r\n]|\\.)*+' )
  | (?P<iri>      <{_IRI_END} )
  | (?P<blank>    _:{_WORD}{_RUN} )
  | (?P<run>      {_FIRST}{_RUN} ) (?P<local>:(?:{_LOCAL})?)?+
  | (?P<name>     :(?:{_LOCAL})? )
  | (?P<variable> [?$]{_WORD}++ )
  | (?P<tag>      @[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)? )
  | (?P<number>   (?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)? )
  | (?P<open>     [({{\[] | <<\(?(?!{_IRI_END}) )
  | (?P<close>    [)}}\]] | >> )
  | (?P<operator> \^\^ | \|\| | && | [!<>]=? | [=+\-*/|^?] )
  | (?P<mark>     [,;.~] )
  | (?P<stray>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERANDS = frozenset(
    ("string", "iri", "blank", "run", "local", "name", "variable", "tag", "number", "close")
)
# In these, no comparison can hide: `http://` and `urn:x` are no expressions but for a name alone.
_PLAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9]*:(?://.*|[\w%:][\w%:.-]*)?>", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MINUS = re.compile(r"-[.0-9]")


class Mark(NamedTuple):
    """A place in a query, and what is there."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What a query's tokens tell.

    Attributes:
        kind: its form; none where no keyword says so.
        depth: brackets in brackets at the deepest place, with the prefix operators before it.
        links: triples, groups, operators and items that an engine chains, summed from the
            outermost bracket to the innermost; rows of VALUES and a template are not chained.
        keywords: SERVICE, FROM and the keywords of updates, in capitals, in their order.
        fault: why no engine can read the text as it stands, or not in one way only; reading ends
            there.
    """

    kind: Kind | None
    depth: int
    links: int
    keywords: tuple[Mark, ...]
    fault: Mark | None


class _Frame:
    """An open bracket: what is chained in it so far, and the longest chain in a bracket of it."""

    __slots__ = ("chained", "inner", "links", "opener", "start")

    def __init__(self, opener: str, start: int, *, chained: bool = True) -> None:
        self.opener = opener
        self.start = start
        self.chained = chained
        self.links = 0
        self.inner = 0


class _Reader:
    """One pass over a text; `scan` is its interface."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kind: Kind | None = None
        self.depth = 0
        self.keywords: list[tuple[str, int]] = []
        self.fault: tuple[str, int] | None = None
        self.frames = [_Frame("", 0)]
        self.group = ""  # of the token before
        self.before = ""  # that token itself; of a run its last word, in small letters
        self.signs = 0  # prefix operators in a row
        self.terms = 0  # terms in a row: a triple, else a list
        self.values = ""  # how far `VALUES ?x {` or `VALUES (?x ?y) {` has been read
        self.suspect: int | None = None  # a name that a parser may read as SERVICE and a name

    def read(self) -> Scan:
        for match in _TOKEN.finditer(self.text):
            group = match.lastgroup or "stray"
            if group != "space":
                self.take(group, match[0], match.start())
                if self.fault:
                    break
        else:
            self.end()
        while len(self.frames) > 1:
            self.leave()
        root = self.frames[0]
        return Scan(
            kind=self.kind,
            depth=self.depth,
            links=root.links + root.inner,
            keywords=tuple(self.marks()),
            fault=Mark(self.fault[0], self.line(self.fault[1])) if self.fault else None,
        )

    def take(self, group: str, text: str, start: int) -> None:
        if self.suspect is not None:
            if text == "{":
                self.keywords.append(("SERVICE", self.suspect))
            self.suspect = None
        self.values = self.next_values(group, text)
        self.signs = self.signs + 1 if text in _PREFIX_OPERATORS else 0
        self.terms = self.terms + 1 if group in _OPERANDS else 0
        self.chain(self.terms > _TRIPLE, start)
        word = self.word(text, start) if group == "run" else text
        self.meet(group, text, start)
        self.group, self.before = group, word

    def meet(self, group: str, text: str, start: int) -> None:
        match group:
            case "open":
                self.open(text, start)
            case "close":
                self.close(text, start)
            case "operator":
                self.chain(text != "^^", start)
                self.depth = max(self.depth, len(self.frames) - 1 + self.signs)
            case "mark":
                # In parentheses, commas stand between arguments, which are no chain.
                self.chain(text != "," or self.frames[-1].opener != "(", start)
            case "iri":
                self.iri(text, start)
            case "local":
                self.prefix(text.partition(":")[0], start)
            case "stray":
                self.stray(text, start)

    def word(self, run: str, start: int) -> str:
        """Take a run without a colon: a word, or words and a literal with nothing between them."""
        self.chain(len(_MINUS.findall(run)), start)
        word = run.rpartition(".")[2].lower()
        if self.kind is None:
            self.kind = _FORMS.get(word)
        if word in _DECLARE:
            self.terms = 0
        if "service" in run.lower():
            self.keywords.append(("SERVICE", start))
        elif word == "from" or word in _UPDATES:
            self.keywords.append((word.upper(), start))
        return word

    def prefix(self, run: str, start: int) -> None:
        """Take what stands before a name's colon."""
        self.chain(len(_MINUS.findall(run)), start)
        if "service" in run.lower() and self.before not in _BEFORE_A_GRAPH:
            self.suspect = start

    def iri(self, text: str, start: int) -> None:
        """Take `<...>`, where it cannot be a comparison with what it seems to hold."""
        compared = self.frames[-1].opener == "(" and self.group in _OPERANDS
        if (compared or self.before == "<") and not _PLAIN_IRI.fullmatch(text):
            self.fault = (
                f"{_short(text)} can be an IRI or a comparison: set '<' and '>' between spaces",
                start,
            )

    def open(self, text: str, start: int) -> None:
        self.chain(1, start)
        template = text == "{" and self.before == "construct"
        chained = not template and self.values != "rows"
        self.frames.append(_Frame(text, start, chained=chained))
        self.depth = max(self.depth, len(self.frames) - 1)
        if self.depth > _COUNTED["depth"]:
            self.fault = (f"more than {_COUNTED['depth']:,} brackets in brackets", start)

    def chain(self, links: int, start: int) -> None:
        """Count what an engine chains to all that stands before it in the same bracket."""
        frame = self.frames[-1]
        frame.links += links * frame.chained
        if frame.links > _COUNTED["links"]:
            self.fault = (f"more than {_COUNTED['links']:,} groups and operators", start)

    def close(self, text: str, start: int) -> None:
        frame = self.frames[-1]
        if text == ")" and frame.opener == "<<(":
            frame.opener = "<<"
        elif frame.opener != _OPENS[text]:
            self.fault = (f"'{text}' closes nothing", start)
        else:
            self.leave()

    def leave(self) -> None:
        frame = self.frames.pop()
        parent = self.frames[-1]
        parent.inner = max(parent.inner, frame.links + frame.inner)

    def next_values(self, group: str, text: str) -> str:
        """Follow `VALUES ?x {` and `VALUES (?x ?y) {`, whose rows are no chain."""
        match self.values, group:
            case _, "run" if text.rpartition(".")[2].lower() == "values":
                return "values"
            case ("values", "open") | ("names", "variable") if text != "{":
                return "names"
            case ("values", "variable") | ("names", "close"):
                return "ready"
            case "ready", "open" if text == "{":
                return "rows"
        return ""

    def stray(self, text: str, start: int) -> None:
        if text in "'\"":
            self.fault = ("a string that does not end", start)
        elif text == "\\":
            self.fault = ("a backslash outside a string", start)
        else:
            self.fault = (f"{text!a} cannot stand here", start)

    def end(self) -> None:
        frame = self.frames[-1]
        if frame.opener:
            self.fault = (f"'{frame.opener}' is never closed", frame.start)

    def line(self, start: int) -> int:
        return self.text.count("\n", 0, start) + 1

    def marks(self) -> Iterator[Mark]:
        """Give the keywords with their lines, counting on from one to the next."""
        line, reached = 1, 0
        for word, start in self.keywords:
            line += self.text.count("\n", reached, start)
            reached = start
            yield Mark(word, line)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Give a query's tokens: group, text and place; neither space nor comments.

    A name with a prefix is one token, of the group `local`.

    >>> list(tokens("ASK { }"))
    [('run', 'ASK', 0), ('open', '{', 4), ('close', '}', 6)]
    """
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield match.lastgroup or "stray", match[0], match.start()


def scan(text: str) -> Scan:
    r"""Read a query's tokens, in time that grows with its length.

    >>> scan("# SERVICE\nSELECT * { SERVICE <http://a.example/> { ?s ?p 'LOAD' } }").keywords
    (Mark(text='SERVICE', line=2),)
    >>> scan("ASK { { } }")
    Scan(kind='ask', depth=2, links=2, keywords=(), fault=None)
    """
    return _Reader(text).read()


def check(text: str, *, services: bool = False, limit: int = DEPTH, max_length: int = LENGTH) -> Scan:
    r"""Refuse a text that does more than read, or that would harm the engine that reads it.

    Args:
        text: the query.
        services: whether SERVICE may ask other hosts.
        limit: brackets in brackets, with the prefix operators before them.
        max_length: characters.

    Returns:
        What its tokens tell; its kind is never none, nor an update.

    Raises:
        QueryError: what is refused, on which line, and what would be right.

    >>> check("SELECT * {\n  SERVICE <http://a.example/> {} }")
    Traceback (most recent call last):
    kg.errors.QueryError: line 2: SERVICE asks another host; allow it with --allow-service
    """
    if len(text) > max_length:
        raise QueryError(f"the query has {len(text):,} characters; at most {max_length:,}")
    if not text.isascii() and (strange := _SURROGATE.search(text)):
        line = text.count("\n", 0, strange.start()) + 1
        raise QueryError(f"line {line}: {strange[0]!a} is no character; is the text in UTF-8?")
    seen = scan(text)
    _check_keywords(seen, services=services)
    if seen.depth > limit:
        raise QueryError(f"the query nests {seen.depth:,} brackets and signs; at most {limit:,}")
    if seen.links > LINKS:
        raise QueryError(f"the query chains {seen.links:,} triples, groups and operators; at most {LINKS:,}")
    if seen.fault:
        raise QueryError(f"line {seen.fault.line}: {seen.fault.text}")
    if seen.kind is None:
        raise QueryError("the query has no SELECT, ASK, CONSTRUCT or DESCRIBE")
    return seen


def _check_keywords(seen: Scan, *, services: bool) -> None:
    for word, line in seen.keywords:
        if word == "SERVICE" and not services:
            raise QueryError(f"line {line}: SERVICE asks another host; allow it with --allow-service")
        if word.lower() in _UPDATES:
            raise QueryError(f"line {line}: {word} is an update, and kg only reads")
    if seen.kind == "update":
        raise QueryError("the query is an update, and kg only reads")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
