"""Door 2: NATS. What employee_exp hears; what it announces is stored by rpc.py with the change itself."""

from nats.aio.client import Client

from services.kit.db.database import Database
from services.kit.directory import DirectoryCopy
from services.kit.events.consumer import Consumer, in_session
from services.kit.events.streams import EMPLOYEE_EXP_COPIES_DIRECTORY


def copier(client: Client, database: Database, directory: DirectoryCopy) -> Consumer:
    """Keeps our own copy of the directory; facts may come twice and in any order."""
    apply = in_session(database.write, directory.handlers())
    return Consumer(client, database.pool, EMPLOYEE_EXP_COPIES_DIRECTORY, apply)
