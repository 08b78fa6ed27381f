"""The chart as it is handed over: its version, what is in the package, and what files make objects."""

import json
import shutil
import tomllib
from pathlib import Path

import yaml

from tests.deploy.support.helm import CHART, ROOT, golden_of, of_kind, parse, render, run_helm

ALERTS = {
    "groups": [
        {
            "name": "cxm",
            "rules": [
                {
                    "alert": "Late",
                    "expr": "lag > 1",
                    "annotations": {"summary": "{{ $labels.service }} is late"},
                }
            ],
        }
    ]
}
DASHBOARD = {"title": "cxm", "panels": [{"legend": "{{service}}"}]}


def test_the_chart_is_of_the_version_of_the_platform() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())

    assert chart["appVersion"] == project["version"]


def test_a_package_renders_the_same_and_carries_no_examples(tmp_path: Path) -> None:
    run_helm(4, "package", CHART, "--destination", tmp_path)
    package = next(tmp_path.glob("cxm-*.tgz"))

    assert render("production", chart=package) == golden_of("production").read_text()
    shutil.unpack_archive(package, tmp_path)
    assert not (tmp_path / "cxm" / "ci").exists()


def test_alerts_and_dashboards_are_those_of_the_files(tmp_path: Path) -> None:
    """Also where they hold templates of Prometheus and Grafana, which Helm must leave alone."""
    chart = tmp_path / "cxm"
    shutil.copytree(CHART, chart)
    for kind in ("alerts", "dashboards"):
        shutil.rmtree(chart / "files" / kind, ignore_errors=True)
        (chart / "files" / kind).mkdir()
    (chart / "files" / "alerts" / "ingest.yaml").write_text(yaml.safe_dump(ALERTS))
    (chart / "files" / "dashboards" / "all_scores.json").write_text(json.dumps(DASHBOARD, indent=1))

    objects = parse(render("production", chart=chart))

    (group,) = of_kind(objects, "PrometheusRule")["cxm"]["spec"]["groups"]
    (rule,) = group["rules"]
    labels = {"app_kubernetes_io_instance": "cxm", "namespace": "platform"}
    assert rule.pop("labels") == labels
    assert rule["annotations"].pop("runbook_url").endswith("/Late.md")
    assert {"groups": [group]} == ALERTS
    shown = of_kind(objects, "ConfigMap")["cxm-all-scores"]
    assert json.loads(shown["data"]["all_scores.json"]) == DASHBOARD
    assert shown["metadata"]["labels"]["grafana_dashboard"] == "1"
