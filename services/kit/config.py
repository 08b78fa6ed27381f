"""Settings that every service has; each service's own config.py adds the rest."""

import os
import sys
from pathlib import Path
from typing import Final, TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError


class ProcessSettings(BaseSettings):
    """Of any process. Errors hold no values: some are secrets."""

    model_config = SettingsConfigDict(hide_input_in_errors=True)


IMPORTS_AT_ONCE: Final = 4
IMPORTS_PER_SUBJECT: Final = 2

SettingsT = TypeVar("SettingsT", bound=ProcessSettings)


def read_settings(kind: type[SettingsT]) -> SettingsT:
    """From the environment; where they do not hold, a line says which and why, and the process ends with
    78 (EX_CONFIG): to start it again is of no use."""
    prefix = kind.model_config.get("env_prefix", "")
    try:
        return kind()
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False, include_context=False)
        for found in wrong:
            name = prefix + "_".join(str(part) for part in found["loc"]).upper()
            sys.stderr.write(f"{name.rstrip('_')}: {found['msg']}\n")
    except SettingsError as error:
        sys.stderr.write(f"{prefix.rstrip('_')}: {error}\n")
    sys.exit(os.EX_CONFIG)


class ServiceSettings(ProcessSettings):
    """Environment of a service, prefixed CXM_<SERVICE>_."""

    listen: str
    """gRPC address: host:port, or unix:/path."""
    database_url: str
    """postgresql:// URL of the role that reads and writes."""
    read_database_url: str
    """postgresql:// URL of the role that reads."""
    nats_url: str
    key_file: Path
    """Private JWK of this process."""
    trusted_keys_file: Path
    """Public JWK set of the gateway and the services."""
    otlp_endpoint: str | None = None
    """host:port of an OTLP collector (plain gRPC); absent: no traces and no gauges."""
    stream_replicas: int = 1
    """Copies of each stream; 3 in a cluster."""


class ImportingSettings(ProcessSettings):
    """And of a service that takes files."""

    imports_at_once: int = Field(IMPORTS_AT_ONCE, ge=1)
    """A process then holds at most so many files of 4 GiB on its disk."""
    imports_per_subject: int = Field(IMPORTS_PER_SUBJECT, ge=1)


class CopyingSettings(ServiceSettings):
    """And of a service that keeps a copy of the directory: every one but its owner."""

    profile_address: str
    """gRPC address of profile, owner of the directory."""
