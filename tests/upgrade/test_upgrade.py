"""Data of a release upgrade in place: today's platform answers from them as that release did."""

import asyncio
import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.kit.rights.key_files import read_key
from tests.support import releases
from tests.support.platform import START_SECONDS, Running, eventually, up
from tests.upgrade.support import dump, questions
from tests.upgrade.support.asking import nps, reconcile, submit
from tests.upgrade.support.filling import CORRECT, Kept, must
from tests.upgrade.support.questions import Answers, differences, with_row_ids, without_metrics

REFUSED = """mutation ($i: SubmitResponsesInput!) { submitResponses(input: $i) {
  results { status userErrors { code } } } }"""


@pytest.fixture(scope="module")
def release(version: str) -> Path:
    """The folder of its data."""
    return releases.FOLDER / version


@pytest.fixture(scope="module")
def platform(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Today's platform on them."""
    folder = tmp_path_factory.mktemp("upgrade")
    data_dir = folder / "data"
    asyncio.run(dump.restore(release, data_dir))
    with up(data_dir, folder / "output", "--no-demo") as running:
        eventually(running.is_ready, seconds=START_SECONDS)
        yield running


@pytest.fixture(scope="module")
def before(release: Path) -> Answers:
    """What the release answered."""
    answers: Answers = json.loads((release / "answers.json").read_text())
    return with_row_ids(answers, read_key(release / "customer.key"))


@pytest.fixture(scope="module")
def kept(release: Path) -> Kept:
    return Kept(**json.loads((release / "kept.json").read_text()))


def test_every_answer_is_as_before_and_a_rebuild_changes_none(
    platform: Running, version: str, before: Answers
) -> None:
    new = releases.new_since(version)
    before = without_metrics(before, new.metrics)
    now = questions.ask(platform, new.columns)
    known = {name: now[name] for name in before}  # a release was not asked what came later
    assert differences(before, without_metrics(known, new.metrics)) == []

    status, said = reconcile(platform, "--rebuild")
    assert (status, said.splitlines()[0]) == (0, "rebuilt from 380 responses")
    again = questions.cards(platform, "root", "TODAY") | questions.cards(
        platform, "north", "AS_IT_WAS"
    )
    assert differences(before, without_metrics(before | again, new.metrics)) == []


def test_one_changed_number_is_found(before: Answers) -> None:
    changed: Any = copy.deepcopy(before)
    card = changed["card of south month AS_IT_WAS"]["department"]["scorecard"]
    card["m0"]["base"] += 1

    (found,) = differences(before, changed)
    assert found.startswith("/card of south month AS_IT_WAS/department/scorecard/m0/base: ")


def test_only_what_a_new_metric_changes_is_left_out(before: Answers) -> None:
    rows = "scores of root by MONTH TODAY"
    kept: Any = without_metrics(before, frozenset({"ces"}))

    assert without_metrics(before, frozenset()) == before
    assert all("ces" in row for row in before[rows] if row not in kept[rows])
    assert len(kept[rows]) < len(before[rows])
    definitions = [found["key"] for found in kept["metrics"]["metricDefinitions"]]
    assert "ces" not in definitions
    assert "nps" in definitions
    card = before["card of south month AS_IT_WAS"]
    assert kept["card of south month AS_IT_WAS"] == card


def test_what_respondents_hold_is_good_for_one_change_each(platform: Running, kept: Kept) -> None:
    base, value = nps(platform)

    assert submit(platform, kept.response) == ("ALREADY_STORED", None)
    score = {"question": "nps", "score": 10}
    sent = {"survey": "every", "occurredAt": "2026-10-01T10:00:00Z", "answers": [score]}
    assert datetime.fromisoformat(kept.expires_at) > datetime.now(UTC), "too old to be kept"
    submit(platform, {**sent, "invitation": kept.unspent})
    eventually(lambda: nps(platform)[0] == base + 1, seconds=10)
    for spent in (kept.unspent, kept.spent):
        again = {"i": {"responses": [{**sent, "invitation": spent}]}}
        (result,) = platform.ask(REFUSED, again)["submitResponses"]["results"]
        assert [error["code"] for error in result["userErrors"]] == ["INVITATION_SPENT"]

    higher = nps(platform)[1]
    proof = {"id": kept.response["id"], "receipt": kept.receipt}
    must(platform.ask(CORRECT, {"i": {**proof, "answers": [{**score, "score": 10}]}}))
    eventually(lambda: nps(platform)[1] > higher > value, seconds=10)
    proof = {"id": kept.withdrawn, "receipt": kept.withdrawn_receipt}
    refused = platform.ask(CORRECT, {"i": {**proof, "answers": [score]}})["correctResponse"]
    assert [error["code"] for error in refused["userErrors"]] == ["RESPONSE_WITHDRAWN"]

    assert nps(platform)[0] == base + 1
    assert reconcile(platform)[0] == 0
