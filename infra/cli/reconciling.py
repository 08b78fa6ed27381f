"""The command `cxm reconcile`: scores against stored responses, through the public API."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from infra.cli.options import DEFAULT_URL, Token, Url, add_row
from infra.client.api import Api, Json
from infra.client.problem import Problem

POLL_SECONDS = 0.5
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
        comparison = compare(api)
    report(comparison, Console())
    return 2 if comparison["differing"] else 0


def compare(api: Api) -> Json:
    """The comparison of a run that begins now; Unfinished if it fails."""
    _until_ended(api, RECONCILIATION, "reconciliation")  # one that runs may have begun before
    started: Json = api.query(RECONCILE)["startReconciliation"]
    return _require_done(_until_ended(api, RECONCILIATION, "reconciliation", started), "compared")


def _rebuild(api: Api) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("rebuilding", total=None)
        work: Json = api.query(REBUILD)["startRebuild"]
        while work["state"] == "RUNNING":
            progress.update(bar, completed=work["done"], total=work["total"] or None)
            api.wait(POLL_SECONDS)
            work = api.query(REBUILDING)["rebuild"]
        progress.update(bar, completed=work["done"], total=work["total"])
    print(f"rebuilt from {_require_done(work, 'rebuilt')['done']:,} responses")


def _until_ended(api: Api, document: str, field: str, work: Json | None = None) -> Json:
    """The work once it has ended; `work` is its last known state."""
    work = work or api.query(document)[field]
    while work["state"] == "RUNNING":
        api.wait(POLL_SECONDS)
        work = api.query(document)[field]
    return work


def _require_done(work: Json, what: str) -> Json:
    if work["state"] != "DONE":
        raise Unfinished(f"it could not be {what}: {work['error'] or work['state']}")
    return work


def report(comparison: Json, console: Console) -> None:
    """One line that all agrees, or a table of what differs."""
    compared, differing = comparison["compared"], comparison["differing"]
    where = f"compared by department, survey and month: {compared:,}"
    if not differing:
        print(f"all agrees; {where}")
        return
    table = Table("department", "survey", "month", "what", box=None)
    table.add_column("stored", justify="right")
    table.add_column("counted", justify="right")
    for difference in comparison["differences"]:
        numbers = (f"{difference['stored']:,}", f"{difference['counted']:,}")
        where_differs = (difference[name] for name in ("department", "survey", "month"))
        add_row(table, *where_differs, _what(difference), *numbers)
    console.print(table)
    shown = len(comparison["differences"])
    more = f" (the first {shown} are shown)" if shown < differing else ""
    print(f"numbers that differ: {differing:,}{more}; {where}")


def _what(difference: Json) -> str:
    if difference["quantity"] == "RESPONSES":
        return "responses"
    quantity = "answers" if difference["quantity"] == "ANSWERS" else "sum"
    option = f" = {difference['option']}" if difference["option"] else ""
    return f"{quantity} of {difference['question']}{option}"
