"""What a release must say of a group of people, worked out person by person with fractions.

Written apart from the product, whose sums over columns it checks: nothing of it is imported here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import stdev


@dataclass(frozen=True)
class Person:
    """One ballot: where it counts and what it says."""

    place: int
    categories: tuple[int, ...]
    scores: Mapping[str, int]


def is_in(place: int, department: int, parents: Sequence[int]) -> bool:
    """Whether a place is a department or below it; the top's parent is -1."""
    while place not in (department, -1):
        place = parents[place]
    return place == department


def clip(share: Fraction) -> Fraction:
    return min(max(share, Fraction(1, 10)), Fraction(9, 10))


def plain_enps(scores: Sequence[int]) -> float | None:
    if len(scores) < 10:
        return None
    up = sum(s in (9, 10) for s in scores)
    down = sum(s <= 6 for s in scores)
    if Fraction(len(scores) - up - down, len(scores)) >= Fraction(9, 10):
        return 0.0
    net = Fraction(up - down, len(scores))
    return float(100 * min(max(net, Fraction(-9, 10)), Fraction(9, 10)))


def plain_favourable(scores: Sequence[int]) -> float | None:
    if len(scores) < 10:
        return None
    return float(clip(Fraction(sum(s in (4, 5) for s in scores), len(scores))))


def plain_yes(scores: Sequence[int]) -> float:
    return float(clip(Fraction(sum(scores), len(scores))))


def index_of(
    person: Person, items: Sequence[str], worth: Mapping[int, Fraction]
) -> Fraction | None:
    """The mean worth of a person's answers, where two thirds of the items were answered."""
    given = [worth[person.scores[item]] for item in items if item in person.scores]
    if not given or 3 * len(given) < 2 * len(items):
        return None
    return sum(given, Fraction(0)) / len(given)


AGREES = {1: Fraction(0), 2: Fraction(0), 3: Fraction(0), 4: Fraction(1), 5: Fraction(1)}
BURNOUT = {answer: Fraction(25 * (answer - 1)) for answer in range(1, 6)}


def plain_mean(values: Sequence[Fraction], width: int, step: Fraction) -> tuple[float, float]:
    """The mean and the spread that are told."""
    people = len(values)
    margin = max(Fraction(width, 20), step / people)
    mean = min(max(sum(values, Fraction(0)) / people, margin), width - margin)
    floor = max(width / 10, float(step) * sqrt(2 / (people - 1)))
    spread = max(stdev(map(float, values)), floor)
    told = Fraction(round(1_000 * mean / width), 1_000) * width
    return float(told), round(100 * spread / width) / 100 * width


def plain_engagement(people: Sequence[Person], items: Sequence[str]) -> tuple[float, float]:
    """The mean over the items of the shares that are told, else of all; the spread over people."""
    indices = [i for p in people if (i := index_of(p, items, AGREES)) is not None]
    _, spread = plain_mean(indices, 1, Fraction(1, len(items)))
    answered = [[p.scores[item] for p in people if item in p.scores] for item in items]
    shares = [
        (Fraction(sum(s >= 4 for s in scores), len(scores)), len(scores)) for scores in answered
    ]
    told = [clip(share) for share, n in shares if n >= 10]
    mean = sum(told or [share for share, _ in shares], Fraction(0)) / len(items)
    margin = max(Fraction(1, 20), Fraction(1, len(items) * len(indices)))
    mean = min(max(mean, margin), 1 - margin)
    if not told:
        mean = Fraction(round(mean * 20), 20)
    if len(items) == 2:
        spread = (
            round(100 * max(sqrt(mean * (1 - mean)), 0.1, 0.5 * sqrt(2 / (len(indices) - 1)))) / 100
        )
    return float(mean), spread


def plain_participation(answered: int, invited: int) -> float:
    rate = Fraction(answered, invited)
    if answered >= 20 and invited - answered >= 5:
        return float(rate)
    return float(min(max(Fraction(round(rate * 20), 20), Fraction(1, 20)), Fraction(19, 20)))


def plain_alpha(people: Sequence[Person], items: Sequence[str]) -> float:
    rows = [[p.scores[i] for i in items] for p in people if all(i in p.scores for i in items)]
    parts = sum(stdev(column) ** 2 for column in zip(*rows, strict=True))
    whole = stdev([sum(row) for row in rows]) ** 2
    return round(float(len(items) / (len(items) - 1) * (1 - parts / whole)), 2)
