"""The messages of a durable as they come: one open request serves many batches, and none waits until it is full.

The client's own `fetch` holds what it has got until its batch is full or its time is over, 5 s late, when two
replicas share a durable.
"""

import asyncio
import json

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from services.kit.streams import Durable

REQUEST_SECONDS = (
    2.0  # a server that was restarted has forgotten its requests: so long nothing comes
)
GRACE_SECONDS = 0.5  # for the server's word that a request is over
OVER = ("404", "408")  # nothing there; time is over


class Refused(NatsError):
    """The server does not serve this durable now."""


class Pull:
    """A place on a durable; replicas that share it are served in turns."""

    def __init__(self, client: Client, durable: Durable, most: int) -> None:
        self.client = client
        self.subject = f"$JS.API.CONSUMER.MSG.NEXT.{durable.stream}.{durable.name}"
        self.most = most
        self.inbox = client.new_inbox()
        self.arrived: asyncio.Queue[Msg] = asyncio.Queue()
        self.open = 0  # messages that the server may still send
        self.until = 0.0

    async def start(self) -> None:
        await self.client.subscribe(self.inbox, cb=self.arrived.put)

    async def batch(self) -> list[Msg]:
        """What has come, at most `most`; nothing after some seconds of silence. Refused, or the client's errors."""
        if not self.open and self.arrived.empty():
            await self._ask()
        try:
            async with asyncio.timeout_at(self.until):
                found = [await self.arrived.get()]
        except TimeoutError:
            self.open = 0
            return []
        while len(found) < self.most and not self.arrived.empty():
            found.append(self.arrived.get_nowait())
        messages = [message for message in found if _status(message) is None]
        self._settle(messages, [status for message in found if (status := _status(message))])
        return messages

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


def _status(message: Msg) -> str | None:
    """What the server says instead of a message."""
    return (message.headers or {}).get("Status")
