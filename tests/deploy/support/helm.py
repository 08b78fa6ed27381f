"""The chart, rendered by Helm 3 and Helm 4. `make helm` fetches both."""

import platform
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

ROOT: Final = Path(__file__).parents[3]
CHART: Final = ROOT / "infra" / "helm" / "cxm"
HELMS: Final = {3: ROOT / "build" / "helm" / "helm3", 4: ROOT / "build" / "helm" / "helm4"}
EXAMPLES: Final = ("minimal", "production", "openshift", "gitops")
OLDEST: Final = "1.30"
NEWEST: Final = "1.37"
COMPONENT: Final = "app.kubernetes.io/component"

Object = dict[str, Any]


class ChartRefused(Exception):
    """Helm does not render the chart with these values; what it says is the message."""


def run_helm(helm: int, *arguments: str | Path) -> str:
    """What a command prints; ChartRefused where it fails. Skips where there is no Helm for this machine."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip("Helm is fetched for Linux on x86-64 only")
    assert HELMS[helm].exists(), "Helm is not there: run `make helm`"
    command = [HELMS[helm], *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0:
        raise ChartRefused(done.stdout + done.stderr)
    return done.stdout


def values_of(example: str) -> Path:
    """The file of an example of values."""
    return CHART / "ci" / f"{example}-values.yaml"


def golden_of(example: str) -> Path:
    """What the chart makes of an example, as it was last agreed."""
    return CHART / "ci" / "golden" / f"{example}.yaml"


def render(
    example: str | None,
    *more: str,
    helm: int = 4,
    kubernetes: str = NEWEST,
    chart: Path = CHART,
    release: str = "cxm",
    namespace: str = "platform",
) -> str:
    """Manifests of an example; `more`: values as --set takes them."""
    files: list[str | Path] = [] if example is None else ["--values", values_of(example)]
    sets = [part for value in more for part in ("--set", value)]
    place = ["--namespace", namespace, "--kube-version", kubernetes]
    return run_helm(helm, "template", release, chart, *place, *files, *sets)


def parse(manifests: str) -> list[Object]:
    """The objects of manifests, in an order of their own kinds and names."""
    objects: list[Object] = [found for found in yaml.load_all(manifests, yaml.CSafeLoader) if found]
    return sorted(objects, key=lambda found: (found["kind"], found["metadata"]["name"]))


@cache
def objects_of(example: str, *more: str) -> Sequence[Object]:
    """The objects of an example, for reading only."""
    return tuple(parse(render(example, *more)))


def of_kind(objects: Sequence[Object], kind: str) -> dict[str, Object]:
    """Objects of a kind, by the component they belong to; by name those of none, and the second one of a component."""
    named: dict[str, Object] = {}
    for found in objects:
        if found["kind"] == kind:
            name = found["metadata"]["name"]
            component = found["metadata"].get("labels", {}).get(COMPONENT, name)
            named[name if component in named else component] = found
    return named
