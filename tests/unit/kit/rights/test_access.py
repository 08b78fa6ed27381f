"""Who may do what: roles, scopes, days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Denied, NotFound, Unauthenticated
from services.kit.rights.access import (
    ALLOWED,
    ANONYMOUS,
    Action,
    Grant,
    Role,
    Viewer,
    authorize,
    may,
    service_viewer,
    visible_departments,
)
from tests.unit.support.trees import TODAY, Grown, clock, grown, make_chain

TREE = make_chain({"root": None, "a": "root", "a1": "a", "b": "root"})
TODAYS_DATE = clock(TODAY).date()

# The roles of the design.
MATRIX = {
    Action.READ_DIRECTORY: "admin analyst department_head integration service",
    Action.READ_SURVEYS: "admin analyst department_head integration service",
    Action.READ_SCORES: "admin analyst department_head",
    Action.READ_RESPONSES: "admin analyst department_head",
    Action.SUBMIT: "admin analyst integration",
    Action.ADD_DEPARTMENTS: "admin analyst integration service",
    Action.ADD_TOUCHPOINTS: "admin analyst integration",
    Action.ADD_SURVEYS: "admin analyst integration",
    Action.WRITE_DEPARTMENTS: "admin analyst",
    Action.WRITE_TOUCHPOINTS: "admin analyst",
    Action.WRITE_SURVEYS: "admin analyst",
    Action.WRITE_EMPLOYEES: "admin analyst integration",
    Action.WRITE_WAVES: "admin analyst",
    Action.CORRECT_EMPLOYEES: "admin analyst",
    Action.ERASE_EMPLOYEES: "admin privacy_officer",
    Action.CHANGE_PARENT: "admin",
    Action.NAME_ROOT: "admin",
    Action.MOVE_DEPARTMENT: "admin",
    Action.WRITE_METRICS: "admin",
    Action.WRITE_TARGETS: "admin analyst",
    Action.ANALYSE_DRIVERS: "admin analyst department_head",
    Action.ACKNOWLEDGE_ALERTS: "admin department_head",
    Action.CORRECT_RESPONSES: "admin analyst",
    Action.WITHDRAW_RESPONSES: "admin",
    Action.REPLAY: "admin operator",
    Action.RECONCILE: "admin operator",
    Action.WRITE_GRANTS: "admin",
    Action.WRITE_USERS: "admin",
    Action.KEEP_SESSIONS: "service",
    Action.READ_AUDIT: "admin privacy_officer",
    Action.COPY: "service",
    Action.READ_CUSTOMERS: "admin analyst",
    Action.FIND_CUSTOMERS: "admin analyst privacy_officer",
    Action.WRITE_CUSTOMERS: "admin analyst integration",
    Action.RECORD_FACTS: "admin analyst integration",
    Action.WITHDRAW_FACTS: "admin analyst",
    Action.MAKE_FACT_KINDS: "admin analyst",
    Action.READ_TIMELINES: "admin analyst department_head",
    Action.LINK_CUSTOMERS: "admin analyst",
    Action.UNLINK_CUSTOMERS: "admin analyst privacy_officer",
    Action.FORCE_CUSTOMERS: "admin",
    Action.REVEAL_CUSTOMERS: "admin privacy_officer",
    Action.RECORD_CONSENTS: "admin analyst department_head integration privacy_officer",
    Action.READ_CONSENTS: "admin analyst privacy_officer",
    Action.READ_SEGMENTS: "admin analyst",
    Action.WRITE_SEGMENTS: "admin analyst",
    Action.WRITE_SITES: "admin",
    Action.REQUEST_ERASURE: "admin privacy_officer",
    Action.APPROVE_ERASURE: "privacy_officer",
}


def viewer(role: Role = Role.ANALYST, department: str | None = None, **days: date) -> Viewer:
    return Viewer("somebody", (Grant(role, department, **days),))


def test_every_action_is_for_the_roles_the_design_names() -> None:
    assert set(MATRIX) == set(Action)
    for action, roles in MATRIX.items():
        assert {role for role in Role if action in ALLOWED[role]} == set(roles.split())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_a_grant_over_everything_allows_what_the_role_may(role: Role, action: Action) -> None:
    allowed = action in ALLOWED[role]

    for department in (None, "root", "a1"):
        if allowed:
            authorize(viewer(role), action, department, TREE)
        else:
            sees = department is None or Action.READ_DIRECTORY in ALLOWED[role]
            with pytest.raises(Denied if sees else NotFound):
                authorize(viewer(role), action, department, TREE)


def test_out_of_scope_looks_absent_and_in_scope_without_the_right_is_forbidden() -> None:
    head = viewer(Role.DEPARTMENT_HEAD, "a")

    authorize(head, Action.READ_SCORES, "a1", TREE)
    with pytest.raises(Denied):
        authorize(head, Action.SUBMIT, "a1", TREE)
    for unseen in ("b", "root", "nowhere"):
        with pytest.raises(NotFound) as absent:
            authorize(head, Action.READ_SCORES, unseen, TREE)
        assert absent.value.message == "no such department"


def test_a_grant_over_a_part_is_none_over_the_whole() -> None:
    with pytest.raises(Denied):
        authorize(viewer(Role.ADMIN, "a"), Action.WRITE_SURVEYS, None, TREE)
    authorize(viewer(Role.ADMIN, "root"), Action.WRITE_SURVEYS, None, TREE)


def test_a_grant_on_a_department_that_does_not_exist_is_none() -> None:
    assert visible_departments(viewer(department="gone"), Action.READ_SCORES, TREE) == frozenset()


def test_nobody_in_particular_is_asked_for_a_token() -> None:
    for department in (None, "a", "nowhere"):
        with pytest.raises(Unauthenticated):
            authorize(ANONYMOUS, Action.READ_DIRECTORY, department, TREE)


def test_a_service_copies_but_neither_writes_nor_reads_scores() -> None:
    service = service_viewer("metrics")

    authorize(service, Action.COPY, None, TREE)
    for action in (Action.WRITE_DEPARTMENTS, Action.READ_SCORES, Action.SUBMIT):
        assert not may(service, action, "root", TREE)


def test_a_grant_holds_from_its_first_day_and_not_on_its_last() -> None:
    day = timedelta(days=1)
    holds = {
        (None, None): True,
        (TODAYS_DATE, None): True,
        (TODAYS_DATE + day, None): False,
        (None, TODAYS_DATE): False,
        (None, TODAYS_DATE + day): True,
    }
    for (from_on, to_on), expected in holds.items():
        grant = Grant(Role.ANALYST, "a", from_on, to_on)
        assert may(Viewer("x", (grant,)), Action.READ_SCORES, "a", TREE) is expected


def test_grants_add_up_and_do_not_mix() -> None:
    two = Viewer("x", (Grant(Role.DEPARTMENT_HEAD, "a"), Grant(Role.INTEGRATION, "b")))

    assert visible_departments(two, Action.READ_DIRECTORY, TREE) == {"a", "a1", "b"}
    assert visible_departments(two, Action.READ_SCORES, TREE) == {"a", "a1"}
    assert visible_departments(two, Action.SUBMIT, TREE) == {"b"}


grants = st.lists(
    st.builds(
        Grant,
        st.sampled_from(list(Role)),
        st.none() | st.sampled_from([f"d{i}" for i in range(8)]),
        st.none() | st.integers(-3, 3).map(lambda d: TODAYS_DATE + timedelta(days=d)),
        st.none() | st.integers(-3, 3).map(lambda d: TODAYS_DATE + timedelta(days=d)),
    ),
    max_size=4,
)


@given(grown(), grants, st.sampled_from(list(Action)))
def test_what_is_visible_is_what_may_be_asked_and_what_a_plain_walk_up_finds(
    grown_: Grown, some: list[Grant], action: Action
) -> None:
    who = Viewer("x", tuple(some))
    held = [
        grant.department or "d0"
        for grant in some
        if action in ALLOWED[grant.role]
        and (grant.from_on is None or grant.from_on <= TODAYS_DATE)
        and (grant.to_on is None or grant.to_on > TODAYS_DATE)
    ]

    visible = visible_departments(who, action, grown_.tree)

    expected = {i for i in grown_.ids if set(held) & set(grown_.line(i, TODAY))}
    assert visible == expected
    assert {i for i in grown_.ids if may(who, action, i, grown_.tree)} == expected
