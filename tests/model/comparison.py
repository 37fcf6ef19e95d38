"""Where the shop and its model differ, in words."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select

from app.catalog.models import Variant
from app.inventory.models import StockItem
from app.inventory.queries import list_drifts, list_loose_holds
from app.outbox.models import Message
from app.payments.queries import list_refunds
from tests.model.ledger_model import OrderModel, ShopModel
from tests.model.world import World


def differences(world: World, model: ShopModel) -> Iterator[str]:
    """Compare stock, ledger, carts, orders, refunds and mails."""
    session = world.fresh()
    query = select(Variant.sku, StockItem.on_hand, StockItem.reserved).join(StockItem.variant)
    counts = {row.sku: (row.on_hand, row.reserved) for row in session.execute(query)}
    for sku, on_hand in model.on_hand.items():
        if counts[sku] != (on_hand, model.reserved[sku]):
            yield f"{sku}: {counts[sku]} on hand and reserved, not {(on_hand, model.reserved[sku])}"
    yield from (str(each) for each in (*list_drifts(session), *list_loose_holds(session)))
    for shopper, wanted in enumerate(model.carts):
        cart = world.cart(shopper)
        units = {item.variant.sku: item.quantity for item in cart.items} if cart else {}
        if units != wanted:
            yield f"cart {shopper}: {units}, not {wanted}"
    mails = Counter((mail.kind, mail.facts.get("order")) for mail in session.scalars(select(Message)))
    for order in model.orders:
        yield from _differences_of(world, order, mails)


def _differences_of(world: World, order: OrderModel, mails: Counter[tuple[str, str | None]]) -> Iterator[str]:
    payment = world.payment(order.code)
    row = payment.order
    found = (row.payment_status, row.order_status, row.refunded_cents, bool(row.needs_attention))
    expected = (order.payment, order.order, order.refunded, order.needs_attention)
    if found != expected:
        yield f"{order.code}: {found}, not {expected}"
    refunds = list_refunds(world.session, payment.id)
    have = Counter((each.provider_id, each.amount_cents, each.status.value) for each in refunds)
    want = Counter((each.at_stripe, each.cents, each.status) for each in order.refunds)
    if have != want:
        yield f"{order.code}: refunds {dict(have)}, not {dict(want)}"
    if mails["order-confirmed", order.code] != order.has_goods:
        yield f"{order.code}: {mails['order-confirmed', order.code]} confirmations"
