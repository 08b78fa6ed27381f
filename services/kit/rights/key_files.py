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
    """Invalid, naming the file, where it cannot be read inside, or what is read from it is no key."""
    try:
        yield
    except OSError as error:
        raise Invalid(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, JoseError) as error:
        raise Invalid(f"{path} holds no key: {type(error).__name__}") from error


def read_jwk(path: Path) -> dict[str, Any]:
    """The JSON of a key, or of a set of keys; Invalid if it is none."""
    with holding_keys(path):
        return dict(json.loads(path.read_text()))


def created_at(path: Path) -> float:
    """When the JWK in a file was made, in seconds since 1970; when the file was written where the key does not say."""
    return float(read_jwk(path).get("iat", path.stat().st_mtime))


def read_key(path: Path) -> bytes:
    """The key in a file; Invalid if it is not one."""
    with holding_keys(path):
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    if len(key) != KEY_BYTES:
        raise Invalid(f"{path} holds {len(key)} bytes: {KEY_BYTES} are needed")
    return key
