"""What a ballot says, as bytes: as many as the longest that its wave allows, at most, whatever was answered."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.employee_exp.waves.domain.wave import (
    LONGEST_VERBATIM,
    WaveQuestion,
    WaveQuestionKind,
)

NO_SCORE = -1
CODE_UNIT_BYTES = 2
TEXT_ENCODING = "utf-16-le"
"""Two bytes a code unit: a page counts characters so, and the longest text has a length that is known."""

Answers = Mapping[str, int | str]
"""By question."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Where answers count, in which category of each dimension, and what they say."""

    place: int
    categories: tuple[int, ...]
    answers: Answers = field(repr=False)


def longest(questions: Sequence[WaveQuestion], dimensions: int) -> int:
    """Bytes of the longest ballot of a wave."""
    texts = sum(question.kind == WaveQuestionKind.TEXT for question in questions)
    text_bytes = 2 + LONGEST_VERBATIM * CODE_UNIT_BYTES
    return 4 + 2 * dimensions + (len(questions) - texts) + texts * text_bytes


def pack(ballot: Ballot, questions: Sequence[WaveQuestion]) -> bytes:
    """Place, categories, and each question's answer in the order they are asked."""
    parts = [struct.pack(f"<I{len(ballot.categories)}H", ballot.place, *ballot.categories)]
    for question in questions:
        answer = ballot.answers.get(question.key)
        if question.kind == WaveQuestionKind.TEXT:
            text = (answer if isinstance(answer, str) else "").encode(TEXT_ENCODING)
            parts.append(struct.pack("<H", len(text)) + text)
        else:
            parts.append(struct.pack("<b", answer if isinstance(answer, int) else NO_SCORE))
    return b"".join(parts)


def unpack(content: bytes, questions: Sequence[WaveQuestion], dimensions: int) -> Ballot:
    """What `pack` made."""
    head = struct.Struct(f"<I{dimensions}H")
    place, *categories = head.unpack_from(content)
    answers: dict[str, int | str] = {}
    at = head.size
    for question in questions:
        if question.kind == WaveQuestionKind.TEXT:
            end = at + 2 + int.from_bytes(content[at : at + 2], "little")
            if text := content[at + 2 : end].decode(TEXT_ENCODING):
                answers[question.key] = text
        else:
            end = at + 1
            (score,) = struct.unpack_from("<b", content, at)
            if score != NO_SCORE:
                answers[question.key] = score
        at = end
    return Ballot(place, tuple(categories), answers)
