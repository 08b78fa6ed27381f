"""A gateway where browsers sign in with an identity provider."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from cxm.profile.v1.grants_pb2 import GrantItem
from tests.support.identity_provider import CLIENT, TestProvider, open_provider
from tests.unit.gateway.support.browser import ADDRESS, Browser
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices


@pytest.fixture
async def provider() -> AsyncIterator[TestProvider]:
    async with open_provider() as running:
        yield running


@pytest.fixture
async def platform(
    services: StubServices, tmp_path: Path, provider: TestProvider
) -> AsyncIterator[Platform]:
    """A gateway where browsers sign in; 4711 is an analyst."""
    services.grants = {"oidc:4711": [GrantItem(subject="oidc:4711", role="analyst")]}
    provider.client_secret = "hush"
    async with open_platform(
        tmp_path,
        services,
        oidc_issuer=provider.url,
        oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr("hush"),
        public_address=ADDRESS,
    ) as running:
        yield running


@pytest.fixture
def browser(platform: Platform) -> Browser:
    return Browser(platform)
