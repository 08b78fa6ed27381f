"""A customer is forgotten: asked for by one, approved by another, proven by receipts, and not stored again."""

import asyncio
import random
from datetime import UTC, timedelta
from uuid import UUID

import grpc
import pytest

from cxm.profile.v1 import privacy_pb2 as pb
from services.kit.clock import new_id
from services.kit.errors import Broken, NotFound
from services.kit.events.streams import ERASURE_ASKED, ERASURE_LIFTED, ERASURE_ORDERED
from services.kit.rights.access import Role
from services.kit.sealing.answer_receipts import answer_receipt
from services.kit.sealing.customer_refs import identifier_ref
from services.kit.sealing.receipts import is_chain
from services.profile.privacy import storage
from services.profile.privacy.convert import receipt_of
from services.profile.privacy.domain import MOST_OPEN
from services.profile.privacy.running import ErasureRunner
from tests.service.profile.support.customers import KEYS, Customers, code, item, statuses
from tests.service.profile.support.erasures import OFFICER, Erasures, figures

REQUESTED, COUNTED = pb.ERASURE_STATE_REQUESTED, pb.ERASURE_STATE_COUNTED
APPROVED, REFUSED = pb.ERASURE_STATE_APPROVED, pb.ERASURE_STATE_REFUSED
RUNNING, DONE = pb.ERASURE_STATE_RUNNING, pb.ERASURE_STATE_DONE
PERSONAL_TABLES = tuple(each.table for each in storage.TABLES if not each.stays)


async def rows(erasures: Erasures) -> dict[str, int]:
    """How many rows there are in each table that an erasure deletes from."""
    return {
        table: await erasures.database.fetchval(f"SELECT count(*) FROM {table}")
        for table in PERSONAL_TABLES
    }


async def somebody(customers: Customers) -> tuple[int, int]:
    """A person of three aliases with all that may be known of one, and another person that once belonged to it."""
    reply = await customers.upsert(
        item("CUSTOMER:ilze-1", "EMAIL:ilze@example.com", attributes={"name": "Ilze"}),
        item("PHONE:+37120000017", attributes={"plan": "gold"}),
        item("CARD:900100"),
        item("CUSTOMER:ilze-2"),
    )
    ilze, phone, card, second = (int(result.id) for result in reply.results)
    await customers.link(ilze, phone)
    await customers.link(phone, card)
    await customers.unlink(phone, card)
    await customers.link(ilze, second)  # refused: two customer numbers
    await customers.reveal(ilze)
    return ilze, card


async def test_a_request_is_counted_approved_carried_out_and_proven(
    customers: Customers, erasures: Erasures
) -> None:
    ilze, card = await somebody(customers)
    others = await customers.get(card)
    before = await rows(erasures)

    asked = await erasures.request("EMAIL:ilze@example.com")
    assert (asked.state, asked.number, asked.aliases) == (REQUESTED, ilze, 3)
    assert (asked.reason, list(asked.formerly_linked)) == ("by letter", [card])
    assert (asked.due_at.seconds - asked.requested_at.seconds) == 30 * 86_400
    (fact,) = await erasures.announced(ERASURE_ASKED)
    assert list(fact.refs) == [identifier_ref(KEYS.refs, "CUSTOMER", "ilze-1")]
    assert await rows(erasures) == before

    await erasures.survey_counts(asked.id)
    assert (await erasures.get(asked.id)).state == COUNTED
    assert (await erasures.decide(asked.id)).state == APPROVED
    await erasures.runner.look()
    running = await erasures.get(asked.id)
    assert (running.state, len(running.receipts)) == (RUNNING, 1)

    await erasures.survey_reports(asked.id)
    await erasures.runner.look()
    done = await erasures.get(asked.id)

    assert (done.state, done.reason, list(done.formerly_linked)) == (DONE, "", [])
    assert done.held_until.seconds - done.done_at.seconds == 35 * 86_400
    found = figures(done.receipts, "profile")
    assert found["profile_customer_alias"] == (3, 0, 0)
    assert found["profile_customer_attribute"] == (2, 0, 0)
    assert found["profile_customer_link"] == (3, 0, 0)
    assert found["profile_customer_conflict"] == (1, 0, 0)
    assert found["profile_customer_reason"] == (4, 0, 0)
    assert figures(done.counts, "profile") == found
    assert await customers.get(card) == others
    assert await code(customers.get(ilze)) is grpc.StatusCode.NOT_FOUND
    assert await erasures.deeds() == [
        ("erasure_requested", "test-admin"),
        ("erasure_approved", OFFICER),
        ("erasure_done", "service:profile"),
    ]


