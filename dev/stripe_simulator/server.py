"""Runs the simulator's threads and its HTTP server."""

import logging
import threading

from werkzeug.serving import WSGIRequestHandler, make_server

from .application import make_application
from .clock import Clock
from .settings import Settings
from .simulator import Simulator
from .store import Store
from .timers import Timers, read_ahead
from .webhooks import Deliveries


class QuietRequestHandler(WSGIRequestHandler):
    """Writes no line for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing."""


def serve_until(settings: Settings, stop: threading.Event) -> None:
    """Answer requests and deliver webhooks until `stop` is set."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    store = Store(settings.state)
    simulator = Simulator(settings, Clock(read_ahead(store)), store)
    deliveries, timers = Deliveries(simulator), Timers(simulator)
    server = make_server(
        settings.host,
        settings.port,
        make_application(simulator),
        threaded=True,
        request_handler=QuietRequestHandler,
    )
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    deliveries.start()
    timers.start()
    serving.start()
    print(f"Stripe simulator on {settings.base_url} (developer pages: {settings.base_url}/dev)", flush=True)
    stop.wait()
    server.shutdown()
    server.server_close()
    deliveries.stop()
    timers.stop()
    simulator.store.close()
