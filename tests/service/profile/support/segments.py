"""Segments of a replica of profile, asked over gRPC, and rules about customers by chance."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from cxm.profile.v1 import segments_pb2 as pb
from services.kit.db.database import Database
from services.kit.logic.checked import Ref, Value
from services.kit.rpc.servicing import Metadata
from services.profile.customers.domain.kinds import Kinds
from services.profile.customers.sealed_names import SealedNames
from tests.conftest import Identities

if TYPE_CHECKING:
    from cxm.profile.v1.segments_pb2_grpc import SegmentServiceAsyncStub

PLANS: Final = ("gold", "basic", 'Ünï "x" \\', "0")
COUNTRIES: Final = ("LV", "LT", "SI")
FIRST: Final = date(2026, 1, 1)
TODAY: Final = 20_500
WINDOWS: Final = (7, 90, 400)
ITEMS: Final = ("pen", "ink")
KINDS: Final = Kinds()


@dataclass
class SegmentCalls:
    """Asked as an admin unless the test says otherwise."""

    stub: "SegmentServiceAsyncStub"
    database: Database
    identities: Identities

    def bearer(self, role: str = "admin") -> Metadata:
        return self.identities.bearer("profile", role)

    async def upsert(
        self, key: str, rule: str, place: int | None = None, name: str = "", role: str = "admin"
    ) -> pb.StoredSegment:
        request = pb.UpsertSegmentRequest(key=key, name=name or key, rule=rule, place=place)
        return (await self.stub.UpsertSegment(request, metadata=self.bearer(role))).segment

    async def remove(self, key: str, role: str = "admin") -> bool:
        request = pb.RemoveSegmentRequest(key=key)
        return (await self.stub.RemoveSegment(request, metadata=self.bearer(role))).removed

    async def list(self, role: str = "admin") -> Iterable[pb.StoredSegment]:
        request = pb.ListSegmentsRequest()
        return (await self.stub.ListSegments(request, metadata=self.bearer(role))).segments

    async def count(self, *keys: str, role: str = "admin") -> tuple[int, ...]:
        request = pb.CountSegmentsRequest(keys=keys)
        return tuple((await self.stub.CountSegments(request, metadata=self.bearer(role))).counts)

    async def members(
        self, key: str, first: int = 100, after: int = 0, role: str = "admin"
    ) -> pb.ListMembersResponse:
        request = pb.ListMembersRequest(key=key, first=first, after=after)
        return await self.stub.ListMembers(request, metadata=self.bearer(role))

    async def preview(
        self, rule: str, key: str = "", role: str = "admin"
    ) -> pb.PreviewSegmentResponse:
        request = pb.PreviewSegmentRequest(rule=rule, key=key)
        return await self.stub.PreviewSegment(request, metadata=self.bearer(role))

    async def find(self, *numbers: int, role: str = "admin") -> Iterable[str]:
        request = pb.FindSegmentsRequest(numbers=numbers)
        return (await self.stub.FindSegments(request, metadata=self.bearer(role))).keys

    async def names(self, role: str = "admin") -> dict[str, pb.RuleName]:
        request = pb.ListRuleNamesRequest()
        reply = await self.stub.ListRuleNames(request, metadata=self.bearer(role))
        return {each.name: each for each in reply.names}

    async def numbers(self, rule: str) -> tuple[int, ...]:
        """Of whom a rule holds: ten at most."""
        reply = await self.preview(rule)
        assert not reply.HasField("issue"), reply.issue
        assert reply.count == len(reply.members)
        return tuple(member.number for member in reply.members)


Person = dict[Ref, Value]


def any_person(chance: random.Random) -> Person:
    """What rules may ask of somebody; attributes may be absent."""
    kinds = [kind.key for kind in KINDS if chance.random() < 0.4] or ["CUSTOMER"]
    person: Person = {
        ("first_day",): FIRST + timedelta(days=chance.randint(0, 60)),
        ("identifiers",): frozenset(kinds),
    }
    if chance.random() < 0.7:
        person[("country",)] = chance.choice(COUNTRIES)
    if chance.random() < 0.5:
        person[("language",)] = chance.choice(("lv", "lt"))
    for key in ("plan", "credit-score"):
        if chance.random() < 0.6:
            person[(f"attribute.{key}",)] = chance.choice(PLANS)
    return person


async def add_purchases(
    database: Database, number: int, person: Person, chance: random.Random
) -> None:
    """Up to four purchases and returns of a line each, and what rules say of them."""
    pool = database.pool
    await pool.execute(
        "INSERT INTO profile_customer_alias VALUES ($1, 1, $2, '', $1, now())",
        number,
        number.to_bytes(16, "big"),
    )
    made = []
    for mark in range(chance.choice((0, 0, 1, 4))):
        day, cents = TODAY - chance.choice((0, 6, 7, 89, 90, 399, 400)), chance.randint(0, 9_999)
        sign, item = chance.choice((1, 1, 1, -1)), chance.choice(ITEMS)
        made.append((day, cents, sign, item))
        await pool.execute(
            "INSERT INTO profile_purchase (at, mark, cents, alias, department, dimensions, local_day, sign, payment,"
            " place, receipt) VALUES (to_timestamp($1::int * 86400), $2, $3, $4, 1, 1, $1, $5, '', '', '')",
            *(day, mark, cents, number, sign),
        )
        await pool.execute(
            "INSERT INTO profile_purchase_line (at, mark, cents, discount, quantity, alias, position, item)"
            " VALUES (to_timestamp($1::int * 86400), $2, $3, 0, 1, $4, 1, $5)",
            *(day, mark, cents, number, item),
        )
    for days in WINDOWS:
        kept = [each for each in made if each[0] > TODAY - days]
        person["orders", days] = sum(sign == 1 for _, _, sign, _ in kept)
        person["spent", days] = sum(sign * cents for _, cents, sign, _ in kept) / 100
        for item in ITEMS:
            person["bought", item, days] = any(
                sign == 1 and named == item for _, _, sign, named in kept
            )


def row_of(number: int, person: Person, sealed: SealedNames) -> tuple[object, ...]:
    """The row that a person has for rules."""
    words = {
        str(ref[0]).removeprefix("attribute."): sealed.word(value)
        for ref, value in person.items()
        if isinstance(value, str)
    }
    kinds = person[("identifiers",)]
    assert isinstance(kinds, frozenset)
    numbers = [kind.number for kind in KINDS if kind.key in kinds]
    return number, person[("first_day",)], numbers, words


def any_rule(chance: random.Random, depth: int = 4) -> str:
    """A rule that means something."""
    if depth == 0 or chance.random() < 0.15:
        return chance.choice(_LEAVES)(chance)
    inner = [any_rule(chance, depth - 1) for _ in range(3)]
    a, b = (_any_number(chance, depth - 1) for _ in range(2))
    less = chance.choice(("<", "<=", ">", ">="))
    return chance.choice(
        (
            f"({inner[0]} and {inner[1]} and {inner[2]})",
            f"({inner[0]} or {inner[1]})",
            f"not ({inner[0]})",
            f"({inner[0]}) = ({inner[1]})",
            f"({inner[0]}) != ({inner[1]})",
            f"default({inner[0]}, {inner[1]})",
            f"if({inner[0]}, {inner[1]}, {inner[2]})",
            f"{a} {less} {b}",
            f"round({a}) {chance.choice(('=', '!='))} round({b})",
            f"round({a}) in (0, 1, round({b}))",
        )
    )


def _quoted(chance: random.Random) -> str:
    plan = chance.choice((*PLANS, "", "none of these"))
    escaped = plan.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_ATTRIBUTES: Final = ("country", "language", "attribute.plan", "`attribute.credit-score`")
_LEAVES: Final = (
    lambda chance: f"attribute.plan {chance.choice(('=', '!='))} {_quoted(chance)}",
    lambda chance: f"`attribute.credit-score` in ({_quoted(chance)}, {_quoted(chance)})",
    lambda chance: "attribute.plan = `attribute.credit-score`",
    lambda chance: f'country {chance.choice(("=", "!="))} "{chance.choice(COUNTRIES)}"',
    lambda chance: f'default(language, "lv") = "{chance.choice(("lv", "lt"))}"',
    lambda chance: f'identifiers has "{chance.choice([kind.key for kind in KINDS])}"',
    lambda chance: f"answered({chance.choice(_ATTRIBUTES)})",
    lambda chance: (
        f'first_day {chance.choice(("<", ">=", "=", "!="))} date("2026-01-{chance.randint(10, 31)}")'
    ),
    lambda chance: chance.choice(("true", "false")),
    lambda chance: f'bought("{chance.choice(ITEMS)}", {chance.choice(WINDOWS)})',
)


def _any_number(chance: random.Random, depth: int) -> str:
    if depth <= 0:
        return chance.choice(
            (
                'days(first_day, date("2026-02-01"))',
                f"count({', '.join(_ATTRIBUTES[: chance.randint(1, 4)])})",
                f'length("ab{chance.choice(("", "😀"))}")',
                chance.choice(("0", "1", "2.5", "0.001", "30")),
                f"orders({chance.choice(WINDOWS)})",
                f"spent({chance.choice(WINDOWS)})",
                'if(answered(language), days(first_day, date("2026-01-15")), 3 / 0)',
            )
        )
    a, b = _any_number(chance, depth - 1), _any_number(chance, depth - 1)
    return chance.choice(
        (
            f"({a} {chance.choice('+-*/')} {b})",
            f"{chance.choice(('sum', 'mean', 'min', 'max', 'count'))}({a}, {b})",
            f"(-{a})",
            f"default({a}, {b})",
            f"if({any_rule(chance, 0)}, {a}, {b})",
            f"round({a}, {chance.randint(0, 3)})",
        )
    )
