"""Upserting departments over gRPC, on real PostgreSQL."""

import time
from uuid import UUID

import grpc
import pytest

from cxm.batch.v1.batch_pb2 import (
    ITEM_STATUS_ALREADY_STORED,
    ITEM_STATUS_REFUSED,
    ITEM_STATUS_STORED,
    ItemResult,
)
from cxm.profile.v1 import profile_pb2 as pb
from cxm.profile.v1.events_pb2 import DepartmentChanged
from services.kit.errors import Invalid
from services.kit.rpc.status import from_rpc
from tests.service.profile.support.profile import DAY, Profile
from tests.support.processor import allowed

STORED, ALREADY, REFUSED = ITEM_STATUS_STORED, ITEM_STATUS_ALREADY_STORED, ITEM_STATUS_REFUSED


CPU_SECONDS = 2.0  # of this process, which is the service and the client


def fates(results: list[ItemResult]) -> list[str]:
    """STORED, ALREADY_STORED or the reason of the refusal."""
    names = {STORED: "STORED", ALREADY: "ALREADY_STORED"}
    return [names.get(r.status) or r.refusals[0].reason for r in results]


async def test_items_may_come_before_their_parents(profile: Profile) -> None:
    results = await profile.upsert(("leaf", "twig"), ("twig", "branch"), ("branch", "root"))

    assert fates(results) == ["STORED"] * 3
    assert await profile.places("leaf") == [("twig", None, None)]
    assert all(UUID(result.id).version == 7 for result in results)


async def test_letters_in_two_pieces_make_no_second_department(profile: Profile) -> None:
    composed, decomposed = "tek\u0101", "teka\u0304"

    first = await profile.upsert((decomposed, "root"), ("leaf", decomposed))
    second = await profile.upsert((composed, "root"), ("leaf", composed))

    assert fates(first) == ["STORED"] * 2
    assert fates(second) == ["ALREADY_STORED"] * 2
    assert (await profile.department(decomposed)).key == composed


async def test_the_same_call_again_changes_and_announces_nothing(profile: Profile) -> None:
    first = await profile.upsert(("a", "root"), ("b", "a"))
    await profile.announced(DepartmentChanged)
    revision = (await profile.department("b")).revision

    second = await profile.upsert(("a", "root"), ("b", "a"))

    assert fates(second) == ["ALREADY_STORED"] * 2
    assert [r.id for r in second] == [r.id for r in first]
    assert await profile.announced(DepartmentChanged) == []
    assert (await profile.department("b")).revision == revision


async def test_every_change_raises_the_revision_and_announces_the_whole_state(
    profile: Profile,
) -> None:
    await profile.upsert(("a", "root"), ("b", "root"))
    before = await profile.department("b")
    await profile.announced(DepartmentChanged)

    await profile.upsert(("a", "root"), ("b", "a"))

    after = await profile.department("b")
    assert after.revision > before.revision
    assert [len(before.placements), len(after.placements)] == [1, 2]
    assert await profile.announced(DepartmentChanged) == [DepartmentChanged(department=after)]


async def test_a_changed_parent_holds_from_today_and_the_past_stays(profile: Profile) -> None:
    await profile.upsert(("a", "root"), ("b", "root"))

    await profile.upsert(("b", "a"))
    profile.watch.pass_days(3)
    await profile.upsert(("b", "root"))

    assert await profile.places("b") == [("root", None, 0), ("a", 0, 3), ("root", 3, None)]


async def test_a_renamed_department_keeps_key_id_and_places(profile: Profile) -> None:
    await profile.upsert(("a", "root"))
    before = await profile.department("a")
    item = pb.DepartmentItem(key="a", name="  Ällä & Co. №1 ", parent="root")

    request = pb.UpsertDepartmentsRequest(items=[item])
    await profile.stub.UpsertDepartments(request, metadata=profile.bearer())

    after = await profile.department("a")
    assert after.name == "Ällä & Co. №1"
    assert (after.id, list(after.placements)) == (before.id, list(before.placements))


