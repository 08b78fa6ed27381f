"""Waves behind their real gRPC server, beside employees and a real profile; time is what the test says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import grpc

from cxm.employee_exp.v1 import employee_exp_pb2 as employee_pb2
from cxm.employee_exp.v1 import waves_pb2 as pb
from services.employee_exp.invitations.runner import WaveRunner
from services.employee_exp.sealing.wave_keys import WaveKeys
from services.kit.mail.mail import BeforeData, MailFate
from services.kit.mail.message import MailMessage
from services.kit.rpc.servicing import Metadata
from services.kit.rpc.status import from_rpc
from tests.service.employee_exp.support.employees import Employees, noon
from tests.support.database import WholeDatabase

if TYPE_CHECKING:
    from cxm.employee_exp.v1.waves_pb2_grpc import WaveServiceAsyncStub
    from cxm.profile.v1.grants_pb2_grpc import GrantServiceAsyncStub

LINK_KEY = bytes(range(32, 64))
ADDRESS = "https://cxm.example"


@dataclass
class Watch:
    """A clock that shows noon of a day until it is moved."""

    at: datetime = field(default_factory=noon)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Outgoing:
    """A port of mails that keeps them; `failures` are raised before the mail is handed over, one each."""

    mails: list[MailMessage] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    async def send(self, message: MailMessage, before_data: BeforeData) -> MailFate:
        if self.failures:
            raise self.failures.pop(0)
        await before_data()
        self.mails.append(message)
        return MailFate.TAKEN

    async def close(self) -> None: ...


@dataclass
class Waves:
    """The service, asked as an analyst unless the test says otherwise."""

    stub: "WaveServiceAsyncStub"
    employees: Employees
    watch: Watch
    runner: WaveRunner
    keys: WaveKeys
    mail: Outgoing
    grants: "GrantServiceAsyncStub"
    profile: WholeDatabase

    @property
    def database(self) -> WholeDatabase:
        return self.employees.database

    def bearer(self, role: str = "analyst", department: str | None = None) -> Metadata:
        return self.employees.bearer(role, department)

    def after(self, **by: float) -> datetime:
        return self.watch() + timedelta(**by)

    async def employ(
        self,
        department: str,
        *names: str,
        email: bool = False,
        attributes: Mapping[str, str] | None = None,
        **known: str,
    ) -> None:
        """Employees who have been there for a year; with an address of their own if they have one."""
        stored = [(name, department, -365, None) for name in names]
        fates = await self.employees.fates(*stored)
        assert fates == ["STORED"] * len(names), fates
        if not (email or attributes or known):
            return
        items = [
            employee_pb2.DetailsItem(
                employee=name,
                details=employee_pb2.EmployeeDetails(
                    email=f"{name}@example.org" if email else None, attributes=attributes, **known
                ),
            )
            for name in names
        ]
        request = employee_pb2.SetEmployeeDetailsRequest(items=items)
        reply = await self.employees.stub.SetEmployeeDetails(request, metadata=self.bearer())
        assert not [result for result in reply.results if result.refusals], reply

    async def upsert(
        self, draft: pb.WaveDraft, key: str = "pulse", bearer: Metadata | None = None
    ) -> pb.Wave:
        request = pb.UpsertWaveRequest(key=key, draft=draft)
        return (await self.stub.UpsertWave(request, metadata=bearer or self.bearer())).wave

    async def open(self, key: str = "pulse") -> pb.Wave:
        return (await self.stub.OpenWave(pb.OpenWaveRequest(key=key), metadata=self.bearer())).wave

    async def close(self, key: str = "pulse", reason: str = "enough") -> pb.Wave:
        request = pb.CloseWaveRequest(key=key, reason=reason)
        return (await self.stub.CloseWave(request, metadata=self.bearer())).wave

    async def get(self, key: str = "pulse", bearer: Metadata | None = None) -> pb.Wave | None:
        request = pb.BatchGetWavesRequest(keys=[key])
        reply = await self.stub.BatchGetWaves(request, metadata=bearer or self.bearer())
        return reply.waves[0] if reply.waves else None

    def draft(self, **other: Any) -> pb.WaveDraft:
        """A draft that opens by hand and closes in two weeks."""
        return draft_of(**{"closes_at": self.after(days=14), **other})

    async def counting_at(self) -> dict[str, str]:
        """Key of the department where each employee's answers count, by external id."""
        rows = await self.database.fetch(
            "SELECT e.external_id, d.key FROM employee_exp_invitation i JOIN employee_exp_employee e"
            " ON e.id = i.employee_id JOIN employee_exp_wave_department d USING (wave_id, place)"
        )
        return {row["external_id"]: row["key"] for row in rows}


def draft_of(*, closes_at: datetime | None, **other: Any) -> pb.WaveDraft:
    """A draft of two questions, in English alone."""
    given: dict[str, Any] = {
        "kind": pb.WAVE_KIND_PULSE,
        "language": "en",
        "languages": ["en"],
        "name": "Spring pulse",
        "questions": [question("recommend", "ENPS"), question("tools", "AGREEMENT")],
        "k": 5,
        "closes_at": closes_at,
    }
    return pb.WaveDraft(**(given | other))


def question(key: str, kind: str, text: str = "", **texts: str) -> pb.WaveQuestion:
    """A question; where the test says no text, with one of its own."""
    return pb.WaveQuestion(
        key=key,
        kind=pb.WaveQuestionKind.Value(f"WAVE_QUESTION_KIND_{kind}"),
        text=text or f"What about {key}?",
        texts=[pb.WaveText(language=language, text=each) for language, each in texts.items()],
    )


async def refusal(call: Any) -> tuple[str, str]:
    """Reason and field of what refused a call."""
    try:
        await call
    except grpc.aio.AioRpcError as error:
        failure = from_rpc(error)
        return failure.reason, ".".join(failure.field)
    raise AssertionError("nothing was refused")


def names(prefix: str, count: int) -> Sequence[str]:
    return [f"{prefix}{number}" for number in range(count)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
