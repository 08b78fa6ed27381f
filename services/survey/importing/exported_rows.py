"""Rows of the own export: each is the response that it shows, if it is stored and the importer may change it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from services.kit.db.database import reaching
from services.kit.db.row_security import transaction_about
from services.kit.exports.csv import unrunnable
from services.kit.letters import plain
from services.kit.rights.access import Action, Viewer, visible_roots
from services.survey.attribution.submission import Answer, Submission, Value
from services.survey.domain.refusal import Refusal
from services.survey.importing import storage
from services.survey.importing.plan import Assign
from services.survey.importing.row_names import ImportedRow
from services.survey.importing.storage import StoredRow
from services.survey.importing.updating import Take, Updating, UpdatingPorts, actor_of_update
from services.survey.responses.domain.ids import shown_id
from services.survey.responses.domain.outcome import Fate, SubmissionOutcome
from services.survey.surveys.domain.questions import value_of
from services.survey.surveys.domain.surveys import Survey
from services.survey.surveys.domain.versions import asked_ever

NOT_SHOWN: Final = Refusal(
    ("response",),
    "UNKNOWN_RESPONSE",
    "it shows no response that you imported: an admin or an analyst imports it, or map the column as id, and the row"
    " becomes a response of its own",
)
DIFFERS: Final = Refusal(
    ("response",),
    "ID_CONFLICT",
    "the row says something else than the response that it shows: --update corrects the response",
)
NOT_ASKED: Final = "the response was given when the survey did not ask this: leave the cell empty"
BREAKS: Final = re.compile("\r\n?")
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in workbooks


class ExportedRows:
    """The rows of one import whose mapping names the column `response`.

    A response that the importer may not change is treated as one that is not there. What is not there becomes a
    response of its own, by the same name in every run, where the importer is an admin or an analyst: so the file fills
    another platform. From others it is refused, for it would double what others stored.
    `assign`: gives rows the ids of responses of their own. `versions`: of the survey that the mapping names, the oldest
    first; none where it is yet to be created. `update`: what differs is corrected, else refused.
    """

    def __init__(
        self,
        assign: Assign,
        ports: UpdatingPorts,
        versions: Sequence[Survey],
        mapped: Sequence[str],
        *,
        update: bool,
        is_rehearsal: bool,
    ) -> None:
        self.assign_new = assign
        self.ports = ports
        self.versions = {version.version_id: version for version in versions}
        self.update = update
        self.is_rehearsal = is_rehearsal
        asked = {question.key: question.id for question in asked_ever(versions)}
        self.mapped = {key: asked[key] for key in mapped if key in asked}

    async def assign(self, viewer: Viewer, rows: Sequence[ImportedRow]) -> list[Submission]:
        """The responses as they are stored, or with the ids of rows that are not."""
        assigned = await self.assign_new(viewer, rows)
        shown = [shown_id(self.ports.key, row.shown) or "" for row in rows]
        with reaching("responses"):
            async with (
                self.ports.database.pool.acquire() as connection,
                transaction_about(connection, responses=shown),
            ):
                stored = await storage.stored_rows(connection, shown)
        mine = await self._changeable(viewer, stored)
        return [
            sent._replace(id=id_, exported=True) if id_ in mine else sent
            for sent, id_ in zip(assigned, shown, strict=True)
        ]

    async def _changeable(self, viewer: Viewer, stored: Mapping[str, StoredRow]) -> set[str]:
        """Those of the survey that the viewer may change."""
        ours = {id_: r for id_, r in stored.items() if r.response.version_id in self.versions}
        directory, key = self.ports.directory, self.ports.key
        places = {row.response.attribution.department_id for row in ours.values()}
        await directory.know_department_ids(places)
        tree = directory.tree
        return {id_ for id_, row in ours.items() if actor_of_update(viewer, row, tree, key)}

    def accepting(self, take: Take) -> Take:
        """What takes the submissions of `assign` in; `take` has those of rows that show nothing."""
        only_says = self.is_rehearsal or not self.update
        updating = Updating(take, self.ports, is_rehearsal=only_says, read=self.as_it_would_be)
        if self.update:  # rows of another platform that were stored by an earlier run
            take = Updating(take, self.ports, is_rehearsal=self.is_rehearsal).accept

        async def accept(
            viewer: Viewer, submissions: Sequence[Submission]
        ) -> Sequence[SubmissionOutcome]:
            others = [sent for sent in submissions if not sent.exported]
            taken = iter(await self._take(take, viewer, others) if others else ())
            known = {sent.id or "": sent for sent in submissions if sent.exported}
            with reaching("responses"):
                compared = await updating.update(viewer, known) if known else {}
            return [
                self._told(compared, sent.id or "") if sent.exported else next(taken)
                for sent in submissions
            ]

        return accept

    async def _take(
        self, take: Take, viewer: Viewer, others: Sequence[Submission]
    ) -> Sequence[SubmissionOutcome]:
        if visible_roots(viewer, Action.CORRECT_RESPONSES, self.ports.directory.tree):
            return await take(viewer, others)
        return [SubmissionOutcome("", None, [NOT_SHOWN]) for _ in others]

    def _told(self, compared: dict[str, SubmissionOutcome], id_: str) -> SubmissionOutcome:
        """Of rows that show one response the first is the corrected one."""
        outcome = compared[id_]
        if outcome.fate is not Fate.CORRECTED:
            return outcome
        if not self.update:
            return SubmissionOutcome(id_, None, [DIFFERS])
        compared[id_] = SubmissionOutcome(id_, Fate.ALREADY_STORED)
        return outcome

    def as_it_would_be(
        self, given: Sequence[Answer], stored: StoredRow, survey: Survey
    ) -> tuple[Answer, ...] | Refusal:
        """All answers of the response: those of the file, and as they are stored those that it has no columns for.

        Texts that differ only in what a file cannot hold stay as they are.
        """
        before = dict(_said(stored, survey))
        answers: list[Answer] = []
        for number, (key, value) in enumerate(given):
            place = survey.places.get(key)
            if place is None or survey.questions[place].id != self.mapped.get(key):
                return Refusal(("answers", str(number)), "UNKNOWN_QUESTION", NOT_ASKED)
            old = before.get(key)
            same = isinstance(old, str) and isinstance(value, str) and are_alike(old, value)
            answers.append(Answer(key, old if same else value))
        said = {answer.question for answer in answers}
        for question in survey.questions:
            old = before.get(question.key)
            is_mapped = self.mapped.get(question.key) == question.id
            is_unseen = isinstance(old, str) and are_alike(old, "")
            if old is not None and question.key not in said and (is_unseen or not is_mapped):
                answers.append(Answer(question.key, old))
        return tuple(answers)


def are_alike(stored: str, cell: str) -> bool:
    """Whether a file may show a text as this cell: line breaks are of one kind, and nothing is run as a formula."""
    return _shown(stored) == _shown(cell)


def _shown(text: str) -> str:
    shown = unrunnable(UNWRITABLE.sub("", BREAKS.sub("\n", text)))
    return shown if plain(shown) else ""


def _said(stored: StoredRow, survey: Survey) -> Iterator[tuple[str, Value]]:
    words = dict(stored.words)
    for question, span in zip(survey.questions, survey.spans, strict=True):
        value = words.get(question.id) or value_of(question, stored.response.answers[span])
        if value is not None:
            yield question.key, value
