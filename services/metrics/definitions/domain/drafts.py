"""Definitions of the organisation's own: what may be registered, and what it is then."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from services.kit.errors import Conflict, Invalid
from services.metrics.definitions.domain.definitions import (
    BUILT_IN,
    Definition,
    IndexItem,
    ItemRef,
    Statistic,
    Unit,
)
from services.metrics.formulas.index import least_answered
from services.metrics.formulas.scores import DONT_KNOW, MINIMUM_BASE, number
from services.metrics.formulas.statistics import Codes

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
LONGEST_NAME = 200
LARGEST_MINIMUM_BASE = 1_000_000
MOST_OWN = 200
RESERVED = frozenset(definition.key for definition in BUILT_IN) | {
    "churnRate", "retentionRate", "referralRate", "customerLifetimeValue", "sentiment",
}  # fmt: skip
"""Keys of the product: those that are built in, and those it will need."""


class DraftStatistic(Enum):
    """How answers become a value; a top box is a share whose answers the scale names."""

    SHARE = "SHARE"
    TOP_BOX = "TOP_BOX"
    MEAN = "MEAN"
    NET = "NET"


@dataclass(frozen=True, slots=True)
class QuestionName:
    """One question of one survey by keys, or one option of a multiple choice."""

    survey: str
    question: str
    option: str = ""


@dataclass(frozen=True, slots=True)
class StandardItemName:
    """A standard item by its key, over all surveys."""

    key: str


IndexNames = tuple[StandardItemName | QuestionName, ...]
Reads = str | StandardItemName | QuestionName | IndexNames
"""A kind of question, a standard item, a question of one survey, or several items side by side."""


@dataclass(frozen=True, slots=True)
class DraftItem:
    """What a draft reads, and what can be answered to it; `label` names it in words.

    What is read is one of `kind`, `standard_item`, `ref` and `index`.
    """

    label: str
    codes: Codes
    kind: str | None = None
    standard_item: str = ""
    ref: ItemRef | None = None
    index: tuple[IndexItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What an admin asks for: a metric over a kind of question, a standard item, one question, or an index."""

    key: str
    name: str
    reads: Reads
    statistic: DraftStatistic
    answers: Codes = ()
    against: Codes = ()
    top: int = 0
    with_dont_know: bool = False
    minimum_base: int = 0
    higher_is_better: bool = True


def define(draft: Draft, item: DraftItem) -> Definition:
    """Version 1 of a draft over an item; Invalid or Conflict where it makes no sense."""
    _check_head(draft)
    _check_statistic(draft, item.codes)
    if item.index:
        _check_index(draft)
    counted = draft.answers
    if draft.statistic is DraftStatistic.TOP_BOX:
        counted = _top_box(draft.top, item.codes)
    _check_denominator(draft, counted)
    statistic = (
        Statistic.SHARE
        if draft.statistic is DraftStatistic.TOP_BOX
        else Statistic(draft.statistic.value)
    )
    return Definition(
        key=draft.key,
        version=1,
        name=draft.name.strip(),
        unit={Statistic.SHARE: Unit.SHARE, Statistic.NET: Unit.POINTS}.get(statistic, Unit.SCALE),
        higher_is_better=draft.higher_is_better,
        statistic=statistic,
        question_kind=item.kind,
        formula=f"{_formula(draft, counted, is_index=bool(item.index))}; {item.label}",
        denominator=_denominator(draft, item),
        minimum_base=draft.minimum_base or MINIMUM_BASE,
        item=item.ref,
        counted=counted,
        against=draft.against,
        with_dont_know=draft.with_dont_know,
        standard_item=item.standard_item,
        index=item.index,
    )


def next_version(definition: Definition, newest: Definition | None) -> Definition:
    """The definition as the next version of its key; the newest one itself if nothing changed."""
    if newest is None:
        return definition
    if replace(definition, version=newest.version) == newest:
        return newest
    return replace(definition, version=newest.version + 1)


_VALID = "everyone who answered the question; don't know is left out"
_ALL = "everyone who answered the question, don't know too"


def _check_head(draft: Draft) -> None:
    if not KEY.fullmatch(draft.key):
        raise Invalid(
            "a key is a letter and then up to 63 letters, digits, _ or -",
            reason="BAD_KEY",
            field=["key"],
        )
    if draft.key in RESERVED:
        raise Conflict(
            f"{draft.key} is a metric of the product and cannot be replaced: choose another key",
            reason="METRIC_IS_BUILT_IN",
            field=["key"],
        )
    if not 1 <= len(draft.name.strip()) <= LONGEST_NAME or not draft.name.strip().isprintable():
        raise Invalid(
            f"a name has 1 to {LONGEST_NAME} printable characters",
            reason="BAD_NAME",
            field=["name"],
        )
    if draft.minimum_base and not MINIMUM_BASE <= draft.minimum_base <= LARGEST_MINIMUM_BASE:
        raise Invalid(
            f"a minimum base can be raised above {MINIMUM_BASE}, never lowered: "
            f"{MINIMUM_BASE} to {LARGEST_MINIMUM_BASE:,}",
            reason="MINIMUM_BASE_OUT_OF_RANGE",
            field=["minimum_base"],
        )


