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
    SIZES = auto()
    LINK = auto()
    UNTIL = auto()
    UNSEEN = auto()
    REMINDERS = auto()


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
    MailPhrase.SIZES: (
        "Answers to a single question, burnout and comments need at least {few} people. "
        "With {k} people or more, but fewer than {few}, at most participation and engagement are shown.",
        "Atbildēm uz atsevišķu jautājumu, izdegšanai un komentāriem vajag vismaz {few} cilvēkus. "
        "Ja cilvēku ir vismaz {k}, bet mazāk nekā {few}, tiek rādīta ne vairāk kā dalība un iesaistīšanās.",
        "Atsakymams į atskirą klausimą, perdegimui ir komentarams reikia bent {few} žmonių. "
        "Kai žmonių yra bent {k}, bet mažiau nei {few}, rodoma ne daugiau kaip dalyvavimas ir įsitraukimas.",
        "Za odgovore na posamezno vprašanje, izgorelost in komentarje je potrebnih vsaj {few} ljudi. "
        "Pri vsaj {k}, a manj kot {few} ljudeh sta prikazani kvečjemu udeležba in zavzetost.",
        "За одговори на едно прашање, прегорување и коментари се потребни најмалку {few} луѓе. "
        "Со најмалку {k}, а помалку од {few} луѓе, се прикажуваат најмногу учеството и ангажираноста.",
    ),
    MailPhrase.LINK: (
        "Your own link, which can be used once. Do not pass it on:",
        "Jūsu personīgā saite, kas izmantojama vienu reizi. Nenododiet to citiem:",
        "Jūsų asmeninė nuoroda, kurią galima panaudoti vieną kartą. Neperduokite jos kitiems:",
        "Vaša osebna povezava, ki jo lahko uporabite enkrat. Ne posredujte je drugim:",
        "Вашата лична врска, што може да се употреби еднаш. Не препраќајте ја на други:",
    ),
    MailPhrase.UNTIL: (
        "You can answer until {until} (time zone: {zone}).",
        "Atbildēt var līdz {until} (laika josla: {zone}).",
        "Atsakyti galima iki {until} (laiko juosta: {zone}).",
        "Odgovorite lahko do {until} (časovni pas: {zone}).",
        "Може да одговорите до {until} (временска зона: {zone}).",
    ),
    MailPhrase.UNSEEN: (
        "Nobody is told who answered and who did not.",
        "Nevienam netiek teikts, kurš atbildēja un kurš ne.",
        "Niekam nesakoma, kas atsakė ir kas ne.",
        "Nihče ne izve, kdo je odgovoril in kdo ne.",
        "Никому не се кажува кој одговорил, а кој не.",
    ),
    MailPhrase.REMINDERS: (
        "Reminders are sent by the system.",
        "Atgādinājumus sūta sistēma.",
        "Priminimus siunčia sistema.",
        "Opomnike pošilja sistem.",
        "Потсетниците ги праќа системот.",
    ),
}


def say(phrase: MailPhrase, language: str, **values: object) -> str:
    """A sentence in one of our languages."""
    return _TABLE[phrase][LANGUAGES.index(language)].format(**values)
