"""Employees who are asked: a wave answered by the links in its mails and released, one measured elsewhere, a draft."""

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from infra.local.demo.pulses.letters import read_links, send_all
from tests.support.platform import Running, cxm, eventually

Json = dict[str, Any]

SECONDS = 120.0
PEOPLE = 70
PLACES = ("riga", "valmiera", "liepaja", "calls")
TEXTS = [{"language": "en", "text": "In English"}]
QUESTIONS: list[Json] = [
    {"key": "recommend", "kind": "ENPS", "text": "Ieteiktu te strādāt?"},
    {"key": "heard", "kind": "AGREEMENT", "text": "Manas domas uzklausa."},
    {"key": "expected", "kind": "AGREEMENT", "text": "Zinu, ko no manis gaida."},
    {"key": "tired", "kind": "BURNOUT", "text": "Cik bieži esmu noguris?"},
    {"key": "unfair", "kind": "SENSITIVE", "text": "Vai izturējās netaisni?"},
    {"key": "better", "kind": "TEXT", "text": "Kas būtu labāk?"},
]
WAVE: Json = {
    "key": "pulse",
    "kind": "PULSE",
    "name": "Pulss",
    "names": TEXTS,
    "language": "lv",
    "languages": ["lv", "en"],
    "questions": [{**question, "texts": TEXTS} for question in QUESTIONS],
    "dimensions": ["contract"],
    "k": 5,
}
ELSEWHERE = """wave,name,opened_on,closed_on,department,item,n,value
before,Earlier,2025-03-01,2025-03-20,root,participationRate,60,0.7
before,Earlier,2025-03-01,2025-03-20,root,engagement,42,0.61
before,Earlier,2025-03-01,2025-03-20,root,enps,42,12
before,Earlier,2025-03-01,2025-03-20,north,engagement,20,0.55
"""
MAPPING = "[columns]\n" + "\n".join(
    f'{name} = "{name}"' for name in ELSEWHERE.partition("\n")[0].split(",")
)
EMPLOYEES = """mutation ($input: UpsertEmployeesInput!) { upsertEmployees(input: $input) {
  results { status userErrors { message } } userErrors { message } } }"""


def fill(platform: Running) -> None:
    """Through the public API, mails and the pages behind links."""
    people = {f"staff{number:02}": PLACES[number % len(PLACES)] for number in range(PEOPLE)}
    given = {"employees": [_employee(name, place) for name, place in people.items()]}
    must_do(platform, EMPLOYEES, given)
    closes = datetime.now(UTC) + timedelta(days=20)
    change(platform, "upsertWave", **WAVE, closesAt=f"{closes:%Y-%m-%dT%H:%M:%SZ}")
    change(platform, "openWave", key="pulse")
    eventually(lambda: len(read_links(platform.data_dir / "mail")) >= PEOPLE, seconds=SECONDS)
    dice = random.Random(13)
    links = sorted(read_links(platform.data_dir / "mail").items())
    send_all(platform.url, [(link, _form(dice)) for _, link in links if dice.random() < 0.85])
    change(platform, "closeWave", key="pulse", reason="everybody who wanted has answered")
    eventually(lambda: _state(platform) == "RELEASED", seconds=SECONDS)
    change(
        platform, "upsertWave", **WAVE | {"key": "next", "kind": "CENSUS", "departments": ["north"]}
    )
    import_wave(platform)


def must_do(platform: Running, document: str, given: Json) -> None:
    """A mutation of which nothing may be refused."""
    for payload in platform.ask(document, {"input": given}).values():
        refused = [item for item in payload.get("results", ()) if item["userErrors"]]
        assert payload["userErrors"] == refused == [], payload


def change(platform: Running, mutation: str, **given: Any) -> None:
    """A mutation of one thing that may not be refused."""
    kind = mutation[0].upper() + mutation[1:]
    document = f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ userErrors {{ message }} }} }}"
    must_do(platform, document, given)


def import_wave(platform: Running) -> None:
    """Results that another program measured."""
    with tempfile.TemporaryDirectory() as folder:
        file, mapping = Path(folder) / "wave.csv", Path(folder) / "wave.toml"
        file.write_text(ELSEWHERE)
        mapping.write_text(MAPPING)
        command = ("import", "wave", str(file), "--mapping", str(mapping), "--url", platform.url)
        done = cxm(*command, CXM_TOKEN=platform.token("admin"))
    assert done.returncode == 0, done.stdout + done.stderr


def _employee(name: str, place: str) -> Json:
    contract = "fixed" if int(name[-2:]) % 3 else "open"
    return {
        "id": name,
        "department": place,
        "startedOn": "2024-02-01",
        "email": f"{name}@company.example",
        "language": "lv",
        "attributes": [{"name": "contract", "value": contract}],
    }


def _form(dice: random.Random) -> dict[str, str]:
    """Fields q1 to q6; the text is left out now and then."""
    scores = {"q1": 10, "q2": 5, "q3": 5, "q4": 5}
    form = {
        name: str(dice.randint(0 if name == "q1" else 1, most)) for name, most in scores.items()
    }
    form["q5"] = str(int(dice.random() < 0.3))
    return form | ({"q6": f"Vairāk miera, {dice.randrange(900)}"} if dice.random() < 0.6 else {})


def _state(platform: Running) -> str:
    state: str = platform.ask('{ wave(key: "pulse") { state } }')["wave"]["state"]
    return state
