"""Work that outlasts the call that starts it."""

from enum import Enum


class WorkState(Enum):
    """How far it is; NEVER: none was started yet."""

    NEVER = "NEVER"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
