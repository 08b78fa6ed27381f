"""Envelopes that were lost with the broker's stream are counted after all."""

from datetime import UTC, datetime, timedelta

import pytest

from cxm.survey.v1.events_pb2 import ResponsesLost
from services.kit.clock import now
from services.kit.errors import Unavailable
from services.kit.events.consumer import Apply, Delivery
from services.metrics.domain.work import WorkState
from services.metrics.rebuild.events import rebuild_lost
from tests.service.metrics.support.storing import Site, ended, promoters
from tests.service.metrics.support.storing import site as site


async def hear(apply: Apply, found_at: datetime) -> None:
    fact = ResponsesLost()
    fact.found_at.FromDatetime(found_at)
    await apply([Delivery("1", "lost", fact.SerializeToString(), None)])


async def test_what_was_lost_is_counted_once_survey_says_so(site: Site) -> None:
    await site.store(*promoters(12))
    await site.hear()
    await site.store(*promoters(5))
    site.on_their_way.clear()  # lost
    assert await site.held() != site.expected()
    apply, found_at = rebuild_lost(site.rebuild), now()

    with pytest.raises(Unavailable):  # not applied yet: the fact comes again
        await hear(apply, found_at)
    await ended(site.rebuild)
    await hear(apply, found_at)

    assert await site.held() == site.expected()
    await hear(apply, found_at - timedelta(seconds=1))  # one fact of each replica: no further work
    assert (await site.rebuild.read()).state == WorkState.DONE


async def test_a_rebuild_from_before_the_loss_does_not_count(site: Site) -> None:
    await site.run()
    found_at = datetime.now(UTC) + timedelta(milliseconds=1)
    await site.store(*promoters(5))
    site.on_their_way.clear()

    with pytest.raises(Unavailable):
        await hear(rebuild_lost(site.rebuild), found_at)
    await ended(site.rebuild)

    assert await site.held() == site.expected()
