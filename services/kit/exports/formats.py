"""The formats of exported files; the contract of each service that exports has them by these names."""

from collections.abc import Mapping
from typing import Final

from services.kit.errors import Invalid
from services.kit.exports.csv import Writer, csv_pieces
from services.kit.exports.parquet import parquet_pieces

WRITERS: Final[Mapping[str, Writer]] = {
    "FILE_FORMAT_UNSPECIFIED": csv_pieces,
    "FILE_FORMAT_CSV": csv_pieces,
    "FILE_FORMAT_PARQUET": parquet_pieces,
}


def find_writer(formats: Mapping[str, int], number: int) -> Writer:
    """The writer of a number of a contract's FileFormat; Invalid if there is none."""
    for name, writer in WRITERS.items():
        if formats[name] == number:
            return writer
    raise Invalid("the format is not known", reason="UNKNOWN_FORMAT", field=["format"])
