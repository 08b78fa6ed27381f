"""What becomes of a submission."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from services.survey.domain.refusal import Refusal
from services.survey.invitations.domain import SPENT


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


class Outcome(NamedTuple):
    """A submission's id (empty if it never had one), and either its fate or why it was refused."""

    id: str
    fate: Fate | None
    refusals: Sequence[Refusal] = ()
