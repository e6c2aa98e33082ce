"""The scripts that travel with the tool: those that are pinned, with their licences."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import networkx as nx
import pytest

from kg import vendored
from kg.errors import KgError
from kg.large import render

FOLDER = Path(vendored.__file__).with_name("vendor")


def test_each_file_is_the_one_that_is_pinned() -> None:
    """Every file has the digest in vendor.json, and there is none that is not in it."""
    digests = {
        name: pin[1] for package in vendored.pinned().values() for name, pin in package["files"].items()
    }
    there = {path.name for path in FOLDER.iterdir()} - {"vendor.json"}
    assert there == set(digests)
    for name, digest in digests.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", sorted(vendored.pinned()))
def test_each_package_is_pinned_and_licensed(name: str) -> None:
    """A full version, npm's integrity, a permissive licence and its text."""
    package = vendored.pinned()[name]
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert package["integrity"].startswith("sha512-")
    licence = (FOLDER / f"{name}.LICENSE.txt").read_text("utf-8")
    if package["licence"] == "Apache-2.0":
        assert "Apache License" in licence
        return
    assert package["licence"] == "MIT"
    assert "Permission is hereby granted, free of charge" in licence
    # The licence of `events` names its holder without the sign.
    assert re.search(r"Copyright (\([cC]\)|Joyent, Inc\.)", licence)


def test_a_bundle_is_of_locked_packages() -> None:
    """The lock is the one that is pinned, has a digest for each package, and no host's address."""
    folder = Path(__file__).parent.parent / "vendor"
    for name, package in vendored.pinned().items():
        if "bundle" not in package:
            continue
        text = (folder / package["bundle"] / "package-lock.json").read_bytes()
        assert package["integrity"] == f"sha512-{base64.b64encode(hashlib.sha512(text).digest()).decode()}"
        packages = {path: lock for path, lock in json.loads(text)["packages"].items() if path}
        assert all("integrity" in lock and "resolved" not in lock for lock in packages.values())
        licences = (FOLDER / f"{name}.LICENSE.txt").read_text("utf-8")
        wanted = json.loads((folder / package["bundle"] / "package.json").read_text("utf-8"))["dependencies"]
        assert all(f"{each} {version}\n" in licences for each, version in wanted.items())


@pytest.mark.parametrize("name", ["graphology", "sigma"])
def test_the_page_carries_exactly_these_bytes(name: str) -> None:
    """The library stands in the page as pinned, under its licence, and asks for no eval."""
    content = (FOLDER / f"{name}.js").read_text("utf-8")
    page = render(nx.MultiDiGraph(), title="Empty")
    assert content in page
    assert (FOLDER / f"{name}.LICENSE.txt").read_text("utf-8").strip() in page
    assert not re.search(r"\beval\(|new Function|sourceMappingURL", content)


def test_a_file_that_was_changed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte that is not the pinned one is said, not sent."""
    known = vendored.pinned()
    known["sigma"]["files"]["sigma.js"][1] = "0" * 64
    monkeypatch.setattr(vendored, "pinned", lambda: known)
    with pytest.raises(KgError, match=r"sigma 3\.0\.3"):
        vendored.script("sigma")
