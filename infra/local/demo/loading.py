"""Loads the demo through the public API, step by step; an interrupted load goes on at the next start."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from infra.client.api import Api
from infra.client.problem import Problem
from infra.local import datadir
from infra.local.datadir import Demo
from infra.local.demo import app_check, cards, languages, organisation, people, visit
from infra.local.demo.customers import (
    consents,
    erasing,
    identities,
    interactions,
    points,
    purchases,
    segments,
    subscriptions,
)
from infra.local.demo.pulses import rounds, running
from infra.local.demo.pulses.rounds import Pulse
from infra.local.demo.responses import responses
from infra.local.demo.staff import stints

SEED = 1
BATCH = 1_000
RESULTS = "results { status userErrors { field message code } } userErrors { field message code }"

UPSERT_DEPARTMENTS = f"""
mutation ($input: UpsertDepartmentsInput!) {{ upsertDepartments(input: $input) {{ {RESULTS} }} }}"""
UPSERT_TOUCHPOINTS = f"""
mutation ($input: UpsertTouchpointsInput!) {{ upsertTouchpoints(input: $input) {{ {RESULTS} }} }}"""
CREATE_SURVEY = """
mutation ($input: CreateSurveyInput!) {
  createSurvey(input: $input) { userErrors { field message code } }
}"""
SUBMIT_RESPONSES = f"""
mutation ($input: SubmitResponsesInput!) {{ submitResponses(input: $input) {{ {RESULTS} }} }}"""
UPSERT_EMPLOYEES = f"""
mutation ($input: UpsertEmployeesInput!) {{ upsertEmployees(input: $input) {{ {RESULTS} }} }}"""
MOVE_DEPARTMENT = """
mutation ($input: MoveDepartmentInput!) {
  moveDepartment(input: $input) { userErrors { field message code } }
}"""
CLOSE_DEPARTMENT = """
mutation ($input: CloseDepartmentInput!) {
  closeDepartment(input: $input) { userErrors { field message code } }
}"""
CHANGE_SURVEY_STATE = """
mutation ($input: ChangeSurveyStateInput!) {
  changeSurveyState(input: $input) { userErrors { field message code } }
}"""
UPSERT_CUSTOMERS = f"""
mutation ($input: UpsertCustomersInput!) {{ upsertCustomers(input: $input) {{ {RESULTS} }} }}"""
RECORD_CONSENT = f"""
mutation ($input: RecordConsentInput!) {{ recordConsent(input: $input) {{ {RESULTS} }} }}"""
RECORD_INTERACTIONS = f"""
mutation ($input: RecordInteractionsInput!) {{ recordInteractions(input: $input) {{ {RESULTS} }} }}"""
RECORD_POINTS = f"""
mutation ($input: RecordPointsInput!) {{ recordPoints(input: $input) {{ {RESULTS} }} }}"""
RECORD_PURCHASES = f"""
mutation ($input: RecordPurchasesInput!) {{ recordPurchases(input: $input) {{ {RESULTS} }} }}"""
UPSERT_SUBSCRIPTIONS = f"""
mutation ($input: UpsertSubscriptionsInput!) {{ upsertSubscriptions(input: $input) {{ {RESULTS} }} }}"""
UPSERT_SEGMENT = """
mutation ($input: UpsertSegmentInput!) { upsertSegment(input: $input) { userErrors { field message code } } }"""
UPSERT_USERS = f"""
mutation ($input: UpsertUsersInput!) {{ upsertUsers(input: $input) {{ {RESULTS} }} }}"""
UPSERT_GRANTS = f"""
mutation ($input: UpsertGrantsInput!) {{ upsertGrants(input: $input) {{ {RESULTS} }} }}"""
SET_TARGET = """
mutation ($input: SetTargetInput!) { setTarget(input: $input) { userErrors { field message code } } }"""
REGISTER_METRIC = """
mutation ($input: RegisterMetricInput!) {
  registerMetric(input: $input) { userErrors { field message code } }
}"""
START_DRIVERS = """
mutation ($input: StartDriverAnalysisInput!) {
  startDriverAnalysis(input: $input) { userErrors { field message code } }
}"""
FIND_DATA = (
    "{ departments(first: 2) { edges { node { key } } } surveys(first: 1) { edges { cursor } } }"
)


class DemoRefused(Problem):
    """The platform did not take a part of the demo."""


@dataclass(frozen=True)
class Step:
    """One call of the API and how many items it carries."""

    field: str
    document: str
    input: dict[str, Any]
    size: int = 1


@dataclass(frozen=True)
class FileStep:
    """A file of answers that an analyst imports, and how many rows it has."""

    text: str
    size: int


@dataclass(frozen=True)
class TimeStep:
    """From here on the time of the staff's service stands at an instant; None: it passes again."""

    at: datetime | None
    size: int = 0


