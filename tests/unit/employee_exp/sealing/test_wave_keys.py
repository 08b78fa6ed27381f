"""Keys of waves are made once, read while they are there, and gone for good once destroyed."""

import os
from pathlib import Path

import pytest

from services.employee_exp.sealing.wave_keys import MARKER, KeyLost, Purpose, WaveKeys
from services.kit.errors import Unavailable

WAVE = "01890000-0000-7000-8000-000000000001"
OTHER = "01890000-0000-7000-8000-000000000002"


@pytest.fixture
def keys(tmp_path: Path) -> WaveKeys:
    keys = WaveKeys(tmp_path / "keys")
    keys.prepare(is_new=True)
    return keys


def test_a_key_is_made_once_and_is_its_owners_alone(keys: WaveKeys) -> None:
    made = keys.make(WAVE, Purpose.SPOOL)

    assert len(made) == 32
    assert made == keys.make(WAVE, Purpose.SPOOL) == keys.read(WAVE, Purpose.SPOOL)
    assert made not in (keys.make(WAVE, Purpose.BALLOTS), keys.make(OTHER, Purpose.SPOOL))
    names = sorted(path.name for path in keys.directory.iterdir())
    assert names == [f"{WAVE}.ballots", f"{WAVE}.spool", f"{OTHER}.spool", MARKER]
    assert {path.stat().st_mode & 0o777 for path in keys.directory.iterdir()} == {0o600}
    assert keys.directory.stat().st_mode & 0o777 == 0o700


def test_a_destroyed_key_is_overwritten_and_lost_and_nothing_else_is(keys: WaveKeys) -> None:
    spool, ballots = keys.make(WAVE, Purpose.SPOOL), keys.make(WAVE, Purpose.BALLOTS)
    path = keys.directory / f"{WAVE}.spool"
    kept = keys.directory.parent / "kept"
    os.link(path, kept)  # the same bytes of the disk under another name

    keys.destroy(WAVE, Purpose.SPOOL)
    keys.destroy(WAVE, Purpose.SPOOL)  # as after a crash between the two steps of a close

    assert kept.read_bytes() != spool
    with pytest.raises(KeyLost, match=f"the spool key of wave {WAVE} is not there"):
        keys.read(WAVE, Purpose.SPOOL)
    assert keys.read(WAVE, Purpose.BALLOTS) == ballots


def test_a_file_that_is_no_key_is_a_lost_key(keys: WaveKeys) -> None:
    (keys.directory / f"{WAVE}.spool").write_bytes(b"short")

    with pytest.raises(KeyLost, match="has 5 bytes"):
        keys.read(WAVE, Purpose.SPOOL)


def test_a_directory_that_is_away_is_not_a_lost_key(keys: WaveKeys) -> None:
    keys.make(WAVE, Purpose.SPOOL)
    keys.directory.rename(keys.directory.parent / "elsewhere")

    for call in (keys.read, keys.make, keys.destroy):
        with pytest.raises(Unavailable) as away:
            call(WAVE, Purpose.SPOOL)
        assert away.value.reason == "KEYS_AWAY"
        assert str(keys.directory) not in away.value.message


def test_an_empty_directory_where_that_of_the_keys_is_not_mounted_is_no_lost_key(
    keys: WaveKeys,
) -> None:
    made = keys.make(WAVE, Purpose.SPOOL)
    mounted = keys.directory.parent / "elsewhere"
    keys.directory.rename(mounted)
    keys.directory.mkdir()

    for call in (keys.read, keys.make, keys.destroy):
        with pytest.raises(Unavailable) as away:
            call(WAVE, Purpose.SPOOL)
        assert away.value.reason == "KEYS_AWAY"
    assert list(keys.directory.iterdir()) == []

    keys.directory.rmdir()
    mounted.rename(keys.directory)
    assert keys.read(WAVE, Purpose.SPOOL) == made
    with pytest.raises(KeyLost):
        keys.read(WAVE, Purpose.BALLOTS)


def test_a_directory_that_goes_while_a_key_is_looked_for_is_no_lost_key(
    keys: WaveKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go(_: Path) -> None:
        (keys.directory / MARKER).unlink()

    monkeypatch.setattr("services.employee_exp.sealing.wave_keys._read", go)

    with pytest.raises(Unavailable) as away:
        keys.read(WAVE, Purpose.SPOOL)
    assert away.value.reason == "KEYS_AWAY"


@pytest.mark.parametrize("is_there", [True, False])
def test_a_start_makes_no_directory_once_waves_were_opened(
    tmp_path: Path, *, is_there: bool
) -> None:
    keys = WaveKeys(tmp_path / "keys")
    if is_there:
        keys.directory.mkdir()

    with pytest.raises(Unavailable, match="mount the directory") as away:
        keys.prepare(is_new=False)

    assert away.value.reason == "KEYS_AWAY"
    assert keys.directory.exists() == is_there
    keys.prepare(is_new=True)
    keys.prepare(is_new=False)


def test_only_ids_of_waves_are_names_of_files(keys: WaveKeys) -> None:
    with pytest.raises(ValueError, match="UUID"):
        keys.read("../secrets/link", Purpose.SPOOL)
