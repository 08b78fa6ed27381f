"""The compiled executor against graphql-core's: the same data and the same errors, whatever objects hold."""

import asyncio
import gc
import random
import re
import warnings
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from inspect import isawaitable
from typing import Any, Final

import pytest
import strawberry
from graphql import Executor, GraphQLField, GraphQLSchema, parse
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.config import StrawberryConfig

from gateway.graph.base.scalars import SCALARS
from gateway.request.compiled import readers
from gateway.request.compiled.executor import Compiled, CompiledExecutor
from gateway.request.compiled.readers import Unusual, at_once
from gateway.request.context import Info
from gateway.schema import Schema

pytestmark = pytest.mark.filterwarnings(  # graphql-core leaves what it does not need any more
    "ignore:coroutine .* was never awaited", "ignore::pytest.PytestUnraisableExceptionWarning"
)
RUNS = 60
KNOWN: Final = {"known": "told before"}


@pytest.fixture(autouse=True)
def no_coroutine_left() -> Iterator[None]:
    """What is left goes here, and not during a test that comes later."""
    yield
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "coroutine .* was never awaited")
        gc.collect()


@strawberry.enum
class Hue(Enum):
    RED = 1
    BLUE = 2


class Stored:
    """What fields are read off: attributes, some of them wrong."""

    def __init__(self, **held: Any) -> None:
        self.__dict__ |= held


def _at_once(root: Any, context: dict[str, str]) -> str:
    if root.key not in context:
        raise Unusual
    return context[root.key]


async def _told(root: strawberry.Parent[Any], info: Info) -> str:
    held: Any = info.context
    return str(held.get(root.key, "asked for"))


@strawberry.interface
class Keyed:
    key: str


@strawberry.type
class Thing(Keyed):
    key: str
    name: str | None
    small: int
    share: float | None
    sure: bool
    day: date | None
    hue: Hue | None
    words: list[str]
    ids: list[strawberry.ID | None] | None
    inner: "Thing | None"
    must: "Thing"
    many: list["Thing"]
    some: list["Thing | None"] | None
    keyed: Keyed | None

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, Stored)

    @strawberry.field
    @staticmethod
    def loud(root: strawberry.Parent[Any]) -> str | None:
        return str(root.name).upper() if root.name else None

    told: str = strawberry.field(resolver=_told, metadata=at_once(_at_once))

    @strawberry.field
    @staticmethod
    async def later(root: strawberry.Parent[Any]) -> "Thing | None":
        return root.inner  # type: ignore[no-any-return]

    @strawberry.field
    @staticmethod
    def repeated(root: strawberry.Parent[Any], times: int) -> str:
        return str(root.name) * times


async def _things(root: strawberry.Parent[Any]) -> Any:
    return root.things


@strawberry.type
class Query:
    thing: Thing | None

    things: list[Thing] = strawberry.field(resolver=_things)


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    made = Schema(Query, types=[Thing], config=StrawberryConfig(scalar_map=SCALARS))
    return made._schema


LEAVES = (
    *("key", "name", "small", "share", "sure", "day", "hue", "words", "ids", "loud", "told"),
    *("__typename", "a:key", "repeated(times:2)", "name@include(if:$yes)", "small@skip(if:$yes)"),
)
OBJECTS = ("inner", "must", "many", "some", "later", "b:inner", "keyed")


def drawn_selection(draw: random.Random, depth: int = 2) -> str:
    leaves = draw.sample(LEAVES, draw.randint(1, 6))
    below = draw.sample(OBJECTS, draw.randint(0, 2)) if depth else []
    objects = [
        f"{name} {{ key __typename }}"
        if name == "keyed"
        else f"{name} {drawn_selection(draw, depth - 1)}"
        for name in below
    ]
    parts = leaves + objects
    draw.shuffle(parts)
    return "{ " + " ".join(parts) + " }"


