"""Mails: in the employee's language, with the promise, the link and until when; text and HTML say the same."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gateway.respondents.staff.sentences import _TABLE, StaffPhrase
from services.employee_exp.invitations import words
from services.employee_exp.invitations.composing import compose
from services.employee_exp.invitations.words import MailPhrase, say
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
    sizes = _TABLE[StaffPhrase.PROMISE_SIZES][LANGUAGES.index(language)].format(k=8, few=10)
    assert f"{promise} {sizes}" in mail.text
    assert f"{promise} {sizes}" in mail.html
    assert f"\n{LINK}\n" in mail.text
    assert f'<a href="{LINK}">{LINK}</a>' in mail.html
    assert "2026-05-18 00:00" in mail.text  # midnight in Riga
    assert "2026-05-18 00:00" in mail.html
    assert ": Europe/Riga)" in mail.text
    assert ": Europe/Riga)" in mail.html
    assert "a@b.example" not in mail.text + mail.html + mail.subject


def test_where_the_promise_names_the_larger_size_no_other_is_said() -> None:
    wave = replace(WAVE, draft=replace(DRAFT, k=10))

    mail = compose(wave, Addressee("a@b.example"), LINK, ZONE, is_reminder=False)

    assert "burnout" not in mail.text


def test_the_clock_is_named_where_an_organisation_goes_by_utc() -> None:
    mail = compose(WAVE, Addressee("a@b.example"), LINK, ZoneInfo("UTC"), is_reminder=False)

    assert "until 2026-05-17 21:00 (time zone: UTC)." in mail.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reminders", [(), (3,)])
def test_reminders_are_spoken_of_where_some_are_sent(
    language: str, reminders: tuple[int, ...]
) -> None:
    draft = replace(DRAFT, language=language, languages=(language,), reminders=reminders)
    to = Addressee("a@b.example")

    mail = compose(replace(WAVE, draft=draft), to, LINK, ZONE, is_reminder=False)

    said = say(MailPhrase.REMINDERS, language)
    assert (said in mail.text, said in mail.html) == (bool(reminders),) * 2
    assert say(MailPhrase.UNSEEN, language) in mail.text


def test_a_name_is_no_markup() -> None:
    mail = compose(WAVE, Addressee("a@b.example"), LINK, ZONE, is_reminder=False)

    assert "Spring &amp; &lt;us&gt;" in mail.html
    assert "<us>" not in mail.html


def test_every_sentence_is_in_every_language() -> None:
    assert set(words._TABLE) == set(MailPhrase)
    assert all(len(set(texts)) == len(LANGUAGES) for texts in words._TABLE.values())
