"""The module `canonical`: equal data have equal bytes, and no graph keeps the process for ever."""

from __future__ import annotations

import signal
import subprocess
import sys
from itertools import pairwise

import pyoxigraph as ox
import pytest

from kg.canonical import canonical
from kg.errors import QueryError, TimeoutExceeded


def quads(text: str) -> list[ox.Quad]:
    """Read TriG."""
    return list(ox.parse(text, format=ox.RdfFormat.TRIG))


def test_order_and_names_do_not_matter() -> None:
    """The same data set under other names of blank nodes, in another order, has the same bytes."""
    one = quads("_:x <a:p> _:y . _:y <a:q> 'z' . <a:g> { _:y <a:p> <a:o> }")
    other = quads("<a:g> { _:n1 <a:p> <a:o> } _:n1 <a:q> 'z' . _:n2 <a:p> _:n1 .")
    assert canonical(one) == canonical(other)
    assert canonical(one) == canonical([*one, *one])
    assert b"_:c14n0" in canonical(one)


def test_lines_stand_in_the_order_of_code_points() -> None:
    """Without blank nodes the canonical form is the sorted lines, each once."""
    made = canonical(quads("<a:b> <a:p> 'å' , 'z' , <a:o> . <a:B> <a:p> 'x' ."))
    assert made.decode().splitlines() == [
        '<a:B> <a:p> "x" .',
        '<a:b> <a:p> "z" .',
        '<a:b> <a:p> "å" .',
        "<a:b> <a:p> <a:o> .",
    ]
    assert canonical([]) == b""


def test_a_poison_graph_ends_in_time() -> None:
    """Blank nodes that are all alike are given up in one line, when their time is over."""
    nodes = [ox.BlankNode(f"b{n}") for n in range(14)]
    clique = [ox.Quad(a, ox.NamedNode("a:p"), b) for a in nodes for b in nodes if a != b]
    with pytest.raises(TimeoutExceeded, match=r"14 blank nodes are so much alike .* longer than 0.5 s"):
        canonical(clique, seconds=0.5)


def test_a_few_nodes_need_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five that are all alike are named at once, and as the other process names them."""
    nodes = [ox.BlankNode(f"b{n}") for n in range(5)]
    clique = [ox.Quad(a, ox.NamedNode("a:p"), b) for a in nodes for b in nodes if a != b]
    with monkeypatch.context() as patch:
        patch.setattr("kg.canonical.FEW", 0)
        other = canonical(clique)
    monkeypatch.setattr("kg.canonical.subprocess", None)
    assert canonical(clique) == other


def test_a_chain_that_is_too_long_is_told() -> None:
    """A chain of blank nodes that takes more stack than there is ends its own process, not this one."""
    nodes = [ox.BlankNode(f"b{n}") for n in range(20_000)]
    chain = [ox.Quad(a, ox.NamedNode("a:p"), b) for a, b in pairwise(nodes)]
    with pytest.raises((QueryError, TimeoutExceeded), match="20000 blank nodes"):
        canonical(chain, seconds=3)


@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="this system has no alarm")
def test_the_other_process_ends_without_this_one() -> None:
    """Where what waits for it is ended, the process that names blank nodes ends by itself."""
    nodes = range(14)
    clique = "".join(f"_:b{a} <a:p> _:b{b} .\n" for a in nodes for b in nodes if a != b)
    with subprocess.Popen([sys.executable, "-m", "kg.canonical", "1"], stdin=subprocess.PIPE) as child:
        assert child.stdin is not None
        child.stdin.write(clique.encode())
        child.stdin.close()
        assert child.wait(60) == -signal.SIGALRM


def test_triples_in_triples_are_told() -> None:
    """RDFC-1.0 is of RDF 1.1; what it has no form for is no traceback."""
    inner = ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.NamedNode("a:o"))
    with pytest.raises(QueryError, match="no canonical form"):
        canonical([ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), inner)])
