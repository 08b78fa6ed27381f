"""What a data dir keeps, and who may use it."""

import json
from pathlib import Path

import pytest

from infra.local import credentials, datadir, sockets
from infra.local.datadir import DataDirInUse, DataDirRefused, Demo, State, TimeZoneRefused
from infra.local.keys import LOST, KeyMissing, prepare


def test_the_first_start_fixes_the_time_zone(tmp_path: Path) -> None:
    assert datadir.ensure_state(tmp_path, "Europe/Riga") == State("Europe/Riga")
    assert datadir.ensure_state(tmp_path, None) == State("Europe/Riga")
    assert datadir.ensure_state(tmp_path, "Europe/Riga") == State("Europe/Riga")

    with pytest.raises(
        TimeZoneRefused, match=r"are in time zone Europe/Riga and that cannot change"
    ):
        datadir.ensure_state(tmp_path, "UTC")


def test_utc_is_the_default_zone(tmp_path: Path) -> None:
    assert datadir.ensure_state(tmp_path, None).time_zone == "UTC"


@pytest.mark.parametrize("name", ["Europe/Nowhere", "", "../etc/passwd", "x" * 300])
def test_an_unknown_time_zone_is_refused_and_nothing_is_kept(tmp_path: Path, name: str) -> None:
    with pytest.raises(TimeZoneRefused):
        datadir.ensure_state(tmp_path, name or " ")
    assert datadir.find_state(tmp_path) is None


def test_how_far_the_demo_is_survives(tmp_path: Path) -> None:
    datadir.ensure_state(tmp_path, "Europe/Riga")
    demo = Demo(seed=1, until="2026-05-01T10:00:00+00:00", done=7)

    datadir.save_demo(tmp_path, demo)

    assert datadir.ensure_state(tmp_path, None) == State("Europe/Riga", demo)


def test_the_keys_by_which_data_are_stored_are_kept(tmp_path: Path) -> None:
    assert datadir.ensure_state(tmp_path, None).keys == ()  # nothing is stored yet
    datadir.save_keys(tmp_path, ("customer.key", "seal.key"))
    datadir.save_demo(tmp_path, Demo(seed=1, until="2026-05-01T10:00:00+00:00"))
    assert datadir.ensure_state(tmp_path, None).keys == ("customer.key", "seal.key")

    kept = json.loads((tmp_path / "cxm.json").read_text())
    del kept["keys"]  # as 0.1.0 wrote it
    (tmp_path / "cxm.json").write_text(json.dumps(kept))
    assert datadir.ensure_state(tmp_path, None).keys == ("customer.key",)


@pytest.mark.parametrize("name", LOST)
def test_a_key_that_data_were_stored_by_is_not_made_anew(tmp_path: Path, name: str) -> None:
    """The control: before anything was stored by it, it is made."""
    prepare(tmp_path)
    (tmp_path / "secrets" / name).unlink()
    made = prepare(tmp_path).directory / name
    made.unlink()

    with pytest.raises(KeyMissing, match=rf"{name} is not in .*--new {name}`"):
        prepare(tmp_path, tuple(LOST))

    assert not made.exists()
    prepare(tmp_path, tuple(other for other in LOST if other != name))
    assert made.exists()


def test_a_second_user_of_the_data_dir_is_told_who_has_it(tmp_path: Path) -> None:
    with (
        datadir.locked(tmp_path, "cxm up --port 8000"),
        pytest.raises(DataDirInUse, match=r"in use by cxm up --port 8000, process \d+"),
        datadir.locked(tmp_path, "cxm up --port 8001"),
    ):
        pass


def test_the_next_user_knows_whether_the_last_one_let_go(tmp_path: Path) -> None:
    with datadir.locked(tmp_path, "first") as abandoned:
        assert not abandoned
    with datadir.locked(tmp_path, "second") as abandoned:
        assert not abandoned
    (tmp_path / "lock").write_text("killed, process 1")
    with datadir.locked(tmp_path, "third") as abandoned:
        assert abandoned


def test_a_directory_with_other_files_is_used(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    assert datadir.make(tmp_path) == tmp_path.resolve()
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_is_no_data_dir(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataDirRefused, match="cannot use"):
        datadir.make(tmp_path / "file")


def test_a_foreign_state_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "cxm.json").write_text("[]")
    with pytest.raises(DataDirRefused, match=r"cxm\.json"):
        datadir.find_state(tmp_path)


def test_secrets_are_readable_by_the_owner_only_and_stay_the_same(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "postgres.json"

    first = credentials.passwords(path, ["a", "b"])
    second = credentials.passwords(path, ["b", "c"])

    assert second["a"] == first["a"]
    assert len(set(second.values())) == 3
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_sockets_of_a_deep_data_dir_live_in_a_short_private_directory(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)

    directory = sockets.socket_dir(deep)

    try:
        assert len(str(directory / "employee_exp.sock")) <= sockets.LONGEST_PATH
        assert directory.stat().st_mode & 0o777 == 0o700
        assert sockets.socket_dir(deep) == directory
    finally:
        directory.rmdir()


def test_a_socket_directory_open_to_others_is_refused(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    directory = sockets.socket_dir(deep)
    directory.chmod(0o755)
    try:
        with pytest.raises(sockets.SocketDirRefused, match="open to others"):
            sockets.socket_dir(deep)
    finally:
        directory.rmdir()
