"""Settings that do not hold."""

import os

import pytest

from gateway.config import Settings as GatewaySettings
from services.kit.config import read_settings
from services.metrics.config import Settings as MetricsSettings


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
