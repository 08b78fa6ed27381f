"""Settings that every service has; each service's own config.py adds the rest."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import ClassVar, Final, TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

VERSION: Final = version("cxm")
"""Of the code that this process runs, e.g. 0.2.0."""
LARGEST_STREAM_BYTES: Final = 2 * 1024**3


class ProcessSettings(BaseSettings):
    """Of any process. Errors hold no values: some are secrets."""

    model_config = SettingsConfigDict(hide_input_in_errors=True)


PREFIXES: Final = (
    "CXM_PROFILE_",
    "CXM_SURVEY_",
    "CXM_METRICS_",
    "CXM_EMPLOYEE_EXP_",
    "CXM_GATEWAY_",
)
"""Of the variables of each process: what begins so is told by that process alone."""
OWNER_DATABASE_URL: Final = "OWNER_DATABASE_URL"
"""Read by migrations in the place of the process, under its prefix."""
IGNORED: Final = "no setting has this name, it is ignored: "
NEAR: Final = 0.85
"""How alike (1: equal) the name of a setting and another variable must be to be taken for a slip of the pen."""
KEPT_CONNECTIONS: Final = 4
MORE_CONNECTIONS: Final = 4
"""Of the sessions of one role of the database: kept open, and opened beside where these are busy."""
IMPORTS_AT_ONCE: Final = 4
IMPORTS_PER_SUBJECT: Final = 2

SettingsT = TypeVar("SettingsT", bound=ProcessSettings)


def read_settings(kind: type[SettingsT]) -> SettingsT:
    """From the environment; where they do not hold, a line says which and why, and the process ends with
    78 (EX_CONFIG): to start it again is of no use."""
    prefix = kind.model_config.get("env_prefix", "")
    if slips := list(find_slips(kind, os.environ)):
        sys.stderr.write(f"{IGNORED}{', '.join(slips)}\n")
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


def find_slips(kind: type[ProcessSettings], variables: Iterable[str]) -> Iterator[str]:
    """Variables that nobody reads: all under the prefix of this process, and those nearly named as its settings."""
    prefix = kind.model_config.get("env_prefix", "")
    bare = [name.upper() for name in kind.model_fields]
    known = [prefix + name for name in bare]
    read = {*known, prefix + OWNER_DATABASE_URL}
    for name in sorted(set(variables) - read):
        if not re.fullmatch("CXM_[A-Z0-9_]+", name):
            continue
        if name.startswith(prefix):
            near = get_close_matches(name.removeprefix(prefix), bare, 1)
            yield f"{name} (is {prefix}{near[0]} meant?)" if near else name
        elif not name.startswith(PREFIXES) and (near := get_close_matches(name, known, 1, NEAR)):
            yield f"{name} (is {near[0]} meant?)"


def most_connections(pool_size: int) -> int:
    """That one open database may have at once."""
    return pool_size + 2 * (KEPT_CONNECTIONS + MORE_CONNECTIONS)


class ServiceSettings(ProcessSettings):
    """Environment of a service, prefixed CXM_<SERVICE>_."""

    pool_size: ClassVar[int] = 4
    """Connections to the database beside those of sessions."""

    listen: str
    """gRPC address: host:port, or unix:/path."""
    database_url: str
    """postgresql:// URL of the role that reads and writes."""
    read_database_url: str
    """postgresql:// URL of the role that reads."""
    nats_url: str
    """nats://user:password@host:port; of a cluster some or all nodes, separated by commas."""
    key_file: Path
    """Private JWK of this process."""
    trusted_keys_file: Path
    """Public JWK set of the gateway and the services."""
    otlp_endpoint: str | None = None
    """host:port of an OTLP collector (plain gRPC); absent: no traces, and neither numbers nor logs are sent."""
    health_address: str | None = None
    """host:port, or unix:/path, where /healthz, /readyz and /metrics (Prometheus) are answered over HTTP."""
    broker_monitoring_url: str | None = None
    """http://host:8222 of the broker's monitoring, to show whether it syncs always; of a cluster all nodes, separated
    by commas. Absent: nobody looks."""
    stream_replicas: int = 1
    """Copies of each stream; 3 in a cluster."""
    clock_file: Path | None = None
    """For a history that is made, as the demo's: while this file is there, time stands at the instant in it.

    Refused at the start if something was stored at a later time."""
    stream_bytes: int = Field(LARGEST_STREAM_BYTES, ge=1024**2)
    """What the broker reserves for the stream of this service, and how much waits there at most."""

    @classmethod
    def most_connections(cls) -> int:
        """To PostgreSQL, of one process at once: the pool, and the sessions of the two roles."""
        return most_connections(cls.pool_size)

    @property
    def disks(self) -> dict[str, Path]:
        """What the process writes to beside its temporary files: a path on each disk, by its name in numbers."""
        return {}


class ImportingSettings(ProcessSettings):
    """And of a service that takes files."""

    imports_at_once: int = Field(IMPORTS_AT_ONCE, ge=1)
    """A process then holds at most so many files of 4 GiB on its disk."""
    imports_per_subject: int = Field(IMPORTS_PER_SUBJECT, ge=1)


class MailingSettings(ProcessSettings):
    """And of a service that sends mails."""

    mail_url: str = "console:"
    """smtp://[user:password@]host[:port], smtps://..., file:///folder for .eml files, or console: standard output.
    Mails hold links that let their holders answer: `console:` is for trying out."""
    mail_from: str = "cxm@localhost"
    """The address mails are sent from."""


class CopyingSettings(ServiceSettings):
    """And of a service that keeps a copy of the directory: every one but its owner."""

    profile_address: str
    """gRPC address of profile, owner of the directory."""
