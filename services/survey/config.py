"""Settings of survey: environment variables CXM_SURVEY_*."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.kit.config import CopyingSettings, ImportingSettings
from services.kit.errors import Invalid
from services.kit.store_room import Watermarks

KEY_BYTES = 32
GIB = 1024**3


class Settings(CopyingSettings, ImportingSettings):
    """Environment of the survey service."""

    model_config = SettingsConfigDict(env_prefix="CXM_SURVEY_")

    customer_key_file: Path
    """32 random bytes, in hex, under which customers' ids are hashed; another key parts customers from their past."""
    store_path: Path | None = None
    """A path on the disk where PostgreSQL, or the broker, keeps its data; absent: nobody looks how full it is."""
    store_low_bytes: int = Field(GIB, ge=0)
    """With less than this free, responses without a token are refused."""
    store_least_bytes: int = Field(GIB // 4, ge=0)
    """With less than this free, all responses are refused."""
    anonymous_daily_limit: int = Field(20_000, ge=1)
    """Responses a day that a survey takes without a token or an invitation, where it has no limit of its own."""

    @property
    def watermarks(self) -> Watermarks:
        """How full the disk may become."""
        return Watermarks(self.store_low_bytes, self.store_least_bytes)


def read_customer_key(path: Path) -> bytes:
    """The key in a file; Invalid if it is not one."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Invalid(f"{path} cannot be read as hex: {type(error).__name__}") from error
    if len(key) != KEY_BYTES:
        raise Invalid(f"{path} holds {len(key)} bytes: {KEY_BYTES} are needed")
    return key
