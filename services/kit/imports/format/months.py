"""Names of months as files have them: nominative, genitive, abbreviated; English, Latvian, Lithuanian, Slovenian,
Macedonian."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

FORMS: Final = (
    # English
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "- - - - - - - - sept - - -",
    # Latvian: who or what, of what, when; CLDR and Excel shorten differently
    "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
    "janvāra februāra marta aprīļa maija jūnija jūlija augusta septembra oktobra novembra decembra",
    "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "janv febr - - mai jūn jūl - - okt - -",
    # Lithuanian: who or what, of what; CLDR and older systems shorten differently
    "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis",
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "saus vas kov bal geg birž liep rugp rugs spal lapkr gruod",
    "sau - - - - bir lie rgp rgs spa lap grd",
    # Slovenian: who or what, of what, shortened
    "januar februar marec april maj junij julij avgust september oktober november december",
    "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
    "- - - - maj - - avg - - - -",
    # Macedonian, and in Latin letters
    "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "јан фев мар апр мај јун јул авг септ окт ноем дек",
    "- - - - - - - - сеп - ное -",
    "januari fevruari mart april maj juni juli avgust septemvri oktomvri noemvri dekemvri",
)
MONTHS: Final = {
    name: number
    for form in FORMS
    for number, name in enumerate(form.split(), start=1)
    if name != "-"
}
WORD: Final = re.compile(r"([^\W\d_]{3,})(\.?)")


def with_numbers(cell: str) -> Iterator[str]:
    """The cell with two digits for the first month it names: without the point after the name, and with it."""
    text = unicodedata.normalize("NFC", cell)
    for found in WORD.finditer(text):
        month = MONTHS.get(found[1].casefold())
        if month is not None:
            before, after = text[: found.start()], text[found.end() :]
            if found[2]:
                yield f"{before}{month:02}.{after}"
            yield f"{before}{month:02}{after}"
            return
