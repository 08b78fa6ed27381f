"""Every query about waves."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.employee_exp.waves import convert
from services.employee_exp.waves.domain.snapshot import Snapshot, WavePlace
from services.employee_exp.waves.domain.wave import Wave, WaveDraft, WaveState, unknown_wave
from services.employee_exp.waves.tables import WaveCategoryRow, WaveDepartmentRow, WaveRow
from services.kit.db.database import storable

ITEMS = text("SELECT DISTINCT statistic FROM employee_exp_release_cell WHERE wave_id = :wave")
WRITERS_LOCK = 0x77617665  # whoever adds or changes drafts holds it until commit


async def lock_waves(session: AsyncSession) -> None:
    """Wait until no other transaction adds or changes drafts; held to the end of this one."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})


async def find_wave(session: AsyncSession, key: str) -> Wave | None:
    """The wave of a key."""
    found = await find_waves(session, (), [key])
    return found[0] if found else None


async def lock_wave(session: AsyncSession, wave_id: str) -> Wave:
    """A wave that nobody else changes until this transaction ends; waits for whoever does, and for answers that are
    being taken: a row that refers to a wave locks it against this. NotFound where it was removed meanwhile."""
    statement = select(WaveRow).where(col(WaveRow.id) == UUID(wave_id)).with_for_update()
    row = await session.scalar(statement.execution_options(populate_existing=True))
    if row is None:
        raise unknown_wave()
    return _wave(row)


async def find_waves(
    session: AsyncSession, ids: Collection[UUID], keys: Collection[str] = ()
) -> list[Wave]:
    """Waves by id or key; what is absent is left out."""
    statement = select(WaveRow).where(
        or_(col(WaveRow.id).in_(ids), col(WaveRow.key).in_(storable(keys)))
    )
    return [_wave(row) for row in await session.scalars(statement.order_by(col(WaveRow.id)))]


async def list_waves(
    session: AsyncSession, first: int, after: UUID | None, states: Collection[WaveState]
) -> list[Wave]:
    """Waves in some states, the latest first: those that open later, then those made later. `after`: one seen last."""
    order = func.coalesce(col(WaveRow.opened_at), col(WaveRow.opens_at), text("'infinity'"))
    statement = select(WaveRow).where(col(WaveRow.state).in_(states))
    if after is not None:
        seen = select(order).where(col(WaveRow.id) == after).scalar_subquery()
        is_later = or_(order < seen, and_(order == seen, col(WaveRow.id) < after))
        statement = statement.where(is_later)
    statement = statement.order_by(order.desc(), col(WaveRow.id).desc()).limit(first)
    return [_wave(row) for row in await session.scalars(statement)]


async def count_waves(session: AsyncSession, states: Collection[WaveState]) -> int:
    """How many waves are in some states."""
    statement = select(func.count()).select_from(WaveRow).where(col(WaveRow.state).in_(states))
    return await session.scalar(statement) or 0


async def was_any_opened(session: AsyncSession) -> bool:
    """Whether a wave was ever opened here; those that were measured elsewhere have no keys."""
    opened = col(WaveRow.opened_at).is_not(None) & ~col(WaveRow.imported)
    return await session.scalar(select(col(WaveRow.id)).where(opened).limit(1)) is not None


async def find_due_drafts(session: AsyncSession, now: datetime) -> list[Wave]:
    """Drafts whose time to open has come, the earliest first."""
    due = (col(WaveRow.state) == WaveState.DRAFT) & (col(WaveRow.opens_at) <= now)
    statement = select(WaveRow).where(due).order_by(col(WaveRow.opens_at), col(WaveRow.id))
    return [_wave(row) for row in await session.scalars(statement)]


async def find_over(session: AsyncSession, now: datetime) -> list[str]:
    """Ids of open waves whose time to close has come."""
    over = (col(WaveRow.state) == WaveState.OPEN) & (col(WaveRow.closes_at) <= now)
    found = await session.scalars(select(col(WaveRow.id)).where(over).order_by(col(WaveRow.id)))
    return [str(id_) for id_ in found]


