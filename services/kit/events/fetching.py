"""The messages of a durable as they come: one open request serves many batches, and none waits until it is full.

The client's own `fetch` holds what it has got until its batch is full or its time is over, 5 s late, when two
replicas share a durable.
"""

import asyncio
import json
from collections import deque
from collections.abc import Collection
from typing import Any

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from services.kit.events.streams import ACK_WAIT_SECONDS, Durable

REQUEST_SECONDS = (
    2.0  # a server that was restarted has forgotten its requests: so long nothing comes
)
CANCEL_AGAIN_SECONDS = 1.0  # what is in hand is given back in half of it
GRACE_SECONDS = 0.5  # for what the server says of a request that is over, or has sent already
OVER = ("404", "408")  # nothing there; time is over

log = structlog.get_logger()


class Refused(NatsError):
    """The server does not serve this durable now."""


class Fetcher:
    """A place on a durable; replicas that share it are served in turns."""

    def __init__(self, client: Client, durable: Durable, most: int) -> None:
        self.client = client
        self.subject = f"$JS.API.CONSUMER.MSG.NEXT.{durable.stream}.{durable.name}"
        self.most = most
        self.inbox = client.new_inbox()
        self.subscription: Subscription | None = None
        self.arrived: deque[Msg] = deque()
        self.given: list[Msg] = []  # the last batch; done with when the next is asked for
        self.news = asyncio.Event()  # set while something has arrived
        self.open = 0  # messages that the server may still send
        self.until = 0.0

    async def start(self) -> None:
        self.subscription = await self.client.subscribe(self.inbox, cb=self._arrive)

    async def batch(self) -> list[Msg]:
        """What has come, at most `most`; nothing after some seconds of silence. Refused, or the client's errors."""
        self.given = []
        if not self.arrived and not await self._is_served():
            return []
        found = [self.arrived.popleft() for _ in range(min(self.most, len(self.arrived)))]
        if not self.arrived:
            self.news.clear()
        self.given = [message for message in found if _status(message) is None]
        self._settle(self.given, [status for message in found if (status := _status(message))])
        return self.given

    async def keep(self) -> None:
        """Tell the server, until cancelled, that what is here is worked on: nobody else gets it meanwhile."""
        while not is_cancelled():
            await asyncio.sleep(ACK_WAIT_SECONDS / 4)
            try:
                for message in self._unanswered():
                    await message.in_progress()
            except (NatsError, OSError) as error:
                log.warning("work not announced", error=type(error).__name__)

    async def give_back(self) -> None:
        """Take no more, and let others have at once what is here or on its way, and not answered."""
        try:
            if self.subscription is not None:
                async with asyncio.timeout(GRACE_SECONDS):
                    await self.subscription.drain()  # type: ignore[no-untyped-call]
            for message in self._unanswered():
                await message.nak()
        except (NatsError, OSError) as error:
            # The server is away; it comes to others when its time is over.
            log.warning("not given back", error=type(error).__name__)

    def _unanswered(self) -> list[Msg]:
        here = (*self.given, *self.arrived)
        return [message for message in here if _status(message) is None and not message.is_acked]

    async def _arrive(self, message: Msg) -> None:
        self.arrived.append(message)
        self.news.set()

    async def _is_served(self) -> bool:
        """Ask, unless the last request is still open, and wait; whether something came in time."""
        if not self.open:
            await self._ask()
        try:
            async with asyncio.timeout_at(self.until):
                return await self.news.wait()
        except TimeoutError:
            self.open = 0
            return False

    async def _ask(self) -> None:
        request = {"batch": self.most, "expires": int(REQUEST_SECONDS * 1e9)}
        await self.client.publish(self.subject, json.dumps(request).encode(), reply=self.inbox)
        self.open = self.most
        self.until = asyncio.get_running_loop().time() + REQUEST_SECONDS + GRACE_SECONDS

    def _settle(self, messages: list[Msg], statuses: list[str]) -> None:
        """Count what the server may still send; a status ends the request."""
        self.open = 0 if statuses else max(0, self.open - len(messages))
        refused = [status for status in statuses if status not in OVER]
        if refused and not messages:
            raise Refused(f"status {refused[0]}")


async def cancel_all(tasks: Collection[asyncio.Future[Any]]) -> None:
    """Cancel until all have ended: up to Python 3.11 `asyncio.wait_for`, which the client uses, forgets that it was
    cancelled when its answer comes at the same moment."""
    left = [task for task in tasks if not task.done()]
    while left:
        for task in left:
            task.cancel()
        _, pending = await asyncio.wait(left, timeout=CANCEL_AGAIN_SECONDS)
        left = list(pending)


def is_cancelled() -> bool:
    """Whether somebody cancelled this task; the client swallows that while it looks for its server."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _status(message: Msg) -> str | None:
    """What the server says instead of a message."""
    return (message.headers or {}).get("Status")
