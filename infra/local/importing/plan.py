"""An import put together: the file, its mapping and what the platform says, as batches for one mutation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from infra.local.api import Api, Json
from infra.local.importing import departments, surveys
from infra.local.importing.batches import RESPONSE_CHARACTERS, Batch, cut, cut_drafts
from infra.local.importing.departments import DepartmentReader
from infra.local.importing.directory import Departments, Resolver
from infra.local.importing.employees import EmployeeReader
from infra.local.importing.responses import Question, ResponseReader
from infra.local.importing.sending import Target
from infra.local.importing.touchpoints import TouchpointReader
from services.kit.cells import CellRefused, Columns
from services.kit.dates import Calendar, find_zone
from services.kit.files import Row, TextFile
from services.kit.mapping import Mapping

ABOUT: Final = "query About { viewer { timeZone } organization { key } }"
RESPONSES_IN_FLIGHT: Final = 3


@dataclass(frozen=True, slots=True)
class Job:
    """What one command works on."""

    api: Api
    mapping: Mapping
    file: TextFile
    dry_run: bool


@dataclass(slots=True)
class Plan:
    """Where the batches go, and what is created on the way (complete once they were all taken)."""

    target: Target
    batches: Iterator[Batch]
    created_survey: str | None = None
    departments: Departments | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the platform says of itself; also the proof that address and token are good."""

    zone: ZoneInfo
    root: str | None  # None: the token may not see the root


def prepare(job: Job) -> Plan:
    """Ask and check everything that can stop the whole import; nothing is stored before the first batch is taken."""
    columns = Columns(job.mapping, job.file)
    said = job.api.query(ABOUT)
    organization = said["organization"]
    about = About(find_zone(said["viewer"]["timeZone"]), organization and organization["key"])
    match job.mapping.kind:
        case "departments":
            return _departments(job, columns, about)
        case "touchpoints":
            return _touchpoints(job, columns, about)
        case "employees":
            return _employees(job, columns, about)
        case "responses":
            return _responses(job, columns, about)


def _departments(job: Job, columns: Columns, about: About) -> Plan:
    reader = DepartmentReader(columns)
    drafts, refusals = departments.read_tree(job.file, reader)
    if job.dry_run:
        known = Departments.read(job.api)
        drafts, foreseen = departments.foresee(columns, drafts, known, about.root)
        refusals += foreseen
    target = Target("upsertDepartments", "departments", reader.column_of)
    return Plan(target, cut_drafts(drafts, refusals))


def _touchpoints(job: Job, columns: Columns, about: About) -> Plan:
    reader = TouchpointReader(columns)
    resolver = _resolver(job, columns, about)
    target = Target("upsertTouchpoints", "touchpoints", reader.column_of)
    batches = map(resolver.resolve, cut(job.file, reader.read))
    return Plan(target, batches, departments=resolver.departments)


def _employees(job: Job, columns: Columns, about: About) -> Plan:
    reader = EmployeeReader(job.mapping, columns, _calendar(job, about))
    resolver = _resolver(job, columns, about)
    target = Target("upsertEmployees", "employees", reader.column_of)
    batches = map(resolver.resolve, cut(job.file, reader.read))
    return Plan(target, batches, departments=resolver.departments)


def _responses(job: Job, columns: Columns, about: About) -> Plan:
    mapping, survey = job.mapping, job.mapping.constants["survey"]
    questions = surveys.find_questions(job.api, survey)
    absent = questions is None
    if questions is None:
        if "survey" not in mapping.create:
            return _no_survey(job, survey)
        questions = surveys.planned_questions(mapping)
    else:
        surveys.check_questions(mapping, questions)
    reader = ResponseReader(mapping, columns, questions, _calendar(job, about))
    batches = cut(job.file, reader.read, RESPONSE_CHARACTERS)
    plan = Plan(
        Target("submitResponses", "responses", reader.column_of, RESPONSES_IN_FLIGHT), batches
    )
    if mapping.has("department"):
        resolver = _resolver(job, columns, about)
        plan.departments = resolver.departments
        plan.batches = map(resolver.resolve, plan.batches)
    if absent:
        plan.batches = _create_first(job, plan, survey, questions, plan.batches)
    return plan


def _create_first(
    job: Job, plan: Plan, survey: str, questions: dict[str, Question], batches: Iterator[Batch]
) -> Iterator[Batch]:
    """Create the survey once there is a response to store in it."""
    for batch in batches:
        if batch.drafts and plan.created_survey is None:
            if not job.dry_run:
                surveys.create_survey(job.api, survey, questions)
            plan.created_survey = survey
        yield batch


def _no_survey(job: Job, survey: str) -> Plan:
    """Every row refused: what is unknown and may not be created is an error of the row."""

    def refuse(_: Row) -> Json:
        raise CellRefused(
            "",
            "UNKNOWN_SURVEY",
            f'there is no survey "{survey}"; create it first, or set [create] survey = true',
        )

    return Plan(Target("submitResponses", "responses", lambda *_: ""), cut(job.file, refuse))


def _resolver(job: Job, columns: Columns, about: About) -> Resolver:
    return Resolver(
        job.api,
        Departments.read(job.api),
        root=about.root,
        column=columns.label("department"),
        create="departments" in job.mapping.create,
        rehearsal=job.dry_run,
    )


def _calendar(job: Job, about: About) -> Calendar:
    zone = job.mapping.format.timezone
    naive = find_zone(zone) if zone else about.zone
    return Calendar(job.mapping.format.dates, naive=naive, local=about.zone)
