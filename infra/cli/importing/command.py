"""The command `cxm import`: exit status 0 all stored, 1 nothing attempted or cut short, 2 a row was refused."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.options import DEFAULT_URL, Token, Url


class Kind(StrEnum):
    """What can be imported."""

    departments = "departments"
    touchpoints = "touchpoints"
    responses = "responses"
    employees = "employees"


def import_file(
    kind: Annotated[Kind, typer.Argument(help="What the rows are.")],
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV, XLSX or Parquet; the header is the first row, or where the mapping says."
        ),
    ],
    mapping: Annotated[Path, typer.Option(help="TOML that says which column is which field.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check all, store nothing.")] = False,
    errors: Annotated[
        Path | None,
        typer.Option(help="Report of refused rows; else FILE.errors.csv, if there are any."),
    ] = None,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Import a file into the platform; running it again stores nothing twice.

    Ends with 0 when every row is stored, 1 when nothing could be done, 2 when rows were refused.
    """
    from infra.cli.importing.running import Options, run

    options = Options(kind.value, file, mapping, dry_run, errors, url, token)
    tally = run(options)
    raise typer.Exit(2 if tally.refused else 0)
