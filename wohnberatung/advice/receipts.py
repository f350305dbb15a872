"""What a browser sent last: kept in its session, so that it alone sees the receipt once more."""

from typing import TypedDict

from flask import session

RECEIPT = "enquiry_receipt"


class Receipt(TypedDict):
    """`token` is the secret of the link to the answer, shown on the receipt and stored nowhere else."""

    kind: str
    number: str
    reachable: bool
    token: str


def remember(kind: str, number: str, token: str, *, reachable: bool) -> None:
    """Whoever sent it is led to the receipt next."""
    session[RECEIPT] = Receipt(kind=kind, number=number, reachable=reachable, token=token)


def remembered() -> Receipt | None:
    """Of the last thing this browser sent; None where it sent nothing."""
    found: Receipt | None = session.get(RECEIPT)
    return found
