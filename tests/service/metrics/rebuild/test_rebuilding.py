"""The log made anew while it is written, against what is stored."""

import random
from datetime import timedelta

import pytest

from cxm.survey.v1.events_pb2 import RecordedResponse
from services.metrics.cube.standing import Recount
from services.metrics.domain.work import WorkState
from tests.service.metrics.support.storing import NAMES, START, TO, Site, promoters
from tests.service.metrics.support.storing import site as site
from tests.support.builders import make_response


async def test_damaged_blocks_are_repaired(site: Site) -> None:
    assert (await site.rebuild.read()).state == WorkState.NEVER
    await site.store(*promoters(12), *promoters(20, "d2"))
    await site.hear()
    await site.compact()
    await site.pool.execute("DELETE FROM metrics_block WHERE responses = 12")
    await site.pool.execute(
        "INSERT INTO metrics_block SELECT department_id, survey_id, month - 1, responses, answers"
        " FROM metrics_block"
    )
    assert await site.held() != site.expected()
    assert (await site.metrics.scorecard("root", START, TO))["nps"].base == 40

    found = await site.run()

    assert (found.state, found.done, found.total) == (WorkState.DONE, 32, 32)
    assert await site.held() == site.expected()
    assert (await site.metrics.scorecard("root", START, TO))["nps"].base == 32


async def test_a_log_made_anew_is_announced_once_it_is_read(site: Site) -> None:
    read: list[int] = []

    async def announce() -> None:
        read.append((await site.metrics.scorecard("root", START, TO))["nps"].base)

    site.rebuild.announce = announce
    await site.store(*promoters(12))

    await site.run()

    assert read == [12]


async def test_what_comes_meanwhile_is_counted_once(site: Site) -> None:
    first = promoters(12)
    await site.store(*first)
    await site.hear()
    late = await site.store(*promoters(3))  # stored before the watermark, heard after

    async def meanwhile() -> None:
        await site.store(*promoters(5), back=(first[0],))
        await site.store(make_response("d2", on=START, nps=0))
        await site.hear()
        await site.compact()

    site.owner.meanwhile = meanwhile
    found = await site.run()
    await site.replica.log.apply([late])

    assert found.state == WorkState.DONE
    assert await site.held() == site.expected()
    assert sum(site.expected().values()) == 20
    rows = await site.pool.fetch("SELECT responses FROM metrics_standing ORDER BY responses")
    assert [row["responses"] for row in rows] == [1, 19]


async def test_without_the_watermark_what_comes_late_would_count_twice(site: Site) -> None:
    """The positive control of the test above."""
    await site.store(*promoters(12))
    await site.run()
    await site.pool.execute("UPDATE metrics_source SET counted_through = 0")

    await site.hear()

    assert await site.held() != site.expected()
    assert sum((await site.held()).values()) == 24


@pytest.mark.parametrize("seed", range(4))
async def test_a_rebuild_beside_everything_else_equals_a_plain_recount(
    site: Site, seed: int
) -> None:
    dice = random.Random(seed)

    async def something() -> None:
        """Give, correct, withdraw, hear late and in any order, compact."""
        for _ in range(dice.randrange(4, 12)):
            gone = dice.sample(site.owner.stored, min(len(site.owner.stored), dice.randrange(4)))
            await site.store(*(anything(dice) for _ in range(dice.randrange(9))), back=tuple(gone))
            if dice.random() < 0.5:
                dice.shuffle(site.on_their_way)
                await site.hear()
            if dice.random() < 0.3:
                await site.compact()

    site.owner.meanwhile = something
    for _ in range(3):
        await something()
        assert (await site.run()).state == WorkState.DONE
    again = list(site.on_their_way)
    await site.hear()
    await site.replica.log.apply(again)
    for _ in range(2):
        await site.compact()
        assert await site.held() == site.expected()
    today = site.replica.directory.tree.today_number
    await Recount(site.pool, site.replica.cube, lambda: today).recount()
    responses = "SELECT sum(responses)::int FROM metrics_standing WHERE day = $1"
    assert await site.pool.fetchval(responses, today) == len(site.owner.stored)
    card = await site.metrics.scorecard("root", START, TO)
    assert card["nps"].base == len(site.owner.stored)


def anything(dice: random.Random) -> RecordedResponse:
    return make_response(
        dice.choice(NAMES),
        on=START + timedelta(days=dice.randrange(90)),
        nps=dice.randrange(11),
        csat=dice.choice((None, 1, 5, "DONT_KNOW")),
        channel=dice.choice(("web", "app")),
    )
