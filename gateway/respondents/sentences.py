"""What the respondent's page says itself, in five languages; questions and options are the survey's own."""

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Final

from gateway.browsers.languages import LANGUAGES


class Phrase(StrEnum):
    """A sentence or a label of the page."""

    QUESTION = auto()
    CONTINUE = auto()
    SKIP = auto()
    SEND = auto()
    SEND_WITHOUT = auto()
    BACK = auto()
    ALL_AT_ONCE = auto()
    ONE_BY_ONE = auto()
    LANGUAGE = auto()
    NPS_HINT = auto()
    NOT_LIKELY = auto()
    LIKELY = auto()
    CES_HINT = auto()
    HARD = auto()
    EASY = auto()
    CES1_HINT = auto()
    LITTLE_EFFORT = auto()
    MUCH_EFFORT = auto()
    RATING_HINT = auto()
    LOWEST = auto()
    HIGHEST = auto()
    AGREEMENT_HINT = auto()
    STRONGLY_DISAGREE = auto()
    STRONGLY_AGREE = auto()
    VERY_SATISFIED = auto()
    SATISFIED = auto()
    NEITHER_SATISFIED = auto()
    DISSATISFIED = auto()
    VERY_DISSATISFIED = auto()
    DONT_KNOW = auto()
    CHOOSE_ALL = auto()
    NO_NAMES = auto()
    PROBLEM = auto()
    ERROR = auto()
    CHOOSE_NUMBER = auto()
    CHOOSE_ANSWER = auto()
    WRITE = auto()
    OR_SKIP = auto()
    TOO_LONG = auto()
    BAD_TEXT = auto()
    ANSWER_ONE = auto()
    SEND_OR_KEEP = auto()
    TOO_LARGE = auto()
    TOO_MANY = auto()
    AWAY = auto()
    FULL = auto()
    FAILED = auto()
    TRY_AGAIN = auto()
    CARRIED = auto()
    START_ANEW = auto()
    NEXT_PERSON = auto()
    THANKS = auto()
    CLOSE = auto()
    KEEP_CODE = auto()
    BAD_LINK = auto()
    BAD_LINK_WHY = auto()
    CODE_TITLE = auto()
    CODE_LABEL = auto()
    UNKNOWN_CODE = auto()
    ANSWERS_TO = auto()
    CODE_CHOICE = auto()
    REMOVE = auto()
    AGAIN = auto()
    REMOVED = auto()
    CHANGED = auto()
    ANSWER_HERE = auto()


