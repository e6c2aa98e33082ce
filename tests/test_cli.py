"""The command line: what people type, and what they get."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result
from conftest import HARBOUR, ROOT

from kg import __version__
from kg.cli import main
from kg.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Result]

CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) < STR(?i)) }"
ENVIRON = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KG_DATA": str(HARBOUR)}


@pytest.fixture
def run(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs a command in an empty folder, on the invented ecosystem."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)

    def command(*words: str, text: str | bytes | None = None, **environ: str) -> Result:
        settings = {"KG_DATA": str(HARBOUR), "KG_OUT": str(out)} | environ
        return CliRunner().invoke(main, words, input=text, env=settings, prog_name="kg")

    return command


def process(*words: str, out: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *words],
        env=ENVIRON | {"KG_OUT": str(out)} | environ,
        cwd=out,
        capture_output=True,
        check=False,
        timeout=60,
    )


def failed(result: Result, *parts: str, code: int = 1) -> str:
    """Hold that a command failed in one line, with an exit code, and give that line."""
    assert result.exit_code == code, result.output
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    lines = [line for line in result.stderr.splitlines() if line]
    if code == 1:
        assert len(lines) == 1, lines
        assert lines[0].startswith("kg: ")
    for part in parts:
        assert part in lines[-1]
    return lines[-1]


def rows(result: Result) -> list[dict[str, str]]:
    """Give the rows of a CSV that a command wrote."""
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize("name", ["", *main.commands])
def test_each_command_explains_itself(run: Run, name: str) -> None:
    """`--help` and `-h` say in a sentence what a command does, and each option has a word."""
    words = [name] if name else []
    shown = run(*words, "--help")
    assert shown.exit_code == 0
    assert shown.stdout == run(*words, "-h").stdout
    command = main.commands[name] if name else main
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.opts[0] in shown.stdout
            assert param.help or param.name == "form", param.name


def test_the_version(run: Run) -> None:
    """`--version` names the tool and its version."""
    assert run("--version").stdout == f"kg, version {__version__}\n"


def test_python_m_kg_does_the_same(out: Path) -> None:
    """`python -m kg` is `kg`."""
    done = process("--version", out=out)
    assert done.stdout.decode().split()[-1] == __version__


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    """A completion script for each shell calls kg back, and what it asks is answered."""
    script = run("completion", shell).stdout
    assert "_KG_COMPLETE" in script
    assert f"{shell}_complete" in script


def test_completion_completes(out: Path) -> None:
    """What the script asks for is answered with the commands that fit."""
    # Click takes the name of the program from how it was called.
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main(prog_name='kg')"],
        env=ENVIRON | {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg que", "COMP_CWORD": "1"},
        cwd=out,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.decode().split() == ["plain,queries", "plain,query"]


def test_the_demo(run: Run, tmp_path: Path) -> None:
    """The demo writes Turtle and page below the working directory, and its three commands all work."""
    shown = run("demo", KG_OUT="")
    assert shown.exit_code == 0, shown.output
    assert (tmp_path / "build" / "harbour.ttl").is_file()
    assert (tmp_path / "build" / "harbour.html").is_file()
    assert "0 violations" in shown.stdout
    lines = shown.stdout.rstrip("\n").split("\n")
    named = lines.index("Wrote build/harbour.ttl and build/harbour.html. Try next:")
    commands = [line.strip() for line in lines[named + 1 :] if line.strip()]
    assert len(commands) == 3
    assert all(command.startswith("kg ") for command in commands)


@pytest.mark.slow
def test_the_demo_of_stockholm(tmp_path: Path) -> None:
    """The demo of Stockholm works for less than ten seconds, and each command that it names works."""
    environ = {name: value for name, value in ENVIRON.items() if name != "KG_DATA"}
    # The processor's time, which a machine with other work does not stretch.
    began = os.times()
    done = subprocess.run(
        [sys.executable, "-m", "kg", "demo"],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        check=True,
        timeout=60,
    )
    ended = os.times()
    assert sum(ended[2:4]) - sum(began[2:4]) < 10
    assert {path.name for path in (tmp_path / "build").iterdir()} == {
        "stockholm.ttl",
        "stockholm.html",
        ".store",
    }
    commands = [line.strip() for line in done.stdout.decode().splitlines()[-3:]]
    for command in commands:
        words = [word.strip('"') for word in command.removeprefix("kg ").split(" ", 1)]
        again = subprocess.run(
            [sys.executable, "-m", "kg", *words],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert again.stdout
        assert not again.stderr


def test_building_twice_changes_no_byte(run: Run, tmp_path: Path) -> None:
    """`kg build` takes its folder as an argument or an option, and writes the same bytes each time."""
    assert run("build", str(HARBOUR), KG_DATA="", KG_OUT="").exit_code == 0
    first = (tmp_path / "build" / "harbour.ttl").read_bytes()
    stores = [path.read_bytes() for path in (tmp_path / "build" / ".store").iterdir()]
    assert run("build", "--data", str(HARBOUR), "--out", "other", KG_DATA="", KG_OUT="").exit_code == 0
    assert (tmp_path / "other" / "harbour.ttl").read_bytes() == first
    assert [path.read_bytes() for path in (tmp_path / "other" / ".store").iterdir()] == stores


def test_a_failed_build_leaves_the_last_good_outputs(run: Run, folder: Path, tmp_path: Path) -> None:
    """Spoilt tables are told with file and line, all of them, and the good Turtle and store stay."""
    built = tmp_path / "built"
    assert run("build", str(folder), "--out", str(built)).exit_code == 0
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    text = (folder / "memberships.csv").read_text(encoding="utf-8")
    (folder / "memberships.csv").write_text(text.replace("founder", "founderr").replace("2016-03", "2016-13"))
    result = run("build", str(folder), "--out", str(built))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert "memberships.csv:2" in lines[0]
    assert "did you mean 'founder'" in lines[0]
    assert "memberships.csv:4" in lines[1]
    assert run("query", "organisations-by-kind", "--data", str(folder), "--out", str(built)).exit_code == 1
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


def test_checking_takes_a_folder(run: Run, folder: Path) -> None:
    """`kg check` reports facts, lines and violations, and fails where there are some."""
    shown = run("check", str(folder), KG_DATA="nowhere")
    assert shown.exit_code == 0, shown.output
    assert "0 violations" in shown.stdout
    with (folder / "organisations.csv").open("a", encoding="utf-8") as file:
        file.write("harbour-town,Twice,,municipality,report:1,stated,\n")
    spoilt = run("check", "--data", str(folder))
    assert spoilt.exit_code == 1
    assert "organisations.csv:5" in spoilt.stderr


def test_changed_tables_are_noticed(run: Run, folder: Path, tmp_path: Path) -> None:
    """`kg query` needs no command before it, and answers from the tables as they are."""
    words = ("query", "organisations-by-kind", "--data", str(folder), "--out", str(tmp_path / "new"))
    assert len(rows(run(*words))) == 3
    with (folder / "organisations.csv").open("a", encoding="utf-8") as file:
        file.write("ferry-company,Ferry Company,,company,report:3,stated,\n")
    assert "Ferry Company" in {row["organisationLabel"] for row in rows(run(*words))}


def test_questions_are_listed_and_explained(run: Run) -> None:
    """`kg queries` lists all, one by its name, or those that speak of a word."""
    assert "organisation-partners" in run("queries").stdout
    assert "Parameters" in run("queries", "board-seats").stdout
    assert "survey-changes" in run("queries", "survey").stdout
    assert "board-seats" not in run("queries", "survey").stdout
    failed(run("queries", "board-seatz"), "did you mean 'board-seats'")
    assert "Parametrar" in run("queries", "board-seats", "--language", "sv").stdout
    assert run("queries", "styrelse", "--language", "sv").stdout.startswith("Roller\n  board-seats  Vilka")
    assert run("queries", "styrelse").stdout.startswith("Roles\n  board-seats  Who sits")


def test_parameters_in_each_way(run: Run) -> None:
    """`--param name=value`, `--name value` and `--name=value` give the same answer."""
    answers = {
        run("query", "initiative-members", *words).stdout
        for words in (
            ("--param", "initiative=Sea Lab", "--param", "as-of=2017"),
            ("--initiative", "Sea Lab", "--as-of", "2017"),
            ("--initiative=sea-lab", "--as-of=2017"),
        )
    }
    assert len(answers) == 1
    assert "certainly" in answers.pop()


def test_a_question_from_a_file_and_from_standard_input(run: Run, tmp_path: Path) -> None:
    """A path, a file here, and `-` are asked like a question of the library."""
    text = "SELECT ?x { ?x a inno:Programme }"
    (tmp_path / "mine.rq").write_text(text)
    expected = [{"x": "https://example.org/harbour/initiative/tide"}]
    assert rows(run("query", "mine.rq")) == expected
    assert rows(run("query", str(tmp_path / "mine.rq"))) == expected
    assert rows(run("query", "-", text=text)) == expected
    assert rows(run("query", "-", text="\ufeff" + text)) == expected


TIES = """#+ edges: [member initiative]
SELECT ?member ?initiative { ?membership org:member ?member ; org:organization ?initiative }
ORDER BY ?member ?initiative"""
"""A question of one's own that is about relations."""


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if "rows" in form.takes])
def test_tables_in_each_form(run: Run, form: str) -> None:
    """A SELECT in each form, on standard output or in a file."""
    Path("ties.rq").write_text(TIES, encoding="utf-8")
    asked = "ties.rq" if form in ("graphml", "gexf") else "board-seats"
    shown = run("query", asked, "--format", form)
    assert shown.exit_code == 0
    if form != "xlsx":
        assert "Tide" in shown.stdout
    assert run("query", asked, "--format", form, "-o", "seats").stdout == ""
    assert Path("seats").read_bytes() == shown.stdout_bytes
    assert run("query", asked, "--format", form, "-o", "-").stdout_bytes == shown.stdout_bytes
    if form == "json":
        assert json.loads(shown.stdout)["results"]["bindings"]


