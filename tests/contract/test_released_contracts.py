"""Processes of the last release understand those of today: what breaks a contract of theirs is found."""

import re
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROTO = ROOT / "proto"
IGNORED = re.compile(r"\n  #[^\n]*\n  ignore_only:.*", re.DOTALL)


@pytest.fixture
def proto(tmp_path: Path) -> Path:
    """A copy to break."""
    hidden = shutil.ignore_patterns("gen*", "__pycache__")
    return shutil.copytree(PROTO, tmp_path / "proto", ignore=hidden)


@pytest.fixture(scope="module")
def compare() -> Callable[[Path], int]:
    found: Callable[[Path], int] = runpy.run_path(str(PROTO / "breaking.py"))["compare"]
    return found


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_contracts_hold(proto: Path, compare: Callable[[Path], int]) -> None:
    assert compare(proto) == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "cxm/batch/v1/batch.proto",
            "repeated Refusal refusals = 3;",
            "repeated Refusal refusals = 33;",
            'Previously present field "3"',
        ),
        (
            "cxm/operate/v1/operate.proto",
            "rpc ReplayDeadLetters(",
            "rpc ReplayAll(",
            'Previously present RPC "ReplayDeadLetters"',
        ),
        (
            "cxm/operate/v1/operate.proto",
            "service OperateService",
            "service OperatorService",
            'Previously present service "OperateService"',
        ),
    ],
)
def test_what_breaks_them_is_found(
    proto: Path,
    compare: Callable[[Path], int],
    capfd: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    said: str,
) -> None:
    change(proto / file, old, new)

    assert compare(proto) != 0
    assert said in capfd.readouterr().out


def test_nothing_is_ignored_that_need_not_be(proto: Path, compare: Callable[[Path], int]) -> None:
    config = proto / "buf.yaml"
    without = IGNORED.sub("\n", config.read_text())
    if without == config.read_text():
        return
    config.write_text(without)

    assert compare(proto) != 0, "take `ignore_only` out of proto/buf.yaml: nothing needs it"
