"""One run of an import: upload with a progress bar, report, sum up."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from infra.cli.importing.own_exports import is_ours, own_mapping
from infra.cli.importing.report import Report, Tally, counted
from infra.cli.importing.uploading import MappingRefused, Upload, send
from infra.client.api import Api, Json
from infra.client.problem import Problem

LARGEST_MAPPING: Final = 16 * 1024
LARGEST_FILE: Final = 4 * 1024**3
MOST_SHOWN: Final = 20  # differences
MOST_REASONS: Final = 5


@dataclass(frozen=True, slots=True)
class Options:
    """The command line; `transport` replaces the network in tests."""

    kind: str
    file: Path
    mapping: Path
    dry_run: bool
    errors: Path | None
    url: str
    token: str
    transport: httpx.BaseTransport | None = None
    update: bool = False
    replace: bool = False

    @property
    def report(self) -> Path:
        return self.errors or self.file.with_name(f"{self.file.name}.errors.csv")


def run(options: Options) -> Tally:
    """What became of the rows; Problem where the import as a whole cannot begin or go on."""
    tally = Tally()
    try:
        with _open(options.file) as file:
            _run(options, file, tally)
    except MappingRefused as error:
        raise Problem(f"{options.mapping}: {error}") from error
    except (OSError, Problem, KeyboardInterrupt) as error:
        why = "stopped" if isinstance(error, KeyboardInterrupt) else str(error)
        done = 0 if options.dry_run else tally.stored + tally.corrected + tally.already
        if done:
            are = counted(done, "row is", "rows are")
            why += f"; {are} stored, and the same command goes on where this one ended"
        raise Problem(why) from error
    return tally


def _run(options: Options, file: BinaryIO, tally: Tally) -> None:
    mapping = None if is_ours(options.mapping) else _read_mapping(options.mapping)
    folder = options.report.absolute().parent
    if not os.access(folder, os.W_OK):
        raise Problem(f"{folder} cannot take a report of refused rows: name one with --errors")
    console = Console(stderr=True, highlight=False, soft_wrap=True)

    def on_away(message: str) -> None:
        console.print(message, markup=False)

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        Api(options.url, options.token, transport=options.transport, on_away=on_away) as api,
        Report(options.report, always=options.errors is not None) as report,
        Progress(*columns, TimeRemainingColumn(), console=console) as progress,
    ):
        if mapping is None:
            mapping = own_mapping(api, options.kind, options.file, file)
        upload = Upload(
            options.kind,
            options.file.name,
            mapping,
            file,
            options.dry_run,
            options.update,
            options.replace,
        )
        task = progress.add_task(options.kind, total=None)

        def show(tally: Tally) -> None:
            progress.update(task, total=tally.rows or None, completed=tally.read)

        done = send(api, upload, report, tally, show)
    _sum_up(options, done, tally)


def _open(path: Path) -> BinaryIO:
    try:
        file = path.open("rb")
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror or error}") from error
    if os.fstat(file.fileno()).st_size > LARGEST_FILE:
        file.close()
        raise Problem(f"{path} is larger than 4 GiB: cut it, every part with the header")
    return file


def _read_mapping(path: Path) -> str:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise MappingRefused(f"the mapping cannot be read: {error.strerror}") from error
    except UnicodeError as error:
        raise MappingRefused(f"the mapping is not UTF-8: {error}") from error
    if len(text.encode()) > LARGEST_MAPPING:
        raise MappingRefused("the mapping is larger than 16 KiB")
    return text


def _sum_up(options: Options, done: Json, tally: Tally) -> None:
    created = done["created"]
    would = "would create" if options.dry_run else "created"
    if created["survey"]:
        print(f'{would} survey "{created["survey"]}"')
    count, names = created["departments"]["count"], created["departments"]["names"]
    if count:
        more = f" and {count - len(names)} more" if count > len(names) else ""
        departments = counted(count, "department", "departments")
        print(f"{would} {departments}: {', '.join(names)}{more}")
    counts = f"already stored {tally.already}, refused {tally.refused}"
    if options.update:
        counts = f"corrected {tally.corrected}, {counts}"
    if tally.left_out:
        counts += f", left out {tally.left_out}"
    if tally.joined:
        counts += f", joined to rows above {tally.joined}"
    if options.dry_run:
        print(f"dry run: {counted(tally.stored, 'row', 'rows')} can be stored, {counts}")
    else:
        print(f"stored {tally.stored}, {counts}")
    _show_differences(options, tally)
    for remark in done.get("remarks", ()):
        print(f"note: {remark['count']} {remark['message']}")
    if tally.refused:
        print(f"refused rows are in {options.report}; why:")
        _show_reasons(tally)


def _show_reasons(tally: Tally) -> None:
    """Why rows were refused: the most frequent reasons, each with its first row."""
    reasons = sorted(tally.reasons.values(), key=lambda reason: -reason.rows)
    for reason in reasons[:MOST_REASONS]:
        first = reason.first
        where = f"row {first['row']}" + (f', column "{first["column"]}"' if first["column"] else "")
        rows = counted(reason.rows, "row", "rows")
        print(f"  {rows} {first['reason']}, first {where}: {first['message']}")
    if len(reasons) > MOST_REASONS:
        print(f"  and {counted(len(reasons) - MOST_REASONS, 'reason', 'reasons')} more")


def _show_differences(options: Options, tally: Tally) -> None:
    """What a file replaced, as a list of what goes and what comes."""
    if not tally.differences:
        return
    print("would change" if options.dry_run else "changed")
    for difference in tally.differences[:MOST_SHOWN]:
        print(f"  {difference['id']}")
        for sign, stints in (("-", difference["before"]), ("+", difference["after"])):
            for stint in stints:
                print(f"    {sign} {stint}")
    if len(tally.differences) > MOST_SHOWN:
        print(f"  and {len(tally.differences) - MOST_SHOWN} more")
