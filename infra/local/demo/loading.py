"""Loads the demo through the public API, step by step; an interrupted load goes on at the next start."""

from collections.abc import Callable, Iterator
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
from infra.local.demo import organisation, visit
from infra.local.demo.responses import COUNT, responses
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


def begin(now: datetime) -> Demo:
    """A demo whose year ends now."""
    return Demo(SEED, now.astimezone(UTC).replace(microsecond=0).isoformat())


def is_empty(api: Api) -> bool:
    """Whether there is no department but the root, and no survey."""
    data = api.query(FIND_DATA)
    return len(data["departments"]["edges"]) < 2 and not data["surveys"]["edges"]


def load(
    api: Api, data_dir: Path, demo: Demo, time_zone: str, advance: Callable[[int], None]
) -> None:
    """Store what is missing; keeps the number of steps done, and reports the items of each step."""
    datadir.save_demo(data_dir, demo)
    for number, step in enumerate(steps(demo, time_zone)):
        if number >= demo.done:
            _check(step, api.mutate(step.field, step.document, {"input": step.input}))
            demo = replace(demo, done=number + 1)
            datadir.save_demo(data_dir, demo)
        advance(step.size)
    datadir.save_demo(data_dir, replace(demo, complete=True))


def size(demo: Demo, time_zone: str) -> int:
    """How many items all steps carry together."""
    today = _today(demo, time_zone)
    renamed = len(organisation.FORMER_NAMES)
    others = len(organisation.DEPARTMENTS) + renamed + len(organisation.TOUCHPOINTS) + 4
    return others + COUNT + visit.COUNT + len(stints(demo.seed, today))


def steps(demo: Demo, time_zone: str) -> Iterator[Step]:
    """Every call, in an order in which each finds what it names."""
    today = _today(demo, time_zone)
    yield from _directory_steps()
    yield Step("createSurvey", CREATE_SURVEY, _survey())
    for part in _batches(responses(demo.seed, datetime.fromisoformat(demo.until))):
        yield Step("submitResponses", SUBMIT_RESPONSES, {"responses": part}, len(part))
    yield Step("createSurvey", CREATE_SURVEY, visit.survey())
    for part in _batches(visit.responses(demo.seed, datetime.fromisoformat(demo.until))):
        yield Step("submitResponses", SUBMIT_RESPONSES, {"responses": part}, len(part))
    for part in _batches(iter(stints(demo.seed, today))):
        yield Step("upsertEmployees", UPSERT_EMPLOYEES, {"employees": part}, len(part))
    moved_on = (today - timedelta(days=110)).replace(day=1)
    move = {"department": organisation.MOVED, "parent": organisation.MOVED_TO}
    yield Step("moveDepartment", MOVE_DEPARTMENT, {**move, "from": moved_on.isoformat()})
    merged_on = (today - timedelta(days=45)).replace(day=1)
    merge = {"department": organisation.MERGED, "mergeInto": organisation.MERGED_INTO}
    yield Step("closeDepartment", CLOSE_DEPARTMENT, {**merge, "from": merged_on.isoformat()})


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
        "title": "How was your contact with us?",
        "public": True,
        "inScorecard": True,
        "offers": {"touchpoints": [touchpoint.key for touchpoint in organisation.TOUCHPOINTS]},
        "questions": list(organisation.QUESTIONS),
    }


def _today(demo: Demo, time_zone: str) -> date:
    return datetime.fromisoformat(demo.until).astimezone(ZoneInfo(time_zone)).date()


def _batches(items: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(items, BATCH)):
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
