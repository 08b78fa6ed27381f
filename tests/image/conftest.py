"""The image, built once; skipped where none can be built."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.nats import Nats
from infra.local.postgres import Postgres, create_service
from infra.roles import BY_SERVICE
from tests.image.support import engine
from tests.image.support.deploying import deploy
from tests.image.support.running import InContainers


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The image of this tree."""
    if why := engine.why_not():
        pytest.skip(why)
    yield engine.build(tmp_path_factory.mktemp("bases"))
    engine.let_go()


@pytest.fixture(scope="session")
def deployment(
    image: str, postgres: Postgres, nats_broker: Nats, tmp_path_factory: pytest.TempPathFactory
) -> InContainers:
    """Stores and keys, and where each role listens."""
    for service in BY_SERVICE:
        asyncio.run(create_service(postgres, service))
    postgres.socket_dir.chmod(0o770)
    return deploy(postgres, nats_broker, tmp_path_factory.mktemp("data"))


def mounted(name: str) -> Iterator[Path]:
    """The files of an image."""
    yield Path(engine.run(*engine.PODMAN, "image", "mount", name))
    engine.run(*engine.PODMAN, "image", "umount", name)


@pytest.fixture
def files(image: str) -> Iterator[Path]:
    """The files of the image."""
    yield from mounted(image)


@pytest.fixture
def files_with_shell(image: str) -> Iterator[Path]:
    """The files of what it is built with, which has a shell and pip."""
    yield from mounted(f"{image}-build")
