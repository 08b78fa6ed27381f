"""Which answers a wave takes."""

from collections.abc import Sequence

from services.employee_exp.ballots.domain.body import TEXT_ENCODING, Answers
from services.employee_exp.waves.domain.wave import (
    LONGEST_VERBATIM,
    SCORES,
    WaveQuestion,
    WaveQuestionKind,
)
from services.kit.errors import Invalid


def check_answers(
    given: Sequence[tuple[str, int | str]], questions: Sequence[WaveQuestion]
) -> Answers:
    """The answers by question; texts without what surrounds them, empty ones left out.

    Invalid, naming the question, where one is not asked, answered twice, or has another kind of answer.
    """
    asked = {question.key: question for question in questions}
    found: dict[str, int | str] = {}
    seen: set[str] = set()
    for key, value in given:
        if key not in asked:
            _refuse("UNKNOWN_QUESTION", "this wave does not ask that", key)
        if key in seen:
            _refuse("DUPLICATE_ANSWER", "answer each question once", key)
        seen.add(key)
        if isinstance(value, str):
            value = _text(value, asked[key])
        elif value not in SCORES[WaveQuestionKind(asked[key].kind)]:
            _refuse("OUT_OF_SCALE", "this answer is not on the question's scale", key)
        if value != "":
            found[key] = value
    return found


def _text(value: str, question: WaveQuestion) -> str:
    if question.kind != WaveQuestionKind.TEXT:
        _refuse("WRONG_KIND", "this question takes a number", question.key)
    text = value.replace("\0", "").strip()  # which no database keeps
    if len(text.encode(TEXT_ENCODING)) > 2 * LONGEST_VERBATIM:
        _refuse("TOO_LONG", f"write at most {LONGEST_VERBATIM:,} characters", question.key)
    return text


def _refuse(reason: str, message: str, question: str) -> None:
    raise Invalid(message, reason=reason, field=["answers", question])
