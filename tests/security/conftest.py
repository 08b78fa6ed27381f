"""Platforms of every process."""

from tests.support.platform_fixtures import platform, start_platform

__all__ = ["platform", "start_platform"]
