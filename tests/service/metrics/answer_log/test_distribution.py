"""The tables of the answer log can be spread over servers by department: docs/growth.md has the plan.

PostgreSQL's own partitions by hash ask the same of a schema: the column in every key, and each row's fate decided in
one part. What they do not ask is read from the statements.
"""

import ast
import random
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import pytest

from services.kit.clock import day_number
from services.metrics.answer_log.compaction import Compactor
from services.metrics.cube.standing import Recount
from tests.service.metrics.conftest import Metrics
from tests.support.builders import make_department, make_response, make_responses_recorded
from tests.support.database import WholeDatabase

COLUMN = "department_id"
SPREAD = ("metrics_block", "metrics_inbox", "metrics_journal", "metrics_standing")
"""Spread over servers by COLUMN; they grow with responses, or with departments times surveys."""
EVERYWHERE = ("metrics_dimension_set", "metrics_layout", "metrics_name", "metrics_source")
"""Small, and read beside those: a copy on every server."""
ON_ONE_SERVER = (
    "metrics_alert",
    "metrics_definition",
    "metrics_driver",
    "metrics_driver_analysis",
    "metrics_employment",
    "metrics_employment_whole",
    "metrics_person",
    "metrics_person_state",
    "metrics_purchase_block",
    "metrics_purchase_inbox",
    "metrics_purchase_journal",
    "metrics_purchase_standing",
    "metrics_purchase_state",
    "metrics_rebuild",
    "metrics_reconciliation",
    "metrics_released_cell",
    "metrics_released_department",
    "metrics_released_wave",
    "metrics_stint",
    "metrics_survey",
    "metrics_target",
)
"""Read by themselves; small, but for those of purchases, of which a hundredth of the bytes of answers come."""
PARTS = 4
START, END = date(2025, 1, 1), date(2026, 1, 1)
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND starts_with(relname, 'metrics_')"
KEYS = """
SELECT conrelid::regclass::text AS of, conname, coalesce(confrelid::regclass::text, '') AS to, ARRAY(
    SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
FROM pg_constraint WHERE contype IN ('p', 'u', 'f') AND starts_with(conrelid::regclass::text, 'metrics_')"""
UNIQUE = """
SELECT indrelid::regclass::text AS of, indexrelid::regclass::text AS conname, '' AS to, ARRAY(
    SELECT attname::text FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY (indkey)) AS columns
FROM pg_index WHERE indisunique AND starts_with(indrelid::regclass::text, 'metrics_')"""
GRANTED = """
SELECT DISTINCT format('GRANT %s ON {table} TO %I', string_agg(privilege_type, ', '), grantee)
FROM information_schema.role_table_grants WHERE table_name = '{table}_whole' GROUP BY grantee"""
SERVICE = Path("services/metrics")
JOINED = re.compile(rf"\.{COLUMN} = \w+\.({COLUMN}|d)\b")  # rows of one department


def whole(metrics: Metrics) -> WholeDatabase:
    """The database of a replica, and everything in it."""
    database = metrics.replica.database
    assert isinstance(database, WholeDatabase)
    return database


async def wrong_keys(database: WholeDatabase) -> set[str]:
    """Keys that no server could see to by itself."""
    rows = await database.fetch(KEYS) + await database.fetch(UNIQUE)
    spread = [row for row in rows if row["of"] in SPREAD]
    inward = [row for row in rows if row["to"] in SPREAD and row["of"] not in SPREAD]
    outward = [row for row in spread if row["to"] in ON_ONE_SERVER]
    return {
        str(row["conname"])
        for row in [*inward, *outward, *(row for row in spread if COLUMN not in row["columns"])]
    }


def statements() -> dict[str, str]:
    """Texts of the service that name tables which are spread, by where they stand."""
    found = {}
    for path in sorted(SERVICE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and any(re.search(rf"\b{table}\b", node.value) for table in SPREAD)
            ):
                found[f"{path.relative_to(SERVICE)}:{node.lineno}"] = node.value
    return found


