"""Which test may import what: helpers of its own folder, and what all share."""

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]
SHARED = {"conftest", "support"}


def imported(file: Path) -> set[str]:
    """The modules of tests/ that a file imports, without the leading `tests.`."""
    nodes = [n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.ImportFrom)]
    modules = {node.module or "" for node in nodes}
    return {name.removeprefix("tests.") for name in modules if name.startswith("tests.")}


def test_no_folder_of_tests_imports_from_another() -> None:
    across = [
        f"{file.relative_to(TESTS)} imports {name}"
        for file in sorted(TESTS.rglob("*.py"))
        for name in sorted(imported(file))
        if name.split(".")[0] not in SHARED | {file.relative_to(TESTS).parts[0]}
    ]
    assert across == []
