"""What the loaders of all nouns share: one call per request and service for what many fields ask at once.

Messages are looked up by what they were asked for; what is absent and what the viewer may not see is None.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

from gateway.request.context import Context
from services.kit.errors import Failure, Invalid
from services.kit.letters import composed

LARGEST_BATCH = 1_000

Group = TypeVar("Group", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Ref:
    """An object named by id or by key."""

    id: str = ""
    key: str = ""


def by_key(key: str) -> Ref:
    """Named by key; the empty key names nothing."""
    if not key:
        raise Invalid("the key is empty", reason="EMPTY_KEY", field=["key"])
    return Ref(key=key)


def find_ref(found: Mapping[Ref, Value], ref: Ref) -> Value | None:
    """What a service answered for a reference; it may know a key by its composed letters only."""
    return found.get(ref) or found.get(Ref(ref.id, composed(ref.key)))


async def load_apart(
    groups: Mapping[Group, list[Key]],
    load_group: Callable[[Group, list[Key]], Awaitable[Mapping[Key, Value | Failure]]],
) -> dict[Key, Value | Failure]:
    """What the keys of all groups hold, a call per group, all at once; a failure is that of the keys of its group."""

    async def load(group: Group, keys: list[Key]) -> Mapping[Key, Value | Failure]:
        try:
            return await load_group(group, keys)
        except Failure as failure:
            return dict.fromkeys(keys, failure)

    parts = await asyncio.gather(*(load(group, keys) for group, keys in groups.items()))
    return {key: value for part in parts for key, value in part.items()}


def request_loader(
    context: Context,
    name: str,
    load: Callable[[list[Key]], Awaitable[Sequence[Value | BaseException]]],
) -> DataLoader[Key, Value]:
    """The request's loader of a name; its calls end with the request. A failure is raised for its key alone."""

    async def load_tracked(keys: list[Key]) -> Sequence[Value | BaseException]:
        context.track()
        return await load(keys)

    loader: DataLoader[Key, Any] | None = context.loaders.get(name)
    if loader is None:
        loader = DataLoader(load_fn=load_tracked, max_batch_size=LARGEST_BATCH)
        context.loaders[name] = loader
    return loader
