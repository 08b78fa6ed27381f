"""A folder holds no more modules than a reader takes in at a glance; more asks for another noun."""

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("gateway", "services", "infra")
MOST_MODULES = 12
LARGER = {
    "services/metrics/answer_log": 14,
    "infra/local": 14,
}


def large_folders(root: Path) -> list[str]:
    """Folders with too many modules beside each other, and how many; migrations are a list by their nature."""
    files = [path for top in PRODUCT for path in (root / top).rglob("*.py")]
    sizes = Counter(
        path.parent.relative_to(root).as_posix()
        for path in files
        if path.name != "__init__.py" and path.parent.name != "migrations"
    )
    return [
        f"{folder}: {size}"
        for folder, size in sorted(sizes.items())
        if size > LARGER.get(folder, MOST_MODULES)
    ]


def test_no_folder_is_too_large() -> None:
    assert large_folders(ROOT) == []


def test_a_folder_that_is_too_large_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "services" / "survey" / "responses"
    folder.mkdir(parents=True)
    for number in range(MOST_MODULES + 1):
        (folder / f"part_{number}.py").touch()

    assert large_folders(tmp_path) == [f"services/survey/responses: {MOST_MODULES + 1}"]
