"""Employments announced: many in a message, and which messages belong together."""

import asyncio
from typing import Any

from nats.aio.client import Client

from cxm.batch.v1.batch_pb2 import ImportHeader, ImportPart
from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from cxm.employee_exp.v1.events_pb2 import EmploymentsChanged
from services.employee_exp.employment.announcing import EmploymentAnnouncer, Whole
from services.employee_exp.employment.domain.employment import Employment, Stint
from services.kit.clock import new_id
from services.kit.events.outbox import Outbox
from tests.service.employee_exp.support.employees import Employees
from tests.service.support.import_call import Outcome, load

MAPPING = """
[columns]
id = "id"
department = "dept"
started_on = "from"
"""
HEADER = "id,dept,from\n"
Parts = list[tuple[int, int]]


def rows(first: int, after: int) -> str:
    return "".join(f"e{number},sales,2025-01-01\n" for number in range(first, after))


async def load_rows(employees: Employees, content: str, *, dry_run: bool = False) -> Outcome:
    method, request = employees.stub.ImportEmployees, pb.ImportEmployeesRequest
    bearer = employees.bearer()
    return await load(method, request, bearer, MAPPING, HEADER + content, dry_run=dry_run)


def parts(messages: list[EmploymentsChanged]) -> Parts:
    """Number and parts of each; all of one whole."""
    assert len({message.part.whole_id for message in messages}) <= 1
    return [(message.part.number, message.part.parts) for message in messages]


async def announced(employees: Employees, many: list[Employment]) -> list[EmploymentsChanged]:
    announcer = EmploymentAnnouncer(employees.database, Outbox(employees.database.pool, None))  # type: ignore[arg-type]  # nothing is relayed
    async with employees.database.write.begin() as session:
        await announcer.announce(session, many)
    return await employees.messages()


async def test_a_file_says_at_its_end_how_many_messages_belong_to_it(employees: Employees) -> None:
    outcome = await load_rows(employees, rows(0, 2001))

    assert outcome.stored == 2001
    messages = await employees.messages()
    assert [len(message.employments) for message in messages] == [1000, 1000, 1, 0]
    assert parts(messages) == [(1, 0), (2, 0), (3, 0), (4, 4)]


async def test_a_file_that_changes_nothing_announces_nothing(employees: Employees) -> None:
    await load_rows(employees, rows(0, 2), dry_run=True)
    assert await employees.messages() == []
    await load_rows(employees, rows(0, 2))
    assert parts(await employees.messages()) == [(1, 0), (2, 2)]

    await load_rows(employees, rows(0, 2))

    assert await employees.messages() == []


async def test_a_file_that_is_cut_short_is_ended_too(employees: Employees) -> None:
    """Else nobody would know that no more of it comes."""
    call: Any = employees.stub.ImportEmployees(metadata=employees.bearer(), timeout=60)
    header = ImportHeader(mapping=MAPPING, file_name="file.csv")
    await call.write(pb.ImportEmployeesRequest(part=ImportPart(header=header)))
    content = (HEADER + rows(0, 20_000)).encode()
    await call.write(pb.ImportEmployeesRequest(part=ImportPart(data=content)))
    await call.done_writing()
    while not (await call.read()).progress.stored:
        pass
    call.cancel()

    messages: list[EmploymentsChanged] = []
    async with asyncio.timeout(10):
        while not messages or not messages[-1].part.parts:
            messages += await employees.messages()
    count = len(messages)
    assert 1 < count < 20
    assert parts(messages) == [*((number, 0) for number in range(1, count)), (count, count)]


async def test_what_one_message_does_not_hold_is_a_whole_that_knows_its_parts(
    employees: Employees,
) -> None:
    """Each message is small enough for the broker; the control are employments that one message holds."""
    department = new_id()
    many = [Employment(new_id(), 1, (Stint(department, 1, None),)) for _ in range(5000)]

    messages = await announced(employees, many)

    count = len(messages)
    assert count > 1
    assert parts(messages) == [(number, count) for number in range(1, count + 1)]
    assert max(message.ByteSize() for message in messages) < 250_000
    told = [each.employee_id for message in messages for each in message.employments]
    assert told == [employment.employee_id for employment in many]
    [message] = await announced(employees, many[:1000])
    assert not message.HasField("part")


async def test_a_part_counts_once_its_transaction_is_committed(
    employees: Employees, nats_client: Client
) -> None:
    """A batch that is tried again must not leave a number that never comes."""
    outbox = Outbox(employees.database.pool, nats_client.jetstream())
    announcer, whole = EmploymentAnnouncer(employees.database, outbox), Whole()
    employment = Employment(new_id(), 1, (Stint(new_id(), 1, None),))
    for commits in (False, True):
        async with employees.database.write() as session:
            await announcer.announce(session, [employment], whole)
            await (session.commit() if commits else session.rollback())
    for _ in range(2):
        await announcer.end(whole)

    assert parts(await employees.messages()) == [(1, 0), (2, 2)]
