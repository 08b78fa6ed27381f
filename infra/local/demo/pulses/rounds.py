"""Quarterly pulses of two years: when they run, who answers, and what; the same seed and day give the same."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from infra.local.demo import organisation
from infra.local.demo.pulses import words

PULSES: Final = 8
OPENS_AFTER: Final = timedelta(days=8)  # the beginning of a quarter
LASTS: Final = timedelta(days=14)
REMINDER_DAYS: Final = 6
TAKING_PART: Final = 0.78
TAKING_PART_WHERE_WORSE: Final = 0.7
AFTER_REMINDER: Final = 0.3  # of those who take part
SKIPPED: Final = 0.03  # of questions
WRITES_WHAT_FITS: Final = 0.42  # who is glad of what to keep, others of what to change
WRITES_ELSE: Final = 0.18
CONTENT: Final = 3.75  # agreement, 1 to 5, of the organisation
FALLS: Final = (0.0, 0.3, 0.55)  # in the worsening department, in the last pulses
PLACES: Final = ("Riga", "Vilnius", "Ljubljana", "Skopje")


@dataclass(frozen=True)
class Pulse:
    """One round: opens and closes, both in UTC."""

    number: int
    opens_at: datetime
    closes_at: datetime

    @property
    def reminded_at(self) -> datetime:
        return self.opens_at + timedelta(days=REMINDER_DAYS)


def pulses(today: date, count: int = PULSES) -> list[Pulse]:
    """Those that are over, the last ones of PULSES; the next one opens after today, or runs."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    found: list[Pulse] = []
    while len(found) < min(count, PULSES):
        opens_at = datetime.combine(quarter + OPENS_AFTER, time(6), UTC)
        if (opens_at + LASTS).date() < today:
            found.append(Pulse(PULSES - 1 - len(found), opens_at, opens_at + LASTS))
        quarter = _quarter_before(quarter)
    return found[::-1]


def _quarter_before(quarter: date) -> date:
    before = quarter - timedelta(days=1)
    return date(before.year, (before.month - 1) // 3 * 3 + 1, 1)


def known_at(stints: Sequence[Mapping[str, Any]], day: date) -> list[dict[str, Any]]:
    """What the staff list says of stints on a day: who comes later is not in it, who leaves later is still there."""
    known = []
    for stint in stints:
        if date.fromisoformat(stint["startedOn"]) <= day:
            left = stint.get("leftOn")
            is_over = left is not None and date.fromisoformat(left) <= day
            known.append(dict(stint) if is_over else {**stint, "leftOn": None})
    return known


def language_of(employee: str) -> str:
    """The language somebody is written to in."""
    return random.Random(f"language {employee}").choice(("en", "lv", "lt", "sl", "mk"))


def place_of(employee: str) -> str:
    """Where somebody works; most are where the organisation began."""
    return random.Random(f"place {employee}").choices(PLACES, (4, 3, 2, 2))[0]


@dataclass(frozen=True)
class Answering:
    """What one employee does with a pulse. Answers by question key, scores or texts."""

    answers: Mapping[str, int | str]
    waits: bool
    """Until the reminder comes."""


def answering(
    seed: int, pulse: Pulse, employee: str, department: str, questions: Sequence[Mapping[str, Any]]
) -> Answering | None:
    """What an employee answers, or None for not at all."""
    source = random.Random(f"pulse {seed} {pulse.number} {employee}")
    is_worse = department == organisation.WORSENING
    if source.random() > (TAKING_PART_WHERE_WORSE if is_worse else TAKING_PART):
        return None
    person = random.Random(f"mood {seed} {employee}").gauss(0, 0.5)
    place = random.Random(f"mood {seed} {department}").gauss(0, 0.25)
    late = pulse.number - (PULSES - len(FALLS))
    fall = FALLS[late] if is_worse and late >= 0 else 0.0
    mood = CONTENT + person + place - fall
    answers = dict(_answers(source, mood, language_of(employee), questions))
    return Answering(answers, source.random() < AFTER_REMINDER) if answers else None


def _answers(
    source: random.Random, mood: float, language: str, questions: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, int | str]]:
    for question in questions:
        key, kind = str(question["key"]), question["kind"]
        if kind == "TEXT":
            fits = (key == words.KEEP) == (mood > CONTENT)
            if source.random() < (WRITES_WHAT_FITS if fits else WRITES_ELSE):
                yield key, source.choice(words.WRITTEN[key][language])
        elif source.random() >= SKIPPED:
            yield key, _score(source, mood, key, kind)


def _score(source: random.Random, mood: float, key: str, kind: str) -> int:
    """On the scale of its kind; each question is liked differently by all."""
    liked = random.Random(f"liked {key}").gauss(0, 0.3)
    if kind == "ENPS":
        return _clip(source.gauss(2 * mood + 0.4, 1.6), 0, 10)
    if kind == "AGREEMENT":
        return _clip(source.gauss(mood + liked, 0.8), 1, 5)
    if kind == "BURNOUT":
        return _clip(source.gauss(6.0 - mood + liked, 0.8), 1, 5)
    return int(source.random() < 0.1)


def _clip(value: float, low: int, high: int) -> int:
    return min(max(round(value), low), high)
