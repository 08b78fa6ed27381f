"""Surveys as their authors send them, and what they must be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from services.survey.domain.offers import NOTHING, Offers, check_offers
from services.survey.domain.refusal import Refusal
from services.survey.domain.text import (
    Texts,
    refuse_key,
    refuse_language,
    refuse_prose,
    refuse_texts,
)
from services.survey.surveys.domain.lifecycle import PUBLISHED
from services.survey.surveys.domain.questions import (
    CHOICES,
    HIGHEST_SCORE,
    OFFER_DONT_KNOW,
    Option,
    Question,
    QuestionKind,
)
from services.survey.surveys.domain.standard_items import (
    STANDARD_ITEMS,
    refuse_other_than_item,
)
from services.survey.surveys.domain.surveys import LARGEST_DAILY_LIMIT, MOST_QUESTIONS, Survey

LONGEST_TITLE = 200
LONGEST_QUESTION = 2_000
LONGEST_OPTION = 500
MOST_OPTIONS = 100
MOST_ITEMS = 250
"""Places of a survey's answers in the answer log: a question has one, or one per option."""

_KINDS = ", ".join(kind.name for kind in sorted(QuestionKind))


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question that has no id yet; kind 0: not said; low and high: of a RATING, options: of a choice.

    `item`: the key of the standard item that it asks, empty for none; `complete` adds what is left to it.
    """

    key: str
    kind: int
    text: str
    dont_know: bool
    low: int = 0
    high: int = 0
    options: tuple[Option, ...] = ()
    texts: Texts = ()
    item: str = ""


@dataclass(frozen=True, slots=True)
class SurveyDraft:
    """A survey as its author sends it; `department` is a key, empty for none."""

    key: str
    title: str
    public: bool
    in_scorecard: bool
    department: str
    questions: tuple[QuestionDraft, ...]
    language: str = ""
    texts: Texts = ()
    offers: Offers = NOTHING
    daily_limit: int = 0


class LifeDraft(NamedTuple):
    """The state a survey is to have, as its author writes it: a number of the contract (0: not said) and times."""

    state: int
    opens_at: str | None
    closes_at: str | None


AT_ONCE = LifeDraft(0, None, None)  # LIVE, with no end


def complete(draft: SurveyDraft) -> SurveyDraft:
    """A draft whose questions have from their standard items what their author left out."""
    completed = (_complete(question, draft.language) for question in draft.questions)
    return replace(draft, questions=tuple(completed))


def _complete(question: QuestionDraft, language: str) -> QuestionDraft:
    item = STANDARD_ITEMS.get(question.item)
    if item is None:
        return question
    if not question.text:
        wording = item.wording(language)
        texts = question.texts or wording.texts if wording.text else question.texts
        question = replace(question, text=wording.text, texts=texts)
    low, high = (question.low, question.high) if question.high else (item.low, item.high)
    return replace(
        question,
        kind=question.kind or item.kind,
        low=low,
        high=high,
        options=question.options or item.options(language),
    )


def check_draft(draft: SurveyDraft) -> list[Refusal]:
    """Why a survey is refused; empty if it is not."""
    return [
        refusal
        for refusal in (
            refuse_key(("key",), draft.key),
            refuse_prose(("title",), draft.title, LONGEST_TITLE),
            refuse_language(("language",), draft.language) if draft.language else None,
            *refuse_texts(("texts",), draft.texts, LONGEST_TITLE, draft.language),
            *check_offers(draft.offers),
            _check_daily_limit(draft.daily_limit),
            *_check_questions(draft.questions, draft.language),
        )
        if refusal
    ]


def _check_daily_limit(limit: int) -> Refusal | None:
    if 0 <= limit <= LARGEST_DAILY_LIMIT:
        return None
    message = f"a day has 1 to {LARGEST_DAILY_LIMIT:,} responses; 0: as many as the deployment says"
    return Refusal(("daily_limit",), "DAILY_LIMIT_OUT_OF_RANGE", message)


def _check_questions(questions: Sequence[QuestionDraft], language: str) -> Iterator[Refusal | None]:
    count = len(questions)
    if not 1 <= count <= MOST_QUESTIONS:
        message = f"{count} questions: a survey has 1 to {MOST_QUESTIONS}"
        yield Refusal(("questions",), "QUESTION_COUNT", message)
        return
    seen: set[str] = set()
    items: set[str] = set()
    for place, question in enumerate(questions):
        at = ("questions", str(place))
        yield refuse_key((*at, "key"), question.key)
        if question.key in seen:
            message = "another question has this key already"
            yield Refusal((*at, "key"), "DUPLICATE_QUESTION", message)
        if question.item in items:
            message = "another question asks this item already"
            yield Refusal((*at, "item"), "DUPLICATE_ITEM", message)
        seen.add(question.key)
        items |= {question.item} - {""}
        if refusal := refuse_other_than_item(at, question):
            yield refusal
            continue
        yield _refuse_prose_of_question((*at, "text"), question, language)
        yield from refuse_texts((*at, "texts"), question.texts, LONGEST_QUESTION, language)
        yield from _check_kind(at, question, language)


def _refuse_prose_of_question(
    at: tuple[str, ...], question: QuestionDraft, language: str
) -> Refusal | None:
    if not question.text and question.item in STANDARD_ITEMS:
        message = f"the item {question.item} has no text in {language}: send one"
        return Refusal(at, "EMPTY", message)
    return refuse_prose(at, question.text, LONGEST_QUESTION)


def _check_kind(
    at: tuple[str, ...], question: QuestionDraft, language: str
) -> Iterator[Refusal | None]:
    kind = question.kind
    if kind not in list(QuestionKind):
        yield Refusal((*at, "kind"), "UNKNOWN_KIND", f"a kind is one of {_KINDS}")
        return
    if question.dont_know and kind not in OFFER_DONT_KNOW:
        message = 'only a CSAT question can offer "don\'t know"'
        yield Refusal((*at, "dont_know"), "DONT_KNOW_NOT_OFFERED", message)
    if kind == QuestionKind.RATING:
        if not 0 <= question.low < question.high <= HIGHEST_SCORE:
            message = f"a RATING has a scale from low to high: 0 <= low < high <= {HIGHEST_SCORE}"
            yield Refusal((*at, "scale"), "INVALID_SCALE", message)
    elif question.low or question.high:
        message = "only a RATING has a scale of its own: leave it out"
        yield Refusal((*at, "scale"), "SCALE_NOT_TAKEN", message)
    if kind in CHOICES:
        yield from _check_options((*at, "options"), question.options, language)
    elif question.options:
        message = "only SINGLE_CHOICE and MULTIPLE_CHOICE have options: leave them out"
        yield Refusal((*at, "options"), "OPTIONS_NOT_TAKEN", message)


def _check_options(
    at: tuple[str, ...], options: Sequence[Option], language: str
) -> Iterator[Refusal | None]:
    count = len(options)
    if not 2 <= count <= MOST_OPTIONS:
        message = f"{count} options: a choice offers 2 to {MOST_OPTIONS}"
        yield Refusal(at, "OPTION_COUNT", message)
        return
    seen: set[str] = set()
    for place, option in enumerate(options):
        yield refuse_key((*at, str(place), "key"), option.key)
        yield refuse_prose((*at, str(place), "text"), option.text, LONGEST_OPTION)
        yield from refuse_texts((*at, str(place), "texts"), option.texts, LONGEST_OPTION, language)
        if option.key in seen:
            message = "another option of this question has this key already"
            yield Refusal((*at, str(place), "key"), "DUPLICATE_OPTION", message)
        seen.add(option.key)


def check_size(versions: Sequence[Sequence[Question]]) -> list[Refusal]:
    """Why a survey whose versions asked these has too much to be counted; the oldest version first."""
    items: set[tuple[str, str]] = set()
    first: dict[str, set[str]] = {}
    for question in (question for version in versions for question in version):
        keys = {option.key for option in question.options}
        if question.kind is QuestionKind.MULTIPLE_CHOICE:
            items |= {(question.id, key) for key in keys}
        elif question.kind is not QuestionKind.TEXT:
            later = keys - first.setdefault(question.id, keys)
            items |= {(question.id, key) for key in {"", *later}}
    if len(items) <= MOST_ITEMS:
        return []
    message = (
        f"{len(items)} things to count: at most {MOST_ITEMS} over all versions, where a question is one"
        " and a multiple choice as many as it has options; split the survey"
    )
    return [Refusal(("questions",), "TOO_MANY_ITEMS", message)]


def refuse_unanswerable(survey: Survey) -> Refusal | None:
    """Why a survey for everybody, which nobody could answer, is not published; a draft may still become one."""
    if survey.life.state not in PUBLISHED or not survey.takes_nothing_from_strangers:
        return None
    message = (
        "nobody could answer this public survey, for it has no department and offers none: name the department"
        " that responses count for, or say in offers which departments or touchpoints they may name;"
        " where only invited people answer, it need not be public"
    )
    return Refusal(("offers",), "NOTHING_OFFERED", message)


def is_same(stored: Survey, draft: SurveyDraft, department_id: str | None) -> bool:
    """Whether a draft says what is stored already."""
    return (
        stored.title == draft.title
        and stored.public == draft.public
        and stored.in_scorecard == draft.in_scorecard
        and stored.department_id == department_id
        and (stored.language, stored.texts) == (draft.language, draft.texts)
        and (stored.offers, stored.daily_limit) == (draft.offers, draft.daily_limit)
        and tuple(map(draft_of, stored.questions)) == draft.questions
    )


def draft_of(question: Question) -> QuestionDraft:
    """A question as its author sent it."""
    return QuestionDraft(
        question.key,
        question.kind,
        question.text,
        question.dont_know,
        question.low,
        question.high,
        question.options,
        question.texts,
        question.item,
    )
