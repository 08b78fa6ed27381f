"""`cxm up --hardened`: the commands, what is printed, and an application with a manifest work; nothing else runs."""

import json
import subprocess
from pathlib import Path

import httpx

from tests.support.platform import Running, cxm, eventually
from tests.support.platform_fixtures import StartPlatform

MANIFEST = {
    "format": "apollo-persisted-query-manifest",
    "version": 1,
    "operations": [
        {
            "id": "app/root",
            "name": "Root",
            "type": "query",
            "body": "query Root { organization { key } }",
        }
    ],
}
PLAN = """key = "first"
name = "First"
language = "en"
questions = "standard"
"""


def post(platform: Running, content: object) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {platform.token('admin')}"}
    address = f"{platform.url}/graphql"
    answer = httpx.post(address, json=content, headers=headers, trust_env=False, verify=False)
    body: dict[str, object] = answer.json()
    return body


def commands(platform: Running, plan: Path) -> dict[str, str]:
    """What each command that asks the API says, where it fails."""
    token, operator = platform.token("admin"), platform.token("operator")
    asked = {
        ("grant", "oidc:ann", "--role", "analyst"): token,
        ("grant", "oidc:ann", "--role", "analyst", "--revoke"): token,
        ("grant", "oidc:ann", "--role", "admin", "--name", "Ann"): token,
        ("grant",): token,
        ("imports",): token,
        ("audit",): token,
        ("waves", "plan", str(plan)): token,
        ("waves", "preview", "first"): token,
        ("waves", "list"): token,
        ("waves", "remove", "first"): token,
        ("reconcile", "--rebuild"): operator,
        ("replay", "dead-letters"): operator,
        ("doctor",): operator,
    }
    failed = {}
    for arguments, who in asked.items():
        ended = cxm(*arguments, "--url", platform.url, CXM_TOKEN=who)
        if ended.returncode:
            failed[" ".join(arguments)] = ended.stdout + ended.stderr
    return failed


def test_what_is_trusted_works_and_nothing_else(
    start_platform: StartPlatform, tmp_path: Path
) -> None:
    manifest = tmp_path / "app.json"
    manifest.write_text(json.dumps(MANIFEST))
    platform = start_platform("--hardened", "--documents", str(manifest))
    eventually(platform.has_printed_its_page, seconds=60)

    assert post(platform, {"documentId": "app/root"})["data"] == {"organization": {"key": "root"}}
    refused = post(platform, {"query": "{ organization { key } }"})
    assert "DOCUMENT_NOT_TRUSTED" in json.dumps(refused)
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    assert commands(platform, plan) == {}
    printed = [line for line in platform.output.read_text().splitlines() if line.startswith("curl")]
    assert len(printed) == 3
    for command in printed:
        ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
        assert "errors" not in json.loads(ended.stdout), ended.stdout
