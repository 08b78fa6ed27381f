"""Every process gets all settings that it needs, none that it does not read, and each value is one it takes."""

import pytest
import yaml

from infra.roles import ROLES, Probe, Role
from services.kit.config import ServiceSettings, find_slips
from tests.deploy.support.helm import CHART, EXAMPLES, Object, objects_of, of_kind
from tests.deploy.support.processes import GIVEN, SETTINGS, open_settings, variable

IN_SECRETS = {
    "DATABASE_URL": "postgresql://a:b@c/d",
    "NATS_URL": "nats://a:b@c",
    "MAIL_URL": "smtp://a:b@c",
}
"""What Secrets hold, by how the names of variables end."""


def container_of(workload: Object) -> Object:
    """The one that the workload is for."""
    found: Object = workload["spec"]["template"]["spec"]["containers"][0]
    return found


def environment(workload: Object) -> dict[str, str]:
    """Variables of a workload that are ours; a value of a Secret is one of its kind."""
    found = {}
    for entry in container_of(workload)["env"]:
        if entry["name"].startswith("CXM_"):
            secret = next(
                (v for end, v in IN_SECRETS.items() if entry["name"].endswith(end)), "secret"
            )
            found[entry["name"]] = entry.get("value", secret)
    return found


def workload_of(example: str, name: str) -> Object:
    """The Deployment or Job of a component."""
    objects = objects_of(example)
    return (of_kind(objects, "Deployment") | of_kind(objects, "Job"))[name]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("component", SETTINGS)
def test_a_process_starts_with_the_settings_it_is_given(
    example: str, component: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = environment(workload_of(example, component))
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    SETTINGS[component]()

    assert list(find_slips(SETTINGS[component], given)) == []


def test_a_setting_that_is_missing_or_that_nobody_reads_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = environment(workload_of("minimal", "survey"))
    for name in given.keys() - {"CXM_SURVEY_CUSTOMER_KEY_FILE"}:
        monkeypatch.setenv(name, given[name])

    with pytest.raises(ValueError, match="customer_key_file"):
        SETTINGS["survey"]()
    assert list(find_slips(SETTINGS["survey"], {*given, "CXM_SURVEY_LISTENS"}))


@pytest.mark.parametrize("component", SETTINGS)
def test_every_setting_is_given_or_can_be(component: str) -> None:
    """With all values set, the chart gives exactly what it keeps for itself."""
    given = environment(workload_of("production", component))
    own = {variable(component, name) for name in SETTINGS[component].model_fields if name in GIVEN}
    opened = {variable(component, name) for name in open_settings(component)}

    assert given.keys() - opened == own


def test_values_reach_the_settings_they_name() -> None:
    gateway = environment(workload_of("production", "gateway"))

    assert gateway["CXM_GATEWAY_CONNECTIONS_PER_ADDRESS"] == "1024"
    assert gateway["CXM_GATEWAY_ALLOWED_ORIGINS"] == '["https://www.example.org"]'
    assert gateway["CXM_GATEWAY_TRUSTED_PROXIES"] == "2"
    assert gateway["CXM_GATEWAY_PUBLIC_ADDRESS"] == "https://cx.example.org"
    assert (
        environment(workload_of("production", "metrics"))["CXM_METRICS_STREAM_BYTES"]
        == "2147483648"
    )


def test_no_secret_stands_in_a_value() -> None:
    """Nothing with a password is written where everybody reads who may read a Deployment."""
    plain = [
        entry["name"]
        for name in SETTINGS
        for entry in container_of(workload_of("production", name))["env"]
        if entry["name"].endswith(("DATABASE_URL", "NATS_URL", "MAIL_URL", "CLIENT_SECRET"))
        and "value" in entry
    ]

    assert plain == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_commands_ports_and_probes_are_those_of_every_other_way_to_run_it(role: Role) -> None:
    container = container_of(workload_of("minimal", role.name))

    assert tuple(container["command"]) == role.command()
    assert {p["name"]: p["containerPort"] for p in container.get("ports", [])} == dict(role.ports)
    if role.probe is None:
        assert "readinessProbe" not in container
    else:
        assert asked(container["startupProbe"]) == asked(container["livenessProbe"])
        assert asked(container["livenessProbe"]) == expected(role, role.probe, role.probe.live)
        assert asked(container["readinessProbe"]) == expected(role, role.probe, role.probe.ready)


def asked(probe: Object) -> Object:
    """What a probe asks, apart from when."""
    return {kind: probe[kind] for kind in ("grpc", "httpGet") if kind in probe}


def expected(role: Role, probe: Probe, what: str) -> Object:
    """The same as a role has it."""
    if probe.kind == "http":
        return {"httpGet": {"path": what, "port": probe.port}}
    service = {"service": what} if what else {}
    return {"grpc": {"port": role.ports[probe.port], **service}}


def test_the_chart_counts_the_connections_of_each_process() -> None:
    components = yaml.safe_load((CHART / "files" / "components.yaml").read_text())
    counted = {name: component["connections"] for name, component in components.items()}

    assert counted == {
        name: settings.most_connections() if issubclass(settings, ServiceSettings) else 0
        for name, settings in SETTINGS.items()
    }