class Awaited:
    """What comes later; unlike a coroutine it may be left alone."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "awaited"

    def __await__(self) -> Generator[Any, Any, Any]:
        yield from asyncio.sleep(0).__await__()
        return self.value


@dataclass
class Drawn:
    """Draws what objects hold: right values, and one in `strange` anything else; None: never.

    `only_nullable`: where null may be, so that every error stands for itself.
    """

    draw: random.Random
    strange: int | None
    only_nullable: bool = False

    def thing(self, depth: int = 2) -> Any:
        inner: Callable[[], Any] = lambda: self.thing(depth - 1) if depth else None  # noqa: E731
        must = inner() or self.leaf_thing()
        count = self.draw.randint(0, 2)
        return Stored(
            key=self.never_null(self.draw.choice(["known", "k1"])),
            name=self.odd(self.draw.choice(["Ann", None])),
            small=self.never_null(7),
            share=self.odd(self.draw.choice([0.5, 1, None])),
            sure=self.never_null(True),
            day=self.odd(date(2026, 5, 4)),
            hue=self.odd(self.draw.choice([1, 2, None])),
            words=self.never_null(["a", self.never_null("b")]),
            ids=self.odd(["a", self.odd(None)]),
            inner=self.odd(inner()),
            must=self.never_null(must),
            many=self.never_null(
                [self.never_null(inner() or self.leaf_thing()) for _ in range(count)]
            ),
            some=self.odd([self.odd(inner()) for _ in range(count)]),
            keyed=self.odd(inner()),
        )

    def leaf_thing(self) -> Stored:
        plain = {"key": "k", "name": "n", "small": 1, "share": 0.0, "sure": False, "words": []}
        return Stored(**plain, day=None, hue=None, ids=None, inner=None, many=[], some=None)

    def never_null(self, right: Any) -> Any:
        return right if self.only_nullable else self.odd(right)

    def odd(self, right: Any) -> Any:
        if self.strange is None or self.draw.randrange(self.strange):
            return right
        made: Callable[[], Any] = self.draw.choice(
            [
                lambda: None,
                lambda: "text",
                lambda: 2**40,
                lambda: float("nan"),
                lambda: 1.5,
                lambda: True,
                lambda: {"a": 1},
                lambda: b"bytes",
                lambda: iter(("x", "y")),
                lambda: ValueError("held"),
                lambda: Awaited(right),
                lambda: Awaited(None),
                lambda: Ellipsis,
            ]
        )
        return made()


async def executed(
    kind: type[Executor[Any]], schema: GraphQLSchema, text: str, root: Any, compiled: Compiled
) -> Any:
    """Data, and of errors what is told and where."""
    executor = kind.build(
        schema,
        parse(text),
        root,
        dict(KNOWN),
        raw_variable_values={"yes": len(text) % 2 == 0},
        is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]
    )
    assert not isinstance(executor, list), executor
    if isinstance(executor, CompiledExecutor):
        executor.share(compiled)
    result = executor.execute_operation()
    result = await result if isawaitable(result) else result
    assert not hasattr(result, "initial_result")
    told = [(error.message, error.path, error.locations) for error in result.errors or ()]
    return _written(result.data), sorted(told, key=str)


def _written(data: Any) -> str:
    """Without the addresses of objects; nan is not itself."""
    return re.sub(r" at 0x\w+", "", repr(data), flags=re.IGNORECASE)


async def differences(
    schema: GraphQLSchema, strange: int | None, only_nullable: bool = False
) -> tuple[int, int]:
    """How many of RUNS documents were answered otherwise, and how many with errors, in two turns."""
    differing = failed = 0
    for seed in range(RUNS):
        selected = drawn_selection(random.Random(seed))
        text = f"query($yes: Boolean!) {{ thing {selected} things {selected} }}"
        compiled = Compiled()
        for turn in range(2):  # the second finds what the first made

            def root(seed: int = seed * 2 + turn) -> Stored:
                drawn = Drawn(random.Random(seed), strange, only_nullable)
                return Stored(
                    thing=drawn.odd(drawn.thing()), things=[drawn.thing(1), drawn.thing(1)]
                )

            expected = await executed(Executor, schema, text, root(), compiled)
            found = await executed(CompiledExecutor, schema, text, root(), compiled)
            failed += bool(expected[1])
            if only_nullable:
                differing += found != expected
            else:  # which of several errors nulls an object first depends on what is awaited
                differing += found[0] != expected[0] or bool(found[1]) != bool(expected[1])
    return differing, failed


async def test_every_error_is_told_as_by_graphql_core(schema: GraphQLSchema) -> None:
    differing, failed = await differences(schema, strange=5, only_nullable=True)

    assert differing == 0
    assert failed > RUNS // 2


async def test_strange_values_are_answered_as_by_graphql_core(schema: GraphQLSchema) -> None:
    differing, failed = await differences(schema, strange=15)

    assert differing == 0
    assert failed > RUNS // 2


async def test_right_values_are_answered_as_by_graphql_core(schema: GraphQLSchema) -> None:
    assert await differences(schema, strange=None) == (0, 0)


async def test_a_reader_that_is_wrong_is_found(
    schema: GraphQLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "completes_leaf", lambda _kind: lambda value, _: value)

    assert (await differences(schema, strange=15))[0] > RUNS // 10


async def test_what_can_be_read_is_not_executed(
    schema: GraphQLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    executed_fields: list[str] = []
    execute = Executor.execute_field

    def noted(self: Any, parent: Any, source: Any, details: Any, *rest: Any) -> Any:
        executed_fields.append(details[0].node.name.value)
        return execute(self, parent, source, details, *rest)

    monkeypatch.setattr(Executor, "execute_field", noted)
    text = "{ things { key loud told hue many { key day } inner { words must { share } } } }"
    held = Drawn(random.Random(1), None)
    things = [held.thing(2), held.thing(2)]
    things[0].key = things[1].key = "known"
    root = Stored(thing=None, things=things)
    await executed(CompiledExecutor, schema, text, root, Compiled())

    assert executed_fields == ["things"]


def test_fields_with_extensions_or_arguments_are_resolved(schema: GraphQLSchema) -> None:
    fields: dict[str, GraphQLField] = schema.type_map["Thing"].fields  # type: ignore[attr-defined]

    assert readers.reader_of(fields["later"]) is None
    assert readers.reader_of(fields["name"]) is not None
