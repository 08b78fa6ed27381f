"""Whom a response counts for: frozen when it is stored, whatever the organisation becomes later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.kit.rights.tree import Touchpoint, Tree
from services.survey.attribution.submission import Submission
from services.survey.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class SubmitScope:
    """What one sender may see and submit for in the tree of this moment; departments by id.

    `stranger`: who has no token, and so names only what is offered.
    """

    tree: Tree
    today: int
    private_surveys: bool
    history: bool  # may bring in responses to what is closed by now
    sees: Callable[[str], bool]
    submits: Callable[[str], bool]
    stranger: bool = False

    def sees_key(self, key: str) -> bool:
        """Whether there is such a department, and the sender sees it."""
        department_id = self.tree.id_of(key)
        return department_id is not None and self.sees(department_id)

    def touchpoint(self, key: str) -> Touchpoint | None:
        """The touchpoint of a key; it is seen by those who see its owner of today."""
        touchpoint = self.tree.touchpoint(key)
        if touchpoint is None or not self.sees(touchpoint.terms.on(self.today).department_id):
            return None
        return touchpoint


class Attribution(NamedTuple):
    """What a response counts for, decided when it was stored; None for what it does not have."""

    department_id: str
    local_day: int
    touchpoint_id: str | None
    stage: str | None
    channel: str | None
    segment: str | None
    language: str | None


# The same for what is not there, what the sender may not see, and what is not offered.
UNKNOWN_TOUCHPOINT = Refusal(
    ("touchpoint",),
    "UNKNOWN_TOUCHPOINT",
    "there is no such touchpoint, or it is not offered here (Survey.offers): name another one",
)
UNKNOWN_DEPARTMENT = Refusal(
    ("department",),
    "UNKNOWN_DEPARTMENT",
    "there is no such department, or it is not offered here (Survey.offers): name another one",
)
DEPARTMENT_REQUIRED = Refusal(
    ("department",),
    "DEPARTMENT_REQUIRED",
    "name a department or a touchpoint: the survey has no department of its own",
)


def attribute(
    submission: Submission, default: str | None, at: datetime, scope: SubmitScope
) -> Attribution | Refusal:
    """The department sent, else the touchpoint's owner on the response's local day, else the survey's own.

    What the sender may not see is refused as if it were absent.
    """
    day = scope.tree.local_day(at)
    touchpoint = None
    if submission.touchpoint is not None:
        touchpoint = scope.touchpoint(submission.touchpoint)
        if touchpoint is None:
            return UNKNOWN_TOUCHPOINT
    term = touchpoint.terms.on(day) if touchpoint else None
    department_id = _department(submission, term.department_id if term else default, scope)
    if isinstance(department_id, Refusal):
        return department_id
    channel = submission.channel or (touchpoint.channel if touchpoint else "")
    return Attribution(
        department_id,
        day,
        touchpoint.id if touchpoint else None,
        (term.stage if term else "") or None,
        channel or None,
        submission.segment,
        submission.language,
    )


def _department(submission: Submission, owner: str | None, scope: SubmitScope) -> str | Refusal:
    """The id of the department sent, else the owner, if the sender may submit for it."""
    named = submission.department
    if named is None and owner is None:
        return DEPARTMENT_REQUIRED
    department_id = owner if named is None else scope.tree.id_of(named)
    if department_id is None or not scope.sees(department_id):
        return UNKNOWN_DEPARTMENT._replace(field=_origin(submission))
    if not scope.submits(department_id):
        return Refusal(_origin(submission), "FORBIDDEN", "your role does not allow this (submit)")
    return department_id


def _origin(submission: Submission) -> tuple[str, ...]:
    """The field the department came from."""
    named = submission.department is not None or submission.touchpoint is None
    return ("department",) if named else ("touchpoint",)
