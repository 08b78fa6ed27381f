"""The promise to employees is worded once: on the page of a link, where a wave is planned, and in the mails."""

import json
from pathlib import Path
from typing import Final

import pytest

from gateway.browsers.languages import LANGUAGES
from gateway.respondents.staff.sentences import StaffPhrase, say_staff
from services.employee_exp.invitations.words import MailPhrase, say

PLANNED: Final = Path(__file__).parents[2] / "gateway/web/src/pages/waves/words.json"
SHOWN: Final = {
    "promiseGroups": StaffPhrase.PROMISE_GROUPS,
    "promiseName": StaffPhrase.PROMISE_NAME,
}


@pytest.mark.parametrize("key", SHOWN)
def test_who_plans_a_wave_reads_the_promise_that_employees_read(key: str) -> None:
    words = json.loads(PLANNED.read_text())

    assert words[key] == {
        language: say_staff(SHOWN[key], language, k="{k}") for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_says_the_promise_as_the_page_that_its_link_leads_to(language: str) -> None:
    on_the_page = say_staff(StaffPhrase.PROMISE_GROUPS, language, k=7)

    assert say(MailPhrase.PROMISE, language, k=7) == on_the_page
