"""Why departments are not stored as they were sent: each beyond what moves and closings refuse."""

from typing import Final

from services.kit.errors import Conflict, NotFound

MOST_LEVELS: Final = 100
"""With the root. Each right is asked along the line above a department, so it costs what the line is long."""


def too_deep() -> Conflict:
    return Conflict(
        f"a tree has at most {MOST_LEVELS} levels: hang it under a department nearer to the root",
        reason="TOO_DEEP",
        field=["parent"],
    )


def second_root() -> Conflict:
    return Conflict(
        "there is one root already: name the department this one hangs under",
        reason="SECOND_ROOT",
        field=["parent"],
    )


def not_yours() -> NotFound:
    return NotFound("this key cannot be used: choose another one", field=["key"])


def unknown_parent() -> NotFound:
    return NotFound(
        "no such parent: send it before this item or in the same call, in any order",
        reason="UNKNOWN_PARENT",
        field=["parent"],
    )
