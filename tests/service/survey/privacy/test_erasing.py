"""Survey erases what it knows of a customer, once, whatever comes twice, late or is cut; others stay as they are."""

import asyncio
import random
from collections.abc import Sequence

import asyncpg
import pytest
from google.protobuf.message import Message

from cxm.profile.v1 import privacy_pb2
from cxm.profile.v1.events_pb2 import ErasureAsked, ErasureLifted, ErasureOrdered
from cxm.survey.v1 import invitations_pb2
from cxm.survey.v1.events_pb2 import ErasureCounted, ErasureReported
from services.kit.clock import new_id
from services.kit.errors import Unavailable
from services.kit.events.consumer import Apply, Delivery
from services.kit.events.streams import (
    ERASURE_ASKED,
    ERASURE_COUNTED,
    ERASURE_LIFTED,
    ERASURE_ORDERED,
    ERASURE_REPORTED,
)
from services.kit.rights.access import Role
from services.kit.sealing.customer_refs import customer_ref
from services.kit.sealing.receipts import is_chain
from services.profile.privacy.convert import receipt_of
from services.survey.privacy import erasing as erasing_module
from services.survey.privacy.erasing import CustomerEraser
from services.survey.privacy.events import erasing
from services.survey.responses.domain.ids import import_id
from tests.service.survey.conftest import KEY
from tests.service.survey.support.corrections import standing
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import (
    STORED,
    SurveyService,
    make_submission,
    score,
    words,
)


def ref(customer: str) -> bytes:
    found = customer_ref(KEY, customer)
    assert found is not None
    return found


def eraser_of(survey: SurveyService) -> CustomerEraser:
    return CustomerEraser(survey.database, survey.outbox, KEY, survey.clock)


@pytest.fixture
def apply(survey: SurveyService) -> Apply:
    return erasing(eraser_of(survey))


def said(subject: str, message: Message) -> Delivery:
    return Delivery(new_id(), subject, message.SerializeToString(), None)


def order(*customers: str, id_: str = "", revision: int = 1) -> Delivery:
    refs = [ref(customer) for customer in customers]
    return said(ERASURE_ORDERED, ErasureOrdered(id=id_ or new_id(), revision=revision, refs=refs))


async def reported(survey: SurveyService) -> list[privacy_pb2.ErasureReceipt]:
    rows = await survey.database.pool.fetch(
        "SELECT payload FROM outbox WHERE subject = $1 ORDER BY id", ERASURE_REPORTED
    )
    return [ErasureReported.FromString(row["payload"]).receipt for row in rows]


def figures(receipt: privacy_pb2.ErasureReceipt) -> dict[str, tuple[int, int]]:
    return {each.table: (each.erased, each.blanked) for each in receipt.tables}


async def refs_stored(survey: SurveyService, customer: str) -> int:
    """How many rows of any table name a customer, the block apart."""
    found: int = await survey.database.fetchval(
        "SELECT (SELECT count(*) FROM survey_response WHERE customer_ref = $1)"
        " + (SELECT count(*) FROM survey_invitation WHERE customer_ref = $1)",
        ref(customer),
    )
    return found


async def submit(survey: SurveyService, customer: str | None, *given: int) -> None:
    """Responses with words, each with one of these scores."""
    sent = [
        make_submission(score(each), words(f"{customer} says {each}"), customer=customer)
        for each in given
    ]
    results = await survey.submit(*sent, metadata=survey.bearer(Role.ADMIN))
    assert [result.status for result in results] == [STORED] * len(given)


