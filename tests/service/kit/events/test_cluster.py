"""A broker of several nodes. What it keeps through the loss of one is counted by `make nats-cluster`."""

import asyncio
from pathlib import Path

import pytest
from nats.aio.client import Client

from services.kit.db.database import Database
from services.kit.errors import Conflict
from services.kit.events import nats
from services.kit.events.keeping import StreamKeeper
from services.kit.events.streams import SCORE_CHANGED, declare
from tests.support.nats_cluster import STREAM_BYTES, prepare, until


async def test_a_process_goes_on_at_a_node_that_nobody_told_it_of(tmp_path: Path) -> None:
    cluster = prepare(tmp_path, durable=False)
    first, *others = cluster.nodes
    try:
        for node in cluster.nodes:
            node.start()
        async with nats.connect(cluster.url_of("metrics", [first]), "metrics") as client:

            async def knows_others() -> bool:
                return len(client.discovered_servers) > len(others)

            async def is_with_others() -> bool:
                return client.connected_url is not None and client.connected_url.port != first.port

            await until(knows_others)
            first.kill()
            await until(is_with_others)
            await client.publish(SCORE_CHANGED, b"")
            await client.flush()
    finally:
        cluster.stop()


async def test_more_copies_than_nodes_are_refused_in_words(nats_client: Client) -> None:
    with pytest.raises(Conflict, match="has no 3 nodes for as many copies of stream SURVEY"):
        await declare(nats_client.jetstream(), replicas=3, names=["SURVEY"])


async def test_a_service_that_starts_before_most_nodes_waits_for_them(
    tmp_path: Path, database: Database
) -> None:
    cluster = prepare(tmp_path, durable=False)
    first, *others = cluster.nodes
    try:
        first.start()
        async with nats.connect(cluster.url_of("survey"), "survey") as client:
            keeper = StreamKeeper(
                "SURVEY", client.jetstream(timeout=1), database, [], never, max_bytes=STREAM_BYTES
            )
            starting = asyncio.create_task(keeper.start())

            async def has_asked_twice() -> bool:
                assert not starting.done(), starting.result()
                return client.stats["out_msgs"] > 1

            await until(has_asked_twice)
            for node in others:
                node.start()
            await starting
            assert (await client.jetstream().stream_info("SURVEY")).config.num_replicas == 1
    finally:
        cluster.stop()


async def never(_: bool) -> None:
    raise AssertionError("a stream that was never there is not lost")
