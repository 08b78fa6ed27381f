"""Every field of Query, Mutation and Subscription needs a token, or says that it does not."""

from collections.abc import Iterator
from inspect import isfunction
from types import CodeType, FunctionType
from typing import Any

import pytest
import strawberry
from graphql import GraphQLObjectType, GraphQLSchema

from cxm.profile.v1 import profile_pb2 as pb
from gateway.request.admission import NO_TOKEN, admission_of
from gateway.request.context import Info
from gateway.schema import Schema, schema
from tests.contract.support.calling import names_of

FOR_STRANGERS = {"submitResponse", "submitResponses", "correctResponse", "withdrawResponse"}
"""Whoever adds one here says why strangers may call it."""


def roots(checked: GraphQLSchema) -> Iterator[GraphQLObjectType]:
    for root in (checked.query_type, checked.mutation_type, checked.subscription_type):
        if root is not None:
            yield root


def constants_of(code: CodeType) -> Iterator[Any]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from constants_of(constant)
        else:
            yield constant


def calls_for_strangers(
    function: FunctionType, seen: frozenset[FunctionType] = frozenset()
) -> bool:
    """Whether a resolver, or a function of its module that it calls, makes a call without a token."""
    if ("anonymous",) in constants_of(function.__code__):
        return True
    seen |= {function}
    called = [function.__globals__.get(name) for name in names_of(function.__code__)]
    ours = [item for item in called if isfunction(item) and item.__module__ == function.__module__]
    return any(calls_for_strangers(item, seen) for item in ours if item not in seen)


def resolvers(checked: GraphQLSchema) -> Iterator[tuple[GraphQLObjectType, str, FunctionType]]:
    for root in roots(checked):
        for name, field in root.fields.items():
            resolver = field.extensions["strawberry-definition"].base_resolver
            yield root, name, resolver.wrapped_func


def wrongly_declared(checked: GraphQLSchema) -> list[str]:
    return [
        f"{root.name}.{name}"
        for root, name, function in resolvers(checked)
        if admission_of(root, name).needs_token is calls_for_strangers(function)
    ]


def test_who_needs_no_token_says_so_and_calls_a_service_for_strangers() -> None:
    checked = schema._schema
    fields = [(root, name) for root in roots(checked) for name in root.fields]

    assert {n for root, n in fields if not admission_of(root, n).needs_token} == FOR_STRANGERS
    assert wrongly_declared(checked) == []


@pytest.mark.parametrize(("metadata", "is_right"), [(NO_TOKEN, True), ({}, False)])
def test_a_field_that_says_the_wrong_thing_is_found(
    metadata: dict[str, Any], *, is_right: bool
) -> None:
    async def ask_for_strangers(info: Info) -> str:
        method = info.context.clients.directory.GetOrganization
        request = pb.GetOrganizationRequest()
        reply = await info.context.call("profile", method, request, anonymous=True)
        return reply.organization.time_zone

    @strawberry.type
    class Query:
        zone: str = strawberry.field(resolver=ask_for_strangers, metadata=metadata)

    assert (wrongly_declared(Schema(query=Query)._schema) == []) is is_right
