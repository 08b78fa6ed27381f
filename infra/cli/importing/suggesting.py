"""A first mapping for a file: made here, of titles and first rows, so it needs no platform and no token."""

import asyncio
from pathlib import Path

from infra.client.problem import Problem
from services.kit.errors import Failure
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.suggesting.suggestion import suggest


def suggested(path: Path, kind: str | None) -> str:
    """TOML with doubts as comments; Problem where the file is none that can be imported."""
    try:
        with path.open("rb") as file:
            return asyncio.run(suggest(file, path.name, kind))
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror or error}") from error
    except (FileUnreadable, Failure) as error:
        raise Problem(str(error)) from error
