"""Fixtures: a platform with a wave in each state."""

from typing import Any

import httpx
import pytest

from infra.cli.waves import command, results
from infra.client.api import Api
from tests.unit.infra.cli.waves.support.waves import Platform


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Platform:
    running = Platform()

    def api(url: str, token: str, **_: Any) -> Api:
        return Api(url, "token", transport=httpx.MockTransport(running.answer))

    for module in (command, results):
        monkeypatch.setattr(module, "Api", api)
    return running
