"""What is not a whole backup, or is of a newer version, is refused with what is wrong."""

import json
from pathlib import Path

import pytest

from infra.cli.backups import manifest
from infra.cli.backups.manifest import MANIFEST, ORDER, SUMS, Dumped, Manifest, NoBackup, dump_of
from services.kit.db.migrate import newest_version
from services.kit.events.streams import DURABLES, PROFILE_TAKES_RECEIPTS

AT = "2026-11-29T16:00:00Z"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A folder as a backup leaves it, with dumps of a few bytes."""
    (tmp_path / "databases").mkdir()
    for service in ORDER:
        dump_of(tmp_path, service).write_text(f"dump of {service}")
    seal(tmp_path)
    return tmp_path


def seal(folder: Path, **schemas: str) -> None:
    dumped = {name: Dumped(schemas.get(name, newest_version(name)), (), AT) for name in ORDER}
    manifest.seal(folder, Manifest(AT, 180006, "UTC", dumped))


def test_a_whole_backup_says_what_it_is(backup: Path) -> None:
    found = manifest.open_backup(backup)

    assert (found.began_at, found.postgres, found.time_zone) == (AT, 180006, "UTC")
    assert set(found.databases) == set(ORDER)


def test_every_file_is_watched(backup: Path) -> None:
    for path in [p for p in backup.rglob("*") if p.is_file() and p.name != SUMS]:
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        with pytest.raises(NoBackup, match=f"{path.relative_to(backup)} is not what was written"):
            manifest.open_backup(backup)
        path.unlink()
        with pytest.raises(NoBackup, match=f"{path.relative_to(backup)} is missing"):
            manifest.open_backup(backup)
        path.write_bytes(content)
    manifest.open_backup(backup)


def test_a_backup_that_did_not_come_to_its_end_is_none(backup: Path) -> None:
    (backup / SUMS).unlink()

    with pytest.raises(NoBackup, match="it is written last"):
        manifest.open_backup(backup)


def test_a_newer_schema_is_refused_and_an_older_one_taken(backup: Path) -> None:
    seal(backup, survey="9999")
    with pytest.raises(NoBackup, match="with schema 9999 of survey: this one knows"):
        manifest.open_backup(backup)

    seal(backup, survey="0001")
    assert manifest.open_backup(backup).databases["survey"].schema == "0001"


def test_a_newer_format_is_refused_whatever_else_it_says(backup: Path) -> None:
    newer = {"format": manifest.FORMAT + 1, "cxm": "9.0", "what": "nobody knows"}
    (backup / MANIFEST).write_text(json.dumps(newer))
    (backup / SUMS).write_text(f"{manifest._sum(backup / MANIFEST)}  {MANIFEST}\n")

    with pytest.raises(NoBackup, match=r"made by cxm 9\.0, a newer one"):
        manifest.open_backup(backup)


def test_who_hears_facts_is_dumped_before_who_announces_them() -> None:
    """But for receipts, which answer orders: after a restore one asks again (docs/backup.md)."""
    late = [
        durable.name
        for durable in DURABLES
        if durable is not PROFILE_TAKES_RECEIPTS
        and ORDER.index(durable.name.partition("-")[0]) >= ORDER.index(durable.stream.lower())
    ]
    assert late == []
