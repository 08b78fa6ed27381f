"""Links: made again for a reminder, and stored nowhere as they are."""

import asyncio

from sqlalchemy import text

from cxm.employee_exp.v1 import employee_exp_pb2 as employee_pb2
from services.employee_exp.invitations.domain import link_hash, new_token
from services.kit.db.row_security import name_rows
from tests.service.employee_exp.support.waves import ADDRESS, LINK_KEY, Waves, names


async def tokens(waves: Waves) -> dict[str, str]:
    """By external id."""
    rows = await waves.database.fetch(
        "SELECT e.external_id, i.employee_id::text, i.wave_id::text FROM employee_exp_invitation i"
        " JOIN employee_exp_employee e ON e.id = i.employee_id"
    )
    return {row[0]: new_token(LINK_KEY, row[2], row[1]) for row in rows}


async def test_links_are_stored_hashed_and_nowhere_else(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6), email=True)
    await waves.upsert(waves.draft())
    await waves.open()
    await waves.runner.send_mails()

    made = await tokens(waves)
    everything = await dump(waves)
    sent = {mail.to: mail.text for mail in waves.mail.mails}
    for name, token in made.items():
        assert f"{ADDRESS}/w/{token}\n" in sent[f"{name}@example.org"]
        assert token not in everything
        assert link_hash(token).hex() in everything  # the control
    assert len(set(made.values())) == 6
    assert min(map(len, made.values())) == 43  # 256 bits


async def test_a_transaction_sees_the_invitation_of_its_link_alone(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft())
    await waves.open()
    token = (await tokens(waves))["a3"]
    count = text("SELECT count(*) FROM employee_exp_invitation")

    async with waves.database.write() as session:
        nothing = await session.scalar(count)
        await name_rows(session, links=[link_hash(token).hex()])
        one = await session.scalar(count)
        await name_rows(session, links=[link_hash("guessed").hex()])
        guessed = await session.scalar(count)

    assert (nothing, one, guessed) == (0, 1, 0)


async def test_of_an_erased_employee_the_invitation_stays_spent_or_not(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6), email=True)
    await waves.upsert(waves.draft())
    await waves.open()
    made = await tokens(waves)
    await waves.database.fetch(
        "UPDATE employee_exp_invitation SET spent = true WHERE employee_id ="
        " (SELECT id FROM employee_exp_employee WHERE external_id = 'a1')"
    )
    await waves.database.fetch("UPDATE employee_exp_invitation SET kept = 'x' WHERE NOT spent")

    for name in ("a0", "a1"):
        request = employee_pb2.EraseEmployeeRequest(employee=name)
        admin = waves.bearer("admin")
        assert (await waves.employees.stub.EraseEmployee(request, metadata=admin)).erased

    left = await waves.database.fetch(
        "SELECT spent, kept, address_hash, token_hash FROM employee_exp_invitation WHERE employee_id IS NULL"
    )
    assert sorted(tuple(row)[:3] for row in left) == [(False, None, None), (True, None, None)]
    hashes = {link_hash(made[name]) for name in ("a0", "a1")}
    assert hashes.isdisjoint(row["token_hash"] for row in left)
    assert await waves.database.fetchval("SELECT count(*) FROM employee_exp_invitation") == 6
    assert await waves.database.fetchval("SELECT count(*) FROM employee_exp_mailing") == 4
    await waves.runner.send_mails()
    assert len(waves.mail.mails) == 4


async def test_who_is_named_is_seen_and_no_other_invitation_changes(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 6))
    await waves.upsert(waves.draft())
    await waves.open()
    employee = await waves.database.fetchval(
        "SELECT employee_id::text FROM employee_exp_invitation"
    )
    change = text("UPDATE employee_exp_invitation SET spent = true")

    async with waves.database.write.begin() as session:
        await name_rows(session, invited=[employee])
        await session.execute(change)

    spent = await waves.database.fetchval(
        "SELECT count(*) FROM employee_exp_invitation WHERE spent"
    )
    assert spent == 1


async def dump(waves: Waves) -> str:
    """All rows of all tables, as text."""
    tables = await waves.database.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    parts = await asyncio.gather(
        *(waves.database.fetch(f"SELECT t::text FROM {row[0]} AS t") for row in tables)
    )
    return "\n".join(row[0] for part in parts for row in part)
