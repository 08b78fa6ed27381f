"""Settings of employee_exp: environment variables CXM_EMPLOYEE_EXP_*."""

from pathlib import Path
from typing import ClassVar, Final

from pydantic_settings import SettingsConfigDict

from services.kit.config import (
    CopyingSettings,
    ImportingSettings,
    MailingSettings,
    most_connections,
)

RELEASE_POOL_SIZE: Final = 1


class Settings(CopyingSettings, ImportingSettings, MailingSettings):
    """Environment of the employee_exp service."""

    model_config = SettingsConfigDict(env_prefix="CXM_EMPLOYEE_EXP_")

    pool_size: ClassVar[int] = 8
    """Work of one replica at a time holds one as long as it lasts."""

    release_database_url: str
    """postgresql:// URL of the role that alone reads what employees answered, and releases it."""
    import_key_file: Path
    """32 random bytes, in hex, by which rows without an id are known again; with another key they are new employees."""
    seal_key_file: Path
    """32 random bytes, in hex, under which the details of employees are sealed; with another key nobody reads them."""
    link_key_file: Path
    """32 random bytes, in hex, by which links to waves are made; with another key those in a reminder are others."""
    public_address: str
    """Where employees reach the gateway, e.g. https://cxm.example.org: links in mails begin so."""
    wave_keys_dir: Path
    """Where the keys of waves are kept and destroyed: on a disk of which no backup is made, shared by all replicas."""

    @classmethod
    def most_connections(cls) -> int:
        """And those of the role that releases."""
        return super().most_connections() + most_connections(RELEASE_POOL_SIZE)

    @property
    def disks(self) -> dict[str, Path]:
        """That of the keys of waves."""
        return {"wave_keys": self.wave_keys_dir}
