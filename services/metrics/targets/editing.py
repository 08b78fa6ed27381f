"""Setting and removing targets."""

from collections.abc import Awaitable, Callable

from services.kit.db.database import Database
from services.kit.errors import Conflict
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.metrics.answer_log.kinds import FIXED_CODES
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.definitions.items import items_read
from services.metrics.definitions.registry import Definitions
from services.metrics.formulas.scores import number
from services.metrics.targets import storage
from services.metrics.targets.domain import Target, TargetDraft, bounds_of, check_draft

AnnounceTarget = Callable[[str, str], Awaitable[None]]
"""Tells who looks at a department, by id, that its score of a metric, by key, shows something else."""


class TargetEditing:
    """One target for each department and metric; what changes is written into the audit log and announced."""

    def __init__(
        self,
        database: Database,
        definitions: Definitions,
        surveys: SurveyCopy,
        announce: AnnounceTarget,
    ) -> None:
        self.database = database
        self.definitions = definitions
        self.surveys = surveys
        self.announce = announce

    async def set_target(
        self, draft: TargetDraft, actor: Actor, tree: Tree
    ) -> tuple[Target, Definition]:
        """The target in the place of the one there is, or that one where it says the same; and its metric.

        Invalid for what may not be set; NotFound for an unknown metric; Conflict while its scale is not known.
        """
        definition = await self.definitions.find_newest(draft.metric)
        bounds = bounds_of(definition, self._scale(definition))
        if bounds is None:
            raise Conflict(
                f"the answers that {definition.key} reads are not known here yet: try again later",
                reason="SCALE_NOT_KNOWN",
                field=["metric"],
            )
        side = check_draft(draft, definition, bounds, tree.today_number)
        target = Target(
            department_id=draft.department_id,
            metric=definition.key,
            value=draft.value,
            side=side,
            due_day=draft.due_day,
            owner=draft.owner,
            set_by=actor.subject,
            set_at=tree.clock(),
        )
        async with self.database.write.begin() as session:
            before = await storage.lock_target(session, target.department_id, target.metric)
            if before is not None and target.is_as(before):
                return before, definition
            await storage.put_target(session, target)
            entry = _entry(Deed.TARGET_SET, actor, tree, target.department_id, target.metric)
            await write_entries(session, [entry])
        await self.announce(target.department_id, target.metric)
        return target, definition

    async def remove_target(
        self, department_id: str, metric: str, actor: Actor, tree: Tree
    ) -> bool:
        """Whether there was one; NotFound for an unknown metric."""
        key = (await self.definitions.find_newest(metric)).key
        async with self.database.write.begin() as session:
            if not await storage.remove_target(session, department_id, key):
                return False
            entry = _entry(Deed.TARGET_REMOVED, actor, tree, department_id, key)
            await write_entries(session, [entry])
        await self.announce(department_id, key)
        return True

    def _scale(self, definition: Definition) -> tuple[int, ...]:
        """The answers a mean is made of; empty where there are none, or none are known."""
        codes: tuple[str, ...] = ()
        if definition.question_kind is not None:
            codes = FIXED_CODES.get(definition.question_kind, ())
        else:
            layouts = self.surveys.by_number.values()
            read = (item.codes for layout in layouts for item in items_read(definition, layout))
            codes = next(read, ())
        return tuple(value for code in codes if (value := number(code)) is not None)


def _entry(deed: Deed, actor: Actor, tree: Tree, department_id: str, metric: str) -> AuditEntry:
    keys = (tree.departments[department_id].key, metric)
    return AuditEntry(tree.clock(), actor, deed, (department_id,), keys)
