"""Results looked up: the same for every reader, of the departments that one may see, and nothing of the others."""

from collections.abc import Mapping

import grpc
import pytest

from cxm.employee_exp.v1 import releases_pb2 as pb
from services.kit.rpc.servicing import Metadata
from services.kit.rpc.status import from_rpc
from tests.service.employee_exp.support.staff import Staff
from tests.support.open_wave import OpenWave

# The worked example, with a wave that everybody answers; South, HR and QA are withheld.
NAMES = ("root", "hr", "sales", "north", "south", "engineering", "core", "data", "qa")
PARENTS = (-1, 0, 0, 2, 2, 0, 5, 5, 5)
DIRECT = (3, 3, 2, 9, 4, 3, 12, 6, 2)
WITHHELD = {"hr": "root", "south": "sales", "qa": "engineering"}


class Example:
    """The released wave, and its departments by name."""

    def __init__(self, staff: Staff, wave: OpenWave, ids: Mapping[str, str]) -> None:
        self.staff = staff
        self.wave = wave
        self.ids = ids

    def shown_name(self, name: str) -> str:
        """What the snapshot calls it."""
        return f"D{self.wave.departments.index(self.ids[name])}"

    async def results(
        self, *names: str, bearer: Metadata | None = None
    ) -> dict[str, pb.DepartmentResults]:
        ids = [self.ids[name] for name in names or NAMES]
        reply = await self.staff.look_up(self.wave, *ids, bearer=bearer)
        by_id = {result.department_id: result for result in reply.results}
        return {name: by_id[id_] for name, id_ in self.ids.items() if id_ in by_id}

    async def breakdown(
        self, name: str, dimension: str, bearer: Metadata | None = None
    ) -> pb.GetWaveBreakdownResponse:
        request = pb.GetWaveBreakdownRequest(
            wave=self.wave.id, department_id=self.ids[name], dimension=dimension
        )
        return await self.staff.results.GetWaveBreakdown(
            request, metadata=bearer or self.staff.bearer()
        )

    async def verbatims(
        self, name: str, *, bearer: Metadata | None = None, **page: object
    ) -> pb.ListWaveVerbatimsResponse:
        request = pb.ListWaveVerbatimsRequest(
            wave=self.wave.id,
            department_id=self.ids[name],
            **{"question": "better", "first": 100, **page},  # type: ignore[arg-type]
        )
        return await self.staff.results.ListWaveVerbatims(
            request, metadata=bearer or self.staff.bearer()
        )


@pytest.fixture
async def example(staff: Staff) -> Example:
    ids = await staff.chart(PARENTS, names=NAMES)
    people = [(n, (who % 2,)) for n, count in enumerate(DIRECT) for who in range(count)]
    wave = await staff.open(ids, PARENTS, people)
    for number, one in enumerate(wave.invited):
        answers = {"recommend": number % 11, "a0": number % 5 + 1, "moved": number % 2}
        await staff.send(one.token, {**answers, "better": f"Comment {number} of everybody"})
    await staff.close(wave)
    await staff.runner.look()
    return Example(staff, wave, dict(zip(NAMES, ids, strict=True)))


def reason(error: pytest.ExceptionInfo[grpc.aio.AioRpcError]) -> str:
    return from_rpc(error.value).reason


async def test_the_worked_example_shows_six_departments_and_says_where_the_others_count(
    example: Example,
) -> None:
    results = await example.results()

    for name, result in results.items():
        if name not in WITHHELD:
            assert result.released
            assert result.scores[0].statistic == "participationRate"
            continue
        told = pb.DepartmentResults(
            department_id=example.ids[name], counted_in=example.shown_name(WITHHELD[name])
        )
        assert result == told  # no number, no reason, nothing else
    [sales] = [s for s in results["sales"].scores if s.statistic == "enps"]
    assert sales.n == 15


async def test_what_a_released_department_does_not_see_says_where_it_counts(
    example: Example,
) -> None:
    results = await example.results()

    north = results["north"]  # 9 people: no sensitive question, and no comments
    assert not [s for s in north.scores if s.statistic == "moved"]
    assert north.counted_in_by_statistic["moved"] == example.shown_name("root")
    assert north.counted_in_by_statistic["better"] == example.shown_name("sales")
    assert north.counted_in_by_statistic["a1"] == ""  # nobody answered it
    assert "moved" in [s.statistic for s in results["root"].scores]
    assert [(v.question, v.count) for v in results["sales"].verbatims] == [("better", 15)]


async def test_a_head_sees_the_same_numbers_of_fewer_departments(example: Example) -> None:
    head = example.staff.bearer("department_head", "sales")

    seen = await example.results(bearer=head)

    whole = await example.results()
    assert seen == {name: whole[name] for name in ("sales", "north", "south")}


