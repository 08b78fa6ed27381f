"""Mails to a real SMTP server: sent once at most, and what was not sent is known."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd import smtp
from aiosmtpd.smtp import Envelope, Session

from services.kit.errors import Unavailable
from services.kit.mail.mail import AddressRefused, MailFate, TryLater
from services.kit.mail.message import MailMessage
from services.kit.mail.opening import open_mail
from services.kit.mail.smtp import SmtpMail

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def mail_to(to: str) -> MailMessage:
    return MailMessage(to, "Hello", "text\n.\nafter a lone dot", "", "en")


def hang_up(transport: asyncio.BaseTransport | None) -> None:
    assert isinstance(transport, asyncio.Transport)
    transport.abort()


class Inbox:
    """A server's mails; what it answers is what the address asks for."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.connections: set[int] = set()
        self.offers_utf8 = False

    async def handle_MAIL(
        self,
        server: smtp.SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        self.connections.add(id(session))
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self,
        server: smtp.SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if address[0].isdigit():
            return f"{address[:3]} not {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: smtp.SMTP, session: Session, envelope: Envelope) -> str:
        if "hangup" in envelope.rcpt_tos[0]:
            hang_up(server.transport)
        self.mails.append(envelope)
        return "554 no" if "spam" in envelope.rcpt_tos[0] else "250 OK"


@asynccontextmanager
async def listening(inbox: Inbox) -> AsyncIterator[SmtpMail]:
    """A real server, and the port that sends to it."""
    loop = asyncio.get_running_loop()

    def protocol() -> smtp.SMTP:
        return smtp.SMTP(inbox, enable_SMTPUTF8=inbox.offers_utf8, loop=loop, hostname="test")

    server = await loop.create_server(protocol, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    mail = open_mail(f"smtp://127.0.0.1:{port}", "cxm@example.org", lambda: AT)
    assert isinstance(mail, SmtpMail)
    try:
        yield mail
    finally:
        await mail.close()
        server.close()


class Steps:
    """Counts how often sending began."""

    def __init__(self) -> None:
        self.begun = 0

    async def begin(self) -> None:
        self.begun += 1


async def test_mails_arrive_whole_by_one_connection() -> None:
    inbox, steps = Inbox(), Steps()
    async with listening(inbox) as mail:
        for name in ("a", "b", "c"):
            taken = await mail.send(mail_to(f"{name}@example.com"), steps.begin)
            assert taken is MailFate.TAKEN

    assert [envelope.rcpt_tos for envelope in inbox.mails] == [[f"{n}@example.com"] for n in "abc"]
    assert b"text\r\n.\r\nafter a lone dot" in (inbox.mails[0].original_content or b"")
    assert (steps.begun, len(inbox.connections)) == (3, 1)


@pytest.mark.parametrize(
    ("to", "kind"), [("451@example.com", TryLater), ("550@example.com", AddressRefused)]
)
async def test_what_the_server_does_not_take_has_not_begun(to: str, kind: type[Exception]) -> None:
    inbox, steps = Inbox(), Steps()
    async with listening(inbox) as mail:
        with pytest.raises(kind) as failed:
            await mail.send(mail_to(to), steps.begin)
        assert "example.com" not in str(failed.value)
        assert await mail.send(mail_to("a@example.com"), steps.begin) is MailFate.TAKEN

    assert (steps.begun, len(inbox.mails)) == (1, 1)


async def test_no_server_means_later() -> None:
    steps = Steps()
    async with listening(Inbox()) as mail:
        pass
    with pytest.raises(TryLater):
        await mail.send(mail_to("a@example.com"), steps.begin)

    assert steps.begun == 0


async def test_a_connection_that_ended_while_it_waited_costs_no_mail() -> None:
    inbox, steps = Inbox(), Steps()
    async with listening(inbox) as mail:
        await mail.send(mail_to("a@example.com"), steps.begin)
        hang_up(mail._idle[0].transport)
        assert await mail.send(mail_to("b@example.com"), steps.begin) is MailFate.TAKEN

    assert (steps.begun, len(inbox.mails)) == (2, 2)


@pytest.mark.parametrize(
    ("to", "delivery"),
    [("hangup@example.com", MailFate.UNKNOWN), ("spam@example.com", MailFate.DECLINED)],
)
async def test_after_data_nothing_is_raised_and_nothing_sent_again(
    to: str, delivery: MailFate
) -> None:
    inbox, steps = Inbox(), Steps()
    async with listening(inbox) as mail:
        assert await mail.send(mail_to(to), steps.begin) is delivery

    assert (steps.begun, len(inbox.mails)) == (1, 1)


async def test_where_the_step_before_fails_nothing_is_sent() -> None:
    async def fail() -> None:
        raise Unavailable("no database")

    inbox = Inbox()
    async with listening(inbox) as mail:
        with pytest.raises(Unavailable, match="no database"):
            await mail.send(mail_to("a@example.com"), fail)

    assert inbox.mails == []


async def test_addresses_in_other_letters() -> None:
    inbox, steps = Inbox(), Steps()
    async with listening(inbox) as mail:
        assert await mail.send(mail_to("ana@čas.example"), steps.begin) is MailFate.TAKEN
        with pytest.raises(AddressRefused):
            await mail.send(mail_to("žana@čas.example"), steps.begin)
    inbox.offers_utf8 = True
    async with listening(inbox) as mail:
        assert await mail.send(mail_to("žana@čas.example"), steps.begin) is MailFate.TAKEN

    assert [mail.rcpt_tos for mail in inbox.mails] == [
        ["ana@xn--as-dma.example"],
        ["žana@xn--as-dma.example"],
    ]


async def test_a_password_is_not_sent_where_nothing_is_encrypted() -> None:
    steps = Steps()
    inbox = Inbox()
    async with listening(inbox) as mail:
        url = f"smtp://user:secret@127.0.0.1:{mail.server.port}"
        with pytest.raises(TryLater) as failed:
            await open_mail(url, "cxm@example.org", lambda: AT).send(
                mail_to("a@b.org"), steps.begin
            )

    assert "secret" not in str(failed.value)
    assert steps.begun == 0


async def test_a_folder_takes_mails_as_files(tmp_path: Path) -> None:
    steps = Steps()
    mail = open_mail(f"file://{tmp_path}/mails", "cxm@example.org", lambda: AT)

    assert await mail.send(mail_to("a@example.com"), steps.begin) is MailFate.TAKEN

    (path,) = (tmp_path / "mails").iterdir()
    assert path.suffix == ".eml"
    assert b"To: a@example.com" in path.read_bytes()
    assert steps.begun == 1


async def test_the_console_shows_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    mail = open_mail("console:", "cxm@example.org", lambda: AT)

    await mail.send(mail_to("a@example.com"), Steps().begin)

    assert "mail to a@example.com: Hello" in capsys.readouterr().out
