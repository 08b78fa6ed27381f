"""Which waves could be subtracted from one another: those that ask some of the same people the same."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from services.employee_exp.waves.domain.wave import WaveDraft, WaveQuestion, WaveQuestionKind
from services.kit.errors import Conflict

DAYS_APART: Final = 30
"""Days from the close of a wave to the opening of one that asks the same of another part of the same departments.

What the same people answer a few days later are the same answers, so a part that is asked again at once can be
subtracted from the whole. After a month people have answered anew, and some of them are others.
"""
TIME_APART: Final = timedelta(days=DAYS_APART)
INDICES: Final = {
    WaveQuestionKind.ENPS: "enps",
    WaveQuestionKind.AGREEMENT: "engagement",
    WaveQuestionKind.BURNOUT: "burnout",
}
"""What results call the figure that all questions of a kind make together."""
_KEYED: Final = 0

Name = tuple[int, str]
"""What a scored question is known by: its key, or its kind and a text of it. Two that share a name are the same."""


def names_of(question: WaveQuestion) -> frozenset[Name]:
    """All names of a question; none of one for words. That of eNPS is one, whatever its key and text."""
    if question.kind == WaveQuestionKind.TEXT:
        return frozenset()
    if question.kind == WaveQuestionKind.ENPS:
        return name_of_item(INDICES[WaveQuestionKind.ENPS])
    texts = (question.text, *(text for _, text in question.texts))
    return name_of_item(question.key) | {(question.kind, _plain(text)) for text in texts}


def name_of_item(item: str) -> frozenset[Name]:
    """The name of an item of results by itself: an index, or the key of a question."""
    return frozenset({(_KEYED, item)})


def names_asked(draft: WaveDraft) -> frozenset[Name]:
    """Names of all scored questions of a wave."""
    return frozenset[Name]().union(*map(names_of, draft.questions))


def names_told(draft: WaveDraft) -> frozenset[Name]:
    """Names of all that the results of a wave tell: of its scored questions, and of what they make together."""
    kinds = {WaveQuestionKind(question.kind) for question in draft.questions}
    indices = (name_of_item(index) for kind, index in INDICES.items() if kind in kinds)
    return names_asked(draft).union(*indices)


def shares_question(draft: WaveDraft, other: WaveDraft) -> bool:
    """Whether two waves ask for the same score: by key, by kind and a text in any language, and eNPS always."""
    return not names_asked(draft).isdisjoint(names_asked(other))


def is_part(departments: Collection[str], others: Collection[str]) -> bool:
    """Whether two waves ask some of the same departments, and not all the same; by ids."""
    mine, theirs = frozenset(departments), frozenset(others)
    return mine != theirs and not mine.isdisjoint(theirs)


def may_open_at(closed_at: datetime) -> datetime:
    """From when on a wave may open that asks the same of another part of the same departments."""
    return closed_at + TIME_APART


def overlaps(key: str) -> Conflict:
    """Two waves at one time with a score of the same people in both could be subtracted from one another."""
    message = (
        f"the wave {key} is open, asks some of the same people and shares a question with this one"
        " (eNPS is the same question by whatever key, and so is the same text): close it first, or ask"
        " other questions"
    )
    return Conflict(message, reason="WAVE_OVERLAPS", field=["key"])


def too_soon(key: str, closed_at: datetime, zone: ZoneInfo) -> Conflict:
    """Two waves too near to each other, of which one asks a part of the departments of the other."""
    from_ = may_open_at(closed_at).astimezone(zone)
    if from_.second or from_.microsecond:
        from_ = from_.replace(second=0, microsecond=0) + timedelta(minutes=1)
    message = (
        f"the wave {key} closed less than {DAYS_APART} days ago, shares a question with this one and asked some of the"
        " same departments, but not all the same: one could be subtracted from the other. This one may open from"
        f" {from_:%Y-%m-%d %H:%M} ({zone.key}) on; or ask exactly the same departments, or other questions"
    )
    return Conflict(message, reason="WAVE_TOO_SOON", field=["key"])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
