"""Sessions through their real gRPC server and PostgreSQL."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cxm.profile.v1 import sessions_pb2 as pb
from cxm.profile.v1.sessions_pb2_grpc import (
    SessionServiceStub,
    add_SessionServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.kit.rights.access import Grant, Role, Viewer, service_viewer
from services.kit.rights.tokens import GATEWAY, Signer
from services.kit.rpc.servicing import Metadata, call_metadata
from services.profile.directory.tree_cache import TreeCache
from services.profile.sessions.domain import MOST_OF_A_SUBJECT, REPLACED_EVERY, Lifetime
from services.profile.sessions.keeping import SessionKeeper
from services.profile.sessions.rpc import SessionRpc
from tests.conftest import Identities, Serve
from tests.service.profile.support.profile import Profile, SettableClock
from tests.support.audit import deeds

if TYPE_CHECKING:
    from cxm.profile.v1.sessions_pb2_grpc import SessionServiceAsyncStub

LIFETIME = Lifetime(timedelta(hours=1), timedelta(hours=12))
REFUSALS = (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNAUTHENTICATED)
ONE, TWO = bytes(31) + b"1", bytes(31) + b"2"


class Sessions:
    """Profile, asked by the gateway in its own name."""

    def __init__(self, stub: "SessionServiceAsyncStub", bearer: Metadata) -> None:
        self.stub = stub
        self.bearer = bearer

    async def start(self, secret: bytes = ONE, sign_in: str = "1", sid: str = "") -> pb.Session:
        request = pb.StartSessionRequest(
            secret=secret, subject="oidc:ann", sign_in=sign_in, provider_session=sid
        )
        return (await self.stub.StartSession(request, metadata=self.bearer)).session

    async def use(self, secret: bytes, next_secret: bytes = b"") -> pb.UseSessionResponse:
        request = pb.UseSessionRequest(secret=secret, next_secret=next_secret)
        return await self.stub.UseSession(request, metadata=self.bearer)

    async def is_open(self, session: pb.Session) -> bool:
        request = pb.FindOpenSessionsRequest(ids=[session.id])
        found = (await self.stub.FindOpenSessions(request, metadata=self.bearer)).ids
        return list(found) == [session.id]

    async def end_all(self, watch: SettableClock, **named: str) -> list[str]:
        before = Timestamp()
        before.FromDatetime(watch())
        request = pb.EndSessionsRequest(started_before=before, **named)
        reply = await self.stub.EndSessions(request, metadata=self.bearer)
        assert reply.ended == len(reply.ids)
        return list(reply.ids)


@pytest.fixture
async def sessions(
    profile: Profile,
    database: Database,
    serve: Serve,
    watch: SettableClock,
    identities: Identities,
) -> Sessions:
    rpc = SessionRpc(SessionKeeper(database, LIFETIME, watch), TreeCache(database, watch))
    stub: SessionServiceAsyncStub = SessionServiceStub(
        await serve("profile", add_SessionServiceServicer_to_server, rpc)
    )
    token = Signer(identities.private[GATEWAY]).mint(
        service_viewer(GATEWAY), issuer=GATEWAY, audience="profile", seconds=60
    )
    return Sessions(stub, call_metadata(token))


def secret_number(number: int) -> bytes:
    """One of many secrets, none of them ONE or TWO."""
    return (256 + number).to_bytes(32)


async def reason(call: object) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await call  # type: ignore[misc]
    return refused.value.details() or ""


async def test_a_session_is_used_replaced_and_ended(
    sessions: Sessions, watch: SettableClock, database: Database
) -> None:
    started = await sessions.start()
    used = await sessions.use(ONE, TWO)
    watch.at += REPLACED_EVERY
    replaced = await sessions.use(ONE, TWO)

    assert started.subject == "oidc:ann"
    assert (used.session, used.is_replaced, replaced.is_replaced) == (started, False, True)
    assert (await sessions.use(TWO)).session.id == started.id
    assert await sessions.is_open(started)
    stored = await database.pool.fetchrow("SELECT hash, previous_hash FROM profile_session")
    assert stored is not None
    assert not {ONE, TWO} & set(stored.values())

    request = pb.EndSessionRequest(secret=TWO)
    for _ in range(2):
        ended = await sessions.stub.EndSession(request, metadata=sessions.bearer)
        assert ended.id == started.id
    assert not await sessions.is_open(started)
    assert "has ended" in await reason(sessions.use(TWO))


async def test_an_old_secret_that_comes_back_ends_the_session(
    sessions: Sessions, watch: SettableClock, database: Database
) -> None:
    started = await sessions.start()
    watch.at += REPLACED_EVERY
    await sessions.use(ONE, TWO)
    await sessions.use(TWO)
    watch.at += timedelta(minutes=5)
    assert await sessions.is_open(started)

    assert "has ended" in await reason(sessions.use(ONE))
    assert "has ended" in await reason(sessions.use(TWO))
    assert not await sessions.is_open(started)
    assert (await written(database))[1:] == [("oidc:ann", "session_stolen", (started.id,))]


@pytest.mark.parametrize("signs_out", [False, True])
async def test_a_secret_that_was_replaced_many_times_ends_the_session(
    sessions: Sessions, watch: SettableClock, database: Database, signs_out: bool
) -> None:
    """A thief has used it on; whoever has lost it comes back, or signs out."""
    started = await sessions.start()
    held = ONE
    for number in range(5):
        watch.at += REPLACED_EVERY
        following = secret_number(number)
        assert (await sessions.use(held, following)).is_replaced
        held = following
    assert await sessions.is_open(started)

    if signs_out:
        request = pb.EndSessionRequest(secret=ONE)
        await sessions.stub.EndSession(request, metadata=sessions.bearer)
    else:
        assert "has ended" in await reason(sessions.use(ONE))

    assert not await sessions.is_open(started)
    assert "has ended" in await reason(sessions.use(held))
    assert (await written(database))[1:] == [("oidc:ann", "session_stolen", (started.id,))]


async def written(database: Database) -> list[tuple[str, str, tuple[str, ...]]]:
    """Of each entry of the audit log who, what and of which session."""
    entries = await deeds(database)
    assert all(entry.keys == () for entry in entries)  # nothing but ids
    return [(entry.actor.subject, entry.deed, entry.ids) for entry in entries]


async def test_beginning_and_ending_a_session_is_on_record(
    sessions: Sessions, watch: SettableClock, database: Database
) -> None:
    first = await sessions.start(ONE, "1", "s1")
    assert "used before" in await reason(sessions.start(TWO))  # changes nothing, so says nothing
    await sessions.use(ONE)
    request = pb.EndSessionRequest(secret=ONE)
    for _ in range(2):
        await sessions.stub.EndSession(request, metadata=sessions.bearer)
    second = await sessions.start(TWO, "2", "s2")
    watch.at += timedelta(seconds=1)
    await sessions.end_all(watch, provider_session="s2")
    by_link = pb.StartSessionRequest(
        secret=secret_number(1), subject="bob", sign_in="link:3", has_own_grants=True
    )
    link = (await sessions.stub.StartSession(by_link, metadata=sessions.bearer)).session

    assert await written(database) == [
        ("oidc:ann", "signed_in", (first.id,)),
        ("oidc:ann", "signed_out", (first.id,)),
        ("oidc:ann", "signed_in", (second.id,)),
        ("oidc:ann", "session_ended_by_provider", (second.id,)),
        ("bob", "signed_in_by_link", (link.id,)),
    ]


@pytest.mark.parametrize("secret", [b"", ONE[1:], ONE + b"1"])
async def test_what_is_no_secret_opens_and_starts_nothing(
    sessions: Sessions, secret: bytes
) -> None:
    assert "a secret has 32 bytes" in await reason(sessions.start(secret))
    assert "a secret has 32 bytes" in await reason(sessions.use(secret))


async def test_a_sign_in_makes_one_session(sessions: Sessions) -> None:
    await sessions.start(ONE)

    assert "used before" in await reason(sessions.start(TWO))
    assert "has ended" in await reason(sessions.use(TWO))


async def test_the_provider_ends_what_was_started_before(
    sessions: Sessions, watch: SettableClock
) -> None:
    first, second = await sessions.start(ONE, "1", "s1"), await sessions.start(TWO, "2", "s2")
    assert await sessions.end_all(watch, subject="oidc:ann") == []  # started now
    watch.at += timedelta(seconds=1)

    assert await sessions.end_all(watch, subject="oidc:eve", provider_session="s1") == []
    assert await sessions.end_all(watch, provider_session="s1") == [first.id]
    assert [await sessions.is_open(s) for s in (first, second)] == [False, True]
    assert await sessions.end_all(watch, subject="oidc:ann") == [second.id]
    assert "name a subject" in await reason(sessions.end_all(watch))


async def test_a_subject_has_so_many_sessions_and_no_more(
    sessions: Sessions, watch: SettableClock, database: Database
) -> None:
    first = await sessions.start()
    for number in range(MOST_OF_A_SUBJECT):
        watch.at += timedelta(seconds=1)
        last = await sessions.start(secret_number(number), f"{number}n")

    assert not await sessions.is_open(first)
    assert await sessions.is_open(last)
    assert [one for one in await written(database) if one[1] != "signed_in"] == [
        ("oidc:ann", "session_displaced", (first.id,))
    ]
    # Its link was used, and is not forgotten for having been ended.
    assert "used before" in await reason(sessions.start(bytes(31) + b"3"))


async def test_sign_ins_at_once_leave_no_session_too_many(
    sessions: Sessions, database: Database
) -> None:
    for number in range(MOST_OF_A_SUBJECT - 1):
        await sessions.start(secret_number(number), f"{number}n")

    others = range(MOST_OF_A_SUBJECT, MOST_OF_A_SUBJECT + 8)
    await asyncio.gather(*(sessions.start(secret_number(n), f"{n}n") for n in others))

    still_open = "SELECT count(*) FROM profile_session WHERE ended_at IS NULL"
    assert await database.pool.fetchval(still_open) == MOST_OF_A_SUBJECT


async def test_sessions_that_have_ended_take_no_place(
    sessions: Sessions, watch: SettableClock
) -> None:
    first = await sessions.start()
    for number in range(MOST_OF_A_SUBJECT):
        watch.at += timedelta(seconds=1)
        secret = secret_number(number)
        await sessions.start(secret, f"{number}n")
        await sessions.stub.EndSession(
            pb.EndSessionRequest(secret=secret), metadata=sessions.bearer
        )

    assert await sessions.is_open(first)


async def test_what_ended_long_ago_is_deleted(
    sessions: Sessions, watch: SettableClock, database: Database
) -> None:
    await sessions.start()
    watch.at += timedelta(hours=3)
    await sessions.start(TWO, "2")

    assert await database.pool.fetchval("SELECT count(*) FROM profile_session") == 1


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("ann", (Grant(Role.ADMIN),)),
        Viewer("service:gateway"),
        Viewer("service:survey", (Grant(Role.SERVICE),)),
    ],
)
async def test_nobody_but_the_gateway_in_its_own_name_keeps_sessions(
    sessions: Sessions, identities: Identities, viewer: Viewer
) -> None:
    token = Signer(identities.private[GATEWAY]).mint(
        viewer, issuer=GATEWAY, audience="profile", seconds=60
    )
    stranger = Sessions(sessions.stub, call_metadata(token))
    await sessions.start()

    for call in (stranger.start(), stranger.use(ONE)):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await call
        assert refused.value.code() in REFUSALS


async def test_the_reading_role_of_the_database_sees_no_sessions(database: Database) -> None:
    with pytest.raises(DBAPIError, match="permission denied for table profile_session"):
        async with database.read() as session:
            await session.execute(text("SELECT subject FROM profile_session"))
