"""What breaks the written order of the nouns is found by `make imports`: each kind of break, on a copy of the tree."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
BREAKS = {
    "a folder nobody listed": ("services/survey/gossip/rpc.py", ""),
    "upward, in a service": (
        "services/survey/surveys/editing.py",
        "from services.survey.responses import intake",
    ),
    "upward, in the gateway": ("gateway/calls/days.py", "from gateway.doors import http"),
    "upward, in kit": ("services/kit/clock.py", "from services.kit.rights import access"),
    "upward, in infra": ("infra/client/api.py", "from infra.cli import cli"),
    "from service to service": (
        "services/metrics/domain/scope.py",
        "from services.survey.domain import text",
    ),
    "a message in a use case": (
        "services/survey/responses/correcting.py",
        "from cxm.survey.v1 import events_pb2",
    ),
    "a database in a rule": ("services/metrics/formulas/nps.py", "import asyncpg"),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy with all the breaks in it."""
    copy = tmp_path_factory.mktemp("copy")
    for top in ("gateway", "services", "infra"):
        shutil.copytree(ROOT / top, copy / top, ignore=_all_but_python)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for place, line in BREAKS.values():
        path = copy / place
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        source = path.read_text() if path.exists() else '"""New."""\n'
        path.write_text(f"{source}\n{line}\n")
    done = subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=copy, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    return done.stdout


def _all_but_python(folder: str, names: list[str]) -> list[str]:
    return [n for n in names if not (n.endswith(".py") or (Path(folder) / n).is_dir())]


@pytest.mark.parametrize("kind", BREAKS)
def test_a_break_of_the_order_is_found(kind: str, report: str) -> None:
    place, line = BREAKS[kind]
    importer = place.removesuffix(".py").replace("/", ".")
    expected = importer if line else "gossip"

    _, _, broken = report.partition("Broken contracts")

    assert expected in broken
