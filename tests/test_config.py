"""Settings: an option wins over the environment, that over the default."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HARBOUR, ROOT

from kg.config import settings, share
from kg.errors import NotFound


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing set: Stockholm, build, no texts, English, 30 seconds."""
    monkeypatch.chdir(ROOT)
    found = settings({})
    assert (found.data, found.out) == (Path("data/stockholm"), Path("build"))
    assert (found.texts, found.language, found.timeout) == (None, "en", 30)


def test_elsewhere_the_data_that_comes_with_kg_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the working directory has no data, Stockholm's own is found beside the tool."""
    monkeypatch.chdir(tmp_path)
    assert settings({}).data == share() / "data" / "stockholm"


def test_options_win_over_the_environment(tmp_path: Path) -> None:
    """Each option outdoes its variable, and each variable its default."""
    environ = {
        "KG_DATA": str(HARBOUR),
        "KG_OUT": "elsewhere",
        "KG_TEXTS": str(HARBOUR),
        "KG_LANGUAGE": "sv",
        "KG_TIMEOUT": "5",
    }
    found = settings(environ)
    assert (found.data, found.out, found.texts) == (HARBOUR, Path("elsewhere"), HARBOUR)
    assert (found.language, found.timeout) == ("sv", 5)
    found = settings(environ, data=tmp_path, out=tmp_path, texts=tmp_path, language="en", timeout=1)
    assert (found.data, found.out, found.texts) == (tmp_path, tmp_path, tmp_path)
    assert (found.language, found.timeout) == ("en", 1)


def test_empty_variables_are_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set to nothing is not set."""
    monkeypatch.chdir(ROOT)
    names = ("KG_DATA", "KG_OUT", "KG_TEXTS", "KG_LANGUAGE", "KG_TIMEOUT")
    assert settings(dict.fromkeys(names, "")) == settings({})


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "ten", "1e999", "1e9"])
def test_a_timeout_is_a_number_above_0(seconds: str) -> None:
    """Seconds that would never or at once run out, or that no system waits, are refused."""
    with pytest.raises(NotFound, match="KG_TIMEOUT"):
        settings({"KG_TIMEOUT": seconds}, data=HARBOUR)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 1e9])
def test_an_option_is_held_to_the_same(seconds: float) -> None:
    """What a program or a command line says is looked at as the environment is, 0 too."""
    with pytest.raises(NotFound, match="is not a number of seconds above 0"):
        settings({"KG_TIMEOUT": "5"}, data=HARBOUR, timeout=seconds)
    with pytest.raises(NotFound, match="memory '0' is not a whole number of megabytes"):
        settings({"KG_MEMORY": "5"}, data=HARBOUR, memory=0)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """Folders that are missing and unspoken languages say so."""
    with pytest.raises(NotFound, match="no such data folder"):
        settings({}, data=tmp_path / "none")
    with pytest.raises(NotFound, match="no such folder of texts"):
        settings({}, data=HARBOUR, texts=tmp_path / "none")
    with pytest.raises(NotFound, match="'fi' is not one of en, sv"):
        settings({"KG_LANGUAGE": "fi"}, data=HARBOUR)


@pytest.mark.parametrize("megabytes", ["0", "-1", "1.5", "1e3", "many", "٣x", "9" * 20])
def test_memory_is_a_whole_number_above_0(megabytes: str) -> None:
    """Megabytes that are none are refused; an option wins over the environment."""
    with pytest.raises(NotFound, match="KG_MEMORY"):
        settings({"KG_MEMORY": megabytes}, data=HARBOUR)
    assert settings({"KG_MEMORY": "100"}, data=HARBOUR).memory == 100
    assert settings({"KG_MEMORY": "100"}, data=HARBOUR, memory=200).memory == 200
    assert settings({}, data=HARBOUR).memory == 2048
