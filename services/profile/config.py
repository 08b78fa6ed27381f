"""Settings of profile: environment variables CXM_PROFILE_*."""

from pydantic_settings import SettingsConfigDict

from services.kit.config import ServiceSettings


class Settings(ServiceSettings):
    """What every service needs, and the organisation's days."""

    model_config = SettingsConfigDict(env_prefix="CXM_PROFILE_")

    time_zone: str = "UTC"
    """IANA name of the zone in which days are counted; fixed at the first start."""
