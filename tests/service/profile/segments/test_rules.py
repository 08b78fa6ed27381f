"""The SQL of a rule is its evaluator: over rules and persons by chance, with what is absent."""

import json
import os
import random
from typing import Final

import pytest
from sqlalchemy import text

from services.kit.db.database import Database
from services.kit.errors import Invalid
from services.kit.logic.evaluating import build
from services.profile.customers.sealed_names import SealedNames
from services.profile.segments.domain.segments import Segments
from services.profile.segments.rules.storage import PERSON, RuleConditions
from tests.service.profile.support.customers import KEYS
from tests.service.profile.support.segments import (
    KINDS,
    TODAY,
    Person,
    add_purchases,
    any_person,
    any_rule,
    row_of,
)

RULES, PERSONS = (500, 10_000) if os.environ.get("CXM_LONG_RULES") else (60, 500)
SEALED: Final = SealedNames(KEYS)


async def people(database: Database, count: int, chance: random.Random) -> list[Person]:
    """Persons numbered from 1 on, stored as rules find them."""
    persons = [any_person(chance) for _ in range(count)]
    rows = [row_of(number, person, SEALED) for number, person in enumerate(persons, 1)]
    for number, person in enumerate(persons, 1):
        await add_purchases(database, number, person, chance)
    columns = list(zip(*rows, strict=True))
    async with database.pool.acquire() as connection:
        for number, day, kinds, words in zip(*columns, strict=True):
            await connection.execute(
                "INSERT INTO profile_customer_summary VALUES ($1, $2, $3, $4)",
                number,
                day,
                kinds,
                json.dumps(words),
            )
    return persons


async def found(database: Database, rule: str, *, for_few: bool = False) -> set[int]:
    """Numbers of whom the SQL of a rule holds."""
    made = RuleConditions(SEALED, KINDS, TODAY, for_few=for_few)
    condition = made.condition(Segments((), KINDS).mean(rule))
    async with database.write() as session:
        statement = text(f"SELECT {PERSON} FROM {made.source} WHERE {condition}")
        return set(await session.scalars(statement, made.values))


async def test_sql_is_the_evaluator(database: Database) -> None:
    chance = random.Random(16)
    persons = await people(database, PERSONS, chance)
    told = kept = 0
    while kept < RULES:
        rule = any_rule(chance)
        holds = build(Segments((), KINDS).mean(rule))
        try:
            by_sql = await found(database, rule)
        except Invalid:  # its numbers could leave the range
            continue
        expected = {number for number, person in enumerate(persons, 1) if holds(person)}
        assert by_sql == expected, rule
        if kept % 5 == 0:
            assert await found(database, rule, for_few=True) == expected, rule
        kept += 1
        told += 0 < len(expected) < len(persons)
    assert told > RULES / 4, "rules that hold of all or of nobody say little"


async def test_a_fault_of_the_sql_is_found(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: with three truth values, `not` says nothing of who is not known."""
    chance = random.Random(16)
    persons = await people(database, 200, chance)
    rule = 'not (country = "LV")'
    holds = build(Segments((), KINDS).mean(rule))
    expected = {number for number, person in enumerate(persons, 1) if holds(person)}
    assert await found(database, rule) == expected

    right = RuleConditions.condition
    monkeypatch.setattr(
        RuleConditions,
        "condition",
        lambda self, tree: right(self, tree).replace("IS NOT TRUE", "IS FALSE"),
    )
    assert await found(database, rule) != expected


@pytest.mark.parametrize(
    "rule",
    [
        "1" + " * 100000000000000" * 30 + " > 0",
        "1" + " / 100000000000000" * 30 + " > 0",
        'round(days(first_day, date("2026-01-01"))' + " * 100000000000000" * 21 + ", 6) > 1",
    ],
)
async def test_a_rule_whose_numbers_leave_the_range_is_refused(
    database: Database, rule: str
) -> None:
    with pytest.raises(Invalid, match="too large or too small"):
        await found(database, rule)


async def test_the_largest_rules_are_asked(database: Database) -> None:
    await people(database, 20, random.Random(1))
    longest = "count(country)" + " + count(country)" * 98 + " >= 0"
    assert len(await found(database, longest)) == 20
    deepest = "(" * 19 + "answered(first_day)" + ")" * 19
    assert len(await found(database, deepest)) == 20
    assert len(await found(database, "(" * 9 + "not (" * 9 + "false" + ")" * 18)) == 20
