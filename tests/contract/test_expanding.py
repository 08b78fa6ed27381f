"""The version before runs on the schema of this one: a migration adds, and takes away what no released version uses."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.support import releases

ROOT = Path(__file__).parents[2]
TAKES_AWAY = re.compile(
    r"drop_(?:table|column)|DROP\s+(?:TABLE|COLUMN)|rename_table|new_column_name|\bRENAME\b"
    r"|SET NOT NULL|ALTER\s+(?:COLUMN\s+)?\w+\s+TYPE|alter_column\([^)]*(?:nullable=False|type_=)"
    r"|ADD\s+(?:COLUMN\s+)?(?!CONSTRAINT)\w+[^,;\"']*NOT NULL(?![^,;\"']*DEFAULT)",
)
SCHEMA = re.compile(r"INTO public\.alembic_version VALUES\s+\('(\d+)'\)")
ALLOWED: dict[str, str] = {
    "profile/0017_months.py": "its functions drop and swap months of tables that came after that release",
}
"""Migrations since the last release that take away, and why that release does not miss it."""


def released_schema(service: str) -> str:
    """The revision that the last release left in the database of a service."""
    dump = releases.FOLDER / releases.last().version / f"{service}.sql"
    found = SCHEMA.search(dump.read_text())
    assert found is not None, f"{dump} does not say its revision"
    return found[1]


def taking_away(folder: Path, since: Callable[[str], str]) -> dict[str, str]:
    """By file, what a migration after a revision (by service) takes from the version before."""
    found = {}
    for path in sorted(folder.glob("*/migrations/[0-9]*_*.py")):
        upgrade = path.read_text().partition("def downgrade")[0]
        is_new = path.name.partition("_")[0] > since(path.parts[-3])
        if is_new and (match := TAKES_AWAY.search(upgrade)):
            found[f"{path.parts[-3]}/{path.name}"] = match[0]
    return found


def test_migrations_take_nothing_from_the_last_release() -> None:
    assert taking_away(ROOT / "services", released_schema).keys() == ALLOWED.keys()


def test_what_is_taken_away_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "survey" / "migrations"
    folder.mkdir(parents=True)
    changes = {
        "0002_released.py": 'op.drop_table("survey")',
        "0003_a.py": 'op.drop_column("survey", "key")',
        "0004_b.py": 'op.execute("ALTER TABLE survey RENAME key TO name")',
        "0005_c.py": 'op.execute("ALTER TABLE survey ALTER key SET NOT NULL")',
        "0006_d.py": 'op.execute("ALTER TABLE survey ADD COLUMN kind text NOT NULL")',
        "0007_e.py": 'op.alter_column("survey", "key", type_=Text())',
        "0008_f.py": "op.execute(\"ALTER TABLE survey ADD COLUMN kind text NOT NULL DEFAULT ''\")",
        "0009_g.py": 'op.execute("CREATE TABLE other (key text NOT NULL)")',
    }
    for name, change in changes.items():
        (folder / name).write_text(f"def upgrade():\n    {change}\n")

    found = taking_away(tmp_path, lambda _service: "0002")
    assert {name[7:11] for name in found} == {"0003", "0004", "0005", "0006", "0007"}