def test_the_file_s_name_says_the_form(run: Run) -> None:
    """`-o seats.xlsx` is a workbook; a suffix of no form is an error, and nothing is written."""
    assert run("query", "board-seats", "-o", "seats.xlsx").exit_code == 0
    assert Path("seats.xlsx").read_bytes()[:2] == b"PK"
    assert run("query", "board-seats", "-o", "seats.md").exit_code == 0
    assert Path("seats.md").read_text(encoding="utf-8").startswith("| member |")
    failed(run("query", "board-seats", "-o", "seats.xls"), "did you mean '.xlsx'")
    assert not Path("seats.xls").exists()


def test_provenance_goes_with_the_answer(run: Run) -> None:
    """It stands in the answer, or in a file of metadata beside it, and never without its answer."""
    told = run("query", "board-seats", "--format", "markdown", "--provenance").stdout
    assert "- Question: board-seats" in told
    assert "\n- Licence: " in told
    assert run("query", "board-seats", "-o", "seats.csv", "--provenance").exit_code == 0
    about = json.loads(Path("seats.csv-metadata.json").read_text(encoding="utf-8"))
    assert about["url"] == "seats.csv"
    header = Path("seats.csv").read_text(encoding="utf-8").splitlines()[0]
    assert [column["titles"] for column in about["tableSchema"]["columns"]] == header.split(",")
    failed(run("query", "board-seats", "--provenance", "--format", "csv"), "-o FILE")
    Path("x.json-metadata.json").mkdir()
    failed(run("query", "board-seats", "--provenance", "-o", "x.json"), "cannot be written")
    assert not Path("x.json").exists()


