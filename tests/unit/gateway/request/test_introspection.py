"""What the schema says of itself is priced, and answered without errors."""

import pytest
import strawberry
from graphql import get_introspection_query

from gateway import errors
from gateway.request.documents import Documents, Refused
from gateway.schema import Schema, schema
from tests.unit.gateway.support.running import Platform

FULLEST = get_introspection_query(
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
    one_of=True,
)
WRAPPED = (
    "{ __schema { types { fields { type { isOneOf ofType { isOneOf ofType { isOneOf } } } } } } }"
)
LEAF = "fields { name description isDeprecated type { name kind ofType { name kind isOneOf } } }"
WIDE = f"__schema {{ types {{ fields {{ type {{ {LEAF} ofType {{ {LEAF} ofType {{ {LEAF} }} }} }} }} }} }}"
TWICE = f"{{ a: {WIDE} b: {WIDE} }}"


async def test_wrapping_types_are_no_errors(platform: Platform) -> None:
    content = await platform.ask(WRAPPED)

    assert "errors" not in content
    assert len(content["data"]["__schema"]["types"]) == len(schema._schema.type_map)


def test_an_input_of_which_one_field_is_given_says_so() -> None:
    @strawberry.input(one_of=True)
    class Chosen:
        by_key: strawberry.Maybe[str]
        by_id: strawberry.Maybe[str]

    @strawberry.type
    class Query:
        @strawberry.field
        def chosen(self, one: Chosen) -> bool:
            return bool(one)

    answered = Schema(query=Query).execute_sync('{ __type(name: "Chosen") { isOneOf } }')

    assert answered.data == {"__type": {"isOneOf": True}}


@pytest.mark.parametrize("query", [get_introspection_query(), FULLEST])
async def test_the_introspection_of_tools_is_answered(platform: Platform, query: str) -> None:
    assert "errors" not in await platform.ask(query)


def test_introspection_is_priced() -> None:
    documents = Documents(schema._schema)
    document = documents.get(TWICE)

    with pytest.raises(Refused) as refused:
        documents.cost(document, document.operation(None), {})

    assert refused.value.reason == "TOO_COSTLY"


async def test_few_errors_are_told_and_their_number(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[dict[str, object]] = []
    monkeypatch.setattr(errors.log, "error", lambda _message, **more: logged.append(more))
    described = schema._schema.type_map["__Type"]

    def fail(_kind: object, _info: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(described.fields["isOneOf"], "resolve", fail)  # type: ignore[attr-defined]
    content = await platform.ask("{ __schema { types { isOneOf } } }")

    assert len(content["errors"]) == errors.TOLD
    assert content["extensions"]["errors"] == len(schema._schema.type_map)
    assert [more["count"] for more in logged] == [len(schema._schema.type_map)]