async def test_one_bad_item_harms_no_neighbour_but_what_hangs_under_it(profile: Profile) -> None:
    results = await profile.upsert(
        ("good", "root"), ("lost", "nowhere"), ("under-lost", "lost"), ("also-good", "good")
    )

    assert fates(results) == ["STORED", "UNKNOWN_PARENT", "UNKNOWN_PARENT", "STORED"]
    assert list(results[1].refusals[0].field) == ["parent"]


async def test_what_breaks_a_rule_is_refused_and_nothing_is_stored(profile: Profile) -> None:
    bad: dict[tuple[str, str], str] = {
        ("", "root"): "KEY_MISSING",
        ("a b", "root"): "KEY_MALFORMED",
        ("-a", "root"): "KEY_MALFORMED",
        ("a\0b", "root"): "KEY_MALFORMED",
        ("a" * 65, "root"): "KEY_TOO_LONG",
        ("c", ""): "KEY_MISSING",
        ("d", "d"): "SELF_PARENT",
        ("e", "nowhere"): "UNKNOWN_PARENT",
        ("root", "a"): "ROOT_MOVED",
    }

    assert fates(await profile.upsert(*bad)) == list(bad.values())

    assert await profile.announced(DepartmentChanged) == []
    assert await profile.database.pool.fetchval("SELECT count(*) FROM profile_department") == 1


async def test_a_name_is_one_line(profile: Profile) -> None:
    bad = {
        "": "NAME_MISSING",
        " \t": "NAME_MISSING",
        "a\0b": "NAME_MALFORMED",
        "two\nlines": "NAME_MALFORMED",
        "n" * 201: "NAME_TOO_LONG",
    }
    items = [pb.DepartmentItem(key=f"d{i}", name=n, parent="root") for i, n in enumerate(bad)]

    request = pb.UpsertDepartmentsRequest(items=items)
    reply = await profile.stub.UpsertDepartments(request, metadata=profile.bearer())

    assert fates(list(reply.results)) == list(bad.values())


