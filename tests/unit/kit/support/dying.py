"""`python -m tests.unit.kit.support.dying NUMBER`: ends itself by a signal; without one says `so` and ends with 3."""

import os
import sys

if len(sys.argv) > 1:
    os.kill(os.getpid(), int(sys.argv[1]))
sys.stderr.write("so\n")
sys.exit(3)
