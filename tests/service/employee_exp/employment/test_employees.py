"""Stints over gRPC, on real PostgreSQL and a real directory."""

import asyncio
import importlib
import time
from uuid import UUID

import grpc
import pytest
from nats.aio.client import Client

from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from services.employee_exp.employment.domain.employment import DAYS_AHEAD, EARLIEST_DAY
from services.kit.events.consumer import Consumer, in_session
from services.kit.events.streams import directory_durable
from services.kit.rpc.servicing import open_channel
from services.kit.rpc.status import from_rpc
from tests.service.employee_exp.support.employees import DAY, Employees, Item, shown
from tests.support.processor import allowed

CPU_SECONDS = 2.0  # of this process, which is the service and the client
MIGRATION = "services.employee_exp.migrations.0005_composed"


async def reason(employees: Employees, *items: Item, role: str = "admin") -> str:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await employees.upsert(*items, bearer=employees.bearer(role))
    return from_rpc(caught.value).reason


async def test_a_stint_is_stored_and_announced_without_the_external_id(
    employees: Employees,
) -> None:
    [result] = await employees.upsert(("E-17", "sales", -100, None))

    assert UUID(result.id).version == 7
    assert await employees.stints() == [("sales", -100, None)]
    [message] = await employees.messages()
    [fact] = message.employments
    assert shown(fact, employees) == [("sales", -100, None)]
    assert (fact.employee_id, fact.revision) == (result.id, 1)
    assert b"E-17" not in message.SerializeToString()


async def test_the_same_rows_again_change_and_announce_nothing(employees: Employees) -> None:
    rows: list[Item] = [
        ("a", "sales", -100, -50),
        ("a", "service", -50, None),
        ("b", "sales", 0, 9),
    ]
    assert await employees.fates(*rows) == ["STORED"] * 3
    await employees.announced()

    assert await employees.fates(*reversed(rows)) == ["ALREADY_STORED"] * 3
    assert await employees.announced() == []


async def test_an_id_that_was_stored_in_another_spelling_is_the_same_employee(
    employees: Employees,
) -> None:
    """The control: before the migration it is somebody else."""
    one, two, both = "Z\u00fcleyha", "Zu\u0308leyha", ("Ze\u0301", "Z\u00e9")
    await employees.upsert(("a", "sales", -9, None), ("b", "sales", -9, None), ("c", "sales", 0, 9))
    for stored, former in zip((two, *both), "abc", strict=True):
        await employees.database.fetch(
            "UPDATE employee_exp_employee SET external_id = $1 WHERE external_id = $2",
            stored,
            former,
        )
    assert await employees.fates((one, "sales", -9, None)) == ["STORED"]
    await employees.database.fetch(
        "DELETE FROM employee_exp_stint USING employee_exp_employee AS e"
        " WHERE employee_id = e.id AND external_id = $1",
        one,
    )
    await employees.database.fetch("DELETE FROM employee_exp_employee WHERE external_id = $1", one)

    await employees.database.fetch(importlib.import_module(MIGRATION).COMPOSE)

    assert await employees.fates((one, "sales", -9, None)) == ["ALREADY_STORED"]
    assert await employees.fates((two, "sales", -9, None)) == ["ALREADY_STORED"]
    ids = await employees.database.fetch("SELECT external_id FROM employee_exp_employee")
    assert {row[0] for row in ids} == {one, *both}  # two of a spelling each stay two


async def test_a_leaving_is_announced_once_when_the_last_stint_ends(employees: Employees) -> None:
    await employees.upsert(("a", "sales", -100, -50), ("a", "service", -50, None))
    [joined] = await employees.announced()

    await employees.upsert(("a", "service", -50, -1))

    [left] = await employees.announced()
    assert shown(left, employees) == [("sales", -100, -50), ("service", -50, -1)]
    assert left.revision == joined.revision + 1


async def test_a_transfer_is_announced_whole(employees: Employees) -> None:
    await employees.upsert(("a", "sales", -100, None))
    await employees.announced()

    fates = await employees.fates(("a", "service", -10, None), ("a", "sales", -100, -10))

    assert fates == ["STORED", "STORED"]
    facts = [shown(fact, employees) for fact in await employees.announced()]
    assert facts == [[("sales", -100, -10), ("service", -10, None)]]


async def test_a_leaving_may_be_corrected_and_taken_back(employees: Employees) -> None:
    await employees.upsert(("a", "sales", -100, -50))
    await employees.announced()

    for left in (-40, None, -40):
        assert await employees.fates(("a", "sales", -100, left)) == ["STORED"]

    facts = [shown(fact, employees) for fact in await employees.announced()]
    assert facts == [[("sales", -100, left)] for left in (-40, None, -40)]


async def test_a_stint_beside_an_open_one_is_refused_with_a_way_out(employees: Employees) -> None:
    await employees.upsert(("a", "sales", -100, None))

    [result] = await employees.upsert(("a", "service", -10, None))

    [refusal] = result.refusals
    assert (refusal.reason, list(refusal.field)) == ("OVERLAP", ["started_day"])
    assert "leaving day" in refusal.message
    assert await employees.stints() == [("sales", -100, None)]


