"""A place in a stream that is declared is taken: what nobody reads fills the stream."""

import ast
import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from infra.local.postgres import Postgres
from services.kit.events import streams

SERVICES = Path(__file__).parents[2] / "services"
NAMED = {name: value for name, value in vars(streams).items() if isinstance(value, streams.Durable)}


def consumed(folder: Path) -> Iterator[str]:
    """Names of the durables that some noun in a folder consumes."""
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr="consume"), args=[ast.Name(id=name), *_]):
                    if name in NAMED:
                        yield name


def test_every_durable_is_declared_to_the_broker() -> None:
    assert set(NAMED.values()) == set(streams.DURABLES)
    assert len(streams.DURABLES) == len({durable.name for durable in streams.DURABLES})


def test_every_durable_is_consumed_by_one_noun() -> None:
    # Those that copy the directory are consumed by every service that has one (services/kit/service.py).
    others = [
        name for name, durable in NAMED.items() if not durable.name.endswith("-copy-directory")
    ]

    assert others
    assert sorted(consumed(SERVICES)) == sorted(others)


def test_what_is_only_imported_is_not_consumed(tmp_path: Path) -> None:
    name = "METRICS_COPIES_SURVEYS"
    (tmp_path / "events.py").write_text(f"from services.kit.events.streams import {name}\n")
    assert list(consumed(tmp_path)) == []

    (tmp_path / "other.py").write_text(f"shared.consume({name}, apply)\n")
    assert list(consumed(tmp_path)) == [name]


@pytest.mark.parametrize("service", sorted({d.name.partition("-")[0] for d in streams.DURABLES}))
async def test_who_hears_facts_can_keep_those_it_gives_up(
    service: str, postgres: Postgres, migrated: Callable[[str], str]
) -> None:
    database = await asyncio.to_thread(migrated, service)
    connection = await asyncpg.connect(postgres.url(database=database))
    try:
        right = (
            "has_table_privilege($1, to_regclass('dead_letter'), 'SELECT, INSERT, UPDATE, DELETE')"
        )
        assert await connection.fetchval(f"SELECT {right}", f"cxm_{service}_intake")
    finally:
        await connection.close()
