"""What becomes of a submission."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from services.survey.attribution.submission import Submission
from services.survey.domain.refusal import Refusal
from services.survey.invitations.domain import SPENT
from services.survey.responses.domain.judgement import Accepted, Judged, LateResponse
from services.survey.responses.domain.responses import read_id


class Fate(Enum):
    """What became of a valid response when its group was stored."""

    STORED = auto()
    ALREADY_STORED = auto()
    ID_CONFLICT = auto()
    UNSTORABLE = auto()
    INVITATION_SPENT = auto()


IN_STORE = (Fate.STORED, Fate.ALREADY_STORED)

REASONS: Mapping[Fate, Refusal] = {
    Fate.ID_CONFLICT: Refusal(
        ("id",),
        "ID_CONFLICT",
        "this id stands for another response: repeat exactly that one, or use a new id",
    ),
    Fate.UNSTORABLE: Refusal(
        (), "UNSTORABLE", "this response cannot be stored as it is; the others of the call were"
    ),
    Fate.INVITATION_SPENT: SPENT,
}


class SubmissionOutcome(NamedTuple):
    """A submission's id (empty if it never had one), and either its fate or why it was refused."""

    id: str
    fate: Fate | None
    refusals: Sequence[Refusal] = ()


def foresee(response: Accepted, stored: dict[str, bytes], spent: dict[bytes, str]) -> Fate:
    """What would become of a response; it counts as stored, and its invitation as spent, from then on.

    `stored`: fingerprints by response id; `spent`: response ids by hash of the token.
    """
    if response.id not in stored:
        token = response.token_hash
        if token is not None and spent.setdefault(token, response.id) != response.id:
            return Fate.INVITATION_SPENT
        stored[response.id] = response.body_hash
        return Fate.STORED
    return _fate_of_repeated(response, stored)


def outcomes_of(
    submissions: Sequence[Submission],
    judged: Sequence[Judged],
    fates: Sequence[Fate],
    stored: Mapping[str, bytes],
) -> list[SubmissionOutcome]:
    """In the order of the submissions; `fates` are those of what was accepted, in order.

    `stored`: the fingerprints, by id, of what came late and is stored.
    """
    next_fate = iter(fates)
    return [
        SubmissionOutcome(item.id, next(next_fate))
        if isinstance(item, Accepted)
        else _outcome_of_late(item, stored)
        if isinstance(item, LateResponse)
        else SubmissionOutcome(read_id(sent.id) or "", None, item)
        for sent, item in zip(submissions, judged, strict=True)
    ]


def _outcome_of_late(late: LateResponse, stored: Mapping[str, bytes]) -> SubmissionOutcome:
    """A repetition of what was stored in time is known as such."""
    response = late.response
    if response.id not in stored:
        return SubmissionOutcome(response.id, None, [late.refusal])
    return SubmissionOutcome(response.id, _fate_of_repeated(response, stored))


def _fate_of_repeated(response: Accepted, stored: Mapping[str, bytes]) -> Fate:
    same = stored[response.id] == response.body_hash
    return Fate.ALREADY_STORED if same else Fate.ID_CONFLICT
