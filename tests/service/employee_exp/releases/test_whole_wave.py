"""A wave through the doors of all its nouns: opened, invited by mail, answered by link, closed, released, looked up."""

import re

from cxm.employee_exp.v1 import ballots_pb2 as ballots
from cxm.employee_exp.v1 import waves_pb2 as pb
from tests.service.employee_exp.support.staff import Staff
from tests.service.employee_exp.support.waves import ADDRESS, Waves, names, question

LINK = re.compile(re.escape(ADDRESS) + r"/w/([\w-]+)")


async def links_of(waves: Waves) -> dict[str, str]:
    """The token in each one's mail."""
    await waves.runner.look()
    await waves.runner.sender.send_due()
    found = {}
    for mail in waves.mail.mails:
        link = LINK.search(mail.text)
        assert link is not None
        found[mail.to.partition("@")[0]] = link[1]
    return found


async def test_a_wave_from_its_draft_to_its_results(waves: Waves, staff: Staff) -> None:
    await waves.employ("sales", *names("s", 14), email=True, attributes={"level": "junior"})
    await waves.employ("service", *names("e", 12), email=True, language="lv")
    questions = [
        question("recommend", "ENPS"),
        question("tools", "AGREEMENT"),
        question("better", "TEXT"),
    ]
    await waves.upsert(waves.draft(questions=questions, dimensions=["level"]))
    opened = await waves.open()
    links = await links_of(waves)
    assert len(links) == 26
    found = await staff.ballots.FindBallot(ballots.FindBallotRequest(token=links["e0"]))
    assert (found.preferred_language, found.state) == ("lv", ballots.LINK_STATE_READY)

    for number, (who, token) in enumerate(links.items()):
        if number % 13 != 12:  # one of each department does not answer
            sent = await staff.send(token, {"recommend": 10, "better": f"{who} wrote this"})
            assert sent.taken
    await waves.close()
    await staff.runner.look()

    wave = await waves.get()
    assert wave is not None
    assert wave.state == pb.WAVE_STATE_RELEASED
    assert (wave.links_spent, wave.report.answered, wave.report.lost) == (24, 24, 0)
    tree = staff.employees.directory.tree
    ids = {key: str(tree.id_of(key)) for key in ("root", "sales", "service")}
    reply = await staff.results_of(opened.id, list(ids.values()), staff.bearer("analyst"))
    results = {result.department_id: result for result in reply.results}
    for id_ in ids.values():
        enps = next(s for s in results[id_].scores if s.statistic == "enps")
        assert enps.value == 90  # all are promoters, which is told of nobody
    assert list(results[ids["root"]].dimensions) == []  # 24 people are too few to be cut
    [counted] = results[ids["sales"]].verbatims
    assert counted.count >= 10