async def test_who_may_not_read_scores_reads_nothing(example: Example) -> None:
    integration = example.staff.bearer("integration")
    reply = await example.staff.look_up(example.wave, example.ids["sales"], bearer=integration)
    assert (list(reply.results), list(reply.denied_ids)) == ([], [example.ids["sales"]])

    head = example.staff.bearer("department_head", "north")
    for calling, wanted in (
        (example.breakdown("sales", "gender", integration), "FORBIDDEN"),
        (example.verbatims("sales", bearer=integration), "FORBIDDEN"),
        (example.breakdown("sales", "gender", head), "NOT_FOUND"),
        (example.verbatims("sales", bearer=head), "NOT_FOUND"),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await calling
        assert reason(caught) == wanted
    assert not await example.results("sales", bearer=head)


async def test_a_dimension_that_was_not_declared_is_refused_and_one_that_is_not_cut_is_withheld(
    example: Example,
) -> None:
    for dimension in ("age", "gender ", ""):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await example.breakdown("root", dimension)
        assert reason(caught) == "FILTER_NOT_REPORTABLE"

    cut = await example.breakdown("root", "gender")
    assert cut.released
    assert [c.category for c in cut.categories] == ["f", "m"]
    small = await example.breakdown("north", "gender")
    assert small == pb.GetWaveBreakdownResponse()
    results = await example.results("root", "north")
    assert list(results["root"].dimensions) == ["gender"]
    assert list(results["north"].dimensions) == []


async def test_categories_add_up_and_tell_no_participation(example: Example) -> None:
    cut = await example.breakdown("root", "gender")

    scores = [{s.statistic: s for s in c.scores} for c in cut.categories]
    whole = {s.statistic: s for s in (await example.results("root"))["root"].scores}
    assert sum(s["enps"].n for s in scores) == whole["enps"].n
    assert not any({"participationRate", "moved", "better"} & set(s) for s in scores)


async def test_comments_are_paged_and_found_by_what_is_in_them(example: Example) -> None:
    whole = await example.verbatims("engineering")
    assert (whole.released, whole.total, len(whole.verbatims)) == (True, 23, 23)
    pages = [await example.verbatims("engineering", first=10, offset=at) for at in (0, 10, 20, 30)]
    assert [text for page in pages for text in page.verbatims] == list(whole.verbatims)
    order = [int(text.split()[1]) for text in whole.verbatims]
    assert set(order) == set(range(21, 44))
    assert order != sorted(order)

    found = await example.verbatims("engineering", search="COMMENT 4")
    assert found.total == 4  # 40 to 43
    for nothing in ("%", "_", "\\", "nobody", "\0"):
        assert (await example.verbatims("engineering", search=nothing)).total == 0
    below = await example.verbatims("core")
    assert set(below.verbatims) < set(whole.verbatims)
    assert below.total == 12


async def test_comments_of_a_withheld_department_are_read_where_they_count(
    example: Example,
) -> None:
    """Of the 6 people outside sales and engineering comments are shown nowhere."""
    for name, above in (("north", "sales"), ("south", "sales"), ("qa", "engineering")):
        withheld = await example.verbatims(name)
        assert withheld == pb.ListWaveVerbatimsResponse(counted_in=example.shown_name(above))
    for name in ("root", "hr"):
        assert await example.verbatims(name) == pb.ListWaveVerbatimsResponse()

    for question in ("a0", "nothing"):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await example.verbatims("root", question=question)
        assert reason(caught) == "UNKNOWN_QUESTION"
    for page, wanted in (
        ({"offset": -1}, "BAD_CURSOR"),
        ({"first": 101}, "PAGE_SIZE"),
        ({"search": "x" * 201}, "TOO_LONG"),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await example.verbatims("sales", **page)
        assert reason(caught) == wanted


async def test_nothing_is_shown_of_a_wave_that_is_not_released(staff: Staff) -> None:
    ids = await staff.chart([-1, 0])
    wave = await staff.open(ids, [-1, 0], [(1, (0,))] * 12)
    for one in wave.invited:
        await staff.send(one.token, {"a0": 4})
    await staff.flusher.look()
    example = Example(staff, wave, {"root": ids[0]})

    assert not await example.results("root")
    await staff.close(wave)
    assert not await example.results("root")
    for calling in (example.breakdown("root", "gender"), example.verbatims("root")):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await calling
        assert reason(caught) == "UNKNOWN_WAVE"
    for nothing in ("no uuid", "0190a000-0000-7000-8000-00000000dead"):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await staff.results.GetResults(
                pb.GetResultsRequest(wave=nothing, department_ids=ids), metadata=staff.bearer()
            )
        assert reason(caught) == "UNKNOWN_WAVE"


async def test_a_department_that_came_later_is_in_no_result(example: Example) -> None:
    ids = await example.staff.chart([-1, 0], names=("root", "later"))
    late = Example(example.staff, example.wave, {"later": ids[1]})

    assert not await late.results("later")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await late.verbatims("later")
    assert reason(caught) == "NOT_IN_WAVE"
