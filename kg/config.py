"""Settings and places: where the tool's own files lie, and what the environment sets.

The environment is an argument, read once by the command line and handed on; nothing here reads it
at import.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "sv")
MEMORY = 2048
"""Megabytes that a process which answers may take."""
LONGEST, LARGEST = 1_000_000, 1_000_000_000
"""Seconds and megabytes that may be allowed at most: systems count neither much further."""
SETTINGS = {
    "KG_DATA": "the data folder, or RDF; else data/stockholm here, else the one that comes with kg",
    "KG_OUT": "the folder for outputs and the store; else build in the working directory",
    "KG_ONTOLOGIES": "a folder with the vocabularies' own files, for kg check --ontology; none otherwise",
    "KG_TEXTS": "a folder with the source documents; none otherwise",
    "KG_LANGUAGE": "the language of labels, en or sv; else en",
    "KG_QUERIES": "a folder of your own questions, which join the library; none otherwise",
    "KG_TIMEOUT": "seconds that a question may take; else 30",
    "KG_MEMORY": "megabytes that the process which answers may take; else 2048",
    "KG_ENDPOINT_USER": "the user name for an endpoint, basic or digest; else what netrc has for its host",
    "KG_ENDPOINT_PASSWORD": "the password for it",
    "KG_ENDPOINT_TOKEN": "the bearer token for an endpoint",
}


def share() -> Path:
    """Give the folder that holds ontology/, queries/ and data/.

    In an installed wheel that is kg/share; in a checkout, the folder above the package.
    """
    package = Path(__file__).resolve().parent
    inside = package / "share"
    return inside if inside.is_dir() else package.parent


@dataclass(frozen=True)
class Settings:
    """What holds for one run of the tool.

    Attributes:
        data: the data folder, or an RDF file, or a folder of them.
        out: the folder for outputs and the store.
        texts: a folder with the reader's own copies of the documents, or none.
        language: the language of labels.
        timeout: seconds that a question may take.
        memory: megabytes that the process which answers it may take.
        queries: a folder of the user's own questions, or none.
    """

    data: Path
    out: Path
    texts: Path | None
    language: str
    timeout: float
    memory: int = MEMORY
    queries: Path | None = None


def settings(
    environ: Mapping[str, str],
    *,
    data: Path | None = None,
    out: Path | None = None,
    texts: Path | None = None,
    language: str | None = None,
    timeout: float | None = None,
    memory: int | None = None,
    queries: Path | None = None,
) -> Settings:
    """Settle the settings of a run: an option wins over the environment, that over the default.

    Raises:
        NotFound: where the data folder, the folder of texts or that of questions is not there, the
            language is not spoken here, or time or memory is no number that can be kept to.
    """
    folder = data or Path(environ.get("KG_DATA") or _default_data())
    if not folder.exists():
        raise NotFound(f"{folder}: there is no such data folder; name one with --data DIR")
    own = texts or (Path(environ["KG_TEXTS"]) if environ.get("KG_TEXTS") else None)
    if own and not own.is_dir():
        raise NotFound(f"{own}: there is no such folder of texts; name one with --texts DIR")
    return Settings(
        data=folder,
        out=out or Path(environ.get("KG_OUT") or "build"),
        texts=own,
        language=spoken(environ, language),
        timeout=_seconds(environ.get("KG_TIMEOUT"), timeout),
        memory=_megabytes(environ.get("KG_MEMORY"), memory),
        queries=own_queries(environ, queries),
    )


def spoken(environ: Mapping[str, str], given: str | None = None) -> str:
    """Settle the language of labels.

    Raises:
        NotFound: where it is not spoken here.
    """
    language = given or environ.get("KG_LANGUAGE") or LANGUAGES[0]
    if language not in LANGUAGES:
        raise NotFound(f"language '{language}' is not one of {', '.join(LANGUAGES)}")
    return language


def own_queries(environ: Mapping[str, str], given: Path | None = None) -> Path | None:
    """Settle the folder of the user's own questions.

    Raises:
        NotFound: where it is not there.
    """
    folder = given or (Path(environ["KG_QUERIES"]) if environ.get("KG_QUERIES") else None)
    if folder and not folder.is_dir():
        raise NotFound(f"{folder}: there is no such folder of questions; name one with --queries DIR")
    return folder


def _default_data() -> Path:
    here = Path("data") / "stockholm"
    return here if (here / "dataset.csv").is_file() else share() / "data" / "stockholm"


def _seconds(text: str | None, given: float | None) -> float:
    name, written = ("KG_TIMEOUT", text or "30") if given is None else ("timeout", str(given))
    try:
        seconds = float(written)
    except ValueError:
        seconds = -1
    if not 0 < seconds <= LONGEST:
        raise NotFound(f"{name} '{written}' is not a number of seconds above 0 and up to {LONGEST:,}")
    return seconds


def _megabytes(text: str | None, given: int | None) -> int:
    name, written = ("KG_MEMORY", text or str(MEMORY)) if given is None else ("memory", str(given))
    if not written.isdecimal() or not 0 < int(written) <= LARGEST:
        raise NotFound(f"{name} '{written}' is not a whole number of megabytes above 0 and up to {LARGEST:,}")
    return int(written)
