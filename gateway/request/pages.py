"""How long a page of a list may be."""

LARGEST_PAGE = 100
DEFAULT_PAGE = 50
