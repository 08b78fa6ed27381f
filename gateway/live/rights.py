"""Rights of those who listen, asked again: a token says less after a move, or on the day a grant ends."""

import asyncio
from collections import defaultdict

import grpc
import structlog

from cxm.metrics.v1 import scores_pb2 as pb
from gateway.calls.clients import Clients
from gateway.calls.grants import GrantReader
from gateway.errors import failure_of
from gateway.live.listeners import Listeners, Subscriber
from services.kit.errors import Denied, Failure, NotFound, Unauthenticated
from services.kit.rights.access import Viewer

EVERY_SECONDS = 30.0
CALL_SECONDS = 5.0
MOST_KEYS = 1_000

log = structlog.get_logger()


def check_readable(key: str, reply: pb.FindReadableResponse) -> str:
    """The id of a department whose scores may be read; NotFound, or Denied where it may be seen."""
    if key in reply.denied_keys:
        raise Denied("your role does not allow this (read scores)")
    if key not in reply.ids:
        raise NotFound("no such department", field=["department"])
    return reply.ids[key]


async def watch(clients: Clients, grants: GrantReader, listeners: Listeners) -> None:
    """End the subscriptions of those who may not read the scores any more, until cancelled."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await check_all(clients, grants, listeners)


async def check_all(clients: Clients, grants: GrantReader, listeners: Listeners) -> None:
    """Ask once for every viewer; while metrics is away everybody stays."""
    by_viewer: defaultdict[Viewer, list[Subscriber]] = defaultdict(list)
    for listener in listeners:
        by_viewer[listener.viewer].append(listener)
    for viewer, group in by_viewer.items():
        if not await grants.holds(viewer):
            for listener in group:
                listener.end(_RIGHTS_CHANGED)
            continue
        keys = sorted({listener.key for listener in group})
        for start in range(0, len(keys), MOST_KEYS):
            part = keys[start : start + MOST_KEYS]
            await _check(clients, viewer, part, [li for li in group if li.key in part])


_RIGHTS_CHANGED = Unauthenticated(
    "your rights have changed: connect again", reason="RIGHTS_CHANGED"
)


async def _check(
    clients: Clients, viewer: Viewer, keys: list[str], listeners: list[Subscriber]
) -> None:
    try:
        reply = await clients.scores.FindReadable(
            pb.FindReadableRequest(keys=keys),
            timeout=CALL_SECONDS,
            metadata=clients.metadata(viewer, "metrics"),
        )
    except grpc.aio.AioRpcError as error:
        failure = failure_of(error, "metrics")
        if not isinstance(failure, Unauthenticated | Denied):
            log.warning("rights not checked", reason=failure.reason)
            return
        for listener in listeners:
            listener.end(failure)
        return
    for listener in listeners:
        try:
            check_readable(listener.key, reply)
        except Failure as failure:
            listener.end(failure)
