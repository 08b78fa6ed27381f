"""Streams and places that the broker lost while everything ran: a real server, from which they are deleted."""

import asyncio
from typing import Any

import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1.events_pb2 import SurveyChanged
from cxm.survey.v1.surveys_pb2 import Survey
from services.kit.db.database import Database
from services.kit.events import keeping
from services.kit.events.fetching import Fetcher
from services.kit.events.keeping import StreamKeeper
from services.kit.events.outbox import Outbox
from services.kit.events.streams import METRICS_COPIES_SURVEYS, SURVEY_CHANGED, declare

OF_SURVEY = METRICS_COPIES_SURVEYS


class Owner:
    """A service with one survey, `kept`, that it announces anew when asked to."""

    def __init__(self, database: Database, client: Client) -> None:
        self.database = database
        self.client = client
        self.stream: JetStreamContext = client.jetstream()
        self.outbox = Outbox(database.pool, self.stream)
        self.ready: list[bool] = []
        self.keeper = StreamKeeper("SURVEY", self.stream, database, [self.restore], self.show_ready)

    async def show_ready(self, ready: bool) -> None:
        self.ready.append(ready)

    async def restore(self, session: AsyncSession) -> None:
        await self._announce(session, "kept")

    async def announce(self, key: str) -> None:
        async with self.database.write.begin() as session:
            await self._announce(session, key)

    async def _announce(self, session: AsyncSession, key: str) -> None:
        await self.outbox.announce(session, SURVEY_CHANGED, SurveyChanged(survey=Survey(key=key)))

    async def heard(self) -> list[str]:
        """The keys that come to whoever copies surveys, once the outbox is empty."""
        await self.outbox.relay()
        fetcher = Fetcher(self.client, OF_SURVEY, 10)
        await fetcher.start()
        messages = await fetcher.batch()
        for message in messages:
            await message.ack_sync()
        await fetcher.give_back()
        return [SurveyChanged.FromString(message.data).survey.key for message in messages]


@pytest.fixture
async def owner(database: Database, nats_client: Client) -> Owner:
    return Owner(database, nats_client)


async def test_nothing_is_done_while_everything_is_there(owner: Owner) -> None:
    await owner.announce("first")

    assert not await owner.keeper.look()

    assert await owner.heard() == ["first"]
    assert owner.ready == []


async def test_a_lost_stream_is_declared_again_and_everything_announced_anew(owner: Owner) -> None:
    await owner.announce("first")
    await owner.outbox.relay()  # published, not applied: lost with the stream
    await owner.stream.delete_stream("SURVEY")
    await owner.announce("meanwhile")

    assert await owner.keeper.look()

    assert await owner.heard() == ["meanwhile", "kept"]
    assert owner.ready == [False, True]
    assert not await owner.keeper.look()


async def test_so_is_a_lost_place_in_it(owner: Owner) -> None:
    await owner.stream.delete_consumer(OF_SURVEY.stream, OF_SURVEY.name)
    await owner.announce("first")
    await owner.outbox.relay()  # confirmed, and kept for nobody

    assert await owner.keeper.look()

    assert await owner.heard() == ["kept"]


async def test_a_service_that_starts_without_its_stream_announces_only_what_it_held(
    owner: Owner,
) -> None:
    await owner.stream.delete_stream("SURVEY")
    await owner.keeper.start()
    assert not await owner.keeper.look()  # a first start: declared, and nothing was lost

    await owner.announce("first")
    await owner.outbox.relay()
    await owner.stream.delete_stream("SURVEY")
    await owner.keeper.start()
    assert await owner.keeper.look()

    assert await owner.heard() == ["kept"]


async def test_a_service_is_not_ready_while_its_stream_cannot_be_declared(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise TimeoutError

    await owner.stream.delete_stream("SURVEY")
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "declare", refuse)
        with pytest.raises(TimeoutError):
            await owner.keeper.look()
    assert owner.ready == [False]

    work = asyncio.create_task(owner.keeper.run())
    async with asyncio.timeout(10):
        while owner.ready[-1] is False:
            await owner.stream.account_info()
    work.cancel()
    assert await owner.heard() == ["kept", "kept"]


@pytest.mark.parametrize("place", [None, OF_SURVEY.name])
async def test_what_was_declared_is_announced_though_the_answer_was_lost(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, place: str | None
) -> None:
    async def lose_the_answer(*arguments: Any, **more: Any) -> None:
        await declare(*arguments, **more)
        raise TimeoutError

    if place is None:
        await owner.stream.delete_stream("SURVEY")
    else:
        await owner.stream.delete_consumer("SURVEY", place)
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "declare", lose_the_answer)
        with pytest.raises(TimeoutError):
            await owner.keeper.look()

    assert await owner.keeper.look()  # though all is there

    assert set(await owner.heard()) == {"kept"}
    assert owner.ready[-1] is True
    assert not await owner.keeper.look()
