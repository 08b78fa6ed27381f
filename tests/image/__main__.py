"""`python -m tests.image`: why the image cannot be tested here, with status 1; nothing and 0 where it can."""

import sys

from tests.image.support.engine import why_not

if why := why_not():
    sys.exit(why)