async def find_in_state(session: AsyncSession, state: WaveState) -> list[Wave]:
    """All waves in a state, the earliest first."""
    statement = select(WaveRow).where(col(WaveRow.state) == state).order_by(col(WaveRow.id))
    return [_wave(row) for row in await session.scalars(statement)]


async def find_closed_since(session: AsyncSession, since: datetime) -> list[Wave]:
    """Waves that closed after an instant, released or not, those that were measured elsewhere too."""
    statement = select(WaveRow).where(col(WaveRow.closed_at) > since).order_by(col(WaveRow.id))
    return [_wave(row) for row in await session.scalars(statement)]


async def find_others(session: AsyncSession, key: str) -> list[Wave]:
    """All waves but that of a key, the latest first."""
    statement = select(WaveRow).where(col(WaveRow.key) != key).order_by(col(WaveRow.id).desc())
    return [_wave(row) for row in await session.scalars(statement)]


async def add_draft(session: AsyncSession, wave_id: str, key: str, draft: WaveDraft) -> None:
    """Store a new draft; its key is free."""
    session.add(
        WaveRow(
            id=UUID(wave_id),
            key=key,
            state=WaveState.DRAFT,
            draft=convert.draft_bytes(draft),
            opens_at=draft.opens_at,
            closes_at=draft.closes_at,
            revision=1,
        )
    )
    await session.flush()


async def add_released(session: AsyncSession, wave: Wave) -> None:
    """Store a wave that was measured elsewhere; its key is free."""
    session.add(
        WaveRow(
            id=UUID(wave.id),
            key=wave.key,
            state=WaveState.RELEASED,
            draft=convert.draft_bytes(wave.draft),
            opened_at=wave.opened_at,
            closed_at=wave.closed_at,
            released_at=wave.released_at,
            imported=True,
            revision=wave.revision,
        )
    )
    await session.flush()


async def change_draft(session: AsyncSession, wave_id: str, draft: WaveDraft) -> None:
    """Store what a draft says now; it is none any more: nothing changes."""
    await session.execute(
        update(WaveRow)
        .where(col(WaveRow.id) == UUID(wave_id), col(WaveRow.state) == WaveState.DRAFT)
        .values(
            draft=convert.draft_bytes(draft),
            opens_at=draft.opens_at,
            closes_at=draft.closes_at,
            revision=WaveRow.revision + 1,
        )
    )


async def delete_draft(session: AsyncSession, wave_id: str) -> None:
    """Delete a draft; nothing else."""
    await session.execute(
        delete(WaveRow).where(
            col(WaveRow.id) == UUID(wave_id), col(WaveRow.state) == WaveState.DRAFT
        )
    )


async def set_open(
    session: AsyncSession, wave_id: str, opened_at: datetime, invited: int, day: int
) -> None:
    """A locked draft is open from now on; `day`: the day number, on which no spent links are told."""
    await session.execute(
        update(WaveRow)
        .where(col(WaveRow.id) == UUID(wave_id))
        .values(
            state=WaveState.OPEN,
            opened_at=opened_at,
            invited=invited,
            links_spent_day=day,
            revision=WaveRow.revision + 1,
        )
    )


async def set_closed(
    session: AsyncSession, wave_id: str, closed_at: datetime, because: str, spent: int
) -> None:
    """A locked wave takes no answers any more; `because`: why before its time, or empty."""
    await session.execute(
        update(WaveRow)
        .where(col(WaveRow.id) == UUID(wave_id))
        .values(
            state=WaveState.CLOSED,
            closed_at=closed_at,
            closed_early_because=because,
            links_spent=spent,
            revision=WaveRow.revision + 1,
        )
    )


async def set_reminded(session: AsyncSession, wave_id: str, reminded: int) -> None:
    """How many reminders of a wave were made due."""
    await session.execute(
        update(WaveRow).where(col(WaveRow.id) == UUID(wave_id)).values(reminded=reminded)
    )