_TABLE: Final[Mapping[Phrase, tuple[str, str, str, str, str]]] = {
    Phrase.QUESTION: (
        "Question {number} of {count}",
        "{number}. jautājums no {count}",
        "{number} klausimas iš {count}",
        "Vprašanje {number} od {count}",
        "Прашање {number} од {count}",
    ),
    Phrase.CONTINUE: ("Continue", "Turpināt", "Tęsti", "Naprej", "Продолжи"),
    Phrase.SKIP: ("Skip", "Izlaist", "Praleisti", "Preskoči", "Прескокни"),
    Phrase.SEND: ("Send", "Nosūtīt", "Siųsti", "Pošlji", "Испрати"),
    Phrase.SEND_WITHOUT: (
        "Send without an answer here",
        "Nosūtīt bez šīs atbildes",
        "Siųsti be šio atsakymo",
        "Pošlji brez tega odgovora",
        "Испрати без овој одговор",
    ),
    Phrase.BACK: ("Back", "Atpakaļ", "Atgal", "Nazaj", "Назад"),
    Phrase.ALL_AT_ONCE: (
        "All questions at once",
        "Visi jautājumi vienā lapā",
        "Visi klausimai viename puslapyje",
        "Vsa vprašanja na eni strani",
        "Сите прашања на една страница",
    ),
    Phrase.ONE_BY_ONE: (
        "One question at a time",
        "Pa vienam jautājumam",
        "Po vieną klausimą",
        "Eno vprašanje naenkrat",
        "Едно по едно прашање",
    ),
    Phrase.LANGUAGE: ("Language", "Valoda", "Kalba", "Jezik", "Јазик"),
    Phrase.NPS_HINT: (
        "0 means not at all likely, 10 means extremely likely.",
        "0 nozīmē “noteikti ne”, 10 nozīmē “noteikti jā”.",
        "0 reiškia „tikrai ne“, 10 reiškia „tikrai taip“.",
        "0 pomeni »zagotovo ne«, 10 pomeni »zagotovo da«.",
        "0 значи „сигурно не“, 10 значи „сигурно да“.",
    ),
    Phrase.NOT_LIKELY: (
        "Not at all likely",
        "Noteikti ne",
        "Tikrai ne",
        "Zagotovo ne",
        "Сигурно не",
    ),
    Phrase.LIKELY: (
        "Extremely likely",
        "Noteikti jā",
        "Tikrai taip",
        "Zagotovo da",
        "Сигурно да",
    ),
    Phrase.CES_HINT: (
        "1 means very difficult, 7 means very easy.",
        "1 nozīmē “ļoti grūti”, 7 nozīmē “ļoti viegli”.",
        "1 reiškia „labai sunku“, 7 reiškia „labai lengva“.",
        "1 pomeni »zelo težko«, 7 pomeni »zelo lahko«.",
        "1 значи „многу тешко“, 7 значи „многу лесно“.",
    ),
    Phrase.HARD: ("Very difficult", "Ļoti grūti", "Labai sunku", "Zelo težko", "Многу тешко"),
    Phrase.EASY: ("Very easy", "Ļoti viegli", "Labai lengva", "Zelo lahko", "Многу лесно"),
    Phrase.CES1_HINT: (
        "1 means very little effort, 5 means very much effort.",
        "1 nozīmē “ļoti maz pūļu”, 5 nozīmē “ļoti daudz pūļu”.",
        "1 reiškia „labai mažai pastangų“, 5 reiškia „labai daug pastangų“.",
        "1 pomeni »zelo malo truda«, 5 pomeni »zelo veliko truda«.",
        "1 значи „многу малку напор“, 5 значи „многу голем напор“.",
    ),
    Phrase.LITTLE_EFFORT: (
        "Very little effort",
        "Ļoti maz pūļu",
        "Labai mažai pastangų",
        "Zelo malo truda",
        "Многу малку напор",
    ),
    Phrase.MUCH_EFFORT: (
        "Very much effort",
        "Ļoti daudz pūļu",
        "Labai daug pastangų",
        "Zelo veliko truda",
        "Многу голем напор",
    ),
    Phrase.RATING_HINT: (
        "{low} is the lowest, {high} is the highest.",
        "{low} ir zemākais, {high} ir augstākais vērtējums.",
        "{low} yra žemiausias, {high} yra aukščiausias įvertinimas.",
        "{low} je najnižja, {high} je najvišja ocena.",
        "{low} е најниската, {high} е највисоката оценка.",
    ),
    Phrase.LOWEST: ("Lowest", "Zemākais", "Žemiausias", "Najnižja", "Најниска"),
    Phrase.HIGHEST: ("Highest", "Augstākais", "Aukščiausias", "Najvišja", "Највисока"),
    Phrase.AGREEMENT_HINT: (
        "How far do you agree? {low}: strongly disagree, {high}: strongly agree.",
        "Cik lielā mērā piekrītat? {low}: pilnīgi nepiekrītu, {high}: pilnīgi piekrītu.",
        "Ar sutinkate? {low}: visiškai nesutinku, {high}: visiškai sutinku.",
        "Koliko se strinjate? {low}: sploh se ne strinjam, {high}: povsem se strinjam.",
        "Колку се согласувате? {low}: воопшто не се согласувам, {high}: целосно се согласувам.",
    ),
    Phrase.STRONGLY_DISAGREE: (
        "Strongly disagree",
        "Pilnīgi nepiekrītu",
        "Visiškai nesutinku",
        "Sploh se ne strinjam",
        "Воопшто не се согласувам",
    ),
    Phrase.STRONGLY_AGREE: (
        "Strongly agree",
        "Pilnīgi piekrītu",
        "Visiškai sutinku",
        "Povsem se strinjam",
        "Целосно се согласувам",
    ),
    Phrase.VERY_SATISFIED: (
        "Very satisfied",
        "Ļoti apmierina",
        "Labai tenkina",
        "Zelo zadovoljni",
        "Многу задоволни",
    ),
    Phrase.SATISFIED: (
        "Satisfied",
        "Apmierina",
        "Tenkina",
        "Zadovoljni",
        "Задоволни",
    ),
    Phrase.NEITHER_SATISFIED: (
        "Neither satisfied nor dissatisfied",
        "Ne apmierina, ne neapmierina",
        "Nei tenkina, nei netenkina",
        "Niti zadovoljni niti nezadovoljni",
        "Ниту задоволни ниту незадоволни",
    ),
    Phrase.DISSATISFIED: (
        "Dissatisfied",
        "Neapmierina",
        "Netenkina",
        "Nezadovoljni",
        "Незадоволни",
    ),
    Phrase.VERY_DISSATISFIED: (
        "Very dissatisfied",
        "Ļoti neapmierina",
        "Labai netenkina",
        "Zelo nezadovoljni",
        "Многу незадоволни",
    ),
    Phrase.DONT_KNOW: ("Don’t know", "Nezinu", "Nežinau", "Ne vem", "Не знам"),
    Phrase.CHOOSE_ALL: (
        "Choose all that apply.",
        "Izvēlieties visu, kas atbilst.",
        "Pasirinkite viską, kas tinka.",
        "Izberite vse, kar velja.",
        "Изберете сѐ што важи.",
    ),
    Phrase.NO_NAMES: (
        "Please leave out names and phone numbers.",
        "Lūdzu, nerakstiet vārdus un tālruņa numurus.",
        "Nerašykite vardų ir telefono numerių.",
        "Prosimo, ne pišite imen in telefonskih številk.",
        "Ве молиме, не пишувајте имиња и телефонски броеви.",
    ),
    Phrase.PROBLEM: (
        "There is a problem",
        "Kaut kas nav kārtībā",
        "Kažkas negerai",
        "Nekaj ni v redu",
        "Нешто не е во ред",
    ),
    Phrase.ERROR: (
        "Error: {text}",
        "Kļūda: {text}",
        "Klaida: {text}",
        "Napaka: {text}",
        "Грешка: {text}",
    ),
    Phrase.CHOOSE_NUMBER: (
        "Choose a number from {low} to {high}",
        "Izvēlieties skaitli no {low} līdz {high}",
        "Pasirinkite skaičių nuo {low} iki {high}",
        "Izberite število od {low} do {high}",
        "Изберете број од {low} до {high}",
    ),
    Phrase.CHOOSE_ANSWER: (
        "Choose an answer",
        "Izvēlieties atbildi",
        "Pasirinkite atsakymą",
        "Izberite odgovor",
        "Изберете одговор",
    ),
    Phrase.WRITE: (
        "Write something",
        "Uzrakstiet atbildi",
        "Parašykite atsakymą",
        "Napišite odgovor",
        "Напишете одговор",
    ),
    Phrase.OR_SKIP: (
        "{text}, or skip the question",
        "{text} vai izlaidiet jautājumu",
        "{text} arba praleiskite klausimą",
        "{text} ali preskočite vprašanje",
        "{text} или прескокнете го прашањето",
    ),
    Phrase.TOO_LONG: (
        "This has {length} characters: write at most {most}",
        "Rakstzīmju skaits ir {length}: rakstiet ne vairāk kā {most}",
        "Ženklų yra {length}: rašykite ne daugiau kaip {most}",
        "Število znakov je {length}: napišite največ {most}",
        "Бројот на знаци е {length}: напишете најмногу {most}",
    ),
    Phrase.BAD_TEXT: (
        "This text cannot be saved: write it in another way",
        "Šo tekstu nevar saglabāt: uzrakstiet to citādi",
        "Šio teksto negalima išsaugoti: parašykite jį kitaip",
        "Tega besedila ni mogoče shraniti: napišite ga drugače",
        "Овој текст не може да се зачува: напишете го поинаку",
    ),
    Phrase.ANSWER_ONE: (
        "Answer at least one question",
        "Atbildiet vismaz uz vienu jautājumu",
        "Atsakykite bent į vieną klausimą",
        "Odgovorite vsaj na eno vprašanje",
        "Одговорете барем на едно прашање",
    ),
    Phrase.SEND_OR_KEEP: (
        "Nothing was stored yet: send your answers, or keep them for later",
        "Vēl nekas nav saglabāts: nosūtiet atbildes vai saglabājiet tās vēlākam laikam",
        "Dar nieko neišsaugota: išsiųskite atsakymus arba pasilikite juos vėlesniam laikui",
        "Nič še ni shranjeno: pošljite odgovore ali jih shranite za pozneje",
        "Сѐ уште ништо не е зачувано: испратете ги одговорите или зачувајте ги за подоцна",
    ),
    Phrase.TOO_LARGE: (
        "This was too much text. Go back, write less and send again.",
        "Teksta bija par daudz. Atgriezieties, rakstiet mazāk un nosūtiet vēlreiz.",
        "Teksto buvo per daug. Grįžkite, rašykite mažiau ir siųskite dar kartą.",
        "Besedila je bilo preveč. Vrnite se, napišite manj in pošljite znova.",
        "Имаше премногу текст. Вратете се, напишете помалку и испратете повторно.",
    ),
    Phrase.TOO_MANY: (
        "Too much came from your address. Wait {seconds} s, then try again.",
        "No jūsu adreses nāca par daudz. Pagaidiet {seconds} s un mēģiniet vēlreiz.",
        "Iš jūsų adreso atėjo per daug. Palaukite {seconds} s ir bandykite dar kartą.",
        "Z vašega naslova je prišlo preveč. Počakajte {seconds} s in poskusite znova.",
        "Од вашата адреса дојде премногу. Почекајте {seconds} с и обидете се повторно.",
    ),
    Phrase.AWAY: (
        "This cannot be reached now. Try again in a minute.",
        "Pašlaik tas nav pieejams. Mēģiniet vēlreiz pēc minūtes.",
        "Šiuo metu tai nepasiekiama. Bandykite dar kartą po minutės.",
        "To zdaj ni dosegljivo. Poskusite znova čez minuto.",
        "Ова сега не е достапно. Обидете се повторно за една минута.",
    ),
    Phrase.FULL: (
        "This survey takes no more answers today. Try again tomorrow.",
        "Šodien atbildes vairs netiek pieņemtas. Mēģiniet rīt.",
        "Šiandien atsakymų daugiau nepriimama. Bandykite rytoj.",
        "Danes odgovorov ne sprejemamo več. Poskusite jutri.",
        "Денес веќе не се примаат одговори. Обидете се утре.",
    ),
    Phrase.FAILED: (
        "This did not succeed. Try again.",
        "Tas neizdevās. Mēģiniet vēlreiz.",
        "Nepavyko. Bandykite dar kartą.",
        "Ni uspelo. Poskusite znova.",
        "Ова не успеа. Обидете се повторно.",
    ),
    Phrase.TRY_AGAIN: (
        "Try again",
        "Mēģināt vēlreiz",
        "Bandyti dar kartą",
        "Poskusi znova",
        "Обиди се повторно",
    ),
    Phrase.CARRIED: (
        "Your browser could not keep your answers from page to page. All questions are here instead.",
        "Pārlūks nevarēja saglabāt atbildes starp lapām. Visi jautājumi ir šeit.",
        "Naršyklė negalėjo išsaugoti atsakymų tarp puslapių. Visi klausimai yra čia.",
        "Brskalnik ni mogel shraniti odgovorov med stranmi. Vsa vprašanja so tukaj.",
        "Прелистувачот не можеше да ги зачува одговорите меѓу страниците. Сите прашања се тука.",
    ),
    Phrase.THANKS: (
        "Thank you. Your answers are saved.",
        "Paldies! Jūsu atbildes ir saglabātas.",
        "Ačiū! Jūsų atsakymai išsaugoti.",
        "Hvala! Vaši odgovori so shranjeni.",
        "Ви благодариме! Вашите одговори се зачувани.",
    ),
    Phrase.CLOSE: (
        "You can close this page.",
        "Šo lapu varat aizvērt.",
        "Šį puslapį galite uždaryti.",
        "To stran lahko zaprete.",
        "Можете да ја затворите страницава.",
    ),
    Phrase.START_ANEW: (
        "Somebody else? Start anew",
        "Atbild kāds cits? Sākt no jauna",
        "Atsako kitas žmogus? Pradėti iš naujo",
        "Odgovarja nekdo drug? Začni znova",
        "Одговара некој друг? Почни одново",
    ),
    Phrase.NEXT_PERSON: (
        "Next person",
        "Nākamais cilvēks",
        "Kitas žmogus",
        "Naslednja oseba",
        "Следно лице",
    ),
    Phrase.KEEP_CODE: (
        "To have your answers removed or changed later, keep this code:",
        "Lai vēlāk dzēstu vai mainītu atbildes, saglabājiet šo kodu:",
        "Kad vėliau galėtumėte pašalinti ar pakeisti atsakymus, išsaugokite šį kodą:",
        "Če boste odgovore pozneje želeli odstraniti ali spremeniti, shranite to kodo:",
        "За подоцна да ги отстраните или измените одговорите, зачувајте го овој код:",
    ),
    Phrase.BAD_LINK: (
        "This link cannot be used",
        "Šo saiti nevar izmantot",
        "Šios nuorodos naudoti negalima",
        "Te povezave ni mogoče uporabiti",
        "Оваа врска не може да се употреби",
    ),
    Phrase.BAD_LINK_WHY: (
        "It may have been used already, have ended, or be incomplete. "
        "If you were sent it by e-mail, open it from there again.",
        "Iespējams, tā jau ir izmantota, beigusies vai nav pilna. "
        "Ja saņēmāt to e-pastā, atveriet to no turienes vēlreiz.",
        "Galbūt ji jau panaudota, pasibaigusi arba neišsami. Jei gavote ją el. paštu, atverkite ją iš ten dar kartą.",
        "Morda je bila že uporabljena, je potekla ali ni cela. Če ste jo prejeli po e-pošti, jo odprite od tam znova.",
        "Можеби е веќе употребена, истечена или нецелосна. Ако сте ја добиле по е-пошта, отворете ја оттаму повторно.",
    ),
    Phrase.CODE_TITLE: (
        "Remove or change your answers",
        "Dzēst vai mainīt atbildes",
        "Pašalinti arba pakeisti atsakymus",
        "Odstranite ali spremenite odgovore",
        "Отстранете или изменете ги одговорите",
    ),
    Phrase.CODE_LABEL: (
        "The code you were given when you answered",
        "Kods, ko saņēmāt pēc atbildēšanas",
        "Kodas, kurį gavote atsakę",
        "Koda, ki ste jo prejeli po odgovoru",
        "Кодот што го добивте по одговарањето",
    ),
    Phrase.UNKNOWN_CODE: (
        "No answers are known by this code. Check each letter and digit",
        "Ar šo kodu atbilžu nav. Pārbaudiet katru burtu un ciparu",
        "Pagal šį kodą atsakymų nėra. Patikrinkite kiekvieną raidę ir skaitmenį",
        "S to kodo ni odgovorov. Preverite vsako črko in številko",
        "Со овој код нема одговори. Проверете ја секоја буква и цифра",
    ),
    Phrase.ANSWERS_TO: (
        "Your answers to: {title}",
        "Jūsu atbildes: {title}",
        "Jūsų atsakymai: {title}",
        "Vaši odgovori: {title}",
        "Вашите одговори: {title}",
    ),
    Phrase.CODE_CHOICE: (
        "What is removed cannot come back. If you answer again, the new answers replace all earlier ones.",
        "Dzēsto nevar atgūt. Ja atbildēsiet vēlreiz, jaunās atbildes aizstās visas iepriekšējās.",
        "Pašalintų atsakymų susigrąžinti negalima. Jei atsakysite iš naujo, nauji atsakymai pakeis visus ankstesnius.",
        "Odstranjenega ni mogoče vrniti. Če odgovorite znova, novi odgovori nadomestijo vse prejšnje.",
        "Отстранетото не може да се врати. Ако одговорите повторно, новите одговори ги заменуваат сите претходни.",
    ),
    Phrase.REMOVE: (
        "Remove my answers for good",
        "Dzēst manas atbildes pavisam",
        "Pašalinti mano atsakymus visam laikui",
        "Trajno odstrani moje odgovore",
        "Трајно отстрани ги моите одговори",
    ),
    Phrase.AGAIN: (
        "Answer again",
        "Atbildēt vēlreiz",
        "Atsakyti iš naujo",
        "Odgovori znova",
        "Одговори повторно",
    ),
    Phrase.REMOVED: (
        "Your answers are removed.",
        "Jūsu atbildes ir dzēstas.",
        "Jūsų atsakymai pašalinti.",
        "Vaši odgovori so odstranjeni.",
        "Вашите одговори се отстранети.",
    ),
    Phrase.CHANGED: (
        "Your new answers are saved.",
        "Jūsu jaunās atbildes ir saglabātas.",
        "Jūsų nauji atsakymai išsaugoti.",
        "Vaši novi odgovori so shranjeni.",
        "Вашите нови одговори се зачувани.",
    ),
    Phrase.ANSWER_HERE: (
        "Answer our questions",
        "Atbildiet uz mūsu jautājumiem",
        "Atsakykite į mūsų klausimus",
        "Odgovorite na naša vprašanja",
        "Одговорете на нашите прашања",
    ),
}

NAMES: Final[Mapping[str, str]] = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "et": "Eesti",
    "fi": "Suomi",
    "fr": "Français",
    "hr": "Hrvatski",
    "it": "Italiano",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "mk": "Македонски",
    "pl": "Polski",
    "ru": "Русский",
    "sl": "Slovenščina",
    "sq": "Shqip",
    "sr": "Српски",
    "sv": "Svenska",
    "uk": "Українська",
}
"""Languages in their own words; another one is called by its tag."""


def say(sentence: Phrase, language: str, **values: object) -> str:
    """A sentence in one of LANGUAGES; not escaped."""
    return _TABLE[sentence][LANGUAGES.index(language)].format(**values)
