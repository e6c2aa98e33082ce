"""The network of who takes part in what: read from a store, and placed in the plane.

A node is a thing of one of the kinds in `PICTURED` that an edge touches. An edge is a membership,
or a link between two such things; it knows its role or relation, its interval as the documents say
it, its certainty and the lines it comes from. What else is known of a thing (its goals, places,
methods, names, what happened to it) is an attribute of its node. Nothing is here that the default
graph does not say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import networkx as nx

from kg.iris import VOCABULARIES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PICTURED = ("organisation", "unit", "initiative", "person", "post", "solution", "document")
"""The kinds of thing that are nodes; the others are facts about these."""

LINKS = (
    "org:unitOf",
    "org:subOrganizationOf",
    "org:postIn",
    "org:reportsTo",
    "inno:hasOutput",
    "inno:buildsOn",
    "inno:adoptedBy",
    "inno:governs",
    "dcterms:creator",
)
"""The relations that are edges where both ends are nodes."""

BOUNDS = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
"""The days between which a fact or a thing began and ended, as far as the graph knows them."""

Label = dict[str, str]
"""A text by language; the empty language where the graph gives none."""

_NAMES = {"skos:prefLabel": 3, "dcterms:title": 2, "foaf:name": 1, "rdfs:label": 0}
_RANK = {expand(term): rank for term, rank in _NAMES.items()}

_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(VOCABULARIES.items()))
_QUERIES = {
    "names": f"?thing ?property ?name {{ VALUES ?property {{ {' '.join(_NAMES)} }} ?thing ?property ?name }}",
    "aliases": "?thing ?name { ?thing skos:altLabel|skos:hiddenLabel ?name }",
    "types": "?thing ?type { ?thing dcterms:isReferencedBy ?passage ; a ?type }",
    "classes": "?narrow ?wide { ?narrow rdfs:subClassOf ?wide }",
    "kinds": """?thing ?kind ?helix { ?thing org:classification ?kind . ?kind skos:broader* ?helix
        FILTER NOT EXISTS { ?helix skos:broader ?wider } }""",
    "sources": """?source ?title ?language ?date {
        ?source a inno:SourceDocument ; dcterms:title ?title
        OPTIONAL { ?source dcterms:language ?language } OPTIONAL { ?source dcterms:date ?date } }""",
    "citations": """?fact ?passage ?source {
        ?fact prov:wasDerivedFrom|dcterms:isReferencedBy ?passage .
        ?passage dcterms:isPartOf ?source
        FILTER NOT EXISTS { ?fact qb:dataSet ?survey } }""",
    "certainties": """?fact ?certainty ?reason { ?fact inno:certainty ?certainty
        OPTIONAL { ?fact rdfs:comment ?reason } FILTER NOT EXISTS { ?fact qb:dataSet ?survey } }""",
    "times": """?fact ?bound ?moment { VALUES (?limit ?bound) {
        (time:hasBeginning "start") (time:hasEnd "end") (time:inside "attested") }
        ?fact org:memberDuring|time:hasTime ?interval . ?interval ?limit ?instant .
        ?instant time:inXSDgYear|time:inXSDgYearMonth|time:inXSDDate ?moment }""",
    "bounds": f"""?fact ?bound ?day {{ VALUES ?bound {{ {" ".join(f"inno:{bound}" for bound in BOUNDS)} }}
        ?fact org:memberDuring|time:hasTime ?interval . ?interval ?bound ?day }}""",
    "memberships": """?fact ?member ?organisation ?role ?post ?through {
        ?fact org:member ?member ; org:organization ?organisation ; org:role ?role
        OPTIONAL { ?fact inno:inPost ?post } OPTIONAL { ?fact inno:representedBy ?through } }""",
    "links": f"?s ?p ?o {{ VALUES ?p {{ {' '.join(LINKS)} }} ?s ?p ?o }}",
    "statements": """?s ?fact ?p ?o {
        ?fact a inno:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }""",
    "events": "?thing ?event { ?event a inno:Event ; prov:wasAssociatedWith|inno:concerns ?thing }",
    "goals": """?goal ?type ?year { ?goal a inno:Goal OPTIONAL { ?goal dcterms:type ?type }
        OPTIONAL { ?goal inno:targetYear ?year } }""",
    "pages": "?thing ?page { ?thing rdfs:seeAlso ?page }",
    "dataset": """?dataset ?version ?date ?licence { ?dataset a dcat:Dataset
        OPTIONAL { ?dataset dcat:version ?version } OPTIONAL { ?dataset dcterms:issued ?date }
        OPTIONAL { ?dataset dcterms:license ?licence } }""",
}
_LINES = re.compile(r"#line=(\d+),(\d+)$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Askable(Protocol):
    """Anything that answers SPARQL from its default graph as pyoxigraph does."""

    def query(self, query: str, /) -> Any:
        """Answer a query."""


def read(store: Askable, language: str = "en") -> nx.MultiDiGraph:
    """Read the network from a store's default graph.

    Args:
        store: answers SPARQL.
        language: the language of each node's `name`; labels keep all languages.

    Returns:
        Nodes and edges in the order of their keys. A node, named by its kind and key
        (`organisation:kth`), has `iri`, `kind`, `label`, `name`, `types`, `classification`, `helix`,
        `helix_label`, `aliases`, `events`, `facts` and `ties` (its number of edges); an edge, whose
        key is that of its membership or statement, has `iri`, `type` (membership or statement),
        `role`, `label`, `organisation` and `through`. Both, and each event and fact, have
        `certainty`, `reason`, `citations` and the days of `BOUNDS` (`""` where unknown); edges,
        events and facts `start`, `end`, `attested`. `network.graph` has `language` and `dataset`:
        `title`, `version`, `date`, `licence`.
    """
    known = _Known({name: _rows(store, query) for name, query in _QUERIES.items()})
    edges = sorted((*_memberships(known), *_links(known)), key=lambda edge: (edge[2], edge[:2]))
    ends = {iri for edge in edges for iri in edge[:2]}
    network = nx.MultiDiGraph(dataset=_dataset(known), language=language)
    for iri in sorted(ends, key=thing_key):
        network.add_node(thing_key(iri), **_thing(known, iri, language))
    for start, end, key, attributes in edges:
        network.add_edge(thing_key(start), thing_key(end), key, **attributes)
    for node, ties in network.degree():
        network.nodes[node]["ties"] = ties
    return network


def thing_key(iri: str) -> str:
    """Give a thing's kind and key, the last two parts of its IRI.

    >>> thing_key("https://w3id.org/innovation-kg/id/organisation/kth")
    'organisation:kth'
    """
    head, _, key = iri.rpartition("/")
    return f"{head.rpartition('/')[2]}:{key}"


def text_in(label: Label, language: str) -> str:
    """Give a label in a language, else in English, else in any.

    >>> text_in({"sv": "Öppna huset"}, "en")
    'Öppna huset'
    """
    texts = (label.get(language), label.get("en"), *(label[key] for key in sorted(label)))
    return next((text for text in texts if text), "")


def joined(days: Mapping[str, list[str]]) -> dict[str, str]:
    """Give the bounds of several intervals together, from the days of each bound.

    The first that may have begun counts, and the last that may have ended, unless another is known to
    have begun sooner or ended later, as the questions have it.
    """
    first, began, ended, last = (days[bound] for bound in BOUNDS)
    starts, ends = min(first, default=""), max(last, default="")
    return {
        "earliestStart": "" if any(day < starts for day in began) else starts,
        "latestStart": min(began, default=""),
        "earliestEnd": max(ended, default=""),
        "latestEnd": "" if any(day > ends for day in ended) else ends,
    }


def _rows(store: Askable, query: str) -> list[tuple[Any, ...]]:
    """Ask for rows, in an order that does not depend on the store's."""
    answer = store.query(f"{_PREFIXES}SELECT DISTINCT {query.replace('{', 'WHERE {', 1)}")
    return sorted((tuple(row) for row in answer), key=lambda row: [str(term) for term in row])


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    """Give the rows of each first term, without it."""
    groups: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for first, *rest in rows:
        groups[first.value].append(tuple(rest))
    return groups


