"""Stripe's simulator in this process, with empty books."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev.stripe_simulator.server import serve_until
from dev.stripe_simulator.settings import Settings
from tests.live_shop import SIMULATOR_KEY, WEBHOOK_SECRET, free_port, wait_until_up


@contextmanager
def own_simulator(folder: Path) -> Iterator[str]:
    """Run a simulator with empty books in this process; its own webhooks reach nobody."""
    port, stop = free_port(), threading.Event()
    settings = Settings(
        host="127.0.0.1",
        port=port,
        state=folder / "stripe.db",
        webhook_url="http://127.0.0.1:9/webhooks/stripe",
        webhook_secret=WEBHOOK_SECRET,
        api_key=SIMULATOR_KEY,
        dispute_delay=0.0,
        refund_delay=3600.0,
    )
    thread = threading.Thread(target=serve_until, args=(settings, stop))
    thread.start()
    try:
        wait_until_up(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        stop.set()
        thread.join()
