"""Settings that do not hold."""

import os

import pytest

from gateway.config import Settings as GatewaySettings
from services.employee_exp.config import Settings as EmployeeSettings
from services.kit.config import IGNORED, PREFIXES, ProcessSettings, find_slips, read_settings
from services.metrics.config import Settings as MetricsSettings
from services.profile.config import Settings as ProfileSettings
from services.survey.config import Settings as SurveySettings

ALL: list[type[ProcessSettings]] = [
    ProfileSettings,
    SurveySettings,
    MetricsSettings,
    EmployeeSettings,
    GatewaySettings,
]


def test_a_wrong_setting_is_named_in_a_line_without_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CXM_METRICS_NATS_URL", "nats://metrics:secret@127.0.0.1")
    monkeypatch.setenv("CXM_METRICS_STREAM_REPLICAS", "many")

    with pytest.raises(SystemExit) as ended:
        read_settings(MetricsSettings)

    lines = capsys.readouterr().err.splitlines()
    assert ended.value.code == os.EX_CONFIG
    assert "CXM_METRICS_LISTEN: Field required" in lines
    assert any(line.startswith("CXM_METRICS_STREAM_REPLICAS: ") for line in lines)
    assert not any("secret" in line or "many" in line for line in lines)


def test_errors_hold_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXM_GATEWAY_NATS_URL", "nats://gateway:secret@127.0.0.1")

    with pytest.raises(ValueError, match="Field required") as refused:
        GatewaySettings()

    assert "secret" not in str(refused.value)


def test_a_variable_that_nobody_reads_is_told_by_name_and_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CXM_METRICS_STREAM_REPLICA", "secret")
    monkeypatch.setenv("CXM_METRICS_LISTEN", "unix:/nowhere")

    with pytest.raises(SystemExit):
        read_settings(MetricsSettings)

    first = capsys.readouterr().err.splitlines()[0]
    assert first == f"{IGNORED}CXM_METRICS_STREAM_REPLICA (is CXM_METRICS_STREAM_REPLICAS meant?)"


def test_a_slip_is_told_by_the_process_whose_setting_is_meant() -> None:
    slips = ["CXM_SURVY_STORE_PATH", "CXM_SURVEY_WORDS", "CXM_GATEWAY_PROT", "CXM_EMPLOYEE_LISTEN"]
    others = ["CXM_URL", "CXM_TOKEN", "CXM_SURVEY_OWNER_DATABASE_URL", "PATH", "CXM_Odd name"]

    told = {kind: list(find_slips(kind, slips + others)) for kind in ALL}

    assert told == {
        ProfileSettings: [],
        SurveySettings: [
            "CXM_SURVEY_WORDS",
            "CXM_SURVY_STORE_PATH (is CXM_SURVEY_STORE_PATH meant?)",
        ],
        MetricsSettings: [],
        EmployeeSettings: ["CXM_EMPLOYEE_LISTEN (is CXM_EMPLOYEE_EXP_LISTEN meant?)"],
        GatewaySettings: ["CXM_GATEWAY_PROT (is CXM_GATEWAY_PORT meant?)"],
    }


def test_every_process_has_its_prefix_listed_and_reads_what_it_lists() -> None:
    assert {kind.model_config.get("env_prefix") for kind in ALL} == set(PREFIXES)
    for kind in ALL:
        prefix = kind.model_config.get("env_prefix", "")
        assert not list(find_slips(kind, [prefix + name.upper() for name in kind.model_fields]))
