"""What customers write, in their own language: of any contact, of a kind of contact, and of the new invoice."""

from typing import Final

Words = dict[str, tuple[str, ...]]
"""By language."""

PRAISE: Final[Words] = {
    "en": (
        "Everything was done in five minutes.",
        "It simply worked. Thank you!",
        "Quick, clear and polite.",
        "Better than I expected.",
    ),
    "lv": ("Ātri un laipni, paldies!", "Viss notika piecās minūtēs.", "Labāk, nekā gaidīju."),
    "lt": (
        "Greitai ir maloniai, ačiū!",
        "Viskas pavyko per penkias minutes.",
        "Aišku ir paprasta.",
    ),
    "sl": (
        "Hitro in prijazno, hvala!",
        "Vse je bilo urejeno v petih minutah.",
        "Jasno in preprosto.",
    ),
    "mk": ("Брзо и љубезно, благодарам!", "Сè беше готово за пет минути.", "Јасно и едноставно."),
}
FINE: Final[Words] = {
    "en": (
        "It was all right, but it took longer than I was told.",
        "Fine in the end.",
        "I had to repeat my question twice.",
    ),
    "lv": ("Kopumā labi, bet ilgāk, nekā solīts.", "Beigās viss bija labi."),
    "lt": ("Iš esmės gerai, bet užtruko ilgiau, nei žadėta.", "Galiausiai viskas gerai."),
    "sl": ("V redu, vendar je trajalo dlje, kot so obljubili.", "Na koncu je bilo dobro."),
    "mk": ("Добро, но траеше подолго од ветеното.", "На крајот беше добро."),
}
COMPLAINTS: Final[Words] = {
    "en": (
        "Three contacts for one simple question.",
        "It took far too long.",
        "Nobody could tell me what happens next.",
    ),
    "lv": ("Trīs reizes jāvēršas viena jautājuma dēļ.", "Tas bija pārāk ilgi."),
    "lt": ("Dėl vieno klausimo teko kreiptis tris kartus.", "Truko per ilgai."),
    "sl": ("Za eno vprašanje sem se moral oglasiti trikrat.", "Trajalo je predolgo."),
    "mk": ("Три пати се јавував за едно прашање.", "Траеше предолго."),
}
CALLS: Final[Words] = {
    "en": ("Nobody called back.", "Twenty minutes on hold, then the call was cut."),
    "lv": ("Neviens neatzvanīja.", "Divdesmit minūtes gaidīju rindā."),
    "lt": ("Niekas neperskambino.", "Dvidešimt minučių laukiau eilėje."),
    "sl": ("Nihče me ni poklical nazaj.", "Dvajset minut sem čakal na zvezi."),
    "mk": ("Никој не се јави назад.", "Дваесет минути чекав на линија."),
}
VISITS: Final[Words] = {
    "en": ("Nobody came at the agreed time.", "I waited half an hour until somebody had time."),
    "lv": ("Norunātajā laikā neviens neieradās.", "Gaidīju pusstundu."),
    "lt": ("Sutartu laiku niekas neatvyko.", "Laukiau pusvalandį."),
    "sl": ("Ob dogovorjeni uri ni bilo nikogar.", "Čakal sem pol ure."),
    "mk": ("Никој не дојде во договореното време.", "Чекав половина час."),
}
SCREENS: Final[Words] = {
    "en": ("I had to sign in three times.", "The page did not load on my phone."),
    "lv": ("Man bija jāpiesakās trīs reizes.", "Lapa telefonā neatvērās."),
    "lt": ("Turėjau prisijungti tris kartus.", "Puslapis telefone neatsidarė."),
    "sl": ("Prijaviti sem se moral trikrat.", "Stran se na telefonu ni odprla."),
    "mk": ("Морав да се најавам три пати.", "Страницата не се отвори на телефонот."),
}
BY_CHANNEL: Final[dict[str, Words]] = {
    **dict.fromkeys(("PHONE",), CALLS),
    **dict.fromkeys(("STORE", "FIELD", "DELIVERY"), VISITS),
    **dict.fromkeys(("WEB", "APP"), SCREENS),
}
# What people say of invoices once these have become worse: the cause of the drop.
INVOICE: Final[Words] = {
    "en": (
        "On the new invoice I cannot see what I pay for.",
        "I was charged twice and am still waiting for the correction.",
        "The amount is wrong for the third month in a row.",
        "No answer to my question about the invoice for two weeks.",
    ),
    "lv": (
        "Jaunajā rēķinā nevar saprast, par ko maksāju.",
        "Par vienu un to pašu man prasīja samaksāt divreiz.",
        "Summa ir nepareiza jau trešo mēnesi pēc kārtas.",
        "Divas nedēļas nav atbildes uz manu jautājumu par rēķinu.",
    ),
    "lt": (
        "Naujoje sąskaitoje nesuprantu, už ką moku.",
        "Mokestis nuskaičiuotas du kartus, o pataisymo vis dar laukiu.",
        "Suma neteisinga jau trečią mėnesį iš eilės.",
        "Dvi savaites negaunu atsakymo dėl sąskaitos.",
    ),
    "sl": (
        "Na novem računu ne vidim, za kaj plačujem.",
        "Isto so mi zaračunali dvakrat in še vedno čakam na popravek.",
        "Znesek je napačen že tretji mesec zapored.",
        "Dva tedna ni odgovora na moje vprašanje o računu.",
    ),
    "mk": (
        "На новата сметка не гледам за што плаќам.",
        "Ми наплатија двапати и сè уште чекам исправка.",
        "Износот е погрешен веќе трет месец по ред.",
        "Две недели нема одговор на моето прашање за сметката.",
    ),
}
