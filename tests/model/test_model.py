"""Whatever happens in whatever order, the shop is where a simple model of it says."""

import os
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from tests.invariants import find_breaches
from tests.model.buying import SKUS
from tests.model.comparison import differences
from tests.model.conftest import Beginning
from tests.model.giving_back import GivingBack
from tests.stripe_books import read_stripe_books

# With MODEL_EXAMPLES so many that were never tried before, and the shortest way to a failure is looked for,
# which takes minutes; otherwise the same few each time.
EXAMPLES = os.environ.get("MODEL_EXAMPLES", "")
SETTINGS = settings(
    max_examples=int(EXAMPLES or 5),
    stateful_step_count=18,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink) if EXAMPLES else (Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
STARTS = ("open", "debit", "paid", "half-refunded", "paid-late", "without-goods")


@pytest.mark.parametrize("start", STARTS)
def test_the_shop_does_what_its_model_does_from_an_order_that_is(start: str, begin: Beginning) -> None:
    class ShopMachine(GivingBack):
        def __init__(self) -> None:
            self.stack = ExitStack()
            super().__init__(*begin(self.stack))

        @initialize()
        def sell_something_first(self) -> None:
            """Begin where there is something to do, because steps are few."""
            self.buy(0)
            if start in ("paid-late", "without-goods"):
                self.run_out_of_time(0)
                self.buy(1)
                self.pay_late(0)
            elif start != "open":
                self.pay(0, "debit" if start == "debit" else "paid")
            if start not in ("open", "paid-late"):
                self.come_back(len(self.model.orders) - 1)
            if start == "without-goods":
                # All of it is prepared to go back, so that nothing is left for anybody else.
                self.refund(1, 0, ("amount", 500, False), is_slow=False)
            if start == "half-refunded":
                self.refund(0, 0, ("unit", 0, True), is_slow=True)

        def buy(self, shopper: int) -> None:
            self.add(shopper, SKUS[0], 2)
            self.check_out(shopper)

        @invariant()
        def shop_is_where_the_model_is(self) -> None:
            assert list(differences(self.world, self.model)) == []

        def teardown(self) -> None:
            with self.stack:
                for order in self.having("debit"):
                    self.world.stripe.act(f"sessions/{order.page_id}/resolve", result="succeed")
                    order.page = "paid"
                for order in self.waiting_for_money():
                    self.expire(order)
                self.reconcile()
                self.shop_is_where_the_model_is()
                books = read_stripe_books(self.world.stripe.address)
                assert find_breaches(self.world.session, books) == []

    run_state_machine_as_test(ShopMachine, settings=SETTINGS)
