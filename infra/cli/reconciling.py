"""The command `cxm reconcile`: scores against stored responses, through the public API."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from infra.cli.options import DEFAULT_URL, Token, Url
from infra.client.api import Api, Json
from infra.client.problem import Problem

LOOK_SECONDS = 0.5
COMPARED = """{ state error compared differing
  differences { department survey month quantity question option stored counted } }"""
RECONCILE = f"mutation {{ startReconciliation {COMPARED} }}"
RECONCILIATION = f"{{ reconciliation {COMPARED} }}"
REBUILT = "{ state error done total }"
REBUILD = f"mutation {{ startRebuild {REBUILT} }}"
REBUILDING = f"{{ rebuild {REBUILT} }}"


class Unfinished(Problem):
    """What was started came to no end."""


def reconcile(
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help="First make what scores are counted from anew from the stored responses.",
        ),
    ] = False,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> int:
    """Compare what scores are counted from with the responses that are stored; responses may come in meanwhile.

    Status 0 if all agrees, 2 if something differs, 1 if it could not be compared.
    """
    with Api(url, token, on_away=lambda why: typer.echo(why, err=True)) as api:
        if rebuild:
            _rebuild(api)
        found = compare(api)
    report(found, Console())
    return 2 if found["differing"] else 0


def compare(api: Api) -> Json:
    """What a comparison finds that begins now."""
    _finished(api, RECONCILIATION, "reconciliation")  # one that runs may have begun before
    started: Json = api.query(RECONCILE)["startReconciliation"]
    return _whole(_finished(api, RECONCILIATION, "reconciliation", started), "compared")


def _rebuild(api: Api) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("rebuilding", total=None)
        found: Json = api.query(REBUILD)["startRebuild"]
        while found["state"] == "RUNNING":
            progress.update(bar, completed=found["done"], total=found["total"] or None)
            api.wait(LOOK_SECONDS)
            found = api.query(REBUILDING)["rebuild"]
        progress.update(bar, completed=found["done"], total=found["total"])
    print(f"rebuilt from {_whole(found, 'rebuilt')['done']:,} responses")


def _finished(api: Api, document: str, field: str, found: Json | None = None) -> Json:
    """The work once it does not go on; `found` is how it was last seen."""
    found = found or api.query(document)[field]
    while found["state"] == "RUNNING":
        api.wait(LOOK_SECONDS)
        found = api.query(document)[field]
    return found


def _whole(found: Json, what: str) -> Json:
    if found["state"] != "DONE":
        raise Unfinished(f"it could not be {what}: {found['error'] or found['state']}")
    return found


def report(found: Json, console: Console) -> None:
    """One line that all agrees, or a table of what differs."""
    compared, differing = found["compared"], found["differing"]
    where = f"compared by department, survey and month: {compared:,}"
    if not differing:
        print(f"all agrees; {where}")
        return
    table = Table("department", "survey", "month", "what", box=None)
    table.add_column("stored", justify="right")
    table.add_column("counted", justify="right")
    for one in found["differences"]:
        numbers = (f"{one['stored']:,}", f"{one['counted']:,}")
        table.add_row(one["department"], one["survey"], one["month"], _what(one), *numbers)
    console.print(table)
    shown = len(found["differences"])
    more = f" (the first {shown} are shown)" if shown < differing else ""
    print(f"numbers that differ: {differing:,}{more}; {where}")


def _what(difference: Json) -> str:
    if difference["quantity"] == "RESPONSES":
        return "responses"
    said = "answers" if difference["quantity"] == "ANSWERS" else "sum"
    option = f" = {difference['option']}" if difference["option"] else ""
    return f"{said} of {difference['question']}{option}"