@dataclass
class _Known:
    """The answers to all queries, by what they are about."""

    rows: dict[str, list[tuple[Any, ...]]]
    names: dict[str, Label] = field(default_factory=dict)
    by: dict[str, dict[str, list[tuple[Any, ...]]]] = field(default_factory=dict)
    wider: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for thing, _, name in sorted(self.rows["names"], key=lambda row: _RANK[row[1].value]):
            self.names.setdefault(thing.value, {})[name.language or ""] = name.value
        self.by = {name: _grouped(rows) for name, rows in self.rows.items() if name != "links"}
        classes = nx.DiGraph((narrow.value, wide.value) for narrow, wide in self.rows["classes"])
        self.wider = {each: nx.descendants(classes, each) - {each} for each in classes}

    def of(self, name: str, iri: str) -> list[tuple[Any, ...]]:
        """Give the answers of one query about one thing."""
        return self.by[name].get(iri, [])

    def label(self, iri: str) -> Label:
        """Give a label by language; the term's own name in plain words where it has none."""
        words = _CAMEL.sub(" ", re.split(r"[/#]", iri)[-1]).lower()
        return dict(self.names.get(iri) or {"": words})

    def pointer(self, iri: str) -> dict[str, Any]:
        """Name a thing so that a view can lead to it."""
        return {"key": thing_key(iri), "label": self.label(iri)}

    def support(self, fact: str) -> dict[str, Any]:
        """Give how sure a fact is, and the lines that say it, in the order of the documents."""
        certainty, reason = next(iter(self.of("certainties", fact)), (None, None))
        citations = [self._citation(*pair) for pair in self.of("citations", fact)]
        return {
            "certainty": thing_key(certainty.value).partition(":")[2] if certainty else "",
            "reason": reason.value if reason else "",
            "citations": sorted(citations, key=lambda cite: (cite["source"], cite["first"])),
        }

    def when(self, fact: str) -> dict[str, str]:
        """Give a fact's interval as the documents say it, and its bounds; empty where unknown."""
        moments = {bound.value: moment.value for bound, moment in self.of("times", fact)}
        said = {bound: moments.get(bound, "") for bound in ("start", "end", "attested")}
        return said | self.bounds(fact)

    def bounds(self, iri: str) -> dict[str, str]:
        """Give the bounds of all intervals of a fact or thing together."""
        days: dict[str, list[str]] = {bound: [] for bound in BOUNDS}
        for bound, day in self.of("bounds", iri):
            days[bound.value.rpartition("#")[2]].append(day.value)
        return joined(days)

    def _citation(self, passage: Any, source: Any) -> dict[str, Any]:
        title, language, date = next(iter(self.of("sources", source.value)), (None, None, None))
        lines = _LINES.search(passage.value)
        first, last = (int(lines[1]) + 1, int(lines[2])) if lines else (0, 0)
        return {
            "source": thing_key(source.value).partition(":")[2],
            "title": title.value if title else source.value,
            "language": language.value if language else "",
            "date": date.value if date else "",
            "first": first,
            "last": last,
            "iri": passage.value,
        }


