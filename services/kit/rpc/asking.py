"""Asking another process, and what it means when that does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import grpc

from services.kit.errors import Unavailable


@contextmanager
def asking(owner: str, *failures: type[Exception]) -> Iterator[None]:
    """Unavailable, naming who was asked, if a call inside fails, or one of these failures comes."""
    unanswered: tuple[type[Exception], ...] = (grpc.aio.AioRpcError, *failures)
    try:
        yield
    except unanswered as error:
        raise Unavailable(f"{owner} cannot be asked now: try again") from error
