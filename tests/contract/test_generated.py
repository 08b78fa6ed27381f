"""Generated code is what the contracts say today."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_generated_code_is_fresh(tmp_path: Path) -> None:
    generate = runpy.run_path(str(ROOT / "proto" / "generate.py"))["generate"]

    generate(tmp_path / "gen")

    def files(folder: Path) -> dict[str, str]:
        paths = [path for path in folder.rglob("*.py*") if path.suffix in (".py", ".pyi")]
        return {str(path.relative_to(folder)): path.read_text() for path in paths}

    assert files(ROOT / "proto" / "gen") == files(tmp_path / "gen"), "run `make proto`"
