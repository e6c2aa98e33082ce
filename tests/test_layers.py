"""Layers: a module imports only from the layers below it, and from its own without a circle."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

from conftest import ROOT

LAYERS = {
    "ground": "errors iris config moments output progress __init__",
    "content": "ontology tables references sources cells parameters headers queries guard terms pitfalls "
    "foreign fair lint closure wording reader claims evidence",
    "graph": "keys makers build derive validate constraints graph",
    "store": "store results names embedded files excerpt engines exchange credentials completeness replies "
    "remote",
    "out": "answer formats jsonld context canonical syntaxes drawings sheets selection exports diff "
    "changes network packing forces layout vendored large drawing conflicts survey picture triples profile "
    "report checks terminal usage view why template partitions description projection communities "
    "measures ranks attributes graphml gexf forms origin markdown page spreadsheet workbook "
    "relations metadata",
    "doors": "ask draw take options handover worker background ecosystem cli __main__ publish site.__init__ "
    "site.answer_words site.term_words "
    "site.cited site.concepts site.dataset site.dated site.description_words site.diagram "
    "site.downloads site.edges site.facts site.feeds site.home site.lettering site.lexicon site.links "
    "site.lost site.pictures site.portrait site.query site.questions site.redirects site.remembered "
    "site.rulebook site.site site.sources site.structured site.things site.titles site.vocabulary site.words",
}
LEVEL = {module: level for level, words in enumerate(LAYERS.values()) for module in words.split()}
PACKAGE = ROOT / "kg"
FILES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): path
    for path in (*PACKAGE.glob("*.py"), *PACKAGE.glob("site/*.py"))
}
"""Each module by its name in the package; those of the site are in a package of their own."""


def imported(module: str) -> set[str]:
    """Give the modules of the package that a module imports when it runs, anywhere in its text."""
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    found: set[str] = set()
    nodes: list[ast.AST] = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            nodes += node.orelse
            continue
        nodes += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[2] for name in node.names if name.name.startswith("kg.")}
        elif isinstance(node, ast.ImportFrom) and node.module == "kg":
            found |= {name.name if name.name in FILES else "__init__" for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "kg.site":
            found |= {f"site.{name.name}" for name in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg."):
            found.add(str(node.module).removeprefix("kg."))
    return found - {module}


def test_every_module_has_its_layer() -> None:
    """A new module is put into a layer, and one that is gone is taken out."""
    assert set(FILES) == set(LEVEL)


def test_no_module_imports_from_a_layer_above_it() -> None:
    """Imports point downwards or stay in their layer; what only types need does not count."""
    upwards = [(m, other) for m in FILES for other in imported(m) if LEVEL[other] > LEVEL[m]]
    assert upwards == []


def test_no_modules_import_each_other() -> None:
    """There is no circle of imports."""
    TopologicalSorter({module: imported(module) for module in FILES}).prepare()
