"""A client of the public GraphQL API that waits out lost connections; calls repeat with the same ids.

Where nothing listens on this machine and nothing did before, it does not wait: the platform was not started.
"""

import random
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import httpx
import orjson

from infra.client.problem import Problem

PATIENCE_SECONDS: Final = 120.0
FIRST_DELAY_SECONDS: Final = 0.1
LAST_DELAY_SECONDS: Final = 5.0
TIMEOUT: Final = httpx.Timeout(60.0, connect=5.0)
PASSING: Final = frozenset({"UNAVAILABLE", "DEADLINE_EXCEEDED", "RATE_LIMITED"})
PASSING_HTTP: Final = frozenset({429, 502, 503, 504})
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

CANNOT_BE_CALLED = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)
"""An address with which nothing can be done, now or later."""

Json = dict[str, Any]
T = TypeVar("T")


class ApiRefused(Problem):
    """The API will not do this however often it is asked, or did not answer in time."""


class Away(Exception):
    """Not reached, or it asked to come again. `made_progress`: part of this call was done before."""

    def __init__(self, message: str, *, made_progress: bool = False, is_busy: bool = False) -> None:
        super().__init__(message)
        self.made_progress = made_progress
        self.is_busy = is_busy
        self.word = "busy" if is_busy else "away"


class Api:
    """One connection pool; safe to share between threads. `wait` returns True when the caller must stop."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        patience_seconds: float = PATIENCE_SECONDS,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], bool] | None = None,
        clock: Callable[[], float] = time.monotonic,
        on_away: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.url = endpoint(url)
        self.patience_seconds = patience_seconds
        self.stopped = threading.Event()
        self.wait = wait or self.stopped.wait
        self.clock = clock
        self.on_away = on_away
        self.was_reached = False
        self.http = httpx.Client(
            headers={
                "Authorization": f"Bearer {_checked(token)}",
                "Accept": "application/graphql-response+json, application/json;q=0.9",
            },
            timeout=TIMEOUT,
            transport=transport,
            trust_env=not self.is_local,
            event_hooks={"response": [self._note_response]},
        )

    @property
    def is_local(self) -> bool:
        """Whether the address is one of this machine."""
        return urlsplit(self.url).hostname in LOOPBACK

    def __enter__(self) -> "Api":
        return self

    def __exit__(self, *_: object) -> None:
        """End waits in other threads too."""
        self.stopped.set()
        self.http.close()

    def query(self, document: str, variables: Json | None = None) -> Json:
        """The `data` of an operation; any GraphQL error raises."""
        body = orjson.dumps({"query": document, "variables": variables or {}})
        return self.patiently(lambda: self._post(body))

    def mutate(self, field: str, document: str, variables: Json) -> Json:
        """One mutation's payload. Items and payloads that say UNAVAILABLE are sent again, as lost calls are."""
        body = orjson.dumps({"query": document, "variables": variables})
        return self.patiently(lambda: _final(self._post(body)[field]))

    def patiently(self, attempt: Callable[[], T]) -> T:
        """Try until it works, fails for good, or was away for the whole patience; back off with full jitter."""
        away_since: float | None = None
        delay = FIRST_DELAY_SECONDS
        while True:
            try:
                return attempt()
            except Away as error:
                now = self.clock()
                if error.made_progress:
                    away_since, delay = None, FIRST_DELAY_SECONDS
                if away_since is None:
                    away_since = now
                    self.on_away(f"{self.url} is {error.word} ({error}); trying again")
                left = away_since + self.patience_seconds - now
                if left <= 0:
                    seconds = f"{self.patience_seconds:.0f} seconds"
                    raise ApiRefused(
                        f"{self.url} was {error.word} for {seconds}: {error}"
                    ) from error
                if self.wait(min(random.uniform(0, delay), left)):
                    raise ApiRefused("stopped") from error
                delay = min(2 * delay, LAST_DELAY_SECONDS)

    def failure(self, error: httpx.TransportError) -> "Away | ApiRefused":
        """What a lost connection means: come again, or that nothing was ever there."""
        if not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            self.was_reached = True
        elif isinstance(error, httpx.ConnectError) and self.is_local and not self.was_reached:
            return ApiRefused(
                f"nothing answers at {self.url}: is the platform running? `make up` starts it"
            )
        elif _is_unknown_host(error) and not self.was_reached:
            host = urlsplit(self.url).hostname
            return ApiRefused(f"there is no host {host}: is {self.url} the address you mean?")
        return Away(str(error) or type(error).__name__)

    def _note_response(self, _: httpx.Response) -> None:
        self.was_reached = True

    def _post(self, body: bytes) -> Json:
        try:
            answer = self.http.post(
                self.url, content=body, headers={"Content-Type": "application/json"}
            )
        except CANNOT_BE_CALLED as error:
            raise ApiRefused(f"{self.url} cannot be called: {error}") from error
        except httpx.TransportError as error:
            raise self.failure(error) from error
        if answer.status_code in PASSING_HTTP:
            refuse(*said(answer))
            raise Away(f"HTTP {answer.status_code}")
        return self._data(answer)

    def _data(self, answer: httpx.Response) -> Json:
        try:
            reply = orjson.loads(answer.content)
        except orjson.JSONDecodeError:
            reply = None
        errors = reply.get("errors") if isinstance(reply, dict) else None
        if errors:
            for error in errors:
                refuse(error.get("extensions", {}).get("code", ""), error.get("message", ""))
        data = reply.get("data") if isinstance(reply, dict) else None
        if not isinstance(data, dict):
            refuse("UNAUTHENTICATED" if answer.status_code == 401 else "", "")
            raise ApiRefused(f"{self.url} does not answer as cxm does (HTTP {answer.status_code})")
        return data


