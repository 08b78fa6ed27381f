"""A random organisation of rows, settled in the service: moves, corrections, withdrawals, compaction, own metrics."""

import random
from collections import defaultdict
from dataclasses import replace

from cxm.metrics.v1 import definitions_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from cxm.survey.v1.events_pb2 import DimensionSet, RecordedResponse, ScoredAnswer, Selection
from services.kit.clock import day_date, new_id
from services.metrics.answer_log.compaction import Compactor
from services.metrics.employment import storage
from services.metrics.employment.tables import KeptEmployment, KeptStint
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.asking import register
from tests.service.metrics.support.chance import random_organisation, random_row
from tests.service.metrics.support.recount import (
    OPTIONS,
    SURVEYS,
    Answer,
    Organisation,
    Row,
)
from tests.support.builders import id_of, make_department, make_survey, make_touchpoint

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
    pb.MetricDraft(key="effort", statistic=pb.STATISTIC_MEAN, kind="CES1"),
    pb.MetricDraft(key="veryEasy", statistic=pb.STATISTIC_TOP_BOX, top=2, kind="CES"),
)  # fmt: skip


def surveys() -> list[surveys_pb2.Survey]:
    found = []
    for name, (counts, questions) in SURVEYS.items():
        survey = make_survey(name, kinds=(), in_scorecard=counts)
        for key, kind in questions.items():
            question = survey.questions.add(id=f"{name} {key}", key=key, text=key)
            question.kind = surveys_pb2.QuestionKind.Value(f"QUESTION_KIND_{kind}")
            question.dont_know = kind == "CSAT"
            if kind == "RATING":
                question.scale.CopyFrom(surveys_pb2.Scale(low=0, high=5))
            if "CHOICE" in kind:
                question.options.extend(surveys_pb2.Option(key=o, text=o) for o in OPTIONS)
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
    """A random organisation in the service: moves, corrections, withdrawals, compaction, own metrics."""
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
    compactor = Compactor(metrics.replica.database.pool)
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
            await compactor.sweep()
        if dice.random() < 0.4:
            await metrics.replica.cube.fresh([id_of("root")])
    return found


def questions(row: Row) -> set[str]:
    return set(SURVEYS[row.dimensions["survey"]][1])


async def employ(metrics: Metrics, organisation: Organisation) -> None:
    by_person = defaultdict(list)
    for job in organisation.jobs:
        by_person[job.person].append(
            KeptStint(
                started_day=job.start,
                left_day=job.end,
                department_id=id_of(job.department),
                leaving=job.leaves,
            )
        )
    kept = [KeptEmployment(person, 1, tuple(stints)) for person, stints in by_person.items()]
    async with metrics.replica.database.write.begin() as session:
        await storage.put_employments(session, kept)
