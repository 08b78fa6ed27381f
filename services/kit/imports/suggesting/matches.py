"""A column that was recognised."""

from dataclasses import dataclass

from services.kit.imports.suggesting.shapes import Shape


@dataclass(frozen=True, slots=True)
class Match:
    """A column that is taken for a field, and the doubt about it; empty: none."""

    column: Shape
    doubt: str = ""
