"""Between the contract's messages and receipts."""

from cxm.profile.v1 import privacy_pb2 as pb
from services.kit.sealing.receipts import ErasureReceipt


def receipt_message(receipt: ErasureReceipt) -> pb.ErasureReceipt:
    """A receipt as the contract has it."""
    tables = [
        pb.ErasedTable(
            table=each.table,
            erased=each.erased,
            blanked=each.blanked,
            kept=each.kept,
            why=each.why,
        )
        for each in receipt.tables
    ]
    message = pb.ErasureReceipt(
        request=receipt.request,
        service=receipt.service,
        tables=tables,
        previous=receipt.previous,
        digest=receipt.digest,
    )
    message.at.FromDatetime(receipt.at)
    return message
