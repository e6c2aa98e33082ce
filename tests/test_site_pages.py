"""Pages: links, languages, markup and safety of every page of the published sites."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from conftest import HARBOUR, loaded
from page import HOSTILE
from published import ARCHIPELAGO, Html, made, pages, target

from kg import ask
from kg.site.links import outside
from kg.site.words import WORDS

if TYPE_CHECKING:
    from pathlib import Path

SITES = ["stockholm_site", "archipelago_site"]
OWN = re.compile(r"(network|sparql)/")
"""Pages of other makes, with tests of their own."""
POLICY = "default-src 'none'"


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Path:
    """Give a published site."""
    found: Path = request.getfixturevalue(request.param)
    return found


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    """Each relative link and source is a file of the site, and each fragment an element of the page."""
    read = dict(pages(site))
    places = {path: set(page.ids) for path, page in read.items()}
    wrong = []
    for path, page in read.items():
        for _, link, _ in page.links:
            found = target(path, link)
            if found is None or found[0] == "" or OWN.match(found[0]):
                continue
            if not (site / found[0]).is_file() or (found[1] and found[1] not in places.get(found[0], ())):
                wrong.append((path, link))
    assert wrong == []


def test_links_out_of_the_site_are_of_the_web(site: Path) -> None:
    """Whatever is no file of the site is http, https or mailto, or an icon of nothing."""
    strange = [
        (path, link)
        for path, page in pages(site)
        for _, link, _ in page.links
        if target(path, link) is None and not outside(link) and link != "data:,"
    ]
    assert strange == []


def test_nothing_is_asked_of_others(site: Path) -> None:
    """Styles, scripts and pictures are the site's own, and the policy lets nothing else in."""
    for path, page in pages(site):
        text = (site / path).read_text("utf-8")
        assert POLICY in text, path
        assert "style" not in page.attributes, path
        assert not {name for name in page.attributes if name.startswith("on")}, path
        for tag, link, known in page.links:
            if tag in ("script", "img", "iframe") or "stylesheet" in known.get("rel", ""):
                assert target(path, link), (path, link)


def test_markup_is_nested_and_ids_are_unique(site: Path) -> None:
    """Every element is closed where it must be, and no id stands twice on a page."""
    for path, page in pages(site):
        if not OWN.match(path):
            assert page.wrong == [], path
            assert len(page.ids) == len(set(page.ids)), path


def test_every_page_has_its_other_languages(site: Path) -> None:
    """A page names itself and its translations, by addresses that are files, and the first as the default."""
    root = re.search(r"Sitemap: (\S+)sitemap.xml", (site / "robots.txt").read_text())
    assert root
    for path, page in pages(site):
        if OWN.match(path) or path.startswith("404"):
            continue
        others = {
            known["hreflang"]: link
            for tag, link, known in page.links
            if tag == "link" and "hreflang" in known
        }
        assert set(others) == {"en", "sv", "x-default"}, path
        assert others["x-default"] == others["en"]
        for link in others.values():
            file = site / link.removeprefix(root[1])
            assert (file / "index.html" if link.endswith("/") else file).is_file(), (path, link)
        (canonical,) = [link for _, link, known in page.links if known.get("rel") == "canonical"]
        language = re.search(r'<html lang="(\w+)"', (site / path).read_text("utf-8"))
        assert language
        assert canonical == others[language[1]], path


def test_the_words_are_said_in_both_languages() -> None:
    """Each word has English and Swedish, with the same values in braces."""
    for key, (english, swedish) in WORDS.items():
        assert english.strip(), key
        assert swedish.strip(), key
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", swedish)), key


def test_no_word_of_a_template_is_missing(stockholm_site: Path) -> None:
    """Swedish pages carry no English of the site's own."""
    page = Html((stockholm_site / "id/organisation/kth/index.sv.html").read_text("utf-8"))
    for english in ("What links here", "Cite this", "Timeline", "Roles"):
        assert english not in page.said


def test_the_first_page_is_light_and_finds_names(stockholm_site: Path) -> None:
    """Home stays under 300 KB with all it loads; its index has names and aliases, and links to files."""
    page = Html((stockholm_site / "index.html").read_text("utf-8"))
    loaded_too = [
        target("index.html", link)
        for tag, link, known in page.links
        if tag == "script" or known.get("rel") == "stylesheet"
    ]
    size = (stockholm_site / "index.html").stat().st_size
    size += sum((stockholm_site / found[0]).stat().st_size for found in loaded_too if found)
    assert size < 300_000
    text = (stockholm_site / "index.html").read_text("utf-8")
    found = re.search(r'<script type="application/json" id="names">(.*?)</script>', text)
    assert found
    names = json.loads(found[1])
    (kth,) = [row for row in names if row[0] == "KTH Royal Institute of Technology"]
    assert "KTH" in kth[3:]
    assert all((stockholm_site / row[2]).is_file() for row in names)


def test_every_question_has_its_page_and_its_answer(site: Path) -> None:
    """Each question has a page with a table or a reason, its SPARQL, and its answer as files."""
    for name, query in ask.library().items():
        page = Html((site / f"question/{name}/index.html").read_text("utf-8"))
        assert query.summary in page.said
        answered = (site / f"question/{name}/{name}.csv").is_file() or (
            site / f"question/{name}/{name}.ttl"
        ).is_file()
        assert answered or "nothing of the kind" in page.said, name
        edits = [link for _, link, _ in page.links if "sparql/index.html#query=" in link]
        assert len(edits) == 1, name


