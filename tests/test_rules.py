"""What the rules derive: ontology/rules/*.rq, each by example and alike in two engines."""

import calendar
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

ROOT = Path(__file__).resolve().parent.parent
RULES = sorted((ROOT / "ontology" / "rules").glob("*.rq"))

PREFIXES = """
@prefix : <https://example.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix inno: <https://w3id.org/innovation-kg/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
INNO = "https://w3id.org/innovation-kg/ontology#"
BOUNDS = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")

Triples = set[tuple[str, str, str]]
Engine = Callable[[str, list[str]], Triples]


def parse(turtle: str) -> Triples:
    """Return the triples of a Turtle text without its prefixes."""
    return {texts(quad) for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)}


def texts(triple: ox.Triple | ox.Quad) -> tuple[str, str, str]:
    """Return a triple in N-Triples, term by term."""
    return str(triple.subject), str(triple.predicate), str(triple.object)


def with_pyoxigraph(turtle: str, rules: list[str]) -> Triples:
    """Return what the rules, run in turn, add to the graph in Oxigraph."""
    store = ox.Store()
    store.load(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)
    before = {texts(quad) for quad in store}
    for rule in rules:
        store.extend([ox.Quad(*triple) for triple in constructed(store, rule)])
    return {texts(quad) for quad in store} - before


def constructed(store: ox.Store, rule: str) -> list[ox.Triple]:
    """Return what a rule constructs from a store."""
    triples = store.query(rule)
    assert isinstance(triples, ox.QueryTriples)
    return list(triples)


def with_rdflib(turtle: str, rules: list[str]) -> Triples:
    """Return what the rules, run in turn, add to the graph in rdflib."""
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    before = lines(graph)
    for rule in rules:
        for triple in list(graph.query(rule)):
            assert isinstance(triple, tuple)
            graph.add(triple)  # type: ignore[arg-type]  # a CONSTRUCT's rows are triples
    return lines(graph) - before


def lines(graph: Graph) -> Triples:
    """Return rdflib's triples as Oxigraph writes them."""
    return {texts(quad) for quad in ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)}


@pytest.fixture(params=[with_pyoxigraph, with_rdflib])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return each of the two engines in turn."""
    run: Engine = request.param
    return run


def rule(number: str) -> list[str]:
    """Return the text of the rule with a number."""
    return [path.read_text(encoding="utf-8") for path in RULES if path.name.startswith(f"{number}-")]


def all_rules() -> list[str]:
    """Return the texts of all rules in the order they run."""
    return [path.read_text(encoding="utf-8") for path in RULES]


def bounds(engine: Engine, interval: str, moments: str = "") -> dict[str, str]:
    """Return the bounds that the rules derive for the interval :i."""
    triples = engine(f":i a time:Interval ; {interval} . {moments}", rule("50") + rule("60") + rule("70"))
    return {
        predicate.removeprefix(f"<{INNO}").removesuffix(">"): value.split('"')[1]
        for subject, predicate, value in triples
        if subject == "<https://example.org/i>"
    }


# --- The files ------------------------------------------------------------------------------------


def test_each_rule_says_what_it_does() -> None:
    """Each rule begins with a one-line summary and its names give the order in which the rules run."""
    assert len(RULES) == 7
    for path in RULES:
        assert path.read_text(encoding="utf-8").startswith("#+ summary: ")
        assert path.name[:2].isdigit()


# --- Superclasses ---------------------------------------------------------------------------------


def test_a_member_of_a_class_is_a_member_of_its_superclasses(engine: Engine) -> None:
    """A programme is an initiative, which is an organisation: two steps are taken at once."""
    classes = (
        "inno:Programme rdfs:subClassOf inno:Initiative . inno:Initiative rdfs:subClassOf org:Organization ."
    )
    assert engine(f"{classes} :p a inno:Programme .", rule("10")) == parse(
        ":p a inno:Initiative , org:Organization ."
    )


def test_a_class_expression_is_not_derived(engine: Engine) -> None:
    """A superclass without a name is passed over, so that no blank node comes into the data."""
    classes = "inno:Event rdfs:subClassOf [ a owl:Restriction ] ."
    assert engine(f"{classes} :e a inno:Event .", rule("10")) == set()


def test_the_ontology_gives_the_superclasses() -> None:
    """By the ontology itself a unit is an organisation, an event an activity, a role a concept."""
    ontology = (ROOT / "ontology" / "innovation.ttl").read_text(encoding="utf-8")
    data = ":u a org:OrganizationalUnit . :t a inno:Testbed . :e a inno:Event . :r a org:Role ."
    derived = with_pyoxigraph(ontology + data, rule("10"))
    named = {triple for triple in derived if triple[0].startswith("<https://example.org/")}
    assert named == parse(
        ":u a org:Organization . :t a inno:Initiative , org:Organization . :r a skos:Concept ."
        " :e a <http://www.w3.org/ns/prov#Activity> ."
    )


# --- Labels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (
            'skos:prefLabel "Stockholm University"@en , "Stockholms universitet"@sv',
            '"Stockholm University"@en',
        ),
        ('skos:prefLabel "Länsstyrelsen"@sv', '"Länsstyrelsen"@sv'),
        ('foaf:name "Gunnar Björkman"', '"Gunnar Björkman"'),
        ('foaf:name "Gunnar Björkman" ; skos:prefLabel "Gunnar Björkman"@sv', '"Gunnar Björkman"@sv'),
        ('skos:prefLabel "Helsinki"@fi', '"Helsinki"@fi'),
        ('foaf:name "A" ; skos:prefLabel "Helsinki"@fi', '"A"'),
        ('skos:prefLabel "B"@en , "A"@en', '"A"@en'),
        ('skos:prefLabel "The  \\"two\\" words"@en', '"The  \\"two\\" words"@en'),
    ],
)
def test_a_thing_gets_its_best_name_as_label(engine: Engine, names: str, label: str) -> None:
    """English comes before Swedish, that before a person's name, that before other languages; one label."""
    assert engine(f":x {names} .", rule("20")) == parse(f":x rdfs:label {label} .")


