"""Who did what, through the public API: `cxm audit`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated

import orjson
import typer

from infra.cli.options import DEFAULT_URL, Token, Url, add_row, make_table, show
from infra.client.api import Api, Json
from infra.client.problem import Problem
from services.kit.rights.audit.entries import Deed

LOG = """query ($first: Int, $after: String, $filter: AuditFilterInput) {
  auditLog(first: $first, after: $after, filter: $filter) {
    entries { id at subject role department deed ids keys } pageInfo { hasNextPage endCursor } missing } }"""
PAGE = 100


Since = Annotated[
    str | None,
    typer.Option(
        metavar="INSTANT",
        help="A day, from its midnight in UTC, or an instant, in UTC unless it says more: 2026-12-01, "
        "2026-12-01T08:00, 2026-12-01T10:00+02:00.",
    ),
]
Deeds = Annotated[
    list[Deed] | None,
    typer.Option(
        "--deed",
        "--action",
        case_sensitive=False,
        metavar="DEED",
        help="What was done, e.g. grant_given; may be repeated. A wrong one is refused with all there are.",
    ),
]
Subject = Annotated[str | None, typer.Option(help="Who did it, e.g. oidc:4711.")]
About = Annotated[str | None, typer.Option(help="An id or key of what it was done to.")]
Limit = Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")]
AsJson = Annotated[bool, typer.Option("--json", help="A line of JSON each.")]


def audit(
    since: Since = None,
    deed: Deeds = None,
    subject: Subject = None,
    about: About = None,
    limit: Limit = 50,
    json: AsJson = False,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> int:
    """Print the audit log, the newest first; its times are UTC. For admins and privacy officers.

    Status 2 if a service did not answer: what was done there is not in what is printed.
    """
    earliest = None if since is None else _instant(since)
    deeds = [name.value.upper() for name in deed] if deed else None
    missing: set[str] = set()
    with Api(url, token) as api:
        wanted = {"subject": subject, "deeds": deeds, "about": about}
        found = _entries(api, wanted, earliest, min(limit, PAGE), missing)
        entries = list(islice(found, limit))
    _print(entries, json=json)
    for service in sorted(missing):
        typer.echo(f"{service} does not answer: what was done there is missing", err=True)
    return 2 if missing else 0


def _entries(
    api: Api, wanted: Json, earliest: datetime | None, page: int, missing: set[str]
) -> Iterator[Json]:
    """Entries back to an instant; services that do not answer are added to `missing`."""
    after = None
    while True:
        log = api.query(LOG, {"first": page, "after": after, "filter": wanted})["auditLog"]
        if log is None:
            raise Problem(
                "this token may not read the audit log: it is for admins and privacy officers of the whole organisation"
            )
        missing.update(log["missing"])
        for entry in log["entries"]:
            if earliest is not None and datetime.fromisoformat(entry["at"]) < earliest:
                return
            yield entry
        if not log["pageInfo"]["hasNextPage"]:
            return
        after = log["pageInfo"]["endCursor"]


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem(
            f"--since {text!r} is no day and no instant, like 2026-12-01 or 2026-12-01T08:00 (UTC)"
        ) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _print(entries: list[Json], *, json: bool) -> None:
    if json:
        for entry in entries:
            print(orjson.dumps(entry | {"deed": entry["deed"].lower()}).decode())
        return
    table = make_table("at (UTC)", "subject", "role", "deed", "about")
    for entry in entries:
        grant = " of ".join(filter(None, (entry["role"], entry["department"])))
        names = ", ".join(entry["keys"] or entry["ids"])
        at = datetime.fromisoformat(entry["at"]).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        add_row(table, at, entry["subject"], grant, entry["deed"].lower(), names)
    show(table if entries else "no entries")
