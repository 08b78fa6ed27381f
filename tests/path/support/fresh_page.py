"""A page of a small department, and everything that changes what it shows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx

from services.kit.clock import new_id
from tests.support.platform import Running

TODAY = date.today()
PERIOD = {"from": str(TODAY - timedelta(days=100)), "to": str(TODAY + timedelta(days=30))}
PAST = TODAY - timedelta(days=60)
PAGE = """query ($p: PeriodInput!) { department(key: "shop") { scorecard(period: $p) {
  nps { base value } turnoverRate { base value }
  own: score(metric: "delighted") { metric { version } base } } } }"""
ENOUGH = 10  # for a value beside the base
RESPONSES = "day,score\n" + f"{PAST},7\n" * ENOUGH
RESPONSES_MAPPING = """[defaults]
survey = "pulse"
department = "shop"
[columns]
occurred_at = "day"
[answers.recommend]
column = "score"
"""
STAFF = "id,place,since\n" + "".join(f"p{n},shop,{PAST}\n" for n in range(ENOUGH))
STAFF_MAPPING = '[columns]\nid = "id"\ndepartment = "place"\nstarted_on = "since"\n'
SET_UP = """mutation { upsertDepartments(input: {departments: [
    {key: "shop", name: "Shop", parent: "root"}, {key: "mill", name: "Mill", parent: "root"},
    {key: "counter", name: "Counter", parent: "mill"}]}) { results { status } }
  createSurvey(input: {key: "pulse", title: "Pulse", questions: [
    {key: "recommend", kind: NPS, text: "How likely ..."}]}) { userErrors { code } } }"""

Page = dict[str, Any]
Shown = Callable[[Page, Page], bool]
"""Whether a page shows a change, by what it showed before it."""


@dataclass(frozen=True)
class Change:
    """What somebody does, and how the page differs once it shows it."""

    what: str
    make: Callable[[], Awaitable[None]]
    shows: Shown


class Organisation:
    """Calls of the public API as an admin, each to its answer."""

    def __init__(self, platform: Running, client: httpx.AsyncClient) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {platform.token('admin')}"}
        self.response = new_id()

    async def ask(self, query: str, **variables: Any) -> Any:
        body = {"query": query, "variables": variables}
        reply = (await self.client.post("/graphql", json=body, headers=self.headers)).json()
        assert "errors" not in reply, reply
        return reply["data"]

    async def page(self) -> Page:
        """What the page shows when it is read now."""
        card: Page = (await self.ask(PAGE, p=PERIOD))["department"]["scorecard"]
        return card

    async def change(self, mutation: str) -> None:
        """A mutation that must do all of its work."""
        for payload in (await self.ask(f"mutation {{ {mutation} }}")).values():
            results = payload.get("results", ())
            errors = [e for part in (payload, *results) for e in part.get("userErrors", ())]
            assert not errors, errors

    async def bring(self, kind: str, rows: str, mapping: str) -> None:
        """An import to its last row."""
        files = {"mapping": ("m.toml", mapping), "file": ("f.csv", rows)}
        reply = await self.client.post(
            f"/imports/{kind}?name=f.csv", files=files, headers=self.headers
        )
        assert reply.status_code == httpx.codes.OK, reply.text
        assert '"refused":0' in reply.text.replace(" ", ""), reply.text

    async def answers(self, department: str, score: int, id_: str) -> None:
        await self.change(
            f'submitResponse(input: {{id: "{id_}", survey: "pulse", department: "{department}", '
            f'answers: [{{question: "recommend", score: {score}}}]}}) {{ userErrors {{ message }} }}'
        )

    async def employs(self, name: str, since: date, until: date | None = None) -> None:
        left = f', leftOn: "{until}"' if until else ""
        await self.change(
            f'upsertEmployees(input: {{employees: [{{id: "{name}", department: "shop", '
            f'startedOn: "{since}"{left}}}]}}) {{ results {{ userErrors {{ message }} }} }}'
        )

    async def moves_counter(self, parent: str, since: date) -> None:
        await self.change(
            f'moveDepartment(input: {{department: "counter", parent: "{parent}", from: "{since}"}}) '
            "{ userErrors { message } }"
        )

    async def counts_survey(self, counts: bool) -> None:
        word = "true" if counts else "false"
        await self.change(
            f'updateSurvey(input: {{key: "pulse", inScorecard: {word}}}) {{ userErrors {{ message }} }}'
        )

    async def registers(self, answers: str) -> None:
        await self.change(
            'registerMetric(input: {key: "delighted", name: "Delighted", item: {kind: NPS}, '
            f"statistic: SHARE, answers: {answers}}}) {{ userErrors {{ message }} }}"
        )

    async def corrects(self) -> None:
        await self.change(
            f'correctResponse(input: {{id: "{self.response}", '
            'answers: [{question: "recommend", score: 0}]}) { userErrors { message } }'
        )

    async def withdraws(self) -> None:
        await self.change(
            f'withdrawResponse(input: {{id: "{self.response}"}}) {{ userErrors {{ message }} }}'
        )


def changes(at: Organisation) -> list[Change]:
    """In an order in which each changes what the page shows."""
    responses, staff = (RESPONSES, RESPONSES_MAPPING), (STAFF, STAFF_MAPPING)
    return [
        Change(
            "answers of a file", lambda: at.bring("responses", *responses), more_answers(ENOUGH)
        ),
        Change("staff of a file", lambda: at.bring("employees", *staff), more_staff(ENOUGH)),
        Change("an answer", lambda: at.answers("shop", 9, at.response), more_answers(1)),
        Change("a correction", at.corrects, lambda old, new: differs("nps", old, new)),
        Change("a withdrawal", at.withdraws, more_answers(-1)),
        Change("a move to here", lambda: at.moves_counter("shop", PAST), more_answers(1)),
        Change("a move from here", lambda: at.moves_counter("mill", PAST), more_answers(-1)),
        Change("somebody joins", lambda: at.employs("ann", PAST), more_staff(1)),
        Change("somebody leaves", lambda: at.employs("ann", PAST, TODAY), rate_changed),
        Change(
            "a survey leaves the scorecard", lambda: at.counts_survey(False), more_answers(-ENOUGH)
        ),
        Change("a survey comes into it", lambda: at.counts_survey(True), more_answers(ENOUGH)),
        Change("a metric", lambda: at.registers('["9", "10"]'), own_version(1)),
        Change("a version of it", lambda: at.registers('["10"]'), own_version(2)),
    ]


def more_answers(many: int) -> Shown:
    return lambda old, new: bool(new["nps"]["base"] == old["nps"]["base"] + many)


def more_staff(many: int) -> Shown:
    return lambda old, new: bool(new["turnoverRate"]["base"] == old["turnoverRate"]["base"] + many)


def differs(score: str, old: Page, new: Page) -> bool:
    return bool(
        new[score]["value"] != old[score]["value"] and new[score]["base"] == old[score]["base"]
    )


def rate_changed(old: Page, new: Page) -> bool:
    return differs("turnoverRate", old, new)


def own_version(version: int) -> Shown:
    return lambda _, new: bool(new["own"] and new["own"]["metric"]["version"] == version)


async def set_up(at: Organisation) -> None:
    """An answer to a counter of the mill, counted."""
    await at.ask(SET_UP)
    await at.answers("counter", 7, new_id())
