"""A first mapping for a file that somebody wants to import: by its first part, as `cxm import --suggest` makes it."""

import asyncio
import re
from tempfile import TemporaryFile
from typing import Any, Final

from services.kit.errors import FULL, FULL_REASON, Invalid, Unavailable, is_full
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.suggesting.columns import guess_kind
from services.kit.imports.suggesting.head import PARQUET, read_head
from services.kit.imports.suggesting.shapes import shapes
from services.kit.imports.suggesting.suggestion import KINDS, suggest
from services.kit.imports.suggesting.toml import WIDTH

MOST_ROWS: Final = 5
LONGEST_CELL: Final = 200  # characters that are shown
DOUBT: Final = "# ? "
COMMENT: Final = re.compile(r"# (\S+)")
WORKBOOK: Final = b"PK\x03\x04"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


async def suggestion_for(
    content: bytes, name: str, kind: str | None, *, is_cut: bool
) -> dict[str, Any]:
    """Kind, mapping, columns with their first rows, and doubts; Invalid where no mapping can make it readable.

    `kind` None: it is guessed. `is_cut`: the file goes on.
    """
    if kind is not None and kind not in KINDS:
        raise Invalid(
            f"no such kind of import: there are {', '.join(KINDS)}", reason="UNKNOWN_KIND"
        )
    if content[:4] == PARQUET:
        raise _unreadable(
            "a Parquet table is not read here: `cxm import KIND FILE --suggest` makes its mapping"
        )
    if content[:4] == WORKBOOK and is_cut:
        raise _unreadable(
            "a workbook of more than 1 MiB is not read here: save it as CSV, or let "
            "`cxm import KIND FILE --suggest` make its mapping"
        )
    if is_cut and content[:2] not in UTF_16:
        content = content[: content.rfind(b"\n") + 1] or content  # the last row is cut too
    try:
        # In a thread: what a file costs to read must hold up nobody else.
        return await asyncio.to_thread(lambda: asyncio.run(_suggested(content, name, kind)))
    except FileUnreadable as error:
        raise _unreadable(str(error)) from error
    except OSError as error:
        if is_full(error):  # that of this machine, where the file is put to be read
            raise Unavailable(FULL, reason=FULL_REASON) from error
        raise


def _unreadable(message: str) -> Invalid:
    return Invalid(message, reason="FILE_UNREADABLE")


async def _suggested(content: bytes, name: str, kind: str | None) -> dict[str, Any]:
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        mapping = await suggest(file, name, kind)
        head = await read_head(file, name)
    rows = [row.cells for row in head.rows]
    found = shapes(head.header.cells, rows)
    columns = [
        {
            "title": title[:LONGEST_CELL],
            "rows": [
                row[place][:LONGEST_CELL] if place < len(row) else "" for row in rows[:MOST_ROWS]
            ],
        }
        for place, title in enumerate(head.header.cells)
    ]
    return {
        "kind": kind or guess_kind(found),
        "mapping": mapping,
        "columns": columns,
        "doubts": doubts_in(mapping),
    }


def doubts_in(mapping: str) -> list[str]:
    """The doubts of a mapping, each on one line. A line of comment goes on where its next word had no room."""
    doubts: list[str] = []
    last = ""
    for line in mapping.splitlines():
        word = COMMENT.match(line)
        if line.startswith(DOUBT):
            doubts.append(line.removeprefix(DOUBT))
            last = line
        elif last and word and len(last) - 1 + len(word[1]) > WIDTH:
            doubts[-1] += " " + line.removeprefix("# ")
            last = line
        else:
            last = ""
    return doubts
