"""The languages that the demo's customers speak, and texts in all of them."""

import random
from typing import Any, Final

LANGUAGES: Final = ("en", "lv", "lt", "sl", "mk")
SHARES: Final = (0.4, 0.2, 0.15, 0.15, 0.1)


def language(source: random.Random) -> str:
    """That of one customer."""
    return source.choices(LANGUAGES, SHARES)[0]


def texts(*all_texts: str) -> dict[str, Any]:
    """A text as it is asked in English, and in the other languages, in the order of LANGUAGES."""
    others = [
        {"language": other, "text": text}
        for other, text in zip(LANGUAGES[1:], all_texts[1:], strict=True)
    ]
    return {"text": all_texts[0], "texts": others}
