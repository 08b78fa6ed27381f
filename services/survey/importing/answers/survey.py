"""The questions that a mapping answers: as the survey has them, or as it will be created."""

from collections.abc import Sequence
from typing import Final

from services.kit.imports.mapping import Mapping
from services.kit.imports.sections import fail, list_names
from services.survey.importing.answers.answer_columns import (
    DONT_KNOW,
    MOST_IN_LABEL,
    NOT_ANSWERED,
    SEPARATOR,
    AnswerColumn,
    Value,
    answers,
)
from services.survey.importing.answers.asked import MappedQuestion
from services.survey.surveys.domain.drafts import (
    QuestionDraft,
    SurveyDraft,
    check_draft,
    complete,
)
from services.survey.surveys.domain.questions import CHOICES, SCORES, Option, Question, QuestionKind
from services.survey.surveys.domain.standard_items import PLAIN, STANDARD_ITEMS
from services.survey.surveys.domain.surveys import Survey

OTHER_SURVEY: Final = "if it is another survey, name that in [defaults] survey"


def check_questions(
    mapping: Mapping, survey: Survey, former: Sequence[Question]
) -> dict[str, MappedQuestion]:
    """The mapped questions as the survey has them; refuses a mapping that contradicts it. `former`: questions that it
    does not ask any more, and that rows may answer."""
    questions = {question.key: question for question in (*survey.questions, *former)}
    mapped: dict[str, MappedQuestion] = {}
    for answer in answers(mapping):
        where = f"[answers.{answer.name}]"
        question = questions.get(answer.question)
        if question is None:
            fail(
                where,
                f'survey "{survey.key}" has no such question; it has: {list_names(questions)}.'
                f" Give the table one of these keys, or add the question to the survey; {OTHER_SURVEY}",
            )
        _check_kind(where, answer, question)
        for key in answer.options:
            _check_key(f"{where} options", key, question)
        if answer.other is not None:
            _check_key(f"{where} other", answer.other, question)
        options = tuple((option.key, option.text) for option in question.options)
        asked = MappedQuestion(
            question.key, question.kind, question.dont_know, question.scores, options
        )
        _check_values(f"{where} values", answer, asked)
        mapped[question.key] = asked
        if answer.other_text is not None:
            mapped[answer.other_text] = _text(f"{where} other_text", answer.other_text, survey)
    return mapped


def _check_kind(where: str, answer: AnswerColumn, question: Question) -> None:
    """Refuse a kind, scale or separator that is not the question's."""
    name = question.kind.name
    if answer.kind not in (None, question.kind):
        fail(
            f"{where} kind",
            f"the question is {name} in the survey, not {answer.kind.name}: leave kind out if the column answers"
            f" it; else give the table the key of another question, or add one to the survey; {OTHER_SURVEY}",
        )
    if answer.scale not in (None, question.scores):
        span = f"{question.low} to {question.high}"
        fail(
            f"{where} scale",
            f"the question has {span} in the survey: leave scale out, and turn other numbers into those with"
            f" values; {OTHER_SURVEY}",
        )
    if answer.item not in ("", question.item):
        asks = f"asks the item {question.item}" if question.item else "asks no standard item"
        fail(f"{where} item", f"the question {asks} in the survey; leave it out; {OTHER_SURVEY}")
    if answer.separator and question.kind is not QuestionKind.MULTIPLE_CHOICE:
        fail(f"{where} separator", f"the question is {name} in the survey; leave it out")


def _text(where: str, key: str, survey: Survey) -> MappedQuestion:
    """The question of a survey that keeps words."""
    question = next((each for each in survey.questions if each.key == key), None)
    texts = [each.key for each in survey.questions if each.kind is QuestionKind.TEXT]
    if question is None or question.kind is not QuestionKind.TEXT:
        known = f"it has: {list_names(texts)}" if texts else "it has none"
        fail(where, f'survey "{survey.key}" has no TEXT question "{key}"; {known}')
    return MappedQuestion(key, QuestionKind.TEXT, False, range(0))


