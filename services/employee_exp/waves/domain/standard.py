"""The questions that come with the product: one for eNPS, six items, three of burnout and two of words.

The words are our own. Burnout is asked for as often as it is felt (1 never, 5 always) and scored as the Copenhagen
Burnout Inventory is: 0, 25, 50, 75, 100.
"""

from collections.abc import Iterator
from typing import Final

from services.employee_exp.waves.domain.wave import LANGUAGES, WaveQuestion, WaveQuestionKind

_TEXTS: Final[dict[tuple[str, WaveQuestionKind], tuple[str, str, str, str, str]]] = {
    ("recommend", WaveQuestionKind.ENPS): (
        "How likely is it that you would recommend working here to a friend?",
        "Cik iespējams, ka jūs ieteiktu draugam strādāt šeit?",
        "Kiek tikėtina, kad rekomenduotumėte draugui dirbti čia?",
        "Kako verjetno je, da bi prijatelju priporočili delo pri nas?",
        "Колку е веројатно дека би му препорачале на пријател да работи овде?",
    ),
    ("expectations", WaveQuestionKind.AGREEMENT): (
        "I know what is expected of me.",
        "Es zinu, ko no manis sagaida.",
        "Žinau, ko iš manęs tikimasi.",
        "Vem, kaj se od mene pričakuje.",
        "Знам што се очекува од мене.",
    ),
    ("lead_listens", WaveQuestionKind.AGREEMENT): (
        "My lead listens to me.",
        "Mans vadītājs mani uzklausa.",
        "Mano vadovas manęs išklauso.",
        "Vodja mi prisluhne.",
        "Мојот раководител ме сослушува.",
    ),
    ("ideas_heard", WaveQuestionKind.AGREEMENT): (
        "My ideas are heard.",
        "Manas idejas tiek sadzirdētas.",
        "Mano idėjos išgirstamos.",
        "Moje zamisli so slišane.",
        "Моите идеи се слушаат.",
    ),
    ("tools", WaveQuestionKind.AGREEMENT): (
        "I have the tools I need.",
        "Man ir vajadzīgie darba rīki.",
        "Turiu man reikalingas priemones.",
        "Imam orodja, ki jih potrebujem.",
        "Ги имам алатките што ми се потребни.",
    ),
    ("own_decisions", WaveQuestionKind.AGREEMENT): (
        "I can settle a customer’s problem myself.",
        "Es varu pats atrisināt klienta problēmu.",
        "Kliento problemą galiu išspręsti pats.",
        "Težavo stranke lahko rešim brez pomoči drugih.",
        "Можам без туѓа помош да решам проблем на клиент.",
    ),
    ("learning", WaveQuestionKind.AGREEMENT): (
        "At work I learn things that take me further.",
        "Darbā es apgūstu to, kas palīdz man augt.",
        "Darbe išmokstu dalykų, kurie man padeda tobulėti.",
        "Pri delu se učim stvari, ki mi pomagajo napredovati.",
        "На работа учам работи што ми помагаат да напредувам.",
    ),
    ("no_strength_left", WaveQuestionKind.BURNOUT): (
        "How often does work leave you without strength for the rest of the day?",
        "Cik bieži pēc darba jums vairs nav spēka atlikušajai dienai?",
        "Kaip dažnai po darbo nebelieka jėgų likusiai dienos daliai?",
        "Kako pogosto vam po delu zmanjka moči za preostanek dneva?",
        "Колку често по работата немате сила за остатокот од денот?",
    ),
    ("tired_at_start", WaveQuestionKind.BURNOUT): (
        "How often do you begin a working day already tired?",
        "Cik bieži darba dienu sākat jau ar nogurumu?",
        "Kaip dažnai darbo dieną pradedate jau su nuovargiu?",
        "Kako pogosto delovni dan začnete že z utrujenostjo?",
        "Колку често работниот ден го почнувате веќе со замор?",
    ),
    ("too_much", WaveQuestionKind.BURNOUT): (
        "How often does your work feel like more than you can bear?",
        "Cik bieži šķiet, ka darba ir vairāk, nekā spējat izturēt?",
        "Kaip dažnai jaučiate, kad darbo yra daugiau, nei galite pakelti?",
        "Kako pogosto se vam zdi, da je dela več, kot ga zmorete?",
        "Колку често чувствувате дека работата е повеќе отколку што можете да издржите?",
    ),
    ("keep", WaveQuestionKind.TEXT): (
        "What is good here and should stay as it is?",
        "Kas šeit ir labi un lai paliek, kā ir?",
        "Kas čia gera ir turėtų likti taip, kaip yra?",
        "Kaj je tukaj dobro in naj ostane, kot je?",
        "Што е добро овде и треба да остане како што е?",
    ),
    ("change", WaveQuestionKind.TEXT): (
        "What should change first?",
        "Kam būtu jāmainās vispirms?",
        "Kas turėtų pasikeisti pirmiausia?",
        "Kaj bi se moralo spremeniti najprej?",
        "Што треба прво да се смени?",
    ),
}


def standard_questions() -> Iterator[WaveQuestion]:
    """In the order they are asked, each in English and in the other languages."""
    for (key, kind), (english, *others) in _TEXTS.items():
        texts = sorted(zip(LANGUAGES[1:], others, strict=True))
        yield WaveQuestion(key, kind, english, tuple(texts))
