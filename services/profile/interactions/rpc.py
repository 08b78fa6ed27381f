"""cxm.profile.v1.InteractionService."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

from cxm.profile.v1 import interactions_pb2 as pb
from cxm.profile.v1.interactions_pb2_grpc import (
    InteractionServiceServicer,
    add_InteractionServiceServicer_to_server,
)
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.month_keeping import MonthKeeper, MonthRules
from services.profile.facts.wiring import Facts
from services.profile.interactions import convert
from services.profile.interactions.domain.items import MOST_ITEMS, InteractionItem
from services.profile.interactions.importing import INTERACTIONS, plan_interactions
from services.profile.interactions.known_kinds import KnownKinds
from services.profile.interactions.making_kinds import InteractionKindMaker
from services.profile.interactions.reading import InteractionReader
from services.profile.interactions.recording import InteractionRecorder
from services.profile.interactions.storage import bare_month
from services.profile.interactions.withdrawing import InteractionWithdrawer

TABLE = "profile_interaction"


@dataclass(frozen=True, slots=True)
class InteractionRules:
    """For how many months beside the present one interactions are kept, and their details."""

    keep_months: int
    details_months: int = 13


class InteractionRpc(InteractionServiceServicer):
    """Interactions are read from the database at every call."""

    def __init__(
        self, facts: Facts, rules: InteractionRules, imports: Imports | None = None
    ) -> None:
        self.imports = imports or Imports()
        self.directory: TreeCache = facts.directory
        database, clock = facts.database, facts.directory.now
        kinds = KnownKinds(database.pool)
        months = facts.month_maker(TABLE, rules.keep_months, rules.details_months)
        self.recorder = InteractionRecorder(
            database, kinds, facts.attributor, facts.aliases, months
        )
        self.withdrawer = InteractionWithdrawer(database, facts.aliases, clock)
        self.reader = InteractionReader(facts.persons, kinds, clock)
        self.maker = InteractionKindMaker(database, kinds, clock)

    @needs(Action.RECORD_FACTS, Scope.ANY_DEPARTMENT)
    async def RecordInteractions(
        self, request: pb.RecordInteractionsRequest, context: Context
    ) -> pb.RecordInteractionsResponse:
        """Store interactions."""
        check_count(len(request.items), largest=MOST_ITEMS, what="interactions")
        items = [convert.interaction_item(message) for message in request.items]
        outcomes = await self.recorder.record(viewer(context), items)
        return pb.RecordInteractionsResponse(results=item_results(outcomes))

    @needs(Action.WITHDRAW_FACTS, Scope.ORGANISATION)
    async def WithdrawInteractions(
        self, request: pb.WithdrawInteractionsRequest, context: Context
    ) -> pb.WithdrawInteractionsResponse:
        """Take interactions back."""
        check_count(len(request.interactions), largest=MOST_ITEMS, what="interactions")
        names = [convert.interaction_name(message) for message in request.interactions]
        tree = await self.directory.read_tree()
        outcomes = await self.withdrawer.withdraw(viewer(context), tree, names)
        return pb.WithdrawInteractionsResponse(results=item_results(outcomes))

    @needs(Action.READ_TIMELINES, Scope.ANY_DEPARTMENT)
    async def ListTimeline(
        self, request: pb.ListTimelineRequest, context: Context
    ) -> pb.ListTimelineResponse:
        """A page of what a person did."""
        check_page(request.first)
        before = convert.place_of(request.after) if request.HasField("after") else None
        timeline = await self.reader.timeline(
            viewer(context),
            await self.directory.read_tree(),
            request.number,
            before,
            request.kinds,
            request.first + 1,
        )
        return convert.timeline_message(timeline, request.first)

    @needs(Action.READ_TIMELINES, Scope.ANY_DEPARTMENT)
    async def GetWhereabouts(
        self, request: pb.GetWhereaboutsRequest, context: Context
    ) -> pb.GetWhereaboutsResponse:
        """Where a person stands."""
        tree = await self.directory.read_tree()
        found = await self.reader.whereabouts(viewer(context), tree, request.number)
        return convert.whereabouts_message(found)

    @needs(None, Scope.ANY_TOKEN)
    async def ListInteractionKinds(
        self, request: pb.ListInteractionKindsRequest, context: Context
    ) -> pb.ListInteractionKindsResponse:
        """All kinds; they say nothing of anybody."""
        kinds = map(convert.kind_message, await self.maker.list())
        return pb.ListInteractionKindsResponse(kinds=kinds)

    @needs(Action.MAKE_FACT_KINDS, Scope.ORGANISATION)
    async def UpsertInteractionKinds(
        self, request: pb.UpsertInteractionKindsRequest, context: Context
    ) -> pb.UpsertInteractionKindsResponse:
        """Make own kinds, or rename them."""
        check_count(len(request.kinds), largest=MOST_ITEMS, what="kinds")
        items = [convert.kind_item(message) for message in request.kinds]
        tree = await self.directory.read_tree()
        outcomes = await self.maker.upsert(viewer(context), tree, items)
        return pb.UpsertInteractionKindsResponse(results=item_results(outcomes))

    @needs(Action.RECORD_FACTS, Scope.ANY_DEPARTMENT)
    async def ImportInteractions(
        self, request: AsyncIterator[pb.ImportInteractionsRequest], context: Context
    ) -> AsyncIterator[pb.ImportInteractionsResponse]:
        """Each batch in a group commit, with whatever else waits."""
        who = viewer(context)
        store = partial(self.recorder.record, who)

        async def prepare(job: Job) -> Plan[InteractionItem]:
            return plan_interactions(job, await self.directory.read_tree(), store)

        parts = (message.part async for message in request)
        async for progress in self.imports.run(INTERACTIONS, parts, prepare, who.subject):
            yield pb.ImportInteractionsResponse(progress=progress)


def wire(process: Process, facts: Facts, rules: InteractionRules, imports: Imports) -> None:
    """Answer cxm.profile.v1.InteractionService, and see to the months of interactions."""
    process.serve(
        "cxm.profile.v1.InteractionService",
        add_InteractionServiceServicer_to_server,
        InteractionRpc(facts, rules, imports),
    )
    keeper = MonthKeeper(facts.database.pool, facts.zone, [month_rules(rules)], facts.directory.now)
    process.background(keeper.run)


def month_rules(rules: InteractionRules) -> MonthRules:
    """For how long interactions and their details are kept."""
    return MonthRules(TABLE, rules.keep_months, rules.details_months, bare_month)
