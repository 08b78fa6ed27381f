"""Why an input is refused, as a value: one input may be refused for several reasons at once."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """Where in the input, what for machines, and what would be right; never quotes what a person wrote."""

    field: tuple[str, ...]
    reason: str
    message: str
