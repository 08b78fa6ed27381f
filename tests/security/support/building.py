"""The small world, stored through the public API."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from tests.security.support.asking import Asking
from tests.security.support.model import Grant, Viewer, World
from tests.security.support.small_world import KEYS, PLACES

ADMIN = Viewer("the-admin", (Grant("admin", None),))
NAMESPACE = UUID("00000000-0000-4000-8000-00000000c0de")
PRIVATE, PUBLIC = "pulse", "street"

BUILD = """mutation ($departments: [DepartmentInput!]!, $touchpoints: [TouchpointInput!]!,
    $employees: [EmployeeInput!]!) {
  upsertDepartments(input: {departments: $departments}) { results { status userErrors { message } } }
  upsertTouchpoints(input: {touchpoints: $touchpoints}) { results { status userErrors { message } } }
  upsertEmployees(input: {employees: $employees}) { results { status userErrors { message } } }
  pulse: createSurvey(input: {key: "pulse", title: "Pulse", questions: [{key: "recommend", kind: NPS, text: "?"},
    {key: "why", kind: TEXT, text: "?"}]}) { userErrors { message } }
  street: createSurvey(input: {key: "street", title: "Street", public: true, department: "south", inScorecard: false,
    questions: [{key: "recommend", kind: NPS, text: "?"}]}) { userErrors { message } } }"""
SUBMIT = """mutation ($input: SubmitResponsesInput!) { submitResponses(input: $input) {
  results { status userErrors { code message } } userErrors { code } } }"""
MOVE = """mutation ($department: String!, $parent: String!, $from: Date!) {
  moveDepartment(input: {department: $department, parent: $parent, from: $from}) { userErrors { message } } }"""
IDS = """{ departments(first: 100) { edges { cursor node { id key
    touchpoints(first: 10) { edges { node { id key } } } } } }
  surveys(first: 10) { edges { node { id key } } } }"""

COUNTED = """{ organization { scorecard(period: {from: "2025-01-01", to: "2120-01-01"}) { nps { base } } } }"""
COUNTED_SECONDS = 60.0


@dataclass(frozen=True)
class Built:
    """A stored world, and the ids and cursors that an admin sees."""

    world: World
    ids: dict[str, str]
    touchpoints: dict[str, str]
    surveys: dict[str, str]
    cursors: dict[str, str]


def department_inputs() -> list[dict[str, Any]]:
    """As they are stored, without the root."""
    return [
        {"key": key, "name": f"Name of {key}", "parent": parent}
        for key, parent, *_ in PLACES
        if parent
    ]


def touchpoint_inputs() -> list[dict[str, Any]]:
    return [{"key": f"tp-{key}", "name": f"Touchpoint of {key}", "department": key} for key in KEYS]


def employee_inputs() -> list[dict[str, Any]]:
    return [{"id": f"e-{key}", "department": key, "startedOn": "2025-01-01"} for key in KEYS]


def response_id(number: int) -> str:
    return str(uuid5(NAMESPACE, str(number)))


def response_inputs(world: World) -> Iterator[dict[str, Any]]:
    """The world's responses; the first of each department is what repeats are tried with."""
    for number, given in enumerate(world.responses):
        yield {
            "id": response_id(number),
            "survey": PRIVATE,
            "touchpoint": f"tp-{given.department}",
            "occurredAt": f"{given.day.isoformat()}T12:00:00Z",
            "answers": [
                {"question": "recommend", "score": given.score},
                {"question": "why", "text": f"words of {given.department}"},
            ],
        }


async def build(asking: Asking, world: World) -> Built:
    """Store the world, until its responses count; what was not stored fails."""
    inputs = {
        "departments": department_inputs(),
        "touchpoints": touchpoint_inputs(),
        "employees": employee_inputs(),
    }
    await _must(asking, BUILD, inputs)
    for key, _, later, days in PLACES:
        if later is not None:
            day = world.today + timedelta(days=days)
            await _must(asking, MOVE, {"department": key, "parent": later, "from": day.isoformat()})
    await _must(asking, SUBMIT, {"input": {"responses": [*response_inputs(world)]}})
    async with asyncio.timeout(COUNTED_SECONDS):
        while await _counted(asking) != len(world.responses):  # noqa: ASYNC110 - another process counts
            await asyncio.sleep(0.05)
    return await look_up(asking, world)


async def _counted(asking: Asking) -> int:
    """Responses behind the root's score: a score follows what is stored within a moment."""
    found = await _must(asking, COUNTED, {})
    base: int = found["organization"]["scorecard"]["nps"]["base"]
    return base


async def look_up(asking: Asking, world: World) -> Built:
    """The ids of a world that was stored before."""
    found = await _must(asking, IDS, {})
    departments = [edge["node"] for edge in found["departments"]["edges"]]
    return Built(
        world,
        {d["key"]: d["id"] for d in departments},
        {e["node"]["key"]: e["node"]["id"] for d in departments for e in d["touchpoints"]["edges"]},
        {e["node"]["key"]: e["node"]["id"] for e in found["surveys"]["edges"]},
        {e["node"]["key"]: e["cursor"] for e in found["departments"]["edges"]},
    )


async def _must(asking: Asking, query: str, variables: dict[str, Any]) -> Any:
    answer = await asking.graphql(query, asking.token(ADMIN), variables)
    assert '"errors"' not in answer.text, answer.text
    assert "REFUSED" not in answer.text, answer.text
    assert '"message"' not in answer.text, answer.text
    return answer.body["data"]
