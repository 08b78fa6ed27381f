"""What became of the items of a mutation: userErrors, and one result per item of a batch."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import strawberry
from strawberry.types import get_object_definition
from strawberry.types.arguments import InputContext
from strawberry.utils.str_converters import to_camel_case

from cxm.batch.v1.batch_pb2 import ItemResult, Refusal
from services.kit.errors import Failure
from services.kit.rpc.door import check_count

LARGEST_BATCH = 1_000
REFUSED = 3

Names = Mapping[str, str]
"""Names of a contract's fields that are not just camel case in the schema."""
CAMEL_CASE: Names = MappingProxyType({})

InputT = TypeVar("InputT")
Input = Annotated[InputT, strawberry.argument(name="input")]
"""The one argument of a mutation."""


def made_directly(kind: type, **nested: type) -> None:
    """Let an input type be built from its coerced values in one step; `nested` are its lists of inputs.

    Strawberry resolves every field's type again for each item: 0.1 ms an item, a batch of 1,000 spends most
    of its time there.
    """
    definition = get_object_definition(kind, strict=True)
    names = [
        (field.python_name, field.graphql_name or to_camel_case(field.python_name))
        for field in definition.fields
    ]

    def make(target: type, values: Mapping[str, Any], context: InputContext) -> Any:
        given = {python: values[name] for python, name in names if name in values}
        for name, item in nested.items():
            given[name] = [context.convert(value, item) for value in given[name]]
        return target(**given)

    definition.from_input = make


@strawberry.enum(description="Whether an item is in the store now.")
class SubmitStatus(Enum):
    STORED = strawberry.enum_value(1, description="Stored or changed by this call.")
    ALREADY_STORED = strawberry.enum_value(2, description="The same content was there before.")
    REFUSED = strawberry.enum_value(
        REFUSED, description="Nothing of it was stored; see userErrors."
    )


@strawberry.type(description="Why something was not done. Never quotes what a respondent wrote.")
class UserError:
    field: list[str] | None = strawberry.field(
        description="Path inside the input (for a result: inside its item), e.g. "
        '["answers", "0", "score"]; null when no single field is at fault.'
    )
    message: str = strawberry.field(
        description="For people: what is wrong, and what would be right."
    )
    code: str = strawberry.field(description="For machines, e.g. SCORE_OUT_OF_RANGE. Stable.")


@strawberry.type(description="What became of one department, touchpoint or stint.")
class UpsertResult:
    index: int = strawberry.field(description="Place of the item in the input, from 0.")
    key: str | None = strawberry.field(
        description="The item's key as stored (of a stint: the employee's id); null when REFUSED."
    )
    status: SubmitStatus = strawberry.field(description="Whether it is in the store now.")
    user_errors: list[UserError] = strawberry.field(description="Empty unless REFUSED.")


@strawberry.type
class UpsertPayload:
    results: list[UpsertResult] = strawberry.field(
        description="One per item, in the order of the input; empty when the call as a whole was "
        "refused."
    )
    user_errors: list[UserError] = strawberry.field(
        description="Why the call as a whole was refused, e.g. TOO_MANY items; nothing was stored."
    )


def check_items(items: Sequence[object], name: str) -> None:
    """Invalid unless there are 1 to 1,000 items in the input's field."""
    check_count(len(items), largest=LARGEST_BATCH, what=name)


def upsert_results(
    results: Iterable[ItemResult], keys: Sequence[str], names: Names = CAMEL_CASE
) -> list[UpsertResult]:
    """Results as they are shown, each under the key its sender gave."""
    return [
        UpsertResult(
            index=index,
            key=None if result.status == REFUSED else keys[index],
            status=result.status,  # type: ignore[arg-type]  # the enum's values are the contract's numbers
            user_errors=refusals(result.refusals, names),
        )
        for index, result in enumerate(results)
    ]


def refusals(messages: Iterable[Refusal], names: Names = CAMEL_CASE) -> list[UserError]:
    """Refusals of one item as userErrors."""
    return [user_error(item.reason, item.message, item.field, names) for item in messages]


def failure_error(failure: Failure, names: Names = CAMEL_CASE) -> UserError:
    """An expected failure of a whole mutation as a userError."""
    return user_error(failure.reason, failure.message, failure.field, names)


def user_error(code: str, message: str, field: Iterable[str], names: Names) -> UserError:
    path = [names.get(part) or to_camel_case(part) for part in field]
    return UserError(field=path or None, message=message, code=code)
