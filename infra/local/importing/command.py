"""The command `cxm import`: exit status 0 all stored, 1 nothing attempted or cut short, 2 a row was refused."""

import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from infra.local.api import Api, ApiRefused
from infra.local.importing.plan import Job, Plan, prepare
from infra.local.importing.report import Report, Tally
from infra.local.importing.sending import rehearse, send
from services.kit.files import FileUnreadable, open_text
from services.kit.mapping import Mapping, read_mapping
from services.kit.sections import MappingInvalid

NAMES_SHOWN: Final = 10


class Kind(StrEnum):
    """What can be imported."""

    departments = "departments"
    touchpoints = "touchpoints"
    responses = "responses"
    employees = "employees"


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, and where to talk to."""

    kind: Kind
    file: Path
    mapping: Path
    dry_run: bool
    errors: Path | None
    url: str
    token: str
    console: Console
    tally: Tally = field(default_factory=Tally)

    @property
    def report(self) -> Path:
        return self.errors or self.file.with_name(f"{self.file.name}.errors.csv")


def import_file(
    kind: Annotated[Kind, typer.Argument(help="What the rows are.")],
    file: Annotated[Path, typer.Argument(help="A CSV file whose first row is the header.")],
    mapping: Annotated[Path, typer.Option(help="TOML that says which column is which field.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check all, store nothing.")] = False,
    errors: Annotated[
        Path | None, typer.Option(help="Report of refused rows; else FILE.errors.csv if needed.")
    ] = None,
    url: Annotated[str, typer.Option(help="Where cxm runs.")] = "http://127.0.0.1:8000",
    token: Annotated[
        str, typer.Option(envvar="CXM_TOKEN", help="A bearer token.", show_default=False)
    ] = "",
) -> None:
    """Import a file into the platform; running it again stores nothing twice."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    options = Options(kind, file, mapping, dry_run, errors, url, token, console)
    try:
        run(options)
    except (MappingInvalid, FileUnreadable, ApiRefused, OSError) as error:
        _explain(options, str(error))
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        _explain(options, "stopped")
        raise typer.Exit(1) from error
    raise typer.Exit(2 if options.tally.refused else 0)


def run(options: Options) -> None:
    """Read, check, send and sum up; raises what stops an import as a whole."""
    mapping = _read_mapping(options)
    form = mapping.format
    file = open_text(options.file, encoding=form.encoding, delimiter=form.delimiter)
    if not os.access(options.report.parent, os.W_OK):
        raise FileUnreadable(
            f"refused rows could not be reported in {options.report.parent};"
            " name a report with --errors"
        )
    console = options.console

    def on_away(message: str) -> None:
        console.print(message, markup=False)

    with Api(options.url, options.token, on_away=on_away) as api:
        plan = prepare(Job(api, mapping, file, options.dry_run))
        with Report(options.report, always=options.errors is not None) as report:
            _carry_out(options, api, plan, report, file.rows)
    _sum_up(options, plan)


def _read_mapping(options: Options) -> Mapping:
    """The mapping; whatever is wrong with it names its file."""
    try:
        text = options.mapping.read_text("utf-8-sig")
    except OSError as error:
        raise MappingInvalid(f"{options.mapping} cannot be read: {error.strerror}") from error
    except UnicodeError as error:
        raise MappingInvalid(f"{options.mapping} is not UTF-8: {error}") from error
    try:
        return read_mapping(text, options.kind.value)
    except MappingInvalid as error:
        raise MappingInvalid(f"{options.mapping}: {error}") from error


def _carry_out(options: Options, api: Api, plan: Plan, report: Report, rows: int) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=options.console) as progress:
        task = progress.add_task(options.kind.value, total=rows)

        def advance(count: int) -> None:
            progress.advance(task, count)

        if options.dry_run:
            rehearse(plan.batches, report, options.tally, advance)
        else:
            send(api, plan.target, plan.batches, report, options.tally, advance)


def _sum_up(options: Options, plan: Plan) -> None:
    tally, would = options.tally, "would create" if options.dry_run else "created"
    if plan.created_survey and (tally.stored or tally.already):
        print(f'{would} survey "{plan.created_survey}"')
    if plan.departments and plan.departments.created:
        names = plan.departments.created
        more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
        print(f"{would} {len(names)} departments: {', '.join(names[:NAMES_SHOWN])}{more}")
    if options.dry_run:
        print(f"dry run, nothing is stored: {tally.stored} rows are good, refused {tally.refused}")
    else:
        print(f"stored {tally.stored}, already stored {tally.already}, refused {tally.refused}")
    if tally.refused:
        print(f"refused rows are in {options.report}")


def _explain(options: Options, message: str) -> None:
    """One sentence; and after a cut how far it came."""
    options.console.print(f"cxm import: {message}", markup=False)
    done = options.tally.stored + options.tally.already
    if done and not options.dry_run:
        again = "the same command again goes on from here and stores nothing twice"
        options.console.print(f"{done} rows are stored; {again}", markup=False)
