"""Deployments that one Prometheus reads: each is told of by its own alerts, and of the others they say nothing."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.deploy.support.helm import parse, render
from tests.deploy.support.promtool import promtool_says
from tests.support.numbers import ROOT

CASES = yaml.safe_load((ROOT / "infra/observability/alerts_test.yaml").read_text())["tests"]
PLAIN = ROOT / "infra/helm/cxm/files/alerts/cxm.yaml"
SLOW = "CxmErrorBudgetBurnsSlowly"
"""Eight hours of all rules would take longer than all others, and its series are those of CxmErrorBudgetBurnsFast."""
ALL = set(re.findall(r"- alert: (\w+)", PLAIN.read_text()))
ALERT = re.compile(r'alertname="(\w+)"')

Case = dict[str, Any]


class Deployment(NamedTuple):
    """A release of the chart."""

    release: str
    namespace: str

    @property
    def labels(self) -> str:
        return f'app_kubernetes_io_instance="{self.release}",namespace="{self.namespace}"'

    def named(self, series: str) -> str:
        """A series of this deployment, which is named as one without labels of deployments."""
        name, _, labels = series.removesuffix("}").partition("{")
        if not name.startswith("cxm_") and name != "ALERTS":
            own = series.replace('="platform"', f'="{self.namespace}"')
            return own.replace('name="cxm-', f'name="{self.release}-')
        own = labels.replace('name="cxm-tls"', f'name="{self.release}-tls"')
        own = own.replace('job_name="cxm-', f'job_name="{self.release}-')
        return f"{name}{{{self.labels}{',' if own else ''}{own}}}"

    def series(self, case: Case) -> list[Case]:
        return [each | {"series": self.named(each["series"])} for each in case["input_series"]]


DEPLOYMENTS = (
    Deployment("cxm", "platform"),
    Deployment("cxm", "staging"),
    Deployment("cxm-two", "platform"),
)


@cache
def rules_of(deployment: Deployment) -> str:
    """The rules that the chart makes for it."""
    manifests = render("production", release=deployment.release, namespace=deployment.namespace)
    (rule,) = [each for each in parse(manifests) if each["kind"] == "PrometheusRule"]
    return yaml.safe_dump(rule["spec"])


def said(folder: Path, cases: list[Case], *plain: Path) -> str:
    """What promtool says of cases with the rules of all deployments, or with these files."""
    files = list(plain)
    for number, deployment in enumerate(() if plain else DEPLOYMENTS):
        files.append(folder / f"{number}.yaml")
        files[-1].write_text(rules_of(deployment))
    tests = folder / "tests.yaml"
    tests.write_text(
        yaml.safe_dump(
            {
                "rule_files": [str(each) for each in files],
                "evaluation_interval": "1m",
                "tests": cases,
            }
        )
    )
    return promtool_says(tests)


def alert_of(case: Case) -> str:
    """The alert that a case is about."""
    return str(ALERT.findall(case["promql_expr_test"][0]["expr"])[0])


def metrics_of(*cases: Case) -> set[str]:
    return {each["series"].partition("{")[0] for case in cases for each in case["input_series"]}


def beside(failing: Deployment, well: Sequence[Deployment]) -> list[Case]:
    """Every alert fires for the one, and for the others it does not: as few cases as their series allow."""
    quiet = {alert_of(case): case for case in CASES if not _expected(case)}
    packed: list[tuple[set[str], Case]] = []
    for fires in (case for case in CASES if _expected(case) and alert_of(case) != SLOW):
        is_quiet = quiet[alert_of(fires)]
        taken = metrics_of(fires, is_quiet) | {alert_of(fires)}
        series = failing.series(fires) + [each for one in well for each in one.series(is_quiet)]
        asked = _asked(fires, failing, well)
        for known, case in packed:
            if not known & taken and case["interval"] == fires["interval"]:
                known |= taken
                case["input_series"] += series
                case["promql_expr_test"] += asked
                break
        else:
            case = {"interval": fires["interval"], "input_series": series}
            packed.append((taken, case | {"promql_expr_test": asked}))
    return [case for _, case in packed]


def _expected(case: Case) -> list[Case]:
    (asked,) = case["promql_expr_test"]
    found: list[Case] = asked["exp_samples"]
    return found


def _asked(fires: Case, failing: Deployment, well: Sequence[Deployment]) -> list[Case]:
    (asked,) = fires["promql_expr_test"]
    samples = [each | {"labels": failing.named(each["labels"])} for each in asked["exp_samples"]]
    return [
        asked | {"expr": f"{asked['expr'][:-1]},{one.labels}}}", "exp_samples": expected}
        for one, expected in [(failing, samples), *((one, []) for one in well)]
    ]


def test_each_alert_fires_for_the_deployment_that_it_is_about(tmp_path: Path) -> None:
    cases = beside(DEPLOYMENTS[0], DEPLOYMENTS[1:])

    assert {name for case in cases for name in ALERT.findall(str(case))} == ALL - {SLOW}
    assert said(tmp_path, cases) == ""


def versions(*deployments: Deployment) -> list[Case]:
    """Each runs one version, and each another one."""
    return [
        {
            "interval": "1m",
            "input_series": [
                {
                    "series": each.named(f'cxm_process_version{{version="0.{n}.0"}}'),
                    "values": "1x90",
                }
                for n, each in enumerate(deployments)
            ],
            "promql_expr_test": [
                {
                    "expr": 'ALERTS{alertname="CxmVersionsDiffer",alertstate="firing"}',
                    "eval_time": "80m",
                    "exp_samples": [],
                }
            ],
        }
    ]


def test_deployments_may_have_different_versions(tmp_path: Path) -> None:
    assert said(tmp_path, versions(*DEPLOYMENTS)) == ""


def test_rules_that_know_no_deployment_are_noticed(tmp_path: Path) -> None:
    cases = beside(DEPLOYMENTS[0], DEPLOYMENTS[1:2])
    case = next(each for each in cases if "CxmNotScraped" in str(each))

    assert "CxmVersionsDiffer" in said(tmp_path, versions(*DEPLOYMENTS), PLAIN)
    assert "CxmNotScraped" in said(tmp_path, [case], PLAIN)