@dataclass(frozen=True)
class PulseStep:
    """A round of questions to employees, and where everybody works."""

    pulse: Pulse
    departments: dict[str, str]

    @property
    def size(self) -> int:
        return len(self.departments)


@dataclass(frozen=True)
class ErasureStep:
    """A customer who is erased."""

    size: int = 1


AnyStep = Step | ErasureStep | FileStep | TimeStep | PulseStep


def begin(now: datetime, pulses: int) -> Demo:
    """A demo whose year ends now, with so many quarterly pulses before it."""
    until = now.astimezone(UTC).replace(microsecond=0).isoformat()
    return Demo(SEED, until, pulses=pulses)


def is_empty(api: Api) -> bool:
    """Whether there is no department but the root, and no survey."""
    data = api.query(FIND_DATA)
    return len(data["departments"]["edges"]) < 2 and not data["surveys"]["edges"]


def load(
    api: Api,
    analyst: Api,
    officer: Api,
    data_dir: Path,
    demo: Demo,
    plan: Sequence[AnyStep],
    advance: Callable[[int], None],
) -> None:
    """Store what is missing of the steps; keeps the number of those done, and reports the items of each.

    `api` calls as an admin, `analyst` as who imports files, `officer` as who approves erasures.
    """
    datadir.save_demo(data_dir, demo)
    stand = running.stand_in(data_dir)
    for number, step in enumerate(plan):
        if number >= demo.done:
            match step:
                case ErasureStep():
                    erasing.run(api, officer)
                case FileStep(text):
                    cards.send(analyst, text)
                case TimeStep(at):
                    running.stand_at(stand, at)
                case PulseStep(pulse, departments):
                    running.run(api, stand, demo.seed, pulse, departments)
                case Step():
                    _check(step, api.mutate(step.field, step.document, {"input": step.input}))
            demo = replace(demo, done=number + 1)
            datadir.save_demo(data_dir, demo)
        advance(step.size)
    datadir.save_demo(data_dir, replace(demo, complete=True))


def steps(demo: Demo, time_zone: str) -> Iterator[AnyStep]:
    """Every call, in an order in which each finds what it names."""
    today = _today(demo, time_zone)
    until = datetime.fromisoformat(demo.until)
    yield from _directory_steps()
    for part in _batches(identities.customers(demo.seed, until), identities.BATCH):
        yield Step("upsertCustomers", UPSERT_CUSTOMERS, {"customers": part}, len(part))
    for part in _batches(consents.consents(demo.seed, until), consents.BATCH):
        yield Step("recordConsent", RECORD_CONSENT, {"statements": part}, len(part))
    for part in _batches(interactions.interactions(demo.seed, until), interactions.BATCH):
        yield Step("recordInteractions", RECORD_INTERACTIONS, {"interactions": part}, len(part))
    for part in _batches(points.points(demo.seed, until), points.BATCH):
        yield Step("recordPoints", RECORD_POINTS, {"entries": part}, len(part))
    for part in _batches(subscriptions.subscriptions(demo.seed, today), subscriptions.BATCH):
        told = {"subscriptions": part}
        yield Step("upsertSubscriptions", UPSERT_SUBSCRIPTIONS, told, len(part))
    for part in _batches(purchases.purchases(demo.seed, until), purchases.BATCH):
        yield Step("recordPurchases", RECORD_PURCHASES, {"purchases": part}, len(part))
    for segment in segments.SEGMENTS:
        yield Step("upsertSegment", UPSERT_SEGMENT, segment)
    yield ErasureStep()
    yield Step("createSurvey", CREATE_SURVEY, _survey())
    yield from _submissions(responses(demo.seed, until))
    yield Step("createSurvey", CREATE_SURVEY, visit.survey())
    yield from _submissions(visit.responses(demo.seed, until))
    yield Step("createSurvey", CREATE_SURVEY, app_check.paused())
    yield from _submissions(iter(app_check.responses(demo.seed, until)))
    yield _state(app_check.PAUSED, "PAUSED")
    yield Step("createSurvey", CREATE_SURVEY, app_check.scheduled(until))
    yield FileStep(cards.written(demo.seed, today), cards.COUNT)
    yield _state(cards.SURVEY, "CLOSED")
    users, grants = people.users(), people.grants(today)
    yield Step("upsertGrants", UPSERT_GRANTS, {"grants": grants}, len(grants))
    yield Step("upsertUsers", UPSERT_USERS, {"users": users}, len(users))
    yield from _staff_steps(demo, today)
    moved_on = (today - timedelta(days=110)).replace(day=1)
    move = {"department": organisation.MOVED, "parent": organisation.MOVED_TO}
    yield Step("moveDepartment", MOVE_DEPARTMENT, {**move, "from": moved_on.isoformat()})
    merged_on = (today - timedelta(days=45)).replace(day=1)
    merge = {"department": organisation.MERGED, "mergeInto": organisation.MERGED_INTO}
    yield Step("closeDepartment", CLOSE_DEPARTMENT, {**merge, "from": merged_on.isoformat()})
    for target in organisation.targets(today):
        yield Step("setTarget", SET_TARGET, target)
    yield Step("registerMetric", REGISTER_METRIC, dict(organisation.INDEX))
    yield Step(
        "startDriverAnalysis", START_DRIVERS, organisation.driver_analysis(demo.seed, until, today)
    )


