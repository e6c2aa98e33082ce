"""Titles: words for what the graph gives no name: memberships, statements, answers, times, graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.iris import expand
from kg.site import facts
from kg.site.links import own_name

if TYPE_CHECKING:
    from kg.site.facts import Fact
    from kg.site.site import Place


def title(here: Place, iri: str) -> str:
    """Give a title made of what a thing says of itself, or `""`."""
    site, kind = here.site, here.site.kind(iri)
    if kind in ("membership", "statement", "observation"):
        fact = facts.of(site, iri)
        return of_fact(here, fact) if fact else ""
    if kind == "interval":
        return of_interval(here, iri)
    if kind == "instant":
        known = facts.read(site, iri)
        values = [
            value.value for values in known.values() for value in values if isinstance(value, ox.Literal)
        ]
        return next(iter(values), "")
    if kind == "graph":
        return _graph(here, iri)
    return ""


def of_fact(here: Place, fact: Fact) -> str:
    """Give a fact in one line."""
    name = here.name(fact.subject)
    relation = here.name(fact.post or fact.relation)
    value = value_of(here, fact)
    if fact.kind == "membership":
        return here.word("title membership", who=name, role=relation, what=value)
    if fact.kind == "observation":
        wave = here.name(fact.wave) if fact.wave else ""
        return here.word("title observation", who=name, wave=wave, item=relation, value=value)
    if fact.relation == expand("time:hasTime"):
        when = ", ".join(facts.interval(here, each) for each in fact.whens)
        return f"{name}: {relation} {when}" if when else f"{name}: {relation}"
    return f"{name}: {relation} {value}"


def value_of(here: Place, fact: Fact) -> str:
    """Give what a fact links its subject to, or what was answered, in words."""
    other = fact.other
    if other is None:
        return ""
    if isinstance(other, ox.NamedNode):
        return here.name(other.value)
    text = str(getattr(other, "value", other))
    details = dict(fact.details)
    if fact.kind != "observation":
        return text
    known = facts.read(here.site, fact.iri)
    if expand("inno:rank") in known:
        return here.word("rank", number=text)
    if expand("inno:share") in known:
        text = here.word("per cent", number=text)
    unit, bound = details.get(expand("inno:unit")), details.get(expand("inno:bound"))
    parts = [text, *(here.name(each.value) for each in (unit,) if isinstance(each, ox.NamedNode))]
    parts += [f"({here.name(bound.value)})"] if isinstance(bound, ox.NamedNode) else []
    return " ".join(parts)


def of_interval(here: Place, iri: str) -> str:
    """Give the time of what, in words."""
    said = facts.interval(here, facts.when(here.site, iri)) or here.word("unknown time")
    owners = [
        triple.subject.value
        for triple in here.site.referring(iri)
        if triple.predicate.value in (expand("org:memberDuring"), expand("time:hasTime"))
        and isinstance(triple.subject, ox.NamedNode)
    ]
    named = [each for each in owners if here.site.kind(each) != "statement"] or owners
    return f"{here.name(named[0])}: {said}" if named and here.site.kind(named[0]) != "statement" else said


def _graph(here: Place, iri: str) -> str:
    key = iri.rpartition("/")[2]
    if key in ("derived", "description"):
        return here.word(f"graph {key}")
    source = f"{here.site.base}source/{key}"
    return here.word(
        "graph source", source=here.name(source) if source in here.site.labels else own_name(iri)
    )
