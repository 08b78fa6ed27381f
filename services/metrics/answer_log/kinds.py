"""Kinds of questions, by the names of the contract, and the answers that those with one scale take."""

from collections.abc import Mapping
from enum import StrEnum, auto

from services.metrics.formulas.ces import CES_CODES
from services.metrics.formulas.csat import CSAT_CODES
from services.metrics.formulas.nps import NPS_CODES


class QuestionKind(StrEnum):
    """What may be answered. Whoever reads kinds reads them here; a test holds them to the contract."""

    @staticmethod
    def _generate_next_value_(name: str, *_: object) -> str:
        return name

    NPS = auto()
    CSAT = auto()
    CES = auto()
    CES1 = auto()
    RATING = auto()
    SINGLE_CHOICE = auto()
    MULTIPLE_CHOICE = auto()
    TEXT = auto()


FIXED_CODES: Mapping[str, tuple[str, ...]] = {
    QuestionKind.NPS: NPS_CODES,
    QuestionKind.CSAT: CSAT_CODES,
    QuestionKind.CES: CES_CODES,
    QuestionKind.CES1: tuple(map(str, range(1, 6))),
}
"""Kinds whose questions all have one scale, and its codes."""
