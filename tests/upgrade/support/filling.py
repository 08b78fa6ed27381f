"""Small data with something of everything: the ids, dates and seeds are fixed, so that a dump can be made again."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.support.platform import Running
from tests.upgrade.support import staff

Json = dict[str, Any]

TIME_ZONE = "Europe/Riga"
START, END = date(2025, 9, 1), date(2026, 11, 1)  # 14 months of responses
SECOND_VERSION = date(2026, 4, 1)  # responses from here on answer the survey's second version
RESPONSES = 400
DIRECTORY = """mutation {
  upsertDepartments(input: {departments: [
    {key: "field", name: "Field", parent: "root"}, {key: "north", name: "North", parent: "field"},
    {key: "south", name: "South", parent: "field"}, {key: "riga", name: "Rīga", parent: "north"},
    {key: "valmiera", name: "Valmiera", parent: "north"}, {key: "liepaja", name: "Liepāja", parent: "south"},
    {key: "care", name: "Care", parent: "root"}, {key: "calls", name: "Calls", parent: "care"}]}) {
    results { status userErrors { message } } userErrors { message } }
  upsertTouchpoints(input: {touchpoints: [
    {key: "shop", name: "Shop", department: "riga", stage: "purchase", channel: "STORE"},
    {key: "repair", name: "Repair", department: "valmiera", stage: "post-purchase"},
    {key: "counter", name: "Counter", department: "liepaja", stage: "purchase", channel: "STORE"},
    {key: "hotline", name: "Hotline", department: "care", stage: "post-purchase", channel: "PHONE"}]}) {
    results { status userErrors { message } } userErrors { message } } }"""
LATER = """mutation {
  upsertDepartments(input: {departments: [{key: "care", name: "Customer care", parent: "root"}]}) {
    results { status userErrors { message } } userErrors { message } }
  moveDepartment(input: {department: "valmiera", parent: "south", from: "2026-03-17"}) { userErrors { message } }
  upsertTouchpoints(input: {touchpoints: [{key: "hotline", name: "Hotline", department: "calls",
    stage: "loyalty", channel: "PHONE", from: "2026-05-01"}]}) { results { status userErrors { message } }
    userErrors { message } } }"""
CLOSED_AND_RIGHTS = """mutation {
  upsertDepartments(input: {departments: [{key: "kiosk", name: "Kiosk", parent: "south"}]}) {
    results { status userErrors { message } } userErrors { message } }
  upsertTouchpoints(input: {touchpoints: [{key: "window", name: "Window", department: "kiosk",
    stage: "purchase"}]}) { results { status userErrors { message } } userErrors { message } }
  closeDepartment(input: {department: "kiosk", from: "2026-06-01", mergeInto: "liepaja"}) { userErrors { message } }
  upsertGrants(input: {grants: [{subject: "oidc:1", role: ANALYST}, {subject: "oidc:2", role: DEPARTMENT_HEAD,
    department: "north", from: "2026-01-01", to: "2099-01-01"}]}) {
    results { status userErrors { message } } userErrors { message } }
  upsertUsers(input: {users: [{subject: "oidc:2", name: "Jānis", email: "janis@company.example", language: "lv"}]}) {
    results { status userErrors { message } } userErrors { message } } }"""
CREATE = "mutation ($i: CreateSurveyInput!) { createSurvey(input: $i) { userErrors { message } } }"
UPDATE = "mutation ($i: UpdateSurveyInput!) { updateSurvey(input: $i) { userErrors { message } } }"
STATE = "mutation ($i: ChangeSurveyStateInput!) { changeSurveyState(input: $i) { userErrors { message } } }"
REGISTER = (
    "mutation ($i: RegisterMetricInput!) { registerMetric(input: $i) { userErrors { message } } }"
)
EMPLOYEES = """mutation ($i: UpsertEmployeesInput!) { upsertEmployees(input: $i) {
  results { status userErrors { message } } userErrors { message } } }"""
INVITE = """mutation ($i: CreateInvitationsInput!) { createInvitations(input: $i) {
  invitations { token expiresAt } userErrors { message } } }"""
SUBMIT = """mutation ($i: SubmitResponsesInput!) { submitResponses(input: $i) {
  results { status receipt userErrors { message } } userErrors { message } } }"""
CORRECT = """mutation ($i: CorrectResponseInput!) { correctResponse(input: $i) {
  changed userErrors { message code } } }"""
WITHDRAW = """mutation ($i: WithdrawResponseInput!) { withdrawResponse(input: $i) {
  changed userErrors { message code } } }"""


@dataclass(frozen=True)
class Kept:
    """What respondents have in their hands when the platform is stopped."""

    response: (
        Json  # as it was sent to the first version of the survey; neither corrected nor withdrawn
    )
    receipt: str  # its own
    withdrawn: str  # the id of a response
    withdrawn_receipt: str
    spent: str  # an invitation's token
    unspent: str
    expires_at: str  # of the unspent invitation


def fill(platform: Running) -> Kept:
    """Everything, through the public API; to a new platform only."""
    must(platform.ask(DIRECTORY))
    must(platform.ask(LATER))
    for survey in surveys():
        must(platform.ask(CREATE, {"i": survey}))
    register_metrics(platform)
    dice = random.Random(7)
    early, late = responses(dice)
    receipts = submit(platform, early)
    must(platform.ask(UPDATE, {"i": second_version()}))
    spent, unspent, expires_at = invite(platform)
    invited = {key: value for key, value in late[0].items() if key != "customer"}  # it fixes that
    receipts |= submit(platform, [invited | {"invitation": spent}, *late[1:]])
    for state in ("PAUSED", "CLOSED", "ARCHIVED"):
        for step in (state,) if state != "ARCHIVED" else ("CLOSED", state):
            must(platform.ask(STATE, {"i": {"survey": state.lower(), "state": step}}))
    first, *others = [sent for sent in (*early, *late) if sent["survey"] == "every"]
    withdrawn = change(platform, dice, [sent["id"] for sent in others], receipts)
    must(platform.ask(EMPLOYEES, {"i": {"employees": stints(random.Random(11))}}))
    must(platform.ask(CLOSED_AND_RIGHTS))
    staff.fill(platform)
    return Kept(
        first, receipts[first["id"]], withdrawn, receipts[withdrawn], spent, unspent, expires_at
    )


def must(data: Json) -> Json:
    """The payloads, if none was refused, neither as a whole nor in an item."""
    for payload in data.values():
        refused = [item for item in payload.get("results", ()) if item["userErrors"]]
        assert payload["userErrors"] == refused == [], payload
    return data


def surveys() -> list[Json]:
    """One with every kind of question in two languages; others with one question, one for each state."""
    texts = [{"language": "en", "text": "In English"}]
    options = [
        {"key": key, "text": key.upper(), "texts": texts} for key in ("web", "shop", "phone")
    ]
    kinds: list[Json] = [
        {"key": "nps", "kind": "NPS", "text": "Ieteiktu?", "texts": texts},
        {"key": "csat", "kind": "CSAT", "text": "Apmierināts?", "dontKnow": True},
        {"key": "ces", "kind": "CES", "text": "Viegli?"},
        {"key": "effort", "kind": "CES1", "text": "Pūles?"},
        {"key": "stars", "kind": "RATING", "text": "Zvaigznes?", "scale": {"low": 0, "high": 4}},
        {"key": "where", "kind": "SINGLE_CHOICE", "text": "Kur?", "options": options},
        {"key": "liked", "kind": "MULTIPLE_CHOICE", "text": "Kas?", "options": options},
        {"key": "why", "kind": "TEXT", "text": "Kāpēc?", "texts": texts},
    ]
    one = [{"key": "recommend", "kind": "NPS", "text": "How likely ...?"}]
    every = {"key": "every", "title": "Viss", "language": "lv", "texts": texts, "questions": kinds}
    open_to_all = {"title": "Open to all", "public": True, "department": "calls", "questions": one}
    scheduled = {"state": "SCHEDULED", "opensAt": "2099-01-01T00:00:00Z"}
    return [
        every,
        {"key": "public", "closesAt": "2099-12-31T00:00:00Z", **open_to_all},
        {
            "key": "offering",
            "title": "Offers",
            "offers": {"departments": ["riga", "calls"]},
            "dailyLimit": 100,
            **open_to_all,
        },
        {"key": "paused", "title": "Paused", "questions": one},
        {"key": "closed", "title": "Closed", "questions": one},
        {"key": "archived", "title": "Archived", "questions": one, "inScorecard": False},
        {"key": "draft", "title": "Draft", "questions": one, "state": "DRAFT"},
        {"key": "scheduled", "title": "Scheduled", "questions": one, **scheduled},
    ]


def second_version() -> Json:
    """Another title, another wording, one more option, one more question."""
    every = surveys()[0]
    questions: list[Json] = every["questions"]
    more = {"key": "chat", "text": "CHAT"}
    for question in questions:
        if "options" in question:
            question["options"] = [*question["options"], more]
    questions[0]["text"] = "Vai ieteiktu draugam?"
    questions.append({"key": "again", "kind": "CSAT", "text": "Vēlreiz?"})
    return {"key": "every", "title": "Viss par mums", "questions": questions}


def register_metrics(platform: Running) -> None:
    """Metrics of the organisation's own, one of them in two versions."""
    where = {"survey": "every", "question": "where"}
    liked = {"survey": "every", "question": "liked", "option": "shop"}
    own: list[Json] = [
        {"key": "inShop", "statistic": "SHARE", "answers": ["shop"], "item": where},
        {"key": "inShop", "statistic": "SHARE", "answers": ["shop", "phone"], "item": where},
        {"key": "likedShop", "statistic": "SHARE", "answers": ["1"], "item": liked},
        {"key": "stars", "statistic": "MEAN", "item": {"survey": "every", "question": "stars"}},
        {"key": "effort", "statistic": "MEAN", "item": {"kind": "CES1"}, "higherIsBetter": False},
    ]
    for metric in own:
        must(platform.ask(REGISTER, {"i": {"name": f"Name of {metric['key']}", **metric}}))


