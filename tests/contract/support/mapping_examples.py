"""Examples of docs/mapping.md: each is read from the document and imported up to where rows would be stored.

An example is a block of TOML, a block of CSV, and a block of text that says what becomes of the rows. `toml` is
followed by the kind of import; by `base` too where later examples of the kind add to it: a table they have takes
the place of its own. `csv` may be followed by words that say which file is made of it (made_files.py).
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from cxm.batch.v1.batch_pb2 import (
    ITEM_STATUS_STORED,
    ImportHeader,
    ImportPart,
    ImportProgress,
    ItemResult,
)
from cxm.profile.v1.profile_pb2 import UpsertDepartmentsRequest, UpsertDepartmentsResponse
from services.employee_exp.employment.domain.details import DetailsChange
from services.employee_exp.employment.importing import EMPLOYEES, plan_employees
from services.employee_exp.releases.domain.measured.items import Measured
from services.employee_exp.releases.domain.measured.judging import WaveTerms
from services.employee_exp.releases.domain.tree import NONE
from services.employee_exp.releases.domain.tree import Tree as PlacedTree
from services.employee_exp.releases.measured.importing import WAVE, plan_wave
from services.employee_exp.releases.measured.whole_waves import JudgedBy, MeasuredWave, Places
from services.kit.clock import day_date, day_number
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid
from services.kit.imports.batches import Batch, Draft
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.items import ItemOutcome
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tree import Department, History, Placement, Tree
from services.profile.consents.domain.statements import ConsentItem
from services.profile.consents.importing import CONSENTS, plan_consents
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.domain.items import CustomerItem
from services.profile.customers.importing import (
    ATTRIBUTES,
    CUSTOMERS,
    IDENTITIES,
    plan_customers,
    plan_identities,
)
from services.profile.customers.upserting import UpsertedCustomers
from services.profile.directory.importing import (
    DEPARTMENTS,
    TOUCHPOINTS,
    plan_departments,
    plan_touchpoints,
)
from services.profile.directory.rehearsal import Rehearsal
from services.profile.interactions.domain.items import InteractionItem
from services.profile.interactions.importing import INTERACTIONS, plan_interactions
from services.profile.points.domain import PointItem
from services.profile.points.importing import POINTS, plan_points
from services.profile.purchases.domain import PurchaseItem
from services.profile.purchases.importing import PURCHASES, plan_purchases
from services.profile.purchases.recording import PurchaseRecorder
from services.profile.subscriptions.domain import SubscriptionItem
from services.profile.subscriptions.importing import SUBSCRIPTIONS, plan_subscriptions
from services.profile.subscriptions.upserting import SubscriptionKeeper
from services.survey.attribution.submission import Answer, Submission
from services.survey.importing.answers.answer_columns import RESPONSES
from services.survey.importing.plan import UseCases, plan_responses
from services.survey.importing.row_names import ImportedRow
from services.survey.responses.domain.outcome import Fate, SubmissionOutcome
from tests.contract.support.made_files import made

KINDS: Final = {
    kind.name: kind
    for kind in (
        DEPARTMENTS,
        TOUCHPOINTS,
        CUSTOMERS,
        IDENTITIES,
        CONSENTS,
        POINTS,
        PURCHASES,
        INTERACTIONS,
        SUBSCRIPTIONS,
        RESPONSES,
        EMPLOYEES,
        WAVE,
    )
}
FENCED: Final = re.compile(r"^```(\w+)(.*)\n((?s:.*?))^```$", re.MULTILINE)
TABLE: Final = re.compile(r"^\[.*\]$", re.MULTILINE)
HIDDEN: Final = ("id", "survey", "answers", "imported", "importer", "exported")  # of a response
COUNTED: Final = ("rows", "stored", "already_stored", "refused", "refusals", "done")
ADMIN: Final = Viewer("reader", (Grant(Role.ADMIN),))
TODAY: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Example:
    """One example: what is imported, and what the document says becomes of it."""

    kind: str
    mapping: str
    words: tuple[str, ...]  # after `csv`
    file: str
    result: list[str]


def examples(document: str) -> Iterator[Example]:
    """Every example, in the document's order; ValueError for a block that is part of none."""
    bases: dict[str, str] = {}
    mapping, kind, file = "", "", ""
    words: tuple[str, ...] = ()
    for block in FENCED.finditer(document):
        language, more, text = block.group(1), block.group(2).split(), block.group(3)
        match language, more:
            case "toml", [kind, "base"]:
                bases[kind] = mapping = text
            case "toml", [kind]:
                mapping = _over(bases.get(kind, ""), text)
            case "csv", _ if mapping:
                words, file = tuple(more), text
            case "text", [] if file:
                yield Example(kind, mapping, words, file, text.splitlines())
                mapping = file = ""
            case _:
                raise ValueError(f"a block is part of no example: {block.group()[:200]}")


