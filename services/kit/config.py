"""Settings that every service has; each service's own config.py adds the rest."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings


class ServiceSettings(BaseSettings):
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


class ImportingSettings(BaseSettings):
    """And of a service that takes files."""

    imports_at_once: int = Field(4, ge=1)
    """A process then holds at most so many files of 4 GiB on its disk."""
    imports_per_subject: int = Field(2, ge=1)


class CopyingSettings(ServiceSettings):
    """And of a service that keeps a copy of the directory: every one but its owner."""

    profile_address: str
    """gRPC address of profile, owner of the directory."""
