"""The standard items: questions whose answers mean the same in every survey, so that they can be counted over all.

`informationThere` asks if the information was there, `feeling` is shown as answer - 2 (-2 to 2), `expectation` asks
for worse or better than expected, all others ask for agreement. The words are our own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from services.survey.domain.refusal import Refusal
from services.survey.domain.text import Texts
from services.survey.surveys.domain.questions import Option, QuestionKind

LANGUAGES: Final = ("en", "lv", "lt", "sl", "mk")
PLAIN: Final = LANGUAGES[0]
"""Of a survey that does not say its language."""
_Words = tuple[str, str, str, str, str]

_INFORMATION_THERE: Final[tuple[tuple[str, _Words], ...]] = (
    ("yes", ("Yes", "Jā", "Taip", "Da", "Да")),
    ("partly", ("Partly", "Daļēji", "Iš dalies", "Deloma", "Делумно")),
    ("no", ("No", "Nē", "Ne", "Ne", "Не")),
    ("DONT_KNOW", ("I don’t know", "Nezinu", "Nežinau", "Ne vem", "Не знам")),
)
"""Metrics leave DONT_KNOW, the last one, out of a denominator as they do for other questions."""

_TEXTS: Final[dict[str, _Words]] = {
    "informationThere": (
        "Did you find the information you needed?",
        "Vai atradāt informāciju, kas jums bija vajadzīga?",
        "Ar radote informaciją, kurios jums reikėjo?",
        "Ste našli informacije, ki ste jih potrebovali?",
        "Дали ги најдовте информациите што ви беа потребни?",
    ),
    "reassurance": (
        "It was the right choice.",
        "Tā bija pareizā izvēle.",
        "Tai buvo teisingas pasirinkimas.",
        "To je bila prava izbira.",
        "Тоа беше вистинскиот избор.",
    ),
    "feeling": (
        "How did you feel? 0: very bad, 4: very good",
        "Kā jūs jutāties? 0: ļoti slikti, 4: ļoti labi",
        "Kaip jautėtės? 0: labai blogai, 4: labai gerai",
        "Kako ste se počutili? 0: zelo slabo, 4: zelo dobro",
        "Како се чувствувавте? 0: многу лошо, 4: многу добро",
    ),
    "expectation": (
        "How was it, compared with what you expected? 1: much worse, 5: much better",
        "Kā tas bija salīdzinājumā ar gaidīto? 1: daudz sliktāk, 5: daudz labāk",
        "Kaip buvo, palyginti su tuo, ko tikėjotės? 1: daug blogiau, 5: daug geriau",
        "Kako je bilo v primerjavi s pričakovanji? 1: veliko slabše, 5: veliko bolje",
        "Како беше во споредба со она што го очекувавте? 1: многу полошо, 5: многу подобро",
    ),
    "solved": (
        "My question or problem was solved.",
        "Mans jautājums vai problēma tika atrisināta.",
        "Mano klausimas arba problema buvo išspręsta.",
        "Moje vprašanje ali težava je bila rešena.",
        "Моето прашање или проблем беше решен.",
    ),
    "available": (
        "The service was available where and when I needed it.",
        "Pakalpojums bija pieejams tur un tad, kad man to vajadzēja.",
        "Paslauga buvo prieinama ten ir tada, kai man jos reikėjo.",
        "Storitev je bila dosegljiva tam in takrat, ko je bilo treba.",
        "Услугата беше достапна таму и тогаш кога ми требаше.",
    ),
    "competent": (
        "The people who helped me knew their work.",
        "Tie, kas man palīdzēja, labi zināja savu darbu.",
        "Tie, kurie man padėjo, gerai išmanė savo darbą.",
        "Ljudje, ki so mi pomagali, so dobro poznali svoje delo.",
        "Луѓето што ми помогнаа добро си ја знаеја работата.",
    ),
    "fast": (
        "I was served fast.",
        "Mani apkalpoja ātri.",
        "Mane aptarnavo greitai.",
        "Postregli so mi hitro.",
        "Ме услужија брзо.",
    ),
    "personal": (
        "I was treated as a person.",
        "Pret mani izturējās kā pret cilvēku.",
        "Su manimi elgėsi kaip su žmogumi.",
        "Z menoj so ravnali kot s človekom.",
        "Се однесуваа со мене како со човек.",
    ),
    "relevant": (
        "What I was offered fits my need.",
        "Man piedāvātais atbilst tam, kas man vajadzīgs.",
        "Tai, ką man pasiūlė, atitinka mano poreikį.",
        "Kar so mi ponudili, ustreza moji potrebi.",
        "Она што ми беше понудено одговара на мојата потреба.",
    ),
}
SERVICE_QUALITY: Final = ("available", "competent", "fast", "personal", "relevant")
"""In the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language, and in the others."""

    text: str  # empty: there is none in the language that was asked for
    texts: Texts


@dataclass(frozen=True, slots=True)
class StandardItem:
    """What a question of this item asks; low and high: of a RATING; options by key: of a choice."""

    key: str
    kind: QuestionKind
    words: _Words
    low: int = 0
    high: int = 0
    choices: tuple[tuple[str, _Words], ...] = ()

    def wording(self, language: str) -> Wording:
        """The text as a survey of a language (empty: not said) asks it."""
        return _wording(self.words, language)

    def options(self, language: str) -> tuple[Option, ...]:
        """What it offers, as a survey of a language does."""
        said = [(key, _wording(words, language)) for key, words in self.choices]
        return tuple(Option(key, wording.text, wording.texts) for key, wording in said)


def _wording(words: _Words, language: str) -> Wording:
    own = language.split("-")[0].lower() or PLAIN
    by_language = dict(zip(LANGUAGES, words, strict=True))
    text = by_language.pop(own, "")
    return Wording(text, tuple(sorted(by_language.items())))


def _items() -> Iterator[StandardItem]:
    for key, words in _TEXTS.items():
        match key:
            case "informationThere":
                kind = QuestionKind.SINGLE_CHOICE
                yield StandardItem(key, kind, words, choices=_INFORMATION_THERE)
            case "feeling":
                yield StandardItem(key, QuestionKind.RATING, words, 0, 4)
            case _:
                yield StandardItem(key, QuestionKind.RATING, words, 1, 5)


STANDARD_ITEMS: Final[Mapping[str, StandardItem]] = {item.key: item for item in _items()}
"""By key."""


class AskedItem(Protocol):
    """A question that may name an item."""

    @property
    def item(self) -> str: ...
    @property
    def kind(self) -> int: ...
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    @property
    def options(self) -> tuple[Option, ...]: ...


def refuse_other_than_item(at: tuple[str, ...], asked: AskedItem) -> Refusal | None:
    """Why a question does not ask the standard item that it names; None if it does, or names none."""
    if not asked.item:
        return None
    item = STANDARD_ITEMS.get(asked.item)
    if item is None:
        known = ", ".join(STANDARD_ITEMS)
        message = f"there is no such standard item; there are: {known}"
        return Refusal((*at, "item"), "UNKNOWN_ITEM", message)
    named = f"the item {item.key}"
    if asked.kind != item.kind:
        message = f"{named} is a {item.kind.name} question: leave out the kind, or the item"
        return Refusal((*at, "kind"), "KIND_OF_ITEM", message)
    if (asked.low, asked.high) != (item.low, item.high):
        message = (
            f"{named} has the scale {item.low} to {item.high}: leave out the scale, or the item"
        )
        return Refusal((*at, "scale"), "SCALE_OF_ITEM", message)
    offered = [choice for choice, _ in item.choices]
    if [option.key for option in asked.options] != offered:
        wanted = f"{', '.join(offered)} in this order" if offered else "no options"
        message = f"{named} offers {wanted}: leave out the options, or the item"
        return Refusal((*at, "options"), "OPTIONS_OF_ITEM", message)
    return None
