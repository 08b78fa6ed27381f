"""What a draft must be to be kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from services.employee_exp.waves.domain.repeats import LONGEST_SUFFIX, later_months
from services.employee_exp.waves.domain.wave import (
    LANGUAGES,
    LARGEST_K,
    SMALLEST_K,
    Texts,
    Wave,
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
    _check_key(
        key, "the wave", ["key"], LONGEST_KEY - (LONGEST_SUFFIX if draft.repeat_months else 0)
    )
    if draft.kind not in list(WaveKind):
        _refuse("UNKNOWN_KIND", "a wave is a CENSUS or a PULSE", "kind")
    _check_languages(draft)
    _check_prose(draft.name, "the name of the wave", ["name"], LONGEST_NAME)
    _check_texts(draft.names, "the name of the wave", ["names"], draft, LONGEST_NAME)
    _check_questions(draft)
    if not SMALLEST_K <= draft.k <= LARGEST_K:
        message = f"the smallest group that is shown has {SMALLEST_K} to {LARGEST_K} people"
        _refuse("K_OUT_OF_RANGE", message, "k")
    _check_names(draft.dimensions, "dimensions", MOST_DIMENSIONS)
    _check_names(draft.departments, "departments", MOST_DEPARTMENTS)
    _check_times(draft, now)
    _check_reminders(draft, now)


def check_kinds(draft: WaveDraft, others: Iterable[Wave]) -> None:
    """Invalid, naming the field, where another wave asks a question of the same key as another kind: what is compared
    over waves would not be the same. `others`: all other waves, drafts too."""
    places = {question.key: place for place, question in enumerate(draft.questions)}
    for wave in others:
        for question in wave.draft.questions:
            place = places.get(question.key)
            if place is not None and draft.questions[place].kind != question.kind:
                kind = WaveQuestionKind(question.kind).name
                message = (
                    f"the wave {wave.key} asks {question.key} as {kind}: a question keeps its kind"
                    f" over all waves; ask it as {kind}, or give it another key"
                )
                _refuse("KIND_CHANGED", message, "questions", str(place), "kind")


def check_reason(reason: str) -> None:
    """Invalid unless it can be kept as the reason of an early close."""
    _check_prose(reason, "the reason of closing this wave early", ["reason"], LONGEST_REASON)


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


def _check_texts(
    texts: Texts, what: str, at: Sequence[str], draft: WaveDraft, longest: int
) -> None:
    seen = {draft.language}
    for place, (language, text) in enumerate(texts):
        if language not in LANGUAGES:
            message = f"{what}: texts can be in {', '.join(LANGUAGES)}"
            _refuse("LANGUAGE_NOT_OFFERED", message, *at, str(place), "language")
        if language in seen:
            message = (
                f"{what} is there in {language} already: send each language once, and"
                f" {draft.language} as the plain text alone"
            )
            _refuse("DUPLICATE_LANGUAGE", message, *at, str(place), "language")
        seen.add(language)
        _check_prose(text, f"{what} in {language}", [*at, str(place), "text"], longest)
    if missing := [language for language in draft.languages if language not in seen]:
        message = (
            f"{what} has no text in {', '.join(missing)}: send it in every language"
            " that the wave can be answered in, or leave the language out of `languages`"
        )
        _refuse("TEXT_MISSING", message, *at)


def _check_questions(draft: WaveDraft) -> None:
    questions = draft.questions
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        message = f"{len(questions)} questions: a wave has 1 to {MOST_QUESTIONS}"
        _refuse("QUESTION_COUNT", message, "questions")
    seen: set[str] = set()
    for place, question in enumerate(questions):
        at = ["questions", str(place)]
        _check_question(question, f"question {place + 1}", at, draft)
        if question.key in seen:
            message = (
                f"another question has the key {question.key} already: give it a key of its own"
            )
            _refuse("DUPLICATE_QUESTION", message, *at, "key")
        seen.add(question.key)
    kinds = [question.kind for question in questions]
    if kinds.count(WaveQuestionKind.ENPS) > 1:
        _refuse("QUESTION_COUNT", "a wave asks for eNPS once at most", "questions")
    if kinds.count(WaveQuestionKind.TEXT) > MOST_TEXTS:
        _refuse("QUESTION_COUNT", f"a wave has at most {MOST_TEXTS} TEXT questions", "questions")
    if set(kinds) == {WaveQuestionKind.TEXT}:
        message = "a wave asks for a score at least once: words alone are not released"
        _refuse("NO_SCORED_QUESTION", message, "questions")


def _check_question(question: WaveQuestion, what: str, at: Sequence[str], draft: WaveDraft) -> None:
    _check_key(question.key, what, [*at, "key"], LONGEST_KEY)
    if question.kind not in list(WaveQuestionKind):
        kinds = ", ".join(kind.name for kind in WaveQuestionKind)
        _refuse("UNKNOWN_KIND", f"{question.key}: a kind is one of {kinds}", *at, "kind")
    is_enps = question.kind == WaveQuestionKind.ENPS
    if question.key.lower() in STATISTICS - ({"enps"} if is_enps else set()):
        message = f"results are called {question.key}: give the question another key"
        _refuse("RESERVED_KEY", message, *at, "key")
    what = f"the question {question.key}"
    _check_prose(question.text, what, [*at, "text"], LONGEST_QUESTION)
    _check_texts(question.texts, what, [*at, "texts"], draft, LONGEST_QUESTION)


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


def _check_reminders(draft: WaveDraft, now: datetime) -> None:
    days = draft.reminders
    if len(days) > MOST_REMINDERS:
        message = f"{len(days)} reminders: at most {MOST_REMINDERS}"
        _refuse("REMINDER_COUNT", message, "reminders")
    before = 0
    for place, day in enumerate(days):
        if not before < day <= LONGEST_WAVE.days:
            message = (
                f"a reminder after {day} days: reminders are whole days after opening,"
                f" 1 to {LONGEST_WAVE.days}, each later than the one before"
            )
            _refuse("REMINDER_OUT_OF_RANGE", message, "reminders", str(place))
        before = day
    if draft.closes_at is None:
        return
    # A wave that is opened by hand opens now at the earliest.
    opens_at = draft.opens_at or now
    for place, day in enumerate(days):
        if opens_at + timedelta(days=day) >= draft.closes_at:
            message = (
                f"a reminder after {day} days: the wave would be closed by then;"
                " leave this reminder out, or close the wave later"
            )
            _refuse("REMINDER_TOO_LATE", message, "reminders", str(place))


def _check_names(names: Sequence[str], field: str, most: int) -> None:
    if len(names) > most:
        _refuse("TOO_MANY", f"{len(names):,} {field}: at most {most:,}", field)
    for place, name in enumerate(names):
        _check_prose(name, f"number {place + 1} of {field}", [field, str(place)], LONGEST_KEY)
    _check_distinct(names, field)


def _check_distinct(names: Sequence[str], field: str) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            _refuse("REPEATED", f"{name} is twice in {field}: name each once", field)


def _check_key(key: str, what: str, at: Sequence[str], longest: int) -> None:
    if not (is_key(key) and len(key) <= longest):
        message = (
            f"the key of {what}: a key has 1 to {longest} letters and digits,"
            " with dots, hyphens and underscores inside"
        )
        _refuse("INVALID_KEY", message, *at)


def _check_prose(text: str, what: str, at: Sequence[str], longest: int) -> None:
    if not text.strip():
        _refuse("EMPTY", f"{what} is empty: send 1 to {longest} characters", *at)
    if len(text) > longest:
        message = f"{what} has {len(text):,} characters: send at most {longest}"
        _refuse("TOO_LONG", message, *at)
    if not text.isprintable():
        message = f"{what} has line breaks or control characters: remove them"
        _refuse("INVALID_TEXT", message, *at)


def _refuse(reason: str, message: str, *field: str) -> None:
    raise Invalid(message, reason=reason, field=field)
