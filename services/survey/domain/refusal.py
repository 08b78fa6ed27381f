"""Why an input is refused, as a value: one input may be refused for several reasons at once."""

from typing import NamedTuple

from services.kit.errors import Conflict, Failure, Invalid


class Refusal(NamedTuple):
    """Where in the input, what for machines, and what would be right; never quotes what a person wrote."""

    field: tuple[str, ...]
    reason: str
    message: str


# Well formed, but not as things stand.
CONTRADICTIONS = frozenset(
    {
        "SURVEY_CLOSED",
        "SURVEY_ARCHIVED",
        "STATE_NOT_REACHABLE",
        "KIND_CHANGED",
        "SCALE_CHANGED",
        "OPTION_REMOVED",
    }
)


def failure_of(refusal: Refusal) -> Failure:
    """The refusal of a whole call, as the failure that gRPC servicing makes a status of."""
    kind = Conflict if refusal.reason in CONTRADICTIONS else Invalid
    return kind(refusal.message, reason=refusal.reason, field=refusal.field)


def refuse(*refusals: Refusal | None) -> None:
    """Raise the first of them, if there is one."""
    for refusal in refusals:
        if refusal is not None:
            raise failure_of(refusal)