def _over(base: str, text: str) -> str:
    """The tables of a base, those that the text has taken from there."""
    tables = _tables(base) | _tables(text)
    return "".join(f"{name}\n{body}\n" for name, body in tables.items())


def _tables(text: str) -> dict[str, str]:
    names = TABLE.findall(text)
    return dict(zip(names, TABLE.split(text)[1:], strict=True))


async def outcome(example: Example) -> list[str]:
    """What becomes of the rows, a line for each, as the document writes it."""
    drafts: list[Draft[Any]] = []
    told: list[ImportProgress] = []

    async def prepare(job: Job) -> Plan[Any]:
        plan = await PLANS[example.kind](job)
        return _watched(plan, drafts)

    try:
        parts = _parts(example)
        async for progress in Imports().run(KINDS[example.kind], parts, prepare, "reader"):
            told.append(progress)
    except Invalid as failure:
        return [f"{failure.reason} {failure.message}"]
    rows = {draft.row: show(draft.item) for draft in drafts}
    for refused in (refused for progress in told for refused in progress.refusals):
        column = f"{refused.column}: " if refused.column else ""
        rows[refused.row] = f"refused {refused.reason} {column}{refused.message}"
    return [f"row {row}: {rows[row]}" for row in sorted(rows)] + list(_counts(told[-1]))


async def _parts(example: Example) -> AsyncIterator[ImportPart]:
    name, data = made(example.file, example.words)
    yield ImportPart(header=ImportHeader(mapping=example.mapping, file_name=name))
    yield ImportPart(data=data)


def _watched(plan: Plan[Any], drafts: list[Draft[Any]]) -> Plan[Any]:
    """The plan, with rows kept here; what creates a survey where a row is stored is asked too."""
    batches, create = plan.batches, plan.store

    async def watch() -> AsyncIterator[Batch[Any]]:
        async for batch in batches:
            drafts.extend(batch.drafts)
            yield batch

    async def store(items: Sequence[Any]) -> Sequence[ItemResult]:
        if isinstance(items[0], ImportedRow):
            await create(items)
        return [ItemResult(status=ITEM_STATUS_STORED) for _ in items]

    plan.batches, plan.store = watch(), store
    return plan


def _counts(last: ImportProgress) -> Iterator[str]:
    """What the result says beside the rows, such as what was created."""
    yield from (f"note: {remark.count} {remark.message}" for remark in last.remarks)
    for field, value in last.ListFields():
        if field.name not in (*COUNTED, "remarks"):
            shown = value if isinstance(value, str | int) else ", ".join(map(str, value))
            yield f"{field.name.replace('_', ' ')}: {shown}"


def show(item: object) -> str:
    """The fields of an item that are not empty, as the document writes them."""
    if isinstance(item, ImportedRow):
        given = item.sent._asdict().items()
        pairs = _times(item) or [_answer(answer) for answer in item.sent.answers]
        pairs += [(name, value) for name, value in given if name not in HIDDEN]
    elif isinstance(item, CustomerItem):
        pairs = _customer(item)
    elif isinstance(item, ConsentItem):
        pairs = _consent(item)
    elif isinstance(item, PointItem):
        pairs = _points(item)
    elif isinstance(item, PurchaseItem):
        pairs = _purchase(item)
    elif isinstance(item, InteractionItem):
        pairs = _interaction(item)
    elif isinstance(item, SubscriptionItem):
        pairs = _subscription(item)
    else:
        assert is_dataclass(item)
        named = [(f.name, getattr(item, f.name)) for f in fields(item) if f.name != "row"]
        pairs = [pair for name, value in named for pair in _details(name, value)]
    return ", ".join(f"{n} {_value(n, v)}" for n, v in pairs if v not in (None, "", ()))


def _customer(item: CustomerItem) -> list[tuple[str, object]]:
    """A customer by identifiers and attributes."""
    known = [(each.kind, each.value) for each in item.identifiers]
    said = [
        (key if key in ATTRIBUTES else f"attribute.{key}", value)
        for key, value in item.attributes.items()
    ]
    return [*known, *said, ("first_seen", item.first_seen), ("source", item.source)]