def _staff_steps(demo: Demo, today: date) -> Iterator[AnyStep]:
    """The staff list as it was before each pulse, the pulse, and the list of today."""
    worked = stints(demo.seed, today)
    heads = people.heads(worked)
    for pulse in rounds.pulses(today, demo.pulses):
        day = pulse.opens_at.date()
        yield TimeStep(pulse.opens_at - timedelta(hours=1))
        yield from _staff(rounds.known_at(worked, day), heads)
        yield PulseStep(pulse, running.people_at(worked, day))
    yield TimeStep(None)
    yield from _staff(worked, heads)


def _staff(known: Sequence[dict[str, Any]], heads: Mapping[str, str]) -> Iterator[Step]:
    told = ({**stint, **running.details_of(stint["id"], heads)} for stint in known)
    for part in _batches(told):
        yield Step("upsertEmployees", UPSERT_EMPLOYEES, {"employees": part}, len(part))


def _submissions(answered: Iterator[dict[str, Any]]) -> Iterator[Step]:
    for part in _batches(answered):
        yield Step("submitResponses", SUBMIT_RESPONSES, {"responses": part}, len(part))


def _state(survey: str, state: str) -> Step:
    return Step("changeSurveyState", CHANGE_SURVEY_STATE, {"survey": survey, "state": state})


def _directory_steps() -> Iterator[Step]:
    departments = [
        {"key": key, "name": name, "parent": parent}
        for key, name, parent in organisation.DEPARTMENTS
    ]
    former = organisation.FORMER_NAMES
    before = [{**each, "name": former.get(str(each["key"]), each["name"])} for each in departments]
    renamed = [each for each in departments if each["key"] in former]
    touchpoints = [
        {
            "key": touchpoint.key,
            "name": touchpoint.name,
            "department": touchpoint.department,
            "stage": touchpoint.stage,
            "channel": touchpoint.channel,
        }
        for touchpoint in organisation.TOUCHPOINTS
    ]
    for part in (before, renamed):
        yield Step("upsertDepartments", UPSERT_DEPARTMENTS, {"departments": part}, len(part))
    yield Step(
        "upsertTouchpoints", UPSERT_TOUCHPOINTS, {"touchpoints": touchpoints}, len(touchpoints)
    )


def _survey() -> dict[str, Any]:
    return {
        "key": organisation.SURVEY,
        "title": organisation.TITLE["text"],
        "texts": organisation.TITLE["texts"],
        "language": languages.LANGUAGES[0],
        "public": True,
        "inScorecard": True,
        "offers": {"touchpoints": [touchpoint.key for touchpoint in organisation.TOUCHPOINTS]},
        "questions": list(organisation.QUESTIONS),
    }


def _today(demo: Demo, time_zone: str) -> date:
    return datetime.fromisoformat(demo.until).astimezone(ZoneInfo(time_zone)).date()


def _batches(items: Iterator[dict[str, Any]], size: int = BATCH) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(items, size)):
        yield part


def _check(step: Step, payload: dict[str, Any]) -> None:
    """Raise the first refusal, if there is one."""
    errors = list(payload["userErrors"])
    for result in payload.get("results") or ():
        errors += result["userErrors"]
    if errors:
        first = errors[0]
        raise DemoRefused(
            f"the demo was refused in {step.field}: {first['message']} ({first['code']}); "
            "start with another --data-dir, or with --no-demo"
        )
