"""A planted fall raises an alert that arrives where somebody listens, soon after the answer that made it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.path.support.pulse import set_up
from tests.support.platform import Running
from tests.support.websocket import Socket, socket

SECONDS = 5.0
PATIENCE_SECONDS = 30.0
WEEKS, A_WEEK = 14, 40
SUBMIT = """mutation ($input: SubmitResponsesInput!) {
  submitResponses(input: $input) { results { status } userErrors { code } } }"""
RAISED = """subscription { alertRaised(department: "root") {
  id department { key } value base usual touchpoint { key } metric { key } } }"""
LISTED = """{ department(key: "billing") { alerts(open: true) { edges { node { id
  acknowledgement { action } } } } } }"""
ACKNOWLEDGE = """mutation ($id: ID!) { acknowledgeAlert(input: {id: $id, action: ACTING}) {
  userErrors { code } } }"""


class Api:
    def __init__(self, platform: Running, client: httpx.AsyncClient) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {platform.token('admin')}"}

    async def ask(self, query: str, **variables: Any) -> Any:
        body = {"query": query, "variables": variables}
        reply = (await self.client.post("/graphql", json=body, headers=self.headers)).json()
        assert "errors" not in reply, reply
        return reply["data"]

    async def answer(self, scores: list[int], at: datetime | None = None) -> None:
        given = {"survey": "pulse", "touchpoint": "invoice"}
        if at is not None:
            given["occurredAt"] = at.isoformat()
        responses = [
            {**given, "answers": [{"question": "recommend", "score": score}]} for score in scores
        ]
        found = await self.ask(SUBMIT, input={"responses": responses})
        assert {each["status"] for each in found["submitResponses"]["results"]} == {"STORED"}


async def raised(subscriber: Socket, seconds: float) -> list[dict[str, Any]]:
    """The alerts that came within so many seconds, or the first two if they came before."""
    found: list[dict[str, Any]] = []
    try:
        async with asyncio.timeout(seconds):
            while len(found) < 2:
                message = await subscriber.receive()
                found.append(message["payload"]["data"]["alertRaised"])
    except TimeoutError:
        pass
    return found


async def test_a_planted_fall_arrives_soon_after_the_answer_that_made_it(platform: Running) -> None:
    set_up(platform)
    url = platform.url.replace("http", "ws") + "/graphql"
    async with (
        httpx.AsyncClient(base_url=platform.url, trust_env=False, timeout=60) as client,
        socket(url) as subscriber,
    ):
        api = Api(platform, client)
        await subscriber.initialise(api.headers["Authorization"])
        await subscriber.subscribe("1", RAISED)
        await subscriber.settle()
        now = datetime.now(UTC)
        for week in range(1, WEEKS + 1):
            at = now - timedelta(weeks=week)
            await api.answer([9] * (A_WEEK * 3 // 4) + [0] * (A_WEEK // 4), at)
        await api.answer([0] * 29)  # one less than is judged
        loop = asyncio.get_running_loop()
        await api.answer([0])
        answered = loop.time()
        found = await raised(subscriber, PATIENCE_SECONDS)
        waited = loop.time() - answered

        assert {alert["department"]["key"] for alert in found} == {"billing", "root"}
        assert all(alert["metric"] == {"key": "nps"} for alert in found)
        assert {(alert["value"], alert["base"], alert["usual"]) for alert in found} == {
            (-100, 30, 50)
        }
        assert waited < SECONDS
        (edge,) = (await api.ask(LISTED))["department"]["alerts"]["edges"]
        await api.ask(ACKNOWLEDGE, id=edge["node"]["id"])
        (edge,) = (await api.ask(LISTED))["department"]["alerts"]["edges"]
        assert edge["node"]["acknowledgement"] == {"action": "ACTING"}
