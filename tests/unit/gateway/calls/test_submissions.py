"""Small calls travel together, within one principal, and nobody waits for others."""

import asyncio
from collections.abc import Sized
from typing import Any

import grpc
import pytest

from cxm.batch.v1.batch_pb2 import ItemResult
from cxm.survey.v1 import responses_pb2 as pb
from gateway.calls.submissions import MOST_TOGETHER, Submissions
from services.kit.errors import Broken, Late, Unavailable
from services.kit.groups.gathering import Gathering
from services.kit.rights.access import ANONYMOUS, Grant, Role, Viewer
from services.kit.rpc.servicing import Metadata

ANALYST = Viewer("analyst", (Grant(Role.ANALYST),))


class Survey:
    """Answers each submission with its own id, after a moment; some ids break the whole call."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, list[str]]] = []
        self.busy = asyncio.Event()
        self.go = asyncio.Event()
        self.go.set()
        self.broken = ""
        self.away = False
        self.lasts = 0  # turns of the event loop

    async def SubmitResponses(
        self, request: pb.SubmitResponsesRequest, *, timeout: float, metadata: Metadata
    ) -> pb.SubmitResponsesResponse:
        ids = [submission.id for submission in request.submissions]
        self.calls.append((metadata[0][1], ids))
        self.busy.set()
        await self.go.wait()
        for _ in range(self.lasts):
            await asyncio.sleep(0)
        if self.away:
            raise _error(grpc.StatusCode.UNAVAILABLE)
        if self.broken in ids:
            raise _error(grpc.StatusCode.INTERNAL)
        return pb.SubmitResponsesResponse(results=[ItemResult(id=one) for one in ids])


def _error(code: grpc.StatusCode) -> grpc.aio.AioRpcError:
    empty = grpc.aio.Metadata()
    return grpc.aio.AioRpcError(code, empty, empty)


@pytest.fixture
def survey() -> Survey:
    return Survey()


@pytest.fixture
def submissions(survey: Survey) -> Submissions:
    anything: Any = survey
    return Submissions(anything, lambda viewer: (("authorization", viewer.subject),))


async def submit(
    submissions: Submissions, *ids: str, viewer: Viewer = ANONYMOUS, seconds: float = 5
) -> list[str]:
    request = pb.SubmitResponsesRequest(submissions=[pb.Submission(id=one) for one in ids])
    reply = await submissions.submit(viewer, request, seconds=seconds)
    return [result.id for result in reply.results]


async def test_who_comes_alone_is_sent_alone_and_at_once(
    submissions: Submissions, survey: Survey
) -> None:
    assert await submit(submissions, "a", "b") == ["a", "b"]
    assert survey.calls == [("anonymous", ["a", "b"])]


async def test_who_comes_during_a_call_goes_into_the_next_and_gets_its_own_reply(
    submissions: Submissions, survey: Survey
) -> None:
    survey.go.clear()
    first = asyncio.create_task(submit(submissions, "a"))
    await survey.busy.wait()
    others = [asyncio.create_task(submit(submissions, f"b{n}", f"c{n}")) for n in range(40)]
    await asyncio.sleep(0)
    survey.go.set()

    assert await first == ["a"]
    assert await asyncio.gather(*others) == [[f"b{n}", f"c{n}"] for n in range(40)]
    assert [len(ids) for _, ids in survey.calls] == [1, 80]


class Patient(Gathering):
    """Waits however short the last call was."""

    async def wait(self, waiting: Sized, served: int, took: float) -> None:
        self.most_seconds = 0.2
        await super().wait(waiting, served, took=60)


class Impatient(Gathering):
    """Never waits."""

    async def wait(self, waiting: Sized, served: int, took: float) -> None:
        return


@pytest.mark.parametrize(
    ("kind", "expected"), [(Patient, [1, 4, 4, 3]), (Impatient, [1, 3, 1, 3, 1, 3])]
)
async def test_who_was_in_the_last_call_or_came_meanwhile_is_waited_for(
    submissions: Submissions,
    survey: Survey,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Gathering],
    expected: list[int],
) -> None:
    monkeypatch.setattr("gateway.calls.submissions.Gathering", kind)
    survey.go.clear()

    async def send_again_and_again(name: str) -> None:
        for n in range(3):
            await submit(submissions, f"{name}{n}")

    first = asyncio.create_task(send_again_and_again("a"))
    await survey.busy.wait()
    others = [asyncio.create_task(send_again_and_again(name)) for name in "bcd"]
    await asyncio.sleep(0)
    survey.lasts = 10
    survey.go.set()
    await asyncio.gather(first, *others)

    assert [len(ids) for _, ids in survey.calls] == expected


async def test_a_call_never_carries_more_than_survey_takes(
    submissions: Submissions, survey: Survey
) -> None:
    calls = [submit(submissions, *(f"{n}.{m}" for m in range(90))) for n in range(30)]

    await asyncio.gather(*calls)

    assert sum(len(ids) for _, ids in survey.calls) == 2_700
    assert max(len(ids) for _, ids in survey.calls) <= MOST_TOGETHER


async def test_principals_never_share_a_call(submissions: Submissions, survey: Survey) -> None:
    await asyncio.gather(submit(submissions, "a"), submit(submissions, "b", viewer=ANALYST))

    assert sorted(survey.calls) == [("analyst", ["b"]), ("anonymous", ["a"])]


async def test_what_breaks_a_call_breaks_alone(submissions: Submissions, survey: Survey) -> None:
    survey.broken = "b"

    a, b, c = await asyncio.gather(
        *(submit(submissions, one) for one in "abc"), return_exceptions=True
    )

    assert (a, c) == (["a"], ["c"])
    assert isinstance(b, Broken)


async def test_when_survey_is_away_everybody_is_told_and_the_next_is_tried(
    submissions: Submissions, survey: Survey
) -> None:
    survey.away = True
    failures = await asyncio.gather(
        *(submit(submissions, one) for one in "ab"), return_exceptions=True
    )
    assert all(isinstance(one, Unavailable) for one in failures)

    survey.away = False
    assert await submit(submissions, "a") == ["a"]


async def test_who_was_told_to_send_again_is_not_sent_and_who_left_is(
    submissions: Submissions, survey: Survey
) -> None:
    survey.go.clear()
    other = asyncio.create_task(submit(submissions, "a"))
    await survey.busy.wait()
    leaving = asyncio.create_task(submit(submissions, "left"))
    with pytest.raises(Late):
        await submit(submissions, "late", seconds=0.01)
    leaving.cancel()
    survey.go.set()

    assert await other == ["a"]
    assert await submit(submissions, "c") == ["c"]
    assert [one for _, ids in survey.calls for one in ids] == ["a", "left", "c"]


async def test_one_of_a_thousand_that_breaks_a_call_is_found_in_few(
    submissions: Submissions, survey: Survey
) -> None:
    survey.go.clear()
    first = asyncio.create_task(submit(submissions, "first"))
    await survey.busy.wait()
    others = [asyncio.create_task(submit(submissions, str(n))) for n in range(MOST_TOGETHER)]
    await asyncio.sleep(0)
    survey.broken = "617"
    survey.go.set()
    replies = await asyncio.gather(first, *others, return_exceptions=True)

    assert [n for n, one in enumerate(replies[1:]) if isinstance(one, BaseException)] == [617]
    assert len(survey.calls) <= 2 + 2 * 10


async def test_after_a_call_that_could_not_even_be_made_others_are_sent(survey: Survey) -> None:
    signs = iter([RuntimeError("no key"), None])

    def metadata(viewer: Viewer) -> Metadata:
        if (error := next(signs)) is not None:
            raise error
        return (("authorization", viewer.subject),)

    anything: Any = survey
    submissions = Submissions(anything, metadata)
    large = pb.SubmitResponsesRequest(
        submissions=[pb.Submission(id=str(n)) for n in range(MOST_TOGETHER)]
    )
    first = asyncio.create_task(submissions.submit(ANONYMOUS, large, seconds=1))
    second = asyncio.create_task(submit(submissions, "b"))

    with pytest.raises(RuntimeError):
        await first
    with pytest.raises(Unavailable):
        await second
    assert await submit(submissions, "c") == ["c"]
