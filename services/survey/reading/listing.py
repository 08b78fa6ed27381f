"""Responses and texts of a scope, for who may export them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Database, reaching, storable
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid
from services.kit.rights.access import Action, Viewer, authorize, visible_departments
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Stretch, Tree, subtree_as_it_was, subtree_today
from services.survey.reading import domain, storage
from services.survey.reading.domain import (
    LONGEST_SEARCH,
    CountedBy,
    ReadingPlace,
    ReadingQuery,
    ReadingScope,
    ScoreBounds,
)
from services.survey.reading.looking import LIST_SECONDS, SEARCH_SECONDS, ReadPage, look_back
from services.survey.reading.turns import ReadingTurns
from services.survey.surveys.domain.surveys import Survey
from services.survey.surveys.known_versions import KnownVersions

MOST_REMEMBERED = 10_000
TOMORROW = timedelta(days=2)  # of any time zone; nothing is given later


@dataclass(frozen=True, slots=True)
class ReadingAsked:
    """Which page of a scope is asked for, and whether its rows are counted."""

    scope: ReadingScope
    first: int
    after: ReadingPlace | None
    count: bool


@dataclass(frozen=True, slots=True)
class TextsAsked:
    """Which texts: of one department (key) and question (key), by score, and by words in them; "" and None: all."""

    department: str = ""
    question: str = ""
    scored: ScoreBounds | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, how many there are in all (None: not counted), and what is needed to show it."""

    page: ReadPage
    total: int | None
    versions: dict[str, Survey]
    tree: Tree


class Listing:
    """Reads as the `read` role, under row-level security, in one snapshot."""

    def __init__(self, database: Database, directory: DirectoryCopy) -> None:
        self.database = database
        self.directory = directory
        self.versions = KnownVersions()
        self.turns = ReadingTurns()
        self.read_on: dict[tuple[str, str], int] = {}  # by subject and department: the day

    async def responses(self, viewer: Viewer, asked: ReadingAsked, metric: CountedBy) -> Listed:
        """The responses that a metric counts in a scope; NotFound or Denied as exports are."""
        tree = await self._authorize(viewer, asked.scope)
        with reaching("responses"):
            async with (
                self.turns.of(viewer.subject),
                self.database.read() as session,
                session.begin(),
            ):
                versions = await self.versions.read(session)
                query = _query(asked.scope, tree, versions)
                counted = domain.counted_by(versions, metric)
                query = replace(query, conditions=(counted,))
                return await self._list(session, viewer, asked, query, versions, tree)

    async def texts(self, viewer: Viewer, asked: ReadingAsked, which: TextsAsked) -> Listed:
        """The texts of a scope; errors as of responses, and Invalid for bounds or a search that cannot be."""
        check_search(which.search)
        tree = await self._authorize(viewer, asked.scope)
        with reaching("responses"):
            async with (
                self.turns.of(viewer.subject),
                self.database.read() as session,
                session.begin(),
            ):
                versions = await self.versions.read(session)
                query = _query(asked.scope, tree, versions)
                scored = which.scored
                query = replace(
                    query,
                    stretches=_within(which.department, query.stretches, tree),
                    conditions=(domain.scored_between(versions, scored),) if scored else (),
                    texts=domain.texts_of(versions, which.question),
                    search=which.search,
                )
                if which.search and not storable([which.search]):
                    query = replace(query, stretches=())
                return await self._list(session, viewer, asked, query, versions, tree)

    async def _authorize(self, viewer: Viewer, scope: ReadingScope) -> Tree:
        await self.directory.know_visible(viewer, ids=[scope.department_id])
        tree, department = self.directory.tree, scope.department_id
        authorize(viewer, Action.READ_RESPONSES, department, tree)
        scope.check()
        return tree

    async def _list(
        self,
        session: AsyncSession,
        viewer: Viewer,
        asked: ReadingAsked,
        query: ReadingQuery,
        versions: Sequence[Survey],
        tree: Tree,
    ) -> Listed:
        by_id = {survey.version_id: survey for survey in versions}
        visible = visible_departments(viewer, Action.READ_RESPONSES, tree)
        query = replace(query, stretches=[s for s in query.stretches if s.department_id in visible])
        counted = asked.count and not query.search
        if query.is_empty:
            return Listed(ReadPage([], None), 0 if counted else None, by_id, tree)
        await self._write_audit(viewer, asked.scope.department_id, tree)
        await storage.show_departments(session, {s.department_id for s in query.stretches})
        fetch = partial(_fetch, session, query, asked.after)
        seconds = SEARCH_SECONDS if query.search else LIST_SECONDS
        days = _days(asked.scope, tree)
        page = await look_back(fetch, days, asked.after, asked.first, seconds)
        total = await storage.count_rows(session, query) if counted else None
        return Listed(page, total, by_id, tree)

    async def _write_audit(self, viewer: Viewer, department: str, tree: Tree) -> None:
        """Once a day for who reads in a department: not each page, of which there are many."""
        reader, today = (viewer.subject, department), tree.today_number
        if self.read_on.get(reader) == today:
            return
        actor = actor_of(viewer, Action.READ_RESPONSES, tree, department)
        keys = (tree.departments[department].key,)
        entry = AuditEntry(tree.clock(), actor, Deed.RESPONSES_READ, (department,), keys)
        async with self.database.write.begin() as session:
            await write_entries(session, [entry])
        if len(self.read_on) >= MOST_REMEMBERED:
            self.read_on.clear()
        self.read_on[reader] = today


def check_search(search: str) -> None:
    """Invalid for a search nobody makes; it is not quoted."""
    if len(search) > LONGEST_SEARCH:
        raise Invalid(
            f"a search has at most {LONGEST_SEARCH} characters: look for fewer words",
            reason="TOO_LONG",
            field=["filter", "search"],
        )


async def _fetch(
    session: AsyncSession,
    query: ReadingQuery,
    after: ReadingPlace | None,
    days: tuple[datetime, datetime],
    first: int,
) -> list[storage.ReadRow]:
    return await storage.read_rows(session, query, days, after, first)


def _query(scope: ReadingScope, tree: Tree, versions: Sequence[Survey]) -> ReadingQuery:
    """The departments, days and columns of a scope."""
    days = (scope.from_day, scope.to_day)
    stretches = [Stretch(scope.department_id, *days)]
    if scope.subtree:
        reading = subtree_as_it_was if scope.as_it_was else subtree_today
        stretches = reading(tree, scope.department_id, *days)
    columns = dict(scope.values)
    touchpoint = columns.pop("touchpoint", None)
    if touchpoint is not None:
        found = tree.touchpoint(touchpoint)
        if found is None:
            stretches = []
        else:
            columns["touchpoint_id"] = found.id
    only = None
    if scope.survey is not None:
        only = tuple(s.version_id for s in versions if s.key == scope.survey)
    if len(storable(columns.values())) < len(columns):
        stretches = []
    return ReadingQuery(stretches, columns, only, ())


def _within(key: str, stretches: Sequence[Stretch], tree: Tree) -> Sequence[Stretch]:
    """Those of a department and all under it today; of one that is not there or not among them, none."""
    if not key:
        return stretches
    members = tree.subtree(tree.id_of(key) or "")
    return [stretch for stretch in stretches if stretch.department_id in members]


def _days(scope: ReadingScope, tree: Tree) -> tuple[datetime, datetime]:
    return scope.since, min(scope.until, tree.clock() + TOMORROW)
