"""The rules for w3id.org: every address leads where it should, in the form that a client likes best.

They run in a real Apache on loopback, whose configuration has nothing but what they need.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pyoxigraph as ox
import pytest
from apache import apache
from servers import free_port
from sites import archipelago, site_of

from kg import fair, ontology, terms
from kg.description import PROJECT
from kg.embedded import Embedded
from kg.site import redirects, things, vocabulary
from kg.site.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def served(stockholm: Embedded) -> Iterator[str]:
    """Serve the ontology's pages, and the rules beside them as w3id.org would."""
    port = free_port()
    site = site_of(stockholm, root=f"http://127.0.0.1:{port}/site/")
    fill = {f"site/{page.path}": page.body for page in vocabulary.pages(site)}
    fill["innovation-kg/.htaccess"] = redirects.rules(site).encode()
    with apache(port, fill) as address:
        yield address


class _Stay(HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_: object) -> None:
        """Give no further request."""
        return


def asked(served: str, path: str, accept: str, language: str = "") -> tuple[int, str]:
    """Ask for an address of w3id.org: give the status, and where in the site it leads."""
    request = Request(f"{served}innovation-kg{path}", headers={"Accept": accept, "Accept-Language": language})
    try:
        with build_opener(_Stay).open(request) as answer:
            return answer.status, ""
    except HTTPError as error:
        return error.code, error.headers.get("Location", "").removeprefix(f"{served}site")


@pytest.mark.parametrize(
    ("accept", "file"),
    [
        ("text/turtle", "innovation.ttl"),
        ("application/ld+json", "innovation.jsonld"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#framed"', "innovation.jsonld"),
        (BROWSER, "index.html"),
        ("*/*", "index.html"),
        ("", "index.html"),
        ("application/xhtml+xml", "index.html"),
        ("TEXT/Turtle; charset=utf-8", "innovation.ttl"),
        ("text/turtle;q=0.5, text/html;q=0.8", "index.html"),
        ("text/turtle;q=0.9, text/html;q=0.8", "innovation.ttl"),
        ("text/turtle;q=0.4, application/ld+json;q=0.9, text/html;q=0.3", "innovation.jsonld"),
        ("text/turtle, application/ld+json;q=0.9, */*;q=0.1", "innovation.ttl"),
        ("text/turtle;q=0, */*", "index.html"),
        ("text/html;q=0, */*", "innovation.ttl"),
        ("application/rdf+xml, text/turtle;q=0.9", "innovation.ttl"),
        ("text/turtle-not, application/ld+json;q=0.1", "innovation.jsonld"),
    ],
)
def test_the_form_is_the_one_that_is_liked_best(served: str, accept: str, file: str) -> None:
    """Media types, their groups, parameters and q-values in tenths are taken into account."""
    assert asked(served, "/ontology", accept) == (303, f"/ontology/{file}")


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "application/rdf+xml"])
def test_who_accepts_no_form_is_told_so(served: str, accept: str) -> None:
    """Nothing is sent that was not asked for: 406."""
    assert asked(served, "/ontology", accept) == (406, "")


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/ontology/", "/ontology/innovation.ttl"),
        ("/ontology/0.1.0", "/ontology/0.1.0/innovation.ttl"),
        ("/concept/", "/concept/index.ttl"),
        ("/concept/role", "/concept/role/index.ttl"),
        ("/concept/role/lead", "/concept/role/lead/index.ttl"),
        ("/id/organisation/kth", "/id/organisation/kth/index.ttl"),
        ("/id/membership/a-b-c/", "/id/membership/a-b-c/index.ttl"),
        ("/dataset", "/dataset/index.ttl"),
        ("/catalog", "/catalog/index.ttl"),
        ("/.well-known/void", "/.well-known/void"),
        ("/shape/thing-name", "/ontology/shapes.ttl"),
        ("/alignments", "/ontology/alignments.ttl"),
        ("/", "/"),
    ],
)
def test_every_kind_of_address_leads_to_its_file(served: str, path: str, leads: str) -> None:
    """Ontology, versions, concepts, things and descriptions: each has a rule."""
    assert asked(served, path, "text/turtle") == (303, leads)


ODD = ("a" * 200, "b-" * 120 + "c", "x.y", "é", "%C3%A5", "(p)+q", "a,b;c=d'e&f", "$1@~!*", "p:q", "%22%5B")


def odd(base: str) -> Site:
    """Give a site of things whose keys are long or odd, and of one whose key is plain."""
    text = "".join(
        f"<{base}organisation/{key}> a <http://www.w3.org/ns/org#Organization> ; "
        f'<http://www.w3.org/2004/02/skos/core#prefLabel> "number {number}"@en .\n'
        for number, key in enumerate((*ODD, "plain", "deep/er/still"))
    )
    store = Embedded(ox.Store(), base)
    store.store.extend(ox.parse(text, format=ox.RdfFormat.TURTLE))
    names = {"iri": f"{base}dataset/odd", "name": "odd", "version": "", "date": "", "licence": ""}
    return Site(store, "", {**names, "title": {"en": "odd"}, "description": {}}, ("en", "sv"))


