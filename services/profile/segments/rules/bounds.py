"""How large and how fine the numbers of a rule can become: PostgreSQL fails where a double cannot hold one, and a rule
must never fail. So a rule whose numbers could leave the range is refused beforehand."""

from dataclasses import dataclass
from typing import Final

from services.kit.errors import Invalid
from services.kit.logic.issues import TOO_LARGE

LARGEST: Final = 1e300
FINEST: Final = 1e-300
PRECISION: Final = 2.0**-53


@dataclass(frozen=True, slots=True)
class Bounds:
    """Every value is at most `most` from zero, and a multiple of a number that is at least `grain`."""

    most: float = float(2**53)
    grain: float = 1.0


def bounds_of(sign: str, parts: list[Bounds]) -> Bounds:
    """Of what an operation or a function makes of its parts; Invalid (RULE_TOO_LARGE) beyond what a double holds."""
    most, grain = sum(part.most for part in parts), min(part.grain for part in parts)
    if sign == "*":
        most, grain = parts[0].most * parts[1].most, parts[0].grain * parts[1].grain * PRECISION
    elif sign == "/":
        most = parts[0].most / parts[1].grain
        grain = parts[0].grain / parts[1].most * PRECISION
    elif sign == "mean":
        grain = grain / len(parts) * PRECISION
    return _checked(most, grain)


def rounded(part: Bounds, scale: float) -> Bounds:
    """Of a number that is rounded to multiples of 1 / `scale`."""
    _checked(part.most * scale * 2, part.grain)
    return Bounds(part.most + 1, PRECISION / scale)


def constant(value: float) -> Bounds:
    grain = 1.0 if value.is_integer() else abs(value) * PRECISION
    return Bounds(max(abs(value), grain), grain)


def _checked(most: float, grain: float) -> Bounds:
    if most > LARGEST or grain < FINEST:
        message = "this rule multiplies or divides too often: its numbers could become too large or too small"
        raise Invalid(message, reason=TOO_LARGE)
    return Bounds(most, grain)
