"""Files of keys: those that sign, in JSON, and others, 32 random bytes in hex."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError

from services.kit.errors import Invalid

KEY_BYTES = 32


@contextmanager
def holding_keys(path: Path) -> Iterator[None]:
    """Invalid, naming the file, where what is read from it inside is no key."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError, JoseError) as error:
        raise Invalid(f"{path} holds no key: {type(error).__name__}") from error


def read_jwk(path: Path) -> dict[str, Any]:
    """The JSON of a key, or of a set of keys; Invalid if it is none."""
    with holding_keys(path):
        return dict(json.loads(path.read_text()))


def read_key(path: Path) -> bytes:
    """The key in a file; Invalid if it is not one."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Invalid(f"{path} cannot be read as hex: {type(error).__name__}") from error
    if len(key) != KEY_BYTES:
        raise Invalid(f"{path} holds {len(key)} bytes: {KEY_BYTES} are needed")
    return key
