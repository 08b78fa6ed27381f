"""`python -m tests.unit.kit.support.dying NUMBER`: ends itself by a signal; without one says `so` and ends with 3.

The number may be the sheet that is wanted.
"""

import json
import os
import sys

if len(sys.argv) > 1:
    said = json.loads(sys.argv[1])
    os.kill(os.getpid(), int(said["sheet"]) if isinstance(said, dict) else said)
sys.stderr.write("so\n")
sys.exit(3)
