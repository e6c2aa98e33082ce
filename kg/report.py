"""Report: what a check found, as text, as JSON, and as a SHACL validation report in Turtle."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.formats import dump
from kg.iris import VOCABULARIES, expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import Problem

FORMS = ("text", "json", "ttl")
REPORT = "https://w3id.org/innovation-kg/report"
_SEVERITY = {"violation": "sh:Violation", "warning": "sh:Warning"}


@dataclass(frozen=True)
class Report:
    """What a check found.

    Attributes:
        problems: violations and warnings.
        facts: the number of rows that state a fact.
        cited: the number of lines that they cite.
        notes: what else the reader is to know, a line each.
        mentions: each row of mentions.csv (file, line, wording) and how many facts needed it.
    """

    problems: list[Problem]
    facts: int = 0
    cited: int = 0
    notes: list[str] = field(default_factory=list)
    mentions: list[tuple[str, int, str, int]] = field(default_factory=list)

    @property
    def violations(self) -> list[Problem]:
        """What must not stand."""
        return sorted({p for p in self.problems if p.severity == "violation"})

    @property
    def warnings(self) -> list[Problem]:
        """What is to be looked at and may stand."""
        return sorted({p for p in self.problems if p.severity != "violation"})

    def summary(self) -> str:
        """Say it in one line: facts, cited lines, violations, and warnings where there are any."""
        parts = [counted(self.facts, "fact"), counted(self.cited, "cited line")]
        parts.append(counted(len(self.violations), "violation"))
        if self.warnings:
            parts.append(counted(len(self.warnings), "warning"))
        return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """Write a number of things.

    >>> counted(1, "fact"), counted(2, "fact")
    ('1 fact', '2 facts')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def written(report: Report, form: str) -> str:
    """Write a report in one of `FORMS`."""
    return {"text": _text, "json": _json, "ttl": _ttl}[form](report)


def _text(report: Report) -> str:
    lines = [*report.notes, *map(str, report.violations), *(f"warning: {p}" for p in report.warnings)]
    return "\n".join([*lines, report.summary()]) + "\n"


def _json(report: Report) -> str:
    def entry(problem: Problem) -> dict[str, str | int]:
        given: dict[str, str | int] = {"file": problem.path, "line": problem.line, "message": problem.text}
        return given | {k: v for k, v in (("focus", problem.focus), ("rule", problem.rule)) if v}

    whole = {
        "conforms": not report.violations,
        "facts": report.facts,
        "citedLines": report.cited,
        "violations": [entry(problem) for problem in report.violations],
        "warnings": [entry(problem) for problem in report.warnings],
        "notes": report.notes,
        "mentions": [
            {"file": path, "line": line, "wording": wording, "uses": uses}
            for path, line, wording, uses in report.mentions
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _ttl(report: Report) -> str:
    """Write a SHACL validation report (https://www.w3.org/TR/shacl/#validation-report)."""
    return dump(sorted(_triples(report), key=str), "ttl", VOCABULARIES)


def _triples(report: Report) -> Iterator[ox.Triple]:
    def node(curie: str) -> ox.NamedNode:
        return ox.NamedNode(expand(curie))

    head = ox.NamedNode(REPORT)
    # As SHACL has it, a graph conforms where nothing at all is reported, warnings neither.
    conforms = ox.Literal(value=not report.problems)
    yield ox.Triple(head, node("rdf:type"), node("sh:ValidationReport"))
    yield ox.Triple(head, node("sh:conforms"), conforms)
    for number, problem in enumerate([*report.violations, *report.warnings], 1):
        result = ox.NamedNode(f"{REPORT}#result-{number:04}")
        yield ox.Triple(head, node("sh:result"), result)
        yield ox.Triple(result, node("rdf:type"), node("sh:ValidationResult"))
        yield ox.Triple(result, node("sh:resultSeverity"), node(_SEVERITY[problem.severity]))
        yield ox.Triple(result, node("sh:resultMessage"), ox.Literal(str(problem), language="en"))
        if problem.focus:
            yield ox.Triple(result, node("sh:focusNode"), ox.NamedNode(problem.focus))
        if problem.rule.startswith("http"):
            yield ox.Triple(result, node("sh:sourceShape"), ox.NamedNode(problem.rule))
