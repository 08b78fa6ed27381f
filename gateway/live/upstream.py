"""Where changes come from: a NATS subscription per subject for all clients, and none while there are no clients."""

import structlog
from google.protobuf.message import DecodeError
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from cxm.metrics.v1.events_pb2 import AlertRaised, ScoreChanged
from gateway.live.listeners import Listeners
from services.kit.events import nats
from services.kit.events.streams import (
    ALERT_RAISED,
    DEPARTMENT_CHANGED,
    SCORE_CHANGED,
    TOUCHPOINT_CHANGED,
)

DIRECTORY = (DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED)

log = structlog.get_logger()


async def follow(url: str, listeners: Listeners) -> None:
    """Hear what metrics announces while somebody wants it, until cancelled.

    Announcements made while the connection was lost are gone, so after it everybody reads again.
    """
    async with nats.connect(url, "gateway", on_gap=listeners.missed) as client:
        while True:
            await listeners.wanted.wait()
            await _hear(client, listeners)


async def _hear(client: Client, listeners: Listeners) -> None:
    async def heard(message: Msg) -> None:
        try:
            if message.subject in DIRECTORY:
                listeners.hear_directory()
            elif message.subject == ALERT_RAISED:
                listeners.hear_alert(AlertRaised.FromString(message.data))
            else:
                listeners.hear(ScoreChanged.FromString(message.data))
        except DecodeError:
            log.warning("announcement not understood", subject=message.subject)
            listeners.missed()

    subscriptions = [
        await client.subscribe(subject, cb=heard)
        for subject in (SCORE_CHANGED, ALERT_RAISED, *DIRECTORY)
    ]
    try:
        await client.flush()
    except (NatsError, OSError) as error:
        # The client asks again for its subscriptions once it is back, and tells of the gap.
        log.warning("nats is away", error=str(error) or type(error).__name__)
    listeners.live.set()
    try:
        await listeners.idle.wait()
    finally:
        listeners.live.clear()
        listeners.kept.drop_all()
        for subscription in subscriptions:
            await _leave(subscription)


async def _leave(subscription: Subscription) -> None:
    try:
        await subscription.unsubscribe()
    except (NatsError, OSError) as error:
        log.info("subscription ended with its connection", error=type(error).__name__)
