"""Tests write into memory where there is room, and leave nothing there."""

from pathlib import Path

from tests.support.memory import folder_in_memory


def test_the_folder_of_a_run_goes_with_it(tmp_path: Path) -> None:
    with folder_in_memory(tmp_path, needed_bytes=0) as folder:
        assert folder
        folder.mkdir()
        (folder / "file").touch()

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_removed_and_a_run_that_goes_on_keeps_its_own(
    tmp_path: Path,
) -> None:
    with folder_in_memory(tmp_path, needed_bytes=0) as other:
        assert other
        other.mkdir()
        killed = other.parent.with_name(f"{other.parent.name}-killed")
        killed.mkdir()
        (killed / "lock").touch()

        with folder_in_memory(tmp_path, needed_bytes=0):
            assert not killed.exists()
            assert other.is_dir()


def test_where_there_is_no_room_tests_write_to_the_disk(tmp_path: Path) -> None:
    with folder_in_memory(tmp_path, needed_bytes=2**60) as full:
        assert full is None
    with folder_in_memory(tmp_path / "none") as none:
        assert none is None