async def test_what_was_erased_is_not_stored_again_until_it_is_allowed(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item("CUSTOMER:ilze-1", "EMAIL:ilze@example.com"))
    await erasures.erase("CUSTOMER:ilze-1")

    again = await customers.upsert(
        item("CUSTOMER:ilze-1"),
        item("CUSTOMER:other", "EMAIL:Ilze@Example.com"),
        item("CUSTOMER:janis"),
    )
    assert statuses(again) == [
        "ERASED identifiers.0.value",
        "ERASED identifiers.1.value",
        "STORED",
    ]
    assert await code(customers.find("CUSTOMER:other")) is grpc.StatusCode.NOT_FOUND
    assert await code(erasures.request("CUSTOMER:ilze-1")) is grpc.StatusCode.NOT_FOUND

    assert await erasures.allow("CUSTOMER:ilze-1")
    assert not await erasures.allow("CUSTOMER:ilze-1")
    back = await customers.upsert(item("CUSTOMER:ilze-1"), item("EMAIL:ilze@example.com"))
    assert statuses(back) == ["STORED", "ERASED identifiers.0.value"]
    (lifted,) = await erasures.announced(ERASURE_LIFTED)
    (ordered,) = await erasures.announced(ERASURE_ORDERED)
    assert (list(lifted.refs), lifted.revision > ordered.revision) == (list(ordered.refs), True)

    await erasures.erase("CUSTOMER:ilze-1")
    assert await erasures.database.fetchval("SELECT count(*) FROM profile_customer_reason") == 0
    assert statuses(await customers.upsert(item("CUSTOMER:ilze-1"))) == [
        "ERASED identifiers.0.value"
    ]


async def test_no_walk_of_an_erasure_reads_a_whole_table(
    customers: Customers, erasures: Erasures
) -> None:
    """With sequential reads at a price that no plan pays; the control: without its index one is paid."""
    wanted = [
        f"SELECT count(*) FROM {each.table} WHERE {each.condition}" for each in storage.TABLES
    ]

    async def whole() -> set[str]:
        plans = ["SET enable_seqscan = off"]
        plans += [f"EXPLAIN {said}" for said in map(with_numbers, wanted)]
        async with erasures.database.pool.acquire() as connection:
            found = [[row[0] for row in await connection.fetch(plan)] for plan in plans]
            await connection.execute("RESET enable_seqscan")
        lines = (line.strip(" ->") for plan in found for line in plan)
        return {line.split()[3] for line in lines if line.startswith("Seq Scan")}

    assert await whole() == set()
    await erasures.database.fetch(
        "DROP INDEX audit_entry_keys, profile_customer_link_ended_a, profile_customer_link_ended_b"
    )
    assert await whole() == {"audit_entry", "profile_customer_link"}


def with_numbers(statement: str) -> str:
    """With the numbers of two aliases in the places of the person's."""
    return statement.replace(":numbers", "'{7,8}'").replace(":keys", "'{customer:7}'")


