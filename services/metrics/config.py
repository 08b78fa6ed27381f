"""Every environment variable of the metrics service."""

from typing import ClassVar

from pydantic_settings import SettingsConfigDict

from services.kit.config import CopyingSettings


class Settings(CopyingSettings):
    """Prefix CXM_METRICS_."""

    model_config = SettingsConfigDict(env_prefix="CXM_METRICS_")

    pool_size: ClassVar[int] = 6

    survey_address: str
    """gRPC address of survey, owner of surveys."""
