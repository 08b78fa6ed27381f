"""The API's client waits out what passes, with the same ids, and stops at what does not."""

import threading
from pathlib import Path

import httpx
import pytest

from infra.local.api import Api, ApiRefused, endpoint
from infra.local.problem import Problem
from tests.unit.local.importing import Importer
from tests.unit.local.organisation import TOKEN, Organisation, failed, lost

ABOUT = "query { organization { key } }"
MAPPING = """
[defaults]
survey = "s"
[answers.q]
column = "q"
kind = "NPS"
[create]
survey = true
"""


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.seconds += max(seconds, 0.01)
        return False


def client(organisation: httpx.BaseTransport, clock: Clock, token: str = TOKEN) -> Api:
    return Api("http://platform", token, transport=organisation, wait=clock.wait, clock=clock)


@pytest.mark.parametrize(
    "trouble",
    [
        lost,
        lambda: httpx.Response(503, text="later"),
        lambda: httpx.Response(502),
        lambda: failed("UNAVAILABLE"),
        lambda: failed("DEADLINE_EXCEEDED"),
        lambda: failed("RATE_LIMITED"),
    ],
)
def test_what_passes_is_waited_out(trouble: object) -> None:
    organisation, clock = Organisation(), Clock()
    organisation.troubles.extend([trouble] * 20)  # type: ignore[list-item]

    assert client(organisation, clock).query(ABOUT) == {"organization": {"key": "root"}}
    assert len(clock.waits) == 20
    assert max(clock.waits) <= 5


def test_patience_ends_after_two_minutes() -> None:
    class Gone(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return lost()

    clock = Clock()

    with pytest.raises(ApiRefused, match="was away for 120 seconds: connection refused"):
        client(Gone(), clock).query(ABOUT)
    assert 120 <= clock.seconds < 126


def test_the_wait_is_told_once() -> None:
    organisation, clock = Organisation(), Clock()
    organisation.troubles.extend([lost] * 3)
    told: list[str] = []
    api = client(organisation, clock)
    api.on_away = told.append

    api.query(ABOUT)

    assert told == ["http://platform/graphql is away (connection refused); trying again"]


def test_a_waiting_call_ends_when_the_import_is_stopped() -> None:
    organisation = Organisation()
    organisation.troubles.extend([lost] * 1_000)
    stopped = threading.Event()
    stopped.set()
    api = Api("http://platform", TOKEN, transport=organisation, wait=stopped.wait)

    with pytest.raises(ApiRefused, match="stopped"):
        api.query(ABOUT)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (failed("UNAUTHENTICATED"), "the token is not valid or has expired; make a new one"),
        (failed("FORBIDDEN", "no writes"), "the token's role may not do this: no writes"),
        (failed("BAD_USER_INPUT", "no such field"), "the API refused the call: no such field"),
        (httpx.Response(401, text=""), "the token is not valid"),
        (httpx.Response(404, text="<html>"), "does not answer as cxm does .HTTP 404."),
        (httpx.Response(200, text='"hello"'), "does not answer as cxm does"),
    ],
)
def test_what_does_not_pass_is_one_sentence(answer: httpx.Response, message: str) -> None:
    organisation, clock = Organisation(), Clock()
    organisation.troubles.append(lambda: answer)

    with pytest.raises(ApiRefused, match=message):
        client(organisation, clock).query(ABOUT)
    assert clock.waits == []


@pytest.mark.parametrize(
    ("token", "message"),
    [
        ("", "no token: give --token"),
        ("a b", "is not one"),
        ("ž", "is not one"),
        ("bad", "not valid"),
    ],
)
def test_a_token_that_does_not_hold_stops_the_import(
    tmp_path: Path, token: str, message: str
) -> None:
    organisation = Organisation()

    with pytest.raises(Problem, match=message):
        Importer(tmp_path, organisation)("responses", MAPPING, "q\n9\n", token=token)
    assert organisation.surveys == {}


def test_addresses() -> None:
    assert endpoint("http://a:8000/") == "http://a:8000/graphql"
    assert endpoint("https://a/cxm/graphql") == "https://a/cxm/graphql"
    for url in ("a:8000", "ftp://a", "", "http://"):
        with pytest.raises(ApiRefused, match="is no address"):
            endpoint(url)


def test_answers_that_are_lost_after_storing_store_nothing_twice(tmp_path: Path) -> None:
    organisation = LosesAnswers()

    outcome = Importer(tmp_path, organisation)("responses", MAPPING, "q\n" + "9\n" * 2_500)

    assert (outcome.stored + outcome.already, outcome.refused) == (2_500, 0)
    assert len(organisation.responses) == 2_500


class LosesAnswers(Organisation):
    """Stores, and then loses every third answer."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        self.calls += 1
        if self.calls % 3 == 0:
            raise httpx.ReadError("connection reset")
        return answer


def test_items_that_say_unavailable_are_sent_again(tmp_path: Path) -> None:
    organisation = AwayOnce()

    outcome = Importer(tmp_path, organisation)("responses", MAPPING, "q\n9\n8\n")

    assert (outcome.stored, outcome.already, outcome.refused) == (1, 1, 0)


class AwayOnce(Organisation):
    """One item of the first batch cannot be decided yet."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if b"submitResponses" in request.content and len(self.batches) == 1:
            gone = self.responses.popitem()
            assert gone
            text = answer.text.replace('"STORED","userErrors":[]}]', UNDECIDED)
            return httpx.Response(200, text=text)
        return answer


UNDECIDED = '"REFUSED","userErrors":[{"field":["survey"],"message":"profile is away","code":"UNAVAILABLE"}]}]'


def test_a_cut_import_tells_how_far_it_came(tmp_path: Path) -> None:
    organisation = TakesFourBatches()

    with pytest.raises(Problem, match=r"may not do this: no more; [1-9]000 rows are stored, and"):
        Importer(tmp_path, organisation)("responses", MAPPING, "q\n" + "9\n" * 20_000)


class TakesFourBatches(Organisation):
    """As many as are on their way at once and one more, so that the first one is surely taken."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if len(self.batches) >= 4:
            return failed("FORBIDDEN", "no more")
        return super().handle_request(request)
