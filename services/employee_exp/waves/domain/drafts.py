"""What a draft must be to be kept."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from services.employee_exp.waves.domain.repeats import LONGEST_SUFFIX, later_months
from services.employee_exp.waves.domain.wave import (
    LANGUAGES,
    LARGEST_K,
    SMALLEST_K,
    Texts,
    WaveDraft,
    WaveKind,
    WaveQuestion,
    WaveQuestionKind,
)
from services.kit.errors import Invalid
from services.kit.letters import is_key

LONGEST_KEY: Final = 64
LONGEST_NAME: Final = 200
LONGEST_QUESTION: Final = 500
MOST_QUESTIONS: Final = 60
MOST_TEXTS: Final = 3
MOST_DEPARTMENTS: Final = 1_000
MOST_DIMENSIONS: Final = 5
MOST_REMINDERS: Final = 5
MOST_MONTHS: Final = 36
LONGEST_WAVE: Final = timedelta(days=366)
LONGEST_REASON: Final = 500
# What results are called; a question of that name would be taken for them.
STATISTICS: Final = frozenset({"enps", "engagement", "burnout", "participationrate"})


def check_draft(key: str, draft: WaveDraft, now: datetime) -> None:
    """Invalid, naming the field, unless the draft holds; whether its departments are there is asked elsewhere."""
    _check_key(key, ["key"], LONGEST_KEY - (LONGEST_SUFFIX if draft.repeat_months else 0))
    if draft.kind not in list(WaveKind):
        _refuse("UNKNOWN_KIND", "a wave is a CENSUS or a PULSE", "kind")
    _check_languages(draft)
    _check_prose(draft.name, ["name"], LONGEST_NAME)
    _check_texts(draft.names, ["names"], draft, LONGEST_NAME)
    _check_questions(draft)
    if not SMALLEST_K <= draft.k <= LARGEST_K:
        message = f"the smallest group that is shown has {SMALLEST_K} to {LARGEST_K} people"
        _refuse("K_OUT_OF_RANGE", message, "k")
    _check_names(draft.dimensions, "dimensions", MOST_DIMENSIONS)
    _check_names(draft.departments, "departments", MOST_DEPARTMENTS)
    _check_times(draft, now)
    _check_reminders(draft)


def check_reason(reason: str) -> None:
    """Invalid unless it can be kept as the reason of an early close."""
    _check_prose(reason, ["reason"], LONGEST_REASON)


def _check_languages(draft: WaveDraft) -> None:
    offered = ", ".join(LANGUAGES)
    if draft.language not in LANGUAGES:
        _refuse("LANGUAGE_NOT_OFFERED", f"a wave can be in {offered}", "language")
    for place, language in enumerate(draft.languages):
        if language not in LANGUAGES:
            message = f"a wave can be answered in {offered}"
            _refuse("LANGUAGE_NOT_OFFERED", message, "languages", str(place))
    _check_distinct(draft.languages, "languages")
    if draft.language not in draft.languages:
        message = "the language of the wave's own texts is one of those it can be answered in"
        _refuse("LANGUAGE_MISSING", message, "languages")


def _check_texts(texts: Texts, at: Sequence[str], draft: WaveDraft, longest: int) -> None:
    seen = {draft.language}
    for place, (language, text) in enumerate(texts):
        if language not in LANGUAGES:
            message = f"texts can be in {', '.join(LANGUAGES)}"
            _refuse("LANGUAGE_NOT_OFFERED", message, *at, str(place), "language")
        if language in seen:
            message = "this language is there already; the wave's own has its plain text"
            _refuse("DUPLICATE_LANGUAGE", message, *at, str(place), "language")
        seen.add(language)
        _check_prose(text, [*at, str(place), "text"], longest)
    if missing := [language for language in draft.languages if language not in seen]:
        message = f"this has no text in {', '.join(missing)}: each language has every text"
        _refuse("TEXT_MISSING", message, *at)


def _check_questions(draft: WaveDraft) -> None:
    questions = draft.questions
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        message = f"{len(questions)} questions: a wave has 1 to {MOST_QUESTIONS}"
        _refuse("QUESTION_COUNT", message, "questions")
    seen: set[str] = set()
    for place, question in enumerate(questions):
        at = ["questions", str(place)]
        _check_question(question, at, draft)
        if question.key in seen:
            _refuse("DUPLICATE_QUESTION", "another question has this key already", *at, "key")
        seen.add(question.key)
    kinds = [question.kind for question in questions]
    if kinds.count(WaveQuestionKind.ENPS) > 1:
        _refuse("QUESTION_COUNT", "a wave asks for eNPS once at most", "questions")
    if kinds.count(WaveQuestionKind.TEXT) > MOST_TEXTS:
        _refuse("QUESTION_COUNT", f"a wave has at most {MOST_TEXTS} TEXT questions", "questions")
    if set(kinds) == {WaveQuestionKind.TEXT}:
        message = "a wave asks for a score at least once: words alone are not released"
        _refuse("NO_SCORED_QUESTION", message, "questions")


def _check_question(question: WaveQuestion, at: list[str], draft: WaveDraft) -> None:
    _check_key(question.key, [*at, "key"], LONGEST_KEY)
    if question.kind not in list(WaveQuestionKind):
        kinds = ", ".join(kind.name for kind in WaveQuestionKind)
        _refuse("UNKNOWN_KIND", f"a kind is one of {kinds}", *at, "kind")
    is_enps = question.kind == WaveQuestionKind.ENPS
    if question.key.lower() in STATISTICS - ({"enps"} if is_enps else set()):
        message = "results have this name: give the question another key"
        _refuse("RESERVED_KEY", message, *at, "key")
    _check_prose(question.text, [*at, "text"], LONGEST_QUESTION)
    _check_texts(question.texts, [*at, "texts"], draft, LONGEST_QUESTION)


def _check_times(draft: WaveDraft, now: datetime) -> None:
    opens_at, closes_at = draft.opens_at, draft.closes_at
    if opens_at is not None and opens_at <= now:
        message = "opens_at is in the past: to open this wave now, open it by hand"
        _refuse("OPENS_AT_PAST", message, "opens_at")
    if closes_at is None:
        if opens_at is not None or draft.repeat_months:
            message = "a wave that opens by itself also says when it closes"
            _refuse("CLOSES_AT_MISSING", message, "closes_at")
        return
    if closes_at <= (opens_at or now):
        message = "a wave closes later than it opens, and later than now"
        _refuse("CLOSES_AT_TOO_EARLY", message, "closes_at")
    if closes_at > (opens_at or now) + LONGEST_WAVE:
        message = f"a wave is open for {LONGEST_WAVE.days} days at most"
        _refuse("CLOSES_AT_TOO_LATE", message, "closes_at")
    if not 0 <= draft.repeat_months <= MOST_MONTHS:
        message = f"a wave is repeated every 1 to {MOST_MONTHS} months, or with 0 not at all"
        _refuse("REPEAT_OUT_OF_RANGE", message, "repeat_months")
    # R8: pulses are disjoint.
    if draft.repeat_months and closes_at > later_months(opens_at or now, draft.repeat_months):
        message = "this wave would still be open when the next one opens: close it earlier"
        _refuse("REPEATS_OVERLAP", message, "closes_at")


def _check_reminders(draft: WaveDraft) -> None:
    days = draft.reminders
    if len(days) > MOST_REMINDERS:
        message = f"{len(days)} reminders: at most {MOST_REMINDERS}"
        _refuse("REMINDER_COUNT", message, "reminders")
    is_ascending = all(earlier < later for earlier, later in pairwise(days))
    if days and not (is_ascending and days[0] >= 1 and days[-1] <= LONGEST_WAVE.days):
        message = f"reminders are days after opening: 1 to {LONGEST_WAVE.days}, the earlier first"
        _refuse("REMINDER_OUT_OF_RANGE", message, "reminders")


def _check_names(names: Sequence[str], field: str, most: int) -> None:
    if len(names) > most:
        _refuse("TOO_MANY", f"{len(names):,} {field}: at most {most:,}", field)
    for place, name in enumerate(names):
        _check_prose(name, [field, str(place)], LONGEST_KEY)
    _check_distinct(names, field)


def _check_distinct(names: Collection[str], field: str) -> None:
    if len(set(names)) < len(names):
        _refuse("REPEATED", "one of these is there twice: name each once", field)


def _check_key(key: str, at: Sequence[str], longest: int) -> None:
    if not (is_key(key) and len(key) <= longest):
        message = f"a key has 1 to {longest} letters and digits, with dots, hyphens and underscores inside"
        _refuse("INVALID_KEY", message, *at)


def _check_prose(text: str, at: Sequence[str], longest: int) -> None:
    if not text.strip():
        _refuse("EMPTY", f"this is empty: send 1 to {longest} characters", *at)
    if len(text) > longest:
        _refuse("TOO_LONG", f"this has {len(text):,} characters: send at most {longest}", *at)
    if not text.isprintable():
        _refuse("INVALID_TEXT", "this has line breaks or control characters: remove them", *at)


def _refuse(reason: str, message: str, *field: str) -> None:
    raise Invalid(message, reason=reason, field=field)