async def test_a_second_request_for_a_person_is_the_open_one(
    customers: Customers, erasures: Erasures
) -> None:
    one, other = await customers.numbers("EMAIL:ilze@example.com", "CARD:900100")
    first = await erasures.request(other)

    await customers.link(one, other)
    assert (await erasures.request("EMAIL:ilze@example.com", reason="again")).id == first.id
    assert (await erasures.request(one, who=erasures.admin())).reason == "by letter"

    counted = await erasures.stub.CountErasure(
        pb.CountErasureRequest(id=first.id), metadata=erasures.admin()
    )
    assert (counted.erasure.number, counted.erasure.aliases) == (one, 2)
    await erasures.survey_counts(first.id, round_=1)
    assert (await erasures.get(first.id)).state == REQUESTED, "a count of the round before"
    await erasures.survey_counts(first.id, round_=2)
    assert (await erasures.get(first.id)).state == COUNTED


async def test_who_asked_does_not_approve_unless_nobody_else_may(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.numbers("EMAIL:a@example.com", "EMAIL:b@example.com")
    mine = await erasures.counted("EMAIL:a@example.com", who=erasures.officer())
    await erasures.database.pool.execute(
        "INSERT INTO profile_grant (id, subject, role, department) VALUES"
        " (gen_random_uuid(), 'colleague', 'privacy_officer', '')"
    )

    assert await code(erasures.decide(mine)) is grpc.StatusCode.FAILED_PRECONDITION
    approved = await erasures.decide(mine, who=erasures.officer("colleague"))
    assert (approved.state, approved.sole) == (APPROVED, False)

    await erasures.database.pool.execute("DELETE FROM profile_grant")
    sole = await erasures.counted("EMAIL:b@example.com", who=erasures.officer())
    approved = await erasures.decide(sole)
    assert (approved.state, approved.sole) == (APPROVED, True)


async def test_a_request_is_refused_with_a_reason_and_decided_once(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.numbers("EMAIL:a@example.com")
    erasure = await erasures.request("EMAIL:a@example.com")

    assert await code(erasures.decide(erasure.id)) is grpc.StatusCode.FAILED_PRECONDITION
    refusing = erasures.decide(erasure.id, approve=False)
    assert await code(refusing) is grpc.StatusCode.INVALID_ARGUMENT
    refused = await erasures.decide(erasure.id, approve=False, reason="a dispute is open")
    again = await erasures.decide(erasure.id, approve=False, reason="another one")
    assert (again.state, again.decision) == (REFUSED, "a dispute is open")
    assert again == refused
    assert await code(erasures.decide(erasure.id)) is grpc.StatusCode.FAILED_PRECONDITION
    assert (await erasures.request("EMAIL:a@example.com")).id != erasure.id


@pytest.mark.parametrize(
    ("role", "requests", "decides"),
    [
        (Role.ADMIN, True, False),
        (Role.PRIVACY_OFFICER, True, True),
        (Role.ANALYST, False, False),
        (Role.INTEGRATION, False, False),
        (Role.OPERATOR, False, False),
    ],
)
async def test_who_may_ask_and_who_may_decide(
    customers: Customers, erasures: Erasures, role: Role, requests: bool, decides: bool
) -> None:
    await customers.numbers("EMAIL:a@example.com", "EMAIL:b@example.com")
    id_ = await erasures.counted("EMAIL:a@example.com")
    who = erasures.identities.bearer("profile", role)
    denied = grpc.StatusCode.PERMISSION_DENIED

    if requests:
        await erasures.request("EMAIL:b@example.com", who=who)
    else:
        assert await code(erasures.request("EMAIL:b@example.com", who=who)) is denied
    if decides:
        await erasures.decide(id_, who=who)
    else:
        assert await code(erasures.decide(id_, who=who)) is denied


async def test_only_so_many_requests_are_open(customers: Customers, erasures: Erasures) -> None:
    names = [f"EMAIL:a{number}@example.com" for number in range(MOST_OPEN + 1)]
    await customers.numbers(*names)
    for name in names[:-1]:
        last = await erasures.request(name)

    assert await code(erasures.request(names[-1])) is grpc.StatusCode.FAILED_PRECONDITION
    await erasures.decide(last.id, approve=False, reason="not a customer")
    assert (await erasures.request(names[-1])).state == REQUESTED


async def test_a_receipt_that_was_changed_or_belongs_to_nothing_is_not_taken(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.numbers("EMAIL:a@example.com")
    id_ = await erasures.counted("EMAIL:a@example.com")
    await erasures.decide(id_)
    await erasures.runner.look()

    with pytest.raises(Broken):
        await erasures.survey_reports(id_, key=bytes(32))
    with pytest.raises(NotFound):
        await erasures.survey_reports(str(UUID(int=1)))
    await erasures.runner.look()
    assert (await erasures.get(id_)).state == RUNNING

    first = await erasures.survey_reports(id_)
    erasures.watch.pass_days(1)
    await erasures.survey_reports(id_, previous=b"another one")
    await erasures.runner.look()
    done = await erasures.get(id_)
    (kept,) = [receipt_of(each) for each in done.receipts if each.service == "survey"]
    assert (done.state, kept) == (DONE, first)


async def test_what_nobody_answers_is_announced_again(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.numbers("CUSTOMER:ilze")
    id_ = (await erasures.request("CUSTOMER:ilze")).id
    await erasures.runner.look()
    assert len(await erasures.announced(ERASURE_ASKED)) == 1
    erasures.watch.pass_days(1)
    await erasures.runner.look()
    assert len(await erasures.announced(ERASURE_ASKED)) == 2

    await erasures.survey_counts(id_)
    await erasures.decide(id_)
    await erasures.runner.look()
    erasures.watch.pass_days(1)
    await erasures.runner.look()
    first, again = await erasures.announced(ERASURE_ORDERED)
    assert first == again


async def test_a_runner_that_is_killed_loses_and_doubles_no_receipt(
    customers: Customers, erasures: Erasures
) -> None:
    """Two runners at once, each cut after a while, until all is done; then the chain has one receipt a request."""
    dice = random.Random(7)
    names = [f"CUSTOMER:c{number}" for number in range(6)]
    await customers.numbers(*names)
    ids = [await erasures.counted(name) for name in names]
    for id_ in ids:
        await erasures.decide(id_)
        await erasures.survey_reports(id_)

    rounds = 0
    while [(await erasures.get(id_)).state for id_ in ids] != [DONE] * len(ids):
        rounds += 1  # longer each time, so that a slow machine comes to an end too
        runners = [
            ErasureRunner(
                erasures.database,
                erasures.runner.orders,
                erasures.runner.reapplier,
                erasures.watch,
            )
            for _ in range(2)
        ]
        work = [asyncio.create_task(runner.look()) for runner in runners]
        await asyncio.wait(work, timeout=dice.random() * 0.02 * rounds)
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)

    async with erasures.database.write() as session:
        receipts = await storage.list_receipts(session, ids)
    mine = {each.previous: each for each in receipts if each.service == "profile" and each.digest}
    chain = [mine[b""]]
    while chain[-1].digest in mine:
        chain.append(mine[chain[-1].digest])
    assert len(chain) == len(ids)
    assert is_chain(KEYS.refs, chain)
    assert len(await erasures.announced(ERASURE_ORDERED)) == len(ids)


async def test_requests_are_listed_by_state_the_newest_first(
    customers: Customers, erasures: Erasures
) -> None:
    names = [f"EMAIL:a{number}@example.com" for number in range(3)]
    await customers.numbers(*names)
    ids = [(await erasures.request(name)).id for name in names]
    await erasures.survey_counts(ids[1])

    async def page(**fields: object) -> tuple[list[str], bool, int]:
        request = pb.ListErasuresRequest(**({"first": 10, "count": True} | fields))  # type: ignore[arg-type]
        reply = await erasures.stub.ListErasures(request, metadata=erasures.officer())
        return [each.id for each in reply.erasures], reply.more, reply.total

    assert await page() == (ids[::-1], False, 3)
    assert await page(state=COUNTED) == ([ids[1]], False, 1)
    assert await page(first=1, after=ids[2]) == ([ids[1]], True, 3)


async def test_of_two_requests_for_persons_that_were_joined_the_second_finds_nothing_and_ends(
    customers: Customers, erasures: Erasures
) -> None:
    """Each is counted anew where its person is another than was counted, and approved again."""
    one, other = await customers.numbers("EMAIL:ilze@example.com", "CUSTOMER:ilze")
    first, second = [await erasures.counted(number) for number in (one, other)]
    await customers.link(one, other)
    for id_ in (first, second):
        await erasures.decide(id_)
        await erasures.runner.look()
        assert (await erasures.get(id_)).state == REQUESTED
        await erasures.survey_counts(id_, 2)
        await finish(erasures, id_)

    done = [await erasures.get(id_) for id_ in (first, second)]
    assert [each.state for each in done] == [DONE, DONE]
    found = [figures(each.receipts, "profile")["profile_customer_alias"] for each in done]
    assert found == [(2, 0, 0), (0, 0, 0)]


async def finish(erasures: Erasures, id_: str) -> None:
    """Approve what was counted, and carry it out."""
    await erasures.decide(id_)
    await erasures.runner.look()
    await erasures.survey_reports(id_)
    await erasures.runner.look()


async def test_who_was_parted_from_the_alias_that_was_asked_for_is_not_erased(
    customers: Customers, erasures: Erasures
) -> None:
    other, asked = await customers.numbers("CUSTOMER:other", "EMAIL:ilze@example.com")
    await customers.link(other, asked)
    id_ = await erasures.counted("EMAIL:ilze@example.com")
    assert (await erasures.get(id_)).number == other
    await customers.unlink(other, asked)
    before = await rows(erasures)

    await erasures.decide(id_)
    await erasures.runner.look()

    again = await erasures.get(id_)
    assert (again.state, again.number, again.aliases) == (REQUESTED, asked, 1)
    assert (again.decided_by, list(again.receipts)) == ("", [])
    assert await rows(erasures) == before
    await erasures.survey_counts(id_, 2)
    await finish(erasures, id_)
    assert (await erasures.get(id_)).state == DONE
    assert (await customers.get(other)).number == other
    assert await code(customers.get(asked)) == grpc.StatusCode.NOT_FOUND


async def test_an_id_that_only_survey_knows_is_erased_in_both_ways_of_writing_it(
    customers: Customers, erasures: Erasures
) -> None:
    """Survey hashes ids as they are sent; profile does without blanks around."""
    sent, normal = (identifier_ref(KEYS.refs, "CUSTOMER", each) for each in (" 42", "42"))
    asked = await erasures.request("CUSTOMER: 42")

    assert (asked.number, asked.aliases) == (0, 0)
    assert (await erasures.request("CUSTOMER:42")).id == asked.id
    (fact,) = await erasures.announced(ERASURE_ASKED)
    assert set(fact.refs) == {sent, normal}
    await erasures.survey_counts(asked.id)
    assert (await erasures.decide(asked.id)).state == APPROVED
    await erasures.runner.look()
    (order,) = await erasures.announced(ERASURE_ORDERED)
    assert set(order.refs) == {sent, normal}
    await erasures.survey_reports(asked.id)
    await erasures.runner.look()

    assert (await erasures.get(asked.id)).state == DONE
    assert statuses(await customers.upsert(item("CUSTOMER:42"))) == ["ERASED identifiers.0.value"]
    assert await code(erasures.request("CUSTOMER: 42")) is grpc.StatusCode.NOT_FOUND


async def test_an_id_with_a_profile_is_erased_in_the_way_it_was_sent_too(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item("CUSTOMER:42", "EMAIL:ilze@example.com"))

    asked = await erasures.request("CUSTOMER: 42")

    assert asked.aliases == 2
    (fact,) = await erasures.announced(ERASURE_ASKED)
    assert len(fact.refs) == 2


async def test_a_request_for_an_id_that_nobody_knows_ends_by_itself(
    customers: Customers, erasures: Erasures
) -> None:
    """The control: with one answer of it it waits for a decision."""
    nobody = await erasures.request("CUSTOMER:none-1")
    known = await erasures.request("CUSTOMER:one-1")
    await erasures.survey_counts(nobody.id, responses=0)
    await erasures.survey_counts(known.id, responses=1)

    ended = await erasures.get(nobody.id)
    assert (ended.state, ended.decided_by) == (REFUSED, "service:profile")
    assert (await erasures.get(known.id)).state == COUNTED
    assert await code(erasures.request("EMAIL:stranger@example.com")) is grpc.StatusCode.NOT_FOUND


async def test_a_customer_who_gets_a_profile_meanwhile_is_counted_anew(
    customers: Customers, erasures: Erasures
) -> None:
    asked = await erasures.counted("CUSTOMER:42")
    await customers.upsert(item("CUSTOMER:42", "EMAIL:ilze@example.com"))
    await erasures.decide(asked)
    await erasures.runner.look()

    counted = await erasures.get(asked)
    assert (counted.state, counted.aliases) == (REQUESTED, 2)
    await erasures.survey_counts(asked, round_=2)
    await erasures.decide(asked)
    await erasures.runner.look()
    await erasures.survey_reports(asked)
    await erasures.runner.look()
    assert (await erasures.get(asked)).state == DONE
    assert await code(customers.find("EMAIL:ilze@example.com")) is grpc.StatusCode.NOT_FOUND


async def test_what_is_due_within_ten_days_and_not_ended_is_counted(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.numbers("EMAIL:a@example.com", "EMAIL:b@example.com")
    await erasures.erase("EMAIL:a@example.com")
    asked = await erasures.request("EMAIL:b@example.com")
    due = asked.due_at.ToDatetime(UTC)

    async with erasures.database.write() as session:
        assert await storage.count_due(session, due) == 0
        assert await storage.count_due(session, due + timedelta(seconds=1)) == 1


async def test_anonymous_answers_are_erased_by_their_receipts_in_the_same_request(
    customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item("CUSTOMER:ilze-1"))
    answers = {id_: answer_receipt(KEYS.refs, id_) for id_ in (new_id(), new_id())}

    asked = await erasures.request("CUSTOMER:ilze-1", answers=answers)
    assert (asked.aliases, asked.answers) == (1, 2)
    again = erasures.request(
        "CUSTOMER:ilze-1", answers={(id_ := new_id()): answer_receipt(KEYS.refs, id_)}
    )
    assert await code(again) is grpc.StatusCode.FAILED_PRECONDITION
    await erasures.survey_counts(asked.id)
    await erasures.decide(asked.id)
    await erasures.runner.look()
    await erasures.survey_reports(asked.id)
    await erasures.runner.look()

    (asks,) = await erasures.announced(ERASURE_ASKED)
    (order,) = await erasures.announced(ERASURE_ORDERED)
    assert sorted(asks.responses) == sorted(order.responses) == sorted(answers)
    (entry,) = erasures.runner.reapplier.journal.read()
    assert sorted(entry.responses) == sorted(answers)
    done = await erasures.get(asked.id)
    assert (done.state, done.answers) == (DONE, 0)
    await erasures.runner.reapplier.reapply()
    assert (await erasures.announced(ERASURE_ORDERED))[1] == order


async def test_answers_alone_are_asked_for_and_a_wrong_receipt_is_refused(
    customers: Customers, erasures: Erasures
) -> None:
    mine, other = new_id(), new_id()
    wrong = {mine: answer_receipt(KEYS.refs, mine), other: answer_receipt(KEYS.refs, mine)}
    assert await code(erasures.request("", answers=wrong)) is grpc.StatusCode.INVALID_ARGUMENT
    assert await code(erasures.request("")) is grpc.StatusCode.INVALID_ARGUMENT

    asked = await erasures.request("", answers={mine: answer_receipt(KEYS.refs, mine)})

    assert (asked.number, asked.answers, asked.state) == (0, 1, REQUESTED)
    (fact,) = await erasures.announced(ERASURE_ASKED)
    assert (list(fact.refs), list(fact.responses)) == ([], [mine])
