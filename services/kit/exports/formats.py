"""The formats of exported files; the contract of each service that exports has them by these names."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from services.kit.errors import Invalid
from services.kit.exports.csv import LOCALES, Writer, csv_pieces
from services.kit.exports.parquet import parquet_pieces
from services.kit.exports.workbook import workbook_pieces

WRITERS: Final[Mapping[str, Writer]] = {
    "FILE_FORMAT_UNSPECIFIED": csv_pieces,
    "FILE_FORMAT_CSV": csv_pieces,
    "FILE_FORMAT_PARQUET": parquet_pieces,
    "FILE_FORMAT_XLSX": workbook_pieces,
}


def find_writer(formats: Mapping[str, int], number: int, locale: str = "") -> Writer:
    """The writer of a number of a contract's FileFormat, for a spreadsheet of a language; Invalid if there is none."""
    for name, writer in WRITERS.items():
        if formats[name] == number:
            return _localised(writer, locale) if locale else writer
    raise Invalid("the format is not known", reason="UNKNOWN_FORMAT", field=["format"])


def _localised(writer: Writer, locale: str) -> Writer:
    if writer is not csv_pieces:
        raise Invalid(
            "`locale` is for CSV: in other files numbers and dates are the same everywhere; leave it out",
            reason="LOCALE_NOT_TAKEN",
            field=["locale"],
        )
    style = LOCALES.get(locale)
    if style is None:
        known = ", ".join(sorted(LOCALES))
        raise Invalid(f"`locale` is one of {known}", reason="UNKNOWN_LOCALE", field=["locale"])
    return partial(csv_pieces, style=style)
