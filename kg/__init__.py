"""The knowledge graph of the innovation ecosystem: `kg.open` opens one, in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.answer import Answer
    from kg.ecosystem import Ecosystem, open  # noqa: A004 - kg.open, as people say it

__all__ = ["Answer", "Ecosystem", "__version__", "open"]
__version__ = "0.1.0"

_PLACES = {"Answer": "kg.answer", "Ecosystem": "kg.ecosystem", "open": "kg.ecosystem"}


def __getattr__(name: str) -> Any:
    """Give what is imported at its first use: the commands, which need none of it, start sooner."""
    if name in _PLACES:
        from importlib import import_module

        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute '{name}'")


def __dir__() -> list[str]:
    """Give what the package offers."""
    return sorted(__all__)
