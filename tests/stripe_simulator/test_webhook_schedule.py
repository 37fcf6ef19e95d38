"""How often and when an undelivered event is tried again, without waiting for it."""

from dev.stripe_simulator.deliveries import send_again
from dev.stripe_simulator.session_creation import create_session
from dev.stripe_simulator.sessions import expire_session
from dev.stripe_simulator.simulator import Simulator
from dev.stripe_simulator.webhooks import Deliveries
from tests.stripe_simulator.conftest import MovableClock
from tests.stripe_simulator.patience import wait_until
from tests.stripe_simulator.samples import order


def test_gives_up_after_twelve_attempts_and_begins_anew_when_sent_again(
    still: Simulator, clock: MovableClock
) -> None:
    expire_session(still, create_session(still, order()).id)
    deliveries = Deliveries(still)
    deliveries.start()

    def delivery() -> tuple[str, int]:
        return still.store.rows("SELECT state, attempts FROM deliveries")[0]

    waits = []
    for attempt in range(1, 13):
        wait_until(lambda expected=attempt: delivery()[1] == expected)  # type: ignore[misc]
        [(due_at,)] = still.store.rows("SELECT due_at FROM deliveries")
        waits.append(round(due_at - clock.now()))
        clock.ahead += max(0, due_at - clock.now())
        deliveries.wake()
    assert waits == [1, 2, 5, 10, 30, 60, 60, 60, 60, 60, 60, 0]
    assert delivery() == ("failed", 12)
    [event] = still.store.select("event")
    send_again(still, event.id)
    wait_until(lambda: delivery() == ("pending", 1))
    deliveries.stop()
    [(count,)] = still.store.rows("SELECT count(*) FROM attempts")
    assert count == 13
