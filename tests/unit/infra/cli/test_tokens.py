"""`cxm token` and how the command line speaks."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra.cli import cli
from infra.cli.options import ConsumingService, GrantedRole
from infra.local import keys
from infra.local.keys import AVAILABLE, TokenRefused
from services.kit.errors import Unauthenticated
from services.kit.events.streams import DURABLES
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import EMBEDDED_ISSUER, PUBLIC_AUDIENCE, Verifier


def read(data_dir: Path, token: str) -> Viewer:
    issued = keys.Keys(data_dir / "secrets").issuer_public
    return Verifier.of_issuer(issued, EMBEDDED_ISSUER, audience=PUBLIC_AUDIENCE).verify(token)


def test_a_token_carries_role_and_department(tmp_path: Path) -> None:
    keys.prepare(tmp_path)

    viewer = read(tmp_path, keys.mint(tmp_path, "department_head", "billing"))

    assert viewer.grants == (Grant(Role.DEPARTMENT_HEAD, "billing"),)


def test_keys_stay_the_same_from_start_to_start(tmp_path: Path) -> None:
    keys.prepare(tmp_path)
    token = keys.mint(tmp_path, "admin")
    keys.prepare(tmp_path)

    assert read(tmp_path, token).grants == (Grant(Role.ADMIN),)


@pytest.mark.parametrize("role", ["employee", "frontend", "chef"])
def test_other_roles_are_refused_with_those_there_are(tmp_path: Path, role: str) -> None:
    with pytest.raises(TokenRefused, match=", ".join(AVAILABLE)):
        keys.mint(tmp_path, role)


def test_a_department_head_needs_a_department(tmp_path: Path) -> None:
    with pytest.raises(TokenRefused, match="--department KEY"):
        keys.mint(tmp_path, "department_head")


def test_a_blank_department_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TokenRefused, match="1 to 200"):
        keys.mint(tmp_path, "analyst", " ")


def test_a_link_is_for_browsers_alone_and_like_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.prepare(tmp_path)
    arguments = ("token", "--role", "admin", "--link", "--data-dir", str(tmp_path))

    for _ in range(2):
        assert run(monkeypatch, *arguments, "--url", "http://127.0.0.1:9000/") == 0

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("http://127.0.0.1:9000/signin/link/eyJ")
    assert first != second
    with pytest.raises(Unauthenticated):
        read(tmp_path, first.rpartition("/")[2])


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["cxm", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


def test_the_token_is_the_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.prepare(tmp_path)

    assert run(monkeypatch, "token", "--role", "admin", "--data-dir", str(tmp_path)) == 0

    token = capsys.readouterr().out.splitlines()[-1]
    assert read(tmp_path, token).grants == (Grant(Role.ADMIN),)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("token", "--role", "frontend"), "not built yet"),
        (
            ("token", "--role", "admin", "--data-dir", "/nowhere"),
            "there is no platform in /nowhere",
        ),
        (("token",), "Missing option '--role'"),
        (("nonsense",), "No such command 'nonsense'"),
        (("replay", "dead-letters", "--service", "gateway"), "'employee_exp'"),
        (("export",), "see `cxm export --help`"),
        (("audit", "--deed", "x"), "--action': 'x' is not one of"),
        (("up", "--port", "many"), "--port"),
        (("up", "--port", "65536"), "--port"),
        (("up", "--data-dir", "/proc/nowhere"), "cannot use /proc/nowhere"),
    ],
)
def test_trouble_is_one_sentence_on_stderr_and_status_1(
    arguments: tuple[str, ...],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, *arguments) == 1

    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize("arguments", [(), ("replay",)])
def test_a_command_without_arguments_is_its_help(
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, *arguments) == 1

    captured = capsys.readouterr()
    assert "Usage: cxm" in captured.out
    assert captured.err == ""


def test_roles_and_services_are_those_there_are() -> None:
    assert {role.value for role in GrantedRole} == set(Role) - {Role.SERVICE} == set(AVAILABLE)
    durables = {durable.name.partition("-")[0] for durable in DURABLES}
    assert {service.value for service in ConsumingService} == durables


def test_the_command_line_starts_without_the_weight_of_the_services() -> None:
    heavy = "{'sqlmodel', 'sqlalchemy', 'grpc', 'asyncpg', 'strawberry'}"
    program = f"import sys, infra.cli.cli; print(sorted({heavy} & set(sys.modules)))"
    imported = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert imported.stdout.strip() == b"[]"
