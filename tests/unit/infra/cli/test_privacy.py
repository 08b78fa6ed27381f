"""`cxm privacy reapply`: asks profile by a file beside the journal, and says what it sees."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.cli import privacy
from infra.cli.privacy import count_orders, reapply
from infra.client.problem import Problem
from infra.local import datadir
from infra.local.datadir import State
from services.profile.customers.storage import Name
from services.profile.privacy.journal import REAPPLY, EntryKind, Journal, JournalEntry


def journal(directory: Path) -> Journal:
    """Two orders, one of them twice, and one identifier that was allowed again."""
    made = Journal(directory, b"k" * 32)
    made.prepare()
    kinds = (EntryKind.ORDERED, EntryKind.ORDERED, EntryKind.ORDERED, EntryKind.ALLOWED)
    for request, kind in zip(("a", "b", "b", "a"), kinds, strict=True):
        made.append(JournalEntry(kind, request, datetime.now(UTC), 1, [Name(1, b"r" * 16)]))
    return made


def test_orders_of_a_journal_are_counted_without_its_key(tmp_path: Path) -> None:
    journal(tmp_path)
    assert count_orders(tmp_path) == 2


def test_orders_that_did_not_go_out_and_a_line_that_was_cut_are_not_counted(tmp_path: Path) -> None:
    made = journal(tmp_path)
    made.void("b", datetime.now(UTC))
    assert count_orders(tmp_path) == 1

    content = made.path.read_bytes()
    made.path.write_bytes(content[:-9])
    assert count_orders(tmp_path) == 2


def test_what_is_no_journal_is_said_and_nothing_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        reapply(None, tmp_path)
    (tmp_path / datadir.JOURNAL_FILE).write_text("something else\n")
    with pytest.raises(Problem, match="no journal of erasures"):
        reapply(None, tmp_path)
    with pytest.raises(Problem, match="no platform"):
        reapply(tmp_path / "none", None)
    with pytest.raises(Problem, match="not both"):
        reapply(tmp_path, tmp_path)
    assert not (tmp_path / REAPPLY).exists()


def test_where_nothing_runs_it_is_done_at_the_next_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    datadir.save(tmp_path, State("UTC"))
    made = journal(datadir.journal(tmp_path))

    assert reapply(tmp_path, None) == 0
    assert made.is_to_be_reapplied
    assert capsys.readouterr().out.splitlines() == [
        "erasures in the journal: 2",
        "the platform does not run: what is missing is done again when it starts",
    ]


def test_where_profile_does_not_do_it_in_time_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(privacy, "WAIT_SECONDS", 0.0)
    journal(tmp_path)

    assert reapply(None, tmp_path) == 2
    assert "has not done it yet" in capsys.readouterr().out
