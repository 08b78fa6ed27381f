"""`cxm import --mapping ours`: the mapping of a file that `cxm export responses` wrote, as the platform has it."""

import asyncio
from pathlib import Path
from typing import BinaryIO, Final

from infra.client.api import Api, ApiRefused
from infra.client.exports import fetch_mapping
from infra.client.problem import Problem
from services.kit.errors import Failure
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.suggesting.head import Head, read_head

OURS: Final = Path("ours")


def is_ours(mapping: Path) -> bool:
    """Whether the word is meant, and no file of this name."""
    return mapping == OURS and not mapping.exists()


def own_mapping(api: Api, kind: str, path: Path, file: BinaryIO) -> str:
    """TOML; Problem where the file is no export of responses, or the platform has no such survey."""
    if kind != "responses":
        raise Problem("--mapping ours is for responses: files of other kinds are not exported")
    try:
        head = asyncio.run(read_head(file, path.name))
    except (FileUnreadable, Failure) as error:
        raise Problem(str(error)) from error
    survey = _survey(head, path)
    delimiter = "," if head.is_typed else head.written.delimiter
    try:
        return fetch_mapping(api, survey, delimiter)
    except ApiRefused as error:
        raise Problem(
            f'no mapping of survey "{survey}": {error}; for a platform that does not have the survey, write its mapping'
            f" where {path.name} is from with cxm export responses --mapping-out FILE, and name that file"
        ) from error


def _survey(head: Head, path: Path) -> str:
    """The key of the survey that the rows are of."""
    header = [cell.strip() for cell in head.header.cells]
    if "response" not in header or "survey" not in header:
        raise Problem(
            f"{path.name} is no export of responses: it has no columns response and survey; name a mapping of its own"
        )
    place = header.index("survey")
    cells = (row.cells[place].strip() for row in head.rows if place < len(row.cells))
    survey = next(filter(None, cells), None)
    if survey is None:
        raise Problem(f"{path.name} has no rows")
    return survey