def test_a_thing_keeps_the_label_that_it_has(engine: Engine) -> None:
    """A class or concept with a label of its own gets no second one."""
    assert engine(':x rdfs:label "own" ; skos:prefLabel "other"@en .', rule("20")) == set()


def test_what_has_no_name_gets_no_label(engine: Engine) -> None:
    """A membership has no name and gets no label, and an empty graph yields nothing."""
    assert engine(":m a org:Membership .", rule("20")) == set()
    assert engine("", rule("20")) == set()


# --- Direct edges ---------------------------------------------------------------------------------

MEMBERSHIP = ":m org:member :kth ; org:organization :viable-cities ; org:role :lead ."


def test_a_membership_is_an_edge_by_its_roles_property(engine: Engine) -> None:
    """The member leads the organisation, by the role that says so."""
    derived = engine(f"{MEMBERSHIP} :lead org:roleProperty inno:leads .", rule("30"))
    assert derived == parse(":kth inno:leads :viable-cities .")


def test_a_role_without_property_is_no_edge(engine: Engine) -> None:
    """Where the role names no property, nothing is derived."""
    assert engine(MEMBERSHIP, rule("30")) == set()


def test_an_edge_is_an_edge_by_each_superproperty(engine: Engine) -> None:
    """Who leads participates, and who participates is a member."""
    properties = """
        :lead org:roleProperty inno:leads .
        inno:leads rdfs:subPropertyOf inno:participatesIn .
        inno:participatesIn rdfs:subPropertyOf org:memberOf ."""
    derived = engine(MEMBERSHIP + properties, rule("30") + rule("40"))
    assert derived == parse(
        ":kth inno:leads :viable-cities ; inno:participatesIn :viable-cities ; org:memberOf :viable-cities ."
    )


# --- Bounds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "first", "last"),
    [
        ('time:inXSDgYear "2015"^^xsd:gYear', "2015-01-01", "2015-12-31"),
        ('time:inXSDgYear "2016"^^xsd:gYear', "2016-01-01", "2016-12-31"),
        ('time:inXSDgYearMonth "2021-05"^^xsd:gYearMonth', "2021-05-01", "2021-05-31"),
        ('time:inXSDgYearMonth "2015-02"^^xsd:gYearMonth', "2015-02-01", "2015-02-28"),
        ('time:inXSDgYearMonth "2016-02"^^xsd:gYearMonth', "2016-02-01", "2016-02-29"),
        ('time:inXSDgYearMonth "1900-02"^^xsd:gYearMonth', "1900-02-01", "1900-02-28"),
        ('time:inXSDgYearMonth "2000-02"^^xsd:gYearMonth', "2000-02-01", "2000-02-29"),
        ('time:inXSDDate "2016-02-29"^^xsd:date', "2016-02-29", "2016-02-29"),
    ],
)
def test_a_beginning_and_an_end_lie_between_two_days(
    engine: Engine, moment: str, first: str, last: str
) -> None:
    """A year runs to the last of December, a month to its last day, in leap years too; a day is itself."""
    both = bounds(engine, "time:hasBeginning :b ; time:hasEnd :e", f":b {moment} . :e {moment} .")
    assert both == dict(zip(BOUNDS, (first, last, first, last), strict=True))


