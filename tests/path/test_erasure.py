"""Of a customer who was erased nothing is left anywhere, though parts of the platform were killed meanwhile."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import asyncpg
import grpc

from cxm.profile.v1 import customers_pb2, privacy_pb2
from cxm.profile.v1.customers_pb2_grpc import CustomerServiceStub
from cxm.profile.v1.privacy_pb2_grpc import PrivacyServiceStub
from infra.local.keys import Keys
from infra.local.sockets import socket_dir
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.key_files import read_key
from services.kit.rights.tokens import GATEWAY, Signer
from services.kit.sealing.customer_refs import customer_ref
from tests.path.support.pulse import nps, set_up
from tests.support.database import superuser_url
from tests.support.harm import kill
from tests.support.platform import Running, eventually

SERVICES: Final = ("profile", "survey", "metrics", "employee_exp")
CUSTOMER: Final = "planted-01-customer"
IDENTIFIERS: Final = (
    ("CUSTOMER", CUSTOMER),
    ("EMAIL", "planted-02@example.com"),
    ("EMAIL", "planted-03@example.com"),
    ("CARD", "planted-04-card"),
    ("ACCOUNT", "planted-05-account"),
    ("DEVICE", "planted-06-device"),
)
ATTRIBUTES: Final = {f"own{n}": f"planted-{n:02}-attribute" for n in range(7, 13)}
SOURCES: Final = ("planted-13-source", "planted-14-source", "planted-15-source")
REASONS: Final = tuple(f"planted-{n}-reason of somebody" for n in range(16, 21))
WORDS: Final = tuple(f"planted-{n}-words of somebody" for n in range(21, 31))
PLANTED: Final = (
    *(value for _, value in IDENTIFIERS),
    *ATTRIBUTES.values(),
    *SOURCES,
    *REASONS,
    *WORDS,
)
SUBMIT: Final = """mutation ($responses: [SubmitResponseInput!]!) { submitResponses(input: {responses: $responses}) {
  results { status } } }"""
DONE: Final = privacy_pb2.ERASURE_STATE_DONE


class Inside:
    """Profile, past the gateway, as an admin and as a privacy officer."""

    def __init__(self, platform: Running, channel: grpc.Channel) -> None:
        self.customers: Any = CustomerServiceStub(channel)
        self.privacy: Any = PrivacyServiceStub(channel)
        self.signer = Signer.from_file(Keys(platform.data_dir / "secrets").process("gateway"))

    def bearer(self, role: Role) -> Any:
        viewer = Viewer(f"test-{role}", (Grant(role, None),))
        token = self.signer.mint(viewer, issuer=GATEWAY, audience="profile", seconds=60)
        return (("authorization", f"Bearer {token}"),)

    def call(self, method: Any, request: Any, role: Role = Role.ADMIN) -> Any:
        return method(request, metadata=self.bearer(role), timeout=20, wait_for_ready=True)

    def upsert(self, *named: tuple[str, str], source: str, **attributes: str) -> int:
        """Number of the person."""
        item = customers_pb2.CustomerItem(
            identifiers=[customers_pb2.Identifier(kind=kind, value=value) for kind, value in named],
            attributes=attributes,
            source=source,
        )
        request = customers_pb2.UpsertCustomersRequest(items=[item])
        (result,) = self.call(self.customers.UpsertCustomers, request).results
        assert not result.refusals, result
        return int(result.id)

    def erasure(self, id_: str) -> privacy_pb2.StoredErasure:
        request = privacy_pb2.GetErasureRequest(id=id_)
        reply: privacy_pb2.GetErasureResponse = self.call(self.privacy.GetErasure, request)
        return reply.erasure


@contextmanager
def inside(platform: Running) -> Iterator[Inside]:
    with grpc.insecure_channel(f"unix:{socket_dir(platform.data_dir)}/profile.sock") as channel:
        yield Inside(platform, channel)


def everything_stored(platform: Running) -> str:
    """Every row of every table of all services as text; bytes in hex."""

    async def read() -> str:
        found = []
        for service in SERVICES:
            connection = await asyncpg.connect(superuser_url(platform.data_dir, f"cxm_{service}"))
            tables = await connection.fetch(
                "SELECT quote_ident(table_name) FROM information_schema.tables"
                " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            )
            for (table,) in tables:
                rows = await connection.fetch(f"SELECT t::text FROM {table} AS t")
                found += [f"{table} {row[0]}" for row in rows]
            await connection.close()
        return "\n".join(found)

    return asyncio.run(read())


def planted_in(text: str) -> set[str]:
    """Which of the planted strings are in a text, as they are or in hex."""
    return {each for each in PLANTED if each in text or each.encode().hex() in text}


def planted_in_files(platform: Running) -> dict[str, list[str]]:
    """Files of logs and of the broker with a planted string."""
    found = {}
    for folder in ("logs", "nats"):
        for path in (platform.data_dir / folder).rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            if there := [each for each in PLANTED if each.encode() in content]:
                found[str(path)] = there
    return found


def plant(platform: Running, profile: Inside) -> int:
    """A person of six aliases by two merges, one link more that has ended, and ten answers with words; its number."""
    first, second, third = IDENTIFIERS[:2], IDENTIFIERS[2:4], IDENTIFIERS[4:]
    one = profile.upsert(*first, source=SOURCES[0], **ATTRIBUTES)
    other, last = (
        profile.upsert(*named, source=source)
        for named, source in ((second, SOURCES[1]), (third, SOURCES[2]))
    )
    stranger = profile.upsert(("CUSTOMER", "stranger"), source="webshop")
    email = profile.upsert(("EMAIL", "stranger@example.com"), source="webshop")
    pairs = ((one, other), (other, last), (email, one))
    for (a, b), reason in zip(pairs, REASONS, strict=False):
        link = customers_pb2.LinkCustomersRequest(a=a, b=b, reason=reason)
        profile.call(profile.customers.LinkCustomers, link)
    part = customers_pb2.UnlinkCustomersRequest(a=email, b=one, reason=REASONS[3])
    profile.call(profile.customers.UnlinkCustomers, part)
    reveal = customers_pb2.RevealCustomerRequest(number=one, reason=REASONS[4])
    profile.call(profile.customers.RevealCustomer, reveal)
    answer(platform, CUSTOMER, *WORDS)
    answer(platform, "stranger", *(f"words of a stranger {n}" for n in range(12)))
    assert stranger != one
    return one


def answer(platform: Running, customer: str, *words: str) -> None:
    """A promoter each, with words."""
    responses = [
        {
            "survey": "pulse",
            "touchpoint": "invoice",
            "customer": customer,
            "answers": [{"question": "recommend", "score": 10}, {"question": "why", "text": text}],
        }
        for text in words
    ]
    reply = platform.ask(SUBMIT, {"responses": responses})
    statuses = [result["status"] for result in reply["submitResponses"]["results"]]
    assert statuses == ["STORED"] * len(words)


def test_of_a_customer_with_30_planted_strings_none_is_left(platform: Running) -> None:
    set_up(platform)
    assert len(PLANTED) == 30
    with inside(platform) as profile:
        number = plant(platform, profile)
        eventually(lambda: nps(platform, "billing")["base"] == 22, seconds=20)
        before = everything_stored(platform)
        assert planted_in(before) >= set(WORDS), "the control: what is there is found"

        asked = profile.call(
            profile.privacy.RequestErasure,
            privacy_pb2.RequestErasureRequest(number=number, reason="planted-16-reason asks"),
        ).erasure
        eventually(
            lambda: profile.erasure(asked.id).state == privacy_pb2.ERASURE_STATE_COUNTED, seconds=20
        )
        decide = privacy_pb2.DecideErasureRequest(id=asked.id, approve=True)
        profile.call(profile.privacy.DecideErasure, decide, Role.PRIVACY_OFFICER)
        started = time.monotonic()
        for part in ("services.survey.main", "services.profile.main", "services.survey.main"):
            kill(platform, part)
        eventually(lambda: profile.erasure(asked.id).state == DONE, seconds=60)
        assert time.monotonic() - started < 60
        done = profile.erasure(asked.id)

    assert sorted(receipt.service for receipt in done.receipts) == ["profile", "survey"]
    erased = {t.table: t.erased + t.blanked for r in done.receipts for t in r.tables}
    assert (erased["survey_response"], erased["survey_verbatim"]) == (10, 10)
    assert erased["profile_customer_alias"] == len(IDENTIFIERS)
    eventually(lambda: nps(platform, "billing")["base"] == 12, seconds=20)

    after = everything_stored(platform)
    assert planted_in(after) == set()
    assert "words of a stranger 11" in after
    key = read_key(platform.data_dir / "secrets" / "customer.key")
    ref = customer_ref(key, CUSTOMER)
    assert ref is not None
    tables = {line.split()[0] for line in after.splitlines() if ref.hex() in line}
    assert tables == {"profile_customer_erased", "profile_erasure", "survey_erased_customer"}
    assert planted_in_files(platform) == {}