async def test_overlaps_are_refused_whatever_the_order_and_neighbours_are_stored(
    employees: Employees,
) -> None:
    await employees.upsert(("a", "sales", -50, -10))

    fates = await employees.fates(
        ("b", "sales", -20, None),  # overlaps the first stint of b, which comes later in the call
        ("b", "service", -30, -10),
        ("a", "service", -60, -40),  # runs into the stored stint
        ("a", "service", -10, None),  # begins when it ends
        ("c", "sales", -1, None),
    )

    assert fates == ["OVERLAP", "STORED", "OVERLAP", "STORED", "STORED"]


async def test_one_stint_twice_with_other_content_counts_once(employees: Employees) -> None:
    fates = await employees.fates(
        ("a", "sales", -9, None), ("a", "service", -9, None), ("a", "sales", -9, None)
    )

    assert fates == ["STORED", "DUPLICATE", "ALREADY_STORED"]
    assert await employees.stints() == [("sales", -9, None)]


async def test_bad_items_are_refused_and_leave_nothing_behind(employees: Employees) -> None:
    first = EARLIEST_DAY - DAY
    bad: dict[Item, str] = {
        ("", "sales", 0, None): "EMPLOYEE_MISSING",
        (" ", "sales", 0, None): "EMPLOYEE_MISSING",
        ("a\0", "sales", 0, None): "EMPLOYEE_MALFORMED",
        ("a" * 129, "sales", 0, None): "EMPLOYEE_TOO_LONG",
        ("a", "", 0, None): "DEPARTMENT_MISSING",
        ("a", "nowhere", 1, None): "UNKNOWN_DEPARTMENT",
        ("a", "sales", 2, 2): "LEFT_BEFORE_STARTED",
        ("a", "sales", 3, 2): "LEFT_BEFORE_STARTED",
        ("a", "sales", first - 1, None): "DAY_OUT_OF_RANGE",
        ("a", "sales", DAYS_AHEAD + 1, None): "DAY_OUT_OF_RANGE",
        ("a", "sales", 4, DAYS_AHEAD + 1): "DAY_OUT_OF_RANGE",
    }

    assert await employees.fates(*bad) == list(bad.values())

    assert await employees.announced() == []
    assert await employees.database.fetchval("SELECT count(*) FROM employee_exp_employee") == 0
    edges: list[Item] = [("a", "sales", first, first + 1), ("a", "sales", DAYS_AHEAD, None)]
    assert await employees.fates(*edges) == ["STORED", "STORED"]


async def test_a_call_carries_one_to_a_thousand_items(employees: Employees) -> None:
    assert await reason(employees) == "EMPTY"
    assert await reason(employees, *[("a", "sales", 0, None)] * 1001) == "TOO_MANY"


async def test_a_thousand_stints_are_stored_in_one_call(employees: Employees) -> None:
    rows: list[Item] = [(f"e{i}", "sales", -i - 1, None) for i in range(1000)]

    started = time.process_time()
    fates = await employees.fates(*rows)
    seconds = time.process_time() - started

    assert fates == ["STORED"] * 1000
    assert len(await employees.announced()) == 1000
    assert seconds < allowed(CPU_SECONDS), f"took {seconds:.2f} s of CPU"


async def test_calls_for_one_employee_at_the_same_time_store_one_of_two_overlaps(
    employees: Employees,
) -> None:
    fates = await asyncio.gather(
        *(employees.fates(("a", "sales", -day, None)) for day in range(1, 9))
    )

    stored = fates.count(["STORED"])
    assert stored >= 1
    assert fates.count(["OVERLAP"]) == 8 - stored
    revision = await employees.database.fetchval("SELECT revision FROM employee_exp_employee")
    assert revision == stored
    assert len(await employees.stints()) == 1


async def test_a_department_the_copy_lacks_is_asked_of_its_owner(employees: Employees) -> None:
    await employees.create_departments("new")
    assert employees.directory.tree.id_of("new") is None  # the control: the copy does lack it

    assert await employees.fates(("a", "new", 0, None)) == ["STORED"]


async def test_while_the_owner_is_away_an_unknown_department_is_unavailable_and_a_known_one_is_not(
    employees: Employees,
) -> None:
    async with open_channel("unix:/nonexistent/profile.sock") as channel:
        employees.directory.profile = DirectoryServiceStub(channel)

        assert await reason(employees, ("a", "nowhere", 0, None)) == "UNAVAILABLE"
        assert await employees.fates(("a", "sales", 0, None)) == ["STORED"]


async def test_the_copy_follows_what_profile_announces(
    employees: Employees, nats_client: Client
) -> None:
    await employees.create_departments("announced")
    database, handlers = employees.database, employees.directory.handlers()
    durable = directory_durable("employee_exp")
    consumer = Consumer(nats_client, database.pool, durable, in_session(database.write, handlers))
    waiting = await employees.profile_outbox.relay()
    assert waiting >= 1
    subscription = await nats_client.jetstream().pull_subscribe_bind(durable.name, durable.stream)

    while waiting:
        messages = await subscription.fetch(waiting, timeout=10)
        await consumer.consume(messages)
        waiting -= len(messages)
    await employees.directory.refresh()

    assert employees.directory.tree.id_of("announced") is not None
