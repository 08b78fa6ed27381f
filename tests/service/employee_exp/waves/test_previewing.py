"""A preview: what a wave would come to, before anybody is asked."""

from cxm.employee_exp.v1 import waves_pb2 as pb
from tests.service.employee_exp.support.waves import Waves, names


async def test_a_preview_says_how_many_and_stores_nothing(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 40), email=True, attributes={"site": "Riga"})
    await waves.employ("sales", *names("b", 20), attributes={"site": "Bled"})
    await waves.employ("service", *names("c", 12), attributes={"site": "Riga"})
    await waves.upsert(waves.draft(dimensions=["site", "grade"]))

    request = pb.PreviewWaveRequest(key="pulse")
    seen = await waves.stub.PreviewWave(request, metadata=waves.bearer())

    assert (seen.people, seen.reachable, seen.departments) == (72, 40, 3)
    # 45 of 60 answer in sales, 9 of 12 in service; nobody works in the root alone.
    assert (seen.shown, list(seen.other_k)) == (3, [8, 10, 15, 20, 30])
    assert list(seen.other_shown) == [3, 1, 1, 1, 1]
    # With 10 either sales or the whole is shown, for the difference of them is 9 people.
    # Sales has both sites with enough people, and the rest of the organisation 9 of one.
    assert [(d.name, d.categories, d.cuts, d.unknown) for d in seen.dimensions] == [
        ("site", 2, 2, False),
        ("grade", 1, 0, True),
    ]
    found = await waves.get()
    assert found is not None
    assert found.state == pb.WAVE_STATE_DRAFT
    assert await waves.database.fetchval("SELECT count(*) FROM employee_exp_wave_department") == 0


async def test_a_preview_says_nothing_of_categories_of_a_few(waves: Waves) -> None:
    await waves.employ("sales", "real", attributes={"grade": "G7"})
    await waves.employ("sales", *names("a", 3), attributes={"grade": "G6"})
    await waves.upsert(waves.draft(dimensions=["grade"]))
    request = pb.PreviewWaveRequest(key="pulse")

    few = await waves.stub.PreviewWave(request, metadata=waves.bearer())
    await waves.employ("sales", "fifth", attributes={"grade": "G6"})
    enough = await waves.stub.PreviewWave(request, metadata=waves.bearer())

    assert (few.people, list(few.dimensions)) == (4, [])
    assert [(d.name, d.categories) for d in enough.dimensions] == [("grade", 2)]


async def test_a_preview_says_what_a_few_cost_of_whom_a_category_is_not_known(waves: Waves) -> None:
    await waves.employ("sales", *names("a", 40), attributes={"site": "Riga"})
    await waves.employ("sales", *names("b", 20), attributes={"site": "Bled"})
    await waves.employ("sales", "nowhere", "nowhere_either")
    await waves.upsert(waves.draft(dimensions=["site", "grade"]))

    seen = await waves.stub.PreviewWave(pb.PreviewWaveRequest(key="pulse"), metadata=waves.bearer())

    # Two people are no group of five, and could be worked out beside the others. Nobody has a grade.
    assert [(d.name, d.categories, d.cuts, d.cuts_if_given) for d in seen.dimensions] == [
        ("site", 3, 0, 2),
        ("grade", 1, 0, 0),
    ]
