"""Settings of employee_exp: environment variables CXM_EMPLOYEE_EXP_*."""

from pathlib import Path

from pydantic_settings import SettingsConfigDict

from services.kit.config import CopyingSettings, ImportingSettings


class Settings(CopyingSettings, ImportingSettings):
    """Environment of the employee_exp service."""

    model_config = SettingsConfigDict(env_prefix="CXM_EMPLOYEE_EXP_")

    import_key_file: Path
    """32 random bytes, in hex, by which rows without an id are known again; with another key they are new employees."""
