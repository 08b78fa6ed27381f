"""Whom rules hold of: always asked live, so a group is as customers are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Database, reaching
from services.kit.errors import Invalid, NotFound
from services.kit.logic.issues import Span, WrongRule
from services.profile.customers.sealed_names import SealedNames
from services.profile.segments import storage
from services.profile.segments.domain.segments import Segment, Segments
from services.profile.segments.domain.vocabulary import ATTRIBUTE, CustomerNames
from services.profile.segments.editing import load_segments
from services.profile.segments.rules.storage import RuleConditions
from services.profile.segments.storage import SegmentMember

SHOWN: Final = 10
"""Members of a preview."""
AT_ONCE: Final = 20
"""Segments that one statement counts: each has hundreds of parameters at most, and PostgreSQL takes 32,767."""


@dataclass(frozen=True, slots=True)
class RuleIssue:
    """What is wrong with a rule, and where."""

    code: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom a rule holds of; or what is wrong with it."""

    count: int = 0
    members: Sequence[SegmentMember] = ()
    issue: RuleIssue | None = None


def _no_segment() -> NotFound:
    return NotFound("there is no such segment", field=["key"])


@dataclass(frozen=True, slots=True)
class SegmentReader:
    """`today`: the local day, since 1970-01-01. Unavailable without PostgreSQL."""

    database: Database
    sealed: SealedNames

    async def list_all(self) -> list[Segment]:
        """All segments: those of the segmentation by place, then the others by key."""
        with reaching("segments"):
            async with self.database.write() as session:
                return list(await load_segments(session))

    async def count(self, today: int, keys: Sequence[str]) -> list[int]:
        """Of how many persons each of these segments' rules holds; NotFound where there is no such segment."""
        counts: list[int] = []
        with reaching("segments"):
            async with self.database.write() as session:
                segments = await load_segments(session)
                for start in range(0, len(keys), AT_ONCE):
                    counts += await self._count(
                        session, segments, today, keys[start : start + AT_ONCE]
                    )
        return counts

    async def _count(
        self, session: AsyncSession, segments: Segments, today: int, keys: Sequence[str]
    ) -> list[int]:
        made = RuleConditions(self.sealed, segments.kinds, today)
        conditions = [self._condition(made, segments, key) for key in keys]
        return await storage.count_persons(session, conditions, made)

    def _condition(self, made: RuleConditions, segments: Segments, key: str) -> str:
        if key not in segments.by_key:
            raise _no_segment()
        return made.condition(segments.rule(key))

    async def members(self, today: int, key: str, first: int, after: int) -> list[SegmentMember]:
        """The first persons of a segment after one, by number; NotFound where there is no such segment."""
        with reaching("segments"):
            async with self.database.write() as session:
                segments = await load_segments(session)
                made = RuleConditions(self.sealed, segments.kinds, today)
                condition = self._condition(made, segments, key)
                return await storage.list_members(session, condition, made, first, after)

    async def preview(self, today: int, rule: str, key: str) -> Preview:
        """Whom a rule would hold of, or what is wrong with it; `key`: of the segment that gets it, or ""."""
        with reaching("segments"):
            async with self.database.write() as session:
                segments = await load_segments(session)
                made = RuleConditions(self.sealed, segments.kinds, today)
                try:
                    condition = made.condition(segments.mean(rule, key))
                except Invalid as wrong:
                    span = wrong.span if isinstance(wrong, WrongRule) else Span(0, len(rule))
                    return Preview(issue=RuleIssue(wrong.reason, wrong.message, span))
                (count,) = await storage.count_persons(session, [condition], made)
                members = await storage.list_members(session, condition, made, SHOWN, 0)
                return Preview(count, members)

    async def find(self, today: int, persons: Sequence[int]) -> list[str]:
        """The key of the segment of the segmentation that each person is in; "" for none."""
        with reaching("segments"):
            async with self.database.write() as session:
                segments = await load_segments(session)
                placed = [segment.key for segment in segments.placed]
                if not placed:
                    return [""] * len(persons)
                made = RuleConditions(self.sealed, segments.kinds, today, for_few=True)
                conditions = [made.condition(segments.rule(key)) for key in placed]
                first = await storage.find_first(session, conditions, made, persons)
        return [placed[first[person]] if person in first else "" for person in persons]

    async def names(self) -> tuple[CustomerNames, list[str]]:
        """What rules may speak of, and the names of attributes that customers have."""
        with reaching("segments"):
            async with self.database.write() as session:
                segments = await load_segments(session)
                attributes = await storage.list_attributes(session)
        names = CustomerNames(segments.kinds, segments.by_key)
        return names, [f"{ATTRIBUTE}{key}" for key in attributes if key not in names.types]
