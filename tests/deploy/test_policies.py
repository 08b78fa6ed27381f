"""Rules over everything that the chart makes: each with a change that it must find."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import yaml

from infra.local.keys import FILES
from tests.deploy.support.helm import CHART, COMPONENT, EXAMPLES, Object, objects_of, of_kind

WORKLOADS = ("Deployment", "Job")
Labels = dict[str, str]


def pod_of(workload: Object) -> Object:
    """The template of its pods."""
    found: Object = workload["spec"]["template"]
    return found


def workloads(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    """With a name for messages."""
    for found in objects:
        if found["kind"] in WORKLOADS:
            yield f"{found['kind']} {found['metadata']['name']}", found


def is_chosen(selector: Labels, labels: Labels) -> bool:
    return selector.items() <= labels.items()


def not_restricted(objects: list[Object], *, any_user: bool = False) -> Iterator[str]:
    """What the Pod Security Standard `restricted` forbids, and what we forbid besides."""
    for name, workload in workloads(objects):
        pod = pod_of(workload)["spec"]
        security = pod["securityContext"]
        if security.get("seccompProfile") != {"type": "RuntimeDefault"}:
            yield f"{name}: seccomp"
        if not any_user and (security.get("runAsUser"), security.get("runAsGroup")) != (10001, 0):
            yield f"{name}: user"
        if pod.get("automountServiceAccountToken") is not False:
            yield f"{name}: token"
        if any(key in pod for key in ("hostNetwork", "hostPID", "hostIPC")):
            yield f"{name}: host"
        allowed = {"emptyDir", "secret", "persistentVolumeClaim", "configMap"}
        if any(not allowed & volume.keys() for volume in pod["volumes"]):
            yield f"{name}: volume"
        for container in pod["containers"]:
            own = container["securityContext"]
            if own.get("capabilities") != {"drop": ["ALL"]}:
                yield f"{name}: capabilities"
            if own.get("allowPrivilegeEscalation") is not False or own.get("privileged"):
                yield f"{name}: privileges"
            if security.get("runAsNonRoot") is not True or own.get("runAsNonRoot") is not True:
                yield f"{name}: root"
            if own.get("readOnlyRootFilesystem") is not True:
                yield f"{name}: files"


def careless(objects: list[Object]) -> Iterator[str]:
    """Workloads without requests, with a moving image, with variables of Services, or that cannot roll."""
    for name, workload in workloads(objects):
        pod = pod_of(workload)["spec"]
        if pod.get("enableServiceLinks") is not False:
            yield f"{name}: variables such as CXM_GATEWAY_PORT come from Services"
        for container in pod["containers"]:
            if not {"cpu", "memory"} <= container["resources"].get("requests", {}).keys():
                yield f"{name}: requests"
            image = container["image"]
            if image.endswith(":latest") or not (":" in image.rpartition("/")[2] or "@" in image):
                yield f"{name}: image"
        if workload["kind"] == "Deployment":
            yield from _hasty(name, workload)


def _hasty(name: str, deployment: Object) -> Iterator[str]:
    """What a Deployment needs so that no call fails when it rolls."""
    pod, spec = pod_of(deployment)["spec"], deployment["spec"]
    container = pod["containers"][0]
    if not {"startupProbe", "livenessProbe", "readinessProbe"} <= container.keys():
        yield f"{name}: probes"
    elif "live" not in str(container["livenessProbe"].get("grpc", "live")):
        yield f"{name}: liveness asks what readiness asks"
    sleep = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    # A service ends within 9 s of SIGTERM, the gateway within 10 s and what its clients take.
    if sleep < 1 or pod["terminationGracePeriodSeconds"] < sleep + 20:
        yield f"{name}: end"
    rolling = spec["strategy"].get("rollingUpdate", {})
    if spec["strategy"]["type"] == "RollingUpdate" and rolling.get("maxUnavailable") != 0:
        yield f"{name}: roll"
    if not pod.get("topologySpreadConstraints"):
        yield f"{name}: spread"


def unmatched(objects: list[Object]) -> Iterator[str]:
    """Selectors that choose no pods, or those of another component; ports that no container has."""
    pods = {name: pod_of(workload)["metadata"]["labels"] for name, workload in workloads(objects)}
    for found in objects:
        name, kind = f"{found['kind']} {found['metadata']['name']}", found["kind"]
        component = found["metadata"].get("labels", {}).get(COMPONENT)
        if kind == "Deployment" and not is_chosen(
            found["spec"]["selector"]["matchLabels"], pods[name]
        ):
            yield f"{name}: its own pods"
        if kind in ("Service", "PodDisruptionBudget", "NetworkPolicy"):
            spec = found["spec"]
            selector = spec["podSelector" if kind == "NetworkPolicy" else "selector"]
            chosen = [
                key
                for key, labels in pods.items()
                if is_chosen(selector.get("matchLabels", selector), labels)
            ]
            expected = len(pods) if component is None else 1
            if len(chosen) != expected:
                yield f"{name}: chooses {len(chosen)}"
        if kind == "HorizontalPodAutoscaler":
            target = found["spec"]["scaleTargetRef"]
            if f"{target['kind']} {target['name']}" not in pods:
                yield f"{name}: target"
    named = of_kind(objects, "Deployment")
    for name, service in of_kind(objects, "Service").items():
        component = service["metadata"]["labels"][COMPONENT]
        container = pod_of(named[component])["spec"]["containers"][0]
        known = {port["name"] for port in container["ports"]}
        for port in service["spec"]["ports"]:
            if port["targetPort"] not in known:
                yield f"Service {name}: port {port['name']}"


def badly_disrupted(objects: list[Object]) -> Iterator[str]:
    """A budget exactly where two pods or more run, and `replicas` exactly where nothing scales."""
    budgets = of_kind(objects, "PodDisruptionBudget")
    scalers = of_kind(objects, "HorizontalPodAutoscaler")
    for component, deployment in of_kind(objects, "Deployment").items():
        scaler = scalers.get(component)
        if ("replicas" in deployment["spec"]) == (scaler is not None):
            yield f"{component}: replicas"
        fewest = (
            deployment["spec"].get("replicas") if scaler is None else scaler["spec"]["minReplicas"]
        )
        if (component in budgets) != ((fewest or 0) > 1):
            yield f"{component}: budget"
        if component in budgets and budgets[component]["spec"].get("maxUnavailable") != 1:
            yield f"{component}: budget of {budgets[component]['spec']}"


RULES = {
    "restricted": not_restricted,
    "careful": careless,
    "matched": unmatched,
    "disrupted": badly_disrupted,
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("example", [name for name in EXAMPLES if name != "openshift"])
def test_a_rule_holds(example: str, rule: str) -> None:
    assert list(RULES[rule](list(objects_of(example)))) == []


def test_openshift_gives_user_and_group_itself() -> None:
    objects = list(objects_of("openshift"))

    assert list(not_restricted(objects, any_user=True)) == []
    for _, workload in workloads(objects):
        security = pod_of(workload)["spec"]["securityContext"]
        assert not {"runAsUser", "runAsGroup", "fsGroup"} & security.keys()


CONTAINER = ("Deployment", "survey", "spec", "template", "spec", "containers", 0)
POD = CONTAINER[:-2]
CHANGES: list[tuple[str, tuple[Any, ...], Any]] = [
    ("restricted", (*POD, "securityContext", "seccompProfile"), None),
    ("restricted", (*POD, "securityContext", "runAsUser"), 0),
    ("restricted", (*POD, "automountServiceAccountToken"), True),
    ("restricted", (*POD, "hostNetwork"), True),
    ("restricted", (*POD, "volumes", 0), {"name": "tmp", "hostPath": {"path": "/"}}),
    ("restricted", (*CONTAINER, "securityContext", "capabilities"), {"drop": []}),
    ("restricted", (*CONTAINER, "securityContext", "privileged"), True),
    ("restricted", (*CONTAINER, "securityContext", "runAsNonRoot"), False),
    ("restricted", (*CONTAINER, "securityContext", "readOnlyRootFilesystem"), False),
    ("careful", (*POD, "enableServiceLinks"), True),
    ("careful", (*CONTAINER, "resources"), {}),
    ("careful", (*CONTAINER, "image"), "registry.example.org:5000/cxm"),
    ("careful", (*CONTAINER, "livenessProbe"), {"grpc": {"port": 50051, "service": ""}}),
    ("careful", (*CONTAINER, "lifecycle"), {}),
    ("careful", (*POD, "terminationGracePeriodSeconds"), 10),
    ("careful", ("Deployment", "survey", "spec", "strategy", "rollingUpdate", "maxUnavailable"), 1),
    ("careful", (*POD, "topologySpreadConstraints"), []),
    ("matched", (*POD[:-1], "metadata", "labels", "app.kubernetes.io/component"), "surveys"),
    ("matched", ("Service", "survey", "spec", "ports", 0, "targetPort"), "rpc"),
    ("matched", ("HorizontalPodAutoscaler", "gateway", "spec", "scaleTargetRef", "name"), "door"),
    ("disrupted", ("Deployment", "survey", "spec", "replicas"), 1),
    ("disrupted", ("Deployment", "gateway", "spec", "replicas"), 3),
    ("disrupted", ("PodDisruptionBudget", "survey", "spec", "maxUnavailable"), 0),
]


@pytest.mark.parametrize(("rule", "place", "value"), CHANGES, ids=str)
def test_what_breaks_a_rule_is_found(rule: str, place: tuple[Any, ...], value: Any) -> None:
    objects = deepcopy(list(objects_of("production")))
    kind, component, *path, last = place
    target: Any = of_kind(objects, kind)[component]
    for step in path:
        target = target[step]
    target[last] = value

    assert list(RULES[rule](objects)) != []


def test_calls_between_services_take_turns_over_all_pods() -> None:
    services = of_kind(objects_of("minimal"), "Service")

    assert {name: service["spec"].get("clusterIP") for name, service in services.items()} == {
        "gateway": None,
        **dict.fromkeys(
            ("cxm-gateway-health", "profile", "survey", "metrics", "employee-exp"), "None"
        ),
    }


@pytest.mark.parametrize("kind", ["ClusterIP", "NodePort", "LoadBalancer"])
def test_numbers_of_every_process_are_read_and_are_not_open_to_clients(kind: str) -> None:
    objects = objects_of("production", f"service.type={kind}")
    services = list(of_kind(objects, "Service").values())
    (monitor,) = of_kind(objects, "ServiceMonitor").values()
    (endpoint,) = monitor["spec"]["endpoints"]

    read = [
        service
        for service in services
        if is_chosen(monitor["spec"]["selector"]["matchLabels"], service["metadata"]["labels"])
        and endpoint["port"] in {port["name"] for port in service["spec"]["ports"]}
    ]
    assert sorted(service["metadata"]["labels"][COMPONENT] for service in read) == sorted(
        of_kind(objects, "Deployment")
    )
    assert {service["spec"].get("type", "ClusterIP") for service in read} == {"ClusterIP"}
    assert [p["name"] for s in services if "type" in s["spec"] for p in s["spec"]["ports"]] == [
        "http"
    ]


NOT_OF_THE_MIGRATION = {
    "replicas",
    "autoscaling",
    "podDisruptionBudget",
    "extraContainers",
    "preStopSeconds",
    "terminationGracePeriodSeconds",
    "topologySpreadConstraints",
}
"""It is one pod, answers nobody and has to end."""
MARKS = {
    "resources": "limits.memory=4321Mi",
    "env": "0.name=MARK",
    "envFrom": "0.configMapRef.name=mark",
    "extraVolumes": "0.name=mark",
    "extraVolumeMounts": "0.name=mark",
    "tmpSize": "=4321Mi",
    "podAnnotations": "mark=mark",
    "podLabels": "mark=mark",
    "nodeSelector": "mark=mark",
    "tolerations": "0.key=mark",
    "affinity": "nodeAffinity.mark=mark",
    "priorityClassName": "=mark",
    "podSecurityContext": "runAsUser=4321",
    "containerSecurityContext": "runAsUser=4321",
}


def test_the_migration_has_what_every_process_has() -> None:
    known = yaml.safe_load((CHART / "values.yaml").read_text())["defaults"].keys()
    assert MARKS.keys() == known - NOT_OF_THE_MIGRATION

    for key, mark in MARKS.items():
        at = "" if mark.startswith("=") else "[" if mark[0].isdigit() else "."
        value = mark.replace("0", "0]", 1) if at == "[" else mark
        objects = objects_of("minimal", f"defaults.{key}{at}{value}")
        expected = mark.rpartition("=")[2]
        assert expected in str(of_kind(objects, "Job")["migrate"]), key
        assert expected in str(of_kind(objects, "Deployment")["survey"]), key


def test_no_hook_is_needed() -> None:
    hooks = [o for example in EXAMPLES for o in objects_of(example) if "helm.sh/hook" in str(o)]

    assert hooks == []


def test_keys_of_waves_are_kept_and_never_backed_up() -> None:
    claim = of_kind(objects_of("minimal"), "PersistentVolumeClaim")["employee-exp"]
    staff = of_kind(objects_of("minimal"), "Deployment")["employee-exp"]

    assert claim["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    assert claim["metadata"]["labels"]["velero.io/exclude-from-backup"] == "true"
    without = pod_of(staff)["metadata"]["annotations"]["backup.velero.io/backup-volumes-excludes"]
    assert without in {volume["name"] for volume in pod_of(staff)["spec"]["volumes"]}
    assert staff["spec"]["strategy"] == {"type": "Recreate"}


def test_a_pod_is_given_its_own_keys_and_databases_alone() -> None:
    for component, deployment in of_kind(objects_of("minimal"), "Deployment").items():
        name = component.replace("-", "_")
        pod = pod_of(deployment)["spec"]
        keys = next(v for v in pod["volumes"] if v["name"] == "keys")["secret"]["items"]
        private = {item["key"] for item in keys if item["key"].endswith(".jwk")}
        secret = [e["name"] for e in pod["containers"][0]["env"] if "valueFrom" in e]

        assert private == {f"{name}.jwk"}
        assert {item["key"] for item in keys} == {
            f for f, holders in FILES.items() if name in holders
        }
        assert all(variable.startswith(f"CXM_{name.upper()}_") for variable in secret)
        assert not any("OWNER" in variable for variable in secret)


@pytest.mark.parametrize("value", ["commonLabels", "defaults.podLabels"])
def test_labels_of_values_do_not_part_pods_from_what_chooses_them(value: str) -> None:
    name = r"app\.kubernetes\.io/name=other"
    objects = list(objects_of("production", f"{value}.{name}", f"{value}.team=insights"))

    assert list(unmatched(objects)) == []
    assert all(
        pod_of(found)["metadata"]["labels"]["team"] == "insights" for _, found in workloads(objects)
    )


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("preStopSeconds=0", "preStop"),
        ("tmpSize=", "sizeLimit"),
        ("podDisruptionBudget.enabled=false", "PodDisruptionBudget"),
    ],
)
def test_a_component_can_switch_off_what_the_defaults_say(value: str, place: str) -> None:
    def of_gateway(*more: str) -> str:
        return str([o for o in objects_of("minimal", *more) if "-gateway" in o["metadata"]["name"]])

    assert place in of_gateway()
    assert place not in of_gateway(f"components.gateway.{value}")
