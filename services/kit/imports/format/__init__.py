"""How a file is written: what `[format]` and `[only]` of a mapping say."""
