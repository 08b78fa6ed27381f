"""Settings of employee_exp: environment variables CXM_EMPLOYEE_EXP_*."""

from pydantic_settings import SettingsConfigDict

from services.kit.config import CopyingSettings, ImportingSettings


class Settings(CopyingSettings, ImportingSettings):
    """What every service needs that copies the directory."""

    model_config = SettingsConfigDict(env_prefix="CXM_EMPLOYEE_EXP_")
