"""The module `ranks` and `kg measures`: the measures of a network in every form that answers have."""

from __future__ import annotations

import csv
import io
import json
import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, STOCKHOLM, loaded

from kg import draw, forms, measures
from kg.cli import main
from kg.errors import QueryError
from kg.network import read
from kg.projection import one_mode
from kg.ranks import COLUMNS, ORDERS, rank

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Result]

ARCHIPELAGO = ROOT / "tests" / "archipelago"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which the archipelago's store is kept from one command to the next."""
    return tmp_path_factory.mktemp("out")


@pytest.fixture
def run(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that measures the archipelago."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)

    def command(*words: str) -> Result:
        settings = {"KG_DATA": str(ARCHIPELAGO), "KG_OUT": str(kept)}
        return CliRunner().invoke(main, ["measures", *words], env=settings, prog_name="kg")

    return command


def told(result: Result) -> list[dict[str, str]]:
    """Give the rows of CSV."""
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_each_node_is_a_row_of_its_measures() -> None:
    """The rows hold what `measure` gives, with name, kind and helix; betweenness to six decimals."""
    graph = one_mode(read(loaded(STOCKHOLM)))
    answer, measured = rank(graph), measures.measure(graph)
    assert answer.columns == COLUMNS
    assert len(list(answer)) == len(graph)
    for row in answer:
        (node,) = [key for key, iri in graph.nodes(data="iri") if iri == row["thing"]]
        found = measured[node]
        assert (row["degree"], row["component"], row["community"]) == (
            found["degree"],
            found["component"],
            found["community"],
        )
        assert row["betweenness"] == Decimal(f"{found['betweenness']:.6f}")
        assert row["thingLabel"] == graph.nodes[node]["name"]
        assert (row["helix"] or "") == graph.nodes[node]["helix"]


@pytest.mark.parametrize("order", ORDERS)
def test_rows_are_sorted_as_asked_then_by_name(order: str) -> None:
    """From the greatest degree or betweenness, from the first name or number; equals by name."""
    rows = list(rank(read(loaded(ARCHIPELAGO)), order))
    sign = -1 if order in ("degree", "betweenness") else 1
    column = "thingLabel" if order == "name" else order

    def key(row: Any) -> tuple[Any, str]:
        value = row[column] if row[column] is not None else ""
        first = value.casefold() if isinstance(value, str) else sign * value
        return first, row["thingLabel"].casefold()

    # What six decimals do not tell apart was sorted by more.
    keys = [key(row)[:1] if order == "betweenness" else key(row) for row in rows]
    assert keys == sorted(keys)


def test_an_order_that_is_none_names_the_nearest() -> None:
    """So is an order that resembles nothing: then all are named."""
    with pytest.raises(QueryError, match="did you mean 'betweenness'"):
        rank(nx.Graph(), "betweeness")
    with pytest.raises(QueryError, match="there are degree, betweenness"):
        rank(nx.Graph(), "\x00")


@pytest.mark.parametrize("form", [name for name, form in forms.FORMS.items() if "rows" in form.takes])
def test_every_form_of_rows_holds_them(form: str) -> None:
    """A table in each form, with where it comes from; a network is none of them."""
    answer = rank(read(loaded(ARCHIPELAGO), "sv"), asked={"language": "sv"}, store=loaded(ARCHIPELAGO))
    if form in ("graphml", "gexf"):
        with pytest.raises(QueryError, match="is not about relations"):
            answer.write(form)
        return
    made = answer.write(form, origin=True)
    assert form == "xlsx" or b"Algverken" in made


def test_an_estimate_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question says from how many nodes betweenness is estimated."""
    network = read(loaded(ARCHIPELAGO))
    assert "counted over all shortest paths" in rank(network).query.description
    monkeypatch.setattr(measures, "EXACT", 10)
    monkeypatch.setattr(measures, "SAMPLE", 5)
    assert f"the shortest paths of 5 of {len(network)} nodes" in rank(network).query.description


def test_the_command_measures_the_network(run: Run) -> None:
    """By default organisations alone, else all things and their ties; in CSV for a program."""
    whole = read(loaded(ARCHIPELAGO))
    assert len(told(run())) == len(one_mode(whole))
    rows = told(run("--modes", "2"))
    assert rows[0]["thing"].endswith("/organisation/ostholm-city")
    assert len(rows) == len(whole)


def test_the_command_takes_one_mode_a_date_and_a_focus(run: Run) -> None:
    """Organisations alone, as of a date, within some ties of one."""
    rows = told(run("--modes", "1", "--as-of", "2019-06", "--focus", "Cobb Shipyard", "--hops", "1"))
    assert [row["thingLabel"] for row in rows] == ["Brännskär University", "Cobb Shipyard"]
    names = [row["thingLabel"] for row in told(run("--modes", "1", "--language", "sv", "--sort", "name"))]
    assert "Algverken" in names
    assert names == sorted(names, key=str.casefold)


def test_the_command_writes_other_forms(run: Run, tmp_path: Path) -> None:
    """JSON of the W3C with numbers as numbers, and a file by its suffix."""
    found = json.loads(run("--format", "json").stdout)["results"]["bindings"][0]
    assert found["degree"]["datatype"].endswith("#integer")
    assert found["betweenness"]["datatype"].endswith("#decimal")
    assert run("-o", "measures.md").exit_code == 0
    assert "| degree |" in (tmp_path / "measures.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--sort", "degre"), "did you mean 'degree'"),
        (("--as-of", "20166"), "is not a moment"),
        (("--focus", "Osthom City"), "did you mean 'Ostholm City'"),
        (("--focus", "Green Tide", "--modes", "1"), "is not in the network"),
        (("--format", "tabel"), "there is no format 'tabel'"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(run: Run, words: tuple[str, ...], error: str) -> None:
    """An order, a date, a name or a form that is none ends with exit code 1."""
    result = run(*words)
    assert result.exit_code == 1
    assert error in result.stderr
    assert result.stderr.strip().splitlines()[-1].startswith("kg: ")


def test_ask_reads_the_network_of_a_store() -> None:
    """The same parts as the commands have."""
    store = loaded(ARCHIPELAGO)
    assert nx.utils.graphs_equal(draw.network(store, "en"), read(store))
    assert not draw.network(store, "en", modes="1").is_directed()