def test_a_default_that_is_lacking_is_replaced_and_told(archipelago_site: Path) -> None:
    """A question whose example the data set lacks is asked of another thing, and says so."""
    page = Html((archipelago_site / "question/organisation-partners/index.html").read_text("utf-8"))
    assert "which this data set lacks" in page.said
    assert "rows" in page.said


def test_counts_are_drawn_and_ties_are_drawn(stockholm_site: Path) -> None:
    """An answer of labels and one number has a chart, one about relations a network, for each width."""
    for name, kind in (("role-counts", "chart"), ("organisation-partners", "whole")):
        text = (stockholm_site / f"question/{name}/index.html").read_text("utf-8")
        drawn = dict(re.findall(rf'<svg class="picture {kind} (broad|slim)"(.*?)</svg>', text, re.DOTALL))
        links = {shape: sorted(re.findall('href="([^"]*)"', svg)) for shape, svg in drawn.items()}
        assert links["broad"] == links["slim"] != [], name


def test_the_map_names_every_page(site: Path) -> None:
    """The map of the site has each page once, with its languages, and is well formed."""
    root = ET.fromstring((site / "sitemap.xml").read_bytes())  # noqa: S314  our own
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [str(each.text) for each in root.iter(f"{space}loc")]
    html = [path for path, _ in pages(site) if not path.startswith("404")]
    assert len(found) == len(set(found)) == len(html)


def test_the_feed_is_well_formed(site: Path) -> None:
    """The feed of changes has what RFC 4287 wants, and no time of the clock."""
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring((site / "changes.atom").read_bytes())  # noqa: S314  our own
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{atom}{name}")
    entries = feed.findall(f"{atom}entry")
    assert entries
    assert all(entry.findtext(f"{atom}updated", "").endswith("T00:00:00Z") for entry in entries)


def test_the_feed_tells_what_changed_since_an_older_version(tmp_path: Path) -> None:
    """With an older version the feed has an entry for each thing that changed, linked to its page."""
    old = tmp_path / "old"
    shutil.copytree(HARBOUR, old)
    members = old / "memberships.csv"
    lines = members.read_text("utf-8").splitlines(keepends=True)
    members.write_text("".join(lines[:-1]), "utf-8")
    folder = made(HARBOUR, tmp_path, previous=old)
    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = ET.fromstring((folder / "changes.atom").read_bytes()).findall(f"{atom}entry")  # noqa: S314  our own
    assert entry.findtext(f"{atom}summary", "").startswith("added: ")
    link = entry.find(f"{atom}link")
    assert link is not None
    assert "/organisation/" in link.get("href", "") or "/unit/" in link.get("href", "")


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    """Names, aliases, reasons and identifiers that would be markup, links or code are text on every page."""
    turtle = [
        (
            "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
            "@prefix org: <http://www.w3.org/ns/org#> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
            "<https://example.org/h/dataset/h> a dcat:Dataset ."
        )
    ]
    base = "https://example.org/h/"
    for number, name in enumerate(HOSTILE.values()):
        text = json.dumps(name)
        iri = f"<{base}organisation/o{number}>"
        turtle.append(
            f"{iri} a org:Organization, org:FormalOrganization ; skos:prefLabel {text}@en ; "
            f"skos:altLabel {text} ; "
            f"rdfs:comment {text}@sv ; rdfs:seeAlso <javascript:window.stung=3> ; org:identifier {text} .\n"
            f"<{base}membership/m{number}> a org:Membership ; org:member {iri} ; "
            f"org:organization <{base}initiative/i> ; "
            f"org:role <{base}role/r%2e%2e?x> ; rdfs:comment {text}@en ."
        )
    turtle.append(f"<{base}dataset/h> dcterms:title {json.dumps(HOSTILE['closing'])}@en .")
    (tmp_path / "h.ttl").write_text("\n".join(turtle), encoding="utf-8")
    folder = made(tmp_path / "h.ttl", tmp_path)
    count = 0
    for path, page in pages(folder):
        if OWN.match(path):
            continue
        count += 1
        assert page.wrong == [], path
        assert not {name for name in page.attributes if name.startswith("on")}, path
        assert all(target(path, link) or outside(link) or link == "data:," for _, link, _ in page.links), path
        assert "<img" not in (folder / path).read_text("utf-8"), path
    assert count > len(HOSTILE)
    inside = folder.resolve()
    assert all(inside in file.resolve().parents for file in folder.rglob("*"))


def test_an_iri_that_is_no_path_has_a_page_all_the_same() -> None:
    """Dots, signs of a query and long names do not lead out of the folder or into another's place."""
    from test_site_things import site_of

    site = site_of(ARCHIPELAGO)
    base = loaded(ARCHIPELAGO).base
    odd = [
        "../../etc/passwd",
        "a/../b",
        "organisation/..",
        "x?y=1",
        "%2e%2e/x",
        "a b",
        "W" * 500,
        ".hidden",
        "",
    ]
    found = [site.folder_of(base + each) for each in odd]
    assert found[-1] == ""
    for folder in found[:-1]:
        assert ".." not in folder.split("/")
        assert not any(part.startswith(".") or len(part) > 120 for part in folder.split("/"))
    assert len(set(found)) == len(found)
    assert site.folder_of("https://elsewhere.org/x") == ""
