"""Values that are refused, and what is said of them."""

import json

import pytest

from tests.deploy.support.helm import CHART, ChartRefused, render
from tests.deploy.support.made import ZONES, schema_text, zones_text

NEEDED = {
    "existingSecret is missing": "existingSecret=cxm",
    "nats.url is missing": "nats.url=nats://nats:4222",
    "host is missing": "host=cx.example.org",
}


def test_the_schema_is_the_one_that_is_made() -> None:
    assert (CHART / "values.schema.json").read_text() == schema_text(), "run `make chart`"


def test_the_zones_are_those_that_the_processes_know() -> None:
    assert ZONES.read_text() == zones_text(), "run `make chart`"


@pytest.mark.parametrize("helm", [3, 4])
def test_three_values_are_enough(helm: int) -> None:
    assert "kind: Deployment" in render(None, *NEEDED.values(), helm=helm)


@pytest.mark.parametrize("missing", NEEDED)
def test_the_one_that_is_missing_is_named_and_no_other(missing: str) -> None:
    given = [value for message, value in NEEDED.items() if message != missing]

    with pytest.raises(ChartRefused) as refused:
        render(None, *given)

    assert [message for message in NEEDED if message in str(refused.value)] == [missing]


def test_all_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(ChartRefused) as refused:
        render(None)

    assert all(message in str(refused.value) for message in NEEDED)


@pytest.mark.parametrize("helm", [3, 4])
@pytest.mark.parametrize(
    "value",
    [
        "ingres.enabled=true",
        "ingress.hosts=a",
        "components.gatway.replicas=3",
        "components.gateway.replica=3",
        "components.survey.settings.anonymous_daily_limits=5",
        "components.survey.settings.anonymous_daily_limit=0",
        "components.survey.settings.database_url=postgresql://a:b@c/d",
        "image.tag=latest",
        "image.digest=sha256:short",
        "nats.url=http://nats",
        "host=https://cx.example.org",
        "mail.url=smtp://user:password@mail.example.org",
        "trustedProxies=-1",
        "nats.url=nats://user:password@nats:4222",
        r"nats.url=nats://a:4222\,nats://user:password@b:4222",
        "existingSecret=Bad_Name",
        "mail.existingSecret=Bad_Name",
        "ingress.tls.secretName=Bad_Name",
        "fullnameOverride=Bad_Name",
        "telemetry.otlpEndpoint=collector",
    ],
)
def test_a_value_that_nobody_knows_or_that_cannot_hold_is_refused(value: str, helm: int) -> None:
    with pytest.raises(ChartRefused, match="values don't meet the specifications of the schema"):
        render("minimal", value, helm=helm)


@pytest.mark.parametrize(
    "value",
    [
        "global.storageClass=fast",
        "enabled=true",
        "components.survey.settings.anonymous_daily_limit=5",
        "nats.url=tls://nats.example.org:4222",
        r"nats.url=nats://a:4222\,nats://b:4222",
        "timeZone=Europe/Riga",
    ],
)
def test_what_other_charts_hand_over_is_taken(value: str) -> None:
    render("minimal", value)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (("components.employee-exp.replicas=2",), "needs waveKeys.accessMode ReadWriteMany"),
        (("components.profile.replicas=2",), "needs erasureJournal.accessMode ReadWriteMany"),
        (("components.employee-exp.autoscaling.enabled=true",), "needs waveKeys.accessMode"),
        (("oidc.clientId=pages",), "oidc.issuer is missing"),
        (("oidc.issuer=https://id.example.org", "oidc.clientId=cxm"), "the same"),
        (("gatewayApi.enabled=true",), "gatewayApi.parentRefs is missing"),
        (("cloudNativePG.enabled=true",), "cloudNativePG.imageName is missing"),
        (
            (
                "cloudNativePG.enabled=true",
                "cloudNativePG.imageName=p:18",
                "components.survey.replicas=3",
            ),
            "max_connections is 200: so many replicas may need 212",
        ),
        (("externalSecret.enabled=true",), "externalSecret.storeRef.name or externalSecret.key"),
        (
            ("timeZone=Mars/X",),
            "timeZone is Mars/X: no zone has this name",
        ),
        (
            ("defaults.preStopSeconds=60",),
            r"terminationGracePeriodSeconds is 45 and preStopSeconds 60: .* \(employee-exp, gateway, ",
        ),
        (("components.survey.terminationGracePeriodSeconds=24",), r"24 and .* 5: .* \(survey\)"),
        (
            (
                "components.survey.autoscaling.enabled=true",
                "components.survey.autoscaling.minReplicas=9",
            ),
            r"autoscaling.minReplicas is 9 and maxReplicas 6: the first cannot be greater \(survey\)",
        ),
    ],
)
def test_values_that_do_not_go_together_are_refused(values: tuple[str], message: str) -> None:
    with pytest.raises(ChartRefused, match=message):
        render("minimal", *values)


@pytest.mark.parametrize(
    "value",
    [
        "components.survey.terminationGracePeriodSeconds=25",
        "defaults.autoscaling.minReplicas=9",
        "components.survey.autoscaling.enabled=true",
    ],
)
def test_values_that_go_together_are_taken(value: str) -> None:
    render("minimal", value)


def test_no_value_is_left_without_a_rule() -> None:
    """An object that takes any key is one that Kubernetes or an operator has, or one of labels."""
    free = []

    def walk(schema: dict[str, object], path: str) -> None:
        if schema.get("type") == "object":
            properties = schema.get("properties", {})
            assert isinstance(properties, dict)
            if schema.get("additionalProperties") is not False:
                free.append(path)
            for name, below in properties.items():
                walk(below, f"{path}.{name}".lstrip("."))

    walk(json.loads(schema_text()), "")

    of_kubernetes = ("Context", "affinity", "limits", "resources", "spec", "parameters", "global")
    of_labels = ("abels", "nnotations", "Selector", "series")
    assert [path for path in free if not path.endswith(of_kubernetes + of_labels)] == []
