"""The knowledge graph of the innovation ecosystem."""

__version__ = "0.1.0"
