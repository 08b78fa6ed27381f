"""Every environment variable of the metrics service."""

from pydantic_settings import SettingsConfigDict

from services.kit.config import ServiceSettings


class Settings(ServiceSettings):
    """Prefix CXM_METRICS_."""

    model_config = SettingsConfigDict(env_prefix="CXM_METRICS_")

    profile_address: str
    """gRPC address of profile, owner of the directory."""
    survey_address: str
    """gRPC address of survey, owner of surveys."""
