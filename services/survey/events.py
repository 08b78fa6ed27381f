"""Door 2: NATS. Announced: SURVEY_CHANGED (rpc.py) and RESPONSES_RECORDED (commit.py); heard: the directory."""

from nats.aio.client import Client

from services.kit.db.database import Database
from services.kit.directory import DirectoryCopy
from services.kit.events.consumer import Consumer, in_session
from services.kit.events.streams import SURVEY_COPIES_DIRECTORY


def directory_consumer(client: Client, database: Database, directory: DirectoryCopy) -> Consumer:
    """Keeps our own copy of departments and touchpoints; facts may come twice and in any order."""
    apply = in_session(database.write, directory.handlers())
    return Consumer(client, database.pool, SURVEY_COPIES_DIRECTORY, apply)
