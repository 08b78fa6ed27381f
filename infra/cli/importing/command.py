"""The command `cxm import`: exit status 0 all stored, 1 nothing attempted or cut short, 2 a row was refused."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.options import DEFAULT_URL, Token, Url
from infra.client.problem import Problem


class Kind(StrEnum):
    """What can be imported."""

    departments = "departments"
    touchpoints = "touchpoints"
    customers = "customers"
    identities = "identities"
    consents = "consents"
    points = "points"
    purchases = "purchases"
    interactions = "interactions"
    subscriptions = "subscriptions"
    responses = "responses"
    employees = "employees"
    wave = "wave"


KindArgument = Annotated[Kind | None, typer.Argument(help="What the rows are.", show_default=False)]
File = Annotated[
    Path | None,
    typer.Argument(
        help="CSV, XLSX or Parquet; the header is the first row, or where the mapping says.",
        show_default=False,
    ),
]
Mapping = Annotated[
    Path | None,
    typer.Option(
        help="TOML that says which column is which field; ours: for a file that cxm export wrote.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check all, store nothing.")]
Update = Annotated[
    bool,
    typer.Option(
        "--update", help="Correct responses that are stored with other answers; see the counts."
    ),
]
Errors = Annotated[
    Path | None,
    typer.Option(help="Report of refused rows; else FILE.errors.csv, if there are any."),
]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="Of employees: the file is the truth for the ids it names; their other stints are removed.",
    ),
]
Suggest = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Print a first mapping for a file, with doubts as comments; nothing is sent.",
        show_default=False,
    ),
]


def import_file(
    kind: KindArgument = None,
    file: File = None,
    mapping: Mapping = None,
    dry_run: DryRun = False,
    update: Update = False,
    replace: Replace = False,
    errors: Errors = None,
    suggest: Suggest = None,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Import a file into the platform; running it again stores nothing twice.

    A file of cxm export responses comes back into the same responses with --mapping ours: what is unchanged stays, and
    with --update a changed cell corrects its response.

    Ends with 0 when every row is stored, 1 when nothing could be done, 2 when rows were refused.
    """
    from infra.cli.importing.running import Options, run

    if suggest is not None:
        print_suggestion(suggest, kind)
        return
    options = Options(
        *_needed(kind, file, mapping), dry_run, errors, url, token, update=update, replace=replace
    )
    tally = run(options)
    raise typer.Exit(2 if tally.refused else 0)


def print_suggestion(file: Path, kind: Kind | None) -> None:
    """A first mapping on stdout; `cxm import --suggest FILE > FILE.toml` keeps it."""
    from infra.cli.importing.suggesting import suggested

    print(suggested(file, kind.value if kind else None))


def _needed(kind: Kind | None, file: Path | None, mapping: Path | None) -> tuple[str, Path, Path]:
    if kind is None or file is None:
        kinds = ", ".join(Kind)
        raise Problem(
            f"name what the rows are ({kinds}) and the file; --suggest FILE helps to begin"
        )
    if mapping is None:
        raise Problem(
            f"name a mapping with --mapping; cxm import {kind.value} --suggest {file} prints a first one"
        )
    return kind.value, file, mapping
