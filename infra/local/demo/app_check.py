"""Two surveys that take no answers now: one of the app that was paused, one of the year that begins in three weeks."""

import random
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from infra.local.demo import languages, organisation, words
from infra.local.demo.languages import texts
from services.kit.clock import instant_text

PAUSED: Final = "app-check"
SCHEDULED: Final = "your-year"
COUNT: Final = 45
NAMESPACE: Final = UUID("5a0b7c3e-3f65-5f0e-9d42-1f4be9d0a6c1")
EASY: Final = texts(
    "The app made it easy for you. Do you agree?",
    "Lietotne jums to atviegloja. Vai piekrītat?",
    "Programėlė jums tai palengvino. Ar sutinkate?",
    "Aplikacija vam je olajšala zadevo. Se strinjate?",
    "Апликацијата ви олесни. Дали се согласувате?",
)
TITLES: Final = {
    PAUSED: texts(
        "Our app",
        "Mūsu lietotne",
        "Mūsų programėlė",
        "Naša aplikacija",
        "Нашата апликација",
    ),
    SCHEDULED: texts(
        "Your year with us",
        "Jūsu gads ar mums",
        "Jūsų metai su mumis",
        "Vaše leto z nami",
        "Вашата година со нас",
    ),
}


def paused() -> dict[str, Any]:
    """The input of createSurvey, before it is paused."""
    questions = [{"key": "easy", "kind": "CES", **EASY}, organisation.QUESTIONS[-1]]
    return {**_survey(PAUSED, questions), "offers": {"touchpoints": ["self-service"]}}


def scheduled(until: datetime) -> dict[str, Any]:
    """The input of createSurvey: it opens three weeks after the demo's year, for four weeks."""
    opens = until + timedelta(days=21)
    return {
        **_survey(SCHEDULED, [organisation.QUESTIONS[0], organisation.QUESTIONS[-1]]),
        "offers": {"departments": [organisation.ROOT]},
        "state": "SCHEDULED",
        "opensAt": instant_text(opens),
        "closesAt": instant_text(opens + timedelta(days=28)),
    }


def _survey(key: str, questions: list[dict[str, Any]]) -> dict[str, Any]:
    title = TITLES[key]
    return {
        "key": key,
        "title": title["text"],
        "texts": title["texts"],
        "language": languages.LANGUAGES[0],
        "public": True,
        "questions": questions,
    }


def responses(seed: int, until: datetime) -> list[dict[str, Any]]:
    """The inputs of submitResponses to the survey that is paused afterwards; three months of answers."""
    source = random.Random(f"app {seed}")
    return [_response(source, seed, until, number) for number in range(COUNT)]


def _response(source: random.Random, seed: int, until: datetime, number: int) -> dict[str, Any]:
    language = languages.language(source)
    easy = min(max(round(source.gauss(5.2, 1.3)), 1), 7)
    answers: list[dict[str, Any]] = [{"question": "easy", "score": easy}]
    if number % 4 == 0:
        said = words.PRAISE if easy >= 6 else words.FINE if easy >= 5 else words.SCREENS
        answers.append({"question": "comment", "text": source.choice(said[language])})
    return {
        "id": str(uuid5(NAMESPACE, f"{seed}/{until}/{number}")),
        "survey": PAUSED,
        "touchpoint": "self-service",
        "language": language,
        "occurredAt": instant_text(until - timedelta(days=40 + source.random() * 90)),
        "answers": answers,
    }
