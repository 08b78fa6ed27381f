from services.kit.rights.access import Role
from services.survey.attribution.storage import MOST_LABELS
from tests.service.survey.conftest import OpenSurvey
from tests.service.survey.support.running import (
    REFUSED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
)


async def test_new_labels_need_a_token_and_are_free_for_all_from_then_on(
    survey: SurveyService,
) -> None:
    labelled = {"channel": "EMAIL", "segment": "gold", "language": "lv"}

    (refused,) = await survey.submit(make_submission(**labelled))
    (stored,) = await survey.submit(
        make_submission(**labelled), metadata=survey.bearer(Role.INTEGRATION)
    )
    (anonymous,) = await survey.submit(make_submission(**labelled))

    assert reasons(refused) == [
        ("channel", "UNKNOWN_CHANNEL"),
        ("segment", "UNKNOWN_SEGMENT"),
        ("language", "UNKNOWN_LANGUAGE"),
    ]
    assert stored.status == anonymous.status == STORED
    fact = (await survey.facts())[0].dimensions
    assert (fact.channel, fact.segment, fact.language) == ("EMAIL", "gold", "lv")


async def test_a_label_that_another_replica_introduced_is_known(
    survey: SurveyService, open_survey: OpenSurvey
) -> None:
    replica = await open_survey(replica_of=survey)
    await survey.submit(make_submission(channel="SMS"), metadata=survey.bearer(Role.ADMIN))

    (result,) = await replica.submit(make_submission(channel="SMS"))

    assert result.status == STORED


async def test_there_are_at_most_1_000_labels_of_a_kind(survey: SurveyService) -> None:
    await survey.database.pool.execute(
        "INSERT INTO survey_label SELECT 'channel', 'C' || n FROM generate_series(1, $1) AS n",
        MOST_LABELS - 1,
    )
    items = [make_submission(channel=name) for name in ("LAST", "OVER", "C1")]
    items.append(make_submission(segment="OVER"))

    results = await survey.submit(*items, metadata=survey.bearer(Role.ADMIN))

    assert [result.status for result in results] == [STORED, REFUSED, STORED, STORED]
    assert reasons(results[1]) == [("channel", "LABEL_LIMIT")]


async def test_a_refused_response_introduces_no_label(survey: SurveyService) -> None:
    await survey.submit(
        make_submission(channel="SMS", department="nosuch"), metadata=survey.bearer(Role.ADMIN)
    )

    assert await survey.database.pool.fetchval("SELECT count(*) FROM survey_label") == 0
