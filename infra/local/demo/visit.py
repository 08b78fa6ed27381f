"""A survey with every kind of question in five languages, and what people answered to it."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from infra.local.demo import languages
from infra.local.demo.languages import texts
from services.kit.clock import instant_text

KEY: Final = "your-visit"
COUNT: Final = 600
DAYS: Final = 180
NAMESPACE: Final = UUID("6f0d3c1e-9b1e-5c0e-8a6f-41c0b8a5d2e7")
# The shops' touchpoints, and how content people are there, in points of 10.
PLACES: Final = {"visit-north": 8.4, "visit-south": 7.9, "visit-east": 8.0, "visit-central": 7.4}


TITLE: Final = texts(
    "Your visit to our shop",
    "Jūsu apmeklējums mūsu veikalā",
    "Jūsų apsilankymas mūsų parduotuvėje",
    "Vaš obisk v naši trgovini",
    "Вашата посета на нашата продавница",
)
QUESTIONS: Final[tuple[dict[str, Any], ...]] = (
    {
        "key": "recommend",
        "kind": "NPS",
        **texts(
            "How likely are you to recommend our shop to a friend or colleague?",
            "Vai jūs ieteiktu mūsu veikalu draugam vai kolēģim?",
            "Ar rekomenduotumėte mūsų parduotuvę draugui ar kolegai?",
            "Ali bi našo trgovino priporočili prijatelju ali sodelavcu?",
            "Дали би ја препорачале нашата продавница на пријател или колега?",
        ),
    },
    {
        "key": "satisfaction",
        "kind": "CSAT",
        "dontKnow": True,
        **texts(
            "How satisfied were you with the advice?",
            "Vai jūs apmierina saņemtais padoms?",
            "Ar jus tenkina gautas patarimas?",
            "Kako zadovoljni ste bili z nasvetom?",
            "Колку сте задоволни од советот?",
        ),
    },
    {
        "key": "easy",
        "kind": "CES",
        **texts(
            "How easy was it to get what you came for?",
            "Cik viegli bija saņemt to, pēc kā nācāt?",
            "Ar lengva buvo gauti tai, ko atėjote?",
            "Kako lahko ste dobili, po kar ste prišli?",
            "Колку лесно го добивте тоа по што дојдовте?",
        ),
    },
    {
        "key": "effort",
        "kind": "CES1",
        **texts(
            "How much effort did it take you?",
            "Cik daudz pūļu tas prasīja?",
            "Kiek pastangų tai pareikalavo?",
            "Koliko truda je to zahtevalo?",
            "Колку напор бараше тоа?",
        ),
    },
    {
        "key": "waiting",
        "kind": "RATING",
        "scale": {"low": 1, "high": 10},
        **texts(
            "How do you rate the waiting time?",
            "Kā jūs vērtējat gaidīšanas laiku?",
            "Kaip vertinate laukimo laiką?",
            "Kako ocenjujete čakalni čas?",
            "Како го оценувате времето на чекање?",
        ),
    },
    {
        "key": "reason",
        "kind": "SINGLE_CHOICE",
        "options": [
            {
                "key": "buy",
                **texts("To buy something", "Kaut ko nopirkt", "Pirkti", "Nakup", "Да купам"),
            },
            {
                "key": "repair",
                **texts("A repair", "Remonts", "Remontas", "Popravilo", "Поправка"),
            },
            {
                "key": "advice",
                **texts("Advice", "Padoms", "Patarimas", "Nasvet", "Совет"),
            },
        ],
        **texts(
            "Why did you come?",
            "Kāpēc jūs atnācāt?",
            "Kodėl atėjote?",
            "Zakaj ste prišli?",
            "Зошто дојдовте?",
        ),
    },
    {
        "key": "liked",
        "kind": "MULTIPLE_CHOICE",
        "options": [
            {"key": "staff", **texts("Staff", "Darbinieki", "Darbuotojai", "Osebje", "Персонал")},
            {"key": "choice", **texts("Choice", "Izvēle", "Pasirinkimas", "Izbira", "Избор")},
            {"key": "prices", **texts("Prices", "Cenas", "Kainos", "Cene", "Цени")},
            {"key": "speed", **texts("Speed", "Ātrums", "Greitis", "Hitrost", "Брзина")},
        ],
        **texts(
            "What was good?",
            "Kas bija labi?",
            "Kas buvo gerai?",
            "Kaj je bilo dobro?",
            "Што беше добро?",
        ),
    },
    {
        "key": "comment",
        "kind": "TEXT",
        **texts(
            "What is the main reason for your answers?",
            "Kāds ir galvenais jūsu atbilžu iemesls?",
            "Kokia pagrindinė jūsų atsakymų priežastis?",
            "Kaj je glavni razlog za vaše odgovore?",
            "Која е главната причина за вашите одговори?",
        ),
    },
)
PRAISE: Final = {
    "en": ("Patient and clear.", "I was served at once."),
    "lv": ("Laipni un ātri.", "Viss tika paskaidrots saprotami."),
    "lt": ("Malonu ir greita.", "Viską aiškiai paaiškino."),
    "sl": ("Prijazno in hitro.", "Vse so mi jasno razložili."),
    "mk": ("Љубезно и брзо.", "Сè ми објаснија јасно."),
}
COMPLAINTS: Final = {
    "en": ("I waited half an hour.", "Nobody knew the answer."),
    "lv": ("Gaidīju pusstundu.", "Neviens nezināja atbildi."),
    "lt": ("Laukiau pusvalandį.", "Niekas nežinojo atsakymo."),
    "sl": ("Čakal sem pol ure.", "Nihče ni vedel odgovora."),
    "mk": ("Чекав половина час.", "Никој не го знаеше одговорот."),
}


def survey() -> dict[str, Any]:
    """The input of createSurvey."""
    return {
        "key": KEY,
        "title": TITLE["text"],
        "texts": TITLE["texts"],
        "language": languages.LANGUAGES[0],
        "public": True,
        "inScorecard": True,
        "department": "shops",
        "offers": {"touchpoints": list(PLACES)},
        "questions": list(QUESTIONS),
    }


def responses(seed: int, until: datetime) -> Iterator[dict[str, Any]]:
    """The inputs of submitResponses; the same seed and instant give the same."""
    source = random.Random(f"visit {seed}")
    for number in range(COUNT):
        touchpoint = source.choice(list(PLACES))
        language = languages.language(source)
        at = until - timedelta(minutes=source.randrange(60, DAYS * 24 * 60))
        yield {
            "id": str(uuid5(NAMESPACE, f"{seed}/{until}/{number}")),
            "survey": KEY,
            "touchpoint": touchpoint,
            "language": language,
            "occurredAt": instant_text(at),
            "answers": _answers(source, source.gauss(PLACES[touchpoint], 1.9), language),
        }


def _answers(source: random.Random, mood: float, language: str) -> list[dict[str, Any]]:
    """Answers of somebody who is so content, in points of 10; each question is skipped now and then."""
    reason = source.choices(("buy", "repair", "advice"), (0.5, 0.2, 0.3))[0]
    liked = [key for key in ("staff", "choice", "prices", "speed") if source.random() * 12 < mood]
    words = source.choice((PRAISE if mood >= 7 else COMPLAINTS)[language])
    all_answers: list[dict[str, Any]] = [
        {"question": "satisfaction", "score": _score(source, mood / 2, 1, 5)},
        {"question": "easy", "score": _score(source, mood * 0.7, 1, 7)},
        {"question": "effort", "score": _score(source, 6 - mood / 2, 1, 5)},
        {"question": "waiting", "score": _score(source, mood - 0.5, 1, 10)},
        {"question": "reason", "choices": [reason]},
        {"question": "liked", "choices": liked or ["staff"]},
    ]
    kept = [answer for answer in all_answers if source.random() < 0.9]
    if source.random() < 0.2:
        kept.append({"question": "comment", "text": words})
    return [{"question": "recommend", "score": _score(source, mood, 0, 10)}, *kept]


def _score(source: random.Random, mean: float, low: int, high: int) -> int:
    return min(max(round(mean + source.gauss(0, 0.4)), low), high)
