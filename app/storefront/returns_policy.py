"""The facts of sending goods back, in one place for the page that explains them and for machines that ask."""

from dataclasses import dataclass

# Days from delivery in which unused goods can be sent back.
RETURN_DAYS = 30
RETURN_COUNTRY = "US"


@dataclass(frozen=True)
class ReturnsPolicy:
    """What holds for goods that come back.

    Goods that touch skin come back unused and in their packing; a fault is always the shop's to pay for.
    """

    days: int = RETURN_DAYS
    country: str = RETURN_COUNTRY
    is_by_mail: bool = True
    # The shopper pays the postage of a change of mind, and the shop that of a fault.
    is_postage_paid_by_shop: bool = False
    must_be_unused: bool = True


RETURNS_POLICY = ReturnsPolicy()
