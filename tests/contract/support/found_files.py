"""A file that somebody brings, and what its suggested mapping must have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A file, how it is written (made_files.py), the kind it is, lines of the mapping, and how many rows it has."""

    name: str
    words: tuple[str, ...]
    kind: str
    lines: tuple[str, ...]
    rows: int
    text: str
