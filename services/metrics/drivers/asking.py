"""Asking for an analysis, and taking that back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from services.kit.db.database import Database
from services.kit.errors import Conflict, Invalid, NotFound, RateLimited
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions.registry import Definitions
from services.metrics.drivers import storage
from services.metrics.drivers.choosing import Chosen, choose, find_survey
from services.metrics.drivers.domain import Analysis, AnalysisState, Asked, check_count
from services.metrics.formulas.drivers.weights import DriverMethod
from services.metrics.scores.scoring import ScoreQuery

OF_A_SUBJECT = 1
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class AnalysisDraft:
    """What is asked for, not checked yet. Either `metric` or `question` names the outcome; method None: the best."""

    id: str
    department_id: str
    survey: str
    metric: str | None
    question: str | None
    drivers: Sequence[str]
    method: DriverMethod | None
    query: ScoreQuery


class DriverAsking:
    """Stores what is asked for; whoever is free works on it. `wake` tells those of this process."""

    def __init__(
        self,
        database: Database,
        definitions: Definitions,
        surveys: SurveyCopy,
        wake: Callable[[], None],
    ) -> None:
        self.database = database
        self.definitions = definitions
        self.surveys = surveys
        self.wake = wake

    async def start(self, draft: AnalysisDraft, actor: Actor, tree: Tree) -> Analysis:
        """The analysis that is asked for; the one there is where its id was sent before.

        Invalid for what cannot be analysed; RateLimited while another one of the subject's has not ended.
        """
        asked = await self._check(draft, actor, tree)
        async with self.database.write.begin() as session:
            await storage.lock(session)
            before = await storage.find(session, asked.id)
            if before is not None:
                return _same(before, asked)
            mine, all_ = await storage.count_open(session, actor.subject)
            if mine >= OF_A_SUBJECT or all_ >= AT_ONCE:
                whose = "an analysis of yours is" if mine else f"{all_} analyses are"
                raise RateLimited(
                    f"{whose} under way: wait until it has ended, or cancel it",
                    reason="ANALYSES_BUSY",
                )
            await storage.add(session, asked)
            analysis = await storage.find(session, asked.id)
            await write_entries(session, [_entry(Deed.DRIVERS_STARTED, actor, tree, asked)])
        self.wake()
        assert analysis is not None
        return analysis

    async def cancel(self, analysis: Analysis, actor: Actor, tree: Tree) -> Analysis:
        """The analysis, ended if it was not; the process that works on it ends soon after."""
        id_ = analysis.asked.id
        async with self.database.write.begin() as session:
            if await storage.end(session, id_, AnalysisState.CANCELLED, tree.clock()):
                entry = _entry(Deed.DRIVERS_CANCELLED, actor, tree, analysis.asked)
                await write_entries(session, [entry])
            found = await storage.find(session, id_)
        if found is None:
            raise NotFound("no such analysis")
        return found

    async def _check(self, draft: AnalysisDraft, actor: Actor, tree: Tree) -> Asked:
        period = draft.query.period()
        if draft.query.filter.survey is not None:
            raise Invalid(
                "the survey is named beside the filter, not in it",
                reason="SURVEY_IN_FILTER",
                field=["filter", "survey"],
            )
        chosen = await self._choose(draft)
        return Asked(
            id=_own(draft.id, actor.subject),
            department_id=draft.department_id,
            survey_id=chosen.layout.id,
            metric=draft.metric or "",
            outcome=chosen.outcome,
            drivers=chosen.drivers,
            method=check_count(len(chosen.drivers), draft.method),
            period=period,
            subtree=draft.query.subtree,
            as_it_was=draft.query.as_it_was,
            asked_by=actor.subject,
            asked_at=tree.clock(),
            filters=draft.query.filter.dimensions,
        )

    async def _choose(self, draft: AnalysisDraft) -> Chosen:
        layout = await find_survey(self.surveys, draft.survey)
        if draft.metric is not None:
            return choose(layout, await self.definitions.find_newest(draft.metric), draft.drivers)
        if draft.question is not None:
            return choose(layout, draft.question, draft.drivers)
        raise Invalid(
            "name the outcome: a metric or a question", reason="OUTCOME_MISSING", field=["metric"]
        )


def _own(given: str, subject: str) -> str:
    """The id of an analysis: by what a subject sent, so that nobody meets what others have sent."""
    try:
        return str(uuid5(UUID(given), subject))
    except ValueError:
        raise Invalid("the id must be a UUID", reason="BAD_ID", field=["id"]) from None


def _same(before: Analysis, asked: Asked) -> Analysis:
    if before.asked.is_as(asked):
        return before
    raise Conflict("another analysis has this id", reason="ID_TAKEN", field=["id"])


def _entry(deed: Deed, actor: Actor, tree: Tree, asked: Asked) -> AuditEntry:
    key = tree.departments[asked.department_id].key
    at: datetime = tree.clock()
    return AuditEntry(at, actor, deed, (asked.id, asked.department_id), (key,))
