"""Files of interactions, uploaded through the RPC."""

from pathlib import Path

import pytest

from cxm.profile.v1 import interactions_pb2 as pb
from tests.service.profile.support.interactions import Interactions
from tests.service.profile.support.profile import Profile
from tests.service.support.import_call import Outcome, load

MAPPING = """
[defaults]
source = "crm"
[columns]
customer = "nr"
email = "mail"
kind = "what"
occurred_at = "when"
department = "team"
details.topic = "about"
"""
ROWS = """nr,mail,what,when,team,about
C-1,,CALLED,2026-05-01 09:00,riga,invoice
C-1,,CALLED,2026-05-01 09:00,riga,invoice
,ilze@example.com,Order Completed,2026-04-30 10:00,Riga,
,,VISITED,2026-04-30 11:00,riga,
C-2,,DANCED,2026-05-01 09:00,riga,
C-2,,CALLED,soon,riga,
C-2,,CALLED,2026-05-01 09:00,narnia,
C-2,,CALLED,2023-05-01 09:00,riga,
,none,CALLED,2026-05-01 09:00,riga,
"""


@pytest.fixture(autouse=True)
async def departments(profile: Profile) -> None:
    await profile.upsert(("root", None), ("riga", "root"))


async def load_rows(
    interactions: Interactions, content: str, mapping: str = MAPPING, *, dry_run: bool = False
) -> Outcome:
    method, request = interactions.stub.ImportInteractions, pb.ImportInteractionsRequest
    bearer = interactions.bearer("integration")
    return await load(method, request, bearer, mapping, content, dry_run=dry_run)


async def test_good_rows_are_stored_once_and_bad_ones_say_why(interactions: Interactions) -> None:
    tried = await load_rows(interactions, ROWS, dry_run=True)
    before = await interactions.stored()
    done = await load_rows(interactions, ROWS)
    again = await load_rows(interactions, ROWS)

    assert before == 0
    assert (tried.stored, done.stored, again.stored, again.already) == (4, 4, 0, 4)
    assert await interactions.stored() == 4
    refused = [line[:3] for line in done.report]
    assert refused == [
        ["6", "what", "UNKNOWN_KIND"],
        ["7", "when", "DATE_UNREADABLE"],
        ["8", "team", "UNKNOWN_DEPARTMENT"],
        ["9", "when", "TOO_OLD"],
        ["10", "mail", "NOT_AN_IDENTIFIER"],
    ]
    assert [line[:3] for line in tried.report] == refused


async def test_the_example_is_read(profile: Profile, interactions: Interactions) -> None:
    mapping = Path(__file__).parents[4] / "infra" / "mappings" / "interactions.toml"
    row = "call_id,customer_id,caller,started_at,team,topic\n17,C-1,+37120000017,2026-05-01 09:30,riga,invoice\n"

    done = await load_rows(interactions, row, mapping.read_text())

    assert done.stored == 1
