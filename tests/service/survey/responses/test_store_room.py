"""When the disk of the store is short, strangers are refused first, then everybody, before PostgreSQL fails."""

import shutil
from pathlib import Path

import pytest

from services.kit.db.store_room import Watermarks, free_bytes, open_store_room
from services.kit.errors import ALMOST_FULL_REASON, Invalid, Unavailable
from services.kit.rights.access import Role
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.corrections import receipt_of, withdraw
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import STORED, SurveyService, make_submission

LOW, LEAST = 1_000, 300
MAPPING = """
[defaults]
survey = "relationship"
[columns]
department = "where"
[answers.recommend]
column = "score"
"""


class Disk:
    """As full as a test says; negative: it does not answer."""

    def __init__(self) -> None:
        self.free = 10 * LOW

    def __call__(self) -> int:
        if self.free < 0:
            raise OSError("gone")
        return self.free


@pytest.fixture
def disk(survey: SurveyService) -> Disk:
    disk = Disk()
    survey.intake.room.read_free = disk
    survey.intake.room.watermarks = Watermarks(LOW, LEAST)
    return disk


async def leave(survey: SurveyService, disk: Disk, free: int) -> None:
    disk.free = free
    await survey.intake.room.look()


async def takes_strangers(survey: SurveyService) -> bool:
    return await _takes(survey, None)


async def takes_tokens(survey: SurveyService) -> bool:
    return await _takes(survey, Role.INTEGRATION)


async def _takes(survey: SurveyService, role: Role | None) -> bool:
    metadata = None if role is None else survey.bearer(role)
    if survey.intake.room.takes_anybody and (role or survey.intake.room.takes_strangers):
        (result,) = await survey.submit(make_submission(), metadata=metadata)
        return result.status == STORED
    failure = await failure_of(survey.submit(make_submission(), metadata=metadata))
    assert (type(failure), failure.reason) == (Unavailable, ALMOST_FULL_REASON)
    return False


async def test_strangers_are_refused_first_and_then_everybody(
    survey: SurveyService, disk: Disk
) -> None:
    found = []
    for free in (10 * LOW, LOW, LOW - 1, LEAST, LEAST - 1, LOW - 1, LOW):
        await leave(survey, disk, free)
        found.append((await takes_strangers(survey), await takes_tokens(survey)))

    all_taken, tokens, none = (True, True), (False, True), (False, False)
    assert found == [all_taken, all_taken, tokens, tokens, none, tokens, all_taken]


async def test_who_is_invited_is_refused_as_a_stranger_and_spends_nothing(
    survey: SurveyService, disk: Disk
) -> None:
    (token,) = await invite(survey, count=1)
    sent = make_submission(survey="internal", invitation=token)
    await leave(survey, disk, LOW - 1)

    failure = await failure_of(survey.submit(sent))

    assert failure.reason == ALMOST_FULL_REASON
    await leave(survey, disk, LOW)
    assert (await survey.submit(sent))[0].status == STORED


async def test_what_is_stored_can_be_taken_back(survey: SurveyService, disk: Disk) -> None:
    sent = make_submission()
    receipt = await receipt_of(survey, sent)
    await leave(survey, disk, LEAST - 1)

    assert await withdraw(survey, sent.id, receipt)


async def test_an_import_is_refused_before_its_file_is_read(
    survey: SurveyService, disk: Disk
) -> None:
    await leave(survey, disk, LEAST - 1)

    with pytest.raises(Unavailable) as refused:
        await survey.load(MAPPING, "where,score\nsales,9\n")

    assert refused.value.reason == ALMOST_FULL_REASON


async def test_a_disk_that_does_not_answer_is_as_it_was(survey: SurveyService, disk: Disk) -> None:
    await leave(survey, disk, LOW - 1)
    await leave(survey, disk, -1)

    assert not await takes_strangers(survey)
    assert await takes_tokens(survey)


async def test_the_disk_of_a_path_is_measured(survey: SurveyService, tmp_path: Path) -> None:
    """Of the real one, with watermarks around what is free."""
    free = shutil.disk_usage(tmp_path).free
    assert free / 2 < free_bytes(tmp_path) < free * 2

    for watermarks, expected in (
        (Watermarks(0, 0), (True, True)),
        (Watermarks(4 * free, 0), (False, True)),
        (Watermarks(4 * free, 4 * free), (False, False)),
    ):
        room = open_store_room(tmp_path, watermarks)
        await room.look()
        assert (room.takes_strangers, room.takes_anybody) == expected


def test_a_path_that_is_not_there_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="cannot be measured"):
        open_store_room(tmp_path / "no-such", Watermarks(0, 0))


async def test_without_a_path_there_is_always_room(survey: SurveyService) -> None:
    room = open_store_room(None, Watermarks(LOW, LEAST))
    await room.look()

    room.check(has_token=False)