@pytest.mark.parametrize("place", ["id/", "city/", ""])
def test_things_with_long_and_odd_keys_are_reached(place: str) -> None:
    """From the IRI of each a client comes, by the rules alone, to the page and triples of just this thing."""
    base, port = f"{PROJECT}/{place}", free_port()
    site = dataclasses.replace(odd(base), root=f"http://127.0.0.1:{port}/site/")
    fill = {f"site/{page.path}": page.body for page in things.pages(site)}
    fill["innovation-kg/.htaccess"] = redirects.rules(site).encode()
    assert len(site.subjects) == len(ODD) + 2
    with apache(port, fill) as address:
        for iri in site.subjects:
            there = quote(iri, safe=":/%@!$&'()*+,;=~").replace("https://w3id.org/", address)
            with urlopen(Request(there, headers={"Accept": "text/turtle"})) as answer:
                found = {quad.triple for quad in ox.parse(answer.read(), format=ox.RdfFormat.TURTLE)}
            assert found == set(site.triples(iri)), iri
            with urlopen(Request(there, headers={"Accept": BROWSER, "Accept-Language": "sv"})) as answer:
                assert answer.url.endswith("/index.sv.html")
                assert site.name(iri, "sv") in answer.read().decode()
            refused = Request(there, headers={"Accept": "image/png"})
            with pytest.raises(HTTPError, match="406"):
                urlopen(refused)


def test_what_lies_where_it_should_has_no_rule_of_its_own(stockholm: Embedded) -> None:
    """Stockholm's keys need none; a thousand is the most, and the README counts what is left."""
    assert redirects.elsewhere(site_of(stockholm)) == {}
    site = odd(f"{PROJECT}/id/")
    assert len(redirects.elsewhere(site)) == len(ODD)  # é lies where it should, but the deep one does not
    text = "".join(f"<{site.base}unit/{number}.{'x' * 130}> <a:p> <a:o> .\n" for number in range(1000))
    site.store.store.extend(ox.parse(text, format=ox.RdfFormat.TURTLE))
    site = dataclasses.replace(site)  # which has not listed its subjects yet
    assert redirects.rules(site).count("[E=AT:") == redirects.MOST == 1000
    assert f"{len(ODD)} further things" in redirects.readme(site)


def test_files_under_their_own_names_are_redirected_as_they_are(served: str) -> None:
    """Links within the site work from the permanent address too."""
    assert asked(served, "/ontology/context.jsonld", "text/html") == (302, "/ontology/context.jsonld")


@pytest.mark.parametrize(
    ("language", "file"), [("sv-SE,sv;q=0.9", "index.sv.html"), ("en,sv;q=0.5", "index.html")]
)
def test_pages_come_in_the_readers_language(served: str, language: str, file: str) -> None:
    """The first language of a reader decides."""
    assert asked(served, "/ontology", BROWSER, language) == (303, f"/ontology/{file}")


def test_the_published_ontology_reaches_the_bar_of_the_validator(served: str) -> None:
    """Twenty of the 24 tests of FOOPS! pass, those of a server among them."""

    def fetch(iri: str, accept: str) -> tuple[int, str]:
        address = iri.replace("https://w3id.org/", served)
        try:
            with urlopen(Request(address, headers={"Accept": accept})) as answer:
                return answer.status, answer.headers["Content-Type"]
        except HTTPError as error:
            return error.code, ""

    found = {each.code: each for each in fair.results(terms.read(ontology.load().folder), fetch)}
    assert [found[code].verdict for code in ("URI1", "VER2", "CN1", "DOC1")] == ["pass"] * 4
    assert sum(each.verdict == "pass" for each in found.values()) >= 20


def test_without_an_address_the_rules_say_where_it_goes(stockholm: Embedded) -> None:
    """A site that is to lie where its IRIs point cannot be redirected to itself."""
    site = site_of(stockholm)
    assert redirects.address(site) == redirects.UNKNOWN
    assert "publish again with `--base ADDRESS`" in redirects.readme(site)
    known = site_of(stockholm, root="https://city.example/kg/")
    assert "[E=SITE:https://city.example/kg]" in redirects.rules(known)
    assert redirects.UNKNOWN not in redirects.rules(known) + redirects.readme(known)


def test_a_base_that_is_not_ours_has_no_rule_for_things() -> None:
    """Things of another city do not lie under the project's address."""
    assert "index.ttl" not in redirects.rules(site_of(archipelago()))
    assert "organisation" not in redirects.rules(site_of(archipelago(), root="https://a.example/"))
