"""Every process up, as in tests/path."""

from tests.path.conftest import platform, start_platform

__all__ = ["platform", "start_platform"]
