"""Stub services behind their real gRPC servers, the gateway in front of them, and a client."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import httpx
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from cxm.audit.v1 import audit_pb2_grpc
from cxm.employee_exp.v1 import (
    ballots_pb2_grpc,
    employee_exp_pb2_grpc,
    releases_pb2_grpc,
    waves_pb2_grpc,
)
from cxm.metrics.v1 import definitions_pb2_grpc, scores_pb2_grpc
from cxm.metrics.v1.alerts_pb2_grpc import add_AlertServiceServicer_to_server
from cxm.metrics.v1.drivers_pb2_grpc import add_DriverServiceServicer_to_server
from cxm.metrics.v1.export_pb2_grpc import add_ScoreExportServiceServicer_to_server
from cxm.metrics.v1.linkage_pb2_grpc import add_LinkageServiceServicer_to_server
from cxm.metrics.v1.targets_pb2_grpc import add_TargetServiceServicer_to_server
from cxm.operate.v1 import operate_pb2_grpc
from cxm.profile.v1 import (
    consents_pb2_grpc,
    customers_pb2_grpc,
    grants_pb2_grpc,
    interactions_pb2_grpc,
    points_pb2_grpc,
    privacy_pb2_grpc,
    profile_pb2_grpc,
    purchases_pb2_grpc,
    segments_pb2_grpc,
    sessions_pb2_grpc,
    sites_pb2_grpc,
    subscriptions_pb2_grpc,
    users_pb2_grpc,
)
from cxm.survey.v1 import (
    import_pb2_grpc,
    invitations_pb2_grpc,
    responses_pb2_grpc,
    surveys_pb2_grpc,
)
from cxm.survey.v1.export_pb2_grpc import add_ResponseExportServiceServicer_to_server
from cxm.survey.v1.reading_pb2_grpc import add_ResponseReadingServiceServicer_to_server
from gateway.config import Settings
from gateway.main import create_app, open_gateway
from gateway.request.gateway import Gateway
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import (
    EMBEDDED_ISSUER,
    GATEWAY,
    PUBLIC_AUDIENCE,
    Signer,
    Verifier,
    new_key,
    public_keys,
)
from services.kit.rpc.servicing import SERVER_OPTIONS, RpcInterceptor
from tests.unit.gateway.support.stub_ballots import Ballots
from tests.unit.gateway.support.stub_customers import Consents, Customers, Points, Sites
from tests.unit.gateway.support.stub_exports import ResponseExports, ScoreExports
from tests.unit.gateway.support.stub_interactions import Interactions
from tests.unit.gateway.support.stub_metrics import (
    Alerts,
    Definitions,
    Drivers,
    Linkages,
    Scores,
    Targets,
)
from tests.unit.gateway.support.stub_privacy import Erasures
from tests.unit.gateway.support.stub_purchases import Purchases
from tests.unit.gateway.support.stub_reading import ResponseReading
from tests.unit.gateway.support.stub_segments import Segments
from tests.unit.gateway.support.stub_services import (
    Audit,
    Directory,
    Employees,
    Grants,
    Invitations,
    Operate,
    ResponseImports,
    Responses,
    StubServices,
    Surveys,
)
from tests.unit.gateway.support.stub_subscriptions import Subscriptions
from tests.unit.gateway.support.stub_users import Sessions, Users
from tests.unit.gateway.support.stub_waves import Releases, Waves

SERVICES = ("profile", "survey", "metrics", "employee_exp")


@dataclass
class Platform:
    """Stub services, the gateway in front of them, and a client."""

    services: StubServices
    gateway: Gateway
    http: httpx.AsyncClient
    servers: dict[str, grpc.aio.Server]
    issuer: Signer
    settings: Settings

    def bearer(self, role: Role = Role.ADMIN, subject: str = "ann", seconds: int = 60) -> str:
        """An Authorization header as the embedded issuer would let it be."""
        person = Viewer(subject, (Grant(role),))
        token = self.issuer.mint(
            person, issuer=EMBEDDED_ISSUER, audience=PUBLIC_AUDIENCE, seconds=seconds
        )
        return f"Bearer {token}"

    async def post(
        self, query: str, authorization: str | None = None, **variables: Any
    ) -> httpx.Response:
        headers = {"accept": "application/graphql-response+json"}
        if authorization:
            headers["authorization"] = authorization
        body = {"query": query, "variables": variables}
        return await self.http.post("/graphql", json=body, headers=headers)

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Data and errors of an operation, as an admin."""
        answer = await self.post(query, self.bearer(), **variables)
        content: dict[str, Any] = answer.json()
        return content

    async def data(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an operation that must not fail, as an admin."""
        content = await self.ask(query, **variables)
        assert "errors" not in content, content["errors"]
        data: dict[str, Any] = content["data"]
        return data

    async def codes(
        self, query: str, authorization: str | None = None, **variables: Any
    ) -> list[str]:
        """The codes of an operation's errors."""
        content = (await self.post(query, authorization, **variables)).json()
        return [error["extensions"]["code"] for error in content.get("errors", ())]


@asynccontextmanager
async def open_platform(
    directory: Path, services: StubServices, **more: Any
) -> AsyncIterator[Platform]:
    """The gateway's real application, over sockets in a directory; `more` are settings."""
    keys = {"gateway": new_key(GATEWAY), "issuer": new_key(EMBEDDED_ISSUER)}
    (directory / "gateway.jwk").write_text(json.dumps(keys["gateway"]))
    (directory / "issuer.jwks").write_text(json.dumps(public_keys(keys["issuer"])))
    addresses = {name: f"unix:{directory}/{name}.sock" for name in SERVICES}
    servers = {
        name: await _start(name, address, services, keys["gateway"])
        for name, address in addresses.items()
    }
    settings = Settings(
        profile_address=addresses["profile"],
        survey_address=addresses["survey"],
        metrics_address=addresses["metrics"],
        employee_exp_address=addresses["employee_exp"],
        key_file=directory / "gateway.jwk",
        issuer_keys_file=directory / "issuer.jwks",
        **more,
    )
    gateway = open_gateway(settings)
    transport = httpx.ASGITransport(create_app(gateway), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://cxm") as http:
        yield Platform(services, gateway, http, servers, Signer(keys["issuer"]), settings)
    await gateway.clients.close()
    await asyncio.gather(*(server.stop(None) for server in servers.values()))


async def _start(
    name: str, address: str, services: StubServices, gateway_key: dict[str, Any]
) -> grpc.aio.Server:
    verifier = Verifier(public_keys(gateway_key), issuers={GATEWAY: GATEWAY}, audience=name)
    server = grpc.aio.server(interceptors=[RpcInterceptor(verifier)], options=SERVER_OPTIONS)
    audit_pb2_grpc.add_AuditServiceServicer_to_server(Audit(services, name), server)
    operate_pb2_grpc.add_OperateServiceServicer_to_server(Operate(services, name), server)
    match name:
        case "profile":
            profile_pb2_grpc.add_DirectoryServiceServicer_to_server(Directory(services), server)
            grants_pb2_grpc.add_GrantServiceServicer_to_server(Grants(services), server)
            users_pb2_grpc.add_UserServiceServicer_to_server(Users(services), server)
            sessions_pb2_grpc.add_SessionServiceServicer_to_server(Sessions(services), server)
            customers_pb2_grpc.add_CustomerServiceServicer_to_server(Customers(services), server)
            consents_pb2_grpc.add_ConsentServiceServicer_to_server(Consents(services), server)
            sites_pb2_grpc.add_SiteServiceServicer_to_server(Sites(services), server)
            points_pb2_grpc.add_PointServiceServicer_to_server(Points(services), server)
            purchases_pb2_grpc.add_PurchaseServiceServicer_to_server(Purchases(services), server)
            interactions_pb2_grpc.add_InteractionServiceServicer_to_server(
                Interactions(services), server
            )
            subscriptions_pb2_grpc.add_SubscriptionServiceServicer_to_server(
                Subscriptions(services), server
            )
            segments_pb2_grpc.add_SegmentServiceServicer_to_server(Segments(services), server)
            privacy_pb2_grpc.add_PrivacyServiceServicer_to_server(Erasures(services), server)
        case "survey":
            surveys_pb2_grpc.add_SurveyServiceServicer_to_server(Surveys(services), server)
            responses_pb2_grpc.add_ResponseServiceServicer_to_server(Responses(services), server)
            invitations_pb2_grpc.add_InvitationServiceServicer_to_server(
                Invitations(services), server
            )
            import_pb2_grpc.add_ResponseImportServiceServicer_to_server(
                ResponseImports(services), server
            )
            add_ResponseExportServiceServicer_to_server(ResponseExports(services), server)
            add_ResponseReadingServiceServicer_to_server(ResponseReading(services), server)
        case "metrics":
            scores_pb2_grpc.add_ScoreServiceServicer_to_server(Scores(services), server)
            definitions_pb2_grpc.add_DefinitionServiceServicer_to_server(
                Definitions(services), server
            )
            add_TargetServiceServicer_to_server(Targets(services), server)
            add_AlertServiceServicer_to_server(Alerts(services), server)
            add_DriverServiceServicer_to_server(Drivers(services), server)
            add_LinkageServiceServicer_to_server(Linkages(services), server)
            add_ScoreExportServiceServicer_to_server(ScoreExports(services), server)
        case "employee_exp":
            employee_exp_pb2_grpc.add_EmployeeServiceServicer_to_server(Employees(services), server)
            waves_pb2_grpc.add_WaveServiceServicer_to_server(Waves(services), server)
            releases_pb2_grpc.add_ReleaseServiceServicer_to_server(Releases(services), server)
            ballots_pb2_grpc.add_BallotServiceServicer_to_server(Ballots(services), server)
    checks = health.aio.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(checks, server)
    await checks.set("", health_pb2.HealthCheckResponse.SERVING)
    server.add_insecure_port(address)
    await server.start()
    return server
