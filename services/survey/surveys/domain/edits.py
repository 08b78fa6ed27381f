"""A survey as it is after an edit: which questions stay the ones they were."""

from collections.abc import Callable, Sequence

from services.survey.domain.refusal import Refusal
from services.survey.surveys.domain.drafts import QuestionDraft
from services.survey.surveys.domain.questions import Question, QuestionKind


def edited(
    drafts: Sequence[QuestionDraft],
    versions: Sequence[Sequence[Question]],
    new_id: Callable[[], str],
    *,
    was_open: bool,
) -> tuple[Question, ...] | list[Refusal]:
    """The questions of a new version; `versions`: what was asked before, the oldest first.

    A question of a key that was asked before is that question. Once a survey was open, its answers may have been
    counted, so kind and scale stay, and options may only be added; before, such a change makes another question.
    """
    known = {question.key: question for version in versions for question in version}
    found: list[Question] = []
    refused: list[Refusal] = []
    for place, draft in enumerate(drafts):
        before = known.get(draft.key)
        change = None if before is None else _change(place, draft, before)
        if change is not None and was_open:
            refused.append(change)
        kept = before is not None and change is None
        found.append(question_of(draft, before.id if kept and before else new_id()))
    return refused or tuple(found)


def question_of(draft: QuestionDraft, question_id: str) -> Question:
    """A draft with its id."""
    return Question(
        question_id,
        draft.key,
        QuestionKind(draft.kind),
        draft.text,
        draft.dont_know,
        draft.low,
        draft.high,
        draft.options,
        draft.texts,
    )


def _change(place: int, draft: QuestionDraft, before: Question) -> Refusal | None:
    """What makes a draft another question than the one of its key."""
    at = ("questions", str(place))
    if draft.kind != before.kind:
        message = (
            f"this key stands for a {before.kind.name} question: ask another kind under a new key"
        )
        return Refusal((*at, "kind"), "KIND_CHANGED", message)
    if (draft.low, draft.high) != (before.low, before.high):
        message = f"this question has the scale {before.low} to {before.high}: ask another under a new key"
        return Refusal((*at, "scale"), "SCALE_CHANGED", message)
    if {option.key for option in before.options} - {option.key for option in draft.options}:
        message = "options may be added, not taken away: ask with fewer under a new key"
        return Refusal((*at, "options"), "OPTION_REMOVED", message)
    return None
