"""The command `cxm imports`: imports as they are known afterwards, and taking one back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from infra.cli.importing.report import counted
from infra.cli.options import DEFAULT_URL, Token, Url, add_row, make_table, show
from infra.client.api import Api, Json
from infra.client.problem import Problem

LIST = """query ($first: Int, $after: String) { imports(first: $first, after: $after) {
  imports { id kind fileName survey subject startedAt state rows stored corrected alreadyStored refused }
  pageInfo { hasNextPage endCursor } } }"""
TAKE_BACK = """mutation ($input: TakeBackImportInput!) { takeBackImport(input: $input) {
  withdrawn remaining stays { reason count message } userErrors { field message code } } }"""
PAGE = 100

TakeBack = Annotated[
    str | None,
    typer.Option(
        "--take-back", metavar="ID", help="Withdraw the responses that this import stored."
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be withdrawn; change nothing.")
]
Limit = Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")]
AsJson = Annotated[bool, typer.Option("--json", help="A line of JSON each.")]


def imports(
    take_back: TakeBack = None,
    dry_run: DryRun = False,
    limit: Limit = 50,
    json: AsJson = False,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Print the imports of responses, the newest first; or take one back.

    Taking back withdraws what the import stored and nobody corrected since; it cannot be undone. The same rows are
    stored again under other ids or in another survey only. Run it again where it was stopped.
    """
    if dry_run and take_back is None:
        raise Problem("--dry-run goes with --take-back ID")
    with Api(url, token, on_away=lambda why: typer.echo(why, err=True)) as api:
        if take_back is None:
            _print(list(islice(_listed(api, min(limit, PAGE)), limit)), json=json)
        else:
            _take_back(api, take_back, dry_run=dry_run)


def _listed(api: Api, page: int) -> Iterator[Json]:
    after = None
    while True:
        found = api.query(LIST, {"first": page, "after": after})["imports"]
        if found is None:
            raise Problem("this token may not see imports: it is for roles that import")
        yield from found["imports"]
        if not found["pageInfo"]["hasNextPage"]:
            return
        after = found["pageInfo"]["endCursor"]


def _print(found: list[Json], *, json: bool) -> None:
    if json:
        for each in found:
            print(orjson.dumps(each).decode())
        return
    table = make_table("id", "began (UTC)", "subject", "file", "survey", "state", "stored")
    for each in found:
        began = datetime.fromisoformat(each["startedAt"]).astimezone(UTC)
        add_row(
            table,
            each["id"],
            began.strftime("%Y-%m-%dT%H:%M:%SZ"),
            each["subject"],
            each["fileName"],
            each["survey"],
            each["state"].lower(),
            f"{each['stored']} of {each['rows']}",
        )
    show(table if found else "no imports")


def _take_back(api: Api, id_: str, *, dry_run: bool) -> None:
    """Ask until nothing remains; each call works for some seconds."""
    withdrawn = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("withdrawn", total=None)
        while True:
            variables = {"input": {"id": id_, "dryRun": dry_run}}
            done = api.mutate("takeBackImport", TAKE_BACK, variables)
            if done["userErrors"]:
                raise Problem(done["userErrors"][0]["message"])
            withdrawn += done["withdrawn"]
            remaining = done["remaining"]
            progress.update(task, total=withdrawn + remaining, completed=withdrawn)
            if not remaining:
                break
            if not done["withdrawn"]:  # others change the same responses at this moment
                raise Problem(f"{remaining} of the import are not withdrawn yet: run it again")
    responses = counted(withdrawn, "response", "responses")
    print(f"dry run: would withdraw {responses}" if dry_run else f"withdrew {responses}")
    for stays in done["stays"]:
        print(f"note: {stays['count']} {stays['message']}")
