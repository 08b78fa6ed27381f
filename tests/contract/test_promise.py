"""The promise to employees is worded once: on the page of a link, where a wave is planned, and in the mails."""

import json
import re
from pathlib import Path
from typing import Final

import pytest

from cxm.employee_exp.v1.ballots_pb2 import DESCRIPTOR
from gateway.browsers.languages import LANGUAGES
from gateway.respondents.staff import fields
from gateway.respondents.staff.sentences import StaffPhrase, say_staff
from infra.cli.waves import previewing
from services.employee_exp.ballots.rpc import BallotRpc
from services.employee_exp.invitations.words import MailPhrase, say
from services.employee_exp.releases.domain import wave_plan
from services.employee_exp.releases.domain.figures import statistics
from services.employee_exp.waves.domain import wave
from services.kit.rpc.needs import need_of

PLANNED: Final = Path(__file__).parents[2] / "gateway/web/src/pages/waves/words.json"
SHOWN: Final = {
    "promiseGroups": StaffPhrase.PROMISE_GROUPS,
    "promiseName": StaffPhrase.PROMISE_NAME,
    "promiseSizes": StaffPhrase.PROMISE_SIZES,
}


@pytest.mark.parametrize("key", SHOWN)
def test_who_plans_a_wave_reads_the_promise_that_employees_read(key: str) -> None:
    words = json.loads(PLANNED.read_text())

    assert words[key] == {
        language: say_staff(SHOWN[key], language, k="{k}", few="{few}") for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_says_the_promise_as_the_page_that_its_link_leads_to(language: str) -> None:
    for in_mail, on_page in (
        (MailPhrase.PROMISE, StaffPhrase.PROMISE_GROUPS),
        (MailPhrase.SIZES, StaffPhrase.PROMISE_SIZES),
    ):
        on_the_page = say_staff(on_page, language, k=7, few=10)
        assert say(in_mail, language, k=7, few=10) == on_the_page


def test_what_is_promised_to_take_more_people_is_what_a_release_takes() -> None:
    page = (PLANNED.parent / "ThePromise.tsx").read_text()
    shown = {name: int(number) for name, number in re.findall(r"([A-Z_]+) = (\d+);", page)}

    assert {
        shown["SMALLEST_SHARED"],
        wave.SMALLEST_SHARED,
        fields.SMALLEST_SHARED,
        previewing.SMALLEST_SHARED,
        wave_plan.COMMENTS_LEAST,
    } == {statistics.SMALLEST_BASE}
    assert {
        shown["SMALLEST_SENSITIVE"],
        fields.SMALLEST_SENSITIVE,
        previewing.SMALLEST_SENSITIVE,
    } == {wave_plan.SENSITIVE_LEAST}
    assert {shown["FEWEST_ITEMS"], previewing.FEWEST_ITEMS} == {statistics.FEWEST_SHARES}


def test_nobody_sees_when_or_how_often_employees_answer() -> None:
    calls = [
        getattr(BallotRpc, method.name)
        for method in DESCRIPTOR.services_by_name["BallotService"].methods
    ]

    assert [need_of(call) for call in calls if getattr(need_of(call), "is_watched", True)] == []
    assert len(calls) == 3
