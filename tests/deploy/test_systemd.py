"""Units of systemd: the commands of all processes, no more than they need, no word that systemd does not know."""

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from infra.roles import BY_SERVICE, GATEWAY, MIGRATE
from tests.deploy.support.helm import CHART

UNITS = Path(__file__).parents[2] / "infra" / "systemd"
NAMES = sorted(path.name for path in UNITS.glob("*.service"))
PYTHON = "/opt/cxm/bin/python3"
PROCESS = "cxm@.service"
CONFINED = {
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "UMask": "0077",
    "User": "cxm",
}
LARGEST_EXPOSURE = 1.6

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here"
)


def settings(name: str) -> dict[str, list[str]]:
    """The values of each word of a unit."""
    found = defaultdict(list)
    for line in (UNITS / name).read_text().splitlines():
        if line and not line.startswith(("#", "[")):
            key, _, value = line.partition("=")
            found[key].append(value)
    return found


def analyzed(folder: Path, name: str, *verb: str) -> str:
    """What systemd says of a unit, its programs being here."""
    text = (UNITS / name).read_text()
    unit = folder / name.replace("@.", "@gateway.main.")
    unit.write_text(re.sub(r"/opt/cxm/bin/\w+", sys.executable, text))
    done = subprocess.run(
        ["systemd-analyze", *verb, unit], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_the_processes_run_as_everywhere_else() -> None:
    (command,) = settings(PROCESS)["ExecStart"]
    for role in (*BY_SERVICE.values(), GATEWAY):
        assert command.replace("%i", role.module).split() == list(role.command(PYTHON))
    (migration,) = settings("cxm-migrate.service")["ExecStart"]
    assert migration.split() == list(MIGRATE.command(PYTHON))


def test_they_have_as_long_to_end_as_by_the_chart() -> None:
    chart = yaml.safe_load((CHART / "values.yaml").read_text())["defaults"]

    assert settings(PROCESS)["TimeoutStopSec"] == [str(chart["terminationGracePeriodSeconds"])]


@pytest.mark.parametrize("name", ["cxm.service", PROCESS])
def test_pages_are_where_they_are_installed(name: str) -> None:
    (installed,) = re.findall(r"cp -r gateway/web/dist (\S+)", (UNITS / "README.md").read_text())

    assert f"CXM_GATEWAY_WEB={installed}" in settings(name)["Environment"]


@pytest.mark.parametrize("name", NAMES)
def test_they_may_do_nothing_but_their_work(name: str) -> None:
    given = settings(name)

    assert {key: given[key] for key in CONFINED} == {key: [CONFINED[key]] for key in CONFINED}


def test_tokens_are_not_written_into_the_journal() -> None:
    assert settings("cxm.service")["StandardOutput"] == ["null"]


@needs_systemd
@pytest.mark.parametrize("name", NAMES)
def test_systemd_knows_every_word(name: str, tmp_path: Path) -> None:
    assert analyzed(tmp_path, name, "verify") == ""


@needs_systemd
def test_a_word_that_systemd_does_not_know_is_noticed(tmp_path: Path) -> None:
    unit = tmp_path / "cxm.service"
    unit.write_text(f"[Service]\nExecStart={sys.executable}\nProtectSytem=strict\n")

    done = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )

    assert "ProtectSytem" in done.stdout + done.stderr


@needs_systemd
@pytest.mark.parametrize("name", NAMES)
def test_systemd_finds_little_that_a_unit_is_exposed_to(name: str, tmp_path: Path) -> None:
    said = analyzed(tmp_path, name, "security", "--offline=true", "--no-pager")

    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert exposure is not None, said
    assert float(exposure[1]) <= LARGEST_EXPOSURE
