"""Files of responses: the survey found or created, rows into submissions, batches into the intake."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from cxm.batch.v1.batch_pb2 import ItemResult
from cxm.survey.v1 import surveys_pb2 as pb
from services.kit.directory import DirectoryCopy
from services.kit.imports.answers import CHOICES, DONT_KNOW, SCALES, SEPARATOR, Answer, Value
from services.kit.imports.batches import Batch, cut
from services.kit.imports.cells import CellRefused
from services.kit.imports.creating import creator
from services.kit.imports.departments import DepartmentCells, Known, rehearsed
from services.kit.imports.files import Row
from services.kit.imports.mapping import Mapping
from services.kit.imports.running import Job
from services.kit.imports.sections import fail, listed
from services.kit.imports.storing import Plan
from services.kit.rights.access import Viewer
from services.survey.importing.cells import MappedQuestion
from services.survey.importing.rows import ResponseReader
from services.survey.responses.domain.responses import Submission
from services.survey.responses.intake import Intake
from services.survey.surveys import convert
from services.survey.surveys.domain.drafts import check_draft
from services.survey.surveys.domain.questions import QuestionKind
from services.survey.surveys.domain.surveys import Survey

IN_FLIGHT = 2  # one is stored while the next is checked and a third one read

CreateSurvey = Callable[[Viewer, pb.CreateSurveyRequest], Awaitable[Survey]]


def plan_responses(
    job: Job,
    viewer: Viewer,
    directory: DirectoryCopy,
    survey: Survey | None,
    create: CreateSurvey,
    intake: Intake,
) -> Plan[Submission]:
    """`survey`: the one the mapping names; None where there is none, or not for this viewer."""
    if survey is None and "survey" not in job.mapping.create:
        return _without_survey(job)
    asked = _planned(job.mapping) if survey is None else _checked(job.mapping, survey)
    reader = ResponseReader(job.mapping, job.columns, asked, job.calendar(directory.tree.zone))

    request = None if survey else _new_survey(job.mapping.constants["survey"], asked)
    planned = None if request is None else convert.new_survey(convert.draft(request), None)

    async def results(submissions: Sequence[Submission]) -> Sequence[ItemResult]:
        if job.dry_run:
            outcomes = await intake.rehearse(viewer, submissions, planned)
        else:
            outcomes = await intake.accept(viewer, submissions)
        return [convert.result(outcome) for outcome in outcomes]

    batches = cut(job.file, reader.read)
    plan = Plan(batches, results, reader.column_of, in_flight=IN_FLIGHT)
    if job.mapping.has("department"):
        cells = _cells(job, viewer, directory)
        plan.batches = cells.resolve(batches)
        plan.created_departments = cells.created
    if request is not None:
        plan.batches = _create_first(plan.batches, plan, job, viewer, request, create)
    return plan


def _cells(job: Job, viewer: Viewer, directory: DirectoryCopy) -> DepartmentCells[Submission]:
    tree, dry_run = directory.tree, job.dry_run
    maker = rehearsed if dry_run else creator(directory, viewer)
    return DepartmentCells(
        Known.of(viewer, tree),
        job.columns.label("department"),
        lambda item, key: item._replace(department=key),
        maker if "departments" in job.mapping.create else None,
        tree.departments[tree.root_id].key if dry_run else None,
    )


async def _create_first(
    batches: AsyncIterator[Batch[Submission]],
    plan: Plan[Submission],
    job: Job,
    viewer: Viewer,
    request: pb.CreateSurveyRequest,
    create: CreateSurvey,
) -> AsyncIterator[Batch[Submission]]:
    """Create the survey once there is a response to store in it."""
    async for batch in batches:
        if batch.drafts and not plan.created_survey:
            if not job.dry_run:
                await create(viewer, request)
            plan.created_survey = request.survey.key
        yield batch


def _without_survey(job: Job) -> Plan[Submission]:
    """Every row refused: what is unknown and may not be created is an error of the row."""
    key = job.mapping.constants["survey"]

    def refuse(_: Row) -> Submission:
        message = f'there is no survey "{key}"; create it first, or set [create] survey = true'
        raise CellRefused("", "UNKNOWN_SURVEY", message)

    async def nothing(_: Sequence[Submission]) -> Sequence[ItemResult]:
        return []

    return Plan(cut(job.file, refuse), nothing, lambda *_: "")


def _checked(mapping: Mapping, survey: Survey) -> dict[str, MappedQuestion]:
    """The mapped questions as the survey has them; refuses a mapping that contradicts it."""
    known = {question.key: question for question in survey.questions}
    found: dict[str, MappedQuestion] = {}
    for answer in mapping.answers:
        where = f"[answers.{answer.question}]"
        question = known.get(answer.question)
        if question is None:
            fail(where, f'survey "{survey.key}" has no such question; it has: {listed(known)}')
        name = question.kind.name
        if answer.kind not in (None, name):
            fail(f"{where} kind", f"the question is {name} in the survey, not {answer.kind}")
        if answer.scale not in (None, question.scores):
            span = f"{question.low} to {question.high}"
            fail(f"{where} scale", f"the question has {span} in the survey")
        if answer.separator and question.kind is not QuestionKind.MULTIPLE_CHOICE:
            fail(f"{where} separator", f"the question is {name} in the survey; leave it out")
        options = tuple((option.key, option.text) for option in question.options)
        asked = MappedQuestion(question.key, name, question.dont_know, question.scores, options)
        _check_values(f"{where} values", answer, asked)
        found[question.key] = asked
    return found


def _planned(mapping: Mapping) -> dict[str, MappedQuestion]:
    """The questions of a survey that will be created; every one needs a kind, and a choice its options."""
    found: dict[str, MappedQuestion] = {}
    for answer in mapping.answers:
        where = f"[answers.{answer.question}]"
        absent = f'survey "{mapping.constants["survey"]}" does not exist yet'
        if answer.kind is None:
            fail(where, f'"kind" is missing; it is needed because {absent}')
        if answer.kind in CHOICES and answer.values is None:
            message = '"values" is missing; it names the options, which are needed because'
            fail(where, f'{message} {absent}: values = {{ "Too slow" = "speed" }}')
        scores = answer.scale or SCALES.get(answer.kind, range(0))
        options = _options(answer) if answer.kind in CHOICES else ()
        asked = MappedQuestion(
            answer.question, answer.kind, answer.allows_dont_know, scores, options
        )
        _check_values(f"{where} values", answer, asked)
        found[answer.question] = asked
    return found


def _options(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Options in the order of `values`; of several labels for one option the first is its text."""
    texts: dict[str, str] = {}
    for label, key in (answer.values or {}).items():
        texts.setdefault(str(key), label)
    return tuple(texts.items())


