"""A gateway whose key files hold no keys says which, and ends as one whose settings do not hold."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from services.kit.errors import Invalid
from services.kit.rights.tokens import PUBLIC_AUDIENCE, Signer, Verifier, new_key, public_keys

SERVICES = ("PROFILE", "SURVEY", "METRICS", "EMPLOYEE_EXP")


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b'{"keys": [{"kty": "OKP"}]}'])
def test_what_is_no_key_is_named_by_its_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key.json"
    file.write_bytes(content)

    with pytest.raises(Invalid, match=r"key\.json holds no key"):
        Signer.from_file(file)
    with pytest.raises(Invalid, match=r"key\.json holds no key"):
        Verifier.internal(file, audience="survey")
    with pytest.raises(Invalid, match=r"key\.json holds no key"):
        Verifier.of_issuer(file, "one", audience=PUBLIC_AUDIENCE)


def test_the_gateway_ends_with_78_for_a_key_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "issuer.json").write_bytes(orjson.dumps(public_keys(new_key("one"))))
    settings = {f"CXM_GATEWAY_{name}_ADDRESS": "unix:nowhere" for name in SERVICES}
    settings |= {
        "CXM_GATEWAY_KEY_FILE": str(tmp_path / "absent.json"),
        "CXM_GATEWAY_ISSUER_KEYS_FILE": str(tmp_path / "issuer.json"),
    }

    done = subprocess.run(
        [sys.executable, "-m", "gateway.main"],
        env={**os.environ, **settings},
        capture_output=True,
        check=False,
    )

    assert done.returncode == os.EX_CONFIG, done.stderr
    assert b"absent.json cannot be read: No such file or directory" in done.stderr
