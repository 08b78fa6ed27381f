"""What survey announces when the broker has lost envelopes: the answer log is made anew."""

from collections.abc import Sequence
from datetime import UTC

from cxm.survey.v1.events_pb2 import ResponsesLost
from services.kit.events.consumer import Apply, Delivery
from services.kit.events.streams import METRICS_REBUILDS_LOST
from services.kit.service import Shared
from services.metrics.rebuild.runner import Rebuild


def rebuild_lost(rebuild: Rebuild) -> Apply:
    """Applied is such a fact when a rebuild that began after it has ended; until then it comes again."""

    async def apply(deliveries: Sequence[Delivery]) -> None:
        facts = [ResponsesLost.FromString(delivery.payload) for delivery in deliveries]
        found_at = max((fact.found_at for fact in facts), key=lambda at: at.ToNanoseconds())
        await rebuild.ensure(found_at.ToDatetime(UTC))

    return apply


def wire(shared: Shared, rebuild: Rebuild) -> None:
    """Rebuild when envelopes were lost."""
    shared.consume(METRICS_REBUILDS_LOST, rebuild_lost(rebuild))
