"""Media types: what a request may be written in, and what its answer is written in."""

from functools import lru_cache

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
_OFFERED = {
    RESPONSE: RESPONSE,
    JSON: JSON,
    # Clients that do not say more get what every client understands.
    "application/*": JSON,
    "*/*": JSON,
}


@lru_cache(maxsize=256)
def answer_type(accept: str) -> str | None:
    """The media type of the answer: of the wanted ones the most wanted, then the first; None: none offered."""
    if not accept.strip():
        return JSON
    wanted: list[tuple[float, str]] = []
    refused: set[str] = set()
    for entry in accept.split(","):
        name, quality = _entry(entry)
        if quality <= 0:
            refused.add(name)
        elif name in _OFFERED:
            wanted.append((quality, _OFFERED[name]))
    wanted = [(quality, kind) for quality, kind in wanted if kind not in refused]
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else None


@lru_cache(maxsize=256)
def is_json(content_type: str) -> bool:
    """Whether a body of this type is JSON in UTF-8."""
    name, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [
        part.removeprefix("charset=").strip('"')
        for part in parameters
        if part.startswith("charset=")
    ]
    return name == JSON and all(charset in ("utf-8", "utf8") for charset in charsets)


def _entry(entry: str) -> tuple[str, float]:
    """Name and quality of one entry of Accept; a quality that is no number counts as none given."""
    name, *parameters = (part.strip().lower() for part in entry.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 1.0
    return name, 1.0
