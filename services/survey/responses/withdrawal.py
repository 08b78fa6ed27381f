"""What is withdrawn leaves its id: answers, words and customer go, and the minus of its answers is announced."""

from collections.abc import Mapping, Sequence

from services.kit import telemetry
from services.kit.db.database import Connection
from services.survey.invitations.storage import forget_customers
from services.survey.responses.domain.envelopes import packed
from services.survey.responses.events import fact
from services.survey.responses.storage import (
    StoredResponse,
    announce_envelope,
    erase_responses,
)
from services.survey.surveys.domain.questions import NOT_ANSWERED
from services.survey.surveys.domain.surveys import Survey


async def withdraw_locked(
    connection: Connection, responses: Sequence[StoredResponse], versions: Mapping[str, Survey]
) -> None:
    """Erase what responses said and who said it, and take them out of the scores, in the caller's transaction.

    They are named and locked by it and not withdrawn; `versions`: what they answer, by version id.
    """
    nothing = {
        stored.id: bytes([NOT_ANSWERED]) * versions[stored.version_id].width for stored in responses
    }
    await erase_responses(connection, nothing)
    await forget_customers(connection, list(nothing))
    images = [
        fact(stored.id, versions[stored.version_id], stored.attribution, stored.answers, sign=-1)
        for stored in responses
    ]
    for part in packed([len(image) for image in images]):
        await announce_envelope(connection, images[part], telemetry.current_traceparent())
