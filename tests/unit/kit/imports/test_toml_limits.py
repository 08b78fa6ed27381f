"""A mapping is bounded before it is parsed: whatever it is, it is refused in words and at once."""

import pytest

from services.kit.imports.sections import MappingInvalid
from services.kit.imports.toml_limits import LARGEST_BYTES, parse

DEEP = "go at most 4 deep"
ATTACKS = {
    "nested lists": ("a=" + "[" * 16_000, f"line 1: .*{DEEP}"),
    "nested tables": ("\na=" + "{a=" * 5_000, f"line 2: .*{DEEP}"),
    "a key of many names": ("a" + ".a" * 8_000 + "=1", DEEP),
    "a header of many names": ("[a" + ".a" * 8_000 + "]", DEEP),
    "names in quotes": ('"a"' + '."a"' * 4_000 + "=1", DEEP),
    "behind a string": ('a="""\n"""\nb=' + "[" * 8_000, f"line 3: .*{DEEP}"),
    "behind a string of more quotes": (
        'a=[ """x"""", ' + "[" * 8_000 + '"]',
        DEEP,
    ),
    "a long number": ("a=" + "1" * 16_000, "is not TOML"),
    "a long number of another base": ("a=0x" + "f" * 16_000, "more than 64 bits"),
    "a string that is not closed": ('a="""' + '\\"""' * 4_000, "is not TOML"),
    "too much": ("#" * (LARGEST_BYTES + 1), "larger than 16 KiB"),
    "too much in another script": ("#" + "漢" * 6_000, "larger than 16 KiB"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_in_words(name: str) -> None:
    text, message = ATTACKS[name]
    with pytest.raises(MappingInvalid, match=message):
        parse(text)


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("a.b.c.d = 1", {"a": {"b": {"c": {"d": 1}}}}),
        ("a = [[[[1.5]]]]", {"a": [[[[1.5]]]]}),
        ("a = '[[[[[[' # [[[[[[[", {"a": "[[[[[["}),
        ('a = "....\\"[[[[[["', {"a": '...."[[[[[['}),
        ('a = """[[[["[[""""', {"a": '[[[["[["'}),
        ("a = [1.5, 2.5, 3.5, 4.5, 5.5]", {"a": [1.5, 2.5, 3.5, 4.5, 5.5]}),
        (f"a = {-(2**63)}", {"a": -(2**63)}),
        ("#" * LARGEST_BYTES, {}),
    ],
)
def test_what_is_within_the_limits_is_read(text: str, tables: dict[str, object]) -> None:
    assert parse(text) == tables
