"""Property tests: no deadline, since a busy machine is not a defect."""

from hypothesis import settings

settings.register_profile("cxm", deadline=None)
settings.load_profile("cxm")