async def test_of_a_customer_nothing_is_left_and_others_stay_as_they_are(
    survey: SurveyService, apply: Apply
) -> None:
    await submit(survey, "ilze", 9, 3)
    await submit(survey, "janis", 10)
    others = standing((await survey.facts())[2:])
    await invite(survey, invitations_pb2.InvitationTarget(customer="ilze", department="sales"))

    await apply([order("ilze")])

    assert standing(await survey.facts()) == others
    assert await refs_stored(survey, "ilze") == 0
    assert await refs_stored(survey, "janis") == 1
    texts = await survey.database.fetch("SELECT text FROM survey_verbatim")
    assert [row["text"] for row in texts] == ["janis says 10"]
    (receipt,) = await reported(survey)
    assert figures(receipt) == {
        "survey_invitation": (0, 1),
        "survey_response": (0, 2),
        "survey_secret": (0, 0),
        "survey_verbatim": (2, 0),
    }


async def test_what_would_be_erased_is_counted_and_nothing_is_changed(
    survey: SurveyService, apply: Apply
) -> None:
    await submit(survey, "ilze", 9, 3)
    before = await survey.facts()

    asked = ErasureAsked(id=new_id(), round=2, refs=[ref("ilze"), ref("nobody")])
    await apply([said(ERASURE_ASKED, asked)])

    assert await survey.facts() == before
    row = await survey.database.fetchrow(
        "SELECT payload FROM outbox WHERE subject = $1", ERASURE_COUNTED
    )
    counted = ErasureCounted.FromString(row["payload"])
    assert (counted.round, counted.count.request, counted.count.digest) == (2, asked.id, b"")
    assert figures(counted.count)["survey_response"] == (0, 2)
    assert figures(counted.count)["survey_verbatim"] == (2, 0)


async def test_an_order_that_comes_twice_is_answered_by_the_same_receipt(
    survey: SurveyService, apply: Apply
) -> None:
    await submit(survey, "ilze", 9)
    ordered = order("ilze")

    await apply([ordered])
    facts = await survey.facts()
    await apply([ordered, ordered])

    assert await survey.facts() == facts
    first, *again = await reported(survey)
    assert again == [first, first]


async def test_receipts_are_a_chain_that_shows_a_change(
    survey: SurveyService, apply: Apply
) -> None:
    await submit(survey, "ilze", 9)
    await apply([order("ilze"), order("janis"), order("anna")])

    receipts = [receipt_of(each) for each in await reported(survey)]
    assert is_chain(KEY, receipts)
    assert not is_chain(KEY, receipts[1:])
    assert not is_chain(KEY, [receipts[0], receipts[2]])
    changed = await reported(survey)
    changed[0].tables[1].blanked += 1
    assert not is_chain(KEY, [receipt_of(each) for each in changed])


async def test_a_new_answer_of_a_customer_who_was_erased_is_nobodys(
    survey: SurveyService, apply: Apply
) -> None:
    await apply([order("ilze", revision=1)])

    await submit(survey, "ilze", 9)
    await submit(survey, "janis", 8)
    await invite(survey, invitations_pb2.InvitationTarget(customer="ilze", department="sales"))

    assert await refs_stored(survey, "ilze") == 0
    assert await refs_stored(survey, "janis") == 1
    assert [fact.sign for fact in await survey.facts()] == [1, 1]

    lifted = ErasureLifted(revision=2, refs=[ref("ilze")])
    await apply([said(ERASURE_LIFTED, lifted), order("ilze", revision=1)])
    await submit(survey, "ilze", 7)

    assert await refs_stored(survey, "ilze") == 1


async def test_answers_without_a_customer_go_by_their_ids_and_others_stay(
    survey: SurveyService, apply: Apply
) -> None:
    """A row of a file has no receipt: its id erases nothing."""
    await submit(survey, None, 9, 3)
    mine, other = [
        str(row["id"])
        for row in await survey.database.fetch("SELECT id FROM survey_response ORDER BY id")
    ]
    imported = import_id(KEY, "a row")
    await survey.database.fetch(
        "INSERT INTO survey_response (id, version_id, body_hash, department_id, local_day, occurred_at, answers)"
        " SELECT $1::text::uuid, version_id, body_hash, department_id, local_day, occurred_at, answers"
        " FROM survey_response LIMIT 1",
        imported,
    )
    responses = [mine, imported, new_id()]
    asked = ErasureAsked(id=new_id(), round=1, responses=responses)
    ordered = ErasureOrdered(id=new_id(), revision=1, responses=responses)

    await apply([said(ERASURE_ASKED, asked), said(ERASURE_ORDERED, ordered)])
    await apply([said(ERASURE_ORDERED, ordered)])

    (receipt, again) = await reported(survey)
    assert receipt == again
    assert figures(receipt)["survey_response"] == (0, 1)
    assert figures(receipt)["survey_verbatim"] == (1, 0)
    left = await survey.database.fetch("SELECT id FROM survey_response WHERE withdrawn_at IS NULL")
    assert {str(row["id"]) for row in left} == {other, imported}


