"""Stories of the staff and the worker: refunds, and the jobs that mend what was lost."""

from app.payments.queries import find_payment_for_order, list_refunds
from tests.crashes.paying import COMPLETED, go_to_page
from tests.crashes.world import World

# What the worker asks for each time, watched in one of its stories.
LISTS = ("list_undelivered_events", "list_refunds_since", "list_disputes_since")


def whole_refund(world: World) -> None:
    code = buy(world)
    world.begin_watch()
    world.does_task("refund", name="refund", order=code, is_whole=True)
    world.stripe_sends("charge.refunded")


def refund_of_one_unit_that_goes_back_on_the_shelf(world: World) -> None:
    code = buy(world)
    world.watch_tasks()
    world.does_task("refund", name="refund", order=code, is_whole=False)


def refund_that_fails_later(world: World) -> None:
    code = buy(world)
    world.does_task("refund", name="refund", order=code, is_whole=True)
    world.stripe_sends_all()
    payment = find_payment_for_order(world.session, world.order().id)
    assert payment
    [refund] = list_refunds(world.session, payment.id)
    world.stage.stripe.do(f"refunds/{refund.provider_id}/fail")
    world.begin_watch()
    world.stripe_sends("refund.failed")


def refund_made_at_stripe(world: World) -> None:
    buy(world)
    payment = find_payment_for_order(world.session, world.order().id)
    assert payment
    world.stage.stripe.do(f"sessions/{payment.session_id}/refund", amount="5.00")
    world.begin_watch()
    world.stripe_sends("charge.refunded")


def worker_closes_an_overdue_page(world: World) -> None:
    go_to_page(world)
    world.stage.clockwork.let_time_pass()
    world.watch_tasks()
    world.does_task("expire-reservations", name="job", job="expire-reservations")


def worker_finds_a_payment_that_was_never_told(world: World) -> None:
    # Lost on the way: Stripe lists it as undelivered, and the worker takes it from there.
    world.stage.stripe.do("faults", kind="drop", match="checkout.session.")
    world.pay(go_to_page(world))
    world.stage.clockwork.let_time_pass()
    world.watch_tasks()
    world.does_task("reconcile-payments", name="job", job="reconcile-payments")
    world.stage.stripe.do("events/send-dropped")


def worker_sends_a_refund_that_was_never_sent(world: World) -> None:
    code = buy(world)
    world.dies_in_task("refund", "before Stripe: refund", name="refund", order=code, is_whole=True)
    world.stage.clockwork.let_time_pass()
    world.watch_tasks(*LISTS)
    world.does_task("reconcile-payments", name="job", job="reconcile-payments")


def worker_notes_a_refund_that_nobody_noted(world: World) -> None:
    code = buy(world)
    world.dies_in_task("refund", "after Stripe: refund", name="refund", order=code, is_whole=False)
    world.stage.clockwork.let_time_pass()
    world.watch_tasks(*LISTS)
    world.does_task("reconcile-payments", name="job", job="reconcile-payments")


def worker_sends_the_mail(world: World) -> None:
    buy(world)
    world.watch_tasks()
    world.does_task("deliver-outbox", name="job", job="deliver-outbox")


def buy(world: World) -> str:
    """Buy two of something; returns the order's code."""
    world.pay(go_to_page(world))
    world.stripe_sends(COMPLETED)
    return world.order().code