@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "turtle"])
def test_graphs_in_each_form(run: Run, form: str) -> None:
    """A CONSTRUCT and a DESCRIBE in each syntax."""
    for text in ("CONSTRUCT { ?s org:role ?o } { ?s org:role ?o }", "DESCRIBE initiative:tide"):
        shown = run("query", "-", "--format", form, text=text)
        assert shown.exit_code == 0, shown.output
        assert "initiative/" in shown.stdout or "board-member" in shown.stdout


def test_a_form_that_does_not_fit(run: Run) -> None:
    """A form for the other kind of answer, and one that is none, are refused in one line."""
    failed(run("query", "board-seats", "--format", "ttl"), "is for graphs", "csv")
    failed(run("query", "-", "--format", "csv", text="DESCRIBE initiative:tide"), "is for tables", "ttl")
    failed(run("query", "board-seats", "--format", "xslx"), "no format 'xslx'; did you mean 'xlsx'?")
    failed(run("query", "role-counts", "--format", "gexf"), "is not about relations", "html-table")
    failed(run("export", "--format", "pptx"), "no export format 'pptx'")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("SELECT * { ?s ?p }", "not SPARQL"),
        ("SELECT", "not SPARQL"),
        ("", "no SELECT"),
        ("nonsense", "no SELECT"),
        ("DROP ALL", "only reads"),
        ("SELECT * { SERVICE <http://host.example/> { ?s ?p ?o } }", "--allow-service"),
        ("#+ summary: [\nASK {}", "standard input:1: the header is not YAML"),
        ("SELECT * {\n ?s nope:p ?o }", "line 2, column 11: a prefix is not declared"),
        ('SELECT * { ?s ?p "', "string that does not end"),
        ("ASK { \x00 }", "cannot stand here"),
    ],
)
def test_broken_sparql_is_told_in_one_line(run: Run, text: str, part: str) -> None:
    """What cannot be asked says why, without a traceback."""
    failed(run("query", "-", text=text), part)


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["quer"], 2, "did you mean 'query'"),
        (["zzz"], 2, "there are demo"),
        (["show", "--languag", "sv", "x"], 2, "--language"),
        (["show", "x", "--language", "fi"], 2, "'fi'"),
        (["query"], 2, "QUESTION"),
        (["show"], 2, "NAME"),
        (["completion", "tcsh"], 2, "tcsh"),
        (["query", "board-seats", "--timeout", "0"], 2, "timeout"),
        (["query", "board-seat"], 1, "did you mean 'board-seats'"),
        (["query", "none.rq"], 1, "none.rq: cannot be read"),
        (["query", "board-seats", "--as-off", "2015"], 1, "did you mean 'as-of'"),
        (["query", "board-seats", "--formt", "csv"], 1, "did you mean '--format'"),
        (["query", "board-seats", "--as-of", "2015-13"], 1, "no month 13"),
        (["query", "board-seats", "--as-of"], 1, "has no value"),
        (["query", "board-seats", "2015"], 1, "neither a parameter"),
        (["query", "initiative-members", "--initiative", "Sea Lap"], 1, "did you mean 'Sea Lab'"),
        (["query", "organisation-partners", "--organisation", "Sea Lab"], 1, "no organisation is called"),
        (["query", "board-seats", "--from", "reprot"], 1, "did you mean 'report'"),
        (["show", "Sea Lap"], 1, "did you mean 'Sea Lab'"),
        (["show", "\x1b[2J"], 1, r"'\x1b[2J'"),
        (["build", "nowhere"], 1, "no such data folder"),
        (["check", "--texts", "nowhere"], 1, "no such folder of texts"),
        (["export", "--format", "turtel"], 1, "did you mean 'turtle'"),
        (["export", "-o", "file/below.ttl"], 1, "file/below.ttl: cannot be written"),
        (["query", "board-seats", "-o", "file/below.csv"], 1, "cannot be written"),
        (["view", "-o", "file/below.html"], 1, "cannot be written"),
        (["build", "--out", "file"], 1, "cannot be written"),
        (["query", "board-seats", "-o", "x" * 300], 1, "xxx...: File name too long"),
        (["query", "board-seats", "--data", "x" * 300], 1, "xxx...: File name too long"),
        (["query", "x" * 300], 1, "no question is called"),
        (["query", "board-seats", "--engine", "oxigraph"], 1, "name that with --endpoint"),
        (["query", "board-seats", "--endpoint", ""], 1, "--endpoint is empty"),
        (["query", "board-seats", "--endpoint", "x"], 1, "begins with http"),
        (["query", "board-seats", "--timeout", "nan"], 1, "not a number of seconds"),
        (["query", "board-seats", "--memory", "9" * 20], 1, "not a whole number of megabytes"),
    ],
)
def test_mistakes_are_told_in_one_line(run: Run, words: list[str], code: int, part: str) -> None:
    """A mistake says what is near or what would be right; 2 for how a command is used, else 1."""
    Path("file").write_text("in the way")
    failed(run(*words), part, code=code)


