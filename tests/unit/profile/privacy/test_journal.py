"""The journal of erasures keeps what was written, whole lines only, and shows where one was changed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.kit.errors import Broken, Unavailable
from services.profile.customers.storage import Name
from services.profile.privacy.journal import FILE, EntryKind, Journal, JournalEntry

AT = datetime(2026, 11, 30, 12, 0, 0, 5, tzinfo=UTC)
KEY = b"k" * 32


def entry(number: int) -> JournalEntry:
    names = [Name(1, bytes([number]) * 16), Name(2, b"\n" * 16)]
    return JournalEntry(EntryKind.ORDERED, f"request-{number}", AT, number, names)


def journal(directory: Path, entries: int) -> Journal:
    made = Journal(directory, KEY)
    made.prepare()
    for number in range(entries):
        made.append(entry(number))
    return made


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    journal(tmp_path / "erasures", 3)

    assert Journal(tmp_path / "erasures", KEY).read() == [entry(0), entry(1), entry(2)]
    assert (tmp_path / "erasures" / FILE).stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_crash_has_cut_is_none_and_the_next_takes_its_place(tmp_path: Path) -> None:
    cut = journal(tmp_path, 2)
    content = cut.path.read_bytes()
    cut.path.write_bytes(content[:-9])

    assert cut.read() == [entry(0)]
    cut.append(entry(7))
    assert cut.read() == [entry(0), entry(7)]


def test_an_order_stands_once_until_it_is_void_or_older_than_what_was_allowed(
    tmp_path: Path,
) -> None:
    kept = journal(tmp_path, 0)
    first, later = entry(1), replace(entry(1), revision=9)
    assert (kept.append_order(first), kept.append_order(later)) == (first, first)
    assert kept.read() == [first]

    kept.void("request-1", AT)
    kept.void("request-1", AT)
    assert [each.kind for each in kept.read()] == [EntryKind.ORDERED, EntryKind.VOID]
    assert kept.orders() == {}
    assert kept.append_order(later) == later

    kept.append(JournalEntry(EntryKind.ALLOWED, "request-0", AT, 10, first.names))
    newest = replace(later, revision=11)
    assert kept.append_order(newest) == newest
    assert kept.orders() == {"request-1": newest}


@pytest.mark.parametrize("harm", ["changed", "left out", "another key"])
def test_a_line_that_was_changed_or_left_out_is_found(tmp_path: Path, harm: str) -> None:
    harmed = journal(tmp_path, 3)
    lines = harmed.path.read_bytes().splitlines(keepends=True)
    if harm == "changed":
        lines[1] = lines[1].replace(b"request-1", b"request-9")
    elif harm == "left out":
        del lines[1]
    harmed.path.write_bytes(b"".join(lines))

    with pytest.raises(Broken, match=r"line [12]"):
        Journal(tmp_path, b"o" * 32 if harm == "another key" else KEY).read()


def test_a_directory_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    away = Journal(tmp_path / "file", KEY)

    for call in (away.prepare, away.read, lambda: away.append(entry(1))):
        with pytest.raises(Unavailable, match="CXM_PROFILE_ERASURE_JOURNAL_DIR"):
            call()
