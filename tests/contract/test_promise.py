"""The promise to employees is worded once: on the page of a link, where a wave is planned, and in the mails."""

import json
from pathlib import Path
from typing import Final

import pytest

from gateway.browsers.languages import LANGUAGES
from gateway.respondents.staff.sentences import StaffPhrase, say_staff

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
