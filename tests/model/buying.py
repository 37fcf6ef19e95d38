"""Rules of those who buy: the cart, the checkout, the payment page."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.model.ledger_model import MONEY_CAME, OrderModel, ShopModel
from tests.model.world import World

SKUS = ("FR-DRF-30-TEA", "ST-FLT-MD", "FR-MED-30-BLK")
COMING = (*MONEY_CAME, "processing")
WAYS = {"paid": {}, "debit": {"method": "bank_debit"}, "declined": {"card_number": "4000000000000002"}}
shoppers = st.integers(0, 1)
picks = st.integers(0, 11)


class Buying(RuleBasedStateMachine):
    """Two people at the shop and at Stripe; the shop hears of it only where it asks."""

    def __init__(self, world: World, model: ShopModel) -> None:
        super().__init__()
        self.world = world
        self.model = model

    def having(self, *pages: str) -> list[OrderModel]:
        """Return the orders whose payment page is in one of some states at Stripe."""
        return [order for order in self.model.orders if order.page in pages]

    @rule(shopper=shoppers, sku=st.sampled_from(SKUS), units=st.integers(1, 2))
    def add(self, shopper: int, sku: str, units: int) -> None:
        cart = self.model.carts[shopper]
        after = cart.get(sku, 0) + units
        is_there = after <= self._may_have(shopper, sku)
        assert self.world.add(shopper, sku, units) == (303 if is_there else 422)
        if is_there:
            cart[sku] = after

    @precondition(lambda self: any(self.model.carts))
    @rule(shopper=shoppers, pick=picks)
    def remove(self, shopper: int, pick: int) -> None:
        cart = self.model.carts[shopper]
        if cart:
            sku = sorted(cart)[pick % len(cart)]
            assert self.world.remove(shopper, sku) == 303
            del cart[sku]

    @precondition(lambda self: any(self.model.carts))
    @rule(shopper=shoppers)
    def check_out(self, shopper: int) -> None:
        cart = self.model.carts[shopper]
        if not cart:
            return
        is_short = any(units > self._may_have(shopper, sku) for sku, units in cart.items())
        answer = self.world.check_out(shopper)
        assert answer.status_code == (422 if is_short else 303), answer.text
        if not is_short:
            self._follow(shopper, answer.headers["Location"])

    def _may_have(self, shopper: int, sku: str) -> int:
        """How many a shopper may have: what is free, and what their own open pages hold."""
        own = [order for order in self.model.orders if order.shopper == shopper and order.payment == "open"]
        return self.model.available(sku) + sum(order.units.get(sku, 0) for order in own)

    def _follow(self, shopper: int, address: str) -> None:
        """Go where a checkout leads: to a page that is still open, an order that is paid, or a new page."""
        cart = dict(self.model.carts[shopper])
        for order in self.model.orders:
            if order.shopper != shopper or order.payment != "open":
                continue
            if order.units == cart and order.page == "open":
                assert address == order.url
                return
            self.close(order)
            if order.payment in COMING or order.needs_attention:
                assert address.startswith(f"/orders/{order.code}?")
                return
        assert "/pay/" in address
        self.model.place(self.world.new_order(shopper, address))

    def close(self, order: OrderModel) -> None:
        """Expect that the shop closes a page and hears of it."""
        if order.page == "open":
            order.page = "expired"
        self.model.hear(order)

    @precondition(lambda self: self.having("open"))
    @rule(pick=picks, how=st.sampled_from(("paid", "paid", "debit", "declined")))
    def pay(self, pick: int, how: str) -> None:
        order = chosen(self.having("open"), pick)
        status = self.world.stripe.pay(order.url, **WAYS[how])
        assert status == (402 if how == "declined" else 303)
        if how != "declined":
            order.page = how

    @precondition(lambda self: self.having("debit"))
    @rule(pick=picks, arrives=st.booleans())
    def decide_debit(self, pick: int, arrives: bool) -> None:
        order = chosen(self.having("debit"), pick)
        result = "succeed" if arrives else "fail"
        self.world.stripe.act(f"sessions/{order.page_id}/resolve", result=result)
        order.page = "paid" if arrives else "debit failed"

    @precondition(lambda self: self.having("open"))
    @rule(pick=picks)
    def expire_at_stripe(self, pick: int) -> None:
        order = chosen(self.having("open"), pick)
        self.world.stripe.act(f"sessions/{order.page_id}/expire")
        order.page = "expired"

    @precondition(lambda self: self.having("expired"))
    @rule(pick=picks)
    def pay_late(self, pick: int) -> None:
        order = chosen(self.having("expired"), pick)
        self.world.stripe.act(f"sessions/{order.page_id}/pay-late")
        order.page = "paid"

    @precondition(lambda self: self.model.orders)
    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        order = chosen(self.model.orders, pick)
        address = self.world.payment(order.code).cancel_url
        if order.payment == "open":
            self.close(order)
        assert self.world.visit(order.shopper, address).status_code == 200


def chosen(orders: list[OrderModel], pick: int) -> OrderModel:
    """Return one of some orders; the newest are chosen with small numbers."""
    return orders[-1 - pick % len(orders)]
