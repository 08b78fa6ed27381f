"""What our mails to employees say, in five languages. The promise is worded as on the page that a link leads to."""

from enum import StrEnum, auto
from typing import Final

from services.employee_exp.waves.domain.wave import LANGUAGES


class MailPhrase(StrEnum):
    """A sentence of a mail."""

    INVITES = auto()
    REMINDS = auto()
    ASKS = auto()
    PROMISE = auto()
    LINK = auto()
    UNTIL = auto()
    UNSEEN = auto()


_TABLE: Final[dict[MailPhrase, tuple[str, str, str, str, str]]] = {
    MailPhrase.INVITES: (
        "{name}: you are asked to answer",
        "{name}: lūdzam jūs atbildēt",
        "{name}: prašome atsakyti",
        "{name}: prosimo za vaše odgovore",
        "{name}: ве молиме да одговорите",
    ),
    MailPhrase.REMINDS: (
        "{name}: you can still answer",
        "{name}: vēl var atbildēt",
        "{name}: dar galima atsakyti",
        "{name}: še lahko odgovorite",
        "{name}: сѐ уште може да одговорите",
    ),
    MailPhrase.ASKS: (
        "We would like to know how work is for you: {name}.",
        "Vēlamies zināt, kā jums klājas darbā: {name}.",
        "Norime žinoti, kaip jums sekasi darbe: {name}.",
        "Radi bi vedeli, kako vam je pri delu: {name}.",
        "Сакаме да знаеме како ви е на работа: {name}.",
    ),
    MailPhrase.PROMISE: (
        "Results are shown only for groups of at least {k} people who answered, "
        "in a way that cannot be subtracted down to fewer.",
        "Rezultāti tiek rādīti tikai par grupām, kurās atbildējušo cilvēku skaits ir vismaz {k}, "
        "un tā, ka atņemot nevar iegūt mazāku grupu.",
        "Rezultatai rodomi tik apie grupes, kuriose atsakiusių žmonių yra ne mažiau kaip {k}, "
        "ir taip, kad atimant nebūtų galima gauti mažesnės grupės.",
        "Rezultati so prikazani samo za skupine, v katerih je odgovorilo vsaj {k} ljudi, "
        "in tako, da z odštevanjem ni mogoče priti do manjše skupine.",
        "Резултатите се прикажуваат само за групи во кои одговориле најмалку {k} луѓе, "
        "на начин што не дозволува со одземање да се дојде до помала група.",
    ),
    MailPhrase.LINK: (
        "Your own link, which can be used once. Do not pass it on:",
        "Jūsu personīgā saite, kas izmantojama vienu reizi. Nenododiet to citiem:",
        "Jūsų asmeninė nuoroda, kurią galima panaudoti vieną kartą. Neperduokite jos kitiems:",
        "Vaša osebna povezava, ki jo lahko uporabite enkrat. Ne posredujte je drugim:",
        "Вашата лична врска, што може да се употреби еднаш. Не препраќајте ја на други:",
    ),
    MailPhrase.UNTIL: (
        "You can answer until {until}.",
        "Atbildēt var līdz {until}.",
        "Atsakyti galima iki {until}.",
        "Odgovorite lahko do {until}.",
        "Може да одговорите до {until}.",
    ),
    MailPhrase.UNSEEN: (
        "Nobody is told who answered and who did not. Reminders are sent by the system.",
        "Nevienam netiek teikts, kurš atbildēja un kurš ne. Atgādinājumus sūta sistēma.",
        "Niekam nesakoma, kas atsakė ir kas ne. Priminimus siunčia sistema.",
        "Nihče ne izve, kdo je odgovoril in kdo ne. Opomnike pošilja sistem.",
        "Никому не се кажува кој одговорил, а кој не. Потсетниците ги праќа системот.",
    ),
}


def say(phrase: MailPhrase, language: str, **values: object) -> str:
    """A sentence in one of our languages."""
    return _TABLE[phrase][LANGUAGES.index(language)].format(**values)
