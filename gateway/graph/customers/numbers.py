"""Numbers of customers, which are text in the schema: they are names, and grow beyond what GraphQL's Int holds."""

from services.kit.errors import Invalid

LONGEST = 18


def number_of(text: str, *field: str) -> int:
    """The number of an alias; Invalid for a text that is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        message = "a number of a customer has digits only: take it from a customer"
        raise Invalid(message, reason="INVALID_NUMBER", field=list(field))
    return int(text)
