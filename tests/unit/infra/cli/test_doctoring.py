"""What `cxm doctor` says of keys, logs, disks and clocks."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path
from shutil import copy

import pytest

from infra.cli.doctor import key_files, processes, versions
from infra.cli.doctor.findings import clock_finding, now
from infra.cli.doctor.versions import Process
from infra.client.api import Api
from infra.local.keys import FILES, LOST, PROCESSES, make
from services.kit.config import IGNORED
from services.kit.rights.tokens import new_key
from tests.unit.infra.support.fake_platform import TOKEN, FakePlatform, failed


def said(*directories: Path) -> list[str]:
    return [str(finding) for finding in key_files.check(directories)]


def test_keys_as_they_are_made_are_well(tmp_path: Path) -> None:
    make(tmp_path)
    assert said(tmp_path) == []

    (tmp_path / "issuer.jwk").unlink()  # who makes tokens may keep it elsewhere
    assert said(tmp_path) == []


def test_each_missing_key_is_named(tmp_path: Path) -> None:
    make(tmp_path)
    for name in set(FILES) - {"issuer.jwk"}:
        content = (tmp_path / name).read_bytes()
        (tmp_path / name).unlink()
        assert [
            line for line in said(tmp_path) if line.startswith(f"{tmp_path / name}: it is missing")
        ], name
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(0o600)
    assert said(tmp_path) == []


def test_what_is_lost_with_a_missing_key_is_said_and_no_new_one_is_advised(tmp_path: Path) -> None:
    make(tmp_path)
    for name in LOST:
        (tmp_path / name).unlink()

    assert sorted(said(tmp_path)) == sorted(
        f"{tmp_path / name}: it is missing; put it back from a backup, for with it is lost: {lost}"
        for name, lost in LOST.items()
    )


@pytest.mark.parametrize("process", PROCESSES)
def test_a_folder_with_the_keys_of_one_process_is_well(tmp_path: Path, process: str) -> None:
    """And so are all of them together. The control: each of its files is missed."""
    make(tmp_path / "all")
    own = tmp_path / process
    own.mkdir()
    held = [name for name, holders in FILES.items() if process in holders]
    for name in held:
        copy(tmp_path / "all" / name, own / name)

    assert said(own) == said(tmp_path / "all", own) == []
    (own / f"{process}.jwk").write_text(json.dumps(new_key(f"service:{process}")))
    assert len(said(tmp_path / "all", own)) == 1
    (own / f"{process}.jwk").unlink()
    if len(held) > 2:  # what is left is read by this process alone
        (line,) = said(own)
        assert line.startswith(f"{own}/{process}.jwk: it is missing")


def test_who_may_read_a_key_is_its_owner_and_the_group_of_its_folder(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "issuer.jwk").unlink()
    key = tmp_path / "seal.key"
    for name in FILES.keys() - {"issuer.jwk"}:
        (tmp_path / name).chmod(0o640)
    assert said(tmp_path) == []

    for mode, wrong in ((0o644, "others may read it"), (0o660, "its group may write it")):
        key.chmod(mode)
        (line,) = said(tmp_path)
        assert line.startswith(f"{key}: {wrong}; chmod ")
    key.chmod(0o440)
    assert said(tmp_path) == []


def test_the_key_of_the_issuer_is_for_its_owner_alone(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "issuer.jwk").chmod(0o640)

    (line,) = said(tmp_path)
    assert line.startswith(f"{tmp_path}/issuer.jwk: its group may read it, and no process; ")


@pytest.mark.skipif(os.geteuid() != 0, reason="gives a file to another group")
def test_a_key_that_another_group_may_read_is_found(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "seal.key").chmod(0o640)
    assert said(tmp_path) == []

    os.chown(tmp_path / "seal.key", -1, tmp_path.stat().st_gid + 1)

    (line,) = said(tmp_path)
    assert line.startswith(
        f"{tmp_path}/seal.key: a group may read it that is not that of its folder; "
    )


def test_a_key_that_cannot_be_read_is_not_said_to_be_none(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "seal.key").unlink()
    (tmp_path / "seal.key").symlink_to("/proc/self/mem")  # nobody may read its beginning

    (line,) = said(tmp_path)
    assert line.startswith(f"{tmp_path}/seal.key: it cannot be read: Input/output error; run ")


def test_a_folder_that_is_not_there_and_one_that_is_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    nowhere, none = said(tmp_path / "nowhere", tmp_path / "file")

    assert "there is no such folder of keys" in nowhere
    assert "it cannot be entered" in none


def test_another_key_in_a_second_folder_is_found(tmp_path: Path) -> None:
    make(tmp_path / "one")
    (tmp_path / "two").mkdir()
    for name in FILES:
        (tmp_path / "two" / name).write_bytes((tmp_path / "one" / name).read_bytes())
        (tmp_path / "two" / name).chmod(0o600)
    assert said(tmp_path / "one", tmp_path / "two") == []

    (tmp_path / "two" / "customer.key").write_text("0" * 64)

    (line,) = said(tmp_path / "one", tmp_path / "two")
    assert line.startswith(f"{tmp_path}/two/customer.key: another key than in {tmp_path}/one")


def test_an_old_key_that_signs_is_to_be_replaced_and_one_that_seals_is_not(tmp_path: Path) -> None:
    make(tmp_path)
    before = time.time() - 400 * 86_400
    for name in ("gateway.jwk", "seal.key"):
        os.utime(tmp_path / name, (before, before))

    (line,) = said(tmp_path)
    assert line.startswith(f"{tmp_path}/gateway.jwk: it is 400 days old")


def test_keys_of_waves_without_their_marker_are_found(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "waves").mkdir()

    (line,) = said(tmp_path)
    assert line.startswith(f"{tmp_path}/waves: the file wave-keys is not in it")


def test_settings_that_were_ignored_at_the_last_start_are_found(tmp_path: Path) -> None:
    log = tmp_path / "survey.log"
    ready = '{"process": "survey", "event": "ready"}\n'
    log.write_text(f"{IGNORED}CXM_SURVEY_A\n{ready}{IGNORED}CXM_SURVEY_B\n{ready}")
    assert processes.ignored(log) == ["CXM_SURVEY_B"]

    log.write_text(f"{IGNORED}CXM_SURVEY_A\n{ready}{ready}")
    assert processes.ignored(log) == []


def test_a_disk_that_is_almost_full_is_found(tmp_path: Path) -> None:
    assert processes.check_disk(tmp_path, low_bytes=0) == []

    (finding,) = processes.check_disk(tmp_path, low_bytes=2**62)
    assert "bytes are free on its disk" in str(finding)


def test_clocks_that_are_apart_are_found_in_both_directions() -> None:
    at = now()

    assert clock_finding("x", at + timedelta(seconds=1), at, 0.1) == []
    (ahead,) = clock_finding("x", at + timedelta(seconds=90), at, 0.1)
    (behind,) = clock_finding("x", at - timedelta(seconds=90), at, 0.1)
    assert "90.0 s ahead of that of this machine" in str(ahead)
    assert "90.0 s behind that of this machine" in str(behind)


def test_what_runs_as_it_should_is_well() -> None:
    told = [
        Process("gateway", "0.2.0"),
        Process("survey", "0.2.0", 0.5, -1.0, "0019", "0019"),
        Process("survey", "0.2.0", -0.5, 1.0, "0019", "0019"),
    ]

    assert list(versions.check(told, "0.2.0")) == []
    assert list(versions.check([], "0.2.0")) == []


def test_versions_that_run_beside_each_other_are_named() -> None:
    told = [
        Process("gateway", "0.3.0"),
        Process("survey", "0.3.0"),
        Process("survey", "0.2.0"),
        Process("metrics", "0.2.0"),
        Process("metrics", "0.2.0"),
        Process("profile", None),
    ]

    (line,) = map(str, versions.check(told, "0.3.0"))

    said = "(2 of metrics, survey: 0.2.0; gateway, survey: 0.3.0; profile: a version before 0.2.0)"
    assert line.startswith(f"versions: processes run different ones {said}; finish the upgrade")


def test_a_gateway_that_cannot_say_what_runs_is_named() -> None:
    platform = FakePlatform()
    unknown = "Cannot query field 'processes' on type 'Query'."
    platform.troubles.append(lambda: failed("GRAPHQL_VALIDATION_FAILED", unknown))

    with Api("http://127.0.0.1:8000", TOKEN, transport=platform) as api:
        (line,) = map(str, versions.ask(api))

    assert line.startswith("gateway: it does not say which versions run: ")
    assert line.endswith("it may be a version before 0.2.0: finish the upgrade")


def test_a_command_of_another_version_than_all_processes_says_so() -> None:
    (line,) = map(str, versions.check([Process("gateway", "0.2.0")], "0.3.0"))

    assert line.startswith("versions: all processes run 0.2.0, and this command is 0.3.0")


def test_schemas_that_are_older_or_later_than_the_code_are_named() -> None:
    told = [
        Process("survey", "0.2.0", schema="0021", needed_schema="0019"),
        Process("metrics", "0.2.0", schema="0012", needed_schema="0013"),
    ]

    later, older = map(str, versions.check(told, "0.2.0"))

    assert later.startswith("survey: its code (0.2.0) was written for schema 0019")
    assert "the later 0021; finish the upgrade" in later
    assert "the older 0012; run `python -m services.kit.db.migrate metrics`" in older


def test_clocks_that_are_apart_from_one_another_are_found() -> None:
    told = [Process("survey", "0.2.0", 0.75), Process("metrics", "0.2.0", -0.75)]

    (line,) = map(str, versions.check(told, "0.2.0"))

    assert line.startswith("survey: its clock is 1.5 s ahead of that of metrics; ")


def test_a_clock_that_is_apart_from_gateway_or_database_is_found() -> None:
    told = [Process("survey", "0.2.0", 1.5, -2.5), Process("metrics", "0.2.0", -1.5, 2.5)]

    said = [str(finding).partition(";")[0] for finding in versions.check(told, "0.2.0")]

    assert said == [
        "survey: its clock is 1.5 s ahead of that of the gateway",
        "survey: the clock of its database is 2.5 s behind its own",
        "metrics: its clock is 1.5 s behind that of the gateway",
        "metrics: the clock of its database is 2.5 s ahead of its own",
    ]
