"""Rights of those who sign in with the identity provider, through the public API: `cxm grant`."""

from typing import Annotated, Any

import typer

from infra.cli.options import DEFAULT_URL, GrantedRole, Token, Url, add_row, day, make_table, show
from infra.client.api import Api
from infra.client.problem import Problem

GRANTS = """query ($subject: String, $after: String) { grants(subject: $subject, first: 100, after: $after) {
  edges { node { id subject role department from to } } pageInfo { hasNextPage endCursor } } }"""
GIVE = """mutation ($input: UpsertGrantsInput!) { upsertGrants(input: $input) {
  results { status userErrors { message code } } userErrors { message code } } }"""
SAY = """mutation ($input: UpsertUsersInput!) { upsertUsers(input: $input) {
  results { userErrors { message code } } userErrors { message code } } }"""
REVOKE = """mutation ($input: RevokeGrantsInput!) { revokeGrants(input: $input) {
  revoked userErrors { message code } } }"""


Subject = Annotated[
    str | None,
    typer.Argument(help="oidc: and the provider's subject; absent: list all.", show_default=False),
]
Role = Annotated[
    GrantedRole | None,
    typer.Option(case_sensitive=False, help="The role to give; absent: list what the subject has."),
]
Department = Annotated[
    str | None,
    typer.Option(help="Key: the role holds for it and all under it.", show_default=False),
]
From = Annotated[
    str | None,
    typer.Option("--from", parser=day, metavar="DAY", help="First day it holds, e.g. 2026-12-01."),
]
To = Annotated[
    str | None,
    typer.Option("--to", parser=day, metavar="DAY", help="First day it holds no more."),
]
Revoke = Annotated[bool, typer.Option(help="Take the role away instead.")]
Name = Annotated[str | None, typer.Option(help="As the user is called.")]
Email = Annotated[str | None, typer.Option(help="An address that is known to be the user's.")]
Language = Annotated[str | None, typer.Option(help="BCP 47, e.g. de or pt-BR.")]


def grant(
    subject: Subject = None,
    role: Role = None,
    department: Department = None,
    from_on: From = None,
    to_on: To = None,
    revoke: Revoke = False,
    name: Name = None,
    email: Email = None,
    language: Language = None,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> int:
    """Give a role, take it away, or list who has what. For admins."""
    said = {"name": name, "email": email, "language": language}
    days = {"from": from_on, "to": to_on}
    _check(subject, role, {"department": department, **days, **said}, revoke=revoke)
    if revoke:
        _check_revoke({**days, **said})
    with Api(url, token) as api:
        if subject is None or role is None:
            return _show(_list(api, subject))
        wanted = {"subject": subject, "role": role.upper(), "department": department}
        return _revoke(api, wanted) if revoke else _give(api, {**wanted, **days}, said)


def _give(api: Api, given: dict[str, Any], said: dict[str, str | None]) -> int:
    payload = api.mutate("upsertGrants", GIVE, {"input": {"grants": [given]}})
    if errors := payload["userErrors"] or payload["results"][0]["userErrors"]:
        raise Problem(errors[0]["message"])
    if any(value is not None for value in said.values()):
        _say(api, {"subject": given["subject"], **said})
    print("given" if payload["results"][0]["status"] == "STORED" else "given before")
    return 0


def _check(
    subject: str | None, role: str | None, options: dict[str, str | None], *, revoke: bool
) -> None:
    """Refuse what would be ignored, and a subject that nobody signs in as."""
    if subject is not None and not subject.startswith("oidc:"):
        raise Problem(
            f"subjects of an identity provider begin with oidc: - did you mean oidc:{subject}?"
        )
    given = [f"--{name}" for name, value in options.items() if value is not None]
    changing = ["--revoke"] * revoke + given
    if role is None and changing:
        raise Problem(f"{changing[0]} needs --role ROLE; nothing was changed")
    if role is not None and subject is None:
        raise Problem("--role needs a subject, like oidc:4711; nothing was changed")


def _check_revoke(options: dict[str, str | None]) -> None:
    """Refuse what says nothing of a role that is taken away."""
    for name, value in options.items():
        if value is not None:
            raise Problem(f"--{name} does not go with --revoke; nothing was changed")


def _say(api: Api, user: dict[str, Any]) -> None:
    payload = api.mutate("upsertUsers", SAY, {"input": {"users": [user]}})
    if errors := payload["userErrors"] or payload["results"][0]["userErrors"]:
        raise Problem(f"the role is given, but {errors[0]['message']}")


def _revoke(api: Api, wanted: dict[str, Any]) -> int:
    ids = [
        found["id"]
        for found in _list(api, wanted["subject"])
        if all(found[name] == value for name, value in wanted.items())
    ]
    if not ids:
        raise Problem(
            f"{wanted['subject']} has no such role: `cxm grant {wanted['subject']}` lists them"
        )
    payload = api.mutate("revokeGrants", REVOKE, {"input": {"ids": ids}})
    if payload["userErrors"]:
        raise Problem(payload["userErrors"][0]["message"])
    print("revoked; nobody has it any more after 60 seconds")
    return 0


def _list(api: Api, subject: str | None) -> list[dict[str, Any]]:
    grants: list[dict[str, Any]] = []
    after = None
    while True:
        page = api.query(GRANTS, {"subject": subject, "after": after})["grants"]
        grants += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return grants
        after = page["pageInfo"]["endCursor"]


def _show(grants: list[dict[str, Any]]) -> int:
    table = make_table("subject", "role", "department", "from", "to")
    for found in grants:
        names = ("subject", "role", "department", "from", "to")
        add_row(table, *(str(found[name] or "") for name in names))
    show(table if grants else "no grants")
    return 0
