"""Settings of survey: environment variables CXM_SURVEY_*."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.kit.config import CopyingSettings, ImportingSettings
from services.kit.db.store_room import Watermarks

GIB = 1024**3


class Settings(CopyingSettings, ImportingSettings):
    """Environment of the survey service."""

    model_config = SettingsConfigDict(env_prefix="CXM_SURVEY_")

    pool_size: ClassVar[int] = 8

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
    def disks(self) -> dict[str, Path]:
        """That of the store, where it is known."""
        return {} if self.store_path is None else {"store": self.store_path}

    @property
    def watermarks(self) -> Watermarks:
        """How full the disk may become."""
        return Watermarks(self.store_low_bytes, self.store_least_bytes)
