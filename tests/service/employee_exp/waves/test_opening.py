"""Opening: departments, people, where each one's answers count and the categories are frozen, and keys made."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlmodel import col
from structlog.testing import capture_logs

from cxm.employee_exp.v1 import employee_exp_pb2 as employee_pb2
from cxm.employee_exp.v1 import waves_pb2 as pb
from cxm.profile.v1 import profile_pb2
from services.employee_exp.employment.tables import EmployeeRow
from services.employee_exp.sealing.wave_keys import MARKER, Purpose
from services.employee_exp.waves.storage import find_snapshot, was_any_opened
from tests.service.employee_exp.support.employees import DAY
from tests.service.employee_exp.support.organising import deepen, grant
from tests.service.employee_exp.support.waves import Waves, names, refusal
from tests.support.audit import deeds


async def snapshot(waves: Waves, wave_id: str, *dimensions: str) -> Any:
    async with waves.database.read() as session:
        return await find_snapshot(session, wave_id, dimensions)


async def test_a_wave_asks_who_works_there_today_and_nobody_else(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 5))
    await waves.employ("service", "elsewhere")
    await waves.employees.fates(
        ("left", "sales", -9, 0), ("comes", "sales", 1, None), ("new", "sales", 0, None)
    )
    await waves.upsert(waves.draft(departments=["sales"]))

    opened = await waves.open()

    assert opened.invited == 6
    assert await waves.counting_at() == dict.fromkeys([*names("a", 5), "new"], "sales")


async def test_places_are_in_the_order_of_ids_and_each_names_its_parent(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 5))
    await waves.upsert(waves.draft())

    places = (await snapshot(waves, (await waves.open()).id)).places

    assert [place.department_id for place in places] == sorted(
        waves.employees.directory.tree.departments
    )
    parents = {place.key: place.parent_place for place in places}
    above = {key: None if at is None else places[at].key for key, at in parents.items()}
    assert above == {"root": None, "sales": "root", "service": "root"}


async def test_a_reorganisation_after_opening_changes_nothing_of_the_wave(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft())
    opened = await waves.open()
    before = await snapshot(waves, opened.id), await waves.counting_at()
    admin = waves.employees.identities.bearer("profile", "admin")
    request = profile_pb2.MoveDepartmentRequest(department="sales", parent="service", from_day=DAY)

    await waves.employees.profile.MoveDepartment(request, metadata=admin)
    await waves.employees.directory.catch_up()
    await waves.employees.fates(("a0", "sales", -365, -1))

    tree = waves.employees.directory.tree
    assert tree.parent_on(tree.id_of("sales") or "", DAY) == tree.id_of("service")  # the control
    assert (await snapshot(waves, opened.id), await waves.counting_at()) == before
    assert await waves.open() == opened


async def test_a_heads_answers_count_above_the_topmost_department_headed(waves: Waves) -> None:
    await deepen(waves)
    heads = {"desk": "desk", "north": "north", "both": "north", "sales": "sales", "root": "root"}
    for name, department in heads.items():
        await waves.employ("desk", name, subject=f"oidc:{name}")
        await grant(waves, f"oidc:{name}", department)
    await grant(waves, "oidc:both", "desk")
    await waves.employ("root", "boss", subject="oidc:boss")
    await grant(waves, "oidc:boss", "")
    await waves.employ("desk", "of_other", subject="oidc:other")
    await grant(waves, "oidc:other", "service")
    await waves.employ("desk", "ended", subject="oidc:ended")
    await grant(waves, "oidc:ended", "desk", to_day=DAY)
    await waves.employ("desk", "analyst", subject="oidc:analyst")
    await grant(waves, "oidc:analyst", "desk", role="analyst")
    await waves.upsert(waves.draft())

    await waves.open()

    assert await waves.counting_at() == {
        "desk": "north",
        "north": "sales",
        "both": "sales",
        "sales": "root",
        "root": "root",
        "boss": "root",
        "of_other": "desk",
        "ended": "desk",
        "analyst": "desk",
    }


async def test_a_wave_of_a_part_holds_that_part_alone(waves: Waves) -> None:
    await deepen(waves)
    await waves.employ("desk", *names("a", 5))
    for name, department in (("north_head", "north"), ("desk_head", "desk"), ("above", "sales")):
        await waves.employ("desk", name, subject=f"oidc:{name}")
        await grant(waves, f"oidc:{name}", department)
    await waves.employ("root", "elsewhere")
    await waves.upsert(waves.draft(departments=["north", "service", "desk"]))
    request = pb.PreviewWaveRequest(key="pulse")
    seen = await waves.stub.PreviewWave(request, metadata=waves.bearer())

    places = (await snapshot(waves, (await waves.open()).id)).places

    above = {each.key: each.parent_place for each in places}
    keys = [each.key for each in places]
    assert {key: None if at is None else keys[at] for key, at in above.items()} == {
        "north": None,
        "desk": "north",
        "service": None,
    }
    assert (seen.departments, seen.people) == (3, 6)
    # The answers of who heads north count above it, where nobody is asked.
    counting = await waves.counting_at()
    assert counting == dict.fromkeys(names("a", 5), "desk") | {"desk_head": "north"}


async def test_who_was_erased_is_asked_no_more(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6), attributes={"site": "Riga"})
    request = employee_pb2.EraseEmployeeRequest(employee="a0")
    await waves.employees.stub.EraseEmployee(request, metadata=waves.bearer("privacy_officer"))
    await waves.upsert(waves.draft(dimensions=["site"]))

    opened = await waves.open()

    assert opened.invited == 5
    assert (await snapshot(waves, opened.id, "site")).categories == {"site": ("Riga",)}


async def test_categories_are_those_that_occur_and_who_has_none_is_one(waves: Waves) -> None:
    await waves.employ("sales", "a", "b", attributes={"site": "Riga", "age": "30"})
    await waves.employ("sales", "c", attributes={"site": "Kaunas"})
    await waves.employ("sales", "d", "e")
    await waves.employ("service", "f", attributes={"site": "Bled"})
    await waves.upsert(waves.draft(dimensions=["site", "grade"], departments=["sales"]))

    opened = await waves.open()

    found = (await snapshot(waves, opened.id, "site", "grade")).categories
    assert found == {"site": ("Kaunas", "Riga", ""), "grade": ("",)}
    rows = await waves.database.fetch("SELECT categories FROM employee_exp_invitation")
    numbers = sorted(tuple(row["categories"]) for row in rows)
    assert numbers == [(0, 0), (1, 0), (1, 0), (2, 0), (2, 0)]


async def test_of_several_who_open_a_wave_at_once_one_does(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft(opens_at=waves.after(days=1), repeat_months=1))
    waves.watch.move(days=1)

    await asyncio.gather(waves.open(), waves.open(), waves.runner.look(), waves.runner.look())

    entries = await deeds(waves.database, "pulse")
    assert [entry.deed for entry in entries] == ["wave_created", "wave_opened"]
    assert await waves.database.fetchval("SELECT count(*) FROM employee_exp_invitation") == 6
    assert await waves.database.fetchval("SELECT count(*) FROM employee_exp_wave") == 2


async def test_keys_are_made_at_opening(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 5))
    made = await waves.upsert(waves.draft())
    assert [path.name for path in waves.keys.directory.iterdir()] == [MARKER]

    await waves.open()

    read = {waves.keys.read(made.id, purpose) for purpose in Purpose}
    assert len(read) == 2


async def test_once_a_wave_was_opened_here_there_are_keys(waves: Waves) -> None:
    async def was_opened() -> bool:
        async with waves.database.write() as session:
            return await was_any_opened(session)

    await waves.employ("sales", *names("a", 5))
    await waves.upsert(waves.draft())
    assert not await was_opened()

    await waves.open()
    await waves.close()
    assert await was_opened()

    await waves.database.fetch("UPDATE employee_exp_wave SET imported = true")
    assert not await was_opened()


async def test_details_that_cannot_be_opened_hold_up_no_wave_and_no_mail(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6), email=True)
    await waves.database.fetch(
        "UPDATE employee_exp_employee SET details = '\\x01' WHERE external_id = 'a0'"
    )
    await waves.upsert(waves.draft())

    with capture_logs() as logs:
        preview = await waves.stub.PreviewWave(
            pb.PreviewWaveRequest(key="pulse"), metadata=waves.bearer()
        )
        opened = await waves.open()
    await waves.runner.send_mails()

    assert (preview.people, opened.invited) == (6, 6)
    assert sorted(mail.to for mail in waves.mail.mails) == [
        f"a{n}@example.org" for n in range(1, 6)
    ]
    unopened = [line for line in logs if "cannot be opened" in line["event"]]
    assert [set(line) for line in unopened] == [{"event", "log_level"}] * 2


async def test_without_a_directory_of_keys_nothing_is_opened(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 5))
    await waves.upsert(waves.draft())
    (waves.keys.directory / MARKER).unlink()  # as where it is not mounted

    assert (await refusal(waves.open()))[0] == "KEYS_AWAY"
    found = await waves.get()
    assert found is not None
    assert found.state == pb.WAVE_STATE_DRAFT
    assert await waves.database.fetchval("SELECT count(*) FROM employee_exp_invitation") == 0


@pytest.mark.parametrize(
    ("people", "draft", "reason"),
    [
        (4, {}, "TOO_FEW_PEOPLE"),
        (7, {"k": 8}, "TOO_FEW_PEOPLE"),
        (5, {"closes_at": None}, "CLOSES_AT_MISSING"),
    ],
)
async def test_what_cannot_open_stays_a_draft(
    waves: Waves, people: int, draft: dict[str, Any], reason: str
) -> None:
    await waves.employ("sales", *names("a", people))
    made = await waves.upsert(waves.draft(**draft))

    assert await refusal(waves.open()) == (reason, "key")
    assert await waves.get() == made
    assert [path.name for path in waves.keys.directory.iterdir()] == [MARKER]


@pytest.mark.parametrize(("categories", "opens"), [(100, True), (101, False)])
async def test_what_nearly_everybody_has_alone_is_no_dimension(
    waves: Waves, categories: int, *, opens: bool
) -> None:
    items = [
        employee_pb2.StintItem(
            employee=str(number),
            department="sales",
            started_day=DAY,
            details=employee_pb2.EmployeeDetails(attributes={"badge": str(number)}),
        )
        for number in range(categories)
    ]
    request = employee_pb2.UpsertEmployeesRequest(items=items)
    await waves.employees.stub.UpsertEmployees(request, metadata=waves.bearer())
    await waves.upsert(waves.draft(dimensions=["badge"]))

    if opens:
        assert (await waves.open()).invited == categories
        return
    assert await refusal(waves.open()) == ("TOO_MANY_CATEGORIES", "key")
    count = "SELECT count(*) FROM employee_exp_wave_category"
    assert await waves.database.fetchval(count) == 0


async def test_a_wave_that_would_be_over_does_not_open(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 5))
    await waves.upsert(waves.draft())
    waves.watch.move(days=15)

    assert await refusal(waves.open()) == ("CLOSES_AT_PAST", "key")


async def test_all_employees_are_seen_only_to_open_a_wave(waves: Waves) -> None:
    """Row-level security; the control: with the purpose they are."""
    await waves.employ("sales", *names("a", 5))
    counted = []
    for purpose in ("opening", "mailing"):
        async with waves.database.write() as session:
            await session.execute(
                text("SELECT set_config('cxm.purpose', :p, true)"), {"p": purpose}
            )
            await session.execute(text("SELECT set_config('cxm.employees', '{}', true)"))
            counted.append(len((await session.execute(select(col(EmployeeRow.id)))).all()))

    assert counted == [5, 0]