def _consent(item: ConsentItem) -> list[tuple[str, object]]:
    """A statement, and who said it."""
    assert isinstance(item.customer, Identifier)
    said = [
        (field.name, getattr(item, field.name))
        for field in fields(item)
        if field.name not in ("customer", "status", "proof")
    ]
    proof = item.proof.name if item.proof else None
    named = [(item.customer.kind, item.customer.value), ("status", item.status.name)]
    return [*named, *said, ("proof", proof)]


def _purchase(item: PurchaseItem) -> list[tuple[str, object]]:
    """A purchase or return, its customer by kind and value, and each line."""
    customer = item.customer and f"{item.customer.kind} {item.customer.value}"
    named = (
        "department",
        "touchpoint",
        "channel",
        "payment",
        "place",
        "receipt",
        "return_of",
        "source",
    )
    lines = [
        ("line", f"{line.quantity:g} x {line.item} {line.cents} (off {line.discount})")
        for line in item.lines
    ]
    return [
        ("return" if item.is_return else "purchase", item.id),
        ("of", customer or "nobody"),
        ("at", item.at),
        ("cents", item.cents),
        *((name, getattr(item, name)) for name in named),
        ("card_used", None if item.card_used is None else str(item.card_used).lower()),
        *lines,
    ]


def _points(item: PointItem) -> list[tuple[str, object]]:
    """An entry, and whose it is; an id that was not sent is no part of it."""
    named = [(item.identifier.kind, item.identifier.value), ("kind", item.kind.name)]
    names = ("points", "at", "expires_on", "source")
    sent = [] if ":" in item.id else [("id", item.id)]
    return [*named, *((name, getattr(item, name)) for name in names), *sent]


def _interaction(item: InteractionItem) -> list[tuple[str, object]]:
    """An interaction by whom it names and where it was; a hash that stands for its id is left out."""
    customer = [(item.customer.kind, item.customer.value)] if item.customer else []
    place = [(field.name, getattr(item.place, field.name)) for field in fields(item.place)]
    said = [(f"details.{key}", value) for key, value in item.details.items()]
    id_ = "" if ":" in item.id else item.id
    return [("id", id_), *customer, ("kind", item.kind), *place, *said, ("source", item.source)]


def _subscription(item: SubscriptionItem) -> list[tuple[str, object]]:
    """A span of a subscription, and whose it is."""
    customer = item.customer and f"{item.customer.kind} {item.customer.value}"
    named = [
        (f.name, getattr(item, f.name)) for f in fields(item) if f.name not in ("id", "customer")
    ]
    return [("subscription", item.id), ("of", customer), *named]


def _details(name: str, value: object) -> list[tuple[str, object]]:
    """A field of an item; what it says of its employee each by itself."""
    if isinstance(value, WaveTerms | Measured):
        return [(field.name, getattr(value, field.name)) for field in fields(value)]
    if not isinstance(value, DetailsChange):
        return [(name, value)]
    attributes = [(f"attribute.{key}", said) for key, said in value.attributes]
    named = [("email", value.email), ("language", value.language), ("subject", value.subject)]
    told: list[tuple[str, object]] = [(key, said) for key, said in (*named, *attributes) if said]
    return told or [("nothing", "else known")]


def _times(row: ImportedRow) -> list[tuple[str, object]]:
    """Of a row that stands for many: what so many of them answered."""
    if row.times == 1:
        return []
    first, rest = row.rest or (row.times, ())
    parts = [(row.sent.answers, first), (rest, row.times - first)]
    said = [(*_answer(each), times) for given, times in parts for each in given if times]
    return [("times", row.times), *((question, f"{value} {n}") for question, value, n in said)]


def _answer(answer: Answer) -> tuple[str, object]:
    match answer.value:
        case True:
            return answer.question, "DONT_KNOW"
        case str() as words:
            return answer.question, f'"{words}"'.replace("\n", "\\n")
        case tuple() as keys:
            return answer.question, " + ".join(keys)
    return answer.question, answer.value


def _value(name: str, value: object) -> object:
    return day_date(value) if name.endswith("_day") and isinstance(value, int) else value


