"""SQL stands in storage.py, except where statement and algorithm are one."""

import ast
import re
from pathlib import Path

SERVICES = Path(__file__).parents[2] / "services"
FOLDERS = (
    "kit/db",
    "kit/events",
    "metrics/answer_log",
    "metrics/cube",
    "metrics/rebuild",
    "metrics/reconciliation",
    "survey/reconciliation",
)
FILES = (
    "kit/imports/identity.py",  # a scratch file on disk
    "kit/operate.py",  # clock and schema of the database, asked between two looks at the own clock
)
SQL = re.compile(
    r"\b(SELECT\s|INSERT INTO|DELETE FROM|UPDATE \w+ (AS \w+ )?SET|LOCK TABLE|(CREATE|ALTER) TABLE)"
)
BUILDERS = {"select", "insert", "update", "delete", "text"}


def docstrings(tree: ast.AST) -> set[int]:
    """Where the strings of a file stand that nobody executes."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def has_sql(source: str) -> bool:
    """Whether a file holds a statement, or takes from SQLAlchemy what makes one."""
    tree = ast.parse(source)
    prose = docstrings(tree)
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module)) if module.startswith("sqlalchemy"):
                if BUILDERS & {alias.name for alias in node.names}:
                    return True
            case ast.Constant(value=str(text)) if id(node) not in prose and SQL.search(text):
                return True
    return False


def is_allowed(file: Path) -> bool:
    path = file.relative_to(SERVICES).as_posix()
    by_name = file.name == "storage.py" or "migrations" in file.parts
    return by_name or path in FILES or path.startswith(tuple(f"{f}/" for f in FOLDERS))


def test_sql_stands_in_storage() -> None:
    found = [file for file in sorted(SERVICES.rglob("*.py")) if has_sql(file.read_text())]

    assert [str(file.relative_to(SERVICES)) for file in found if not is_allowed(file)] == []
    assert [name for name in FILES if SERVICES / name not in found] == []


def test_a_statement_is_told_from_prose() -> None:
    assert has_sql('COUNT = "SELECT count(*) FROM survey_response"')
    assert has_sql("from sqlalchemy import select")
    assert not has_sql('"""Select what to INSERT INTO a table."""')
