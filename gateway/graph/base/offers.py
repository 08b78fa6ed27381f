"""What is sent of offers, by surveys and by invitations."""

import strawberry

from cxm.survey.v1 import surveys_pb2 as pb


@strawberry.input(description="What a response without a token may name.")
class OffersInput:
    departments: list[str] | None = strawberry.field(default=None, description="Keys.")
    touchpoints: list[str] | None = strawberry.field(default=None, description="Keys.")
    everything: bool = strawberry.field(
        default=False,
        description="Whatever there is, also later; not with keys. Anybody can then count for any department.",
    )


def offers_message(given: OffersInput | None) -> pb.Offers | None:
    """What is sent of offers; None where nothing is said."""
    if given is None:
        return None
    return pb.Offers(
        departments=given.departments or (),
        touchpoints=given.touchpoints or (),
        everything=given.everything,
    )
