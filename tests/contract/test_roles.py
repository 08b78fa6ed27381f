"""One list of roles: whatever has a main.py is in it, and `cxm up` starts what it says."""

import sys
from importlib.util import find_spec
from pathlib import Path

from infra.local import keys, parts
from infra.local.nats import Nats
from infra.local.postgres import Postgres
from infra.roles import BY_SERVICE, GATEWAY, MIGRATE, ROLES
from services.kit.db import migrate
from services.kit.process import LIVE

ROOT = Path(__file__).parents[2]


def test_every_process_is_a_role() -> None:
    mains = [*ROOT.glob("services/*/main.py"), *ROOT.glob("gateway/main.py")]
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in mains}

    assert modules == {role.module for role in ROLES if role is not MIGRATE}
    assert all(find_spec(role.module) for role in ROLES)
    assert len({role.name for role in ROLES}) == len(ROLES)


def test_schemas_of_all_services_are_brought_up_to_date() -> None:
    assert MIGRATE.arguments == migrate.SERVICES == tuple(BY_SERVICE)


def test_a_probe_asks_at_a_port_of_its_role() -> None:
    for role in ROLES:
        assert role.probe is None or role.probe.port in role.ports
    services = [role.probe for role in BY_SERVICE.values()]
    assert {probe and probe.live for probe in services} == {LIVE}


def test_one_machine_runs_the_commands_of_the_roles(
    postgres: Postgres, nats_broker: Nats, tmp_path: Path
) -> None:
    made = keys.prepare(tmp_path)
    deployment = parts.Deployment(tmp_path, 8000, "UTC", None, postgres, nats_broker, made)

    programs = [parts.service_part(deployment, service).program for service in BY_SERVICE]
    programs += [parts.gateway_part(deployment).program, parts.migration(deployment)]
    roles = [*BY_SERVICE.values(), GATEWAY, MIGRATE]

    assert [p.command for p in programs] == [role.command(sys.executable) for role in roles]
