"""What the loaders of all nouns share: one call per request and service for what many fields ask at once.

Messages are looked up by what they were asked for; what is absent and what the viewer may not see is None.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

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


class Loader(Generic[Key, Value]):
    """Asks once for all keys that are wanted before the event loop comes round; what is known is not asked again."""

    def __init__(
        self,
        context: Context,
        load: Callable[[list[Key]], Awaitable[Sequence[Value | BaseException]]],
    ) -> None:
        self.context = context
        self.ask = load
        self.loop = asyncio.get_running_loop()
        self.known: dict[Key, asyncio.Future[Value]] = {}
        self.wanted: list[Key] = []

    def load(self, key: Key) -> asyncio.Future[Value]:
        """What a key holds; a failure is raised for its key alone."""
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.loop.create_future()
            if not self.wanted:
                self.loop.call_soon(self._begin)
            self.wanted.append(key)
        return found

    def load_many(self, keys: Iterable[Key]) -> Awaitable[list[Value]]:
        """What several hold, in their order."""
        return asyncio.gather(*map(self.load, keys))

    def _begin(self) -> None:
        wanted, self.wanted = self.wanted, []
        for first in range(0, len(wanted), LARGEST_BATCH):
            task = self.loop.create_task(self._load(wanted[first : first + LARGEST_BATCH]))
            self.context.end_with(task)

    async def _load(self, keys: list[Key]) -> None:
        try:
            values = await self.ask(keys)
        except Exception as error:  # noqa: BLE001  raised for who waits for a key
            values = [error] * len(keys)
        for key, value in zip(keys, values, strict=True):
            waiting = self.known[key]
            if waiting.done():  # nobody waits any more
                continue
            if isinstance(value, BaseException):
                waiting.set_exception(value)
            else:
                waiting.set_result(value)


def request_loader(
    context: Context,
    name: str,
    load: Callable[[list[Key]], Awaitable[Sequence[Value | BaseException]]],
) -> Loader[Key, Value]:
    """The request's loader of a name; its calls end with the request."""
    loader: Loader[Key, Any] | None = context.loaders.get(name)
    if loader is None:
        loader = context.loaders[name] = Loader(context, load)
    return loader
