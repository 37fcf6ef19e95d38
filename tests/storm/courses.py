"""What shoppers do at the payment page, and how many do it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.buyer import DECLINED
from tests.storm.shopper import BANK_DEBIT, DISPUTED, Shopper
from tests.storm.weather import act

Course = Callable[[Shopper, str], object]


def pay(shopper: Shopper, page: str) -> None:
    """Pay at once."""
    shopper.pay(page)


def pay_after_a_refusal(shopper: Shopper, page: str) -> None:
    """Pay with the second card."""
    assert shopper.buyer.pay(page, DECLINED).status_code in (200, 402)
    shopper.pay(page)


def cancel(shopper: Shopper, page: str) -> None:
    """Go back to the shop by the link."""
    shopper.cancel(page)


def cancel_and_pay(shopper: Shopper, page: str) -> None:
    """Go back in one window and pay in another."""
    with ThreadPoolExecutor(2) as windows:
        windows.submit(shopper.open_window().pay, page)
        shopper.cancel(page)


def leave(shopper: Shopper, page: str) -> None:
    """Leave the page open; the money may come late."""
    shopper.left_pages.append(page)


def pay_in_another_window_after_a_change(shopper: Shopper, page: str) -> None:
    """Change the cart and check out again, and pay the old page meanwhile."""
    shopper.fill_cart()
    with ThreadPoolExecutor(1) as windows:
        paying = windows.submit(shopper.open_window().pay, page) if shopper.random.random() < 0.5 else None
        new_page = shopper.open_page()
    if paying is not None:
        paying.result()
    if new_page is not None:
        shopper.pay(new_page)


def check_out_twice_and_pay(shopper: Shopper, page: str) -> None:
    """Click twice at the same moment, and pay the page that the second click opens."""
    form = shopper.fill_in_checkout()
    if form is None:
        return
    with ThreadPoolExecutor(2) as windows:
        clicks = [windows.submit(shopper.open_window().post, "/checkout", form) for _ in range(2)]
    pages = {shopper.page_of(click.result()) for click in clicks} - {None}
    for each in sorted(filter(None, pages | {page})):
        shopper.pay(each)


def pay_late(shopper: Shopper, page: str) -> None:
    """Let the page expire at Stripe; the money comes all the same."""
    act(shopper.simulator, f"sessions/{id_of(page)}/expire")
    shopper.pause(2)
    if act(shopper.simulator, f"sessions/{id_of(page)}/pay-late"):
        shopper.tally.note("late payments")


def overstay(shopper: Shopper, page: str) -> None:
    """Pay when the time of the shop is over."""
    shopper.overstay(id_of(page))
    shopper.pause(1)
    shopper.pay(page)


def pay_by_bank_debit(shopper: Shopper, page: str) -> None:
    """Pay with money that takes days, or never comes."""
    if not shopper.pay(page, BANK_DEBIT):
        return
    shopper.tally.note("bank debits")
    if shopper.random.random() < 0.5:
        shopper.debits.append(page)
        return
    result = shopper.random.choice(("succeed", "fail"))
    act(shopper.simulator, f"sessions/{id_of(page)}/resolve", result=result)


def pay_and_get_it_back(shopper: Shopper, page: str) -> None:
    """Pay, and get a part of the money or all of it back at Stripe."""
    if not shopper.pay(page):
        return
    for amount in shopper.random.choice((("",), ("1.00",), ("2.50", "1.25"), ("3.00", ""))):
        if act(shopper.simulator, f"sessions/{id_of(page)}/refund", amount=amount):
            shopper.tally.note("refunds made at Stripe")


def pay_and_dispute(shopper: Shopper, page: str) -> None:
    """Pay, and ask the bank for the money."""
    shopper.pay(page, DISPUTED)


def id_of(page: str) -> str:
    """Return the id of the session of a payment page."""
    return page.rsplit("/", 1)[1]


COURSES: dict[Course, int] = {
    pay: 24,
    pay_after_a_refusal: 8,
    cancel: 7,
    cancel_and_pay: 5,
    leave: 10,
    pay_in_another_window_after_a_change: 9,
    check_out_twice_and_pay: 9,
    pay_late: 7,
    overstay: 6,
    pay_by_bank_debit: 8,
    pay_and_get_it_back: 8,
    pay_and_dispute: 2,
}