def _new_survey(key: str, asked: dict[str, MappedQuestion]) -> pb.CreateSurveyRequest:
    """A survey that is not public; made again by a second run it is the same one."""
    questions = [
        pb.Question(
            key=q.key,
            kind=QuestionKind[q.kind],  # type: ignore[arg-type]
            text=q.key,
            dont_know=q.dont_know,
            scale=pb.Scale(low=q.scores[0], high=q.scores[-1]) if q.kind == "RATING" else None,
            options=[pb.Option(key=key, text=text) for key, text in q.options],
        )
        for q in asked.values()
    ]
    survey = pb.Survey(key=key, title=key, public=False, in_scorecard=True, questions=questions)
    request = pb.CreateSurveyRequest(survey=survey)
    for refusal in check_draft(convert.draft(request)):
        match refusal.field:
            case ("questions", place, "options", *_):
                where = f"[answers.{questions[int(place)].key}] values"
                fail(where, f"the options cannot be created: {refusal.message}")
    return request


def _check_values(where: str, answer: Answer, asked: MappedQuestion) -> None:
    """Labels must stand for what the question takes."""
    if answer.values is None:
        return
    if asked.kind == "TEXT":
        fail(where, "the question is TEXT in the survey and has no values")
    for label, value in answer.values.items():
        if asked.kind in CHOICES:
            _check_option(where, label, value, answer, asked)
        elif isinstance(value, str) and value != DONT_KNOW:
            fail(where, f'"{label}" = "{value}": {asked.kind} takes whole numbers or "{DONT_KNOW}"')
        elif isinstance(value, int) and value not in asked.scores:
            span = f"{asked.scores.start} to {asked.scores.stop - 1}"
            fail(where, f'"{label}" = {value}: {asked.kind} is {span}')


def _check_option(
    where: str, label: str, value: Value, answer: Answer, asked: MappedQuestion
) -> None:
    keys = [key for key, _ in asked.options]
    if not isinstance(value, str):
        fail(where, f'"{label}" = {value}: {asked.kind} takes the key of an option in quotes')
    if value not in keys:
        fail(where, f'"{label}" = "{value}": no such option; the question has: {listed(keys)}')
    separator = answer.separator or SEPARATOR
    if asked.kind == "MULTIPLE_CHOICE" and separator in label:
        fail(where, f'"{label}" has the separator "{separator}" in it; set another separator')
