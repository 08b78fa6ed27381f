"""The services: profile, survey, metrics, employee_exp, and what they share."""

import os

# Before gRPC is imported: no process of ours goes on as a copy of itself, and its handlers for that can crash a copy.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "false")
# Of calls we make, gRPC's own threads read the answer and hand it on to the thread that waits for it; without them that
# thread does all itself, for a sixth less of the processor. A version that knows this name no more does as it will.
os.environ.setdefault("GRPC_EXPERIMENTS", "-event_engine_client")
