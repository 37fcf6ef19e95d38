"""What must be true of the shop when all is quiet, whatever has happened before.

Each promise yields a sentence for every breach. Stripe's books are the truth about money, the ledger about
goods.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from app.inventory.models import MovementKind
from app.orders.models import Order
from app.orders.status import MONEY_CAME, Axis, PaymentStatus, is_allowed
from app.payments.models import EventState, Refund, RefundStatus
from app.payments.stripe_answers import HANDLED
from tests.shop_books import ShopBooks, Units, read_shop_books
from tests.stripe_books import StripeBooks

UNSETTLED = frozenset({PaymentStatus.OPEN, PaymentStatus.PROCESSING})
ARRIVING = frozenset({RefundStatus.PENDING, RefundStatus.SUCCEEDED})
Promise = Callable[[ShopBooks, StripeBooks], Iterator[str]]


def find_breaches(session: Session, stripe: StripeBooks, opening: Units | None = None) -> list[str]:
    """Return every breach of every promise; `opening`: the units to sell, by variant id."""
    shop = read_shop_books(session)
    breaches = [breach for promise in PROMISES for breach in promise(shop, stripe)]
    return breaches + list(_sold_within_stock(shop, opening or {}))


def _money_is_known(shop: ShopBooks, stripe: StripeBooks) -> Iterator[str]:
    """A page that took money is a paid order, and no other order is paid."""
    order_of = {payment.session_id: payment.order for payment in shop.payments}
    paid = {page["id"]: page for page in stripe.pages if page["payment_status"] == "paid"}
    for page in stripe.pages:
        order = order_of.get(page["id"])
        if order is None:
            yield f"page {page['id']} ({page['status']}, {page['payment_status']}) is noted nowhere"
        elif order.code != page["client_reference_id"]:
            yield f"page {page['id']} of {page['client_reference_id']} is noted on {order.code}"
        elif page["id"] in paid and order.payment_status not in MONEY_CAME:
            yield f"{order.code}: charged, but {order.payment_status}"
        elif page["id"] in paid and page["amount_total"] != order.total_cents:
            yield f"{order.code}: charged {page['amount_total']}, costs {order.total_cents}"
    paid_orders = {order.id for page_id, order in order_of.items() if page_id in paid}
    for order in shop.orders:
        if order.payment_status in UNSETTLED:
            yield f"{order.code}: still {order.payment_status}"
        if order.payment_status in MONEY_CAME and order.id not in paid_orders:
            yield f"{order.code}: {order.payment_status}, but nothing was charged"


def _refunds_agree(shop: ShopBooks, stripe: StripeBooks) -> Iterator[str]:
    """The shop and Stripe know the same refunds, and the order says what has gone back in all."""
    for payment in shop.payments:
        charge = stripe.charge_of.get(payment.payment_intent_id or "")
        order = payment.order
        back = charge["amount_refunded"] if charge else 0
        if order.refunded_cents != back:
            yield f"{order.code}: {order.refunded_cents} refunded, at Stripe {back}"
        if order.payment_status in MONEY_CAME and order.payment_status is not _status_after(order, back):
            yield f"{order.code}: {order.payment_status} with {back} of {order.total_cents} refunded"
        ours = Counter(
            (refund.provider_id, refund.amount_cents, refund.status.value)
            for refund in shop.refunds_of(order)
            if refund.provider_id
        )
        theirs = Counter(
            (refund["id"], refund["amount"], refund["status"])
            for refund in stripe.refunds_of(payment.payment_intent_id or "none")
        )
        if ours != theirs:
            yield f"{order.code}: refunds {sorted(ours - theirs)}, at Stripe {sorted(theirs - ours)}"
    for refund in shop.refunds:
        if refund.status is RefundStatus.REQUESTED:
            yield f"{refund.payment.order.code}: nobody knows what became of refund {refund.id}"


def _goods_follow_money(shop: ShopBooks, _: StripeBooks) -> Iterator[str]:
    """Who has paid gets all goods, or a person is asked and a refund prepared; others get nothing."""
    for order in shop.orders:
        sold = shop.sold_for(order)
        if order.payment_status not in MONEY_CAME:
            if sold:
                yield f"{order.code}: {order.payment_status}, but {sold} left the stock"
        elif sold and sold != order.quantities:
            yield f"{order.code}: of {order.quantities} {sold} left the stock"
        elif not sold:
            yield from _money_waits_for_a_person(order, shop.refunds_of(order))
        for variant_id, units in shop.returned_for(order).items():
            if units > sold.get(variant_id, 0):
                yield f"{order.code}: {units} of variant {variant_id} came back, {sold} were sold"


def _money_waits_for_a_person(order: Order, refunds: list[Refund]) -> Iterator[str]:
    if not order.needs_attention:
        yield f"{order.code}: paid without goods, and nobody is told"
    own = [refund for refund in refunds if refund.actor == "shop"]
    if [refund.amount_cents for refund in own] != [order.total_cents]:
        yield f"{order.code}: paid without goods, prepared refunds {[refund.amount_cents for refund in own]}"


def _stock_is_right(shop: ShopBooks, _: StripeBooks) -> Iterator[str]:
    """Counts equal the ledger, and nothing is held for anybody any more."""
    yield from (f"drift: {drift}" for drift in shop.drifts)
    yield from (
        f"variant {variant}: {count} reserved, {held} held" for variant, count, held in shop.loose_holds
    )
    codes = {order.code for order in shop.orders}
    for held in shop.held:
        if held.source.partition(":")[0] in codes:
            yield f"{held.source}: still holds {held.quantity} of variant {held.variant_id}"


def _buyers_are_told_once(shop: ShopBooks, _: StripeBooks) -> Iterator[str]:
    """One confirmation for each order with goods, and none for any other."""
    told = Counter((message.facts.get("order"), message.kind) for message in shop.messages)
    for order in shop.orders:
        expected = {
            "order-confirmed": int(bool(shop.sold_for(order))),
            "order-delayed": int(order.payment_status in MONEY_CAME and not shop.sold_for(order)),
        }
        for kind, number in expected.items():
            if told[order.code, kind] != number:
                yield f"{order.code}: {told[order.code, kind]} messages {kind}, not {number}"
    made = Counter(message.key for message in shop.messages if message.kind == "refund-made")
    for refund in shop.refunds:
        if refund.status in ARRIVING and made[f"refund:{refund.provider_id}:made"] != 1:
            yield f"{refund.payment.order.code}: the buyer was not told of refund {refund.id} once"


def _events_are_taken_once(shop: ShopBooks, stripe: StripeBooks) -> Iterator[str]:
    """Whatever Stripe has told of money is in the inbox, once, and none waits for a person."""
    stored = Counter(event.event_id for event in shop.events)
    yield from (
        f"event {event_id} is stored {number} times" for event_id, number in stored.items() if number > 1
    )
    for event in stripe.events:
        if event["type"] in HANDLED and event["id"] not in stored:
            yield f"event {event['id']} ({event['type']}) was never taken"
    for parked in shop.events:
        if parked.state is EventState.PARKED:
            yield f"event {parked.event_id} ({parked.type}) is parked: {parked.outcome}"


def _timelines_add_up(shop: ShopBooks, _: StripeBooks) -> Iterator[str]:
    """Each row begins where the one before ended and makes an allowed move, up to where the order is."""
    for order in shop.orders:
        for axis, now in ((Axis.ORDER, order.order_status), (Axis.PAYMENT, order.payment_status)):
            kind = type(now)
            rows = [event for event in order.events if event.axis is axis and event.before]
            before = PaymentStatus.OPEN if axis is Axis.PAYMENT else kind("awaiting-payment")
            for row in rows:
                if row.before != before or not is_allowed(kind(row.before), kind(row.after)):
                    yield f"{order.code}: {axis} went from {row.before} to {row.after} when it was {before}"
                before = kind(row.after)
            if before != now:
                yield f"{order.code}: {axis} is {now}, the timeline says {before}"


def _disputes_stop_orders(shop: ShopBooks, stripe: StripeBooks) -> Iterator[str]:
    """An order is stopped while Stripe has an open dispute of it, and only then."""
    open_ones = {each["payment_intent"] for each in stripe.disputes if each["status"] not in ("won", "lost")}
    for payment in shop.payments:
        if payment.order.is_disputed != (payment.payment_intent_id in open_ones):
            yield f"{payment.order.code}: disputed is {payment.order.is_disputed}"


def _sold_within_stock(shop: ShopBooks, opening: Units) -> Iterator[str]:
    sold, returned = Counter[int](), Counter[int]()
    for order in shop.orders:
        sold.update(shop.sold_for(order))
        returned.update(shop.moved.get((order.code, MovementKind.RETURNED), {}))
    for variant_id, units in opening.items():
        left = units - sold[variant_id] + returned[variant_id]
        if left < 0 or left != shop.on_hand[variant_id]:
            yield (
                f"variant {variant_id}: {units} at first, {sold[variant_id]} sold, "
                f"{returned[variant_id]} came back, {shop.on_hand[variant_id]} on hand"
            )


def _status_after(order: Order, refunded_cents: int) -> PaymentStatus:
    if refunded_cents == 0:
        return PaymentStatus.PAID
    return PaymentStatus.REFUNDED if refunded_cents == order.total_cents else PaymentStatus.PART_REFUNDED


PROMISES: tuple[Promise, ...] = (
    _money_is_known,
    _refunds_agree,
    _goods_follow_money,
    _stock_is_right,
    _buyers_are_told_once,
    _events_are_taken_once,
    _timelines_add_up,
    _disputes_stop_orders,
)
