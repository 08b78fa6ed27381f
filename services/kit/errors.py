"""Failures with a reason for machines and a sentence for people."""

import errno
from collections.abc import Iterable, Iterator

FULL = "the disk of this platform is full, and nothing was stored: tell whoever runs it, then send it again"
FULL_REASON = "DISK_FULL"
ALMOST_FULL_REASON = "STORE_ALMOST_FULL"
NEEDS_ROOM = frozenset({FULL_REASON, ALMOST_FULL_REASON})
"""Reasons that last until somebody makes room: trying again in a moment would only hide them."""

POSTGRESQL_FULL = "53100"
NO_TEXT = "22021"
"""That of PostgreSQL for a text that is none in its encoding."""
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})


def printable(text: str) -> str:
    """A text that changes neither a terminal nor a line of a log: what cannot be printed is a question mark."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "?" for sign in text)


class Failure(Exception):
    """An expected failure; what a client typed is quoted without control characters.

    `field` is the path of the offending input, outermost name first."""

    reason: str = "UNKNOWN"

    def __init__(self, message: str, *, reason: str = "", field: Iterable[str] = ()) -> None:
        message = printable(message)
        super().__init__(message)
        self.message = message
        self.reason = reason or self.reason
        self.field = tuple(field)


class NotFound(Failure):
    """Absent, or not the viewer's to see: the two look the same."""

    reason = "NOT_FOUND"


class Invalid(Failure):
    """The input breaks a rule; the same input will fail again."""

    reason = "INVALID"


class Conflict(Failure):
    """The input is well formed but contradicts what is stored."""

    reason = "CONFLICT"


class Denied(Failure):
    """Visible to the viewer, but not the viewer's to do."""

    reason = "FORBIDDEN"


class Unauthenticated(Failure):
    """No token, or one that does not hold."""

    reason = "UNAUTHENTICATED"


class Unavailable(Failure):
    """Something this needs is away; the same input may succeed later."""

    reason = "UNAVAILABLE"


class RateLimited(Failure):
    """Too much at once; the same input may succeed later. `retry_after`: in how many seconds, where that is known."""

    reason = "RATE_LIMITED"

    def __init__(
        self,
        message: str,
        *,
        reason: str = "",
        field: Iterable[str] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message, reason=reason, field=field)
        self.retry_after = retry_after


class Late(Failure):
    """The caller's time ran out."""

    reason = "DEADLINE_EXCEEDED"


class Broken(Failure):
    """A defect on our side; details are in the log, never in the message."""

    reason = "INTERNAL"


def is_full(error: BaseException) -> bool:
    """Whether a full disk is what went wrong: that of PostgreSQL, through its driver or a session, or one of ours; or
    who met it said so."""
    return is_store_full(error) or any(
        (isinstance(cause, OSError) and cause.errno in NO_SPACE)
        or (isinstance(cause, Unavailable) and cause.reason == FULL_REASON)
        for cause in _causes(error)
    )


def is_store_full(error: BaseException) -> bool:
    """Whether it is the disk of PostgreSQL that is full."""
    return any(getattr(cause, "sqlstate", None) == POSTGRESQL_FULL for cause in _causes(error))


def is_unstorable(error: BaseException) -> bool:
    """Whether PostgreSQL was given a text that none of its texts can be: one with a NUL."""
    return any(getattr(cause, "sqlstate", None) == NO_TEXT for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or getattr(cause, "orig", None)
