"""Whatever a file and its mapping are, others are served while they are read."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from services.kit.errors import Invalid
from services.kit.imports.format.records import ROW_LIMIT
from tests.service.support.import_call import Outcome, failure
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService
from tests.support.processor import allowed

LONGEST_HOLD = 0.05  # seconds of the processor
FORMATS = [
    f'"{a}{b}{c}%H%M%S%f{mark}"'
    for a, b, c in (("%d", "%m", "%y"), ("%m", "%d", "%Y"), ("%y", "%j", ""), ("%Y", "%d", "%m"))
    for mark in "~!?@^"
]
MAPPING = f"""
[defaults]
survey = "pulse"
department = "root"
[columns]
id = "id"
occurred_at = "at"
customer = "who"
[answers.recommend]
column = "nps"
kind = "NPS"
[answers.why]
column = "words"
kind = "MULTIPLE_CHOICE"
values = {{ "Dear" = "price", "Slow" = "time" }}
[format]
dates = [{", ".join(FORMATS)}]
[create]
survey = true
"""
HEAD = "id,at,who,nps,words\n"
ATTACKS = {
    "dates that fit none of 20 formats": "".join(f"{n},{n:0100},a,9,\n" for n in range(1_000)),
    "rows as long as can be": "".join(
        f"{n},1,a,9," + '"' + "漢" * 130_000 + '",' * 1 + ("é" * 100_000 + ",") * 7 + "\n"
        for n in range(5)
    ),
    "choices without end": "".join(f"{n},1,a,9," + "Dear;" * 26_000 + "\n" for n in range(20)),
}


@asynccontextmanager
async def longest_hold() -> AsyncIterator[list[float]]:
    """The most time of the processor that the loop's thread took before others had their turn."""
    held = [0.0]

    async def watch() -> None:
        seen = time.thread_time()
        while True:
            await asyncio.sleep(0)
            now = time.thread_time()
            held[0], seen = max(held[0], now - seen), now

    watching = asyncio.create_task(watch())
    try:
        yield held
    finally:
        watching.cancel()


@pytest.mark.parametrize("attack", ATTACKS)
async def test_others_are_served_while_a_file_is_read(survey: SurveyService, attack: str) -> None:
    assert len(FORMATS) == 20
    content = HEAD + ATTACKS[attack]

    async with longest_hold() as held:
        outcome: Outcome = await survey.load(MAPPING, content)

    assert outcome.stored == 0
    assert outcome.refused == ATTACKS[attack].count("\n")
    assert held[0] < allowed(LONGEST_HOLD)


async def test_a_hold_is_seen() -> None:
    async with longest_hold() as held:
        await asyncio.sleep(0)
        until = time.thread_time() + LONGEST_HOLD
        while time.thread_time() < until:
            pass
        await asyncio.sleep(0)

    assert held[0] >= LONGEST_HOLD


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (MAPPING.replace("dates = [", "dates = [" + '"%Y-%m-%d",' * 3_000), "larger than 16 KiB"),
        (MAPPING.replace("dates = [", 'dates = ["%Y-%m-%d",'), "has 21 formats; at most 20"),
        (MAPPING + "a = " + "[" * 8_000, "at most 4 deep"),
        (
            MAPPING + "".join(f'[answers.q{n}]\ncolumn = "words"\n' for n in range(5)),
            'the column "words" is named 6 times',
        ),
        (MAPPING + '[answers.q]\ncolumn = 0x{"f" * 9_000}', "is not TOML"),
    ],
    ids=["formats", "a format", "brackets", "one column", "a number"],
)
async def test_a_mapping_that_would_cost_too_much_is_refused_in_words(
    survey: SurveyService, mapping: str, message: str
) -> None:
    content = HEAD + "".join(f"{n},x,a,9,\n" for n in range(200))

    async with longest_hold() as held:
        stopped = await failure(survey.load(mapping, content))

    assert isinstance(stopped, Invalid)
    assert stopped.reason == "MAPPING_INVALID"
    assert message in stopped.message
    assert held[0] < allowed(LONGEST_HOLD)


def test_a_row_of_the_attacks_is_nearly_as_long_as_can_be() -> None:
    (row, *_) = ATTACKS["rows as long as can be"].splitlines()
    assert ROW_LIMIT * 0.8 < len(row) < ROW_LIMIT
