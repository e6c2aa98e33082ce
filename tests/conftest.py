"""What tests share: the data folders, their graphs, and the command line."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pyoxigraph as ox
import pytest

from kg import embedded, graph
from kg.embedded import Embedded

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import ModuleType

    from kg.graph import Whole

pytest_plugins = ["page", "published"]
"""The fixtures of the tests of the network's page."""

ROOT = Path(__file__).resolve().parent.parent
HARBOUR = ROOT / "tests" / "harbour"
"""A small invented ecosystem, whose every answer is known by construction."""
STOCKHOLM = ROOT / "data" / "stockholm"


# The same examples each time, however slow the machine: a test that fails, fails for all.
hypothesis.settings.register_profile("kg", deadline=None, derandomize=True)
hypothesis.settings.load_profile("kg")


@cache
def assembled(folder: Path) -> Whole:
    """Assemble a data folder once for all tests."""
    return graph.assemble(folder)


def loaded(folder: Path) -> Embedded:
    """Load a data folder's graph into a store of its own."""
    whole = assembled(folder)
    store = ox.Store()
    store.extend(whole.quads)
    return Embedded(store, whole.base)


def benchmark(name: str) -> ModuleType:
    """Load one of the benchmarks, which are scripts and no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec
    assert spec.loader
    # Its data classes look for their module by its name.
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the questions' expected answers anew."""
    parser.addoption(
        "--rewrite-expected",
        action="store_true",
        help="write tests/expected/ anew from today's answers, to be read before they are kept",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what is skipped in continuous integration: there, nothing may be missing in silence."""
    del item, call
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in continuous integration: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def harbour() -> Embedded:
    """Give the invented ecosystem's store; not to be written to."""
    return loaded(HARBOUR)


@pytest.fixture(scope="session")
def stockholm() -> Embedded:
    """Give Stockholm's store; not to be written to."""
    return loaded(STOCKHOLM)


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an output folder in which the stores of both ecosystems are kept."""
    made = tmp_path_factory.mktemp("out")
    for data in (HARBOUR, STOCKHOLM):
        embedded.keep(assembled(data).quads, made / ".store", embedded.fingerprint(data))
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the invented ecosystem that a test may spoil."""
    return Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
