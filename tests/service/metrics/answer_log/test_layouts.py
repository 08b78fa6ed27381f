"""Effort, ratings and choices in the answer log, against a plain recount."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from cxm.survey.v1.events_pb2 import RecordedResponse, ScoredAnswer, Selection
from services.kit.clock import day_number
from services.metrics.answer_log.compaction import Compactor
from services.metrics.answer_log.packing import join, read_block, read_journal_row
from tests.service.metrics.conftest import Metrics
from tests.support.builders import make_department, make_response, make_survey

TODAY = date(2026, 6, 1)
OPTIONS = ("price", "time", "staff")


def asking(*options: str, revision: int = 1) -> pb.Survey:
    """Effort, stars, one reason and several reasons; the options may grow."""
    offered = [pb.Option(key=key, text=key) for key in options]
    survey = make_survey("reasons", kinds=(), revision=revision)
    survey.questions.extend(
        [
            pb.Question(id="ces", key="ces", kind=pb.QUESTION_KIND_CES),
            pb.Question(id="ces1", key="ces1", kind=pb.QUESTION_KIND_CES1),
            pb.Question(
                id="stars",
                key="stars",
                kind=pb.QUESTION_KIND_RATING,
                scale=pb.Scale(low=0, high=3),
            ),
            pb.Question(id="one", key="one", kind=pb.QUESTION_KIND_SINGLE_CHOICE, options=offered),
            pb.Question(
                id="many", key="many", kind=pb.QUESTION_KIND_MULTIPLE_CHOICE, options=offered
            ),
            pb.Question(id="nps", key="nps", kind=pb.QUESTION_KIND_NPS),
        ]
    )
    return survey


def answered(dice: random.Random, options: tuple[str, ...]) -> RecordedResponse:
    """A response that leaves out some questions."""
    chosen = [key for key in options if dice.random() < 0.5]
    answers = [
        ScoredAnswer(question_id="ces", score=dice.randint(1, 7)),
        ScoredAnswer(question_id="ces1", score=dice.randint(1, 5)),
        ScoredAnswer(question_id="stars", score=dice.randint(0, 3)),
        ScoredAnswer(question_id="one", choice=dice.choice(options)),
        ScoredAnswer(question_id="nps", score=dice.randint(0, 10)),
    ]
    if chosen:
        left = [key for key in options if key not in chosen]
        selection = Selection(chosen=chosen, left=left)
        answers.append(ScoredAnswer(question_id="many", selection=selection))
    response = make_response("d1", on=TODAY - timedelta(dice.randint(0, 30)), survey="reasons")
    response.answers.extend(answer for answer in answers if dice.random() < 0.8)
    return response


def recount(responses: list[RecordedResponse]) -> Counter[tuple[str, str, str]]:
    """How many gave each answer: question, option, code."""
    found: Counter[tuple[str, str, str]] = Counter()
    for response in responses:
        for answer in response.answers:
            if answer.HasField("selection"):
                found.update((answer.question_id, key, "1") for key in answer.selection.chosen)
                found.update((answer.question_id, key, "0") for key in answer.selection.left)
            else:
                code = answer.choice or str(answer.score)
                found[answer.question_id, "", code] += 1
    return found


async def counted(metrics: Metrics) -> Counter[tuple[str, str, str]]:
    """What the log holds, read by the layout."""
    pool, surveys = metrics.replica.database.pool, metrics.replica.surveys
    blocks = [read_block(row[0]) for row in await pool.fetch("SELECT answers FROM metrics_block")]
    rows = await pool.fetch("SELECT answers FROM metrics_journal")
    held = join([*blocks, *(read_journal_row(row[0]) for row in rows)])
    (layout,) = surveys.by_number.values()
    return Counter(
        {
            (item.question_id, item.option, code): count
            for item in layout.items.values()
            for code, cell in item.cells.items()
            if cell.position < len(held.codes)
            and (count := int(held.sign[held.codes[cell.position] == cell.byte].sum()))
        }
    )


async def standing(metrics: Metrics) -> Counter[tuple[str, str, str]]:
    """What the standing row says."""
    (row,) = await metrics.replica.database.pool.fetch(
        "SELECT survey_id, counts FROM metrics_standing"
    )
    layout, counts = metrics.replica.surveys.by_number[row["survey_id"]], row["counts"]
    return Counter(
        {
            (item.question_id, item.option, code): counts[cell.counter]
            for item in layout.items.values()
            for code, cell in item.cells.items()
            if cell.counter < len(counts) and counts[cell.counter]
        }
    )


@pytest.mark.parametrize("compacted", [False, True])
async def test_every_kind_is_counted_even_when_options_are_added(
    metrics: Metrics, compacted: bool
) -> None:
    metrics.today.append(day_number(TODAY))
    dice = random.Random(7)
    await metrics.fill([make_department("d1")], surveys=[asking(*OPTIONS)])
    before = [answered(dice, OPTIONS) for _ in range(60)]
    await metrics.record(*before)
    if compacted:
        await _compact(metrics)

    await metrics.fill(surveys=[asking("new", *OPTIONS, revision=2)])
    after = [answered(dice, ("new", *OPTIONS)) for _ in range(60)]
    await metrics.record(*after)

    assert await counted(metrics) == recount(before + after)
    assert await standing(metrics) == recount(before + after)


async def test_answers_of_before_an_option_was_added_are_taken_back(metrics: Metrics) -> None:
    metrics.today.append(day_number(TODAY))
    dice = random.Random(8)
    await metrics.fill([make_department("d1")], surveys=[asking(*OPTIONS)])
    given = [answered(dice, OPTIONS) for _ in range(40)]
    await metrics.record(*given)
    await _compact(metrics)
    await metrics.fill(surveys=[asking("new", *OPTIONS, revision=2)])

    await metrics.record(*map(_taken_back, given[:15]))

    assert await counted(metrics) == recount(given[15:])
    await _compact(metrics)
    block = await metrics.replica.database.pool.fetchval("SELECT sum(responses) FROM metrics_block")
    assert block == 25
    assert await counted(metrics) == recount(given[15:])


async def test_a_question_that_is_asked_no_more_keeps_its_answers(metrics: Metrics) -> None:
    metrics.today.append(day_number(TODAY))
    dice = random.Random(9)
    await metrics.fill([make_department("d1")], surveys=[asking(*OPTIONS)])
    given = [answered(dice, OPTIONS) for _ in range(20)]
    await metrics.record(*given)
    fewer = asking(*OPTIONS, revision=2)
    del fewer.questions[:5]

    await metrics.fill(surveys=[fewer])

    assert await counted(metrics) == recount(given)


def _taken_back(response: RecordedResponse) -> RecordedResponse:
    minus = RecordedResponse()
    minus.CopyFrom(response)
    minus.sign = -1
    return minus


async def _compact(metrics: Metrics) -> None:
    compactor = Compactor(metrics.replica.database.pool)
    await compactor.sweep()
    await compactor.sweep()


def asking_nps(*keys: str, revision: int) -> pb.Survey:
    survey = make_survey("reasons", kinds=(), revision=revision, version=revision)
    survey.questions.extend(pb.Question(id=key, key=key, kind=pb.QUESTION_KIND_NPS) for key in keys)
    return survey


async def test_a_version_that_asks_another_question_keeps_the_answers_to_the_one_before(
    metrics: Metrics,
) -> None:
    """Of one version the first question of a kind counts; what was first once and is asked no more still does."""
    other = await metrics.new_replica()
    asked = [("old", "second"), ("new", "second"), ("new",)]
    for revision, keys in enumerate(asked, start=1):
        await metrics.fill([make_department("d1")], surveys=[asking_nps(*keys, revision=revision)])
        response = make_response("d1", on=TODAY, survey="reasons")
        response.answers.extend(ScoredAnswer(question_id=key, score=9) for key in keys)
        await metrics.record(*[response] * 10)

    scores = await metrics.scorecard("d1", TODAY, TODAY + timedelta(1))
    await other.surveys.refresh()

    assert scores["nps"].base == 30
    (layout,) = other.surveys.layouts.values()
    assert [item.question_id for item in layout.counted["NPS"]] == ["old", "new"]