async def test_a_circle_inside_a_call_is_refused_and_its_neighbours_are_stored(
    profile: Profile,
) -> None:
    results = await profile.upsert(("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "root"))

    assert fates(results) == ["CYCLE", "CYCLE", "CYCLE", "UNKNOWN_PARENT", "STORED"]


async def test_a_move_under_a_new_department_of_the_own_subtree_is_refused(
    profile: Profile,
) -> None:
    await profile.upsert(("a", "root"), ("b", "a"))

    results = await profile.upsert(("a", "new"), ("new", "b"))

    assert fates(results) == ["CYCLE", "STORED"]
    assert await profile.places("a") == [("root", None, None)]


async def test_two_departments_may_change_places_in_one_call(profile: Profile) -> None:
    await profile.upsert(("a", "root"), ("b", "a"))

    results = await profile.upsert(("a", "b"), ("b", "root"))

    assert fates(results) == ["STORED", "STORED"]
    assert await profile.places("a") == [("root", None, 0), ("b", 0, None)]


async def test_a_circle_on_a_later_day_is_refused_today(profile: Profile) -> None:
    await profile.upsert(("a", "root"), ("b", "root"))
    await profile.move("b", "a", DAY + 10)

    assert fates(await profile.upsert(("a", "b"))) == ["CYCLE"]
    assert fates(await profile.upsert(("b", "a"))) == ["STORED"]  # the control: no circle that way


async def test_one_key_twice_with_other_content_counts_once(profile: Profile) -> None:
    await profile.upsert(("a", "root"))

    results = await profile.upsert(("b", "root"), ("b", "a"), ("b", "root"))

    assert fates(results) == ["STORED", "DUPLICATE", "ALREADY_STORED"]
    assert await profile.places("b") == [("root", None, None)]


async def test_a_call_carries_one_to_a_thousand_items(profile: Profile) -> None:
    for count, reason in ((0, "EMPTY"), (1001, "TOO_MANY")):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await profile.upsert(*((f"d{i}", "root") for i in range(count)))
        failure = from_rpc(caught.value)
        assert isinstance(failure, Invalid)
        assert failure.reason == reason


async def test_a_thousand_departments_are_stored_in_one_call(profile: Profile) -> None:
    items = [(f"d{i}", "root" if i < 10 else f"d{i // 10}") for i in range(1000)]

    started = time.process_time()
    results = await profile.upsert(*items)
    seconds = time.process_time() - started

    assert fates(results) == ["STORED"] * 1000
    assert len(await profile.announced(DepartmentChanged)) == 1000
    assert seconds < allowed(CPU_SECONDS), f"took {seconds:.2f} s of CPU"


class TestRoot:
    """The root rule: who may name the root, and when."""

    async def test_the_first_row_without_a_parent_names_the_untouched_root(
        self, profile: Profile
    ) -> None:
        root_id = (await profile.department("root")).id

        results = await profile.upsert(("sales", "acme"), ("acme", None), ("other", None))

        assert fates(results) == ["STORED", "STORED", "SECOND_ROOT"]
        root = await profile.department("acme")
        assert (root.id, root.name) == (root_id, "Acme")
        assert await profile.places("sales") == [("acme", None, None)]

    async def test_a_second_run_of_the_same_rows_changes_nothing(self, profile: Profile) -> None:
        await profile.upsert(("sales", "acme"), ("acme", None))

        results = await profile.upsert(("sales", "acme"), ("acme", None))

        assert fates(results) == ["ALREADY_STORED"] * 2

    async def test_a_named_root_is_renamed_by_its_key_only(self, profile: Profile) -> None:
        await profile.upsert(("acme", None))

        item = pb.DepartmentItem(key="acme", name="Acme Group")
        request = pb.UpsertDepartmentsRequest(items=[item])
        reply = await profile.stub.UpsertDepartments(request, metadata=profile.bearer())

        assert fates(list(reply.results)) == ["STORED"]
        assert (await profile.department("acme")).name == "Acme Group"
        assert fates(await profile.upsert(("other", None))) == ["SECOND_ROOT"]

    async def test_the_untouched_root_may_get_a_name_and_stay_untouched(
        self, profile: Profile
    ) -> None:
        assert fates(await profile.upsert(("root", None))) == ["STORED"]
        assert fates(await profile.upsert(("acme", None))) == ["STORED"]

    async def test_a_root_that_is_in_use_keeps_its_key(self, profile: Profile) -> None:
        await profile.upsert(("sales", "root"))

        assert fates(await profile.upsert(("quality", None))) == ["SECOND_ROOT"]
        assert (await profile.department("root")).name == "Organisation"
        assert fates(await profile.upsert(("care", "root"))) == ["STORED"]

    async def test_a_root_that_owns_a_touchpoint_keeps_its_key(self, profile: Profile) -> None:
        touchpoint = pb.TouchpointItem(key="invoice", name="Invoice", department="root")
        await profile.upsert_touchpoints(touchpoint)

        assert fates(await profile.upsert(("quality", None))) == ["SECOND_ROOT"]

    async def test_a_department_does_not_become_the_root(self, profile: Profile) -> None:
        await profile.upsert(("sales", "root"))

        assert fates(await profile.upsert(("sales", None))) == ["SECOND_ROOT"]

    async def test_the_root_cannot_be_hung_under_anything(self, profile: Profile) -> None:
        await profile.upsert(("acme", None), ("sales", "acme"))

        assert fates(await profile.upsert(("acme", "sales"))) == ["ROOT_MOVED"]

    async def test_the_key_root_is_not_given_to_another_department(self, profile: Profile) -> None:
        await profile.upsert(("acme", None))

        results = await profile.upsert(("root", "acme"), ("sales", "root"))

        assert fates(results) == ["KEY_RESERVED", "UNKNOWN_PARENT"]
        assert fates(await profile.upsert(("root", "acme"))) == ["KEY_RESERVED"]
