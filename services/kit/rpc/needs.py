"""Which right an RPC needs: declared at the servicer's method, asked before the method runs."""

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol, TypeVar

from services.kit.errors import Denied
from services.kit.rights.access import (
    Action,
    Viewer,
    authorize,
    authorize_somewhere,
    check_token,
    service_name,
)
from services.kit.rights.tree import Tree


class Scope(Enum):
    """For what a viewer needs the right, and who asks."""

    ORGANISATION = "the organisation as a whole; asked here"
    ANY_DEPARTMENT = "one department at least; asked here, and by the use case for each item"
    NAMED_DEPARTMENT = "the department the request names; asked by the use case, here for a token"
    ANY_TOKEN = "nothing beyond a token; asked here"
    VISIBLE = "what is returned; the use case leaves out the rest, asked here for a token"
    ANYONE = "nothing to make the call, not even a token; the use case judges each item"


@dataclass(frozen=True, slots=True)
class Need:
    """An action, None where a token is all it takes, and its scope."""

    action: Action | None
    scope: Scope
    callers: frozenset[str] = frozenset()  # services that may call it in their own name
    is_watched: bool = True


class TreeSource(Protocol):
    """Where a servicer has the departments from."""

    async def read_tree(self) -> Tree: ...


class Servicer(Protocol):
    """A servicer with a method whose right is asked here."""

    @property
    def directory(self) -> TreeSource: ...


MethodT = TypeVar("MethodT", bound=Callable[..., Any])
Check = Callable[[Viewer], Awaitable[None]]


def needs(
    action: Action | None,
    scope: Scope,
    *,
    callers: Iterable[str] = (),
    is_watched: bool = True,
) -> Callable[[MethodT], MethodT]:
    """Declare the right that an RPC needs; the method itself stays as it is.

    `callers` are the services that may call it in their own name; no other may, whatever its role allows. A call that
    is not watched leaves no span, and a number only where it fails: nobody shall see when it was made, or how often.
    """

    def declare(method: MethodT) -> MethodT:
        method.need = Need(action, scope, frozenset(callers), is_watched)  # type: ignore[attr-defined]
        return method

    return declare


def need_of(method: object) -> Need | None:
    """What was declared at a method."""
    return getattr(method, "need", None)


def check_caller(viewer: Viewer, callers: Collection[str]) -> None:
    """Denied for a service that is not one of these; people pass."""
    name = service_name(viewer)
    if name is not None and name not in callers:
        raise Denied(f"the service {name} may not call this", reason="SERVICE_NOT_ALLOWED")


def check_of(method: Any) -> Check | None:
    """The check to make before a servicer's bound method is called; None where there is none to make.

    It raises Unauthenticated without a token, Denied without the right.
    """
    need = need_of(method)
    if need is None or need.scope is Scope.ANYONE:
        return None
    action, scope = need.action, need.scope
    servicer: Servicer = method.__self__

    async def check(viewer: Viewer) -> None:
        check_token(viewer)
        check_caller(viewer, need.callers)
        if action is None:
            return
        if scope is Scope.ORGANISATION:
            authorize(viewer, action, None, await servicer.directory.read_tree())
        elif scope is Scope.ANY_DEPARTMENT:
            authorize_somewhere(viewer, action, await servicer.directory.read_tree())

    return check
