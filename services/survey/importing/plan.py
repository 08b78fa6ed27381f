"""Files of responses: the survey found or created, rows into submissions, batches into the intake."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.clock import new_id
from services.kit.directory.copy import DirectoryCopy
from services.kit.imports.batches import Batch, cut
from services.kit.imports.cells import CellRefused
from services.kit.imports.departments.cells import DepartmentCells, rehearsed
from services.kit.imports.departments.creating import creator
from services.kit.imports.departments.known import Known
from services.kit.imports.format.records import Row
from services.kit.imports.format.remarks import Counted
from services.kit.imports.import_job import Job, remark_sight
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import fail
from services.kit.rights.access import Viewer
from services.kit.rights.tree import Tree
from services.survey.attribution.submission import Submission
from services.survey.importing.answers.asked import MappedQuestion
from services.survey.importing.answers.keys import with_keys
from services.survey.importing.answers.survey import check_questions, new_draft, plan_questions
from services.survey.importing.counts.count_changes import CountChanges, Look
from services.survey.importing.counts.counting import (
    Store,
    check_counts,
    counting,
    is_counted,
    narrow,
)
from services.survey.importing.counts.withdrawing import Withdrawing
from services.survey.importing.joining import read_rows
from services.survey.importing.row_names import ImportedRow
from services.survey.importing.rows import ResponseReader
from services.survey.importing.staff_answers import STAFF_ANSWERS, staff_message
from services.survey.importing.touchpoint_cells import touchpoint_finder
from services.survey.importing.withdrawn_rows import MESSAGE, STAYS_WITHDRAWN
from services.survey.responses import convert
from services.survey.responses.domain.outcome import Fate, SubmissionOutcome
from services.survey.surveys.domain.drafts import SurveyDraft
from services.survey.surveys.domain.edits import new_survey
from services.survey.surveys.domain.questions import Question
from services.survey.surveys.domain.surveys import Survey

UNSEEN_IDS: Final = Counted(
    "row is tried by what you see: if its id is in use elsewhere, it is refused when it is stored",
    "rows are tried by what you see: those whose ids are in use elsewhere are refused when they are stored",
)
IN_FLIGHT = 2  # one is stored while the next is checked and a third one read

Assign = Callable[[Viewer, Sequence[ImportedRow]], Awaitable[Sequence[Submission]]]
Accept = Callable[[Viewer, Sequence[Submission]], Awaitable[Sequence[SubmissionOutcome]]]


@dataclass(frozen=True, slots=True)
class UseCases:
    """What an import is carried out by; those of a rehearsal store nothing.

    `assign`: gives rows their ids and whose they are; `accepting`: what takes the responses in; `rehearsing`: what says
    what would become of them. The argument of both is the survey where it is yet to be created. `has_former`: rows may
    be stored that were known by how they are spelt. `count_withdrawn`: of responses that are stored. `look` and
    `withdrawing` are for rows that stand for many; without the last one no response is withdrawn.
    """

    create_survey: Callable[[Viewer, SurveyDraft], Awaitable[object]]
    assign: Assign
    accepting: Callable[[Survey | None], Accept]
    rehearsing: Callable[[Survey | None], Accept]
    look: Look
    count_withdrawn: Callable[[Viewer, Sequence[str]], Awaitable[int]]
    withdrawing: Withdrawing | None = None
    has_former: bool = False


def plan_responses(
    job: Job,
    viewer: Viewer,
    directory: DirectoryCopy,
    survey: Survey | None,
    use_cases: UseCases,
    former: Sequence[Question] = (),
) -> Plan[ImportedRow]:
    """`survey`: the one the mapping names; None where there is none, or not for this viewer. `former`: questions that
    rows may answer, also such as it does not ask any more."""
    if job.update and not (job.mapping.has("id") or job.mapping.has("response")):
        fail("[columns]", '"id" is missing: --update finds what is stored by the id of its row')
    named = job.mapping.constants["survey"]
    job = replace(job, mapping=with_keys(job.mapping, survey))
    if survey is None and "survey" not in job.mapping.create:
        return _without_survey(job)
    mapping = job.mapping
    asked = check_questions(mapping, survey, former) if survey else plan_questions(mapping)
    reader = _reader(job, viewer, directory.tree, asked, has_former=use_cases.has_former)
    draft = None if survey else new_draft(mapping.constants["survey"], named, asked)
    check_counts(mapping, asked)
    _remark(job, viewer, directory.tree)

    def note(created: str) -> None:
        plan.created_survey = created

    in_flight = 0 if job.dry_run else IN_FLIGHT  # a rehearsal remembers rows in their order
    store = _store(job, viewer, use_cases, _accepting(viewer, use_cases, draft, note))
    cells = _cells(job, viewer, directory) if job.mapping.has("department") else None
    batches = _batches(job, reader, asked, cells)
    plan = Plan(batches, store, reader.column_of, in_flight=in_flight)
    if cells is not None:
        plan.created_departments = cells.created
    return plan


def _remark(job: Job, viewer: Viewer, tree: Tree) -> None:
    """What is known of all rows before they are read. A row without an id is known by its department, which is seen."""
    if (message := staff_message(job.mapping, job.columns)) is not None:
        job.remarks.add(STAFF_ANSWERS, message, job.file.rows - job.file.left_out)
    if job.mapping.has("id") or job.mapping.has("response"):
        remark_sight(job, viewer, tree, UNSEEN_IDS)


def _batches(
    job: Job,
    reader: ResponseReader,
    asked: dict[str, MappedQuestion],
    cells: DepartmentCells[ImportedRow] | None,
) -> AsyncIterator[Batch[ImportedRow]]:
    """Rows that were read, with the keys of their departments, and named where they have no ids."""
    batches = read_rows(job, reader, asked)
    if cells is not None:
        batches = cells.resolve(batches)
    if not reader.by_id:
        batches = reader.names().name(batches)
    return narrow(batches) if is_counted(job.mapping) else batches


def _reader(
    job: Job, viewer: Viewer, tree: Tree, asked: dict[str, MappedQuestion], *, has_former: bool
) -> ResponseReader:
    find = touchpoint_finder(viewer, tree) if job.mapping.has("touchpoint") else str
    calendar = job.calendar(tree.zone)
    return ResponseReader(job.mapping, job.columns, asked, calendar, find, has_former=has_former)


def _accepting(
    viewer: Viewer, use_cases: UseCases, draft: SurveyDraft | None, note: Callable[[str], None]
) -> Accept:
    """What takes the responses in; a survey that is yet to be created is, and its key is noted."""
    if draft is None:
        return use_cases.accepting(None)
    planned = new_survey(draft, None, new_id)

    async def create() -> None:
        await use_cases.create_survey(viewer, draft)
        note(draft.key)

    return _create_first(
        create, lambda: use_cases.rehearsing(planned), use_cases.accepting(planned)
    )


def _store(job: Job, viewer: Viewer, use_cases: UseCases, accept: Accept) -> Store:
    """What stores rows, each as one response or as many."""

    async def assign(rows: Sequence[ImportedRow]) -> Sequence[Submission]:
        return await use_cases.assign(viewer, rows)

    async def store(rows: Sequence[ImportedRow]) -> Sequence[ItemResult]:
        outcomes = await accept(viewer, await assign(rows))
        known = [each.id for each in outcomes if each.fate is Fate.ALREADY_STORED]
        if known and (withdrawn := await use_cases.count_withdrawn(viewer, known)):
            job.remarks.add(STAYS_WITHDRAWN, MESSAGE, withdrawn)
        return [convert.result(outcome) for outcome in outcomes]

    async def identify(rows: Sequence[ImportedRow]) -> Sequence[str]:
        return [sent.id or "" for sent in await assign(rows)]

    if not is_counted(job.mapping):
        return store
    changes = CountChanges(identify, use_cases.look, use_cases.withdrawing, job.remarks)
    return counting(store, changes.settle, job.remarks)


def _cells(job: Job, viewer: Viewer, directory: DirectoryCopy) -> DepartmentCells[ImportedRow]:
    tree, dry_run = directory.tree, job.dry_run
    maker = rehearsed if dry_run else creator(directory, viewer)
    known = Known.of(viewer, tree)
    known.keep_totals(job.file.totals)
    return DepartmentCells(
        known,
        job.columns.label("department"),
        ImportedRow.placed,
        maker if "departments" in job.mapping.create else None,
        tree.departments[tree.root_id].key if dry_run else None,
        remarks=job.remarks,
    )


def _create_first(
    create: Callable[[], Awaitable[None]], rehearsing: Callable[[], Accept], accept: Accept
) -> Accept:
    """Create the survey once there is a response that it would take; until then responses are refused for the reasons
    that it would have."""
    creating, is_created = asyncio.Lock(), False

    async def create_and_accept(
        viewer: Viewer, submissions: Sequence[Submission]
    ) -> Sequence[SubmissionOutcome]:
        nonlocal is_created
        async with creating:
            if not is_created:
                # Each time anew: one that was foreseen before is stored only once the survey is there.
                foreseen = await rehearsing()(viewer, submissions)
                if all(outcome.fate is not Fate.STORED for outcome in foreseen):
                    return foreseen
                await create()
                is_created = True
        return await accept(viewer, submissions)

    return create_and_accept


def _without_survey(job: Job) -> Plan[ImportedRow]:
    """Every row refused: what is unknown and may not be created is an error of the row."""
    key = job.mapping.constants["survey"]

    def refuse(_: Row) -> ImportedRow:
        message = f'there is no survey "{key}"; create it first, or let the import create it'
        raise CellRefused("", "UNKNOWN_SURVEY", message)

    async def nothing(_: Sequence[ImportedRow]) -> Sequence[ItemResult]:
        return []

    return Plan(cut(job.file, refuse), nothing, lambda *_: "")
