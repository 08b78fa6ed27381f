"""What a person is told of a failure: the sentence of its reason, else of its kind."""

from collections.abc import Mapping
from typing import Final

from gateway.request.outcome import seconds_to_wait
from gateway.signin.sentences import Sentence, say
from services.kit.errors import (
    Conflict,
    Failure,
    Late,
    RateLimited,
    Unauthenticated,
    Unavailable,
)

LINK_CUT: Final = "LINK_CUT"
LINK_EXPIRED: Final = "LINK_EXPIRED"
LINK_USED: Final = "LINK_USED"
NOBODY: Final = "NOBODY_SIGNED_IN"
NO_BROWSERS: Final = "NO_BROWSERS"
SESSION_ENDED: Final = "SESSION_ENDED"
_BY_REASON: Final[Mapping[str, Sentence]] = {
    LINK_CUT: Sentence.LINK_CUT,
    LINK_EXPIRED: Sentence.LINK_EXPIRED,
    LINK_USED: Sentence.LINK_USED,
    NOBODY: Sentence.NOBODY,
    NO_BROWSERS: Sentence.NO_BROWSERS,
    "NO_SIGN_IN": Sentence.NO_PROVIDER,
    SESSION_ENDED: Sentence.SESSION_ENDED,
    "SIGN_IN_UNKNOWN": Sentence.TOOK_TOO_LONG,
    "SIGN_IN_USED": Sentence.USED,
    "SIGN_IN_REFUSED": Sentence.REFUSED_BY_PROVIDER,
    "MARKER_REQUIRED": Sentence.OTHER_PAGE,
}
_BY_KIND: Final[Mapping[type[Failure], Sentence]] = {
    RateLimited: Sentence.TOO_MANY,
    Unavailable: Sentence.AWAY,
    Late: Sentence.AWAY,
    Unauthenticated: Sentence.UNUSABLE_ANSWER,
}


def explain(failure: Failure, language: str) -> str:
    """What happened and what to do, in the words of a person."""
    kind = _BY_KIND.get(type(failure), Sentence.FAILED)
    seconds = seconds_to_wait(failure) or 1
    sentence = _BY_REASON.get(failure.reason, kind)
    return say(sentence, language, reason=failure.reason, seconds=seconds)


def of_link(failure: Unauthenticated) -> Unauthenticated:
    """Why a link does not hold."""
    is_late = failure.reason == "TOKEN_EXPIRED"
    message = "the link has expired" if is_late else "the link is not whole"
    return Unauthenticated(message, reason=LINK_EXPIRED if is_late else LINK_CUT)


def link_used() -> Conflict:
    """A link signs in once."""
    return Conflict("the link was used before", reason=LINK_USED)
