"""Every environment variable of the metrics service."""

from pydantic_settings import SettingsConfigDict

from services.kit.config import CopyingSettings


class Settings(CopyingSettings):
    """Prefix CXM_METRICS_."""

    model_config = SettingsConfigDict(env_prefix="CXM_METRICS_")

    survey_address: str
    """gRPC address of survey, owner of surveys."""
