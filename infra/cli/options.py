"""What the commands share: options, and tables that are whole where no terminal cuts them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.kit.clock import instant_text
from services.kit.errors import printable

DEFAULT_URL = "http://127.0.0.1:8000"

Url = Annotated[str, typer.Option(envvar="CXM_URL", help="Where the platform runs.")]
Token = Annotated[
    str,
    typer.Option(
        envvar="CXM_TOKEN",
        help="A bearer token of somebody who may do this; `cxm token` makes one.",
        show_default=False,
    ),
]
WHOLE = 10_000


class GrantedRole(StrEnum):
    """The roles that a person may have."""

    admin = "admin"
    analyst = "analyst"
    department_head = "department_head"
    integration = "integration"
    operator = "operator"
    privacy_officer = "privacy_officer"


class ConsumingService(StrEnum):
    """Services that apply the facts of others."""

    profile = "profile"
    survey = "survey"
    metrics = "metrics"
    employee_exp = "employee_exp"


def day(text: str) -> str:
    """A day as the API takes it."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day, like 2026-12-01") from error


def instant(text: str | None) -> str:
    """An instant of the API to the second, in UTC; empty where there is none."""
    return instant_text(datetime.fromisoformat(text), "seconds") if text else ""


def make_table(*names: str) -> Table:
    """Columns that fold what is too long for a terminal."""
    table = Table(box=None)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def add_row(table: Table, *cells: str) -> None:
    """As they are: keys and subjects come from others, and must neither style nor hide what is printed."""
    table.add_row(*(Text(printable(cell)) for cell in cells))


def show(printed: Table | str) -> None:
    """As wide as the terminal; in a pipe or a file, a line for each row."""
    console = Console()
    if not console.is_terminal:
        console.width = WHOLE
    console.print(printed)
