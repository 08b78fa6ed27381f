"""`cxm grant`: what it asks for and prints."""

from typing import Any

import httpx
import orjson
import pytest
from typer.testing import CliRunner

from infra.cli import granting
from infra.cli.cli import app
from infra.client.api import Api

ANN = {
    "id": "g1",
    "subject": "oidc:ann",
    "role": "DEPARTMENT_HEAD",
    "department": "billing",
    "from": None,
    "to": "2027-01-01",
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Variables of what the command asks a platform that has one grant."""
    calls: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        body = orjson.loads(request.read())
        calls.append(body["variables"])
        if "upsertGrants" in body["query"]:
            refused = body["variables"]["input"]["grants"][0]["department"] == "none"
            errors = [{"message": "there is no such department", "code": "NOT_FOUND"}]
            result = {"status": "STORED", "userErrors": errors if refused else []}
            data: dict[str, Any] = {"upsertGrants": {"results": [result], "userErrors": []}}
        elif "upsertUsers" in body["query"]:
            wrong = body["variables"]["input"]["users"][0]["email"] == "none"
            error = {"message": "this is no e-mail address", "code": "BAD_USER_INPUT"}
            errors = [error] if wrong else []
            data = {"upsertUsers": {"results": [{"userErrors": errors}], "userErrors": []}}
        elif "revokeGrants" in body["query"]:
            data = {"revokeGrants": {"revoked": 1, "userErrors": []}}
        else:
            page = {"hasNextPage": False, "endCursor": None}
            data = {"grants": {"edges": [{"node": ANN}], "pageInfo": page}}
        return httpx.Response(200, json={"data": data})

    def api(url: str, token: str) -> Api:
        return Api(url, "token", transport=httpx.MockTransport(answer))

    monkeypatch.setattr(granting, "Api", api)
    return calls


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["grant", *arguments])
    return result.output or str(result.exception)


def test_a_role_is_given_with_its_days(asked: list[dict[str, Any]]) -> None:
    output = run("oidc:eva", "--role", "analyst", "--from", "2026-12-01")

    assert "given" in output
    assert asked[0]["input"]["grants"] == [
        {
            "subject": "oidc:eva",
            "role": "ANALYST",
            "department": None,
            "from": "2026-12-01",
            "to": None,
        }
    ]


def test_what_a_user_is_called_goes_with_the_role(asked: list[dict[str, Any]]) -> None:
    arguments = ("oidc:eva", "--role", "analyst", "--email")

    assert "given" in run(*arguments, "eva@example.org", "--language", "de")
    assert asked[1]["input"]["users"] == [
        {"subject": "oidc:eva", "name": None, "email": "eva@example.org", "language": "de"}
    ]
    assert "the role is given, but this is no e-mail" in run(*arguments, "none")


def test_what_is_refused_is_said(asked: list[dict[str, Any]]) -> None:
    output = run("oidc:eva", "--role", "department_head", "--department", "none")

    assert "there is no such department" in output


def test_a_role_is_found_and_taken_away(asked: list[dict[str, Any]]) -> None:
    arguments = ("oidc:ann", "--role", "department_head", "--department", "billing", "--revoke")

    assert "revoked" in run(*arguments)
    assert asked[-1] == {"input": {"ids": ["g1"]}}
    assert "no such role" in run("oidc:ann", "--role", "analyst", "--revoke")


def test_without_a_role_grants_are_listed(asked: list[dict[str, Any]]) -> None:
    output = run()

    assert "oidc:ann" in output
    assert "2027-01-01" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("oidc:ann", "--revoke"), "--revoke needs --role"),
        (("oidc:ann", "--department", "billing"), "--department needs --role"),
        (("oidc:ann", "--from", "2026-12-01"), "--from needs --role"),
        (("oidc:ann", "--name", "Ann"), "--name needs --role"),
        (("oidc:ann", "--role", "analyst", "--revoke", "--name", "Ann"), "does not go with"),
        (("--role", "analyst"), "--role needs a subject"),
        (("4711", "--role", "analyst"), "did you mean oidc:4711?"),
        (("oidc:ann", "--role", "boss"), "privacy_officer"),
        (("oidc:ann", "--role", "analyst", "--from", "tomorrow"), "is no day"),
        (("oidc:ann", "--role", "analyst", "--to", "2026-13-01"), "is no day"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_ignored(
    asked: list[dict[str, Any]], arguments: tuple[str, ...], said: str
) -> None:
    assert said in run(*arguments)
    assert asked == []
