"""Clients that repeat what they send until it is acknowledged, and the ledger of what was."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field

from uuid_utils import uuid7

from infra.client.api import Api, Json

PATIENCE_SECONDS = 180.0
DEPARTMENTS = tuple(f"d{number}" for number in range(6))
SET_UP = """mutation ($departments: [DepartmentInput!]!) {
  upsertDepartments(input: {departments: $departments}) { results { status } userErrors { message } }
  createSurvey(input: {key: "pulse", title: "Pulse", public: true,
    offers: {everything: true}, questions: [
    {key: "recommend", kind: NPS, text: "How likely ..."}]}) { userErrors { message } } }"""
ONE = """mutation ($input: SubmitResponseInput!) {
  submitResponse(input: $input) { response { id } userErrors { code message } } }"""
MANY = """mutation ($input: SubmitResponsesInput!) {
  submitResponses(input: $input) { results { id status userErrors { code message } }
    userErrors { code message } } }"""


@dataclass
class Ledger:
    """What the platform acknowledged: department and score by response id."""

    acked: dict[str, tuple[str, int]] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)

    def scores(self) -> Counter[tuple[str, int]]:
        """How often each department was given each score."""
        return Counter(self.acked.values())


def set_up(api: Api) -> None:
    """Departments, and a survey that takes a score."""
    departments = [{"key": key, "name": key, "parent": "root"} for key in DEPARTMENTS]
    api.query(SET_UP, {"departments": departments})


class Clients:
    """Threads that submit without a pause until they are stopped; each ends with its last call acknowledged."""

    def __init__(self, url: str, token: str, sizes: tuple[int, ...]) -> None:
        self.url = url
        self.token = token
        self.ledger = Ledger()
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self._run, args=(size, number), daemon=True)
            for number, size in enumerate(sizes)
        ]
        for thread in self.threads:
            thread.start()

    def stop(self) -> Ledger:
        """What was acknowledged, once everybody is done; raises what a client could not wait out."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        for failure in self.ledger.failures:
            raise failure
        return self.ledger

    def _run(self, size: int, seed: int) -> None:
        dice = random.Random(seed)
        with Api(self.url, self.token, patience_seconds=PATIENCE_SECONDS) as api:
            try:
                while not self.stopping.is_set():
                    self._submit(api, [_response(dice) for _ in range(size)])
            except BaseException as failure:
                self.ledger.failures.append(failure)
                raise

    def _submit(self, api: Api, responses: list[Json]) -> None:
        if len(responses) == 1:
            payload = api.mutate("submitResponse", ONE, {"input": responses[0]})
            assert payload["userErrors"] == [], payload
        else:
            payload = api.mutate("submitResponses", MANY, {"input": {"responses": responses}})
            refused = [r for r in payload["results"] if r["userErrors"]]
            assert payload["userErrors"] == refused == [], payload
        for sent in responses:
            score: int = sent["answers"][0]["score"]
            self.ledger.acked[sent["id"]] = (sent["department"], score)


def _response(dice: random.Random) -> Json:
    return {
        "id": str(uuid7()),
        "survey": "pulse",
        "department": dice.choice(DEPARTMENTS),
        "answers": [{"question": "recommend", "score": dice.randrange(11)}],
    }
