"""After a restore of an older backup profile is not ready until it has erased again whom the journal names."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
import pytest

from cxm.profile.v1 import privacy_pb2 as pb
from services.kit.clock import new_id
from services.kit.events.streams import ERASURE_LIFTED, ERASURE_ORDERED
from services.kit.sealing.answer_receipts import answer_receipt
from services.kit.sealing.receipts import is_signed
from services.profile.customers.storage import Name
from services.profile.privacy.convert import receipt_of
from services.profile.privacy.journal import REAPPLY, EntryKind, Journal, JournalEntry
from services.profile.privacy.reapplying import ErasureReapplier
from services.profile.summaries.storage import find_stale
from tests.service.profile.support.customers import KEYS, Customers, code, item, statuses
from tests.service.profile.support.erasures import Erasures, figures

ILZE = ("CUSTOMER:ilze-1", "EMAIL:ilze@example.com")
GONE = "profile_erasure, profile_erasure_receipt, profile_customer_erased, outbox"


async def go_back(erasures: Erasures, customers: Customers) -> None:
    """The database as it was before the request: without it and its block, with the customer."""
    await erasures.database.fetch(f"TRUNCATE {GONE}")
    await erasures.database.fetch("ALTER SEQUENCE profile_erasure_revision RESTART")
    assert statuses(await customers.upsert(item(*ILZE))) == ["STORED"]


@asynccontextmanager
async def starting(
    erasures: Erasures, said: "asyncio.Queue[str]"
) -> AsyncIterator["asyncio.Task[None]"]:
    """What profile does at its start before it answers anybody."""
    reapplier = erasures.runner.reapplier
    start = asyncio.create_task(reapplier.await_agreement(said.put_nowait))
    yield start
    start.cancel()
    await asyncio.gather(start, return_exceptions=True)


async def test_an_older_database_waits_until_its_erasures_are_done_again(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item(*ILZE))
    done = await erasures.erase(ILZE[0])
    await go_back(erasures, customers)
    said: asyncio.Queue[str] = asyncio.Queue()

    async with starting(erasures, said) as start:
        why = await asyncio.wait_for(said.get(), timeout=10)
        assert not start.done()
        assert why.startswith("ERASURES_MISSING: the database lacks 1 of the erasures")
        assert "cxm privacy reapply" in why

        (erasures.runner.reapplier.journal.directory / REAPPLY).touch()
        await asyncio.wait_for(start, timeout=10)

    told = [said.get_nowait() for _ in range(said.qsize())]
    assert set(told[:-1]) <= {why}
    assert told[-1] == ""
    assert not erasures.runner.reapplier.journal.is_to_be_reapplied
    again = await erasures.get(done.id)
    assert again.state == pb.ERASURE_STATE_RUNNING
    (receipt,) = map(receipt_of, again.receipts)
    assert is_signed(KEYS.refs, receipt)
    assert figures(again.receipts, "profile")["profile_customer_alias"] == (2, 0, 0)
    (fact,) = await erasures.announced(ERASURE_ORDERED)
    assert (fact.id, len(fact.refs)) == (done.id, 1)
    assert await code(customers.find(ILZE[0])) is grpc.StatusCode.NOT_FOUND
    assert statuses(await customers.upsert(item(ILZE[1]))) == ["ERASED identifiers.0.value"]

    await erasures.survey_reports(done.id)
    await erasures.runner.look()
    assert (await erasures.get(done.id)).state == pb.ERASURE_STATE_DONE
    assert ("erasure_reapplied", "service:profile") in await erasures.deeds()


async def test_without_its_journal_a_restore_brings_the_erased_back(
    customers: Customers, erasures: Erasures
) -> None:
    """The control: nobody knows, and nothing is waited for."""
    await customers.upsert(item(*ILZE))
    await erasures.erase(ILZE[0])
    await go_back(erasures, customers)
    erasures.runner.reapplier.journal.path.unlink()
    said: asyncio.Queue[str] = asyncio.Queue()

    async with starting(erasures, said) as start:
        await asyncio.wait_for(start, timeout=10)

    assert (said.get_nowait(), said.empty()) == ("", True)
    assert await customers.find(ILZE[0])


async def test_what_was_allowed_after_an_erasure_is_allowed_again(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item(*ILZE))
    await erasures.erase(ILZE[0])
    assert await erasures.allow(ILZE[0])
    (before,) = await erasures.announced(ERASURE_LIFTED)
    await go_back(erasures, customers)

    await erasures.runner.reapplier.reapply()

    reply = await customers.upsert(item(ILZE[0]), item(ILZE[1]))
    assert statuses(reply) == ["STORED", "ERASED identifiers.0.value"]
    assert await erasures.announced(ERASURE_LIFTED) == [before]
    other = await erasures.erase(ILZE[0])
    assert other.state == pb.ERASURE_STATE_DONE
    assert statuses(await customers.upsert(item(ILZE[0]))) == ["ERASED identifiers.0.value"]


async def test_reapplied_twice_it_orders_again_and_changes_nothing(
    customers: Customers, erasures: Erasures
) -> None:
    """Another service may be restored to an older day: it hears of every order that a backup may lack."""
    await customers.upsert(item(*ILZE))
    done = await erasures.erase(ILZE[0])

    for times in (2, 3):
        await erasures.runner.reapplier.reapply()
        assert await erasures.get(done.id) == done
        facts = await erasures.announced(ERASURE_ORDERED)
        assert facts == [facts[0]] * times


async def test_a_journal_that_was_lost_is_written_anew(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item(*ILZE))
    done = await erasures.erase(ILZE[0])
    journal = erasures.runner.reapplier.journal
    (before,) = journal.read()
    journal.path.unlink()

    await erasures.runner.reapplier.await_agreement(lambda _: None)

    (entry,) = journal.read()
    assert (entry.kind, entry.request) == (EntryKind.ORDERED, done.id)
    assert set(entry.names) == set(before.names)
    assert entry.revision == before.revision


async def test_an_order_does_not_go_out_without_the_journal(
    customers: Customers, erasures: Erasures
) -> None:
    """It is carried out when the journal is there again."""
    await customers.upsert(item(*ILZE))
    id_ = await erasures.counted(ILZE[0])
    await erasures.decide(id_)
    reapplier = erasures.runner.reapplier
    there, reapplier.orders.journal = (
        reapplier.orders.journal,
        Journal(reapplier.journal.path, KEYS.refs),  # a file where a directory should be
    )

    assert isinstance(reapplier, ErasureReapplier)
    with_error = await asyncio.gather(erasures.runner.look(), return_exceptions=True)
    assert "JOURNAL_AWAY" in [getattr(error, "reason", "") for error in with_error]
    assert await erasures.announced(ERASURE_ORDERED) == []
    assert (await erasures.get(id_)).state == pb.ERASURE_STATE_APPROVED

    reapplier.orders.journal = there
    await erasures.runner.look()
    assert (await erasures.get(id_)).state == pb.ERASURE_STATE_RUNNING


@pytest.mark.parametrize("erased", [0, 1, 2])
async def test_who_was_joined_with_the_erased_in_the_backup_is_parted(
    customers: Customers, erasures: Erasures, erased: int
) -> None:
    """They were unlinked between the backup and the order, which names one of them alone."""
    numbers = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv", "EMAIL:c@x.lv")
    await customers.link(numbers[0], numbers[1])
    await customers.link(numbers[1], numbers[2])
    (row,) = await erasures.database.pool.fetch(
        "SELECT kind, ref FROM profile_customer_alias WHERE id = $1", numbers[erased]
    )
    reapplier, request = erasures.runner.reapplier, new_id()
    name = Name(row["kind"], row["ref"])
    reapplier.journal.append(JournalEntry(EntryKind.ORDERED, request, erasures.watch(), 1, [name]))

    await reapplier.reapply()

    left = [number for number in numbers if number != numbers[erased]]
    apart = erased == 1
    for number in left:
        assert await customers.members(number) == ([number] if apart else left)
    async with erasures.database.write() as session:
        assert await find_stale(session, numbers) == set()
    await erasures.survey_reports(request)
    await erasures.runner.look()
    assert (await erasures.get(request)).state == pb.ERASURE_STATE_DONE


async def cut(erasures: Erasures) -> None:
    """The order is in the journal, and its transaction fails."""
    await erasures.database.fetch("ALTER TABLE profile_erasure_receipt RENAME TO away")
    (failed,) = await asyncio.gather(erasures.runner.look(), return_exceptions=True)
    assert isinstance(failed, Exception)
    await erasures.database.fetch("ALTER TABLE away RENAME TO profile_erasure_receipt")


async def test_an_order_that_was_cut_goes_out_by_its_line(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item(*ILZE))
    id_ = await erasures.counted(ILZE[0])
    await erasures.decide(id_)
    await cut(erasures)

    await erasures.runner.look()

    (entry,) = erasures.runner.reapplier.journal.read()
    (order,) = await erasures.announced(ERASURE_ORDERED)
    assert order.revision == entry.revision
    assert (await erasures.get(id_)).state == pb.ERASURE_STATE_RUNNING


@pytest.mark.parametrize("is_refused", [True, False])
async def test_an_order_that_was_cut_and_is_not_approved_any_more_is_void(
    customers: Customers, erasures: Erasures, is_refused: bool
) -> None:
    await customers.upsert(item(*ILZE))
    id_ = await erasures.counted(ILZE[0])
    await erasures.decide(id_)
    await cut(erasures)
    await customers.upsert(item(*ILZE, "PHONE:+37120000000"))

    await erasures.runner.look()

    reapplier = erasures.runner.reapplier
    assert [each.kind for each in reapplier.journal.read()] == [EntryKind.ORDERED, EntryKind.VOID]
    assert (await erasures.get(id_)).state == pb.ERASURE_STATE_REQUESTED
    if is_refused:
        await erasures.decide(id_, approve=False, reason="taken back")
        await erasures.database.fetch(f"TRUNCATE {GONE}")
    assert await reapplier.find_missing() == []
    await reapplier.reapply()
    assert await customers.find(ILZE[0])


async def test_a_refusal_makes_an_order_void_that_was_cut(
    customers: Customers, erasures: Erasures
) -> None:
    """Also where nobody has counted anew since."""
    await customers.upsert(item(*ILZE))
    id_ = await erasures.counted(ILZE[0])
    journal = erasures.runner.reapplier.journal
    journal.append(JournalEntry(EntryKind.ORDERED, id_, erasures.watch(), 1, []))

    await erasures.decide(id_, approve=False, reason="taken back")

    assert journal.orders() == {}


async def test_answers_and_what_was_allowed_are_written_anew_too(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item(*ILZE))
    done = await erasures.erase(ILZE[0])
    assert await erasures.allow(ILZE[0])
    mine = new_id()
    alone = await erasures.counted("", answers={mine: answer_receipt(KEYS.refs, mine)})
    await erasures.decide(alone)
    await erasures.runner.look()
    reapplier = erasures.runner.reapplier
    ordered, allowed, answers = before = reapplier.journal.read()
    assert [each.request for each in before] == [done.id, done.id, alone]
    reapplier.journal.path.unlink()
    reapplier.journal.append(allowed)

    await reapplier.complete_journal()
    await reapplier.complete_journal()

    kept, first, second = reapplier.journal.read()
    assert kept == allowed
    assert (first.request, first.kind, second.request) == (done.id, EntryKind.ORDERED, alone)
    assert set(first.names) == set(ordered.names)
    assert second.responses == answers.responses == (mine,)

    reapplier.journal.path.unlink()
    await reapplier.complete_journal()
    assert allowed in reapplier.journal.read()
