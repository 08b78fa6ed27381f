"""Every query about releases, and about ballots as the role that releases reads them."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.employee_exp.ballots.tables import BallotRow
from services.employee_exp.releases.tables import ReleaseCellRow, ReleaseVerbatimRow
from services.employee_exp.waves.convert import report_bytes
from services.employee_exp.waves.domain.wave import ReleaseReport, WaveState
from services.employee_exp.waves.tables import WaveDepartmentRow, WaveRow
from services.kit.db.row_security import name_rows

BALLOTS_AT_ONCE = 5_000
ROWS_AT_ONCE = 2_000
LEFT_IN_SPOOL = text("SELECT count(id) FROM employee_exp_spool WHERE wave_id = :wave")
EMPTY_SPOOL = text("DELETE FROM employee_exp_spool WHERE wave_id = :wave")
LIST_INVITED = text("SELECT place, categories FROM employee_exp_invitation WHERE wave_id = :wave")
# The key of these may still be there; one whose wave has no ballots was destroyed when it was released.
FIND_EXPIRED = text("""
SELECT id FROM employee_exp_wave WHERE state = 'released' AND closed_at <= :before
    AND EXISTS (SELECT FROM employee_exp_ballot WHERE wave_id = employee_exp_wave.id)""")
DELETE_BALLOTS = text("DELETE FROM employee_exp_ballot WHERE wave_id = :wave")

Sealed = tuple[UUID, bytes]


async def read_ballots(session: AsyncSession, wave_id: str) -> AsyncIterator[list[Sealed]]:
    """Sealed ballots by id, some thousand at a time."""
    last = UUID(int=0)
    while True:
        statement = (
            select(col(BallotRow.id), col(BallotRow.sealed))
            .where(col(BallotRow.wave_id) == UUID(wave_id), col(BallotRow.id) > last)
            .order_by(col(BallotRow.id))
            .limit(BALLOTS_AT_ONCE)
        )
        rows = [(row.id, row.sealed) for row in await session.execute(statement)]
        if not rows:
            return
        yield rows
        last = rows[-1][0]


async def count_left(session: AsyncSession, wave_id: str) -> int:
    """How many answers of a closed wave are in its spool: they could not be opened."""
    found: int = await session.scalar(LEFT_IN_SPOOL, {"wave": UUID(wave_id)}) or 0
    return found


async def list_invited(session: AsyncSession, wave_id: str) -> list[tuple[int, tuple[int, ...]]]:
    """Place and categories of everybody who was invited; nothing says who."""
    rows = await session.execute(LIST_INVITED, {"wave": UUID(wave_id)})
    return [(row.place, tuple(row.categories)) for row in rows]


async def put_release(
    session: AsyncSession,
    wave_id: str,
    cells: Sequence[Mapping[str, Any]],
    verbatims: Sequence[Mapping[str, Any]],
    counted_in: Sequence[int | None],
) -> None:
    """Store what is public for ever. `counted_in`: by place, the released department where its answers count."""
    for rows in _chunks(cells):
        await session.execute(insert(ReleaseCellRow), rows)
    for rows in _chunks(verbatims):
        await session.execute(insert(ReleaseVerbatimRow), rows)
    places = [{"at": place, "counted": inside} for place, inside in enumerate(counted_in)]
    table: Any = WaveDepartmentRow.__table__  # type: ignore[attr-defined]
    statement = (
        update(table)
        .where(table.c.wave_id == UUID(wave_id), table.c.place == bindparam("at"))
        .values(counted_in_place=bindparam("counted"))
    )
    for rows in _chunks(places):
        await session.execute(statement, rows)
    await session.execute(EMPTY_SPOOL, {"wave": UUID(wave_id)})


async def set_released(
    session: AsyncSession, wave_id: str, released_at: datetime, report: ReleaseReport
) -> bool:
    """A closed wave is released from now on; False where it was already."""
    result: Any = await session.execute(
        update(WaveRow)
        .where(col(WaveRow.id) == UUID(wave_id), col(WaveRow.state) == WaveState.CLOSED)
        .values(
            state=WaveState.RELEASED,
            released_at=released_at,
            report=report_bytes(report),
            revision=WaveRow.revision + 1,
        )
    )
    return bool(result.rowcount)


async def find_expired(session: AsyncSession, before: datetime) -> list[str]:
    """Released waves that closed by then and have ballots."""
    return [str(id_) for id_ in await session.scalars(FIND_EXPIRED, {"before": before})]


async def delete_ballots(session: AsyncSession, wave_id: str) -> None:
    """Nobody can open them any more; now they go."""
    await session.execute(DELETE_BALLOTS, {"wave": UUID(wave_id)})


@dataclass(frozen=True, slots=True)
class SnapshotPlace:
    """A department of a released wave. `counted_in`: the place where its answers count; its own: it is released."""

    department_id: str
    name: str
    parent: int | None
    counted_in: int | None


async def find_places(session: AsyncSession, wave_id: str) -> list[SnapshotPlace]:
    """The departments of a wave by place."""
    rows = await session.scalars(
        select(WaveDepartmentRow)
        .where(col(WaveDepartmentRow.wave_id) == UUID(wave_id))
        .order_by(col(WaveDepartmentRow.place))
    )
    return [
        SnapshotPlace(str(r.department_id), r.name, r.parent_place, r.counted_in_place)
        for r in rows
    ]


async def find_cells(
    session: AsyncSession,
    wave_id: str,
    department_ids: Collection[str] | None = None,
    dimension: str = "",
) -> list[ReleaseCellRow]:
    """Cells of departments (None: of all), whole or by a dimension."""
    statement = select(ReleaseCellRow).where(
        col(ReleaseCellRow.wave_id) == UUID(wave_id), col(ReleaseCellRow.dimension) == dimension
    )
    if department_ids is not None:
        ids = [UUID(id_) for id_ in department_ids]
        statement = statement.where(col(ReleaseCellRow.department_id).in_(ids))
    return list(await session.scalars(statement))


async def find_dimensions(
    session: AsyncSession, wave_id: str, department_ids: Collection[str]
) -> dict[str, list[str]]:
    """By which dimensions departments are cut."""
    statement = (
        select(col(ReleaseCellRow.department_id), col(ReleaseCellRow.dimension))
        .where(
            col(ReleaseCellRow.wave_id) == UUID(wave_id),
            col(ReleaseCellRow.department_id).in_([UUID(id_) for id_ in department_ids]),
            col(ReleaseCellRow.dimension) != "",
        )
        .distinct()
        .order_by(col(ReleaseCellRow.dimension))
    )
    found: dict[str, list[str]] = {}
    for department_id, dimension in await session.execute(statement):
        found.setdefault(str(department_id), []).append(dimension)
    return found


async def find_statistics(session: AsyncSession, wave_id: str) -> frozenset[str]:
    """What is told of the departments of a wave."""
    found = await session.scalars(
        select(col(ReleaseCellRow.statistic))
        .where(col(ReleaseCellRow.wave_id) == UUID(wave_id))
        .distinct()
    )
    return frozenset(found)


async def find_departments_with(
    session: AsyncSession, wave_id: str, statistics: Collection[str]
) -> dict[str, set[str]]:
    """Ids of the departments that see each of these."""
    statement = select(col(ReleaseCellRow.statistic), col(ReleaseCellRow.department_id)).where(
        col(ReleaseCellRow.wave_id) == UUID(wave_id),
        col(ReleaseCellRow.dimension) == "",
        col(ReleaseCellRow.statistic).in_(statistics),
    )
    found: dict[str, set[str]] = {statistic: set() for statistic in statistics}
    for statistic, department_id in await session.execute(statement):
        found[statistic].add(str(department_id))
    return found


async def list_verbatims(
    session: AsyncSession,
    wave_id: str,
    question: str,
    places: Collection[int],
    search: str,
    first: int,
    offset: int,
) -> tuple[list[str], int]:
    """A page of comments counted at some places, in the order of their keys, and how many there are of all pages."""
    await name_rows(session, waves=[wave_id])
    conditions = [
        col(ReleaseVerbatimRow.wave_id) == UUID(wave_id),
        col(ReleaseVerbatimRow.question) == question,
        col(ReleaseVerbatimRow.place).in_(places),
    ]
    if search:
        conditions.append(col(ReleaseVerbatimRow.text).icontains(search, autoescape=True))
    total = await session.scalar(
        select(func.count()).select_from(ReleaseVerbatimRow).where(*conditions)
    )
    page = select(col(ReleaseVerbatimRow.text)).where(*conditions)
    page = page.order_by(col(ReleaseVerbatimRow.id)).offset(offset).limit(first)
    return list(await session.scalars(page)), total or 0


def _chunks(rows: Sequence[Mapping[str, Any]]) -> Iterable[Sequence[Mapping[str, Any]]]:
    return (rows[start : start + ROWS_AT_ONCE] for start in range(0, len(rows), ROWS_AT_ONCE))
