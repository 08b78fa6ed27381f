"""What is asked before an RPC runs, for each scope."""

from collections.abc import Callable

import pytest

from services.kit.errors import Denied, Failure, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Action, Grant, Role, Viewer
from services.kit.rights.tree import Tree
from services.kit.rpc.needs import Check, Scope, check_of, needs
from tests.unit.support.trees import make_chain

TREE = make_chain({"root": None, "a": "root"})
ADMIN = Viewer("admin", (Grant(Role.ADMIN),))
HEAD_OF_A = Viewer("head", (Grant(Role.DEPARTMENT_HEAD, "a"),))
ANALYST_OF_A = Viewer("analyst", (Grant(Role.ANALYST, "a"),))


class Directory:
    async def read_tree(self) -> Tree:
        return TREE


class Servicer:
    directory = Directory()

    @needs(Action.WRITE_SURVEYS, Scope.ORGANISATION)
    def on_the_organisation(self) -> None: ...

    @needs(Action.WRITE_SURVEYS, Scope.ANY_DEPARTMENT)
    def on_any_department(self) -> None: ...

    @needs(Action.WRITE_SURVEYS, Scope.NAMED_DEPARTMENT)
    def on_the_named_department(self) -> None: ...

    @needs(Action.WRITE_SURVEYS, Scope.VISIBLE)
    def on_what_is_visible(self) -> None: ...

    @needs(None, Scope.ANY_TOKEN)
    def with_any_token(self) -> None: ...

    @needs(Action.SUBMIT, Scope.ANYONE)
    def by_anyone(self) -> None: ...


SERVICER = Servicer()


async def refusal(check: Check, viewer: Viewer) -> type[Failure] | None:
    try:
        await check(viewer)
    except Failure as failure:
        return type(failure)
    return None


@pytest.mark.parametrize(
    ("method", "head", "analyst"),
    [
        (SERVICER.on_the_organisation, Denied, Denied),
        (SERVICER.on_any_department, Denied, None),
        (SERVICER.on_the_named_department, None, None),
        (SERVICER.on_what_is_visible, None, None),
        (SERVICER.with_any_token, None, None),
    ],
)
async def test_who_passes(
    method: Callable[[], None], head: type[Failure] | None, analyst: type[Failure] | None
) -> None:
    check = check_of(method)
    assert check is not None

    assert await refusal(check, ADMIN) is None
    assert await refusal(check, HEAD_OF_A) is head
    assert await refusal(check, ANALYST_OF_A) is analyst
    assert await refusal(check, ANONYMOUS) is Unauthenticated


def test_nothing_is_asked_where_anyone_may_call() -> None:
    assert check_of(SERVICER.by_anyone) is None
