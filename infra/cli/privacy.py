"""Erasures after a restore, directly at the deployment, which is not ready until then: `cxm privacy reapply`."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from infra.client.problem import Problem
from infra.local.datadir import JOURNAL_FILE

REAPPLY = "reapply"
"""What asks profile to do again what the journal has, as services/profile/privacy/journal.py names it."""
DEFAULT = Path(".cxm")
LOOK_SECONDS = 0.2
WAIT_SECONDS = 120.0

privacy = typer.Typer(help="Erasures after a restore.", no_args_is_help=True)


@privacy.callback()
def group() -> None:
    """Erasures after a restore."""


@privacy.command()
def reapply(
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", help="The data dir of `cxm up`.", show_default=False),
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal",
            help="Elsewhere: the directory of profile's journal of erasures.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Do again whatever the journal of erasures has and a restored backup lacks; then profile is ready.

    Where profile does not run, it does so at its start. Status 2 if it runs and has not done it after two minutes.
    """
    from infra.local import datadir

    if data_dir is not None and journal is not None:
        raise Problem("name a --data-dir or a --journal, not both")
    source = data_dir or DEFAULT
    if journal is None and datadir.find_state(source) is None:
        raise Problem(f"there is no platform in {source}: name its --data-dir, or a --journal")
    directory = journal or datadir.journal(source)
    orders = count_orders(directory)
    (directory / REAPPLY).touch(mode=0o600)
    print(f"erasures in the journal: {orders}")
    if journal is None and not datadir.is_held(source):
        print("the platform does not run: what is missing is done again when it starts")
        return 0
    if not _is_taken(directory / REAPPLY):
        print("profile has not done it yet: see its log; it goes on trying")
        return 2
    print("done again: profile is ready, the other services erase and report")
    return 0


def count_orders(directory: Path) -> int:
    """How many erasures a journal has; Problem where there is none."""
    path = directory / JOURNAL_FILE
    try:
        # A crash may have cut the last line: it counts for nobody, as in the journal itself.
        lines = path.read_text().rpartition("\n")[0].splitlines()
    except OSError as error:
        raise Problem(f"the journal {path} cannot be read: {error.strerror}") from error
    try:
        read = [json.loads(line.rpartition(" ")[0]) for line in lines]
    except ValueError as error:
        raise Problem(f"{path} is no journal of erasures, or is damaged") from error
    last = {entry["request"]: entry["kind"] for entry in read if entry["kind"] != "allowed"}
    return sum(kind == "ordered" for kind in last.values())


def _is_taken(mark: Path) -> bool:
    """Whether profile takes the mark away within its time."""
    deadline = time.monotonic() + WAIT_SECONDS
    while mark.exists():
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_SECONDS)
    return True
