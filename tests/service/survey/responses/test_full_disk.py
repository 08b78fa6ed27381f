"""A disk that is full is told as what it is to who submits, and what was refused is stored when it comes again."""

from services.kit.errors import Unavailable
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.running import STORED, SurveyService, make_submission

FULL = "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE disk_full; END'"
FILL = (
    """CREATE TRIGGER fill BEFORE INSERT ON survey_response FOR EACH ROW EXECUTE FUNCTION fill()"""
)


async def test_who_submits_to_a_full_disk_hears_so(survey: SurveyService) -> None:
    submission = make_submission()
    for statement in (FULL, FILL):
        await survey.database.fetch(statement)

    failure = await failure_of(survey.submit(submission))

    assert isinstance(failure, Unavailable)
    assert failure.reason == "DISK_FULL"
    await survey.database.fetch("DROP TRIGGER fill ON survey_response")
    (result,) = await survey.submit(submission)
    assert result.status == STORED
