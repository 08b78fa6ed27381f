"""What became of a mutation: its payload, or why it was refused as userErrors."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, TypeVar

import strawberry
from strawberry.utils.str_converters import to_camel_case

from cxm.batch.v1.batch_pb2 import Refusal
from gateway.errors import REFUSALS
from services.kit.errors import Failure, printable

Names = Mapping[str, str]
"""Names of a contract's fields that are not just camel case in the schema."""
CAMEL_CASE: Names = MappingProxyType({})

InputT = TypeVar("InputT")
Input = Annotated[InputT, strawberry.argument(name="input")]
"""The one argument of a mutation."""

Payload = TypeVar("Payload")


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


async def mutate(
    payload: Callable[..., Payload], work: Awaitable[Payload], names: Names = CAMEL_CASE
) -> Payload:
    """The payload that work makes; where it was refused as expected, an empty one that says why."""
    try:
        return await work
    except REFUSALS as failure:
        return payload(user_errors=[failure_error(failure, names)])


def refusals(messages: Iterable[Refusal], names: Names = CAMEL_CASE) -> list[UserError]:
    """Refusals of one item as userErrors."""
    return [user_error(item.reason, item.message, item.field, names) for item in messages]


def failure_error(failure: Failure, names: Names = CAMEL_CASE) -> UserError:
    """An expected failure of a whole mutation as a userError."""
    return user_error(failure.reason, failure.message, failure.field, names)


def user_error(code: str, message: str, field: Iterable[str], names: Names) -> UserError:
    path = [names.get(part) or to_camel_case(part) for part in field]
    return UserError(field=path or None, message=printable(message), code=code)
