"""What people who work there write in pulses, by question and language. Invented."""

from collections.abc import Mapping, Sequence
from typing import Final

KEEP: Final = "keep"

_KEEP: Final = {
    "en": (
        "My team helps at once when something is unclear.",
        "The new shift plan comes two weeks ahead. That helps at home.",
        "Praise from customers reaches us now.",
        "I could try my own idea, and it was taken up.",
    ),
    "lv": (
        "Kolēģi uzreiz palīdz, ja kaut kas nav skaidrs.",
        "Maiņu grafiks tagad ir zināms divas nedēļas iepriekš.",
        "Klientu pateicības tagad nonāk līdz mums.",
    ),
    "lt": (
        "Kolegos iškart padeda, kai kas nors neaišku.",
        "Pamainų grafiką dabar žinome prieš dvi savaites.",
        "Klientų padėkos dabar pasiekia mus.",
    ),
    "sl": (
        "Sodelavci takoj pomagajo, če kaj ni jasno.",
        "Razpored izmen zdaj poznamo dva tedna vnaprej.",
        "Pohvale strank zdaj pridejo do nas.",
    ),
    "mk": (
        "Колегите веднаш помагаат кога нешто не е јасно.",
        "Распоредот на смени сега го знаеме две недели однапред.",
        "Пофалбите од клиентите сега стигнуваат до нас.",
    ),
}
_CHANGE: Final = {
    "en": (
        "I propose things every month and never hear what became of them.",
        "Two programs for one invoice: half of the day is copying.",
        "Let us pay back small amounts ourselves.",
        "We are too few on Mondays.",
    ),
    "lv": (
        "Es iesaku uzlabojumus, bet neuzzinu, kas ar tiem notiek.",
        "Divas programmas vienam rēķinam: puse dienas paiet kopējot.",
        "Pirmdienās mūsu ir par maz.",
    ),
    "lt": (
        "Siūlau pakeitimus, bet nesužinau, kas iš jų išeina.",
        "Dvi programos vienai sąskaitai: pusė dienos kopijavimo.",
        "Pirmadieniais mūsų per mažai.",
    ),
    "sl": (
        "Predlagam izboljšave, a ne izvem, kaj je z njimi.",
        "Dva programa za en račun: pol dneva prepisovanja.",
        "Ob ponedeljkih nas je premalo.",
    ),
    "mk": (
        "Предлагам подобрувања, а не дознавам што станува со нив.",
        "Две програми за една сметка: половина ден препишување.",
        "Во понеделник сме премалку.",
    ),
}

WRITTEN: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {KEEP: _KEEP, "change": _CHANGE}
"""By key of the standard questions that take words."""
