"""The broker alone through a power cut: what it acknowledged is there again, and by default it would not be."""

import asyncio
import signal
import sys
import tempfile
from pathlib import Path

import nats

from infra.local.nats import nats as nats_server
from services.kit.events.streams import RESPONSES_RECORDED, declare
from tests.faults.support.disk import NoLoopMounts, disk, enter_own_namespace
from tests.faults.support.result import FaultResult

MESSAGES = 500
BYTES = 2_000


async def cut(directory: Path, *, durable: bool) -> FaultResult:
    """Publish until all is acknowledged, cut the power, and count what a broker on the copy has."""
    with disk(directory) as cuttable:
        data_dir = cuttable.path / "data"
        async with nats_server(data_dir, durable=durable) as broker:
            client = await nats.connect(broker.url)
            stream = client.jetstream()
            await declare(stream)
            payload = bytes(BYTES)
            for _ in range(MESSAGES):
                await stream.publish(RESPONSES_RECORDED, payload)
            cuttable.cut()
            await client.close()
        cuttable.replace()
        async with nats_server(data_dir) as broker:
            client = await nats.connect(broker.url)
            await declare(client.jetstream())
            kept = (await client.jetstream().stream_info("SURVEY")).state.messages
            await client.close()
    return FaultResult("cuts", 1, MESSAGES, lost=MESSAGES - kept, twice=0)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        enter_own_namespace()
    except NoLoopMounts as why:
        sys.stdout.write(f"skipped: no image can be mounted here ({why})\n")
        return 0
    results = []
    for durable in (True, False):
        with tempfile.TemporaryDirectory() as directory:
            results.append(asyncio.run(cut(Path(directory), durable=durable)))
    sys.stdout.writelines(f"{result}\n" for result in results)
    return 1 if results[0].lost or not results[1].lost else 0


if __name__ == "__main__":
    sys.exit(main())
