"""What is sent: a response as its sender wrote it, before it is known whom it counts for."""

from typing import NamedTuple

from services.kit.letters import without_controls
from services.survey.domain.refusal import Refusal
from services.survey.domain.text import is_storable, refuse_text

LONGEST_LABEL = 64  # characters
LONGEST_CUSTOMER = 256
SHORTEST_SECRET, LONGEST_SECRET = 16, 128
LABELS = ("channel", "segment", "language")

Value = int | str | bool | tuple[str, ...] | None
"""A score, a text, True for "don't know", keys of chosen options; None for an answer that says nothing."""


class Answer(NamedTuple):
    """The answer to one question, named by its key."""

    question: str
    value: Value


class Submission(NamedTuple):
    """One response as its sender wrote it; None for what was not sent."""

    id: str | None
    survey: str
    answers: tuple[Answer, ...]
    touchpoint: str | None = None
    department: str | None = None
    customer: str | None = None
    channel: str | None = None
    segment: str | None = None
    language: str | None = None
    occurred_at: str | None = None
    invitation: str | None = None
    secret: str | None = None
    imported: bool = False  # a row of a file: its id was made here
    importer: int | None = None  # whose row it is (responses/domain/ids.importer_of)
    import_number: int | None = None  # of its import (importing/records)
    exported: bool = False  # a row of an export, by which a response that is stored is known again


def check_strings(submission: Submission) -> list[Refusal | None]:
    """Why its labels, customer and keys cannot be kept or looked up."""
    refused = [
        refuse_text((name,), label, LONGEST_LABEL) or _refuse_controls(name, label)
        for name, label in (
            ("channel", submission.channel),
            ("segment", submission.segment),
            ("language", submission.language),
        )
        if label is not None
    ]
    if submission.customer is not None:
        refused.append(refuse_text(("customer",), submission.customer, LONGEST_CUSTOMER))
    if submission.secret is not None:
        refused.append(_refuse_secret(submission.secret))
    for name, key in (
        ("survey", submission.survey),
        ("touchpoint", submission.touchpoint),
        ("department", submission.department),
    ):
        if key is not None and not is_storable(key):
            refused.append(refuse_text((name,), key, len(key)))
    return refused


def _refuse_controls(name: str, label: str) -> Refusal | None:
    """No spreadsheet can hold them, and every export has the label."""
    if without_controls(label) == label:
        return None
    message = "this contains a control character that nobody sees: remove it"
    return Refusal((name,), "INVALID_TEXT", message)


def _refuse_secret(secret: str) -> Refusal | None:
    if SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
        return None
    message = (
        f"this has {len(secret):,} characters: send {SHORTEST_SECRET} to {LONGEST_SECRET} random ones,"
        " or leave it out"
    )
    return Refusal(("secret",), "SECRET_LENGTH", message)
