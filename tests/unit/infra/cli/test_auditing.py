"""`cxm audit`: what it asks for and prints."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import orjson
import pytest
from typer.testing import CliRunner, Result

from infra.cli import auditing
from infra.cli.cli import app
from infra.client.api import Api
from services.kit.rights.audit.entries import Deed

DAYS = 250


def entry(day: int, **changes: Any) -> dict[str, Any]:
    """The newest is day 0."""
    at = f"2026-{12 - day // 28:02}-{28 - day % 28:02}T08:00:00.123456Z"
    grant = {"role": "department_head", "department": "billing"}
    return {
        "id": f"e{day}",
        "at": at,
        "subject": "oidc:ann",
        "deed": "SCORES_EXPORTED",
        "ids": [f"id{day}"],
        "keys": ["billing"],
        **grant,
        **changes,
    }


Platform = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Platform:
    """A platform with a log; returns the variables it is asked with."""

    def start(
        *, days: int = DAYS, allowed: bool = True, missing: tuple[str, ...] = (), **changes: Any
    ) -> Any:
        asked: list[dict[str, Any]] = []

        def answer(request: httpx.Request) -> httpx.Response:
            variables = orjson.loads(request.read())["variables"]
            asked.append(variables)
            first = int(variables["after"] or 0)
            last = min(first + variables["first"], days)
            log = {
                "entries": [entry(day, **changes) for day in range(first, last)],
                "pageInfo": {"hasNextPage": last < days, "endCursor": str(last)},
                "missing": missing,
            }
            return httpx.Response(200, json={"data": {"auditLog": log if allowed else None}})

        def api(url: str, token: str) -> Api:
            return Api(url, "token", transport=httpx.MockTransport(answer))

        monkeypatch.setattr(auditing, "Api", api)
        return asked

    return start


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["audit", *arguments], env={"COLUMNS": "40"})


def test_a_line_for_each_deed_and_by_which_grant(platform: Platform) -> None:
    platform(days=1)

    lines = run().output.splitlines()

    assert [" ".join(line.split()) for line in lines] == [
        "at (UTC) subject role deed about",
        "2026-12-28T08:00:00Z oidc:ann department_head of billing scores_exported billing",
    ]


def test_what_others_named_neither_styles_nor_hides_what_is_printed(platform: Platform) -> None:
    platform(days=1, subject="oidc:[black]eve :smile:", keys=["[/x]", "\x1b[8mhidden"])

    assert "oidc:[black]eve :smile:" in run().output
    assert "[/x], ?[8mhidden" in run().output


def test_pages_are_read_up_to_the_limit_or_the_instant(platform: Platform) -> None:
    asked = platform()

    lines = run("--json", "--limit", "120").output.splitlines()
    assert [orjson.loads(line)["id"] for line in lines] == [f"e{day}" for day in range(120)]
    assert [(v["first"], v["after"]) for v in asked] == [(100, None), (100, "100")]

    assert len(run("--json", "--since", "2026-12-26").output.splitlines()) == 3
    assert len(run("--json", "--since", "2026-12-26T09:00Z").output.splitlines()) == 2
    assert len(run("--json", "--limit", "999").output.splitlines()) == DAYS


def test_what_is_asked_for_is_asked_of_the_platform(platform: Platform) -> None:
    asked = platform(days=0)

    printed = run(
        *("--deed", "grant_given", "--action", "GRANT_REVOKED"),
        *("--subject", "oidc:bob", "--about", "billing", "--limit", "7"),
    )

    assert printed.output == "no entries\n"
    assert asked == [
        {
            "first": 7,
            "after": None,
            "filter": {
                "subject": "oidc:bob",
                "deeds": ["GRANT_GIVEN", "GRANT_REVOKED"],
                "about": "billing",
            },
        }
    ]


def test_a_service_that_does_not_answer_is_named(platform: Platform) -> None:
    platform(days=1, missing=("survey",))

    found = run()

    assert auditing.audit() == 2  # `cxm` exits with it
    assert "survey does not answer" in found.output
    assert "scores_exported" in found.output


def test_an_unknown_deed_is_refused_with_those_there_are(platform: Platform) -> None:
    asked = platform()

    output = run("--deed", "grants").output

    assert all(deed in re.sub(r"[│\s]", "", output) for deed in Deed)
    assert asked == []


def test_what_cannot_be_asked_is_said(platform: Platform) -> None:
    platform(allowed=False)

    assert "admins and privacy officers" in str(run().exception)
    assert "2026-12-01" in str(run("--since", "yesterday").exception)
