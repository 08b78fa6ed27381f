"""A word means one thing: no two public classes of a process have the same name."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = (
    "gateway",
    "services/employee_exp",
    "services/kit",
    "services/metrics",
    "services/profile",
    "services/survey",
)


def repeated_names(folder: Path) -> dict[str, list[str]]:
    """Public classes of a folder that have the name of another one, with their files."""
    files: dict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("*.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                files[node.name].append(str(file.relative_to(folder)))
    return {name: found for name, found in files.items() if len(found) > 1}


@pytest.mark.parametrize("part", PARTS)
def test_no_two_public_classes_have_one_name(part: str) -> None:
    assert repeated_names(ROOT / part) == {}


def test_a_repeated_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("class Change: ...\nclass _Own: ...\n")
    (tmp_path / "other.py").write_text("class Change: ...\nclass _Own: ...\n")

    assert repeated_names(tmp_path) == {"Change": ["one.py", "other.py"]}
