"""Every query about targets."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.metrics.targets.domain import Target, TargetSide
from services.metrics.targets.tables import StoredTarget


async def targets_of(session: AsyncSession, departments: Collection[str]) -> list[Target]:
    """The targets of some departments, by metric."""
    statement = (
        select(StoredTarget)
        .where(col(StoredTarget.department_id).in_(departments))
        .order_by(col(StoredTarget.metric))
    )
    return [_target(row) for row in await session.scalars(statement)]


async def lock_target(session: AsyncSession, department_id: str, metric: str) -> Target | None:
    """The target of a department in a metric, as it is until this transaction ends."""
    row = await session.get(StoredTarget, (department_id, metric), with_for_update=True)
    return None if row is None else _target(row)


async def put_target(session: AsyncSession, target: Target) -> None:
    """Store a target in the place of the one there is."""
    values = _row(target).model_dump()
    statement = insert(StoredTarget).values(values)
    replaced = statement.on_conflict_do_update(
        index_elements=["department_id", "metric"],
        set_={name: statement.excluded[name] for name in values},
    )
    await session.execute(replaced)


async def remove_target(session: AsyncSession, department_id: str, metric: str) -> bool:
    """Whether there was one."""
    statement = (
        delete(StoredTarget)
        .where(col(StoredTarget.department_id) == department_id, col(StoredTarget.metric) == metric)
        .returning(col(StoredTarget.metric))
    )
    return await session.scalar(statement) is not None


def _row(target: Target) -> StoredTarget:
    return StoredTarget(
        department_id=target.department_id,
        metric=target.metric,
        value=target.value,
        side=target.side.value,
        due_day=target.due_day,
        owner=target.owner,
        set_by=target.set_by,
        set_at=target.set_at,
    )


def _target(row: StoredTarget) -> Target:
    return Target(
        department_id=row.department_id,
        metric=row.metric,
        value=row.value,
        side=TargetSide(row.side),
        due_day=row.due_day,
        owner=row.owner,
        set_by=row.set_by,
        set_at=row.set_at,
    )
