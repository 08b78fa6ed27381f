"""One channel and one stub per service, and the short tokens that calls carry."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import grpc

from cxm.audit.v1.audit_pb2_grpc import AuditServiceStub
from cxm.employee_exp.v1.ballots_pb2_grpc import BallotServiceStub
from cxm.employee_exp.v1.employee_exp_pb2_grpc import EmployeeServiceStub
from cxm.employee_exp.v1.releases_pb2_grpc import ReleaseServiceStub
from cxm.employee_exp.v1.waves_pb2_grpc import WaveServiceStub
from cxm.metrics.v1.alerts_pb2_grpc import AlertServiceStub
from cxm.metrics.v1.definitions_pb2_grpc import DefinitionServiceStub
from cxm.metrics.v1.drivers_pb2_grpc import DriverServiceStub
from cxm.metrics.v1.export_pb2_grpc import ScoreExportServiceStub
from cxm.metrics.v1.linkage_pb2_grpc import LinkageServiceStub
from cxm.metrics.v1.reconciliation_pb2_grpc import ReconciliationServiceStub
from cxm.metrics.v1.scores_pb2_grpc import ScoreServiceStub
from cxm.metrics.v1.targets_pb2_grpc import TargetServiceStub
from cxm.operate.v1.operate_pb2_grpc import OperateServiceStub
from cxm.profile.v1.consents_pb2_grpc import ConsentServiceStub
from cxm.profile.v1.customers_pb2_grpc import CustomerServiceStub
from cxm.profile.v1.grants_pb2_grpc import GrantServiceStub
from cxm.profile.v1.interactions_pb2_grpc import InteractionServiceStub
from cxm.profile.v1.points_pb2_grpc import PointServiceStub
from cxm.profile.v1.privacy_pb2_grpc import PrivacyServiceStub
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from cxm.profile.v1.purchases_pb2_grpc import PurchaseServiceStub
from cxm.profile.v1.segments_pb2_grpc import SegmentServiceStub
from cxm.profile.v1.sessions_pb2_grpc import SessionServiceStub
from cxm.profile.v1.sites_pb2_grpc import SiteServiceStub
from cxm.profile.v1.subscriptions_pb2_grpc import SubscriptionServiceStub
from cxm.profile.v1.users_pb2_grpc import UserServiceStub
from cxm.survey.v1.export_pb2_grpc import ResponseExportServiceStub
from cxm.survey.v1.import_pb2_grpc import ResponseImportServiceStub
from cxm.survey.v1.invitations_pb2_grpc import InvitationServiceStub
from cxm.survey.v1.reading_pb2_grpc import ResponseReadingServiceStub
from cxm.survey.v1.responses_pb2_grpc import ResponseServiceStub
from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceStub
from gateway.calls.submissions import Submissions
from services.kit.rights.access import ANONYMOUS, Viewer
from services.kit.rights.tokens import Signer
from services.kit.rpc.servicing import Metadata, call_metadata, open_channel

if TYPE_CHECKING:  # only the type stubs know the asynchronous stubs
    from cxm.audit.v1.audit_pb2_grpc import AuditServiceAsyncStub
    from cxm.employee_exp.v1.ballots_pb2_grpc import BallotServiceAsyncStub
    from cxm.employee_exp.v1.employee_exp_pb2_grpc import EmployeeServiceAsyncStub
    from cxm.employee_exp.v1.releases_pb2_grpc import ReleaseServiceAsyncStub
    from cxm.employee_exp.v1.waves_pb2_grpc import WaveServiceAsyncStub
    from cxm.metrics.v1.alerts_pb2_grpc import AlertServiceAsyncStub
    from cxm.metrics.v1.definitions_pb2_grpc import DefinitionServiceAsyncStub
    from cxm.metrics.v1.drivers_pb2_grpc import DriverServiceAsyncStub
    from cxm.metrics.v1.export_pb2_grpc import ScoreExportServiceAsyncStub
    from cxm.metrics.v1.linkage_pb2_grpc import LinkageServiceAsyncStub
    from cxm.metrics.v1.reconciliation_pb2_grpc import ReconciliationServiceAsyncStub
    from cxm.metrics.v1.scores_pb2_grpc import ScoreServiceAsyncStub
    from cxm.metrics.v1.targets_pb2_grpc import TargetServiceAsyncStub
    from cxm.operate.v1.operate_pb2_grpc import OperateServiceAsyncStub
    from cxm.profile.v1.consents_pb2_grpc import ConsentServiceAsyncStub
    from cxm.profile.v1.customers_pb2_grpc import CustomerServiceAsyncStub
    from cxm.profile.v1.grants_pb2_grpc import GrantServiceAsyncStub
    from cxm.profile.v1.interactions_pb2_grpc import InteractionServiceAsyncStub
    from cxm.profile.v1.points_pb2_grpc import PointServiceAsyncStub
    from cxm.profile.v1.privacy_pb2_grpc import PrivacyServiceAsyncStub
    from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceAsyncStub
    from cxm.profile.v1.purchases_pb2_grpc import PurchaseServiceAsyncStub
    from cxm.profile.v1.segments_pb2_grpc import SegmentServiceAsyncStub
    from cxm.profile.v1.sessions_pb2_grpc import SessionServiceAsyncStub
    from cxm.profile.v1.sites_pb2_grpc import SiteServiceAsyncStub
    from cxm.profile.v1.subscriptions_pb2_grpc import SubscriptionServiceAsyncStub
    from cxm.profile.v1.users_pb2_grpc import UserServiceAsyncStub
    from cxm.survey.v1.export_pb2_grpc import ResponseExportServiceAsyncStub
    from cxm.survey.v1.import_pb2_grpc import ResponseImportServiceAsyncStub
    from cxm.survey.v1.invitations_pb2_grpc import InvitationServiceAsyncStub
    from cxm.survey.v1.reading_pb2_grpc import ResponseReadingServiceAsyncStub
    from cxm.survey.v1.responses_pb2_grpc import ResponseServiceAsyncStub
    from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceAsyncStub

ISSUER = "gateway"
CONSUMING = ("profile", "survey", "metrics", "employee_exp")
"""Services that apply facts, and may give some up."""
TOKEN_SECONDS = 60
REUSE_SECONDS = 30
REMEMBERED_TOKENS = 10_000


class Credentials:
    """Internal tokens, minted for one viewer and one service and used again for half their life."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer
        self.minted: dict[tuple[Viewer, str], tuple[str, float]] = {}

    def token(self, viewer: Viewer, service: str) -> str | None:
        """A token that holds for at least 30 more seconds; None for nobody in particular."""
        if viewer is ANONYMOUS:
            return None
        now = time.monotonic()
        token, reuse_until = self.minted.get((viewer, service), ("", 0.0))
        if now < reuse_until:
            return token
        token = self.signer.mint(viewer, issuer=ISSUER, audience=service, seconds=TOKEN_SECONDS)
        if len(self.minted) >= REMEMBERED_TOKENS:
            self.minted.clear()
        self.minted[viewer, service] = (token, now + REUSE_SECONDS)
        return token