def _memberships(known: _Known) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Give memberships as edges; one in a post leads to the post, which has its own link."""
    for fact, rows in known.by["memberships"].items():
        member, organisation, role, post, _ = rows[0]
        through = sorted({row[4].value for row in rows if row[4]})
        attributes = {
            "iri": fact,
            "type": "membership",
            "role": thing_key(role.value).partition(":")[2],
            "label": known.label(role.value),
            "organisation": thing_key(organisation.value),
            "through": [known.pointer(iri) for iri in through],
        }
        support = {**known.when(fact), **known.support(fact)}
        yield member.value, (post or organisation).value, thing_key(fact), attributes | support


def _links(known: _Known) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Give links between nodes as edges: one a statement, else one that its subject's lines say."""
    behind: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for subject, fact, predicate, target in known.rows["statements"]:
        behind[subject.value, predicate.value, target.value].append(fact.value)
    for subject, predicate, target in known.rows["links"]:
        s, p, o = subject.value, predicate.value, target.value
        if not {_kind(s), _kind(o)} <= set(PICTURED):
            continue
        relation = re.split(r"[/#]", p)[-1]
        for fact in behind.get((s, p, o), [""]):
            attributes: dict[str, Any] = {
                "iri": fact,
                "type": "statement",
                "role": relation,
                "label": known.label(p),
                "organisation": "",
                "through": [],
            }
            key = thing_key(fact) if fact else f"{thing_key(s)}-{relation}-{thing_key(o)}"
            yield s, o, key, attributes | known.when(fact) | known.support(fact or s)


