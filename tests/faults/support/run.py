"""One fault run: clients submit while processes are killed, then everything is counted."""

from infra.client.api import Api
from tests.faults.support.clients import Clients, set_up
from tests.faults.support.result import FaultResult, wait_for_result
from tests.support.database import execute
from tests.support.harm import Echo, harm
from tests.support.platform import Running

SIZES = (1, 1, 5, 50)  # responses per call, of each client
# Without this the same run must be caught: an inbox that forgets lets every second delivery count.
FORGET = """
CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER forget BEFORE INSERT ON metrics_inbox FOR EACH ROW EXECUTE FUNCTION forget()"""


def run(platform: Running, kills: int, *, seed: int, inbox: bool = True) -> FaultResult:
    """Kill so many processes of a fresh platform under load; what was acknowledged against what is counted."""
    token = platform.token("admin")
    with Api(platform.url, token) as api:
        set_up(api)
    if not inbox:
        execute(platform.data_dir, "cxm_metrics", FORGET)
    echo = Echo(platform.data_dir)
    clients = Clients(platform.url, token, SIZES)
    harm(platform, kills, seed)
    ledger = clients.stop()
    repeated = echo.stop()
    assert repeated, "no envelope came twice: the run proves too little"
    return wait_for_result(platform, ledger, "kills", kills)
