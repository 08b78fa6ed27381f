"""Indices, read as they are shown: each response's answers to several items are one score."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from cxm.metrics.v1 import definitions_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from cxm.survey.v1.events_pb2 import RecordedResponse
from services.metrics.answer_log.compaction import Compactor
from tests.service.metrics.conftest import Metrics, make_scope
from tests.service.metrics.support.asking import FEBRUARY, MARCH, make_draft, refused, register
from tests.service.metrics.support.standard_items import answering, asking, rating
from tests.support.builders import id_of, make_department

QUALITY = ("available", "competent", "fast", "personal", "relevant")
APRIL = date(2026, 4, 1)


def items(*names: str, **questions: str) -> list[definitions_pb2.ItemName]:
    """Standard items, then questions as survey="key"."""
    return [
        *[definitions_pb2.ItemName(standard_item=name) for name in names],
        *[
            definitions_pb2.ItemName(question=definitions_pb2.QuestionRef(survey=s, question=q))
            for s, keys in questions.items()
            for q in keys.split()
        ],
    ]


def index(*names: str, **fields: Any) -> definitions_pb2.MetricDraft:
    """The share of answers 4 and 5 to several items."""
    given: dict[str, Any] = {"key": "quality", "kind": None, "items": items(*names)}
    return make_draft(**{**given, **fields})


def mean(*names: str) -> definitions_pb2.MetricDraft:
    return index(*names, key="mean", statistic=definitions_pb2.STATISTIC_MEAN, answers=[])


@dataclass
class Given:
    """A response of the recount."""

    department: str
    survey: str
    on: date
    answers: dict[str, int | str]
    dimensions: dict[str, str] = field(default_factory=dict)

    def response(self, sign: int = 1) -> RecordedResponse:
        return answering(
            self.department, self.survey, self.on, self.answers, sign=sign, **self.dimensions
        )

    @property
    def told(self) -> list[int]:
        return [v for item in QUALITY if isinstance(v := self.answers.get(item), int)]


def chance(seed: int, many: int) -> list[Given]:
    source = random.Random(seed)
    found = []
    for _ in range(many):
        survey = source.choice(["visit", "app", "short"])
        asked = QUALITY[:4] if survey == "short" else QUALITY
        mood = source.choice([1, 2, 4])
        answers: dict[str, int | str] = {
            item: min(5, max(1, mood + source.randint(-1, 2)))
            for item in asked
            if source.random() < 0.85
        }
        dimensions = {"channel": source.choice(["WEB", "PHONE"])} if source.random() < 0.8 else {}
        on = FEBRUARY + timedelta(days=source.randrange(59))
        found.append(Given(source.choice(["d1", "d2"]), survey, on, answers, dimensions))
    return found


def recount(given: Sequence[Given], *, is_mean: bool) -> tuple[int, float, int, float]:
    """Base, value, complete and alpha by plain calculation; of a share each answer is 1 or 0, in alpha too."""
    told = [response.told for response in given if len(response.told) >= 4]
    enough = told if is_mean else [[int(a >= 4) for a in each] for each in told]
    whole = [each for each in enough if len(each) == 5]
    parts = sum(statistics.variance(column) for column in zip(*whole, strict=True))
    alpha = 5 / 4 * (1 - parts / statistics.variance([sum(each) for each in whole]))
    value = statistics.fmean(statistics.fmean(each) for each in enough)
    return len(enough), value, len(whole), alpha


async def fill(metrics: Metrics, given: Sequence[Given]) -> None:
    await metrics.fill(
        [make_department("d0"), make_department("d1", "d0"), make_department("d2", "d0")],
        surveys=[
            asking("visit", *QUALITY),
            asking("app", *reversed(QUALITY), also=(rating("app", "other", 0, 10),)),
            asking("short", *QUALITY[:4]),
            asking("single", "fast"),
        ],
    )
    await metrics.record(*[g.response() for g in given])
    await metrics.record(
        *[answering("d1", "single", FEBRUARY, {"fast": 1}) for _ in range(20)],
    )


def is_right(score: pb.Score, given: Sequence[Given], *, is_mean: bool = False) -> None:
    base, value, complete, alpha = recount(given, is_mean=is_mean)
    assert (score.base, score.index.items, score.index.complete) == (base, 5, complete)
    assert score.value == pytest.approx(value)
    assert score.index.alpha == pytest.approx(alpha)


async def test_every_cut_of_an_index_is_that_of_a_recount(metrics: Metrics) -> None:
    given = chance(7, 600)
    await fill(metrics, given)
    for draft in (index(*QUALITY), mean(*QUALITY)):
        await register(metrics, draft)

    whole = await metrics.scorecard("d0", FEBRUARY, APRIL)
    part = await metrics.scorecard("d1", FEBRUARY, MARCH)

    is_right(whole["quality"], given)
    is_right(whole["mean"], given, is_mean=True)
    in_part = [g for g in given if g.department == "d1" and g.on < MARCH]
    is_right(part["quality"], in_part)
    trend = await metrics.scores.GetTrend(
        pb.GetTrendRequest(
            department_id=id_of("d0"),
            scope=make_scope(FEBRUARY, APRIL),
            metric="quality",
            interval=pb.CALENDAR_INTERVAL_MONTH,
        ),
        metadata=metrics.bearer(),
    )
    for point, is_first in zip(trend.points, (True, False), strict=True):
        is_right(point.score, [g for g in given if (g.on < MARCH) is is_first])
    assert (await by(metrics, pb.DIMENSION_CHILD_DEPARTMENT)).keys() == {"d1", "d2"}
    for name, score in (await by(metrics, pb.DIMENSION_CHILD_DEPARTMENT)).items():
        is_right(score, [g for g in given if g.department == name])
    for name, score in (await by(metrics, pb.DIMENSION_CHANNEL)).items():
        is_right(score, [g for g in given if g.dimensions.get("channel", "") == name])
    surveys = await by(metrics, pb.DIMENSION_SURVEY)
    assert surveys.keys() == {"visit", "app", "short"}
    assert not surveys["short"].index.HasField("alpha")
    is_right(surveys["app"], [g for g in given if g.survey == "app"])
    web = make_scope(FEBRUARY, APRIL)
    web.filter.channel, web.filter.survey = "WEB", "visit"
    filtered = await by(metrics, pb.DIMENSION_CHILD_DEPARTMENT, web)
    for name, score in filtered.items():
        kept = [g for g in given if (g.department, g.survey) == (name, "visit")]
        is_right(score, [g for g in kept if g.dimensions == {"channel": "WEB"}])


async def by(
    metrics: Metrics, dimension: pb.Dimension.ValueType, scope: pb.Scope | None = None
) -> dict[str, pb.Score]:
    reply = await metrics.scores.GetBreakdown(
        pb.GetBreakdownRequest(
            department_id=id_of("d0"),
            scope=scope or make_scope(FEBRUARY, APRIL),
            metric="quality",
            dimension=dimension,
        ),
        metadata=metrics.bearer(),
    )
    return {group.key: group.score for group in reply.groups}


async def test_an_index_follows_what_is_taken_back_corrected_and_compacted(
    metrics: Metrics,
) -> None:
    given = chance(11, 200)
    await fill(metrics, given)
    await register(metrics, index(*QUALITY))
    is_right((await metrics.scorecard("d0", FEBRUARY, APRIL))["quality"], given)
    first, second, *kept = given
    added = Given("d2", "visit", FEBRUARY, dict.fromkeys(QUALITY, 5))

    await metrics.record(first.response(sign=-1), second.response(sign=-1), added.response())
    now = [*kept, added]

    is_right((await metrics.scorecard("d0", FEBRUARY, APRIL))["quality"], now)
    compactor = Compactor(metrics.replica.database.pool)
    for _ in range(2):  # the first sweep sees, the second compacts
        await compactor.sweep()
    assert await metrics.replica.database.pool.fetchval("SELECT count(*) FROM metrics_block")
    is_right((await metrics.scorecard("d0", FEBRUARY, APRIL))["quality"], now)


async def test_a_mean_over_all_answers_would_be_another_number(metrics: Metrics) -> None:
    """The control of the recount: people who answer more would weigh more."""
    given = chance(7, 600)
    enough = [response.told for response in given if len(response.told) >= 4]
    pooled = statistics.fmean(a >= 4 for told in enough for a in told)

    assert recount(given, is_mean=False)[1] != pytest.approx(pooled)


async def test_an_index_has_change_and_definition_as_data(metrics: Metrics) -> None:
    await fill(metrics, chance(3, 400))
    definition = await register(metrics, index(*QUALITY))

    request = pb.GetScorecardsRequest(
        department_ids=[id_of("d0")],
        scope=make_scope(MARCH, APRIL),
        metrics=["quality"],
        compare_to=pb.Days(from_day=make_scope(FEBRUARY, MARCH).from_day, to_day=make_scope(FEBRUARY, MARCH).to_day),
    )  # fmt: skip
    reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())

    (score,) = reply.scorecards[0].scores
    assert score.change.interval.method == "Welch t"
    assert definition.unit == definitions_pb2.UNIT_SHARE
    assert [item.standard_item for item in definition.calculation.items] == list(QUALITY)
    assert list(definition.calculation.answers) == ["4", "5"]
    assert definition.denominator == "responses with answers to 4 or more of the 5 items"


async def test_an_index_of_questions_of_one_survey(metrics: Metrics) -> None:
    also = (rating("visit", "a", 0, 10), rating("visit", "b", 0, 10))
    await metrics.fill([make_department("d1")], surveys=[asking("visit", "fast", also=also)])
    await metrics.record(
        *[answering("d1", "visit", FEBRUARY, {"a": n % 11, "b": 10}) for n in range(22)]
    )
    draft = index(
        items=items(visit="a b"), statistic=definitions_pb2.STATISTIC_TOP_BOX, answers=[], top=2
    )
    definition = await register(metrics, draft)

    score = (await metrics.scorecard("d1", FEBRUARY, MARCH))["quality"]

    assert score.base == 22
    assert score.value == pytest.approx((0.5 * 18 + 4) / 22)
    named = [item.question for item in definition.calculation.items]
    assert [(ref.survey, ref.question) for ref in named] == [("visit", "a"), ("visit", "b")]


async def test_a_question_that_asks_an_item_under_another_key_counts_in_the_same_index(
    metrics: Metrics,
) -> None:
    await metrics.fill([make_department("d1")], surveys=[asking("visit", "fast", "personal")])
    old = [answering("d1", "visit", FEBRUARY, {"fast": 5, "personal": 4}) for _ in range(10)]
    await metrics.record(*old)
    newer = asking("visit", "personal", version=2, revision=2)
    asked_anew = newer.questions.add()
    asked_anew.CopyFrom(asking("visit", "fast").questions[0])
    asked_anew.id, asked_anew.key = id_of("visit anew"), "anew"
    await metrics.fill([make_department("d1")], surveys=[newer])
    new = [answering("d1", "visit", FEBRUARY, {"anew": 1, "personal": 4}) for _ in range(10)]
    await metrics.record(*new)
    await register(metrics, index("fast", "personal"))

    score = (await metrics.scorecard("d1", FEBRUARY, MARCH))["quality"]

    assert (score.base, score.value, score.index.complete) == (20, 0.75, 20)


NONE: list[definitions_pb2.ItemName] = []


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"items": items("fast")}, "INDEX_OF_ONE", ["items"]),
        ({"items": items(visit="a")}, "INDEX_OF_ONE", ["items"]),
        ({"items": NONE}, "ITEM_MISSING", ["item"]),
        ({"items": items("fast", "fast")}, "ITEM_TWICE", ["items", "1"]),
        ({"items": items("fast", visit="q-fast")}, "ITEM_TWICE", ["items", "1"]),
        ({"items": items(*(f"i{n}" for n in range(13)))}, "TOO_MANY_ITEMS", ["items"]),
        ({"items": items("fast", "speed")}, "UNKNOWN_ITEM", ["items", "1", "standard_item"]),
        ({"items": items("fast", "feeling")}, "SCALES_DIFFER", ["items", "1"]),
        ({"items": items("fast", visit="a")}, "SCALES_DIFFER", ["items", "1"]),
        ({"items": items("fast", "informationThere")}, "NO_SCALE", ["items", "1"]),
        ({"items": items("fast", visit="text")}, "NOT_SCORED", ["items", "1", "question"]),
        ({"items": items("fast", nosuch="a")}, "UNKNOWN_SURVEY", ["items", "1", "survey"]),
        ({"items": items("fast", visit="x")}, "UNKNOWN_QUESTION", ["items", "1", "question"]),
        ({"items": items(visit="a", app="a")}, "SURVEYS_DIFFER", ["items"]),
        ({"items": items("fast", "relevant")}, "ITEMS_APART", ["items"]),
        ({"items": items("fast", "personal"), "kind": "CSAT"}, "ITEM_AND_ITEMS", ["items"]),
        ({"items": [*items("fast"), definitions_pb2.ItemName()]}, "ITEM_MISSING", ["items", "1"]),
        (
            {
                "items": items("fast", "personal"),
                "statistic": definitions_pb2.STATISTIC_NET,
                "against": ["1"],
            },
            "NO_INDEX_OF_NET",
            ["statistic"],
        ),
        (
            {"items": items("fast", "personal"), "denominator": definitions_pb2.DENOMINATOR_ALL},
            "DONT_KNOW_NOT_COUNTED",
            ["denominator"],
        ),
        ({"items": items("fast", "personal"), "answers": ["yes"]}, "UNKNOWN_ANSWER", ["answers", "0"]),
        ({"items": items("fast", "personal"), "answers": []}, "ANSWERS_MISSING", ["answers"]),
    ],
)  # fmt: skip
async def test_an_index_that_makes_no_sense_is_refused(
    metrics: Metrics, fields: dict[str, Any], reason: str, field: list[str]
) -> None:
    also = (rating("visit", "a", 0, 10), *asking_text())
    asked = ("fast", "personal", "feeling", "informationThere")
    await metrics.fill(
        [make_department("d1")],
        surveys=[
            asking("visit", *asked, also=also),
            asking("app", "relevant", also=(rating("app", "a", 0, 10),)),
        ],
    )

    request = definitions_pb2.RegisterMetricRequest(draft=index(**fields))
    failure = await refused(metrics.definitions.RegisterMetric(request, metadata=metrics.bearer()))

    assert (failure.reason, list(failure.field)) == (reason, field)


def asking_text() -> tuple[Any, ...]:
    text = rating("visit", "text", 0, 0)
    text.kind = surveys_pb2.QUESTION_KIND_TEXT
    text.ClearField("scale")
    return (text,)
