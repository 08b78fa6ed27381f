"""Who may call whom: nobody, except along the edges that the settings of the processes need."""

from collections.abc import Sequence

import pytest

from tests.deploy.support.helm import COMPONENT, Object, objects_of, of_kind

GRPC_EDGES = {
    ("gateway", "profile"),
    ("gateway", "survey"),
    ("gateway", "metrics"),
    ("gateway", "employee-exp"),
    ("survey", "profile"),
    ("metrics", "profile"),
    ("metrics", "survey"),
    ("employee-exp", "profile"),
}
PORTS = {
    53: "dns",
    4222: "nats",
    8222: "monitoring",
    4317: "otlp",
    5432: "postgresql",
    443: "oidc",
    465: "smtp",
}


def policies(*more: str) -> dict[str, Object]:
    """NetworkPolicies of the production example."""
    return of_kind(objects_of("production", *more), "NetworkPolicy")


def peers(rules: Sequence[Object], direction: str) -> set[str]:
    """Components of the release at the other end of gRPC."""
    return {
        peer["podSelector"]["matchLabels"][COMPONENT]
        for rule in rules
        for peer in rule.get(direction, [])
        if rule["ports"] == [{"port": "grpc", "protocol": "TCP"}]
    }


def outside(policy: Object) -> set[str]:
    """What a process may call outside of the release."""
    return {
        PORTS[port["port"]]
        for rule in policy["spec"]["egress"]
        for port in rule["ports"]
        if port["port"] in PORTS
    }


def test_everything_else_is_denied() -> None:
    deny = policies()["cxm-deny"]["spec"]

    assert deny["policyTypes"] == ["Ingress", "Egress"]
    assert not {"ingress", "egress"} & deny.keys()
    assert COMPONENT not in deny["podSelector"]["matchLabels"]


@pytest.mark.parametrize(("side", "direction"), [("egress", "to"), ("ingress", "from")])
def test_services_are_called_along_exactly_these_edges(side: str, direction: str) -> None:
    found = {
        (name, peer) if side == "egress" else (peer, name)
        for name, policy in policies().items()
        for peer in peers(policy["spec"].get(side, []), direction)
    }

    assert found == GRPC_EDGES


def test_edges_are_those_that_the_settings_of_the_processes_name() -> None:
    named = {
        (name, entry["value"].removeprefix("dns:///cxm-").removesuffix(":50051"))
        for name, deployment in of_kind(objects_of("production"), "Deployment").items()
        for entry in deployment["spec"]["template"]["spec"]["containers"][0]["env"]
        if entry.get("value", "").startswith("dns:///")
    }

    assert named == GRPC_EDGES


def test_outside_each_process_reaches_what_it_needs() -> None:
    stores = {"dns", "monitoring", "nats", "otlp", "postgresql"}

    assert {name: outside(policy) for name, policy in policies().items() if name != "cxm-deny"} == {
        "gateway": {"dns", "nats", "otlp", "oidc"},
        "profile": stores,
        "survey": stores,
        "metrics": stores,
        "employee-exp": stores | {"smtp"},
        "migrate": {"dns", "postgresql"},
    }


def test_without_telemetry_mail_and_provider_their_edges_are_gone() -> None:
    found = of_kind(objects_of("minimal"), "NetworkPolicy")

    assert outside(found["gateway"]) == {"dns", "nats"}
    assert outside(found["employee-exp"]) == {"dns", "nats", "postgresql"}


@pytest.mark.parametrize(
    ("process", "values", "ports"),
    [
        ("survey", (r"nats.url=nats://a:4333\,tls://b:4334\,nats://c",), {4333, 4334, 4222}),
        ("survey", ("nats.url=nats://[::1]:4333",), {4333}),
        ("survey", ("nats.existingSecret=nats",), {4222}),
        ("survey", ("nats.url=nats://a:80", "networkPolicy.egress.nats.ports[0]=4222"), {4222}),
        ("survey", (r"nats.monitoringUrl=http://a:9222\,http://b",), {4222, 9222, 80}),
        ("survey", ("telemetry.otlpEndpoint=otel:9999",), {4222, 9999}),
        ("gateway", ("oidc.issuer=https://id.example.org:8443/realms/a",), {4222, 8443}),
        ("gateway", ("oidc.issuer=https://id.example.org/realms/a",), {4222, 443}),
        ("employee-exp", ("mail.url=smtp://mail:2525",), {4222, 2525}),
        ("employee-exp", ("mail.url=smtps://mail",), {4222, 465}),
        ("employee-exp", ("mail.existingSecret=mail",), {4222, 25, 465, 587}),
    ],
)
def test_a_process_reaches_the_ports_of_the_addresses_it_is_given(
    process: str, values: tuple[str], ports: set[int]
) -> None:
    policy = of_kind(objects_of("minimal", *values), "NetworkPolicy")[process]
    found = {port["port"] for rule in policy["spec"]["egress"] for port in rule["ports"]}

    assert found - {"grpc", 53, 5432} == ports


def test_the_gateway_is_reached_from_where_it_is_said() -> None:
    said = policies()["gateway"]["spec"]["ingress"][0]
    everywhere = of_kind(objects_of("minimal"), "NetworkPolicy")["gateway"]["spec"]["ingress"][0]

    assert said["from"] == [
        {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress-nginx"}}}
    ]
    assert "from" not in everywhere


def test_policies_can_be_left_out() -> None:
    assert policies("networkPolicy.enabled=false") == {}