@dataclass(frozen=True, slots=True)
class Clients:
    """The four services. `addresses` and `channels` are by service name, for single replicas, readiness and closing."""

    directory: "DirectoryServiceAsyncStub"
    grants: "GrantServiceAsyncStub"
    users: "UserServiceAsyncStub"
    sessions: "SessionServiceAsyncStub"
    customers: "CustomerServiceAsyncStub"
    sites: "SiteServiceAsyncStub"
    consents: "ConsentServiceAsyncStub"
    points: "PointServiceAsyncStub"
    purchases: "PurchaseServiceAsyncStub"
    interactions: "InteractionServiceAsyncStub"
    subscriptions: "SubscriptionServiceAsyncStub"
    segments: "SegmentServiceAsyncStub"
    privacy: "PrivacyServiceAsyncStub"
    surveys: "SurveyServiceAsyncStub"
    responses: "ResponseServiceAsyncStub"
    invitations: "InvitationServiceAsyncStub"
    scores: "ScoreServiceAsyncStub"
    definitions: "DefinitionServiceAsyncStub"
    targets: "TargetServiceAsyncStub"
    alerts: "AlertServiceAsyncStub"
    drivers: "DriverServiceAsyncStub"
    linkage: "LinkageServiceAsyncStub"
    employment: "EmployeeServiceAsyncStub"
    waves: "WaveServiceAsyncStub"
    releases: "ReleaseServiceAsyncStub"
    ballots: "BallotServiceAsyncStub"
    response_import: "ResponseImportServiceAsyncStub"
    response_export: "ResponseExportServiceAsyncStub"
    response_reading: "ResponseReadingServiceAsyncStub"
    score_export: "ScoreExportServiceAsyncStub"
    reconciliation: "ReconciliationServiceAsyncStub"
    operate: "Mapping[str, OperateServiceAsyncStub]"  # of every service
    audit: "Mapping[str, AuditServiceAsyncStub]"  # of every service
    submissions: Submissions
    addresses: Mapping[str, str]
    channels: Mapping[str, grpc.aio.Channel]
    credentials: Credentials

    def metadata(self, viewer: Viewer, service: str) -> Metadata:
        """Metadata of a call in a viewer's name, and of the running trace."""
        return call_metadata(self.credentials.token(viewer, service))

    async def close(self) -> None:
        for channel in self.channels.values():
            await channel.close()


