"""What the pages of signing in say to a person, in five languages.

A sentence says what happened and what to do. No words of programs: who reads this has no token and knows of none.
"""

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Final

from gateway.browsers.languages import LANGUAGES


class Sentence(StrEnum):
    """A sentence or a label of a page."""

    NOT_SIGNED_IN = auto()
    SIGN_IN = auto()
    SIGN_IN_AGAIN = auto()
    SIGN_OUT = auto()
    SIGNED_IN = auto()
    SIGNED_IN_AS = auto()
    LINK_OFFER = auto()
    LINK_CUT = auto()
    LINK_EXPIRED = auto()
    LINK_USED = auto()
    NOBODY = auto()
    SESSION_ENDED = auto()
    TOOK_TOO_LONG = auto()
    USED = auto()
    REFUSED_BY_PROVIDER = auto()
    UNUSABLE_ANSWER = auto()
    NO_PROVIDER = auto()
    NO_BROWSERS = auto()
    OTHER_PAGE = auto()
    TOO_MANY = auto()
    AWAY = auto()
    FAILED = auto()


_TABLE: Final[Mapping[Sentence, tuple[str, str, str, str, str]]] = {
    Sentence.NOT_SIGNED_IN: (
        "Not signed in",
        "Jūs neesat pierakstījies",
        "Neprisijungta",
        "Niste prijavljeni",
        "Не сте најавени",
    ),
    Sentence.SIGN_IN: ("Sign in", "Pierakstīties", "Prisijungti", "Prijava", "Најава"),
    Sentence.SIGN_IN_AGAIN: (
        "Sign in again",
        "Pierakstīties vēlreiz",
        "Prisijungti iš naujo",
        "Prijavite se znova",
        "Најавете се повторно",
    ),
    Sentence.SIGN_OUT: ("Sign out", "Izrakstīties", "Atsijungti", "Odjava", "Одјава"),
    Sentence.SIGNED_IN: (
        "You are signed in",
        "Jūs esat pierakstījies",
        "Esate prisijungę",
        "Prijavljeni ste",
        "Најавени сте",
    ),
    Sentence.SIGNED_IN_AS: (
        "As {subject}.",
        "Kā {subject}.",
        "Kaip {subject}.",
        "Kot {subject}.",
        "Како {subject}.",
    ),
    Sentence.LINK_OFFER: (
        "As {subject}, in this browser. The link can be used once.",
        "Kā {subject}, šajā pārlūkā. Saiti var izmantot vienu reizi.",
        "Kaip {subject}, šioje naršyklėje. Nuorodą galima panaudoti vieną kartą.",
        "Kot {subject}, v tem brskalniku. Povezavo je mogoče uporabiti enkrat.",
        "Како {subject}, во овој прелистувач. Врската може да се употреби еднаш.",
    ),
    Sentence.LINK_CUT: (
        "This link is not whole or not for this address. Copy all of it once more, or ask for a new one.",
        "Šī saite nav pilna vai nav domāta šai adresei. Nokopējiet to vēlreiz pilnībā vai palūdziet jaunu.",
        "Ši nuoroda nepilna arba skirta kitam adresui. Nukopijuokite ją visą dar kartą arba paprašykite naujos.",
        "Ta povezava ni cela ali ni za ta naslov. Še enkrat jo kopirajte v celoti ali prosite za novo.",
        "Оваа врска не е цела или не е за оваа адреса. Ископирајте ја повторно целата или побарајте нова.",
    ),
    Sentence.LINK_EXPIRED: (
        "This link holds for 15 minutes, and they have passed. Ask for a new one.",
        "Šī saite ir derīga 15 minūtes, un tās ir pagājušas. Palūdziet jaunu.",
        "Ši nuoroda galioja 15 minučių, jos praėjo. Paprašykite naujos.",
        "Ta povezava je veljala 15 minut in te so minile. Prosite za novo.",
        "Оваа врска важеше 15 минути и тие поминаа. Побарајте нова.",
    ),
    Sentence.LINK_USED: (
        "This link was used before, and it can be used once. Ask for a new one.",
        "Šī saite jau ir izmantota, un to var izmantot vienu reizi. Palūdziet jaunu.",
        "Ši nuoroda jau panaudota, o panaudoti ją galima vieną kartą. Paprašykite naujos.",
        "Ta povezava je bila že uporabljena, uporabiti pa jo je mogoče enkrat. Prosite za novo.",
        "Оваа врска е веќе употребена, а може да се употреби еднаш. Побарајте нова.",
    ),
    Sentence.NOBODY: (
        "Nobody is signed in in this browser. Sign in, or open a sign-in link that you were sent.",
        "Šajā pārlūkā neviens nav pierakstījies. Pierakstieties vai atveriet jums atsūtītu pierakstīšanās saiti.",
        "Šioje naršyklėje niekas neprisijungęs. Prisijunkite arba atverkite jums atsiųstą prisijungimo nuorodą.",
        "V tem brskalniku ni nihče prijavljen. Prijavite se ali odprite povezavo za prijavo, ki ste jo prejeli.",
        "Во овој прелистувач никој не е најавен. Најавете се или отворете врска за најава што ви е испратена.",
    ),
    Sentence.SESSION_ENDED: (
        "Your session has ended. Sign in again.",
        "Jūsu sesija ir beigusies. Pierakstieties vēlreiz.",
        "Jūsų seansas baigėsi. Prisijunkite iš naujo.",
        "Vaša seja se je končala. Prijavite se znova.",
        "Вашата сесија заврши. Најавете се повторно.",
    ),
    Sentence.TOOK_TOO_LONG: (
        "This sign-in took too long, was used before, or began in another browser. Start again.",
        "Šī pierakstīšanās ilga pārāk ilgi, jau tika izmantota vai sākās citā pārlūkā. Sāciet no jauna.",
        "Šis prisijungimas truko per ilgai, jau buvo panaudotas arba prasidėjo kitoje naršyklėje. Pradėkite iš naujo.",
        "Ta prijava je trajala predolgo, je bila že uporabljena ali se je začela v drugem brskalniku. Začnite znova.",
        "Оваа најава траеше предолго, веќе е употребена или започна во друг прелистувач. Почнете одново.",
    ),
    Sentence.USED: (
        "This sign-in was used before. Start again.",
        "Šī pierakstīšanās jau tika izmantota. Sāciet no jauna.",
        "Šis prisijungimas jau buvo panaudotas. Pradėkite iš naujo.",
        "Ta prijava je bila že uporabljena. Začnite znova.",
        "Оваа најава веќе е употребена. Почнете одново.",
    ),
    Sentence.REFUSED_BY_PROVIDER: (
        "The identity provider did not sign you in. Try again, or ask your administrator.",
        "Identitātes nodrošinātājs jūs nepierakstīja. Mēģiniet vēlreiz vai jautājiet administratoram.",
        "Tapatybės teikėjas jūsų neprijungė. Bandykite dar kartą arba kreipkitės į administratorių.",
        "Ponudnik identitete vas ni prijavil. Poskusite znova ali vprašajte skrbnika.",
        "Давателот на идентитет не ве најави. Обидете се повторно или прашајте го администраторот.",
    ),
    Sentence.UNUSABLE_ANSWER: (
        "The identity provider's answer does not hold. Start again; if it stays so, tell your administrator: {reason}.",
        "Identitātes nodrošinātāja atbilde nav derīga. Sāciet no jauna vai pasakiet administratoram: {reason}.",
        "Tapatybės teikėjo atsakymas netinka. Pradėkite iš naujo arba praneškite administratoriui: {reason}.",
        "Odgovor ponudnika identitete ne velja. Začnite znova ali povejte skrbniku: {reason}.",
        "Одговорот на давателот на идентитет не важи. Почнете одново или јавете му на администраторот: {reason}.",
    ),
    Sentence.NO_PROVIDER: (
        "No identity provider is connected here. Ask your administrator for a sign-in link.",
        "Šeit nav pieslēgts neviens identitātes nodrošinātājs. Palūdziet administratoram pierakstīšanās saiti.",
        "Čia neprijungtas joks tapatybės teikėjas. Paprašykite administratoriaus prisijungimo nuorodos.",
        "Tukaj ni povezan noben ponudnik identitete. Skrbnika prosite za povezavo za prijavo.",
        "Тука не е поврзан давател на идентитет. Побарајте врска за најава од администраторот.",
    ),
    Sentence.NO_BROWSERS: (
        "Browsers do not sign in at this address. Ask your administrator which address is yours.",
        "Šajā adresē ar pārlūku nevar pierakstīties. Jautājiet administratoram, kura adrese ir jūsējā.",
        "Šiuo adresu per naršyklę neprisijungiama. Paklauskite administratoriaus, kuris adresas jūsų.",
        "Na tem naslovu se z brskalnikom ni mogoče prijaviti. Vprašajte skrbnika, kateri naslov je vaš.",
        "На оваа адреса не може да се најавите со прелистувач. Прашајте го администраторот која е вашата адреса.",
    ),
    Sentence.OTHER_PAGE: (
        "This came from a page of another address. Open the page here, and press its button.",
        "Tas nāca no citas adreses lapas. Atveriet lapu šeit un nospiediet tās pogu.",
        "Tai atėjo iš kito adreso puslapio. Atverkite puslapį čia ir paspauskite jo mygtuką.",
        "To je prišlo s strani na drugem naslovu. Stran odprite tukaj in pritisnite njen gumb.",
        "Ова дојде од страница на друга адреса. Отворете ја страницата тука и притиснете го копчето.",
    ),
    Sentence.TOO_MANY: (
        "Too many attempts came from your address. Wait {seconds} s, then try again.",
        "No jūsu adreses nāca pārāk daudz mēģinājumu. Pagaidiet {seconds} s un mēģiniet vēlreiz.",
        "Iš jūsų adreso buvo per daug bandymų. Palaukite {seconds} s ir bandykite dar kartą.",
        "Z vašega naslova je prišlo preveč poskusov. Počakajte {seconds} s in poskusite znova.",
        "Од вашата адреса дојдоа премногу обиди. Почекајте {seconds} с и обидете се повторно.",
    ),
    Sentence.AWAY: (
        "The identity provider or the directory cannot be reached now. Try again in a minute.",
        "Identitātes nodrošinātājs vai direktorijs pašlaik nav sasniedzams. Mēģiniet vēlreiz pēc minūtes.",
        "Tapatybės teikėjas arba katalogas šiuo metu nepasiekiamas. Bandykite dar kartą po minutės.",
        "Ponudnik identitete ali imenik zdaj ni dosegljiv. Poskusite znova čez minuto.",
        "Давателот на идентитет или именикот сега не е достапен. Обидете се повторно за една минута.",
    ),
    Sentence.FAILED: (
        "This did not succeed. Start again; if it stays so, tell your administrator: {reason}.",
        "Tas neizdevās. Sāciet no jauna; ja tas atkārtojas, pasakiet administratoram: {reason}.",
        "Nepavyko. Pradėkite iš naujo; jei tai kartojasi, praneškite administratoriui: {reason}.",
        "Ni uspelo. Začnite znova; če se ponovi, povejte skrbniku: {reason}.",
        "Ова не успеа. Почнете одново; ако се повтори, јавете му на администраторот: {reason}.",
    ),
}


def say(sentence: Sentence, language: str, **values: object) -> str:
    """A sentence in one of LANGUAGES."""
    return _TABLE[sentence][LANGUAGES.index(language)].format(**values)
