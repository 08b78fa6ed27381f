"""Secrets made on first use and kept in the data dir, readable by the owner only."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def keep(path: Path, text: str) -> None:
    """Write a file that only its owner may read; complete or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def passwords(path: Path, users: Iterable[str]) -> dict[str, str]:
    """The kept password of each user; a user without one gets one."""
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = {user: secrets.token_urlsafe(24) for user in users if user not in kept}
    if missing:
        kept |= missing
        keep(path, json.dumps(kept, indent=1))
    return kept
