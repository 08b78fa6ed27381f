"""The services: profile, survey, metrics, employee_exp, and what they share."""

import os

# Before gRPC is imported: no process of ours goes on as a copy of itself, and its handlers for that can crash a copy.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "false")
