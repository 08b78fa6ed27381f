"""`cxm keys init`: every key is made once, and a Secret holds those that processes read."""

import base64
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.cli import app
from infra.client.problem import Problem
from infra.local.keys import FILES, LOST, KeyMissing, make

OWNER_ONLY = 0o600


def init(directory: Path, *arguments: str) -> str:
    """What is printed for programs; raises what the command raises."""
    command = ["keys", "init", "--directory", str(directory), *arguments]
    done = CliRunner().invoke(app, command, standalone_mode=False, catch_exceptions=False)
    return done.stdout


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_every_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    init(tmp_path / "keys")

    files = list((tmp_path / "keys").iterdir())
    assert {path.name for path in files} == set(FILES)
    assert {path.stat().st_mode & 0o777 for path in files} == {OWNER_ONLY}


def test_keys_that_are_there_stay_and_a_set_that_is_missing_is_made(tmp_path: Path) -> None:
    init(tmp_path)
    before = contents(tmp_path)
    (tmp_path / "trusted.jwks").unlink()

    init(tmp_path)

    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", LOST)
def test_a_key_by_which_data_may_be_stored_is_made_anew_only_when_it_is_named(
    tmp_path: Path, name: str
) -> None:
    init(tmp_path)
    (tmp_path / name).unlink()
    before = contents(tmp_path)
    other = next(one for one in LOST if one != name)

    with pytest.raises(KeyMissing) as refused:
        init(tmp_path, "--kubernetes", "cxm-keys")
    with pytest.raises(Problem, match=rf"{other} is there, and stays"):
        init(tmp_path, "--new", other)
    with pytest.raises(Problem, match="--new takes one of"):
        init(tmp_path, "--new", "gateway.jwk")

    assert f"{name} is not in {tmp_path}" in str(refused.value)
    assert f"--new {name}`" in str(refused.value)
    assert f"\n{name}: {LOST[name]}" in str(refused.value)
    assert contents(tmp_path) == before
    init(tmp_path, "--new", name)
    assert set(contents(tmp_path)) == set(FILES)
    assert before.items() <= contents(tmp_path).items()


def test_a_private_key_that_others_trust_is_not_made_anew_silently(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "survey.jwk").unlink()
    before = contents(tmp_path)

    with pytest.raises(KeyMissing, match=r"survey\.jwk is missing, and trusted\.jwks names it"):
        init(tmp_path)

    assert contents(tmp_path) == before
    (tmp_path / "trusted.jwks").unlink()
    init(tmp_path)
    assert set(contents(tmp_path)) == set(FILES)


def test_a_secret_holds_what_processes_read_and_not_the_key_of_the_issuer(tmp_path: Path) -> None:
    printed = init(tmp_path, "--kubernetes", "cxm-keys")

    head, _, data = printed.partition("\ndata:\n")
    assert head == "apiVersion: v1\nkind: Secret\nmetadata:\n  name: cxm-keys\ntype: Opaque"
    pairs = (line.strip().split(": ") for line in data.splitlines())
    kept = {name: base64.b64decode(value) for name, value in pairs}
    files = contents(tmp_path)
    del files["issuer.jwk"]
    assert kept == files


def test_a_name_that_no_secret_may_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be the name of a Secret"):
        init(tmp_path / "keys", "--kubernetes", "My Keys")

    assert not (tmp_path / "keys").exists()


def test_a_directory_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Problem, match="cannot be used: Not a directory"):
        init(tmp_path / "file" / "keys")


def test_a_broken_set_of_public_keys_is_named(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "trusted.jwks").write_text("{}")

    with pytest.raises(Problem, match=r"trusted\.jwks holds no keys"):
        make(tmp_path)
