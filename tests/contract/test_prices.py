"""Every field that asks a service says what that costs, and says it rightly."""

from collections.abc import Callable, Iterator
from enum import Enum
from types import FunctionType
from typing import Any

import pytest
import strawberry
from graphql import GraphQLObjectType, GraphQLSchema

from cxm.profile.v1 import profile_pb2 as pb
from gateway import graph
from gateway.graph.base.loaders import Loader, request_loader
from gateway.request.context import Context, Info
from gateway.request.prices import OWN_CALL, SHARED_CALL, declared_price
from gateway.schema import Schema, schema
from tests.contract.support.calling import called_by, methods_of, names_of

SERVICE_NAMES = {"clients", "call"}
"""What code that asks a service reads: Context.clients, Context.call."""


OURS = ("gateway.", __name__)


class Asks(Enum):
    """How a resolver asks services."""

    NEVER = 0
    BY_LOADER = 1
    DIRECTLY = 2


METHODS = methods_of(graph)


def asks(function: FunctionType, seen: frozenset[FunctionType] = frozenset()) -> Asks:
    """How a function asks services, itself or by what it calls."""
    names = names_of(function.__code__)
    if any(function.__globals__.get(name) is request_loader for name in names):
        return Asks.BY_LOADER
    if names & SERVICE_NAMES:
        return Asks.DIRECTLY
    seen |= {function}
    called = called_by(function, names, METHODS, OURS)
    ways = [asks(other, seen) for other in called if other not in seen]
    return max(ways, key=lambda way: way.value, default=Asks.NEVER)


def resolvers(checked: GraphQLSchema) -> Iterator[tuple[str, Any, FunctionType]]:
    """Name, field and function of every field below the root that is resolved by a function."""
    roots = {checked.query_type, checked.mutation_type, checked.subscription_type}
    for kind in checked.type_map.values():
        if isinstance(kind, GraphQLObjectType) and kind not in roots:
            for name, field in kind.fields.items():
                definition = field.extensions.get("strawberry-definition")
                if definition is not None and definition.base_resolver is not None:
                    yield f"{kind.name}.{name}", field, definition.base_resolver.wrapped_func


def wrongly_priced(checked: GraphQLSchema) -> list[str]:
    """Fields whose declared price is not how they ask services."""
    wrong = []
    for name, field, function in resolvers(checked):
        price, way = declared_price(field), asks(function)
        declared = Asks.NEVER
        if price is not None:
            declared = Asks.DIRECTLY if price.calls else Asks.BY_LOADER
        if declared is not way:
            wrong.append(f"{name}: declared {declared.name}, asks {way.name}")
    return wrong


def test_every_field_that_asks_a_service_declares_its_price() -> None:
    assert wrongly_priced(schema._schema) == []


def test_fields_that_ask_are_found_at_all() -> None:
    ways = {name: asks(function) for name, _, function in resolvers(schema._schema)}

    assert ways["Department.children"] is Asks.DIRECTLY
    assert ways["Score.trend"] is Asks.DIRECTLY
    assert ways["Department.scorecard"] is Asks.BY_LOADER
    assert ways["Score.metric"] is Asks.BY_LOADER
    assert ways["Scorecard.nps"] is Asks.NEVER


def names_by_key(context: Context) -> Loader[str, str]:
    async def load(keys: list[str]) -> list[str]:
        request = pb.BatchGetDepartmentsRequest(keys=keys)
        reply = await context.call(
            "profile", context.clients.directory.BatchGetDepartments, request
        )
        return [department.name for department in reply.departments]

    return request_loader(context, "names", load)


async def ask_directly(info: Info) -> str:
    request = pb.GetOrganizationRequest()
    reply = await info.context.call(
        "profile", info.context.clients.directory.GetOrganization, request
    )
    return reply.organization.time_zone


async def ask_by_loader(info: Info) -> str:
    return await names_by_key(info.context).load("root")


async def ask_never(info: Info) -> str:
    return info.context.viewer.subject


@pytest.mark.parametrize(
    ("resolver", "metadata", "is_right"),
    [
        (ask_directly, OWN_CALL, True),
        (ask_directly, SHARED_CALL, False),
        (ask_directly, {}, False),
        (ask_by_loader, SHARED_CALL, True),
        (ask_by_loader, OWN_CALL, False),
        (ask_by_loader, {}, False),
        (ask_never, {}, True),
        (ask_never, OWN_CALL, False),
    ],
)
def test_a_price_that_is_missing_or_wrong_is_found(
    resolver: Callable[..., Any], metadata: dict[str, Any], *, is_right: bool
) -> None:
    @strawberry.type
    class Owner:
        key: str
        name: str = strawberry.field(resolver=resolver, metadata=metadata)

    @strawberry.type
    class Query:
        owner: Owner

    wrong = wrongly_priced(Schema(query=Query)._schema)

    assert (wrong == []) is is_right
