"""Mails by SMTP."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from services.kit.clock import Clock
from services.kit.mail.mail import AddressRefused, BeforeData, MailFate, TryLater
from services.kit.mail.message import MailMessage, as_bytes, travelling

SECONDS: Final = 30.0
"""For one step; RFC 5321 allows minutes, in which nobody else would get a mail."""
MOST_IDLE: Final = 4
PERMANENT: Final = 500


@dataclass(frozen=True)
class SmtpServer:
    """Where mails go. With a password the connection is encrypted or nothing is sent."""

    host: str
    port: int
    is_tls: bool
    """From the first byte; else by STARTTLS where the server offers it."""
    user: str | None = None
    password: str | None = None

    def client(self) -> SMTP:
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.is_tls,
            start_tls=None if not self.user or self.is_tls else True,
            timeout=SECONDS,
        )


class SmtpMail:
    """Keeps a few connections for the next mails. Errors name neither an address nor what the server says of it."""

    def __init__(self, server: SmtpServer, sender: str, clock: Clock) -> None:
        self.server = server
        self.sender = sender
        self.clock = clock
        self._idle: list[SMTP] = []

    async def send(self, message: MailMessage, before_data: BeforeData) -> MailFate:
        """As the port has it."""
        content = as_bytes(message, self.sender, self.clock())
        client = await self._addressed(travelling(message.to))
        try:
            await before_data()
            delivery = await _transfer(client, content)
        except BaseException:
            client.close()
            raise
        if client.is_connected and len(self._idle) < MOST_IDLE:
            self._idle.append(client)
        else:
            client.close()
        return delivery

    async def close(self) -> None:
        """As the port has it."""
        while self._idle:
            client = self._idle.pop()
            with suppress(SMTPException, OSError):
                await client.quit()
            client.close()

    async def _addressed(self, to: str) -> SMTP:
        """A connection whose server waits for DATA. One that waited may have ended meanwhile: then by a new one."""
        while self._idle:
            client = self._idle.pop()
            with suppress(TryLater):
                return await self._address(client, to)
        client = self.server.client()
        try:
            await client.connect()
        except (SMTPException, OSError, ValueError) as error:
            client.close()
            raise _later(error) from None
        return await self._address(client, to)

    async def _address(self, client: SMTP, to: str) -> SMTP:
        try:
            options = _options(client, to)
            encoding = "utf-8" if options else "ascii"
            await client.mail(self.sender, options=options, encoding=encoding)
            await client.rcpt(to, encoding=encoding)
        except SMTPRecipientRefused as error:
            client.close()
            if error.code >= PERMANENT:
                raise _refused(error.code) from None
            raise _later(error) from None
        except (SMTPException, OSError) as error:
            client.close()
            raise _later(error) from None
        except BaseException:
            client.close()
            raise
        return client


async def _transfer(client: SMTP, content: bytes) -> MailFate:
    """From DATA on nothing is raised: who cannot know whether a mail arrived must not send it again."""
    try:
        await client.data(content)
    except SMTPResponseException:
        return MailFate.DECLINED
    except (SMTPException, OSError):
        return MailFate.UNKNOWN
    return MailFate.TAKEN


def _options(client: SMTP, to: str) -> list[str]:
    """Of MAIL. AddressRefused where the address has letters that this server does not take."""
    if to.isascii():
        return []
    if client.supports_extension("smtputf8"):
        return ["SMTPUTF8", "BODY=8BITMIME"]
    raise AddressRefused("the mail server takes only addresses of ASCII letters before the @")


def _later(error: Exception) -> TryLater:
    """Also for 5xx that are about us and not about whom a mail is for: somebody has to see to the settings."""
    code = f" {error.code}" if isinstance(error, SMTPResponseException) else ""
    return TryLater(f"the mail server takes no mail now ({type(error).__name__}{code})")


def _refused(code: int) -> AddressRefused:
    return AddressRefused(f"the mail server takes no mail for this address ({code})")