def plan_questions(mapping: Mapping) -> dict[str, MappedQuestion]:
    """The questions of a survey that will be created; every one needs a kind, and a choice its options."""
    mapped: dict[str, MappedQuestion] = {}
    for answer in answers(mapping):
        where = f"[answers.{answer.name}]"
        absent = f'survey "{mapping.constants["survey"]}" does not exist yet'
        if answer.kind is None:
            fail(where, f'"kind" is missing; it is needed because {absent}')
        has_options = answer.values is not None or answer.options or answer.item
        if answer.kind in CHOICES and not has_options:
            message = '"values" is missing; it names the options, which are needed because'
            fail(where, f'{message} {absent}: values = {{ "Too slow" = "speed" }}')
        scores = answer.scale or SCORES.get(answer.kind, range(0))
        options = _options(answer) if answer.kind in CHOICES else ()
        key, dont_know = answer.question, answer.allows_dont_know
        text = "" if answer.item else answer.name
        asked = MappedQuestion(key, answer.kind, dont_know, scores, options, text, answer.item)
        _check_values(f"{where} values", answer, asked)
        mapped[answer.question] = asked
        if answer.other_text is not None:
            words = MappedQuestion(answer.other_text, QuestionKind.TEXT, False, range(0))
            mapped[answer.other_text] = words
    return mapped


def _options(answer: AnswerColumn) -> tuple[tuple[str, str], ...]:
    """Options in the order of `values`, then that of other words; of several labels for one the first is its text.

    Those of a standard item are its own.
    """
    if answer.item:
        return tuple((o.key, o.text) for o in STANDARD_ITEMS[answer.item].options(PLAIN))
    texts: dict[str, str] = {key: key for key in answer.options}
    for label, key in (answer.values or {}).items():
        if key != NOT_ANSWERED:
            texts.setdefault(str(key), label)
    if answer.other:
        texts.setdefault(answer.other, answer.other)
    return tuple(texts.items())


def new_draft(key: str, title: str, asked: dict[str, MappedQuestion]) -> SurveyDraft:
    """A survey that is not public; made again by a second run it is the same one."""
    questions = tuple(map(_new_question, asked.values()))
    draft = complete(SurveyDraft(key, title, False, True, "", questions))
    for refusal in check_draft(draft):
        match refusal.field:
            case ("questions", place, "options", *_):
                where = f"[answers.{questions[int(place)].key}] values"
                fail(where, f"the options cannot be created: {refusal.message}")
            case ("questions", place, *_):
                where = f"[answers.{questions[int(place)].key}]"
                fail(where, f"the question cannot be created: {refusal.message}")
            case _:
                fail("[defaults] survey", f"the survey cannot be created: {refusal.message}")
    return draft


def _new_question(question: MappedQuestion) -> QuestionDraft:
    is_rating = question.kind is QuestionKind.RATING
    return QuestionDraft(
        question.key,
        question.kind,
        question.text or ("" if question.item else question.key),
        question.dont_know,
        question.scores[0] if is_rating else 0,
        question.scores[-1] if is_rating else 0,
        () if question.item else tuple(Option(key, text) for key, text in question.options),
        item=question.item,
    )


def _check_key(where: str, key: str, question: Question) -> None:
    """An option that a mapping names for other words, or for a column; empty: none."""
    is_column = where.endswith("options")
    if question.kind not in CHOICES or (is_column and question.kind is QuestionKind.SINGLE_CHOICE):
        fail(where, f"the question is {question.kind.name} in the survey; leave it out")
    keys = [option.key for option in question.options]
    if key and key not in keys:
        fail(where, f'"{key}": no such option; the question has: {list_names(keys)}')


def _check_values(where: str, answer: AnswerColumn, question: MappedQuestion) -> None:
    """AnswerLabels must stand for what the question takes."""
    if answer.values is None:
        return
    for label, value in answer.values.items():
        if value == NOT_ANSWERED:
            continue
        if question.kind is QuestionKind.TEXT:
            fail(where, f'"{label}": the question is TEXT in the survey; a word can only be ""')
        if question.kind in CHOICES:
            _check_option(where, label, value, answer, question)
        elif isinstance(value, str) and value != DONT_KNOW:
            fail(
                where,
                f'"{label}" = "{value}": {question.kind.name} takes whole numbers or "{DONT_KNOW}"',
            )
        elif isinstance(value, int) and value not in question.scores:
            span = f"{question.scores.start} to {question.scores.stop - 1}"
            fail(where, f'"{label}" = {value}: {question.kind.name} is {span}')


def _check_option(
    where: str, label: str, value: Value, answer: AnswerColumn, question: MappedQuestion
) -> None:
    keys = [key for key, _ in question.options]
    if not isinstance(value, str):
        fail(
            where, f'"{label}" = {value}: {question.kind.name} takes the key of an option in quotes'
        )
    if value not in keys:
        fail(where, f'"{label}" = "{value}": no such option; the question has: {list_names(keys)}')
    separator = answer.separator or SEPARATOR
    if label.count(separator) > MOST_IN_LABEL and question.kind is QuestionKind.MULTIPLE_CHOICE:
        fail(
            where,
            f'"{label}" has the separator "{separator}" more than {MOST_IN_LABEL} times in it',
        )
