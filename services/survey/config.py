"""Settings of survey: environment variables CXM_SURVEY_*."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from services.kit.config import CopyingSettings
from services.kit.errors import Invalid

KEY_BYTES = 32


class Settings(CopyingSettings):
    """Environment of the survey service."""

    model_config = SettingsConfigDict(env_prefix="CXM_SURVEY_")

    customer_key_file: Path
    """32 random bytes, in hex, under which customers' ids are hashed; another key parts customers from their past."""


def read_customer_key(path: Path) -> bytes:
    """The key in a file; Invalid if it is not one."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Invalid(f"{path} cannot be read as hex: {type(error).__name__}") from error
    if len(key) != KEY_BYTES:
        raise Invalid(f"{path} holds {len(key)} bytes: {KEY_BYTES} are needed")
    return key
