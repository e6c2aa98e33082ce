"""The project as a whole: what it is made of, and what it depends on."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from kg import __version__, ask, tables

ROOT = Path(__file__).resolve().parent.parent
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|GNU|EUPL|MPL|Mozilla|CeCILL|OSL|SSPL|share-?alike)", re.IGNORECASE)


def requirements(name: str, seen: set[str] | None = None) -> set[str]:
    """Give a distribution's own requirements and theirs, without extras."""
    seen = set() if seen is None else seen
    for line in metadata.requires(name) or []:
        if "extra ==" in line:
            continue
        wanted = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0].lower().replace("_", "-")
        if wanted in seen:
            continue
        try:
            metadata.version(wanted)
        except metadata.PackageNotFoundError:  # not for this system
            continue
        seen.add(wanted)
        requirements(wanted, seen)
    return seen


def licence(name: str) -> str:
    """Give what a distribution says of its licence."""
    said = metadata.metadata(name).json
    classifiers = [c for c in said.get("classifier", []) if c.startswith("License ::")]
    # Older metadata holds the licence's whole text in that field: its first line names it.
    field = str(said.get("license", "")).strip().splitlines()[:1]
    return " ".join([str(said.get("license_expression", "")), *classifiers, *field])


@pytest.mark.parametrize("name", sorted(requirements("innovation-kg")))
def test_default_install_has_no_copyleft(name: str) -> None:
    """No package of the default install is under a copyleft licence, and each names one."""
    said = licence(name)
    assert said.strip()
    assert not COPYLEFT.search(said), said


def test_given_packages_are_required() -> None:
    """The four packages that the project is built on are requirements, each used by the code."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[<>=]", line)[0] for line in project["dependencies"]}
    assert {"rdflib", "networkx", "pyvis", "SPARQLWrapper"} <= named
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "kg").glob("*.py"))
    assert [p for p in ("rdflib", "networkx", "pyvis", "SPARQLWrapper") if f"{p}" not in code] == []
    assert all(">=" in line for line in project["dependencies"]), "each has a lower bound"


def test_top_level() -> None:
    """The folders that people expect are there."""
    for name in ("ontology", "kg", "queries", "tests", "data", "docs", "benchmarks"):
        assert (ROOT / name).is_dir(), name
    for name in ("pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"):
        assert (ROOT / name).is_file(), name


def test_one_version() -> None:
    """The version is the same in the code, the changelog, the citation and Stockholm's tables."""
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f",{__version__}," in (ROOT / "data" / "stockholm" / "dataset.csv").read_text(encoding="utf-8")


def test_tables_are_csvw() -> None:
    """The tables' description is JSON of the W3C's vocabulary, one table a file, each once."""
    described = json.loads((ROOT / "data" / "tables.json").read_text(encoding="utf-8"))
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    names = [table["url"] for table in described["tables"]]
    assert len(names) == len(set(names)) == len(tables.description())


def test_at_least_twelve_questions() -> None:
    """The library has at least twelve questions, each with a summary of one line."""
    library = ask.library()
    assert len(library) >= 12
    assert [q.name for q in library.values() if not q.summary or "\n" in q.summary] == []


def test_no_path_of_a_machine_and_no_host_of_packages() -> None:
    """No file carries a path of the machine that it was written on, or the address of a package host."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    marks = [
        "/ro" + "ot/",
        "/wo" + "rk/",
        "/ho" + "me/",
        "pypi" + ".org",
        "registry.npm" + "js",
        "files.python" + "hosted",
    ]
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        # A picture, and a program that another project has built.
        if path.suffix in (".png", ".wasm") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {mark}" for mark in marks if mark in text]
    assert found == []
