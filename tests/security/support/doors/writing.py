"""Doors that change something: each is tried with what is stored already, so that the world stays as it is."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.security.support.asking import Asking
from tests.security.support.building import (
    PRIVATE,
    PUBLIC,
    department_inputs,
    employee_inputs,
    response_id,
    response_inputs,
    touchpoint_inputs,
)
from tests.security.support.cells import Cells
from tests.security.support.doors.reading import Door, Look, codes
from tests.security.support.model import ABSENT, FORBIDDEN, SEEN, Model, World
from tests.security.support.small_world import ABSENT_KEY, ASKED, KEYS

PUBLIC_ID = "0199f5a8-7c1e-4000-8000-0000000000aa"

Item = dict[str, Any]
Batch = tuple[str, str, Callable[[], list[Item]], Callable[[Model, Item], str]]

DEPARTMENTS = """mutation ($items: [DepartmentInput!]!) { done: upsertDepartments(input: {departments: $items}) {
  results { status userErrors { code message } } userErrors { code } } }"""
TOUCHPOINTS = """mutation ($items: [TouchpointInput!]!) { done: upsertTouchpoints(input: {touchpoints: $items}) {
  results { status userErrors { code message } } userErrors { code } } }"""
EMPLOYEES = """mutation ($items: [EmployeeInput!]!) { done: upsertEmployees(input: {employees: $items}) {
  results { status userErrors { code message } } userErrors { code } } }"""
RESPONSES = """mutation ($items: [SubmitResponseInput!]!) { done: submitResponses(input: {responses: $items}) {
  results { status receipt userErrors { code message } } userErrors { code } } }"""


RESPONSE = """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) {
  response { id } userErrors { code } } }"""


def _absent(items: list[Item], **changes: str) -> list[Item]:
    """The same for a department that is not there."""
    return [*items, items[-1] | changes]


def _departments() -> list[Item]:
    """As they hang today, so that nothing moves."""
    items = [i for i in department_inputs() if i["key"] not in ("moved", "arrived")]
    return _absent(items, key="new", parent=ABSENT_KEY)


def _owners(item: Item) -> list[str]:
    """The department itself, where it is there, and what it hangs under."""
    return [item["parent"]] if item["key"] == "new" else [item["key"], item["parent"]]


def _stored(result: Item) -> str:
    if not result["userErrors"]:
        return SEEN if result["status"] == "ALREADY_STORED" else str(result["status"])
    return FORBIDDEN if result["userErrors"][0]["code"] == "FORBIDDEN" else ABSENT


async def _batch(
    look: Look,
    door: str,
    query: str,
    items: list[Item],
    right: str,
    owner: Callable[[Item], list[str]],
) -> None:
    """Items of which each names the departments it is about."""
    answer = await look.ask(query, {"items": items})
    told = codes(answer.body)
    if look.model.anywhere(right) != SEEN:
        look.check("write", door, FORBIDDEN, told.get("done", "no error"))
        return
    results = (answer.body["data"] or {}).get("done", {}).get("results", [])
    look.check("write", f"{door}: results", len(items), len(results))
    for item, result in zip(items, results, strict=False):
        asked = [look.model.on(right, key) for key in owner(item)]
        expected = ABSENT if ABSENT in asked else FORBIDDEN if FORBIDDEN in asked else SEEN
        look.check("write", f"{door} of {owner(item)}", expected, _stored(result))


async def upserts(look: Look) -> None:
    """Departments, touchpoints and employees again, as they are stored."""
    touchpoints = _absent(touchpoint_inputs(), key="new", department=ABSENT_KEY)
    employees = _absent(employee_inputs(), id="new", department=ABSENT_KEY)
    for (
        item
    ) in _departments():  # apart: what is hidden counts as new for what hangs under it in one call
        await _batch(look, "departments", DEPARTMENTS, [item], "departments+", _owners)
    for door, query, items, right in (
        ("touchpoints", TOUCHPOINTS, touchpoints, "touchpoints+"),
        ("employees", EMPLOYEES, employees, "employees"),
    ):
        await _batch(look, door, query, items, right, lambda item: [item["department"]])


async def stints(look: Look) -> None:
    """A stint corrected into what it is, and one removed that never was; who may not change it hears of none."""
    for key in KEYS:
        for asked in (CORRECT_STINT, REMOVE_STINT):
            variables = {"id": f"e-{key}"} | ({"department": key} if asked is CORRECT_STINT else {})
            answer = await look.ask(asked, variables)
            expected = look.model.anywhere("employees")
            if expected == SEEN and look.model.on("employees", key) != SEEN:
                expected = ABSENT
            done = (answer.body["data"] or {}).get("s")
            found = codes(answer.body).get("s", SEEN)
            if done and done["userErrors"]:
                is_absent = done["userErrors"][0]["code"] == "UNKNOWN_STINT"
                found = ABSENT if is_absent else str(done["userErrors"])
            look.check("write", f"stint of {key}", expected, found)


async def details(look: Look) -> None:
    """Nothing said of each employee; who may not change one hears of none."""
    for key in KEYS:
        answer = await look.ask(SET_DETAILS, {"id": f"e-{key}"})
        expected = look.model.anywhere("employees")
        if expected == SEEN and look.model.on("employees", key) != SEEN:
            expected = ABSENT
        found = codes(answer.body).get("s", SEEN)
        done = (answer.body["data"] or {}).get("s")
        if done and (errors := done["results"][0]["userErrors"]):
            found = ABSENT if errors[0]["code"] == "UNKNOWN_EMPLOYEE" else str(errors)
        look.check("write", f"details of {key}", expected, found)


async def submissions(look: Look) -> None:
    """Responses to a survey that is not public, again with their ids: only who may submit hears that they are there."""
    first = {r["touchpoint"]: r for r in reversed([*response_inputs(look.built.world)])}
    items = [first[f"tp-{key}"] for key in KEYS]
    answer = await look.ask(RESPONSES, {"items": items})
    for key, result in zip(KEYS, answer.body["data"]["done"]["results"], strict=True):
        allowed = look.model.on("submit", key) == SEEN
        look.check("submit", key, allowed, _stored(result) == SEEN)
        look.check("submit", f"receipt of {key}", None, result["receipt"])


async def anonymous(asking: Asking, cells: Cells, world: World) -> None:
    """Without a token: public surveys only, and one that is not public is refused as one that is not there."""
    known = next(response_inputs(world))
    street = {"survey": PUBLIC, "id": PUBLIC_ID, "answers": known["answers"][:1]}
    items = [known, known | {"survey": ABSENT_KEY}, known | {"id": PUBLIC_ID}]
    body = (await asking.graphql(RESPONSES, None, {"items": items})).body
    stored, absent, new = body["data"]["done"]["results"]
    for case, result in (("stored", stored), ("new", new)):
        same = result["userErrors"] == absent["userErrors"] and result["status"] == "REFUSED"
        cells.check(
            "submit", "anonymous", f"{case} as of an absent survey", expected=True, observed=same
        )
    answer = await asking.graphql(RESPONSE, None, {"input": street})
    taken = '"userErrors":[]' in answer.text
    cells.check("submit", "anonymous", "public", expected=True, observed=taken)


async def moves(look: Look) -> None:
    """Where it hangs already."""
    today = look.model.world.today.isoformat()
    parents = {
        k: d.parent_on(look.model.world.today) for k, d in look.model.world.departments.items()
    }
    moved = {key: parent for key, parent in parents.items() if parent}
    for key in (*moved, ABSENT_KEY):
        asked = (
            f'mutation {{ m: moveDepartment(input: {{department: "{key}", parent: "{moved.get(key, "own")}", '
            f'from: "{today}"}}) {{ userErrors {{ code }} }} }}'
        )
        body = (await look.ask(asked)).body
        look.check("move", key, _moving(look.model, key, moved), _moved(body))


async def closings(look: Look) -> None:
    """Reopened, which nothing stored needs; closed in a dry run."""
    today = look.model.world.today.isoformat()
    for key in (*look.model.world.departments, ABSENT_KEY):
        right = look.model.on("move", key) if look.model.anywhere("move") == SEEN else FORBIDDEN
        reopen = f'mutation {{ m: reopenDepartment(input: {{department: "{key}"}}) {{ userErrors {{ code }} }} }}'
        look.check("reopen", key, right, _moved((await look.ask(reopen)).body))
        close = (
            f'mutation {{ m: closeDepartment(input: {{department: "{key}", from: "{today}", dryRun: true}}) '
            "{ userErrors { code } } }"
        )
        look.check("close", key, right, _judged((await look.ask(close)).body))


def _judged(body: Any) -> str:
    """As `_moved`; what stands against it is told only where it is seen."""
    told = codes(body).get("m")
    why = {error["code"] for error in ((body["data"] or {}).get("m") or {}).get("userErrors", ())}
    return told or (SEEN if why <= {"DEPARTMENT_IN_USE", "ROOT_CLOSED"} else ABSENT)


def _moving(model: Model, key: str, parents: Mapping[str, str]) -> str:
    if model.anywhere("move") != SEEN:
        return FORBIDDEN
    asked = {model.on("move", key), model.on("move", parents.get(key, "own"))}
    return next(right for right in (ABSENT, FORBIDDEN, SEEN) if right in asked)


def _moved(body: Any) -> str:
    told = codes(body).get("m")
    return told or (ABSENT if body["data"]["m"]["userErrors"] else SEEN)


async def drivers(look: Look) -> None:
    """An analysis of a survey that is not there, and the end of one that is not."""
    body = (await look.ask(CANCEL_DRIVERS)).body
    look.check("drivers", "cancel", [{"code": "NOT_FOUND"}], body["data"]["t"]["userErrors"])
    for key in ASKED:
        body = (await look.ask(START_DRIVERS, {"key": key})).body
        done = (body["data"] or {}).get("t") or {"userErrors": []}
        found = [error["code"] for error in done["userErrors"]]
        told = {"UNKNOWN_SURVEY": SEEN, "NOT_FOUND": ABSENT}
        observed = told.get(" ".join(found), str(found))
        look.check("drivers", key, look.model.on("drivers", key), codes(body).get("t", observed))


async def alerts(look: Look) -> None:
    """One that is not there."""
    body = (await look.ask(ACKNOWLEDGE_ALERT)).body
    done = (body["data"] or {}).get("t") or {"userErrors": []}
    told = [error["code"] for error in done["userErrors"]]
    observed = SEEN if told == ["UNKNOWN_ALERT"] else str(told)
    look.check("alerts", "one", look.model.anywhere("alerts"), codes(body).get("t", observed))


async def targets(look: Look) -> None:
    """One that no score can reach, and the removal of one that is not there."""
    for key in ASKED:
        for asked, told in ((SET_TARGET, ["VALUE_OUT_OF_RANGE"]), (REMOVE_TARGET, [])):
            body = (await look.ask(asked, {"key": key})).body
            done = (body["data"] or {}).get("t") or {"userErrors": []}
            found = [error["code"] for error in done["userErrors"]]
            observed = SEEN if found == told else ABSENT if found == ["NOT_FOUND"] else str(found)
            expected = look.model.on("targets", key)
            look.check("target", f"{key} {told}", expected, codes(body).get("t", observed))


async def invitations(look: Look) -> None:
    """For a respondent of each department."""
    for key in ASKED:
        asked = (
            f'mutation {{ i: createInvitations(input: {{survey: "{PRIVATE}", for: [{{department: "{key}"}}]}}) '
            "{ invitations { token } userErrors { code } } }"
        )
        body = (await look.ask(asked)).body
        made = bool(((body.get("data") or {}).get("i") or {}).get("invitations"))
        expected = look.model.on("submit", key)
        look.check("invite", key, expected == SEEN, made)
        if expected == FORBIDDEN:
            look.check("invite", f"{key} is forbidden", FORBIDDEN, codes(body).get("i"))


async def corrections(look: Look) -> None:
    """Without a receipt: a response that is there is refused as one that is not, but to who may correct it."""
    responses = look.model.world.responses
    for asked, what in ((WITHDRAW, "withdraw"), (CORRECT, "correct")):
        absent = await _change(look, asked, "01900000-0000-4000-8000-000000000001")
        told = 'userErrors":[{' in absent[1] or '"errors"' in absent[1]
        look.check(what, "refused", expected=True, observed=told)
        for number in (0, len(responses) - 1):
            if responses[number].department not in look.model.reach(what):
                refused = await _change(look, asked, response_id(number))
                look.check(what, f"response {number} as an absent one", absent, refused)


async def imports(look: Look) -> None:
    """Taken back: who imports hears that none is there; all others that they may not."""
    answer = await look.ask(TAKE_BACK)
    done = (answer.body.get("data") or {}).get("t")
    told = done["userErrors"][0]["code"] if done and done["userErrors"] else "nothing"
    expected = look.model.anywhere("submit")
    observed = codes(answer.body).get("t", ABSENT if told == "UNKNOWN_IMPORT" else told)
    look.check("take back", "absent", ABSENT if expected == SEEN else expected, observed)


async def _change(look: Look, asked: str, id_: str) -> tuple[int, str, Any]:
    return (await look.ask(asked, {"id": id_})).without(id_)


CORRECT_STINT = """mutation ($id: ID!, $department: String!) { s: correctStint(input: {id: $id,
  startedOn: "2025-01-01", correct: {department: $department, startedOn: "2025-01-01"}}) { userErrors { code } } }"""
REMOVE_STINT = """mutation ($id: ID!) { s: removeStint(input: {id: $id, startedOn: "2020-01-01"}) {
  userErrors { code } } }"""
SET_DETAILS = """mutation ($id: ID!) { s: setEmployeeDetails(input: {employees: [{id: $id}]}) {
  results { userErrors { code } } userErrors { code } } }"""
START_DRIVERS = """mutation ($key: String!) { t: startDriverAnalysis(input: {department: $key, survey: "none",
  metric: "nps", period: {from: "2026-01-01", to: "2026-02-01"}}) { userErrors { code } } }"""
CANCEL_DRIVERS = """mutation { t: cancelDriverAnalysis(input: {id: "01900000-0000-7000-8000-000000000001"}) {
  userErrors { code } } }"""
ACKNOWLEDGE_ALERT = """mutation {
  t: acknowledgeAlert(input: {id: "01900000-0000-7000-8000-000000000001", action: ACTING}) { userErrors { code } } }"""
SET_TARGET = """mutation ($key: String!) { t: setTarget(input: {department: $key, metric: "nps", value: 1000,
  side: COMPANY, due: "2030-01-01"}) { userErrors { code } } }"""
REMOVE_TARGET = """mutation ($key: String!) { t: removeTarget(input: {department: $key, metric: "nps"}) {
  userErrors { code } } }"""
WITHDRAW = """mutation ($id: ID!) { withdrawResponse(input: {id: $id}) {
  response { id } userErrors { code message } } }"""
CORRECT = """mutation ($id: ID!) { correctResponse(input: {id: $id, answers: [{question: "recommend", score: 1}]}) {
  response { id } userErrors { code message } } }"""
TAKE_BACK = """mutation { t: takeBackImport(input: {id: "01900000-0000-7000-8000-000000000001"}) {
  withdrawn userErrors { code } } }"""
HEAVY = ("startReconciliation", "startRebuild")  # tried by those only who may not
WHOLE: Mapping[str, tuple[str, str]] = {
    "createSurvey": (
        'createSurvey(input: {key: "pulse", title: "Pulse", questions: [{key: "recommend", kind: NPS, text: "?"}, '
        '{key: "why", kind: TEXT, text: "?"}]}) { userErrors { code } }',
        "surveys+",
    ),
    "updateSurvey": ('updateSurvey(input: {key: "pulse", title: "Pulse"}) { userErrors { code } }', "surveys!"),
    "publish": ('updateSurvey(input: {key: "street", public: true}) { userErrors { code } }', "surveys!"),
    "changeSurveyState": (
        'changeSurveyState(input: {survey: "pulse", state: LIVE}) { userErrors { code } }',
        "surveys!",
    ),
    "registerMetric": (
        'registerMetric(input: {key: "happy", name: "Happy", item: {kind: NPS}, statistic: SHARE, answers: ["10"]}) '
        "{ userErrors { code } }",
        "metrics",
    ),
    "upsertGrants": (
        'upsertGrants(input: {grants: [{subject: "oidc:x", role: ANALYST}]}) { userErrors { code } }',
        "grants",
    ),
    "upsertUsers": (
        'upsertUsers(input: {users: [{subject: "oidc:x", name: "X"}]}) { userErrors { code } }',
        "users",
    ),
    "eraseEmployee": (
        'eraseEmployee(input: {id: "nobody"}) { erased userErrors { code } }',
        "erase",
    ),
    "revokeGrants": (
        'revokeGrants(input: {ids: ["01900000-0000-7000-8000-000000000000"]}) { userErrors { code } }',
        "grants",
    ),
    "replayDeadLetters": ("replayDeadLetters(service: METRICS) { replayed }", "replay"),
    "startReconciliation": ("startReconciliation { state }", "reconcile"),
    "startRebuild": ("startRebuild { state }", "reconcile"),
}  # fmt: skip


async def organisation(look: Look) -> None:
    """What is changed for all."""
    for case, (asked, right) in WHOLE.items():
        if case in HEAVY and look.model.whole(right) == SEEN:
            continue
        body = (await look.ask(f"mutation {{ w: {asked} }}")).body
        done = (body.get("data") or {}).get("w")
        observed = codes(body).get("w", SEEN)
        if isinstance(done, dict) and done.get("userErrors"):
            told = [error["code"] for error in done["userErrors"]]
            observed = SEEN if told == ["UNKNOWN_EMPLOYEE"] else str(told)
        look.check("whole", case, look.model.whole(right), observed)


NO_WAVE = {
    "openWave": f'openWave(input: {{key: "{ABSENT_KEY}"}}) {{ userErrors {{ code }} }}',
    "closeWave": f'closeWave(input: {{key: "{ABSENT_KEY}", reason: "x"}}) {{ userErrors {{ code }} }}',
    "removeWave": f'removeWave(input: {{key: "{ABSENT_KEY}"}}) {{ userErrors {{ code }} }}',
}  # fmt: skip


async def waves(look: Look) -> None:
    """A draft is made, and what is not there is opened, closed and removed: by who may plan waves."""
    asked = {
        "upsertWave": 'upsertWave(input: {key: "draft", kind: PULSE, name: "Draft", language: "en", questions: '
        '[{key: "heard", kind: AGREEMENT, text: "?"}]}) { userErrors { code } }',
        **NO_WAVE,
    }  # fmt: skip
    may = look.model.whole("waves")
    for case, mutation in asked.items():
        body = (await look.ask(f"mutation {{ w: {mutation} }}")).body
        done = (body.get("data") or {}).get("w")
        told = [error["code"] for error in done["userErrors"]] if done else codes(body).get("w")
        seen: list[str] = ["UNKNOWN_WAVE"] if case in NO_WAVE else []
        look.check("waves", case, seen if may == SEEN else may, told)


DOORS: tuple[Door, ...] = (
    upserts,
    stints,
    details,
    submissions,
    moves,
    closings,
    targets,
    alerts,
    drivers,
    invitations,
    corrections,
    imports,
    waves,
    organisation,
)
