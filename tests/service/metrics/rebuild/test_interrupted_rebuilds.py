"""Rebuilds that come to no end, and surveys that were set back."""

import asyncio

from cxm.survey.v1.events_pb2 import ResponsesRecorded
from services.kit.db.advisory_lock import try_lock, unlock
from services.metrics.domain.work import WorkState
from services.metrics.rebuild.runner import REBUILDING
from tests.service.metrics.support.storing import Site, ended, promoters
from tests.service.metrics.support.storing import site as site


async def test_an_interrupted_rebuild_changes_nothing_and_the_next_is_whole(site: Site) -> None:
    await site.store(*promoters(12))
    await site.hear()
    await site.pool.execute("UPDATE metrics_standing SET responses = 99")
    came, never = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        await site.store(*promoters(4))
        await site.hear()
        came.set()
        await never.wait()

    site.owner.meanwhile = hang
    await site.rebuild.start()
    await came.wait()
    assert (await site.other.read()).state == WorkState.RUNNING
    await site.other.start()
    assert site.other.work is None  # one at a time
    await kill(site)

    async with asyncio.timeout(10):  # the server lets go of a lock soon after its connection is cut
        while (found := await site.other.read()).state == WorkState.RUNNING:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert found.state == WorkState.FAILED
    assert "start again" in found.error
    assert await site.held() == site.expected()
    site.owner.meanwhile = nothing
    await site.other.start()

    assert (await ended(site.other)).state == WorkState.DONE
    assert await site.held() == site.expected()


async def nothing() -> None:
    """Nothing happens."""


async def kill(site: Site) -> None:
    """The process that rebuilds is gone, and so is its connection."""
    assert site.rebuild.work is not None
    await site.pool.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    )
    site.rebuild.work.cancel()
    await asyncio.gather(site.rebuild.work, return_exceptions=True)


async def test_compaction_goes_on_after_a_rebuild_that_nobody_ends(site: Site) -> None:
    came, never = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        await site.store(*promoters(4))
        await site.hear()
        came.set()
        await never.wait()

    await site.store(*promoters(12))
    site.owner.meanwhile = hang
    await site.rebuild.start()
    await came.wait()
    await site.other.clear_away()
    assert None not in await site.journal()  # somebody works on it
    await kill(site)
    await site.compact()
    assert await site.journal() != []

    await site.other.clear_away()
    await site.compact()

    assert await site.journal() == []
    assert await site.held() == site.expected()


async def test_a_rebuild_that_survey_leaves_alone_fails_and_clears_away(site: Site) -> None:
    async def leave() -> None:
        raise ConnectionError

    await site.store(*promoters(12))
    await site.hear()
    site.owner.meanwhile = leave

    found = await site.run()

    assert (found.state, found.error) == (
        WorkState.FAILED,
        "the survey service went away: start again",
    )
    await site.compact()
    assert await site.journal() == []
    assert await site.held() == site.expected()


async def test_numbers_that_a_restored_survey_gives_again_count(site: Site) -> None:
    kept = promoters(12)
    await site.store(*kept)
    lost = await site.store(*promoters(5))
    await site.hear()
    site.owner.stored, site.owner.watermark = kept, lost.envelope - 1  # a backup from before

    await site.run()
    given = promoters(3)
    site.owner.stored = [*kept, *given]
    await site.replica.log.apply([ResponsesRecorded(envelope=lost.envelope, responses=given)])

    assert await site.held() == site.expected()


async def test_who_asks_for_a_rebuild_while_the_lock_is_held_for_something_else_gets_one(
    site: Site,
) -> None:
    """By who clears away, or is about to begin: it was answered as if nothing, or the last one, had been asked for."""
    await site.store(*promoters(12))
    holder = await try_lock(site.pool, REBUILDING)
    assert holder is not None
    asking = asyncio.create_task(site.rebuild.start())
    assert not (await asyncio.wait({asking}, timeout=0.3))[0]

    await unlock(site.pool, REBUILDING, holder)
    await asking

    found = await ended(site.rebuild)
    assert (found.state, found.done) == (WorkState.DONE, 12)
