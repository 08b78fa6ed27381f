"""A backup of a whole deployment, and the way back: `cxm backup`, `cxm restore`."""
