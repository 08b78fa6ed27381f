"""When the store is away: only what the driver met is its absence."""

import asyncpg
import pytest
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from services.kit.db.database import is_away, reaching
from services.kit.errors import Unavailable


async def test_nobody_at_the_address_is_an_absence() -> None:
    with pytest.raises(FileNotFoundError) as refused:
        await asyncpg.connect("postgres://nobody@/none?host=/nowhere")

    assert is_away(refused.value)


def test_an_error_of_the_operating_system_elsewhere_is_none() -> None:
    with pytest.raises(FileNotFoundError) as absent:
        open("/nowhere/at-all").close()  # noqa: PTH123 - what fails is meant

    assert not is_away(absent.value)
    assert is_away(asyncpg.ConnectionDoesNotExistError())


def test_a_deadlock_passes() -> None:
    with pytest.raises(Unavailable), reaching("purchases"):
        raise asyncpg.DeadlockDetectedError("deadlock detected")


def test_no_connection_free_in_time_is_an_absence() -> None:
    with pytest.raises(Unavailable), reaching("customers"):
        raise NoConnectionFree("QueuePool limit of size 5 overflow 10 reached")
