"""The API's client waits out what passes, with the same ids, and stops at what does not."""

import threading

import httpx
import pytest

from infra.client.api import Api, ApiRefused, endpoint
from tests.support.platform import free_port
from tests.unit.infra.support.fake_platform import (
    TOKEN,
    FakePlatform,
    Trouble,
    broken_off,
    failed,
    lost,
)

ABOUT = "query { organization { key } }"


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


def client(platform: httpx.BaseTransport, clock: Clock, token: str = TOKEN) -> Api:
    return Api("http://platform", token, transport=platform, wait=clock.wait, clock=clock)


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
    platform, clock = FakePlatform(), Clock()
    platform.troubles.extend([trouble] * 20)  # type: ignore[list-item]

    assert client(platform, clock).query(ABOUT) == {"organization": {"key": "root"}}
    assert len(clock.waits) == 20
    assert max(clock.waits) <= 5


def test_who_asks_too_much_hears_that_the_platform_is_busy_and_why() -> None:
    platform, clock, heard = FakePlatform(), Clock(), list[str]()
    error = {"message": "too much at once", "extensions": {"code": "RATE_LIMITED"}}
    platform.troubles.append(lambda: httpx.Response(429, json={"errors": [error]}))

    with client(platform, clock) as api:
        api.on_away = heard.append
        api.query(ABOUT)

    assert [message.partition(" is ")[2] for message in heard] == [
        "busy (too much at once); trying again"
    ]


def test_patience_ends_after_two_minutes() -> None:
    class Gone(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return lost()

    clock = Clock()

    with pytest.raises(ApiRefused, match="was away for 120 seconds: connection refused"):
        client(Gone(), clock).query(ABOUT)
    assert 120 <= clock.seconds < 126


def test_a_local_platform_that_was_never_there_is_not_waited_for() -> None:
    clock = Clock()
    api = Api(f"http://127.0.0.1:{free_port()}", TOKEN, wait=clock.wait, clock=clock)

    with api, pytest.raises(ApiRefused, match="nothing answers at"):
        api.query(ABOUT)
    assert clock.waits == []


@pytest.mark.parametrize("before", [lambda: httpx.Response(503), broken_off])
def test_a_local_platform_that_was_there_before_is_waited_for(before: Trouble) -> None:
    platform, clock = FakePlatform(), Clock()
    platform.troubles.extend([before, lost, lost])
    api = Api("http://127.0.0.1", TOKEN, transport=platform, wait=clock.wait, clock=clock)

    assert api.query(ABOUT) == {"organization": {"key": "root"}}
    assert len(clock.waits) == 3


def test_the_wait_is_reported_once() -> None:
    platform, clock = FakePlatform(), Clock()
    platform.troubles.extend([lost] * 3)
    notices: list[str] = []
    api = client(platform, clock)
    api.on_away = notices.append

    api.query(ABOUT)

    assert notices == ["http://platform/graphql is away (connection refused); trying again"]


def test_a_waiting_call_ends_when_the_import_is_stopped() -> None:
    platform = FakePlatform()
    platform.troubles.extend([lost] * 1_000)
    stopped = threading.Event()
    stopped.set()
    api = Api("http://platform", TOKEN, transport=platform, wait=stopped.wait)

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
    platform, clock = FakePlatform(), Clock()
    platform.troubles.append(lambda: answer)

    with pytest.raises(ApiRefused, match=message):
        client(platform, clock).query(ABOUT)
    assert clock.waits == []


@pytest.mark.parametrize(
    ("token", "message"),
    [("", "no token: give --token"), ("a b", "is not one"), ("ž", "is not one")],
)
def test_what_is_no_token_is_not_sent(token: str, message: str) -> None:
    with pytest.raises(ApiRefused, match=message):
        Api("http://platform", token)


def test_addresses() -> None:
    assert endpoint("http://a:8000/") == "http://a:8000/graphql"
    assert endpoint("https://a/cxm/graphql") == "https://a/cxm/graphql"
    for url in ("a:8000", "ftp://a", "", "http://"):
        with pytest.raises(ApiRefused, match="is no address"):
            endpoint(url)