def test_each_month_ends_when_the_calendar_says(engine: Engine) -> None:
    """In 36 years about four turns of a century every month's last day is that of the calendar."""
    years = [year for century in (1900, 2000, 2100, 2400) for year in range(century - 4, century + 5)]
    months = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    intervals = "".join(
        f":i{month} time:hasBeginning :b{month} ; time:inside :b{month} ."
        f' :b{month} time:inXSDgYearMonth "{month}"^^xsd:gYearMonth .\n'
        for month in months
    )
    expected = "".join(
        f':i{month} inno:earliestStart "{month}-01"^^xsd:date ; inno:earliestEnd "{month}-01"^^xsd:date ;'
        f' inno:latestStart "{month}-{calendar.monthrange(*map(int, month.split("-")))[1]}"^^xsd:date .\n'
        for month in months
    )
    assert engine(intervals, all_rules()) == parse(expected)


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (
            "time:hasBeginning :y15",
            {"earliestStart": "2015-01-01", "latestStart": "2015-12-31", "earliestEnd": "2015-01-01"},
        ),
        (
            "time:hasEnd :y18",
            {"latestStart": "2018-12-31", "earliestEnd": "2018-01-01", "latestEnd": "2018-12-31"},
        ),
        ("time:inside :y15", {"latestStart": "2015-12-31", "earliestEnd": "2015-01-01"}),
        (
            "time:hasBeginning :y15 ; time:inside :y18",
            {"earliestStart": "2015-01-01", "latestStart": "2015-12-31", "earliestEnd": "2018-01-01"},
        ),
        (
            "time:inside :y15 ; time:hasEnd :y18",
            {"latestStart": "2015-12-31", "earliestEnd": "2018-01-01", "latestEnd": "2018-12-31"},
        ),
        ("time:inside :y15 , :y18", {"latestStart": "2015-12-31", "earliestEnd": "2018-01-01"}),
        ("rdfs:comment 'no time'", {}),
    ],
)
def test_what_is_unknown_is_bounded_by_what_is_known(
    engine: Engine, interval: str, expected: dict[str, str]
) -> None:
    """An unknown end is bounded by a moment inside, else by the other end; the outer bound stays absent."""
    moments = ':y15 time:inXSDgYear "2015"^^xsd:gYear . :y18 time:inXSDgYear "2018"^^xsd:gYear .'
    assert bounds(engine, interval, moments) == expected


@pytest.mark.parametrize("moment", ["2015-13", "15", "-0044", "2015Z", "about 2015"])
def test_what_is_no_moment_bounds_nothing(engine: Engine, moment: str) -> None:
    """A text that is no year, month or day yields no bound, rather than a wrong one."""
    assert bounds(engine, "time:hasBeginning :b ; time:inside :b", f':b time:inXSDgYear "{moment}" .') == {}


# --- All together ---------------------------------------------------------------------------------


def example(size: int) -> str:
    """Return data with so many organisations, memberships and intervals of three kinds, and the ontology."""
    ontology = (ROOT / "ontology" / "innovation.ttl").read_text(encoding="utf-8")
    data = ":lead a org:Role ; org:roleProperty inno:leads . :p a inno:Programme ; skos:prefLabel 'P'@sv ."
    for n in range(size):
        data += f"""
        :o{n} a org:FormalOrganization ; skos:prefLabel "Organisation {n}"@en , "Organisation {n}"@sv .
        :m{n} a org:Membership ; org:member :o{n} ; org:organization :p ; org:role :lead ;
            org:memberDuring :i{n} .
        :i{n} a time:Interval ; {("time:hasBeginning", "time:hasEnd", "time:inside")[n % 3]} :t{n} .
        :t{n} a time:Instant ; time:inXSDgYearMonth "2016-{1 + n % 12:02}"^^xsd:gYearMonth ."""
    return ontology + data


def test_both_engines_derive_the_same() -> None:
    """All rules over the ontology and data of each kind give the same triples in Oxigraph and rdflib."""
    derived = with_pyoxigraph(example(12), all_rules())
    assert len(derived) > 90
    assert named(derived) == named(with_rdflib(example(12), all_rules()))


def named(triples: Triples) -> Triples:
    """Return the triples without blank nodes: those of the ontology are named anew at each reading."""
    return {triple for triple in triples if not triple[0].startswith("_:") and not triple[2].startswith("_:")}


def test_one_run_in_order_is_enough(engine: Engine) -> None:
    """A second run adds nothing: the rules are in the order of what they need, and each is idempotent."""
    once = engine(example(6), all_rules())
    assert named(once) == named(engine(example(6), all_rules() * 2))


def test_the_rules_are_quick() -> None:
    """Over 10,000 triples a run and the run that finds nothing new take well under a second in Oxigraph."""
    store = ox.Store()
    store.load(PREFIXES + example(760), format=ox.RdfFormat.TURTLE)
    assert len(store) > 10_000
    started = time.process_time()
    for text in all_rules() * 2:
        store.extend([ox.Quad(*triple) for triple in constructed(store, text)])
    assert time.process_time() - started < 1  # some 0.1 s
