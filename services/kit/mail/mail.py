"""The port of mails: whoever sends one knows this, and not by what it goes."""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Protocol

from services.kit.errors import Failure, Unavailable
from services.kit.mail.message import MailMessage

BeforeData = Callable[[], Awaitable[None]]
"""Run once the server takes the mail's address and before it gets the mail: here its sender writes down, committed,
that it is sent. Where it raises nothing is sent, and send raises the same."""


class TryLater(Unavailable):
    """Nothing was sent: there is no server, or it takes no mail now. The same mail may go later."""

    reason = "MAIL_LATER"


class AddressRefused(Failure):
    """Nothing was sent and nothing will be: the server takes no mail for this address."""

    reason = "MAIL_REFUSED"


class MailFate(Enum):
    """What became of a mail once its sending had begun. None of them is tried again: a person gets it once at most."""

    TAKEN = "the server has it"
    DECLINED = "the server did not want it"
    UNKNOWN = "the connection ended before the server answered"


class Mail(Protocol):
    """Sends mails, several at a time."""

    async def send(self, message: MailMessage, before_data: BeforeData) -> MailFate:
        """TryLater or AddressRefused, both before `before_data` has run; Invalid for what can be no mail.

        After it nothing is raised: the fate says what became of the mail.
        """

    async def close(self) -> None:
        """End the connections that wait for more mails."""