def _is_unknown_host(error: BaseException | None) -> bool:
    """Whether names were asked and know no such host; to be away themselves is another failure."""
    while error is not None:
        if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME:
            return True
        error = error.__cause__ or error.__context__
    return False


def endpoint(url: str) -> str:
    """The GraphQL address of a platform; with or without /graphql at its end."""
    try:
        address = httpx.URL(url)
        is_one = address.scheme in ("http", "https") and bool(address.host) and url.isprintable()
        is_one = is_one and urlsplit(url).port != 0 and not (address.query or address.fragment)
    except (httpx.InvalidURL, ValueError):  # the port too is read
        is_one = False
    if not is_one:
        raise ApiRefused(f'"{url}" is no address; write it like http://127.0.0.1:8000')
    base = url.rstrip("/")
    return base if base.endswith("/graphql") else f"{base}/graphql"


def _checked(token: str) -> str:
    token = token.strip()
    if not token:
        raise ApiRefused(
            "no token: give --token or set CXM_TOKEN; `cxm token --role ROLE` makes one"
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ApiRefused("the token is not one: it holds blanks or other characters no token has")
    return token


def _final(payload: Json) -> Json:
    """The payload, unless it or one of its items must be sent again or may never be."""
    errors = list(payload.get("userErrors") or ())
    for result in payload.get("results") or ():
        errors += [e for e in result["userErrors"] if e["code"] in PASSING]
    for error in errors:
        if error["code"] in PASSING | {"FORBIDDEN", "UNAUTHENTICATED"}:
            refuse(error["code"], error["message"])
    return payload


def said(answer: httpx.Response) -> tuple[str, str]:
    """Code and message of what a refused call is answered with; empty where nothing of ours answered."""
    try:
        error = orjson.loads(answer.read())["errors"][0]
        return error["extensions"]["code"], error["message"]
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError):
        return "", ""


def refuse(code: str, message: str) -> None:
    """Raise what a failure's code asks for; nothing where there is neither a code nor a message."""
    if code in PASSING:
        raise Away(message or code, is_busy=code == "RATE_LIMITED")
    if code == "UNAUTHENTICATED":
        raise ApiRefused(
            "the token is not valid or has expired; make a new one with `cxm token --role ROLE`"
        )
    if code == "FORBIDDEN":
        raise ApiRefused(f"the token's role may not do this: {message}")
    if code or message:
        raise ApiRefused(f"the API refused the call: {message} ({code or 'no code'})")
