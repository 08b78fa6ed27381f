"""What Helm makes of the example values: the same each time, with Helm 3 and 4, as agreed, and valid for Kubernetes."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import kubernetes_validate
import pytest
import yaml
from kubernetes_validate import utils

from tests.deploy.support.helm import (
    CHART,
    EXAMPLES,
    NEWEST,
    OLDEST,
    ChartRefused,
    Object,
    golden_of,
    objects_of,
    parse,
    render,
    run_helm,
    values_of,
)

OF_OPERATORS = {"HTTPRoute", "ServiceMonitor", "PrometheusRule", "ExternalSecret", "Cluster"}
"""Kinds whose schemas Kubernetes does not have."""


@pytest.fixture(autouse=True, scope="module")
def schemas_read_once() -> Iterator[None]:
    """Else megabytes of schemas are read again for every object."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utils, "schema_contents", cache(utils.schema_contents))
        yield


def invalid(objects: Sequence[Object], kubernetes: str) -> list[str]:
    """What this version of Kubernetes would not take: unknown kinds, fields and types."""
    wrong = []
    for found in objects:
        name = f"{found['kind']} {found['metadata']['name']}"
        try:
            kubernetes_validate.validate(found, kubernetes, strict=True)
        except kubernetes_validate.SchemaNotFoundError:
            if found["kind"] not in OF_OPERATORS:
                wrong.append(f"{name}: no such kind")
        except kubernetes_validate.ValidationError as error:
            wrong.append(f"{name}: {error}")
    return wrong


@pytest.mark.parametrize(("example", "helm"), list(product(EXAMPLES, (3, 4))))
def test_the_chart_passes_lint(example: str, helm: int) -> None:
    run_helm(helm, "lint", "--strict", CHART, "--values", values_of(example))


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_render_is_the_one_that_was_agreed(example: str) -> None:
    assert render(example) == golden_of(example).read_text(), "run `make chart`, read the change"


@pytest.mark.parametrize("example", EXAMPLES)
def test_helm_3_makes_the_same_objects(example: str) -> None:
    assert tuple(parse(render(example, helm=3))) == objects_of(example)


def test_two_renders_are_equal_to_the_byte() -> None:
    assert render("production") == render("production")


@pytest.mark.parametrize(("example", "kubernetes"), list(product(EXAMPLES, (OLDEST, NEWEST))))
def test_kubernetes_knows_every_field(example: str, kubernetes: str) -> None:
    assert invalid(objects_of(example), kubernetes) == []


def test_the_oldest_kubernetes_gets_the_same_and_an_older_one_nothing() -> None:
    assert render("production", kubernetes=OLDEST) == golden_of("production").read_text()
    with pytest.raises(ChartRefused, match="incompatible with Kubernetes"):
        render("minimal", kubernetes="1.29")


def test_a_field_a_kind_and_a_type_that_kubernetes_does_not_know_are_found() -> None:
    job = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a"}}
    pod = {"containers": [{"name": "a", "image": "b"}], "restartPolicy": "Never"}
    unknown = {**job, "spec": {"template": {"spec": {**pod, "servicelinks": False}}}}
    of_no_kind = {**job, "kind": "Jobb"}
    of_another_type = {**job, "spec": {"backoffLimit": "ten", "template": {"spec": pod}}}

    found = invalid([unknown, of_no_kind, of_another_type], NEWEST)

    assert len(found) == 3
    assert "servicelinks" in found[0]
    assert "no such kind" in found[1]
    assert "ten" in found[2]


def test_a_job_is_another_one_for_another_version_and_another_pod() -> None:
    version = yaml.safe_load((CHART / "Chart.yaml").read_text())["appVersion"]
    changes = (
        (),
        ("image.tag=99.8.7",),
        ("defaults.resources.limits.memory=2Gi",),
        ("defaults.podAnnotations.owner=insights",),
        ("commonLabels.team=insights",),
    )
    names = {
        found["metadata"]["name"]
        for more in changes
        for found in objects_of("minimal", *more)
        if found["kind"] == "Job"
    }

    assert len(names) == len(changes)
    start = f"cxm-migrate-{version.replace('.', '-')}-"
    assert all(name.startswith(start) for name in names)
