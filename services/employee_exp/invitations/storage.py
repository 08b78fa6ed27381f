"""Every query about invitations. Each says first what it is about: row-level security shows nothing else."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.employee_exp.invitations.domain import InvitationMailing
from services.employee_exp.invitations.tables import InvitationRow, MailingRow
from services.employee_exp.waves.domain.snapshot import Invitee
from services.kit.db.row_security import name_rows, state_purpose

ADD_INVITATIONS = text("""
INSERT INTO employee_exp_invitation (id, wave_id, employee_id, token_hash, place, categories)
SELECT id, :wave_id, employee_id, hash, place, CAST(categories AS integer[])
FROM unnest(
    CAST(:ids AS uuid[]), CAST(:employees AS uuid[]), CAST(:hashes AS bytea[]), CAST(:places AS integer[]),
    CAST(:categories AS text[])
) AS given (id, employee_id, hash, place, categories)
""")
ADD_MAILINGS = text("""
INSERT INTO employee_exp_mailing (invitation_id, round, wave_id, due_at)
SELECT id, 0, :wave_id, :due_at FROM unnest(CAST(:ids AS uuid[])) AS given (id)
""")
ADD_REMINDERS = text("""
INSERT INTO employee_exp_mailing (invitation_id, round, wave_id, due_at)
SELECT id, :round, wave_id, :due_at FROM employee_exp_invitation AS i
WHERE wave_id = :wave_id AND NOT spent AND employee_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM employee_exp_mailing AS m WHERE m.invitation_id = i.id)
""")


async def add_invitations(
    session: AsyncSession,
    wave_id: str,
    invited: Sequence[tuple[Invitee, bytes]],
    due_at: datetime,
) -> None:
    """Store invitations with the hashes of their links, and a mail for each that can be reached.

    Two statements whatever their number: a round trip for each of many would keep the wave locked for long.
    """
    ids = [uuid4() for _ in invited]
    columns = {
        "wave_id": UUID(wave_id),
        "ids": ids,
        "employees": [UUID(invitee.employee_id) for invitee, _ in invited],
        "hashes": [hash_ for _, hash_ in invited],
        "places": [invitee.place for invitee, _ in invited],
        "categories": [_array(invitee.categories) for invitee, _ in invited],
    }
    await session.execute(ADD_INVITATIONS, columns)
    reached = [id_ for id_, (invitee, _) in zip(ids, invited, strict=True) if invitee.is_reachable]
    given = {"wave_id": UUID(wave_id), "ids": reached, "due_at": due_at}
    await session.execute(ADD_MAILINGS, given)


def _array(numbers: Sequence[int]) -> str:
    """As PostgreSQL writes an array; arrays of arrays would have to be of one length there."""
    return f"{{{','.join(map(str, numbers))}}}"


async def add_reminders(session: AsyncSession, wave_id: str, number: int, due_at: datetime) -> None:
    """A mail for each invitation that was not spent, unless one waits already."""
    await state_purpose(session, "mailing")
    given = {"wave_id": UUID(wave_id), "round": number, "due_at": due_at}
    await session.execute(ADD_REMINDERS, given)


async def count_spent(session: AsyncSession, wave_id: str) -> int:
    """How many links of a wave were spent."""
    await state_purpose(session, "counting")
    statement = (
        select(func.count())
        .select_from(InvitationRow)
        .where(col(InvitationRow.wave_id) == UUID(wave_id), col(InvitationRow.spent))
    )
    return await session.scalar(statement) or 0


async def settle_invitations(session: AsyncSession, wave_id: str) -> None:
    """A wave ends: no mail goes any more, what was kept for later is gone, and so is who was invited."""
    await state_purpose(session, "closing")
    id_ = UUID(wave_id)
    await session.execute(delete(MailingRow).where(col(MailingRow.wave_id) == id_))
    await session.execute(
        update(InvitationRow)
        .where(col(InvitationRow.wave_id) == id_)
        .values(employee_id=None, kept=None)
    )


async def forget_employee(session: AsyncSession, employee_id: str) -> None:
    """Of an employee who is erased: invitations that were not spent go, of the others goes who they were for."""
    await name_rows(session, invited=[employee_id])
    await state_purpose(session, "erasing")  # a row that names nobody any more has to be seen, too
    mine = col(InvitationRow.employee_id) == UUID(employee_id)
    await session.execute(delete(InvitationRow).where(mine, ~col(InvitationRow.spent)))
    await session.execute(update(InvitationRow).where(mine).values(employee_id=None))


async def find_due(session: AsyncSession, now: datetime, most: int) -> list[InvitationMailing]:
    """Mails whose time has come, the earliest first."""
    await state_purpose(session, "mailing")
    rows = await session.execute(
        select(MailingRow, col(InvitationRow.employee_id), col(InvitationRow.spent))
        .join(InvitationRow, col(InvitationRow.id) == col(MailingRow.invitation_id))
        .where(col(MailingRow.due_at) <= now)
        .order_by(col(MailingRow.due_at), col(MailingRow.invitation_id))
        .limit(most)
    )
    return [
        InvitationMailing(
            row.invitation_id,
            row.round,
            str(row.wave_id),
            row.attempts,
            "" if employee_id is None else str(employee_id),
            spent,
        )
        for row, employee_id, spent in rows
    ]


async def take_mailing(session: AsyncSession, mailing: InvitationMailing) -> bool:
    """Whether a mail still waited; from now on it does not."""
    await state_purpose(session, "mailing")
    taken = await session.execute(
        delete(MailingRow)
        .where(
            col(MailingRow.invitation_id) == mailing.invitation_id,
            col(MailingRow.round) == mailing.round,
        )
        .returning(col(MailingRow.round))
    )
    return taken.first() is not None


async def postpone_mailing(
    session: AsyncSession, mailing: InvitationMailing, attempts: int, due_at: datetime
) -> None:
    """Try a mail again later."""
    await state_purpose(session, "mailing")
    await session.execute(
        update(MailingRow)
        .where(
            col(MailingRow.invitation_id) == mailing.invitation_id,
            col(MailingRow.round) == mailing.round,
        )
        .values(attempts=attempts, due_at=due_at)
    )


async def name_link(session: AsyncSession, token_hash: bytes) -> None:
    """The rest of this transaction is about the invitation of one link."""
    await name_rows(session, links=[token_hash.hex()])
