"""Files of migrations are named after their revisions, so that the newest is found without Alembic."""

import pytest
from alembic.script import ScriptDirectory

from services.kit.db.migrate import SERVICES, alembic_config, newest_version


@pytest.mark.parametrize("service", SERVICES)
def test_the_newest_version_is_the_one_that_migrations_lead_to(service: str) -> None:
    assert (
        newest_version(service)
        == ScriptDirectory.from_config(alembic_config(service)).get_current_head()
    )
