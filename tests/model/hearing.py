"""Rules of how the shop hears of what Stripe knows: events, people who come back, and the clock."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.payments.stripe_answers import REFUND_SUBJECTS
from tests.model.buying import Buying, chosen, picks
from tests.model.ledger_model import MONEY_CAME, OrderModel, ShopModel
from tests.model.world import World
from tests.stripe_books import Thing


class Hearing(Buying):
    """Events are delivered in any order, twice, or never; the jobs find what was never delivered."""

    def __init__(self, world: World, model: ShopModel) -> None:
        super().__init__(world, model)
        self.inbox: set[str] = set()

    @precondition(lambda self: self.having("expired", "paid", "debit", "debit failed"))
    @rule(pick=st.integers(0, 40), copies=st.integers(1, 2))
    def deliver(self, pick: int, copies: int) -> None:
        events = self.world.stripe.events()
        event = events[-1 - pick % len(events)]
        for _ in range(copies):
            assert self.world.deliver(event) == 200
            self._take(event)

    @precondition(lambda self: self.model.orders)
    @rule(pick=picks)
    def come_back(self, pick: int) -> None:
        order = chosen(self.model.orders, pick)
        page = self.world.visit(order.shopper, f"/checkout/return?session_id={order.page_id}")
        if order.payment not in MONEY_CAME:
            self.model.hear(order)
        assert f'data-payment-status="{order.payment}"' in page.text

    @precondition(lambda self: self.waiting_for_money())
    @rule(pick=picks)
    def run_out_of_time(self, pick: int) -> None:
        self.expire(chosen(self.waiting_for_money(), pick))

    @rule()
    def reconcile(self) -> None:
        self.world.run_late("reconcile-payments")
        for order in self.model.orders:
            if order.payment in ("open", "processing"):
                self.model.hear(order)
        for event in self.world.stripe.events():
            self._take(event)
        for order in self.model.orders:
            self.model.hear(order)

    def waiting_for_money(self) -> list[OrderModel]:
        """Return the orders that wait for a payment, as far as the shop knows."""
        return [order for order in self.model.orders if order.payment == "open"]

    def expire(self, order: OrderModel) -> None:
        """Let the time of an order's page be over, and the clock notice."""
        self.world.run_late("expire-reservations", code=order.code)
        self.close(order)

    def _take(self, event: Thing) -> None:
        if event["id"] in self.inbox:
            return
        self.inbox.add(event["id"])
        code = self.world.stripe.code_of(event)
        order = next(order for order in self.model.orders if order.code == code)
        self.model.hear(order, about_refunds=event["type"] in REFUND_SUBJECTS)
