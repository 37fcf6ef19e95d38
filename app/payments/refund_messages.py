"""Who is told of a refund: the buyer when it is made, the shop when it did not arrive."""

from sqlalchemy.orm import Session

from app.orders.attention import ask_for_attention
from app.orders.models import Order
from app.outbox.services import put_in_outbox
from app.payments.models import Refund

ACTOR = "stripe"


def tell_buyer(session: Session, order: Order, refund: Refund) -> None:
    """Tell the buyer that money is on its way back, once for each refund at the provider."""
    put_in_outbox(
        session,
        "refund-made",
        key=f"refund:{refund.provider_id}:made",
        facts={"order": order.code, "amount_cents": str(refund.amount_cents)},
    )


def tell_of_failure(session: Session, order: Order, refund: Refund) -> None:
    """Tell the shop that a refund did not arrive, and put its order before a person."""
    put_in_outbox(
        session,
        "refund-failed",
        key=f"refund:{refund.provider_id or refund.idempotency_key}:failed",
        facts={"order": order.code, "amount_cents": str(refund.amount_cents)},
    )
    kept = sum(line.restocked for line in refund.lines)
    shelf = f" What was put back on the shelf stays there ({kept})." if kept and refund.provider_id else ""
    reason = (
        f"The refund of {refund.amount} did not arrive ({refund.failure_reason or refund.status}): "
        f"the money is still with the shop.{shelf}"
    )
    ask_for_attention(session, order, actor=ACTOR, reason=f"Refund {refund.id}: {reason}")
