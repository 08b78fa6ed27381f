"""A year of answers: the same seed and last instant give the same answers."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from infra.local.demo import languages, organisation, words
from infra.local.demo.organisation import TOUCHPOINTS, Touchpoint
from infra.local.demo.words import Words
from services.kit.clock import instant_text

COUNT = 10_000
YEAR_DAYS = 365
CUSTOMERS = 5_000
NAMESPACE = UUID("0b5a1d3c-52a4-5a53-8f0c-3d8a7c5e9b10")
# Answers by weekday, Monday first, and by month: people answer less at weekends, more before Christmas.
WEEKDAYS = (1.1, 1.15, 1.1, 1.05, 1.0, 0.7, 0.5)
MONTHS = (1.05, 0.9, 0.95, 0.95, 1.0, 0.95, 0.8, 0.85, 1.0, 1.05, 1.25, 1.4)
# How much less content people are in a month, in points of 10: queues before Christmas, storms in autumn.
STRAIN = (0.1, 0.0, 0.0, -0.1, -0.1, -0.1, 0.0, 0.0, 0.0, 0.15, 0.3, 0.45)
WORSE_DAYS = 150  # so long has the worsening department been getting worse
WORSE_POINTS = 3.2  # by so much at the end

QUEUE_DAYS, QUEUE_ANSWERS = (
    12,
    60,
)  # so long has one touchpoint had a queue, with more answers than usual
QUEUE_POINTS = 6.0  # so much worse it is since


def responses(seed: int, until: datetime) -> Iterator[dict[str, Any]]:
    """The inputs of submitResponses, by time of their making, not of their day."""
    source = random.Random(seed)
    days = [until - timedelta(days=back) for back in range(YEAR_DAYS)]
    weights = [WEEKDAYS[day.weekday()] * MONTHS[day.month - 1] for day in days]
    shares = [touchpoint.weight for touchpoint in TOUCHPOINTS]
    quiet = next(each for each in TOUCHPOINTS if each.department == organisation.QUIET)
    queue = next(each for each in TOUCHPOINTS if each.key == organisation.QUEUE)
    for number in range(COUNT):
        if number < organisation.QUIET_ANSWERS:
            day, touchpoint = source.choice(days[: organisation.QUIET_DAYS]), quiet
        elif number < organisation.QUIET_ANSWERS + QUEUE_ANSWERS:
            day, touchpoint = source.choice(days[:QUEUE_DAYS]), queue
        else:
            day = source.choices(days, weights)[0]
            touchpoint = source.choices(TOUCHPOINTS, shares)[0]
        at = min(_instant(source, day), until - timedelta(minutes=number % 240))
        yield _response(source, uuid5(NAMESPACE, f"{seed}/{until}/{number}"), touchpoint, at, until)


def _instant(source: random.Random, day: datetime) -> datetime:
    """A moment of the day, mostly around noon."""
    hour = min(max(source.gauss(13, 3.5), 6), 22)
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(seconds=round(hour * 3600))


def _response(
    source: random.Random, key: UUID, touchpoint: Touchpoint, at: datetime, until: datetime
) -> dict[str, Any]:
    contentment = source.gauss(_mood(touchpoint, at, until), 1.9)
    language = languages.language(source)
    said = _words_of(contentment, touchpoint, _worsening(touchpoint, at, until) > 0)[language]
    response: dict[str, Any] = {
        "id": str(key),
        "survey": organisation.SURVEY,
        "touchpoint": touchpoint.key,
        "answers": [*_answers(source, contentment, said), *_quality(key, contentment, touchpoint)],
        "segment": source.choices(("consumer", "business"), (0.85, 0.15))[0],
        "language": language,
        "occurredAt": instant_text(at),
    }
    if source.random() < 0.7:
        response["customer"] = f"C{source.randrange(CUSTOMERS):05}"
    return response


def _mood(touchpoint: Touchpoint, at: datetime, until: datetime) -> float:
    """How content people are there then, in points of 10."""
    mood = touchpoint.mood + 0.55 - STRAIN[at.month - 1]
    if touchpoint.key == organisation.QUEUE and until - at < timedelta(days=QUEUE_DAYS):
        mood -= QUEUE_POINTS
    return mood - WORSE_POINTS * _worsening(touchpoint, at, until)


def _worsening(touchpoint: Touchpoint, at: datetime, until: datetime) -> float:
    """How far the worsening has come, 0 to 1; 0 elsewhere and before."""
    if touchpoint.department != organisation.WORSENING:
        return 0.0
    worse_since = until - timedelta(days=WORSE_DAYS)
    return max(0.0, (at - worse_since) / timedelta(days=WORSE_DAYS))


def _answers(
    source: random.Random, contentment: float, said: tuple[str, ...]
) -> list[dict[str, Any]]:
    recommend = _score(contentment, 0, 10)
    satisfied = _score(contentment / 2 + source.gauss(0, 0.4), 1, 5)
    answers: list[dict[str, Any]] = [{"question": "recommend", "score": recommend}]
    if source.random() < 0.04:
        answers.append({"question": "satisfaction", "dontKnow": True})
    elif source.random() < 0.9:
        answers.append({"question": "satisfaction", "score": satisfied})
    if source.random() < 0.8:
        easy = _score(contentment * 0.7 + source.gauss(0, 0.6), 1, 7)
        answers.append({"question": "easy", "score": easy})
    if source.random() < (0.3 if recommend < 7 else 0.1):  # who is unhappy writes more
        answers.append({"question": "comment", "text": source.choice(said)})
    return answers


def _quality(key: UUID, contentment: float, touchpoint: Touchpoint) -> Iterator[dict[str, Any]]:
    """Answers of the third who go on to the standard items; the same for the same response."""
    source = random.Random(f"quality {key}")
    if source.random() > 1 / 3:
        return
    slow = 0.8 if touchpoint.channel == "PHONE" else 0.0
    for item in organisation.SERVICE_QUALITY:
        if source.random() < 0.95:
            mean = contentment / 2 + source.gauss(0, 0.6) - (slow if item == "fast" else 0.0)
            yield {"question": item, "score": _score(mean, 1, 5)}


def _score(mean: float, low: int, high: int) -> int:
    return min(max(round(mean), low), high)


def _words_of(contentment: float, touchpoint: Touchpoint, is_worse: bool) -> Words:
    """What somebody who is so content may write of it, by language."""
    recommend = _score(contentment, 0, 10)
    if recommend >= 9:
        return words.PRAISE
    if recommend >= 7:
        return words.FINE
    if is_worse:
        return words.INVOICE
    return _COMPLAINTS[touchpoint.channel]


_COMPLAINTS: dict[str, Words] = {
    each.channel: {
        language: said + words.BY_CHANNEL.get(each.channel, {}).get(language, ())
        for language, said in words.COMPLAINTS.items()
    }
    for each in TOUCHPOINTS
}
