"""Scores follow corrections and withdrawals."""

import random
from collections import Counter

from cxm.survey.v1 import responses_pb2, surveys_pb2
from services.kit.rights.access import Role
from services.metrics.answer_log.dictionary import Dictionary
from services.metrics.answer_log.log import AnswerLog
from services.metrics.answer_log.packing import join, read_journal_row
from services.metrics.answer_log.surveys import SurveyCopy
from tests.conftest import Identities, OpenDatabase
from tests.service.survey.support.corrections import (
    correct,
    receipt_of,
    recount,
    some_answers,
    withdraw,
)
from tests.service.survey.support.kinds import QUESTIONS
from tests.service.survey.support.running import SurveyService, make_submission


async def test_scores_follow_any_corrections_and_withdrawals(
    survey: SurveyService, new_database: OpenDatabase, identities: Identities
) -> None:
    await survey.create("reasons", public=True, questions=QUESTIONS)
    database = await new_database("metrics")
    dictionary = Dictionary(database.pool)
    survey_copy = SurveyCopy(database, dictionary, survey.surveys, identities.service("metrics"))
    log = AnswerLog(
        database.pool, dictionary, survey_copy, lambda: survey.directory.tree.today_number
    )
    dice = random.Random(3)
    said: dict[str, list[responses_pb2.Answer]] = {}
    receipts: dict[str, str] = {}

    for _ in range(25):
        sent = make_submission(*some_answers(dice), survey="reasons")
        receipts[sent.id] = await receipt_of(survey, sent)
        said[sent.id] = list(sent.answers)
    for _ in range(40):
        response = dice.choice(sorted(said))
        if dice.random() < 0.2:
            await withdraw(survey, response, receipts[response])
            del said[response]
        else:
            said[response] = some_answers(dice)
            await correct(survey, response, *said[response], receipt=receipts[response])
    envelopes = await survey.envelopes()
    dice.shuffle(envelopes)
    await log.apply(envelopes)

    rows = await database.pool.fetch("SELECT answers FROM metrics_journal")
    held = join([read_journal_row(row[0]) for row in rows])
    (layout,) = survey_copy.by_number.values()
    counts = {
        (item.question_id, item.option, code): int(
            held.sign[held.codes[cell.position] == cell.byte].sum()
        )
        for item in layout.items.values()
        for code, cell in item.cells.items()
    }
    found = Counter({cell: count for cell, count in counts.items() if count})
    surveys = await survey.surveys.BatchGetSurveys(
        surveys_pb2.BatchGetSurveysRequest(keys=["reasons"]), metadata=survey.bearer(Role.ADMIN)
    )
    assert found == recount(surveys.surveys[0], said.values())
    assert int(held.sign.sum()) == len(said)
