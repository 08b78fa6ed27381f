"""What the page of an employee says itself, in five languages; questions are the wave's own."""

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Final

from gateway.browsers.languages import LANGUAGES


class StaffPhrase(StrEnum):
    """A sentence or a label of the page."""

    BEFORE = auto()
    PROMISE_GROUPS = auto()
    PROMISE_NAME = auto()
    PROMISE_SIZES = auto()
    COUNT = auto()
    MAY_SKIP = auto()
    NOT_FOUND_AGAIN = auto()
    KEPT_HERE = auto()
    BEGIN = auto()
    GO_ON = auto()
    NOT_THIS_TIME = auto()
    LATER = auto()
    LATER_WHY = auto()
    UNTIL = auto()
    KEEP = auto()
    KEPT = auto()
    KEPT_WHY = auto()
    THANKS = auto()
    THANKS_WHY = auto()
    SPENT = auto()
    SPENT_WHY = auto()
    CLOSED = auto()
    CLOSED_WHY = auto()
    NO_LINK = auto()
    NO_LINK_WHY = auto()
    SENSITIVE_HINT = auto()
    TEXT_HINT = auto()


_TABLE: Final[Mapping[StaffPhrase, tuple[str, str, str, str, str]]] = {
    StaffPhrase.BEFORE: (
        "Before you begin",
        "Pirms sākat",
        "Prieš pradedant",
        "Preden začnete",
        "Пред да почнете",
    ),
    StaffPhrase.PROMISE_GROUPS: (
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
    StaffPhrase.PROMISE_NAME: (
        "Nobody can join your name to your answers, at rest or in transit, once the wave is closed.",
        "Kad aptaujas kārta ir slēgta, neviens nevar savienot jūsu vārdu ar jūsu atbildēm, "
        "ne glabāšanā, ne pārraidē.",
        "Kai apklausos banga uždaryta, niekas negali susieti jūsų vardo su jūsų atsakymais, "
        "nei saugant, nei perduodant.",
        "Ko je krog ankete zaprt, nihče ne more povezati vašega imena z vašimi odgovori, "
        "ne pri hranjenju ne pri prenosu.",
        "Откако кругот на анкетата е затворен, никој не може да го поврзе вашето име со вашите одговори, "
        "ни при чување ни при пренос.",
    ),
    StaffPhrase.PROMISE_SIZES: (
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
    StaffPhrase.COUNT: (
        "Questions: {count}. Minutes: about {minutes}. You may skip any question.",
        "Jautājumi: {count}. Minūtes: apmēram {minutes}. Jebkuru jautājumu var izlaist.",
        "Klausimai: {count}. Minutės: apie {minutes}. Bet kurį klausimą galima praleisti.",
        "Vprašanja: {count}. Minute: približno {minutes}. Vsako vprašanje lahko preskočite.",
        "Прашања: {count}. Минути: околу {minutes}. Секое прашање може да се прескокне.",
    ),
    StaffPhrase.MAY_SKIP: (
        "You may skip any question.",
        "Jebkuru jautājumu var izlaist.",
        "Bet kurį klausimą galima praleisti.",
        "Vsako vprašanje lahko preskočite.",
        "Секое прашање може да се прескокне.",
    ),
    StaffPhrase.NOT_FOUND_AGAIN: (
        "Once sent, your answers cannot be found again by anybody, not even to correct or remove them.",
        "Kad atbildes ir nosūtītas, neviens tās vairs nevar atrast, pat ne, lai tās labotu vai dzēstu.",
        "Išsiųstų atsakymų niekas nebegali surasti, net ir tam, kad juos pataisytų ar pašalintų.",
        "Poslanih odgovorov nihče več ne more najti, niti da bi jih popravil ali odstranil.",
        "Испратените одговори никој повеќе не може да ги најде, дури ни за да ги поправи или отстрани.",
    ),
    StaffPhrase.KEPT_HERE: (
        "The answers you kept for later are here. They are not sent yet.",
        "Atbildes, ko saglabājāt vēlākam laikam, ir šeit. Tās vēl nav nosūtītas.",
        "Vėlesniam laikui pasilikti atsakymai yra čia. Jie dar neišsiųsti.",
        "Odgovori, ki ste jih shranili za pozneje, so tukaj. Niso še poslani.",
        "Одговорите што ги зачувавте за подоцна се тука. Сѐ уште не се испратени.",
    ),
    StaffPhrase.BEGIN: ("Begin", "Sākt", "Pradėti", "Začni", "Почни"),
    StaffPhrase.GO_ON: (
        "Go on answering",
        "Turpināt atbildēt",
        "Toliau atsakinėti",
        "Odgovarjaj naprej",
        "Продолжи со одговарање",
    ),
    StaffPhrase.NOT_THIS_TIME: (
        "Not this time",
        "Ne šoreiz",
        "Ne šį kartą",
        "Tokrat ne",
        "Овој пат не",
    ),
    StaffPhrase.LATER: (
        "Nothing was sent",
        "Nekas netika nosūtīts",
        "Niekas neišsiųsta",
        "Nič ni bilo poslano",
        "Ништо не е испратено",
    ),
    StaffPhrase.LATER_WHY: (
        "Nobody sees that you opened this page. If you change your mind, open the same link again.",
        "Neviens neredz, ka atvērāt šo lapu. Ja pārdomājat, atveriet to pašu saiti vēlreiz.",
        "Niekas nemato, kad atvėrėte šį puslapį. Jei apsigalvosite, vėl atverkite tą pačią nuorodą.",
        "Nihče ne vidi, da ste odprli to stran. Če si premislite, znova odprite isto povezavo.",
        "Никој не гледа дека ја отворивте оваа страница. Ако се премислите, отворете ја повторно истата врска.",
    ),
    StaffPhrase.UNTIL: (
        "The link can be used until {when}.",
        "Saite ir lietojama līdz {when}.",
        "Nuoroda galioja iki {when}.",
        "Povezava velja do {when}.",
        "Врската важи до {when}.",
    ),
    StaffPhrase.KEEP: (
        "Keep for later",
        "Saglabāt vēlākam laikam",
        "Pasilikti vėlesniam laikui",
        "Shrani za pozneje",
        "Зачувај за подоцна",
    ),
    StaffPhrase.KEPT: (
        "Your answers are kept, and not sent",
        "Jūsu atbildes ir saglabātas, bet nav nosūtītas",
        "Jūsų atsakymai pasilikti, bet neišsiųsti",
        "Vaši odgovori so shranjeni, niso pa poslani",
        "Вашите одговори се зачувани, но не се испратени",
    ),
    StaffPhrase.KEPT_WHY: (
        "Open the same link to go on. They count only when you send them. Who has the link sees them until then.",
        "Lai turpinātu, atveriet to pašu saiti. Tās skaitās tikai tad, kad tās nosūtāt. "
        "Līdz tam tās redz tas, kam ir saite.",
        "Norėdami tęsti, atverkite tą pačią nuorodą. Jie skaičiuojami tik išsiuntus. "
        "Iki tol juos mato tas, kas turi nuorodą.",
        "Za nadaljevanje odprite isto povezavo. Štejejo šele, ko jih pošljete. Do takrat jih vidi, kdor ima povezavo.",
        "За да продолжите, отворете ја истата врска. Се бројат дури кога ќе ги испратите. "
        "Дотогаш ги гледа кој ја има врската.",
    ),
    StaffPhrase.THANKS: (
        "Thank you. Your answers were taken.",
        "Paldies. Jūsu atbildes ir pieņemtas.",
        "Ačiū. Jūsų atsakymai priimti.",
        "Hvala. Vaši odgovori so sprejeti.",
        "Ви благодариме. Вашите одговори се примени.",
    ),
    StaffPhrase.THANKS_WHY: (
        "Results are shown once the wave is closed, for groups only. You can close this page.",
        "Rezultāti tiek rādīti pēc aptaujas kārtas slēgšanas un tikai par grupām. Šo lapu var aizvērt.",
        "Rezultatai rodomi uždarius apklausos bangą ir tik apie grupes. Šį puslapį galite uždaryti.",
        "Rezultati so prikazani, ko je krog ankete zaprt, in samo za skupine. To stran lahko zaprete.",
        "Резултатите се прикажуваат откако кругот на анкетата е затворен, и само за групи. "
        "Може да ја затворите страницата.",
    ),
    StaffPhrase.SPENT: (
        "This link was used",
        "Šī saite jau ir izmantota",
        "Ši nuoroda jau panaudota",
        "Ta povezava je že uporabljena",
        "Оваа врска е веќе искористена",
    ),
    StaffPhrase.SPENT_WHY: (
        "Answers were sent with it, once. They cannot be found again, and nothing more can be sent.",
        "Ar to vienreiz nosūtītas atbildes. Tās vairs nevar atrast, un neko vairāk nosūtīt nevar.",
        "Su ja atsakymai išsiųsti vieną kartą. Jų nebegalima surasti, ir daugiau nieko išsiųsti negalima.",
        "Z njo so bili odgovori enkrat poslani. Ni jih več mogoče najti in ničesar več ni mogoče poslati.",
        "Со неа еднаш се испратени одговори. Тие не можат повторно да се најдат, и ништо повеќе не може да се испрати.",
    ),
    StaffPhrase.CLOSED: (
        "No more answers are taken",
        "Atbildes vairs netiek pieņemtas",
        "Atsakymai nebepriimami",
        "Odgovori se ne sprejemajo več",
        "Одговори повеќе не се примаат",
    ),
    StaffPhrase.CLOSED_WHY: (
        "The wave is closed. Answers that were kept and not sent are removed, unread.",
        "Aptaujas kārta ir slēgta. Atbildes, kas bija saglabātas, bet nav nosūtītas, ir dzēstas nelasītas.",
        "Apklausos banga uždaryta. Pasilikti, bet neišsiųsti atsakymai pašalinti neskaityti.",
        "Krog ankete je zaprt. Odgovori, ki so bili shranjeni in niso bili poslani, so neprebrani odstranjeni.",
        "Кругот на анкетата е затворен. Одговорите што беа зачувани, а не испратени, се отстранети непрочитани.",
    ),
    StaffPhrase.NO_LINK: (
        "This link is no longer valid",
        "Šī saite vairs nav derīga",
        "Ši nuoroda nebegalioja",
        "Ta povezava ni več veljavna",
        "Оваа врска повеќе не важи",
    ),
    StaffPhrase.NO_LINK_WHY: (
        "It leads to no questions. You need do nothing, and nothing was sent. "
        "If you copied the address, look whether all of it is there.",
        "Tā neved ne pie viena jautājuma. Jums nekas nav jādara, un nekas netika nosūtīts. "
        "Ja adresi nokopējāt, pārbaudiet, vai tā ir pilna.",
        "Ji neveda prie jokių klausimų. Jums nieko nereikia daryti, ir niekas neišsiųsta. "
        "Jei adresą nukopijavote, patikrinkite, ar jis visas.",
        "Ne vodi do nobenih vprašanj. Ničesar vam ni treba storiti in nič ni bilo poslano. "
        "Če ste naslov kopirali, preverite, ali je cel.",
        "Таа не води до ниедно прашање. Не треба да правите ништо, и ништо не е испратено. "
        "Ако сте ја копирале адресата, проверете дали е цела.",
    ),
    StaffPhrase.SENSITIVE_HINT: (
        "Shown only for groups of at least {k} people who answered it.",
        "Tiek rādīts tikai par grupām, kurās uz to atbildējušo cilvēku skaits ir vismaz {k}.",
        "Rodoma tik apie grupes, kuriose į tai atsakiusių žmonių yra ne mažiau kaip {k}.",
        "Prikazano samo za skupine, v katerih je nanj odgovorilo vsaj {k} ljudi.",
        "Се прикажува само за групи во кои на него одговориле најмалку {k} луѓе.",
    ),
    StaffPhrase.TEXT_HINT: (
        "Heads read what is written word for word: write no names, and nothing that only you can know. "
        "At most {most} characters.",
        "Vadītāji rakstīto lasa vārdu pa vārdam: nerakstiet vārdus un to, ko varat zināt tikai jūs. "
        "Ne vairāk kā {most} rakstzīmes.",
        "Vadovai skaito tai, kas parašyta, pažodžiui: nerašykite vardų ir to, ką galite žinoti tik jūs. "
        "Ne daugiau kaip {most} ženklų.",
        "Vodje berejo napisano dobesedno: ne pišite imen in ničesar, kar lahko veste samo vi. "
        "Največ {most} znakov.",
        "Раководителите го читаат напишаното збор по збор: не пишувајте имиња и ништо што само вие може да го знаете. "
        "Најмногу {most} знаци.",
    ),
}


def say_staff(sentence: StaffPhrase, language: str, **values: object) -> str:
    """A sentence in one of LANGUAGES; not escaped."""
    return _TABLE[sentence][LANGUAGES.index(language)].format(**values)
