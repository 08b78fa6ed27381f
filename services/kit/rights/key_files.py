"""Keys that are no signing keys: 32 random bytes in hex, a file each."""

from pathlib import Path

from services.kit.errors import Invalid

KEY_BYTES = 32


def read_key(path: Path) -> bytes:
    """The key in a file; Invalid if it is not one."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Invalid(f"{path} cannot be read as hex: {type(error).__name__}") from error
    if len(key) != KEY_BYTES:
        raise Invalid(f"{path} holds {len(key)} bytes: {KEY_BYTES} are needed")
    return key
