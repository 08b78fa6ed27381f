"""One run of an import: read and check, send with a progress bar, sum up."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from infra.local.api import Api
from infra.local.importing.plan import Job, Plan, prepare
from infra.local.importing.report import Report, Tally
from infra.local.importing.sending import rehearse, send
from infra.local.problem import Problem
from services.kit.files import FileUnreadable, TextFile, open_text
from services.kit.mapping import ImportKind, Mapping, read_mapping
from services.kit.sections import MappingInvalid

NAMES_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Options:
    """The command line; `transport` is another way to the API than the network."""

    kind: ImportKind
    file: Path
    mapping: Path
    dry_run: bool
    errors: Path | None
    url: str
    token: str
    transport: httpx.BaseTransport | None = None

    @property
    def report(self) -> Path:
        return self.errors or self.file.with_name(f"{self.file.name}.errors.csv")


def run(options: Options) -> Tally:
    """What became of the rows; Problem where the import as a whole cannot begin or go on."""
    tally = Tally()
    try:
        _run(options, tally)
    except MappingInvalid as error:
        raise Problem(f"{options.mapping}: {error}") from error
    except (FileUnreadable, OSError, Problem, KeyboardInterrupt) as error:
        why = "stopped" if isinstance(error, KeyboardInterrupt) else str(error)
        done = 0 if options.dry_run else tally.stored + tally.already
        if done:
            why += f"; {done} rows are stored, and the same command goes on where this one ended"
        raise Problem(why) from error
    return tally


def _run(options: Options, tally: Tally) -> None:
    mapping = _read_mapping(options)
    form = mapping.format
    try:
        source = options.file.open("rb")
    except OSError as error:
        raise Problem(f"{options.file} cannot be read: {error.strerror}") from error
    file = open_text(source, str(options.file), encoding=form.encoding, delimiter=form.delimiter)
    folder = options.report.absolute().parent
    if not os.access(folder, os.W_OK):
        raise Problem(f"{folder} cannot take a report of refused rows: name one with --errors")
    console = Console(stderr=True, highlight=False, soft_wrap=True)

    def on_away(message: str) -> None:
        console.print(message, markup=False)

    with Api(options.url, options.token, transport=options.transport, on_away=on_away) as api:
        plan = prepare(Job(api, mapping, file, options.dry_run))
        _carry_out(options, api, plan, file, tally, console)
    _sum_up(options, plan, tally)


def _read_mapping(options: Options) -> Mapping:
    try:
        text = options.mapping.read_text("utf-8-sig")
    except OSError as error:
        raise MappingInvalid(f"the mapping cannot be read: {error.strerror}") from error
    except UnicodeError as error:
        raise MappingInvalid(f"the mapping is not UTF-8: {error}") from error
    return read_mapping(text, options.kind)


def _carry_out(
    options: Options, api: Api, plan: Plan, file: TextFile, tally: Tally, console: Console
) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        Report(options.report, always=options.errors is not None) as report,
        Progress(*columns, TimeRemainingColumn(), console=console) as progress,
    ):
        task = progress.add_task(options.kind, total=file.rows)

        def advance(count: int) -> None:
            progress.advance(task, count)

        if options.dry_run:
            rehearse(plan.batches, report, tally, advance)
        else:
            send(api, plan.target, plan.batches, report, tally, advance)


def _sum_up(options: Options, plan: Plan, tally: Tally) -> None:
    would = "would create" if options.dry_run else "created"
    if plan.created_survey:
        print(f'{would} survey "{plan.created_survey}"')
    if plan.departments and plan.departments.created:
        names = plan.departments.created
        more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
        print(f"{would} {len(names)} departments: {', '.join(names[:NAMES_SHOWN])}{more}")
    if options.dry_run:
        print(f"dry run: {tally.stored} rows can be stored, refused {tally.refused}")
    else:
        print(f"stored {tally.stored}, already stored {tally.already}, refused {tally.refused}")
    if tally.refused:
        print(f"refused rows are in {options.report}")