async def set_spent_shown(session: AsyncSession, wave_id: str, day: int, spent: int | None) -> None:
    """What is told of the links of an open wave on a day (number)."""
    await session.execute(
        update(WaveRow)
        .where(col(WaveRow.id) == UUID(wave_id), col(WaveRow.state) == WaveState.OPEN)
        .values(links_spent=spent, links_spent_day=day)
    )


async def find_not_told(session: AsyncSession, day: int) -> list[Wave]:
    """Open waves of whose links nothing was told on this day (number) yet."""
    statement = select(WaveRow).where(
        col(WaveRow.state) == WaveState.OPEN, col(WaveRow.links_spent_day) < day
    )
    return [_wave(row) for row in await session.scalars(statement)]


async def count_sent(session: AsyncSession, wave_id: str) -> None:
    """One link more was sent."""
    await session.execute(
        update(WaveRow)
        .where(col(WaveRow.id) == UUID(wave_id))
        .values(links_sent=WaveRow.links_sent + 1)
    )


async def put_snapshot(session: AsyncSession, wave_id: str, snapshot: Snapshot) -> None:
    """Store what a wave is about, once."""
    id_ = UUID(wave_id)
    session.add_all(
        WaveDepartmentRow(
            wave_id=id_,
            place=number,
            department_id=UUID(place.department_id),
            key=place.key,
            name=place.name,
            parent_place=place.parent_place,
        )
        for number, place in enumerate(snapshot.places)
    )
    session.add_all(
        WaveCategoryRow(wave_id=id_, dimension=dimension, number=number, name=name)
        for dimension, names in snapshot.categories.items()
        for number, name in enumerate(names)
    )
    await session.flush()


async def find_snapshot(session: AsyncSession, wave_id: str, dimensions: Sequence[str]) -> Snapshot:
    """The snapshot of a wave that was opened; dimensions in this order."""
    id_ = UUID(wave_id)
    rows = await session.scalars(
        select(WaveDepartmentRow)
        .where(col(WaveDepartmentRow.wave_id) == id_)
        .order_by(col(WaveDepartmentRow.place))
    )
    places = tuple(
        WavePlace(str(row.department_id), row.key, row.name, row.parent_place) for row in rows
    )
    categories: dict[str, tuple[str, ...]] = dict.fromkeys(dimensions, ())
    for row in await session.scalars(
        select(WaveCategoryRow)
        .where(col(WaveCategoryRow.wave_id) == id_)
        .order_by(col(WaveCategoryRow.number))
    ):
        categories[row.dimension] += (row.name,)
    return Snapshot(places, categories)


async def find_department_ids(
    session: AsyncSession, wave_ids: Collection[str]
) -> dict[str, frozenset[str]]:
    """Ids of the departments that waves asked, by the id of the wave."""
    statement = select(col(WaveDepartmentRow.wave_id), col(WaveDepartmentRow.department_id)).where(
        col(WaveDepartmentRow.wave_id).in_(list(map(UUID, wave_ids)))
    )
    found: dict[str, set[str]] = {id_: set() for id_ in wave_ids}
    for wave_id, department_id in await session.execute(statement):
        found[str(wave_id)].add(str(department_id))
    return {id_: frozenset(ids) for id_, ids in found.items()}


async def find_items(session: AsyncSession, wave_id: str) -> list[str]:
    """What the released results of a wave tell: indices, and keys of questions."""
    return list(await session.scalars(ITEMS, {"wave": UUID(wave_id)}))


def _wave(row: WaveRow) -> Wave:
    return Wave(
        id=str(row.id),
        key=row.key,
        state=WaveState(row.state),
        draft=convert.stored_draft(row.draft),
        revision=row.revision,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        released_at=row.released_at,
        closed_early_because=row.closed_early_because,
        invited=row.invited,
        reminded=row.reminded,
        links_sent=row.links_sent,
        links_spent=row.links_spent,
        report=convert.stored_report(row.report) if row.report is not None else None,
        imported=row.imported,
    )
