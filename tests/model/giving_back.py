"""Rules of money that goes back: by staff, at Stripe, and what becomes of it."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.model.buying import chosen, picks
from tests.model.hearing import Hearing
from tests.model.ledger_model import GONE, MONEY_CAME, OrderModel, RefundAtStripe, RefundModel
from tests.model.refund_wish import RefundWish, expect
from tests.model.world import REFUSED

wishes = st.builds(
    lambda kind, cents, comes_back: (kind, cents, comes_back),
    st.sampled_from(("whole", "unit", "amount")),
    st.integers(1, 2500),
    st.booleans(),
)


class GivingBack(Hearing):
    """Staff refund by amount, by unit or whole, with or without goods that come back."""

    @precondition(lambda self: self.paid())
    @rule(pick=picks, line=picks, wish=wishes, is_slow=st.booleans())
    def refund(self, pick: int, line: int, wish: tuple[str, int, bool], *, is_slow: bool) -> None:
        order = chosen(self.paid(), pick)
        kind, cents, comes_back = wish
        wished = RefundWish(kind, sorted(order.units)[line % len(order.units)], cents, comes_back)
        expected = expect(order, wished)
        with self.world.stripe.slow_refunds(are_slow=is_slow):
            status = self.world.refund(order.code, wished)
        if expected is None:
            assert status == REFUSED
            return
        order.refunds.append(expected)
        self._hear_of_own(order, expected, status)

    @precondition(lambda self: self.waiting_for_a_person())
    @rule(pick=picks, is_sent=st.booleans())
    def deal_with_prepared(self, pick: int, *, is_sent: bool) -> None:
        order = chosen(self.waiting_for_a_person(), pick)
        prepared = next(refund for refund in order.refunds if refund.status == "prepared")
        status = self.world.deal_with_prepared(order.code, send=is_sent)
        prepared.status = "requested" if is_sent else "withdrawn"
        if is_sent:
            self._hear_of_own(order, prepared, status)

    @precondition(lambda self: self.refundable_at_stripe())
    @rule(pick=picks, cents=st.integers(0, 2500), is_slow=st.booleans())
    def refund_at_stripe(self, pick: int, cents: int, *, is_slow: bool) -> None:
        order = chosen(self.refundable_at_stripe(), pick)
        rest = order.total - order.back_at_stripe
        # Nothing said means all that is left.
        amount = f"{cents // 100}.{cents % 100:02d}" if 0 < cents < rest else ""
        with self.world.stripe.slow_refunds(are_slow=is_slow):
            self.world.stripe.act(f"sessions/{order.page_id}/refund", amount=amount)
        self._note_newest(order)
        assert order.refunds_at_stripe[0].cents == (cents if amount else rest)

    @precondition(lambda self: self.on_their_way())
    @rule(pick=picks, arrives=st.booleans())
    def end_refund(self, pick: int, *, arrives: bool) -> None:
        refunds = self.on_their_way()
        refund = refunds[-1 - pick % len(refunds)]
        if arrives and refund.status == "succeeded":
            return
        self.world.stripe.act(f"refunds/{refund.id}/{'succeed' if arrives else 'fail'}")
        refund.status = "succeeded" if arrives else "failed"

    def paid(self) -> list[OrderModel]:
        """Return the orders of which the shop knows that they are paid."""
        return [order for order in self.model.orders if order.payment in MONEY_CAME]

    def waiting_for_a_person(self) -> list[OrderModel]:
        """Return the orders that have a prepared refund."""
        return [
            order
            for order in self.model.orders
            if any(refund.status == "prepared" for refund in order.refunds)
        ]

    def refundable_at_stripe(self) -> list[OrderModel]:
        """Return the orders of which Stripe still has money."""
        return [order for order in self.having("paid") if order.back_at_stripe < order.total]

    def on_their_way(self) -> list[RefundAtStripe]:
        """Return the refunds of which Stripe could still say something else."""
        refunds = [refund for order in self.model.orders for refund in order.refunds_at_stripe]
        return [refund for refund in refunds if refund.status in GONE]

    def _hear_of_own(self, order: OrderModel, refund: RefundModel, status: str) -> None:
        """Expect that Stripe made a refund of ours, unless there is not so much left there."""
        if refund.cents > order.total - order.back_at_stripe:
            assert status == REFUSED
            refund.status = "failed"
            order.needs_attention = True
            return
        self._note_newest(order)
        refund.at_stripe = order.refunds_at_stripe[0].id
        self.model.hear(order, about_refunds=True)
        assert status == refund.status

    def _note_newest(self, order: OrderModel) -> None:
        found = self.world.stripe.newest_refund(order.page_id)
        assert found["id"] not in [refund.id for refund in order.refunds_at_stripe]
        order.refunds_at_stripe.insert(0, RefundAtStripe(found["id"], found["amount"], found["status"]))
