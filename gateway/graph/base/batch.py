"""Batches: inputs made in one step, and one result per item."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any

import strawberry
from strawberry.types import get_object_definition
from strawberry.types.arguments import InputContext
from strawberry.utils.str_converters import to_camel_case

from cxm.batch.v1.batch_pb2 import ItemResult
from gateway.graph.base.mutations import CAMEL_CASE, Names, UserError, refusals
from gateway.graph.base.node import as_graphql
from services.kit.rpc.servicing import check_count

LARGEST_BATCH = 1_000
REFUSED = 3


def make_directly(kind: type, **nested: type) -> None:
    """Let an input type be built from its coerced values in one step; `nested` are its lists of inputs made so too.

    Strawberry resolves every field's type again for each item: 0.1 ms an item, a batch of 1,000 spends most
    of its time there.
    """
    definition = get_object_definition(kind, strict=True)
    makers = {name: _maker(item) for name, item in nested.items()}
    names = [
        (field.python_name, field.graphql_name or to_camel_case(field.python_name))
        for field in definition.fields
    ]

    def make(target: type, values: Mapping[str, Any], context: InputContext) -> Any:
        given = {python: values[name] for python, name in names if name in values}
        for name, make_item in makers.items():
            if given.get(name) is not None:
                given[name] = [make_item(value, context) for value in given[name]]
        return target(**given)

    definition.from_input = make


def _maker(kind: type) -> Callable[..., Any]:
    make = get_object_definition(kind, strict=True).from_input
    assert make is not None, f"{kind.__name__} is not made directly"
    return partial(make, kind)


class ItemsOnReading(Sequence[Any]):
    """Items of a batch that are made from their coerced values when they are read: a thread can do it."""

    def __init__(self, values: Sequence[Any], make: Callable[[Any], Any]) -> None:
        self.values = values
        self.make = make

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, place: Any) -> Any:
        return self.make(self.values[place])

    def __iter__(self) -> Iterator[Any]:
        return map(self.make, self.values)


def make_on_reading(kind: type, name: str, item: type) -> None:
    """Let the one list of an input type be made item by item, when it is read."""

    def make(target: type, values: Mapping[str, Any], context: InputContext) -> Any:
        return target(**{name: ItemsOnReading(values[name], lambda v: context.convert(v, item))})

    get_object_definition(kind, strict=True).from_input = make


@strawberry.enum(description="Whether an item is in the store now.")
class SubmitStatus(Enum):
    STORED = strawberry.enum_value(1, description="Stored or changed by this call.")
    ALREADY_STORED = strawberry.enum_value(
        2, description="It was there before; of an upsert: with the same content."
    )
    REFUSED = strawberry.enum_value(
        REFUSED, description="Nothing of it was stored; see userErrors."
    )


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
        default_factory=list,
        description="One per item, in the order of the input; empty when the call as a whole was "
        "refused.",
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why the call as a whole was refused, e.g. EMPTY; nothing was stored.",
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
            status=as_graphql(result.status),
            user_errors=refusals(result.refusals, names),
        )
        for index, result in enumerate(results)
    ]
