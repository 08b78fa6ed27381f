"""A process that is half done for ever."""

import sys
import threading

if __name__ == "__main__":
    sys.stdout.write('{"done": 0.5}\n')
    sys.stdout.flush()
    threading.Event().wait()
