"""Every query about invitations. Each says first what it is about: row-level security shows nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
INSERT INTO employee_exp_invitation (id, wave_id, employee_id, token_hash, address_hash, place, categories)
SELECT id, :wave_id, employee_id, hash, address_hash, place, CAST(categories AS integer[])
FROM unnest(
    CAST(:ids AS uuid[]), CAST(:employees AS uuid[]), CAST(:hashes AS bytea[]), CAST(:addresses AS bytea[]),
    CAST(:places AS integer[]), CAST(:categories AS text[])
) AS given (id, employee_id, hash, address_hash, place, categories)
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
FORGET_MAILINGS = text("""
DELETE FROM employee_exp_mailing WHERE invitation_id IN
    (SELECT id FROM employee_exp_invitation WHERE employee_id = :employee_id)
""")
FORGET_EMPLOYEE = text("""
UPDATE employee_exp_invitation
SET employee_id = NULL, kept = NULL, address_hash = NULL, token_hash = sha256(uuid_send(gen_random_uuid()))
WHERE employee_id = :employee_id
""")
ASKED = text("""
SELECT DISTINCT wave_id FROM employee_exp_invitation
WHERE wave_id = ANY(CAST(:waves AS uuid[])) AND employee_id = ANY(CAST(:employees AS uuid[]))
""")


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation to store; `address_hash`: None for who gets no mails."""

    invitee: Invitee
    token_hash: bytes
    address_hash: bytes | None


async def add_invitations(
    session: AsyncSession,
    wave_id: str,
    invited: Sequence[NewInvitation],
    due_at: datetime,
) -> None:
    """Store invitations, and a mail for each that can be reached.

    Two statements whatever their number: a round trip for each of many would keep the wave locked for long.
    """
    ids = [uuid4() for _ in invited]
    columns = {
        "wave_id": UUID(wave_id),
        "ids": ids,
        "employees": [UUID(new.invitee.employee_id) for new in invited],
        "hashes": [new.token_hash for new in invited],
        "addresses": [new.address_hash for new in invited],
        "places": [new.invitee.place for new in invited],
        "categories": [_array(new.invitee.categories) for new in invited],
    }
    await session.execute(ADD_INVITATIONS, columns)
    reached = [id_ for id_, new in zip(ids, invited, strict=True) if new.address_hash is not None]
    given = {"wave_id": UUID(wave_id), "ids": reached, "due_at": due_at}
    await session.execute(ADD_MAILINGS, given)


def _array(numbers: Sequence[int]) -> str:
    """As PostgreSQL writes an array; arrays of arrays would have to be of one length there."""
    return f"{{{','.join(map(str, numbers))}}}"


async def find_asked(
    session: AsyncSession, waves: Iterable[str], employees: Iterable[str]
) -> set[str]:
    """Those of some waves that invited one of these employees."""
    await state_purpose(session, "opening")
    given = {"waves": list(map(UUID, waves)), "employees": list(map(UUID, employees))}
    return {str(id_) for id_ in await session.scalars(ASKED, given)}


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
    """A wave ends: no mail goes any more, what was kept for later is gone, and so is who was invited and who answered.

    Links stay, so that each is still told that the wave was closed.
    """
    await state_purpose(session, "closing")
    id_ = UUID(wave_id)
    await session.execute(delete(MailingRow).where(col(MailingRow.wave_id) == id_))
    await session.execute(
        update(InvitationRow)
        .where(col(InvitationRow.wave_id) == id_)
        .values(employee_id=None, kept=None, address_hash=None, spent=False)
    )


async def forget_employee(session: AsyncSession, employee_id: str) -> None:
    """Of an employee who is erased: invitations stay, spent or not, so that none tells it by its absence; they are
    nobody's, no link leads to them and no mail waits."""
    await name_rows(session, invited=[employee_id])
    await state_purpose(session, "erasing")  # a row that names nobody any more has to be seen, too
    given = {"employee_id": UUID(employee_id)}
    await session.execute(FORGET_MAILINGS, given)
    await session.execute(FORGET_EMPLOYEE, given)


async def find_due(session: AsyncSession, now: datetime, most: int) -> list[InvitationMailing]:
    """Mails whose time has come, the earliest first."""
    await state_purpose(session, "mailing")
    rows = await session.execute(
        select(
            MailingRow,
            col(InvitationRow.employee_id),
            col(InvitationRow.spent),
            col(InvitationRow.address_hash),
        )
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
            address_hash,
        )
        for row, employee_id, spent, address_hash in rows
    ]


async def find_earliest_due(session: AsyncSession, now: datetime) -> datetime | None:
    """Since when the earliest mail is due that is not sent."""
    await state_purpose(session, "mailing")
    due_at = col(MailingRow.due_at)
    return await session.scalar(select(func.min(due_at)).where(due_at <= now))


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
