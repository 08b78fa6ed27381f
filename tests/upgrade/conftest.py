"""Which releases' data are read: those of the last one, or with `--releases all` of every one that is kept.

What takes long is left out with those of the last one alone.
"""

from pathlib import Path

import pytest

from tests.support import releases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--releases", choices=("last", "older", "all"), default="last")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    is_short = config.getoption("--releases", default="last") == "last"
    return True if is_short and collection_path.name == "test_rolling.py" else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "version" in metafunc.fixturenames:
        which = metafunc.config.getoption("--releases", default="last")
        last = releases.last().version
        versions = {
            "last": [last],
            "older": [kept for kept in releases.kept() if kept != last],
            "all": releases.kept(),
        }
        metafunc.parametrize("version", versions[which], scope="module")