def test_an_empty_data_folder_is_told(run: Run, tmp_path: Path) -> None:
    """A folder without tables says what it lacks, whatever command meets it."""
    (tmp_path / "empty").mkdir()
    for words in (["build"], ["check"], ["query", "board-seats"], ["show", "x"], ["view"], ["export"]):
        result = run(*words, "--data", "empty")
        assert result.exit_code == 1
        assert "dataset.csv" in result.stderr
        assert "Traceback" not in result.output


def test_settings_in_each_way(run: Run, tmp_path: Path) -> None:
    """--data and KG_DATA, --out and KG_OUT, --language and KG_LANGUAGE, --texts and KG_TEXTS do the same."""
    english, swedish = run("show", "harbour-town"), run("show", "harbour-town", "--language", "sv")
    assert english.stdout.startswith("Harbour Town\n")
    assert swedish.stdout.startswith("Hamnstaden\n")
    assert run("show", "harbour-town", KG_LANGUAGE="sv").stdout == swedish.stdout
    assert run("show", "harbour-town", "--language", "en", KG_LANGUAGE="sv").stdout == english.stdout
    assert run("show", "harbour-town", "--data", str(HARBOUR), KG_DATA="").stdout == english.stdout
    with_texts = run("show", "harbour-town", "--texts", str(HARBOUR)).stdout
    assert "      | 1: The Harbour Town founded the Sea Lab" in with_texts
    assert run("show", "harbour-town", KG_TEXTS=str(HARBOUR)).stdout == with_texts
    assert "      | " not in english.stdout
    labels = {row["helixLabel"] for row in rows(run("query", "organisations-by-kind", KG_LANGUAGE="sv"))}
    assert "akademi" in labels
    labels = {row["helixLabel"] for row in rows(run("query", "organisations-by-kind", "--language", "sv"))}
    assert "akademi" in labels
    assert run("export", KG_OUT="", KG_DATA=str(HARBOUR)).exit_code == 0
    assert (tmp_path / "build" / "harbour.ttl").is_file()
    assert run("export", "--out", "chosen").exit_code == 0
    assert (tmp_path / "chosen" / "harbour.ttl").read_bytes() == (
        tmp_path / "build" / "harbour.ttl"
    ).read_bytes()


