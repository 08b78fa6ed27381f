"""Who changed or took out what, when, and by which grant: ids and keys, never values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto

from services.kit.clock import new_id
from services.kit.rights.access import Action, Grant, Viewer, grant_used
from services.kit.rights.tree import Tree


class Deed(StrEnum):
    """What was done, by effect; the contract and the public API have the same names."""

    DEPARTMENT_CREATED = auto()
    DEPARTMENT_CHANGED = auto()
    DEPARTMENT_MOVED = auto()
    DEPARTMENT_CLOSED = auto()  # or merged into another
    DEPARTMENT_REOPENED = auto()
    ROOT_NAMED = auto()
    TOUCHPOINT_CREATED = auto()
    TOUCHPOINT_CHANGED = auto()
    SURVEY_CREATED = auto()
    SURVEY_CHANGED = auto()
    SURVEY_PUBLISHED = auto()  # anybody may answer it from now on
    SURVEY_STATE_CHANGED = auto()
    RESPONSE_CORRECTED = auto()
    RESPONSE_WITHDRAWN = auto()
    RESPONSES_IMPORTED = auto()
    IMPORT_TAKEN_BACK = auto()  # begun
    RESPONSES_EXPORTED = auto()
    RESPONSES_READ = auto()  # one by one on a page; told once a day of a reader and a department
    INVITATIONS_CREATED = auto()
    EMPLOYMENT_CHANGED = auto()
    EMPLOYMENT_CORRECTED = auto()  # stints corrected, removed, or replaced by a file
    EMPLOYEE_DETAILS_CHANGED = auto()
    EMPLOYEE_ERASED = auto()
    WAVE_CREATED = auto()  # a draft, also by a wave that repeats
    WAVE_CHANGED = auto()  # a draft
    WAVE_REMOVED = auto()  # a draft
    WAVE_OPENED = auto()
    WAVE_CLOSED = auto()
    WAVE_IMPORTED = auto()  # measured elsewhere; released at once
    SCORES_EXPORTED = auto()
    METRIC_REGISTERED = auto()
    TARGET_SET = auto()
    TARGET_REMOVED = auto()
    DRIVERS_STARTED = auto()
    DRIVERS_CANCELLED = auto()
    ALERT_ACKNOWLEDGED = auto()
    RECONCILIATION_STARTED = auto()
    REBUILD_STARTED = auto()
    DEAD_LETTERS_REPLAYED = auto()
    GRANT_GIVEN = auto()
    GRANT_REVOKED = auto()
    USER_CHANGED = auto()
    USER_REMOVED = auto()
    CUSTOMERS_LINKED = auto()
    CUSTOMERS_UNLINKED = auto()
    CUSTOMERS_FORCED = auto()  # joined against a rule
    CUSTOMER_CONFLICT_SETTLED = auto()
    CUSTOMER_REVEALED = auto()  # read in plain text
    PURCHASES_WITHDRAWN = auto()  # of these customers
    SITE_CREATED = auto()
    SITE_CHANGED = auto()  # or paused
    SITE_ROTATED = auto()  # has another secret
    ERASURE_REQUESTED = auto()  # of a customer
    ERASURE_APPROVED = auto()
    ERASURE_REFUSED = auto()
    ERASURE_DONE = auto()  # by all services
    ERASURE_REAPPLIED = auto()  # after a restore of an older backup
    CUSTOMER_ALLOWED_AGAIN = auto()  # an identifier that was erased
    IDENTIFIER_KIND_CHANGED = auto()  # made or renamed
    INTERACTIONS_WITHDRAWN = auto()  # of customers, for good
    INTERACTION_KIND_CHANGED = auto()  # made, renamed, or with more keys of details
    SEGMENT_CHANGED = auto()  # made or changed
    SEGMENT_REMOVED = auto()
    SIGNED_IN = auto()
    SIGNED_IN_BY_LINK = auto()
    SIGNED_OUT = auto()
    SESSION_STOLEN = auto()  # a secret came that was replaced long ago
    SESSION_ENDED_BY_PROVIDER = auto()
    SESSION_DISPLACED = auto()  # by a newer one of a subject that had too many


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, and the grant it was allowed by; None where none was needed (a receipt)."""

    subject: str
    grant: Grant | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One deed. `ids` and `keys` name what it was done to, first the thing itself; id is a UUIDv7."""

    at: datetime
    actor: Actor
    deed: Deed
    ids: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    id: str = field(default_factory=new_id)


def actor_of(viewer: Viewer, action: Action, tree: Tree, department_id: str | None = None) -> Actor:
    """The viewer with the grant that allows the action; on a department, or anywhere."""
    return Actor(viewer.subject, grant_used(viewer, action, tree, department_id))