def _thing(known: _Known, iri: str, language: str) -> dict[str, Any]:
    """Give the attributes of a node but its ties."""
    types = {kind.value for (kind,) in known.of("types", iri)}
    implied = set().union(*(known.wider.get(each, set()) for each in types))
    kind, helix = next(iter(known.of("kinds", iri)), (None, None))
    label = known.label(iri)
    events = [event.value for (event,) in known.of("events", iri)]
    return {
        "iri": iri,
        "kind": _kind(iri),
        "label": label,
        "name": text_in(label, language),
        "types": [known.label(each) for each in sorted(types - implied) if each in known.names],
        "classification": known.label(kind.value) if kind else {},
        "helix": thing_key(helix.value).partition(":")[2] if helix else "",
        "helix_label": known.label(helix.value) if helix else {},
        "aliases": sorted({name.value for (name,) in known.of("aliases", iri)}),
        "events": [{**known.pointer(each), **known.when(each), **known.support(each)} for each in events],
        "facts": [_fact(known, iri, *row) for row in known.of("statements", iri)],
        **known.bounds(iri),
        **known.support(iri),
    }


def _fact(known: _Known, iri: str, fact: Any, relation: Any, target: Any) -> dict[str, Any]:
    """Give one statement about a thing: relation, value, interval, certainty and lines.

    The value has `label` where it is a thing or a concept, else `text` and its `language` or
    `scheme`; an identifier has the `page` that tells of it, a goal its `type` and target `year`.
    """
    value: dict[str, Any] = {}
    if hasattr(target, "datatype"):
        scheme = target.datatype.value
        pages = [page.value for (page,) in known.of("pages", iri)]
        value = {
            "text": target.value,
            "language": target.language or "",
            "scheme": known.label(scheme) if scheme in known.names else {},
            "page": next((page for page in pages if page.endswith(target.value)), ""),
        }
    elif _kind(target.value) != "interval":
        value = known.pointer(target.value)
        for kind, year in known.of("goals", target.value):
            value["type"] = known.label(kind.value) if kind else {}
            value["year"] = year.value if year else ""
    return {
        "iri": fact.value,
        "relation": re.split(r"[/#]", relation.value)[-1],
        "label": known.label(relation.value),
        "value": value,
        **known.when(fact.value),
        **known.support(fact.value),
    }


def _dataset(known: _Known) -> dict[str, Any]:
    """Give the title, version, date and licence of the data set."""
    for iri, ((version, date, licence), *_) in known.by["dataset"].items():
        terms = {"version": version, "date": date, "licence": licence}
        return {"title": known.label(iri), **{k: v.value if v else "" for k, v in terms.items()}}
    return {"title": {}, "version": "", "date": "", "licence": ""}


def _kind(iri: str) -> str:
    return thing_key(iri).partition(":")[0]
