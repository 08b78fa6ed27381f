"""The fingerprint of what a client sent: one id stands for one body for ever."""

from hashlib import blake2b

from services.survey.attribution.submission import Answer, Submission

HASH_BYTES = 16
_PERSON = b"cxm body"  # keeps these hashes apart from others under the same key


def keyed(key: bytes, hash_: bytes) -> bytes:
    """What is kept of a body's hash: under the deployment's key, so that the database alone lets nobody try answers.

    Made of the hash, not of the body, so that hashes that were kept without a key are still known again.
    """
    return blake2b(hash_, digest_size=HASH_BYTES, key=key, person=_PERSON).digest()


def body_hash(submission: Submission, ref: bytes | None) -> bytes:
    """128 bits over the client's own strings and answers, not over what they were resolved to.

    The orders of answers and of choices do not count. Two bodies that differ in anything else have different encodings.
    """
    parts = [
        _text(submission.survey),
        _text(submission.department),
        _text(submission.touchpoint),
        _text(submission.channel),
        _text(submission.segment),
        _text(submission.language),
        _text(submission.occurred_at),
        _text(ref.hex() if ref else None),
        *sorted(map(_answer, submission.answers)),
    ]
    if submission.invitation is not None:
        parts.append(f"i{_text(submission.invitation)}")
    return blake2b("".join(parts).encode(), digest_size=HASH_BYTES).digest()


def _text(text: str | None) -> str:
    """Length first, so that no two lists of strings run together; absent is not empty."""
    return "-" if text is None else f"{len(text)}:{text}"


def _answer(answer: Answer) -> str:
    value = answer.value
    if isinstance(value, str):
        return f"{_text(answer.question)}t{_text(value)}"
    if isinstance(value, tuple):
        return f"{_text(answer.question)}c{len(value)};{''.join(sorted(map(_text, value)))}"
    return f"{_text(answer.question)}d" if value is True else f"{_text(answer.question)}s{value};"
