"""Alerts fire when they should, name numbers that there are, and each has a runbook whose commands there are."""

import re
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.support.helm import objects_of, of_kind
from tests.deploy.support.promtool import promtool_says
from tests.support.numbers import ROOT, declared, names_in, queries
from tests.support.platform import cxm

RULES = ROOT / "infra/helm/cxm/files/alerts/cxm.yaml"
OBSERVABILITY = ROOT / "infra/observability"
OTHERS = {"kube_job_failed", "certmanager_certificate_expiration_timestamp_seconds"}
"""Numbers of kube-state-metrics and cert-manager."""
PROCESS = {"process_cpu_seconds_total", "process_resident_memory_bytes"}


def rules() -> list[dict[str, Any]]:
    return [
        rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]
    ]


def alerts() -> dict[str, dict[str, Any]]:
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def test_alerts_fire_when_they_should_and_only_then() -> None:
    assert promtool_says(OBSERVABILITY / "alerts_test.yaml") == ""


def test_every_alert_is_seen_to_fire_and_not_to_fire() -> None:
    tests = yaml.safe_load((OBSERVABILITY / "alerts_test.yaml").read_text())["tests"]
    seen = {
        (re.findall(r'alertname="(\w+)"', case["expr"])[0], bool(case["exp_samples"]))
        for test in tests
        for case in test["promql_expr_test"]
    }
    assert seen == {(name, fires) for name in alerts() for fires in (True, False)}


def test_alerts_and_dashboards_name_numbers_that_there_are() -> None:
    known = {number.scraped for number in declared()} | OTHERS | PROCESS
    expressions = [rule["expr"] for rule in rules()] + queries()

    assert len(queries()) > 10
    assert {name for each in expressions for name in names_in(each)} <= known
    assert names_in('sum(rate(cxm_gone_bucket{a="b"}[5m]))') == {"cxm_gone"}


def test_every_alert_has_a_runbook_and_no_other_is_there() -> None:
    books = {path.stem for path in (OBSERVABILITY / "runbooks").glob("*.md")}

    assert books == alerts().keys()
    for name, alert in alerts().items():
        assert alert["annotations"]["runbook"] == f"infra/observability/runbooks/{name}.md"


def test_alerts_have_an_address_of_their_runbook_where_one_is_given() -> None:
    def addresses(*more: str) -> set[str | None]:
        (rule,) = of_kind(objects_of("production", *more), "PrometheusRule").values()
        return {
            each["annotations"].get("runbook_url")
            for group in rule["spec"]["groups"]
            for each in group["rules"]
            if "alert" in each
        }

    base = "https://git.example.org/books"
    assert addresses(f"telemetry.prometheusRule.runbooks={base}/") == {
        f"{base}/{name}.md" for name in alerts()
    }
    assert addresses("telemetry.prometheusRule.runbooks=") == {None}


def test_commands_of_runbooks_are_there() -> None:
    found = {
        command
        for path in (OBSERVABILITY / "runbooks").glob("*.md")
        for command in re.findall(r"`(cxm [a-z][^`]*)`", path.read_text())
    }
    assert "cxm replay dead-letters" in found
    for command in sorted(found):
        words = command.split()[1:]
        subcommand = [word for word in words if not word.startswith("-")]
        told = cxm(*subcommand, "--help")
        assert told.returncode == 0, command
        assert all(word in told.stdout for word in words if word.startswith("-")), command


def test_links_of_runbooks_lead_somewhere() -> None:
    for path in (OBSERVABILITY / "runbooks").glob("*.md"):
        for target in re.findall(r"\]\(([^)]+)\)", path.read_text()):
            assert Path(path.parent / target).resolve().exists(), f"{path.stem}: {target}"
