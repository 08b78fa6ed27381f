"""The chart's README says what every value does and what the Secret holds."""

import re

from tests.deploy.support.helm import CHART, Object, objects_of
from tests.deploy.support.values_table import undocumented, with_table

README = (CHART / "README.md").read_text()


def test_the_table_of_values_is_that_of_today() -> None:
    assert with_table(README) == README, "run `make chart`"


def test_every_value_is_documented() -> None:
    assert undocumented((CHART / "values.yaml").read_text()) == []


def test_a_value_without_a_word_is_found() -> None:
    assert undocumented("# One.\none: 1\ntwo:\n  # Three.\n  three: {}\n  four: 4\n") == [
        "two.four"
    ]


def read_of_secret(objects: tuple[Object, ...]) -> set[str]:
    """Entries that workloads read of the Secret named by `existingSecret`."""
    found = set()
    for workload in objects:
        if workload["kind"] in ("Deployment", "Job"):
            pod = workload["spec"]["template"]["spec"]
            references = [
                e["valueFrom"]["secretKeyRef"]
                for e in pod["containers"][0]["env"]
                if "valueFrom" in e
            ]
            found |= {reference["key"] for reference in references if reference["name"] == "cxm"}
            for volume in pod["volumes"]:
                found |= {item["key"] for item in volume.get("secret", {}).get("items", [])}
    return found


def test_the_readme_lists_what_the_secret_holds() -> None:
    section = README.partition("## The Secret")[2].partition("\n`cxm keys")[0]

    assert set(re.findall(r"`([\w.]+)`", section)) - {"existingSecret"} == read_of_secret(
        tuple(objects_of("minimal"))
    )