def test_the_language_is_never_the_locale_s(out: Path) -> None:
    """A Swedish locale alone changes nothing."""
    answers = {process("show", "harbour-town", out=out, LC_ALL=each).stdout for each in ("C", "sv_SE.UTF-8")}
    assert len(answers) == 1


def test_a_question_without_language_is_asked_in_any(run: Run) -> None:
    """KG_LANGUAGE does no harm to a question that has no such parameter."""
    assert run("query", "-", text="ASK {}", KG_LANGUAGE="sv").stdout == "true\n"


def test_exports(run: Run, tmp_path: Path) -> None:
    """An export goes to the out folder by its name, to a file, or to standard output."""
    for form in ("ttl", "trig", "nt", "nq", "jsonld"):
        shown = run("export", "--format", form, "--out", "exported")
        assert shown.stdout == f"Wrote exported/harbour.{form}.\n"
        written = (tmp_path / "exported" / f"harbour.{form}").read_bytes()
        assert run("export", "--format", form, "-o", "-").stdout_bytes == written
        assert run("export", "--format", form, "-o", "mine").exit_code == 0
        assert (tmp_path / "mine").read_bytes() == written
    asserted = run("export", "--format", "nt", "--asserted", "-o", "-").stdout
    assert len(asserted) < len(run("export", "--format", "nt", "-o", "-").stdout)


