"""What is wrong with a rule: a code for machines, a sentence for people, and where."""

from typing import Final, NamedTuple

from services.kit.errors import Invalid

SYNTAX: Final = "SYNTAX"
TOO_LARGE: Final = "RULE_TOO_LARGE"
UNKNOWN_NAME: Final = "UNKNOWN_NAME"
UNKNOWN_OPTION: Final = "UNKNOWN_OPTION"
TYPE_MISMATCH: Final = "TYPE_MISMATCH"
INEXACT: Final = "INEXACT_COMPARISON"
SELF_REFERENCE: Final = "SELF_REFERENCE"


class Span(NamedTuple):
    """Code points of the text: from the first, up to but without the last."""

    start: int
    end: int


class WrongRule(Invalid):
    """A rule that means nothing; `span` says where."""

    def __init__(self, message: str, reason: str, span: Span) -> None:
        place = f"{message} (at character {span.start + 1})"
        super().__init__(place, reason=reason, field=["rule"])
        self.span = span
