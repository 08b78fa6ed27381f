"""What becomes of a submission."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple, TypeAlias
from uuid import UUID

from services.survey.attribution.submission import Submission
from services.survey.domain.refusal import Refusal
from services.survey.invitations.domain import SPENT
from services.survey.responses.domain.ids import read_id
from services.survey.responses.domain.judgement import Accepted, Judged, LateResponse
from services.survey.responses.domain.quota import refuse_beyond

First: TypeAlias = Callable[[bytes, bytes], bytes | None]
"""Of a key and a value: the value that came with the key before, None the first time."""


class Fate(Enum):
    """What became of a valid response when its group was stored."""

    STORED = auto()
    CORRECTED = auto()  # a row of a file that was stored with other answers
    ALREADY_STORED = auto()  # the id is; of what it stands for the sender is told nothing more
    PROVEN_REPEAT = auto()  # the same body, from who knows the secret of the first call
    ID_CONFLICT = auto()
    UNSTORABLE = auto()
    INVITATION_SPENT = auto()
    BEYOND_QUOTA = auto()


WITH_RECEIPT = (Fate.STORED, Fate.PROVEN_REPEAT)

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


class StoredBody(NamedTuple):
    """By what a stored response is known again: the fingerprint of its body, and that of its secret if it had one.

    `body_hash`: None once it was withdrawn. `unkeyed`: what an equal body has if the hash was kept without the key.
    """

    body_hash: bytes | None
    secret_hash: bytes | None
    unkeyed: bytes | None = None


def fate_of_repeated(sent: StoredBody, stored: StoredBody, *, is_told: bool) -> Fate:
    """What becomes of a response whose id is stored.

    Whether the bodies are equal is told to who knows the secret, or `is_told` without. To everybody else a repetition
    and a conflict are one answer: else whoever has an id guesses what was said. What was withdrawn nobody is told.
    """
    if stored.body_hash is None:
        return Fate.ALREADY_STORED
    same = sent.body_hash in (stored.body_hash, stored.unkeyed)
    if hmac.compare_digest(sent.secret_hash or b"", stored.secret_hash or b"none"):
        return Fate.PROVEN_REPEAT if same else Fate.ID_CONFLICT
    return Fate.ALREADY_STORED if same or not is_told else Fate.ID_CONFLICT


def foresee(
    response: Accepted, stored: Mapping[str, StoredBody], first_body: First, spent_by: First
) -> Fate:
    """What would become of a response; it counts as stored, and its invitation as spent, from then on.

    `stored`: by response id; `first_body`: the hash of a body that came with an id before; `spent_by`: the id that came
    with the hash of a token before.
    """
    if response.id in stored:
        return _fate_of_repeated(response, stored)
    id_, token = UUID(response.id).bytes, response.token_hash
    before = first_body(id_, response.body_hash)
    if before is not None:
        return fate_of_repeated(_body(response), StoredBody(before, None), is_told=response.is_told)
    if token is not None and spent_by(token, id_) not in (None, id_):
        return Fate.INVITATION_SPENT
    return Fate.STORED


def outcomes_of(
    submissions: Sequence[Submission],
    judged: Sequence[Judged],
    fates: Sequence[Fate],
    stored: Mapping[str, StoredBody],
) -> list[SubmissionOutcome]:
    """In the order of the submissions; `fates` are those of what was accepted, in order.

    `stored`: by id, what came late and is stored.
    """
    next_fate = iter(fates)
    return [
        _outcome_of(item, next(next_fate))
        if isinstance(item, Accepted)
        else _outcome_of_late(item, stored)
        if isinstance(item, LateResponse)
        else SubmissionOutcome(read_id(sent.id or "") or "", None, item)
        for sent, item in zip(submissions, judged, strict=True)
    ]


def _outcome_of(accepted: Accepted, fate: Fate) -> SubmissionOutcome:
    if fate is Fate.BEYOND_QUOTA and accepted.quota is not None:
        return SubmissionOutcome(accepted.id, None, [refuse_beyond(accepted.quota)])
    return SubmissionOutcome(accepted.id, fate)


def _outcome_of_late(late: LateResponse, stored: Mapping[str, StoredBody]) -> SubmissionOutcome:
    """A repetition of what was stored in time is known as such."""
    response = late.response
    if response.id not in stored:
        return SubmissionOutcome(response.id, None, [late.refusal])
    return SubmissionOutcome(response.id, _fate_of_repeated(response, stored))


def _fate_of_repeated(response: Accepted, stored: Mapping[str, StoredBody]) -> Fate:
    return fate_of_repeated(_body(response), stored[response.id], is_told=response.is_told)


def _body(response: Accepted) -> StoredBody:
    return StoredBody(response.body_hash, response.secret_hash)
