"""Lint: hold the ontology's own files against what makes an ontology good.

Three kinds of check, each a dictionary from a code to a function: the pitfalls of OOPS! (P02 to
P41), the tests of FOOPS! (PURL1 to OM5.2), and the use of terms, our own and others' (T1 to T5).
What is critical or important is a violation, what is minor a warning. What is left as it is on
purpose is told as one warning a check, with its reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import fair, foreign
from kg.errors import Problem
from kg.pitfalls import PITFALLS, Finding, Pitfall
from kg.terms import RULE, facts_of, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyoxigraph as ox

    from kg.terms import Terms

CHECKS: dict[str, Pitfall] = PITFALLS | foreign.USES

OPTIONAL = ("FIND3", "FIND_3_BIS", "OM3")
"""The tests of FOOPS! that ask for what others do: a catalogue that lists it, a DOI."""

ACCEPTED: dict[str, dict[str, str]] = {
    "P13": {
        "": "a link is stored in one direction only, and a question follows it backwards by ^; "
        "an inverse would double the graph and say nothing new",
    },
    "T4": {
        "http://www.w3.org/2004/02/skos/core#closeMatch": "the name of a class or property stands for a "
        "concept as well (OWL 2 punning); the alignments are not loaded with the data, and no thing of the "
        "data becomes a concept",
        "https://w3id.org/innovation-kg/shape/fact-citation": "PROV-O lets anything be an entity, and a fact "
        "that was taken from a passage is one",
    },
    "OM3": {"": "a DOI is given by the archive at which a version is deposited; none is claimed before"},
}
"""What is left as it is on purpose, by code: the reason for a term, or for all (the empty text)."""


def lint(folder: Path) -> list[Problem]:
    """Give what is wrong in an ontology's folder, each with the line of the term that it is about.

    Args:
        folder: the ontology's folder: Turtle files, rules, foreign-terms.tsv.

    Raises:
        InvalidData: where a file cannot be read.
        NotFound: where the folder holds no ontology.
    """
    terms = read(folder)
    problems: set[Problem] = set()
    for code, check in CHECKS.items():
        problems.update(_told(terms, code, check.title, check.severity, check.find(terms)))
    problems.update(_fairness(terms))
    return sorted(problems)


def usage(folder: Path, triples: Iterable[ox.Triple | ox.Quad]) -> list[Problem]:
    """Give own terms that no data and no rule use, and terms that data use wrongly or undeclared.

    Args:
        folder: the ontology's folder.
        triples: a graph with what is derived; the ontology itself may be among it.
    """
    terms, graph = read(folder), facts_of(triples)
    wrong = foreign.used_wrongly_by(terms, graph)
    problems = {*_told(terms, "T3", CHECKS["T3"].title, "critical", wrong)}
    problems |= {
        *_told(terms, "T5", "unused or undeclared terms", "important", foreign.used_by(terms, graph))
    }
    return sorted(problems)


def fairness(folder: Path, fetch: fair.Fetch | None = None) -> list[fair.Result]:
    """Give how each test of FOOPS! comes out.

    Args:
        folder: the ontology's folder.
        fetch: from an IRI and a media type to the status and media type of a server's answer;
            without it the tests of a server do not run.
    """
    return fair.results(read(folder), fetch)


def _told(terms: Terms, code: str, title: str, weight: str, found: Iterable[Finding]) -> Iterator[Problem]:
    """Give a problem for each finding, and one for all that are accepted for the same reason."""
    severity = "warning" if weight == "minor" else "violation"
    accepted: dict[str, list[Finding]] = {}
    reasons = ACCEPTED.get(code, {}) if weight == "minor" else {}
    for each in dict.fromkeys(found):
        reason = reasons.get(each.term) or reasons.get("")
        if reason:
            accepted.setdefault(reason, []).append(each)
            continue
        path, line = terms.place(each.term, each.file)
        name = f"{terms.shorten(each.term)} " if each.term else ""
        text = f"{code} {title}: {name}{each.text}"
        yield Problem(path, line, text, severity, each.term, f"{RULE}{code}")
    for reason, several in accepted.items():
        first = several[0]
        path, line = terms.place(first.term, first.file)
        names = ", ".join(sorted({terms.shorten(each.term) for each in several}))
        text = f"{code} {title}: {names} (accepted: {reason})"
        yield Problem(path, line, text, "warning", first.term, f"{RULE}{code}")


def _fairness(terms: Terms) -> Iterator[Problem]:
    path, line = terms.place(terms.ontology)
    for code, verdict, why in fair.results(terms):
        if verdict != "fail":
            continue
        reason = ACCEPTED.get(code, {}).get("", "")
        severity = "warning" if code in OPTIONAL else "violation"
        text = f"{code} {fair.TESTS[code].title}: {why}"
        if reason and severity == "warning":
            text += f" (accepted: {reason})"
        yield Problem(path, line, text, severity, terms.ontology, f"{RULE}{code}")


def catalogue(folder: Path) -> list[tuple[str, str, str, str]]:
    """Give each check's code, title, severity and how it comes out, for a table."""
    problems = lint(folder)
    rows = []
    for code, check in CHECKS.items():
        found = [each for each in problems if each.rule == f"{RULE}{code}"]
        open_ones = [each for each in found if "(accepted: " not in each.text]
        verdict = f"{len(open_ones)} found" if open_ones else "accepted" if found else "pass"
        rows.append((code, check.title, check.severity, verdict))
    return rows
