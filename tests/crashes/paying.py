"""Stories of buyers: what comes before the watch begins is told elsewhere."""

from app.inventory.services import release, reserve
from app.session import write_transaction
from tests.buyer import ADDRESS, DECLINED
from tests.crashes.world import World
from tests.payments.test_paying import link_back
from tests.stock import stock_of

SKU = "FR-DRF-30-TEA"
BANK_DEBIT = {"email": ADDRESS["email"], "name": ADDRESS["name"], "method": "bank_debit"}
EXPIRED = "checkout.session.expired"
COMPLETED = "checkout.session.completed"
SUCCEEDED = "checkout.session.async_payment_succeeded"
FAILED = "checkout.session.async_payment_failed"


def checkout_then_paid_then_told_by_webhook(world: World) -> None:
    world.buyer.add(SKU, 2)
    world.begin_watch()
    page = world.open_page()
    answer = world.pay(page)
    world.stripe_sends(COMPLETED)
    world.come_back(answer)


def return_before_the_webhook(world: World) -> None:
    answer = world.pay(go_to_page(world))
    world.begin_watch()
    world.come_back(answer)
    world.stripe_sends(COMPLETED)


def cancelled_on_the_payment_page(world: World) -> None:
    page = go_to_page(world)
    back = link_back(world.buyer.get(page))
    world.begin_watch()
    cart = world.buyer_does(lambda: world.buyer.get(back))
    assert f'data-sku="{SKU}"' in cart.text
    world.stripe_sends(EXPIRED)


def checkout_again_with_a_changed_cart(world: World) -> None:
    first = go_to_page(world)
    world.buyer.add(SKU)
    world.begin_watch()
    second = world.open_page()
    assert first != second
    world.stripe_sends(EXPIRED)
    answer = world.pay(second)
    world.stripe_sends(COMPLETED)
    world.come_back(answer)


def declined_and_expired(world: World) -> None:
    page = go_to_page(world)
    assert world.buyer.pay(page, DECLINED).status_code != 303
    world.stage.stripe.do(f"sessions/{id_of(page)}/expire")
    world.begin_watch()
    world.stripe_sends(EXPIRED)


def bank_debit_that_arrives(world: World) -> None:
    page = go_to_page(world)
    answer = world.pay(page, BANK_DEBIT)
    world.begin_watch()
    world.stripe_sends(COMPLETED)
    world.stage.stripe.do(f"sessions/{id_of(page)}/resolve", result="succeed")
    world.stripe_sends(SUCCEEDED)
    world.come_back(answer)


def bank_debit_that_fails(world: World) -> None:
    page = go_to_page(world)
    answer = world.pay(page, BANK_DEBIT)
    # Whoever goes away or not, the bank says no.
    world.stage.stripe.do(f"sessions/{id_of(page)}/resolve", result="fail")
    world.stage.post.wait_for(FAILED)
    world.begin_watch()
    world.stripe_sends(COMPLETED, FAILED)
    world.come_back(answer)


def bank_debit_seen_first_by_the_return_page(world: World) -> None:
    page = go_to_page(world)
    answer = world.pay(page, BANK_DEBIT)
    world.begin_watch()
    try:
        world.come_back(answer)
    finally:
        world.stage.stripe.do(f"sessions/{id_of(page)}/resolve", result="fail")
    world.stripe_sends(COMPLETED, FAILED)


def late_money_while_there_is_stock(world: World) -> None:
    page = go_to_page(world)
    let_expire(world, page)
    world.stage.stripe.do(f"sessions/{id_of(page)}/pay-late")
    world.begin_watch()
    world.stripe_sends(COMPLETED)


def late_money_when_all_is_sold(world: World) -> None:
    page = go_to_page(world)
    let_expire(world, page)
    order = world.order()
    others = f"everybody else but {order.email}"
    left, reserved = stock_of(world.session, SKU)
    with write_transaction(world.session):
        reserve(world.session, {order.lines[0].variant_id: left - reserved - 1}, source=others)
    world.stage.stripe.do(f"sessions/{id_of(page)}/pay-late")
    world.begin_watch()
    world.stripe_sends(COMPLETED)
    world.does_task("send refund", name="send-refund", order=order.code)
    with write_transaction(world.session):
        release(world.session, source=others)


def go_to_page(world: World) -> str:
    """Put two of something in the cart and go to the payment page."""
    world.buyer.add(SKU, 2)
    return world.open_page()


def let_expire(world: World, page: str) -> None:
    """Let a page end and the shop give its stock back."""
    world.stage.stripe.do(f"sessions/{id_of(page)}/expire")
    world.stripe_sends(EXPIRED)


def id_of(page: str) -> str:
    """Return the id of a payment page."""
    return page.rsplit("/", 1)[1]
