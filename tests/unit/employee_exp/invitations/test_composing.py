"""Mails: in the employee's language, with the promise, the link and until when; text and HTML say the same."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gateway.respondents.staff.sentences import _TABLE, StaffPhrase
from services.employee_exp.invitations import words
from services.employee_exp.invitations.composing import compose
from services.employee_exp.invitations.words import MailPhrase
from services.employee_exp.waves.domain.snapshot import Addressee
from services.employee_exp.waves.domain.wave import LANGUAGES, Wave, WaveDraft, WaveState

LINK = "https://cxm.example/w/abc"
ZONE = ZoneInfo("Europe/Riga")
DRAFT = WaveDraft(
    kind=2,
    language="en",
    languages=("en", "lv"),
    name="Spring & <us>",
    names=(("lv", "Pavasaris"), ("mk", "Пролет")),
    questions=(),
    k=8,
    closes_at=datetime(2026, 5, 17, 21, tzinfo=UTC),
)
WAVE = Wave("id", "pulse", WaveState.OPEN, DRAFT, 1)


@pytest.mark.parametrize(
    ("language", "used"),
    [("lv", "lv"), ("en", "en"), ("LV-lv", "lv"), ("", "en"), ("mk", "en"), ("de", "en")],
)
def test_a_mail_is_in_a_language_that_the_wave_is_answered_in(language: str, used: str) -> None:
    mail = compose(WAVE, Addressee("a@b.example", language), LINK, ZONE, is_reminder=False)

    assert mail.language == used
    assert mail.subject.startswith({"lv": "Pavasaris", "en": "Spring"}[used])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_reminder", [False, True])
def test_it_says_the_promise_the_link_and_until_when(language: str, *, is_reminder: bool) -> None:
    draft = replace(DRAFT, language=language, languages=(language,))
    wave = replace(WAVE, draft=draft)

    mail = compose(wave, Addressee("a@b.example"), LINK, ZONE, is_reminder=is_reminder)

    promise = _TABLE[StaffPhrase.PROMISE_GROUPS][LANGUAGES.index(language)].format(k=8)
    assert promise in mail.text
    assert promise in mail.html
    assert f"\n{LINK}\n" in mail.text
    assert f'<a href="{LINK}">{LINK}</a>' in mail.html
    assert "2026-05-18 00:00" in mail.text  # midnight in Riga
    assert "2026-05-18 00:00" in mail.html
    assert "a@b.example" not in mail.text + mail.html + mail.subject


def test_a_name_is_no_markup() -> None:
    mail = compose(WAVE, Addressee("a@b.example"), LINK, ZONE, is_reminder=False)

    assert "Spring &amp; &lt;us&gt;" in mail.html
    assert "<us>" not in mail.html


def test_every_sentence_is_in_every_language() -> None:
    assert set(words._TABLE) == set(MailPhrase)
    assert all(len(set(texts)) == len(LANGUAGES) for texts in words._TABLE.values())
