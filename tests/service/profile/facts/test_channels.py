"""There are so many different channels and no more."""

from datetime import UTC, datetime

from services.kit.errors import Failure
from services.kit.rights.access import Grant, Role, Viewer
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.attributing import FactAttributor
from services.profile.facts.dictionary import MOST_CHANNELS, FactDictionary
from services.profile.facts.domain import Occurrence
from tests.service.profile.support.profile import Profile, SettableClock

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
WHO = Viewer("shop", (Grant(Role.INTEGRATION),))


async def test_only_facts_of_one_channel_too_many_are_refused(
    profile: Profile, watch: SettableClock
) -> None:
    await profile.upsert(("root", None), ("riga", "root"))
    pool = profile.database.pool
    await pool.execute(
        "INSERT INTO profile_dimension_set (channel) SELECT 'C' || n FROM generate_series(1, $1::int) n",
        MOST_CHANNELS - 1,
    )
    attributor = FactAttributor(TreeCache(profile.database, watch), FactDictionary(pool))
    channels = ("C1", "LAST", "MORE", "LAST", "")

    found = await attributor.attribute(WHO, [Occurrence(AT, "riga", channel=c) for c in channels])

    told = [(each.reason, list(each.field)) for each in found if isinstance(each, Failure)]
    assert told == [("TOO_MANY_CHANNELS", ["channel"])]
    assert isinstance(found[2], Failure)
