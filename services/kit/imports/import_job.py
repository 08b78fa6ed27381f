"""One import: the upload is spooled to disk and read through once, then stored batch by batch."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

from cxm.batch.v1.batch_pb2 import ImportHeader, ImportPart, ImportProgress
from services.kit.config import IMPORTS_AT_ONCE, IMPORTS_PER_SUBJECT
from services.kit.errors import Invalid
from services.kit.imports.cells import SheetColumns, quote
from services.kit.imports.dates import Calendar, find_zone
from services.kit.imports.files import TextFile, open_text
from services.kit.imports.format.date_forms import ISO, check_format
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.format.remarks import Counted, Remarks
from services.kit.imports.mapping import ImportKind, Mapping, read_mapping
from services.kit.imports.row_batches import Plan, Tally, carry_out
from services.kit.imports.sections import MappingInvalid, list_names
from services.kit.imports.sheets import Wanted, is_table, write_as_text
from services.kit.places import Places
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree

HEADER_AGAIN: Final = Counted(
    "row is the header again and was left out", "rows are the header again and were left out"
)
TOTALS: Final = Counted(
    "row at the end sums up the others ({}) and was left out; if it is one of them, move it up",
    "rows at the end sum up the others ({}) and were left out; if they are some of them, move them up",
)
NO_ROWS: Final = Counted("header was found, and no rows under it", "headers and no rows under them")
AS_FAR_AS_SEEN: Final = "AS_FAR_AS_SEEN"
LARGEST_FILE: Final = 4 * 1024**3
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Job:
    """What one import works on."""

    mapping: Mapping
    file: TextFile
    columns: SheetColumns
    dry_run: bool
    remarks: Remarks = field(default_factory=Remarks)
    update: bool = False
    """What is stored with other content is corrected."""
    replace: bool = False
    """What the file names becomes what the file says, and nothing else."""

    def note_left_out(self) -> int:
        """How many rows are no rows of the table, each kind that the mapping does not name in a remark."""
        repeated, totals = self.file.repeated, self.file.totals
        if not self.file.rows and not repeated and not totals:
            self.remarks.add("NO_ROWS", NO_ROWS)
        if repeated:
            self.remarks.add("HEADER_AGAIN", HEADER_AGAIN, repeated)
        if totals:
            words = list_names(map(quote, totals.words()))
            self.remarks.add("TOTAL_ROWS", Counted(*(s.format(words) for s in TOTALS)), len(totals))
        return self.file.left_out + repeated + len(totals)

    def calendar(self, local: ZoneInfo) -> Calendar:
        """Reads the file's dates; `local` is the organisation's zone."""
        form = self.mapping.format
        naive = find_zone(form.timezone) if form.timezone else local
        iso = (check_format(ISO),) if self.file.is_typed else ()
        return Calendar((*iso, *form.dates), naive=naive, local=local)


def remark_sight(job: Job, viewer: Viewer, tree: Tree, said: Counted) -> None:
    """To who does not see everything, whatever there is: a dry run leaves no trace, so it must not tell them."""
    rows = job.file.rows - job.file.left_out
    if job.dry_run and rows and not may(viewer, Action.READ_DIRECTORY, tree.root_id, tree):
        job.remarks.add(AS_FAR_AS_SEEN, said, rows)


Prepare = Callable[[Job], Awaitable[Plan[Any]]]
"""Asks and checks everything that can stop the whole import; stores nothing."""


class Imports:
    """The imports of one process, a few at a time."""

    def __init__(
        self, at_once: int = IMPORTS_AT_ONCE, of_a_subject: int = IMPORTS_PER_SUBJECT
    ) -> None:
        self.places = Places("imports", at_once, of_a_subject)

    async def run(
        self, kind: ImportKind, parts: AsyncIterator[ImportPart], prepare: Prepare, subject: str
    ) -> AsyncIterator[ImportProgress]:
        """Progress until the last message. RateLimited where there is no place; Invalid where mapping or file stop all
        of it, with nothing stored."""
        header = await _header(parts)
        _check_asked(header, kind)
        with (
            self.places.taken_by(subject),
            TemporaryFile() as file,
            TemporaryFile() as text,
            explaining(),
        ):
            mapping = await asyncio.to_thread(read_mapping, header.mapping, kind)
            yield ImportProgress()
            await _spool(parts, file)
            job = await _open(header, mapping, file, text)
            plan = await prepare(job)
            tally = Tally(job.file.rows, job.note_left_out())
            async for progress in carry_out(plan, tally, job.remarks):
                yield progress


@contextmanager
def explaining() -> Iterator[None]:
    """What is wrong with mapping or file, as the caller hears it."""
    try:
        yield
    except MappingInvalid as error:
        raise Invalid(str(error), reason="MAPPING_INVALID", field=["mapping"]) from error
    except FileUnreadable as error:
        raise Invalid(str(error), reason="FILE_UNREADABLE", field=["file"]) from error


def _check_asked(header: ImportHeader, kind: ImportKind) -> None:
    """Invalid where more is asked than rows of this kind can have."""
    if header.update and not kind.can_update:
        raise Invalid(
            f"{kind.name} are changed by every import: leave --update out",
            reason="CANNOT_UPDATE",
        )
    if header.replace and not kind.can_replace:
        raise Invalid(
            f"{kind.name} cannot be replaced by a file: leave --replace out",
            reason="CANNOT_REPLACE",
        )


async def _header(parts: AsyncIterator[ImportPart]) -> ImportHeader:
    first = await anext(parts, None)
    if first is None or first.WhichOneof("part") != "header":
        raise Invalid("an upload begins with its header", reason="HEADER_MISSING")
    return first.header


async def _spool(parts: AsyncIterator[ImportPart], file: BinaryIO) -> None:
    """Write the whole upload to disk; one that is cut in half never gets past here.

    Where the disk takes no more the rest is heard all the same: a caller that still writes when the call ends is not
    told why.
    """
    size, failed = 0, None
    async for part in parts:
        size += len(part.data)
        if size > LARGEST_FILE:
            raise FileUnreadable(f"the file is larger than {LARGEST_FILE // 1024**3} GiB")
        try:
            if failed is None:
                file.write(part.data)
        except OSError as error:
            failed = error
    if failed is not None:
        raise failed
    file.flush()


async def _open(header: ImportHeader, mapping: Mapping, file: BinaryIO, text: BinaryIO) -> Job:
    """The file as text, read through once; `text` takes what was none."""
    name = header.file_name[:LONGEST_NAME] or "the file"
    form = mapping.format
    encoding, delimiter = form.encoding, form.delimiter
    is_typed, remarks = is_table(file), Remarks()
    if is_typed:
        columns, missing = tuple(mapping.used()), tuple(form.missing)
        wanted = Wanted(form.sheet, form.layout.header, columns, missing)
        await write_as_text(file, name, text, wanted, remarks)
        file, encoding, delimiter = text, "utf-8", ","
    filled = [mapping.columns.get(named, named) for named in form.fill_down]
    read = partial(open_text, encoding=encoding, delimiter=delimiter, layout=form.layout)
    opened = await asyncio.to_thread(read, file, name, fill_down=filled)
    opened = replace(opened, is_typed=is_typed)
    found = SheetColumns(mapping, opened, remarks)
    opened.totals.keep_columns({place.index for place in found.own.values()})
    return Job(
        mapping,
        opened,
        found,
        header.dry_run,
        remarks,
        update=header.update,
        replace=header.replace,
    )