def responses(dice: random.Random) -> tuple[list[Json], list[Json]]:
    """To the first and to the second version of the survey; a fifth to surveys with one question."""
    early: list[Json] = []
    late: list[Json] = []
    for number in range(RESPONSES):
        day = START + timedelta(days=number * (END - START).days // RESPONSES)
        at = datetime(day.year, day.month, day.day, dice.randrange(24), 30, tzinfo=UTC)
        (early if day < SECOND_VERSION else late).append(response(dice, at))
    return early, late


def response(dice: random.Random, at: datetime) -> Json:
    """One, at a touchpoint or in a department; most things are absent now and then."""
    sent: Json = {
        "id": str(UUID(int=dice.getrandbits(128), version=4)),
        "occurredAt": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "segment": dice.choice(["new", "loyal", "gold"]),
        "language": dice.choice(["lv", "en"]),
        "channel": dice.choice(["EMAIL", "APP"]),
        "customer": f"customer {dice.randrange(90)}",
    }
    sent = {name: value for name, value in sent.items() if name in KEPT or dice.random() < 0.7}
    if dice.random() < 0.7:
        sent["touchpoint"] = dice.choice(["shop", "shop", "repair", "counter", "hotline"])
    else:
        sent["department"] = dice.choice(["root", "north", "riga", "valmiera", "liepaja", "calls"])
    if dice.random() < 0.8:
        return sent | {"survey": "every", "answers": answers(dice)}
    survey = dice.choice(["public", "paused", "closed", "archived"])
    score = {"question": "recommend", "score": dice.randint(0, 10)}
    return sent | {"survey": survey, "answers": [score]}


KEPT = ("id", "occurredAt")


def answers(dice: random.Random) -> list[Json]:
    """To the questions of the first version, which the second has too; the first is always answered."""
    liked = dice.sample(["web", "shop", "phone"], dice.randint(1, 3))
    dont_know = dice.random() < 0.15
    csat: Json = {"dontKnow": True} if dont_know else {"score": dice.choice([1, 2, 3, 4, 4, 5])}
    others: list[Json] = [
        {"question": "csat", **csat},
        {"question": "ces", "score": dice.randint(1, 7)},
        {"question": "effort", "score": dice.randint(1, 5)},
        {"question": "stars", "score": dice.randint(0, 4)},
        {"question": "where", "choices": [dice.choice(["web", "shop", "phone"])]},
        {"question": "liked", "choices": sorted(liked)},
        {
            "question": "why",
            "text": dice.choice(["Ātri.", "Slow, slow.", 'She said "no"; I left.']),
        },
    ]
    some = [answer for answer in others if dice.random() < 0.75]
    return [{"question": "nps", "score": dice.choice([0, 3, 6, 7, 8, 9, 10, 10])}, *some]


def submit(platform: Running, sent: list[Json]) -> dict[str, str]:
    """The receipts, by response."""
    data = must(platform.ask(SUBMIT, {"i": {"responses": sent}}))
    results = data["submitResponses"]["results"]
    assert {result["status"] for result in results} == {"STORED"}
    return {item["id"]: result["receipt"] for item, result in zip(sent, results, strict=True)}


def invite(platform: Running) -> tuple[str, str, str]:
    """The tokens of two invitations that fix something, and when they expire: as late as can be."""
    targets = [
        {"customer": "customer 1", "touchpoint": "shop", "segment": "gold", "language": "lv"},
        {"customer": "customer 2", "department": "valmiera", "channel": "SMS"},
    ]
    expires_on = datetime.now(UTC).date() + timedelta(days=729)
    asked = {"survey": "every", "for": targets, "expiresAt": f"{expires_on}T00:00:00Z"}
    one, other = must(platform.ask(INVITE, {"i": asked}))["createInvitations"]["invitations"]
    return one["token"], other["token"], other["expiresAt"]


def change(platform: Running, dice: random.Random, ids: list[str], receipts: dict[str, str]) -> str:
    """Correct 25 and withdraw 20, by receipt and as an admin; the id of one that was withdrawn."""
    chosen = dice.sample(ids, 45)
    for number, one in enumerate(chosen):
        proof = {"id": one} | ({"receipt": receipts[one]} if number % 2 else {})
        if number < 25:
            data = platform.ask(CORRECT, {"i": {**proof, "answers": answers(dice)}})
        else:
            data = platform.ask(WITHDRAW, {"i": proof})
        (payload,) = must(data).values()
        assert payload["changed"], payload
    return chosen[-1]


def stints(dice: random.Random) -> list[Json]:
    """Of 40 employees: a third transferred once, a third left."""
    made: list[Json] = []
    for number in range(40):
        first = date(2024, 1, 1) + timedelta(days=dice.randrange(600))
        stint: Json = {
            "id": f"e{number:02}",
            "department": dice.choice(["riga", "valmiera", "liepaja", "calls", "care"]),
            "startedOn": str(first),
        }
        made.append(stint)
        if number % 3 == 0:
            moved = str(date(2025, 10, 1) + timedelta(days=dice.randrange(200)))
            stint["leftOn"] = moved
            made.append({"id": stint["id"], "department": "north", "startedOn": moved})
        if number % 3 == 1:
            made[-1]["leftOn"] = str(date(2026, 1, 1) + timedelta(days=dice.randrange(300)))
    return made
