"""Settings of employee_exp: environment variables CXM_EMPLOYEE_EXP_*."""

from pydantic_settings import SettingsConfigDict

from services.kit.config import ServiceSettings


class Settings(ServiceSettings):
    """What every service needs, and where the directory is."""

    model_config = SettingsConfigDict(env_prefix="CXM_EMPLOYEE_EXP_")

    profile_address: str
    """gRPC address of profile."""
