"""The first start, and every later one."""

import asyncio

import pytest
from nats.aio.client import Client

from cxm.profile.v1.events_pb2 import DepartmentChanged
from services.kit.db.database import Database
from services.kit.errors import Conflict, Invalid
from services.kit.events.outbox import Outbox
from services.profile.directory.founding import ensure_organization


@pytest.fixture
def outbox(database: Database, nats_client: Client) -> Outbox:
    return Outbox(database.pool, nats_client.jetstream())


async def test_replicas_that_start_together_make_one_organisation(
    database: Database, outbox: Outbox
) -> None:
    await asyncio.gather(*(ensure_organization(database, outbox, "Europe/Riga") for _ in range(4)))

    pool = database.pool
    assert [r["key"] for r in await pool.fetch("SELECT key FROM profile_department")] == ["root"]
    assert await pool.fetchval("SELECT count(*) FROM profile_stage") == 5
    assert await pool.fetchval("SELECT time_zone FROM profile_organization") == "Europe/Riga"
    [payload] = [row["payload"] for row in await pool.fetch("SELECT payload FROM outbox")]
    [place] = DepartmentChanged.FromString(payload).department.placements
    assert not any(place.HasField(name) for name in ("parent_id", "from_day", "to_day"))


async def test_another_time_zone_on_existing_data_is_refused(
    database: Database, outbox: Outbox
) -> None:
    await ensure_organization(database, outbox, "UTC")

    with pytest.raises(Conflict, match="CXM_PROFILE_TIME_ZONE says Europe/Riga") as caught:
        await ensure_organization(database, outbox, "Europe/Riga")

    assert caught.value.reason == "TIME_ZONE_DIFFERS"
    await ensure_organization(database, outbox, "UTC")  # the control


async def test_a_time_zone_that_does_not_exist_is_refused(
    database: Database, outbox: Outbox
) -> None:
    for name in ("Riga", "", "../UTC", "Europe", "UTC\0"):
        with pytest.raises(Invalid, match="IANA name"):
            await ensure_organization(database, outbox, name)

    assert await database.pool.fetchval("SELECT count(*) FROM profile_organization") == 0