def test_the_view_is_one_file(run: Run, tmp_path: Path) -> None:
    """`kg view` writes the page to the out folder, or to the file that -o names."""
    assert run("view", "--out", "drawn").stdout == "Wrote drawn/harbour.html.\n"
    assert run("view", "-o", "page.html").exit_code == 0
    assert (tmp_path / "page.html").read_bytes() == (tmp_path / "drawn" / "harbour.html").read_bytes()


def test_an_out_folder_that_cannot_be_written_to_still_answers(run: Run) -> None:
    """A question is answered though its store can be kept nowhere."""
    Path("file").write_text("in the way")
    assert len(rows(run("query", "organisations-by-kind", "--out", "file/out"))) == 3


def test_a_closed_pipe_is_no_failure(out: Path) -> None:
    """`kg query ... | head -1` prints its line, and nothing of a broken pipe."""
    for words in ("query source-says --source report", "export -o -", "show harbour-town", "queries"):
        done = subprocess.run(  # noqa: S602  a pipe as people type it
            f"{sys.executable} -m kg {words} | head -1",
            shell=True,
            env=ENVIRON | {"KG_OUT": str(out)},
            cwd=out,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert len(done.stdout.splitlines()) == 1
        assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("words", [["queries"], ["query", "board-seats"], ["show", "Sea Lab"], ["measures"]])
def test_a_full_disk_behind_standard_output_is_told(words: list[str], out: Path) -> None:
    """Where standard output has no room left, one line says so, and the exit code tells it."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *words],
            env=ENVIRON | {"KG_OUT": str(out)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == b"kg: standard output cannot be written: No space left on device\n"


@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_outputs_that_are_closed_are_no_failure(closed: str, out: Path) -> None:
    """Who closes standard output or standard error wants nothing of it; the work is done all the same."""
    script = f'"$0" -m kg query board-seats -o rows.csv {closed} && "$0" -m kg measures {closed}'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable],
        env=ENVIRON | {"KG_OUT": str(out)},
        cwd=out,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert (out / "rows.csv").read_bytes().startswith(b"member,")


def test_why_an_answer_is_empty_is_told_beside_it(run: Run) -> None:
    """A default that this data has not is told on standard error; the answer is empty, and no failure."""
    done = run("query", "organisation-partners")
    assert done.exit_code == 0
    assert done.stdout.count("\n") == 1
    said = "--organisation was not given, and its default, organisation:kth, is not in what was asked"
    assert done.stderr == f"kg: warning: {said}\n"
    assert run("query", "organisation-partners", "--organisation", "Harbour Town").stderr == ""


def test_what_takes_too_long_ends(out: Path) -> None:
    """A cross product ends when its time is over, with one line and exit code 1."""
    process("query", "board-seats", out=out)
    for options, environ in ((["--timeout", "1"], {}), ([], {"KG_TIMEOUT": "1"})):
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "kg", "query", "-", *options],
            input=CROSS_PRODUCT.encode(),
            env=ENVIRON | {"KG_OUT": str(out)} | environ,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert time.monotonic() - began < 20
        assert done.returncode == 1
        assert done.stdout == b""
        assert done.stderr.decode().startswith("kg: the answer took longer than 1 s")
        assert len(done.stderr.splitlines()) == 1


def test_a_cold_question_loads_little(out: Path) -> None:
    """Asking the kept store in a pipe imports no library but Oxigraph, Click and YAML."""
    script = (
        "import sys\nfrom kg.cli import main\n"
        "try: main(['query', 'organisation-partners', '--organisation', 'Harbour Town'])\n"
        "except SystemExit as done: assert not done.code\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=ENVIRON | {"KG_OUT": str(out)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    loaded = set(done.stderr.decode().split())
    assert {"click", "pyoxigraph"} <= loaded
    assert not loaded & {
        "SPARQLWrapper",
        "jinja2",
        "networkx",
        "numpy",
        "owlrl",
        "pyshacl",
        "pyvis",
        "rdflib",
        "rich",
        "xlsxwriter",
    }
    assert done.stdout.startswith(b"partner,partnerLabel,")


def on_a_terminal(*words: str, out: Path, columns: int = 160) -> str:
    """Run a command with a terminal as its output, and give what it wrote there."""
    above, below = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "kg", *words],
        env=ENVIRON | {"KG_OUT": str(out), "TERM": "xterm-256color", "COLUMNS": str(columns)},
        stdin=subprocess.DEVNULL,
        stdout=below,
        stderr=below,
        cwd=out,
    )
    os.close(below)
    written = b""
    while True:
        try:
            part = os.read(above, 65536)
        except OSError:  # Linux says so that the other end was closed
            break
        if not part:
            break
        written += part
    os.close(above)
    assert running.wait(timeout=60) == 0, written
    return written.decode().replace("\r\n", "\n")


def test_people_get_a_table(out: Path) -> None:
    """On a terminal an answer is a table of labels, without an IRI beside them."""
    shown = on_a_terminal("query", "organisation-partners", "--organisation", "Harbour Town", out=out)
    assert "Båtbolaget AB" in shown
    assert "2016-03" in shown
    assert "https://" not in shown
    assert "partnerLabel" not in shown
    assert shown.rstrip().endswith("2 rows")
    assert shown.splitlines()[0].split()[:3] == ["partner", "role", "initiative"]


def test_people_get_short_names_where_there_is_no_label(out: Path) -> None:
    """A thing without a label beside it is shown by kind and key."""
    shown = on_a_terminal("query", "single-source-facts", out=out, columns=240)
    assert "membership:harbour-university-partner-sea-lab" in shown
    assert "https://example.org" not in shown


def test_a_terminal_does_not_change_what_is_written_to_a_file(out: Path, tmp_path: Path) -> None:
    """With -o the answer is CSV though a terminal is there; --format holds on a terminal, too."""
    on_a_terminal("query", "board-seats", "-o", str(tmp_path / "seats.csv"), out=out)
    assert (tmp_path / "seats.csv").read_text(encoding="utf-8").startswith("member,memberLabel,")
    assert on_a_terminal("query", "board-seats", "--format", "csv", out=out).startswith("member,memberLabel,")


def test_labels_are_no_markup(folder: Path, out: Path) -> None:
    """What a table's cell holds is shown as it stands; control characters the tables refuse."""
    path = folder / "organisations.csv"
    text = path.read_text(encoding="utf-8").replace("Båtbolaget AB", "[red]Bå\\t[/red]")
    path.write_text(text, encoding="utf-8")
    words = ("query", "organisations-by-kind", "--data", str(folder), "--out", str(folder / "out"))
    shown = on_a_terminal(*words, out=out)
    assert "[red]Bå\\t[/red]" in shown


def test_each_folder_has_its_own_outputs(run: Run, folder: Path, tmp_path: Path) -> None:
    """Two data folders in one out folder keep apart, by name and by store."""
    text = (folder / "dataset.csv").read_text(encoding="utf-8")
    (folder / "dataset.csv").write_text(text.replace("harbour,", "port,", 1), encoding="utf-8")
    for data in (HARBOUR, folder):
        assert run("build", str(data), "--out", str(tmp_path / "both")).exit_code == 0
    names = {path.name for path in (tmp_path / "both").iterdir()}
    assert names == {"harbour.ttl", "port.ttl", ".store"}
    assert len(list((tmp_path / "both" / ".store").iterdir())) == 2


def test_the_folder_here_comes_first(run: Run, tmp_path: Path) -> None:
    """Without --data and KG_DATA, data/stockholm in the working directory is asked."""
    shutil.copytree(HARBOUR, tmp_path / "data" / "stockholm")
    assert run("show", "Sea Lab", KG_DATA="").stdout.startswith("Sea Lab\n")
