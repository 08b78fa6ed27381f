"""Mails with links, by a real SMTP server: tried again until it takes them, and never again after that."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiosmtpd import smtp
from aiosmtpd.smtp import Envelope, Session

from cxm.employee_exp.v1 import employee_exp_pb2 as employee_pb2
from services.employee_exp.invitations.domain import WAITS
from services.kit.mail.mail import BeforeData, MailFate
from services.kit.mail.message import MailMessage
from services.kit.mail.opening import open_mail
from tests.service.employee_exp.support.waves import Waves, names

TAKEN = "250 OK"
FOR_EVER = 1e6


class Server:
    """Takes mails; says else what a test lays down for an address: at RCPT until a minute, at DATA once.

    An answer, or `hang up`. A port may ask twice at once, by a connection that waited and by another.
    """

    def __init__(self, waves: Waves, **at_rcpt: tuple[str, float]) -> None:
        self.watch, self.begins = waves.watch, waves.watch()
        self.at_rcpt = at_rcpt
        self.at_data: dict[str, str] = {}
        self.asked: Counter[str] = Counter()
        self.begun: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()

    async def handle_RCPT(
        self,
        server: smtp.SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        name = address.partition("@")[0]
        self.asked[name] += 1
        envelope.rcpt_tos.append(address)
        answer, minutes = self.at_rcpt.get(name, (TAKEN, 0.0))
        is_over = self.watch() >= self.begins + timedelta(minutes=minutes)
        return _answer(server, TAKEN if is_over else answer)

    async def handle_DATA(self, server: smtp.SMTP, session: Session, envelope: Envelope) -> str:
        name = envelope.rcpt_tos[0].partition("@")[0]
        self.begun[name] += 1
        answer = _answer(server, self.at_data.pop(name, TAKEN))
        self.taken[name] += answer.startswith("250")
        return answer


def _answer(server: smtp.SMTP, answer: str) -> str:
    if answer == "hang up":
        assert isinstance(server.transport, asyncio.Transport)
        server.transport.abort()
    return answer


@asynccontextmanager
async def listening(waves: Waves, server: Server) -> AsyncIterator[None]:
    """Mails of these waves go to a real server."""
    loop = asyncio.get_running_loop()
    opened = await loop.create_server(
        lambda: smtp.SMTP(server, loop=loop, hostname="test"), "127.0.0.1", 0
    )
    port = opened.sockets[0].getsockname()[1]
    mail = open_mail(f"smtp://127.0.0.1:{port}", "cxm@example.org", waves.watch)
    waves.runner.sender.mail = mail
    try:
        yield
    finally:
        await mail.close()
        opened.close()


async def invite(waves: Waves, *who: str) -> None:
    """A wave with so many invited, of whom these have an address."""
    await waves.employ("sales", *who, email=True)
    await waves.employ("sales", *names("silent", 6))
    await waves.upsert(waves.draft(reminders=[3]))
    await waves.open()


async def change_address(waves: Waves, name: str, email: str) -> None:
    details = employee_pb2.EmployeeDetails(email=email)
    items = [employee_pb2.DetailsItem(employee=name, details=details)]
    request = employee_pb2.SetEmployeeDetailsRequest(items=items)
    reply = await waves.employees.stub.SetEmployeeDetails(request, metadata=waves.bearer())
    assert not reply.results[0].refusals, reply


async def waiting(waves: Waves) -> int:
    count: int = await waves.database.fetchval("SELECT count(*) FROM employee_exp_mailing")
    return count


async def links_sent(waves: Waves) -> int:
    found = await waves.get()
    assert found is not None
    return found.links_sent


async def test_a_mail_that_the_server_puts_off_is_sent_later_and_once(waves: Waves) -> None:
    server = Server(waves, ann=("451 later", 2), bea=("hang up", 0.5))
    await invite(waves, "ann", "bea", "cid")
    async with listening(waves, server):
        taken = []
        for minutes in (0, 0.9, 0.2, 4.8, 0.3, 600):
            waves.watch.move(minutes=minutes)
            await waves.runner.send_mails()
            taken.append((server.taken["ann"], server.taken["bea"], server.taken["cid"]))

    # After 1 minute, and 5 minutes after that.
    assert taken == [(0, 0, 1), (0, 0, 1), (0, 1, 1), (0, 1, 1), (1, 1, 1), (1, 1, 1)]
    assert (await waiting(waves), await links_sent(waves)) == (0, 3)


@pytest.mark.parametrize("ending", ["hang up", "451 later", "554 spam"])
async def test_a_mail_that_the_server_was_given_is_never_given_again(
    waves: Waves, ending: str
) -> None:
    """However that ended: it may have arrived. The control is the test above: before that it is sent again."""
    server = Server(waves)
    server.at_data["ann"] = ending
    await invite(waves, "ann", "bea")
    async with listening(waves, server):
        for _ in (0, *WAITS, WAITS[-1]):
            await waves.runner.send_mails()
            waves.watch.move(hours=9)

    assert server.begun == {"ann": 1, "bea": 1}
    assert await waiting(waves) == 0


async def test_who_dies_between_writing_down_and_sending_sends_nothing_more(waves: Waves) -> None:
    class Dying:
        async def send(self, message: MailMessage, before_data: BeforeData) -> MailFate:
            await before_data()
            raise asyncio.CancelledError

        async def close(self) -> None: ...

    server = Server(waves)
    await invite(waves, "ann")
    waves.runner.sender.mail = Dying()
    with pytest.raises(asyncio.CancelledError):
        await waves.runner.send_mails()

    async with listening(waves, server):
        await waves.runner.send_mails()
    assert server.begun == {}
    assert await waiting(waves) == 0


async def test_who_cannot_write_it_down_sends_nothing_and_tries_again(waves: Waves) -> None:
    server = Server(waves)
    await invite(waves, "ann")
    await waves.database.fetch("REVOKE DELETE ON employee_exp_mailing FROM cxm_employee_exp_intake")
    async with listening(waves, server):
        with pytest.raises(Exception, match="permission denied"):
            await waves.runner.send_mails()
        assert (server.begun, await waiting(waves)) == ({}, 1)

        await waves.database.fetch(
            "GRANT DELETE ON employee_exp_mailing TO cxm_employee_exp_intake"
        )
        await waves.runner.send_mails()
    assert server.taken == {"ann": 1}


async def test_without_a_server_a_mail_is_tried_six_times_and_given_up(waves: Waves) -> None:
    server = Server(waves)
    await invite(waves, "ann")
    async with listening(waves, server):
        pass  # nobody listens any more
    left = []
    for wait in (*WAITS, WAITS[0]):
        await waves.runner.send_mails()
        left.append(await waiting(waves))
        waves.watch.at += wait
    assert left == [1, 1, 1, 1, 1, 0]

    async with listening(waves, server):
        waves.watch.move(days=1)
        await waves.runner.send_mails()
    assert server.asked == {}


async def test_an_address_that_is_refused_is_not_tried_again(waves: Waves) -> None:
    server = Server(waves, ann=("550 nobody", FOR_EVER))
    await invite(waves, "ann", "bea")
    async with listening(waves, server):
        for _ in range(3):
            await waves.runner.send_mails()
            waves.watch.move(hours=9)

    assert server.asked == {"ann": 1, "bea": 1}
    assert await links_sent(waves) == 1


async def test_two_who_send_at_once_send_each_mail_once(waves: Waves) -> None:
    server = Server(waves)
    who = names("p", 20)
    await invite(waves, *who)
    async with listening(waves, server):
        await asyncio.gather(*(waves.runner.sender.send_due() for _ in range(3)))

    assert server.taken == dict.fromkeys(who, 1)
    assert await links_sent(waves) == 20


async def test_nobody_is_mailed_who_answered_or_when_it_is_over(waves: Waves) -> None:
    server = Server(waves)
    await invite(waves, "ann", "bea")
    await waves.database.fetch(
        "UPDATE employee_exp_invitation SET spent = true WHERE employee_id ="
        " (SELECT id FROM employee_exp_employee WHERE external_id = 'ann')"
    )
    async with listening(waves, server):
        await waves.runner.send_mails()
        assert server.taken == {"bea": 1}
        waves.watch.move(days=3)
        await waves.runner.look()
        assert await waiting(waves) == 7  # of whoever did not answer, with an address or not
        waves.watch.move(days=11)  # its time is over, and nobody has closed it yet
        await waves.runner.send_mails()

    assert server.taken == {"bea": 1}
    assert await waiting(waves) == 0


@pytest.mark.parametrize("days", [0, 3])
async def test_mails_go_to_the_address_of_the_opening_and_to_no_other(
    waves: Waves, capfd: pytest.CaptureFixture[str], days: int
) -> None:
    """Or who may change addresses would learn who did not answer. An invitation at 0 days, a reminder at 3."""
    server = Server(waves)
    await invite(waves, "ann", "bea", "cid")
    async with listening(waves, server):
        if days:
            await waves.runner.send_mails()
            waves.watch.move(days=days)
            await waves.runner.look()
        server.taken.clear()
        await change_address(waves, "ann", "boss@example.org")
        await change_address(waves, "silent0", "boss@example.org")  # who had none
        await change_address(waves, "bea", "cid@example.org")  # which another one has
        await waves.runner.send_mails()

        assert server.taken == {"cid": 1}
        assert await waiting(waves) == 0
        assert "mails not sent" not in "".join(capfd.readouterr())


async def test_a_close_and_a_mail_at_once_do_not_lock_each_other_out(waves: Waves) -> None:
    server = Server(waves)
    await invite(waves, "ann")
    waits = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event_type = 'Lock'"
    )
    async with listening(waves, server), waves.database.pool.acquire() as connection:
        async with connection.transaction():
            await connection.fetch("SELECT FROM employee_exp_wave FOR UPDATE")  # as closing does
            sending = asyncio.create_task(waves.runner.send_mails())
            while not await waves.database.fetchval(waits):
                assert not sending.done()
            await connection.execute("SELECT set_config('cxm.purpose', 'closing', true)")
            await connection.execute("DELETE FROM employee_exp_mailing")
        await sending

    assert server.taken == {}
    assert await links_sent(waves) == 0


async def test_logs_of_mails_hold_no_address_and_no_link(
    waves: Waves, capfd: pytest.CaptureFixture[str]
) -> None:
    refusal = ("550 nobody like ann@example.org", FOR_EVER)
    server = Server(waves, ann=refusal, bea=("451 later bea@example.org", FOR_EVER))
    await invite(waves, "ann", "bea", "cid")
    async with listening(waves, server):
        await waves.runner.send_mails()

    logged = "".join(capfd.readouterr())
    assert "fates=['postponed', 'refused']" in logged
    assert "example.org" not in logged
    assert "/w/" not in logged
