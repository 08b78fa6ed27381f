"""Who may do what: roles, grants, and the one question every service asks again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from services.kit.errors import Denied, NotFound, Unauthenticated
from services.kit.rights.tree import Tree


class Role(StrEnum):
    """Roles that tokens carry. `service` is for our own processes and is never granted to a person."""

    ADMIN = auto()
    ANALYST = auto()
    DEPARTMENT_HEAD = auto()
    INTEGRATION = auto()
    OPERATOR = auto()
    PRIVACY_OFFICER = auto()
    SERVICE = auto()


class Action(StrEnum):
    """What can be asked of a service, by effect and not by RPC."""

    READ_DIRECTORY = auto()
    READ_SURVEYS = auto()
    READ_SCORES = auto()
    READ_RESPONSES = auto()  # one by one, in the respondents' own words
    SUBMIT = auto()
    ADD_DEPARTMENTS = auto()  # new ones, changing none that is there
    WRITE_DEPARTMENTS = auto()  # names of those that are there
    NAME_ROOT = auto()
    ADD_TOUCHPOINTS = auto()  # as ADD_DEPARTMENTS
    WRITE_TOUCHPOINTS = auto()
    ADD_SURVEYS = auto()  # as ADD_DEPARTMENTS
    WRITE_SURVEYS = auto()  # what they say and ask, who may answer, whether they are open
    CORRECT_RESPONSES = auto()  # by a call or a file, without their receipt, whoever stored them
    WITHDRAW_RESPONSES = auto()  # without their receipt: for good
    WRITE_EMPLOYEES = auto()
    CORRECT_EMPLOYEES = auto()  # and remove their stints, whoever stored them
    ERASE_EMPLOYEES = auto()  # who they are; their stints stay
    WRITE_WAVES = auto()  # plan, open and close them; see drafts and how many links were used
    CHANGE_PARENT = auto()  # from today, as a part of an import
    MOVE_DEPARTMENT = auto()  # from any day
    WRITE_METRICS = auto()
    WRITE_TARGETS = auto()  # set and remove them; who reads scores reads them
    ANALYSE_DRIVERS = auto()  # ask for an analysis and cancel it; who reads scores reads them
    ACKNOWLEDGE_ALERTS = auto()  # say what is done about them; who reads scores reads them
    REPLAY = auto()  # dead letters; and see how far services are
    WRITE_GRANTS = auto()  # and read them
    WRITE_USERS = auto()  # names and addresses of those who have grants; and read them
    RECONCILE = auto()  # the answer log with the stored responses, and make it anew
    READ_AUDIT = auto()
    READ_CUSTOMERS = auto()  # by number, and how persons came to be; not in plain text
    FIND_CUSTOMERS = auto()  # one, by an identifier
    WRITE_CUSTOMERS = auto()  # what is said of them, by a call or a file
    RECORD_FACTS = auto()  # of customers: what they did, by a call or a file
    WITHDRAW_FACTS = auto()  # that should not have been recorded, whoever did
    MAKE_FACT_KINDS = auto()  # kinds of interactions
    READ_TIMELINES = auto()  # of customers: facts of departments, without anything in plain text
    LINK_CUSTOMERS = auto()  # join them, settle conflicts, add kinds of identifiers
    UNLINK_CUSTOMERS = auto()  # part them
    FORCE_CUSTOMERS = auto()  # join them against a rule
    REVEAL_CUSTOMERS = auto()  # in plain text, with a reason
    RECORD_CONSENTS = auto()  # what a customer said, by an identifier
    READ_CONSENTS = auto()  # of a customer by number, and what holds
    WRITE_SITES = auto()  # web pages that may send what visitors do; and read them
    REQUEST_ERASURE = auto()  # of a customer; and see what became of requests
    APPROVE_ERASURE = auto()  # or refuse it; let an identifier be stored again
    READ_SEGMENTS = auto()  # how many customers they have and which; ask rules
    WRITE_SEGMENTS = auto()  # make, change and remove them
    KEEP_SESSIONS = auto()  # of browsers, by the gateway
    COPY = auto()  # the whole of something, for a service's own copy


_READS = {
    Action.READ_TIMELINES,
    Action.READ_DIRECTORY,
    Action.READ_SURVEYS,
    Action.READ_SCORES,
    Action.READ_RESPONSES,
}
_IMPORTS = {
    Action.SUBMIT,
    Action.ADD_DEPARTMENTS,
    Action.ADD_TOUCHPOINTS,
    Action.ADD_SURVEYS,
    Action.WRITE_EMPLOYEES,
    Action.WRITE_CUSTOMERS,
    Action.RECORD_FACTS,
    Action.RECORD_CONSENTS,
}
_CUSTOMERS = {
    Action.READ_CUSTOMERS,
    Action.FIND_CUSTOMERS,
    Action.WITHDRAW_FACTS,
    Action.LINK_CUSTOMERS,
    Action.UNLINK_CUSTOMERS,
    Action.READ_CONSENTS,
    Action.READ_SEGMENTS,
    Action.WRITE_SEGMENTS,
}
_CHANGES = {
    Action.WRITE_DEPARTMENTS,
    Action.WRITE_TOUCHPOINTS,
    Action.WRITE_SURVEYS,
    Action.CORRECT_RESPONSES,
    Action.CORRECT_EMPLOYEES,
    Action.WRITE_WAVES,
    Action.WRITE_TARGETS,
    Action.ANALYSE_DRIVERS,
    Action.MAKE_FACT_KINDS,
}
# An import must find the departments and questions its rows name; that is why integration reads those two.
ALLOWED: dict[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(
        _READS
        | _IMPORTS
        | _CHANGES
        | _CUSTOMERS
        | {
            Action.NAME_ROOT,
            Action.CHANGE_PARENT,
            Action.MOVE_DEPARTMENT,
            Action.WRITE_METRICS,
            Action.ACKNOWLEDGE_ALERTS,
            Action.REPLAY,
            Action.RECONCILE,
            Action.WITHDRAW_RESPONSES,
            Action.WRITE_GRANTS,
            Action.WRITE_USERS,
            Action.WRITE_SITES,
            Action.READ_AUDIT,
            Action.ERASE_EMPLOYEES,
            Action.FORCE_CUSTOMERS,
            Action.REVEAL_CUSTOMERS,
            Action.REQUEST_ERASURE,
        }
    ),
    Role.ANALYST: frozenset(_READS | _IMPORTS | _CHANGES | _CUSTOMERS),
    Role.DEPARTMENT_HEAD: frozenset(
        _READS | {Action.ANALYSE_DRIVERS, Action.ACKNOWLEDGE_ALERTS, Action.RECORD_CONSENTS}
    ),
    Role.INTEGRATION: frozenset(_IMPORTS | {Action.READ_DIRECTORY, Action.READ_SURVEYS}),
    Role.OPERATOR: frozenset({Action.REPLAY, Action.RECONCILE}),
    Role.PRIVACY_OFFICER: frozenset(
        {
            Action.READ_AUDIT,
            Action.ERASE_EMPLOYEES,
            Action.FIND_CUSTOMERS,
            Action.UNLINK_CUSTOMERS,
            Action.REVEAL_CUSTOMERS,
            Action.RECORD_CONSENTS,
            Action.READ_CONSENTS,
            Action.REQUEST_ERASURE,
            Action.APPROVE_ERASURE,
        }
    ),
    # A service adds the departments an import may create, having checked the importer's right to it itself.
    Role.SERVICE: frozenset(
        {
            Action.READ_DIRECTORY,
            Action.READ_SURVEYS,
            Action.COPY,
            Action.ADD_DEPARTMENTS,
            Action.KEEP_SESSIONS,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role over a department and all under it (None: the whole organisation), between two days (None: open)."""

    role: Role
    department: str | None = None  # key
    from_on: date | None = None
    to_on: date | None = None  # excluded

    def holds(self, today: date) -> bool:
        return (self.from_on is None or self.from_on <= today) and (
            self.to_on is None or today < self.to_on
        )


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking. Nobody in particular: ANONYMOUS."""

    subject: str
    grants: tuple[Grant, ...] = ()


ANONYMOUS = Viewer("anonymous")


def service_viewer(name: str) -> Viewer:
    """A process in its own name."""
    return Viewer(f"service:{name}", (Grant(Role.SERVICE),))


def service_name(viewer: Viewer) -> str | None:
    """Which of our processes this is; None for a person."""
    if any(grant.role is Role.SERVICE for grant in viewer.grants):
        return viewer.subject.removeprefix("service:")
    return None


def authorize(viewer: Viewer, action: Action, department_id: str | None, tree: Tree) -> None:
    """Let the action on a department (None: on the organisation as a whole) pass, or raise.

    Unauthenticated for nobody in particular, NotFound where the viewer sees nothing,
    Denied where the viewer sees the department but has no such right.
    """
    check_token(viewer)
    if _covers(viewer, action, department_id, tree):
        return
    if department_id is not None and not _covers(
        viewer, Action.READ_DIRECTORY, department_id, tree
    ):
        raise NotFound("no such department")
    raise not_allowed(action)


def named_department(key: str, viewer: Viewer, action: Action, tree: Tree) -> str:
    """The id of the department that a request names by its key; fails as `authorize` does, where it is absent too."""
    found = tree.id_of(key)
    try:  # of an absent one too: it must not be refused sooner
        authorize(viewer, action, found or tree.root_id, tree)
    except NotFound:
        found = None
    except Denied:
        if found is not None:
            raise
    if found is None:
        raise NotFound("no such department", field=["department"])
    return found


def authorize_somewhere(viewer: Viewer, action: Action, tree: Tree) -> None:
    """Let pass whoever may do this in one department at least; Unauthenticated or Denied otherwise."""
    check_token(viewer)
    if not visible_roots(viewer, action, tree):
        raise not_allowed(action)


def check_token(viewer: Viewer) -> None:
    """Unauthenticated for nobody in particular."""
    if viewer is ANONYMOUS:
        raise Unauthenticated("this needs a bearer token")


def not_allowed(action: Action) -> Denied:
    """What a viewer hears who has a token and not this right."""
    return Denied(f"your role does not allow this ({action.replace('_', ' ')})")


def may(viewer: Viewer, action: Action, department_id: str, tree: Tree) -> bool:
    """Whether `authorize` would pass."""
    return _covers(viewer, action, department_id, tree)


def has_role_for(viewer: Viewer, action: Action) -> bool:
    """Whether a role of the viewer allows this anywhere, on any day: a first look, no right."""
    return any(action in ALLOWED[grant.role] for grant in viewer.grants)


def visible_roots(viewer: Viewer, action: Action, tree: Tree) -> frozenset[str]:
    """Ids of the departments whose subtrees, as of today, the viewer may do this in."""
    return frozenset(
        root
        for grant in viewer.grants
        if action in ALLOWED[grant.role] and grant.holds(tree.today)
        if (root := tree.root_id if grant.department is None else tree.id_of(grant.department))
    )


def visible_departments(viewer: Viewer, action: Action, tree: Tree) -> frozenset[str]:
    """Ids of all departments the viewer may do this in."""
    return _union(tree.subtree(root) for root in visible_roots(viewer, action, tree))


def grant_used(
    viewer: Viewer, action: Action, tree: Tree, department_id: str | None = None
) -> Grant | None:
    """The first grant that lets the action pass: on a department, or anywhere; None if none does."""
    line = None if department_id is None else tree.line(department_id)
    for grant in viewer.grants:
        if action in ALLOWED[grant.role] and grant.holds(tree.today):
            root = tree.root_id if grant.department is None else tree.id_of(grant.department)
            if root is not None and (line is None or root in line):
                return grant
    return None


def _covers(viewer: Viewer, action: Action, department_id: str | None, tree: Tree) -> bool:
    roots = visible_roots(viewer, action, tree)
    if department_id is None:
        return tree.root_id in roots
    return not roots.isdisjoint(tree.line(department_id))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
