"""Imports that update: a response that is stored with other answers is corrected, each under its row's lock."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from services.kit import clock, telemetry
from services.kit.db.database import Connection, Database, reaching
from services.kit.db.row_security import transaction_about
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.audit import storage as audit_storage
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed, actor_of
from services.kit.rights.tree import Tree
from services.kit.sealing.customer_refs import customer_ref
from services.survey.attribution.submission import LABELS, Answer, Submission
from services.survey.domain.refusal import Refusal
from services.survey.domain.times import read_instant
from services.survey.importing import storage
from services.survey.importing.storage import Correction, StoredRow
from services.survey.responses.domain.envelopes import packed
from services.survey.responses.domain.fingerprint import body_hash, keyed
from services.survey.responses.domain.ids import importer_of, row_id
from services.survey.responses.domain.outcome import Fate, SubmissionOutcome
from services.survey.responses.domain.responses import check_correction
from services.survey.responses.events import fact
from services.survey.responses.storage import announce_envelope, mark_corrected
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey

Take = Callable[[Viewer, Sequence[Submission]], Awaitable[Sequence[SubmissionOutcome]]]
ReadAnswers = Callable[[Sequence[Answer], StoredRow, Survey], tuple[Answer, ...] | Refusal]
"""All answers that a response would have, by those of its row."""

NOT_YOURS = Refusal(
    ("id",),
    "NOT_YOUR_ROW",
    "another subject stored this row, or it is not known who did: an admin or an analyst corrects it",
)
MOST_CORRECTED = 500  # in an envelope: each goes in twice, as it was and as it is


class JudgedRow(NamedTuple):
    """A response as it is to be, the version it answers, and who changes it by what right."""

    correction: Correction
    survey: Survey
    actor: Actor


class UpdatingPorts(NamedTuple):
    """What corrections need; `key`: of ids, customers and hashes."""

    database: Database
    outbox: Outbox
    directory: DirectoryCopy
    key: bytes
    now: clock.Clock


class Updating:
    """Takes the submissions of a file in as `take` does, and corrects what is stored with other answers.

    `is_rehearsal`: says what would be corrected and stores nothing. `read`: where rows do not say all of a response.
    """

    def __init__(
        self,
        take: Take,
        ports: UpdatingPorts,
        *,
        is_rehearsal: bool,
        read: ReadAnswers | None = None,
    ) -> None:
        self.take = take
        self.database, self.outbox, self.directory, self.key, self.now = ports
        self.is_rehearsal = is_rehearsal
        self.versions: dict[str, Survey] = {}
        self.read = read

    async def accept(
        self, viewer: Viewer, submissions: Sequence[Submission]
    ) -> Sequence[SubmissionOutcome]:
        """What became of them, in order. Of rows that are equal the first is the corrected one."""
        outcomes = list(await self.take(viewer, submissions))
        changed: dict[str, int] = {}
        for place, outcome in enumerate(outcomes):
            if outcome.fate is Fate.ID_CONFLICT:
                changed.setdefault(outcome.id, place)
        if not changed:
            return outcomes
        with reaching("responses"):
            updated = await self.update(
                viewer, {id_: submissions[place] for id_, place in changed.items()}
            )
        for place, outcome in enumerate(outcomes):
            if outcome.fate is Fate.ID_CONFLICT:
                fate = updated[outcome.id]
                if fate.fate is Fate.CORRECTED and place != changed[outcome.id]:
                    fate = SubmissionOutcome(outcome.id, Fate.ALREADY_STORED)
                outcomes[place] = fate
        return outcomes

    async def update(
        self, viewer: Viewer, rows: Mapping[str, Submission]
    ) -> dict[str, SubmissionOutcome]:
        """What became of rows whose ids are stored, by id."""
        stored, same_customer = await self._read(rows)
        await self.directory.know_department_ids(
            {each.response.attribution.department_id for each in stored.values()}
        )
        await self._learn_versions({each.response.version_id for each in stored.values()})
        fates = {id_: SubmissionOutcome(id_, Fate.ID_CONFLICT) for id_ in rows}
        wanted: dict[str, JudgedRow] = {}
        for id_, row in stored.items():
            if row.response.withdrawn:
                fates[id_] = SubmissionOutcome(id_, Fate.ALREADY_STORED)
                continue
            judged = self._judge(viewer, rows[id_], row, is_of_customer=id_ in same_customer)
            if isinstance(judged, JudgedRow):
                wanted[id_] = judged
            else:
                fates[id_] = SubmissionOutcome(id_, None, judged)
        corrected = {id_ for id_, each in wanted.items() if _differs(each, stored[id_])}
        if wanted and not self.is_rehearsal:
            corrected = await self._store(wanted)
        for id_ in wanted:
            fate = Fate.CORRECTED if id_ in corrected else Fate.ALREADY_STORED
            fates[id_] = SubmissionOutcome(id_, fate)
        return fates

    async def _read(self, rows: Mapping[str, Submission]) -> tuple[dict[str, StoredRow], set[str]]:
        """What is stored, and which of it is of the customer its row names, or names none."""
        refs = {
            id_: ref for id_, row in rows.items() if (ref := customer_ref(self.key, row.customer))
        }
        async with (
            self.database.pool.acquire() as connection,
            transaction_about(connection, responses=rows),
        ):
            stored = await storage.stored_rows(connection, list(rows))
            same = await storage.same_customers(connection, refs) if refs else set()
        return stored, same | (rows.keys() - refs.keys())

    async def _learn_versions(self, ids: set[str]) -> None:
        async with self.database.read() as session:
            for id_ in ids - self.versions.keys():
                self.versions[id_] = await survey_storage.version(session, UUID(id_))

    def _judge(
        self, viewer: Viewer, sent: Submission, stored: StoredRow, *, is_of_customer: bool
    ) -> JudgedRow | list[Refusal]:
        actor = actor_of_update(viewer, stored, self.directory.tree, self.key)
        if actor is None:
            return [NOT_YOURS]
        survey = self.versions[stored.response.version_id]
        said = self.read(sent.answers, stored, survey) if self.read else sent.answers
        if isinstance(said, Refusal):
            return [said]
        kept = check_correction(said, survey)
        if isinstance(kept, list):
            return kept
        frozen = self._frozen(sent, stored)
        if frozen is None and not is_of_customer:
            frozen = "customer"
        if frozen is not None:
            return [_stays(frozen)]
        hashed = None  # the row of an export is no body that was sent before
        if not sent.exported:
            hashed = keyed(self.key, body_hash(sent, customer_ref(self.key, sent.customer)))
        return JudgedRow(Correction(stored.response.id, kept[0], hashed, kept[1]), survey, actor)

    def _frozen(self, sent: Submission, stored: StoredRow) -> str | None:
        """The first field that says something else than what was frozen; what a row leaves open says nothing."""
        tree, attribution = self.directory.tree, stored.response.attribution
        at = read_instant(sent.occurred_at, self.now())
        if (
            sent.occurred_at is not None
            and not isinstance(at, Refusal)
            and tree.local_day(at) != attribution.local_day
        ):
            return "occurred_at"
        if sent.department is not None and tree.id_of(sent.department) != attribution.department_id:
            return "department"
        if sent.touchpoint is not None:
            touchpoint = tree.touchpoint(sent.touchpoint)
            if touchpoint is not None and touchpoint.id != attribution.touchpoint_id:
                return "touchpoint"
        for label in LABELS:
            if getattr(sent, label) not in (None, getattr(attribution, label)):
                return label
        return None

    async def _store(self, wanted: Mapping[str, JudgedRow]) -> set[str]:
        """Correct them in one transaction; ids of those that were other than wanted, and not withdrawn meanwhile."""
        async with (
            self.database.pool.acquire() as connection,
            transaction_about(connection, responses=wanted),
        ):
            locked = await storage.stored_rows(connection, list(wanted), lock=True)
            there = {id_: row for id_, row in locked.items() if not row.response.withdrawn}
            corrections = [wanted[id_].correction for id_ in there]
            await storage.correct_responses(connection, corrections)
            changed = {id_: row for id_, row in there.items() if _differs(wanted[id_], row)}
            await mark_corrected(connection, list(changed))
            await _announce(connection, wanted, changed)
            await audit_storage.write_on_driver(
                connection, *(self._entry(wanted[id_]) for id_ in changed)
            )
        self.outbox.filled.set()
        return set(changed)

    def _entry(self, judged: JudgedRow) -> AuditEntry:
        """As of any other correction: names the response as exports do."""
        shown = row_id(self.key, judged.correction.id)
        keys = (judged.survey.key,)
        return AuditEntry(
            self.now(), judged.actor, Deed.RESPONSE_CORRECTED, ids=(shown,), keys=keys
        )


def actor_of_update(viewer: Viewer, stored: StoredRow, tree: Tree, key: bytes) -> Actor | None:
    """Who may correct any row of the department, or imported this one; None: nobody of these."""
    department_id = stored.response.attribution.department_id
    action = Action.CORRECT_RESPONSES
    if not may(viewer, action, department_id, tree):
        action = Action.SUBMIT
        is_own = stored.importer == importer_of(key, viewer.subject)
        if not is_own or not may(viewer, action, department_id, tree):
            return None
    return actor_of(viewer, action, tree, department_id)


def _differs(judged: JudgedRow, stored: StoredRow) -> bool:
    correction = judged.correction
    is_same = correction.answers == stored.response.answers
    return not (is_same and stored.words == frozenset(correction.words))


async def _announce(
    connection: Connection, wanted: Mapping[str, JudgedRow], changed: Mapping[str, StoredRow]
) -> None:
    """Both images of a response in one envelope; of one that has other words only there is nothing to say."""
    pairs = [
        _images(stored, wanted[id_])
        for id_, stored in changed.items()
        if stored.response.answers != wanted[id_].correction.answers
    ]
    for start in range(0, len(pairs), MOST_CORRECTED):
        some = pairs[start : start + MOST_CORRECTED]
        for part in packed([len(before) + len(after) for before, after in some]):
            images = [image for pair in some[part] for image in pair]
            await announce_envelope(connection, images, telemetry.current_traceparent())


def _images(stored: StoredRow, judged: JudgedRow) -> tuple[bytes, bytes]:
    response, survey = stored.response, judged.survey
    return (
        fact(response.id, survey, response.attribution, response.answers, sign=-1),
        fact(response.id, survey, response.attribution, judged.correction.answers, sign=1),
    )


def _stays(field: str) -> Refusal:
    message = (
        f"the row is stored with another {field}, which stays as it was: only answers are corrected;"
        " withdraw the response and import it under another id, or write what is stored"
    )
    return Refusal((field,), "FROZEN", message)
