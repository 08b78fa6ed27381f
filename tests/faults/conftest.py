"""Every process up, as in tests/path."""

from tests.support.platform_fixtures import platform, start_platform

__all__ = ["platform", "start_platform"]