def wrong_statements(texts: dict[str, str]) -> set[str]:
    """Statements that bring rows of two departments together, or decide of one by a key without its department."""
    wrong = set()
    for place, text in texts.items():
        named = [table for table in SPREAD if re.search(rf"\b(FROM|JOIN|USING) {table}\b", text)]
        if len(named) > 1 and not JOINED.search(text):
            wrong.add(place)
        for table, key in re.findall(
            r"INSERT INTO (\w+).*?ON CONFLICT \(([^)]*)\)", text, re.DOTALL
        ):
            if table in SPREAD and COLUMN not in key:
                wrong.add(place)
    return wrong


async def test_every_table_has_its_place_and_every_key_its_department(metrics: Metrics) -> None:
    database = whole(metrics)

    assert {row[0] for row in await database.fetch(TABLES)} == {
        *SPREAD,
        *EVERYWHERE,
        *ON_ONE_SERVER,
    }
    assert await wrong_keys(database) == set()


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("ALTER TABLE metrics_block ADD CONSTRAINT planted UNIQUE (survey_id, month)", "planted"),
        ("CREATE UNIQUE INDEX planted ON metrics_journal (envelope)", "planted"),
        (
            "ALTER TABLE metrics_survey ADD department_id int, ADD number int,"
            " ADD CONSTRAINT planted FOREIGN KEY (department_id, number) REFERENCES metrics_standing",
            "planted",
        ),
    ],
)
async def test_a_key_without_its_department_is_noticed(
    metrics: Metrics, planted: str, found: str
) -> None:
    database = whole(metrics)
    await database.fetch(planted)

    assert found in await wrong_keys(database)


def test_statements_stay_within_a_department() -> None:
    texts = statements()
    planted = {
        "join": "SELECT FROM metrics_block JOIN metrics_journal USING (survey_id)",
        "key": "INSERT INTO metrics_standing (a) VALUES (1) ON CONFLICT (survey_id) DO NOTHING",
    }

    assert len(texts) > 15
    assert wrong_statements(texts) == set()
    assert wrong_statements(planted) == {"join", "key"}


async def spread(database: WholeDatabase) -> None:
    """Put each table in the place of itself, in parts by the hash of the department."""
    connection = await asyncpg.connect(database.superuser_url)
    for table in SPREAD:
        await connection.execute(f"ALTER TABLE {table} RENAME TO {table}_whole")
        await connection.execute(
            f"CREATE TABLE {table} (LIKE {table}_whole INCLUDING ALL) PARTITION BY HASH ({COLUMN})"
        )
        for part in range(PARTS):
            await connection.execute(
                f"CREATE TABLE {table}_{part} PARTITION OF {table} FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
            )
        for (grant,) in await connection.fetch(GRANTED.format(table=table)):
            await connection.execute(grant)
        await connection.execute(f"DROP TABLE {table}_whole")
    await connection.close()


async def test_spread_by_department_the_log_counts_as_ever(metrics: Metrics) -> None:
    database, dice = whole(metrics), random.Random(1)
    await spread(database)
    names = [f"d{number}" for number in range(12)]
    await metrics.fill([make_department(name) for name in names])
    compactor, expected = Compactor(database.pool), Counter[str]()
    today = START + timedelta(days=100)
    metrics.today.append(day_number(today))

    for _ in range(12):
        given = [
            make_response(
                dice.choice(names),
                on=START + timedelta(days=dice.randrange(100)),
                nps=dice.randrange(11),
            )
            for _ in range(40)
        ]
        expected.update(str(response.answers[0].score) for response in given)
        envelope = make_responses_recorded(given)
        await metrics.replica.log.apply([envelope])
        await metrics.replica.log.apply([envelope])
        await compactor.sweep()
    metrics.today.append(day_number(today + timedelta(days=1)))
    await Recount(database.pool, metrics.replica.cube, lambda: metrics.today[-1]).recount()

    counted = (await metrics.scorecard("root", START, END))["nps"].distribution
    assert {bucket.label: bucket.count for bucket in counted if bucket.count} == expected
    parts = "SELECT count(DISTINCT tableoid) FROM metrics_standing"
    assert await database.fetchval(parts) == PARTS


async def test_a_key_without_its_department_cannot_be_spread(metrics: Metrics) -> None:
    """The positive control of the test above."""
    database = whole(metrics)
    await database.fetch("CREATE UNIQUE INDEX planted ON metrics_standing (survey_id, day)")

    with pytest.raises(asyncpg.FeatureNotSupportedError, match="partition key"):
        await spread(database)