class _Directory:
    """A copy of the directory that takes departments, as profile would."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.profile = self.identity = self

    def metadata(self, _: str) -> None:
        return None

    async def UpsertDepartments(
        self, request: UpsertDepartmentsRequest, **_: object
    ) -> UpsertDepartmentsResponse:
        stored = [ItemResult(status=ITEM_STATUS_STORED) for _ in request.items]
        return UpsertDepartmentsResponse(results=stored)

    async def know_departments(self, _: Iterable[str]) -> None:
        return None


def _tree() -> Tree:
    """Organisation over Care (care) and Sales (sales)."""
    parents = {"root": None, "care": "root", "sales": "root"}
    departments = {
        key: Department(
            key, key, "Organisation" if key == "root" else key.title(), 1, _under(parent)
        )
        for key, parent in parents.items()
    }
    return Tree(ZoneInfo("Europe/Riga"), "root", departments, {}, lambda: TODAY)


def _under(parent: str | None) -> History[Placement]:
    return History((Placement(parent),))


async def _nothing(*_: object) -> Any:
    return []


async def _none(_: Sequence[str]) -> dict[str, bool]:
    return {}


async def _none_withdrawn(_: Viewer, __: Sequence[str]) -> int:
    return 0


async def _same(_: Viewer, rows: Sequence[ImportedRow]) -> Sequence[Submission]:
    return [row.sent for row in rows]


async def _all_stored(_: Viewer, items: Sequence[Submission]) -> list[SubmissionOutcome]:
    return [SubmissionOutcome("", Fate.STORED) for _ in items]


async def _responses(job: Job) -> Plan[Any]:
    use_cases = UseCases(
        _nothing,
        _same,
        lambda _: _all_stored,
        lambda _: _all_stored,
        _none,
        _none_withdrawn,
    )
    return plan_responses(job, ADMIN, cast(DirectoryCopy, _Directory(_tree())), None, use_cases)


async def _departments(job: Job) -> Plan[Any]:
    return await plan_departments(job, ADMIN, _tree(), Rehearsal(_tree()))


async def _touchpoints(job: Job) -> Plan[Any]:
    return plan_touchpoints(job, ADMIN, _tree(), Rehearsal(_tree()))


async def _taken(_: Sequence[CustomerItem], *, dry_run: bool) -> UpsertedCustomers:
    return UpsertedCustomers((), 0)


async def _customers(job: Job) -> Plan[Any]:
    return plan_customers(job, _tree().zone, _taken)


async def _identities(job: Job) -> Plan[Any]:
    return plan_identities(job, _taken)


async def _said(_: Sequence[ConsentItem], *, dry_run: bool) -> tuple[ItemOutcome, ...]:
    return ()


async def _consents(job: Job) -> Plan[Any]:
    return plan_consents(job, _tree().zone, _said)


async def _purchases(job: Job) -> Plan[Any]:
    return plan_purchases(job, ADMIN, _tree(), "EUR", cast(PurchaseRecorder, None))


async def _earned(_: Sequence[PointItem], *, dry_run: bool) -> tuple[ItemOutcome, ...]:
    return ()


async def _ledger(job: Job) -> Plan[Any]:
    return plan_points(job, _tree().zone, _earned)


async def _recorded(_: Sequence[InteractionItem], *, dry_run: bool) -> Sequence[ItemOutcome]:
    return ()


async def _interactions(job: Job) -> Plan[Any]:
    return plan_interactions(job, _tree(), _recorded)


async def _subscriptions(job: Job) -> Plan[Any]:
    return plan_subscriptions(job, ADMIN, _tree(), cast(SubscriptionKeeper, None))


async def _employees(job: Job) -> Plan[Any]:
    return plan_employees(job, ADMIN, cast(DirectoryCopy, _Directory(_tree())), _nothing)


async def _wave(job: Job) -> Plan[Any]:
    directory = cast(DirectoryCopy, _Directory(_tree()))
    today = day_number(TODAY.date())
    keys = ("care", "root", "sales")
    places = Places(PlacedTree([1, NONE, 1]), {key: n for n, key in enumerate(keys)}, keys)
    return plan_wave(job, ADMIN, directory, JudgedBy(places, {}, today), _released)


async def _released(wave: MeasuredWave, *, dry_run: bool) -> bool:
    return bool(wave.cells) and not dry_run


PLANS: Final[dict[str, Callable[[Job], Awaitable[Plan[Any]]]]] = {
    "responses": _responses,
    "departments": _departments,
    "touchpoints": _touchpoints,
    "customers": _customers,
    "identities": _identities,
    "consents": _consents,
    "points": _ledger,
    "purchases": _purchases,
    "interactions": _interactions,
    "subscriptions": _subscriptions,
    "employees": _employees,
    "wave": _wave,
}
