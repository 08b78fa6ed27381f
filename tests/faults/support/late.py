"""Copies of an envelope that somebody takes, and dies with: they come again when the broker has waited for him."""

import asyncio

from services.kit.clock import new_id
from services.kit.events.streams import METRICS_RECORDS_RESPONSES as DURABLE
from services.kit.events.streams import RESPONSES_RECORDED
from tests.faults.support.clients import DEPARTMENTS, ONE
from tests.support.platform import Running
from tests.support.settled import broker

COPIES = 8


def submit_with_late_copies(platform: Running) -> int:
    """Submit a response and deliver copies of its envelope, to metrics and to one who acknowledges nothing.

    Returns how many he holds.
    """
    return asyncio.run(_submit(platform))


async def _submit(platform: Running) -> int:
    response = {
        "id": new_id(),
        "survey": "pulse",
        "department": DEPARTMENTS[0],
        "answers": [{"question": "recommend", "score": 9}],
    }
    async with broker(platform.data_dir) as client:
        heard = await client.subscribe(RESPONSES_RECORDED)
        await client.flush()
        await asyncio.to_thread(platform.ask, ONE, {"input": response})
        envelope = (await heard.next_msg(10)).data
        stream = client.jetstream()
        place = await stream.pull_subscribe_bind(DURABLE.name, DURABLE.stream)
        taking = asyncio.create_task(place.fetch(COPIES, timeout=2))
        await asyncio.sleep(0)  # the request is on its way before the copies
        await client.flush()
        for _ in range(COPIES):
            await stream.publish(RESPONSES_RECORDED, envelope)
        return len(await taking)
