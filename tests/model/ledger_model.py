"""What the shop should be: plain counts and words, changed as the house rules say, by none of its code."""

from dataclasses import dataclass, field

MONEY_CAME = ("paid", "part-refunded", "refunded")
GONE = ("pending", "succeeded")
UNDONE = ("failed", "canceled")
NEXT = {
    "prepared": (),
    "withdrawn": (),
    "requested": ("pending", "succeeded", "failed", "canceled"),
    "pending": ("succeeded", "failed", "canceled"),
    "succeeded": ("failed", "canceled"),
    "failed": (),
}
Units = dict[str, int]


@dataclass
class RefundAtStripe:
    """A refund as Stripe has it."""

    id: str
    cents: int
    status: str


@dataclass
class RefundModel:
    """A refund as the shop has it; `units` are those it pays for, `shelf` those that come back."""

    cents: int
    status: str
    at_stripe: str | None = None
    units: Units = field(default_factory=dict)
    shelf: Units = field(default_factory=dict)
    line_cents: Units = field(default_factory=dict)
    delivery_cents: int = 0


@dataclass
class OrderModel:
    """An order; `page` is what Stripe knows of its payment, the other words are the shop's."""

    code: str
    shopper: int
    units: Units
    line_paid: Units
    delivery_paid: int
    total: int
    page_id: str
    url: str
    page: str = "open"
    payment: str = "open"
    order: str = "awaiting-payment"
    refunded: int = 0
    needs_attention: bool = False
    has_goods: bool = False
    returned: Units = field(default_factory=dict)
    refunds: list[RefundModel] = field(default_factory=list)
    refunds_at_stripe: list[RefundAtStripe] = field(default_factory=list)

    @property
    def back_at_stripe(self) -> int:
        """What Stripe has given back."""
        return sum(refund.cents for refund in self.refunds_at_stripe if refund.status in GONE)

    @property
    def live(self) -> list[RefundModel]:
        """The refunds whose money is gone or will be."""
        return [refund for refund in self.refunds if refund.status not in (*UNDONE, "withdrawn")]

    @property
    def left(self) -> int:
        """What the shop believes can still go back."""
        return max(0, self.total - max(self.refunded, sum(refund.cents for refund in self.live)))


@dataclass
class ShopModel:
    """Counts of the stock and the carts, and every order; SKUs are the keys."""

    on_hand: Units
    reserved: Units
    carts: list[Units]
    orders: list[OrderModel] = field(default_factory=list)

    def available(self, sku: str) -> int:
        """How many units can be held."""
        return self.on_hand[sku] - self.reserved[sku]

    def place(self, order: OrderModel) -> None:
        """Hold the stock of a new order."""
        for sku, units in order.units.items():
            self.reserved[sku] += units
        self.orders.append(order)

    def hear(self, order: OrderModel, *, about_refunds: bool = False) -> None:
        """Learn what Stripe knows of an order now, however that came to be asked."""
        knows_refunds = bool(order.refunds)
        self._hear_of_page(order)
        if about_refunds or knows_refunds or order.back_at_stripe:
            for refund in order.refunds_at_stripe:
                self._hear_of_refund(order, refund)
        if order.payment in MONEY_CAME:
            self._count_refunds(order)
        if order.payment == "refunded":
            for prepared in order.refunds:
                prepared.status = "withdrawn" if prepared.status == "prepared" else prepared.status

    def _hear_of_page(self, order: OrderModel) -> None:
        if order.page == "expired" and order.payment == "open":
            self._cancel(order, "expired")
        elif order.page == "debit" and order.payment == "open":
            order.payment = "processing"
            self._empty_cart(order)
        elif order.page == "debit failed" and order.payment in ("open", "processing"):
            was_processing = order.payment == "processing"
            self._cancel(order, "failed")
            if was_processing:
                cart = self.carts[order.shopper]
                for sku, units in order.units.items():
                    cart[sku] = cart.get(sku, 0) + units
        elif order.page == "paid" and order.payment not in MONEY_CAME:
            self._sell(order)

    def _sell(self, order: OrderModel) -> None:
        if order.payment != "processing":
            self._empty_cart(order)
        is_held = order.payment in ("open", "processing")
        order.has_goods = is_held or all(self.available(sku) >= units for sku, units in order.units.items())
        order.payment, order.order = "paid", "placed"
        if not order.has_goods:
            order.needs_attention = True
            prepared = RefundModel(order.total, "prepared", units=dict(order.units))
            prepared.line_cents, prepared.delivery_cents = dict(order.line_paid), order.delivery_paid
            order.refunds.append(prepared)
            return
        for sku, units in order.units.items():
            self.on_hand[sku] -= units
            self.reserved[sku] -= units if is_held else 0

    def _cancel(self, order: OrderModel, word: str) -> None:
        order.payment, order.order = word, "cancelled"
        for sku, units in order.units.items():
            self.reserved[sku] -= units

    def _empty_cart(self, order: OrderModel) -> None:
        cart = self.carts[order.shopper]
        for sku, units in order.units.items():
            if sku in cart and cart[sku] > units:
                cart[sku] -= units
            else:
                cart.pop(sku, None)

    def _hear_of_refund(self, order: OrderModel, theirs: RefundAtStripe) -> None:
        ours = next((refund for refund in order.refunds if refund.at_stripe == theirs.id), None)
        if ours is None:
            ours = RefundModel(theirs.cents, "requested", at_stripe=theirs.id)
            order.refunds.append(ours)
        if theirs.status not in NEXT[ours.status]:
            return
        was_on_its_way = ours.status in GONE
        ours.status = theirs.status
        if theirs.status in UNDONE:
            order.needs_attention = True
        elif not was_on_its_way:
            for sku, units in ours.shelf.items():
                self.on_hand[sku] += units
                order.returned[sku] = order.returned.get(sku, 0) + units

    def _count_refunds(self, order: OrderModel) -> None:
        back = min(order.back_at_stripe, order.total)
        if back == order.refunded:
            return
        order.refunded = back
        order.payment = "paid" if back == 0 else "refunded" if back == order.total else "part-refunded"
        if order.payment == "refunded" and order.order == "placed":
            order.order = "cancelled"
