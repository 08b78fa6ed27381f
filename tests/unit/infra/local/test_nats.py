"""What NATS reserves, by the disk it finds."""

from pathlib import Path

import pytest

from infra.local import children, nats

GIB = 1024**3


@pytest.mark.parametrize(
    ("free", "chosen"),
    [(100 * GIB, 2 * GIB), (16 * GIB, 2 * GIB), (4 * GIB, GIB // 2), (0, 16 * 1024**2)],
)
def test_a_stream_takes_an_eighth_of_a_small_disk_and_goes_on_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, chosen: int
) -> None:
    monkeypatch.setattr(children, "free_bytes", lambda _: free)
    assert nats.prepare(tmp_path).stream_bytes == chosen

    monkeypatch.setattr(children, "free_bytes", lambda _: 1)
    assert nats.prepare(tmp_path).stream_bytes == chosen


def test_streams_of_an_older_data_dir_keep_what_they_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nats" / "jetstream").mkdir(parents=True)
    monkeypatch.setattr(children, "free_bytes", lambda _: GIB)

    assert nats.prepare(tmp_path).stream_bytes == 2 * GIB