async def test_what_a_process_of_the_version_before_stores_of_who_was_erased_is_nobodys(
    survey: SurveyService, apply: Apply
) -> None:
    """It knows of no block: the tables see to it. The control: of somebody else it is stored."""
    await submit(survey, None, 9)
    await invite(survey, invitations_pb2.InvitationTarget(department="sales"))
    await apply([order("ilze")])

    for customer in ("ilze", "janis"):
        await survey.database.fetch(
            "INSERT INTO survey_response (id, version_id, body_hash, department_id, local_day, occurred_at, answers,"
            " customer_ref) SELECT gen_random_uuid(), version_id, body_hash, department_id, local_day, occurred_at,"
            " answers, $1 FROM survey_response LIMIT 1",
            ref(customer),
        )
        await survey.database.fetch("UPDATE survey_invitation SET customer_ref = $1", ref(customer))

    assert await refs_stored(survey, "ilze") == 0
    assert await refs_stored(survey, "janis") == 2


async def test_who_began_to_store_before_the_block_is_waited_for(
    survey: SurveyService, apply: Apply
) -> None:
    """The control: without the wait the response, which is in no walk before its commit, would stay."""
    await submit(survey, "janis", 9)
    connection = await asyncpg.connect(survey.database.superuser_url)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(
        "INSERT INTO survey_response (id, version_id, body_hash, department_id, local_day, occurred_at, answers,"
        " customer_ref) SELECT gen_random_uuid(), version_id, body_hash, department_id, local_day, occurred_at,"
        " answers, $1 FROM survey_response",
        ref("ilze"),
    )
    ordered = order("ilze")

    with pytest.raises(Unavailable):
        await apply([ordered])
    assert await reported(survey) == []
    await transaction.commit()
    await connection.close()
    assert await refs_stored(survey, "ilze") == 1
    await apply([ordered])

    assert await refs_stored(survey, "ilze") == 0
    assert figures((await reported(survey))[0])["survey_response"] == (0, 1)


async def cut(work: Sequence[asyncio.Future[None]], seconds: float) -> bool:
    """Let work go on for so long, then cancel it; whether all of it had ended."""
    _, left = await asyncio.wait(work, timeout=seconds)
    for task in left:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)
    return not left


@pytest.mark.parametrize("seed", range(3))
async def test_work_that_is_cut_again_and_again_ends_with_one_receipt_of_everything(
    survey: SurveyService, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(erasing_module, "AT_ONCE", 2)
    dice = random.Random(seed)
    await submit(survey, "ilze", *range(11))
    await submit(survey, "janis", 5)
    others = standing((await survey.facts())[11:])
    ordered = order("ilze")

    over, rounds = False, 0
    while not over:
        rounds += 1  # longer each time, so that a slow machine comes to an end too
        both = [erasing(eraser_of(survey)) for _ in range(2)]
        tried = [asyncio.ensure_future(each([ordered])) for each in both]
        over = await cut(tried, dice.random() * 0.01 * rounds)

    facts = await survey.facts()
    assert standing(facts) == others
    assert sum(fact.sign < 0 for fact in facts) == 11
    receipts = await reported(survey)
    assert len({receipt.digest for receipt in receipts}) == 1
    assert figures(receipts[0])["survey_response"] == (0, 11)
    assert figures(receipts[0])["survey_verbatim"] == (11, 0)
