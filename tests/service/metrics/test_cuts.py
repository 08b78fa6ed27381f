"""Every cut of every kind of metric against a plain recount, over random organisations."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest

from cxm.metrics.v1 import metrics_pb2 as pb
from cxm.survey.v1 import survey_pb2
from cxm.survey.v1.events_pb2 import DimensionSet, RecordedResponse, ScoredAnswer, Selection
from services.kit.clock import day_date, new_id
from services.metrics import storage
from services.metrics.folder import Folder
from services.metrics.tables import Stint
from tests.builders import id_of, make_department, make_survey, make_touchpoint
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.recount import (
    DIMENSIONS,
    OPTIONS,
    SCORES,
    SURVEYS,
    Answer,
    Asked,
    Found,
    Organisation,
    Row,
    next_border,
    random_asked,
    random_organisation,
    random_row,
    turnover,
)

INTERVALS = ("DAY", "WEEK", "MONTH", "QUARTER")
OWN = (
    pb.MetricDraft(key="stars", statistic=pb.STATISTIC_MEAN, question=pb.QuestionRef(question="stars")),
    pb.MetricDraft(
        key="price", statistic=pb.STATISTIC_SHARE, answers=["price"], question=pb.QuestionRef(question="one")
    ),
    pb.MetricDraft(
        key="time",
        statistic=pb.STATISTIC_SHARE,
        answers=["1"],
        minimum_base=20,
        question=pb.QuestionRef(question="many", option="time"),
    ),
    pb.MetricDraft(
        key="netStars",
        statistic=pb.STATISTIC_NET,
        answers=["4", "5"],
        against=["0", "1"],
        question=pb.QuestionRef(question="stars"),
    ),
    pb.MetricDraft(
        key="unknown",
        statistic=pb.STATISTIC_SHARE,
        answers=["DONT_KNOW"],
        denominator=pb.DENOMINATOR_ALL,
        kind="CSAT",
    ),
    pb.MetricDraft(key="veryEasy", statistic=pb.STATISTIC_TOP_BOX, top=2, kind="CES"),
)  # fmt: skip


def surveys() -> list[survey_pb2.Survey]:
    found = []
    for name, (counts, questions) in SURVEYS.items():
        survey = make_survey(name, kinds=(), in_scorecard=counts)
        for key, kind in questions.items():
            question = survey.questions.add(id=f"{name} {key}", key=key, text=key)
            question.kind = survey_pb2.QuestionKind.Value(f"QUESTION_KIND_{kind}")
            question.dont_know = kind == "CSAT"
            if kind == "RATING":
                question.scale.CopyFrom(survey_pb2.Scale(low=0, high=5))
            if "CHOICE" in kind:
                question.options.extend(survey_pb2.Option(key=o, text=o) for o in OPTIONS)
        found.append(survey)
    return found


def response(row: Row, sign: int = 1) -> RecordedResponse:
    """A row as an event carries it."""
    survey = row.dimensions["survey"]
    members = {k: v for k, v in row.dimensions.items() if k not in ("survey", "touchpoint")}
    if "touchpoint" in row.dimensions:
        members["touchpoint_id"] = id_of(f"touchpoint {row.dimensions['touchpoint']}")
    return RecordedResponse(
        response_id=new_id(),
        survey_id=id_of(f"survey {survey}"),
        department_id=id_of(row.department),
        local_day=row.day,
        dimensions=DimensionSet(**members),
        answers=[_answer(f"{survey} {key}", value) for key, value in row.answers.items()],
        sign=sign,
    )


def _answer(question: str, value: Answer) -> ScoredAnswer:
    if isinstance(value, int):
        return ScoredAnswer(question_id=question, score=value)
    if isinstance(value, frozenset):
        left = sorted(set(OPTIONS) - value)
        return ScoredAnswer(
            question_id=question, selection=Selection(chosen=sorted(value), left=left)
        )
    if value == "DONT_KNOW":
        return ScoredAnswer(question_id=question, dont_know=True)
    return ScoredAnswer(question_id=question, choice=value)


async def settle(metrics: Metrics, dice: random.Random, rows: int) -> Organisation:
    """A random organisation in the service: moves, corrections, withdrawals, folding, own metrics."""
    today = metrics.replica.directory.tree.today_number
    found = random_organisation(dice, today)
    departments = [
        make_department(name, places[0][1], moves=[(day_date(day), to) for day, to in places[1:]])
        for name, places in found.parents.items()
    ]
    touchpoints = [make_touchpoint(f"touchpoint{number}", "root") for number in range(3)]
    await metrics.fill(departments, touchpoints, surveys())
    await employ(metrics, found)
    for draft in OWN:
        await register(metrics, draft)
    folder = Folder(metrics.replica.database.pool)
    for _ in range(12):
        news = [random_row(dice, found) for _ in range(rows // 12)]
        gone = [found.rows.pop(dice.randrange(len(found.rows))) for _ in range(10) if found.rows]
        # A correction is the minus of what was and the plus of what is, in one envelope.
        mended = [replace(row, answers=random_row(dice, found).answers) for row in gone[:5]]
        mended = [row for row in mended if row.answers.keys() <= questions(row)]
        found.rows += [*news, *mended]
        batch = [response(row) for row in (*news, *mended)] + [response(row, -1) for row in gone]
        dice.shuffle(batch)
        await metrics.record(*batch)
        if dice.random() < 0.4:
            await folder.sweep()
        if dice.random() < 0.4:
            await metrics.replica.cube.fresh([id_of("root")])
    return found


def questions(row: Row) -> set[str]:
    return set(SURVEYS[row.dimensions["survey"]][1])


async def employ(metrics: Metrics, organisation: Organisation) -> None:
    by_person = defaultdict(list)
    for job in organisation.jobs:
        by_person[job.person].append(
            Stint(
                employee_id=job.person,
                started_day=job.start,
                left_day=job.end,
                department_id=id_of(job.department),
                leaving=job.leaves,
            )
        )
    async with metrics.replica.database.write.begin() as session:
        for person, stints in by_person.items():
            await storage.put_employment(session, person, 1, stints)


async def register(metrics: Metrics, draft: pb.MetricDraft) -> pb.Definition:
    given = pb.MetricDraft()
    given.CopyFrom(draft)
    given.name = given.name or given.key
    if given.WhichOneof("item") == "question" and not given.question.survey:
        given.question.survey = "aside"
    request = pb.RegisterMetricRequest(draft=given)
    return (await metrics.stub.RegisterMetric(request, metadata=metrics.bearer())).definition


def scope(asked: Asked) -> pb.Scope:
    return pb.Scope(
        from_day=asked.start,
        to_day=asked.end,
        include_subtree=asked.subtree,
        tree=pb.TREE_READING_AS_IT_WAS if asked.as_it_was else pb.TREE_READING_TODAY,
        filter=pb.Filter(**asked.kept),
    )


def found_in(score: pb.Score) -> Found:
    status = pb.ScoreStatus.Name(score.status).removeprefix("SCORE_STATUS_")
    return status, score.base, score.value if score.HasField("value") else None


def same(found: Found, expected: Found) -> None:
    assert found[:2] == expected[:2]
    assert found[2] == pytest.approx(expected[2], abs=1e-9)


async def check_scorecard(metrics: Metrics, organisation: Organisation, asked: Asked) -> None:
    request = pb.GetScorecardsRequest(department_ids=[id_of(asked.department)], scope=scope(asked))
    reply = await metrics.stub.GetScorecards(request, metadata=metrics.bearer())
    scores = {score.metric: score for score in reply.scorecards[0].scores}
    rows = asked.rows(organisation)
    assert scores.keys() == {*SCORES, "turnoverRate"}
    for metric, count in SCORES.items():
        same(found_in(scores[metric]), count(rows))
    same(found_in(scores["turnoverRate"]), turnover(organisation, asked))


async def check_trend(
    metrics: Metrics, organisation: Organisation, asked: Asked, metric: str, interval: str
) -> None:
    request = pb.GetTrendRequest(
        department_id=id_of(asked.department),
        scope=scope(asked),
        metric=metric,
        interval=pb.CalendarInterval.Value(f"CALENDAR_INTERVAL_{interval}"),
    )
    reply = await metrics.stub.GetTrend(request, metadata=metrics.bearer())
    day = asked.start
    for point in reply.points:
        border = min(next_border(day, interval), asked.end)
        assert (point.from_day, point.to_day) == (day, border)
        part = replace(asked, start=day, end=border)
        if metric == "turnoverRate":
            same(found_in(point.score), turnover(organisation, part))
        else:
            same(found_in(point.score), SCORES[metric](part.rows(organisation)))
        day = border
    assert day == asked.end


async def check_breakdown(
    metrics: Metrics, organisation: Organisation, asked: Asked, metric: str, by: str
) -> None:
    request = pb.GetBreakdownRequest(
        department_id=id_of(asked.department),
        scope=scope(asked),
        metric=metric,
        dimension=pb.Dimension.Value(f"DIMENSION_{by}"),
    )
    reply = await metrics.stub.GetBreakdown(request, metadata=metrics.bearer())
    found = {group.key: found_in(group.score) for group in reply.groups}
    if metric == "turnoverRate":
        expected = turnover_groups(organisation, asked, by)
    else:
        expected = groups(organisation, asked, metric, by)
    assert found.keys() == expected.keys()
    for key, score in expected.items():
        same(found[key], score)
    if metric != "turnoverRate":
        whole = SCORES[metric](asked.rows(organisation))
        assert sum(base for _, base, _ in found.values()) == whole[1]
    assert [group.key for group in reply.groups if not group.key] == list(found)[-1:] * (
        "" in found
    )


def groups(organisation: Organisation, asked: Asked, metric: str, by: str) -> dict[str, Found]:
    split: dict[str, list[Row]] = defaultdict(list)
    for row in asked.rows(organisation):
        if by == "CHILD_DEPARTMENT":
            split[asked.group(organisation, row.department, row.day) or ""].append(row)
        else:
            split[row.dimensions.get(by.lower(), "")].append(row)
    scores = {key: SCORES[metric](rows) for key, rows in split.items()}
    return {key: score for key, score in scores.items() if score[0] != "NO_DATA"}


def turnover_groups(organisation: Organisation, asked: Asked, by: str) -> dict[str, Found]:
    if by != "CHILD_DEPARTMENT" or asked.kept:
        return {"": ("NOT_APPLICABLE", 0, None)}
    names = ["", *organisation.parents]
    scores = {name: turnover(organisation, asked, name) for name in names}
    return {name: score for name, score in scores.items() if score[0] != "NO_DATA"}


@pytest.mark.parametrize("seed", range(4))
async def test_every_cut_equals_a_plain_recount(metrics: Metrics, seed: int) -> None:
    dice = random.Random(seed)
    organisation = await settle(metrics, dice, rows=900)
    keys: Sequence[str] = [*SCORES, "turnoverRate"]

    for number in range(24):
        asked = random_asked(dice, organisation)
        await check_scorecard(metrics, organisation, asked)
        interval = INTERVALS[number % len(INTERVALS)]
        near = (
            replace(asked, start=max(asked.start, asked.end - 40)) if interval == "DAY" else asked
        )
        await check_trend(metrics, organisation, near, dice.choice(keys), interval)
        by = ("CHILD_DEPARTMENT", *(name.upper() for name in DIMENSIONS))[number % 7]
        await check_breakdown(metrics, organisation, asked, dice.choice(keys), by)


@pytest.mark.parametrize("by", ["CHILD_DEPARTMENT", *(name.upper() for name in DIMENSIONS)])
async def test_the_recount_notices_one_row_in_the_wrong_group(metrics: Metrics, by: str) -> None:
    """The check itself is checked: in a model with one row elsewhere, the same numbers are wrong."""
    dice = random.Random(7)
    organisation = await settle(metrics, dice, rows=240)
    asked = Asked("root", organisation.today - 500, organisation.today + 1)
    index, row = next(
        (index, row)
        for index, row in enumerate(organisation.rows)
        if "nps" in row.answers and row.dimensions["survey"] == "relationship"
    )

    await check_breakdown(metrics, organisation, asked, "nps", by)
    organisation.rows[index] = elsewhere(organisation, asked, row, by)

    with pytest.raises(AssertionError):
        await check_breakdown(metrics, organisation, asked, "nps", by)


def elsewhere(organisation: Organisation, asked: Asked, row: Row, by: str) -> Row:
    """The same answers in another group of a breakdown."""
    if by == "CHILD_DEPARTMENT":
        own = asked.group(organisation, row.department, row.day)
        names = ["root", *organisation.parents]
        others = (n for n in names if asked.group(organisation, n, row.day) != own)
        return replace(row, department=next(others))
    value = "visit" if by == "SURVEY" else "elsewhere"
    return replace(row, dimensions={**row.dimensions, by.lower(): value})


async def test_many_filters_are_read_from_few_series(metrics: Metrics) -> None:
    """Series that found no room are made again, and read the same."""
    dice = random.Random(11)
    organisation = await settle(metrics, dice, rows=480)
    metrics.replica.cube.series.most_bytes = 20_000

    for _ in range(20):
        await check_scorecard(metrics, organisation, random_asked(dice, organisation))

    store = metrics.replica.cube.series
    assert 0 < store.bytes == sum(series.bytes for series in store.kept.values()) <= 20_000
