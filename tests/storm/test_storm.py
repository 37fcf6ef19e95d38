"""Two hundred shoppers at once while messages are lost, doubled, late and mixed up."""

import time
from collections.abc import Callable

from sqlalchemy.orm import Session

from tests.invariants import find_breaches
from tests.storm.aftermath import count_dropped, describe_orders, webhook_answers
from tests.storm.chance import draws
from tests.storm.open_shop import OpenShop
from tests.storm.scarce_stock import make_scarce
from tests.storm.storm import Storm
from tests.storm.watcher import Watcher
from tests.stripe_books import StripeBooks, read_stripe_books

SHOPPERS = 200


def test_a_storm_leaves_every_promise_kept(
    open_shop: OpenShop, shop_session: Session, seed: int, say: Callable[[str], None]
) -> None:
    say(f"Storm {seed} on {open_shop.database} (STORM_SEED={seed} repeats it)")
    storm = Storm(open_shop, make_scarce(shop_session, draws(seed, "stock")), seed)
    watcher = Watcher(open_shop.engine, dict(storm.opening))
    start = time.monotonic()
    with watcher.watching():
        storm.rage(SHOPPERS)
        raged = time.monotonic() - start
        storm.abate(shop_session)
        storm.end()
    books = read_stripe_books(open_shop.simulator)
    webhooks = webhook_answers(open_shop.state)
    say(f"  {raged:.0f} s, with its end {time.monotonic() - start:.0f} s; {watcher.looks} looks at the stock")
    say(f"  {storm.tally}\n  answers {dict(storm.tally.answers)}, webhooks {webhooks}")
    say(f"  {describe(books)}, {count_dropped(open_shop.state)} events dropped")
    say(f"  {describe_orders(shop_session)}\n")
    assert watcher.seen == []
    assert storm.tally.strange == []
    assert "answered 500" not in webhooks
    assert storm.staff.broken == []
    assert find_breaches(shop_session, books, storm.opening) == []
    assert storm.staff.run_jobs() == {}


def describe(books: StripeBooks) -> str:
    """Say what happened at Stripe."""
    paid = sum(page["payment_status"] == "paid" for page in books.pages)
    return (
        f"{len(books.pages)} payment pages, {paid} paid, {len(books.refunds)} refunds, "
        f"{len(books.disputes)} disputes, {len(books.events)} events"
    )