def open_clients(addresses: Mapping[str, str], signer: Signer) -> Clients:
    """Clients of the services at these addresses, by service name; connected on first use."""
    channels = {service: open_channel(address) for service, address in addresses.items()}
    responses, credentials = ResponseServiceStub(channels["survey"]), Credentials(signer)

    def metadata(viewer: Viewer) -> Metadata:
        return call_metadata(credentials.token(viewer, "survey"))

    return Clients(
        directory=DirectoryServiceStub(channels["profile"]),
        grants=GrantServiceStub(channels["profile"]),
        users=UserServiceStub(channels["profile"]),
        sessions=SessionServiceStub(channels["profile"]),
        customers=CustomerServiceStub(channels["profile"]),
        sites=SiteServiceStub(channels["profile"]),
        consents=ConsentServiceStub(channels["profile"]),
        points=PointServiceStub(channels["profile"]),
        purchases=PurchaseServiceStub(channels["profile"]),
        interactions=InteractionServiceStub(channels["profile"]),
        subscriptions=SubscriptionServiceStub(channels["profile"]),
        segments=SegmentServiceStub(channels["profile"]),
        privacy=PrivacyServiceStub(channels["profile"]),
        surveys=SurveyServiceStub(channels["survey"]),
        responses=responses,
        invitations=InvitationServiceStub(channels["survey"]),
        submissions=Submissions(responses, metadata),
        scores=ScoreServiceStub(channels["metrics"]),
        definitions=DefinitionServiceStub(channels["metrics"]),
        targets=TargetServiceStub(channels["metrics"]),
        alerts=AlertServiceStub(channels["metrics"]),
        drivers=DriverServiceStub(channels["metrics"]),
        linkage=LinkageServiceStub(channels["metrics"]),
        employment=EmployeeServiceStub(channels["employee_exp"]),
        waves=WaveServiceStub(channels["employee_exp"]),
        releases=ReleaseServiceStub(channels["employee_exp"]),
        ballots=BallotServiceStub(channels["employee_exp"]),
        response_import=ResponseImportServiceStub(channels["survey"]),
        response_export=ResponseExportServiceStub(channels["survey"]),
        response_reading=ResponseReadingServiceStub(channels["survey"]),
        score_export=ScoreExportServiceStub(channels["metrics"]),
        reconciliation=ReconciliationServiceStub(channels["metrics"]),
        operate={service: OperateServiceStub(channel) for service, channel in channels.items()},
        audit={service: AuditServiceStub(channel) for service, channel in channels.items()},
        addresses=addresses,
        channels=channels,
        credentials=credentials,
    )