def _check_statistic(draft: Draft, codes: Codes) -> None:
    statistic = draft.statistic
    _check_answers(
        "answers",
        draft.answers,
        codes,
        wanted=statistic in (DraftStatistic.SHARE, DraftStatistic.NET),
    )
    _check_answers("against", draft.against, codes, wanted=statistic is DraftStatistic.NET)
    if both := sorted(set(draft.answers) & set(draft.against)):
        raise Invalid(
            f"{both[0]} cannot count both for and against", reason="ANSWER_TWICE", field=["against"]
        )
    if draft.top and statistic is not DraftStatistic.TOP_BOX:
        raise Invalid("only a TOP_BOX has a top", reason="TOP_NOT_USED", field=["top"])
    if statistic in (DraftStatistic.TOP_BOX, DraftStatistic.MEAN) and not all(
        number(code) is not None for code in codes if code != DONT_KNOW
    ):
        raise Invalid(
            "these answers are no numbers: use SHARE with their keys",
            reason="NO_SCALE",
            field=["statistic"],
        )


def _check_index(draft: Draft) -> None:
    if draft.statistic is DraftStatistic.NET:
        raise Invalid(
            "an index is a SHARE, a TOP_BOX or a MEAN of what each person answered",
            reason="NO_INDEX_OF_NET",
            field=["statistic"],
        )
    if draft.with_dont_know:
        raise Invalid(
            "in an index an item that was answered with don't know is not answered: use VALID",
            reason="DONT_KNOW_NOT_COUNTED",
            field=["denominator"],
        )


def _check_answers(name: str, answers: Codes, codes: Codes, *, wanted: bool) -> None:
    if not wanted and answers:
        raise Invalid(f"this statistic has no {name}", reason="ANSWERS_NOT_USED", field=[name])
    if wanted and not answers:
        raise Invalid(
            f"{name} are missing; there are: {', '.join(codes)}",
            reason="ANSWERS_MISSING",
            field=[name],
        )
    for index, answer in enumerate(answers):
        if answer not in codes:
            raise Invalid(
                f"the question has no such answer; there are: {', '.join(codes)}",
                reason="UNKNOWN_ANSWER",
                field=[name, str(index)],
            )
        if answer in answers[:index]:
            raise Invalid(
                f"{answer} is named twice", reason="ANSWER_TWICE", field=[name, str(index)]
            )


def _check_denominator(draft: Draft, counted: Codes) -> None:
    if draft.statistic is DraftStatistic.MEAN and draft.with_dont_know:
        raise Invalid(
            "don't know has no value to average: use the denominator VALID",
            reason="DONT_KNOW_NOT_COUNTED",
            field=["denominator"],
        )
    if DONT_KNOW in (*counted, *draft.against) and not draft.with_dont_know:
        raise Invalid(
            "don't know can only be counted with the denominator ALL",
            reason="DONT_KNOW_NOT_COUNTED",
            field=["denominator"],
        )


def _top_box(top: int, codes: Codes) -> Codes:
    scale = sorted((code for code in codes if code != DONT_KNOW), key=int)
    if not 1 <= top < len(scale):
        raise Invalid(
            f"the scale has {len(scale)} answers: a top box takes 1 to {len(scale) - 1} of them",
            reason="TOP_OUT_OF_RANGE",
            field=["top"],
        )
    return tuple(scale[-top:])


def _denominator(draft: Draft, item: DraftItem) -> str:
    if item.index:
        items = len(item.index)
        return f"responses with answers to {least_answered(items)} or more of the {items} items"
    return _ALL if draft.with_dont_know else _VALID


def _formula(draft: Draft, counted: Codes, *, is_index: bool) -> str:
    match draft.statistic:
        case DraftStatistic.MEAN:
            return (
                f"mean over responses of the mean of {_ITS_ANSWERS}"
                if is_index
                else "mean of the answers"
            )
        case DraftStatistic.NET:
            return f"100 x ({_words(counted)} - {_words(draft.against)}) / answers"
        case _ if is_index:
            return f"mean over responses of {_words(counted)} / {_ITS_ANSWERS}"
        case _:
            return f"{_words(counted)} / answers"


_ITS_ANSWERS = "each one's answers"


def _words(codes: Sequence[str]) -> str:
    listed = ", ".join(codes)
    return f"answers {listed}" if len(codes) > 1 else f"answer {listed}"
