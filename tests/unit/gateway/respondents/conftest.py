"""A respondent in front of the gateway."""

import pytest

from tests.unit.gateway.respondents.support.visitor import Visitor, make_survey
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import StubServices


@pytest.fixture
def visitor(platform: Platform, services: StubServices) -> Visitor:
    services.surveys.insert(0, make_survey())
    return Visitor(platform)
