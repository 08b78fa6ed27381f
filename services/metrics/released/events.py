"""What employee_exp announces when a wave was released."""

from collections.abc import Awaitable, Callable, Sequence, Set

from cxm.employee_exp.v1.events_pb2 import ReleasePublished
from services.kit.db.database import Sessions
from services.kit.events.consumer import Apply, Delivery
from services.kit.events.streams import METRICS_STORES_RELEASES
from services.kit.service import Shared
from services.metrics.released import convert, storage

AnnounceReleased = Callable[[Set[str]], Awaitable[None]]
"""Called with the departments of which something was released or withheld."""


def store_releases(sessions: Sessions, announce: AnnounceReleased) -> Apply:
    """Keep what was released; a part that comes again changes nothing, and is announced again."""

    async def apply(deliveries: Sequence[Delivery]) -> None:
        events = [ReleasePublished.FromString(delivery.payload) for delivery in deliveries]
        releases = sorted(map(convert.release, events), key=lambda release: release.wave_id)
        async with sessions.begin() as session:
            for release in releases:
                await storage.put_release(session, release)
        await announce({each.department_id for event in events for each in event.departments})

    return apply


def wire(shared: Shared, announce: AnnounceReleased) -> None:
    """Store releases as they are announced."""
    shared.consume(METRICS_STORES_RELEASES, store_releases(shared.database.write, announce))
