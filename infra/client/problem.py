"""Errors that the person at the terminal can mend."""


class Problem(Exception):
    """Something the person at the terminal can mend: the message says what is wrong and what to do.

    The command line prints the message and ends with its status; anything else is a bug and keeps its
    traceback.
    """

    status = 1
