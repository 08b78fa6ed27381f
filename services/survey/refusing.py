"""Refusals of a whole call, as the failures that a door understands."""

from services.kit.errors import Conflict, Failure, Invalid
from services.survey.domain.refusal import Refusal

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
    kind = Conflict if refusal.reason in CONTRADICTIONS else Invalid
    return kind(refusal.message, reason=refusal.reason, field=refusal.field)


def refuse(*refusals: Refusal | None) -> None:
    """Raise the first of them, if there is one."""
    for refusal in refusals:
        if refusal is not None:
            raise failure_of(refusal)
